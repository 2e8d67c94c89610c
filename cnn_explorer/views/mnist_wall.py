"""A wall of thumbnails to scroll through: all 70,000 digits of MNIST, or those that a filter leaves."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from cnn_explorer.session.language import tr
from cnn_explorer.views.mnist_mosaic import BAND_ROWS, PITCH, Bands, WallLayout
from cnn_explorer.views.mnist_selection import DigitSelection
from cnn_explorer.views.theme import theme
from cnn_explorer.views.wheel import WheelSteps

PITCHES = (PITCH, 48, 64)
"""Pixels from one thumbnail to the next, for digits of 28, 42 and 56 pixels."""
_CHOOSING = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_GROWING = {Qt.Key.Key_Plus: 1, Qt.Key.Key_Equal: 1, Qt.Key.Key_Minus: -1}


class MnistWall(QAbstractScrollArea):
    """The digits of a selection, row after row; the current one is framed in the colour of the input.

    Arrow keys walk, and the document follows; Enter or a click chooses (`chosen` carries the index). Plus, minus and
    Ctrl with the wheel change the size of the thumbnails. `pointed` tells what the pointer is on.
    """

    chosen = Signal(int)
    pointed = Signal(str)

    def __init__(self, selection: DigitSelection, pitch: int = PITCH, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._selection = selection
        self._pitch = pitch
        self._bands = Bands()
        self._pointed_at: int | None = None
        self._wheel = WheelSteps()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.viewport().setMouseTracking(True)
        self.viewport().installEventFilter(self)
        self.installEventFilter(self)
        selection.changed.connect(self.redraw)
        selection.moved.connect(self.show_current)
        theme.changed.connect(self.viewport().update)
        self.retranslate()
        self.redraw()

    def retranslate(self) -> None:
        """The texts for those who can't see it; a tooltip would hide digits."""
        self.setAccessibleName(tr("Wall of digits"))
        self.setAccessibleDescription(tr("Arrow keys walk, Enter chooses, plus and minus change the size."))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    @property
    def layout_of_wall(self) -> WallLayout:
        """Where the thumbnails stand."""
        return WallLayout(len(self._selection.indices), self.viewport().width(), self._pitch)

    def redraw(self) -> None:
        """Show the selection from nothing."""
        self._fit_scroll_bar()
        self._point(None)
        self.verticalScrollBar().setValue(0)
        self.show_current()

    def _fit_scroll_bar(self) -> None:
        bar, height = self.verticalScrollBar(), self.viewport().height()
        bar.setRange(0, max(0, self.layout_of_wall.height - height))
        bar.setPageStep(max(1, height))
        bar.setSingleStep(self._pitch // 2)

    def show_current(self) -> None:
        """Scroll as far as needed for the current digit to be in view."""
        place = self._selection.place()
        if place is not None:
            rect, bar = self.layout_of_wall.rect(place), self.verticalScrollBar()
            lowest = rect.bottom() + 1 - self.viewport().height()
            bar.setValue(min(max(bar.value(), lowest), rect.top()))
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit_scroll_bar()
        self.show_current()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self._point(None)
        self.viewport().update()

    # Drawing

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self.viewport()) as painter:  # ended even where something raises: Qt would crash otherwise
            self._paint_ground(painter)
            if len(self._selection.indices):
                painter.translate(0, -self.verticalScrollBar().value())
                self._paint_bands(painter)
                self._paint_frames(painter)
                painter.resetTransform()
            else:
                painter.setPen(theme.role("quiet"))
                painter.drawText(self.viewport().rect(), Qt.AlignmentFlag.AlignCenter, tr("No such digits"))
            if self.hasFocus():
                painter.setPen(QPen(theme.role("accent"), 2))
                painter.drawRect(self.viewport().rect().adjusted(1, 1, -1, -1))

    def _paint_ground(self, painter: QPainter) -> None:
        """Only what no thumbnail covers: a wall that fills a large screen is not to be painted twice."""
        layout, whole = self.layout_of_wall, self.viewport().rect()
        below = max(0, layout.height - self.verticalScrollBar().value())
        right = layout.left + layout.columns * layout.pitch if layout.count else 0
        for free in (
            QRect(0, 0, layout.left, whole.height()),
            QRect(right, 0, whole.width() - right, whole.height()),
            QRect(0, below, whole.width(), whole.height() - below),
        ):
            painter.fillRect(free, theme.role("ground"))

    def _paint_bands(self, painter: QPainter) -> None:
        digits = self._selection.digits
        assert digits is not None
        layout, top = self.layout_of_wall, self.verticalScrollBar().value()
        height = BAND_ROWS * layout.pitch
        last = min(layout.height, top + self.viewport().height())
        numbers = range(top // height, ceil(last / height))
        for number in numbers:
            band = self._bands.band(
                number, digits, self._selection.indices, layout, self.devicePixelRatioF(), len(numbers)
            )
            painter.drawPixmap(layout.left, number * height, band)

    def _paint_frames(self, painter: QPainter) -> None:
        layout = self.layout_of_wall
        for place, role, width in ((self._pointed_at, "window", 1), (self._selection.place(), "input", 3)):
            if place is not None:
                pen = QPen(theme.role(role), width)
                pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
                painter.setPen(pen)
                painter.drawRect(layout.rect(place).adjusted(1, 1, -2, -2))

    # Pointer

    def _place_at(self, position: QPoint) -> int | None:
        return self.layout_of_wall.place_at(position + QPoint(0, self.verticalScrollBar().value()))

    def _point(self, place: int | None) -> None:
        if place == self._pointed_at:
            return
        self._pointed_at = place
        index = None if place is None else int(self._selection.indices[place])
        self.pointed.emit("" if index is None else self._selection.describe(index))
        self.viewport().update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point(self._place_at(event.position().toPoint()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self._place_at(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and place is not None:
            self._choose(int(self._selection.indices[place]))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def _choose(self, index: int) -> None:
        self._selection.choose(index)
        self.chosen.emit(index)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Not viewportEvent: an exception in a paintEvent called from inside a Python override ends the process.
        if watched is self.viewport() and event.type() == QEvent.Type.Leave:
            self._point(None)
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and self._owns(event):
            event.accept()  # the window has commands on some of these keys
            return True
        return False

    def wheelEvent(self, event: QWheelEvent) -> None:
        bar = self.verticalScrollBar()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._grow(self._wheel.take(event))
        elif event.pixelDelta().isNull():
            bar.setValue(bar.value() - round(event.angleDelta().y() / 120 * 2 * self._pitch))
        else:
            bar.setValue(bar.value() - event.pixelDelta().y())
        event.accept()

    # Keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        step, current = self._steps().get(key), self._selection.current
        if step is not None:
            self._selection.walk(step)
        elif key in _GROWING:
            self._grow(_GROWING[key])
        elif key in _CHOOSING and current is not None:
            self._choose(current)
        else:
            event.ignore()

    def _owns(self, event: QKeyEvent) -> bool:
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        key = Qt.Key(event.key())
        return plain and (key in self._steps() or key in _GROWING or key in _CHOOSING)

    def _steps(self) -> dict[Qt.Key, int]:
        """How many places each key walks."""
        layout = self.layout_of_wall
        page = layout.columns * max(1, self.viewport().height() // layout.pitch)
        return {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -layout.columns,
            Qt.Key.Key_Down: layout.columns,
            Qt.Key.Key_PageUp: -page,
            Qt.Key.Key_PageDown: page,
            Qt.Key.Key_Home: -layout.count,
            Qt.Key.Key_End: layout.count,
        }

    def _grow(self, by: int) -> None:
        """Another size of thumbnails; what is at the top stays there."""
        at = min(max(PITCHES.index(self._pitch) + by, 0), len(PITCHES) - 1)
        first = self.verticalScrollBar().value() // self._pitch * self.layout_of_wall.columns
        self._pitch = PITCHES[at]
        self._fit_scroll_bar()
        self.verticalScrollBar().setValue(first // self.layout_of_wall.columns * self._pitch)
        self.viewport().update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._selection.end_walk()
        super().focusOutEvent(event)
        self.viewport().update()

    def rect_of(self, place: int) -> QRect:
        """Where a thumbnail stands in the viewport at present."""
        return self.layout_of_wall.rect(place).translated(0, -self.verticalScrollBar().value())

    def sizeHint(self) -> QSize:
        return QSize(7 * self._pitch + 14, 8 * self._pitch)
