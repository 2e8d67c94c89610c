"""The picture of an image that is being painted: only the cells that change are drawn again.

With a number in each of 784 cells a whole drawing takes 10 ms and more, the cells under a brush 1 ms.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import QPointF, QRect, QRectF
from PySide6.QtGui import QColor, QFont, QPainter, QPixmap, QRegion

from cnn_explorer.network.numbers import Digits
from cnn_explorer.views.grid_paint import GridPicture, number_font, paint_lines, readable_on, static_text
from cnn_explorer.views.theme import Scale, theme

MOST_CHANGED = 0.25
"""Where a larger part of the cells changes, all are drawn."""


class CanvasPicture:
    """Keeps a pixmap of the values (rows, columns), or (rows, columns, 3), that it drew last."""

    def __init__(self) -> None:
        self._pixmap: QPixmap | None = None
        self._key: Any = None
        self._values = np.zeros((0, 0))
        self._font: QFont | None = None
        self._longest = 0

    def draw(self, values: np.ndarray, cell: float, ratio: float, scale: Scale, digits: Digits | None) -> QPixmap:
        """A pixmap with cells of `cell` device-independent pixels a side; numbers in them where there are `digits`."""
        key = (values.shape, cell, ratio, scale, digits, theme.colours.dark)
        on_pixels = values.ndim == 2 and (cell * ratio).is_integer()  # else cells would not end where pixels do
        changed = np.argwhere(values != self._values) if key == self._key and on_pixels else None
        if self._pixmap is None or changed is None or not self._can_patch(values, changed, digits):
            self._pixmap = self._draw_all(values, cell, ratio, scale, digits)
        elif len(changed):
            self._draw_cells(self._pixmap, values, changed, cell, scale, digits)
        self._key, self._values = key, values
        return self._pixmap

    def _can_patch(self, values: np.ndarray, changed: np.ndarray, digits: Digits | None) -> bool:
        """Whether few cells change, and none to a number that needs a smaller font than the one in use."""
        if len(changed) > MOST_CHANGED * values.size:
            return False
        if digits is None or self._font is None:
            return True
        return all(len(digits.text(float(values[row, column]))) <= self._longest for row, column in changed)

    def _draw_all(self, values: np.ndarray, cell: float, ratio: float, scale: Scale, digits: Digits | None) -> QPixmap:
        picture = GridPicture()
        pixmap = picture.draw(values, (0, values.shape[0], 0, values.shape[1]), cell, ratio, scale, digits)
        self._font = None
        if picture.numbered and digits is not None:
            texts = [digits.text(value) for value in values.ravel().tolist()]
            self._font, self._longest = number_font(texts, cell), max(map(len, texts))
        return pixmap

    def _draw_cells(
        self, pixmap: QPixmap, values: np.ndarray, changed: np.ndarray, cell: float, scale: Scale, digits: Digits | None
    ) -> None:
        rows, columns = values.shape
        pixels = theme.pixels(values[tuple(changed.T)], scale).tolist()
        rects = [QRectF(column * cell, row * cell, cell, cell) for row, column in changed.tolist()]
        with QPainter(pixmap) as painter:
            painter.setClipRegion(_region(rects))
            for rect, pixel in zip(rects, pixels, strict=True):
                painter.fillRect(rect, QColor.fromRgb(pixel))
            paint_lines(painter, QRectF(0, 0, columns * cell - 1, rows * cell - 1), rows, columns)
            if self._font is not None and digits is not None:
                texts = [digits.text(float(values[row, column])) for row, column in changed]
                _paint_texts(painter, rects, texts, pixels, self._font)


def _region(rects: list[QRectF]) -> QRegion:
    region = QRegion()
    for rect in rects:
        region += QRegion(QRect(rect.topLeft().toPoint(), rect.bottomRight().toPoint()).adjusted(0, 0, -1, -1))
    return region


def _paint_texts(painter: QPainter, rects: list[QRectF], texts: list[str], pixels: list[int], font: QFont) -> None:
    painter.setFont(font)
    for rect, text, pixel in zip(rects, texts, pixels, strict=True):
        prepared = static_text(text, font)
        size = prepared.size()
        painter.setPen(readable_on(pixel))
        corner = QPointF((rect.width() - size.width()) / 2, (rect.height() - size.height()) / 2)
        painter.drawStaticText(rect.topLeft() + corner, prepared)
