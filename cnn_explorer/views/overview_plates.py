"""Parts of the picture of a network that are drawn once and kept until they are others."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtGui import QPainter, QPixmap

from cnn_explorer.network.network import Network, built_alike
from cnn_explorer.views.overview_painter import OverviewPainter
from cnn_explorer.views.theme import theme

if TYPE_CHECKING:
    from cnn_explorer.views.overview import Overview

Things = tuple[object, ...]


class Plate:
    """A picture as large as the view. `things` are compared by identity, `key` by value."""

    def __init__(self, view: Overview) -> None:
        self._view = view
        self._key: Things = ()
        self._things: Things = ()
        self._pixmap = QPixmap()

    def pixmap(self, key: Things, things: Things, paint: Callable[[QPainter], None]) -> QPixmap:
        """The picture that `paint` draws, painted again where it is another one."""
        same = len(things) == len(self._things) and all(a is b for a, b in zip(things, self._things, strict=True))
        if not same or key != self._key:
            self._key, self._things = key, things
            self._pixmap = self._painted(paint)
        return self._pixmap

    def _painted(self, paint: Callable[[QPainter], None]) -> QPixmap:
        ratio = self._view.devicePixelRatioF()
        pixmap = QPixmap(round(self._view.width() * ratio), round(self._view.height() * ratio))
        pixmap.setDevicePixelRatio(ratio)
        with QPainter(pixmap) as painter:
            painter.setFont(self._view.font())
            paint(painter)
        return pixmap


class Plates:
    """The ground, with names and lines, and over it the maps. Marks are drawn anew over both at every painting."""

    def __init__(self, view: Overview) -> None:
        self._view = view
        self._ground, self._still = Plate(view), Plate(view)
        self._built: Network | None = None

    def paint(self, painter: QPainter) -> None:
        """Draw all but the marks, as it was kept."""
        view = self._view
        things = (view.evaluation, view.session.baseline, view.layout_now)
        cursor = view.session.cursor
        at_cell = (cursor.row, cursor.column, cursor.channel) if view.level == "channels" else ()
        key = (*self._look(), view.scales.scope, view.scales.held, at_cell)
        painter.drawPixmap(0, 0, self._still.pixmap(key, things, self._paint_still))

    def paint_anew(self, painter: QPainter) -> None:
        """Draw all but the marks while everything moves."""
        view = self._view
        painter.fillRect(view.rect(), theme.role("ground"))
        painter.translate(-view.offset, 0)
        drawn = OverviewPainter(view, painter)
        drawn.paint_ground()
        drawn.paint_still()
        painter.translate(view.offset, 0)

    def _look(self) -> Things:
        view, cursor = self._view, self._view.session.cursor
        where = (view.size(), view.offset, cursor.layer, cursor.filter, cursor.level)
        return (*where, theme.colours.dark, view.devicePixelRatioF(), view.text_size(), view.language)

    def _paint_still(self, painter: QPainter) -> None:
        view = self._view
        ground = self._ground.pixmap(self._look(), (self._build(), view.layout_now), self._paint_ground)
        painter.drawPixmap(0, 0, ground)
        painter.translate(-view.offset, 0)
        OverviewPainter(view, painter).paint_still()

    def _build(self) -> Network:
        """The network that the ground was painted of, as long as learning changes only weights."""
        network = self._view.evaluation.document.network
        if self._built is None or not built_alike(self._built, network):
            self._built = network
        return self._built

    def _paint_ground(self, painter: QPainter) -> None:
        painter.fillRect(self._view.rect(), theme.role("ground"))
        painter.translate(-self._view.offset, 0)
        OverviewPainter(self._view, painter).paint_ground()
