"""Drawing many digits at once: a band of rows is one picture, made when it comes into view and kept for a while."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from math import ceil

import numpy as np
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPixmap

from cnn_explorer.files.digits import SIDE, Digits
from cnn_explorer.views.theme import STEPS, theme

PITCH = 32
"""Cells from one digit to the next in a mosaic: 28 of the digit and 4 of ground."""
GAP = PITCH - SIDE
BAND_ROWS = 2
KEPT_SCREENS = 3


@dataclass(frozen=True)
class WallLayout:
    """Where `count` thumbnails stand on a wall `width` pixels wide, `pitch` pixels from one to the next."""

    count: int
    width: int
    pitch: int

    @property
    def columns(self) -> int:
        """Thumbnails in a row, at least one."""
        return max(1, self.width // self.pitch)

    @property
    def rows(self) -> int:
        """Rows, the last of which may be short."""
        return ceil(self.count / self.columns)

    @property
    def left(self) -> int:
        """Where the first column begins: what is over stands half on either side."""
        return max(0, (self.width - self.columns * self.pitch) // 2)

    @property
    def height(self) -> int:
        """All rows together."""
        return self.rows * self.pitch

    def rect(self, place: int) -> QRect:
        """The square of a thumbnail with its share of the gap, from the top of the wall."""
        row, column = divmod(place, self.columns)
        return QRect(self.left + column * self.pitch, row * self.pitch, self.pitch, self.pitch)

    def place_at(self, point: QPoint) -> int | None:
        """Which thumbnail is at a point of the wall."""
        column, row = (point.x() - self.left) // self.pitch, point.y() // self.pitch
        place = row * self.columns + column
        return place if 0 <= column < self.columns and 0 <= place < self.count else None


def mosaic(images: np.ndarray, columns: int, ground: QColor) -> QImage:
    """(N, 28, 28) uint8 as rows of `columns` digits in the colours of ink, a gap of ground around each."""
    count, rows = len(images), ceil(len(images) / columns)
    margin = GAP // 2
    cells = np.full((rows * columns, PITCH, PITCH), ground.rgb(), np.uint32)
    cells[:count, margin : margin + SIDE, margin : margin + SIDE] = _ink()[images]
    pixels = np.ascontiguousarray(cells.reshape(rows, columns, PITCH, PITCH).swapaxes(1, 2))
    width, height = columns * PITCH, rows * PITCH
    return QImage(pixels.data, width, height, width * 4, QImage.Format.Format_RGB32).copy()


def _ink() -> np.ndarray:
    """The colour 0xffRRGGBB of each of 256 values."""
    return theme.table("ink")[np.arange(256) * STEPS // 255]


class Bands:
    """The bands of a wall that were drawn lately, as pixmaps of the screen's own resolution."""

    def __init__(self) -> None:
        self._kept: OrderedDict[int, QPixmap] = OrderedDict()
        self._key: object = None

    def band(
        self, number: int, digits: Digits, indices: np.ndarray, layout: WallLayout, ratio: float, screen: int
    ) -> QPixmap:
        """Rows `number * BAND_ROWS` and following of the digits at `indices`; `screen`: how many bands are in view."""
        key = (id(digits), id(indices), layout, ratio, theme.colours.dark)
        if key != self._key:
            self._kept.clear()
            self._key = key
        if number not in self._kept:
            first = number * BAND_ROWS * layout.columns
            part = indices[first : first + BAND_ROWS * layout.columns]
            self._kept[number] = _pixmap(digits.images[part], layout, ratio)
        self._kept.move_to_end(number)
        while len(self._kept) > KEPT_SCREENS * screen:
            self._kept.popitem(last=False)
        return self._kept[number]


def _pixmap(images: np.ndarray, layout: WallLayout, ratio: float) -> QPixmap:
    picture = mosaic(images, layout.columns, theme.role("ground"))
    factor = layout.pitch * ratio / PITCH
    if factor != 1:
        sharp = factor == int(factor)
        way = Qt.TransformationMode.FastTransformation if sharp else Qt.TransformationMode.SmoothTransformation
        size = QSize(round(picture.width() * factor), round(picture.height() * factor))
        picture = picture.scaled(size, Qt.AspectRatioMode.IgnoreAspectRatio, way)
    pixmap = QPixmap.fromImage(picture)
    pixmap.setDevicePixelRatio(ratio)
    return pixmap
