"""The cards of the strip: where each stands, and how one is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from cnn_explorer.network.arrays import Floats
from cnn_explorer.network.layers.layer import Layer
from cnn_explorer.views.grid_paint import map_image
from cnn_explorer.views.theme import Scale, theme

CARD_WIDTH = 108.0
CARD_HEIGHT = 104.0
PICTURE = 63.0
"""The side of a card's picture: 7×7 and 9×9 cells fit exactly, 28×28 in 56."""
TOP = 7.0
NAME_BASELINE = 84.0
SHAPE_BASELINE = 98.0
NEAR, FAR = 20.0, 38.0
"""The gap between cards of one block, and between blocks."""
MARGIN = 8.0
MUTED = 0.4
MOST_PLATES = 300


@dataclass(frozen=True)
class Card:
    """What a card shows. `values` is the map (rows, columns, channels), None where there is none; `coloured` says that
    its channels are red, green and blue. `problem` says why the layer can't be applied."""

    name: str
    shape: str
    values: Floats | None
    scale: Scale
    enabled: bool = True
    problem: str = ""
    role: str = "kernel"
    coloured: bool = False


def begins_block(layer: Layer) -> bool:
    """Whether a block begins with this layer: one that mixes channels, with what follows it up to the next."""
    return layer.begins_block


def card_lefts(layers: Sequence[Layer]) -> list[float]:
    """The left edge of the input's card and of every layer's; cards of a block stand closer together."""
    lefts = [MARGIN]
    for index, layer in enumerate(layers):
        gap = FAR if index == 0 or begins_block(layer) else NEAR
        lefts.append(lefts[-1] + CARD_WIDTH + gap)
    return lefts


def picture_size(rows: int, columns: int, ratio: float) -> tuple[float, float]:
    """Width and height, device-independent, of a map's picture: whole pixels a cell where there are at least 2."""
    room = PICTURE * ratio
    side = max(rows, columns)
    pixels = int(room / side) if room / side >= 2 else room / side
    return max(1.0, columns * pixels) / ratio, max(1.0, rows * pixels) / ratio


class CardPicture:
    """A map with a line around it, drawn once and kept until it is another one."""

    def __init__(self) -> None:
        self._values: Floats | None = None
        self._key: tuple[object, ...] = ()
        self._pixmap = QPixmap()

    def pixmap(self, values: Floats, scale: Scale, coloured: bool, ratio: float) -> QPixmap:
        """The picture of a map: in its own colours, or its first channel in those of the scale."""
        key = (scale, coloured, ratio, theme.colours.dark)
        if values is not self._values or key != self._key:
            self._values, self._key = values, key
            self._pixmap = self._draw(values if coloured else values[..., 0], scale, ratio)
        return self._pixmap

    def _draw(self, values: np.ndarray, scale: Scale, ratio: float) -> QPixmap:
        rows, columns = values.shape[:2]
        width, height = (round(side * ratio) for side in picture_size(rows, columns, ratio))
        step = max(1, max(rows, columns) // (2 * max(width, height)))  # twice as fine as it is shown is fine enough
        pixmap = QPixmap(width + 2, height + 2)
        pixmap.fill(theme.role("grid"))
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, max(rows, columns) > max(width, height))
        painter.drawImage(QRectF(1, 1, width, height), map_image(values[::step, ::step], scale))
        painter.end()
        pixmap.setDevicePixelRatio(ratio)
        return pixmap


