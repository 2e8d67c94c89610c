"""A plate with columns of numbers: the powers of a softmax."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPen

from cnn_explorer.network.reasons import grouped
from cnn_explorer.network.written_formulas import written_softmax
from cnn_explorer.session.language import tr
from cnn_explorer.views.grid_paint import readable_on
from cnn_explorer.views.plate import CENTRE, Plate
from cnn_explorer.views.stage_paint import elided, font, text_width
from cnn_explorer.views.stage_words import class_or_number
from cnn_explorer.views.theme import Scale, theme

LEAST_ROW, ROW_OF_FONT = 22.0, 1.7
"""The height of a row: in pixels, and as a multiple of the smallest font."""
FONT_OF_ROW = 0.58
LEAST_FONT = 8.0
ROLES = ("quiet", "input", "kernel", "quiet")


class Columns:
    """A table of four columns with heads, `count` rows of numbers and a line below, centred on a plate."""

    def __init__(self, plate: Plate, heads: Sequence[str], count: int, names: Sequence[str]) -> None:
        self._plate = plate
        self._tall = row_height(plate)
        inside = plate.inside
        self._top = inside.top() + max(0.0, (inside.height() - self._tall * (count + 2)) / 2)
        self.size = max(plate.smallest, min(plate.size * 0.9, self._tall * FONT_OF_ROW))
        widest = max((text_width(name, self.size, True) for name in (*names, heads[0])), default=0.0)
        first = min(max((widest + 8) / inside.width(), 0.16), 0.34)
        self._edges = (0.0, *(first + (1 - first) * part / 3 for part in range(4)))
        for column, (head, role) in enumerate(zip(heads, ROLES, strict=True)):
            self.text(0, column, head, role)

    def place(self, row: int, column: int) -> QRectF:
        """The rectangle of a cell; row 0 has the heads."""
        inside = self._plate.inside
        left, right = (inside.left() + inside.width() * self._edges[column + side] for side in (0, 1))
        return QRectF(left, self._top + row * self._tall, right - left, self._tall)

    def text(self, row: int, column: int, text: str, role: str, bold: bool = False) -> None:
        """A text in a cell."""
        self._plate.paint_text(self.place(row, column).adjusted(1, 0, -1, 0), text, role, self.size, bold)

    def number(self, row: int, column: int, text: str, value: float, scale: Scale) -> None:
        """A number on the colour of its value, smaller where it is long."""
        painter, rect = self._plate.painter, self.place(row, column).adjusted(2, 1, -2, -1)
        colour = theme.colour(value, scale)
        painter.fillRect(rect, colour)
        painter.setPen(QPen(theme.role("grid"), 1))
        painter.drawRect(rect)
        wide = text_width(text, self.size)
        size = max(min(self.size, self.size * (rect.width() - 4) / max(wide, 1.0)), self._plate.smallest, LEAST_FONT)
        painter.setFont(font(int(size)))
        painter.setPen(readable_on(colour.rgb()))
        painter.drawText(rect, CENTRE, elided(text, int(size), False, rect.width()))

    def mark(self, row: int) -> None:
        """A frame around a row: the one that is also found elsewhere on the screen."""
        painter, rect = self._plate.painter, self.place(row, 0).united(self.place(row, 3))
        painter.setPen(QPen(theme.role("window"), 2))
        painter.drawRoundedRect(rect.adjusted(0, 0.5, 0, -0.5), 3, 3)

    def line_below(self, row: int, text: str) -> None:
        """A text over all columns."""
        rect = self.place(row, 0).united(self.place(row, 3))
        self._plate.paint_text(rect, text, "quiet", self.size)


def row_height(plate: Plate) -> float:
    """Of one row of a table on this plate."""
    return max(LEAST_ROW, plate.smallest * ROW_OF_FONT, plate.size * ROW_OF_FONT)


def _rows(plate: Plate, most: int) -> int:
    return max(1, min(int(plate.inside.height() / row_height(plate)) - 2, most))


def paint_softmax(plate: Plate) -> None:
    """The largest powers of e, and each one's share of the sum of all."""
    scene, found = plate.scene, plate.found
    written = written_softmax(found, scene.digits, found.result, _rows(plate, len(scene.channels)))
    powers = written.powers
    channels = [found.window.channels[term.place] for term in powers.terms]
    names = [class_or_number(scene, channel) for channel in channels]
    table = Columns(plate, ("", "x", "eˣ", "eˣ / Σ"), len(channels), names)
    shares = _shares(plate)
    for row, (term, channel, name) in enumerate(zip(powers.terms, channels, names, strict=True), start=1):
        mine = channel == scene.filter
        table.text(row, 0, name, "text", mine)
        table.number(row, 1, term.value, float(found.values.ravel()[term.place]), plate.input_scale)
        table.text(row, 2, term.product, "text", mine)
        table.text(row, 3, scene.digits.output.text(float(shares[channel])), "output", mine)
        if mine:
            table.mark(row)
    more = tr("and {count} more", count=grouped(powers.more)) + ", " if powers.more else ""
    table.line_below(len(channels) + 1, f"{more}Σ eˣ = {powers.result}")


def _shares(plate: Plate) -> np.ndarray:
    output = plate.scene.evaluation.maps[plate.scene.index + 1]
    return output[plate.row, plate.column]
