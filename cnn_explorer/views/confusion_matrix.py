"""The confusion matrix: how many test images of each class the network takes for each class."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from cnn_explorer.session.language import tr
from cnn_explorer.views.controls import describe
from cnn_explorer.views.stage_paint import elided, font, text_width
from cnn_explorer.views.theme import theme

Cell = tuple[int, int]

CAPTION = 22.0
LARGEST_TEXT, SMALLEST_TEXT = 16.0, 8.0
LEAST_CELL = 9.0
MOST_NAME = 0.22
"""The largest part of the width that the classes' names take."""
MOST_NAMED = 60
"""Classes whose names have room beside the cells."""
SHADES = (24, 235)
"""The least and the greatest opacity of a cell that is not 0, of 255."""
_STEPS = {
    Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1), Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Home: (0, -10_000), Qt.Key.Key_End: (0, 10_000),
}  # fmt: skip


class ConfusionMatrix(QWidget):
    """A row for each class, a column for what it is taken for. `chosen` carries the (row, column) of a cell.

    What is right, on the diagonal, is green; what is wrong is orange, the darker the more of it: both on scales of
    their own, for there is much more that is right.
    """

    chosen = Signal(object)
    pointed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.counts = np.zeros((0, 0), np.int64)
        self.classes: Sequence[str] = ()
        self.selected: Cell = (0, 0)
        self._under: Cell | None = None
        self._key: tuple[object, ...] = ()
        self._pixmap = QPixmap()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.changed.connect(self.update)
        self.retranslate()

    def sizeHint(self) -> QSize:
        return QSize(520, 520)

    def minimumSizeHint(self) -> QSize:
        return QSize(260, 260)

    # what is shown

    def show_counts(self, counts: np.ndarray, classes: Sequence[str]) -> None:
        """Show (classes, classes) counts: of class [row], taken for class [column]."""
        self.counts, self.classes = counts, classes
        self.selected = (min(self.selected[0], len(counts) - 1), min(self.selected[1], len(counts) - 1))
        self._speak()
        self.update()

    def select(self, cell: Cell) -> None:
        """Choose a cell, kept inside."""
        last = len(self.counts) - 1
        cell = min(max(cell[0], 0), last), min(max(cell[1], 0), last)
        if last >= 0:
            self.selected = cell
            self._speak()
            self.update()
            self.chosen.emit(cell)

    # geometry

    def grid(self) -> QRectF:
        """Where the cells are: a square below the heading and beside the names."""
        count = max(len(self.counts), 1)
        named = self.classes if len(self.classes) <= MOST_NAMED else ()
        names = max((text_width(each, self._name_size()) for each in named), default=0.0) + 10
        left = CAPTION + min(names, self.width() * MOST_NAME)
        top = 2 * CAPTION + 2
        side = min(self.width() - left - 2, self.height() - top - 2)
        cell = max(side, 1.0) / count
        return QRectF(left, top, cell * count, cell * count)

    def rect_of(self, cell: Cell) -> QRectF:
        """Where a cell is."""
        grid = self.grid()
        side = grid.width() / max(len(self.counts), 1)
        return QRectF(grid.left() + cell[1] * side, grid.top() + cell[0] * side, side, side)

    def cell_at(self, point: QPointF) -> Cell | None:
        """The cell under a point, None outside."""
        grid = self.grid()
        if not grid.contains(point) or not len(self.counts):
            return None
        side = grid.width() / len(self.counts)
        row, column = int((point.y() - grid.top()) / side), int((point.x() - grid.left()) / side)
        last = len(self.counts) - 1
        return min(row, last), min(column, last)

    def _name_size(self) -> float:
        return 13.0 if len(self.classes) <= 20 else 10.0

    # drawing

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:  # ended even where something raises: Qt would crash otherwise
            if not len(self.counts):
                return
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_headings(painter)
            painter.drawPixmap(self.grid().topLeft(), self._cells())
            self._paint_frames(painter)

    def _cells(self) -> QPixmap:
        """The cells, painted once: the pointer moves over thousands of them."""
        grid, ratio = self.grid(), self.devicePixelRatioF()
        key = (id(self.counts), grid.width(), ratio, theme.colours.dark)
        if key != self._key:
            self._key = key
            self._pixmap = QPixmap(round(grid.width() * ratio) + 1, round(grid.width() * ratio) + 1)
            self._pixmap.setDevicePixelRatio(ratio)
            self._pixmap.fill(theme.role("surface"))
            with QPainter(self._pixmap) as painter:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                self._paint_cells(painter, grid.width())
        return self._pixmap

    def _paint_cells(self, painter: QPainter, width: float) -> None:
        shares, count = self._shares(), len(self.counts)
        side = width / count
        if side < LEAST_CELL:
            painter.drawImage(QRectF(0, 0, width, width), _image(shares))
            return
        for row in range(count):
            for column in range(count):
                rect = QRectF(column * side, row * side, side, side).adjusted(0.5, 0.5, -0.5, -0.5)
                self._paint_cell(painter, rect, (row, column), float(shares[row, column]))

    def _shares(self) -> np.ndarray:
        """Each count as a part of the largest of its kind: of those on the diagonal, or of the others."""
        right = np.eye(len(self.counts), dtype=bool)
        most = np.where(right, self.counts[right].max(initial=1), self.counts[~right].max(initial=1))
        return self.counts / most

    def _paint_headings(self, painter: QPainter) -> None:
        grid = self.grid()
        painter.setFont(font(13, True))
        painter.setPen(theme.role("text"))
        painter.drawText(QRectF(grid.left(), 0, grid.width(), CAPTION), Qt.AlignmentFlag.AlignCenter, tr("taken for"))
        painter.save()
        painter.translate(0, grid.center().y())
        painter.rotate(-90)
        place = QRectF(-grid.height() / 2, 0, grid.height(), CAPTION)
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, tr("true class"))
        painter.restore()
        self._paint_names(painter, grid)

    def _paint_names(self, painter: QPainter, grid: QRectF) -> None:
        side = grid.width() / len(self.counts)
        if side < LEAST_CELL:
            return
        size = min(self._name_size(), side)
        painter.setFont(font(size))
        painter.setPen(theme.role("quiet"))
        for place, name in enumerate(self.classes):
            left = QRectF(CAPTION, grid.top() + place * side, grid.left() - CAPTION - 6, side)
            flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(left, int(flags), elided(name, size, False, left.width()))
            above = QRectF(grid.left() + place * side, CAPTION, side, CAPTION)
            painter.drawText(above, int(Qt.AlignmentFlag.AlignCenter), elided(name, size, False, side - 2))

    def _paint_cell(self, painter: QPainter, rect: QRectF, cell: Cell, share: float) -> None:
        count, right = int(self.counts[cell]), cell[0] == cell[1]
        painter.fillRect(rect, _shade(share, right))
        painter.setPen(QPen(theme.role("border"), 1))
        painter.drawRect(rect)
        text = f"{count:,}" if count or right else ""
        size = min(LARGEST_TEXT, rect.height() * 0.42)
        if text:
            size *= min(1.0, (rect.width() - 4) / text_width(text, size))
        if text and size >= SMALLEST_TEXT:
            painter.setFont(font(size, right))
            painter.setPen(theme.role("surface" if share > 0.55 else "text"))
            painter.drawText(rect, int(Qt.AlignmentFlag.AlignCenter), text)

    def _paint_frames(self, painter: QPainter) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        frames: list[tuple[Cell | None, str, int]] = [(self._under, "quiet", 1), (self.selected, "window", 3)]
        for cell, role, width in frames:
            if cell is not None:
                painter.setPen(QPen(theme.role(role), width))
                painter.drawRect(self.rect_of(cell))
        if self.hasFocus():
            painter.setPen(QPen(theme.role("accent"), 2))
            painter.drawRect(self.grid().adjusted(-2, -2, 2, 2))

    # mouse and keys

    def mousePressEvent(self, event: QMouseEvent) -> None:
        cell = self.cell_at(event.position())
        if cell is not None and event.button() == Qt.MouseButton.LeftButton:
            self.select(cell)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point(self.cell_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        self._point(None)

    def _point(self, cell: Cell | None) -> None:
        if cell != self._under:
            self._under = cell
            self.pointed.emit("" if cell is None else self.text_of(cell))
            self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.select((self.selected[0] + step[0], self.selected[1] + step[1]))

    # words

    def text_of(self, cell: Cell) -> str:
        """What a cell says."""
        row, column = cell
        count = int(self.counts[row, column])
        names = {"count": f"{count:,}", "true": self.classes[row], "taken": self.classes[column]}
        if row == column:
            return tr("{count} images of class {true} are recognised", **names)
        return tr("{count} images of class {true} are taken for {taken}", **names)

    def _speak(self) -> None:
        self.setAccessibleDescription(self.text_of(self.selected) if len(self.counts) else "")

    def retranslate(self) -> None:
        """Set every text."""
        describe(self, tr("Confusion matrix"), "")
        self.setToolTip("")
        self._speak()
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()


def _shade(share: float, right: bool) -> QColor:
    """Green for what is right and orange for what is wrong, the stronger the more of it; clear for none."""
    colour = QColor(theme.role("output" if right else "input"))
    colour.setAlpha(round(SHADES[0] + share * (SHADES[1] - SHADES[0])) if share else 0)
    return colour


def _image(shares: np.ndarray) -> QImage:
    """A pixel for each cell, where there is no room for more."""
    image = QImage(len(shares), len(shares), QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    for row, column in np.argwhere(shares > 0).tolist():
        image.setPixelColor(column, row, _shade(float(shares[row, column]), row == column))
    return image
