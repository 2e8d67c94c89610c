"""The picture of a network, used with mouse and keys."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QPainter, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cnn_explorer.network.document import Document, Image
from cnn_explorer.network.layers import Activation, Conv2D, Dense, Flatten, MaxPooling2D
from cnn_explorer.network.network import Network
from cnn_explorer.network.network_presets import network_presets
from cnn_explorer.network.presets import default_document
from cnn_explorer.session.cursor import IMAGE, Cursor
from cnn_explorer.session.session import Pin
from cnn_explorer.views.overview import Overview
from cnn_explorer.views.overview_words import region_size
from tests.views.stage_setting import Setting, handbook_document


def deep_document() -> Document:
    """A colour image through two convolutions with 12 and 3 filters, pooling, and a Dense with named classes."""
    rng = np.random.default_rng(5)
    layers = (
        Conv2D(kernel=rng.normal(size=(3, 3, 3, 12)), bias=np.zeros(12), padding="same"), Activation(), MaxPooling2D(),
        Conv2D(kernel=rng.normal(size=(3, 3, 12, 3)), bias=rng.normal(size=3), padding="same"), Flatten(),
        Dense(kernel=rng.normal(size=(48, 2)), bias=np.zeros(2)),
    )  # fmt: skip
    return Document(Image(rng.random((8, 8, 3)), "file", "x", light=True), Network(layers, classes=("cat", "dog")))


class OverviewSetting(Setting):
    """The picture on the screen, with the places of what it shows."""

    def __init__(self, qtbot: QtBot, document: Document, **cursor: Any) -> None:
        super().__init__(document)
        self.view = Overview(self.session, self.settings, self.scales)
        qtbot.addWidget(self.view)
        self.view.resize(1000, 480)
        self.view.show()
        qtbot.waitExposed(self.view)
        self.session.open(document, cursor=Cursor(**{"level": "network", "stepping": False} | cursor))
        self.read_out: list[str] = []
        self.view.pointed.connect(self.read_out.append)

    def place(self, *key: object, at: tuple[float, float] = (0.5, 0.5)) -> QPoint:
        """A point of a thing of the picture; `at` is the part of its height and of its width."""
        rect = self.view.layout_now.items[key].rect
        return QPointF(rect.left() + at[1] * rect.width(), rect.top() + at[0] * rect.height()).toPoint()

    def click(self, *key: object, at: tuple[float, float] = (0.5, 0.5)) -> None:
        QTest.mouseClick(self.view, Qt.MouseButton.LeftButton, pos=self.place(*key, at=at))

    def hover(self, *key: object, at: tuple[float, float] = (0.5, 0.5)) -> str:
        QTest.mouseMove(self.view, self.place(*key, at=at))
        return self.read_out[-1]

    def wheel(self, point: QPoint, notches: int) -> None:
        """Turn the wheel over a point."""
        event = QWheelEvent(
            QPointF(point), self.view.mapToGlobal(QPointF(point)), QPoint(), QPoint(0, 120 * notches),
            Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(self.view, event)


@pytest.fixture
def deep(qtbot: QtBot) -> OverviewSetting:
    return OverviewSetting(qtbot, deep_document())


def test_every_map_of_every_layer_is_shown(deep: OverviewSetting) -> None:
    shown = {key[1] for key in deep.view.layout_now.items if key[0] in ("map", "flat")}
    assert shown == set(range(7))
    assert [key[2] for key in deep.view.layout_now.items if key[:2] == ("map", 4)] == [0, 1, 2]


def test_a_click_on_a_map_focuses_its_layer_its_filter_and_its_cell(deep: OverviewSetting) -> None:
    deep.click("map", 4, 2, at=(0.1, 0.9))
    cursor = deep.session.cursor
    assert (cursor.layer, cursor.filter, cursor.row, cursor.column) == (3, 2, 0, 3)
    deep.click("map", 0, -1)
    assert deep.session.cursor.layer == IMAGE


def test_a_double_click_goes_nearer_twice_and_empty_space_goes_back(deep: OverviewSetting) -> None:
    QTest.mouseDClick(deep.view, Qt.MouseButton.LeftButton, pos=deep.place("map", 4, 1))
    assert (deep.session.cursor.level, deep.session.cursor.filter) == ("channels", 1)
    QTest.mouseDClick(deep.view, Qt.MouseButton.LeftButton, pos=deep.place("part", 0))
    assert deep.session.cursor.level == "cell"
    deep.session.look("channels")
    QTest.mouseClick(deep.view, Qt.MouseButton.LeftButton, pos=QPoint(500, 4))
    assert deep.session.cursor.level == "network"


def test_enter_goes_nearer_and_arrows_change_filter_and_channel(deep: OverviewSetting) -> None:
    deep.click("map", 4, 0)
    QTest.keyClick(deep.view, Qt.Key.Key_Down)
    assert deep.session.cursor.filter == 1
    QTest.keyClick(deep.view, Qt.Key.Key_Return)
    assert deep.session.cursor.level == "channels"
    QTest.keyClick(deep.view, Qt.Key.Key_Down)
    QTest.keyClick(deep.view, Qt.Key.Key_Down)
    QTest.keyClick(deep.view, Qt.Key.Key_Up)
    assert deep.session.cursor.channel == 1 and deep.view.scene.place == 1


def test_the_channel_under_the_cursor_stays_in_view(deep: OverviewSetting) -> None:
    deep.session.move(layer=3, level="channels")
    for _ in range(11):
        QTest.keyClick(deep.view, Qt.Key.Key_Down)
    assert deep.session.cursor.channel == 11
    assert 11 in deep.view.layout_now.rows and 0 not in deep.view.layout_now.rows


def test_parts_are_shown_for_every_channel_and_add_up_to_the_output(deep: OverviewSetting) -> None:
    deep.session.move(layer=0, filter=4, level="channels")
    places = deep.view.layout_now.rows
    parts = deep.view.contents.parts(places)
    assert places == (0, 1, 2) and parts is not None
    output = deep.session.evaluation.output_of(0)
    np.testing.assert_allclose(parts.sum(-1), output[..., 4], atol=1e-5)


def test_the_strongest_channels_come_first_where_that_is_wished(deep: OverviewSetting) -> None:
    deep.session.move(layer=3, row=1, column=2, level="channels")
    deep.settings.set("strongest_first", True)
    sums = np.abs(deep.view.scene.explain(1, 2).channel_sums())
    assert list(deep.view.layout_now.rows) == list(np.argsort(-sums, kind="stable")[: len(deep.view.layout_now.rows)])


def test_a_click_on_a_channel_or_on_its_part_focuses_it(deep: OverviewSetting) -> None:
    deep.session.move(layer=3, level="channels")
    deep.click("kernel", 2)
    assert deep.session.cursor.channel == 2
    deep.click("part", 1, at=(0.9, 0.1))
    assert (deep.session.cursor.channel, deep.session.cursor.row, deep.session.cursor.column) == (1, 3, 0)


def test_a_click_on_the_input_moves_the_window_there(deep: OverviewSetting) -> None:
    deep.session.move(layer=3, level="channels")
    deep.click("map", 3, 1, at=(0.9, 0.9))
    assert (deep.session.cursor.row, deep.session.cursor.column, deep.session.cursor.channel) == (3, 3, 1)


def test_hovering_a_cell_tells_its_value_and_its_receptive_field(deep: OverviewSetting) -> None:
    text = deep.hover("map", 4, 0, at=(0.1, 0.1))
    value = deep.session.evaluation.maps[4][0, 0, 0]
    assert "map 1, row 1, column 1" in text and f"{abs(value):.2f}" in text
    # A corner of 3×3 after pooling 2×2 after 3×3, clipped at the border.
    assert "5×5 pixels of the image, rows 1–5, columns 1–5; effective stride 2×2" in text
    assert deep.session.pointed == Pin(4, 0, 0, 0)


def test_hovering_a_pixel_tells_what_it_reaches(deep: OverviewSetting) -> None:
    text = deep.hover("map", 0, 1, at=(0.05, 0.05))
    assert "row 1, column 1" in text and "reaches" in text
    assert deep.view.pointer.marks.reach[1].rows == (0, 1)
    assert deep.view.pointer.marks.reach[1].channels == tuple(range(12))


def test_of_a_network_that_ends_in_numbers_the_last_map_with_cells_is_told_of(qtbot: QtBot) -> None:
    small = network_presets()[2].build(default_document())
    setting = OverviewSetting(qtbot, small)
    text = setting.hover("map", 0, 0, at=(0.5, 0.5))
    reached = setting.view.pointer.marks.reach[6]  # of 5×5, before Flatten
    assert len(reached.rows) > 1 and text.endswith(f"reaches {region_size(reached)} cells of the last map")


def test_a_pinned_field_stays_marked_until_it_is_let_go(deep: OverviewSetting) -> None:
    deep.hover("map", 4, 0, at=(0.1, 0.1))
    deep.view.pointer.toggle_pin()
    QTest.mouseMove(deep.view, QPoint(500, 4))
    assert deep.session.pinned == Pin(4, 0, 0, 0)
    assert deep.view.pointer.marks.fields[0].rows == (0, 1, 2, 3, 4)
    deep.hover("map", 4, 0, at=(0.1, 0.1))
    deep.view.pointer.toggle_pin()
    assert deep.session.pinned is None


def test_a_context_menu_pins_and_goes_nearer(deep: OverviewSetting) -> None:
    menu = deep.view.pointer.menu(QPointF(deep.place("map", 4, 1)))
    actions = {action.text(): action for action in menu.actions()}
    actions["Pin the receptive field"].trigger()
    assert deep.session.pinned is not None and deep.session.pinned.channel == 1
    actions["Go nearer"].trigger()
    assert deep.session.cursor.level == "channels"
    menu.deleteLater()


def test_the_wheel_shows_the_maps_that_do_not_fit(qtbot: QtBot) -> None:
    setting = OverviewSetting(qtbot, deep_document(), layer=3)
    setting.view.resize(1000, 260)
    column = setting.view.layout_now.column(1)
    assert not column.more.isEmpty() and column.first == 0
    setting.wheel(setting.place("map", 1, 0), -1)
    assert setting.view.layout_now.column(1).first == 1
    setting.wheel(setting.place("map", 1, 1), 5)
    assert setting.view.layout_now.column(1).first == 0


def test_classes_have_their_names_in_the_read_out(deep: OverviewSetting) -> None:
    text = deep.hover("flat", 6, at=(0.75, 0.5))
    assert "dog" in text


def test_an_impossible_layer_leaves_the_maps_before_it(qtbot: QtBot) -> None:
    setting = OverviewSetting(qtbot, handbook_document(Conv2D(kernel=np.ones((7, 7, 1, 1)))))
    assert {key[1] for key in setting.view.layout_now.items} == {0, 1}
    assert setting.session.evaluation.problems
    setting.session.move(layer=1)
    setting.session.look("channels")
    assert {key[1] for key in setting.view.layout_now.items} == {0, 1}


def test_switching_levels_is_animated_and_can_be_without(deep: OverviewSetting) -> None:
    deep.settings.set("animation", True)
    deep.session.move(layer=3)
    deep.session.look("channels")
    assert deep.view.visible_layout() is not deep.view.layout_now
    deep.settings.set("animation", False)
    deep.session.look("network")
    deep.session.look("channels")
    deep.view._move.setCurrentTime(deep.view._move.duration())
    assert deep.view.visible_layout() is deep.view.layout_now


def test_presenting_makes_the_text_large(deep: OverviewSetting) -> None:
    deep.view.set_presenting(True)
    assert deep.view.text_size() >= deep.view.window().height() / 40


@pytest.mark.parametrize("level", ["network", "channels"])
@pytest.mark.parametrize("presenting", [True, False])
def test_names_shapes_and_limits_are_whole(qtbot: QtBot, presenting: bool, level: str) -> None:
    setting = OverviewSetting(qtbot, network_presets()[0].build(default_document()), level=level, layer=3, filter=5)
    setting.view.resize(1440 if presenting else 884, 720 if presenting else 420)
    setting.view.set_presenting(presenting)
    texts, smallest = painted(setting.view)
    assert [text for text in texts if "…" in text and text != "0 … 1"] == []
    assert "14×14×64" in texts and texts & {"Conv2D 5×5", "Conv2D"}  # in one line or in two
    assert not presenting or smallest >= int(setting.view.height() / 40)
    headings = [column.heading for column in setting.view.layout_now.columns]
    assert not any(left.right() > right.left() + 1 for left, right in pairwise(headings)) or level == "channels"


def painted(view: Overview) -> tuple[set[str], int]:
    """The texts that are painted, and the smallest of their fonts in pixels."""
    texts: set[str] = set()
    sizes: list[int] = []
    original = QPainter.drawText

    def draw(painter: QPainter, *values: Any) -> Any:
        texts.add(values[-1])
        sizes.append(painter.font().pixelSize())
        return original(painter, *values)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(QPainter, "drawText", draw)
        view.grab()
    return texts, min(sizes)
