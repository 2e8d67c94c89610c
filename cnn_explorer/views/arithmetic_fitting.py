"""How much of the arithmetic is written out, and how large: the longest way that can be read in the room there is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from PySide6.QtCore import QSizeF

from cnn_explorer.views.arithmetic_formulas import TELL
from cnn_explorer.views.arithmetic_lines import ROOMS, Room, Told
from cnn_explorer.views.arithmetic_tables import Tables
from cnn_explorer.views.arithmetic_titles import layer_and_cell
from cnn_explorer.views.arithmetic_words import (
    FONT_OF_LINE,
    TAILS,
    Line,
    Word,
    fitting_size,
    needed_width,
    tight,
    with_tail,
)
from cnn_explorer.views.scales import Scales

CELL_HEIGHTS = (42.0, 34.0, 27.0, 23.0)
"""Of the tables, in pixels: as high as the sum beside them can be read."""
SMALLEST_NUMBER = 8.0
NUMBER, FEW, MANY = 15.0, 22.0, 17.0
"""Fonts, in pixels: of a number seen from afar, of one or two lines, of more."""
READABLE, READABLE_BY_CHANNEL = 0.64, 0.76
"""Of the largest font: with less, less is written out; earlier where the terms are those of one channel of several."""
MEASURED = 20
"""The font with which lines are measured, in pixels; other sizes follow from it."""


@dataclass(frozen=True, eq=False)
class Fitted:
    """What is drawn: the lines, `size` being their font's, beside tables `height` pixels high (0 for none).

    `room` is the place among ROOMS of how much is written out.
    """

    lines: list[Line]
    size: float
    height: float = 0.0
    room: int = 0


@dataclass(frozen=True, eq=False)
class Way:
    """A way to write it: its lines, and their width for each pixel of the font."""

    lines: list[Line]
    width: float

    def size(self, width: float, height: float, largest: float) -> float:
        """The largest font with which it fits, as far as can be told without measuring it in that font."""
        return min(largest, height / len(self.lines) * FONT_OF_LINE, max(width - 2, 0.0) / max(self.width, 0.1))


class Fitting:
    """What is told of one cell, `tail` being what becomes of its number. Its text is worked out once."""

    def __init__(self, told: Told, tail: list[Word], scales: Scales) -> None:
        self.told, self.tail, self._scales = told, tail, scales
        self._lines: dict[Room, list[Line]] = {}
        self._ways: dict[tuple[Room, bool], list[Way]] = {}

    @cached_property
    def tables(self) -> Tables | None:
        """The tables beside the lines; None where there is nothing to put into them."""
        return Tables(self.told, self._scales) if Tables.can_be(self.told) else None

    def lines(self, room: Room) -> list[Line]:
        """The arithmetic without its tail."""
        if room not in self._lines:
            self._lines[room] = TELL[self.told.way](self.told, room)
        return self._lines[room]

    def from_afar(self, body: QSizeF, smallest: float) -> Fitted:
        """The cell and its number on one line; where it is narrow without what becomes of it."""
        value = Word(self.told.scene.digits.output.text(self.told.shown), "output", True)
        name = Word(layer_and_cell(self.told) + "  =  ", "quiet", True)
        largest = max(NUMBER, smallest)
        lines, size = [[[name, value]]], 0.0
        for tail in (self.tail, []):
            lines = with_tail([[[name, value]]], tail, "inline")
            size = fitting_size(lines, body.width(), body.height(), largest)
            if size >= largest * READABLE:
                break
        return Fitted(lines, size)

    def longest(self, body: QSizeF, smallest: float, first: int = 0) -> Fitted:
        """The first way that can be read, from the longest to the shortest; the largest where none can.

        `smallest` is what no text may fall below, 0 where nobody presents. Nothing longer than room `first` is tried:
        while one draws, what was too long a moment ago still is, and the sum does not jump.
        """
        part = READABLE_BY_CHANNEL if self.told.by_channel else READABLE
        ways = []
        for at in range(first, len(ROOMS)):
            for fitted in self._fitted(body, ROOMS[at], smallest):
                if fitted.size >= (smallest or _largest(fitted.lines, smallest) * part):
                    return self._exactly(fitted, body, smallest, at)
                ways.append(fitted)
        return self._exactly(max(ways, key=lambda fitted: fitted.size), body, smallest, first)

    def _exactly(self, fitted: Fitted, body: QSizeF, smallest: float, room: int) -> Fitted:
        """The same, measured in its font: fonts have whole sizes, and their widths don't grow evenly."""
        width = body.width() - self._beside(fitted.height, smallest)
        size = fitting_size(fitted.lines, width, body.height(), _largest(fitted.lines, smallest))
        return Fitted(fitted.lines, size, fitted.height, room)

    def _beside(self, height: float, smallest: float) -> float:
        return self.tables.width(height, max(SMALLEST_NUMBER, smallest)) if self.tables and height else 0.0

    def _fitted(self, body: QSizeF, room: Room, smallest: float) -> list[Fitted]:
        """With tables and without, as wide as words like to stand or closer."""
        found = self._beside_tables(body, room, smallest)
        found.append(self._best(room, False, body.width(), body.height(), smallest))
        if len(found) > 1:
            found.append(self._best(room, True, body.width(), body.height(), smallest))
        return found

    def _beside_tables(self, body: QSizeF, room: Room, smallest: float) -> list[Fitted]:
        """The largest tables beside which the lines are nearly as large as they like to be, else the smallest."""
        found: list[Fitted] = []
        for tallest in (body.height(),) if smallest else CELL_HEIGHTS:
            height = 0.0 if self.tables is None else min(body.height(), self.tables.rows * tallest)
            if self.tables is None or not self.tables.fit(height, max(SMALLEST_NUMBER, smallest)):
                continue
            width = body.width() - self._beside(height, smallest)
            found = [self._best(room, False, width, body.height(), smallest, height)]
            if found[0].size >= max(MANY, smallest) * 0.9:
                break
        return found

    def _best(
        self, room: Room, close: bool, width: float, height: float, smallest: float, tables: float = 0.0
    ) -> Fitted:
        """What becomes of the number stands behind the result, or below it and smaller where the sum is larger then."""
        ways = self._with_tails(room, close)[: 2 if smallest else 3]  # before an audience nothing is small
        sized = [(way.size(width, height, _largest(way.lines, smallest)), way) for way in ways]
        size, way = max(sized, key=lambda pair: pair[0])
        return Fitted(way.lines, size, tables)

    def _with_tails(self, room: Room, close: bool) -> list[Way]:
        key = room, close
        if key not in self._ways:
            lines = tight(self.lines(room)) if close else self.lines(room)
            written = [with_tail(lines, self.tail, where) for where in TAILS]
            self._ways[key] = [Way(each, needed_width(each, MEASURED) / MEASURED) for each in written]
        return self._ways[key]


def _largest(lines: list[Line], smallest: float) -> float:
    return max(MANY if len(lines) > 2 else FEW, smallest)
