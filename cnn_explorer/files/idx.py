"""MNIST as it was published: IDX files of images and of labels, plain or packed by gzip, for training and tests."""

from __future__ import annotations

import os
import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from cnn_explorer.files.digits import (
    MOST_IMAGES,
    SIDE,
    Digits,
    checked_labels,
    insist_on_equal_counts,
    insist_on_images,
    read_only,
)
from cnn_explorer.files.opening import AnyPath, damaged, display_name, open_regular_file, quoted
from cnn_explorer.network.sentence import Refused, say

GZIP_MAGIC = b"\x1f\x8b"
MAGICS = (b"\0\0\x08\x01", b"\0\0\x08\x03")
_DIMENSIONS = {"labels": 1, "images": 3}
_LARGEST_FILE = MOST_IMAGES * SIDE * SIDE + 16
_CHUNK = 1 << 16
_ZLIB_READS_GZIP = 31

_NAME = re.compile(
    r"(?P<prefix>.*?)(?P<dash>[-_.]?)(?P<part>images|labels)(?P<dot>[-.])idx[13][-.]ubyte(?P<packed>\.gz)?", re.I | re.S
)
_TESTS = ("t10k", "test")


@dataclass(frozen=True)
class _Found:
    """The files of one split that are there."""

    images: str
    labels: str | None


def is_idx_name(name: str) -> bool:
    return _NAME.fullmatch(name) is not None


def read_mnist_idx(path: AnyPath) -> Digits:
    """The digits of an IDX file and of those that belong to it by name: images with labels, training with test.

    Images without labels are read too; but a split that has none is left out beside one that has, and the note says so.
    Raises: Refused if a file is no IDX, is cut short, longer than declared, too large, or doesn't fit the others.
    """
    chosen = os.fsdecode(path)
    splits = _splits_of(chosen)
    train, test = splits
    if train is None and test is None:
        raise Refused(
            say("{file} has labels, but its file of images is not beside it.", file=display_name(path)), "images"
        )
    return _read_splits(path, train, test)


def _splits_of(chosen: str) -> tuple[_Found | None, _Found | None]:
    """The training and the test files that belong to `chosen`. Files with other names are all training files."""
    folder, name = os.path.split(chosen)
    matched = _NAME.fullmatch(name)
    if matched is None:
        return _Found(chosen, None), None
    prefix = matched["prefix"]
    others = _other_prefixes(prefix)
    own = _found(folder, prefix, matched)
    other = next((found for found in (_found(folder, one, matched) for one in others) if found), None)
    return (other, own) if prefix.lower().endswith(_TESTS) else (own, other)


def _other_prefixes(prefix: str) -> tuple[str, ...]:
    if prefix.lower().endswith("train"):
        return tuple(prefix[:-5] + test for test in _TESTS)
    test = next((test for test in _TESTS if prefix.lower().endswith(test)), None)
    return (prefix[: -len(test)] + "train",) if test else ()


def _found(folder: str, prefix: str, matched: re.Match[str]) -> _Found | None:
    images = _existing(folder, prefix, "images", matched)
    return _Found(images, _existing(folder, prefix, "labels", matched)) if images else None


def _existing(folder: str, prefix: str, part: str, matched: re.Match[str]) -> str | None:
    """The path of one file, spelt as the chosen one first, then packed or unpacked, with a dash or with a dot."""
    packed = matched["packed"] or ""
    for ending in (packed, "" if packed else ".gz"):
        for dot in (matched["dot"], "." if matched["dot"] == "-" else "-"):
            name = f"{prefix}{matched['dash']}{part}{dot}idx{_DIMENSIONS[part]}-ubyte{ending}"
            if os.path.lexists(os.path.join(folder, name)):
                return os.path.join(folder, name)
    return None


def _read_splits(path: AnyPath, train: _Found | None, test: _Found | None) -> Digits:
    note = None
    if train and test and (train.labels is None) != (test.labels is None):
        lone = test if test.labels is None else train
        train, test = (None, test) if lone is train else (train, None)
        note = say("{file} is left out: its labels are not beside it.", file=display_name(lone.images))
    parts = [_read_split(found) for found in (train, test) if found]
    labels = [part[1] for part in parts if part[1] is not None]
    return Digits(
        read_only(np.concatenate([part[0] for part in parts]) if len(parts) > 1 else parts[0][0]),
        read_only(np.concatenate(labels)) if labels else None,
        len(parts[0][0]) if train else 0,
        display_name(path),
        "idx",
        note,
    )


