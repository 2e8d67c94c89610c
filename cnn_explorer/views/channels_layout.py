"""The channels of one filter, opened between the columns of the network: input, kernel, part, sum, output.

Functions from sizes to rectangles, as in `overview_layout`, whose keys are used.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSizeF

from cnn_explorer.views.overview_layout import (
    LEGEND,
    MARGIN,
    MORE,
    TILE_GAP,
    Column,
    Item,
    Key,
    Layout,
    Wanted,
    fitted,
    rows_fitting,
)  # fmt: skip

GHOST_TILE = 24.0
GHOST_GAP = 7.0
GHOST = 0.3
"""How strongly a ghost is drawn."""


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
ROOMY_ROW = 72.0
"""Rather than show more channels than this many pixels allow for each, they are scrolled."""
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
        shown = min(each.channels, rows_fitting(room.height() * 0.9, GHOST_TILE))
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


def _gap(lefts: dict[str, float], widths: dict[str, float]) -> float:
    """Between two things that stand side by side, at least."""
    names = list(widths)
    return min(lefts[after] - lefts[before] - widths[before] for before, after in zip(names, names[1:], strict=False))


def _with_headings(
    items: dict[Key, Item], opened: Opened, lefts: dict[str, float], widths: dict[str, float], heading: float,
    size: QSizeF, places: tuple[int, ...], scrolled: tuple[int, int, int], rows: tuple[float, float], side: float,
) -> Layout:  # fmt: skip
    first, shown, count = scrolled
    reach = min(_gap(lefts, widths), 40.0)
    more = QRectF(lefts["input"] - 20, rows[0] + rows[1], side + 40, MORE) if shown < count else QRectF()

    def column(index: int, name: str, more: QRectF, first: int, shown: int) -> Column:
        head = QRectF(lefts[name], 0, widths[name], heading)
        legend = QRectF(lefts[name], size.height() - LEGEND, widths[name], LEGEND)
        return Column(index, head, legend, more, first, shown, reach)

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
    rows = min(count, max(2, min(5, int(inner.height() // ROOMY_ROW))))
    down = (inner.height() + ROW_GAP) / rows - ROW_GAP
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
