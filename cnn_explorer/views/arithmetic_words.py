"""Arithmetic as words in lines: what is printed in which role's colour, how wide it gets, and how it is drawn."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from cnn_explorer.views.stage_paint import font, text_width
from cnn_explorer.views.theme import theme

RAISED, SMALL = 0.72, 0.8
"""The size of a power's exponent, and of what is said in passing, of the text beside it."""
LINE = 1.9
"""The most height that a line takes, of its font's."""
FONT_OF_LINE = 0.74


@dataclass(frozen=True)
class Word:
    """A piece of the arithmetic: its text, the role of its colour, and whether it stands out.

    `marked` words have a frame around them, `raised` ones are exponents, `small` ones are said in passing.
    """

    text: str
    role: str = "quiet"
    bold: bool = False
    marked: bool = False
    raised: bool = False
    small: bool = False

    @property
    def plain(self) -> str:
        """The word in a text without sizes."""
        return f"^{self.text}" if self.raised else self.text

    def size(self, around: float) -> float:
        """The font of the word, where that of the text around it is `around` pixels high."""
        return around * (RAISED if self.raised else SMALL if self.small else 1.0)

    def width(self, around: float) -> float:
        """In pixels."""
        return text_width(self.text, self.size(around), self.bold)


Line = list[list[Word]]
"""One line: columns, each of several words. Lines of one column alone stretch over the columns of the others."""


def plain_text(lines: list[Line]) -> str:
    """The lines as text."""
    return "\n".join("".join(word.plain for words in line for word in words).rstrip() for line in lines)


def _words_width(words: list[Word], size: float) -> float:
    return sum(word.width(size) for word in words)


def column_widths(lines: list[Line], size: float) -> list[float]:
    """The widths of the columns; a line of one column alone stretches over them."""
    widths: list[float] = []
    several = [line for line in lines if len(line) > 1] or lines
    for line in several:
        for at, words in enumerate(line):
            width = _words_width(words, size)
            if at == len(widths):
                widths.append(width)
            widths[at] = max(widths[at], width)
    return widths


def needed_width(lines: list[Line], size: float) -> float:
    """How wide the lines are, `size` being that of their font."""
    return max(sum(column_widths(lines, size)), *(_words_width(line[0], size) for line in lines if len(line) == 1), 0.0)


def fitting_size(lines: list[Line], width: float, height: float, largest: float) -> float:
    """The largest font, in pixels, with which the lines fit; 1 where none does."""
    size = min(largest, height / len(lines) * FONT_OF_LINE)
    size *= min(1.0, max(width - 2, 0.0) / max(needed_width(lines, size), 1.0))
    while size > 1 and needed_width(lines, size) > width - 2:  # fonts have whole sizes, widths don't shrink evenly
        size -= 0.5
    return max(size, 1.0)


def tight(lines: list[Line]) -> list[Line]:
    """The same with less space between the words."""
    closer = {" × ": "×", "  +  ": " + ", "  −  ": " − ", "  =  ": " = ", ",  ": ", "}
    return [
        [[replace(word, text=closer.get(word.text, word.text)) for word in words] for words in line] for line in lines
    ]


TAILS = ("inline", "below", "small")


def with_tail(lines: list[Line], tail: list[Word], where: str) -> list[Line]:
    """The lines with more words at their end: on the last line, or on a line of their own, there also small."""
    if not tail:
        return lines
    if where == "small":
        return [*lines, [[replace(word, small=True) for word in tail]]]
    if where == "below":
        return [*lines, [tail]]
    last = [*lines[-1][:-1], [*lines[-1][-1], Word("   "), *tail]]
    return [*lines[:-1], last]


def paint_words(painter: QPainter, rect: QRectF, lines: list[Line], size: float) -> None:
    """Lines with their columns aligned, in the vertical middle of `rect`, from its left edge on."""
    widths = column_widths(lines, size)
    height = min(rect.height() / len(lines), size * LINE)
    top = rect.top() + (rect.height() - height * len(lines)) / 2
    for row, line in enumerate(lines):
        left = rect.left()
        base = top + row * height + height / 2 + size * 0.35
        for at, words in enumerate(line):
            _paint_column(painter, QPointF(left, base), words, size)
            left += widths[at] if len(line) > 1 else 0


def _paint_column(painter: QPainter, start: QPointF, words: list[Word], size: float) -> None:
    at = QPointF(start)
    for word in words:
        width = word.width(size)
        if word.marked:
            _paint_mark(painter, QRectF(at.x(), at.y() - size * 0.98, width, size * 1.24), size)
        painter.setFont(font(word.size(size), word.bold))
        painter.setPen(theme.role(word.role))
        painter.drawText(at - QPointF(0, size * 0.4 if word.raised else 0), word.text)
        at.setX(at.x() + width)


def _paint_mark(painter: QPainter, rect: QRectF, size: float) -> None:
    """A frame in the window's colour around a number that is found elsewhere on the screen, too."""
    amber = QColor(theme.role("window"))
    painter.setPen(QPen(amber, max(1.5, size / 12)))
    amber.setAlpha(46)
    painter.setBrush(amber)
    beside = size * 0.22
    painter.drawRoundedRect(rect.adjusted(-beside, 0, beside, 0), size * 0.25, size * 0.25)
    painter.setBrush(Qt.BrushStyle.NoBrush)
