"""Where the user is looking: layer, filter, channel, cell, and how much of the map the steps have reached."""

from __future__ import annotations

from dataclasses import dataclass, replace

from cnn_explorer.network.layers.layer import Shape

LEVELS = ("network", "channels", "cell")
"""How near one looks: all maps of the network, the channels of one filter, one cell."""

IMAGE = -1
"""The layer index that stands for the input image itself."""


@dataclass(frozen=True)
class Cursor:
    """`layer` is an index into the network, IMAGE for the input. `row` and `column` are a cell of that layer's output.

    `stepping`: the map shows only the cells up to this one in full; otherwise all of it. `level` is one of LEVELS.
    """

    layer: int = 0
    row: int = 0
    column: int = 0
    filter: int = 0
    channel: int = 0
    stepping: bool = True
    level: str = "cell"

    def step(self, shape: Shape) -> int:
        """The cell's place in reading order, from 0, in an output of this shape."""
        return self.row * shape[1] + self.column

    def at_step(self, step: int, shape: Shape) -> Cursor:
        """The cursor on the cell at this place in reading order, kept inside the output."""
        step = min(max(step, 0), shape[0] * shape[1] - 1)
        return replace(self, row=step // shape[1], column=step % shape[1])

    def within(self, shape: Shape) -> Cursor:
        """The cursor moved into an output of this shape."""
        return replace(
            self,
            row=min(max(self.row, 0), shape[0] - 1),
            column=min(max(self.column, 0), shape[1] - 1),
            filter=min(self.filter, shape[2] - 1),
        )


@dataclass(frozen=True)
class Pin:
    """A cell of map `index` of the evaluation: 0 is the image, i + 1 the output of layer i."""

    index: int
    row: int
    column: int
    channel: int
