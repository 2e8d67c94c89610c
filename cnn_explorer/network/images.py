"""What can be done to a drawn image. Images are (rows, columns, channels), as in a document; 0 is the paper."""

from __future__ import annotations

import numpy as np

from cnn_explorer.network.arrays import Floats, frozen
from cnn_explorer.network.layers.layer import Shape

GREATEST_DRAWN = 2
"""Drawn images hold the whole numbers from 0 to this."""


def shifted(pixels: Floats, rows: int, columns: int) -> Floats:
    """The image moved down by `rows` and right by `columns` (negative: up, left); what comes in is paper, 0."""
    moved = np.zeros_like(pixels)
    to_rows, from_rows = _overlap(pixels.shape[0], rows)
    to_columns, from_columns = _overlap(pixels.shape[1], columns)
    moved[to_rows, to_columns] = pixels[from_rows, from_columns]
    return frozen(moved)


def _overlap(size: int, by: int) -> tuple[slice, slice]:
    """Along one axis: the cells that receive, and the cells that they come from."""
    by = min(max(by, -size), size)
    return slice(max(by, 0), size + min(by, 0)), slice(max(-by, 0), size - max(by, 0))


def inverted(pixels: Floats) -> Floats:
    """Ink for paper: m - x, where m is the largest value but at least 1, so that a blank image becomes all ink."""
    return frozen(np.float32(max(1.0, float(pixels.max()))) - pixels)


def random_image(shape: Shape, rng: np.random.Generator) -> Floats:
    """An image of the whole numbers 0, 1 and 2, each as likely as the others."""
    return frozen(rng.integers(0, GREATEST_DRAWN + 1, shape))
