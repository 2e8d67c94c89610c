"""The style sheet of the standard widgets, written from a palette."""

from __future__ import annotations

from typing import Any

from cnn_explorer.resources_folder import resource

_SHEET = """
* { outline: none; }
QMainWindow, QDialog { background: $ground; }
QLabel { background: transparent; }
QLabel[role="heading"] { font-weight: 600; }
QLabel[role="section"] { font-weight: 700; font-size: 9pt; letter-spacing: 0.4px; }
QLabel[role="section"][colour="input"] { color: $input; }
QLabel[role="section"][colour="kernel"] { color: $kernel; }
QLabel[role="section"][colour="output"] { color: $output; }
QLabel[role="quiet"] { color: $quiet; }
QLabel[role="problem"] { color: $bad; font-weight: 600; }
QFrame[role="panel"] { background: $surface; border: 0; }
QFrame[role="card"] { background: $surface; border: 1px solid $border; border-radius: 8px; }
QFrame[role="line"] { background: $border; max-height: 1px; min-height: 1px; border: 0; }
QScrollArea { background: $surface; border: 0; }
QScrollArea > QWidget > QWidget { background: $surface; }
QPushButton, QToolButton {
    background: $raised; color: $text; border: 1px solid $border; border-radius: 6px;
    padding: 4px 9px; min-height: 18px;
}
QPushButton:hover, QToolButton:hover { border-color: $accent; }
QPushButton:pressed, QToolButton:pressed { background: $accent_soft; }
QPushButton:checked, QToolButton:checked {
    background: $accent_soft; border-color: $accent; color: $accent; font-weight: 600;
}
QPushButton:focus, QToolButton:focus { border: 2px solid $accent; padding: 3px 8px; }
QPushButton:disabled, QToolButton:disabled { color: $faint_text; background: transparent; }
QPushButton:default { background: $accent; color: $surface; border-color: $accent; font-weight: 600; }
QPushButton:default:disabled { background: $ground; color: $faint_text; border-color: $border; }
QPushButton:default:hover { border-color: $text; }
QToolButton[flat="true"] { background: transparent; border-color: transparent; }
QToolButton[flat="true"]:hover { background: $accent_soft; }
QToolButton[flat="true"]:focus { border: 2px solid $accent; }
QToolButton::menu-indicator { image: none; width: 0; }
QLineEdit, QSpinBox, QDoubleSpinBox, QComboBox, QPlainTextEdit, QTextEdit {
    background: $raised; color: $text; border: 1px solid $border; border-radius: 6px;
    padding: 3px 7px; min-height: 18px;
    selection-background-color: $accent; selection-color: $surface;
}
QLineEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus, QComboBox:focus, QPlainTextEdit:focus, QTextEdit:focus {
    border: 2px solid $accent; padding: 2px 6px;
}
QLineEdit:disabled, QSpinBox:disabled, QComboBox:disabled { color: $faint_text; background: transparent; }
QComboBox::drop-down { border: 0; width: 20px; }
QComboBox::down-arrow { image: url("$arrow"); width: 12px; height: 12px; }
QComboBox QAbstractItemView {
    background: $raised; border: 1px solid $border; selection-background-color: $accent_soft; selection-color: $text;
}
QCheckBox { spacing: 7px; background: transparent; border: 2px solid transparent; border-radius: 5px; padding: 1px; }
QCheckBox:focus { border-color: $accent; }
QCheckBox::indicator { width: 15px; height: 15px; border: 1px solid $quiet; border-radius: 4px; background: $raised; }
QCheckBox::indicator:hover { border-color: $accent; }
QCheckBox::indicator:checked { background: $accent; border-color: $accent; image: url("$check"); }
QCheckBox::indicator:disabled { border-color: $border; }
QTableView {
    background: $surface; border: 1px solid transparent;
    selection-background-color: $accent_soft; selection-color: $text;
}
QTableView::item { padding: 0 5px; }
QTableView:focus { border-color: $accent; }
QHeaderView { background: $ground; }
QHeaderView::section {
    background: $ground; color: $quiet; border: 0; border-bottom: 1px solid $border; padding: 6px 8px; font-weight: 600;
}
QMenuBar { background: transparent; }
QMenuBar::item { padding: 5px 8px; border-radius: 6px; background: transparent; color: $text; }
QMenuBar::item:selected { background: $accent_soft; }
QMenu { background: $raised; border: 1px solid $border; border-radius: 8px; padding: 5px; }
QMenu::item { padding: 5px 26px 5px 22px; border-radius: 5px; color: $text; }
QMenu::item:selected { background: $accent_soft; }
QMenu::item:disabled { color: $faint_text; }
QMenu::separator { height: 1px; background: $border; margin: 5px 8px; }
QToolTip { background: $raised; color: $text; border: 1px solid $border; padding: 4px 6px; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 1px; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 1px; }
QScrollBar::handle { background: $border; border-radius: 4px; min-height: 28px; min-width: 28px; }
QScrollBar::handle:hover { background: $quiet; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QSlider::groove:horizontal { height: 4px; border-radius: 2px; background: $border; }
QSlider::sub-page:horizontal { background: $window; border-radius: 2px; }
QSlider::handle:horizontal {
    background: $window; width: 16px; height: 16px; margin: -6px 0; border-radius: 8px; border: 2px solid $surface;
}
QSlider::handle:horizontal:focus, QSlider::handle:horizontal:hover { border-color: $accent; }
QProgressBar { background: $ground; border: 1px solid $border; border-radius: 6px; text-align: center; color: $text; }
QProgressBar::chunk { background: $accent; border-radius: 5px; }
QSplitter::handle { background: $border; }
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
"""


def style_sheet(colours: Any) -> str:
    """The sheet with the $names of a palette replaced by its colours."""
    shade = "dark" if colours.dark else "light"
    sheet = _SHEET
    for name in ("check", "arrow"):
        sheet = sheet.replace(f"${name}", resource("icons", f"{name}-{shade}.svg").as_posix())
    for name in sorted(vars(colours), key=len, reverse=True):
        sheet = sheet.replace(f"${name}", str(getattr(colours, name)))
    return sheet
