"""Building a network in the strip: by dragging, typing, keys and menus, each one step of undo."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu
from pytestqt.qtbot import QtBot

from cnn_explorer.network.document import Document, Image
from cnn_explorer.network.layers import LAYERS, Dropout
from cnn_explorer.network.network import Network
from cnn_explorer.network.presets import network_presets
from cnn_explorer.network.sentence import say
from cnn_explorer.session.cursor import IMAGE
from cnn_explorer.views.layer_choices import GROUPS
from cnn_explorer.views.strip_layout import CARD_WIDTH, MARGIN, PLUS_WIDTH, row_of
from cnn_explorer.views.theme import theme
from tests.network.strategies import IN_CHAINS
from tests.views.stage_setting import handbook_document
from tests.views.strip_setting import StripSetting

# Off the screen nothing can be grabbed, and Qt says so whenever a menu is shown.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

LEFT = Qt.MouseButton.LeftButton
CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
HANDBOOK = ["Conv2D", "Activation", "MaxPooling2D"]


@pytest.fixture
def strip(qtbot: QtBot) -> StripSetting:
    setting = StripSetting(qtbot, handbook_document())
    setting.window.activateWindow()
    qtbot.waitUntil(setting.window.isActiveWindow)
    setting.cards.setFocus()
    return setting


def shown_menu() -> QMenu:
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def choose(menu: QMenu, *texts: str) -> None:
    """Trigger an entry of a menu, or of one of its submenus, and close it."""
    inner: Any = menu
    for text in texts:
        action = next(each for each in inner.actions() if each.text().split("\t")[0] == text)
        inner = action.menu() or action
    inner.trigger()
    menu.close()


def editor(strip: StripSetting) -> QLineEdit:
    found = strip.cards.renaming.editor
    assert found is not None and found.isVisible()
    return found


# Dragging


def test_a_card_is_dragged_to_another_place(strip: StripSetting) -> None:
    strip.drag(3, strip.place(2), strip.place(1))
    assert strip.kinds == ["MaxPooling2D", "Conv2D", "Activation"]
    assert strip.names == ["Input", "MaxPool 2×2", "Conv2D 3×3", "ReLU"]
    assert strip.session.cursor.layer == 0, "the layer that was looked at stays looked at"
    assert list(strip.cards.motion.lefts) == list(strip.cards.row.lefts)
    assert str(strip.session.undo_text) == "Move MaxPool 2×2"
    strip.session.undo()
    assert strip.kinds == HANDBOOK


def test_the_others_make_room_while_a_card_is_dragged(strip: StripSetting) -> None:
    places = strip.cards.row.lefts
    strip.drag(1, strip.place(3), drop=False)
    assert strip.kinds == HANDBOOK, "nothing is done before it is put down"
    assert strip.cards.motion.lefts[2] < places[2] and strip.cards.motion.lefts[3] < places[3]
    assert strip.cards.motion.lefts[1] == places[3]
    assert strip.read_out[-1] == "Conv2D 3×3: to place 3"
    QTest.mouseMove(strip.cards, strip.place(3) + QPoint(0, 200))
    assert strip.cards.motion.lefts[2:] == list(places[2:]), "outside, they are where they were"
    assert strip.read_out[-1] == "Let go here, and Conv2D 3×3 stays where it was"
    QTest.mouseRelease(strip.cards, LEFT, pos=strip.place(3) + QPoint(0, 200))
    assert strip.kinds == HANDBOOK and strip.session.undo_text is None
    assert list(strip.cards.motion.lefts) == list(places)


def test_escape_lets_a_card_go(strip: StripSetting) -> None:
    strip.drag(1, strip.place(3), drop=False)
    strip.press(Qt.Key.Key_Escape)
    assert list(strip.cards.motion.lefts) == list(strip.cards.row.lefts)
    QTest.mouseRelease(strip.cards, LEFT, pos=strip.place(3))
    assert strip.kinds == HANDBOOK and strip.session.undo_text is None


def test_the_input_stays_first(strip: StripSetting) -> None:
    strip.drag(0, strip.place(2))
    assert strip.kinds == HANDBOOK
    strip.drag(2, strip.place(0))
    assert strip.kinds == ["Activation", "Conv2D", "MaxPooling2D"]


def test_a_small_slip_of_the_mouse_is_no_drag(strip: StripSetting) -> None:
    QTest.mousePress(strip.cards, LEFT, pos=strip.place(2))
    QTest.mouseMove(strip.cards, strip.place(2) + QPoint(3, 2))
    assert strip.cards.dragging.held is None
    QTest.mouseRelease(strip.cards, LEFT, pos=strip.place(2) + QPoint(3, 2))
    assert strip.session.cursor.layer == 1


def test_cards_glide_where_animation_is_on(strip: StripSetting, qtbot: QtBot) -> None:
    strip.settings.set("animation", True)
    strip.drag(3, strip.place(1), drop=False)
    assert strip.cards.motion.gliding and strip.cards.motion.lefts[1] == strip.cards.row.lefts[1]
    qtbot.waitUntil(lambda: not strip.cards.motion.gliding)
    assert strip.cards.motion.lefts[1] > strip.cards.row.lefts[1]
    QTest.mouseRelease(strip.cards, LEFT, pos=strip.place(1))
    assert strip.kinds[0] == "MaxPooling2D"
    qtbot.waitUntil(lambda: not strip.cards.motion.gliding)
    assert list(strip.cards.motion.lefts) == list(strip.cards.row.lefts)


def test_another_network_ends_a_drag(strip: StripSetting) -> None:
    strip.drag(1, strip.place(3), drop=False)
    strip.session.edit_network(Network((Dropout(),)), say("Other"))
    assert strip.cards.dragging.drag is None
    QTest.mouseRelease(strip.cards, LEFT, pos=strip.place(1))
    assert strip.kinds == ["Dropout"]


def test_what_would_have_too_many_weights_stays_where_it_was(qtbot: QtBot) -> None:
    image = Image(np.zeros((512, 512, 1), np.float32))
    pooling, flatten, dense = (LAYERS[kind] for kind in ("MaxPooling2D", "Flatten", "Dense"))
    rng = np.random.default_rng(0)
    wide = dense.new((1, 1, 16384), rng).with_filters(300, rng)
    strip = StripSetting(qtbot, Document(image, Network((pooling(), pooling(), flatten(), wide))))
    said: list[object] = []
    strip.session.said.connect(said.append)
    strip.drag(2, strip.place(4) + QPoint(int(CARD_WIDTH), 0))
    qtbot.waitUntil(lambda: bool(said))
    assert "million weights" in str(said[0])
    assert strip.kinds == ["MaxPooling2D", "MaxPooling2D", "Flatten", "Dense"]
    assert list(strip.cards.motion.lefts) == list(strip.cards.row.lefts)


# Names


def test_a_name_is_typed_over_the_card(strip: StripSetting) -> None:
    strip.click(2)
    strip.press(Qt.Key.Key_F2)
    typing = editor(strip)
    assert typing.hasFocus() and typing.selectedText() == "ReLU"
    QTest.keyClicks(typing, "off below zero")
    QTest.keyClick(typing, Qt.Key.Key_Return)
    assert strip.names[2] == "off below zero" and strip.cards.renaming.editor is None
    assert strip.cards.hasFocus()
    assert str(strip.session.undo_text) == "Rename ReLU"
    strip.session.undo()
    assert strip.names[2] == "ReLU"


def test_a_double_click_on_the_name_renames_and_escape_does_not(strip: StripSetting) -> None:
    QTest.mouseDClick(strip.cards, LEFT, pos=strip.place(1) + QPoint(0, 30))
    typing = editor(strip)
    QTest.keyClicks(typing, "edges")
    QTest.keyClick(typing, Qt.Key.Key_Escape)
    assert strip.cards.renaming.editor is None and strip.names[1] == "Conv2D 3×3"
    assert strip.session.undo_text is None
    QTest.mouseDClick(strip.cards, LEFT, pos=strip.place(1))
    assert strip.cards.renaming.editor is None, "the picture is no name"


def test_a_name_that_is_taken_is_kept_to_be_corrected(strip: StripSetting) -> None:
    strip.session.edit_network(
        strip.session.document.network.with_layer(0, replace(strip.session.document.network.layers[0], name="edges")),
        say("Name"),
    )
    strip.cards.rename(2)
    typing = editor(strip)
    QTest.keyClicks(typing, "edges")
    QTest.keyClick(typing, Qt.Key.Key_Return)
    assert editor(strip) is typing and typing.toolTip() == "Another layer is called “edges”; choose another name."
    QTest.keyClicks(typing, "2")
    QTest.keyClick(typing, Qt.Key.Key_Return)
    assert strip.names == ["Input", "edges", "edges2", "MaxPool 2×2"]


def test_the_usual_name_is_no_name_of_its_own(strip: StripSetting) -> None:
    for text in ("", "   "):
        strip.cards.rename(2)
        if text:
            editor(strip).setText(text)
        QTest.keyClick(editor(strip), Qt.Key.Key_Return)
    assert strip.session.document.network.layers[1].name == "" and strip.session.undo_text is None


def test_going_elsewhere_keeps_a_good_name(strip: StripSetting) -> None:
    strip.cards.rename(2)
    QTest.keyClicks(editor(strip), "bend")
    strip.strip.summary.table.setFocus()
    assert strip.names[2] == "bend"


def test_letters_of_a_name_are_no_keys_of_the_cards(strip: StripSetting) -> None:
    strip.cards.rename(2)
    QTest.keyClicks(editor(strip), "o")
    QTest.keyClick(editor(strip), Qt.Key.Key_Delete)
    assert strip.kinds == HANDBOOK and all(layer.enabled for layer in strip.session.document.network.layers)


# Keys


def test_keys_remove_double_and_move(strip: StripSetting) -> None:
    strip.click(2)
    strip.press(Qt.Key.Key_D, held=CONTROL)
    assert strip.kinds == ["Conv2D", "Activation", "Activation", "MaxPooling2D"]
    assert strip.cards.at == 3 and strip.session.cursor.layer == 2
    strip.press(Qt.Key.Key_Right, held=ALT)
    assert strip.kinds == ["Conv2D", "Activation", "MaxPooling2D", "Activation"]
    assert strip.cards.at == 4 and strip.session.cursor.layer == 3
    strip.press(Qt.Key.Key_Right, held=ALT)
    assert strip.cards.at == 4, "it is the last already"
    strip.press(Qt.Key.Key_Left, Qt.Key.Key_Left, Qt.Key.Key_Left, held=ALT)
    assert strip.kinds == ["Activation", "Conv2D", "Activation", "MaxPooling2D"]
    strip.press(Qt.Key.Key_Left, held=ALT)
    assert strip.cards.at == 1, "nothing goes before the input"
    strip.press(Qt.Key.Key_Delete)
    assert strip.kinds == HANDBOOK and strip.cards.at == 1
    strip.press(Qt.Key.Key_Delete, Qt.Key.Key_Delete, Qt.Key.Key_Delete)
    assert strip.kinds == [] and strip.session.cursor.layer == IMAGE
    strip.press(Qt.Key.Key_Delete)
    for _ in range(8):
        strip.session.undo()
    assert strip.kinds == HANDBOOK and strip.session.undo_text is None


def test_delete_on_the_input_does_nothing(strip: StripSetting) -> None:
    strip.press(Qt.Key.Key_Home, Qt.Key.Key_Delete, Qt.Key.Key_F2, Qt.Key.Key_O)
    strip.press(Qt.Key.Key_D, held=CONTROL)
    assert strip.kinds == HANDBOOK and strip.session.undo_text is None


def test_the_layer_before_the_one_that_is_looked_at_goes(strip: StripSetting) -> None:
    strip.click(3)
    strip.press(Qt.Key.Key_Left, Qt.Key.Key_Delete)
    assert strip.kinds == ["Conv2D", "MaxPooling2D"]
    assert strip.session.cursor.layer == 1, "the pooling is still looked at"


def test_insert_asks_what_to_add_behind_the_card(strip: StripSetting) -> None:
    strip.click(1)
    strip.press(Qt.Key.Key_Insert)
    choose(shown_menu(), "Training", "BatchNormalization")
    assert strip.kinds == ["Conv2D", "BatchNormalization", "Activation", "MaxPooling2D"]
    assert strip.session.cursor.layer == 1 and strip.cards.at == 2
    assert str(strip.session.undo_text) == "Add BatchNorm"


def test_the_card_at_the_end_is_reached_with_the_keyboard(strip: StripSetting) -> None:
    strip.press(Qt.Key.Key_End, Qt.Key.Key_Right, Qt.Key.Key_Return)
    choose(shown_menu(), "Dense")
    assert strip.kinds == [*HANDBOOK, "Flatten", "Dense"]
    assert strip.session.cursor.layer == 4
    assert strip.names[-1] == "Dense 10" and strip.cards.cards[-1].shape == "10"


# The mouse adds


def test_the_last_card_offers_every_layer_by_its_purpose(strip: StripSetting) -> None:
    QTest.mouseClick(strip.cards, LEFT, pos=QPoint(int(strip.cards.row.plus + PLUS_WIDTH / 2), strip.place(0).y()))
    menu = shown_menu()
    assert [each.text() for each in menu.actions()] == [
        "Convolution", "Activation", "Pooling", "Shape", "Dense", "Training",
    ]  # fmt: skip
    choose(menu, "Activation", "softmax")
    assert strip.kinds == [*HANDBOOK, "Activation"] and strip.names[-1] == "softmax"


def test_every_kind_of_layer_is_offered_and_explained() -> None:
    choices = [choice for _, group in GROUPS for choice in group]
    assert {choice.kind for choice in choices} == set(IN_CHAINS)  # the others join branches
    assert all(str(choice.does) for choice in choices)
    assert [choice.text for choice in choices if choice.kind == "Activation"] == [
        "ReLU", "leaky ReLU", "ReLU6", "SiLU", "GELU", "sigmoid", "tanh", "softmax",
    ]  # fmt: skip


def test_between_two_cards_a_button_adds_a_layer_there(strip: StripSetting) -> None:
    middle = strip.cards.button_place(1).toPoint()
    before = strip.picture().pixelColor(middle + QPoint(0, 7))
    QTest.mouseMove(strip.cards, middle)
    assert strip.picture().pixelColor(middle + QPoint(0, 7)) == theme.role("accent") != before
    QTest.mouseClick(strip.cards, LEFT, pos=middle)
    choose(shown_menu(), "Pooling", "AveragePooling2D")
    assert strip.kinds == ["Conv2D", "AveragePooling2D", "Activation", "MaxPooling2D"]
    QTest.mouseMove(strip.cards, QPoint(2, 2))
    assert strip.cards.gap is None


def test_a_layer_before_all_others(strip: StripSetting) -> None:
    middle = strip.cards.button_place(0).toPoint()
    QTest.mouseMove(strip.cards, middle)
    QTest.mouseClick(strip.cards, LEFT, pos=middle)
    choose(shown_menu(), "Shape", "ZeroPadding2D")
    assert strip.kinds[0] == "ZeroPadding2D" and strip.cards.cards[1].shape == "9×9×1"


def test_what_is_between_the_cards_adds_nothing_but_on_the_button(strip: StripSetting) -> None:
    middle = strip.cards.button_place(0).toPoint()
    QTest.mouseMove(strip.cards, middle + QPoint(0, 30))
    QTest.mouseClick(strip.cards, LEFT, pos=middle + QPoint(0, 30))
    assert QApplication.activePopupWidget() is None


# The menu of a card


def test_the_menu_of_a_card_does_what_the_keys_do(strip: StripSetting) -> None:
    entries = [each.text().split("\t") for each in strip.cards.menu(2).actions() if each.text()]
    assert [each[0] for each in entries] == [
        "Add a layer behind it", "Duplicate", "Remove", "Move to the left", "Move to the right", "Rename…",
        "Switch off",
    ]  # fmt: skip
    assert [each[1] for each in entries[1:]] == ["Ctrl+D", "Del", "Alt+Left", "Alt+Right", "F2", "O"]
    for entry, kinds in (
        ("Duplicate", ["Conv2D", "Activation", "Activation", "MaxPooling2D"]),
        ("Remove", HANDBOOK),
        ("Move to the left", ["Activation", "Conv2D", "MaxPooling2D"]),
        ("Move to the right", HANDBOOK),
    ):
        choose(strip.cards.menu(2 if entry != "Move to the right" else 1), entry)
        assert strip.kinds == kinds, entry
    choose(strip.cards.menu(2), "Switch off")
    assert not strip.session.document.network.layers[1].enabled
    choose(strip.cards.menu(2), "Switch on")
    choose(strip.cards.menu(2), "Rename…")
    assert editor(strip).card == 2
    choose(strip.cards.menu(3), "Add a layer behind it", "Dense")
    assert strip.kinds[-2:] == ["Flatten", "Dense"]


def test_the_ends_can_not_be_moved_further(strip: StripSetting) -> None:
    def enabled(index: int) -> list[bool]:
        menu = strip.cards.menu(index)
        found = [each.isEnabled() for each in menu.actions() if each.text().startswith("Move")]
        menu.close()
        return found

    assert (enabled(1), enabled(2), enabled(3)) == ([False, True], [True, True], [True, False])
    assert [each.text() for each in strip.cards.menu(0).actions()] == ["Add a layer behind it"]


def test_a_right_click_opens_the_menu_of_its_card(strip: StripSetting) -> None:
    place = strip.place(3)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, strip.cards.mapToGlobal(place))
    QApplication.sendEvent(strip.cards, event)
    choose(shown_menu(), "Remove")
    assert strip.kinds == ["Conv2D", "Activation"]


# The summary


def test_the_mode_is_offered_where_it_makes_a_difference(strip: StripSetting) -> None:
    mode, place = strip.strip.summary.mode, strip.strip.summary.table.pos()
    assert not mode.isVisible()
    strip.session.edit_network(
        strip.session.document.network.with_layers([*strip.session.document.network.layers, Dropout()]), say("Add")
    )
    assert mode.isVisible() and strip.strip.summary.table.pos() == place
    assert [each.text() for each in mode.buttons] == ["inference", "training"]
    assert mode.buttons[0].isChecked() and mode.buttons[1].toolTip().startswith("Now: inference")
    QTest.mouseClick(mode.buttons[1], LEFT)
    assert strip.session.document.network.training and str(strip.session.undo_text) == "Switch to training"
    assert mode.buttons[1].isChecked() and "training=True" in mode.buttons[1].toolTip()
    strip.session.undo()
    assert not strip.session.document.network.training and mode.buttons[0].isChecked()


def test_a_classic_net_is_one_edit(strip: StripSetting, qtbot: QtBot) -> None:
    menu = strip.strip.summary.nets.menu()
    menu.aboutToShow.emit()
    presets = network_presets()
    assert [each.text() for each in menu.actions()] == [str(preset.name) for preset in presets]
    assert [each.toolTip() for each in menu.actions()] == [str(preset.does) for preset in presets]
    before = strip.session.document
    lenet = next(each for each in menu.actions() if "LeNet" in each.text())
    lenet.trigger()
    qtbot.waitUntil(lambda: strip.session.document is not before)
    assert strip.session.document.image.shape[:2] in ((28, 28), (32, 32)) and strip.session.evaluation.problems == ()
    assert len(strip.names) == len(strip.kinds) + 1 > 5
    assert "LeNet" in str(strip.session.undo_text)
    assert strip.session.cursor.level == "network", "it is seen whole first"
    strip.session.undo()
    assert strip.session.document == before


# Where the cards stand


def test_cards_stand_closer_where_there_is_little_room() -> None:
    layers = handbook_document().network.layers * 3
    wide, narrow = row_of(layers, 4000), row_of(layers, 100)
    assert narrow.width < row_of(layers, 1300).width < wide.width
    assert narrow.lefts[0] == MARGIN and all(
        right - left > CARD_WIDTH for left, right in zip(narrow.lefts, narrow.lefts[1:], strict=False)
    )
    for room in range(int(narrow.width), int(wide.width), 7):
        assert row_of(layers, room).width <= room + 1
    gaps = [right - left for left, right in zip(narrow.lefts, narrow.lefts[1:], strict=False)]
    assert gaps[3] > gaps[2] == gaps[1], "blocks stand apart even so"


def test_flat_maps_are_written_as_one_number(strip: StripSetting) -> None:
    strip.press(Qt.Key.Key_End, Qt.Key.Key_Right, Qt.Key.Key_Return)
    choose(shown_menu(), "Dense")
    assert strip.cards.at == 5, "on the Dense, behind the Flatten"
    strip.press(Qt.Key.Key_Right, Qt.Key.Key_Return)
    choose(shown_menu(), "Activation", "softmax")
    assert [card.shape for card in strip.cards.cards[-3:]] == ["4", "10", "10"]
