"""Drawing the picture of a network: each function draws one thing into the rectangles that it is given."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter, QPainterPath, QPen

from cnn_explorer.network.explanation import Region
from cnn_explorer.network.numbers import digits_for, limit_digits
from cnn_explorer.views.grid_paint import SMALLEST_NUMBERED_CELL, map_image, paint_cells, paint_lines, paint_numbers
from cnn_explorer.views.stage_paint import elided, font, text_width
from cnn_explorer.views.theme import STEPS, Scale, theme

CENTRE = Qt.AlignmentFlag.AlignCenter
LEGEND_BAR = 7.0
BESIDE_NAME = 2.0
"""The least room beside a name in its column, both sides together, in pixels: names of neighbours stay apart."""
WIDEST_NAME = 8.0
"""In heights of its text: a longer name is cut off."""


def paint_heading(
    painter: QPainter, rect: QRectF, words: tuple[str, str], role: str, sizes: tuple[float, float], selected: bool,
    reach: float,
) -> None:  # fmt: skip
    """The name and the shape of a layer above its column, beyond which they may reach by `reach` in all.

    `sizes` are those of their fonts.
    """
    (title, subtitle), (size, small) = words, sizes
    room = rect.width() + reach
    lines = title_lines(title, size, room)
    for at, line in enumerate(lines):
        above = size * (2.65 + 1.15 * (len(lines) - 1 - at))
        _paint_line(painter, QPointF(rect.center().x(), rect.bottom() - above), line, size, True, role, room)
    below = QPointF(rect.center().x(), rect.bottom() - size * 1.45)
    _paint_line(painter, below, subtitle, small, False, "quiet", room)
    if selected:
        painter.fillRect(QRectF(rect.left(), rect.bottom() - size, rect.width(), 2), theme.role(role))


def title_lines(title: str, size: float, room: float) -> list[str]:
    """A name in one line where it fits, else in two."""
    return [title] if text_width(title, size, True) <= room else _parted(title)


def _parted(title: str) -> list[str]:
    """A name in two lines of about the same length, where it has spaces or underscores."""
    places = [at + 1 for at, character in enumerate(title) if character in " _/" and 0 < at < len(title) - 1]
    if not places:
        return [title]
    best = min(places, key=lambda at: max(at, len(title) - at))
    return [title[:best].rstrip(), title[best:]]


def heading_width(title: str, subtitle: str, size: float, small: float) -> float:
    """The least width of a column whose name, in two lines, and shape can be read; a long name is cut off."""
    lines = [text_width(line, size, True) for line in _parted(title)]
    return min(max(*lines, text_width(subtitle, small)), size * WIDEST_NAME) + BESIDE_NAME


def _paint_line(painter: QPainter, place: QPointF, text: str, size: float, bold: bool, role: str, room: float) -> None:
    """A line centred at a place of its base line; of one that is too long the middle is left out."""
    shown = elided(text, size, bold, room, Qt.TextElideMode.ElideMiddle)
    painter.setFont(font(size, bold))
    painter.setPen(theme.role(role))
    painter.drawText(QPointF(place.x() - text_width(shown, size, bold) / 2, place.y()), shown)


def paint_tile_frame(painter: QPainter, rect: QRectF, role: str, width: float) -> None:
    """A frame around a picture."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, width > 1)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.role(role), width))
    by = width / 2 if width > 1 else 0.5
    painter.drawRect(rect.adjusted(-by, -by, by, by))


def cells_rect(tile: QRectF, shape: tuple[int, int], rows: tuple[int, ...], columns: tuple[int, ...]) -> QRectF:
    """The rectangle around cells of a map that is drawn in `tile`; positions outside of the map lie outside of it."""
    high, wide = tile.height() / shape[0], tile.width() / shape[1]
    top, left = tile.top() + rows[0] * high, tile.left() + columns[0] * wide
    return QRectF(left, top, (columns[-1] - columns[0] + 1) * wide, (rows[-1] - rows[0] + 1) * high)


