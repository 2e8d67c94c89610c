"""Dense: every output is a weighted sum of all inputs, plus a bias."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

import numpy as np

from cnn_explorer.network.arrays import Floats, sealed
from cnn_explorer.network.explanation import Cell, Explanation
from cnn_explorer.network.geometry import Axis
from cnn_explorer.network.layers.layer import Layer, Shape, all_of
from cnn_explorer.network.layers.weights import (
    MOST_CHANNELS,
    MOST_WEIGHTS,
    Order,
    is_too_large_to_edit,
    weights,
)
from cnn_explorer.network.sentence import Sentence, say


@dataclass(frozen=True, eq=False)
class Dense(Layer):
    """y[u] = Σ x[i] · kernel[i, u] + bias[u]

    `kernel` is (inputs, units), `bias` (units,), as Keras stores them. The input is a map (1, 1, inputs).
    """

    kernel: Floats = weights(np.zeros((1, 1)), summed=("inputs",), inputs=MOST_WEIGHTS, units=MOST_CHANNELS)
    bias: Floats = weights([0.0], units=MOST_CHANNELS)

    kind: ClassVar[str] = "Dense"
    begins_block: ClassVar[bool] = True
    flat_output: ClassVar[bool] = True
    filter_axis: ClassVar[str] = "units"
    channel_axis: ClassVar[str] = "inputs"
    new_filters: ClassVar[int] = 10

    @classmethod
    def title(cls) -> Sentence:
        return say("Dense")

    def label(self) -> str:
        return f"Dense {self.units}"

    @property
    def units(self) -> int:
        """Outputs."""
        return int(self.kernel.shape[1])

    @property
    def filters(self) -> int:
        """The units: each is a filter that reads everything."""
        return self.units

    def axes(self, shape: Shape) -> tuple[Axis, Axis]:
        return Axis(shape[0], 1), Axis(shape[1], 1)

    def output_channels(self, channels: int) -> int:
        return self.units

    def channels_read(self, shape: Shape, channel: int) -> tuple[int, ...]:
        return all_of(shape[2])

    def channels_reached(self, shape: Shape, channel: int) -> tuple[int, ...]:
        return all_of(self.units)

    def channel_order(self, shape: Shape, order: Order) -> None:
        return None

    def filter_weights(self, shape: Shape, channel: int) -> Floats:
        return self.kernel[:, channel].reshape(1, 1, -1)

    def filter_bias(self, channel: int) -> float:
        return float(self.bias[channel])

    def with_weights(self, shape: Shape, channel: int, at: int, weights: Floats) -> Dense | None:
        if is_too_large_to_edit(self):
            return None
        kernel = self.kernel.copy()
        kernel[at, channel] = weights[0, 0]
        return replace(self, kernel=sealed(kernel))

    def with_filter(self, shape: Shape, channel: int, weights: Floats) -> Dense | None:
        if is_too_large_to_edit(self):
            return None
        kernel = self.kernel.copy()
        kernel[:, channel] = weights[0, 0]
        return replace(self, kernel=sealed(kernel))

    def with_bias(self, channel: int, bias: float) -> Dense:
        biases = self.bias.copy()
        biases[channel] = bias
        return replace(self, bias=sealed(biases))

    def multiply_adds(self, shape: Shape) -> int:
        return int(self.kernel.size)

    def fitted(self, shape: Shape, rng: np.random.Generator) -> Dense:
        return super().fitted(shape, rng) if shape[:2] == (1, 1) else self

    def problem(self, shape: Shape) -> tuple[str, Sentence] | None:
        if shape[:2] != (1, 1):
            return "", say(
                "Dense reads one row of numbers, but its input is {rows}×{columns} cells; "
                "put Flatten or a global pooling before it.",
                rows=shape[0], columns=shape[1],
            )  # fmt: skip
        return super().problem(shape)

    def unfit(self, has: int, needs: int) -> Sentence:
        return say(
            "The weights are for {has} inputs, but there are {needs}; choose weights for {needs} inputs.",
            has=has, needs=needs,
        )  # fmt: skip

    def forward(self, x: Floats) -> Floats:
        out: Floats = x @ self.kernel + self.bias
        return out

    def explain(self, x: Floats, cell: Cell) -> Explanation:
        kernel, bias = self.filter_weights(x.shape, cell[2]), self.filter_bias(cell[2])
        result = float(np.sum(x.astype(float) * kernel) + bias)
        return Explanation("sum", self.window(x.shape, cell), x, result, np.ones(x.shape, bool), kernel, bias)
