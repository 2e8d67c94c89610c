"""The picture formats that are read: how each is known by its first bytes, and whether its file is whole.

Pillow opens half of a file as if nothing were missing in several formats, and allocates what a header declares. So each
format's structure is walked here first: the declared size, the number of frames, the end where an end belongs.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Callable
from dataclasses import dataclass

from cnn_explorer.files.picture_facts import Damage, PictureFacts, Unsupported
from cnn_explorer.files.png import SIGNATURE as PNG_SIGNATURE
from cnn_explorer.files.png import inspect_png
from cnn_explorer.files.tiff import inspect_tiff
from cnn_explorer.network.sentence import say

_CUT_OFF = say("a part of it is cut off")
_END_MISSING = say("its end is missing")
_MOST_BLOCKS = 1_000_000

# Frame headers of JPEG: baseline and extended; all others keep the whole picture until the last scan is read.
_JPEG_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_JPEG_SEQUENTIAL = frozenset({0xC0, 0xC1})
_JPEG_ALONE = frozenset({0x01, *range(0xD0, 0xD9)})
_JPEG_NEXT_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")

_GIF_EXTENSION, _GIF_IMAGE, _GIF_END = 0x21, 0x2C, 0x3B
_BMP_HEADERS = frozenset({12, 40, 52, 56, 64, 108, 124})
_BMP_UNPACKED = frozenset({0, 3, 6})
_BMP_DEPTHS = frozenset({1, 2, 4, 8, 16, 24, 32})


@dataclass(frozen=True)
class PictureFormat:
    """`megapixels` is the largest picture that stays below 200 MB while Pillow decodes it (measured per format)."""

    name: str
    recognises: Callable[[bytes], bool]
    inspect: Callable[[bytes], PictureFacts]
    megapixels: int


def inspect_jpeg(data: bytes) -> PictureFacts:
    """Raises: Damage if a segment is cut off or the end marker is missing."""
    size, components, all_at_once, scanned = (0, 0), 0, False, False
    position = 2
    for _ in range(_MOST_BLOCKS):
        marker, position = _jpeg_marker(data, position)
        if marker == 0xD9:
            break
        if marker in _JPEG_ALONE:
            continue
        end = position + _number(data, position, ">H")
        if end < position + 2 or end > len(data):
            raise Damage(_CUT_OFF)
        if marker in _JPEG_FRAMES:
            height, width, components = struct.unpack_from(">HHB", data.ljust(position + 8), position + 3)
            size, all_at_once = (width, height), marker not in _JPEG_SEQUENTIAL
        elif marker == 0xDA:
            scanned = True
            all_at_once = all_at_once or data[position + 2] < components
            end = _jpeg_scan_end(data, end)
        position = end
    if not scanned:
        raise Damage(say("it has no picture in it"))
    return PictureFacts(size, 1, data, all_at_once)


def _jpeg_marker(data: bytes, position: int) -> tuple[int, int]:
    """The marker at `position` and where its segment begins."""
    if data[position : position + 1] != b"\xff":
        raise Damage(_END_MISSING if position >= len(data) else _CUT_OFF)
    while data[position : position + 1] == b"\xff":
        position += 1
    return _number(data, position, "B"), position + 1


def _jpeg_scan_end(data: bytes, position: int) -> int:
    found = _JPEG_NEXT_MARKER.search(data, position)
    if found is None:
        raise Damage(_END_MISSING)
    return found.start()


def inspect_gif(data: bytes) -> PictureFacts:
    """The first frame may be larger than the screen it is drawn on: the size is that of both together.

    Raises: Damage if a block is cut off or the end is missing.
    """
    width, height, flags = _numbers(data, 6, "<HHB")
    position = 13 + _gif_colours(flags)
    frames = 0
    for _ in range(_MOST_BLOCKS):
        kind = _number(data, position, "B")
        if kind == _GIF_END:
            break
        if kind == _GIF_EXTENSION:
            position = _gif_blocks_end(data, position + 2)
        elif kind == _GIF_IMAGE:
            left, top, columns, rows, flags = _numbers(data, position + 1, "<HHHHB")
            if frames == 0:
                width, height = max(width, left + columns), max(height, top + rows)
            frames += 1
            position = _gif_blocks_end(data, position + 11 + _gif_colours(flags))
        else:
            raise Damage(say("what stands between its pictures is not GIF"))
    if frames == 0:
        raise Damage(say("it has no picture in it"))
    return PictureFacts((width, height), frames, data)


def _gif_colours(flags: int) -> int:
    """The bytes of a colour table."""
    return 3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0


def _gif_blocks_end(data: bytes, position: int) -> int:
    for _ in range(_MOST_BLOCKS):
        length = _number(data, position, "B")
        position += 1 + length
        if length == 0:
            return position
    raise Damage(say("it has more parts than a picture can have"))


def inspect_bmp(data: bytes) -> PictureFacts:
    """Raises: Damage if rows are missing or the header makes no sense, Unsupported if it is packed (RLE)."""
    start, header = _numbers(data, 10, "<II")
    if header not in _BMP_HEADERS:
        raise Damage(say("its header makes no sense"))
    width, height, planes, depth = _numbers(data, 18, "<HHHH" if header == 12 else "<iiHH")
    packing = 0 if header == 12 else _number(data, 30, "<I")
    if width < 0 or planes != 1 or depth not in _BMP_DEPTHS:
        raise Damage(say("its header makes no sense"))
    if packing not in _BMP_UNPACKED:
        raise Unsupported(say("a compressed BMP"))
    if start + (width * depth + 31) // 32 * 4 * abs(height) > len(data):
        raise Damage(say("rows are missing at its end"))
    return PictureFacts((width, abs(height)), 1, data)


def inspect_webp(data: bytes) -> PictureFacts:
    """Raises: Damage if the file is shorter than it declares or has no picture."""
    size, frames = (0, 0), 0
    end = 8 + _number(data, 4, "<I")
    if end > len(data):
        raise Damage(_CUT_OFF)
    position = 12
    for _ in range(_MOST_BLOCKS):
        if position + 8 > end:
            break
        kind, length = data[position : position + 4], _number(data, position + 4, "<I")
        if position + 8 + length > end:
            raise Damage(_CUT_OFF)
        if kind in _WEBP_SIZES:
            width, height = _WEBP_SIZES[kind](data, position + 8)
            size = max(size[0], width), max(size[1], height)
        frames += kind == b"ANMF"
        position += 8 + length + length % 2
    if size == (0, 0):
        raise Damage(say("it has no picture in it"))
    return PictureFacts(size, max(1, frames), data)


def _webp_lossy_size(data: bytes, position: int) -> tuple[int, int]:
    width, height = _numbers(data, position + 6, "<HH")
    return width & 0x3FFF, height & 0x3FFF


def _webp_lossless_size(data: bytes, position: int) -> tuple[int, int]:
    bits = _number(data, position + 1, "<I")
    return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1


def _webp_canvas_size(data: bytes, position: int) -> tuple[int, int]:
    low, high, more, most = _numbers(data, position + 4, "<HBHB")
    return (low | high << 16) + 1, (more | most << 16) + 1


_WEBP_SIZES: dict[bytes, Callable[[bytes, int], tuple[int, int]]] = {
    b"VP8 ": _webp_lossy_size,
    b"VP8L": _webp_lossless_size,
    b"VP8X": _webp_canvas_size,
}


def _numbers(data: bytes, position: int, layout: str) -> tuple[int, ...]:
    try:
        return struct.unpack_from(layout, data, position)
    except struct.error as error:
        raise Damage(_END_MISSING) from error


def _number(data: bytes, position: int, layout: str) -> int:
    return _numbers(data, position, layout)[0]


def _is_bmp(head: bytes) -> bool:
    """Two letters alone would take a text that begins with "BM" for a picture."""
    if len(head) < 18:
        return head[:2] == b"BM" and not head[6:10].strip(b"\0")
    return head[:2] == b"BM" and _number(head, 14, "<I") in _BMP_HEADERS


FORMATS = (
    PictureFormat("PNG", lambda head: head.startswith(PNG_SIGNATURE), inspect_png, 20),
    PictureFormat("JPEG", lambda head: head.startswith(b"\xff\xd8\xff"), inspect_jpeg, 24),
    PictureFormat("GIF", lambda head: head.startswith((b"GIF87a", b"GIF89a")), inspect_gif, 20),
    PictureFormat("BMP", _is_bmp, inspect_bmp, 12),
    PictureFormat("TIFF", lambda head: head[:4] in (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+"), inspect_tiff, 12),
    PictureFormat("WEBP", lambda head: head[:4] == b"RIFF" and head[8:12] == b"WEBP", inspect_webp, 8),
)


def format_of(head: bytes) -> PictureFormat | None:
    """The format of a file that begins with `head` (32 bytes are enough), by content alone."""
    return next((one for one in FORMATS if one.recognises(head)), None)
