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

from PySide6.QtCore import QRectF, QSizeF

from cnn_explorer.views.stage_layout import on_the_way

Key = tuple[object, ...]

MARGIN = 18.0
BLOCK_GAP, LAYER_GAP = 28.0, 12.0
TILE_GAP = 5.0
TILES = (230.0, 30.0)
"""The side of a map's picture: at most, at least."""
LEAST_COLUMN, FLAT_COLUMN = 50.0, 38.0
"""Wide enough for the names of layers, which may reach into the gaps."""
BARS_WIDTH = 116.0
FLAT_WIDTH = 16.0
LEGEND = 34.0
MORE = 16.0
"""The height of the "+48" below a column."""
FEW = 4
"""Rather than show fewer maps of a layer than this, they are made smaller."""
GHOST_TILE = 24.0
GHOST_GAP = 7.0
GHOST = 0.3
"""How strongly a ghost is drawn."""


COLOURED = -1


@dataclass(frozen=True)
class Item:
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
    opacity: float = 1.0

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


def gap_before(wanted: Sequence[Wanted], index: int) -> float:
    """Layers of one block stand closer together than blocks."""
    if index == 0:
        return 0.0
    return BLOCK_GAP if index == 1 or wanted[index].begins_block else LAYER_GAP


def network_layout(
    size: QSizeF, wanted: Sequence[Wanted], heading: float, focus: int, firsts: dict[int, int] | None = None
) -> Layout:
    """Every map of the network as a column of its channels, as many as fit; those of map `focus` also side by side.

    `firsts` says from which channel on a column shows its maps, where it does not from the first.
    """
    room = QRectF(MARGIN, heading, size.width() - 2 * MARGIN, max(size.height() - heading - LEGEND - 4, TILES[1]))
    focus = min(focus, len(wanted) - 1)  # an impossible layer has no map
    gaps = [gap_before(wanted, index) for index in range(len(wanted))]
    side, across = _side(room, wanted, focus, sum(gaps))
    widths = [_width(each, side, across if index == focus else 1) for index, each in enumerate(wanted)]
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
        columns.append(_column(items, index, each, place, side, heading, first, beside))
        left += widths[index]
    return Layout(items, tuple(columns), max(left + MARGIN, size.width()), tile=side)


