"""The look at a zip archive before Python's zipfile reads it: how many members it has and what they declare.

zipfile builds an object for each of a million members, and unfolds what it is told to.
"""

from __future__ import annotations

import contextlib
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from typing import BinaryIO

from cnn_explorer.files.opening import AnyPath, damaged, display_name, file_size, quoted
from cnn_explorer.network.sentence import Refused, Sentence, say

MAGIC = b"PK\x03\x04"
_DIRECTORY_END = struct.Struct("<4s4H2LH")
_LONGEST_COMMENT = 65_535
_BYTES_PER_MEMBER = 1_000
# Deflate can't do better than 1032 to 1: a member that declares more lies.
_GREATEST_RATIO = 1_100
_ENCRYPTED = 1
_PACKINGS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_ZIP_ERRORS = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, struct.error)


@contextlib.contextmanager
def open_archive(path: AnyPath, handle: BinaryIO, most_members: int) -> Iterator[zipfile.ZipFile]:
    """The archive in `handle`, after a look at its list of members.

    Inside the `with` block, too, whatever zipfile stumbles over becomes a Refused.
    Raises: Refused if it is no whole archive, has more than `most_members`, or members that can't be trusted.
    """
    try:
        _insist_on_few(path, handle, most_members)
        with zipfile.ZipFile(handle) as archive:
            names = archive.namelist()
            if len(set(names)) != len(names):
                twice = Counter(names).most_common(1)[0][0]
                raise damaged(
                    path, say("two of its members have the same name: {name} is there twice", name=quoted(twice))
                )
            for info in archive.infolist():
                _insist_on_plain(path, info)
            yield archive
    except _ZIP_ERRORS as error:
        raise damaged(path, _reason_of(error)) from error


def _reason_of(error: BaseException) -> Sentence:
    if "CRC" in str(error):
        return say("a checksum in it is wrong")
    return say("the archive can't be unpacked")


def _insist_on_few(path: AnyPath, handle: BinaryIO, most_members: int) -> None:
    length = file_size(handle)
    handle.seek(max(0, length - _LONGEST_COMMENT - _DIRECTORY_END.size))
    tail = handle.read()
    start = tail.rfind(b"PK\5\6")
    if start < 0 or start + _DIRECTORY_END.size > len(tail):
        raise damaged(path, say("the end of the archive is missing"))
    count, directory_bytes = _DIRECTORY_END.unpack_from(tail, start)[4:6]
    if count > most_members or directory_bytes > most_members * _BYTES_PER_MEMBER:
        raise Refused(
            say(
                "{file} is too large: it has {count} members, and the limit is {limit}.",
                file=display_name(path),
                count=count,
                limit=most_members,
            )
        )


def _insist_on_plain(path: AnyPath, info: zipfile.ZipInfo) -> None:
    if info.flag_bits & _ENCRYPTED:
        raise Refused(say("{file} is encrypted; unpack it with its password first.", file=display_name(path)))
    if info.compress_type not in _PACKINGS:
        raise Refused(
            say("{file} is packed in a way that is not supported; pack it as a plain zip.", file=display_name(path))
        )
    if info.file_size > _GREATEST_RATIO * max(1, info.compress_size):
        raise damaged(path, say("it declares more than can be packed in it"))
