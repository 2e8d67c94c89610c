"""Layers that join the branches of a network: several maps, added, multiplied or put side by side.

What they read are the channels of all maps side by side (see `layer_input`): of `inputs` maps with C channels each,
x[r, c, k + j·C] is channel k of map j.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import prod
from typing import Any, ClassVar

import numpy as np

from cnn_explorer.network.arrays import Floats
from cnn_explorer.network.explanation import Cell, Combination, Explanation
from cnn_explorer.network.geometry import Axis
from cnn_explorer.network.layers.layer import Layer, Shape
from cnn_explorer.network.layers.weights import Order
from cnn_explorer.network.sentence import Sentence, say


@dataclass(frozen=True, eq=False)
class Merging(Layer):
    """What all of them have in common but Concatenate: channel k of the output is made of channel k of every map."""

    inputs: int = field(default=1, metadata={"saved": False})

    alike: ClassVar[bool] = True
    keeps_flat: ClassVar[bool] = True
    combination: ClassVar[Combination] = "sum"

    def label(self) -> str:
        return self.kind

    def axes(self, shape: Shape) -> tuple[Axis, Axis]:
        return Axis(shape[0], 1), Axis(shape[1], 1)

    def output_channels(self, channels: int) -> int:
        return channels // self.inputs

    def channels_read(self, shape: Shape, channel: int) -> tuple[int, ...]:
        return tuple(range(channel, shape[2], self.output_channels(shape[2])))

    def channels_reached(self, shape: Shape, channel: int) -> tuple[int, ...]:
        return (channel % self.output_channels(shape[2]),)

    def channel_order(self, shape: Shape, order: Order) -> Order | None:
        """That of each map, where it is the same for all."""
        count, before = len(order) // self.inputs, self.output_channels(shape[2])
        own = [
            [None if old is None else old - place * before for old in order[place * count : (place + 1) * count]]
            for place in range(self.inputs)
        ]
        return own[0] if all(each == own[0] for each in own) else None

    def problem(self, shape: Shape) -> tuple[str, Sentence] | None:
        if shape[2] % self.inputs:
            return "", say(
                "{count} channels can't be those of {inputs} maps; give each of them equally many.",
                count=shape[2], inputs=self.inputs,
            )  # fmt: skip
        return super().problem(shape)

    def _apart(self, x: Floats) -> Floats:
        """`x` as (rows, columns, maps, channels)."""
        return x.reshape(*x.shape[:2], self.inputs, -1)

    def _values(self, x: Floats, cell: Cell) -> Floats:
        """What an output cell reads: (1, 1, maps)."""
        return self._apart(x)[cell[0], cell[1], :, cell[2]].reshape(1, 1, -1)

    def _explained(self, x: Floats, cell: Cell, result: float, **others: Any) -> Explanation:
        values = self._values(x, cell)
        counted = np.ones(values.shape, bool)
        return Explanation(self.combination, self.window(x.shape, cell), values, result, counted, **others)


@dataclass(frozen=True, eq=False)
class Add(Merging):
    """y[r, c, k] = Σ x[r, c, k + j·C] over all maps j."""

    kind: ClassVar[str] = "Add"

    @classmethod
    def title(cls) -> Sentence:
        return say("Addition")

    def forward(self, x: Floats) -> Floats:
        out: Floats = self._apart(x).sum(2)
        return out

    def explain(self, x: Floats, cell: Cell) -> Explanation:
        values = self._values(x, cell)
        return self._explained(x, cell, float(values.sum(dtype=float)), weights=np.ones(values.shape, np.float32))


@dataclass(frozen=True, eq=False)
class Subtract(Merging):
    """y[r, c, k] = x[r, c, k] - the sum of x[r, c, k + j·C] over the other maps j: Keras has it of two maps."""

    kind: ClassVar[str] = "Subtract"

    @classmethod
    def title(cls) -> Sentence:
        return say("Subtraction")

    def forward(self, x: Floats) -> Floats:
        apart = self._apart(x)
        out: Floats = apart[:, :, 0] - apart[:, :, 1:].sum(2)
        return out

    def explain(self, x: Floats, cell: Cell) -> Explanation:
        values = self._values(x, cell)
        signs = np.full(values.shape, -1, np.float32)
        signs[..., 0] = 1
        return self._explained(x, cell, float((values.astype(float) * signs).sum()), weights=signs)


@dataclass(frozen=True, eq=False)
class Multiply(Merging):
    """y[r, c, k] = Π x[r, c, k + j·C] over all maps j."""

    kind: ClassVar[str] = "Multiply"
    combination: ClassVar[Combination] = "product"

    @classmethod
    def title(cls) -> Sentence:
        return say("Multiplication")

    def multiply_adds(self, shape: Shape) -> int:
        return prod(shape) // self.inputs * (self.inputs - 1)

    def forward(self, x: Floats) -> Floats:
        out: Floats = self._apart(x).prod(2)
        return out

    def explain(self, x: Floats, cell: Cell) -> Explanation:
        return self._explained(x, cell, float(self._values(x, cell).prod(dtype=float)))


@dataclass(frozen=True, eq=False)
class Average(Merging):
    """y[r, c, k] = the mean of x[r, c, k + j·C] over all maps j."""

    kind: ClassVar[str] = "Average"
    combination: ClassVar[Combination] = "mean"

    @classmethod
    def title(cls) -> Sentence:
        return say("Average of maps")

    def forward(self, x: Floats) -> Floats:
        out: Floats = self._apart(x).mean(2)
        return out

    def explain(self, x: Floats, cell: Cell) -> Explanation:
        return self._explained(x, cell, float(self._values(x, cell).mean(dtype=float)))


@dataclass(frozen=True, eq=False)
class Maximum(Merging):
    """y[r, c, k] = the largest x[r, c, k + j·C] of all maps j."""

    kind: ClassVar[str] = "Maximum"
    combination: ClassVar[Combination] = "maximum"

    @classmethod
    def title(cls) -> Sentence:
        return say("Maximum of maps")

    def forward(self, x: Floats) -> Floats:
        out: Floats = self._apart(x).max(2)
        return out

    def explain(self, x: Floats, cell: Cell) -> Explanation:
        values = self._values(x, cell)
        place = int(values.argmax())
        return self._explained(x, cell, float(values[0, 0, place]), facts={"winner": float(place)})


@dataclass(frozen=True, eq=False)
class Concatenate(Layer):
    """y = x: the channels of all maps side by side, as they are read."""

    inputs: int = field(default=1, metadata={"saved": False})

    kind: ClassVar[str] = "Concatenate"
    keeps_flat: ClassVar[bool] = True

    @classmethod
    def title(cls) -> Sentence:
        return say("Concatenation")

    def label(self) -> str:
        return "Concat"

    def axes(self, shape: Shape) -> tuple[Axis, Axis]:
        return Axis(shape[0], 1), Axis(shape[1], 1)

    def forward(self, x: Floats) -> Floats:
        return x

    def explain(self, x: Floats, cell: Cell) -> Explanation:
        values = x[cell[0], cell[1], cell[2]].reshape(1, 1, 1)
        counted = np.ones((1, 1, 1), bool)
        return Explanation("same", self.window(x.shape, cell), values, float(values[0, 0, 0]), counted)
