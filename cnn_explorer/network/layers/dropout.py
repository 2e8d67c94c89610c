"""Dropout: in training, cells are set to 0 by chance and the others scaled up; in use, nothing happens."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from cnn_explorer.network.arrays import Floats
from cnn_explorer.network.explanation import Cell, Explanation
from cnn_explorer.network.geometry import Axis
from cnn_explorer.network.layers.controls import control
from cnn_explorer.network.layers.layer import Layer, Shape
from cnn_explorer.network.sentence import Sentence, say

LARGEST_SEED = 2**31 - 1


@dataclass(frozen=True, eq=False)
class Dropout(Layer):
    """In `training` y = x · mask / (1 - rate), where the mask is 0 with probability `rate` and 1 otherwise; else y = x.

    So the mean of many masks is x (Srivastava et al. 2014, "inverted" as in TensorFlow). The mask follows from `seed`:
    another seed is another draw.
    """

    rate: float = control(
        0.5, "number", say("Rate"), say("The share of the cells that are set to 0 in training"), low=0, high=0.99
    )
    seed: int = control(
        0, "whole", say("Random draw"), say("The number of the random draw: another number drops other cells"),
        low=0, high=LARGEST_SEED,
    )  # fmt: skip
    training: bool = field(default=False, metadata={"saved": False})

    kind: ClassVar[str] = "Dropout"
    keeps_flat: ClassVar[bool] = True

    @classmethod
    def title(cls) -> Sentence:
        return say("Dropout")

    def label(self) -> str:
        return f"Dropout {self.rate:g}"

    def axes(self, shape: Shape) -> tuple[Axis, Axis]:
        return Axis(shape[0], 1), Axis(shape[1], 1)

    def mask(self, shape: Shape) -> NDArray[np.bool_]:
        """(rows, columns, channels): True where a cell is kept. Read-only, and the same at every call."""
        return _mask(self.seed, self.rate, shape)

    @property
    def kept_scale(self) -> float:
        """What the cells that are kept are multiplied with in training: 1 / (1 - rate)."""
        return 1 / (1 - self.rate)

    def forward(self, x: Floats) -> Floats:
        if not self.training:
            return x
        out: Floats = np.where(self.mask(x.shape), x * np.float32(self.kept_scale), np.float32(0))
        return out

    def explain(self, x: Floats, cell: Cell) -> Explanation:
        values = x[cell[0], cell[1], cell[2]].reshape(1, 1, 1)
        window, counted = self.window(x.shape, cell), np.ones((1, 1, 1), bool)
        if not self.training:
            return Explanation("same", window, values, float(values[0, 0, 0]), counted)
        kept = float(self.mask(x.shape)[cell])
        result = float(values[0, 0, 0]) * kept / (1 - self.rate)
        return Explanation("dropout", window, values, result, counted, facts={"kept": kept, "rate": self.rate})


@lru_cache(maxsize=4)  # a cell is explained at every step
def _mask(seed: int, rate: float, shape: Shape) -> NDArray[np.bool_]:
    mask: NDArray[np.bool_] = np.random.default_rng((seed, *shape)).random(shape, np.float32) >= rate
    mask.flags.writeable = False
    return mask