def _read_split(found: _Found) -> tuple[NDArray[np.uint8], NDArray[np.uint8] | None]:
    images = _read_idx(found.images, "images")
    if found.labels is None:
        return images, None
    labels = _read_idx(found.labels, "labels")
    insist_on_equal_counts(
        found.labels, (display_name(found.images), len(images)), (display_name(found.labels), len(labels))
    )
    return images, checked_labels(found.labels, labels, "labels")


def _read_idx(path: str, part: str) -> NDArray[np.uint8]:
    """The array of one IDX file: (N, 28, 28) images or (N,) labels."""
    with open_regular_file(path, _LARGEST_FILE) as handle:
        stream = _Stream(path, handle)
        shape = _read_shape(path, stream.take(4 + 4 * _DIMENSIONS[part]), part)
        array = np.empty(shape, np.uint8)
        stream.fill(array)
        stream.insist_on_end()
    return array


def _read_shape(path: str, header: bytes, part: str) -> tuple[int, ...]:
    dimensions = _DIMENSIONS[part]
    if header[:4] != bytes((0, 0, 8, dimensions)):
        raise Refused(
            say(
                "{file} is not an IDX file of {part}: its header begins with {magic}; choose the MNIST files.",
                file=display_name(path),
                part=part,
                magic=header[:4].hex(" "),
            ),
            "header",
        )
    if len(header) < 4 + 4 * dimensions:
        raise damaged(path, say("its header is cut off"), "header")
    shape = struct.unpack_from(f">{dimensions}I", header, 4)
    insist_on_images(path, shape if part == "images" else (shape[0], SIDE, SIDE), part)
    return shape


class _Stream:
    """The bytes of a file, unpacked if it is gzip, never more of them in memory than asked for and 64 kB."""

    def __init__(self, path: str, handle: BinaryIO) -> None:
        self._path = path
        packed = handle.read(2) == GZIP_MAGIC
        handle.seek(0)
        self._pieces = _unpacked(path, handle) if packed else iter(lambda: handle.read(_CHUNK), b"")
        self._rest = b""

    def take(self, count: int) -> bytes:
        """The next `count` bytes, fewer at the end."""
        while len(self._rest) < count:
            piece = next(self._pieces, b"")
            if not piece:
                break
            self._rest += piece
        taken, self._rest = self._rest[:count], self._rest[count:]
        return taken

    def fill(self, array: NDArray[np.uint8]) -> None:
        flat = array.reshape(-1)
        position = 0
        while position < flat.size:
            piece = self.take(min(_CHUNK, flat.size - position))
            if not piece:
                raise damaged(self._path, say("it has less in it than its header declares"))
            flat[position : position + len(piece)] = np.frombuffer(piece, np.uint8)
            position += len(piece)

    def insist_on_end(self) -> None:
        if self.take(1):
            raise damaged(self._path, say("it is longer than its header declares, or expands to more than expected"))


def _unpacked(path: str, handle: BinaryIO) -> Iterator[bytes]:
    unpacker = zlib.decompressobj(_ZLIB_READS_GZIP)
    waiting = b""
    try:
        while True:
            waiting = waiting or handle.read(_CHUNK)
            if not waiting:
                raise damaged(path, say("the packed data ends too early"))
            piece = unpacker.decompress(waiting, _CHUNK)
            waiting = unpacker.unconsumed_tail
            if piece:
                yield piece
            if unpacker.eof:  # a gzip file may be several, one after the other
                waiting = unpacker.unused_data + handle.read(_CHUNK)
                if not waiting.startswith(GZIP_MAGIC):
                    return
                unpacker = zlib.decompressobj(_ZLIB_READS_GZIP)
    except zlib.error as error:
        raise damaged(path, say("it can't be unpacked ({reason})", reason=quoted(str(error), 40))) from error
