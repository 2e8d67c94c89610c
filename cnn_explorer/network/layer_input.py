"""What a layer reads: one map, or the channels of several maps side by side.

In a network with branches a layer may read any maps before it: a residual addition those of two branches, a
concatenation those of many. To the layer itself they are one input, so that it need not know where its channels are
from.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cnn_explorer.network.arrays import Floats
from cnn_explorer.network.explanation import Region
from cnn_explorer.network.layers.layer import Shape, all_of
from cnn_explorer.network.sentence import Sentence, say

Sources = tuple[tuple[int, ...], ...]
"""The maps that each layer reads, 0 being the image and i + 1 the output of layer i; () where each reads the last."""


@dataclass(frozen=True)
class Part:
    """Map `map`, of this shape, as the input's channels from `first` on: `channels` of them.

    These are all of the map's, or its only one so many times. A map with one cell has that cell everywhere, where the
    other maps are larger.
    """

    map: int
    shape: Shape
    first: int
    channels: int


@dataclass(frozen=True)
class LayerInput:
    """The input of one layer: its shape, and the maps that it is made of."""

    shape: Shape
    parts: tuple[Part, ...]

    @property
    def maps(self) -> tuple[int, ...]:
        """The maps, in the order of their channels."""
        return tuple(part.map for part in self.parts)

    def origin(self, channel: int) -> tuple[int, int]:
        """The map that channel `channel` of the input is from, and which of its channels that is."""
        part = self.part_of(channel)
        return part.map, min(channel - part.first, part.shape[2] - 1)

    def part_of(self, channel: int) -> Part:
        """The part that channel `channel` of the input belongs to."""
        return next(part for part in reversed(self.parts) if part.first <= channel)

    def cell_of(self, row: int, column: int, channel: int) -> tuple[int, int, int, int]:
        """Map, row, column and channel of the cell that stands at a place of the input."""
        shape = self.part_of(channel).shape
        index, own = self.origin(channel)
        return index, min(row, shape[0] - 1), min(column, shape[1] - 1), own

    def values(self, maps: Sequence[Floats]) -> Floats:
        """The input (rows, columns, channels): the map itself where it is only one."""
        if len(self.parts) == 1:
            return maps[self.parts[0].map]
        spread = [np.broadcast_to(maps[part.map], (*self.shape[:2], part.channels)) for part in self.parts]
        joined: Floats = np.concatenate(spread, 2)
        joined.flags.writeable = False
        return joined

    def fields(self, region: Region) -> dict[int, Region]:
        """The cells of each map that are cells of `region` of the input; a map that has none is left out."""
        if len(self.parts) == 1:
            return {} if region.empty else {self.parts[0].map: region}
        found: dict[int, Region] = {}
        for part in self.parts:
            own = self._field(part, region)
            if not own.empty:
                found[part.map] = own.united(found[part.map]) if part.map in found else own
        return found

    def _field(self, part: Part, region: Region) -> Region:
        low, high = (bisect_left(region.channels, end) for end in (part.first, part.first + part.channels))
        if high - low == part.channels or (part.shape[2] < part.channels and high > low):
            channels = all_of(part.shape[2])
        else:
            channels = tuple(channel - part.first for channel in region.channels[low:high])
        rows, columns = (
            (0,) if side == 1 < whole and places else places
            for side, whole, places in zip(part.shape, self.shape, (region.rows, region.columns), strict=False)
        )
        return Region(rows, columns, channels)

    def reached(self, index: int, region: Region) -> Region:
        """The cells of the input that are cells of `region` of map `index`: none where it is another map."""
        if len(self.parts) == 1:
            return region if self.parts[0].map == index else Region()
        found = Region()
        for part in self.parts:
            if part.map == index and not region.empty:
                found = found.united(self._reached(part, region))
        return found

    def _reached(self, part: Part, region: Region) -> Region:
        rows, columns = (
            all_of(whole) if side == 1 < whole else places
            for side, whole, places in zip(part.shape, self.shape, (region.rows, region.columns), strict=False)
        )
        if part.shape[2] < part.channels:
            return Region(rows, columns, tuple(range(part.first, part.first + part.channels)))
        return Region(rows, columns, tuple(part.first + channel for channel in region.channels))


def joined(sources: Sequence[int], shapes: Sequence[Shape], alike: bool = False) -> LayerInput | Sentence:
    """The input that is made of these maps, `shapes` being those of all; or why they don't go together.

    Rows and columns must be the same, but a map with one cell goes with all others. With `alike` they must have equally
    many channels, or one.
    """
    read = [shapes[index] for index in sources]
    sizes = list(dict.fromkeys(shape[:2] for shape in read if shape[:2] != (1, 1)))
    if len(sizes) > 1:
        return say(
            "The maps that it reads must have the same rows and columns, but they have {first} and {other}.",
            first=_size(sizes[0]), other=_size(sizes[1]),
        )  # fmt: skip
    counts = list(dict.fromkeys(shape[2] for shape in read if shape[2] != 1))
    if alike and len(counts) > 1:
        return say(
            "The maps that it reads must have equally many channels, but they have {first} and {other}.",
            first=counts[0], other=counts[1],
        )  # fmt: skip
    parts: list[Part] = []
    first = 0
    for index, shape in zip(sources, read, strict=True):
        channels = counts[0] if alike and counts else shape[2]
        parts.append(Part(index, shape, first, channels))
        first += channels
    return LayerInput((*(sizes[0] if sizes else (1, 1)), first), tuple(parts))


def _size(size: tuple[int, ...]) -> str:
    return "×".join(map(str, size))


def sources_at(sources: Sources, index: int, enabled: bool = True) -> tuple[int, ...]:
    """The maps that layer `index` reads; one that is switched off hands on the first of them."""
    read = sources[index] if sources else (index,)
    return read if enabled else read[:1]
