"""Where everything stands in the picture of a network: all its maps, or the channels of one filter opened between them.

Functions from sizes to rectangles, in device-independent pixels. Every thing has a key, so that what is in two layouts
can move from its place in one to its place in the other:

    ("map", index, channel)   one map of the network; index 0 is the image, i + 1 the output of layer i
    ("flat", index)           all values of a flat map, which has one row and one column
    ("kernel", place)         the weights of the focused filter for one of its channels
    ("part", place)           what that channel adds to the output, as a map
    ("sum",), ("bias",)       where the parts come together
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from PySide6.QtCore import QRectF, QSizeF

from cnn_explorer.views.class_bars import WIDEST_NAME, bars_shown
from cnn_explorer.views.stage_layout import on_the_way

Key = tuple[object, ...]

MARGIN = 18.0
BLOCK_GAP, LAYER_GAP = 28.0, 12.0
NAME_REACH = 12.0
"""How far names reach into the gaps beside their column at most, in pixels."""
TILE_GAP = 5.0
LARGEST_TILE = 230.0
LEAST_COLUMN, FLAT_COLUMN = 50.0, 38.0
BARS_WIDTH, BAR_HEIGHT = 104.0, 24.0
FLAT_WIDTH = 16.0
MOST_FOR_NAMES = 90.0
"""So much wider than usual are bars at most, for the names of their classes."""
FEW = 4
"""Rather than show fewer maps of a layer than this, they are made smaller."""


COLOURED = -1


@dataclass(frozen=True)
class Lines:
    """The room that text of one size (in pixels) takes: above the columns, below them, and below their maps.

    `name` is the width of the widest name of a class; few classes have room for it.
    """

    size: float
    name: float = 0.0

    @property
    def heading(self) -> float:
        """The height of a name in two lines, a shape, and a line below it."""
        return self.size * 5.4

    @property
    def legend(self) -> float:
        """The height of a scale with its limits."""
        return 16.0 + self.size * 1.5

    @property
    def more(self) -> float:
        """The height of the "+48" below a column."""
        return self.size * 4 / 3

    @property
    def bars(self) -> tuple[float, float]:
        """The width of values as bars with names, and the height of one of them."""
        return max(BARS_WIDTH, self.size * 8), max(BAR_HEIGHT, self.size * 1.4)

    @property
    def least_gap(self) -> float:
        """Of the gaps between columns, where that makes all of them fit; names stay apart from each other."""
        return min(self.size / 30, 1.0)

    @property
    def tile(self) -> float:
        """The least side of a map's picture."""
        return self.size * 2.5


class Item(NamedTuple):
    """A place in the picture, and how strongly what stands there is drawn (0 to 1)."""

    rect: QRectF
    opacity: float = 1.0


@dataclass(frozen=True)
class Wanted:
    """One map of the network: its shape, and what it asks for."""

    rows: int
    columns: int
    channels: int
    begins_block: bool = False
    bars: bool = False
    """A flat map that is drawn as bars with names."""
    coloured: bool = False
    """An image in colours: shown as such, as channel COLOURED, before its planes."""
    heading: float = 0.0
    """The least width in which its heading can be read."""

    @property
    def shown(self) -> range:
        """The channels that have pictures."""
        return range(COLOURED if self.coloured else 0, self.channels)

    @property
    def flat(self) -> bool:
        """Whether it is a row of numbers rather than pictures."""
        return self.rows == self.columns == 1 and self.channels > 1


@dataclass(frozen=True)
class Column:
    """One map of the network as a column: its heading, its legend, and which of its channels are shown."""

    index: int
    heading: QRectF
    legend: QRectF
    more: QRectF
    first: int
    shown: int
    reach: float = 0.0
    """How far the names may reach beyond the column, both sides together."""

    @property
    def area(self) -> QRectF:
        """Everything between the heading and the legend."""
        return QRectF(self.heading.left(), self.heading.bottom(), self.heading.width(), self.legend.top())


@dataclass(frozen=True)
class Layout:
    """Everything in its place; `width` may be more than there is to see: then it scrolls."""

    items: dict[Key, Item] = field(default_factory=dict)
    columns: tuple[Column, ...] = ()
    width: float = 0.0
    rows: tuple[int, ...] = ()
    """In the channels' layout: the places among the filter's channels that are shown, from top to bottom."""
    tile: float = 0.0

    def column(self, index: int) -> Column | None:
        """The column of map `index`."""
        return next((each for each in self.columns if each.index == index), None)

    def key_at(self, x: float, y: float, around: float) -> Key | None:
        """What stands uppermost at a point, or as near to it as `around`."""
        for key, (left, top, right, bottom) in self._edges:
            if left - around <= x <= right + around and top - around <= y <= bottom + around:
                return key
        return None

    @cached_property
    def _edges(self) -> list[tuple[Key, tuple[float, float, float, float]]]:
        """Left, top, right and bottom of every thing, the uppermost first: the pointer asks a thousand at each move."""
        found = []
        for key, (rect, _) in reversed(self.items.items()):
            found.append((key, (rect.left(), rect.top(), rect.right(), rect.bottom())))
        return found


