"""The arithmetic panel says what the stage shows, and adds up as it is drawn."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from pytestqt.qtbot import QtBot

from cnn_explorer.network.layers import Activation, AveragePooling2D, Layer
from cnn_explorer.network.sentence import say
from cnn_explorer.session.cursor import IMAGE
from cnn_explorer.views.arithmetic_panel import ArithmeticPanel
from cnn_explorer.views.stage_paint import font
from tests.views.stage_setting import Setting, handbook_document
from tests.views.visible_texts import Painted


def panel_of(qtbot: QtBot, *later: Layer, **fields: Any) -> tuple[ArithmeticPanel, Setting]:
    setting = Setting(handbook_document(*later, **fields))
    panel = ArithmeticPanel(setting.session, setting.scales)
    qtbot.addWidget(panel)
    panel.resize(760, panel.height())
    panel.show()
    qtbot.waitExposed(panel)
    return panel, setting


def evaluate_text(text: str) -> tuple[Fraction, Fraction]:
    """Both sides of a printed sum, worked out as a reader would."""
    left, right = re.sub(r"\([^)]*[a-z]\)", "", text.replace("−", "-")).split("=")
    left = re.sub(r"\+\s*$", "", " ".join(left.split()))
    numbers = re.sub(r"(\d+(?:\.\d+)?(?:/\d+)?)", r"Fraction('\1')", left).replace("×", "*")
    return eval(numbers, {"Fraction": Fraction}), Fraction(right.strip())


def sum_of(panel: ArithmeticPanel) -> str:
    """The sum alone: without the title, and without what becomes of its result."""
    lines = panel.text.split("\n")[1:]
    return " ".join(line for line in lines if not line.startswith("→"))


def test_the_handbooks_third_cell(qtbot: QtBot) -> None:
    panel, setting = panel_of(qtbot)
    setting.session.move(row=0, column=2)
    assert panel.title() == "Output cell (row 1, column 3) = window ⊙ kernel, summed, plus bias"
    assert "2 × −2  +  2 × 0  +  0 × 2  +  1  =  −2" in panel.text


@pytest.mark.parametrize("level", ["network", "cell"])
def test_why_a_layer_is_impossible_is_said_whole(qtbot: QtBot, level: str, monkeypatch: pytest.MonkeyPatch) -> None:
    painted = Painted(monkeypatch)
    panel, setting = panel_of(qtbot, dilation_rate=(4, 4))
    setting.session.look(level)
    panel.resize(560, panel.height())
    painted.texts.clear()
    panel.grab()
    (text,) = painted.texts
    assert text == panel.title() and text.endswith("or more padding.")
    area = panel.rect().adjusted(28, 0, -28, -8)
    room = QFontMetrics(font(13 * 0.85, bold=True)).boundingRect(area, Qt.TextFlag.TextWordWrap, text)
    assert room.height() <= area.height()


@pytest.mark.parametrize("bias", [1, -1, 0.5, -0.123])
def test_the_text_adds_up_at_every_cell(qtbot: QtBot, bias: float) -> None:
    rng = np.random.default_rng(2)
    panel, setting = panel_of(qtbot, image=rng.random((7, 7)), kernel=rng.normal(size=(3, 3)))
    layer: Any = setting.session.document.network.layers[0]
    setting.session.edit_layer(0, replace(layer, bias=np.array([bias], np.float32)), say("Bias"))
    for row in range(5):
        for column in range(5):
            setting.session.move(row=row, column=column)
            left, right = evaluate_text(sum_of(panel))
            assert left == right


def test_a_mean_is_written_out_and_leaves_padding_out(qtbot: QtBot) -> None:
    panel, setting = panel_of(qtbot, AveragePooling2D(padding="same"))
    setting.session.select(1)
    assert sum_of(panel) == "(6  +  5  +  3  +  0)  /  4  =  3.5"
    setting.session.move(row=0, column=2)
    assert sum_of(panel) == "(2  +  −2)  /  2  =  0"


def test_a_maximum_and_a_function(qtbot: QtBot) -> None:
    panel, setting = panel_of(qtbot)
    setting.session.select(2)
    assert sum_of(panel) == "max(6,  5,  3,  0)  =  6"
    setting.session.select(1)
    setting.session.move(row=0, column=2)
    assert sum_of(panel).endswith("ReLU(−2)  =  0")


def test_a_rounded_function_says_so(qtbot: QtBot) -> None:
    panel, setting = panel_of(qtbot, Activation(activation="sigmoid"))
    setting.session.select(1)
    assert sum_of(panel).endswith("sigmoid(6)  ≈  0.998")


def test_image_switched_off_and_impossible_have_their_sentence(qtbot: QtBot) -> None:
    panel, setting = panel_of(qtbot)
    setting.session.select(IMAGE)
    assert panel.title().startswith("Draw on the image")
    setting.session.select(1)
    layer = setting.session.document.network.layers[1]
    setting.session.edit_layer(1, replace(layer, enabled=False), say("Off"))
    assert panel.title().endswith("the layer is off and hands its input on")
    conv: Any = setting.session.document.network.layers[0]
    setting.session.edit_layer(0, replace(conv, dilation_rate=(4, 4)), say("Dilation"))
    assert panel.title().startswith("A kernel of 3 with dilation 4 spans 9 rows")


@pytest.mark.parametrize("kernel", [np.ones((3, 3)), np.full((7, 7), 0.0204), np.ones((1, 7)), np.ones((7, 1))])
@pytest.mark.parametrize("width", [480, 760, 1800])
def test_every_kernel_is_drawn_without_being_cut_off(qtbot: QtBot, kernel: np.ndarray, width: int) -> None:
    panel, setting = panel_of(qtbot, kernel=kernel)
    panel.resize(width, panel.height())
    picture = panel.grab().toImage()
    beyond = {picture.pixel(x, y) for x in range(width - 12, width) for y in range(40, picture.height() - 14)}
    assert len(beyond) == 1
