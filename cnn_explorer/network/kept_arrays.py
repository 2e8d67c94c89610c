"""Large arrays beside the text of a document: little-endian float32 as they are, and a number in the text for each.

In a file they follow the text, one after the other; a journal has a file for each. Whoever reads the text asks for an
array by its number and by the shape that the text declares, so that nothing is made of a size that is not there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import prod
from typing import BinaryIO

import numpy as np

from cnn_explorer.network.arrays import Floats, sealed

Keep = Callable[[Floats], int]
"""Keeps an array, and gives the number that it is found by."""
Find = Callable[[int, tuple[int, ...]], Floats | None]
"""The array of a number, None where there is none of this shape."""


@dataclass(frozen=True)
class Kept:
    """What stands in a text in place of an array: its number, and who finds it."""

    number: int
    find: Find


def bytes_of(array: Floats) -> memoryview:
    """The bytes of an array as they are kept: of one in this machine's order no copy is made."""
    return np.ascontiguousarray(array, "<f4").reshape(-1).data.cast("B")


def read_array_from(handle: BinaryIO, shape: tuple[int, ...], left: int) -> Floats | None:
    """The next numbers of a file of which `left` bytes are left; None where these are too few."""
    if 4 * prod(shape) > left:
        return None
    array: Floats = np.empty(shape, "<f4")
    complete = handle.readinto(bytes_of(array)) == array.nbytes  # type: ignore[attr-defined]
    return sealed(array) if complete else None


class Following:
    """The arrays that follow each other in a file, from where it stands to its end, `size` bytes of them.

    Each is given out once, in their order: what is made of a file is as large as the file.
    """

    def __init__(self, handle: BinaryIO, size: int) -> None:
        self._handle, self.left = handle, size
        self._next = 0

    def find(self, number: int, shape: tuple[int, ...]) -> Floats | None:
        """The array of a number, if it is the next and the file has as many numbers."""
        array = read_array_from(self._handle, shape, self.left) if number == self._next else None
        if array is not None:
            self._next += 1
            self.left -= array.nbytes
        return array
