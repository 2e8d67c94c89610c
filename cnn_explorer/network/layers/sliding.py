"""What layers with a sliding window share: the fields of the window, its movement, and how it reads the input."""

from __future__ import annotations

from collections.abc import Iterator
from math import prod
from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from cnn_explorer.network.arrays import Floats
from cnn_explorer.network.explanation import Window
from cnn_explorer.network.geometry import FILLS, Axis, full_padding, largest_fill, same_padding
from cnn_explorer.network.layers.controls import control
from cnn_explorer.network.sentence import Sentence, say

LARGEST_KERNEL = 7
LARGEST_PADDING = 16


def strides_field(default: int = 1) -> Any:
    """The dataclass field `strides`, (rows, columns)."""
    return control(
        (default, default), "pair", say("Stride"), say("How many cells the window moves at each step"), low=1, high=4
    )


def dilation_field() -> Any:
    """The dataclass field `dilation_rate`, (rows, columns)."""
    return control(
        (1, 1), "pair", say("Dilation"), say("How far apart the cells are that the kernel reads"), low=1, high=4
    )


def padding_field(*options: str, high: int = 0) -> Any:
    """The dataclass field `padding`: one of the options, or four numbers of cells up to `high`."""
    return control(
        options[0], "padding", say("Padding"),
        say("Cells added around the input, so that the window can reach its border"), options=options, high=high,
    )  # fmt: skip


def _valid(size: int, kernel: int, stride: int, dilation: int) -> tuple[int, int]:
    return 0, 0


def _full(size: int, kernel: int, stride: int, dilation: int) -> tuple[int, int]:
    return full_padding(kernel, dilation)


PADDINGS: dict[str, Any] = {"valid": _valid, "same": same_padding, "full": _full}
"""The cells (before, after) that a word stands for, from (size, kernel, stride, dilation)."""


def sliding(size: int, kernel: int, stride: int, dilation: int, padding: str) -> Axis:
    """A window of `kernel` taps sliding along an axis, zeros around it as the word `padding` says."""
    return Axis(size, kernel, stride, dilation, *PADDINGS[padding](size, kernel, stride, dilation))


SIDES = (say("rows"), say("columns"))
_FILL_WORDS = {"reflect": say("reflect"), "symmetric": say("symmetric")}


def axis_problem(axis: Axis, side: Sentence) -> tuple[str, Sentence] | None:
    """Why no window fits along an axis, with the field at fault; `side` is its name: one of SIDES."""
    most = largest_fill(axis.fill, axis.size)
    if most is not None and max(axis.before, axis.after) > most:
        return "fill", say(
            "{fill} padding can add at most {most} {side} to an input of {size}; use less padding, or fill with zeros.",
            fill=_FILL_WORDS[axis.fill], most=most, side=side, size=axis.size,
        )  # fmt: skip
    if axis.output > 0:
        return None
    if axis.dilation > 1:
        return "dilation_rate", say(
            "A kernel of {kernel} with dilation {dilation} spans {extent} {side}, but the input has only {padded}; "
            "use a smaller kernel or dilation, or more padding.",
            kernel=axis.kernel, dilation=axis.dilation, extent=axis.extent, side=side, padded=axis.padded,
        )  # fmt: skip
    return "kernel_size", say(
        "A window of {kernel} {side} does not fit into an input of {padded}; use a smaller window or more padding.",
        kernel=axis.kernel, side=side, padded=axis.padded,
    )  # fmt: skip


def pad(x: Floats, rows: Axis, columns: Axis) -> Floats:
    """`x` (rows, columns, channels) as the window sees it: spaced out and padded on all four sides, as the axes say."""
    x = _spaced(x, rows, columns)
    width = ((rows.before, rows.after), (columns.before, columns.after), (0, 0))
    if not any(map(any, width)):
        return x
    mode: Any = "constant" if rows.fill == FILLS[0] else rows.fill
    return np.pad(x, width, mode=mode)


def _spaced(x: Floats, rows: Axis, columns: Axis) -> Floats:
    if rows.spacing == columns.spacing == 1:
        return x
    spaced = np.zeros((rows.spread, columns.spread, x.shape[2]), np.float32)
    spaced[:: rows.spacing, :: columns.spacing] = x
    return spaced


def taps(padded: Floats, rows: Axis, columns: Axis, row: int, column: int) -> Floats:
    """What tap (row, column) of the window reads at every output cell: a strided view (rows, columns, channels)."""
    return padded[
        _steps(rows, row),
        _steps(columns, column),
    ]


def _steps(axis: Axis, tap: int) -> slice:
    first = tap * axis.dilation
    return slice(first, first + (axis.output - 1) * axis.stride + 1, axis.stride)


def windows_of(padded: Floats, rows: Axis, columns: Axis) -> Floats:
    """What the window reads at every output cell: a view (rows, columns, window's rows, its columns, channels)."""
    every = sliding_window_view(padded, (rows.extent, columns.extent), axis=(0, 1))
    seen: Floats = every[:: rows.stride, :: columns.stride, :, :: rows.dilation, :: columns.dilation]
    return seen.transpose(0, 1, 3, 4, 2)


BLOCK = 2**16
"""Numbers in the windows that are worked on at a time: a copy of them stays in the processor's cache."""


def blocks(windows: Floats) -> Iterator[slice]:
    """The rows of `windows_of`, so many at a time that their windows are about BLOCK numbers."""
    count = max(1, BLOCK // prod(windows.shape[1:]))
    for first in range(0, len(windows), count):
        yield slice(first, first + count)


def read(x: Floats, window: Window, rows: Axis, columns: Axis) -> tuple[Floats, np.ndarray]:
    """The values in `window`, (rows, columns, channels of the window), and where they are cells rather than padding."""
    values = np.zeros((len(window.rows), len(window.columns), len(window.channels)), np.float32)
    inside = np.zeros(values.shape, bool)
    for i, row in enumerate(map(rows.source, window.rows)):
        for j, column in enumerate(map(columns.source, window.columns)):
            if row is not None and column is not None:
                values[i, j] = x[row, column, list(window.channels)]
                inside[i, j] = True
    return values, inside
