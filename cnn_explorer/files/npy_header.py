"""The header of a .npy file, read by numpy after a limit on its length, and judged before any data is read.

`np.load` is never used: it calls a text file "pickled data", and takes complex numbers, dates and structures gladly.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import BinaryIO

import numpy as np
from numpy.lib import format as npy_format

from cnn_explorer.files.opening import AnyPath, damaged, display_name, quoted
from cnn_explorer.network.sentence import Refused, Sentence, say

MAGIC = npy_format.MAGIC_PREFIX
# Plain arrays need 128 bytes. Python's parser is given no chance to nest deeper than this many characters.
LONGEST_HEADER = 2048
_NUMBERS = "buif"
_READERS = {(1, 0): npy_format.read_array_header_1_0, (2, 0): npy_format.read_array_header_2_0}

_NO_NUMBERS = {
    "c": say("complex numbers"),
    "O": say("pickled Python objects, which could run a program"),
    "S": say("text"),
    "U": say("text"),
    "M": say("dates"),
    "m": say("spans of time"),
    "V": say("structures"),
}


@dataclass(frozen=True)
class Header:
    """What the data after a header is: `shape`, whether it is in Fortran's order, and the type of its numbers."""

    shape: tuple[int, ...]
    fortran: bool
    dtype: np.dtype[np.generic]

    @property
    def data_bytes(self) -> int:
        return math.prod(self.shape) * self.dtype.itemsize


def read_header(path: AnyPath, handle: BinaryIO, field: str = "") -> Header:
    """The header at the start of `handle`, which then stands at the first byte of data. Numbers of any shape pass.

    Raises: Refused, naming `path` and `field`, if it is no header or the data is not real numbers.
    """
    magic = handle.read(len(MAGIC) + 2)
    if not magic.startswith(MAGIC):
        raise Refused(
            say("{file} is not a .npy file; save the array with numpy.save.", file=_place(path, field)), field
        )
    version = (magic[-2], magic[-1]) if len(magic) == len(MAGIC) + 2 else (0, 0)
    if version == (3, 0):  # written only for structures with names that are not ASCII
        raise _no_numbers(path, _NO_NUMBERS["V"], field)
    if version not in _READERS:
        raise damaged(path, say("its header has an unknown version"), field)
    try:
        header = Header(*_READERS[version](handle, max_header_size=LONGEST_HEADER))
    except Exception as error:  # the parser of Python literals raises whatever the text makes it stumble over
        raise damaged(path, say("its header can't be read"), field) from error
    _insist_on_numbers(path, header, field)
    return header


def _place(path: AnyPath, field: str) -> Sentence | str:
    return say("{field} in {file}", field=field, file=display_name(path)) if field else display_name(path)


def _insist_on_numbers(path: AnyPath, header: Header, field: str) -> None:
    if header.dtype.kind not in _NUMBERS:
        what = _NO_NUMBERS.get(header.dtype.kind) or say("the type {dtype}", dtype=quoted(str(header.dtype)))
        raise _no_numbers(path, what, field)
    if any(side < 0 for side in header.shape):
        raise damaged(path, say("its header declares a negative side"), field)


def _no_numbers(path: AnyPath, what: Sentence, field: str) -> Refused:
    return Refused(
        say(
            "{file} holds {what}; only real numbers can be opened: convert the array with astype(numpy.float32).",
            file=_place(path, field),
            what=what,
        ),
        field or "dtype",
    )
