"""The look at a PNG before Pillow sees it: chunk by chunk, checksums compared, everything that is not picture left out.

A text chunk of 67 kB can unfold to 64 MB, and a colour profile likewise; neither is ever unfolded here.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

from cnn_explorer.files.picture_facts import Damage, PictureFacts
from cnn_explorer.network.sentence import say

SIGNATURE = b"\x89PNG\r\n\x1a\n"
_NEEDED = frozenset({b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"eXIf", b"IEND"})
_MOST_CHUNKS = 200_000


def inspect_png(data: bytes) -> PictureFacts:
    """Size, number of frames, and the file with nothing but the picture of its first frame in it.

    Raises: Damage at a wrong checksum, a chunk that is cut off, or a missing end.
    """
    size = (0, 0)
    frames = 1
    kept = [SIGNATURE]
    kind = b""
    for number, (kind, start, end) in enumerate(_chunks(data)):
        if (number == 0) != (kind == b"IHDR"):
            raise Damage(say("its header is not where it belongs"))
        if kind == b"IHDR":
            size = _size_of(data[start + 8 : end - 4])
        elif kind == b"acTL" and end - start == 20:
            frames = max(1, int.from_bytes(data[start + 8 : start + 12], "big"))
        if kind in _NEEDED:
            kept.append(data[start:end])
    if kind != b"IEND":
        raise Damage(say("its end is missing"))
    return PictureFacts(size, frames, b"".join(kept))


def _chunks(data: bytes) -> Iterator[tuple[bytes, int, int]]:
    """The type, start and end of each chunk up to IEND, each with its checksum compared."""
    position = len(SIGNATURE)
    view = memoryview(data)
    for _ in range(_MOST_CHUNKS):
        if position + 12 > len(data):
            return
        length, kind = struct.unpack_from(">I4s", data, position)
        end = position + 12 + length
        if end > len(data):
            raise Damage(say("a part of it is cut off"))
        (checksum,) = struct.unpack_from(">I", data, end - 4)
        if zlib.crc32(view[position + 4 : end - 4]) != checksum:
            raise Damage(say("a checksum in it is wrong"))
        yield kind, position, end
        if kind == b"IEND":
            return
        position = end
    raise Damage(say("it has more parts than a picture can have"))


def _size_of(header: bytes) -> tuple[int, int]:
    if len(header) != 13:
        raise Damage(say("its header has the wrong length"))
    width, height = struct.unpack_from(">II", header)
    return width, height
