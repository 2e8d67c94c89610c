"""Pictures from files: decoded by Pillow after a look at the file, turned upright, laid on white paper, in 0 to 1.

Pillow is imported when the first picture is read, so that starting the program doesn't wait for it.
"""

from __future__ import annotations

import io
import math
import threading
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from cnn_explorer.files.opening import AnyPath, damaged, display_name, quoted, read_regular_file
from cnn_explorer.files.picture_facts import Damage, PictureFacts, Unsupported
from cnn_explorer.files.picture_formats import PictureFormat, format_of
from cnn_explorer.files.pixels import averaged, find_not_finite, gray_palette, pixels_of
from cnn_explorer.network.sentence import Refused, Sentence, say

if TYPE_CHECKING:
    from PIL import Image

LARGEST_FILE = 64_000_000
# A picture of more pixels is averaged down to this many, and a longer side to this long.
MOST_PIXELS = 1 << 22
LONGEST_SIDE = 16_384
# A JPEG that is decoded block by block can be decoded at a half, a quarter or an eighth of its size.
MOST_SCALED_MEGAPIXELS = 50
_BAND_PIXELS = 1 << 19
_DRAFT_SCALES = (8, 4, 2)
# One picture at a time: the limits on memory hold for one, and the filters of `warnings` belong to the whole process.
_decoding = threading.Lock()

# What an EXIF orientation asks for: transpose first, then flip up-down, then flip left-right. Others are ignored.
_TURNS = {
    2: (False, False, True),
    3: (False, True, True),
    4: (False, True, False),
    5: (True, False, False),
    6: (True, False, True),
    7: (True, True, True),
    8: (True, True, False),
}
_ORIENTATION = 0x0112


@dataclass(frozen=True, eq=False)
class Picture:
    """A picture as the network takes it.

    `pixels` is float32 (rows, columns, channels), read-only, with 1 or 3 channels and values 0 (black) to 1 (white).
    `frames` is how many pictures the file has, of which this is the first; `note` says what the user should know.
    """

    pixels: NDArray[np.float32]
    name: str
    frames: int = 1
    note: Sentence | None = None


def picture_from_array(values: NDArray[Any], name: str) -> Picture:
    """A picture from memory: a uint8 array of 0 to 255, or floats 0 to 1; (rows, columns) or (rows, columns, 1 or 3).

    Raises: Refused at another shape or type, at no or too many pixels, or at values outside the range.
    """
    if values.ndim == 2:
        values = values[:, :, np.newaxis]
    if values.ndim != 3 or values.shape[2] not in (1, 3) or values.size == 0:
        shape = quoted(str(values.shape), 40)
        raise Refused(
            say(
                "{name} has the shape {shape}; a picture has rows, columns and 1 or 3 channels.",
                name=quoted(name, 60),
                shape=shape,
            ),
            "shape",
        )
    if values.shape[0] * values.shape[1] > MOST_PIXELS:
        raise Refused(
            say("{name} is too large: the limit is {limit} pixels.", name=quoted(name, 60), limit=MOST_PIXELS), "shape"
        )
    scale = np.float32(255) if values.dtype == np.uint8 else np.float32(1)
    pixels = values.astype(np.float32) / scale
    if values.dtype.kind not in "buif" or not bool(np.all((pixels >= 0) & (pixels <= 1))):
        raise Refused(say("{name} has values that are not numbers from 0 to 1.", name=quoted(name, 60)), "values")
    return Picture(_read_only(pixels), name)


def read_image(path: AnyPath) -> Picture:
    """The first picture of a PNG, JPEG, BMP, GIF, TIFF or WebP file, known by its content, whatever its name is.

    A file may have 64 MB, and a picture 8 to 24 megapixels depending on its format (a plain JPEG 50). What has more
    than 4 megapixels is averaged down by a whole number, and the note says so.
    Raises: Refused if it is no such file, is cut short or damaged, or exceeds a limit.
    """
    data = read_regular_file(path, LARGEST_FILE)
    kind = format_of(data[:32])
    if kind is None:
        raise not_an_image(path)
    try:
        facts = kind.inspect(data)
        del data  # what is decoded may be a copy without the parts that aren't needed
        _insist_on_size(path, kind, facts)
        with _decoding, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            pixels, factor, note = _decode(kind, facts)
    except Damage as error:
        raise damaged(path, error.reason) from error
    except Unsupported as error:
        raise Refused(say("{file} is {variant}, which is not supported; save it as PNG.", file=display_name(path),
                          variant=error.variant)) from error  # fmt: skip
    return Picture(_read_only(pixels), display_name(path), facts.frames, _note(path, facts, factor, pixels, note))


def not_an_image(path: AnyPath) -> Refused:
    return Refused(
        say(
            "{file} is not an image that can be read: it is none of PNG, JPEG, BMP, GIF, TIFF, WebP; save it as PNG.",
            file=display_name(path),
        )
    )


def _read_only(pixels: NDArray[np.float32]) -> NDArray[np.float32]:
    pixels = np.ascontiguousarray(pixels)
    pixels.flags.writeable = False
    return pixels


