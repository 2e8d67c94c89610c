"""Drawing on an image, and placing a drawing as MNIST's digits are placed.

Places are (row, column) with fractions: cell (r, c) covers r to r + 1 and c to c + 1, its middle is (r + 0.5, c + 0.5).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import ceil, floor

import numpy as np

from cnn_explorer.network.arrays import Floats
from cnn_explorer.network.images import shifted

Place = tuple[float, float]

SOFT_EDGE = 1.2
"""Over how many cells a soft brush fades from full to nothing."""
LARGEST_HARD_SIDE = 16
"""Images up to this size are painted cell by cell."""

MNIST_SIDE = 28
MNIST_BOX = 20
KEPT_AS_IT_IS = 18
"""A drawing whose longer side is already this long is not scaled again: each scaling blurs."""
FAINT = 0.1
"""Ink below this part of the strongest does not count for a drawing's extent."""


def is_painted_by_cell(pixels: Floats) -> bool:
    """Whether an image (rows, columns, channels) is so small that a brush fills whole cells."""
    return int(max(pixels.shape[:2])) <= LARGEST_HARD_SIDE


def cells_between(start: Place, end: Place) -> list[tuple[int, int]]:
    """The cells that the line from `start` to `end` passes through, in order; also cells outside of an image."""
    count = max(1, ceil(4 * max(abs(end[0] - start[0]), abs(end[1] - start[1]))))
    along = [step / count for step in range(count + 1)]
    line = [((1 - t) * start[0] + t * end[0], (1 - t) * start[1] + t * end[1]) for t in along]
    return list(dict.fromkeys((floor(row), floor(column)) for row, column in line))


def distance_to_segment(rows: np.ndarray, columns: np.ndarray, start: Place, end: Place) -> np.ndarray:
    """How far each place (rows, columns) is from the straight piece between two places, in cells."""
    length = (end[0] - start[0], end[1] - start[1])
    square = length[0] ** 2 + length[1] ** 2
    along = (rows - start[0]) * length[0] + (columns - start[1]) * length[1]
    nearest = np.clip(along / square, 0, 1) if square else np.zeros_like(along)
    return np.hypot(rows - start[0] - nearest * length[0], columns - start[1] - nearest * length[1])


@dataclass
class Stroke:
    """A brush going over an image: what has been covered so far, and what the image becomes.

    `before` is (rows, columns, channels); those of `planes` get `value`, all of them for None. `radius` is that of a
    soft round brush in cells, 0 of one that fills the cells it touches. A place passed twice is covered once: the soft
    edge stays soft.
    """

    before: Floats
    value: float
    radius: float = 0.0
    planes: tuple[int, ...] | None = None
    cover: Floats = field(init=False)

    def __post_init__(self) -> None:
        self.cover = np.zeros(self.before.shape[:2], np.float32)

    def extend(self, start: Place, end: Place) -> None:
        """Move the brush straight from one place to the next."""
        if self.radius:
            self._cover_softly(start, end)
        else:
            self._cover_cells(start, end)

    def _cover_cells(self, start: Place, end: Place) -> None:
        rows, columns = self.cover.shape
        for row, column in cells_between(start, end):
            if 0 <= row < rows and 0 <= column < columns:
                self.cover[row, column] = 1.0

    def _cover_softly(self, start: Place, end: Place) -> None:
        reach = self.radius + SOFT_EDGE
        first_row, last_row = _reached(start[0], end[0], reach, self.cover.shape[0])
        first_column, last_column = _reached(start[1], end[1], reach, self.cover.shape[1])
        rows = np.arange(first_row, last_row)[:, None] + 0.5
        columns = np.arange(first_column, last_column)[None, :] + 0.5
        distance = distance_to_segment(rows, columns, start, end)
        fading = np.clip((self.radius + SOFT_EDGE / 2 - distance) / SOFT_EDGE, 0, 1).astype(np.float32)
        part = self.cover[first_row:last_row, first_column:last_column]
        np.maximum(part, fading, out=part)

    def pixels(self) -> Floats:
        """The image with the stroke on it, (rows, columns, channels)."""
        cover = self.cover[:, :, None]
        result: Floats = self.before * (1 - cover) + np.float32(self.value) * cover
        if self.planes is not None:
            kept = [plane for plane in range(result.shape[2]) if plane not in self.planes]
            result[:, :, kept] = self.before[:, :, kept]
        return result


