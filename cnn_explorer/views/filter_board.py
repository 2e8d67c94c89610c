"""The wall of filters as it is used: pointing, choosing, dragging to another place, and the same with keys."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

from cnn_explorer.session.session import Session
from cnn_explorer.views.filter_layout import KERNELS, WallPlan
from cnn_explorer.views.filter_tiles import FilterTiles
from cnn_explorer.views.scales import Scales

_ENDS = {Qt.Key.Key_Home: -(10**6), Qt.Key.Key_End: 10**6}
_REMOVING = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
_OPENING = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class FilterBoard(FilterTiles):
    """Kernels beside feature maps.

    `chosen` carries the filter that a click or a key leads to, `dropped` a filter and the place to which it was moved,
    `removed` one that Delete was pressed on, `menu_wanted` one and where on the screen its menu is to open; `opened`
    says that the numbers of the filter under the cursor are wanted: by a double click, or Enter.
    """

    chosen = Signal(int)
    dropped = Signal(int, int)
    removed = Signal(int)
    menu_wanted = Signal(int, QPoint)
    opened = Signal()

    def __init__(self, session: Session, scales: Scales, parent: QWidget | None = None) -> None:
        super().__init__(session, scales, parent)
        self.setMouseTracking(True)
        self.installEventFilter(self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    # Pointer

    def place_at(self, point: QPointF) -> int | None:
        """The filter whose tile, on either wall, a point is on."""
        plan = self.plan
        return None if plan is None else plan.place_at(point)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        number = self.place_at(event.position())
        if event.button() != Qt.MouseButton.LeftButton or number is None:
            super().mousePressEvent(event)
            return
        self._pressed = (number, event.position())
        self.chosen.emit(number)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None or not event.buttons() & Qt.MouseButton.LeftButton:
            self._point(self.place_at(event.position()))
            return
        far = (event.position() - self._pressed[1]).manhattanLength() >= QApplication.startDragDistance()
        if self._dragged_to is not None or (far and self.can_be_moved):
            self._dragged_to = event.position()
            self.update()

    @property
    def can_be_moved(self) -> bool:
        """Whether the layer has filters that can stand in another order, and they are shown in their own."""
        scene, plan = self.scene, self.plan
        own_order = plan is not None and not plan.order
        return own_order and scene is not None and scene.layer.filters is not None and scene.count > 1

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, place, plan = self._pressed, self._dragged_to, self.plan
        self._end_drag()
        if event.button() == Qt.MouseButton.LeftButton and pressed and place is not None and plan is not None:
            gap = plan.gap_at(place)
            self.dropped.emit(pressed[0], gap - 1 if gap > pressed[0] else gap)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.place_at(event.position()) is not None:
            self.opened.emit()

    def _end_drag(self) -> None:
        self._pressed = self._dragged_to = None
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._point(None)

    def _point(self, number: int | None) -> None:
        if number != self._under:
            self._under = number
            self.pointed.emit("" if number is None else self.text_of(number))
            self.update()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        plan = self.plan
        if plan is None:
            return
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            number = self.place_at(QPointF(event.pos()))
            place = event.globalPos()
        else:
            number = self.current
            place = self.mapToGlobal(plan.rect(KERNELS, number).center().toPoint())
        if number is not None:
            self.chosen.emit(number)
            self.menu_wanted.emit(number, place)

    # Keys

    def _action(self, event: QKeyEvent) -> Callable[[], object] | None:
        """What a key does here, None where it is none of the wall's keys."""
        plan, key = self.plan, Qt.Key(event.key())
        if plan is None:
            return None
        if key == Qt.Key.Key_Escape and self._dragged_to is not None:
            return self._end_drag
        steps = {
            Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -plan.columns, Qt.Key.Key_Down: plan.columns,
        } | _ENDS  # fmt: skip
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key in steps and modifiers == Qt.KeyboardModifier.NoModifier:
            return partial(self._go, self._target(plan, steps[key]))
        if key in steps and modifiers == Qt.KeyboardModifier.AltModifier:
            return partial(self._shift, self._target(plan, steps[key]))
        if modifiers != Qt.KeyboardModifier.NoModifier:
            return None
        if key in _REMOVING:
            return partial(self.removed.emit, self.current)
        return partial(self.opened.emit) if key in _OPENING else None

    def _target(self, plan: WallPlan, step: int) -> int:
        target = plan.place_of(self.current) + step
        if abs(step) == plan.columns and not 0 <= target < plan.count:
            return self.current  # up and down stay in their column
        return plan.number_at(min(max(target, 0), plan.count - 1))

    def _go(self, number: int) -> None:
        self.chosen.emit(number)
        self.pointed.emit(self.text_of(number))

    def _shift(self, to: int) -> None:
        if self.can_be_moved and to != self.current:
            self.dropped.emit(self.current, to)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Not `event`: an exception in a paintEvent called from inside a Python override ends the process.
        own = isinstance(event, QKeyEvent) and self._action(event) is not None
        if own and watched is self and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()  # the window has commands on some of these keys
            return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        action = self._action(event)
        if action is None:
            super().keyPressEvent(event)
        else:
            action()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._speak()
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._speak()
        self._end_drag()
