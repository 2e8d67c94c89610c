"""From Pillow's modes to numbers: 0 is black, 1 is white, and what is transparent shows white paper."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from cnn_explorer.files.picture_facts import Unsupported
from cnn_explorer.network.sentence import say

if TYPE_CHECKING:
    from PIL import Image

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class NotFinite:
    """How many values are NaN or infinite, and the zero-based place of the first."""

    count: int
    first: tuple[int, ...]


def find_not_finite(values: NDArray[Any]) -> NotFinite | None:
    """None if every value is a finite number."""
    bad = ~np.isfinite(values)
    count = int(np.count_nonzero(bad))
    if count == 0:
        return None
    return NotFinite(count, tuple(int(index) for index in np.unravel_index(int(np.argmax(bad)), bad.shape)))


def gray_palette(image: Image.Image) -> bool:
    """Whether a picture with a palette has nothing but grays in it, and so one channel."""
    if image.mode not in ("P", "PA") or image.palette is None:
        return False
    colours = np.array(image.getpalette("RGB"), np.uint8).reshape(-1, 3)
    return bool(np.all(colours == colours[:, :1]))


def pixels_of(band: Image.Image, image: Image.Image, gray: bool) -> Floats:
    """A band of `image` as (rows, columns, 1 or 3), values 0 to 1 (mode F: as they are). `gray`: see gray_palette.

    Raises: Unsupported at a mode that isn't read.
    """
    if band.mode in ("P", "PA"):
        return _composed(band.convert(_palette_mode(band, gray)))
    if band.mode not in _MODES:
        raise Unsupported(say("a picture of the kind {mode}", mode=band.mode))
    return _MODES[band.mode](band, image)


def _palette_mode(band: Image.Image, gray: bool) -> str:
    if band.mode == "PA" or "transparency" in band.info:
        return "LA" if gray else "RGBA"
    return "L" if gray else "RGB"


def _composed(band: Image.Image) -> Floats:
    """L, LA, RGB or RGBA of 8 bits, laid on white: value × opacity + (1 − opacity)."""
    values: Floats = np.asarray(band, np.float32) / np.float32(255)
    if values.ndim == 2:
        return values[:, :, np.newaxis]
    if values.shape[2] in (1, 3):
        return values
    opacity = values[:, :, -1:]
    composed: Floats = values[:, :, :-1] * opacity + (1 - opacity)
    return composed


def _gray(band: Image.Image, image: Image.Image) -> Floats:
    return _composed(band.convert("LA" if "transparency" in image.info else "L"))


def _colour(band: Image.Image, image: Image.Image) -> Floats:
    return _composed(band.convert("RGBA" if "transparency" in image.info else "RGB"))


def _gray_16(band: Image.Image, image: Image.Image) -> Floats:
    numbers = np.asarray(band)
    values = numbers.astype(np.float32) / np.float32(65535)
    if isinstance(image.info.get("transparency"), int):
        values[numbers == image.info["transparency"]] = 1
    return values[:, :, np.newaxis]


def _whole_numbers(band: Image.Image, image: Image.Image) -> Floats:
    """Mode I is what older Pillows give for a 16-bit PNG; elsewhere it is numbers of 32 bits without a white."""
    if image.format != "PNG":
        raise Unsupported(say("a picture with whole numbers of 32 bits"))
    return _gray_16(band, image)


def _floats(band: Image.Image, image: Image.Image) -> Floats:
    return np.asarray(band, np.float32)[:, :, np.newaxis]


def _direct(band: Image.Image, image: Image.Image) -> Floats:
    return _composed(band)


_MODES: dict[str, Callable[[Image.Image, Image.Image], Floats]] = {
    "1": _gray,
    "L": _gray,
    "RGB": _colour,
    "CMYK": _colour,
    "YCbCr": _colour,
    "RGBX": _colour,
    "LA": _direct,
    "RGBA": _direct,
    "La": lambda band, image: _composed(band.convert("LA")),
    "RGBa": lambda band, image: _composed(band.convert("RGBA")),
    "I;16": _gray_16,
    "I;16L": _gray_16,
    "I;16B": _gray_16,
    "I;16N": _gray_16,
    "I": _whole_numbers,
    "F": _floats,
}


def averaged(pixels: Floats, factor: int) -> Floats:
    """Each `factor` × `factor` pixels become one, their mean; at the right and lower edge what is left of them."""
    if factor == 1:
        return pixels
    rows, columns, channels = pixels.shape
    down, across = -(-rows // factor), -(-columns // factor)
    padded = np.pad(pixels, ((0, down * factor - rows), (0, across * factor - columns), (0, 0)))
    # Long rows first, then a few slices: numpy sums over two short axes at once ten times more slowly.
    sums = padded.reshape(down, factor, across * factor * channels).sum(axis=1).reshape(down, across, factor, channels)
    for step in range(1, factor):
        sums[:, :, 0] += sums[:, :, step]
    heights, widths = _counts(rows, factor), _counts(columns, factor)
    mean: Floats = sums[:, :, 0] / (heights[:, np.newaxis, np.newaxis] * widths[:, np.newaxis])
    return mean


def _counts(length: int, factor: int) -> Floats:
    """How many cells are in each group of `factor` along an axis: the last may have fewer."""
    return np.minimum(factor, length - np.arange(0, length, factor)).astype(np.float32)
