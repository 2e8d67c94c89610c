"""Depthwise convolution: each channel through kernels of its own. Channels are not added together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar

import numpy as np

from cnn_explorer.network.arrays import Floats, sealed
from cnn_explorer.network.explanation import Cell, Explanation
from cnn_explorer.network.geometry import Axis
from cnn_explorer.network.layers.layer import Layer, Shape, all_of, explained_sum
from cnn_explorer.network.layers.sliding import (
    LARGEST_KERNEL,
    dilation_field,
    pad,
    padding_field,
    sliding,
    strides_field,
    taps,
)
from cnn_explorer.network.layers.weights import MOST_CHANNELS, Order, reordered, weights
from cnn_explorer.network.sentence import Refused, Sentence, say

MOST_MULTIPLIED = 8
"""Kernels for each channel."""


@dataclass(frozen=True, eq=False)
class DepthwiseConv2D(Layer):
    """y[r, c, k·M + m] = Σ x[r·s + i·d - p, c·s + j·d - p, k] · kernel[i, j, k, m] + bias[k·M + m]

    `kernel` is (rows, columns, input channels, M), M being the depth multiplier, and `bias` (input channels × M,), as
    Keras stores them.
    """

    kernel: Floats = weights(
        np.zeros((3, 3, 1, 1)),
        summed=("rows", "columns"),
        rows=LARGEST_KERNEL,
        columns=LARGEST_KERNEL,
        channels=MOST_CHANNELS,
        multiplier=MOST_MULTIPLIED,
    )
    bias: Floats = weights([0.0], {"channels×multiplier": MOST_CHANNELS * MOST_MULTIPLIED})
    strides: tuple[int, int] = strides_field()
    dilation_rate: tuple[int, int] = dilation_field()
    padding: str = padding_field("valid", "same")

    kind: ClassVar[str] = "DepthwiseConv2D"
    begins_block: ClassVar[bool] = True
    window_weights: ClassVar[str] = "kernel"
    when_new: ClassVar[Mapping[str, Any]] = {"padding": "same"}

    @classmethod
    def title(cls) -> Sentence:
        return say("Depthwise convolution")

    def label(self) -> str:
        return f"Depthwise {self.kernel_size[0]}×{self.kernel_size[1]}"

    @property
    def kernel_size(self) -> tuple[int, int]:
        """(rows, columns) of each kernel."""
        return self.kernel.shape[0], self.kernel.shape[1]

    @property
    def depth_multiplier(self) -> int:
        """Kernels, and so output channels, for each input channel."""
        return int(self.kernel.shape[3])

    def with_depth_multiplier(self, count: int, rng: np.random.Generator) -> DepthwiseConv2D:
        """The layer with so many kernels for each channel. Raises Refused where there can't be so many."""
        return reordered(self, {"multiplier": multipliers(count)}, rng)

    def axes(self, shape: Shape) -> tuple[Axis, Axis]:
        return depthwise_axes(self, shape)

    def output_channels(self, channels: int) -> int:
        return channels * self.depth_multiplier

    def channels_read(self, shape: Shape, channel: int) -> tuple[int, ...]:
        return (channel // self.depth_multiplier,)

    def channels_reached(self, shape: Shape, channel: int) -> tuple[int, ...]:
        first = channel * self.depth_multiplier
        return tuple(range(first, first + self.depth_multiplier))

    def channel_order(self, shape: Shape, order: Order) -> Order:
        many = range(self.depth_multiplier)
        return [None if old is None else old * len(many) + m for old in order for m in many]

    def filter_weights(self, shape: Shape, channel: int) -> Floats | None:
        at, m = divmod(channel, self.depth_multiplier)
        return self.kernel[:, :, at : at + 1, m] if at < self.kernel.shape[2] else None

    def filter_bias(self, channel: int) -> float:
        return float(self.bias[channel]) if channel < len(self.bias) else 0.0

    def with_weights(self, shape: Shape, channel: int, at: int, weights: Floats) -> DepthwiseConv2D:
        kernel = self.kernel.copy()
        kernel[:, :, channel // self.depth_multiplier, channel % self.depth_multiplier] = weights
        return replace(self, kernel=sealed(kernel))

    def with_bias(self, channel: int, bias: float) -> DepthwiseConv2D:
        biases = self.bias.copy()
        biases[channel] = bias
        return replace(self, bias=sealed(biases))

    def multiply_adds(self, shape: Shape) -> int:
        rows, columns, _ = self.output_shape(shape)
        return rows * columns * int(self.kernel.size)

    def problem(self, shape: Shape) -> tuple[str, Sentence] | None:
        return depthwise_problem(self) or super().problem(shape)

    def forward(self, x: Floats) -> Floats:
        rows, columns = self.axes(x.shape)
        return convolved_depthwise(x, rows, columns, self.kernel) + self.bias

    def explain(self, x: Floats, cell: Cell) -> Explanation:
        return explained_sum(self, x, cell)


def depthwise_axes(layer: Any, shape: Shape) -> tuple[Axis, Axis]:
    """The window of a layer with kernel_size, strides, dilation_rate and padding."""
    sides = zip(shape[:2], layer.kernel_size, layer.strides, layer.dilation_rate, strict=True)
    rows, columns = (sliding(*side, layer.padding) for side in sides)
    return rows, columns


def depthwise_problem(layer: Any) -> tuple[str, Sentence] | None:
    """What TensorFlow refuses in every depthwise convolution."""
    if layer.strides[0] != layer.strides[1]:
        return "strides", say(
            "TensorFlow computes this layer only with the same stride for rows and columns; choose one for both."
        )
    if max(layer.strides) > 1 and max(layer.dilation_rate) > 1:
        return "dilation_rate", say(
            "TensorFlow computes this layer with a stride or with dilation, not with both; set one of them to 1."
        )
    return None


def convolved_depthwise(x: Floats, rows: Axis, columns: Axis, kernel: Floats) -> Floats:
    """Each channel of `x` (rows, columns, k) through its kernels (rows, columns, k, M): (rows, columns, k·M)."""
    padded = pad(x, rows, columns)
    out = np.zeros((rows.output, columns.output, *kernel.shape[2:]), np.float32)
    for i in range(rows.kernel):
        for j in range(columns.kernel):
            out += taps(padded, rows, columns, i, j)[..., np.newaxis] * kernel[i, j]
    return out.reshape(rows.output, columns.output, -1)


def multipliers(count: int) -> tuple[int, ...]:
    """The places of so many kernels for each channel. Raises Refused where there can't be so many."""
    if not 1 <= count <= MOST_MULTIPLIED:
        raise Refused(say("A channel has 1 to {most} kernels.", most=MOST_MULTIPLIED), "depth_multiplier")
    return all_of(count)
