"""The channels of one filter, opened between the columns of the network: input, kernel, part, sum, output.

Functions from sizes to rectangles, as in `overview_layout`, whose keys are used.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSizeF

from cnn_explorer.views.overview_layout import (
    MARGIN,
    TILE_GAP,
    Column,
    Item,
    Key,
    Layout,
    Lines,
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
    """What the channels' layout shows of layer `index`: what it reads, how many channels, and what comes after it.

    `order` are the places among the filter's channels, in the order in which they are shown; `multiplied` says that
    there are weights and parts, `kernel` their rows and columns. `filter` is the output's channel, `sources` the map
    and its channel that each place stands for, and `carried` the maps that the cell goes through up to the end of its
    block.
    """

    index: int
    filter: int
    order: tuple[int, ...]
    sources: tuple[tuple[int, int], ...]
    kernel: tuple[int, int] = (1, 1)
    multiplied: bool = True
    carried: tuple[tuple[int, int], ...] = ()

    @property
    def maps(self) -> tuple[int, ...]:
        """The maps that the channels are from."""
        return tuple(dict.fromkeys(index for index, _ in self.sources))


ROW_GAP = 12.0
NUMBER_WIDTH, SIGN = 5.5, 2.2
"""Of a number in its frame and of a sign between two pictures, in heights of the text."""
SUM_WIDTH = 46.0
ROW, FEWEST_ROWS, MOST_ROWS = 6.0, 2, 5
"""The height of a row that is easily seen, in heights of the text; and how many such rows there are at once."""
SMALLEST_SIDE, STILL_SEEN, ROOMY = 40.0, 44.0, 60.0
"""The least side of a row's pictures; how small they may become for all channels to be there; and for wide gaps."""
LEAST_GAP = 6.0
SHRUNK = 0.9
"""So much smaller than the width makes them pictures may be for one row more."""
CARRIED = 0.75
"""Of the usual side, the maps that follow the output."""


def channels_layout(size: QSizeF, wanted: Sequence[Wanted], lines: Lines, opened: Opened, first: int = 0) -> Layout:
    """The channels of one filter, opened between the columns: input, kernel, part; their sum, the output, what follows.

    `first` is the row from which on channels are shown. The columns of all other maps stand at the sides as ghosts.
    """
    room = QRectF(0, lines.heading, size.width(), size.height() - lines.heading - lines.legend - 4)
    items: dict[Key, Item] = {}
    carried = [index for index, _ in opened.carried]
    before = [index for index in range(opened.index + 1) if index not in opened.maps]
    after = [index for index in range(opened.index + 2, len(wanted)) if index not in carried]
    left = _ghosts(items, before, wanted, room, MARGIN, 1)
    right = _ghosts(items, after, wanted, room, size.width() - MARGIN, -1)
    inner = QRectF(left + 18, room.top(), max(right - left - 36, 200.0), room.height())
    return _Opening(size, wanted, lines, opened, inner).layout(items, first)


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


