"""A picture of a map, an image or a kernel in a panel, as large as its place; a heat map may be laid over it."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Signal
from PySide6.QtGui import QImage, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from cnn_explorer.network.arrays import Floats
from cnn_explorer.network.document import Image
from cnn_explorer.network.numbers import Digits
from cnn_explorer.views.grid_paint import map_image, paint_fitting_numbers, paint_lines
from cnn_explorer.views.heat_paint import heat_image, paint_heat
from cnn_explorer.views.overview_layout import fitted
from cnn_explorer.views.theme import Scale, theme


class SmallPicture(QWidget):
    """(rows, columns) values, or a colour image (rows, columns, 3). `pointed_at` carries the cell under the pointer as
    (row, column), None beside it."""

    pointed_at = Signal(object)

    def __init__(self, side: int) -> None:
        super().__init__()
        self._side = side
        self._values: Floats | None = None
        self._scale = Scale.around_zero(1.0)
        self._digits: Digits | None = None
        self._picture: QImage | None = None
        self._heat: QImage | None = None
        self._heat_values: Floats | None = None
        self._under: tuple[int, int] | None = None
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._draw)

    def sizeHint(self) -> QSize:
        return QSize(self._side, self._side)

    def show_values(self, values: Floats | None, scale: Scale, digits: Digits | None = None) -> None:
        """Show values in the colours of a scale, with numbers where they fit if `digits` are given; None: nothing."""
        self._values, self._scale, self._digits = values, scale, digits
        self._draw()

    def show_image(self, image: Image) -> None:
        """Show an input image: one channel as ink or light, three as colour."""
        pixels = image.pixels
        self.show_values(pixels if pixels.shape[2] == 3 else pixels[:, :, 0], Scale.of_image(pixels, image.light))

    def show_heat(self, heat: Floats | None) -> None:
        """Lay a heat map (rows, columns) over it; None takes it away."""
        self._heat_values = heat
        self._draw()

    def _draw(self) -> None:
        self._picture = None if self._values is None else map_image(self._values, self._scale)
        self._heat = None if self._heat_values is None else heat_image(self._heat_values)
        self.update()

    @property
    def field(self) -> QRectF:
        """Where the picture is."""
        rows, columns = (1, 1) if self._values is None else self._values.shape[:2]
        return fitted(QRectF(self.rect()).adjusted(1, 1, -1, -1), rows, columns)

    def cell_at(self, point: QPointF) -> tuple[int, int] | None:
        """The cell under a point."""
        field = self.field
        if self._values is None or not field.contains(point):
            return None
        rows, columns = self._values.shape[:2]
        row, column = (point.y() - field.top()) / field.height(), (point.x() - field.left()) / field.width()
        return min(int(row * rows), rows - 1), min(int(column * columns), columns - 1)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point(self.cell_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        self._point(None)

    def _point(self, cell: tuple[int, int] | None) -> None:
        if cell != self._under:
            self._under = cell
            self.pointed_at.emit(cell)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            if self._picture is None or self._values is None:
                return
            field, values = self.field, self._values
            shrunk = field.width() < values.shape[1]
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, shrunk)
            painter.drawImage(field, self._picture)
            if self._heat is not None:
                paint_heat(painter, field, self._heat)
            if self._digits is not None:
                paint_lines(painter, field, values.shape[0], values.shape[1])
                paint_fitting_numbers(painter, field, np.asarray(values), self._scale, self._digits)
            painter.setPen(QPen(theme.role("border"), 1))
            painter.drawRect(field)
