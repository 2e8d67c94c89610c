"""Drawing on the stage: each function draws one thing into the rectangles that it is given."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontMetricsF,
    QGuiApplication,
    QImage,
    QPainter,
    QPainterPath,
    QPen,
    QPixmap,
)

from cnn_explorer.network.explanation import Window
from cnn_explorer.network.numbers import Digits
from cnn_explorer.views.grid_paint import paint_cells, paint_lines, paint_numbers, readable_on
from cnn_explorer.views.stage_layout import Grid
from cnn_explorer.views.theme import Scale, theme

LEAST_OF_HEADING = 0.8
"""Of its usual size: so small a heading may become before its end is left out."""
FAINT = 0.26
LEAST_HATCHED = 7.0
"""The side of a cell, in pixels, in which a hatch can be seen."""

SMALLEST_FRAMED = 14.0
"""Pixels of a cell from which on every marked cell has a frame of its own."""


def font(size: float, bold: bool = False) -> QFont:
    """The interface font, `size` pixels high. It is shared: don't change it."""
    return _font(theme.family, max(1, round(size)), bold)


@lru_cache(maxsize=256)
def _font(family: str, pixels: int, bold: bool) -> QFont:
    made = QGuiApplication.font()  # with all its families: Inter alone leaves Chinese to whatever font is found
    made.setPixelSize(pixels)
    made.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    return made


def text_width(text: str, size: float, bold: bool = False) -> float:
    """The width of a text in the interface font, in pixels."""
    return _text_width(text, theme.family, max(1, round(size)), bold)


def elided(
    text: str, size: float, bold: bool, width: float, mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight
) -> str:
    """The text, its end (or what `mode` says) left out where it is wider than `width` pixels."""
    if text_width(text, size, bold) <= width:
        return text
    return QFontMetricsF(font(size, bold)).elidedText(text, mode, width)


@lru_cache(maxsize=8192)
def _text_width(text: str, family: str, pixels: int, bold: bool) -> float:
    return QFontMetricsF(_font(family, pixels, bold)).horizontalAdvance(text)


def heading_size(text: str, height: float, bold: bool, width: float) -> float:
    """The largest font in which a text is as wide as `width` at most; no smaller than LEAST_OF_HEADING of it."""
    fits = height * width / text_width(text, height, bold) if text else height
    return height if fits >= height else float(int(max(fits, height * LEAST_OF_HEADING)))


def paint_heading(
    painter: QPainter, view: QRectF, size: float, title: str, subtitle: str, role: str, width: float
) -> None:
    """Title and subtitle, centred above a grid: a little smaller where they are wider than `width`, then elided."""
    painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
    for text, height, bold, colour, above in (
        (title, size, True, role, size * 2.75),
        (subtitle, size * 0.82, False, "quiet", size * 1.35),
    ):
        height = heading_size(text, height, bold, width)
        made = font(height, bold)
        painter.setFont(made)
        painter.setPen(theme.role(colour))
        metrics = QFontMetricsF(made)
        shown = elided(text, height, bold, width)
        # By its base line: a Chinese character's font is taller, and a rectangle would push its line into the grid.
        left = view.center().x() - metrics.horizontalAdvance(shown) / 2
        painter.drawText(QPointF(left, view.top() - above + metrics.ascent()), shown)


def paint_reached(painter: QPainter, grid: Grid, pixmap: QPixmap, step: int | None) -> None:
    """A feature map: the cells up to `step` in full, those after it faint (all in full for None)."""
    first_row, _, first_column, _ = grid.visible()
    corner = grid.rect(first_row, first_column).topLeft()
    if step is None:
        painter.drawPixmap(corner, pixmap)
        return
    row, column = divmod(step, grid.columns)
    reached = QPainterPath()
    reached.addRect(grid.rect(0, 0, row, grid.columns))
    reached.addRect(grid.rect(row, 0, 1, column + 1))
    painter.fillRect(grid.view.intersected(grid.content), theme.role("paper"))
    painter.setOpacity(painter.opacity() * FAINT)
    painter.drawPixmap(corner, pixmap)
    painter.setOpacity(painter.opacity() / FAINT)
    painter.save()
    painter.setClipPath(reached, Qt.ClipOperation.IntersectClip)
    painter.drawPixmap(corner, pixmap)
    painter.restore()


def paint_padding(painter: QPainter, grid: Grid, inside: QRectF, holds_values: bool) -> None:
    """The padded border: hatched over its values, or covered where padding holds none; a frame around the image."""
    border = QPainterPath()
    border.addRect(grid.content)
    hole = QPainterPath()
    hole.addRect(inside)
    border = border.subtracted(hole)
    ground = QColor(theme.role("ground"))
    ground.setAlpha(150 if holds_values else 255)
    painter.fillPath(border, ground)
    hatch = QColor(theme.role("input"))
    hatch.setAlpha(70)
    painter.fillPath(border, QBrush(hatch, Qt.BrushStyle.BDiagPattern))
    painter.setPen(QPen(theme.role("input"), 1.5, Qt.PenStyle.DashLine))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(inside)


