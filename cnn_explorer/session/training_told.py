"""What a training has told so far, and what becomes of it: the document's network gets each snapshot of the weights.

Every view shows the network that learns without knowing of it: the snapshots are a run of the session, which is one
step of undo.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from time import monotonic
from typing import Literal

from PySide6.QtCore import QObject, Signal

from cnn_explorer.network.course import Course
from cnn_explorer.network.network import Network
from cnn_explorer.network.sentence import Sentence, say
from cnn_explorer.network.training import Job, Weights, weights_of, with_weights
from cnn_explorer.network.training_progress import Epoch, Finished, History, Progress, Result, Snapshot, Started
from cnn_explorer.session.checkpoints import Checkpoint
from cnn_explorer.session.session import Session
from cnn_explorer.session.snapshots import Snapshots

State = Literal["idle", "loading", "running", "paused", "stopping", "finished", "failed"]
ACTIVE = ("loading", "running", "paused", "stopping")
"""States in which there is a trainer, and the network is its."""

JOURNAL_SECONDS = 20.0
"""So much learning may be lost with the window's process: the weights are journalled no more often."""


class Told(QObject):
    """The state of a training, its course, its snapshots and its outcome.

    `changed` tells of another `state`, `doing`, `trouble` or outcome; `progressed` of a new `progress` and more of
    `course`, `snapped` of another of the `snapshots`. `updated` carries the Update of a step that was made by hand.
    `told` carries a Sentence on how a training ended, where that is not as it was wanted.
    """

    changed = Signal()
    progressed = Signal()
    snapped = Signal()
    updated = Signal(object)
    told = Signal(object)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._kept = 0.0
        self.course, self.snapshots = Course(), Snapshots()
        self._forget()
        self._handlers: dict[str, Callable[..., None]] = {
            "loading": self._on_loading, "started": self._on_started, "state": self._on_state,
            "progress": self._on_progress, "snapshot": self._on_snapshot, "update": self.updated.emit,
            "epoch": self._on_epoch, "saved": self._on_saved, "trouble": self._on_trouble,
            "finished": self._on_finished, "failed": self._on_failed,
        }  # fmt: skip

    def _forget(self) -> None:
        self.state: State = "idle"
        self.doing: Sentence | None = None
        self.loaded = (0, 0)
        self.trouble: Sentence | None = None
        self.reason: Sentence | None = None
        self.started: Started | None = None
        self.progress: Progress | None = None
        self.history: History | None = None
        self.result: Result | None = None
        self.saved = ""
        self.job: Job | None = None
        self._weights: Weights | None = None
        self._tests = False
        """It only tests: the network stays as it is."""
        self._first = self._session.first
        self.course.clear()
        self.snapshots.clear()

    @property
    def active(self) -> bool:
        """Whether a training goes on, or waits to go on."""
        return self.state in ACTIVE

    def share_done(self) -> tuple[float, float]:
        """How much is done, and of how much: images read, or batches of all epochs; of 0 where nobody knows."""
        if self.state == "loading":
            return self.loaded
        progress = self.progress
        if progress is None:
            return (0, 0) if self.active else (0, 1)
        return progress.epoch * progress.batches + progress.batch, max(progress.epochs * progress.batches, 1)

    def _set(self, state: State, doing: Sentence | None = None) -> None:
        self.state, self.doing, self.loaded = state, doing, (0, 0)
        self.changed.emit()

    def _on_loading(self, what: Sentence, done: int, total: int) -> None:
        self.doing, self.loaded = what, (done, total)
        self.changed.emit()

    def _on_started(self, started: Started) -> None:
        self.started = started
        self.course.begin(started.step)
        if (
            not self._tests and self._session.document.network.classes != started.classes
        ):  # its outputs mean what it learns from now
            self._session.renew(lambda network: replace(network, classes=started.classes))
        self.doing, self.loaded = say("Building the model…"), (0, 0)
        self.changed.emit()

    def _on_state(self, word: str) -> None:
        if word == "paused":
            self._set("paused")
        elif self.state == "stopping":
            self._set("stopping", _DOING.get(word, self.doing))
        else:
            self.trouble = None
            self._set("running", _DOING.get(word))

    def _on_progress(self, progress: Progress) -> None:
        self.progress = progress
        self.course.add(progress)
        self.progressed.emit()

    def _on_epoch(self, epoch: Epoch) -> None:
        self.course.add_epoch(epoch)
        self.progressed.emit()

    def _on_snapshot(self, snapshot: Snapshot) -> None:
        if not self._session.running:
            return
        if self._tests:
            self._weights = weights_of(self._session.document.network)
            return
        self._weights = snapshot.weights
        self.snapshots.add(snapshot)
        keep = monotonic() - self._kept >= JOURNAL_SECONDS
        if keep:
            self._kept = monotonic()
        self._session.renew(lambda network: with_weights(network, snapshot.weights), keep)
        self.snapped.emit()

    def _on_saved(self, path: str) -> None:
        self.saved = path

    def _on_trouble(self, sentence: Sentence) -> None:
        self.trouble = sentence
        self.told.emit(sentence)
        self._set("paused")

    def _on_finished(self, finished: Finished) -> None:
        self.history, self.result = finished.history, finished.result
        self.saved = finished.saved or self.saved
        for note in finished.notes:
            self._session.noted.emit(note)
        self._end("finished", finished.reason)
        if finished.reason is not None and finished.ending in ("diverged", "trouble"):
            self.told.emit(finished.reason)

    def _on_failed(self, sentence: Sentence) -> None:
        self._end("failed", sentence)
        self.told.emit(sentence)

    def _recall(self, network: Network, checkpoint: Checkpoint) -> None:
        """The network was trained here before: what is known of that is shown again."""
        record = checkpoint.record
        batches = -(-record.images // checkpoint.settings.batch_size)
        self.job = Job(network, checkpoint.shape, checkpoint.data, checkpoint.settings, checkpoint.path)
        self.saved, self.history, self._weights = checkpoint.path, record.history, weights_of(network)
        self.started = Started(record.images, 0, 0, batches, record.classes, record.step)
        epochs = max(checkpoint.settings.epochs, record.epoch)
        self.progress = Progress(
            record.epoch, epochs, record.batch, batches, record.step, record.loss, record.accuracy
        )  # fmt: skip
        self.course.recall(record.history)
        self.reason = say("Trained earlier: it can go on where it ended.")
        self._set("finished")
        self.progressed.emit()

    def _end(self, state: State, reason: Sentence | None) -> None:
        self.reason, self.trouble = reason, None
        nothing_done, self._tests = self._weights is None or self._tests, False
        self._set(state)
        self._session.end_run(nothing_done)


_DOING = {
    "validating": say("Validating…"),
    "testing": say("Testing…"),
    "saving": say("Saving…"),
}
