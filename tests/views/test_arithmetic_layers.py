"""The arithmetic panel for every kind of layer, at every distance: what it says, that it adds up, that it fits."""

from __future__ import annotations

import re
from fractions import Fraction
from time import thread_time
from typing import Any

import numpy as np
import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from cnn_explorer.network.arrays import frozen
from cnn_explorer.network.document import Document, Image
from cnn_explorer.network.layers import (
    Activation,
    BatchNormalization,
    Conv2D,
    Conv2DTranspose,
    Dense,
    DepthwiseConv2D,
    Dropout,
    Flatten,
    GlobalAveragePooling2D,
    GlobalMaxPooling2D,
    Layer,
    MaxPooling2D,
    SeparableConv2D,
    UpSampling2D,
    ZeroPadding2D,
)
from cnn_explorer.network.network import Network
from cnn_explorer.session.session import Session
from cnn_explorer.views.arithmetic_fitting import SMALLEST_NUMBER
from cnn_explorer.views.arithmetic_panel import ArithmeticPanel
from cnn_explorer.views.arithmetic_words import needed_width
from tests.views.stage_setting import Setting

RNG = np.random.default_rng(8)
IMAGE = frozen(RNG.integers(0, 3, (6, 6, 3)))


def convolution(filters: int = 2, channels: int = 3, size: int = 3, **fields: Any) -> Conv2D:
    kernel = np.random.default_rng(9).integers(-2, 3, (size, size, channels, filters))
    return Conv2D(kernel=frozen(kernel), bias=frozen(np.arange(filters)), **fields)


class Shown:
    """A panel in a window of its own, with the session that it follows."""

    def __init__(
        self, qtbot: QtBot, *layers: Layer, image: Any = IMAGE, size: tuple[int, int] = (760, 300), **net: Any
    ):
        network = Network(layers, **net).fitted(image.shape, np.random.default_rng(1))
        self.setting = Setting(Document(Image(image), network))
        self.session: Session = self.setting.session
        self.panel = ArithmeticPanel(self.session, self.setting.scales, self.setting.settings)
        self.window = QWidget()
        qtbot.addWidget(self.window)
        column = QVBoxLayout(self.window)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.panel)
        column.addStretch(1)
        self.window.resize(*size)
        self.window.show()
        qtbot.waitExposed(self.window)

    def at(self, **places: Any) -> ArithmeticPanel:
        """The panel with the cursor at a place."""
        self.session.move(**places)
        return self.panel


def lines_of(panel: ArithmeticPanel) -> list[str]:
    return panel.text.split("\n")[1:]


def value_of(text: str) -> Fraction:
    """One side of a printed sum, worked out as a reader would; words in brackets and names before a colon are none."""
    text = re.sub(r"\([^()]*[a-z][^()]*\)", "", text.replace("−", "-").split(":")[-1]).replace("×", "*")
    return eval(re.sub(r"(\d+(?:\.\d+)?(?:/\d+)?)", r"Fraction('\1')", text.strip()), {"Fraction": Fraction})


def assert_adds_up(line: str) -> tuple[Fraction, Fraction]:
    left, right = line.rsplit("=", 1)
    assert value_of(left) == value_of(right)
    return value_of(left), value_of(right)


# sums over channels


def test_every_channels_products_give_the_subtotal_that_the_sum_of_channels_has(qtbot: QtBot) -> None:
    shown = Shown(qtbot, convolution(), Activation())
    for filter_index in (0, 1):
        panel = shown.at(row=1, column=2, filter=filter_index)
        *channels, together, after = lines_of(panel)
        assert [line.split(":")[0] for line in channels] == ["channel red", "channel green", "channel blue"]
        subtotals = [assert_adds_up(line)[1] for line in channels]
        result = assert_adds_up(together)[1]
        assert sum(subtotals) + filter_index == result
        assert result == Fraction(float(shown.session.evaluation.maps[1][1, 2, filter_index]))
        assert after.startswith("→  ReLU: ")