def paint_spaces(
    painter: QPainter, grid: Grid, before: tuple[int, int], size: tuple[int, int], spacing: tuple[int, int]
) -> None:
    """Hatch the zeros between the cells of an input that stands `spacing` apart; `size` is what it spreads over."""
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    for row in range(size[0]):
        if row % spacing[0]:
            path.addRect(grid.rect(row + before[0], before[1], 1, size[1]))
    for column in range(size[1]):
        if column % spacing[1]:
            path.addRect(grid.rect(before[0], column + before[1], size[0], 1))
    veil, hatch = QColor(theme.role("ground")), QColor(theme.role("input"))
    veil.setAlpha(110)
    hatch.setAlpha(70)
    painter.fillPath(path, veil)
    painter.fillPath(path, QBrush(hatch, Qt.BrushStyle.BDiagPattern))


def paint_unvisited(
    painter: QPainter, grid: Grid, rows: list[int], columns: list[int], before: tuple[int, int], size: tuple[int, int]
) -> None:
    """Strike out the rows and columns of the image that no window visits; `size` is the image's, without padding."""
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    for row in rows:
        path.addRect(grid.rect(row + before[0], before[1], 1, size[1]))
    for column in columns:
        path.addRect(grid.rect(before[0], column + before[1], size[0], 1))
    veil = QColor(theme.role("ground"))
    veil.setAlpha(120)
    painter.fillPath(path, veil)
    stroke = QColor(theme.role("quiet"))
    stroke.setAlpha(150)
    painter.fillPath(path, QBrush(stroke, Qt.BrushStyle.FDiagPattern))


def frame(painter: QPainter, rect: QRectF, colour: QColor, width: float) -> None:
    """A rounded frame around a rectangle."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.SquareCap, Qt.PenJoinStyle.RoundJoin))
    painter.drawRoundedRect(rect, 2, 2)


def window_rect(grid: Grid, window: Window, shift: tuple[float, float] = (0, 0)) -> QRectF:
    """The rectangle around a window's cells, moved by a (rows, columns) shift while it slides."""
    top, left = window.rows[0] + shift[0], window.columns[0] + shift[1]
    return grid.rect(top, left, window.rows[-1] - window.rows[0] + 1, window.columns[-1] - window.columns[0] + 1)


def paint_window(painter: QPainter, grid: Grid, window: Window, shift: tuple[float, float], width: float) -> None:
    """The amber window; with dilation also each of the cells that it reads."""
    amber = theme.role("window")
    rect = window_rect(grid, window, shift)
    if len(window.rows) * len(window.columns) > 1 and (_has_gaps(window.rows) or _has_gaps(window.columns)):
        fill = QColor(amber)
        fill.setAlpha(60)
        for row in window.rows:
            for column in window.columns:
                cell = grid.rect(row + shift[0], column + shift[1])
                painter.fillRect(cell, fill)
                frame(painter, cell.adjusted(1, 1, -1, -1), amber, max(1.0, width * 0.6))
        painter.setPen(QPen(amber, 1, Qt.PenStyle.DashLine))
        painter.drawRect(rect)
    else:
        frame(painter, at_least(rect, 8.0), amber, width)


def paint_field(painter: QPainter, rect: QRectF, colour: QColor) -> None:
    """The region that a receptive field covers: a tint that leaves numbers readable, and a dotted outline."""
    tint = QColor(colour)
    tint.setAlpha(30)
    painter.fillRect(rect, tint)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colour, 2.4, Qt.PenStyle.DotLine))
    painter.drawRect(at_least(rect, 8.0))


def at_least(rect: QRectF, side: float) -> QRectF:
    """`rect`, grown around its middle to at least `side` in width and height."""
    wide, tall = max(rect.width(), side), max(rect.height(), side)
    return QRectF(rect.center().x() - wide / 2, rect.center().y() - tall / 2, wide, tall)


def _has_gaps(places: tuple[int, ...]) -> bool:
    return len(places) > 1 and places[1] - places[0] > 1


