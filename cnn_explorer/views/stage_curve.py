"""The plot of an activation function in the middle of the stage, with the point of the current cell."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen

from cnn_explorer.network.layers.activation import Activation
from cnn_explorer.views.stage_paint import font
from cnn_explorer.views.theme import theme


def paint_curve(
    painter: QPainter, rect: QRectF, layer: Activation, x: float, y: float, limit: float, size: float
) -> None:
    """The activation as a plot over -limit..limit, with its axes and the point (x, y) of the current cell."""
    low = min(-0.25 * limit, float(layer.curve(-limit)) * 1.15)
    high = max(0.25 * limit, float(layer.curve(limit)) * 1.15)
    plot = rect.adjusted(6, 6, -6, -6)

    def place(px: float, py: float) -> QPointF:
        return QPointF(
            plot.left() + (px + limit) / (2 * limit) * plot.width(),
            plot.bottom() - (py - low) / (high - low) * plot.height(),
        )

    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.role("border"), 1))
    painter.setBrush(theme.role("surface"))
    painter.drawRoundedRect(rect, 8, 8)
    painter.setPen(QPen(theme.role("quiet"), 1))
    painter.drawLine(place(-limit, 0), place(limit, 0))
    painter.drawLine(place(0, low), place(0, high))
    path = QPainterPath()
    for index, at in enumerate(np.linspace(-limit, limit, 121)):
        point = place(float(at), float(layer.curve(float(at))))
        path.moveTo(point) if index == 0 else path.lineTo(point)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.role("kernel"), 2.5))
    painter.drawPath(path)
    _paint_point(painter, place, x, y, size)


def _paint_point(painter: QPainter, place: object, x: float, y: float, size: float) -> None:
    assert callable(place)
    point = place(x, y)
    painter.setPen(QPen(theme.role("input"), 1.5, Qt.PenStyle.DashLine))
    painter.drawLine(point, place(x, 0))
    painter.setPen(QPen(theme.role("output"), 1.5, Qt.PenStyle.DashLine))
    painter.drawLine(point, place(0, y))
    painter.setPen(QPen(theme.role("surface"), 2))
    painter.setBrush(theme.role("window"))
    painter.drawEllipse(point, size * 0.45, size * 0.45)
    painter.setFont(font(size))
    painter.setPen(theme.role("quiet"))
    labels = [("x", place(x, 0) + QPointF(-size * 0.3, size * 1.4)), ("y", place(0, y) + QPointF(4, -4))]
    for label, at in labels if abs(place(0, y).y() - place(0, 0).y()) > size else labels[:1]:
        painter.drawText(at, label)