def gap_before(wanted: Sequence[Wanted], index: int) -> float:
    """Layers of one block stand closer together than blocks."""
    if index == 0:
        return 0.0
    return BLOCK_GAP if index == 1 or wanted[index].begins_block else LAYER_GAP


def network_layout(
    size: QSizeF, wanted: Sequence[Wanted], lines: Lines, focus: int, firsts: dict[int, int] | None = None
) -> Layout:
    """Every map of the network as a column of its channels, as many as fit; those of map `focus` also side by side.

    `firsts` says from which channel on a column shows its maps, where it does not from the first.
    """
    high = max(size.height() - lines.heading - lines.legend - 4, lines.tile)
    room = QRectF(MARGIN, lines.heading, size.width() - 2 * MARGIN, high)
    focus = min(focus, len(wanted) - 1)  # an impossible layer has no map
    gaps = [gap_before(wanted, index) for index in range(len(wanted))]
    least = sum(_width(each, lines.tile, 1, lines) for each in wanted)
    part = min(1.0, max((room.width() - least) / max(sum(gaps), 1.0), lines.least_gap))
    gaps = [gap * part for gap in gaps]
    side, across = _side(room, wanted, focus, sum(gaps), lines)
    widths = [_width(each, side, across if index == focus else 1, lines) for index, each in enumerate(wanted)]
    total = sum(widths) + sum(gaps)
    spare = room.width() - total
    if spare > 0 and len(wanted) > 1:
        wider = min(spare * 0.8 / (len(wanted) - 1), 40.0)
        gaps = [0.0, *(gap + wider for gap in gaps[1:])]
        total = sum(widths) + sum(gaps)
    left = room.left() + max(0.0, (room.width() - total) / 2)
    items: dict[Key, Item] = {}
    columns = []
    for index, each in enumerate(wanted):
        left += gaps[index]
        place = QRectF(left, room.top(), widths[index], room.height())
        first, beside = (firsts or {}).get(index, 0), across if index == focus else 1
        reach = min([NAME_REACH, *gaps[max(index, 1) : index + 2]]) - 1
        columns.append(_column(items, index, each, place, side, lines, first, beside, reach))
        left += widths[index]
    return Layout(items, tuple(columns), max(left + MARGIN, size.width()), tile=side)