def region_rect(tile: QRectF, shape: tuple[int, int], region: Region) -> QRectF:
    """Where a region lies on a map, large enough to be seen."""
    return _at_least(cells_rect(tile, shape, region.rows, region.columns), 4.0)


def paint_regions(painter: QPainter, rects: list[QRectF], role: str) -> None:
    """The outlines of regions, their cells tinted."""
    tint = QColor(theme.role(role))
    tint.setAlpha(46)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(tint)
    painter.setPen(QPen(theme.role(role), 1.8))
    painter.drawRects(rects)
    painter.setBrush(Qt.BrushStyle.NoBrush)


def paint_flat_region(painter: QPainter, tile: QRectF, count: int, region: Region, role: str) -> None:
    """The numbers of a region, among `count` below one another; a frame around all of them."""
    if len(region.channels) == count:
        paint_tile_frame(painter, tile, role, 2)
    elif region.channels:
        paint_regions(painter, [region_rect(tile, (count, 1), Region(region.channels, (0,), (0,)))], role)


def paint_cell(painter: QPainter, tile: QRectF, shape: tuple[int, int], row: int, column: int) -> QRectF:
    """The amber frame of the cell under the cursor; returns where it is."""
    rect = _at_least(cells_rect(tile, shape, (row,), (column,)), 5.0)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.role("window"), 2.2))
    painter.drawRect(rect)
    return rect


def _at_least(rect: QRectF, side: float) -> QRectF:
    wide, tall = max(rect.width(), side), max(rect.height(), side)
    return QRectF(rect.center().x() - wide / 2, rect.center().y() - tall / 2, wide, tall)


PILL, PILL_GAP = 1.55, 3.0
"""The height of a pill in heights of its text, and its distance from the picture that it belongs to."""


def pill_bottom(picture: QRectF, size: float, ceiling: float) -> float:
    """Where a pill ends that stands above a picture; or below it, where it would begin above `ceiling`."""
    above = picture.top() - PILL_GAP
    return above if above - PILL * size >= ceiling else picture.bottom() + PILL_GAP + PILL * size


def paint_pill(painter: QPainter, anchor: QPointF, text: str, role: str, size: float, inside: QRectF) -> QRectF:
    """A number on a rounded ground, centred over `anchor` and kept inside a rectangle; returns where it is."""
    made = font(size, bold=True)
    width, height = QFontMetricsF(made).horizontalAdvance(text) + size * 0.9, PILL * size
    left = min(max(anchor.x() - width / 2, inside.left()), max(inside.right() - width, inside.left()))
    rect = QRectF(left, max(anchor.y() - height, inside.top()), width, height)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.role(role), 1.2))
    painter.setBrush(theme.role("raised"))
    painter.drawRoundedRect(rect, height / 2, height / 2)
    painter.setFont(made)
    painter.setPen(theme.role(role))
    painter.drawText(rect, CENTRE, text)
    return rect


def numbers_fit(rect: QRectF, values: np.ndarray) -> bool:
    """Whether the numbers of a map (rows, columns, channels) can be read where it is drawn."""
    rows, columns, _ = values.shape
    return min(rect.width() / columns, rect.height() / rows) >= SMALLEST_NUMBERED_CELL


def paint_map_numbers(painter: QPainter, rect: QRectF, values: np.ndarray, channel: int, scale: Scale) -> None:
    """The numbers of one channel's cells (rows, columns, channels), with lines between them."""
    rows, columns, _ = values.shape
    paint_lines(painter, rect, rows, columns)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    plane = values[..., channel]
    paint_numbers(painter, rect, plane, scale, digits_for(values if rows * columns == 1 else plane))


