"""A flat map, which has one row and one column, as bars with names; with very many values, as a mosaic of cells, or the
largest of them as bars.

The same picture on the stage, in the overview and on a card: it draws into whatever rectangle it is given, and leaves
out what does not fit. Geometry first (`rows`, `rect_of`, `at`), then drawing (`paint`); no widget.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, sqrt

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from cnn_explorer.network.network import Network
from cnn_explorer.network.numbers import Digits
from cnn_explorer.session.language import tr
from cnn_explorer.views.grid_paint import SMALLEST_FONT, map_image, paint_lines, paint_numbers
from cnn_explorer.views.stage_paint import elided, font, text_width
from cnn_explorer.views.theme import Scale, theme

MOST_BARS = 48
LARGEST_SHOWN = 16
"""So many bars are shown of more values than MOST_BARS."""
LEAST_ROW, LARGEST_ROW = 3.0, 34.0
"""Of a bar, in pixels; with less than the least the values are a mosaic."""
LEAST_WIDTH_WITH_TEXT = 84.0
FONT_OF_ROW, TALLEST_FONT_OF_ROW = 0.62, 0.76
"""As large a part of a row's height is the text: usually, and where it has to be large."""
LARGEST_FONT = 17.0
WIDEST_NAME, WIDEST_OF_MANY = 0.4, 0.52
"""Of the width; where only the largest of many are shown, their names say most."""
GAP, EDGE = 6.0, 8.0
"""Between the parts of a row, and before the first and after the last."""
MUTED = 110
"""The opacity of a bar that is not the largest, of 255."""


def class_names(count: int, classes: Sequence[str]) -> tuple[str, ...]:
    """The names of `count` values: the classes, where there are as many, else numbers from 1."""
    if len(classes) == count:
        return tuple(classes)
    template = tr("class {name}", name="{}") if count > MOST_BARS else "{}"  # of a list of the largest: not in order
    return tuple(map(template.format, range(1, count + 1)))


def bars_shown(count: int) -> int:
    """How many bars there are of so many values."""
    return count if count <= MOST_BARS else LARGEST_SHOWN


def tells_classes(network: Network, index: int) -> bool:
    """Whether layer `index` is the last, and its numbers stand for classes: those of a Flatten are cells of maps."""
    return index == len(network.layers) - 1 and network.layers[index].kind != "Flatten"


def largest_first(values: np.ndarray) -> tuple[int, ...]:
    """The places of values that are shown as bars: all in order, or of very many the LARGEST_SHOWN, largest first."""
    numbers = np.asarray(values).ravel()
    if len(numbers) <= MOST_BARS:
        return tuple(range(len(numbers)))
    return tuple(np.argsort(-numbers, kind="stable")[: bars_shown(len(numbers))].tolist())


@dataclass(frozen=True)
class Columns:
    """Where the parts of a bar stand from left to right; names and numbers have no width where they don't fit."""

    name: tuple[float, float]
    bar: tuple[float, float]
    zero: float
    number: tuple[float, float]
    font: float


