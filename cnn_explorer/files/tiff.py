"""The look at a TIFF before Pillow sees it: its directories, and whether the rows they point at are in the file."""

from __future__ import annotations

import struct
from dataclasses import dataclass

import numpy as np

from cnn_explorer.files.picture_facts import Damage, PictureFacts
from cnn_explorer.network.sentence import say

_MOST_FRAMES = 10_000
# A directory entry that isn't plain bytes and declares more numbers than this is no picture's.
_MOST_NUMBERS = 100_000
_BYTE_TYPES = frozenset({1, 2, 6, 7})
_NUMBER_TYPES = {1: "u1", 3: "u2", 4: "u4", 16: "u8"}
_TYPE_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4, 16: 8, 17: 8, 18: 8}
_WIDTH, _HEIGHT = 256, 257
_PLACES = ((273, 279), (324, 325))  # where the strips, or the tiles, are and how long each is


@dataclass(frozen=True)
class _Layout:
    """How the numbers of a directory are written: classic TIFF or BigTIFF, in either order of bytes."""

    order: str
    count: str
    entry: str
    offset: str
    first: int


_LAYOUTS = {
    b"II*\0": _Layout("<", "<H", "<HHI4s", "<I", 4),
    b"MM\0*": _Layout(">", ">H", ">HHI4s", ">I", 4),
    b"II+\0": _Layout("<", "<Q", "<HHQ8s", "<Q", 8),
    b"MM\0+": _Layout(">", ">Q", ">HHQ8s", ">Q", 8),
}


def inspect_tiff(data: bytes) -> PictureFacts:
    """Raises: Damage if a directory, or a strip or tile of the first picture, is not wholly in the file."""
    layout = _LAYOUTS[data[:4]]
    start = _unpack(data, layout.first, layout.offset)
    entries, following = _directory(data, start, layout)
    width, height = _first(entries, _WIDTH), _first(entries, _HEIGHT)
    _insist_on_places(entries, len(data))
    return PictureFacts((width, height), 1 + _further_directories(data, following, layout), data)


def _directory(data: bytes, start: int, layout: _Layout) -> tuple[dict[int, np.ndarray], int]:
    """The tags of a directory that hold whole numbers, and where the next directory is (0: nowhere)."""
    number = _unpack(data, start, layout.count)
    position = start + struct.calcsize(layout.count)
    size = struct.calcsize(layout.entry)
    if number == 0 or position + number * size > len(data):
        raise Damage(say("its directory is cut off"))
    entries = {}
    for _ in range(number):
        tag, kind, count, value = struct.unpack_from(layout.entry, data, position)
        entries[tag] = _numbers_of(data, kind, count, value, layout)
        position += size
    return entries, _unpack(data, position, layout.offset)


def _numbers_of(data: bytes, kind: int, count: int, value: bytes, layout: _Layout) -> np.ndarray:
    if kind not in _BYTE_TYPES and count > _MOST_NUMBERS:
        raise Damage(say("its directory makes no sense"))
    length = count * _TYPE_SIZES.get(kind, 1)
    if length > len(value):
        start = _unpack(value, 0, layout.offset)
        if start + length > len(data):
            raise Damage(say("its directory is cut off"))
        value = data[start : start + length]
    if kind not in _NUMBER_TYPES:
        return np.zeros(0, np.int64)
    return np.frombuffer(value[:length], layout.order + _NUMBER_TYPES[kind])


def _first(entries: dict[int, np.ndarray], tag: int) -> int:
    if tag not in entries or entries[tag].size == 0:
        raise Damage(say("its directory has no size"))
    return int(entries[tag][0])


def _insist_on_places(entries: dict[int, np.ndarray], length: int) -> None:
    for starts, lengths in _PLACES:
        if starts in entries and lengths in entries:
            ends = [int(start) + int(size) for start, size in zip(entries[starts], entries[lengths], strict=False)]
            if max(ends, default=0) > length:
                raise Damage(say("rows are missing at its end"))


def _further_directories(data: bytes, position: int, layout: _Layout) -> int:
    """How many directories follow, at most 10,000. A directory is passed once: a chain may lead back into itself."""
    passed: set[int] = set()
    while position and position not in passed and len(passed) < _MOST_FRAMES:
        passed.add(position)
        number = _unpack(data, position, layout.count)
        end = position + struct.calcsize(layout.count) + number * struct.calcsize(layout.entry)
        position = _unpack(data, end, layout.offset)
    return len(passed)


def _unpack(data: bytes, position: int, layout: str) -> int:
    try:
        number: int = struct.unpack_from(layout, data, position)[0]
    except (struct.error, OverflowError) as error:
        raise Damage(say("its directory is cut off")) from error
    return number