def _side(room: QRectF, wanted: Sequence[Wanted], focus: int, gaps: float) -> tuple[float, int]:
    """The largest side of a tile with which all columns fit, and how many maps of the focused layer stand side by side.

    These are as many as it takes to show all of them, as far as there is room. Where not even the smallest tiles fit,
    the picture is wider than the window.
    """
    several = min(max((len(each.shown) for each in wanted if not each.flat), default=1), FEW)
    side = min(TILES[0], (room.height() - MORE) / several - TILE_GAP)
    while side > TILES[1]:
        others = sum(_width(each, side, 1) for index, each in enumerate(wanted) if index != focus)
        rest = room.width() - gaps - others
        needed = _across(wanted[focus], side, room.height())
        if rest >= _width(wanted[focus], side, needed) and _width(wanted[focus], side, needed) <= rest:
            return side, needed
        side -= 2
    side = TILES[1]
    others = sum(_width(each, side, 1) for index, each in enumerate(wanted) if index != focus)
    fitting = int((room.width() - gaps - others + TILE_GAP) // (side + TILE_GAP))
    return side, min(max(fitting, 1), _across(wanted[focus], side, room.height()))


def _rows_fitting(height: float, side: float) -> int:
    return max(1, int((height + TILE_GAP) // (side + TILE_GAP)))


def _across(each: Wanted, side: float, height: float) -> int:
    """How many maps have to stand side by side, so that all of a layer's are seen."""
    return 1 if each.flat else -(-len(each.shown) // _rows_fitting(height, side))


def _width(each: Wanted, side: float, across: int) -> float:
    if each.bars:
        return BARS_WIDTH
    if each.flat:
        return FLAT_COLUMN
    return max(LEAST_COLUMN, across * (side + TILE_GAP) - TILE_GAP)


def _column(
    items: dict[Key, Item], index: int, each: Wanted, place: QRectF, side: float, heading: float, first: int,
    across: int,
) -> Column:  # fmt: skip
    head = QRectF(place.left(), 0, place.width(), heading)
    legend = QRectF(place.left(), place.bottom() + 4, place.width(), LEGEND)
    if each.flat:
        width = BARS_WIDTH if each.bars else FLAT_WIDTH
        height = min(place.height(), max(each.channels * 24.0, 60.0))
        rect = QRectF(place.center().x() - width / 2, place.center().y() - height / 2, width, height)
        items["flat", index] = Item(rect)
        return Column(index, head, legend, QRectF(), 0, each.channels)
    fitting = across * _rows_fitting(place.height(), side)
    if len(each.shown) > fitting:
        fitting = across * _rows_fitting(place.height() - MORE, side)
    shown = min(len(each.shown), fitting)
    first = min(max(first, each.shown.start), each.shown.stop - shown)
    down = -(-shown // across)
    height = down * (side + TILE_GAP) - TILE_GAP
    spare = place.height() - height - (MORE if shown < len(each.shown) else 0)
    top = place.top() + max(spare / 2, 0)
    left = place.center().x() - (across * (side + TILE_GAP) - TILE_GAP) / 2
    for at in range(shown):
        row, column = divmod(at, across)
        slot = QRectF(left + column * (side + TILE_GAP), top + row * (side + TILE_GAP), side, side)
        items["map", index, first + at] = Item(fitted(slot, each.rows, each.columns))
    more = QRectF(place.left(), top + height, place.width(), MORE) if shown < len(each.shown) else QRectF()
    return Column(index, head, legend, more, first, shown)


def fitted(slot: QRectF, rows: int, columns: int) -> QRectF:
    """The largest rectangle in the middle of a slot for so many cells: whole pixels a cell where there is one."""
    side = min(slot.width() / columns, slot.height() / rows)
    side = float(int(side)) if side >= 2 else side
    width, height = max(side * columns, 3.0), max(side * rows, 3.0)
    left, top = slot.center().x() - width / 2, slot.center().y() - height / 2
    return QRectF(round(left), round(top), width, height)


@dataclass(frozen=True)
class Opened:
    """What the channels' layout shows of one layer: the map it reads, how many channels, and what comes after it.

    `order` are the places among the filter's channels, in the order in which they are shown; `multiplied` says that
    there are weights and parts, `kernel` their rows and columns. `filter` is the output's channel, `channels` those
    that `order` stands for, and `carried` the maps that the cell goes through up to the end of its block.
    """

    index: int
    filter: int
    order: tuple[int, ...]
    channels: tuple[int, ...]
    kernel: tuple[int, int] = (1, 1)
    multiplied: bool = True
    carried: tuple[tuple[int, int], ...] = ()


ROW_GAP = 12.0
NUMBER_WIDTH = 66.0
SIGN = 26.0
SUM_WIDTH = 46.0
CARRIED = 0.75
"""Of the usual side, the maps that follow the output."""


def channels_layout(
    size: QSizeF, wanted: Sequence[Wanted], heading: float, opened: Opened, first: int = 0, smallest: float = 34.0
) -> Layout:
    """The channels of one filter, opened between the columns: input, kernel, part; their sum, the output, what follows.

    `first` is the row from which on channels are shown. The columns of all other maps stand at the sides as ghosts.
    """
    room = QRectF(0, heading, size.width(), size.height() - heading - LEGEND - 4)
    items: dict[Key, Item] = {}
    carried = [index for index, _ in opened.carried]
    before = list(range(opened.index))
    after = [index for index in range(opened.index + 2, len(wanted)) if index not in carried]
    left = _ghosts(items, before, wanted, room, MARGIN, 1)
    right = _ghosts(items, after, wanted, room, size.width() - MARGIN, -1)
    inner = QRectF(left + 18, room.top(), max(right - left - 36, 200.0), room.height())
    return _open(items, wanted, inner, opened, first, heading, size, smallest)


def _ghosts(
    items: dict[Key, Item], indices: list[int], wanted: Sequence[Wanted], room: QRectF, edge: float, way: int
) -> float:
    """Small columns from an edge inwards; returns where they end. The farthest are left out where they are many."""
    most = max(1, int(room.width() * 0.13 // (GHOST_TILE + GHOST_GAP)))
    indices = indices[-most:] if way > 0 else indices[:most]
    for place, index in enumerate(indices if way > 0 else reversed(indices)):
        each = wanted[index]
        centre = edge + way * (place * (GHOST_TILE + GHOST_GAP) + GHOST_TILE / 2)
        if each.flat:
            height = min(room.height() * 0.7, each.channels * 6.0)
            rect = QRectF(centre - 5, room.center().y() - height / 2, 10, height)
            items["flat", index] = Item(rect, GHOST)
            continue
        shown = min(each.channels, _rows_fitting(room.height() * 0.9, GHOST_TILE))
        top = room.center().y() - (shown * (GHOST_TILE + TILE_GAP) - TILE_GAP) / 2
        for at in range(shown):
            slot = QRectF(centre - GHOST_TILE / 2, top + at * (GHOST_TILE + TILE_GAP), GHOST_TILE, GHOST_TILE)
            items["map", index, at] = Item(fitted(slot, each.rows, each.columns), GHOST)
    return edge + way * len(indices) * (GHOST_TILE + GHOST_GAP)


def _open(
    items: dict[Key, Item], wanted: Sequence[Wanted], inner: QRectF, opened: Opened, first: int, heading: float,
    size: QSizeF, smallest: float,
) -> Layout:  # fmt: skip
    source, target = wanted[opened.index], wanted[opened.index + 1]
    count, single = len(opened.order), source.rows == source.columns == 1
    side, tall = _sides(inner, opened, count, single, smallest)
    fitting = max(1, int((inner.height() + ROW_GAP) // (tall + ROW_GAP)))
    shown = min(count, fitting if count <= fitting else max(1, int((inner.height() - MORE) // (tall + ROW_GAP))))
    first = min(max(first, 0), count - shown)
    places = opened.order[first : first + shown]
    large, widths = _widths(inner, opened, side)
    across = sum(widths.values())
    extra = min(max(0.0, (inner.width() - across) / (len(widths) + 1)), 30.0)
    lefts: dict[str, float] = {}
    at = inner.left() + max(0.0, (inner.width() - across - extra * (len(widths) - 1)) / 2)
    for name, width in widths.items():
        lefts[name] = at
        at += width + extra
    height = shown * (tall + ROW_GAP) - ROW_GAP
    top = inner.top() + max(0.0, (inner.height() - height - (MORE if shown < count else 0)) / 2)
    for row, place in enumerate(places):
        slot = QRectF(lefts["input"], top + row * (tall + ROW_GAP), side, tall)
        channel = opened.channels[place]
        items["map", opened.index, channel] = Item(slot if single else fitted(slot, source.rows, source.columns))
        if opened.multiplied:
            kernel = slot.translated(lefts["kernel"] - slot.left(), 0)
            items["kernel", place] = Item(kernel if single else fitted(_shrunk(kernel, tall), *opened.kernel))
            part = slot.translated(lefts["part"] - slot.left(), 0)
            items["part", place] = Item(part if single else fitted(part, target.rows, target.columns))
    middle = inner.center().y()
    if opened.multiplied:
        items["sum",] = Item(QRectF(lefts["sum"], middle - SUM_WIDTH / 2, SUM_WIDTH, SUM_WIDTH))
        items["bias",] = Item(QRectF(lefts["sum"], middle + SUM_WIDTH / 2 + 22, SUM_WIDTH, 30))
    output = QRectF(lefts["output"], middle - large / 2, large, large)
    items["map", opened.index + 1, opened.filter] = Item(fitted(output, target.rows, target.columns))
    for index, channel in opened.carried:
        each = wanted[index]
        small = widths[f"carried {index}"]
        slot = QRectF(lefts[f"carried {index}"], middle - small / 2, small, small)
        items["map", index, channel] = Item(fitted(slot, each.rows, each.columns))
    scrolled, rows = (first, shown, count), (top, height)
    return _with_headings(items, opened, lefts, widths, heading, size, places, scrolled, rows, side)


def _with_headings(
    items: dict[Key, Item], opened: Opened, lefts: dict[str, float], widths: dict[str, float], heading: float,
    size: QSizeF, places: tuple[int, ...], scrolled: tuple[int, int, int], rows: tuple[float, float], side: float,
) -> Layout:  # fmt: skip
    first, shown, count = scrolled
    more = QRectF(lefts["input"] - 20, rows[0] + rows[1], side + 40, MORE) if shown < count else QRectF()

    def column(index: int, name: str, more: QRectF, first: int, shown: int) -> Column:
        head = QRectF(lefts[name] - 12, 0, widths[name] + 24, heading)
        legend = QRectF(lefts[name], size.height() - LEGEND, widths[name], LEGEND)
        return Column(index, head, legend, more, first, shown)

    columns = [
        column(opened.index, "input", more, first, shown),
        column(opened.index + 1, "output", QRectF(), opened.filter, 1),
        *(column(index, f"carried {index}", QRectF(), channel, 1) for index, channel in opened.carried),
    ]
    return Layout(items, tuple(columns), size.width(), places, side)


def _sides(inner: QRectF, opened: Opened, count: int, single: bool, smallest: float) -> tuple[float, float]:
    """The side of a row's pictures, and the row's height: values of a flat map need no more than a line."""
    if single:
        return max(66.0, smallest * 2.4), max(26.0, smallest)
    fixed = SIGN + NUMBER_WIDTH + SUM_WIDTH + 60 if opened.multiplied else 60.0
    across = (inner.width() - fixed) / ((3.0 if opened.multiplied else 1.0) + 1.3 + CARRIED * len(opened.carried))
    down = (inner.height() + ROW_GAP) / min(count, 5) - ROW_GAP
    side = max(min(across, down, 210.0), 40.0)
    return side, side


def _widths(inner: QRectF, opened: Opened, side: float) -> tuple[float, dict[str, float]]:
    """The width of the output's picture, and of everything from left to right."""
    large = min(max(side * 1.3, 90.0), inner.height(), inner.width() * 0.24)
    widths = {"input": side}
    if opened.multiplied:
        widths |= {"kernel": side, "part": side, "number": NUMBER_WIDTH, "sum": SUM_WIDTH}
    widths["output"] = large
    return large, widths | {f"carried {index}": side * CARRIED for index, _ in opened.carried}


def _shrunk(slot: QRectF, tall: float) -> QRectF:
    by = min(tall * 0.12, 10.0)
    return slot.adjusted(by, by, -by, -by)


def between(before: Layout, after: Layout, part: float) -> Layout:
    """A layout on its way from one to another, `part` from 0 to 1: what is in both moves, the rest fades."""
    if part >= 1:
        return after
    items: dict[Key, Item] = {}
    for key, item in after.items.items():
        start = before.items.get(key)
        if start is None:
            items[key] = Item(_scaled(item.rect, 0.6 + 0.4 * part), item.opacity * max(0.0, 2 * part - 1))
        else:
            items[key] = Item(on_the_way(start.rect, item.rect, part), start.opacity * (1 - part) + item.opacity * part)
    for key, item in before.items.items():
        if key not in after.items and part < 0.5:
            items[key] = Item(item.rect, item.opacity * (1 - 2 * part))
    return Layout(items, after.columns, after.width, after.rows, after.tile)


def _scaled(rect: QRectF, by: float) -> QRectF:
    width, height = rect.width() * by, rect.height() * by
    return QRectF(rect.center().x() - width / 2, rect.center().y() - height / 2, width, height)
