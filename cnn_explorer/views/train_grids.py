"""A few small grids of numbers beside each other, as a sum is written: a caption above each, a sign between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from cnn_explorer.network.numbers import Digits
from cnn_explorer.views.grid_paint import paint_cells, paint_fitting_numbers, paint_lines
from cnn_explorer.views.stage_paint import font, text_width
from cnn_explorer.views.theme import Scale, theme

GAP = 10.0
CAPTION = 19.0
LARGEST_CELL = 40.0
CAPTION_TEXT, SIGN_TEXT, SMALLEST_TEXT = 12.0, 12.0, 8.0
SIGN_MARGIN = 14.0
_STEPS = {
    Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1), Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0),
}  # fmt: skip

Cell = tuple[int, int]


@dataclass(frozen=True, eq=False)
class Grid:
    """One grid: its caption, its `values` (rows, columns), their colours, how they are written, and its role."""

    caption: str
    values: np.ndarray
    scale: Scale
    digits: Digits
    role: str = "kernel"


class Grids(QWidget):
    """`signs` stand between the grids, so there is one more grid than signs. `marked` carries the (row, column) of the
    cell under the pointer, or walked to with arrow keys where the widget is `walkable`; None for none."""

    marked = Signal(object)

    def __init__(self, signs: Sequence[str], largest: float = LARGEST_CELL, walkable: bool = False) -> None:
        super().__init__()
        self.signs = list(signs)
        self.largest = largest
        self.grids: Sequence[Grid] = ()
        self.cell: Cell | None = None
        self._size = SIGN_TEXT * max(1.0, largest / 48)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if walkable else Qt.FocusPolicy.NoFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self.update)

    def show_grids(self, grids: Sequence[Grid]) -> None:
        """Show as many grids as there is room between the signs for; none of them for none."""
        before = [each.values.shape for each in self.grids]
        self.grids = grids
        if before != [each.values.shape for each in grids]:
            self.mark(None)
            self._keep_height()
        self.update()

    def set_signs(self, signs: Sequence[str]) -> None:
        """Other signs, as many as before."""
        self.signs = list(signs)
        self._keep_height()
        self.update()

    def mark(self, cell: Cell | None) -> None:
        """Frame a cell in every grid; None for none."""
        if cell != self.cell:
            self.cell = cell
            self.marked.emit(cell)
            self.update()

    # geometry

    def _gaps(self) -> list[float]:
        """What the signs need between the grids: one alone stands close where the grids are small."""
        large = self.largest > LARGEST_CELL
        margins = [SIGN_MARGIN if large or len(sign) > 1 else 0.0 for sign in self.signs]
        pairs = zip(self.signs, margins, strict=True)
        return [max(GAP, text_width(sign, self._size, True) + margin) for sign, margin in pairs]

    def side(self, width: float) -> float:
        """The side of a cell, in pixels, where the widget is so wide."""
        columns = sum(each.values.shape[1] for each in self.grids)
        room = width - 1 - sum(self._gaps())
        return max(min(room / columns, self.largest), 2.0) if columns else 0.0

    def rects(self) -> list[QRectF]:
        """Where the grids stand."""
        if not self.grids:
            return []
        side, left, found = self.side(self.width()), 0.0, []
        tallest = max((each.values.shape[0] for each in self.grids), default=0)
        for grid, gap in zip(self.grids, [*self._gaps(), 0.0], strict=True):
            rows, columns = grid.values.shape
            found.append(QRectF(left, CAPTION + (tallest - rows) * side / 2, side * columns, side * rows))
            left += side * columns + gap
        return found

    def heightForWidth(self, width: int) -> int:
        rows = max((each.values.shape[0] for each in self.grids), default=0)
        return round(CAPTION + rows * self.side(width)) + 2

    def _keep_height(self) -> None:
        """What is below may scroll, but no grid is cut off."""
        self.setMinimumHeight(self.heightForWidth(self.width()))
        self.updateGeometry()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._keep_height()

    def sizeHint(self) -> QSize:
        columns = sum(each.values.shape[1] for each in self.grids)
        width = round(columns * self.largest + sum(self._gaps())) + 1
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(120, round(CAPTION))

    def cell_at(self, point: QPointF) -> Cell | None:
        """The (row, column) under a point, in whichever grid."""
        for rect, grid in zip(self.rects(), self.grids, strict=True):
            if rect.contains(point):
                rows, columns = grid.values.shape
                side = rect.width() / columns
                row, column = int((point.y() - rect.top()) / side), int((point.x() - rect.left()) / side)
                return min(row, rows - 1), min(column, columns - 1)
        return None

    # drawing

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:  # ended even where something raises: Qt would crash otherwise
            rects = self.rects()
            for rect, grid in zip(rects, self.grids, strict=True):
                self._paint_grid(painter, rect, grid)
            for sign, before, after in zip(self.signs, rects, rects[1:], strict=False):
                painter.setFont(font(self._size, True))
                painter.setPen(theme.role("text"))
                place = QRectF(before.right(), before.top(), after.left() - before.right(), before.height())
                painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), sign)
            if self.hasFocus():
                painter.setPen(QPen(theme.role("accent"), 2))
                for rect in rects:
                    painter.drawRect(rect.adjusted(0, 0, 1, 1))

    def _paint_grid(self, painter: QPainter, rect: QRectF, grid: Grid) -> None:
        paint_cells(painter, rect, grid.values, grid.scale)
        paint_lines(painter, rect, *grid.values.shape)
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        paint_fitting_numbers(painter, rect, grid.values, grid.scale, grid.digits)
        if self.cell is not None:
            side = rect.width() / grid.values.shape[1]
            row, column = self.cell
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.role("window"), 2.5))
            painter.drawRect(QRectF(rect.left() + column * side, rect.top() + row * side, side, side))
        self._paint_caption(painter, rect, grid)

    def _paint_caption(self, painter: QPainter, rect: QRectF, grid: Grid) -> None:
        size, room = CAPTION_TEXT, min(rect.width() + GAP - 2, self.width() - rect.left())
        while size > SMALLEST_TEXT and text_width(grid.caption, size) > room:
            size -= 1
        painter.setFont(font(size))
        painter.setPen(theme.role(grid.role))
        wide = QRectF(rect.left(), rect.top() - CAPTION, max(room, text_width(grid.caption, size) + 2), CAPTION - 2)
        painter.drawText(wide, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), grid.caption)

    # mouse and keys

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.mark(self.cell_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        if not self.hasFocus():
            self.mark(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None or not self.grids:
            super().keyPressEvent(event)
            return
        rows, columns = self.grids[0].values.shape
        row, column = self.cell or (0, 0)
        self.mark((min(max(row + step[0], 0), rows - 1), min(max(column + step[1], 0), columns - 1)))

    def focusInEvent(self, event: QEvent) -> None:
        if self.cell is None and self.grids:
            self.mark((0, 0))
        self.update()

    def focusOutEvent(self, event: QEvent) -> None:
        self.update()
