"""Matrices of numbers from .npy files."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from cnn_explorer.files.npy_header import Header, read_header
from cnn_explorer.files.opening import AnyPath, damaged, display_name, file_size, open_regular_file, quoted
from cnn_explorer.files.pixels import find_not_finite
from cnn_explorer.network.document import LARGEST_VALUE
from cnn_explorer.network.sentence import Refused, Sentence, say

LARGEST_FILE = 300_000_000
LONGEST_SIDE = 4096
MOST_VALUES = LONGEST_SIDE * LONGEST_SIDE
_CHUNK_VALUES = 1 << 20
# What white is in the two kinds of integers that pictures are stored as.
_WHITES = (255.0, 65535.0)
# Whole numbers up to this were typed by somebody, and are meant as they are: the handbook's image has 0, 1 and 2.
_GREATEST_TYPED = 16.0


@dataclass(frozen=True, eq=False)
class Matrix:
    """Numbers as they stand in a file: `pixels` is float32 (rows, columns, 1 or 3), read-only, finite, not scaled.

    `shape` is the array's own, with or without channels; `value_range` is the least and the greatest value. A matrix of
    0 to 2 is meant literally, one of 0 to 255 most likely is a picture: nothing here guesses, `suggested_white` is what
    an import panel may offer to divide by.
    """

    pixels: NDArray[np.float32]
    name: str
    shape: tuple[int, ...]
    value_range: tuple[float, float]
    note: Sentence | None = None

    @property
    def suggested_white(self) -> float | None:
        """255 or 65535 if these look like a picture's integers, else None: the values are best left as they are."""
        low, high = self.value_range
        if low < 0 or high <= _GREATEST_TYPED or not bool(np.all(self.pixels == np.rint(self.pixels))):
            return None
        return next((white for white in _WHITES if high <= white), None)


def matrix_of(path: AnyPath, values: NDArray[np.float32]) -> Matrix:
    """A Matrix from (rows, columns) or (rows, columns, channels) of finite numbers."""
    channels = values if values.ndim == 3 else values[:, :, np.newaxis]
    pixels = np.ascontiguousarray(channels, np.float32)
    pixels.flags.writeable = False
    return Matrix(pixels, display_name(path), values.shape, (float(pixels.min()), float(pixels.max())))


def read_npy(path: AnyPath) -> Matrix:
    """The array of a .npy file: (rows, columns) or (rows, columns, 1 or 3) real numbers or booleans.

    A side has 1 to 4096 cells, and there are at most 4096 × 4096 numbers. Pickled objects are never loaded.
    Raises: Refused if it is no such file, is cut short, has another type or shape, or holds NaN, infinity or a number
    beyond ±10⁹.
    """
    with open_regular_file(path, LARGEST_FILE) as handle:
        header = read_header(path, handle)
        insist_on_shape(path, header.shape)
        if handle.tell() + header.data_bytes > file_size(handle):
            raise damaged(path, say("it has fewer numbers than its header declares"))
        flat = _read_numbers(path, handle, header)
    ordered = flat.reshape(header.shape, order="F" if header.fortran else "C")
    _insist_on_finite(path, ordered)
    return matrix_of(path, ordered)


def insist_on_shape(path: AnyPath, shape: tuple[int, ...]) -> None:
    """Raises: Refused, with the field "shape", unless a matrix may have this shape."""
    file, text = display_name(path), quoted(str(shape), 40)
    if len(shape) not in (2, 3) or (len(shape) == 3 and shape[2] not in (1, 3)):
        template = say(
            "{file} has the shape {shape}; it needs 2 dimensions (rows, columns), or a third with 1 or 3 channels.",
            file=file,
            shape=text,
        )
    elif 0 in shape:
        template = say("{file} has the shape {shape}, which has no numbers in it.", file=file, shape=text)
    elif max(shape) > LONGEST_SIDE or math.prod(shape) > MOST_VALUES:
        template = say(
            "{file} is too large: its shape is {shape}, and the limit is {side} to a side and {count} numbers in all.",
            file=file,
            shape=text,
            side=LONGEST_SIDE,
            count=MOST_VALUES,
        )
    else:
        return
    raise Refused(template, "shape")


def _read_numbers(path: AnyPath, handle: BinaryIO, header: Header) -> NDArray[np.float32]:
    """All numbers in the file's order, a part at a time: a file of float64 is twice as large as what is kept of it."""
    numbers = np.empty(math.prod(header.shape), np.float32)
    for start in range(0, numbers.size, _CHUNK_VALUES):
        part = numbers[start : start + _CHUNK_VALUES]
        data = handle.read(part.size * header.dtype.itemsize)
        if len(data) != part.size * header.dtype.itemsize:
            raise damaged(path, say("it has fewer numbers than its header declares"))
        with np.errstate(over="ignore", invalid="ignore"):  # what doesn't fit becomes infinite, and is refused
            part[:] = np.frombuffer(data, header.dtype)
    return numbers


def _insist_on_finite(path: AnyPath, values: NDArray[np.float32]) -> None:
    bad = find_not_finite(values)
    if bad is not None:
        raise not_finite(path, bad.count, _place(bad.first))
    if max(float(values.max()), -float(values.min())) > LARGEST_VALUE:
        first = np.unravel_index(int(np.argmax(np.abs(values) > LARGEST_VALUE)), values.shape)
        raise too_large(path, _place(first))


def _place(indices: Sequence[Any]) -> Sentence:
    return say("row {row}, column {column}", row=int(indices[0]) + 1, column=int(indices[1]) + 1)


def too_large(path: AnyPath, place: Sentence) -> Refused:
    """A finite number that no document can hold."""
    template = say(
        "{file} holds a number beyond ±10⁹, in {place}; divide its numbers so that they are smaller.",
        file=display_name(path),
        place=place,
    )
    return Refused(template, str(place))


def not_finite(path: AnyPath, count: int, place: Sentence) -> Refused:
    return Refused(
        say(
            "{file} holds numbers that are not finite (NaN, infinite or beyond 3.4e38): {count} of them, "
            "the first in {place}; replace them.",
            file=display_name(path),
            count=count,
            place=place,
        ),
        str(place),
    )
