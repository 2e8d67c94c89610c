"""How one output cell came about: the cells it read, what each was multiplied by, and how they were combined."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from cnn_explorer.network.arrays import Floats

Cell = tuple[int, int, int]
"""(row, column, channel), each from 0."""

Combination = Literal[
    "sum", "maximum", "mean", "function", "softmax", "normalise", "dropout", "same", "product", "unexplained"
]


@dataclass(frozen=True)
class Window:
    """The cells that one output cell reads: every pair of `rows` and `columns` in each of `channels`.

    Rows and columns are positions in the layer's input; those below 0 or beyond its size are padding.
    """

    rows: tuple[int, ...]
    columns: tuple[int, ...]
    channels: tuple[int, ...]


@dataclass(frozen=True)
class Region:
    """Cells of one map: every pair of `rows` and `columns` in each of `channels`, sorted, none of them padding."""

    rows: tuple[int, ...] = ()
    columns: tuple[int, ...] = ()
    channels: tuple[int, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether there is no cell."""
        return not (self.rows and self.columns and self.channels)

    def united(self, other: Region) -> Region:
        """The smallest region with all cells of both."""
        if self.empty or other.empty:
            return self if other.empty else other
        sides = (self.rows, other.rows), (self.columns, other.columns), (self.channels, other.channels)
        return Region(*(_united(*side) for side in sides))

    def __contains__(self, cell: Cell) -> bool:
        return cell[0] in self.rows and cell[1] in self.columns and cell[2] in self.channels


def _united(places: tuple[int, ...], others: tuple[int, ...]) -> tuple[int, ...]:
    return places if places is others or places == others else tuple(sorted({*places, *others}))


@dataclass(frozen=True)
class Reader:
    """One reading of an input cell: by the output cell (row, column), through the tap (row, column) of the kernel."""

    row: int
    column: int
    tap_row: int
    tap_column: int


@dataclass(frozen=True, eq=False)
class Explanation:
    """One output cell as arithmetic.

    `values`, `weights` and `counted` are (rows, columns, channels) of the window; `weights` is None where nothing is
    multiplied; `counted` is False for padding that a pooling leaves out. `result` is what the terms give in double
    precision; `winner` is the (row, column) within the window of a maximum, `function` the name of an activation. A
    "product" is that of all values; "unexplained" says that nothing is known but what may have been read.

    `facts` are the other numbers of the formula: of a "maximum" of several maps winner, the place of the largest among
    the window's channels; of "normalise" mean, variance, epsilon, gamma and beta (weights are None: the result is
    gamma · (value - mean) / √(variance + epsilon) + beta), and side by side batch_mean, batch_variance, moving_mean
    and moving_variance, the batch's being used where training is 1; of "dropout" kept (1 or 0) and rate; of "softmax"
    total, the Σ e^(value - shift) over the window's channels, with own, the value of the
    cell's own channel, and shift, which is 0 but where the values are so large or so small that their powers of e could
    not be read or held (the result is e^(own - shift) / total).
    """

    combination: Combination
    window: Window
    values: Floats
    result: float
    counted: np.ndarray
    weights: Floats | None = None
    bias: float = 0.0
    winner: tuple[int, int] | None = None
    function: str = ""
    facts: Mapping[str, float] = field(default_factory=dict)

    def channel_sums(self) -> tuple[float, ...]:
        """Of a "sum": each channel's part of it, in the order of `window.channels`, in double precision."""
        assert self.weights is not None
        return tuple((self.values.astype(float) * self.weights).sum((0, 1)).tolist())
