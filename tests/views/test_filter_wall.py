"""The wall of filters: what is drawn, chosen, moved, added, removed and filled, by mouse and by keys."""

from __future__ import annotations

from dataclasses import replace
from time import perf_counter
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QContextMenuEvent, QImage, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from cnn_explorer.network.arrays import frozen
from cnn_explorer.network.banks import BANKS
from cnn_explorer.network.document import Document, Image
from cnn_explorer.network.layers import Activation, Conv2D, Dense, DepthwiseConv2D, Flatten, Layer, MaxPooling2D
from cnn_explorer.network.network import Network
from cnn_explorer.network.results import evaluate
from cnn_explorer.session.language import translated
from cnn_explorer.views.filter_layout import KERNELS, MAPS
from cnn_explorer.views.filter_wall import FilterWall
from cnn_explorer.views.theme import Scale, theme
from tests.views.stage_setting import Setting

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

KEY = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier
LEFT = Qt.MouseButton.LeftButton


def numbered(filters: int, channels: int = 1, side: int = 3) -> Conv2D:
    """A convolution whose filter f has the weight f + 1 in the middle, and the bias f."""
    kernel = np.zeros((side, side, channels, filters), np.float32)
    kernel[side // 2, side // 2] = np.arange(1, filters + 1) / channels
    return Conv2D(kernel=frozen(kernel), bias=frozen(np.arange(filters)), padding="same")


def network(filters: int, *later: Layer, channels: int = 1) -> Document:
    pixels = np.random.default_rng(0).random((8, 8, channels))
    return Document(Image(pixels), Network((numbered(filters, channels), *later)))


class Wall(Setting):
    """A wall on the screen, and what it has told of."""

    def __init__(self, qtbot: QtBot, document: Document, width: int = 212, page: bool = False, **cursor: Any) -> None:
        super().__init__(document)
        self.said: list[str] = []
        self.read_out: list[str] = []
        self.session.said.connect(lambda sentence: self.said.append(str(sentence)))
        self.session.move(**cursor)
        self.wall = FilterWall(self.session, self.settings, self.scales, page=page)
        qtbot.addWidget(self.wall)
        self.wall.pointed.connect(self.read_out.append)
        self.wall.resize(width, 400)
        self.wall.show()
        qtbot.waitExposed(self.wall)
        self.board = self.wall.board

    def place(self, number: int, wall: int = KERNELS) -> QPoint:
        return self.board.plan.rect(wall, number).center().toPoint()

    def click(self, number: int, wall: int = KERNELS) -> None:
        QTest.mouseClick(self.board, LEFT, pos=self.place(number, wall))

    def press(self, name: str) -> None:
        QTest.mouseClick(self.wall.buttons[name], LEFT)

    def drag(self, number: int, to: QPoint) -> None:
        QTest.mousePress(self.board, LEFT, pos=self.place(number))
        QTest.mouseMove(self.board, self.place(number) + QPoint(6, 6))
        QTest.mouseMove(self.board, to)
        QTest.mouseRelease(self.board, LEFT, pos=to)

    def layer(self, index: int = 0) -> Any:
        return self.session.document.network.layers[index]

    def order(self) -> list[float]:
        """The filters as they stand, by their biases."""
        return self.layer().bias.tolist()

    def picture(self) -> QImage:
        return self.board.grab().toImage()

    def colour(self, number: int, wall: int = KERNELS) -> QColor:
        return self.picture().pixelColor(self.place(number, wall))


@pytest.fixture
def six(qtbot: QtBot) -> Wall:
    return Wall(qtbot, network(6, Activation(), MaxPooling2D()))


class TestPictures:
    def test_each_kernel_is_drawn_in_the_scale_of_all(self, six: Wall) -> None:
        for number in (0, 3, 5):
            assert six.colour(number) == theme.colour(number + 1, Scale.around_zero(6))

    def test_each_map_is_drawn_and_follows_the_image(self, six: Wall) -> None:
        six.session.edit_image(Image(np.ones((8, 8, 1))), _text())
        limit = Scale.around_zero(11)  # 6 · 1 + 5
        for number in (0, 5):
            assert six.colour(number, MAPS) == theme.colour(2 * number + 1, limit)
        six.settings.set("scale_scope", "map")
        assert six.colour(0, MAPS) == six.colour(5, MAPS) == theme.colour(1, Scale.around_zero(1))

    def test_an_edit_of_a_weight_is_seen_at_once(self, six: Wall) -> None:
        before = six.colour(0)
        layer = six.layer().with_weights((8, 8, 1), 0, 0, frozen(np.full((3, 3), -6)))
        six.session.edit_layer(0, layer, _text())
        assert six.colour(0) == theme.colour(-6, Scale.around_zero(6)) != before

    def test_the_palette_changes_everything(self, six: Wall) -> None:
        light = six.picture()
        theme.use("dark")
        dark = six.picture()
        assert light.pixelColor(1, light.height() - 1) != dark.pixelColor(1, dark.height() - 1)
        assert six.colour(0) == theme.colour(1, Scale.around_zero(6))

    def test_kernels_over_an_image_in_colour_are_colours(self, qtbot: QtBot) -> None:
        layer = numbered(2, 3)
        kernel = layer.kernel.copy()
        kernel[1, 1, :, 0] = (6, -6, 0)
        document = network(2, channels=3).with_layer(0, replace(layer, kernel=frozen(kernel)))
        wall = Wall(qtbot, document)
        assert wall.colour(0).getRgb()[:3] == (255, 0, 128)
        assert "in colour" in painted(wall)

    def test_behind_many_channels_the_kernels_are_those_of_the_shown_channel(self, qtbot: QtBot) -> None:
        later = numbered(3, 6)
        kernel = later.kernel.copy()
        kernel[1, 1, 4, 0] = 5
        wall = Wall(qtbot, network(6, replace(later, kernel=frozen(kernel))), layer=1, channel=4)
        assert wall.colour(0) == theme.colour(5, Scale.around_zero(5))
        assert "ch. 5" in painted(wall)
        wall.session.move(channel=0)
        assert wall.colour(0) == theme.colour(1 / 6, Scale.around_zero(5))

    def test_the_filter_under_the_cursor_is_framed_on_both_walls(self, six: Wall) -> None:
        for number in (4, 1):
            six.session.move(filter=number)
            picture = six.picture()
            for wall, role in ((KERNELS, "kernel"), (MAPS, "output")):
                edge = six.board.plan.rect(wall, number).topLeft().toPoint() + QPoint(5, -1)
                assert picture.pixelColor(edge) == theme.role(role)
                other = six.board.plan.rect(wall, 3).topLeft().toPoint() + QPoint(5, -1)
                assert picture.pixelColor(other) == theme.role("border")

    def test_a_layer_that_cannot_be_applied_shows_its_kernels_and_no_maps(self, qtbot: QtBot) -> None:
        layer = replace(numbered(2), padding="valid", dilation_rate=(4, 4))
        wall = Wall(qtbot, Document(Image(np.ones((5, 5, 1))), Network((layer,))))
        assert wall.colour(1) == theme.colour(2, Scale.around_zero(2))
        assert "none yet" in painted(wall)

    def test_64_filters_are_painted_within_a_frame(self, qtbot: QtBot) -> None:
        pixels = np.random.default_rng(0).random((28, 28, 1))
        wall = Wall(qtbot, Document(Image(pixels), Network((numbered(64), Activation()))))
        again, anew = [], []
        for _ in range(5):
            start = perf_counter()
            wall.board.repaint()
            again.append(perf_counter() - start)
            evaluation = evaluate(wall.session.document)
            start = perf_counter()
            wall.session.show(evaluation)
            wall.board.repaint()
            anew.append(perf_counter() - start)
        assert min(again) < 0.005
        assert min(anew) < 0.016


def painted(wall: Wall) -> set[str]:
    """The texts that are painted on the board."""
    from PySide6.QtGui import QPainter

    texts: set[str] = set()
    original = QPainter.drawText
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(QPainter, "drawText", lambda *values: (texts.add(values[-1]), original(*values))[1])
        wall.board.grab()
    return texts


def _text() -> Any:
    from cnn_explorer.network.sentence import say

    return say("Edit")


class TestChoosing:
    @pytest.mark.parametrize("wall", [KERNELS, MAPS])
    def test_a_click_on_either_wall_looks_at_the_filter(self, six: Wall, wall: int) -> None:
        six.click(4, wall)
        assert six.session.cursor.filter == 4
        assert six.session.undo_text is None

    def test_keys_walk(self, six: Wall) -> None:
        six.board.setFocus()
        columns = six.board.plan.columns
        for key, expected in (
            (KEY.Key_Right, 1), (KEY.Key_Left, 0), (KEY.Key_Left, 0), (KEY.Key_Down, columns), (KEY.Key_Up, 0),
            (KEY.Key_Up, 0), (KEY.Key_End, 5), (KEY.Key_Right, 5), (KEY.Key_Home, 0),
        ):  # fmt: skip
            QTest.keyClick(six.board, key)
            assert six.session.cursor.filter == expected
        assert six.read_out[-1].startswith("Filter 1:")

    def test_its_keys_are_kept_from_the_commands_of_the_window(self, qtbot: QtBot, six: Wall) -> None:
        taken: list[str] = []
        for name in ("Right", "Delete", "Space"):
            shortcut = QShortcut(name, six.wall)
            shortcut.activated.connect(lambda name=name: taken.append(name))
        six.wall.activateWindow()
        qtbot.waitUntil(six.wall.isActiveWindow)
        six.board.setFocus()
        for key in (KEY.Key_Right, KEY.Key_Delete, KEY.Key_Space):
            QTest.keyClick(six.board, key)
        assert taken == ["Space"]
        assert six.order() == [0, 2, 3, 4, 5]

    def test_an_activation_behind_it_stays_focused(self, six: Wall) -> None:
        six.session.select(1)
        six.click(3)
        assert (six.session.cursor.layer, six.session.cursor.filter) == (1, 3)

    def test_a_layer_that_mixes_the_filters_gives_the_focus_back(self, qtbot: QtBot) -> None:
        wall = Wall(qtbot, network(6, Activation(), Flatten()), layer=2)
        wall.click(5)
        assert (wall.session.cursor.layer, wall.session.cursor.filter) == (0, 5)

    def test_pointing_says_what_the_filter_is(self, six: Wall) -> None:
        six.session.edit_image(Image(np.ones((8, 8, 1))), _text())
        QTest.mouseMove(six.board, six.place(2, MAPS))
        assert six.read_out[-1] == "Filter 3: weights from 0 to 3, bias 2; its map from 5 to 5"
        QTest.mouseMove(six.board, QPoint(2, 2))
        assert six.read_out[-1] == ""

    def test_screen_readers_are_told(self, six: Wall) -> None:
        six.board.setFocus()
        six.click(1)
        assert six.board.accessibleName() == "Wall of filters"
        assert six.board.accessibleDescription().startswith("Filter 2: weights from 0 to 2, bias 1")


class TestOrder:
    @pytest.mark.parametrize(("number", "to", "order"), [(0, 2, [1, 2, 0, 3, 4, 5]), (5, 0, [5, 0, 1, 2, 3, 4])])
    def test_dragging_puts_a_filter_elsewhere_in_one_step(
        self, six: Wall, number: int, to: int, order: list[int]
    ) -> None:
        tile = six.board.plan.rect(KERNELS, to)
        side = tile.right() - 2 if to > number else tile.left() + 2
        six.drag(number, QPointF(side, tile.center().y()).toPoint())
        assert six.order() == order
        assert six.session.cursor.filter == to
        assert str(six.session.undo_text) == "Move the filter"
        six.session.undo()
        assert six.order() == [0, 1, 2, 3, 4, 5]

    def test_the_layers_behind_compute_what_they_did(self, qtbot: QtBot) -> None:
        rng = np.random.default_rng(3)
        second = Conv2D(kernel=frozen(rng.normal(size=(3, 3, 6, 2))), bias=frozen([0, 0]))
        dense = Dense(kernel=frozen(rng.normal(size=(8, 3))), bias=frozen(np.zeros(3)))
        wall = Wall(qtbot, network(6, Activation(), MaxPooling2D(), second, Flatten(), dense))
        before = wall.session.evaluation.maps[-1]
        wall.drag(0, wall.place(4, MAPS) + QPoint(8, 0))
        assert wall.order() != [0, 1, 2, 3, 4, 5]
        np.testing.assert_allclose(wall.session.evaluation.maps[-1], before, rtol=1e-4)

    def test_while_dragging_the_place_is_shown_and_escape_leaves_it(self, six: Wall) -> None:
        six.board.setFocus()
        plain = six.picture()
        QTest.mousePress(six.board, LEFT, pos=six.place(0))
        QTest.mouseMove(six.board, six.place(0) + QPoint(6, 6))
        QTest.mouseMove(six.board, six.place(3))
        line = six.board.plan.gap_rect(KERNELS, six.board.plan.gap_at(QPointF(six.place(3)))).center().toPoint()
        assert six.picture().pixelColor(line) == theme.role("accent") != plain.pixelColor(line)
        QTest.keyClick(six.board, KEY.Key_Escape)
        QTest.mouseRelease(six.board, LEFT, pos=six.place(3))
        assert six.order() == [0, 1, 2, 3, 4, 5]
        assert six.session.undo_text is None

    def test_alt_and_arrows_and_the_buttons_move_by_one(self, six: Wall) -> None:
        six.board.setFocus()
        QTest.keyClick(six.board, KEY.Key_Right, ALT)
        assert six.order() == [1, 0, 2, 3, 4, 5]
        assert six.session.cursor.filter == 1
        six.press("later")
        assert six.order() == [1, 2, 0, 3, 4, 5]
        six.press("earlier")
        six.press("earlier")
        assert six.order() == [0, 1, 2, 3, 4, 5]
        assert not six.wall.buttons["earlier"].isEnabled()


class TestNumber:
    def test_adding_puts_a_new_one_behind_and_looks_at_it(self, six: Wall) -> None:
        six.click(1)
        six.press("add")
        assert six.order() == [0, 1, 0, 2, 3, 4, 5]
        assert np.abs(six.layer().kernel[..., 2]).sum() > 0.1
        assert six.session.cursor.filter == 2
        assert six.wall.count.value() == 7
        assert str(six.session.undo_text) == "Add a filter"

    def test_duplicating_and_removing(self, six: Wall) -> None:
        six.click(2)
        six.press("duplicate")
        assert six.order() == [0, 1, 2, 2, 3, 4, 5]
        assert np.array_equal(six.layer().kernel[..., 2], six.layer().kernel[..., 3])
        six.press("remove")
        assert six.order() == [0, 1, 2, 3, 4, 5]
        six.board.setFocus()
        QTest.keyClick(six.board, KEY.Key_Delete)
        assert six.order() == [0, 1, 2, 4, 5]
        for _ in range(3):
            six.session.undo()
        assert six.order() == [0, 1, 2, 3, 4, 5]

    def test_the_last_one_stays_and_64_are_enough(self, qtbot: QtBot) -> None:
        one = Wall(qtbot, network(1))
        assert not one.wall.buttons["remove"].isEnabled()
        one.board.setFocus()
        QTest.keyClick(one.board, KEY.Key_Delete)
        assert one.order() == [0]
        many = Wall(qtbot, network(64))
        assert not many.wall.buttons["add"].isEnabled() and not many.wall.buttons["duplicate"].isEnabled()

    def test_the_number_can_be_typed(self, six: Wall) -> None:
        six.wall.count.setFocus()
        six.wall.count.selectAll()
        QTest.keyClicks(six.wall.count, "3")
        QTest.keyClick(six.wall.count, KEY.Key_Return)
        assert six.order() == [0, 1, 2]
        six.wall.count.selectAll()
        QTest.keyClicks(six.wall.count, "64")
        QTest.keyClick(six.wall.count, KEY.Key_Return)
        assert six.layer().filters == 64
        assert six.session.evaluation.maps[3].shape[2] == 64
        six.session.undo()
        six.session.undo()
        assert six.order() == [0, 1, 2, 3, 4, 5]
        assert six.wall.count.value() == 6

    def test_a_depthwise_layer_has_a_filter_for_each_channel_and_none_to_add(self, qtbot: QtBot) -> None:
        depthwise = DepthwiseConv2D(kernel=frozen(np.ones((3, 3, 6, 1))), bias=frozen(np.zeros(6)))
        wall = Wall(qtbot, network(6, depthwise), layer=1)
        assert wall.board.scene.count == 6
        assert not any(button.isEnabled() for button in wall.wall.buttons.values())
        assert not wall.wall.count.isEnabled()
        wall.drag(0, wall.place(3))
        assert wall.session.undo_text is None
        assert wall.wall.fill.isEnabled()


class TestFilling:
    def test_every_bank_that_suits_is_offered_with_a_picture_and_fills_in_one_step(self, six: Wall) -> None:
        names = [translated(bank.name) for bank in BANKS]
        for index, bank in enumerate(BANKS):
            QTest.mouseClick(six.wall.fill, LEFT)
            popup = six.wall.popup
            assert popup.isVisible()
            assert [each.text() for each in popup.galleries[0].thumbnails] == names
            QTest.mouseClick(popup.galleries[0].thumbnails[index], LEFT)
            assert not popup.isVisible()
            assert str(six.session.undo_text) == f"Fill with {bank.name}"
            if "Random" not in names[index]:
                expected = bank.fill(3, 3, 1, 6, np.random.default_rng())
                np.testing.assert_allclose(six.layer().kernel, expected)
            assert six.order() == [0] * 6  # the biases
            six.session.undo()
            assert six.order() == [0, 1, 2, 3, 4, 5]

    def test_one_kernel_of_the_gallery_can_be_put_in_all_filters(self, six: Wall) -> None:
        QTest.mouseClick(six.wall.fill, LEFT)
        QTest.mouseClick(six.wall.popup.galleries[1].thumbnails[1], LEFT)
        assert str(six.session.undo_text) == "Fill with Identity"
        assert (six.layer().kernel[1, 1] == 1).all() and six.layer().kernel.sum() == 6

    def test_random_filters_differ_each_time(self, six: Wall) -> None:
        bank = next(bank for bank in BANKS if "He" in str(bank.name))
        six.wall.fill_with(bank)
        first = six.layer().kernel
        six.wall.fill_with(bank)
        assert not np.array_equal(first, six.layer().kernel)

    def test_the_keyboard_opens_chooses_and_closes(self, six: Wall) -> None:
        six.wall.fill.setFocus()
        QTest.keyClick(six.wall.fill, KEY.Key_Space)
        popup = six.wall.popup
        first = popup.galleries[0].thumbnails[0]
        assert first.hasFocus() or popup.focusWidget() is first
        QTest.keyClick(first, KEY.Key_Right)
        assert "Waves" in popup.sentence.text()
        QTest.keyClick(popup.galleries[0].thumbnails[1], KEY.Key_Escape)
        assert not popup.isVisible()
        assert six.session.undo_text is None
        six.wall.open_fill()
        QTest.keyClick(first, KEY.Key_Right)
        QTest.keyClick(popup.galleries[0].thumbnails[1], KEY.Key_Return)
        assert str(six.session.undo_text) == "Fill with Gabor"

    def test_kernels_of_one_cell_are_offered_random_weights_only(self, qtbot: QtBot) -> None:
        layer = Conv2D(kernel=frozen(np.ones((1, 1, 1, 4))), bias=frozen(np.zeros(4)))
        wall = Wall(qtbot, Document(Image(np.ones((5, 5, 1))), Network((layer,))))
        wall.wall.open_fill()
        assert [each.text() for each in wall.wall.popup.galleries[0].thumbnails] == ["Random (He)", "Random (Glorot)"]
        assert not wall.wall.popup.galleries[1].isVisible()
        wall.wall.popup.close()

    def test_no_caption_is_cut_off(self, six: Wall) -> None:
        from cnn_explorer.views.gallery_list import caption_font, caption_lines

        six.wall.open_fill()
        for gallery in six.wall.popup.galleries:
            for each in gallery.thumbnails:
                lines = caption_lines(each.text(), caption_font(each.text(), each.width()), each.width())
                assert not any("…" in line for line in lines)
        six.wall.popup.close()

    def test_a_bank_is_shared_by_the_channels(self, qtbot: QtBot) -> None:
        wall = Wall(qtbot, network(6, numbered(4, 6)), layer=1)
        wall.wall.fill_with(BANKS[2])
        np.testing.assert_allclose(wall.layer(1).kernel.sum((0, 1, 2)), 1, rtol=1e-5)


class TestMenu:
    def open_menu(self, wall: Wall, number: int) -> QMenu:
        place = wall.place(number)
        event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, wall.board.mapToGlobal(place))
        QApplication.sendEvent(wall.board, event)
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        return menu

    def test_it_is_about_the_filter_that_it_was_opened_on(self, six: Wall) -> None:
        menu = self.open_menu(six, 3)
        assert six.session.cursor.filter == 3
        texts = [action.text() for action in menu.actions() if action.text()]
        assert texts[:5] == [
            "Add a filter", "Duplicate the filter", "Remove the filter", "Move to the left", "Move to the right",
        ]  # fmt: skip
        menu.actions()[2].trigger()
        menu.close()
        assert six.order() == [0, 1, 2, 4, 5]

    def test_it_fills_too(self, six: Wall) -> None:
        menu = self.open_menu(six, 0)
        filling = next(action.menu() for action in menu.actions() if action.menu())
        assert [action.text() for action in filling.actions()] == [str(bank.name) for bank in BANKS]
        filling.actions()[0].trigger()
        menu.close()
        assert str(six.session.undo_text) == "Fill with Edges"

    def test_the_menu_key_opens_it_for_the_filter_under_the_cursor(self, six: Wall) -> None:
        six.session.move(filter=5)
        event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(0, 0), QPoint(0, 0))
        QApplication.sendEvent(six.board, event)
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        assert not menu.actions()[4].isEnabled()
        menu.close()


