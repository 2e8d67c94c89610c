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


class Table:
    """A small grid of numbers whose cells are as wide as their numbers need."""

    def __init__(self, values: np.ndarray, scale: Scale, digits: Digits, tall: float, smallest: float) -> None:
        self.values, self.scale, self.digits = values, scale, digits
        rows, columns = values.shape
        self._size = max(min(tall * FONT_OF_CELL, LARGEST_NUMBER), smallest)
        widest = max(text_width(digits.text(v), self._size) for v in values.ravel().tolist())
        self.width, self.height = columns * max(tall, widest + 9), rows * tall

    def paint(self, painter: QPainter, rect: QRectF) -> None:
        """The table's colours, lines and numbers."""
        paint_cells(painter, rect, self.values, self.scale)
        rows, columns = self.values.shape
        paint_lines(painter, rect, rows, columns)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font(self._size))
        pixels = theme.pixels(self.values, self.scale)
        wide, tall = rect.width() / columns, rect.height() / rows
        for row in range(rows):
            for column in range(columns):
                painter.setPen(readable_on(int(pixels[row, column])))
                place = QRectF(rect.left() + column * wide, rect.top() + row * tall, wide, tall)
                text = self.digits.text(float(self.values[row, column]))
                painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)


def tables(told: Told, scales: Scales, height: float, smallest: float) -> list[Table]:
    """Window ⊙ kernel = products in `height` pixels; none where their numbers would be too small, or are but one."""
    weights = told.found.weights
    if weights is None or told.cells == 1:
        return []
    rows = told.found.values.shape[0]
    tall = height / rows
    if tall < max(LEAST_CELL, smallest / TALLEST_FONT_OF_CELL):
        return []
    scene = told.scene
    place = min(scene.place, told.channels - 1)
    values, kernel = told.found.values[..., place], weights[..., place]
    products = _products(values, kernel, scene.digits.input, scene.digits.kernel)
    scale = scales.kernel_scale(scene.layer, scene.weights, scene.index)
    parts = (
        (values, scales.of_values(scene.index, scene.channel), scene.digits.input),
        (kernel, scale, scene.digits.kernel),
        (products, Scale.of_signed(products), _product_digits(products)),
    )
    return [Table(*part, tall, smallest) for part in parts]


def _products(values: np.ndarray, kernel: np.ndarray, before: Digits, weights: Digits) -> np.ndarray:
    """The products of the printed numbers."""
    unit = float(before.unit * weights.unit)
    pairs = zip(before.whole(values), weights.whole(kernel), strict=True)
    return np.array([value * weight * unit for value, weight in pairs]).reshape(values.shape)


def _product_digits(products: np.ndarray) -> Digits:
    """Products of printed numbers are printed whole: up to eight decimals."""
    found = digits_for(products)
    return found if found.exact else Digits(8)


def tables_width(made: list[Table]) -> float:
    """How wide the tables are with their signs."""
    return sum(table.width + SIGN for table in made)


def paint_tables(painter: QPainter, body: QRectF, made: list[Table], size: float, role: str) -> float:
    """Draw the tables in the vertical middle of `body` from the left; returns where they end.

    `size` is that of the signs between them, `role` the colour of the frame around the window's values.
    """
    left = body.left()
    for table, sign in zip(made, "⊙= ", strict=False):
        rect = QRectF(left, body.center().y() - table.height / 2, table.width, table.height)
        table.paint(painter, rect)
        left = rect.right()
        painter.setFont(font(size))
        painter.setPen(theme.role("quiet"))
        painter.drawText(QRectF(left, body.top(), SIGN, body.height()), Qt.AlignmentFlag.AlignCenter, sign)
        left += SIGN
    if made:
        window = QRectF(body.left(), body.center().y() - made[0].height / 2, made[0].width, made[0].height)
        frame(painter, window, theme.role(role), 2.5)
    return left