def test_the_cell_shows_the_products_of_the_shown_channel_and_marks_its_subtotal(qtbot: QtBot) -> None:
    shown = Shown(qtbot, convolution())
    for channel, name in enumerate(("red", "green", "blue")):
        panel = shown.at(channel=channel)
        assert panel.shown_text().startswith(f"channel {name}:")
        together = [line for line in panel.lines() if line[0] and line[0][0].text.startswith("channels:")]
        marked = [at for at, word in enumerate(w for w in together[0][0] if w.role == "text") if word.marked]
        assert marked == [channel]


def test_the_channels_distance_shows_all_subtotals_strongest_first_where_that_is_set(qtbot: QtBot) -> None:
    shown = Shown(qtbot, convolution(filters=1, channels=3))
    panel = shown.at(level="channels", row=2, column=2)
    numbers, subtotals, ending = (re.split(r"\s{2,}", line.strip()) for line in panel.shown_text().split("\n"))
    assert numbers == ["channel", "red", "green", "blue"]
    assert ending[-2] == "="
    in_order = [value_of(text) for text in subtotals if text != "+"]
    shown.setting.settings.set("strongest_first", True)
    strongest = re.split(r"\s{2,}", panel.shown_text().split("\n")[1].strip())
    sizes = [abs(value_of(text)) for text in strongest if text != "+"]
    assert sizes == sorted(map(abs, in_order), reverse=True)
    shown.setting.settings.set("strongest_first", False)


def test_from_afar_there_is_one_line_and_little_height(qtbot: QtBot) -> None:
    shown = Shown(qtbot, convolution(), Activation(), MaxPooling2D())
    tall = shown.at(row=1, column=1).height()
    panel = shown.at(level="network")
    value = int(shown.session.evaluation.maps[1][1, 1, 0])
    text = panel.shown_text().replace("−", "-")
    assert text.startswith(f"Conv2D 3×3, row 2, column 2, filter 1  =  {value}")
    assert "→  ReLU:" in text and "MaxPool 2×2:" in text and "\n" not in text
    assert panel.height() < tall / 2


def test_what_becomes_of_the_number_names_the_place_and_who_won(qtbot: QtBot) -> None:
    image = frozen(np.zeros((4, 4, 1)))
    image = frozen(np.where(np.arange(16).reshape(4, 4, 1) == 6, 5, image))
    identity = Conv2D(kernel=frozen(np.ones((1, 1, 1, 1))), bias=frozen([0]))
    shown = Shown(qtbot, identity, Activation(), MaxPooling2D(), image=image)
    assert lines_of(shown.at(row=1, column=2))[-1] == "→  ReLU: 5  →  MaxPool 2×2: 5 (row 1, column 2)"
    assert lines_of(shown.at(row=0, column=2))[-1] == "→  ReLU: 0  →  MaxPool 2×2: lost to 5 (row 1, column 2)"


# every kind of layer


def test_dense_names_its_inputs_and_adds_up(qtbot: QtBot) -> None:
    shown = Shown(qtbot, Flatten(), Dense(kernel=frozen(RNG.integers(-2, 3, (108, 4))), bias=frozen([1, 2, 3, 4])))
    panel = shown.at(layer=1, filter=2)
    assert panel.title() == "Output number 3 = 108 inputs × weights, summed, plus bias"
    sums = [line for line in lines_of(panel) if not line.startswith("input")]
    assert_adds_up(" ".join(sums))
    assert "(92 more)" in panel.shown_text() or "more)" in panel.shown_text()
    shortened = [line for line in panel.shown_text().split("\n") if not line.startswith("input")]
    assert_adds_up(" ".join(shortened))


def test_classes_have_their_names(qtbot: QtBot) -> None:
    dense = Dense(kernel=frozen(RNG.normal(size=(108, 2))), bias=frozen([0, 0]))
    shown = Shown(qtbot, Flatten(), dense, classes=("cat", "dog"))
    assert shown.at(layer=1, filter=1).title().startswith("Output class dog = ")


def test_flatten_says_which_number_a_cell_becomes(qtbot: QtBot) -> None:
    shown = Shown(qtbot, Flatten())
    panel = shown.at(filter=6 * 3 + 3 + 2)
    value = int(IMAGE[1, 1, 2])
    assert lines_of(panel) == [f"Input cell (row 2, column 2, channel 3)  becomes number 24  =  {value}"]


