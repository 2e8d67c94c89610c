"""The table of the whole network: what is in it, that it follows, and how it is taken along."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from cnn_explorer.network.arrays import frozen
from cnn_explorer.network.document import Image
from cnn_explorer.network.layers import Activation, BatchNormalization, MaxPooling2D
from cnn_explorer.network.network import Network
from cnn_explorer.network.sentence import say
from cnn_explorer.session import language
from cnn_explorer.session.cursor import IMAGE
from cnn_explorer.views.main_window import MainWindow
from cnn_explorer.views.network_table import NetworkTable
from cnn_explorer.views.theme import theme
from tests.views.open_window import open_window
from tests.views.stage_setting import Setting, handbook_document
from tests.views.visible_texts import Marked, texts_of, unmarked

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

ROWS = [
    ["", "Input", "", "7×7×1", "0", "0", "196"],
    ["1", "Conv2D 3×3", "Conv2D", "5×5×1", "10", "225", "100"],
    ["2", "ReLU", "Activation", "5×5×1", "0", "0", "100"],
    ["3", "MaxPool 2×2", "MaxPooling2D", "2×2×1", "0", "0", "16"],
]


class TableSetting(Setting):
    """The table on the screen."""

    def __init__(self, qtbot: QtBot) -> None:
        super().__init__(handbook_document())
        self.table = NetworkTable(self.session, self.settings)
        qtbot.addWidget(self.table)
        self.table.show()
        self.table.activateWindow()
        qtbot.waitUntil(self.table.isActiveWindow)

    @property
    def shown(self) -> list[list[str]]:
        """The texts of all cells."""
        model = self.table.view.model()
        return [
            [model.index(row, column).data() for column in range(model.columnCount())]
            for row in range(model.rowCount())
        ]

    @property
    def totals(self) -> list[str]:
        model = self.table.footer.model()
        return [model.index(0, column).data() for column in range(model.columnCount())]

    def place(self, row: int) -> QPoint:
        index = self.table.view.model().index(row, 1)
        return self.table.view.visualRect(index).center()

    def click(self, row: int, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.mouseClick(self.table.view.viewport(), Qt.MouseButton.LeftButton, modifier, self.place(row))

    def copy(self) -> list[list[str]]:
        """What Ctrl+C puts on the clipboard, in cells."""
        QTest.keyClick(self.table.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
        return [line.split("\t") for line in QGuiApplication.clipboard().text().split("\n")]

    def bold(self) -> list[int]:
        """The rows that are written in bold."""
        model = self.table.view.model()
        fonts = [model.index(row, 1).data(Qt.ItemDataRole.FontRole) for row in range(model.rowCount())]
        return [row for row, font in enumerate(fonts) if font is not None and font.bold()]


@pytest.fixture
def setting(qtbot: QtBot) -> TableSetting:
    return TableSetting(qtbot)


def test_every_layer_has_a_row_and_there_are_totals(setting: TableSetting) -> None:
    assert setting.shown == ROWS
    assert setting.totals == ["", "Total", "", "", "10", "225", "412"]
    assert setting.table.note.text() == "As 32-bit numbers: parameters 40 bytes, all maps of one image 412 bytes."


def test_every_edit_shows_and_large_numbers_have_commas(setting: TableSetting) -> None:
    setting.session.edit_image(Image(np.zeros((28, 28, 1)), "28x28"), say("Change"))
    layer = setting.session.document.network.layers[0]
    wide = replace(layer, name="edges", kernel=frozen(np.zeros((5, 5, 1, 32))), bias=frozen(np.zeros(32)))
    setting.session.edit_layer(0, wide, say("Change"))
    assert setting.shown[1] == ["1", "edges", "Conv2D", "24×24×32", "832", "460,800", "73,728"]
    setting.session.edit_layer(0, replace(wide, enabled=False), say("Change"))
    assert setting.shown[1] == ["1", "edges (off)", "Conv2D", "28×28×1", "0", "0", "0"]
    setting.session.undo()
    setting.session.undo()
    setting.session.undo()
    assert setting.shown == ROWS


def test_layers_come_and_go(setting: TableSetting) -> None:
    layers = setting.session.document.network.layers
    setting.session.edit_network(Network(layers[:2]), say("Change"))
    assert setting.shown == ROWS[:3]
    setting.session.edit_network(Network((*layers, MaxPooling2D())), say("Change"))
    assert len(setting.shown) == 5


def test_a_weight_that_is_edited_changes_no_cell(setting: TableSetting, monkeypatch: pytest.MonkeyPatch) -> None:
    redrawn: list[bool] = []
    monkeypatch.setattr(setting.table, "redraw", lambda: redrawn.append(True))
    layer = setting.session.document.network.layers[0]
    setting.session.edit_layer(0, replace(layer, bias=frozen([5])), say("Change"))
    assert redrawn == []


def test_a_clicked_row_is_the_layer_in_focus(setting: TableSetting) -> None:
    for row, layer in ((3, 2), (0, IMAGE), (1, 0)):
        setting.click(row)
        assert setting.session.cursor.layer == layer
        assert setting.bold() == [row]


def test_arrow_keys_walk_through_the_layers(setting: TableSetting) -> None:
    setting.table.view.setFocus()
    QTest.keyClick(setting.table.view, Qt.Key.Key_Down)
    assert setting.session.cursor.layer == 1
    QTest.keyClick(setting.table.view, Qt.Key.Key_Down)
    assert setting.session.cursor.layer == 2 and setting.bold() == [3]


def test_the_row_of_the_layer_in_focus_is_marked_wherever_it_is_chosen(setting: TableSetting) -> None:
    assert setting.bold() == [1]
    setting.session.select(2)
    assert setting.bold() == [3]
    picture = setting.table.view.viewport().grab().toImage()
    corner = setting.table.view.visualRect(setting.table.view.model().index(3, 2)).topRight() + QPoint(-3, 3)
    assert picture.pixelColor(corner) == theme.role("accent_soft")
    QTest.keyClick(setting.table.view, Qt.Key.Key_Up)
    assert setting.session.cursor.layer == 1  # the keys go on from there


def test_stepping_leaves_the_cell_where_it_is(setting: TableSetting) -> None:
    setting.session.move(row=2, column=3)
    setting.click(1)
    assert (setting.session.cursor.row, setting.session.cursor.column) == (2, 3)


def test_without_a_selection_all_is_copied_with_headings_and_totals(setting: TableSetting) -> None:
    copied = setting.copy()
    assert copied[0] == ["No.", "Layer", "Type", "Output", "Parameters", "Multiply-adds", "Memory (bytes)"]
    assert copied[1:5] == ROWS
    assert copied[5] == ["", "Total", "", "", "10", "225", "412"]
    assert setting.table.message.text() == "The table was copied: paste it into a spreadsheet."


def test_selected_rows_are_copied_alone(setting: TableSetting) -> None:
    setting.click(1)
    setting.click(3, Qt.KeyboardModifier.ControlModifier)
    assert setting.copy()[1:] == [ROWS[1], ROWS[3]]
    assert setting.table.message.text() == "2 rows were copied: paste them into a spreadsheet."


def test_what_is_copied_has_no_commas_in_its_numbers(setting: TableSetting) -> None:
    setting.session.edit_image(Image(np.zeros((28, 28, 1)), "28x28"), say("Change"))
    assert "6084" in setting.copy()[2]


def test_the_button_copies_everything(setting: TableSetting) -> None:
    setting.click(1)
    QTest.mouseClick(setting.table.copy_all, Qt.MouseButton.LeftButton)
    assert len(QGuiApplication.clipboard().text().split("\n")) == 6


def test_an_impossible_layer_ends_the_table_with_a_sentence(setting: TableSetting) -> None:
    layer = setting.session.document.network.layers[0]
    setting.session.edit_layer(0, replace(layer, dilation_rate=(4, 4)), say("Change"))
    assert setting.shown == ROWS[:1]
    assert setting.table.problem.isVisible()
    assert setting.table.problem.text().startswith("Layer 1, Conv2D 3×3: A kernel of 3 with dilation 4")
    setting.session.undo()
    assert setting.shown == ROWS and not setting.table.problem.isVisible()
    assert setting.bold() == [1]


def test_numbers_that_are_kept_are_told(setting: TableSetting) -> None:
    layers = setting.session.document.network.layers
    setting.session.edit_network(Network((*layers, BatchNormalization())), say("Change"))
    assert setting.table.note.text().endswith(
        "Besides, 2 numbers are kept but not trained; Keras counts them too: 14 in all."
    )


def test_the_table_is_written_to_a_file(setting: TableSetting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "netz.csv"
    monkeypatch.setattr(QFileDialog, "exec", lambda dialog: QFileDialog.DialogCode.Accepted)
    monkeypatch.setattr(QFileDialog, "selectedFiles", lambda dialog: [str(path)])
    QTest.mouseClick(setting.table.export, Qt.MouseButton.LeftButton)
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"))))
    assert rows[2] == ["1", "Conv2D 3×3", "Conv2D", "5x5x1", "10", "0", "225", "100"]
    assert rows[-1] == ["", "total", "", "", "10", "0", "225", "412"]
    assert setting.table.message.text() == "Saved as netz.csv."
    assert not path.read_bytes().startswith(b"\xef\xbb\xbf")


def test_a_refused_file_is_told_and_a_dismissed_dialog_writes_none(
    setting: TableSetting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not setting.table.export_to(str(tmp_path / "missing" / "table.csv"))
    assert "the folder is no longer there" in setting.table.message.text()
    asked: list[str] = []
    monkeypatch.setattr(QFileDialog, "exec", lambda dialog: asked.append(dialog.windowTitle()) or 0)
    setting.table.export_csv()
    assert asked == ["Export as CSV"] and list(tmp_path.iterdir()) == []


def test_columns_do_not_jump_and_totals_stand_below_them(setting: TableSetting) -> None:
    widths = [setting.table.view.columnWidth(column) for column in range(6)]  # the last takes what is left
    setting.session.edit_image(Image(np.zeros((512, 512, 1)), "file"), say("Change"))
    wider = [setting.table.view.columnWidth(column) for column in range(6)]
    assert all(after >= before for before, after in zip(widths, wider, strict=True))
    setting.session.undo()
    assert [setting.table.view.columnWidth(column) for column in range(6)] == wider
    for column in range(7):
        left = setting.table.view.columnViewportPosition(column)
        assert setting.table.footer.columnViewportPosition(column) == left
        assert setting.table.footer.columnWidth(column) == setting.table.view.columnWidth(column)


def test_totals_stay_in_view_and_below_their_columns_in_a_long_table(setting: TableSetting) -> None:
    layers = setting.session.document.network.layers
    setting.session.edit_network(Network((*layers, *[Activation()] * 40)), say("Change"))
    setting.table.resize(setting.table.width(), 400)
    QApplication.processEvents()
    assert setting.table.view.verticalScrollBar().isVisible() and setting.table.footer.isVisible()
    assert setting.table.footer.columnWidth(6) == setting.table.view.columnWidth(6)


def test_every_control_has_a_name_and_a_tooltip(setting: TableSetting) -> None:
    table = setting.table
    for control in (table.view, table.copy_all, table.export):
        assert control.accessibleName() and control.toolTip()
        assert control.focusPolicy() != Qt.FocusPolicy.NoFocus
    model = table.view.model()
    for column in range(model.columnCount()):
        assert model.headerData(column, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)


@pytest.fixture
def window(qtbot: Any) -> MainWindow:
    return open_window(qtbot)


def test_a_key_opens_it_beside_the_window_and_it_stays(window: MainWindow, qtbot: Any) -> None:
    qtbot.keyClick(window.stage, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    (table,) = window.findChildren(NetworkTable)
    assert table.isVisible() and not table.isModal()
    window.session.select(2)
    assert table.rows.bold == 3
    table.close()
    window.show_network_table()
    assert window.findChildren(NetworkTable) == [table] and table.isVisible()


def test_it_follows_the_language(setting: TableSetting, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language, "read_translations", lambda path: Marked({"": ""}))
    layer = setting.session.document.network.layers[0]
    setting.session.edit_layer(0, replace(layer, dilation_rate=(4, 4)), say("Change"))
    setting.table.copy_table()
    spoken = language.Language()
    spoken.use("zh_CN")
    QApplication.processEvents()
    model, footer = setting.table.view.model(), setting.table.footer.model()
    headings = [model.headerData(column, Qt.Orientation.Horizontal) for column in range(model.columnCount())]
    cells = [model.index(0, 1).data(), footer.index(0, 1).data()]
    shown = [text for _, text in texts_of(setting.table)]
    spoken.use("en")
    QApplication.processEvents()
    assert len(shown) > 8 and unmarked([*headings, *cells, *shown]) == []
    assert setting.shown == ROWS[:1]
