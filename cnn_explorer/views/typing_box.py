"""A number being typed over a cell: its text, why it is none, and how both are drawn."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QToolTip, QWidget

from cnn_explorer.network.numbers import MINUS
from cnn_explorer.network.sentence import Refused, Sentence
from cnn_explorer.session.language import tr, translated
from cnn_explorer.views.grid_paint import number_font
from cnn_explorer.views.theme import theme
from cnn_explorer.views.typed_number import TYPED, read_number

SMALLEST_FONT = 13
"""Pixels of the typed text, however small the cell."""


class TypingBox:
    """`text` is what has been typed, None while nothing is; `problem` says why it could not be taken."""

    def __init__(self) -> None:
        self.text: str | None = None
        self.problem: Sentence | None = None

    @property
    def open(self) -> bool:
        """Whether a number is being typed."""
        return self.text is not None

    def accepts(self, text: str) -> bool:
        """Whether a key's text can continue, or begin, a number."""
        return bool(text) and text in TYPED and (self.open or text not in "eE/")

    def add(self, text: str) -> None:
        """Type on."""
        self.text, self.problem = (self.text or "") + text, None

    def erase(self) -> None:
        """Take the last character back."""
        self.text, self.problem = (self.text or "")[:-1], None

    def close(self) -> str:
        """Stop typing; returns what had been typed."""
        text, self.text, self.problem = self.text or "", None, None
        return text

    def commit(self, put: Callable[[float], object], explain: Callable[[Sentence], object]) -> bool:
        """Hand the number, if one is being typed, to `put`; where it is none, leave it open and `explain` why."""
        if self.text is None:
            return True
        try:
            value = read_number(self.text)
        except Refused as refusal:
            self.problem = refusal.sentence
            explain(refusal.sentence)
            return False
        self.close()
        put(value)
        return True

    def leave(self, put: Callable[[float], object], tell: Callable[[str], object]) -> None:
        """The user has gone on to something else: hand over what is a number, and `tell` that nothing else was."""
        if self.text is None:
            return
        typed = self.close()
        try:
            value = read_number(typed)
        except Refused:
            QToolTip.hideText()
            tell(tr("“{typed}” is not a number: nothing was changed.", typed=typed))
        else:
            put(value)

    def paint(self, painter: QPainter, cell: QRectF, bounds: QRectF, role: str) -> None:
        """Draw the text over `cell`, larger than it where the text needs that, with a caret, in a role's colour."""
        text = (self.text or "").replace("-", MINUS)
        font = _font(text, cell.width())
        wide = QFontMetricsF(font).horizontalAdvance(text)
        box = _box(cell, wide, font.pixelSize(), bounds)
        painter.setPen(QPen(theme.role("bad" if self.problem else role), 3))
        painter.setBrush(theme.role("raised"))
        painter.drawRect(box.adjusted(1.5, 1.5, -2.5, -2.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setFont(font)
        painter.setPen(theme.role("bad" if self.problem else "text"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
        _paint_caret(
            painter, QPointF(box.center().x() + wide / 2 + 1.5, box.center().y()), font.pixelSize() * 0.6, role
        )


def explain(sentence: Sentence, widget: QWidget, place: QPoint) -> str:
    """Show a sentence as a tooltip at a place of a widget; returns it translated."""
    text = translated(sentence)
    QToolTip.showText(widget.mapToGlobal(place), text, widget)
    return text


def _font(text: str, cell: float) -> QFont:
    font = number_font([text, "000"], cell - 4, SMALLEST_FONT)
    if font is None:
        font = QFont(theme.family)
        font.setPixelSize(SMALLEST_FONT)
    return font


def _box(cell: QRectF, text_width: float, font_size: int, bounds: QRectF) -> QRectF:
    width, height = max(cell.width(), text_width + 14), max(cell.height(), font_size * 1.6)
    left = max(bounds.left(), min(cell.center().x() - width / 2, bounds.right() - width))
    top = max(bounds.top(), min(cell.center().y() - height / 2, bounds.bottom() - height))
    return QRectF(left, top, width, height)


def _paint_caret(painter: QPainter, middle: QPointF, half: float, role: str) -> None:
    painter.setPen(QPen(theme.role(role), 1.5))
    painter.drawLine(middle - QPointF(0, half), middle + QPointF(0, half))
