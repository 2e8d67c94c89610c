"""The colours of the values: the scale of the focused layer's input and output with their limits, drawn as bars."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QImage, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from cnn_explorer.network.numbers import digits_for, limit_digits
from cnn_explorer.session.cursor import IMAGE
from cnn_explorer.session.language import tr, translated
from cnn_explorer.session.session import Session
from cnn_explorer.session.settings import Settings
from cnn_explorer.views.controls import Segmented, describe, label
from cnn_explorer.views.plane_switch import PLANE_NAMES
from cnn_explorer.views.scales import SCOPES, Scales
from cnn_explorer.views.shown_maps import shown_maps
from cnn_explorer.views.theme import PLANES, Scale, theme

BAR_HEIGHT = 12
GAP = 3


def ticks(scale: Scale) -> list[float]:
    """The values written under a scale: its limits, and zero between them."""
    return [scale.low, 0.0, scale.high] if scale.low < 0 < scale.high else [scale.low, scale.high]


class ScaleBar(QWidget):
    """One scale: what it belongs to, its colours, and its limits."""

    pointed = Signal(str)

    def __init__(self, role: str) -> None:
        super().__init__()
        self._role = role
        self.title = ""
        self.scale: Scale | None = None
        self.tick_texts: list[str] = []
        """The numbers under the bar."""
        self.setMouseTracking(True)

    def show_scale(self, title: str, scale: Scale | None) -> None:
        """Show a scale; None where there is none (its place stays empty)."""
        if (title, scale) == (self.title, self.scale):
            return
        self.title, self.scale = title, scale
        values = ticks(scale) if scale else []
        self.tick_texts = [limit_digits(values).text(value) for value in values]
        limits = " … ".join(self.tick_texts)
        self.setAccessibleName(tr("Colours of {what}: {limits}", what=title, limits=limits) if scale else title)
        self.update()

    def sizeHint(self) -> QSize:
        line = self.fontMetrics().height()
        return QSize(150, 2 * line + BAR_HEIGHT + 2 * GAP)

    minimumSizeHint = sizeHint

    def bar(self) -> QRectF:
        """Where the colours are."""
        return QRectF(0.5, self.fontMetrics().height() + GAP + 0.5, self.width() - 1, BAR_HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.scale is None:
            return
        painter = QPainter(self)
        painter.setPen(theme.role(self._role))
        painter.drawText(QRectF(0, 0, self.width(), self.bar().top() - GAP), Qt.AlignmentFlag.AlignLeft, self.title)
        painter.drawImage(self.bar(), self._colours(self.scale))
        painter.setPen(QPen(theme.role("grid"), 1))
        painter.drawRect(self.bar())
        self._paint_ticks(painter, self.scale)

    def _colours(self, scale: Scale) -> QImage:
        values = np.linspace(scale.low, scale.high, 256, dtype=np.float32)[None, :]
        pixels = np.ascontiguousarray(theme.pixels(values, scale))
        return QImage(pixels.data, 256, 1, 1024, QImage.Format.Format_RGB32).copy()

    def _paint_ticks(self, painter: QPainter, scale: Scale) -> None:
        painter.setPen(theme.role("quiet"))
        metrics, bar = QFontMetricsF(self.font()), self.bar()
        for value, text in zip(ticks(scale), self.tick_texts, strict=True):
            wide = metrics.horizontalAdvance(text)
            middle = bar.left() + (value - scale.low) / (scale.high - scale.low) * bar.width()
            left = min(max(middle - wide / 2, 0), self.width() - wide)
            painter.drawText(QPointF(left, bar.bottom() + GAP + metrics.ascent()), text)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.scale is not None:
            bar = self.bar()
            part = min(max((event.position().x() - bar.left()) / bar.width(), 0), 1)
            value = self.scale.low + part * (self.scale.high - self.scale.low)
            text = digits_for([self.scale.high / 100]).text(round(value, 6))
            self.pointed.emit(tr("{what}: this colour is {value}", what=self.title, value=text))

    def leaveEvent(self, event: QEvent) -> None:
        self.pointed.emit("")


class ScaleLegend(QWidget):
    """The scales of the focused layer's input and output, which maps share them, and the switch that holds them."""

    pointed = Signal(str)

    def __init__(self, session: Session, settings: Settings, scales: Scales) -> None:
        super().__init__()
        self._session, self._settings, self._scales = session, settings, scales
        self.input, self.output = ScaleBar("input"), ScaleBar("output")
        self.sharing = label()
        self.scope = Segmented(len(SCOPES))
        self.scope.chosen.connect(lambda index: settings.set("scale_scope", SCOPES[index]))
        self.hold = QCheckBox()
        self.hold.toggled.connect(lambda on: settings.set("fixed_scale", on))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for each in (self.input, self.output, self.sharing, self.scope, self.hold):
            column.addWidget(each)
        for bar in (self.input, self.output):
            bar.pointed.connect(self.pointed)
        scales.changed.connect(self.redraw)
        session.cursor_moved.connect(self._follow)
        self.retranslate()

    def _follow(self) -> None:
        """The cursor moves at every step; of that only another channel concerns the scales of this layer."""
        if self._session.cursor.channel != self._channel:
            self.redraw()

    def redraw(self) -> None:
        """Show the scales of what is focused now."""
        self._channel = self._session.cursor.channel
        cursor, reached = self._session.cursor, len(self._session.evaluation.maps)
        at_image = cursor.layer == IMAGE
        before, after = (0, 0) if at_image else (cursor.layer, cursor.layer + 1)
        scale = self._scales.of(before, None if at_image else cursor.channel) if before < reached else None
        self.input.show_scale(self._title(tr("Input"), before, scale), scale)
        scale = self._scales.of(after, cursor.filter) if not at_image and after < reached else None
        self.output.show_scale(self._title(tr("Output"), after, scale), scale)
        self.scope.set_current(SCOPES.index(self._scales.scope))
        self.hold.blockSignals(True)
        self.hold.setChecked(self._settings.values.fixed_scale)
        self.hold.blockSignals(False)

    def _title(self, name: str, index: int, scale: Scale | None) -> str:
        """What a scale belongs to, and who shares it."""
        if shown_maps(self._session).changes(index):
            name = tr("{name}: difference", name=name)
        if index == 0 and scale is not None and scale.kind in PLANES:
            plane = translated(PLANE_NAMES[PLANES.index(scale.kind)])
            return tr("{name} ({plane})", name=name, plane=plane)
        if index == 0:
            return name
        return {
            "map": tr("{name} (this map alone)", name=name),
            "layer": tr("{name} (all maps of the layer)", name=name),
            "network": tr("{name} (all maps of the network)", name=name),
        }[self._scales.scope]

    def retranslate(self) -> None:
        """Set every text."""
        self.sharing.setText(tr("One scale for"))
        self.scope.set_texts(
            (tr("each map"), tr("each layer"), tr("all")),
            (
                tr("Each map has a scale of its own: faint maps are seen, but can't be compared"),
                tr("The maps of a layer share a scale: they can be compared with each other"),
                tr("All maps but the input share a scale: layers can be compared"),
            ),
        )
        self.hold.setText(tr("Hold the limits"))
        tip = tr("Keep the limits at the largest values seen, so that a colour means the same while values change")
        describe(self.hold, tr("Hold the limits"), tip)
        self.redraw()
