"""The cards of the strip: how one is drawn, and what stands between them."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from cnn_explorer.network.arrays import Floats
from cnn_explorer.views.overview_marks import Marks
from cnn_explorer.views.overview_paint import paint_cell, paint_flat_region, paint_regions, region_rect
from cnn_explorer.views.strip_layout import CARD_HEIGHT, CARD_WIDTH, PLUS_WIDTH
from cnn_explorer.views.strip_pictures import PICTURE, CardPicture, is_flat, paint_sheets, picture_size
from cnn_explorer.views.theme import Scale, theme

TOP = 7.0
NAME_BASELINE = 84.0
SHAPE_BASELINE = 98.0
MUTED = 0.4
MOST_PLATES = 300
LIFTED = -4.0
"""How far above the others a card is that is being dragged."""
BUTTON = 10.0
"""The radius of the button between two cards."""


@dataclass(frozen=True)
class Card:
    """What a card shows. `values` is the map (rows, columns, channels), None where there is none; `coloured` says that
    its channels are red, green and blue, else one `channel` is drawn. `problem` says why the layer can't be applied.
    """

    name: str
    shape: str
    values: Floats | None
    scale: Scale
    enabled: bool = True
    problem: str = ""
    role: str = "kernel"
    coloured: bool = False
    channel: int = 0


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

    def paint(
        self, painter: QPainter, index: int, place: QPointF, card: Card, selected: bool, focused: bool,
        marks: Marks | None = None,
    ) -> None:  # fmt: skip
        """Card `index` with its top left corner at `place`, and what `marks` has of its map."""
        ratio = self._widget.devicePixelRatioF()
        painter.drawPixmap(place, self._plate(card, selected, focused, ratio))
        if card.values is None or card.problem:
            return
        while len(self._pictures) <= index:
            self._pictures.append(CardPicture())
        pixmap = self._pictures[index].pixmap(card.values, card.channel, card.scale, card.coloured, ratio)
        size = QSizeF(pixmap.width() / ratio, pixmap.height() / ratio)
        picture = QRectF(place + _corner(size.width(), size.height(), ratio), size)
        painter.setOpacity(1.0 if card.enabled else MUTED)
        painter.drawPixmap(picture.topLeft(), pixmap)
        painter.setOpacity(1.0)
        if marks is not None:
            _paint_marks(painter, picture.adjusted(1 / ratio, 1 / ratio, -1 / ratio, -1 / ratio), index, card, marks)

    def _plate(self, card: Card, selected: bool, focused: bool, ratio: float) -> QPixmap:
        look = (card.name, card.shape, card.enabled, bool(card.problem), card.values is None, card.role, card.coloured)
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
        with QPainter(pixmap) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_frame(painter, card, selected, focused)
            if card.problem:
                self._paint_mark(painter)
            elif card.values is not None:
                self._paint_sheets(painter, card.values, card, ratio)
            else:
                self._write(painter, TOP + PICTURE / 2 + 5, "\u2013", theme.role("quiet"), self._name_font)
            colour = theme.role("bad" if card.problem else "text" if card.enabled else "quiet")
            self._write(painter, NAME_BASELINE, card.name, colour, self._name_font)
            self._write(painter, SHAPE_BASELINE, card.shape, theme.role("quiet"), self._shape_font)
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

    @staticmethod
    def _paint_sheets(painter: QPainter, values: Floats, card: Card, ratio: float) -> None:
        """Behind the first of several maps; the size of the picture is in the card's words."""
        if values.shape[2] == 1 or card.coloured or is_flat(values):
            return
        width, height = (side + 2 / ratio for side in picture_size(values.shape[0], values.shape[1], ratio))
        painter.setOpacity(1.0 if card.enabled else MUTED)
        paint_sheets(painter, QRectF(_corner(width, height, ratio), QSizeF(width, height)))
        painter.setOpacity(1.0)

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
        fitted = metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, CARD_WIDTH - 12)
        painter.setFont(font)
        painter.setPen(colour)
        painter.drawText(QPointF((CARD_WIDTH - metrics.horizontalAdvance(fitted)) / 2, baseline), fitted)


def _paint_marks(painter: QPainter, picture: QRectF, index: int, card: Card, marks: Marks) -> None:
    """The region of a map that a cell depends on, or that depends on it; the cell itself."""
    assert card.values is not None
    region, (rows, columns, _) = marks.region(index), card.values.shape
    if region is not None and is_flat(card.values):
        paint_flat_region(painter, picture, card.values.shape[2], region, marks.role(index))
    elif region is not None and region.rows and region.columns:
        paint_regions(painter, [region_rect(picture, (rows, columns), region)], marks.role(index))
    elif index == marks.pin.index and not is_flat(card.values):
        paint_cell(painter, picture, (rows, columns), marks.pin.row, marks.pin.column)


def _corner(width: float, height: float, ratio: float) -> QPointF:
    """Where on a card a picture of this size has its top left corner, on a whole pixel."""
    left, top = (CARD_WIDTH - width) / 2, TOP + (PICTURE - height) / 2
    return QPointF(round(left * ratio) / ratio, round(top * ratio) / ratio)


def arrow_height(top: float) -> float:
    """How far down the arrows between cards are whose top edge is `top`."""
    return round(top + TOP + PICTURE / 2) + 0.5


def paint_arrow(painter: QPainter, start: float, end: float, top: float) -> None:
    """An arrow between two cards, from their edges `start` and `end`; `top` is that of the cards."""
    y, tip, back = arrow_height(top), end - 3, min(4.0, (end - start) / 3)
    lines = ((start + 3, y, tip, y), (tip - back, y - back, tip, y), (tip - back, y + back, tip, y))
    painter.setPen(QPen(theme.role("quiet"), 1.2))
    painter.drawLines([QLineF(*each) for each in lines])


def paint_plus_card(painter: QPainter, left: float, top: float, hovered: bool, focused: bool) -> None:
    """The card behind the last one, which adds a layer."""
    rect = QRectF(left, top, PLUS_WIDTH, CARD_HEIGHT)
    painter.setBrush(theme.role("accent_soft" if hovered else "surface"))
    painter.setPen(QPen(theme.role("accent" if hovered or focused else "quiet"), 1.2, Qt.PenStyle.DashLine))
    painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 8, 8)
    if focused:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.role("accent"), 1.2, Qt.PenStyle.DotLine))
        painter.drawRoundedRect(rect.adjusted(4, 4, -4, -4), 6, 6)
    _paint_plus(painter, rect.center(), 8, theme.role("accent" if hovered else "quiet"))


def paint_button(painter: QPainter, middle: QPointF) -> None:
    """The button between two cards, which adds a layer there."""
    painter.setPen(QPen(theme.role("surface"), 2))
    painter.setBrush(theme.role("accent"))
    painter.drawEllipse(middle, BUTTON, BUTTON)
    _paint_plus(painter, middle, 5, theme.role("surface"))


def _paint_plus(painter: QPainter, middle: QPointF, reach: float, colour: QColor) -> None:
    painter.setPen(QPen(colour, 1.8, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    across, down = QPointF(reach, 0), QPointF(0, reach)
    painter.drawLines([QLineF(middle - across, middle + across), QLineF(middle - down, middle + down)])
