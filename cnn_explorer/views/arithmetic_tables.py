"""The three small tables beside a sum: window ⊙ kernel = products, of the shown channel."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

from cnn_explorer.network.numbers import Digits, digits_for
from cnn_explorer.views.arithmetic_lines import Told
from cnn_explorer.views.grid_paint import paint_cells, paint_lines, readable_on
from cnn_explorer.views.scales import Scales
from cnn_explorer.views.stage_paint import font, frame, text_width
from cnn_explorer.views.theme import Scale, theme

LEAST_CELL = 21.0
SIGN = 28.0
"""The room for the sign behind a table."""
LARGEST_NUMBER = 15.0
FONT_OF_CELL, TALLEST_FONT_OF_CELL = 0.4, 0.6
"""As large a part of a cell's height is its number: usually, and where it has to be large."""
MEASURED = 20
"""The font with which texts are measured, in pixels; other sizes follow from it."""
BESIDE = 9.0
"""The room beside a number in its cell."""


class Table:
    """A small grid of numbers whose cells are as wide as their numbers need."""

    def __init__(self, values: np.ndarray, scale: Scale, digits: Digits) -> None:
        self.values, self.scale = values, scale
        self.texts = [digits.text(value) for value in values.ravel().tolist()]
        self._widest = max(text_width(text, MEASURED) for text in self.texts) / MEASURED

    def width(self, tall: float, size: float) -> float:
        """How wide it is with cells `tall` pixels high and numbers of `size`."""
        return self.values.shape[1] * max(tall, self._widest * size + BESIDE)

    def paint(self, painter: QPainter, rect: QRectF, size: float) -> None:
        """The table's colours, lines and numbers."""
        rows, columns = self.values.shape
        paint_cells(painter, rect, self.values, self.scale)
        paint_lines(painter, rect, rows, columns)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font(size))
        pixels = theme.pixels(self.values, self.scale).ravel().tolist()
        wide, tall = rect.width() / columns, rect.height() / rows
        for at, (text, pixel) in enumerate(zip(self.texts, pixels, strict=True)):
            row, column = divmod(at, columns)
            painter.setPen(readable_on(pixel))
            place = QRectF(rect.left() + column * wide, rect.top() + row * tall, wide, tall)
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)


class Tables:
    """Window ⊙ kernel = products: what is multiplied in the shown channel of a cell."""

    def __init__(self, told: Told, scales: Scales) -> None:
        scene, weights = told.scene, told.found.weights
        assert weights is not None
        place = min(scene.place, told.channels - 1)
        values, kernel = told.found.values[..., place], weights[..., place]
        products = _products(values, kernel, scene.digits.input, scene.digits.kernel)
        self.rows = int(values.shape[0])
        self.all = (
            Table(values, scales.of_values(*scene.source), scene.digits.input),
            Table(kernel, scales.kernel_scale(scene.layer, scene.weights, scene.index), scene.digits.kernel),
            Table(products, Scale.of_signed(products), _product_digits(products)),
        )

    @staticmethod
    def can_be(told: Told) -> bool:
        """Whether there is anything to multiply, and more than one cell of it."""
        return told.found.weights is not None and told.cells > 1

    def fit(self, height: float, smallest: float) -> bool:
        """Whether the numbers can be read where all rows together are `height` pixels high."""
        return height / self.rows >= max(LEAST_CELL, smallest / TALLEST_FONT_OF_CELL)

    def width(self, height: float, smallest: float) -> float:
        """How wide the tables are with their signs."""
        tall = height / self.rows
        return sum(table.width(tall, _size(tall, smallest)) + SIGN for table in self.all)

    def paint(
        self, painter: QPainter, body: QRectF, height: float, smallest: float, sign_size: float, role: str
    ) -> float:
        """Draw the tables in the vertical middle of `body` from the left; returns where they end.

        `role` is the colour of the frame around the window's values.
        """
        left, top = body.left(), body.center().y() - height / 2
        tall = height / self.rows
        size = _size(tall, smallest)
        for table, sign in zip(self.all, "⊙= ", strict=True):
            rect = QRectF(left, top, table.width(tall, size), height)
            table.paint(painter, rect, size)
            left = rect.right()
            painter.setFont(font(sign_size))
            painter.setPen(theme.role("quiet"))
            painter.drawText(QRectF(left, body.top(), SIGN, body.height()), Qt.AlignmentFlag.AlignCenter, sign)
            left += SIGN
        frame(painter, QRectF(body.left(), top, self.all[0].width(tall, size), height), theme.role(role), 2.5)
        return left


def _size(tall: float, smallest: float) -> float:
    """The font of the numbers in cells of a height; whole, as fonts are."""
    return float(int(max(min(tall * FONT_OF_CELL, LARGEST_NUMBER), smallest)))


def _products(values: np.ndarray, kernel: np.ndarray, before: Digits, weights: Digits) -> np.ndarray:
    """The products of the printed numbers."""
    unit = float(before.unit * weights.unit)
    pairs = zip(before.whole(values), weights.whole(kernel), strict=True)
    return np.array([value * weight * unit for value, weight in pairs]).reshape(values.shape)


def _product_digits(products: np.ndarray) -> Digits:
    """Products of printed numbers are printed whole: up to eight decimals."""
    found = digits_for(products)
    return found if found.exact else Digits(8)
