"""A wall of test images, each with what it is and what it is taken for; one of them can be made the input."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from cnn_explorer.session.language import tr
from cnn_explorer.views.grid_paint import map_image
from cnn_explorer.views.mnist_mosaic import WallLayout
from cnn_explorer.views.stage_paint import elided, font, text_width
from cnn_explorer.views.theme import Scale, theme
from cnn_explorer.views.train_words import percent

PITCH = 92
TALL = 108
PICTURE = 76
TEXT, SMALLEST_TEXT = 12.0, 10.0
_CHOOSING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


@dataclass(frozen=True)
class Tile:
    """An image of the data set: its place there, its class and what it is taken for, and how sure the network is."""

    number: int
    label: str
    taken: str
    sure: float

    @property
    def right(self) -> bool:
        """Whether it is recognised."""
        return self.label == self.taken

    def caption(self) -> str:
        """What stands below it: 4→9 98%."""
        names = self.label if self.right else f"{self.label}→{self.taken}"
        return f"{names} {self._sure}"

    @property
    def _sure(self) -> str:
        return f"{100 * self.sure:.0f}\u202f%"

    def fitted(self, size: float, width: float) -> str:
        """The caption with names so short that it fits: both lose what is too much."""
        if text_width(self.caption(), size, True) <= width:
            return self.caption()
        names = (self.label,) if self.right else (self.label, self.taken)
        room = width - text_width("→" * (len(names) - 1) + f" {self._sure}", size, True)
        shorter = [name for name in names if text_width(name, size, True) <= room / len(names)]
        share = room / len(names) if len(shorter) != 1 else room - text_width(shorter[0], size, True)
        short = [name if name in shorter else elided(name, size, True, share) for name in names]
        return f"{'→'.join(short)} {self._sure}"


class ConfusionWall(QAbstractScrollArea):
    """Tiles, row after row, a frame around the one that keys act on. `chosen` carries the place of a tile.

    `wanted` carries the numbers of images that come into view and have no picture yet.
    """

    chosen = Signal(int)
    pointed = Signal(str)
    wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tiles: Sequence[Tile] = ()
        self.current: int | None = None
        self.light = False
        self._pictures: dict[int, QPixmap] = {}
        self._under: int | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setMouseTracking(True)
        self.viewport().installEventFilter(self)
        theme.changed.connect(self._forget)
        self.retranslate()

    def sizeHint(self) -> QSize:
        return QSize(5 * PITCH + 16, 4 * TALL)

    # what is shown

    def show_tiles(self, tiles: Sequence[Tile], light: bool) -> None:
        """Show other images, from the first."""
        self.tiles, self.light = tiles, light
        self.current, self._under = (0 if tiles else None), None
        self._fit()
        self.verticalScrollBar().setValue(0)
        self.redraw()

    def redraw(self) -> None:
        """More pictures may be at hand."""
        self.wanted.emit([tile.number for tile in self.tiles if tile.number not in self._pictures])
        self._speak()
        self.viewport().update()

    def show_pixels(self, number: int, pixels: np.ndarray) -> None:
        """The picture of an image, (rows, columns, channels)."""
        scale = Scale.of_image(pixels, self.light)
        values = pixels if pixels.shape[2] == 3 else pixels[..., 0]
        ratio = self.devicePixelRatioF()
        side = round(PICTURE * ratio)
        sharp = side >= 2 * max(pixels.shape[:2])
        way = Qt.TransformationMode.FastTransformation if sharp else Qt.TransformationMode.SmoothTransformation
        picture = map_image(values, scale).scaled(side, side, Qt.AspectRatioMode.KeepAspectRatio, way)
        pixmap = QPixmap.fromImage(picture)
        pixmap.setDevicePixelRatio(ratio)
        self._pictures[number] = pixmap

    def _forget(self) -> None:
        self._pictures.clear()
        self.redraw()

    def forget(self) -> None:
        """The images are of another data set."""
        self._pictures.clear()

    # geometry

    @property
    def layout_of_wall(self) -> WallLayout:
        """How many stand in a row."""
        return WallLayout(len(self.tiles), self.viewport().width(), PITCH)

    def rect_of(self, place: int) -> QRect:
        """Where a tile stands in the viewport."""
        layout = self.layout_of_wall
        row, column = divmod(place, layout.columns)
        return QRect(layout.left + column * PITCH, row * TALL - self.verticalScrollBar().value(), PITCH, TALL)

    def place_at(self, point: QPoint) -> int | None:
        """The tile under a point of the viewport."""
        layout = self.layout_of_wall
        column, row = (point.x() - layout.left) // PITCH, (point.y() + self.verticalScrollBar().value()) // TALL
        place = row * layout.columns + column
        return place if 0 <= column < layout.columns and 0 <= place < len(self.tiles) else None

    def _fit(self) -> None:
        bar, height = self.verticalScrollBar(), self.viewport().height()
        bar.setRange(0, max(0, self.layout_of_wall.rows * TALL - height))
        bar.setPageStep(max(1, height))
        bar.setSingleStep(TALL // 3)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().update()

    # drawing

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self.viewport()) as painter:  # ended even where something raises: Qt would crash otherwise
            painter.fillRect(self.viewport().rect(), theme.role("surface"))
            for place in range(len(self.tiles)):
                rect = self.rect_of(place)
                if rect.intersects(self.viewport().rect()):
                    self._paint_tile(painter, rect, place)

    def _paint_tile(self, painter: QPainter, rect: QRect, place: int) -> None:
        tile = self.tiles[place]
        inside = QRect(rect.left() + (PITCH - PICTURE) // 2, rect.top() + 6, PICTURE, PICTURE)
        pixmap = self._pictures.get(tile.number)
        painter.fillRect(inside, theme.role("ground"))
        if pixmap is not None:
            size = pixmap.deviceIndependentSize()
            painter.drawPixmap(
                round(inside.center().x() - size.width() / 2 + 0.5),
                round(inside.center().y() - size.height() / 2 + 0.5),
                pixmap,
            )
        painter.setPen(QPen(theme.role("grid"), 1))
        painter.drawRect(inside.adjusted(-1, -1, 0, 0))
        self._paint_caption(painter, rect, tile)
        for shown, role, width in (
            (place == self._under, "quiet", 1), (place == self.current, "input" if self.hasFocus() else "window", 3),
        ):  # fmt: skip
            if shown:
                painter.setPen(QPen(theme.role(role), width))
                painter.drawRect(inside.adjusted(-3, -3, 2, 2))

    def _paint_caption(self, painter: QPainter, rect: QRect, tile: Tile) -> None:
        size = TEXT
        while size > SMALLEST_TEXT and text_width(tile.caption(), size, True) > PITCH - 4:
            size -= 1
        text = tile.fitted(size, PITCH - 4)
        painter.setFont(font(size, True))
        painter.setPen(theme.role("output" if tile.right else "input"))
        place = QRect(rect.left(), rect.bottom() - 23, PITCH, 18)
        painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), text)

    # mouse and keys

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point(self.place_at(event.position().toPoint()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self.place_at(event.position().toPoint())
        if place is not None and event.button() == Qt.MouseButton.LeftButton:
            self._walk_to(place)
            self.chosen.emit(place)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Not viewportEvent: an exception in a paintEvent called from inside a Python override ends the process.
        if watched is self.viewport() and event.type() == QEvent.Type.Leave:
            self._point(None)
        return False

    def _point(self, place: int | None) -> None:
        if place != self._under:
            self._under = place
            self.pointed.emit("" if place is None else self.text_of(place))
            self.viewport().update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() - (event.pixelDelta().y() or round(event.angleDelta().y() / 120 * TALL)))
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, columns = Qt.Key(event.key()), self.layout_of_wall.columns
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -columns, Qt.Key.Key_Down: columns}
        if self.current is None:
            event.ignore()
        elif key in steps:
            self._walk_to(self.current + steps[key])
        elif key in _CHOOSING:
            self.chosen.emit(self.current)
        else:
            super().keyPressEvent(event)

    def _walk_to(self, place: int) -> None:
        if 0 <= place < len(self.tiles):
            self.current = place
            rect, bar = self.rect_of(place), self.verticalScrollBar()
            if rect.top() < 0:
                bar.setValue(bar.value() + rect.top())
            elif rect.bottom() > self.viewport().height():
                bar.setValue(bar.value() + rect.bottom() - self.viewport().height())
            self._speak()
            self.viewport().update()

    def focusInEvent(self, event: QEvent) -> None:
        self._speak()
        self.viewport().update()

    def focusOutEvent(self, event: QEvent) -> None:
        self.viewport().update()

    # words

    def text_of(self, place: int) -> str:
        """What there is to say of a tile."""
        tile = self.tiles[place]
        names = {"true": tile.label, "taken": tile.taken, "sure": percent(tile.sure), "number": tile.number}
        if tile.right:
            return tr("Image {number}: {true}, recognised with {sure}. Click: make it the input.", **names)
        return tr("Image {number}: {true}, taken for {taken} with {sure}. Click: make it the input.", **names)

    def _speak(self) -> None:
        self.setAccessibleDescription("" if self.current is None else self.text_of(self.current))

    def retranslate(self) -> None:
        """The texts for those who can't see it; a tooltip would hide images."""
        self.setAccessibleName(tr("Wall of test images"))
        self._speak()
        self.viewport().update()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
