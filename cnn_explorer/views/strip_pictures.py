"""The picture of a map on its card: its cells, or a column of bars where there is one cell and many channels."""

from __future__ import annotations

from math import ceil

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap

from cnn_explorer.network.arrays import Floats
from cnn_explorer.views.grid_paint import map_image
from cnn_explorer.views.theme import Scale, theme

PICTURE = 63.0
"""The side of a card's picture: 7×7 and 9×9 cells fit exactly, 28×28 in 56."""
MOST_BARS = 16
BARS_WIDTH, COLUMN_WIDTH = 60.0, 22.0
TALLEST_BAR = 12
SHEETS = (QPointF(6, -4), QPointF(3, -2))
"""Where the sheets behind the picture of a map with more channels lie."""


def is_flat(values: Floats) -> bool:
    """Whether a map is a list of numbers: one cell, with several channels."""
    return values.shape[:2] == (1, 1) and values.shape[2] > 1


def picture_size(rows: int, columns: int, ratio: float) -> tuple[float, float]:
    """Width and height, device-independent, of a map's picture: whole pixels a cell where there are at least 2."""
    room = PICTURE * ratio
    side = max(rows, columns)
    pixels = int(room / side) if room / side >= 2 else room / side
    return max(1.0, columns * pixels) / ratio, max(1.0, rows * pixels) / ratio


class CardPicture:
    """A map with a line around it, drawn once and kept until it is another one."""

    def __init__(self) -> None:
        self._values: Floats | None = None
        self._key: tuple[object, ...] = ()
        self._pixmap = QPixmap()

    def pixmap(self, values: Floats, channel: int, scale: Scale, coloured: bool, ratio: float) -> QPixmap:
        """The picture of a map: in its own colours, or one channel in those of the scale; a flat one as bars."""
        key = (channel, scale, coloured, ratio, theme.colours.dark)
        if values is not self._values or key != self._key:
            self._values, self._key = values, key
            if is_flat(values):
                self._pixmap = flat_picture(values[0, 0], scale, ratio)
            else:
                self._pixmap = map_picture(values if coloured else values[..., channel], scale, ratio)
        return self._pixmap


def map_picture(values: np.ndarray, scale: Scale, ratio: float) -> QPixmap:
    """(rows, columns) values, or colours, a pixel wider on each side for the line around them."""
    rows, columns = values.shape[:2]
    width, height = (round(side * ratio) for side in picture_size(rows, columns, ratio))
    step = max(1, max(rows, columns) // (2 * max(width, height)))  # twice as fine as it is shown is fine enough
    smooth = max(rows, columns) > max(width, height)
    pixmap = _cells(values[::step, ::step], scale, width, height, smooth)
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def flat_picture(values: np.ndarray, scale: Scale, ratio: float) -> QPixmap:
    """(channels,) values below one another: bars from zero for a few, coloured cells for many."""
    draw = _bars if len(values) <= MOST_BARS else _column
    pixmap = draw(values, scale, ratio)
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def _bars(values: np.ndarray, scale: Scale, ratio: float) -> QPixmap:
    """A bar for each value, to the right of zero where it is positive, to the left where not."""
    pitch = min(int(PICTURE * ratio / len(values)), round(TALLEST_BAR * ratio))
    pixmap = QPixmap(round(BARS_WIDTH * ratio), pitch * len(values) + 1)
    pixmap.fill(Qt.GlobalColor.transparent)
    low, high = min(float(values.min()), 0.0), max(float(values.max()), 0.0)
    a_unit = (pixmap.width() - 3) / ((high - low) or 1.0)
    zero = round(1 - low * a_unit)
    thick = max(1, pitch - max(1, round(ratio)))
    with QPainter(pixmap) as painter:
        painter.setPen(QPen(theme.role("grid"), 1))
        for at, value in enumerate(values.tolist()):
            painter.setBrush(theme.colour(value, scale))
            long = round(abs(value) * a_unit)
            painter.drawRect(zero - long if value < 0 else zero, at * pitch, long, thick)
        painter.setPen(QPen(theme.role("quiet"), 1))
        painter.drawLine(zero, 0, zero, pixmap.height())
    return pixmap


def _column(values: np.ndarray, scale: Scale, ratio: float) -> QPixmap:
    """A cell for each value, or for each few of them: then the largest in size stands for all."""
    room = int(PICTURE * ratio)
    each = ceil(len(values) / room)
    padded = np.pad(values, (0, -len(values) % each)).reshape(-1, each)
    shown = np.take_along_axis(padded, np.abs(padded).argmax(1)[:, np.newaxis], 1)
    cell = room // len(shown)
    return _cells(shown, scale, round(COLUMN_WIDTH * ratio), cell * len(shown))


def _cells(values: np.ndarray, scale: Scale, width: int, height: int, smooth: bool = False) -> QPixmap:
    """(rows, columns) values in cells that fill so many pixels, and a line around them."""
    pixmap = QPixmap(width + 2, height + 2)
    pixmap.fill(theme.role("grid"))
    with QPainter(pixmap) as painter:
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
        painter.drawImage(QRectF(1, 1, width, height), map_image(values, scale))
    return pixmap


def paint_sheets(painter: QPainter, picture: QRectF) -> None:
    """The edges of two sheets behind a picture: there are more channels than the one that is shown."""
    painter.setPen(QPen(theme.role("grid"), 1))
    painter.setBrush(theme.role("raised"))
    for shift in SHEETS:
        painter.drawRect(picture.translated(shift).adjusted(0.5, 0.5, -0.5, -0.5))
