"""The sections of the left column under mouse and keys: each is one click away, and the buttons say where one is."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from cnn_explorer.network.document import Document
from cnn_explorer.network.layers import Activation
from cnn_explorer.network.network import Network
from cnn_explorer.network.presets import default_document
from cnn_explorer.views.left_column import SECTIONS
from cnn_explorer.views.main_window import MainWindow
from tests.views.open_window import open_window

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

NAMES = list(SECTIONS)


@pytest.fixture
def window(qtbot: Any) -> MainWindow:
    return open_window(qtbot)


def click(window: MainWindow, name: str) -> None:
    QTest.mouseClick(window.workbench.left.tabs.buttons[NAMES.index(name)], Qt.MouseButton.LeftButton)


def seen(window: MainWindow, part: QWidget) -> bool:
    """Whether the upper edge of something is in view."""
    area = window.workbench.left.area
    top = part.mapTo(area.viewport(), QPoint(0, 0)).y()
    return 0 <= top < area.viewport().height()


def pressed(window: MainWindow) -> str:
    (found,) = [name for name, made in zip(NAMES, window.workbench.left.tabs.buttons, strict=True) if made.isChecked()]
    return found


def test_a_click_brings_a_section_into_view(window: MainWindow) -> None:
    panel = window.kernel_panel
    assert pressed(window) == "input" and not seen(window, panel.wall.board)
    for name, part in (("filters", panel.wall.board), ("kernel", panel.heading), ("input", window.input_panel.heading)):
        click(window, name)
        assert seen(window, part) and pressed(window) == name


def test_scrolling_presses_the_button_of_what_is_read(window: MainWindow) -> None:
    bar = window.workbench.left.area.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert pressed(window) == "filters"
    bar.setValue(0)
    assert pressed(window) == "input"


def test_without_filters_there_is_no_way_to_them(window: MainWindow) -> None:
    document = default_document()
    window.session.open(Document(document.image, Network((Activation(),))))
    button = window.workbench.left.tabs.buttons[NAMES.index("filters")]
    assert not button.isEnabled() and not window.commands.by_id["section_filters"].isEnabled()
    window.session.open(document)
    assert button.isEnabled()


KEYS = {"filters": Qt.Key.Key_F, "kernel": Qt.Key.Key_K, "input": Qt.Key.Key_I}


@pytest.mark.parametrize(("name", "key"), KEYS.items())
def test_keys_go_to_a_section(window: MainWindow, qtbot: Any, name: str, key: Qt.Key) -> None:
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    qtbot.keyClick(window.stage, key, both)
    focused = QApplication.focusWidget()
    assert window.workbench.left.area.isAncestorOf(focused) and seen(window, focused)
    assert pressed(window) == name


def test_another_document_begins_with_its_input(window: MainWindow) -> None:
    click(window, "filters")
    window.session.open(default_document())
    assert window.workbench.left.area.verticalScrollBar().value() == 0


def test_a_section_stays_in_view_when_what_stands_above_changes(window: MainWindow, qtbot: Any) -> None:
    click(window, "kernel")
    heading, area = window.kernel_panel.heading, window.workbench.left.area
    place = heading.mapTo(area.viewport(), QPoint(0, 0))
    longer = window.input_panel.height()
    window.input_panel.choose("28x28")
    qtbot.waitUntil(lambda: window.input_panel.height() != longer)
    qtbot.waitUntil(lambda: heading.mapTo(area.viewport(), QPoint(0, 0)) == place)
