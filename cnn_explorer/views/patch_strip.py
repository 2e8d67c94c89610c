"""The patches that excite a filter: each enlarged, and below it the digit that it is cut from."""

from __future__ import annotations

from math import ceil

import numpy as np
from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from cnn_explorer.network.explanation import Region
from cnn_explorer.network.findings import Excitement, ImageSet
from cnn_explorer.network.numbers import short_text
from cnn_explorer.session.language import tr
from cnn_explorer.views.controls import describe
from cnn_explorer.views.grid_paint import map_image
from cnn_explorer.views.overview_layout import fitted
from cnn_explorer.views.theme import Scale, theme

COLUMNS, MOST = 4, 12
GAP = 8
FONT = 11
INK = Scale("ink", 0.0, 1.0)
_KEYS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -COLUMNS, Qt.Key.Key_Down: COLUMNS}
_CHOOSING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class PatchStrip(QWidget):
    """`chosen` carries the place of a digit in the ImageSet, by a click or Enter; `pointed` what it is."""

    chosen = Signal(int)
    pointed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._found: Excitement | None = None
        self._data: ImageSet | None = None
        self._pictures: list[tuple[QImage, QImage]] = []
        self._under: int | None = None
        self.current = 0
        self.setMouseTracking(True)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.installEventFilter(self)
        theme.changed.connect(self._draw)
        self.retranslate()

    def show_found(self, found: Excitement | None, data: ImageSet | None) -> None:
        """Show these patches of these images; None for none."""
        self._found, self._data = found, data
        self.current = min(self.current, max(self.count - 1, 0))
        self._draw()
        self.updateGeometry()

    @property
    def count(self) -> int:
        """How many patches there are."""
        return 0 if self._found is None or self._data is None else min(len(self._found.indices), MOST)

    def _draw(self) -> None:
        self._pictures = []
        if self._found is not None and self._data is not None:
            for index, region in list(zip(self._found.indices, self._found.regions, strict=True))[:MOST]:
                digit = self._data.images[index].astype(np.float32) / 255
                patch = digit[np.ix_(region.rows, region.columns)]
                self._pictures.append((map_image(patch, INK), map_image(digit, INK)))
        self.update()

    # geometry

    def heightForWidth(self, width: int) -> int:
        rows = ceil(self.count / COLUMNS)
        return rows * (round(self._tile(width) * 1.5) + GAP + 4)

    def sizeHint(self) -> QSize:
        return QSize(220, self.heightForWidth(max(self.width(), 220)))

    @staticmethod
    def _tile(width: int) -> float:
        return (width - (COLUMNS - 1) * GAP - 4) / COLUMNS

    def tile(self, at: int) -> QRectF:
        """The place of a patch with its digit."""
        row, column = divmod(at, COLUMNS)
        side = self._tile(self.width())
        return QRectF(2 + column * (side + GAP), 2 + row * (round(side * 1.5) + GAP + 4), side, side * 1.5 + 4)

    def at(self, point: QPointF) -> int | None:
        """The patch under a point."""
        return next((at for at in range(self.count) if self.tile(at).contains(point)), None)

    # pointer and keys

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point(self.at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        self._point(None)

    def _point(self, at: int | None) -> None:
        if at != self._under:
            self._under = at
            self.setCursor(Qt.CursorShape.ArrowCursor if at is None else Qt.CursorShape.PointingHandCursor)
            self.pointed.emit("" if at is None else self.text_of(at))
            self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = self.at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and at is not None:
            self._choose(at)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()  # it belongs to the press

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        target = self.current + _KEYS.get(key, 0)
        if key in _KEYS and self.count:
            self.current = target if 0 <= target < self.count else self.current
            self._speak()
            self.update()
        elif key in _CHOOSING and self.count:
            self._choose(self.current)
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Not `event`: an exception in a paintEvent called from inside a Python override ends the process.
        own = isinstance(event, QKeyEvent) and self.count > 0 and Qt.Key(event.key()) in (*_KEYS, *_CHOOSING)
        if own and watched is self and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()  # the window has commands on these keys
            return True
        return False

    def _choose(self, at: int) -> None:
        self.current = at
        self.update()
        if self._found is not None:
            self.chosen.emit(self._found.indices[at])

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._speak()
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.update()

    def _speak(self) -> None:
        text = self.text_of(self.current) if self.count else ""
        self.setAccessibleDescription(text)
        self.pointed.emit(text)

    def text_of(self, at: int) -> str:
        """What a patch is: the digit, where in it, and the filter's answer."""
        found, data = self._found, self._data
        if found is None or data is None:
            return ""
        index, (row, column) = found.indices[at], found.cells[at]
        places = {"index": data.first + index, "value": short_text(found.values[at]), "row": row + 1}
        places |= {"column": column + 1}
        if data.labels is None:
            return tr("Image {index}: {value} in row {row}, column {column} of the map", **places)
        digit = int(data.labels[index])
        return tr("Digit {digit}, image {index}: {value} in row {row}, column {column}", digit=digit, **places)

    # painting

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            found, data = self._found, self._data
            if found is None or data is None:
                return
            for at in range(self.count):
                self._paint_tile(painter, at, found, data)

    def _paint_tile(self, painter: QPainter, at: int, found: Excitement, data: ImageSet) -> None:
        tile, (patch, digit) = self.tile(at), self._pictures[at]
        side = tile.width()
        large = fitted(QRectF(tile.left(), tile.top(), side, side), patch.height(), patch.width())
        small = QRectF(tile.left(), tile.top() + side + 4, side / 2, side / 2)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        painter.drawImage(large, patch)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, True)
        painter.drawImage(small, digit)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(QPen(theme.role("border"), 1))
        painter.drawRect(small)
        marked = at == self._under or (self.hasFocus() and at == self.current)
        painter.setPen(QPen(theme.role("accent" if marked else "window"), 2))
        painter.drawRect(large)
        painter.drawRect(_outline(small, found.regions[at], data))
        self._paint_words(painter, tile, small, at, found, data)

    def _paint_words(
        self, painter: QPainter, tile: QRectF, small: QRectF, at: int, found: Excitement, data: ImageSet
    ) -> None:
        font = painter.font()
        font.setPixelSize(FONT)
        painter.setFont(font)
        place = QRectF(small.right() + 4, small.top(), tile.right() - small.right() - 4, small.height())
        painter.setPen(theme.role("output"))
        painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, short_text(found.values[at]))
        if data.labels is not None:
            painter.setPen(theme.role("text"))
            text = str(int(data.labels[found.indices[at]]))
            painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, text)

    def retranslate(self) -> None:
        """Its name; a tooltip would hide patches."""
        describe(self, tr("Patches that excite the filter"))
        self.setToolTip("")

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()


def _outline(digit: QRectF, region: Region, data: ImageSet) -> QRectF:
    """The region of the image, where its digit is drawn."""
    rows, columns = data.images.shape[1:]
    tall, wide = digit.height() / rows, digit.width() / columns
    return QRectF(
        digit.left() + region.columns[0] * wide, digit.top() + region.rows[0] * tall,
        (region.columns[-1] - region.columns[0] + 1) * wide, (region.rows[-1] - region.rows[0] + 1) * tall,
    )  # fmt: skip
