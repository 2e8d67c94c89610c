"""A grid of numbers to be edited in place: typed, dragged, turned with the wheel, copied and pasted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QEvent, QPointF, Qt, QTimer
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from cnn_explorer.views.number_cells import Cell, NumberCells
from cnn_explorer.views.typed_number import step_for, stepped
from cnn_explorer.views.wheel import WheelSteps

PIXELS_A_STEP = 12.0
DRAG_BEGINS = 4.0
WHEEL_PAUSE = 500
"""Milliseconds without the wheel turning after which its gesture is over."""

_MOVES = {
    Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1), Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Home: (0, -99), Qt.Key.Key_End: (0, 99),
}  # fmt: skip
_STEPS = {Qt.Key.Key_PageUp: 1, Qt.Key.Key_PageDown: -1}
_ALT_STEPS = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}
_SIGN_STEPS = {Qt.Key.Key_Plus: 1, Qt.Key.Key_Underscore: -1}
"""Minus begins a negative number; with Shift, as plus has it on most keyboards, it takes one away."""
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_ERASE = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


@dataclass
class Drag:
    """A press on a cell: from which height (pixels), value and step on the pointer's movement counts."""

    y: float
    value: float
    step: float
    fine: bool
    moved: bool = False


class NumberGrid(NumberCells):
    """Editable values (rows, columns). One cell is a grid too: the bias.

    `edited` carries the new values (rows, columns), float32, at every change; `finished` ends a gesture: a drag, a
    typed number, a held key, a turn of the wheel. `hovered` carries (row, column) or None, `pointed` the read-out.
    `role` says what the numbers are: "kernel", "bias" or "target".
    """

    def __init__(self, parent: QWidget | None = None, role: str = "kernel") -> None:
        super().__init__(parent, role)
        self._under: Cell | None = None
        self._drag: Drag | None = None
        self._wheel = WheelSteps()
        self._wheel_stops = QTimer(self)
        self._wheel_stops.setSingleShot(True)
        self._wheel_stops.setInterval(WHEEL_PAUSE)
        self._wheel_stops.timeout.connect(self.finish)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setCursor(Qt.CursorShape.SizeVerCursor)

    # Keys

    def _action(self, event: QKeyEvent) -> Callable[[], object] | None:
        """What a key does here, None where it is none of this grid's keys."""
        key, modifiers = Qt.Key(event.key()), event.modifiers()
        for standard, action in (
            (QKeySequence.StandardKey.Copy, self.copy),
            (QKeySequence.StandardKey.Paste, self.paste),
        ):
            if event.matches(standard):
                return action
        if modifiers & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.MetaModifier):
            return None
        fine = bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
        steps = (_ALT_STEPS if modifiers & Qt.KeyboardModifier.AltModifier else _STEPS).get(key)
        if steps is not None:
            return partial(self.step, steps, fine)
        if modifiers & Qt.KeyboardModifier.AltModifier:
            return None
        if key in _MOVES:
            return partial(self._move, *_MOVES[key])
        return self._typing_action(key, event.text())

    def _typing_action(self, key: Qt.Key, text: str) -> Callable[[], object] | None:
        typing = self.typing.open
        if key in _ENTER:
            return self._commit if typing else self._edit_number
        if key in _ERASE:
            return self._erase if typing else partial(self._put, 0.0)
        if key == Qt.Key.Key_Escape:
            return self._stop_typing if typing else None
        if key in _SIGN_STEPS and not typing:
            return partial(self.step, _SIGN_STEPS[key])
        return partial(self._type, text) if self.typing.accepts(text) else None

    def _move(self, rows: int, columns: int) -> None:
        if self._commit():
            self.finish()
            self.select(self._selected[0] + rows, self._selected[1] + columns)
            self.pointed.emit(self._text_of(self._selected))

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if self._action(event) is not None:
                event.accept()
                return True
            self.finish()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        action = self._action(event)
        if action is None:
            super().keyPressEvent(event)
        else:
            action()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if not event.isAutoRepeat() and self._drag is None:
            self.finish()
        super().keyReleaseEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab takes what is being typed and goes to the next cell; otherwise, and from the last, it leaves the grid."""
        if not self.typing.open:
            return super().focusNextPrevChild(forward)
        if not self._commit():
            return True
        columns = self._values.shape[1]
        place = self._selected[0] * columns + self._selected[1] + (1 if forward else -1)
        if not 0 <= place < self._values.size:
            return super().focusNextPrevChild(forward)
        self.select(*divmod(place, columns))
        return True

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._leave_typing()
        self._end_drag()
        self.update()

    # Mouse

    def cell_at(self, point: QPointF) -> Cell | None:
        """The (row, column) under a point of the widget, None outside."""
        cell = int(point.y() // self._cell), int(point.x() // self._cell)
        return cell if cell == self._inside(cell) else None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        cell = self.cell_at(event.position())
        if cell is None or event.button() != Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
            return
        self.finish()
        self.select(*cell)
        self._begin_drag(event)

    def _begin_drag(self, event: QMouseEvent) -> None:
        fine = _is_fine(event)
        value = float(self._values[self._selected])
        self._drag = Drag(event.position().y(), value, step_for(self._values, fine), fine)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._drag is None:
            self._point(self.cell_at(event.position()))
            return
        self._drag.moved = self._drag.moved or abs(event.position().y() - self._drag.y) >= DRAG_BEGINS
        if self._drag.moved:
            self._drag_to(self._drag, event)

    def _drag_to(self, drag: Drag, event: QMouseEvent) -> None:
        """Change the number with the pointer's height. Shift pressed or let go on the way counts from there on."""
        y, fine = event.position().y(), _is_fine(event)
        if fine != drag.fine:
            drag.y, drag.value, drag.fine = y, float(self._values[self._selected]), fine
            drag.step *= 0.1 if fine else 10.0
        self._change(stepped(drag.value, round((drag.y - y) / PIXELS_A_STEP), drag.step))
        self.pointed.emit(self._text_of(self._selected))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._end_drag()
        self._point(self.cell_at(event.position()))

    def _end_drag(self) -> None:
        self._drag = None
        self.finish()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.cell_at(event.position()) == self._selected:
            self._edit_number()

    def leaveEvent(self, event: QEvent) -> None:
        if self._drag is None:
            self.finish()
        self._point(None)

    def _point(self, cell: Cell | None) -> None:
        if cell != self._under:
            self._under = cell
            self.hovered.emit(cell)
            self.pointed.emit("" if cell is None else self._text_of(cell))

    def wheelEvent(self, event: QWheelEvent) -> None:
        cell = self.cell_at(event.position())
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if cell is None or control or not self.hasFocus():  # who scrolls past it changes no number
            event.ignore()
            return
        event.accept()
        steps = self._wheel.take(event)
        if cell != self._selected:
            self.finish()
            self.select(*cell)
        if steps:
            self.step(steps, _is_fine(event))
            self._wheel_stops.start()


def _is_fine(event: QMouseEvent | QWheelEvent) -> bool:
    return bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
