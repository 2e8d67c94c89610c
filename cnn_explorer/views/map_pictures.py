"""The maps of an evaluation as pictures: many of one layer in one image, drawn once and kept until they change."""

from __future__ import annotations

from collections.abc import Sequence
from math import log2

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from cnn_explorer.network.arrays import Floats
from cnn_explorer.views.grid_paint import map_image
from cnn_explorer.views.overview_layout import COLOURED
from cnn_explorer.views.scales import Scales
from cnn_explorer.views.theme import Scale, theme


def thinned(cells: int, side: float) -> int:
    """Of so many cells in a row that are shown on `side` pixels, each how manieth is drawn: 1, 2, 4, …

    Two for each pixel at least. Steps of two keep a picture that grows or shrinks from being drawn anew all the time.
    """
    finer = cells / (2 * max(side, 1.0))
    return 2 ** int(log2(finer)) if finer > 1 else 1


class Mosaic:
    """Pictures of one size below one another in one image."""

    def __init__(self, image: QImage, count: int) -> None:
        self.image = image
        self._height = image.height() / max(count, 1)

    def draw(self, painter: QPainter, rect: QRectF, at: int) -> None:
        """Draw picture number `at` into a rectangle."""
        source = QRectF(0, at * self._height, self.image.width(), self._height)
        smooth = rect.width() < self.image.width() or rect.height() < self._height
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
        painter.drawImage(rect, self.image, source)


def mosaic(planes: np.ndarray, scale: Scale) -> Mosaic:
    """Planes (rows, columns, count) in the colours of one scale."""
    rows, columns, count = planes.shape
    return Mosaic(map_image(planes.transpose(2, 0, 1).reshape(count * rows, columns), scale), count)


def mosaic_of_scales(planes: np.ndarray, scales: Sequence[Scale]) -> Mosaic:
    """Planes (rows, columns, count), each in the colours of its own scale."""
    if all(scale.kind == "signed" for scale in scales):  # each by its own limit, then all by one scale: much faster
        return mosaic(planes / np.array([scale.high for scale in scales], np.float32), Scale.around_zero(1.0))
    pixels = np.concatenate([theme.pixels(planes[..., at], scale) for at, scale in enumerate(scales)])
    rows, columns = pixels.shape
    image = QImage(pixels.data, columns, rows, columns * 4, QImage.Format.Format_RGB32).copy()
    return Mosaic(image, len(scales))


class MapPictures:
    """Pictures of one map's channels; the arrays of the evaluation are compared by identity."""

    def __init__(self, scales: Scales) -> None:
        self._scales = scales
        self._kept: dict[int, tuple[object, Floats, dict[int, int], Mosaic]] = {}
        self._colour: tuple[object, Floats, QImage] | None = None

    def draw_coloured(self, painter: QPainter, rect: QRectF, values: Floats) -> None:
        """Draw an image in its own colours into a rectangle."""
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, rect.width() < values.shape[1])
        painter.drawImage(rect, self._coloured(values))

    def _coloured(self, values: Floats) -> QImage:
        scale = self._scales.of(0)
        if self._colour is None or self._colour[1] is not values or self._colour[0] != (scale, theme.colours.dark):
            self._colour = ((scale, theme.colours.dark), values, map_image(values, scale))
        return self._colour[2]

    def of(self, values: Floats, index: int, shown: Sequence[int], side: float) -> tuple[dict[int, int], Mosaic]:
        """The pictures of the shown channels of map `index`, and which of them is which channel's.

        `side` is the longer one of a picture on the screen, in its pixels.
        """
        channels = [channel for channel in shown if channel != COLOURED]
        step = thinned(max(values.shape[:2]), side)
        own = self._scales.scope == "map" or index == 0
        scales = tuple(self._scales.of(index, channel) for channel in channels) if own else (self._scales.of(index),)
        key = (tuple(channels), step, scales, theme.colours.dark)
        kept = self._kept.get(index)
        if kept is None or kept[1] is not values or kept[0] != key:
            first, end = min(channels, default=0), max(channels, default=-1) + 1
            together = channels == list(range(first, end))  # they mostly are, and then they need not be picked
            part = values[::step, ::step, first:end] if together else values[::step, ::step][..., channels]
            made = mosaic_of_scales(part, scales) if own else mosaic(part, scales[0])
            kept = self._kept[index] = (key, values, {each: at for at, each in enumerate(channels)}, made)
        return kept[2], kept[3]
