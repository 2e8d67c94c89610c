"""Making a picture the size the network is to see: so many rows and columns, and how it is fitted into them.

Pillow is imported when the first picture is enlarged, so that starting the program doesn't wait for it.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Size = tuple[int, int]
"""(rows, columns)."""

LUMINANCE = (0.299, 0.587, 0.114)
"""How much red, green and blue count for brightness: Rec. 601, as `tf.image.rgb_to_grayscale` has it."""


def luminance(pixels: Floats) -> Floats:
    """(rows, columns, 1 or 3) as one channel, (rows, columns, 1): the brightness of red, green, blue by Rec. 601."""
    if pixels.shape[2] == 1:
        return pixels
    weighted: Floats = pixels @ np.array(LUMINANCE, np.float32)
    return np.clip(weighted, pixels.min(), pixels.max())[:, :, np.newaxis]


def own_size(rows: int, columns: int, largest: int) -> Size:
    """A picture's own size, made smaller, keeping its aspect, where a side is longer than `largest`."""
    factor = min(1.0, largest / max(rows, columns))
    return max(1, round(rows * factor)), max(1, round(columns * factor))


def fit(pixels: Floats, rows: int, columns: int, how: str, paper: float = 0.0) -> Floats:
    """`pixels` (rows, columns, channels) resampled to another size; no value leaves the range of them and `paper`.

    `how` is one of FITS: "padded" shows all of it with bars of `paper` beside it, "cropped" fills the size and cuts off
    what is over at both ends, "stretched" changes the aspect. What shrinks is averaged over areas, what grows is
    interpolated linearly. Raises KeyError at another `how`.
    """
    return FITS[how](pixels, rows, columns, paper)


def _padded(pixels: Floats, rows: int, columns: int, paper: float) -> Floats:
    factor = min(rows / pixels.shape[0], columns / pixels.shape[1])
    inner = (
        min(rows, max(1, round(pixels.shape[0] * factor))),
        min(columns, max(1, round(pixels.shape[1] * factor))),
    )
    whole = np.full((rows, columns, pixels.shape[2]), paper, np.float32)
    top, left = (rows - inner[0]) // 2, (columns - inner[1]) // 2
    whole[top : top + inner[0], left : left + inner[1]] = _stretched(pixels, *inner, paper)
    return whole


def _cropped(pixels: Floats, rows: int, columns: int, paper: float) -> Floats:
    factor = max(rows / pixels.shape[0], columns / pixels.shape[1])
    height, width = rows / factor, columns / factor
    top, left = (pixels.shape[0] - height) / 2, (pixels.shape[1] - width) / 2
    return _resampled(pixels, (rows, top, top + height), (columns, left, left + width))


def _stretched(pixels: Floats, rows: int, columns: int, paper: float) -> Floats:
    return _resampled(pixels, (rows, 0.0, pixels.shape[0]), (columns, 0.0, pixels.shape[1]))


Part = tuple[int, float, float]
"""How many cells to make of the part from here to there, in pixels along an axis."""


def _resampled(pixels: Floats, down: Part, across: Part) -> Floats:
    """One channel and one direction after the other, because one direction may shrink where the other grows."""
    planes = [_along_columns(_along_columns(plane, *across).T, *down).T for plane in np.moveaxis(pixels, 2, 0)]
    # No weight is negative, so there is no ringing; only the last digit of a mean may miss the range.
    return np.clip(np.stack(planes, axis=2), pixels.min(), pixels.max())


def _along_columns(values: Floats, count: int, start: float, stop: float) -> Floats:
    shrinks = count <= stop - start
    return _averaged(values, count, start, stop) if shrinks else _interpolated(values, count, start, stop)


def _averaged(values: Floats, count: int, start: float, stop: float) -> Floats:
    """Means over `count` equal parts of the columns; a column that lies in two parts counts for each by its share.

    Pillow's BOX takes whole columns only, so that its mean drifts by up to a thousandth.
    """
    edges = np.linspace(start, stop, count + 1)
    whole = np.minimum(edges.astype(int), values.shape[1] - 1)
    sums = np.zeros((values.shape[0], values.shape[1] + 1))
    np.cumsum(values, axis=1, out=sums[:, 1:])
    up_to_edges = sums[:, whole] + values[:, whole] * (edges - whole)
    means: Floats = (np.diff(up_to_edges) * (count / (stop - start))).astype(np.float32)
    return means


def _interpolated(values: Floats, count: int, start: float, stop: float) -> Floats:
    from PIL import Image

    picture = Image.fromarray(np.ascontiguousarray(values))
    size, box = (count, values.shape[0]), (start, 0, stop, values.shape[0])
    return np.asarray(picture.resize(size, Image.Resampling.BILINEAR, box), np.float32)


FITS: dict[str, Callable[[Floats, int, int, float], Floats]] = {
    "padded": _padded,
    "cropped": _cropped,
    "stretched": _stretched,
}
