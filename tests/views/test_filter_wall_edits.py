"""The wall of filters: moved, added, removed, counted and filled, by mouse, keys and menu."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from cnn_explorer.network.arrays import frozen
from cnn_explorer.network.banks import BANKS
from cnn_explorer.network.document import Document, Image
from cnn_explorer.network.layers import Activation, Conv2D, Dense, DepthwiseConv2D, Flatten, MaxPooling2D
from cnn_explorer.network.network import Network
from cnn_explorer.session.language import translated
from cnn_explorer.views.filter_layout import KERNELS, MAPS
from cnn_explorer.views.gallery_list import caption_font, caption_lines
from cnn_explorer.views.theme import theme
from tests.views.filter_setting import KEY, LEFT, Wall, network, numbered

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def six(qtbot: QtBot) -> Wall:
    return Wall(qtbot, network(6, Activation(), MaxPooling2D()))


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
        assert texts[:6] == [
            "Edit the numbers", "Add a filter", "Duplicate the filter", "Remove the filter", "Move to the left",
            "Move to the right",
        ]  # fmt: skip
        next(action for action in menu.actions() if action.text() == "Remove the filter").trigger()
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
        later = next(action for action in menu.actions() if action.text() == "Move to the right")
        assert not later.isEnabled()
        menu.close()
