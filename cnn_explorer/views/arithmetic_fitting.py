"""How much of the arithmetic is written out, and how large: the longest way that can be read in the room there is."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QSizeF

from cnn_explorer.views.arithmetic_formulas import TELL
from cnn_explorer.views.arithmetic_lines import ROOMS, Room, Told
from cnn_explorer.views.arithmetic_tables import Table, tables, tables_width
from cnn_explorer.views.arithmetic_titles import layer_and_cell
from cnn_explorer.views.arithmetic_words import Line, Word, fitting_size, tight, with_tail
from cnn_explorer.views.scales import Scales

CELL_HEIGHTS = (42.0, 34.0, 27.0, 23.0)
"""Of the tables, in pixels: as high as the sum beside them can be read."""
SMALLEST_NUMBER = 8.0
NUMBER, FEW, MANY = 15.0, 22.0, 17.0
"""Fonts, in pixels: of a number seen from afar, of one or two lines, of more."""
READABLE, READABLE_BY_CHANNEL = 0.64, 0.76
"""Of the largest font: with less, less is written out; earlier where the terms are those of one channel of several."""


@dataclass(frozen=True, eq=False)
class Fitted:
    """What is drawn: the tables and the lines beside them, `size` being their font's."""

    made: list[Table]
    lines: list[Line]
    size: float


@dataclass(frozen=True, eq=False)
class Fitting:
    """What is told of one cell, `tail` being what becomes of its number.

    `smallest` is what no text may fall below, 0 where nobody presents.
    """

    told: Told
    tail: list[Word]
    scales: Scales
    smallest: float = 0.0

    def lines(self, room: Room) -> list[Line]:
        """The arithmetic without its tail."""
        return TELL[self.told.found.combination](self.told, room)

    def from_afar(self, body: QSizeF) -> Fitted:
        """The cell and its number on one line; where it is narrow without what becomes of it."""
        value = Word(self.told.scene.digits.output.text(self.told.shown), "output", True)
        name = Word(layer_and_cell(self.told) + "  =  ", "quiet", True)
        largest = max(NUMBER, self.smallest)
        lines, size = [[[name, value]]], 0.0
        for tail in (self.tail, []):
            lines = with_tail([[[name, value]]], tail, inline=True)
            size = fitting_size(lines, body.width(), body.height(), largest)
            if size >= largest * READABLE:
                break
        return Fitted([], lines, size)

    def longest(self, body: QSizeF) -> Fitted:
        """The first way that can be read, from the longest to the shortest; the largest where none can."""
        part = READABLE_BY_CHANNEL if self.told.by_channel else READABLE
        ways = []
        for room in ROOMS:
            for fitted in self._ways(body, room):
                if fitted.size >= (self.smallest or self._largest(fitted.lines) * part):
                    return fitted
                ways.append(fitted)
        return max(ways, key=lambda fitted: fitted.size)

    def _largest(self, lines: list[Line]) -> float:
        return max(MANY if len(lines) > 2 else FEW, self.smallest)

    def _ways(self, body: QSizeF, room: Room) -> list[Fitted]:
        """With tables and without, as wide as words like to stand or closer."""
        lines = self.lines(room)
        ways = [self._beside_tables(body, lines), self._best_tail([], lines, body.width(), body.height())]
        return [*ways, self._best_tail([], tight(lines), body.width(), body.height())] if ways[0].made else ways

    def _beside_tables(self, body: QSizeF, lines: list[Line]) -> Fitted:
        rows = self.told.found.values.shape[0]
        smallest = max(SMALLEST_NUMBER, self.smallest)
        fitted = Fitted([], lines, 0.0)
        for tallest in (body.height(),) if self.smallest else CELL_HEIGHTS:
            made = tables(self.told, self.scales, min(body.height(), rows * tallest), smallest)
            fitted = self._best_tail(made, lines, body.width() - tables_width(made), body.height())
            if fitted.size >= max(MANY, self.smallest) * 0.9:
                break
        return fitted

    def _best_tail(self, made: list[Table], lines: list[Line], width: float, height: float) -> Fitted:
        """What becomes of the number stands behind the result, or below it where that lets the text be larger."""
        ways = []
        for inline in (True, False):
            written = with_tail(lines, self.tail, inline)
            size = fitting_size(written, max(width, 1.0), height, self._largest(written))
            ways.append(Fitted(made, written, size))
        return max(ways, key=lambda fitted: fitted.size)
