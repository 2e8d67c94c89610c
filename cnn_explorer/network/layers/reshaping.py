"""Layers that only put cells elsewhere: zero padding around a map, upsampling, and flattening into one row."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod
from typing import ClassVar

import numpy as np

from cnn_explorer.network.arrays import Floats
from cnn_explorer.network.explanation import Cell, Explanation, Reader, Region, Window
from cnn_explorer.network.geometry import Axis
from cnn_explorer.network.layers.controls import control
from cnn_explorer.network.layers.layer import Layer, Shape, all_of
from cnn_explorer.network.layers.sliding import LARGEST_PADDING, pad, read
from cnn_explorer.network.layers.weights import Order
from cnn_explorer.network.sentence import Sentence, say


@dataclass(frozen=True, eq=False)
class ZeroPadding2D(Layer):
    """Rows and columns of zeros around the map: `padding` is (top, bottom, left, right), each in cells."""

    padding: tuple[int, int, int, int] = control(
        (1, 1, 1, 1), "sides", say("Padding"), say("How many rows and columns of zeros are added on each side"),
        low=0, high=LARGEST_PADDING,
    )  # fmt: skip

    kind: ClassVar[str] = "ZeroPadding2D"

    @classmethod
    def title(cls) -> Sentence:
        return say("Zero padding")

    def label(self) -> str:
        return f"ZeroPad {self.padding[0]}" if len(set(self.padding)) == 1 else "ZeroPad"

    def axes(self, shape: Shape) -> tuple[Axis, Axis]:
        top, bottom, left, right = self.padding
        return Axis(shape[0], 1, before=top, after=bottom), Axis(shape[1], 1, before=left, after=right)

    def forward(self, x: Floats) -> Floats:
        return pad(x, *self.axes(x.shape))

    def explain(self, x: Floats, cell: Cell) -> Explanation:
        window = self.window(x.shape, cell)
        values, _ = read(x, window, *self.axes(x.shape))
        return _the_same(window, values)


@dataclass(frozen=True, eq=False)
class UpSampling2D(Layer):
    """y[r, c, k] = x[⌊r / rows⌋, ⌊c / columns⌋, k]: every cell repeated, `size` being (rows, columns) of it."""

    size: tuple[int, int] = control(
        (2, 2), "pair", say("Factor"), say("How many rows and columns each cell becomes"), low=1, high=4
    )

    kind: ClassVar[str] = "UpSampling2D"

    @classmethod
    def title(cls) -> Sentence:
        return say("Upsampling")

    def label(self) -> str:
        return f"UpSample {self.size[0]}×{self.size[1]}"

    def axes(self, shape: Shape) -> tuple[Axis, Axis]:
        return Axis(shape[0], 1, repeat=self.size[0]), Axis(shape[1], 1, repeat=self.size[1])

    def forward(self, x: Floats) -> Floats:
        return x.repeat(self.size[0], 0).repeat(self.size[1], 1)

    def explain(self, x: Floats, cell: Cell) -> Explanation:
        row, column = cell[0] // self.size[0], cell[1] // self.size[1]
        values = x[row, column, cell[2]].reshape(1, 1, 1)
        return _the_same(self.window(x.shape, cell), values)


@dataclass(frozen=True, eq=False)
class Flatten(Layer):
    """All cells in one row: y[(r · columns + c) · channels + k] = x[r, c, k], as Keras counts them.

    The row is a map (1, 1, cells), its numbers the channels of one place.
    """

    kind: ClassVar[str] = "Flatten"
    keeps_flat: ClassVar[bool] = True
    flat_output: ClassVar[bool] = True

    @classmethod
    def title(cls) -> Sentence:
        return say("Flatten")

    def label(self) -> str:
        return "Flatten"

    def axes(self, shape: Shape) -> tuple[Axis, Axis]:
        """One place that has everything in it; which cell each of its channels is, says `window`."""
        return Axis(shape[0], shape[0]), Axis(shape[1], shape[1])

    def output_shape(self, shape: Shape) -> Shape:
        return 1, 1, prod(shape)

    def window(self, shape: Shape, cell: Cell) -> Window:
        row, column, channel = map(int, np.unravel_index(cell[2], shape))
        return Window((row,), (column,), (channel,))

    def channels_read(self, shape: Shape, channel: int) -> tuple[int, ...]:
        return (channel % shape[2],)

    def channels_reached(self, shape: Shape, channel: int) -> tuple[int, ...]:
        return tuple(range(channel, prod(shape), shape[2]))

    def readers(self, shape: Shape, row: int, column: int) -> list[Reader]:
        return [Reader(0, 0, 0, 0)]

    def reads(self, shape: Shape, region: Region) -> Region:
        if not (region.rows and region.columns and len(region.channels) < prod(shape)):
            return _everything(shape) if region.rows and region.columns else Region((), (), ())
        places = np.unravel_index(np.array(region.channels, np.int64), shape)
        rows, columns, channels = (tuple(sorted(set(side.tolist()))) for side in places)
        return Region(rows, columns, channels)

    def reaches(self, shape: Shape, region: Region) -> Region:
        if region == _everything(shape):
            return Region((0,), (0,), all_of(prod(shape)))
        sides = np.ix_(*(np.array(side, np.int64) for side in (region.rows, region.columns, region.channels)))
        reached = np.ravel_multi_index(sides, shape).reshape(-1)
        return Region((0,), (0,), tuple(reached.tolist())) if reached.size else Region((), (), ())

    def channel_order(self, shape: Shape, order: Order) -> Order:
        places = range(shape[0] * shape[1])
        return [None if old is None else place * shape[2] + old for place in places for old in order]

    def forward(self, x: Floats) -> Floats:
        return x.reshape(1, 1, -1)

    def explain(self, x: Floats, cell: Cell) -> Explanation:
        return _the_same(self.window(x.shape, cell), x.reshape(-1)[cell[2]].reshape(1, 1, 1))


def _everything(shape: Shape) -> Region:
    return Region(all_of(shape[0]), all_of(shape[1]), all_of(shape[2]))


def _the_same(window: Window, values: Floats) -> Explanation:
    return Explanation("same", window, values, float(values[0, 0, 0]), np.ones((1, 1, 1), bool))
