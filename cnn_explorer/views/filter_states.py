"""Filters that are dead or silent, as they are marked on the wall and said in words."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPen

from cnn_explorer.session.inspection import DEAD, SILENT
from cnn_explorer.session.language import tr
from cnn_explorer.views.filter_layout import KERNELS, MAPS, WallPlan
from cnn_explorer.views.theme import theme

SIDE = 9.0
"""Of a mark, in the lower right corner of a tile."""
VEIL = 150
"""The opacity, of 255, of what pales a dead filter."""


def with_state(text: str, state: str) -> str:
    """What there is to say of a filter, with its state where it has one."""
    if state == DEAD:
        return tr("{filter}; dead", filter=text)
    return tr("{filter}; silent on this input", filter=text) if state == SILENT else text


def paint_states(painter: QPainter, plan: WallPlan, states: Sequence[str]) -> None:
    """A cross over the tiles of dead filters, which pale, and a bar in the corner of the maps of silent ones."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for number, state in enumerate(states[: plan.count]):
        if state == DEAD:
            for wall in (KERNELS, MAPS):
                _paint_dead(painter, plan.rect(wall, number))
        elif state == SILENT:
            _paint_silent(painter, plan.rect(MAPS, number))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def _paint_dead(painter: QPainter, tile: QRectF) -> None:
    veil = theme.role("surface")
    veil.setAlpha(VEIL)
    painter.fillRect(tile, veil)
    mark = _mark(tile)
    painter.setPen(QPen(theme.role("bad"), 2))
    painter.drawLine(mark.topLeft(), mark.bottomRight())
    painter.drawLine(mark.topRight(), mark.bottomLeft())


def _paint_silent(painter: QPainter, tile: QRectF) -> None:
    mark = _mark(tile)
    painter.fillRect(mark.adjusted(-2, -2, 2, 2), theme.role("surface"))
    painter.setPen(QPen(theme.role("quiet"), 2))
    painter.drawLine(QPointF(mark.left(), mark.center().y()), QPointF(mark.right(), mark.center().y()))


def _mark(tile: QRectF) -> QRectF:
    side = min(SIDE, tile.width() * 0.4)
    return QRectF(tile.right() - side - 2, tile.bottom() - side - 2, side, side)
