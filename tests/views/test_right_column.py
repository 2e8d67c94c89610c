"""The tabs of the right column under mouse and keys: one page at a time, remembered, and the focus never lost."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cnn_explorer.session.settings import Settings
from cnn_explorer.views.main_window import MainWindow
from cnn_explorer.views.right_column import TABS, RightColumn
from tests.views.open_window import open_window
from tests.views.stage_setting import Setting, handbook_document

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

NAMES = list(TABS)


class ColumnSetting(Setting):
    """The column on the screen."""

    def __init__(self, qtbot: QtBot) -> None:
        super().__init__(handbook_document())
        self.column = RightColumn(self.session, self.settings, self.scales)
        qtbot.addWidget(self.column)
        self.column.resize(296, 500)
        self.column.show()
        qtbot.waitExposed(self.column)

    def visible(self) -> list[str]:
        """The pages that a person sees."""
        return [name for name, page in self.column.pages.items() if page.isVisible()]

    def click(self, name: str) -> None:
        QTest.mouseClick(self.column.tabs.buttons[NAMES.index(name)], Qt.MouseButton.LeftButton)


@pytest.fixture
def setting(qtbot: QtBot) -> ColumnSetting:
    return ColumnSetting(qtbot)


def test_it_begins_with_the_layer_and_makes_other_pages_when_they_are_shown(setting: ColumnSetting) -> None:
    assert setting.visible() == ["layer"] and list(setting.column.pages) == ["layer"]
    for name in NAMES:
        setting.click(name)
        assert setting.visible() == [name]
        assert [each.isChecked() for each in setting.column.tabs.buttons] == [each == name for each in NAMES]


def test_the_choice_is_kept(setting: ColumnSetting, qtbot: QtBot) -> None:
    setting.click("why")
    setting.settings.flush()
    assert Settings().values.right_tab == "why"
    again = ColumnSetting(qtbot)
    assert again.visible() == ["why"]


def test_a_choice_that_no_longer_exists_is_the_layer(setting: ColumnSetting) -> None:
    setting.settings.set("right_tab", "somewhere")
    assert setting.visible() == ["layer"]


def test_each_page_keeps_its_place(setting: ColumnSetting) -> None:
    bar = setting.column.areas["layer"].verticalScrollBar()
    assert bar.maximum() > 40  # the page is longer than the column
    bar.setValue(40)
    setting.click("why")
    assert setting.column.areas["why"].verticalScrollBar().value() == 0
    setting.click("layer")
    assert bar.value() == 40


def test_the_buttons_stay_while_the_page_scrolls(setting: ColumnSetting) -> None:
    before = setting.column.tabs.mapTo(setting.column, setting.column.tabs.rect().topLeft())
    setting.click("why")
    setting.column.areas["why"].verticalScrollBar().setValue(200)
    assert setting.column.tabs.mapTo(setting.column, setting.column.tabs.rect().topLeft()) == before


def test_buttons_have_names_and_tooltips(setting: ColumnSetting) -> None:
    for made in setting.column.tabs.buttons:
        assert made.accessibleName() and len(made.toolTip()) > len(made.text())


@pytest.fixture
def window(qtbot: Any) -> MainWindow:
    return open_window(qtbot)


def press(qtbot: Any, key: Qt.Key) -> None:
    qtbot.keyClick(QApplication.focusWidget() or QApplication.activeWindow(), key, Qt.KeyboardModifier.AltModifier)


def test_keys_turn_the_pages(window: MainWindow, qtbot: Any) -> None:
    column = window.workbench.right_column
    for number, name in enumerate(NAMES):
        press(qtbot, Qt.Key(Qt.Key.Key_1 + number))
        assert column.shown == name and column.pages[name].isVisible()
        assert window.commands.by_id[f"tab_{name}"].isChecked()
    assert QApplication.focusWidget() is window.stage


def test_a_focus_on_the_page_that_goes_moves_to_its_button(window: MainWindow, qtbot: Any) -> None:
    column = window.workbench.right_column
    window.workbench.layer_panel.switch.setFocus()
    press(qtbot, Qt.Key.Key_2)
    assert QApplication.focusWidget() is column.tabs.buttons[1]


def test_a_row_of_buttons_is_walked_with_the_arrows(window: MainWindow, qtbot: Any) -> None:
    column = window.workbench.right_column
    column.tabs.buttons[0].setFocus()
    for key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Right):  # with the mouse the arrows stay with the steps
        qtbot.keyClick(QApplication.focusWidget(), key)
    assert column.shown == NAMES[1]


def test_the_layers_panel_is_where_others_look_for_it(window: MainWindow) -> None:
    assert window.workbench.layer_panel is window.workbench.right_column.pages["layer"]


def test_presenting_hides_the_column(window: MainWindow) -> None:
    window.set_presenting(True)
    assert not window.workbench.right_column.isVisible()
    window.set_presenting(False)
    assert window.workbench.right_column.isVisible()
