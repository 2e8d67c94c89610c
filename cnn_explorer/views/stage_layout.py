"""Where everything stands on the stage: functions from sizes to rectangles, in device-independent pixels."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

from PySide6.QtCore import QPointF, QRectF, QSizeF

LARGEST_CELL = 76.0
LARGEST_KERNEL_CELL = 64.0
CURVE = (150.0, 300.0)
TALL, TALLEST = (190.0, 340.0), 1.4
"""The width of a plate with words: at least, at most; and its height at most, of its width."""
BARS = (150.0, 320.0)
"""The width of an output that is drawn as bars: at least, at most."""
LARGEST_ZOOMED_CELL = 72.0


@dataclass(frozen=True)
class Grid:
    """A grid of rows × columns square cells: `content` is all of it, `view` the part of the stage that shows it."""

    view: QRectF
    content: QRectF
    rows: int
    columns: int

    @property
    def cell(self) -> float:
        """The side of a cell."""
        return self.content.width() / self.columns

    def rect(self, row: float, column: float, rows: float = 1, columns: float = 1) -> QRectF:
        """The rectangle of a block of cells; fractions are places between cells."""
        return QRectF(
            self.content.left() + column * self.cell,
            self.content.top() + row * self.cell,
            columns * self.cell,
            rows * self.cell,
        )

    def at(self, point: QPointF) -> tuple[int, int] | None:
        """The (row, column) under a point of the view, None outside."""
        if not self.view.contains(point):
            return None
        return self.nearest(point)

    def nearest(self, point: QPointF) -> tuple[int, int]:
        """The (row, column) nearest to a point."""
        row = int((point.y() - self.content.top()) // self.cell)
        column = int((point.x() - self.content.left()) // self.cell)
        return min(max(row, 0), self.rows - 1), min(max(column, 0), self.columns - 1)

    def visible(self) -> tuple[int, int, int, int]:
        """The cells seen through the view: first row, row after the last, first column, column after the last."""
        top, left = self.view.top() - self.content.top(), self.view.left() - self.content.left()
        first_row, first_column = max(0, int(top / self.cell)), max(0, int(left / self.cell))
        last_row = min(self.rows, int((top + self.view.height()) / self.cell - 1e-6) + 1)
        last_column = min(self.columns, int((left + self.view.width()) / self.cell - 1e-6) + 1)
        return first_row, last_row, first_column, last_column


@dataclass(frozen=True)
class StageLayout:
    """The three places of the stage: what is read, what it is read with, what comes out; None where there is none.

    Where no grid stands in the middle, a plate does, at `curve`.
    """

    input: Grid
    middle: Grid | None
    bias: QRectF
    curve: QRectF
    output: Grid | None
    heading: float
    message: QRectF

    @property
    def centre(self) -> QRectF:
        """What stands in the middle."""
        return self.curve if self.middle is None else self.middle.view


@dataclass(frozen=True)
class Wanted:
    """What a layer needs on the stage: cells of the padded input, of the middle grid, of the output.

    `curve` asks for a plate in the middle instead of a grid, `tall` for one with room for words. Before it is zoomed,
    no cell of the maps is larger than `largest`. `bars` says that the output is no grid, but takes all the height.
    `number` is the width of a weight as it is written: the cells of the middle are no narrower, where there is room.
    """

    input: tuple[int, int]
    middle: tuple[int, int] | None
    output: tuple[int, int] | None
    curve: bool = False
    bias: bool = False
    tall: bool = False
    largest: float = inf
    bars: bool = False
    number: float = 30.0


def arrange(
    size: QSizeF, wanted: Wanted, heading: float, zoom: float = 1.0, focus: tuple[float, float] = (0.5, 0.5)
) -> StageLayout:
    """Place input, middle and output side by side; `focus` is the relative (row, column) in the middle when zoomed."""
    margin = 20.0
    gap = min(max(size.width() * 0.045, 26.0), 90.0)
    height = size.height() - heading - 2 * margin * 0.6
    output = wanted.output or (wanted.input[0], max(4, wanted.input[1] // 2))
    bars = min(max(size.width() * 0.24, BARS[0]), BARS[1]) if wanted.bars else 0.0
    output = (1, 0) if wanted.bars else output
    middle_cell, middle_width = _middle_cell(size, wanted, height, LARGEST_CELL)
    cell = _cell(size, wanted, output, height, middle_width + bars, gap, margin)
    for _ in range(2):
        middle_cell, middle_width = _middle_cell(size, wanted, height, cell)
        cell = _cell(size, wanted, output, height, middle_width + bars, gap, margin)
    room = max(size.width() - middle_width - bars - 2 * gap - 2 * margin, 40.0)
    zoomed = cell * zoom
    share = room * wanted.input[1] / (wanted.input[1] + output[1])
    widths = [min(wanted.input[1] * zoomed, max(share, wanted.input[1] * cell)), middle_width, 0.0]
    widths[2] = bars or min(output[1] * zoomed, max(room - widths[0], output[1] * cell))
    gap += min(max((size.width() - sum(widths) - 2 * gap - 2 * margin) / 4, 0.0), 70.0)
    left = (size.width() - sum(widths) - 2 * gap) / 2
    tops = heading + margin * 0.6
    return StageLayout(
        input=_grid(left, widths[0], tops, height, wanted.input, zoomed, focus),
        middle=_middle(left + widths[0] + gap, middle_width, tops, height, wanted, middle_cell),
        bias=_bias(left + widths[0] + gap, middle_width, tops, height, wanted, middle_cell),
        curve=_curve(left + widths[0] + gap, middle_width, tops, height, wanted),
        output=_output(left + sum(widths[:2]) + 2 * gap, widths[2], tops, height, wanted, zoomed, focus),
        heading=heading,
        message=QRectF(left + sum(widths[:2]) + 2 * gap, tops, widths[2], height),
    )


def _cell(
    size: QSizeF, wanted: Wanted, output: tuple[int, int], height: float, middle: float, gap: float, margin: float
) -> float:
    across = (size.width() - middle - 2 * gap - 2 * margin) / (wanted.input[1] + output[1])
    down = height / max(wanted.input[0], output[0])
    cell = min(across, down, max(LARGEST_CELL, size.height() / 9), wanted.largest)
    return float(int(cell)) if cell >= 4 else max(cell, 0.05)


def _middle_cell(size: QSizeF, wanted: Wanted, height: float, cell: float) -> tuple[float, float]:
    if wanted.curve and wanted.tall:
        return cell, min(max(size.width() * 0.28, TALL[0]), max(TALL[1], size.width() * 0.2))
    if wanted.curve:
        return cell, min(max(size.width() * 0.24, CURVE[0]), max(CURVE[1], size.width() * 0.2), height)
    if wanted.middle is None:
        return cell, 70.0
    rows, columns = wanted.middle
    high = max(LARGEST_KERNEL_CELL, size.height() / 9, wanted.number)
    side = min(max(cell, wanted.number), high, size.width() * 0.26 / columns, height / (rows + 1.6 * wanted.bias))
    side = float(max(int(side), 12))
    return side, max(side * columns, 76.0)


def _grid(
    left: float,
    width: float,
    top: float,
    height: float,
    cells: tuple[int, int],
    cell: float,
    focus: tuple[float, float],
) -> Grid:
    rows, columns = cells
    view_height = min(rows * cell, height)
    view = QRectF(round(left), round(top + (height - view_height) / 2), width, view_height)
    content = QRectF(
        view.left() - _offset(focus[1], columns * cell, width),
        view.top() - _offset(focus[0], rows * cell, view_height),
        columns * cell,
        rows * cell,
    )
    return Grid(view, content, rows, columns)


def _output(
    left: float, width: float, top: float, height: float, wanted: Wanted, cell: float, focus: tuple[float, float]
) -> Grid | None:
    if wanted.output is None:
        return None
    if wanted.bars:
        rect = QRectF(round(left), round(top), width, height)
        return Grid(rect, rect, 1, 1)
    return _grid(left, width, top, height, wanted.output, cell, focus)


def _offset(focus: float, content: float, view: float) -> float:
    """How far the content is shifted so that its relative place `focus` is in the middle of the view."""
    return float(round(min(max(focus * content - view / 2, 0.0), max(content - view, 0.0))))


def _middle(left: float, width: float, top: float, height: float, wanted: Wanted, cell: float) -> Grid | None:
    if wanted.middle is None or wanted.curve:
        return None
    rows, columns = wanted.middle
    all_height = cell * (rows + (1.6 if wanted.bias else 0))
    rect = QRectF(
        round(left + (width - columns * cell) / 2), round(top + (height - all_height) / 2), columns * cell, rows * cell
    )
    return Grid(rect, rect, rows, columns)


def _bias(left: float, width: float, top: float, height: float, wanted: Wanted, cell: float) -> QRectF:
    grid = _middle(left, width, top, height, wanted, cell)
    if grid is None or not wanted.bias:
        return QRectF()
    side = min(cell, max(48.0, height / 8))
    return QRectF(round(grid.view.center().x() - side / 2), round(grid.view.bottom() + cell * 0.4), side, side)


def _curve(left: float, width: float, top: float, height: float, wanted: Wanted) -> QRectF:
    side = min(width * (TALLEST if wanted.tall else 1.0), height - 20)
    return QRectF(left, top + (height - side) / 2, width, side)


def on_the_way(start: QRectF, end: QRectF, part: float) -> QRectF:
    """The rectangle that has come from one to another, `part` from 0 to 1."""
    return QRectF(
        start.left() + (end.left() - start.left()) * part,
        start.top() + (end.top() - start.top()) * part,
        start.width() + (end.width() - start.width()) * part,
        start.height() + (end.height() - start.height()) * part,
    )
