"""The table of commands: each row is in its menu and on the sheet, no key means two things, keys do what they say."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QComboBox, QSlider, QWidget

from cnn_explorer.network.layers import Dense, Flatten
from cnn_explorer.network.sentence import say
from cnn_explorer.session.cursor import IMAGE
from cnn_explorer.views.actions import COMMANDS, MENUS
from cnn_explorer.views.layer_fields import PairField
from cnn_explorer.views.layer_form import with_field
from cnn_explorer.views.layer_numbers import NumberSpin
from cnn_explorer.views.main_window import MainWindow
from cnn_explorer.views.number_grid import NumberGrid
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


def _controls(window: MainWindow) -> list[QWidget]:
    """One of each kind of control that a mouse can be used on without typing."""
    bench = window.workbench
    stride = next(field for field in bench.layer_panel.findChildren(PairField) if field.name == "strides")
    slider, speed = bench.transport.findChild(QSlider), bench.transport.findChild(QComboBox)
    return [stride.rows.buttons[0], slider, speed, bench.kernel_panel.buttons["flip"]]


def test_arrows_step_and_space_plays_after_any_control_was_clicked(window: MainWindow, qtbot: Any) -> None:
    press(qtbot, Qt.Key.Key_Tab)  # a key that moved the focus before must not count any more
    for control in _controls(window):
        qtbot.mouseClick(control, Qt.MouseButton.LeftButton)
        if isinstance(control, QComboBox):
            qtbot.keyClick(control.view(), Qt.Key.Key_Return)
            qtbot.waitUntil(lambda: QApplication.activePopupWidget() is None and window.isActiveWindow())
        press(qtbot, Qt.Key.Key_Home)
        press(qtbot, Qt.Key.Key_Right)
        assert window.session.cursor.step((5, 5, 1)) == 1, control
        press(qtbot, Qt.Key.Key_Space)
        assert window.playback.playing, control
        window.playback.pause()


def test_arrows_change_a_row_of_buttons_that_was_reached_with_tab(window: MainWindow, qtbot: Any) -> None:
    stride = next(field for field in window.workbench.layer_panel.findChildren(PairField) if field.name == "strides")
    stride.rows.buttons[0].setFocus()
    press(qtbot, Qt.Key.Key_Tab)
    press(qtbot, Qt.Key.Key_Backtab)
    press(qtbot, Qt.Key.Key_Right)
    assert window.session.document.network.layers[0].strides == (2, 2)


def test_escape_leaves_a_field_to_the_stage(window: MainWindow, qtbot: Any) -> None:
    bias = window.workbench.layer_panel.findChild(NumberSpin)
    qtbot.mouseClick(bias.lineEdit(), Qt.MouseButton.LeftButton)
    press(qtbot, Qt.Key.Key_Escape)
    press(qtbot, Qt.Key.Key_Right)
    assert window.session.cursor.step((5, 5, 1)) == 1
    press(qtbot, Qt.Key.Key_Space)
    assert window.playback.playing
    window.playback.pause()


def test_the_map_on_the_screen_is_copied_as_a_spreadsheet_takes_it(window: MainWindow, qtbot: Any) -> None:
    press(qtbot, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == (
        "6\t5\t-2\t1\t2\n3\t0\t3\t2\t-2\n4\t2\t-1\t0\t0\n2\t1\t2\t-1\t-3\n1\t1\t1\t3\t1"
    )
    assert str(window.status_line.message.text) == "The numbers were copied: paste them into a spreadsheet."


def test_at_the_input_the_image_is_copied(window: MainWindow, qtbot: Any) -> None:
    window.session.select(IMAGE)
    press(qtbot, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text().splitlines()[1] == "0\t1\t0\t1\t2\t1\t0"


def _kinds(window: MainWindow) -> list[str]:
    return [layer.kind for layer in window.session.document.network.layers]


def test_keys_work_on_the_layer_that_is_looked_at(window: MainWindow, qtbot: Any) -> None:
    window.session.select(1)
    press(qtbot, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert _kinds(window) == ["Conv2D", "Activation", "Activation", "MaxPooling2D"]
    press(qtbot, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert _kinds(window)[2:] == ["MaxPooling2D", "Activation"] and window.session.cursor.layer == 3
    assert not window.commands.by_id["layer_right"].isEnabled()
    press(qtbot, Qt.Key.Key_O)
    assert not window.session.document.network.layers[3].enabled
    assert not window.commands.by_id["layer_on"].isChecked()
    press(qtbot, Qt.Key.Key_Delete, Qt.KeyboardModifier.ShiftModifier)
    assert _kinds(window) == ["Conv2D", "Activation", "MaxPooling2D"]
    press(qtbot, Qt.Key.Key_F2)
    assert window.workbench.strip.cards.renaming.editor is not None
    press(qtbot, Qt.Key.Key_P)
    press(qtbot, Qt.Key.Key_Return)
    assert window.session.document.network.layers[2].name == "p", "a letter of the name is no command"


def test_at_the_input_there_is_no_layer_to_work_on(window: MainWindow) -> None:
    window.session.select(IMAGE)
    by_id = window.commands.by_id
    for name in ("duplicate_layer", "remove_layer", "layer_left", "layer_right", "rename_layer", "layer_on"):
        assert not by_id[name].isEnabled(), name
    assert not by_id["fit_weights"].isEnabled() and not by_id["training"].isEnabled()


def test_the_menu_adds_layers_and_classic_nets(window: MainWindow, qtbot: Any) -> None:
    menu = window.top_bar.menus["network"]
    menu.aboutToShow.emit()
    adding: Any = window.commands.by_id["add_layer"].menu()
    groups = {each.text(): each.menu() for each in adding.actions()}
    next(each for each in groups["Training"].actions() if each.text() == "Dropout").trigger()
    assert _kinds(window) == ["Conv2D", "Dropout", "Activation", "MaxPooling2D"] and window.session.cursor.layer == 1
    training = window.commands.by_id["training"]
    assert training.isEnabled() and not training.isChecked()
    training.trigger()
    assert window.session.document.network.training and training.isChecked()
    nets: Any = window.commands.by_id["classic_nets"].menu()
    nets.actions()[0].trigger()
    qtbot.waitUntil(lambda: len(_kinds(window)) > 8)
    assert window.session.document.image.shape == (28, 28, 1)
    window.session.undo()
    assert _kinds(window)[1] == "Dropout" and window.session.document.image.shape == (7, 7, 1)


def test_weights_are_fitted_by_command_where_they_are_for_another_image(window: MainWindow) -> None:
    window.session.edit_network(
        window.session.document.network.with_layers([*window.session.document.network.layers, Dense()]), say("Add")
    )
    fit = window.commands.by_id["fit_weights"]
    assert not fit.isEnabled(), "a Flatten is missing, not weights"
    layers = window.session.document.network.layers
    window.session.edit_network(
        window.session.document.network.with_layers([*layers[:3], Flatten(), Dense()]), say("x")
    )
    assert fit.isEnabled()
    fit.trigger()
    assert window.session.evaluation.problems == () and not fit.isEnabled()


def test_on_the_kernel_the_weights_are_copied(window: MainWindow, qtbot: Any) -> None:
    window.stage.findChildren(NumberGrid)[0].setFocus()
    press(qtbot, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "0\t0\t-1\n0\t1\t0\n-2\t0\t2"


def test_a_map_that_cannot_be_computed_is_not_copied(window: MainWindow, qtbot: Any) -> None:
    layer = window.session.document.network.layers[0]
    window.session.edit_layer(0, with_field(layer, "dilation_rate", (4, 4)), say("Change"))
    assert not window.commands.by_id["copy_numbers"].isEnabled()


def test_a_selected_sentence_is_copied_itself(window: MainWindow, qtbot: Any) -> None:
    window.tell(say("Read me"))
    words = window.banner.label
    qtbot.mouseClick(words, Qt.MouseButton.LeftButton)
    words.setSelection(0, 4)
    press(qtbot, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "Read"
