"""A receptive field is seen wherever its maps are: on the cards, on the stage, and in words above them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from cnn_explorer.network.document import Document, Image
from cnn_explorer.network.layers import Activation, Conv2D, MaxPooling2D
from cnn_explorer.network.network import Network
from cnn_explorer.session.cursor import Cursor
from cnn_explorer.session.session import Pin
from cnn_explorer.views.strip_layout import CARD_WIDTH
from cnn_explorer.views.theme import theme
from tests.views.open_window import open_window
from tests.views.stage_setting import StageSetting
from tests.views.strip_setting import StripSetting


def two_blocks(filters: int = 2) -> Document:
    """A grey image, and two convolutions with pooling between them."""
    rng = np.random.default_rng(3)
    layers = (
        Conv2D(kernel=rng.normal(size=(3, 3, 1, filters)), bias=np.zeros(filters)), Activation(), MaxPooling2D(),
        Conv2D(kernel=rng.normal(size=(3, 3, filters, 3)), bias=np.zeros(3)),
    )  # fmt: skip
    return Document(Image(rng.random((12, 12, 1))), Network(layers))


def has_colour(picture: QImage, area: QRect, role: str) -> bool:
    wanted = theme.role(role).rgb()
    inside = picture.rect().intersected(area)
    return any(
        picture.pixel(x, y) == wanted
        for x in range(inside.left(), inside.right() + 1)
        for y in range(inside.top(), inside.bottom() + 1)
    )


def card(setting: StripSetting, index: int) -> QRect:
    """Where the picture of a card is."""
    return QRect(int(setting.cards.left(index)) + 20, int(setting.cards.top) + 6, int(CARD_WIDTH) - 40, 64)


def test_the_cards_outline_what_the_pinned_cell_depends_on(qtbot: QtBot) -> None:
    setting = StripSetting(qtbot, two_blocks())
    setting.session.select(3)
    assert not any(has_colour(setting.picture(), card(setting, index), "input") for index in range(1, 4))
    setting.session.pin(Pin(4, 0, 1, 2))
    picture = setting.picture()
    assert all(has_colour(picture, card(setting, index), "input") for index in range(4))
    assert has_colour(picture, card(setting, 4), "window")
    setting.session.pin(None)
    assert not any(has_colour(setting.picture(), card(setting, index), "input") for index in range(1, 4))


def test_the_cards_show_what_the_pixel_under_the_pointer_reaches(qtbot: QtBot) -> None:
    setting = StripSetting(qtbot, two_blocks())
    setting.session.point(Pin(0, 6, 6, 0))
    assert all(has_colour(setting.picture(), card(setting, index), "output") for index in range(1, 5))


def test_a_pixel_that_no_window_reads_marks_no_card(qtbot: QtBot) -> None:
    skipping = Conv2D(kernel=np.ones((2, 2, 1, 1)), bias=np.zeros(1), strides=(3, 3))
    setting = StripSetting(qtbot, Document(Image(np.ones((9, 9, 1))), Network((skipping, Activation()))))
    setting.session.point(Pin(0, 2, 2, 0))
    picture = setting.picture()
    assert not any(has_colour(picture, card(setting, index), "output") for index in (1, 2))


def test_a_card_shows_the_filter_in_view_and_those_behind_it_what_becomes_of_it(qtbot: QtBot) -> None:
    setting = StripSetting(qtbot, two_blocks())
    setting.session.open(two_blocks(), cursor=Cursor(layer=0))
    before = setting.picture()
    setting.session.move(filter=1)
    after = setting.picture()
    changed = [before.copy(card(setting, index)) != after.copy(card(setting, index)) for index in range(5)]
    assert changed == [False, True, True, True, False]
    assert [each.channel for each in setting.cards.cards] == [0, 1, 1, 1, 0]


def test_the_stage_outlines_the_pinned_field_on_both_of_its_maps(qtbot: QtBot) -> None:
    setting = StageSetting(qtbot, two_blocks())
    setting.session.move(layer=0, stepping=False)
    setting.session.pin(Pin(4, 1, 1, 0))
    plan, picture = setting.stage.plan, setting.stage.grab().toImage()
    for grid, first, count in ((plan.input, 2, 8), (plan.output, 2, 6)):
        edge = grid.rect(first, first, count, count)
        around = QRect(int(edge.left()) - 2, int(edge.top()) - 2, 5, int(edge.height()) + 4)
        assert has_colour(picture, around, "input")


def test_the_read_out_on_the_stage_has_the_field_and_the_effective_stride(qtbot: QtBot) -> None:
    setting = StageSetting(qtbot, two_blocks())
    setting.hover("output", 0, 0)
    assert "effective stride" not in setting.read_out[-1]  # what the window reads is all of it
    setting.session.select(3)
    setting.hover("output", 1, 1)
    assert setting.read_out[-1].endswith(
        "depends on 8×8 pixels of the image, rows 3–10, columns 3–10; effective stride 2×2"
    )


def test_a_weight_over_a_large_map_leaves_it_to_be_seen(qtbot: QtBot) -> None:
    document = two_blocks()
    large = Document(Image(np.full((60, 60, 1), 0.5)), document.network)
    setting = StageSetting(qtbot, large)
    setting.session.move(stepping=False)
    QTest.mouseMove(setting.stage._kernel, QPoint(5, 5))
    grid = setting.stage.plan.input
    inside = grid.rect(30, 1, 20, 6).toRect().adjusted(1, 1, -1, -1)
    picture = setting.stage.grab().toImage()
    colours = {picture.pixel(x, inside.top() + 2) for x in range(inside.left(), inside.right())}
    assert len(colours) <= 2  # the cells and the lines between them, no frame around each cell


def test_a_pinned_field_is_told_and_let_go_and_moves_no_column(qtbot: Any) -> None:
    window = open_window(qtbot, 1440, 900)
    window.session.open(two_blocks(), cursor=Cursor(layer=3, level="network"))
    bar, widths = window.workbench.path_bar, window.workbench.columns.sizes()
    assert not bar.field.isVisible()
    qtbot.keyClick(window.workbench.overview, Qt.Key.Key_P)
    assert bar.field.isVisible() and bar.field.text.text() == "Field 8×8 · stride 2×2"
    window.session.show_differences(True)
    assert bar.field.text.text() == "Field 8×8"
    parts = (bar.path, bar.field.text, bar.differences.text)
    qtbot.waitUntil(lambda: all(part.width() >= part.sizeHint().width() for part in parts))
    assert window.workbench.columns.sizes() == widths
    QTest.mouseClick(bar.field.dismiss, Qt.MouseButton.LeftButton)
    assert window.session.pinned is None and not bar.field.isVisible()


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_two_notices_leave_the_path_whole_in_a_usual_window(qtbot: Any, language: str) -> None:
    window = open_window(qtbot, 1440, 900)
    window.use_language(language)
    window.session.open(two_blocks(), cursor=Cursor(layer=3, level="network"))
    bar = window.workbench.path_bar
    qtbot.keyClick(window.workbench.overview, Qt.Key.Key_P)
    window.session.show_differences(True)
    parts = (bar.path, bar.field.text, bar.differences.text)
    qtbot.waitUntil(lambda: all(part.width() >= part.sizeHint().width() for part in parts))
    assert bar.path.toolTip() == ""
    for notice in (bar.field, bar.differences):
        assert notice.dismiss.text() or not notice.dismiss.icon().isNull()
