"""The text of large arrays in a document file: base64 of little-endian float32.

It is made in pieces, so that a thread that makes it never keeps the interpreter from the window for longer than a piece
takes.
"""

from __future__ import annotations

from base64 import b64decode
from binascii import b2a_base64
from collections.abc import Iterator

import numpy as np

from cnn_explorer.network.arrays import Floats
from cnn_explorer.network.kept_arrays import bytes_of

PIECE = 3 * 2**16
"""Bytes of a piece: a multiple of 3, so that the pieces of base64 can follow each other."""


def text_of(array: Floats) -> Iterator[bytes]:
    """The text of an array, in pieces."""
    data = bytes_of(array)
    for first in range(0, len(data), PIECE):
        yield b2a_base64(data[first : first + PIECE], newline=False)


def numbers_in(text: str, count: int) -> Floats | None:
    """The numbers that a text stands for; None where it is not the base64 of so many."""
    size, step = 4 * count, PIECE * 4 // 3
    # The length first: nothing is decoded that declares less or more than it holds.
    if len(text) != -(-size // 3) * 4:
        return None
    try:
        data = b"".join(b64decode(text[first : first + step], validate=True) for first in range(0, len(text), step))
    except ValueError:
        return None
    return np.frombuffer(data, "<f4") if len(data) == size else None
