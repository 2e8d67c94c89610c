"""MNIST as the one file that Keras downloads: x_train, y_train, x_test, y_test in an .npz archive."""

from __future__ import annotations

import zipfile
from typing import IO, Any, BinaryIO, cast

import numpy as np
from numpy.typing import NDArray

from cnn_explorer.files.archive import MAGIC, open_archive
from cnn_explorer.files.digits import (
    MOST_IMAGES,
    SIDE,
    Digits,
    checked_labels,
    fill,
    insist_on_equal_counts,
    insist_on_images,
    read_only,
)
from cnn_explorer.files.npy_header import LONGEST_HEADER, Header, read_header
from cnn_explorer.files.opening import AnyPath, damaged, display_name, open_regular_file, quoted
from cnn_explorer.network.sentence import Refused, say

LARGEST_FILE = 160_000_000
_MOST_MEMBERS = 64
_LARGEST_MEMBER = MOST_IMAGES * SIDE * SIDE + LONGEST_HEADER
_CHUNK = 1 << 18
_SPLITS = (("x_train", "y_train"), ("x_test", "y_test"))
_FIELDS = tuple(field for split in _SPLITS for field in split)


def read_mnist_npz(path: AnyPath) -> Digits:
    """The digits of an .npz with the four arrays of Keras's mnist.npz: uint8 images, whole-number labels 0 to 9.

    Every size, shape and type is judged before anything large is unpacked.
    Raises: Refused if it is no such archive, is damaged (checksums are compared), or its arrays don't fit together.
    """
    with open_regular_file(path, LARGEST_FILE) as handle:
        if handle.read(len(MAGIC)) != MAGIC:
            raise Refused(say("{file} is not an .npz archive; choose an mnist.npz.", file=display_name(path)))
        with open_archive(path, handle, _MOST_MEMBERS) as archive:
            _insist_on_sizes(path, archive)
            _insist_on_fields(path, archive.namelist())
            headers = {field: _header(path, archive, field) for field in _FIELDS}
            for images, labels in _SPLITS:
                _insist_on_split(path, headers, images, labels)
            pixels = _read_images(path, archive, headers)
            labels_read = [_read_labels(path, archive, labels, headers[labels]) for _, labels in _SPLITS]
    train_count = headers["x_train"].shape[0]
    return Digits(read_only(pixels), read_only(np.concatenate(labels_read)), train_count, display_name(path), "dataset")


def _insist_on_sizes(path: AnyPath, archive: zipfile.ZipFile) -> None:
    for info in archive.infolist():
        if info.file_size > _LARGEST_MEMBER:
            raise Refused(
                say(
                    "{file} is too large: {member} expands to {size} MB, and the limit is {limit} MB.",
                    file=display_name(path),
                    member=quoted(info.filename),
                    size=info.file_size // 1_000_000,
                    limit=_LARGEST_MEMBER // 1_000_000,
                )
            )


def _insist_on_fields(path: AnyPath, members: list[str]) -> None:
    missing = [field for field in _FIELDS if field + ".npy" not in members]
    if missing:
        raise Refused(
            say(
                "{file} has no {missing}; a data set needs the arrays x_train, y_train, x_test and y_test, "
                "and this file has {found}.",
                file=display_name(path),
                missing=missing[0],
                found=quoted(", ".join(name.removesuffix(".npy") for name in members[:8]) or "0", 40),
            ),
            missing[0],
        )


def _open_member(archive: zipfile.ZipFile, field: str) -> IO[bytes]:
    return archive.open(field + ".npy")


def _header(path: AnyPath, archive: zipfile.ZipFile, field: str) -> Header:
    with _open_member(archive, field) as member:
        return read_header(path, cast(BinaryIO, member), field)


def _insist_on_split(path: AnyPath, headers: dict[str, Header], images: str, labels: str) -> None:
    insist_on_images(path, headers[images].shape, images)
    if headers[images].dtype != np.uint8 or headers[images].fortran:
        raise _wrong_type(path, images, headers[images])
    if headers[labels].dtype.kind not in "ui":
        raise _wrong_type(path, labels, headers[labels])
    if len(headers[labels].shape) != 1:
        raise Refused(
            say(
                "{file}: {field} has the shape {shape}; it needs one label for each image.",
                file=display_name(path),
                field=labels,
                shape=quoted(str(headers[labels].shape), 40),
            ),
            labels,
        )
    insist_on_equal_counts(path, (images, headers[images].shape[0]), (labels, headers[labels].shape[0]))


def _wrong_type(path: AnyPath, field: str, header: Header) -> Refused:
    return Refused(
        say(
            "{file}: {field} has the type {dtype}; it needs whole numbers (uint8).",
            file=display_name(path),
            field=field,
            dtype=quoted(str(header.dtype)),
        ),
        field,
    )


def _read_images(path: AnyPath, archive: zipfile.ZipFile, headers: dict[str, Header]) -> NDArray[np.uint8]:
    counts = [headers[images].shape[0] for images, _ in _SPLITS]
    pixels = np.empty((sum(counts), SIDE, SIDE), np.uint8)
    start = 0
    for (images, _), count in zip(_SPLITS, counts, strict=True):
        _read_into(path, archive, images, pixels[start : start + count])
        start += count
    return pixels


def _read_labels(path: AnyPath, archive: zipfile.ZipFile, field: str, header: Header) -> NDArray[np.uint8]:
    labels = np.empty(header.shape, header.dtype)
    _read_into(path, archive, field, labels)
    return checked_labels(path, labels, field)


def _read_into(path: AnyPath, archive: zipfile.ZipFile, field: str, into: NDArray[Any]) -> None:
    """Unpack in parts, to the very end, since the checksum is compared there: a part of 256 kB holds no thread up."""
    with _open_member(archive, field) as member:
        read_header(path, cast(BinaryIO, member), field)
        position = 0
        while position < into.nbytes:
            position = fill(path, into, member.read(min(_CHUNK, into.nbytes - position)), position, field)
        if member.read(1):
            raise damaged(path, say("{field} is longer than its header declares", field=field), field)