def test_upsampling_and_padding_name_the_cell_or_the_zero(qtbot: QtBot) -> None:
    up = Shown(qtbot, UpSampling2D())
    assert lines_of(up.at(row=3, column=5, filter=1)) == [
        f"Input cell (row 2, column 3, channel 2)  =  {int(IMAGE[1, 2, 1])}"
    ]
    padded = Shown(qtbot, ZeroPadding2D())
    assert lines_of(padded.at(row=0, column=3)) == ["Padding, outside the input  =  0"]
    inside = padded.at(row=1, column=3)
    assert lines_of(inside) == [f"Input cell (row 1, column 3, channel 1)  =  {int(IMAGE[0, 2, 0])}"]


@pytest.mark.parametrize("training", [False, True])
def test_normalisation_shows_both_statistics_and_uses_one(qtbot: QtBot, training: bool) -> None:
    layer = BatchNormalization(
        gamma=frozen([1, 2, 1]),
        beta=frozen([0, 1, 0]),
        moving_mean=frozen([0, 1, 0]),
        moving_variance=frozen([1, 4, 1]),
    )
    shown = Shown(qtbot, layer, training=training)
    panel = shown.at(filter=1, row=2, column=2)
    heads, batch, moving = lines_of(panel)
    assert heads.split()[:2] == ["mean", "variance"]
    assert moving.split()[:3] == ["moving", "1", "4"]
    mean = float(batch.split()[1])
    assert mean == pytest.approx(float(IMAGE[..., 1].mean()), abs=1e-3)
    used = mean if training else 1.0
    assert f"({int(IMAGE[2, 2, 1])} − {used:g}" in batch
    assert ("this batch" in panel.title()) == training
    assert_adds_up(re.split(r"\s{5,}", moving)[-1])


def test_dropout_is_kept_dropped_or_out_of_use(qtbot: QtBot) -> None:
    shown = Shown(qtbot, Dropout(), training=True, image=frozen(np.full((6, 6, 3), 3)))
    mask = Dropout().mask((6, 6, 3))
    for kept, text in ((True, "kept:  3  /  (1 − 0.5)  =  6"), (False, "dropped:  3  ×  0  =  0")):
        row, column, channel = (int(at[0]) for at in np.nonzero(mask == kept))
        assert lines_of(shown.at(row=row, column=column, filter=channel)) == [text]
    in_use = Shown(qtbot, Dropout(), image=frozen(np.full((6, 6, 3), 3)))
    assert lines_of(in_use.panel) == ["Input cell (row 1, column 1, channel 1)  =  3"]
    assert "in use nothing is dropped" in in_use.panel.title()


def test_a_softmax_is_powers_over_their_sum(qtbot: QtBot) -> None:
    shown = Shown(qtbot, Activation(activation="softmax"), image=frozen([[[2, 1, 0]]]))
    assert lines_of(shown.panel) == [
        "e^2  /  Σ e^x  =  7.39  /  11.11  ≈  0.665",
        "Σ e^x  =  7.39  +  2.72  +  1  =  11.11",
    ]


def test_global_poolings_list_the_largest_values(qtbot: QtBot) -> None:
    image = frozen(np.arange(144).reshape(12, 12, 1))
    maximum, average = (
        Shown(qtbot, GlobalMaxPooling2D(), image=image),
        Shown(qtbot, GlobalAveragePooling2D(), image=image),
    )
    largest = maximum.panel
    assert largest.title() == "Output cell (row 1, column 1) = the largest of all 144 values"
    assert re.match(r"max\(143,\s+142,", largest.shown_text())
    assert re.search(r"\d+ more, none larger\)  =  143$", largest.shown_text())
    text = average.panel.shown_text().replace("\n", " ")
    assert re.search(r"\(\d+ more\)", text) and text.endswith(")  /  144  =  71.5")
    left = re.sub(r"\(\d+ more\)", "", text.split(")  /  144")[0].removeprefix("("))
    assert value_of(left) == Fraction(143, 2) * 144


