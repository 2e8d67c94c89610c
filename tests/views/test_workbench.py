"""What one view of the workbench does to another."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from cnn_explorer.network.network_presets import network_presets
from cnn_explorer.network.sentence import say
from cnn_explorer.session.cursor import IMAGE, Cursor
from cnn_explorer.views.grid_paint import SMALLEST_NUMBERED_CELL
from cnn_explorer.views.layer_form import with_field
from cnn_explorer.views.main_window import MainWindow
from cnn_explorer.views.number_grid import NumberGrid
from cnn_explorer.views.transport import Hint
from tests.views.open_window import open_window

THIRD = "Output cell (row 1, column 3)"
HOVERED = "Output cell (row 4, column 5)"


@pytest.fixture
def window(qtbot: Any) -> MainWindow:
    made = open_window(qtbot)
    made.playback.go(2)
    return made


def hover_output(window: MainWindow, row: int, column: int) -> None:
    assert window.stage.plan is not None
    assert window.stage.plan.output is not None
    QTest.mouseMove(window.stage, window.stage.plan.output.rect(row, column).center().toPoint())


def test_the_cell_under_the_pointer_has_its_sum_written_out(window: MainWindow) -> None:
    arithmetic = window.workbench.arithmetic
    assert arithmetic.text.startswith(THIRD)
    hover_output(window, 3, 4)
    assert arithmetic.text.startswith(HOVERED)
    assert arithmetic.text.split("\n")[-2].endswith("=  −3")  # and below it what becomes of it
    QTest.mouseMove(window.stage, QPoint(2, 2))
    assert arithmetic.text.startswith(THIRD)


def test_stepping_and_playing_come_before_the_pointer(window: MainWindow) -> None:
    arithmetic = window.workbench.arithmetic
    hover_output(window, 3, 4)
    window.playback.forward()
    assert arithmetic.text.startswith("Output cell (row 1, column 4)")
    window.playback.toggle()
    hover_output(window, 3, 3)
    assert arithmetic.text.startswith("Output cell (row 1, column 4)")
    window.playback.pause()


def test_a_smaller_map_under_a_resting_pointer(window: MainWindow) -> None:
    hover_output(window, 4, 4)
    window.session.select(2)
    assert "(row 5, column 5)" not in window.workbench.arithmetic.text
    window.session.select(0)
    hover_output(window, 4, 4)
    window.session.edit_layer(0, replace(window.session.document.network.layers[0], strides=(4, 4)), say("Stride"))
    assert window.stage.pointer.marked_outputs in ([], [(0, 0)], [(0, 1)], [(1, 0)], [(1, 1)])


def test_the_sum_under_the_pointer_survives_a_smaller_map(window: MainWindow) -> None:
    window.playback.first()
    hover_output(window, 4, 4)
    window.session.edit_layer(0, replace(window.session.document.network.layers[0], strides=(4, 4)), say("Stride"))
    assert window.workbench.arithmetic.text.startswith("Output cell (row 1, column 1)")


def test_a_small_window_leaves_the_stage_room_for_numbers(window: MainWindow, qtbot: Any) -> None:
    window.resize(1080, 640)
    qtbot.waitUntil(lambda: window.stage.plan is not None and window.stage.plan.input.cell >= SMALLEST_NUMBERED_CELL)


def test_drawing_on_the_image_takes_the_room_of_the_arithmetic(window: MainWindow, qtbot: Any) -> None:
    tall = window.workbench.arithmetic.height()
    window.session.select(IMAGE)
    qtbot.waitUntil(lambda: window.workbench.arithmetic.height() < tall / 2)
    assert window.workbench.canvas.grid.view.height() >= 280
    window.session.select(0)
    qtbot.waitUntil(lambda: window.workbench.arithmetic.height() == tall)


def test_the_focus_stays_in_the_middle_when_the_layer_changes(window: MainWindow, qtbot: Any) -> None:
    window.session.select(IMAGE)
    window.workbench.canvas.setFocus()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_BracketRight)
    assert QApplication.focusWidget() is window.stage
    window.stage.findChildren(NumberGrid)[0].setFocus()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_BracketRight)
    assert QApplication.focusWidget() is window.stage
    window.settings.set("animation", True)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_BracketLeft)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right)
    assert window.session.cursor.column == 1


def test_the_hint_is_never_cut_off(window: MainWindow, qtbot: Any) -> None:
    hint = window.workbench.transport.findChild(Hint)
    for width in (1080, 1280, 1920):
        window.resize(width, 720)
        qtbot.waitUntil(lambda width=width: window.width() == width)
        assert hint.text().startswith("Space plays")
        assert hint.fontMetrics().horizontalAdvance(hint.text()) <= hint.width()
    assert hint.text().endswith("hover an input cell to see every output it reaches")


def test_a_smaller_kernel_under_a_resting_pointer(window: MainWindow) -> None:
    window.stage.pointer.weight_hovered((2, 2), bias=False)
    layer = window.session.document.network.layers[0]
    window.session.edit_layer(0, with_field(layer, "kernel_size", (1, 1)), say("Size"))
    assert window.stage.pointer.marked_inputs == []


def test_the_examples_name_goes_with_its_image(window: MainWindow, qtbot: Any) -> None:
    assert window.windowTitle().startswith("Handbook 7×7 example")
    qtbot.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert window.windowTitle().startswith("Untitled")
    window.session.undo()
    assert window.windowTitle().startswith("Handbook 7×7 example")


def test_presenting_takes_the_focus_from_what_goes_away(window: MainWindow, qtbot: Any) -> None:
    window.kernel_panel.buttons["flip"].setFocus()
    window.set_presenting(True)
    assert QApplication.focusWidget() is window.stage
    window.set_presenting(False)


def test_another_document_comes_from_nowhere(window: MainWindow) -> None:
    window.settings.set("animation", True)
    window.session.open(network_presets()[0].build(window.session.document), cursor=Cursor(level="network"))
    overview = window.workbench.overview
    assert window.workbench.stack.currentWidget() is overview
    assert overview.visible_layout() is overview.layout_now