class CardPainter:
    """Draws cards into a widget. What changes seldom, frame and words, is kept as a plate; pictures are drawn anew."""

    def __init__(self, widget: QWidget) -> None:
        self._widget = widget
        self._pictures: list[CardPicture] = []
        self._plates: dict[tuple[object, ...], QPixmap] = {}
        self._name_font, self._shape_font = QFont(widget.font()), QFont(widget.font())
        self._name_font.setPixelSize(12)
        self._name_font.setWeight(QFont.Weight.DemiBold)
        self._shape_font.setPixelSize(11)

    def paint(self, painter: QPainter, index: int, place: QPointF, card: Card, selected: bool, focused: bool) -> None:
        """Card `index` with its top left corner at `place`."""
        ratio = self._widget.devicePixelRatioF()
        painter.drawPixmap(place, self._plate(card, selected, focused, ratio))
        if card.values is None or card.problem:
            return
        while len(self._pictures) <= index:
            self._pictures.append(CardPicture())
        pixmap = self._pictures[index].pixmap(card.values, card.scale, card.coloured, ratio)
        left = place.x() + (CARD_WIDTH - pixmap.width() / ratio) / 2
        top = place.y() + TOP + (PICTURE - pixmap.height() / ratio) / 2
        painter.setOpacity(1.0 if card.enabled else MUTED)
        painter.drawPixmap(QPointF(round(left * ratio) / ratio, round(top * ratio) / ratio), pixmap)
        painter.setOpacity(1.0)

    def _plate(self, card: Card, selected: bool, focused: bool, ratio: float) -> QPixmap:
        look = (card.name, card.shape, card.enabled, bool(card.problem), card.values is None, card.role)
        key = (*look, selected, focused, ratio, theme.colours.dark)
        found = self._plates.get(key)
        if found is None:
            if len(self._plates) > MOST_PLATES:
                self._plates.clear()
            found = self._plates[key] = self._draw_plate(card, selected, focused, ratio)
        return found

    def _draw_plate(self, card: Card, selected: bool, focused: bool, ratio: float) -> QPixmap:
        pixmap = QPixmap(round(CARD_WIDTH * ratio), round(CARD_HEIGHT * ratio))
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_frame(painter, card, selected, focused)
        if card.problem:
            self._paint_mark(painter)
        elif card.values is None:
            self._write(painter, TOP + PICTURE / 2 + 5, "\u2013", theme.role("quiet"), self._name_font)
        colour = theme.role("bad" if card.problem else "text" if card.enabled else "quiet")
        self._write(painter, NAME_BASELINE, card.name, colour, self._name_font)
        self._write(painter, SHAPE_BASELINE, card.shape, theme.role("quiet"), self._shape_font)
        painter.end()
        return pixmap

    def _paint_frame(self, painter: QPainter, card: Card, selected: bool, focused: bool) -> None:
        rect = QRectF(0, 0, CARD_WIDTH, CARD_HEIGHT)
        painter.setBrush(theme.role("raised"))
        pen = QPen(theme.role(card.role if selected else "border"), 2.0 if selected else 1.0)
        if not card.enabled:
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 8, 8)
        if focused:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.role("accent"), 1.2, Qt.PenStyle.DotLine))
            painter.drawRoundedRect(rect.adjusted(4, 4, -4, -4), 6, 6)

    def _paint_mark(self, painter: QPainter) -> None:
        middle = QPointF(CARD_WIDTH / 2, TOP + PICTURE / 2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.role("bad"))
        painter.drawEllipse(middle, 15, 15)
        painter.setBrush(theme.role("surface"))
        painter.drawRoundedRect(QRectF(middle.x() - 1.75, middle.y() - 8.5, 3.5, 10.5), 1.5, 1.5)
        painter.drawEllipse(middle + QPointF(0, 6.5), 2.1, 2.1)

    def _write(self, painter: QPainter, baseline: float, text: str, colour: QColor, font: QFont) -> None:
        metrics = QFontMetricsF(font)
        fitted = metrics.elidedText(text, Qt.TextElideMode.ElideRight, CARD_WIDTH - 12)
        painter.setFont(font)
        painter.setPen(colour)
        painter.drawText(QPointF((CARD_WIDTH - metrics.horizontalAdvance(fitted)) / 2, baseline), fitted)


def paint_arrow(painter: QPainter, start: float, end: float, top: float) -> None:
    """An arrow between two cards, from their edges `start` and `end`; `top` is that of the cards."""
    y = round(top + TOP + PICTURE / 2) + 0.5
    tip = end - 4
    lines = ((start + 4, y, tip, y), (tip - 4, y - 4, tip, y), (tip - 4, y + 4, tip, y))
    painter.setPen(QPen(theme.role("quiet"), 1.2))
    painter.drawLines([QLineF(*each) for each in lines])