class ClassBars:
    """The picture of `values` (count,), written with `digits`, their lengths by `scale`.

    `names` as from `class_names`. `smallest` is the smallest font that may be used, in pixels. `order` are the places
    of the values that are shown, one below the other: all of them where it is None.
    """

    def __init__(
        self,
        values: np.ndarray,
        scale: Scale,
        digits: Digits,
        names: Sequence[str],
        smallest: float = SMALLEST_FONT,
        role: str = "output",
        order: Sequence[int] | None = None,
    ) -> None:
        self.values = np.asarray(values, np.float32).ravel()
        self.order = tuple(range(len(self.values))) if order is None else tuple(order)
        self._rows = {place: row for row, place in enumerate(self.order)}
        self.scale, self.digits, self.names = scale, digits, names
        self._smallest, self._role = float(ceil(smallest)), role  # fonts have whole pixels
        few = len(self.order) <= MOST_BARS
        self._texts = {at: digits.text(float(self.values[at])) for at in self.order} if few else {}

    @property
    def largest(self) -> int | None:
        """The index of the largest value, None where all are alike."""
        alike = not len(self.values) or float(self.values.min()) == float(self.values.max())
        return None if alike else int(np.argmax(self.values))

    # geometry

    def has_bars(self, rect: QRectF) -> bool:
        """Whether the values are bars in a rectangle of this size, rather than a mosaic."""
        count = len(self.order)
        return 0 < count <= MOST_BARS and rect.height() / count >= LEAST_ROW

    def rect_of(self, rect: QRectF, index: int) -> QRectF:
        """The place of one value: the whole row of a bar, or a cell of the mosaic. Empty where it is not shown."""
        if self.has_bars(rect):
            tall = self._row_height(rect)
            top = rect.top() + (rect.height() - tall * len(self.order)) / 2
            row = self._rows.get(index)
            return QRectF() if row is None else QRectF(rect.left(), top + row * tall, rect.width(), tall)
        grid, _, columns = self._mosaic(rect)
        side = grid.width() / columns
        return QRectF(grid.left() + index % columns * side, grid.top() + index // columns * side, side, side)

    def at(self, rect: QRectF, point: QPointF) -> int | None:
        """The index of the value under a point, None where there is none."""
        count = len(self.order)
        if not rect.contains(point) or not count:
            return None
        first = self.rect_of(rect, self.order[0])
        row, column = (point.y() - first.top()) // first.height(), 0.0
        columns = 1
        if not self.has_bars(rect):
            columns = self._mosaic(rect)[2]
            column = (point.x() - first.left()) // first.width()
        index = int(row * columns + column)
        return self.order[index] if 0 <= column < columns and 0 <= index < count else None

    def text_size(self, rect: QRectF) -> float:
        """The font of names and numbers in pixels; 0 where they don't fit."""
        row = self._row_height(rect)
        size = min(row * FONT_OF_ROW, max(LARGEST_FONT, self._smallest))
        size = float(int(max(size, min(self._smallest, row * TALLEST_FONT_OF_ROW))))
        fits = self.has_bars(rect) and rect.width() >= LEAST_WIDTH_WITH_TEXT
        return size if fits and size >= self._smallest else 0.0

    def _row_height(self, rect: QRectF) -> float:
        return min(rect.height() / max(len(self.order), 1), max(LARGEST_ROW, self._smallest * 1.7))

    def columns(self, rect: QRectF) -> Columns:
        """The parts of every bar from left to right."""
        size = self.text_size(rect)
        name = number = 0.0
        if size:
            widest = max(text_width(self.names[each], size, True) for each in self.order)
            part = WIDEST_NAME if len(self.order) == len(self.values) else WIDEST_OF_MANY
            name = EDGE + min(widest, rect.width() * part) + GAP
            number = max(text_width(each, size, True) for each in self._texts.values()) + GAP + EDGE
        left, right = rect.left() + name, rect.right() - number
        low, high = self._limits()
        zero = left + (right - left) * -low / (high - low)
        return Columns((rect.left() + EDGE, left - GAP), (left, right), zero, (right + GAP, rect.right()), size)

    def _limits(self) -> tuple[float, float]:
        """From the scale, but no room to the left of zero where nothing is negative, nor to its right."""
        low = min(self.scale.low, 0.0) if float(self.values.min(initial=0)) < 0 else 0.0
        high = max(self.scale.high, 0.0) if float(self.values.max(initial=0)) > 0 else 0.0
        return (low, high) if high > low else (0.0, 1.0)

    def _mosaic(self, rect: QRectF) -> tuple[QRectF, int, int]:
        """The mosaic's rectangle, rows and columns: square cells, as large as fit, filled row by row."""
        count = max(len(self.values), 1)
        columns = max(1, round(sqrt(count * rect.width() / max(rect.height(), 1.0))))
        columns = min(columns, count)
        rows = ceil(count / columns)
        side = min(rect.width() / columns, rect.height() / rows)
        wide, tall = side * columns, side * rows
        left, top = rect.center().x() - wide / 2, rect.center().y() - tall / 2
        return QRectF(left, top, wide, tall), rows, columns

    # drawing

    def paint(self, painter: QPainter, rect: QRectF, marked: int | None = None, pointed: int | None = None) -> None:
        """Draw everything into `rect`. `marked` is framed as the cell under the cursor, `pointed` faintly."""
        if not len(self.values):
            return
        self._paint_bars(painter, rect) if self.has_bars(rect) else self._paint_mosaic(painter, rect)
        for index, colour, width in ((pointed, "quiet", 1.5), (marked, "window", 2.5)):
            if index is not None and index in self._rows:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(theme.role(colour), width))
                painter.drawRoundedRect(self.rect_of(rect, index).adjusted(1, 1, -1, -1), 2, 2)

    def _paint_bars(self, painter: QPainter, rect: QRectF) -> None:
        columns = self.columns(rect)
        largest = self.largest
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        first, last = self.rect_of(rect, self.order[0]), self.rect_of(rect, self.order[-1])
        painter.setPen(QPen(theme.role("quiet"), 1))
        painter.drawLine(QPointF(columns.zero, first.top()), QPointF(columns.zero, last.bottom()))
        low, high = self._limits()
        for index in self.order:
            row, value = self.rect_of(rect, index), float(self.values[index])
            length = (columns.bar[1] - columns.bar[0]) * min(max(value, low), high) / (high - low)
            self._paint_bar(painter, row, columns.zero, length, index == largest)
            if columns.font:
                self._paint_texts(painter, row, columns, index, index == largest)

    def _paint_bar(self, painter: QPainter, row: QRectF, zero: float, length: float, is_largest: bool) -> None:
        colour = QColor(theme.role(self._role))
        colour.setAlpha(255 if is_largest else MUTED)
        inset = row.height() * 0.2
        bar = QRectF(min(zero, zero + length), row.top() + inset, abs(length), row.height() - 2 * inset)
        painter.fillRect(bar, colour)

    def _paint_texts(self, painter: QPainter, row: QRectF, columns: Columns, index: int, is_largest: bool) -> None:
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(font(columns.font, is_largest))
        painter.setPen(theme.role("text"))
        left, right = columns.name
        name = elided(self.names[index], columns.font, is_largest, right - left)
        painter.drawText(
            QRectF(left, row.top(), right - left, row.height()), Qt.AlignmentFlag.AlignRight | middle, name
        )
        painter.setPen(theme.role(self._role if is_largest else "quiet"))
        left, right = columns.number
        place = QRectF(left, row.top(), right - left, row.height())
        painter.drawText(place, Qt.AlignmentFlag.AlignLeft | middle, self._texts[index])

    def _paint_mosaic(self, painter: QPainter, rect: QRectF) -> None:
        grid, rows, columns = self._mosaic(rect)
        filled = np.zeros(rows * columns, np.float32)
        filled[: len(self.values)] = self.values
        cells = filled.reshape(rows, columns)
        side = grid.width() / columns
        painter.save()
        whole, rest = divmod(len(self.values), columns)
        clip = [QRectF(grid.left(), grid.top(), grid.width() + 1, whole * side + (0 if rest else 1))]
        clip += [QRectF(grid.left(), grid.top() + whole * side, rest * side + 1, side + 1)] if rest else []
        for part in clip:
            painter.save()
            painter.setClipRect(part, Qt.ClipOperation.IntersectClip)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, side < 1)
            painter.drawImage(grid, map_image(cells, self.scale))
            paint_lines(painter, grid, rows, columns)
            painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
            paint_numbers(painter, grid, cells, self.scale, self.digits, self._smallest)
            painter.restore()
        painter.restore()
