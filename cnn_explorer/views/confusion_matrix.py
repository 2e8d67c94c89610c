"""The confusion matrix: how many test images of each class the network takes for each class."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
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
        names = max((text_width(each, self._name_size()) for each in self.classes), default=0.0) + 10
        left = CAPTION + min(names, self.width() * MOST_NAME)
        top = 2 * CAPTION + 2
        side = min(self.width() - left - 2, self.height() - top - 2)
        cell = max(side / count, 1.0)
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
            for row in range(len(self.counts)):
                self._paint_row(painter, row)
            self._paint_frames(painter)

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

    def _paint_row(self, painter: QPainter, row: int) -> None:
        wrong = self.counts - np.diag(np.diag(self.counts))
        most = (max(int(wrong.max(initial=0)), 1), max(int(np.diag(self.counts).max(initial=0)), 1))
        for column in range(len(self.counts)):
            right = row == column
            self._paint_cell(painter, (row, column), int(self.counts[row, column]), most[right], right)

    def _paint_cell(self, painter: QPainter, cell: Cell, count: int, most: int, right: bool) -> None:
        rect = self.rect_of(cell).adjusted(0.5, 0.5, -0.5, -0.5)
        colour = QColor(theme.role("output" if right else "input"))
        share = count / most
        colour.setAlpha(round(SHADES[0] + share * (SHADES[1] - SHADES[0])) if count else 0)
        painter.fillRect(rect, theme.role("surface"))
        painter.fillRect(rect, colour)
        painter.setPen(QPen(theme.role("border"), 1))
        painter.drawRect(rect)
        text = f"{count:,}" if count else ("" if not right else "0")
        size = min(LARGEST_TEXT, rect.height() * 0.42)
        if text:
            size *= min(1.0, (rect.width() - 4) / text_width(text, size))
        if size >= SMALLEST_TEXT:
            painter.setFont(font(size, right))
            strong = share > 0.55
            painter.setPen(theme.role("surface") if strong else theme.role("text"))
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
