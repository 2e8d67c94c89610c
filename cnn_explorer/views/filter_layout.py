"""Where the tiles of a wall of filters stand: kernels on the left, their maps at the same places on the right."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from math import ceil

from PySide6.QtCore import QPointF, QRectF

SMALLEST_PITCH, LARGEST_PITCH = 24, 72
"""From one tile to the next, in device-independent pixels; the largest in a column."""
TILE_GAP = 4
BETWEEN = 14
"""From the wall of kernels to the wall of maps."""
EDGE = 3
"""Room for the frame of a tile at the border."""
HEADING = 22.0
KERNELS, MAPS = 0, 1


@dataclass(frozen=True)
class WallPlan:
    """Places of `count` tiles on two walls `width` wide in all, `pitch` from one tile to the next.

    `order` has the numbers of the filters as they stand; () as they are counted.
    """

    count: int
    width: int
    pitch: int
    order: tuple[int, ...] = ()

    @property
    def across(self) -> int:
        """The width of one wall."""
        return (self.width - BETWEEN - 2 * EDGE) // 2

    @property
    def columns(self) -> int:
        """Tiles side by side on one wall."""
        return max(1, self.across // self.pitch)

    @property
    def height(self) -> int:
        """Headings and all rows."""
        return round(HEADING) + ceil(self.count / self.columns) * self.pitch

    def number_at(self, place: int) -> int:
        """The filter that stands at a place, both from 0."""
        return self.order[place] if self.order else place

    def place_of(self, number: int) -> int:
        """The inverse of `number_at`."""
        return self._places[number] if self.order else number

    @cached_property
    def _places(self) -> dict[int, int]:
        return {number: place for place, number in enumerate(self.order)}

    def left(self, wall: int) -> int:
        """Where the tiles of a wall, KERNELS or MAPS, begin."""
        return EDGE + wall * (self.across + BETWEEN)

    def heading(self, wall: int) -> QRectF:
        """The place of a wall's heading."""
        return QRectF(self.left(wall) - EDGE, 0, self.across + EDGE, HEADING)

    def rect(self, wall: int, number: int) -> QRectF:
        """The square of a filter's tile, without the gap."""
        row, column = divmod(self.place_of(number), self.columns)
        side = self.pitch - TILE_GAP
        return QRectF(self.left(wall) + column * self.pitch, HEADING + row * self.pitch, side, side)

    def place_at(self, point: QPointF) -> int | None:
        """Which filter's tile, on either wall, a point is on."""
        for wall in (KERNELS, MAPS):
            column = int((point.x() - self.left(wall)) // self.pitch)
            row = int((point.y() - HEADING) // self.pitch)
            place = row * self.columns + column
            if 0 <= column < self.columns and row >= 0 and place < self.count:
                return self.number_at(place)
        return None

    def gap_at(self, point: QPointF) -> int:
        """Before which tile something dropped at a point would stand; `count` at the end. Only for filters as they
        are counted: in another order they can't be moved."""
        wall = KERNELS if point.x() < self.left(MAPS) - BETWEEN / 2 else MAPS
        row = min(max(int((point.y() - HEADING) // self.pitch), 0), (self.count - 1) // self.columns)
        column = min(max(round((point.x() - self.left(wall)) / self.pitch), 0), self.columns)
        return min(row * self.columns + column, self.count)

    def gap_rect(self, wall: int, gap: int) -> QRectF:
        """The line that shows a gap: before its tile, or behind the last one."""
        if gap < self.count:
            tile = self.rect(wall, gap)
            return QRectF(tile.left() - TILE_GAP / 2 - 1, tile.top(), 2, tile.height())
        tile = self.rect(wall, self.count - 1)
        return QRectF(tile.right() + TILE_GAP / 2 - 1, tile.top(), 2, tile.height())


@lru_cache(maxsize=8)
def plan_wall(
    count: int, width: int, height: int, largest: int = LARGEST_PITCH, order: tuple[int, ...] = ()
) -> WallPlan:
    """The plan with the largest tiles whose rows are not higher than `height`; the smallest, where none are."""
    for pitch in range(largest, SMALLEST_PITCH, -1):
        plan = WallPlan(count, width, pitch, order)
        if plan.height <= height and plan.across >= pitch:
            return plan
    return WallPlan(count, width, SMALLEST_PITCH, order)
