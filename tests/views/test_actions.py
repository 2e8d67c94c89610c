"""The table of commands: each row is in its menu and on the sheet, no key means two things, keys do what they say."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication

from cnn_explorer.network.sentence import say
from cnn_explorer.session.cursor import IMAGE
from cnn_explorer.views.actions import COMMANDS, MENUS
from cnn_explorer.views.main_window import MainWindow
from cnn_explorer.views.shortcut_sheet import ShortcutSheet
from tests.views.open_window import open_window

# Off the screen nothing can be raised or grabbed, and Qt says so whenever a dialog or a menu is shown.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def window(qtbot: Any) -> MainWindow:
    return open_window(qtbot)


def press(qtbot: Any, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key where the focus is, as a person does."""
    qtbot.keyClick(QApplication.focusWidget() or QApplication.activeWindow(), key, modifier)


def test_names_are_unique_and_menus_exist() -> None:
    assert [name for name, count in Counter(command.id for command in COMMANDS).items() if count > 1] == []
    assert {command.menu for command in COMMANDS} == set(MENUS)


def test_no_key_means_two_things(window: MainWindow) -> None:
    keys = Counter(keys.toString() for command in COMMANDS for keys in command.shortcuts())
    assert [key for key, count in keys.items() if count > 1] == []
    assert "" not in keys


def test_every_command_is_in_its_menu_with_text_and_tooltip(window: MainWindow) -> None:
    for command in COMMANDS:
        action = window.commands.by_id[command.id]
        assert action in window.top_bar.menus[command.menu].actions()
        assert action.text()
        assert action.toolTip()
        for keys in command.usual_shortcuts()[:1]:
            assert keys.toString(keys.SequenceFormat.NativeText) in action.toolTip()


def test_every_command_is_on_the_sheet(window: MainWindow) -> None:
    window.show_shortcut_sheet()
    (sheet,) = window.findChildren(ShortcutSheet)
    shown = [what for what, _ in sheet.rows]
    assert [str(command.text) for command in COMMANDS if str(command.text) not in shown] == []


def test_question_mark_and_f1_show_the_sheet(window: MainWindow, qtbot: Any) -> None:
    for key in (Qt.Key.Key_F1, Qt.Key.Key_Question):
        press(qtbot, key)
        (sheet,) = window.findChildren(ShortcutSheet)
        assert sheet.isVisible()
        sheet.close()
        qtbot.waitUntil(window.isActiveWindow)


def test_keys_step_through_the_map(window: MainWindow, qtbot: Any) -> None:
    for key, step in (
        (Qt.Key.Key_Right, 1), (Qt.Key.Key_Right, 2), (Qt.Key.Key_Left, 1), (Qt.Key.Key_End, 24), (Qt.Key.Key_Home, 0),
    ):  # fmt: skip
        press(qtbot, key)
        assert window.session.cursor.step((5, 5, 1)) == step


def test_space_plays_and_pauses(window: MainWindow, qtbot: Any) -> None:
    press(qtbot, Qt.Key.Key_Space)
    assert window.playback.playing
    assert window.commands.by_id["play"].isChecked()
    press(qtbot, Qt.Key.Key_Space)
    assert not window.playback.playing


def test_space_presses_a_button_that_was_reached_with_tab(window: MainWindow, qtbot: Any) -> None:
    buttons = window.kernel_panel.buttons
    buttons["random"].setFocus()
    press(qtbot, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is buttons["zero"]
    press(qtbot, Qt.Key.Key_Space)
    assert window.session.undo_text == say("Zero the kernel")
    assert not window.playback.playing


def test_space_plays_after_a_button_was_clicked_with_the_mouse(window: MainWindow, qtbot: Any) -> None:
    qtbot.mouseClick(window.kernel_panel.buttons["flip"], Qt.MouseButton.LeftButton)
    press(qtbot, Qt.Key.Key_Space)
    assert window.playback.playing
    window.playback.pause()


def test_brackets_walk_through_the_layers(window: MainWindow, qtbot: Any) -> None:
    press(qtbot, Qt.Key.Key_BracketRight)
    assert window.session.cursor.layer == 1
    press(qtbot, Qt.Key.Key_BracketLeft)
    press(qtbot, Qt.Key.Key_BracketLeft)
    assert window.session.cursor.layer == IMAGE
    assert window.workbench.stack.currentWidget() is window.workbench.canvas
    assert not window.commands.by_id["previous_layer"].isEnabled()
    assert not window.commands.by_id["play"].isEnabled()


def test_undo_names_what_it_takes_back(window: MainWindow, qtbot: Any) -> None:
    undo, redo = window.commands.by_id["undo"], window.commands.by_id["redo"]
    assert not undo.isEnabled()
    before = window.session.document
    press(qtbot, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert undo.isEnabled()
    assert undo.text() == "Undo: Flip the kernel"
    press(qtbot, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert window.session.document == before
    assert not undo.isEnabled()
    assert redo.text() == "Redo: Flip the kernel"
    press(qtbot, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert window.session.document != before


def test_the_sources_of_the_image_have_keys(window: MainWindow, qtbot: Any) -> None:
    press(qtbot, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert window.session.document.image.shape == (28, 28, 1)
    assert window.commands.by_id["source_28x28"].isChecked()
    assert window.commands.by_id["image_centre"].isEnabled()
    assert not window.commands.by_id["image_random"].isEnabled()
    press(qtbot, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert window.session.document.image.shape == (7, 7, 1)


def test_a_menu_is_operated_with_the_mouse(window: MainWindow, qtbot: Any) -> None:
    bar, kernel = window.top_bar.menu_bar, window.top_bar.menus["kernel"]
    before = window.session.document
    qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=bar.actionGeometry(kernel.menuAction()).center())
    assert kernel.isVisible()
    place: QPoint = kernel.actionGeometry(window.commands.by_id["kernel_negate"]).center()
    qtbot.mouseMove(kernel, place)
    qtbot.mouseClick(kernel, Qt.MouseButton.LeftButton, pos=place)
    assert not kernel.isVisible()
    assert window.session.document != before
    assert window.session.undo_text == say("Negate the kernel")
