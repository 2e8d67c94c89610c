"""Long works that the engine does for the window: one of a kind at a time, with progress, and a way out.

The engine does them beside the edits; `engine.jobs` lists which there are. To a panel a `Job` looks as a `Background`.
"""

from __future__ import annotations

from itertools import count
from typing import Any, Protocol

from PySide6.QtCore import QObject, Signal, SignalInstance

from cnn_explorer.network.findings import Inquiry
from cnn_explorer.network.sentence import Sentence, say


class Asker(Protocol):
    """What brings inquiries to the engine: the runner."""

    @property
    def state(self) -> str:
        """Only while it is "ready" is there an engine to ask; "unavailable" says that there will be none."""

    @property
    def state_changed(self) -> SignalInstance:
        """It is another state."""

    @property
    def job_told(self) -> SignalInstance:
        """(tuple): a message about a job, as `engine.serve` lists them."""

    def ask(self, number: int, inquiry: Inquiry | None) -> None:
        """Begins a job; ends it, where there is no inquiry."""


class Job(QObject):
    """The work of one kind that is being done, if there is one; starting another drops the one before.

    `progressed` carries how far it is (done, total; total 0 while it waits for the engine) and `found_so_far` what it
    has found. In the end comes one of `finished` with the finding, `refused` with a Sentence, or `cancelled`;
    `busy_changed` before and after.
    """

    progressed = Signal(int, int)
    found_so_far = Signal(object)
    finished = Signal(object)
    refused = Signal(object)
    cancelled = Signal()
    busy_changed = Signal(bool)

    def __init__(self, jobs: Jobs) -> None:
        super().__init__(jobs)
        self._jobs = jobs
        self._inquiry: Inquiry | None = None
        self._number = 0
        self._sent = False

    @property
    def busy(self) -> bool:
        """Whether a work is being done whose finding is still wanted."""
        return self._inquiry is not None

    @property
    def inquiry(self) -> Inquiry | None:
        """What is being worked on."""
        return self._inquiry

    def start(self, inquiry: Inquiry) -> None:
        """Do this work as soon as the engine can."""
        was_busy = self._drop()
        self._inquiry, self._number, self._sent = inquiry, self._jobs.next_number(), False
        if not was_busy:
            self.busy_changed.emit(True)
        self.look_at_engine()

    def cancel(self) -> None:
        """Drop the work at once; nothing more is told of it."""
        if self._drop():
            self.busy_changed.emit(False)
            self.cancelled.emit()

    def look_at_engine(self) -> None:
        """The engine may be in another state now: send what waits for it, and tell of what has ended with it."""
        if self._inquiry is None:
            return
        state = self._jobs.state
        if state == "ready" and not self._sent:
            self._sent = True
            self._jobs.ask(self._number, self._inquiry)
        elif state == "unavailable":
            self._refuse(say("This needs TensorFlow, and there is none that could be asked."))
        elif state != "ready" and self._sent:
            self._refuse(say("TensorFlow ended unexpectedly, and this with it; start it again."))

    def hear(self, word: str, number: int, *told: Any) -> None:
        """The engine has told something about a job, this one or another."""
        if self._inquiry is None or number != self._number:
            return
        if word == "job progress":
            done, total, partial = told
            self.progressed.emit(done, total)
            if partial is not None:
                self.found_so_far.emit(partial)
        elif word == "job done":
            self._end()
            self.finished.emit(told[0])
        else:
            reason = told[0]
            self._refuse(reason if isinstance(reason, Sentence) else say("TensorFlow says: {reason}", reason=reason))

    def _refuse(self, sentence: Sentence) -> None:
        self._end()
        self.refused.emit(sentence)

    def _end(self) -> None:
        self._inquiry = None
        self.busy_changed.emit(False)

    def _drop(self) -> bool:
        dropped, self._inquiry = self._inquiry, None
        if dropped is not None and self._sent:
            self._jobs.ask(self._number, None)
        return dropped is not None


class Jobs(QObject):
    """The works of a session, by kind; kinds are independent of each other."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._asker: Asker | None = None
        self._kinds: dict[str, Job] = {}
        self._numbers = count(1)

    def join(self, asker: Asker) -> None:
        """From now on the engine can be asked through `asker`."""
        self._asker = asker
        asker.state_changed.connect(self._look_at_engine)
        asker.job_told.connect(self._hear)
        self._look_at_engine()

    def of(self, kind: str) -> Job:
        """The work of a kind; always the same object."""
        if kind not in self._kinds:
            self._kinds[kind] = Job(self)
        return self._kinds[kind]

    @property
    def state(self) -> str:
        """The engine's, as the runner has it."""
        return "unavailable" if self._asker is None else self._asker.state

    def next_number(self) -> int:
        """A number that no job has had."""
        return next(self._numbers)

    def ask(self, number: int, inquiry: Inquiry | None) -> None:
        """Begins a job in the engine, or ends it."""
        if self._asker is not None:
            self._asker.ask(number, inquiry)

    def cancel_all(self) -> None:
        """Nobody wants any of them any more."""
        for job in self._kinds.values():
            job.cancel()

    def _look_at_engine(self) -> None:
        for job in list(self._kinds.values()):
            job.look_at_engine()

    def _hear(self, message: tuple[Any, ...]) -> None:
        for job in list(self._kinds.values()):
            job.hear(*message)
