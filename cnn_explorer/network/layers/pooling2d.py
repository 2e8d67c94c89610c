"""Max and average pooling: one number for each window, channel by channel. Padding takes no part."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from cnn_explorer.network.arrays import Floats
from cnn_explorer.network.explanation import Cell, Explanation
from cnn_explorer.network.geometry import Axis, same_padding
from cnn_explorer.network.layers.controls import control
from cnn_explorer.network.layers.layer import Layer, Shape
from cnn_explorer.network.layers.sliding import pad, padding_field, read, taps
from cnn_explorer.network.sentence import Sentence, say


@dataclass(frozen=True, eq=False)
class Pooling2D(Layer):
    """What both poolings share: the window's size, its stride, and padding "valid" or "same"."""

    pool_size: tuple[int, int] = control(
        (2, 2), "pair", say("Window"), say("How many rows and columns are pooled into one cell"), low=1, high=4
    )
    strides: tuple[int, int] = control(
        (2, 2), "pair", say("Stride"), say("How many cells the window moves at each step"), low=1, high=4
    )
    padding: str = padding_field("valid", "same")

    short: ClassVar[str] = ""

    def label(self) -> str:
        return f"{self.short} {self.pool_size[0]}×{self.pool_size[1]}"

    def axes(self, shape: Shape) -> tuple[Axis, Axis]:
        rows, columns = (
            Axis(size, pool, stride, 1, *(same_padding(size, pool, stride) if self.padding == "same" else (0, 0)))
            for size, pool, stride in zip(shape[:2], self.pool_size, self.strides, strict=True)
        )
        return rows, columns

    def problem(self, shape: Shape) -> tuple[str, Sentence] | None:
        found = super().problem(shape)
        return ("pool_size", found[1]) if found else None


@dataclass(frozen=True, eq=False)
class MaxPooling2D(Pooling2D):
    """y[r, c, k] = the largest x in the window. Padded cells count as smaller than anything."""

    kind: ClassVar[str] = "MaxPooling2D"
    short: ClassVar[str] = "MaxPool"

    @classmethod
    def title(cls) -> Sentence:
        return say("Max pooling")

    def forward(self, x: Floats) -> Floats:
        rows, columns = self.axes(x.shape)
        padded = _padded_with(x, rows, columns, -np.inf)
        views = [taps(padded, rows, columns, i, j) for i in range(rows.kernel) for j in range(columns.kernel)]
        out: Floats = views[0].copy()
        for view in views[1:]:
            np.maximum(out, view, out=out)
        return out

    def explain(self, x: Floats, cell: Cell) -> Explanation:
        window = self.window(x.shape, cell)
        values, inside = read(x, window, *self.axes(x.shape))
        best = int(np.argmax(np.where(inside, values, -np.inf)))
        winner = divmod(best, len(window.columns))
        return Explanation("maximum", window, values, float(values.flat[best]), inside, winner=winner)


@dataclass(frozen=True, eq=False)
class AveragePooling2D(Pooling2D):
    """y[r, c, k] = the mean of the x in the window. Padded cells are not counted, as in TensorFlow."""

    kind: ClassVar[str] = "AveragePooling2D"
    short: ClassVar[str] = "AvgPool"

    @classmethod
    def title(cls) -> Sentence:
        return say("Average pooling")

    def forward(self, x: Floats) -> Floats:
        rows, columns = self.axes(x.shape)
        padded = pad(x, rows, columns)
        ones = pad(np.ones((*x.shape[:2], 1), np.float32), rows, columns)
        total = np.zeros((rows.output, columns.output, x.shape[2]), np.float32)
        count = np.zeros((rows.output, columns.output, 1), np.float32)
        for i in range(rows.kernel):
            for j in range(columns.kernel):
                total += taps(padded, rows, columns, i, j)
                count += taps(ones, rows, columns, i, j)
        return total / count

    def explain(self, x: Floats, cell: Cell) -> Explanation:
        window = self.window(x.shape, cell)
        values, inside = read(x, window, *self.axes(x.shape))
        return Explanation("mean", window, values, float(values[inside].astype(float).mean()), inside)


def _padded_with(x: Floats, rows: Axis, columns: Axis, value: float) -> Floats:
    width = ((rows.before, rows.after), (columns.before, columns.after), (0, 0))
    return np.pad(x, width, constant_values=np.float32(value)) if any(map(any, width)) else x
