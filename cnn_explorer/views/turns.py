"""Widgets whose painting takes long, painted one in a turn of the event loop: in between it hears of mouse and keys."""

from __future__ import annotations

from weakref import WeakSet

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid


class Turns(QObject):
    """The widgets that wait to be painted, one such queue for the program.

    One that is painted before its turn, because something else asked for it, is painted right: only `update` waits.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._waiting: list[QWidget] = []
        self._known: WeakSet[QWidget] = WeakSet()
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._next)

    @property
    def any(self) -> bool:
        """Whether a widget still waits."""
        return bool(self._waiting)

    def ask(self, widget: QWidget) -> None:
        """Paint a widget when it is its turn."""
        if widget not in self._waiting:
            if not self._waiting:
                self._timer.start()
            self._waiting.append(widget)
        if widget not in self._known:
            self._known.add(widget)
            widget.destroyed.connect(self._forget_gone)

    def _next(self) -> None:
        self._waiting.pop(0).update()
        if not self._waiting:
            self._timer.stop()

    def _forget_gone(self) -> None:
        """A widget has gone with its window: where nobody waits any more the timer rests."""
        self._waiting = [each for each in self._waiting if isValid(each)]
        if not self._waiting:
            self._timer.stop()


def turns() -> Turns:
    """The program's queue."""
    application = QApplication.instance()
    assert application is not None
    found = application.findChild(Turns)
    return found if isinstance(found, Turns) else Turns(application)
