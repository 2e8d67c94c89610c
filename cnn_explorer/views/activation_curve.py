"""The graph of an activation function with its formula, over the values that the layer's input has."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from cnn_explorer.network.layers.activation import FUNCTIONS, Activation
from cnn_explorer.network.numbers import digits_for
from cnn_explorer.views.theme import theme

HEIGHT = 96
POINTS = 121


def formula(layer: Activation) -> str:
    """The function as it is written, its slope in it."""
    slope = digits_for([layer.negative_slope]).text(layer.negative_slope)
    return FUNCTIONS[layer.activation].formula.format(slope=slope)


class ActivationCurve(QWidget):
    """y against x, x from -reach to reach."""

    def __init__(self) -> None:
        super().__init__()
        self.layer: Activation | None = None
        self.reach = 4.0

    def sizeHint(self) -> QSize:
        return QSize(150, HEIGHT + self.fontMetrics().height())

    minimumSizeHint = sizeHint

    def show_layer(self, layer: Activation) -> None:
        """Draw this layer's function."""
        self.layer = layer
        self.setAccessibleName(formula(layer))
        self.setToolTip(formula(layer))
        self.update()

    def points(self, box: QRectF) -> QPolygonF:
        """The curve within `box`, both axes to the same reach; what leaves the box is cut off by it."""
        assert self.layer is not None
        x = np.linspace(-self.reach, self.reach, POINTS)
        y = np.asarray(self.layer.curve(x), float)
        across, up = box.width() / (2 * self.reach), box.height() / (2 * self._highest(y))
        middle = box.center()
        pairs = zip(x.tolist(), y.tolist(), strict=True)
        return QPolygonF([QPointF(middle.x() + at * across, middle.y() - to * up) for at, to in pairs])

    def _highest(self, y: np.ndarray) -> float:
        return float(np.abs(y).max(initial=1e-6)) * 1.08

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.layer is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line = self.fontMetrics().height()
        painter.setPen(theme.role("text"))
        painter.drawText(QRectF(0, 0, self.width(), line), Qt.AlignmentFlag.AlignLeft, formula(self.layer))
        box = QRectF(0.5, line + 4.5, self.width() - 1, self.height() - line - 6)
        painter.setPen(QPen(theme.role("border"), 1))
        painter.drawRect(box)
        painter.drawLine(QPointF(box.left(), box.center().y()), QPointF(box.right(), box.center().y()))
        painter.drawLine(QPointF(box.center().x(), box.top()), QPointF(box.center().x(), box.bottom()))
        painter.setClipRect(box)
        painter.setPen(QPen(theme.role("output"), 2))
        painter.drawPolyline(self.points(box))
