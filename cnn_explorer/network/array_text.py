"""The text of large arrays in a document file: base64 of little-endian float32, made once for as long as it is used.

Every edit is journalled, and an edit leaves most arrays as they are: of the handbook's CNN (13 MB of weights) making
the whole text takes 0.3 s, and with the texts of the last times 5 ms. It is made in pieces, so that a thread that makes
it never keeps the interpreter from the window for longer than a piece takes.
"""

from __future__ import annotations

from base64 import b64decode
from binascii import b2a_base64
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from threading import Lock

import numpy as np

from cnn_explorer.network.arrays import Floats
from cnn_explorer.network.document import LARGEST_VALUE

PIECE = 3 * 2**14
"""Numbers of a piece; their bytes are a multiple of 3, so that the pieces of base64 can follow each other."""

MOST_KEPT = 96_000_000
"""Characters of text that are kept."""


@dataclass(frozen=True, eq=False)
class ArrayText:
    """An array and its base64 in pieces. `believable` says whether all numbers are what a document may hold."""

    array: Floats
    pieces: tuple[bytes, ...]
    believable: bool

    def __len__(self) -> int:
        return sum(map(len, self.pieces))


class _Texts:
    """The texts that were asked for last, by their arrays' identity: who has the text keeps the array alive."""

    def __init__(self) -> None:
        self._kept: OrderedDict[int, ArrayText] = OrderedDict()
        self._lock = Lock()

    def find(self, array: Floats) -> ArrayText:
        with self._lock:
            found = self._kept.get(id(array))
        if found is None:
            found = _encoded(array)
        with self._lock:
            self._kept[id(array)] = found
            self._kept.move_to_end(id(array))
            while len(self._kept) > 1 and sum(map(len, self._kept.values())) > MOST_KEPT:
                self._kept.popitem(last=False)
        return found


_texts = _Texts()


def text_of(array: Floats) -> ArrayText:
    """The text of an array that nobody changes. May be called from any thread."""
    return _texts.find(array)


def _encoded(array: Floats) -> ArrayText:
    parts = list(_parts(np.ascontiguousarray(array, "<f4").reshape(-1)))
    # What is no number is not smaller than anything.
    believable = all(bool(np.all(np.abs(part) <= LARGEST_VALUE)) for part in parts)
    return ArrayText(array, tuple(b2a_base64(part.tobytes(), newline=False) for part in parts), believable)


def _parts(numbers: Floats) -> Iterator[Floats]:
    for first in range(0, len(numbers), PIECE):
        yield numbers[first : first + PIECE]


def numbers_in(text: str, count: int) -> Floats | None:
    """The numbers that a text stands for; None where it is not the base64 of so many."""
    size, step = 4 * count, PIECE * 16 // 3
    # The length first: nothing is decoded that declares less or more than it holds.
    if len(text) != -(-size // 3) * 4:
        return None
    try:
        data = b"".join(b64decode(text[first : first + step], validate=True) for first in range(0, len(text), step))
    except ValueError:
        return None
    return np.frombuffer(data, "<f4") if len(data) == size else None
