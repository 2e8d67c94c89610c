"""The numpy reference for the window: what is quick at once, the rest on a thread, so that the window never waits."""

from __future__ import annotations

from dataclasses import dataclass
from threading import Thread
from time import perf_counter

from PySide6.QtCore import QObject, Qt, Signal, Slot

from cnn_explorer.network.document import Document
from cnn_explorer.network.results import Evaluation, by_reference, reference_maps, reference_milliseconds

QUICK = 20.0
"""Milliseconds that the window's thread may compute."""


def is_quick(document: Document) -> bool:
    """Whether the reference evaluates the document in the time that the window's thread has."""
    return reference_milliseconds(document) <= QUICK


@dataclass(eq=False)
class _Task:
    """One evaluation on the thread; somebody wants it until it is dropped."""

    kind: str
    document: Document
    wanted: bool = True

    def evaluate(self) -> Evaluation | None:
        """The evaluation, None as soon as nobody wants it any more."""
        start, maps = perf_counter(), []
        for values in reference_maps(self.document):
            if not self.wanted:
                return None
            maps.append(values)
        return by_reference(self.document, tuple(maps), start)


class Reference(QObject):
    """Evaluates documents of several kinds, one at a time on a thread; of those that wait, only each kind's newest."""

    answered = Signal(str, object)
    """(kind, Evaluation): the newest document's of this kind, or that of one shortly before it."""
    _heard = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: dict[str, Document] = {}
        self._running: _Task | None = None
        self._thread: Thread | None = None
        self._heard.connect(self._on_heard, Qt.ConnectionType.QueuedConnection)

    def ask(self, kind: str, document: Document) -> None:
        """Evaluate the document as soon as the thread is free."""
        self._waiting[kind] = document
        self._go_on()

    def drop(self, kind: str) -> None:
        """What was asked for of this kind is not wanted any more: it will not be answered."""
        self._waiting.pop(kind, None)
        if self._running is not None and self._running.kind == kind:
            self._running.wanted = False

    def close(self) -> None:
        """Drop everything, and wait for the thread: at most as long as one layer takes."""
        self._waiting.clear()
        if self._running is not None and self._thread is not None:
            self._running.wanted = False
            self._thread.join()

    def _go_on(self) -> None:
        if self._running is None and self._waiting:
            kind = next(iter(self._waiting))  # the one that has waited longest
            self._running = _Task(kind, self._waiting.pop(kind))
            self._thread = Thread(target=self._run, args=(self._running,), name="reference", daemon=True)
            self._thread.start()

    def _run(self, task: _Task) -> None:
        found = None
        try:
            found = task.evaluate()
        finally:  # a fault is told by the hooks of the threads; what waits is computed all the same
            self._heard.emit(task, found)

    @Slot(object, object)
    def _on_heard(self, task: _Task, found: Evaluation | None) -> None:
        self._running = None
        if task.wanted and found is not None:
            self.answered.emit(task.kind, found)
        self._go_on()
