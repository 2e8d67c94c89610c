"""Transposed convolution: every input cell spreads a kernel over the output, one stride further for each cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar

import numpy as np

from cnn_explorer.network.arrays import Floats, sealed
from cnn_explorer.network.explanation import Cell, Explanation
from cnn_explorer.network.geometry import Axis
from cnn_explorer.network.layers.layer import Layer, Shape, all_of, explained_sum
from cnn_explorer.network.layers.sliding import LARGEST_KERNEL, pad, padding_field, strides_field, taps
from cnn_explorer.network.layers.weights import MOST_CHANNELS, Order, weights
from cnn_explorer.network.sentence import Sentence, say


@dataclass(frozen=True, eq=False)
class Conv2DTranspose(Layer):
    """y[r·s + i - p, c·s + j - p, f] gets x[r, c, k] · kernel[i, j, f, k] from every r, c, i, j, k; and bias[f].

    `kernel` is (rows, columns, filters, input channels), `bias` (filters,), as Keras stores them. Read from the output,
    it is a convolution: the input's cells stand `strides` apart with zeros between, and a window with the kernel
    turned by 180° moves over them one cell at a time (Dumoulin & Visin 2016, chapter 4).
    """

    kernel: Floats = weights(
        np.zeros((3, 3, 1, 1)),
        summed=("rows", "columns", "channels"),
        rows=LARGEST_KERNEL,
        columns=LARGEST_KERNEL,
        filters=MOST_CHANNELS,
        channels=MOST_CHANNELS,
    )
    bias: Floats = weights([0.0], filters=MOST_CHANNELS)
    strides: tuple[int, int] = strides_field()
    padding: str = padding_field("valid", "same")

    kind: ClassVar[str] = "Conv2DTranspose"
    begins_block: ClassVar[bool] = True
    window_weights: ClassVar[str] = "kernel"
    when_new: ClassVar[Mapping[str, Any]] = {"padding": "same", "strides": (2, 2)}

    @classmethod
    def title(cls) -> Sentence:
        return say("Transposed convolution")

    def label(self) -> str:
        return f"Transposed {self.kernel_size[0]}×{self.kernel_size[1]}"

    @property
    def kernel_size(self) -> tuple[int, int]:
        """(rows, columns) of the kernel."""
        return self.kernel.shape[0], self.kernel.shape[1]

    @property
    def filters(self) -> int:
        """Filters, which is channels of the output."""
        return int(self.kernel.shape[2])

    def axes(self, shape: Shape) -> tuple[Axis, Axis]:
        sides = zip(shape[:2], self.kernel_size, self.strides, strict=True)
        rows, columns = (_spreading(*side, self.padding) for side in sides)
        return rows, columns

    def output_channels(self, channels: int) -> int:
        return self.filters

    def channels_read(self, shape: Shape, channel: int) -> tuple[int, ...]:
        return all_of(shape[2])

    def channels_reached(self, shape: Shape, channel: int) -> tuple[int, ...]:
        return all_of(self.filters)

    def channel_order(self, shape: Shape, order: Order) -> None:
        return None

    def filter_weights(self, shape: Shape, channel: int) -> Floats:
        """The filter's kernel turned by 180°, (rows, columns, input channels): what the window is multiplied with."""
        return self.kernel[::-1, ::-1, channel]

    def filter_bias(self, channel: int) -> float:
        return float(self.bias[channel])

    def with_weights(self, shape: Shape, channel: int, at: int, weights: Floats) -> Conv2DTranspose:
        kernel = self.kernel.copy()
        kernel[:, :, channel, at] = weights[::-1, ::-1]
        return replace(self, kernel=sealed(kernel))

    def with_bias(self, channel: int, bias: float) -> Conv2DTranspose:
        biases = self.bias.copy()
        biases[channel] = bias
        return replace(self, bias=sealed(biases))

    def multiply_adds(self, shape: Shape) -> int:
        """Every cell of the input times every weight that it meets, where the output has a cell for the product."""
        rows, columns = map(_meetings, self.axes(shape))
        return rows * columns * self.filters * shape[2]

    def forward(self, x: Floats) -> Floats:
        rows, columns = self.axes(x.shape)
        spread = pad(x, rows, columns)
        turned = self.kernel[::-1, ::-1]
        out = np.tile(self.bias, (rows.output, columns.output, 1))
        for i in range(rows.kernel):
            for j in range(columns.kernel):
                out += taps(spread, rows, columns, i, j) @ turned[i, j].T
        return out

    def explain(self, x: Floats, cell: Cell) -> Explanation:
        return explained_sum(self, x, cell)


def _meetings(axis: Axis) -> int:
    """How many products of a cell and a weight there are along an axis: padding "same" cuts the outermost off."""
    cut, step = axis.kernel - 1 - axis.before, axis.spacing
    ends = ((-(-(cut - tap) // step), (axis.output - 1 + cut - tap) // step) for tap in range(axis.kernel))
    return sum(max(min(last, axis.size - 1) - max(first, 0) + 1, 0) for first, last in ends)


def _spreading(size: int, kernel: int, stride: int, padding: str) -> Axis:
    """The window over the spread-out input. The sizes are Keras's: "same" gives size × stride, "valid" what of the
    kernels reaches beyond that too."""
    beyond = max(kernel - stride, 0)
    output = size * stride + (beyond if padding == "valid" else 0)
    cut = beyond // 2 if padding == "same" else 0
    before = kernel - 1 - cut
    after = output + kernel - 1 - before - ((size - 1) * stride + 1)
    return Axis(size, kernel, before=before, after=after, spacing=stride)