class TestPlace:
    def test_without_filters_it_takes_no_room_and_comes_back(self, qtbot: QtBot) -> None:
        dense = Dense(kernel=frozen(np.ones((384, 3))), bias=frozen(np.zeros(3)))
        wall = Wall(qtbot, network(6, Flatten(), dense))
        height = wall.wall.sizeHint().height()
        assert height > 150
        wall.wall.fill.setFocus()
        wall.session.select(2)
        assert not wall.wall.content.isVisible()
        assert wall.wall.sizeHint().height() == 0
        wall.session.select(0)
        assert wall.wall.content.isVisible()
        assert wall.wall.sizeHint().height() == height

    def test_a_network_without_any_shows_nothing(self, qtbot: QtBot) -> None:
        wall = Wall(qtbot, Document(Image(np.ones((5, 5, 1))), Network((Activation(),))))
        assert not wall.wall.content.isVisible()
        wall.wall.do("add")
        wall.wall.open_fill()
        assert wall.session.undo_text is None

    @pytest.mark.parametrize("width", [212, 236, 336])
    def test_64_filters_fit_into_a_column_of_any_width(self, qtbot: QtBot, width: int) -> None:
        wall = Wall(qtbot, network(64), width)
        assert wall.wall.width() == width
        wall.wall.resize(width, wall.wall.heightForWidth(width))
        qtbot.waitUntil(lambda: wall.board.height() >= wall.board.plan.height)
        for place in range(64):
            assert wall.board.rect().contains(wall.board.plan.rect(MAPS, place).toRect())

    def test_a_page_scrolls_to_the_filter_under_the_cursor(self, qtbot: QtBot) -> None:
        wall = Wall(qtbot, network(64), 420, page=True)
        wall.wall.resize(420, 220)
        wall.session.move(filter=63)
        qtbot.waitUntil(lambda: not wall.board.visibleRegion().isEmpty())
        assert wall.board.visibleRegion().contains(wall.place(63))
        wall.session.move(filter=0)
        assert wall.board.visibleRegion().contains(wall.place(0))

    def test_a_wide_page_has_large_tiles(self, qtbot: QtBot) -> None:
        wall = Wall(qtbot, network(16), 900, page=True)
        wall.wall.resize(900, 560)
        qtbot.waitUntil(lambda: wall.board.plan.pitch > 72)
        assert wall.board.plan.height <= wall.wall.area.viewport().height()
