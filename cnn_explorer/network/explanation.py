"""How one output cell came about: the cells it read, what each was multiplied by, and how they were combined."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from cnn_explorer.network.arrays import Floats

Cell = tuple[int, int, int]
"""(row, column, channel), each from 0."""

Combination = Literal["sum", "maximum", "mean", "function", "same"]


@dataclass(frozen=True)
class Window:
    """The cells that one output cell reads: every pair of `rows` and `columns` in each of `channels`.

    Rows and columns are positions in the layer's input; those below 0 or beyond its size are padding.
    """

    rows: tuple[int, ...]
    columns: tuple[int, ...]
    channels: tuple[int, ...]


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
    precision; `winner` is the (row, column) within the window of a maximum, `function` the name of an activation.
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
