"""Work that takes longer than a frame: a function on a thread, its progress and its outcome as signals.

The thread never touches Qt: it leaves messages, and a timer in the window's thread collects them. So nothing can be
told to an object that is gone, and a thousand reports of progress are one a frame.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

from cnn_explorer.network.sentence import Refused

Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]
Work = Callable[[Progress, Cancelled], Any]

POLL = 15
"""Milliseconds between two looks at what the thread has left."""
LONGEST_JOIN = 2.0
"""Seconds to wait at close: a thread that hangs in a dead connection must not keep the window open."""


class _Task:
    """One run of a function. What the thread writes, the window's thread only reads."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._cancelled = threading.Event()
        self.done, self.total = 0, 0
        self.result: Any = None
        self.error: BaseException | None = None
        self.thread = threading.Thread(target=self._run, name="background work", daemon=True)

    def _run(self) -> None:
        try:
            self.result = self._work(self._report, self._cancelled.is_set)
        except BaseException as error:  # it is raised again where the outcome is collected
            self.error = error

    def _report(self, done: int, total: int) -> None:
        self.done, self.total = done, total

    def cancel(self) -> None:
        self._cancelled.set()


class Background(QObject):
    """Runs one function at a time; starting another drops the one before.

    `progressed` carries what the function last reported (done, total; total 0 where it is unknown). In the end comes
    one of `finished` with the result, `refused` with the Sentence of a Refused, or `cancelled`; `busy_changed` before
    and after. Any other exception is a fault of the program and is raised in the window's thread.
    """

    progressed = Signal(int, int)
    finished = Signal(object)
    refused = Signal(object)
    cancelled = Signal()
    busy_changed = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._task: _Task | None = None
        self._reported = (0, 0)
        self._threads: list[threading.Thread] = []
        self._timer = QTimer(self)
        self._timer.setInterval(POLL)
        self._timer.timeout.connect(self._collect)
        application = QCoreApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self.close)

    @property
    def busy(self) -> bool:
        """Whether a function is running whose outcome is still wanted."""
        return self._task is not None

    def start(self, work: Work) -> None:
        """Call `work(progress, cancelled)` on a thread. It should ask `cancelled()` now and then."""
        was_busy = self._drop()
        self._task = _Task(work)
        self._reported = (0, 0)
        self._threads = [thread for thread in self._threads if thread.is_alive()]
        self._threads.append(self._task.thread)
        self._task.thread.start()
        self._timer.start()
        if not was_busy:
            self.busy_changed.emit(True)

    def cancel(self) -> None:
        """Drop the running function at once, whether or not it asks; its outcome is never told."""
        if self._drop():
            self.busy_changed.emit(False)
            self.cancelled.emit()

    def close(self) -> bool:
        """Drop what runs, without a signal, and wait for the threads. False if one has not ended in two seconds."""
        self._drop()
        for thread in self._threads:
            thread.join(LONGEST_JOIN)
        self._threads = [thread for thread in self._threads if thread.is_alive()]
        return not self._threads

    def _drop(self) -> bool:
        task, self._task = self._task, None
        self._timer.stop()
        if task is not None:
            task.cancel()
        return task is not None

    def _collect(self) -> None:
        task = self._task
        if task is None:
            return
        over = not task.thread.is_alive()
        self._tell_progress(task)
        if over and task is self._task:
            self._drop()
            self._tell_outcome(task)

    def _tell_progress(self, task: _Task) -> None:
        reported = (task.done, task.total)
        if reported != self._reported:
            self._reported = reported
            self.progressed.emit(*reported)

    def _tell_outcome(self, task: _Task) -> None:
        self.busy_changed.emit(False)
        if task.error is None:
            self.finished.emit(task.result)
        elif isinstance(task.error, Refused):
            self.refused.emit(task.error.sentence)
        else:
            raise task.error
