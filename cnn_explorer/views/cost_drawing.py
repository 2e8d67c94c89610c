"""What a convolution and a fully connected layer cost, as areas to scale: what one output reads, and all parameters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, sqrt

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from cnn_explorer.network.costs import Costs
from cnn_explorer.network.reasons import grouped, ratio_text
from cnn_explorer.views.theme import theme

MAP_SIDE = 84.0
LARGEST_CELL = 26.0
AREA_SIDE = 120.0
GAP = 16.0
CAPTION = 20.0
GROUND = CAPTION + AREA_SIDE
"""What the areas stand on, from the top: there is a line of text above the tallest, and one below them."""
SMALLEST_CELL = 2.5
"""Cells and parameters that would be smaller than this are not drawn one by one."""
DOT = 4.0
"""The side of what would be too small to be seen to scale."""
OWN, OTHER = "kernel", "faint_text"
"""The roles of the convolution's colour and of the fully connected layer's."""


@dataclass(frozen=True)
class Block:
    """`count` parameters of `unit` × `unit` each, in an area as square as they make, from `left` to the ground."""

    count: int
    unit: float
    left: float = 0.0

    @property
    def columns(self) -> int:
        """Parameters in a full row."""
        return ceil(sqrt(self.count))

    @property
    def counted(self) -> bool:
        """Whether they are drawn one by one."""
        return self.unit >= SMALLEST_CELL

    @property
    def is_dot(self) -> bool:
        """Whether they are too few to be seen to scale."""
        return sqrt(self.count) * self.unit < DOT

    def rects(self, ground: float) -> list[QRectF]:
        """A square for each of them, or one with the area of all; `ground` is below it."""
        if self.is_dot:
            return [QRectF(self.left, ground - DOT, DOT, DOT)]
        if not self.counted:
            side = sqrt(self.count) * self.unit
            return [QRectF(self.left, ground - side, side, side)]
        inner = self.unit - max(0.7, self.unit * 0.12)
        top = ground - ceil(self.count / self.columns) * self.unit
        places = (divmod(at, self.columns) for at in range(self.count))
        return [QRectF(self.left + x * self.unit, top + y * self.unit, inner, inner) for y, x in places]


def blocks(first: int, second: int, half: float) -> tuple[Block, Block]:
    """Two numbers of parameters as areas of one scale, in the left and in the right half of twice `half`."""
    unit = min(AREA_SIDE, half - GAP) / ceil(sqrt(max(first, second)))
    return Block(first, unit), Block(second, unit, half)


class CostDrawing(QWidget):
    """A drawing of Costs, of a fixed height."""

    def __init__(self, height: float) -> None:
        super().__init__()
        self.costs: Costs | None = None
        self._height = height
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_costs(self, costs: Costs, name: str) -> None:
        """Draw these costs; `name` says the same in words, for those who can't see it."""
        self.costs = costs
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, ceil(self._height))

    minimumSizeHint = sizeHint


class ReadDrawing(CostDrawing):
    """The input twice: on the left with the cells that one output of the convolution reads, on the right with all."""

    def __init__(self) -> None:
        super().__init__(MAP_SIDE + 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.costs is None:
            return
        painter = QPainter(self)
        rows, columns = self.costs.inputs[:2]
        half, window = self.width() / 2, self.costs.window
        cell = min(MAP_SIDE / rows, MAP_SIDE / columns, (half - GAP / 2) / columns, LARGEST_CELL)
        for left, role, cells in (
            (0.0, OWN, [(row, column) for row in window.rows for column in window.columns]),
            (half, OTHER, None),
        ):
            place = QRectF(left + 0.5, 0.5, cell * columns, cell * rows)
            painter.fillRect(place, theme.role("paper") if cells is not None else theme.role(role))
            self._paint_cells(painter, place, role, cells or (), cell)
            self._paint_grid(painter, place, cell)

    def _paint_cells(
        self, painter: QPainter, place: QRectF, role: str, cells: Sequence[tuple[int, int]], cell: float
    ) -> None:
        side = max(cell, 1.5)
        for row, column in cells:
            painter.fillRect(
                QRectF(place.left() + column * cell, place.top() + row * cell, side, side), theme.role(role)
            )

    def _paint_grid(self, painter: QPainter, place: QRectF, cell: float) -> None:
        painter.setPen(QPen(theme.role("grid"), 1))
        if cell >= SMALLEST_CELL:
            across = [place.left() + at * cell for at in range(1, round(place.width() / cell))]
            down = [place.top() + at * cell for at in range(1, round(place.height() / cell))]
            painter.drawLines([QLineF(x, place.top(), x, place.bottom()) for x in across])
            painter.drawLines([QLineF(place.left(), y, place.right(), y) for y in down])
        painter.setPen(QPen(theme.role("quiet"), 1))
        painter.drawRect(place)


class AreaDrawing(CostDrawing):
    """The parameters of both as squares to scale, standing on their numbers; over the smaller one, what part it is."""

    def __init__(self) -> None:
        super().__init__(GROUND + CAPTION)
        self._bold = QFont(self.font())
        self._bold.setBold(True)

    @property
    def texts(self) -> tuple[str, str, str]:
        """The two numbers, and over the first what part of the second it is."""
        assert self.costs is not None
        own, other, ratio = self.costs.convolution.parameters, self.costs.connected.parameters, self.costs.ratio
        part = f"1/{ratio_text(ratio)}" if ratio >= 1 else f"× {ratio_text(1 / ratio)}"
        return grouped(own), grouped(other), part

    @property
    def blocks(self) -> tuple[Block, Block]:
        """The two areas as they are drawn."""
        assert self.costs is not None
        return blocks(self.costs.convolution.parameters, self.costs.connected.parameters, self.width() / 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.costs is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._bold)
        for block, role, text in zip(self.blocks, (OWN, "quiet"), self.texts[:2], strict=True):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.role(OTHER if role == "quiet" else role))
            rects = block.rects(GROUND)
            painter.drawEllipse(rects[0]) if block.is_dot else painter.drawRects(rects)
            painter.setPen(theme.role(role))
            painter.drawText(QPointF(block.left, self.height() - 4), text)
        painter.setPen(theme.role(OWN))
        top = min(rect.top() for rect in self.blocks[0].rects(GROUND))
        painter.drawText(QPointF(0, top - 6), self.texts[2])
