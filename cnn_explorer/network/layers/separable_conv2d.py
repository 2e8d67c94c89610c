"""Separable convolution: each channel through kernels of its own, then all of them added up with a weight each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar

import numpy as np

from cnn_explorer.network.arrays import Floats, sealed
from cnn_explorer.network.explanation import Cell, Explanation
from cnn_explorer.network.geometry import Axis
from cnn_explorer.network.layers.depthwise_conv2d import (
    MOST_MULTIPLIED,
    convolved_depthwise,
    depthwise_axes,
    depthwise_problem,
    multipliers,
)
from cnn_explorer.network.layers.layer import Layer, Shape, all_of, explained_sum
from cnn_explorer.network.layers.sliding import LARGEST_KERNEL, dilation_field, padding_field, strides_field
from cnn_explorer.network.layers.weights import MOST_CHANNELS, Order, reordered, weights
from cnn_explorer.network.sentence import Sentence, say


@dataclass(frozen=True, eq=False)
class SeparableConv2D(Layer):
    """y[r, c, f] = Σ over k, m of (x's channel k convolved with depthwise_kernel[:, :, k, m])[r, c]
    · pointwise_kernel[0, 0, k·M + m, f] + bias[f]

    `depthwise_kernel` is (rows, columns, input channels, M), M being the depth multiplier, `pointwise_kernel`
    (1, 1, input channels × M, filters), `bias` (filters,), as Keras stores them. What a filter multiplies its window
    with in all is `filter_weights`: a convolution's kernel, put together from fewer numbers (Sifre 2014, Chollet 2017).
    """

    depthwise_kernel: Floats = weights(
        np.zeros((3, 3, 1, 1)),
        summed=("rows", "columns"),
        rows=LARGEST_KERNEL,
        columns=LARGEST_KERNEL,
        channels=MOST_CHANNELS,
        multiplier=MOST_MULTIPLIED,
    )
    pointwise_kernel: Floats = weights(
        np.zeros((1, 1, 1, 1)),
        {
            "pointwise rows": 1,
            "pointwise columns": 1,
            "channels×multiplier": MOST_CHANNELS * MOST_MULTIPLIED,
            "filters": MOST_CHANNELS,
        },
        summed=("channels×multiplier",),
    )
    bias: Floats = weights([0.0], filters=MOST_CHANNELS)
    strides: tuple[int, int] = strides_field()
    dilation_rate: tuple[int, int] = dilation_field()
    padding: str = padding_field("valid", "same")

    kind: ClassVar[str] = "SeparableConv2D"
    begins_block: ClassVar[bool] = True
    window_weights: ClassVar[str] = "depthwise_kernel"
    when_new: ClassVar[Mapping[str, Any]] = {"padding": "same"}

    @classmethod
    def title(cls) -> Sentence:
        return say("Separable convolution")

    def label(self) -> str:
        return f"Separable {self.kernel_size[0]}×{self.kernel_size[1]}"

    @property
    def kernel_size(self) -> tuple[int, int]:
        """(rows, columns) of each kernel."""
        return self.depthwise_kernel.shape[0], self.depthwise_kernel.shape[1]

    @property
    def filters(self) -> int:
        """Filters, which is channels of the output."""
        return int(self.pointwise_kernel.shape[3])

    @property
    def depth_multiplier(self) -> int:
        """Kernels for each input channel."""
        return int(self.depthwise_kernel.shape[3])

    def with_depth_multiplier(self, count: int, rng: np.random.Generator) -> SeparableConv2D:
        """The layer with so many kernels for each channel. Raises Refused where there can't be so many."""
        return reordered(self, {"multiplier": multipliers(count)}, rng)

    def axes(self, shape: Shape) -> tuple[Axis, Axis]:
        return depthwise_axes(self, shape)

    def output_channels(self, channels: int) -> int:
        return self.filters

    def channels_read(self, shape: Shape, channel: int) -> tuple[int, ...]:
        return all_of(shape[2])

    def channels_reached(self, shape: Shape, channel: int) -> tuple[int, ...]:
        return all_of(self.filters)

    def channel_order(self, shape: Shape, order: Order) -> None:
        return None

    def filter_weights(self, shape: Shape, channel: int) -> Floats:
        """The kernel that both steps come to, (rows, columns, input channels): Σ over m, depthwise times pointwise."""
        points = self.pointwise_kernel[0, 0, :, channel].reshape(self.depthwise_kernel.shape[2:])
        combined: Floats = (self.depthwise_kernel * points).sum(3)
        return combined

    def filter_bias(self, channel: int) -> float:
        return float(self.bias[channel])

    def with_bias(self, channel: int, bias: float) -> SeparableConv2D:
        biases = self.bias.copy()
        biases[channel] = bias
        return replace(self, bias=sealed(biases))

    def multiply_adds(self, shape: Shape) -> int:
        rows, columns, _ = self.output_shape(shape)
        return rows * columns * int(self.depthwise_kernel.size + self.pointwise_kernel.size)

    def problem(self, shape: Shape) -> tuple[str, Sentence] | None:
        return depthwise_problem(self) or super().problem(shape)

    def forward(self, x: Floats) -> Floats:
        rows, columns = self.axes(x.shape)
        deep = convolved_depthwise(x, rows, columns, self.depthwise_kernel)
        out: Floats = deep @ self.pointwise_kernel[0, 0] + self.bias
        return out

    def explain(self, x: Floats, cell: Cell) -> Explanation:
        return explained_sum(self, x, cell)
