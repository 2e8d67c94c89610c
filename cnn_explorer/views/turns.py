"""Widgets whose painting takes long, painted one in a turn of the event loop: in between it hears of mouse and keys."""

from __future__ import annotations

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

    def _next(self) -> None:
        widget = self._waiting.pop(0)
        if isValid(widget):  # else it has gone with its window meanwhile
            widget.update()
        if not self._waiting:
            self._timer.stop()


def turns() -> Turns:
    """The program's queue."""
    application = QApplication.instance()
    assert application is not None
    found = application.findChild(Turns)
    return found if isinstance(found, Turns) else Turns(application)
