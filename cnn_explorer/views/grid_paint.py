"""Drawing one map as a grid of coloured cells, with lines and numbers where they fit."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor, isfinite, log10
from typing import Any

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPen, QPixmap, QStaticText

from cnn_explorer.network.numbers import MINUS, Digits, rounded_digits
from cnn_explorer.views.theme import Scale, theme

SMALLEST_NUMBERED_CELL = 22.0
SMALLEST_LINED_CELL = 5.0
SMALLEST_FONT = 8.0
LARGEST_FONT = 30.0
NARROW = 30.0
COLOURS = 3
"""A cell with less of a margin around its number."""

_texts: dict[tuple[str, float, str], QStaticText] = {}


def map_image(values: np.ndarray, scale: Scale) -> QImage:
    """(rows, columns) values, or the red, green and blue (rows, columns, 3), as a picture of one pixel a cell.

    What has negative values, or another number of channels, is no colour: the channel largest in size is shown.
    """
    if values.ndim == 3 and (scale.kind == "signed" or values.shape[2] != COLOURS):
        values = strongest(values)
    pixels = _rgb(values, scale.high) if values.ndim == 3 else theme.pixels(values, scale)
    pixels = np.ascontiguousarray(pixels)
    rows, columns = pixels.shape
    return QImage(pixels.data, columns, rows, columns * 4, QImage.Format.Format_RGB32).copy()


def strongest(values: np.ndarray) -> np.ndarray:
    """(rows, columns): of each cell's channels (rows, columns, channels), the value that is largest in size."""
    places = np.abs(values).argmax(2)[..., np.newaxis]
    found: np.ndarray = np.take_along_axis(values, places, 2)[..., 0]
    return found


def _rgb(values: np.ndarray, high: float) -> np.ndarray:
    parts = (np.clip(values, 0, high) * np.float32(255 / high) + np.float32(0.5)).astype(np.uint32)
    packed: np.ndarray = np.uint32(0xFF000000) | (parts[..., 0] << 16) | (parts[..., 1] << 8) | parts[..., 2]
    return packed


def number_font(texts: list[str], cell: float, smallest: float = SMALLEST_FONT, height: float = 0) -> QFont | None:
    """The font with which the widest of `texts` fits into a cell; None where none of `smallest` pixels does.

    `cell` is the cell's width, `height` its height where that is another one.
    """
    if not texts:
        return None
    longest = max(texts, key=_breadth).translate(_WIDEST)
    font = QFont(theme.family)
    size = min((height or cell) * 0.4, LARGEST_FONT * max(1.0, cell / 80))
    font.setPixelSize(max(1, round(size)))
    wide = QFontMetricsF(font).horizontalAdvance(longest)
    size *= min(1.0, (cell - (3 if cell < NARROW else 5)) / wide) if wide else 1.0
    if int(size) < smallest:
        return None
    font.setPixelSize(int(size))
    return font


_WIDEST = str.maketrans("123456789", "0" * 9)
"""Digits as wide as any: of two equally long numbers the one with many ones is narrower."""


def _breadth(text: str) -> tuple[int, int, int]:
    """Orders numbers by how wide they are: a minus sign is wider than a digit, and a point narrower."""
    return len(text), text.count(MINUS), -text.count(".")


def static_text(text: str, font: QFont) -> QStaticText:
    """A prepared text, kept for the next painting."""
    key = (text, font.pixelSize(), font.family())
    found = _texts.get(key)
    if found is None:
        if len(_texts) > 20_000:
            _texts.clear()
        found = QStaticText(text)
        found.setTextFormat(Qt.TextFormat.PlainText)
        found.prepare(font=font)
        _texts[key] = found
    return found


def readable_on(pixel: int) -> QColor:
    """Black or white, whichever reads better on a colour 0xffRRGGBB (by relative luminance)."""
    red, green, blue = (pixel >> 16) & 255, (pixel >> 8) & 255, pixel & 255
    return QColor("#14181f") if 0.299 * red + 0.587 * green + 0.114 * blue > 128 else QColor("#ffffff")


def paint_cells(painter: QPainter, rect: QRectF, values: np.ndarray, scale: Scale) -> None:
    """The cells' colours, filling `rect`."""
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, rect.width() < values.shape[1])
    painter.drawImage(rect, map_image(values, scale))


