"""The place where code is read: coloured, as wide as its column, and changed only where it differs."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontDatabase, QResizeEvent, QTextCursor, QTextOption
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy

from cnn_explorer.views.code_highlighter import CodeHighlighter
from cnn_explorer.views.theme import theme

SMALLEST_HEIGHT = 260
"""Some fifteen lines."""
SIZE = 9.0
"""Of the letters, in points."""
Flag = Qt.TextInteractionFlag


class CodeText(QPlainTextEdit):
    """Shows code that can be selected and copied, not changed. `fits` says that another number of `columns` has room.

    What is longer than that goes on in the next line.
    """

    fits = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._columns = 0
        self.setReadOnly(True)
        self.setTextInteractionFlags(Flag.TextSelectableByMouse | Flag.TextSelectableByKeyboard)
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPointSizeF(SIZE)
        self.setFont(font)
        self.setStyleSheet("QAbstractScrollArea::corner { background: transparent; border: 0; }")
        self.setMinimumHeight(SMALLEST_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        self._highlighter = CodeHighlighter(self.document())
        theme.changed.connect(self._recolour)

    @property
    def columns(self) -> int:
        """How many characters have room on a line, beside the scroll bar that there may be."""
        bar = self.verticalScrollBar().sizeHint().width()
        beside = self.width() - self.viewport().width() - (bar if self.verticalScrollBar().isVisible() else 0)
        room = self.width() - beside - bar - 2 * self.document().documentMargin()
        return int(room / self.fontMetrics().horizontalAdvance("0" * 20) * 20)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.columns != self._columns:
            self._columns = self.columns
            self.fits.emit()

    def show_code(self, text: str, names: Mapping[str, tuple[str, ...]]) -> None:
        """Show code whose variables of each role have these `names`."""
        renamed = self._highlighter.set_names(names)
        self.replace_text(text.rstrip("\n"))
        if renamed:
            self._highlighter.rehighlight()

    def replace_text(self, text: str) -> None:
        """Make `text` the text by changing only what differs, so that what is scrolled to and selected stays."""
        old = self.toPlainText()
        if not old:
            self.setPlainText(text)
            return
        head = common_length(old, text)
        tail = common_length(old[head:][::-1], text[head:][::-1])
        cursor = QTextCursor(self.document())
        cursor.setPosition(_places(old[:head]))
        cursor.setPosition(_places(old[: len(old) - tail]), QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(text[head : len(text) - tail])

    def _recolour(self) -> None:
        self._highlighter.set_colours()
        self._highlighter.rehighlight()


def common_length(first: str, second: str) -> int:
    """How many characters both begin with. By halving: texts of a thousand lines are compared at every edit."""
    low, high = 0, min(len(first), len(second))
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if first[:middle] == second[:middle] else (low, middle - 1)
    return low


def _places(text: str) -> int:
    """How many places a text takes in Qt's, which counts UTF-16."""
    return len(text.encode("utf-16-le")) // 2
