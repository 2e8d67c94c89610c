"""Two histograms in one picture: a layer's values as bars, and those of one filter as a line over them."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from cnn_explorer.network.inspection import Histogram
from cnn_explorer.network.numbers import short_text
from cnn_explorer.session.language import tr
from cnn_explorer.views.theme import theme

HEIGHT = 94
NAMES, AXIS = 15, 16
"""Above the bars, for which is which; and below them, for the numbers."""
FONT = 11
BETWEEN = 10
"""Between the two names."""


class HistogramView(QWidget):
    """Both histograms have the same limits; each is as high as its highest bar. `pointed` tells of the bar under the
    pointer. `role` is the filter's colour."""

    pointed = Signal(str)

    def __init__(self, role: str) -> None:
        super().__init__()
        self._role = role
        self._layer: Histogram | None = None
        self._filter: Histogram | None = None
        self._under: int | None = None
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def show_both(self, layer: Histogram | None, own: Histogram | None) -> None:
        """Show a layer's values and a filter's; None for nothing."""
        self._layer, self._filter = layer, own
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, HEIGHT)

    # geometry

    @property
    def field(self) -> QRectF:
        """Where the bars stand."""
        return QRectF(0.5, NAMES, self.width() - 1, self.height() - AXIS - NAMES)

    def bar_at(self, x: float) -> int | None:
        """The bar at a place from the left; None where there is none."""
        if self._layer is None or not 0 <= x < self.width():
            return None
        bins = len(self._layer.counts)
        return min(int((x - self.field.left()) / self.field.width() * bins), bins - 1)

    # the pointer

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point(self.bar_at(event.position().x()))

    def leaveEvent(self, event: QEvent) -> None:
        self._point(None)

    def _point(self, bar: int | None) -> None:
        if bar != self._under:
            self._under = bar
            self.pointed.emit("" if bar is None else self.text_of(bar))
            self.update()

    def text_of(self, bar: int) -> str:
        """What a bar counts."""
        if self._layer is None or self._filter is None:
            return ""
        edges = np.linspace(self._layer.low, self._layer.high, len(self._layer.counts) + 1)
        return tr(
            "From {low} to {high}: {layer} of the layer, {own} of the filter",
            low=short_text(float(edges[bar])), high=short_text(float(edges[bar + 1])),
            layer=int(self._layer.counts[bar]), own=int(self._filter.counts[bar]),
        )  # fmt: skip

    # painting

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            if self._layer is None or self._filter is None:
                return
            self._paint_layer(painter, self._layer)
            self._paint_filter(painter, self._filter)
            self._paint_axis(painter, self._layer)
            self._paint_names(painter)

    def _paint_layer(self, painter: QPainter, shown: Histogram) -> None:
        field, bins = self.field, len(shown.counts)
        wide, tallest = field.width() / bins, max(int(shown.counts.max()), 1)
        for bar, count in enumerate(shown.counts.tolist()):
            height = field.height() * count / tallest
            colour = theme.role("accent_soft" if bar == self._under else "border")
            painter.fillRect(QRectF(field.left() + bar * wide, field.bottom() - height, wide - 1, height), colour)

    def _paint_filter(self, painter: QPainter, shown: Histogram) -> None:
        """Steps along the tops of the filter's bars."""
        field, bins = self.field, len(shown.counts)
        wide, tallest = field.width() / bins, max(int(shown.counts.max()), 1)
        line = QPolygonF()
        for bar, count in enumerate(shown.counts.tolist()):
            top = field.bottom() - (field.height() - 1) * count / tallest
            line.append(QPointF(field.left() + bar * wide, top))
            line.append(QPointF(field.left() + (bar + 1) * wide, top))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.role(self._role), 1.6))
        painter.drawPolyline(line)

    def _paint_axis(self, painter: QPainter, shown: Histogram) -> None:
        field = self.field
        painter.setPen(QPen(theme.role("quiet"), 1))
        painter.drawLine(field.bottomLeft(), field.bottomRight())
        font = painter.font()
        font.setPixelSize(FONT)
        painter.setFont(font)
        below = QRectF(0, field.bottom() + 1, self.width(), AXIS)
        for value, side in ((shown.low, Qt.AlignmentFlag.AlignLeft), (shown.high, Qt.AlignmentFlag.AlignRight)):
            painter.drawText(below, side | Qt.AlignmentFlag.AlignVCenter, short_text(value))
        if shown.low < 0 < shown.high:
            middle = field.left() - shown.low / (shown.high - shown.low) * field.width()
            painter.drawLine(QPointF(middle, field.bottom()), QPointF(middle, field.bottom() + 4))
            painter.drawText(QRectF(middle - 20, below.top() + 2, 40, AXIS), Qt.AlignmentFlag.AlignHCenter, "0")

    def _paint_names(self, painter: QPainter) -> None:
        """Which is which, at the right end above the bars."""
        right = self.field.right() - 2
        for text, role in ((tr("filter"), self._role), (tr("layer"), "quiet")):
            painter.setPen(theme.role(role))
            place = QRectF(0, 0, right, NAMES)
            painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, text)
            right -= painter.fontMetrics().horizontalAdvance(text) + BETWEEN