def _insist_on_size(path: AnyPath, kind: PictureFormat, facts: PictureFacts) -> None:
    width, height = facts.size
    if width < 1 or height < 1:
        raise Damage(say("its width and height are {width} and {height}", width=width, height=height))
    limit = kind.megapixels if facts.all_at_once else MOST_SCALED_MEGAPIXELS
    if width * height > limit * 1_000_000:
        raise Refused(
            say(
                "{file} is too large: {width} × {height} pixels, and the limit for {kind} is {limit} megapixels; "
                "make it smaller first.",
                file=display_name(path),
                width=width,
                height=height,
                kind=kind.name,
                limit=limit,
            ),
            "size",
        )


def _decode(kind: PictureFormat, facts: PictureFacts) -> tuple[NDArray[np.float32], int, Sentence | None]:
    """The pixels, upright; how many to a side were averaged into one; and what is to be said about their values."""
    from PIL import Image

    try:
        with Image.open(io.BytesIO(facts.data), formats=[kind.name]) as image:
            factor = _factor(image.size)
            draft = next((scale for scale in _DRAFT_SCALES if scale <= factor), 1)
            image.draft(image.mode, (image.width // draft, image.height // draft))
            image.load()
            pixels, note = _in_bands(image, _factor(image.size))
            return _turned(pixels, _orientation(image)), factor, note
    except (Damage, Unsupported):
        raise
    except MemoryError as error:
        raise Damage(say("it asks for more memory than there is")) from error
    except Exception as error:  # Pillow's decoders raise whatever a broken file makes them stumble over
        raise Damage(say("its {kind} data can't be decoded", kind=kind.name)) from error


def _factor(size: tuple[int, int]) -> int:
    width, height = size
    by_area = math.isqrt(max(0, width * height - 1) // MOST_PIXELS)
    by_area += by_area * by_area * MOST_PIXELS < width * height
    return max(1, by_area, -(-max(size) // LONGEST_SIDE))


def _in_bands(image: Image.Image, factor: int) -> tuple[NDArray[np.float32], Sentence | None]:
    """Turn a decoded picture into floats a band of rows at a time: floats need four times the memory of bytes."""
    width, height = image.size
    gray = gray_palette(image)
    rows = max(1, _BAND_PIXELS // (width * factor)) * factor
    pixels: NDArray[np.float32] | None = None
    for top in range(0, height, rows):
        band = image.crop((0, top, width, min(height, top + rows)))
        band.info = image.info
        part = averaged(pixels_of(band, image, gray), factor)
        if pixels is None:
            pixels = np.empty((-(-height // factor), *part.shape[1:]), np.float32)
        pixels[top // factor : top // factor + len(part)] = part
    if pixels is None:
        raise Damage(say("it has no picture in it"))
    return _into_unit_range(pixels) if image.mode == "F" else (pixels, None)


def _into_unit_range(pixels: NDArray[np.float32]) -> tuple[NDArray[np.float32], Sentence | None]:
    """Floats that are not 0 to 1 have no black and white of their own: their least is black, their greatest white."""
    place = find_not_finite(pixels)
    if place is not None:
        raise Unsupported(say("a picture with {count} values that are not finite (NaN or infinite)", count=place.count))
    low, high = float(pixels.min()), float(pixels.max())
    if low >= 0 and high <= 1:
        return pixels, None
    scaled = (pixels.astype(np.float64) - low) / max(high - low, 1e-300)
    note = say("its values run from {low} to {high}, shown as black to white", low=f"{low:.4g}", high=f"{high:.4g}")
    return scaled.astype(np.float32), note


def _orientation(image: Image.Image) -> int:
    try:
        return int(image.getexif().get(_ORIENTATION, 1))
    except Exception:  # a broken EXIF block, with whatever error: the picture itself is sound
        return 1


def _turned(pixels: NDArray[np.float32], orientation: int) -> NDArray[np.float32]:
    transpose, flip_rows, flip_columns = _TURNS.get(orientation, (False, False, False))
    if transpose:
        pixels = pixels.swapaxes(0, 1)
    return pixels[:: -1 if flip_rows else 1, :: -1 if flip_columns else 1]


def _note(
    path: AnyPath, facts: PictureFacts, factor: int, pixels: NDArray[np.float32], values: Sentence | None
) -> Sentence | None:
    notes = []
    if facts.frames > 1:
        notes.append(say("it has {frames} frames, of which the first is shown", frames=facts.frames))
    if factor > 1:
        rows, columns = pixels.shape[:2]
        notes.append(
            say(
                "it has {width} × {height} pixels, averaged to {columns} × {rows}",
                width=facts.size[0],
                height=facts.size[1],
                columns=columns,
                rows=rows,
            )
        )
    if values is not None:
        notes.append(values)
    if not notes:
        return None
    joined = notes[0]
    for more in notes[1:]:
        joined = say("{first}; {second}", first=joined, second=more)
    return say("{file}: {notes}.", file=display_name(path), notes=joined)
