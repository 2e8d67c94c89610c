"""Convolution: at every position, the window times the kernel, summed, plus the bias."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar

import numpy as np

from cnn_explorer.network.arrays import Floats, sealed
from cnn_explorer.network.explanation import Cell, Explanation
from cnn_explorer.network.geometry import FILLS, Axis
from cnn_explorer.network.layers.controls import control
from cnn_explorer.network.layers.layer import Layer, Shape, all_of, explained_sum
from cnn_explorer.network.layers.sliding import (
    LARGEST_KERNEL,
    LARGEST_PADDING,
    PADDINGS,
    blocks,
    dilation_field,
    pad,
    padding_field,
    strides_field,
    windows_of,
)
from cnn_explorer.network.layers.weights import MOST_CHANNELS, Order, weights
from cnn_explorer.network.sentence import Sentence, say

__all__ = ["LARGEST_KERNEL", "LARGEST_PADDING", "MOST_CHANNELS", "Conv2D"]


@dataclass(frozen=True, eq=False)
class Conv2D(Layer):
    """y[r, c, f] = Σ x[r·s + i·d - p, c·s + j·d - p, k] · kernel[i, j, k, f] + bias[f]

    `kernel` is (rows, columns, input channels, filters), `bias` (filters,), as Keras stores them. The kernel is not
    flipped: strictly this is cross-correlation, and TensorFlow calls it convolution. `padding` is "valid", "same",
    "full" or four numbers of cells (top, bottom, left, right); the last two and `fill` other than "zero" exist in
    `tf.nn` and `tf.pad`, not in Keras's layer.
    """

    kernel: Floats = weights(
        np.zeros((3, 3, 1, 1)),
        summed=("rows", "columns", "channels"),
        rows=LARGEST_KERNEL,
        columns=LARGEST_KERNEL,
        channels=MOST_CHANNELS,
        filters=MOST_CHANNELS,
    )
    bias: Floats = weights([0.0], filters=MOST_CHANNELS)
    strides: tuple[int, int] = strides_field()
    dilation_rate: tuple[int, int] = dilation_field()
    padding: str | tuple[int, int, int, int] = padding_field("valid", "same", "full", high=LARGEST_PADDING)
    fill: str = control(
        "zero", "choice", say("Fill"), say("What the added cells hold: zeros, or a mirror image of the input"),
        options=FILLS,
    )  # fmt: skip

    kind: ClassVar[str] = "Conv2D"
    begins_block: ClassVar[bool] = True
    window_weights: ClassVar[str] = "kernel"
    when_new: ClassVar[Mapping[str, Any]] = {"padding": "same"}

    @classmethod
    def title(cls) -> Sentence:
        return say("Convolution")

    def label(self) -> str:
        return f"Conv2D {self.kernel_size[0]}×{self.kernel_size[1]}"

    @property
    def kernel_size(self) -> tuple[int, int]:
        """(rows, columns) of the kernel."""
        return self.kernel.shape[0], self.kernel.shape[1]

    @property
    def filters(self) -> int:
        """Filters, which is channels of the output."""
        return int(self.kernel.shape[3])

    def axes(self, shape: Shape) -> tuple[Axis, Axis]:
        rows, columns = self._pads(shape)
        return (
            Axis(shape[0], self.kernel_size[0], self.strides[0], self.dilation_rate[0], *rows, self.fill),
            Axis(shape[1], self.kernel_size[1], self.strides[1], self.dilation_rate[1], *columns, self.fill),
        )

    def _pads(self, shape: Shape) -> tuple[tuple[int, int], tuple[int, int]]:
        if not isinstance(self.padding, str):
            top, bottom, left, right = self.padding
            return (top, bottom), (left, right)
        sides = zip(shape[:2], self.kernel_size, self.strides, self.dilation_rate, strict=True)
        rows, columns = (PADDINGS[self.padding](*side) for side in sides)
        return rows, columns

    def output_channels(self, channels: int) -> int:
        return self.filters

    def channels_read(self, shape: Shape, channel: int) -> tuple[int, ...]:
        return all_of(shape[2])

    def channels_reached(self, shape: Shape, channel: int) -> tuple[int, ...]:
        return all_of(self.filters)

    def filter_weights(self, shape: Shape, channel: int) -> Floats:
        return self.kernel[..., channel]

    def filter_bias(self, channel: int) -> float:
        return float(self.bias[channel])

    def with_weights(self, shape: Shape, channel: int, at: int, weights: Floats) -> Conv2D:
        kernel = self.kernel.copy()
        kernel[:, :, at, channel] = weights
        return replace(self, kernel=sealed(kernel))

    def with_filter(self, shape: Shape, channel: int, weights: Floats) -> Conv2D:
        kernel = self.kernel.copy()
        kernel[..., channel] = weights
        return replace(self, kernel=sealed(kernel))

    def with_bias(self, channel: int, bias: float) -> Conv2D:
        biases = self.bias.copy()
        biases[channel] = bias
        return replace(self, bias=sealed(biases))

    def multiply_adds(self, shape: Shape) -> int:
        rows, columns, _ = self.output_shape(shape)
        return rows * columns * int(self.kernel.size)

    def channel_order(self, shape: Shape, order: Order) -> None:
        return None

    def forward(self, x: Floats) -> Floats:
        rows, columns = self.axes(x.shape)
        windows = windows_of(pad(x, rows, columns), rows, columns)
        kernel = self.kernel.reshape(-1, self.filters)
        out = np.empty((rows.output, columns.output, self.filters), np.float32)
        for some in blocks(windows):  # every window a row, every filter a column: one product of matrices
            out[some] = (windows[some].reshape(-1, len(kernel)) @ kernel).reshape(-1, *out.shape[1:])
        out += self.bias
        return out

    def explain(self, x: Floats, cell: Cell) -> Explanation:
        return explained_sum(self, x, cell)