def paint_lines(painter: QPainter, rect: QRectF, rows: int, columns: int) -> None:
    """Lines between the cells and around them, where the cells are large enough."""
    cell, height = rect.width() / columns, rect.height() / rows
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    if cell < SMALLEST_LINED_CELL:
        painter.setPen(QPen(theme.role("grid"), 1))
        painter.drawRect(rect)
        return
    across = [QRectF(rect.left(), rect.top() + row * height, rect.width() + 1, 1) for row in range(rows + 1)]
    down = [QRectF(rect.left() + column * cell, rect.top(), 1, rect.height() + 1) for column in range(columns + 1)]
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.role("grid"))
    painter.drawRects(across + down)  # four times as fast as lines
    painter.setBrush(Qt.BrushStyle.NoBrush)


def paint_numbers(
    painter: QPainter, rect: QRectF, values: np.ndarray, scale: Scale, digits: Digits, smallest: float = SMALLEST_FONT
) -> bool:
    """Each cell's number in its middle; False where they don't fit and none is drawn."""
    rows, columns = values.shape[:2]
    cell, height = rect.width() / columns, rect.height() / rows
    if cell < SMALLEST_NUMBERED_CELL or values.ndim != 2:
        return False
    flat = values.ravel().tolist()
    texts = [digits.text(value) for value in flat]
    font = number_font(texts, cell, smallest, height)
    if font is None and len(flat) == 1:
        texts, font = _shortened(flat[0], digits, cell, smallest, height)
    if font is None:
        return False
    painter.setFont(font)
    pixels = theme.pixels(values, scale).ravel().tolist()
    pens = {pixel: readable_on(pixel) for pixel in set(pixels)}
    for index, (text, pixel) in enumerate(zip(texts, pixels, strict=True)):
        prepared = static_text(text, font)
        size = prepared.size()
        row, column = divmod(index, columns)
        painter.setPen(pens[pixel])
        painter.drawStaticText(
            QPointF(
                rect.left() + column * cell + (cell - size.width()) / 2,
                rect.top() + row * height + (height - size.height()) / 2,
            ),
            prepared,
        )
    return True


def paint_fitting_numbers(painter: QPainter, rect: QRectF, values: np.ndarray, scale: Scale, digits: Digits) -> bool:
    """Each cell's number, with fewer decimals where all of them don't fit, but at least one; False for none drawn."""
    while not paint_numbers(painter, rect, values, scale, digits):
        if digits.decimals <= 1:
            return False
        digits = Digits(digits.decimals - 1, exponent=digits.exponent, exact=False)
    return True


def _shortened(
    value: float, digits: Digits, cell: float, smallest: float, height: float
) -> tuple[list[str], QFont | None]:
    """A number that stands alone, with as many of its digits as there is room for, but at least the first."""
    if not isfinite(value):
        return [], None
    fewest = -floor(log10(abs(value))) if value else 0
    for decimals in range(max(digits.decimals, fewest, rounded_digits(abs(value)).decimals), fewest - 1, -1):
        texts = [Digits(decimals, exact=False).text(value)]
        font = number_font(texts, cell, smallest, height)
        if font is not None:
            return texts, font
    return [], None


Region = tuple[int, int, int, int]
"""First row, row after the last, first column, column after the last."""


@dataclass
class GridPicture:
    """A grid, or the part of it in view, drawn once and kept until what it shows changes."""

    pixmap: QPixmap | None = None
    key: Any = None
    values: np.ndarray | None = None
    numbered: bool = False

    def draw(
        self,
        values: np.ndarray,
        region: Region,
        cell: float,
        ratio: float,
        scale: Scale,
        digits: Digits | None,
        smallest: float = SMALLEST_FONT,
    ) -> QPixmap:
        """A pixmap of the cells of `region`, `cell` device-independent pixels a side, at a device pixel ratio."""
        key = (id(values), region, cell, ratio, scale, digits, smallest, theme.colours.dark)
        if self.pixmap is None or key != self.key:
            part = values[region[0] : region[1], region[2] : region[3]]
            self.pixmap = self._paint(part, cell, ratio, scale, digits, smallest)
            self.key, self.values = key, values  # the array is kept alive, so that its id stays its own
        return self.pixmap

    def _paint(
        self, part: np.ndarray, cell: float, ratio: float, scale: Scale, digits: Digits | None, smallest: float
    ) -> QPixmap:
        rows, columns = part.shape[:2]
        rect = QRectF(0, 0, columns * cell, rows * cell)
        pixmap = QPixmap(max(1, ceil(rect.width() * ratio)), max(1, ceil(rect.height() * ratio)))
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(theme.role("paper"))
        with QPainter(pixmap) as painter:  # ended even where something raises: Qt would crash otherwise
            paint_cells(painter, rect, part, scale)
            paint_lines(painter, rect.adjusted(0, 0, -1, -1), rows, columns)
            self.numbered = digits is not None and paint_numbers(painter, rect, part, scale, digits, smallest)
        return pixmap
