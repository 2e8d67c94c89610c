"""Numbers in a grid that can change: values, selection, what is being typed, and how all that is drawn."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QToolTip, QWidget

from cnn_explorer.network.arrays import frozen
from cnn_explorer.network.kernels import kernel_from_text, kernel_to_text
from cnn_explorer.network.numbers import Digits, digits_for
from cnn_explorer.network.sentence import Refused, Sentence, say
from cnn_explorer.session.language import tr, translated
from cnn_explorer.views.controls import describe
from cnn_explorer.views.grid_paint import SMALLEST_FONT, GridPicture
from cnn_explorer.views.theme import Scale, theme
from cnn_explorer.views.typed_number import step_for, stepped
from cnn_explorer.views.typing_box import TypingBox, explain

Cell = tuple[int, int]


class NumberCells(QWidget):
    """The part of a NumberGrid that knows no mouse and no keys."""

    edited = Signal(object)
    finished = Signal()
    hovered = Signal(object)
    pointed = Signal(str)

    hint = say("Drag a number up or down, or type one. With Shift: a tenth of the step.")
    """Its tooltip; a window may say something else of its own grids."""

    def __init__(self, parent: QWidget | None = None, role: str = "kernel") -> None:
        super().__init__(parent)
        self._role = role
        self._values = frozen(np.zeros((1, 1)))
        self._scale = Scale.around_zero(1.0)
        self._digits = Digits()
        self._cell, self._smallest = 40.0, SMALLEST_FONT
        self._selected: Cell = (0, 0)
        self.typing = TypingBox()
        self._changing = False
        self._waiting: np.ndarray | None = None
        self._picture = GridPicture()
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        theme.changed.connect(self.update)
        self.setFixedSize(self.sizeHint())
        self.retranslate()

    # What is shown

    @property
    def values(self) -> np.ndarray:
        """The numbers as they stand, (rows, columns)."""
        return self._values

    @property
    def selected(self) -> Cell:
        """(row, column) of the cell that keys act on."""
        return self._selected

    def show_values(self, values: np.ndarray, scale: Scale, digits: Digits) -> None:
        """Show `values` (rows, columns). While a gesture changes the grid they wait until it ends: an answer to an
        earlier change must not take back the newest."""
        self._scale = scale
        if self._changing and values.shape == self._values.shape:
            self._waiting = values
        else:
            self._take(values, digits)
        self.update()

    def _take(self, values: np.ndarray, digits: Digits) -> None:
        values = self._values if np.array_equal(values, self._values) else frozen(values)  # keeps its picture
        if values.shape != self._values.shape:
            self.typing.close()
            self._changing = False
        self._values, self._digits, self._waiting = values, digits, None
        self._selected = self._inside(self._selected)
        self.setFixedSize(self.sizeHint())
        self._speak()

    def set_cell_size(self, pixels: float) -> None:
        """The side of a cell in device-independent pixels; the widget takes the size of its cells."""
        self._cell = max(float(pixels), 1.0)
        self.setFixedSize(self.sizeHint())
        self.update()

    def set_smallest_font(self, pixels: float) -> None:
        """Numbers that would have to be smaller are left out."""
        if pixels != self._smallest:
            self._smallest = pixels
            self.update()

    def sizeHint(self) -> QSize:
        rows, columns = self._values.shape
        return QSize(round(columns * self._cell), round(rows * self._cell))

    def select(self, row: int, column: int) -> None:
        """Choose the cell that keys act on; a number being typed is taken."""
        self._leave_typing()
        self._selected = self._inside((row, column))
        self._speak()
        self.update()

    def _inside(self, cell: Cell) -> Cell:
        rows, columns = self._values.shape
        return min(max(cell[0], 0), rows - 1), min(max(cell[1], 0), columns - 1)

    def retranslate(self) -> None:
        """Set every text."""
        describe(self, _NAMES[self._role](), translated(self.hint))
        self._speak()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def _speak(self) -> None:
        self.setAccessibleDescription(self._text_of(self._selected))

    def _text_of(self, cell: Cell) -> str:
        value = self._digits.text(float(self._values[cell]))
        return _POINTED[self._role](cell[0] + 1, cell[1] + 1, value)

    # Changing numbers

    def _replace(self, values: np.ndarray) -> None:
        if not np.array_equal(values, self._values):
            self._changing = True
            self._values = frozen(values)
            self._digits = digits_for(self._values)
            self._speak()
            self.update()
            self.edited.emit(self._values)

    def _change(self, value: float) -> None:
        values = self._values.copy()
        values[self._selected] = value
        self._replace(values)

    def step(self, steps: int, fine: bool = False) -> None:
        """Change the selected number by so many steps; `finish` ends the gesture."""
        self._leave_typing()
        self._change(stepped(float(self._values[self._selected]), steps, step_for(self._values, fine)))
        self.pointed.emit(self._text_of(self._selected))

    def finish(self) -> None:
        """The gesture is over, if there is one."""
        if self._changing:
            self._changing = False
            self.finished.emit()
            if self._waiting is not None:
                self._take(self._waiting, digits_for(self._waiting))
                self.update()

    def _put(self, value: float) -> None:
        self.finish()
        self._change(value)
        self.finish()

    def copy(self) -> None:
        """All numbers to the clipboard, as a spreadsheet takes them."""
        QGuiApplication.clipboard().setText(kernel_to_text(self._values))

    def paste(self) -> None:
        """Numbers from a spreadsheet: all of them, or a block from the selected cell on; or the reason why not."""
        self._leave_typing()
        try:
            pasted = self._fitted(np.asarray(kernel_from_text(QGuiApplication.clipboard().text())))
        except Refused as refusal:
            self._explain(refusal.sentence)
            return
        self.finish()
        self._replace(pasted)
        self.finish()

    def _fitted(self, block: np.ndarray) -> np.ndarray:
        rows, columns = self._values.shape
        row, column = (0, 0) if block.shape == (rows, columns) else self._selected
        if row + block.shape[0] > rows or column + block.shape[1] > columns:
            raise Refused(_no_room(block.shape, (rows - row, columns - column)))
        values = self._values.copy()
        values[row : row + block.shape[0], column : column + block.shape[1]] = block
        return values

    def _explain(self, sentence: Sentence) -> None:
        self.pointed.emit(explain(sentence, self, self._rect(self._selected).bottomLeft().toPoint()))

    # Typing

    def _type(self, text: str) -> None:
        self.finish()
        self.typing.add(text)
        self.update()

    def _edit_number(self) -> None:
        self._type(self._digits.text(float(self._values[self._selected])))

    def _erase(self) -> None:
        self.typing.erase()
        self.update()

    def _stop_typing(self) -> None:
        self.typing.close()
        QToolTip.hideText()
        self.update()

    def _commit(self) -> bool:
        self.update()
        return self.typing.commit(self._put, self._explain)

    def _leave_typing(self) -> None:
        self.update()
        self.typing.leave(self._put, self.pointed.emit)

    # Drawing

    def _rect(self, cell: Cell) -> QRectF:
        return QRectF(cell[1] * self._cell, cell[0] * self._cell, self._cell, self._cell)

    def paintEvent(self, event: QPaintEvent) -> None:
        rows, columns = self._values.shape
        ratio = self.devicePixelRatioF()
        whole = (0, rows, 0, columns)
        painter = QPainter(self)
        painter.drawPixmap(
            QPointF(0, 0),
            self._picture.draw(self._values, whole, self._cell, ratio, self._scale, self._digits, self._smallest),
        )
        if self.hasFocus():
            self._paint_focus(painter)
        if self.typing.open:
            self.typing.paint(painter, self._rect(self._selected), QRectF(self.rect()), "kernel")
        painter.end()

    def _paint_focus(self, painter: QPainter) -> None:
        painter.setPen(QPen(theme.role("kernel"), 2))
        painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))
        if self._values.size > 1:
            for width, colour in ((5, "raised"), (3, "kernel")):  # a rim keeps the ring apart from a blue cell
                painter.setPen(QPen(theme.role(colour), width))
                painter.drawRect(self._rect(self._selected).adjusted(2.5, 2.5, -3.5, -3.5))


def _no_room(block: tuple[int, ...], room: Cell) -> Sentence:
    return say(
        "The copied text holds {block_rows}×{block_columns} numbers; from the selected cell on there is room for "
        "{rows}×{columns}.",
        block_rows=block[0], block_columns=block[1], rows=room[0], columns=room[1],
    )  # fmt: skip


_NAMES = {
    "kernel": lambda: tr("Kernel"),
    "bias": lambda: tr("Bias"),
    "target": lambda: tr("Target"),
}
_POINTED = {
    "kernel": lambda row, column, value: tr(
        "Kernel row {row}, column {column} = {value}", row=row, column=column, value=value
    ),
    "bias": lambda row, column, value: tr("Bias = {value}", value=value),
    "target": lambda row, column, value: tr(
        "Target row {row}, column {column} = {value}", row=row, column=column, value=value
    ),
}
