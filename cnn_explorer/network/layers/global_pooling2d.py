"""Global pooling: the whole map of each channel becomes one number, its mean or its maximum."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from cnn_explorer.network.arrays import Floats
from cnn_explorer.network.explanation import Cell, Explanation
from cnn_explorer.network.geometry import Axis
from cnn_explorer.network.layers.layer import Layer, Shape
from cnn_explorer.network.sentence import Sentence, say


@dataclass(frozen=True, eq=False)
class GlobalPooling2D(Layer):
    """What both have in common: one window, as large as the map."""

    flat_output: ClassVar[bool] = True
    short: ClassVar[str] = ""

    def label(self) -> str:
        return self.short

    def axes(self, shape: Shape) -> tuple[Axis, Axis]:
        return Axis(shape[0], shape[0]), Axis(shape[1], shape[1])


@dataclass(frozen=True, eq=False)
class GlobalAveragePooling2D(GlobalPooling2D):
    """y[k] = the mean of x[r, c, k] over all rows and columns."""

    kind: ClassVar[str] = "GlobalAveragePooling2D"
    short: ClassVar[str] = "GlobalAvgPool"

    @classmethod
    def title(cls) -> Sentence:
        return say("Global average pooling")

    def forward(self, x: Floats) -> Floats:
        out: Floats = x.mean((0, 1), np.float64, keepdims=True).astype(np.float32)
        return out

    def explain(self, x: Floats, cell: Cell) -> Explanation:
        values = x[..., cell[2] : cell[2] + 1]
        result = float(values.mean(dtype=np.float64))
        return Explanation("mean", self.window(x.shape, cell), values, result, np.ones(values.shape, bool))


@dataclass(frozen=True, eq=False)
class GlobalMaxPooling2D(GlobalPooling2D):
    """y[k] = the largest x[r, c, k] of all rows and columns."""

    kind: ClassVar[str] = "GlobalMaxPooling2D"
    short: ClassVar[str] = "GlobalMaxPool"

    @classmethod
    def title(cls) -> Sentence:
        return say("Global max pooling")

    def forward(self, x: Floats) -> Floats:
        out: Floats = x.max((0, 1), keepdims=True)
        return out

    def explain(self, x: Floats, cell: Cell) -> Explanation:
        values = x[..., cell[2] : cell[2] + 1]
        winner = divmod(int(np.argmax(values)), x.shape[1])
        result, counted = float(values[winner][0]), np.ones(values.shape, bool)
        return Explanation("maximum", self.window(x.shape, cell), values, result, counted, winner=winner)