def _reached(start: float, end: float, reach: float, size: int) -> tuple[int, int]:
    """The first place along an axis that a brush reaches, and the one after the last."""
    first = min(max(floor(min(start, end) - reach), 0), size)
    return first, max(first, min(ceil(max(start, end) + reach), size))


def mass_centre(ink: Floats) -> Place:
    """The (row, column) at which ink (rows, columns) balances. The ink must not be all zero."""
    total = float(ink.sum())
    rows = float(ink.sum(axis=1) @ (np.arange(ink.shape[0]) + 0.5))
    columns = float(ink.sum(axis=0) @ (np.arange(ink.shape[1]) + 0.5))
    return rows / total, columns / total


def centre_like_mnist(pixels: Floats) -> Floats:
    """The drawing on `pixels` (rows, columns, channels), any size, as MNIST places its digits: (28, 28, channels).

    It is scaled into a box of 20×20, keeping its proportions, and moved by whole cells until its centre of mass is the
    field's centre: to half a cell, unless that would push ink over the border. One that is as large already is only
    moved.
    """
    if not pixels.any():
        return np.zeros((MNIST_SIDE, MNIST_SIDE, pixels.shape[2]), np.float32)
    rows, columns = _box(pixels)
    longer = max(rows.stop - rows.start, columns.stop - columns.start)
    if pixels.shape[:2] == (MNIST_SIDE, MNIST_SIDE) and KEPT_AS_IT_IS <= longer <= MNIST_BOX:
        return _balanced(pixels)
    part = _scaled(pixels[rows, columns])
    field = np.zeros((MNIST_SIDE, MNIST_SIDE, pixels.shape[2]), np.float32)
    field[: part.shape[0], : part.shape[1]] = part
    return _balanced(field)


def _box(pixels: Floats) -> tuple[slice, slice]:
    """The rows and the columns that hold more than faint ink."""
    ink = np.abs(pixels).sum(axis=2)
    return _extent(ink.max(axis=1)), _extent(ink.max(axis=0))


def _extent(strongest: np.ndarray) -> slice:
    inked = np.nonzero(strongest > FAINT * strongest.max())[0]
    return slice(int(inked[0]), int(inked[-1]) + 1)


def _balanced(field: Floats) -> Floats:
    """The field (28, 28, channels) moved until its ink balances in the middle; its box stays inside."""
    centre = mass_centre(np.abs(field).sum(axis=2))
    down, right = (
        min(max(round(MNIST_SIDE / 2 - at), -box.start), MNIST_SIDE - box.stop)
        for at, box in zip(centre, _box(field), strict=True)
    )
    return shifted(field, down, right)


def _scaled(pixels: Floats) -> Floats:
    """`pixels` (rows, columns, channels) with its longer side as long as the box, the other at least one cell."""
    scale = MNIST_BOX / max(pixels.shape[:2])
    sides = (max(1, round(side * scale)) for side in pixels.shape[:2])
    down, across = (_resampling(old, new) for old, new in zip(pixels.shape[:2], sides, strict=True))
    scaled: Floats = np.einsum("ri,ijc,sj->rsc", down, pixels, across).astype(np.float32)
    return scaled


def _resampling(old: int, new: int) -> np.ndarray:
    """Weights (new, old) of a linear interpolation that, when it shrinks, averages over what falls into a cell."""
    width = max(1.0, old / new)
    middles = (np.arange(new) + 0.5) * old / new
    weights = np.clip(1 - np.abs(middles[:, None] - (np.arange(old) + 0.5)[None, :]) / width, 0, None)
    result: np.ndarray = weights / weights.sum(axis=1, keepdims=True)
    return result
