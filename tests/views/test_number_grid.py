"""Editing a kernel in place: what is typed, dragged, turned and pasted becomes its numbers."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QFontMetricsF,
    QGuiApplication,
    QImage,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QShortcut,
    QWheelEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from cnn_explorer.network.numbers import digits_for
from cnn_explorer.views.grid_paint import GridPicture, number_font, paint_fitting_numbers, paint_numbers
from cnn_explorer.views.number_grid import NumberGrid
from cnn_explorer.views.theme import Scale, theme

# The screen that is not there has no hints for the window manager, and can't raise a tooltip.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

CELL = 60
HANDBOOK = np.array([[0, 0, -1], [0, 1, 0], [-2, 0, 2]], np.float32)


def show(grid, values):
    grid.show_values(np.asarray(values, np.float32), Scale.of_signed(np.asarray(values)), digits_for(values))


@pytest.fixture
def grid(qtbot):
    holder = QWidget()
    qtbot.addWidget(holder)
    layout = QVBoxLayout(holder)
    made = NumberGrid(holder)
    made.set_cell_size(CELL)
    show(made, HANDBOOK)
    layout.addWidget(made)
    layout.addWidget(QLineEdit())
    holder.show()
    qtbot.waitExposed(holder)
    holder.activateWindow()
    made.setFocus()
    made.holder, made.told, made.ends, made.read = holder, [], [], []
    made.edited.connect(made.told.append)
    made.finished.connect(lambda: made.ends.append(len(made.told)))
    made.pointed.connect(made.read.append)
    return made


def middle(row, column):
    return QPoint(column * CELL + CELL // 2, row * CELL + CELL // 2)


def click(grid, row, column):
    QTest.mouseClick(grid, Qt.MouseButton.LeftButton, pos=middle(row, column))


def keys(grid, text):
    QTest.keyClicks(grid, text)


def press(grid, key, modifiers=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(grid, key, modifiers)


def drag(grid, row, column, up, modifiers=Qt.KeyboardModifier.NoModifier, steps=4):
    start = middle(row, column)
    QTest.mousePress(grid, Qt.MouseButton.LeftButton, modifiers, start)
    for step in range(1, steps + 1):
        send_move(grid, start - QPoint(0, round(up * step / steps)), modifiers)
    QTest.mouseRelease(grid, Qt.MouseButton.LeftButton, modifiers, start - QPoint(0, up))


def send_move(grid, place, modifiers=Qt.KeyboardModifier.NoModifier, button=Qt.MouseButton.LeftButton):
    from PySide6.QtGui import QMouseEvent

    point = QPointF(place)
    event = QMouseEvent(
        QEvent.Type.MouseMove, point, grid.mapToGlobal(point), Qt.MouseButton.NoButton, button, modifiers
    )
    QApplication.sendEvent(grid, event)


def turn(
    grid, row, column, angle=0, pixels=0, phase=Qt.ScrollPhase.NoScrollPhase, modifiers=Qt.KeyboardModifier.NoModifier
):
    point = QPointF(middle(row, column))
    event = QWheelEvent(
        point,
        grid.mapToGlobal(point),
        QPoint(0, pixels),
        QPoint(0, angle),
        Qt.MouseButton.NoButton,
        modifiers,
        phase,
        False,
    )
    QApplication.sendEvent(grid, event)
    return event


class TestTyping:
    def test_a_number_replaces_the_one_that_was_there(self, grid):
        click(grid, 2, 1)
        keys(grid, "-1,5")
        assert grid.told == []
        press(grid, Qt.Key.Key_Return)
        expected = HANDBOOK.copy()
        expected[2, 1] = -1.5
        assert np.array_equal(grid.told[-1], expected)
        assert grid.ends == [1]
        assert grid.selected == (2, 1)

    def test_fractions(self, grid):
        click(grid, 0, 0)
        keys(grid, "1/9")
        press(grid, Qt.Key.Key_Enter)
        assert grid.values[0, 0] == np.float32(1 / 9)

    def test_escape_keeps_the_old_number(self, grid):
        click(grid, 1, 1)
        keys(grid, "7")
        press(grid, Qt.Key.Key_Escape)
        assert not grid.typing.open
        assert grid.told == []

    def test_an_arrow_key_takes_the_number_and_moves_on(self, grid):
        click(grid, 0, 0)
        keys(grid, "4")
        press(grid, Qt.Key.Key_Down)
        assert grid.values[0, 0] == 4.0
        assert grid.selected == (1, 0)

    def test_tab_takes_the_number_and_goes_to_the_next_cell(self, grid):
        click(grid, 0, 2)
        keys(grid, "4")
        press(grid, Qt.Key.Key_Tab)
        assert grid.values[0, 2] == 4.0
        assert grid.selected == (1, 0)
        assert grid.hasFocus()

    def test_tab_leaves_the_grid_when_nothing_is_typed(self, grid):
        press(grid, Qt.Key.Key_Tab)
        assert not grid.hasFocus()

    def test_what_is_no_number_stays_open_in_red_with_the_reason(self, grid):
        click(grid, 0, 0)
        keys(grid, "1..")
        press(grid, Qt.Key.Key_Return)
        assert grid.told == []
        assert grid.typing.text == "1.."
        assert "not a number" in grid.read[-1]
        red = theme.role("bad").rgb()
        picture = grid.grab().toImage()
        assert any(picture.pixel(x, 10) == red for x in range(CELL))
        press(grid, Qt.Key.Key_Backspace)
        press(grid, Qt.Key.Key_Return)
        assert grid.values[0, 0] == 1.0

    def test_leaving_with_nonsense_changes_nothing_and_says_so(self, grid):
        click(grid, 0, 0)
        keys(grid, "-")
        click(grid, 1, 1)
        assert grid.told == []
        assert "nothing was changed" in " ".join(grid.read)

    def test_leaving_the_grid_takes_the_number(self, grid):
        click(grid, 0, 0)
        keys(grid, "3")
        grid.parentWidget().findChild(QLineEdit).setFocus()
        assert grid.values[0, 0] == 3.0

    def test_enter_edits_the_number_that_is_there(self, grid):
        click(grid, 2, 0)
        press(grid, Qt.Key.Key_Return)
        assert grid.typing.text == "\u22122"
        keys(grid, "5")
        press(grid, Qt.Key.Key_Return)
        assert grid.values[2, 0] == -25.0

    def test_a_double_click_edits_too(self, grid):
        click(grid, 1, 1)
        QTest.mouseDClick(grid, Qt.MouseButton.LeftButton, pos=middle(1, 1))
        assert grid.typing.text == "1"

    def test_the_typed_text_is_seen_even_in_tiny_cells(self, grid):
        grid.set_cell_size(14)
        before = grid.grab().toImage()
        keys(grid, "12")
        assert grid.grab().toImage() != before

    def test_small_grids_show_fewer_digits_rather_than_none(self, qapp):
        picture, rect = QImage(81, 27, QImage.Format.Format_RGB32), QRectF(0, 0, 81, 27)
        values = np.array([[-0.311, 0.915, 0.469]], np.float32)
        painter = QPainter(picture)
        all_of_them = paint_numbers(painter, rect, values, Scale.around_zero(1.0), digits_for(values))
        fewer = paint_fitting_numbers(painter, rect, values, Scale.around_zero(1.0), digits_for(values))
        painter.end()
        assert (all_of_them, fewer) == (False, True)

    @pytest.mark.parametrize("texts", [["0.111", "0.888"], ["11.1", "−0.9"], ["1.11", "888", "0.8"]])
    @pytest.mark.parametrize("cell", [24, 29, 40, 60])
    def test_every_number_fits_into_its_cell(self, qapp, texts, cell):
        font = number_font(texts, cell, smallest=1)
        assert max(QFontMetricsF(font).horizontalAdvance(text) for text in texts) <= cell - 2

    @pytest.mark.parametrize("value", [-0.00958, -0.0133, 0.1234567, -123.456, 1e-7, 3.0])
    def test_a_number_that_stands_alone_is_shown_with_as_many_digits_as_fit(self, value):
        picture, values = GridPicture(), np.array([[value]], np.float32)
        picture.draw(values, (0, 1, 0, 1), 30, 1.0, Scale.around_zero(1.0), digits_for(values))
        assert picture.numbered


class TestKeys:
    def test_arrows_home_and_end_move_within_the_grid(self, grid):
        click(grid, 1, 1)
        for key, cell in (
            (Qt.Key.Key_Left, (1, 0)), (Qt.Key.Key_Left, (1, 0)), (Qt.Key.Key_Up, (0, 0)), (Qt.Key.Key_End, (0, 2)),
            (Qt.Key.Key_Down, (1, 2)), (Qt.Key.Key_Home, (1, 0)),
        ):  # fmt: skip
            press(grid, key)
            assert grid.selected == cell

    @pytest.mark.parametrize(
        ("key", "modifiers", "value"),
        [
            (Qt.Key.Key_PageUp, Qt.KeyboardModifier.NoModifier, 2.0),
            (Qt.Key.Key_PageDown, Qt.KeyboardModifier.NoModifier, 0.0),
            (Qt.Key.Key_PageUp, Qt.KeyboardModifier.ShiftModifier, 1.1),
            (Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier, 2.0),
            (Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier, 0.0),
            (Qt.Key.Key_Plus, Qt.KeyboardModifier.ShiftModifier, 2.0),
            (Qt.Key.Key_Underscore, Qt.KeyboardModifier.ShiftModifier, 0.0),
            (Qt.Key.Key_Delete, Qt.KeyboardModifier.NoModifier, 0.0),
        ],
    )
    def test_keys_change_the_selected_number(self, grid, key, modifiers, value):
        click(grid, 1, 1)
        press(grid, key, modifiers)
        assert grid.values[1, 1] == pytest.approx(value)
        assert grid.ends == [1]

    def test_a_held_key_is_one_gesture(self, grid):
        click(grid, 1, 1)
        for repeat in (False, True, True):
            event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_PageUp, Qt.KeyboardModifier.NoModifier, autorep=repeat)
            QApplication.sendEvent(grid, event)
        QTest.keyRelease(grid, Qt.Key.Key_PageUp)
        assert grid.values[1, 1] == 4.0
        assert grid.ends == [3]

    def test_keys_of_the_grid_are_not_stolen_by_the_window_but_space_is_left_to_it(self, grid):
        fired = []
        for key in ("Left", "Home", "End", "Delete", "Ctrl+C", "Space", "PgUp", "Ctrl+Z"):
            shortcut = QShortcut(QKeySequence(key), grid.window())
            shortcut.activated.connect(lambda key=key: fired.append(key))
        click(grid, 1, 1)
        window = grid.window().windowHandle()
        for key, modifiers in (
            (Qt.Key.Key_Left, Qt.KeyboardModifier.NoModifier), (Qt.Key.Key_End, Qt.KeyboardModifier.NoModifier),
            (Qt.Key.Key_Home, Qt.KeyboardModifier.NoModifier), (Qt.Key.Key_Delete, Qt.KeyboardModifier.NoModifier),
            (Qt.Key.Key_PageUp, Qt.KeyboardModifier.NoModifier), (Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier),
            (Qt.Key.Key_Space, Qt.KeyboardModifier.NoModifier), (Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier),
        ):  # fmt: skip
            QTest.keyClick(window, key, modifiers)
        assert fired == ["Space", "Ctrl+Z"]
        assert grid.selected == (1, 0)

    def test_escape_is_left_to_the_window_when_nothing_is_typed(self, grid):
        event = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier)
        event.ignore()
        QApplication.sendEvent(grid, event)
        assert not event.isAccepted()


class TestDragging:
    def test_up_is_more_and_down_is_less_a_step_every_12_pixels(self, grid):
        drag(grid, 1, 1, 36)
        assert grid.values[1, 1] == 4.0
        drag(grid, 1, 1, -24)
        assert grid.values[1, 1] == 2.0
        assert len(grid.ends) == 2

    def test_with_shift_in_tenths(self, grid):
        drag(grid, 1, 1, -36, Qt.KeyboardModifier.ShiftModifier)
        assert grid.values[1, 1] == pytest.approx(0.7)

    def test_shift_pressed_on_the_way_counts_from_there_on(self, grid):
        start = middle(1, 1)
        QTest.mousePress(grid, Qt.MouseButton.LeftButton, pos=start)
        send_move(grid, start - QPoint(0, 24))
        send_move(grid, start - QPoint(0, 24), Qt.KeyboardModifier.ShiftModifier)
        send_move(grid, start - QPoint(0, 48), Qt.KeyboardModifier.ShiftModifier)
        QTest.mouseRelease(grid, Qt.MouseButton.LeftButton, pos=start - QPoint(0, 48))
        assert grid.values[1, 1] == pytest.approx(3.2)
        assert len(grid.ends) == 1

    def test_a_click_alone_changes_nothing(self, grid):
        click(grid, 1, 1)
        assert grid.told == []
        assert grid.ends == []

    def test_an_answer_from_before_the_last_movement_does_not_take_it_back(self, grid):
        start = middle(1, 1)
        QTest.mousePress(grid, Qt.MouseButton.LeftButton, pos=start)
        send_move(grid, start - QPoint(0, 24))
        late = HANDBOOK.copy()
        late[1, 1] = 2.0
        show(grid, late)
        assert grid.values[1, 1] == 3.0
        send_move(grid, start - QPoint(0, 36))
        assert grid.values[1, 1] == 4.0
        newest = HANDBOOK.copy()
        newest[1, 1] = 4.0
        show(grid, newest)
        QTest.mouseRelease(grid, Qt.MouseButton.LeftButton, pos=start - QPoint(0, 36))
        assert np.array_equal(grid.values, newest)

    def test_what_the_owner_makes_of_it_is_shown_in_the_end(self, grid):
        grid.edited.connect(lambda values: show(grid, np.clip(values, -2, 2)))
        drag(grid, 1, 1, 60)
        assert grid.values[1, 1] == 2.0

    def test_another_shape_ends_what_was_going_on(self, grid):
        QTest.mousePress(grid, Qt.MouseButton.LeftButton, pos=middle(2, 2))
        show(grid, np.ones((1, 1)))
        assert grid.selected == (0, 0)
        assert grid.width() == CELL
        send_move(grid, QPoint(5, 5))
        QTest.mouseRelease(grid, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
        assert grid.values.shape == (1, 1)


class TestWheel:
    def test_a_notch_is_a_step_of_the_cell_under_the_pointer(self, grid):
        turn(grid, 2, 2, angle=120)
        assert grid.values[2, 2] == 3.0
        assert grid.selected == (2, 2)

    def test_a_touchpad_adds_up_small_strokes(self, grid):
        for _ in range(5):
            turn(grid, 1, 1, pixels=6, angle=15)
        assert grid.values[1, 1] == 2.0

    def test_coasting_counts_nothing(self, grid):
        for _ in range(20):
            turn(grid, 1, 1, pixels=30, phase=Qt.ScrollPhase.ScrollMomentum)
        assert grid.told == []

    def test_a_turn_is_one_gesture_that_ends_by_itself(self, grid, qtbot):
        with qtbot.waitSignal(grid.finished, timeout=3000):
            turn(grid, 1, 1, angle=120)
            turn(grid, 1, 1, angle=120)
        assert grid.ends == [2]

    def test_who_scrolls_past_it_changes_no_number(self, grid):
        grid.holder.findChild(QLineEdit).setFocus()
        event = turn(grid, 1, 1, angle=-120)
        assert not event.isAccepted()
        assert grid.told == []

    def test_control_is_left_to_those_who_zoom(self, grid):
        event = turn(grid, 1, 1, angle=120, modifiers=Qt.KeyboardModifier.ControlModifier)
        assert not event.isAccepted()
        assert grid.told == []


class TestClipboard:
    def test_copy_is_tab_separated(self, grid):
        press(grid, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
        assert QGuiApplication.clipboard().text() == "0\t0\t-1\n0\t1\t0\n-2\t0\t2"

    def test_paste_replaces_all_numbers_in_one_gesture(self, grid):
        QGuiApplication.clipboard().setText("1\t2\t3\n4\t5\t6\n7\t8\t9")
        click(grid, 1, 1)
        press(grid, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        assert grid.values.tolist() == [[1, 2, 3], [4, 5, 6], [7, 8, 9]]
        assert grid.ends == [1]

    def test_a_smaller_block_goes_in_from_the_selected_cell_on(self, grid):
        QGuiApplication.clipboard().setText("5\t6")
        click(grid, 2, 1)
        press(grid, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        assert grid.values[2].tolist() == [-2, 5, 6]

    @pytest.mark.parametrize("text", ["1\t2\t3\t4", "one\ttwo", ""])
    def test_what_does_not_fit_is_explained_and_changes_nothing(self, grid, text):
        QGuiApplication.clipboard().setText(text)
        press(grid, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        assert grid.told == []
        assert grid.read[-1]


class TestShowing:
    def test_hovering_names_the_place_and_the_value(self, grid):
        places = []
        grid.hovered.connect(places.append)
        send_move(grid, middle(2, 0), button=Qt.MouseButton.NoButton)
        QApplication.sendEvent(grid, QEvent(QEvent.Type.Leave))
        assert places == [(2, 0), None]
        assert grid.read == ["Kernel row 3, column 1 = \u22122", ""]

    def test_a_screen_reader_hears_name_and_value(self, grid):
        click(grid, 0, 2)
        assert grid.accessibleName() == "Kernel"
        assert grid.accessibleDescription() == "Kernel row 1, column 3 = \u22121"
        keys(grid, "2")
        press(grid, Qt.Key.Key_Return)
        assert grid.accessibleDescription() == "Kernel row 1, column 3 = 2"

    def test_the_focus_ring_is_kernel_blue(self, grid):
        blue = theme.role("kernel").rgb()
        assert grid.grab().toImage().pixel(0, grid.height() - 30) == blue
        grid.clearFocus()
        assert grid.grab().toImage().pixel(0, grid.height() - 30) != blue

    def test_one_cell_is_the_bias(self, qtbot):
        bias = NumberGrid(role="bias")
        qtbot.addWidget(bias)
        show(bias, [[1.0]])
        read = []
        bias.pointed.connect(read.append)
        send_move(bias, QPoint(5, 5), button=Qt.MouseButton.NoButton)
        assert read == ["Bias = 1"]