def paint_links(painter: QPainter, window: QRectF, middle: QRectF, output: QRectF, from_the_side: bool) -> None:
    """Dashed lines from the window to what reads it, and a curve from there to the output cell: to the middle of its
    lower edge, or `from_the_side` of its left one."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.role("window"), 1.4, Qt.PenStyle.DashLine))
    painter.drawLine(window.topRight(), middle.topLeft())
    painter.drawLine(window.bottomRight(), middle.bottomLeft())
    if output.isEmpty():
        return
    start, end = QPointF(middle.right() + 2, middle.center().y()), QPointF(output.center().x(), output.bottom() + 3)
    if from_the_side:
        end = QPointF(output.left() - 2, output.center().y())
    reach = max((end.x() - start.x()) * 0.6, 12.0)
    path = QPainterPath(start)
    turn = QPointF(-reach, 0) if from_the_side else QPointF(0, max(reach * 0.4, 24.0))
    path.cubicTo(start + QPointF(reach, 0), end + turn, end)
    painter.setPen(QPen(theme.role("window"), 1.8))
    painter.drawPath(path)


def paint_marks(painter: QPainter, grid: Grid, cells: list[tuple[int, int]], colour: QColor, strength: float) -> None:
    """A tint and a thin frame on each of `cells`; `strength` from 0 to 1. Small cells have a frame around all of them:
    so many frames would hide what is below."""
    fill, edge = QColor(colour), QColor(colour)
    fill.setAlphaF(0.22 * strength)
    edge.setAlphaF(strength)
    first_row, last_row, first_column, last_column = grid.visible()
    seen = [
        (row, column) for row, column in cells if first_row <= row < last_row and first_column <= column < last_column
    ]
    if not seen:
        return
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, grid.cell >= 5)
    rows, columns = [row for row, _ in seen], [column for _, column in seen]
    high, wide = max(rows) - min(rows) + 1, max(columns) - min(columns) + 1
    around = grid.rect(min(rows), min(columns), high, wide)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(fill)
    painter.drawRects([around] if len(seen) == high * wide else [grid.rect(row, column) for row, column in seen])
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(edge, min(2.0, max(1.0, grid.cell / 16))))
    if grid.cell < SMALLEST_FRAMED:
        painter.drawRect(at_least(around, 6.0))
    else:
        painter.drawRects([grid.rect(row, column).adjusted(1, 1, -1, -1) for row, column in seen])


def paint_weight(
    painter: QPainter, grid: Grid, row: int, column: int, text: str, strength: float, smallest: float
) -> None:
    """A small label in the corner of an output cell: the weight with which it reads the cell pointed at."""
    made = font(max(min(grid.cell * 0.24, 20.0), smallest), bold=True)
    width = QFontMetricsF(made).horizontalAdvance(text) + 6
    if width > grid.cell * 0.95 or grid.cell < 30:
        return
    height = QFontMetricsF(made).height()
    cell = grid.rect(row, column)
    badge = QRectF(cell.right() - width, cell.top(), width, height)
    painter.setOpacity(painter.opacity() * strength)
    painter.fillRect(badge, theme.role("kernel"))
    painter.setFont(made)
    painter.setPen(readable_on(theme.role("kernel").rgb()))
    painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, text)
    painter.setOpacity(painter.opacity() / strength)


def paint_pooled(
    painter: QPainter, grid: Grid, values: np.ndarray, counted: np.ndarray, winner: tuple[int, int] | None,
    scale: Scale, digits: Digits, smallest: float,
) -> None:  # fmt: skip
    """The cells that a pooling reads, their winner framed; padding is hatched, for it takes no part."""
    rect = grid.content
    paint_cells(painter, rect, values, scale)
    paint_numbers(painter, rect, values, scale, digits, smallest)
    for row, column in zip(*np.nonzero(~counted), strict=True):
        cell = grid.rect(int(row), int(column))
        painter.fillRect(cell, theme.role("ground"))
        painter.fillRect(cell, QBrush(theme.role("faint_text"), Qt.BrushStyle.BDiagPattern))
    paint_lines(painter, rect, grid.rows, grid.columns)
    frame(painter, rect, theme.role("window"), 2)
    if winner:
        frame(painter, grid.rect(*winner).adjusted(2, 2, -2, -2), theme.role("output"), 3)


def paint_dropped(painter: QPainter, grid: Grid, dropped: np.ndarray) -> None:
    """The cells that a dropout has set to 0, hatched; where they are too small for that, under a veil."""
    first_row, last_row, first_column, last_column = grid.visible()
    part = dropped[first_row:last_row, first_column:last_column]
    veil = theme.role("quiet")
    if grid.cell < LEAST_HATCHED:
        colours = np.where(part, np.uint32(0x60 << 24 | veil.rgb() & 0xFFFFFF), np.uint32(0))
        rows, columns = colours.shape
        image = QImage(np.ascontiguousarray(colours).data, columns, rows, columns * 4, QImage.Format.Format_ARGB32)
        painter.drawImage(grid.rect(first_row, first_column, rows, columns), image)
        return
    path = QPainterPath()
    for row, column in zip(*np.nonzero(part), strict=True):
        path.addRect(grid.rect(first_row + int(row), first_column + int(column)).adjusted(1, 1, 0, 0))
    painter.fillPath(path, QBrush(veil, Qt.BrushStyle.BDiagPattern))


def paint_message(
    painter: QPainter, rect: QRectF, text: str, size: float, role: str,
    place: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignCenter, bold: bool = False,
) -> None:  # fmt: skip
    """A sentence in the middle of a rectangle, or elsewhere in it, wrapped; smaller where it is too long for that."""
    flags = place | Qt.TextFlag.TextWordWrap
    painter.setPen(theme.role(role))
    for part in (1.0, 0.85, 0.7):
        painter.setFont(font(size * part, bold))
        if painter.boundingRect(rect, flags, text).height() <= rect.height():
            break
    painter.drawText(rect, flags, text)