def test_depthwise_separable_and_transposed_add_up(qtbot: QtBot) -> None:
    depthwise = DepthwiseConv2D(kernel=frozen(RNG.integers(-2, 3, (3, 3, 3, 1))), bias=frozen([1, 2, 3]))
    shown = Shown(qtbot, depthwise)
    panel = shown.at(row=1, column=1, filter=1)
    assert panel.title().endswith("= window ⊙ kernel, summed, plus bias")
    assert_adds_up(" ".join(lines_of(panel)))
    transposed = Conv2DTranspose(kernel=frozen(RNG.integers(-2, 3, (3, 3, 1, 3))), bias=frozen([1]), strides=(2, 2))
    for layer in (transposed, SeparableConv2D()):
        shown = Shown(qtbot, layer)
        for line in lines_of(shown.at(row=2, column=2)):
            assert_adds_up(line)


# how it is drawn

EVERY = {
    "rgb": (convolution(), Activation(), MaxPooling2D()),
    "five": (convolution(size=5), Activation()),
    "wide": (convolution(64, 3, 1), convolution(4, 64, 5)),
    "one by one": (convolution(4, 3, 1), Activation()),
    "normalised": (BatchNormalization(), Activation()),
    "dropped": (Dropout(), Activation()),
    "softmax": (Activation(activation="softmax"),),
    "flat": (Flatten(), Dense(kernel=frozen(RNG.normal(size=(108, 20))), bias=frozen(np.zeros(20)))),
    "mean": (GlobalAveragePooling2D(),),
    "largest": (GlobalMaxPooling2D(),),
    "moved": (ZeroPadding2D(),),
}


@pytest.mark.parametrize("level", ["cell", "channels", "network"])
@pytest.mark.parametrize(
    ("size", "presenting"),
    [((440, 640), False), ((700, 800), False), ((1300, 1080), False), ((1280, 720), True), ((1920, 1080), True)],
)
@pytest.mark.parametrize("name", EVERY)
def test_nothing_is_cut_off_and_all_can_be_read(
    qtbot: QtBot, name: str, presenting: bool, size: tuple[int, int], level: str
) -> None:
    image = frozen(np.random.default_rng(3).random((6, 6, 3)))
    shown = Shown(qtbot, *EVERY[name], image=image, size=size, training=True)
    panel = shown.at(layer=1 if name in ("wide", "flat") else 0, row=1, column=1, level=level)
    panel.set_presenting(presenting)
    qtbot.wait(1)
    body, fitted = panel.body(), panel.fitted()
    beside = 0.0
    if fitted.height:
        beside = panel._fitting.tables.width(fitted.height, max(SMALLEST_NUMBER, size[1] / 40 if presenting else 0))
    assert beside + needed_width(fitted.lines, fitted.size) <= body.width() + 0.5
    assert fitted.size * 1.3 * len(fitted.lines) <= body.height() + 0.5
    assert fitted.size >= (size[1] / 40 - 1 if presenting and level != "network" else 8.0)
    picture = panel.grab().toImage()
    beyond = {picture.pixel(x, y) for x in range(panel.width() - 12, panel.width()) for y in range(picture.height())}
    assert len(beyond) == 1


def test_a_sum_over_64_channels_is_told_in_no_time(qtbot: QtBot) -> None:
    shown = Shown(qtbot, convolution(64, 3, 1), convolution(4, 64, 5), size=(1300, 1080))
    shown.at(layer=1, row=0, column=0)
    shown.panel.grab()
    assert min(_seconds(shown, step) for step in range(6)) < 0.05  # 12 ms where nothing else runs


def _seconds(shown: Shown, step: int) -> float:
    start = thread_time()  # whatever else runs
    shown.at(layer=1, row=step % 2, column=(step + 1) % 2, channel=step, filter=step % 4)
    shown.panel.grab()
    return thread_time() - start


def test_the_copied_text_has_everything(qtbot: QtBot) -> None:
    shown = Shown(qtbot, convolution(64, 3, 1), convolution(4, 64, 5))
    panel = shown.at(layer=1)
    panel.actions()[0].trigger()
    text = QGuiApplication.clipboard().text()
    assert text == panel.text
    assert len([line for line in text.split("\n") if line.startswith("channel ")]) == 64
    assert "more" not in text