def _side(room: QRectF, wanted: Sequence[Wanted], focus: int, gaps: float, lines: Lines) -> tuple[float, int]:
    """The largest side of a tile with which all columns fit, and how many maps of the focused layer stand side by side.

    These are as many as it takes to show all of them, as far as there is room. Where not even the smallest tiles fit,
    the picture is wider than the window.
    """
    several = min(max((len(each.shown) for each in wanted if not each.flat), default=1), FEW)
    side = min(LARGEST_TILE, (room.height() - lines.more) / several - TILE_GAP)
    least = sum(_width(each, lines.tile, 1, lines) for index, each in enumerate(wanted) if index != focus)
    while side > lines.tile and least <= room.width() - gaps:  # else nothing fits, and of hundreds the sum takes long
        others = sum(_width(each, side, 1, lines) for index, each in enumerate(wanted) if index != focus)
        rest = room.width() - gaps - others
        needed = _across(wanted[focus], side, room.height())
        if _width(wanted[focus], side, needed, lines) <= rest:
            return side, needed
        side -= 2
    side = lines.tile
    fitting = int((room.width() - gaps - least + TILE_GAP) // (side + TILE_GAP))
    return side, min(max(fitting, 1), _across(wanted[focus], side, room.height()))


def rows_fitting(height: float, side: float) -> int:
    """How many tiles of this side stand below one another in a height, one at least."""
    return max(1, int((height + TILE_GAP) // (side + TILE_GAP)))


def _across(each: Wanted, side: float, height: float) -> int:
    """How many maps have to stand side by side, so that all of a layer's are seen."""
    return 1 if each.flat else -(-len(each.shown) // rows_fitting(height, side))


def _bars_width(each: Wanted, lines: Lines) -> float:
    """Of very many values the largest are shown, and these have names of some length."""
    usual = lines.bars[0]
    if bars_shown(each.channels) != each.channels:
        return usual * 2
    return min(max(usual, lines.name / WIDEST_NAME), usual + MOST_FOR_NAMES)


def _width(each: Wanted, side: float, across: int, lines: Lines) -> float:
    if each.bars:
        return max(_bars_width(each, lines), each.heading)
    if each.flat:
        return max(FLAT_COLUMN, each.heading)
    return max(LEAST_COLUMN, each.heading, across * (side + TILE_GAP) - TILE_GAP)


def _column(
    items: dict[Key, Item], index: int, each: Wanted, place: QRectF, side: float, lines: Lines, first: int,
    across: int, reach: float,
) -> Column:  # fmt: skip
    head = QRectF(place.left(), 0, place.width(), lines.heading)
    legend = QRectF(place.left(), place.bottom() + 4, place.width(), lines.legend)
    if each.flat:
        width = _bars_width(each, lines) if each.bars else FLAT_WIDTH
        height = min(place.height(), max(bars_shown(each.channels) * lines.bars[1], 60.0))
        rect = QRectF(place.center().x() - width / 2, place.center().y() - height / 2, width, height)
        items["flat", index] = Item(rect)
        return Column(index, head, legend, QRectF(), 0, each.channels, reach)
    fitting = across * rows_fitting(place.height(), side)
    if len(each.shown) > fitting:
        fitting = across * rows_fitting(place.height() - lines.more, side)
    shown = min(len(each.shown), fitting)
    first = min(max(first, each.shown.start), each.shown.stop - shown)
    down = -(-shown // across)
    height = down * (side + TILE_GAP) - TILE_GAP
    spare = place.height() - height - (lines.more if shown < len(each.shown) else 0)
    top = place.top() + max(spare / 2, 0)
    left = place.center().x() - (across * (side + TILE_GAP) - TILE_GAP) / 2
    before, between_rows, width, high = _fitting(side, each.rows, each.columns)
    step = side + TILE_GAP
    for at in range(shown):
        row, column = divmod(at, across)
        x, y = left + column * step + before, top + row * step + between_rows
        items["map", index, first + at] = Item(QRectF(round(x), round(y), width, high))
    more = QRectF(place.left(), top + height, place.width(), lines.more) if shown < len(each.shown) else QRectF()
    return Column(index, head, legend, more, first, shown, reach)


def fitted(slot: QRectF, rows: int, columns: int) -> QRectF:
    """The largest rectangle in the middle of a slot for so many cells: whole pixels a cell where there is one."""
    width, height = _largest(slot.width(), slot.height(), rows, columns)
    left, top = slot.center().x() - width / 2, slot.center().y() - height / 2
    return QRectF(round(left), round(top), width, height)


def _largest(wide: float, tall: float, rows: int, columns: int) -> tuple[float, float]:
    side = min(wide / columns, tall / rows)
    side = float(int(side)) if side >= 2 else side
    return max(side * columns, 3.0), max(side * rows, 3.0)


def _fitting(side: float, rows: int, columns: int) -> tuple[float, float, float, float]:
    """As `fitted`, of a slot with sides of this length: how far it stands from the slot's corner, and its size."""
    width, height = _largest(side, side, rows, columns)
    return (side - width) / 2, (side - height) / 2, width, height


def between(before: Layout, after: Layout, part: float, seen: QRectF) -> Layout:
    """A layout on its way from one to another, `part` from 0 to 1: what is in both moves, the rest fades.

    What neither begins nor ends in `seen` is left out: of a network with hundreds of layers that is nearly all.
    """
    if part >= 1:
        return after
    items: dict[Key, Item] = {}
    for key, item in after.items.items():
        start = before.items.get(key)
        if not (seen.intersects(item.rect) or (start is not None and seen.intersects(start.rect))):
            continue
        if start is None:
            items[key] = Item(_scaled(item.rect, 0.6 + 0.4 * part), item.opacity * max(0.0, 2 * part - 1))
        else:
            items[key] = Item(on_the_way(start.rect, item.rect, part), start.opacity * (1 - part) + item.opacity * part)
    for key, item in before.items.items():
        if key not in after.items and part < 0.5 and seen.intersects(item.rect):
            items[key] = Item(item.rect, item.opacity * (1 - 2 * part))
    return Layout(items, after.columns, after.width, after.rows, after.tile)


def _scaled(rect: QRectF, by: float) -> QRectF:
    width, height = rect.width() * by, rect.height() * by
    return QRectF(rect.center().x() - width / 2, rect.center().y() - height / 2, width, height)