class _Opening:
    """The places of one opened layer, worked out from its widths; made for one layout."""

    def __init__(self, size: QSizeF, wanted: Sequence[Wanted], lines: Lines, opened: Opened, inner: QRectF) -> None:
        self.size, self.wanted, self.lines, self.opened, self.inner = size, wanted, lines, opened, inner
        self.target = wanted[opened.index + 1]
        self.single = all(wanted[index].rows == wanted[index].columns == 1 for index in opened.maps)
        self.sum_width = max(SUM_WIDTH, lines.size * 2.8)
        self.side, self.tall, self.row_gap = self._sides()
        self.large = min(max(self.side * 1.3, 90.0), inner.height(), inner.width() * 0.24)
        self.widths = self._widths()
        self.gap = self._gap()
        self.lefts = self._lefts()

    def _sides(self) -> tuple[float, float, float]:
        """The side of a row's pictures, the row's height (values of a flat map need a line), and the gap below."""
        inner, opened, text = self.inner, self.opened, self.lines.size
        if self.single:
            return max(66.0, text * 4.1), max(26.0, text * 1.7), ROW_GAP
        numbers = (SIGN + NUMBER_WIDTH) * text + self.sum_width
        fixed = numbers + 60 if opened.multiplied else 60.0
        across = (inner.width() - fixed) / ((3.0 if opened.multiplied else 1.0) + 1.3 + CARRIED * len(opened.carried))
        rows = min(len(opened.order), self._rows_at_once(across))
        room = inner.height() - (self.lines.more if rows < len(opened.order) else 0.0)
        gap = ROW_GAP if _side(room, rows, ROW_GAP) >= min(across, ROOMY) else LEAST_GAP
        side = max(min(across, _side(room, rows, gap), 210.0), SMALLEST_SIDE)
        return side, side, gap

    def _rows_at_once(self, across: float) -> int:
        """How many rows there are: as many as are easily seen, more where the width keeps them small anyway."""
        height, count = self.inner.height(), len(self.opened.order)
        if count <= MOST_ROWS and _side(height, count, LEAST_GAP) >= STILL_SEEN:
            return count
        seen = min(int(height / (self.lines.size * ROW)), MOST_ROWS)
        small = max(across * SHRUNK, SMALLEST_SIDE) + LEAST_GAP
        return max(seen, int((height - self.lines.more + LEAST_GAP) / small), FEWEST_ROWS)

    def _widths(self) -> dict[str, float]:
        """The width of everything from left to right; what has a heading is wide enough for it."""
        widths = {"input": self.side}
        if self.opened.multiplied:
            number = NUMBER_WIDTH * self.lines.size
            widths |= {"kernel": self.side, "part": self.side, "number": number, "sum": self.sum_width}
        widths["output"] = max(self.large, self.target.heading)
        following = {f"carried {index}": self.wanted[index].heading for index, _ in self.opened.carried}
        return widths | {name: max(self.side * CARRIED, heading) for name, heading in following.items()}

    def _gap(self) -> float:
        """Between two things that stand side by side."""
        return min(max(0.0, (self.inner.width() - sum(self.widths.values())) / (len(self.widths) + 1)), 30.0)

    def _lefts(self) -> dict[str, float]:
        """Where everything begins: in the middle, apart from each other as far as there is room."""
        across = sum(self.widths.values()) + self.gap * (len(self.widths) - 1)
        at = self.inner.left() + max(0.0, (self.inner.width() - across) / 2)
        lefts = {}
        for name, width in self.widths.items():
            lefts[name] = at
            at += width + self.gap
        return lefts

    def layout(self, items: dict[Key, Item], first: int) -> Layout:
        """Everything in its place, with the rows from `first` on; adds to `items`."""
        count, more, height = len(self.opened.order), self.lines.more, self.inner.height()
        shown = min(count, self._rows_in(height))
        if shown < count:
            shown = self._rows_in(height - more)
        first = min(max(first, 0), count - shown)
        places = self.opened.order[first : first + shown]
        below = more if shown < count else 0.0
        high = shown * (self.tall + self.row_gap) - self.row_gap
        top = self.inner.top() + max(0.0, (height - high - below) / 2)
        for row, place in enumerate(places):
            self._place_row(items, place, top + row * (self.tall + self.row_gap))
        self._place_sum(items)
        rest = QRectF(self.lefts["input"] - 20, top + high, self.side + 40, below) if below else QRectF()
        columns = (
            self._column(self.opened.maps[0], "input", rest, first, shown),
            self._column(self.opened.index + 1, "output", QRectF(), self.opened.filter, 1),
            *(self._column(index, f"carried {index}", QRectF(), channel, 1) for index, channel in self.opened.carried),
        )
        return Layout(items, columns, self.size.width(), places, self.side)

    def _rows_in(self, height: float) -> int:
        return max(1, int((height + self.row_gap + 0.5) // (self.tall + self.row_gap)))

    def _place_row(self, items: dict[Key, Item], place: int, top: float) -> None:
        opened, target = self.opened, self.target
        slot = QRectF(self.lefts["input"], top, self.side, self.tall)
        index, channel = opened.sources[place]
        source = self.wanted[index]
        items["map", index, channel] = Item(slot if self.single else fitted(slot, source.rows, source.columns))
        if opened.multiplied:
            kernel = slot.translated(self.lefts["kernel"] - slot.left(), 0)
            items["kernel", place] = Item(kernel if self.single else fitted(_shrunk(kernel, self.tall), *opened.kernel))
            part = slot.translated(self.lefts["part"] - slot.left(), 0)
            items["part", place] = Item(part if self.single else fitted(part, target.rows, target.columns))

    def _place_sum(self, items: dict[Key, Item]) -> None:
        """Where the rows come together, the output, and what becomes of it."""
        opened, middle, width, text = self.opened, self.inner.center().y(), self.sum_width, self.lines.size
        if opened.multiplied:
            node = QRectF(self.lefts["sum"], middle - width / 2, width, width)
            items["sum",] = Item(node)
            items["bias",] = Item(QRectF(node.left(), node.bottom() + text * 1.85, width, text * 2.5))
        items["map", opened.index + 1, opened.filter] = Item(self._fitted("output", self.large, self.target))
        for index, channel in opened.carried:
            name = f"carried {index}"
            rect = self._fitted(name, min(self.widths[name], self.large), self.wanted[index])
            items["map", index, channel] = Item(rect)

    def _fitted(self, name: str, side: float, each: Wanted) -> QRectF:
        left = self.lefts[name] + (self.widths[name] - side) / 2
        return fitted(QRectF(left, self.inner.center().y() - side / 2, side, side), each.rows, each.columns)

    def _column(self, index: int, name: str, more: QRectF, first: int, shown: int) -> Column:
        left, width, lines = self.lefts[name], self.widths[name], self.lines
        head = QRectF(left, 0, width, lines.heading)
        legend = QRectF(left, self.size.height() - lines.legend, width, lines.legend)
        free = self.wanted[index].heading - width + 6 if name == "input" else 0.0  # beside it nothing has a name
        return Column(index, head, legend, more, first, shown, max(self.gap, free))


def _side(room: float, rows: int, gap: float) -> float:
    """How high so many rows are, with gaps between them."""
    return (room + gap) / rows - gap


def _shrunk(slot: QRectF, tall: float) -> QRectF:
    by = min(tall * 0.12, 10.0)
    return slot.adjusted(by, by, -by, -by)
