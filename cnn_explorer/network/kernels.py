"""What can be done to a kernel, and kernels as text for spreadsheets. A kernel here is (rows, columns), each 1 to 7."""

from __future__ import annotations

import re

import numpy as np

from cnn_explorer.network.arrays import Floats, frozen
from cnn_explorer.network.document import LARGEST_VALUE
from cnn_explorer.network.layers.conv2d import LARGEST_KERNEL
from cnn_explorer.network.numbers import MINUS
from cnn_explorer.network.sentence import Refused, Sentence, say

LONGEST_TEXT = 10_000
GREATEST_RANDOM = 2
_SMALLEST_SUM = 1e-6
# Spelt as spreadsheets spell numbers. Python's float() would also take "1_000", "nan" and digits of any script.
_NUMBER = r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?"
_CELL = re.compile(rf"({_NUMBER})(?:\s*/\s*({_NUMBER}))?", re.ASCII)


def negated(kernel: Floats) -> Floats:
    """Every weight with the other sign: what was positive at an edge becomes negative."""
    return frozen(np.where(kernel == 0, np.float32(0), -kernel))


def transposed(kernel: Floats) -> Floats:
    """Rows for columns: a kernel for vertical edges becomes one for horizontal edges."""
    return frozen(kernel.T)


def rotated90(kernel: Floats) -> Floats:
    """A quarter turn clockwise."""
    return frozen(np.rot90(kernel, -1))


def flipped180(kernel: Floats) -> Floats:
    """Half a turn: makes of the cross-correlation that TensorFlow computes the convolution of mathematics."""
    return frozen(kernel[::-1, ::-1])


def normalised(kernel: Floats) -> Floats:
    """The weights divided by their sum, so that they add up to 1 and a flat area keeps its value.

    Raises: Refused where the sum is 0 but for rounding.
    """
    weights = kernel.astype(float)
    total = float(weights.sum())
    if abs(total) <= _SMALLEST_SUM * float(np.abs(weights).sum()):
        raise Refused(
            say("The weights add up to 0, so nothing makes them add up to 1; change a weight first."), "kernel"
        )
    return frozen(weights / total)


def zeroed(kernel: Floats) -> Floats:
    """A kernel of the same size with every weight 0."""
    return frozen(np.zeros(kernel.shape))


def random_kernel(rows: int, columns: int, rng: np.random.Generator) -> Floats:
    """Whole numbers from -2 to 2, not all of them 0: their sums can be done in the head."""
    weights = rng.integers(-GREATEST_RANDOM, GREATEST_RANDOM + 1, (rows, columns))
    if not weights.any():
        weights[_centre(rows), _centre(columns)] = 1
    return frozen(weights)


def resized(kernel: Floats, rows: int, columns: int) -> Floats:
    """A kernel of `rows` × `columns` with the weights where they were around the centre, and 0 around them.

    The centre is the tap that lies over the output's own cell with "same" padding: of four, the second.
    """
    result = np.zeros((rows, columns), np.float32)
    down = _centre(rows) - _centre(kernel.shape[0])
    right = _centre(columns) - _centre(kernel.shape[1])
    for row, column in np.ndindex(rows, columns):
        if 0 <= row - down < kernel.shape[0] and 0 <= column - right < kernel.shape[1]:
            result[row, column] = kernel[row - down, column - right]
    return frozen(result)


def _centre(size: int) -> int:
    return (size - 1) // 2


def kernel_to_text(kernel: Floats) -> str:
    """A line for each row, tabs between the weights, every weight with the digits that read back exactly."""
    return "\n".join("\t".join(_weight_text(weight) for weight in row) for row in kernel)


def _weight_text(weight: np.float32) -> str:
    return np.format_float_positional(weight, trim="-") if weight else "0"


def kernel_from_text(text: str) -> Floats:
    """A kernel from text as spreadsheets, programs and people write it.

    A line is a row. Its weights are separated by tabs, else semicolons, else commas, else blanks; after tabs and
    semicolons a comma in a weight is a decimal comma. A weight may be a fraction, 1/9.
    Raises: Refused, naming row and column from 1, at what is no number between -10⁹ and 10⁹, at rows of different
    length, and at more than 7 rows or columns.
    """
    lines = text[: LONGEST_TEXT + 1].replace(MINUS, "-").replace("\ufeff", "").splitlines()
    rows = [_cells(line) for line in lines if line.strip()]
    _insist_on_size(rows, len(text))
    return frozen(
        [
            [_weight(cell, row, column) for column, cell in enumerate(cells, start=1)]
            for row, cells in enumerate(rows, start=1)
        ]
    )


def _cells(line: str) -> list[str]:
    for separator in ("\t", ";"):
        if separator in line:
            return [cell.strip().replace(",", ".") for cell in line.split(separator)]
    return [cell.strip() for cell in line.split(",")] if "," in line else line.split()


def _insist_on_size(rows: list[list[str]], characters: int) -> None:
    if not rows:
        raise Refused(say("There are no numbers in the text; copy a grid of numbers first."), "kernel")
    columns = max(map(len, rows))
    if characters > LONGEST_TEXT or len(rows) > LARGEST_KERNEL or columns > LARGEST_KERNEL:
        raise Refused(
            say("A kernel has at most {most} rows and {most} columns; copy fewer cells.", most=LARGEST_KERNEL), "kernel"
        )
    for row, cells in enumerate(rows, start=1):
        if len(cells) != len(rows[0]):
            raise Refused(
                say(
                    "Row {row} has the length {count}, but row 1 has the length {first}; make all rows equally long.",
                    row=row, count=len(cells), first=len(rows[0]),
                ),
                "kernel",
            )  # fmt: skip


def _weight(cell: str, row: int, column: int) -> float:
    match = _CELL.fullmatch(cell)
    if not match:
        shown = cell if len(cell) <= 20 else cell[:19] + "…"
        reason = say("“{cell}” is not a number", cell=shown) if cell else say("nothing is there")
        raise _refused(row, column, reason)
    numerator, denominator = float(match[1]), float(match[2] or 1)
    if denominator == 0:
        raise _refused(row, column, say("nothing can be divided by 0"))
    value = numerator / denominator if abs(numerator) <= LARGEST_VALUE else numerator
    if not abs(value) <= LARGEST_VALUE:
        raise _refused(row, column, say("the number is too large"))
    return value


def _refused(row: int, column: int, reason: Sentence) -> Refused:
    return Refused(
        say(
            "Row {row}, column {column}: {reason}; write numbers such as 2, −0.5 or 1/9.",
            row=row, column=column, reason=reason,
        ),
        f"kernel[{row - 1}][{column - 1}]",
    )  # fmt: skip