def paint_link(painter: QPainter, start: QPointF, end: QPointF, role: str, strength: float, width: float = 1.4) -> None:
    """A curve from one map to another that reads it."""
    colour = QColor(theme.role(role))
    colour.setAlphaF(min(strength, 1.0))
    reach = max((end.x() - start.x()) * 0.5, 8.0)
    path = QPainterPath(start)
    path.cubicTo(start + QPointF(reach, 0), end - QPointF(reach, 0), end)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colour, width))
    painter.drawPath(path)


def paint_kernel(painter: QPainter, rect: QRectF, weights: np.ndarray, scale: Scale, numbers: bool) -> None:
    """The weights of one channel as cells with lines between them, and with their numbers where these fit."""
    paint_cells(painter, rect, weights, scale)
    paint_lines(painter, rect, *weights.shape)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if numbers:
        paint_numbers(painter, rect, weights, scale, digits_for(weights))


def paint_sign(painter: QPainter, centre: QPointF, sign: str, size: float) -> None:
    """A ⊙, = or + between pictures."""
    painter.setFont(font(size))
    painter.setPen(theme.role("quiet"))
    painter.drawText(QRectF(centre.x() - size * 2, centre.y() - size, size * 4, size * 2), CENTRE, sign)


def paint_node(painter: QPainter, rect: QRectF, text: str, role: str, size: float) -> None:
    """A round node in which parts come together: Σ, or the name of a function."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.role(role), 1.6))
    painter.setBrush(theme.role("raised"))
    painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)
    painter.setFont(font(size, bold=True))
    painter.setPen(theme.role(role))
    painter.drawText(rect, CENTRE, text)


def paint_more(painter: QPainter, rect: QRectF, text: str, size: float) -> None:
    """How many maps are not shown."""
    painter.setFont(font(size, bold=True))
    painter.setPen(theme.role("quiet"))
    painter.drawText(rect, CENTRE, text)


def paint_flat(painter: QPainter, rect: QRectF, values: np.ndarray, scale: Scale) -> None:
    """The values (channels,) of a flat map as a column of cells, the first at the top; many of them in several."""
    column = values.reshape(-1, 1)
    limit = int(rect.height() * 2)
    if len(column) > limit:  # more values than there are lines: those furthest from zero are seen
        across = -(-len(column) // limit)
        padded = np.zeros(across * -(-len(column) // across), np.float32)
        padded[: len(column)] = values
        groups = padded.reshape(-1, across)
        column = groups[np.arange(len(groups)), np.abs(groups).argmax(1)].reshape(-1, 1)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
    painter.drawImage(rect, map_image(column, scale))
    paint_tile_frame(painter, rect, "grid", 1)


@lru_cache(maxsize=16)
def _colours(kind: str, dark: bool) -> QImage:
    """All colours of a kind of scale, in one line."""
    pixels = np.ascontiguousarray(theme.table(kind)[:: STEPS // 64][None, :])
    return QImage(pixels.data, pixels.shape[1], 1, pixels.nbytes, QImage.Format.Format_RGB32).copy()


def paint_frames(painter: QPainter, rects: list[QRectF]) -> None:
    """Thin frames around pictures, all at once."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.role("grid"), 1))
    painter.drawRects([rect.adjusted(-0.5, -0.5, 0.5, 0.5) for rect in rects])


def paint_legend(painter: QPainter, rect: QRectF, scale: Scale, size: float) -> None:
    """The colours of a scale as a bar with its limits, zero in the middle where it is signed."""
    bar = QRectF(rect.left(), rect.top() + 4, rect.width(), LEGEND_BAR)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
    painter.drawImage(bar, _colours(scale.kind, theme.colours.dark))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.role("grid"), 1))
    painter.drawRect(bar)
    painter.setFont(font(size))
    painter.setPen(theme.role("quiet"))
    below = QRectF(rect.left() - 14, bar.bottom() + 1, rect.width() + 28, size * 1.5)
    write = limit_digits([scale.high]).text
    if scale.low < 0:
        painter.drawText(below, CENTRE, "±" + write(scale.high))
    else:
        painter.drawText(below, CENTRE, f"{write(scale.low)} … {write(scale.high)}")
