"""The graph of an activation function with its formula, over the values that the layer's input has."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from cnn_explorer.network.layers.activation import FUNCTIONS
from cnn_explorer.network.numbers import digits_for
from cnn_explorer.session.language import tr
from cnn_explorer.views.theme import theme

HEIGHT = 96
POINTS = 121


def formula(layer: Any) -> str:
    """The function as it is written, its slope in it."""
    slope = digits_for([layer.negative_slope]).text(layer.negative_slope)
    return FUNCTIONS[layer.activation].formula.format(slope=slope)


class ActivationCurve(QWidget):
    """y against x, x from -reach to reach; of a function of several numbers, a sentence on that."""

    def __init__(self) -> None:
        super().__init__()
        self.layer: Any = None
        self.reach = 4.0

    def sizeHint(self) -> QSize:
        return QSize(150, HEIGHT + self.fontMetrics().height())

    minimumSizeHint = sizeHint

    def show_layer(self, layer: Any) -> None:
        """Draw the function of this layer, which has an activation."""
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
        if self.layer.over_channels:
            self._paint_sentence(painter, box)
        else:
            self._paint_curve(painter, box)

    def _paint_curve(self, painter: QPainter, box: QRectF) -> None:
        painter.setPen(QPen(theme.role("border"), 1))
        painter.drawRect(box)
        painter.drawLine(QPointF(box.left(), box.center().y()), QPointF(box.right(), box.center().y()))
        painter.drawLine(QPointF(box.center().x(), box.top()), QPointF(box.center().x(), box.bottom()))
        painter.setClipRect(box)
        painter.setPen(QPen(theme.role("output"), 2))
        painter.drawPolyline(self.points(box))

    def _paint_sentence(self, painter: QPainter, box: QRectF) -> None:
        painter.setPen(theme.role("quiet"))
        said = tr("The sum is over all channels of a place, so there is no curve of x alone.")
        painter.drawText(box, int(Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap), said)
