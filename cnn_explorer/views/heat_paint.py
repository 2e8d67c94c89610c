"""A heat map as colours over a picture: what speaks for a class orange, what speaks against it blue."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from cnn_explorer.network.arrays import Floats
from cnn_explorer.network.findings import Heat
from cnn_explorer.session.session import Session
from cnn_explorer.views.theme import SIGNED, theme

MOST_OPAQUE = 0.86
FAINT = 0.6
"""The power that faint values are lifted by: of a few strong ones the others would hardly be seen."""
VEIL = 165
"""The opacity, of 255, of the paper between a picture and its heat map: on dark ink no colour would be seen."""


def heat_image(values: Floats) -> QImage:
    """(rows, columns) as one pixel a cell, the more opaque the larger a value is beside the largest; 0 is clear."""
    largest = float(np.abs(values).max(initial=0.0)) or 1.0
    strength = np.clip(np.abs(values) / largest, 0.0, 1.0) ** FAINT * MOST_OPAQUE
    against, favour = QColor(SIGNED[0][1]), QColor(SIGNED[-1][1])
    positive = values > 0
    alpha = (strength * 255).astype(np.uint32)
    pixels = alpha << 24
    for shift, get in ((16, QColor.red), (8, QColor.green), (0, QColor.blue)):
        colour = np.where(positive, get(favour), get(against))
        pixels |= (colour * strength).astype(np.uint32) << shift  # premultiplied
    pixels = np.ascontiguousarray(pixels, np.uint32)
    rows, columns = pixels.shape
    return QImage(pixels.data, columns, rows, columns * 4, QImage.Format.Format_ARGB32_Premultiplied).copy()


def paint_heat(painter: QPainter, rect: QRectF, picture: QImage, veil: int = VEIL) -> None:
    """Lay a `heat_image` over a picture in `rect`, which is paled before."""
    paper = theme.role("paper")
    paper.setAlpha(veil)
    painter.fillRect(rect, paper)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, rect.width() < picture.width())
    painter.drawImage(rect, picture)


_drawn: list[tuple[Heat, QImage]] = []


def heat_over_input(session: Session) -> QImage | None:
    """The heat map that belongs over the input on the screen, as a picture that is drawn once; None for none."""
    heat = session.inspection.heat_over(session.evaluation.document)
    if heat is None:
        return None
    if not _drawn or _drawn[0][0] is not heat:
        _drawn[:] = [(heat, heat_image(heat.values))]
    return _drawn[0][1]
