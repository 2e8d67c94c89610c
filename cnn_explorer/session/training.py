"""A training as the window sees it: it begins, waits, goes on and ends.

The trainer itself comes from outside (`app` joins the two), as the engine does, and nothing here waits for it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from shutil import copyfile
from time import monotonic
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal, Slot

from cnn_explorer.network.document import can_hold
from cnn_explorer.network.layers.layer import Shape
from cnn_explorer.network.network import Network
from cnn_explorer.network.sentence import Sentence, say
from cnn_explorer.network.training import (
    DataSpec,
    Job,
    TrainingSettings,
    Weights,
    weights_of,
    with_new_weights,
    with_weights,
)
from cnn_explorer.network.training_progress import Snapshot
from cnn_explorer.session.background import Background
from cnn_explorer.session.checkpoints import Checkpoint, Checkpoints
from cnn_explorer.session.keeping import Keeping
from cnn_explorer.session.link import Link, Partner, Reply
from cnn_explorer.session.run import learns_alike
from cnn_explorer.session.session import Session
from cnn_explorer.session.training_told import State, Told

SNAPSHOT_SECONDS = 0.4
"""From one look at the weights to the next: more than twice a second."""
FAREWELL = 4.0
"""Seconds that the trainer has at the end of the program, to save what it has."""

KEEPS = ("running", "paused", "stopping")
"""States in which the trainer can be asked for a checkpoint."""
LAST_WORDS = ("finished", "failed")


class Training(Told):
    """The trainings of a session, one at a time."""

    _heard = Signal(object, object)

    def __init__(
        self,
        session: Session,
        start_trainer: Callable[[Job], Partner] | None = None,
        folder: Path | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(session, parent)
        self._finder = Background(self)
        self._finder.finished.connect(self._resume)
        self._keeping = Keeping(lambda: self._checkpoints.new(), self)
        self._handlers["kept"] = lambda path: self._keeping.answered()
        self.join(start_trainer, folder)
        self._link: Link | None = None
        self._leaving: list[Link] = []
        self._heard.connect(self._on_heard, Qt.ConnectionType.QueuedConnection)
        session.history_changed.connect(self._follow)

    # what can be asked for

    def join(self, start_trainer: Callable[[Job], Partner] | None, folder: Path | None) -> None:
        """From now on trainings are begun by `start_trainer`, and keep what they have learnt in `folder`."""
        self._start_trainer, self._checkpoints = start_trainer, Checkpoints(folder)
        self.changed.emit()
        self._look_for_checkpoint()

    @property
    def available(self) -> bool:
        """Whether there is anybody to train."""
        return self._start_trainer is not None

    @property
    def can_go_on(self) -> bool:
        """Whether the last training can go on where it ended: it is saved, and the network is still what it learnt."""
        return not self.active and bool(self.saved) and self.is_of_network

    @property
    def is_of_network(self) -> bool:
        """Whether the network is still what the last training has made of it, or tested."""
        if self.job is None or self._weights is None:
            return False
        own, network = weights_of(self._session.document.network), self.job.network
        return learns_alike(with_weights(network, self._weights), self._session.document.network) and all(
            own.get(key) is values for key, values in self._weights.items()
        )

    def start(self, settings: TrainingSettings, data: DataSpec, shape: Shape, by_hand: bool = False) -> None:
        """Learn, beginning with the weights as they are; `by_hand` waits before the first batch."""
        self._begin(Job(self._session.document.network, shape, data, settings, paused=by_hand))

    def start_over(self, settings: TrainingSettings, data: DataSpec, shape: Shape) -> None:
        """Draw new weights, and learn. They come with the first snapshot: drawing many takes longer than a frame."""
        self._begin(Job(self._session.document.network, shape, data, settings), new=True)

    def go_on(self, settings: TrainingSettings) -> None:
        """Continue where the last training ended, with its optimizer's state."""
        if self.can_go_on and self.job is not None:
            job = replace(self.job, network=self._session.document.network, settings=settings, go_on=True, paused=False)
            checkpoint, start = self.saved, self._start_trainer
            if self._session.network_is_saved and start is not None:  # its file goes on with what it has
                checkpoint = self._checkpoints.new(self.saved) or self.saved
                start = partial(_on_copy, start, self.saved)
            self._launch(replace(job, checkpoint=checkpoint), start, say("Go on training"))

    def test(self, settings: TrainingSettings, data: DataSpec, shape: Shape) -> None:
        """Only test the network as it is: a training that ends before its first batch. It is no step of undo."""
        if self.can_go_on and self.job is not None:
            job = replace(self.job, network=self._session.document.network, go_on=True, paused=True)
            self._launch(replace(job, checkpoint=self.saved), self._start_trainer, say("Test"), tests=True)
        else:
            self._begin(Job(self._session.document.network, shape, data, settings, paused=True), tests=True)

    def _on_state(self, word: str) -> None:
        if word == "paused" and self._tests:
            self._send("stop")
            self._set("stopping", say("Testing…"))
        else:
            super()._on_state(word)

    def _begin(self, job: Job, new: bool = False, tests: bool = False) -> None:
        if self.active:
            return
        self._forget()
        start = partial(_with_new_weights, self._start_trainer) if new and self._start_trainer else self._start_trainer
        job = replace(job, checkpoint=self._checkpoints.new())
        self._launch(job, start, say("Test") if tests else say("Train"), tests)

    def _launch(self, job: Job, start: Callable[[Job], Partner] | None, text: Sentence, tests: bool = False) -> None:
        if start is None:
            return
        self._park()
        self._keeping.begin()
        self._tests = tests
        self.job, self.reason, self.trouble, self.result = job, None, None, None
        self._weights, self._kept = None, monotonic()
        self._session.begin_run(job.network, text)
        self._finder.cancel()
        self._link = Link(partial(start, job), partial(self._hear, _Heard(job)), "trainer", LAST_WORDS)
        self._link.send("snapshots", SNAPSHOT_SECONDS)
        self._set("loading", say("Starting TensorFlow…"))

    def pause(self) -> None:
        """Wait before the next batch."""
        self._send("pause")

    def resume(self) -> None:
        """Go on after a pause, or when what was wrong is mended. A lost folder of the checkpoints is made again."""
        self._checkpoints.make_folder()
        self._send("resume")

    def stop(self) -> None:
        """End now, save what there is and test it; a second time, end without waiting for either."""
        if self.state == "loading":
            self._drop()
            self._end("idle", None)
        elif self.state == "stopping":
            self._drop()
            self._end("failed", say("The training was ended before it had saved; the weights on the screen stay."))
        elif self.active:
            self._send("stop")
            self._set("stopping", say("Stopping…"))

    def keep(self, file: str, save: Callable[[], object]) -> None:
        """Call `save`, which saves the document to `file`, as soon as it can go on with this training when it is opened
        again: at once, or while it is trained when the trainer has written a checkpoint of the weights that the
        document has then."""
        path = "" if self._tests or self.state not in KEEPS else self._keeping.path_for(file)
        if path:
            self._keeping.wait(save)
            self._send("keep", path)
        else:
            save()

    def step(self, rate: float, layer: int | None = None) -> None:
        """While it waits: learn from one batch by plain gradient descent. `updated` tells of the arrays of `layer`."""
        self._send("step", rate, layer)

    def back(self, layer: int | None = None) -> None:
        """While it waits: undo the last step that was made by hand."""
        self._send("back", layer)

    def close(self) -> None:
        """The program ends: the trainer saves what it has, if it can do so in time, and then nothing is left of it."""
        self._start_trainer = None
        self._finder.close()
        self._keeping.forget()
        links = [*self._leaving, *([self._link] if self._link else [])]
        self._link, self._leaving = None, []
        for link in links:
            link.leave("quit")
        end = monotonic() + FAREWELL
        for link in links:
            link.wait(max(0.0, end - monotonic()))
            link.close()

    def _send(self, word: str, *subject: Any) -> None:
        if self._link is not None and self.active:
            self._link.send(word, *subject)

    # what the network looked like

    def network_at(self, place: int) -> Network | None:
        """The network that was trained, with the weights of a snapshot."""
        if self.job is None:
            return None
        classes = self.job.network.classes or (self.started.classes if self.started else ())
        trained = self._session.document.network if self.active else replace(self.job.network, classes=classes)
        return with_weights(trained, self.snapshots[place].weights)

    def look_back(self, place: int | None) -> None:
        """Show the network as it was at a snapshot, without changing the document; None shows it as it is."""
        self._session.preview(None if place is None else self.network_at(place))

    def use(self, place: int) -> None:
        """Make the weights of a snapshot the network's: an edit, to be undone."""
        network = self.network_at(place)
        if network is not None:
            step = self.snapshots[place].step
            self._session.edit_network(network, say("Use the weights of batch {step}", step=f"{step:,}"))

    # what is heard

    def _hear(self, heard: _Heard, link: Link, reply: Reply) -> None:
        """On the link's thread."""
        word, *subject = reply
        if word == "snapshot":
            heard.weights = subject[0].weights if can_hold(subject[0].weights.values()) else None
            if heard.weights is None:
                return
        elif word == "kept" and subject[0] and heard.weights is not None:
            self._checkpoints.remember(replace(heard.job, checkpoint=subject[0]), heard.weights)
        elif word == "finished" and subject[0].saved and heard.weights is not None:
            self._checkpoints.remember(heard.job, heard.weights)
        self._heard.emit(link, reply)

    @Slot(object, object)
    def _on_heard(self, link: Link, reply: Reply) -> None:
        word, *subject = reply
        if word == "ended":
            self._ended(link)
        elif link is self._link:
            self._handlers[word](*subject)

    def _end(self, state: State, reason: Sentence | None) -> None:
        super()._end(state, reason)
        self._keeping.release()

    def _ended(self, link: Link) -> None:
        link.close()
        if link is self._link:
            self._link = None
            if self.active:
                self._on_failed(_lost(self.snapshots.last))

    def _follow(self) -> None:
        """The session has another document: what was being learnt is of no use to it."""
        if self._session.first is not self._first or (self.active and not self._session.running):
            self._abandon()
            self._forget()
            self.changed.emit()
            self.snapped.emit()
            self._look_for_checkpoint()

    def _look_for_checkpoint(self) -> None:
        """Whether the document's network is one that was trained here: then it can go on. On a thread."""
        checkpoints, network = self._checkpoints, self._session.document.network
        if self.state == "idle" and checkpoints.any():
            self._finder.start(lambda progress, cancelled: (network, checkpoints.find(weights_of(network))))

    def _resume(self, found: tuple[Network, Checkpoint | None]) -> None:
        network, checkpoint = found
        if checkpoint is not None and self.state == "idle" and network is self._session.document.network:
            self._recall(network, checkpoint)

    def _abandon(self) -> None:
        if self._link is not None:
            self._link.leave("quit")
        self._park()
        self._keeping.release()

    def _drop(self) -> None:
        if self._link is not None:
            self._link.drop()
        self._park()

    def _park(self) -> None:
        """The link of a training that is over may still have to end; nothing it tells is listened to."""
        self._leaving = [link for link in self._leaving if not link.wait(0)]
        if self._link is not None:
            self._leaving.append(self._link)
            self._link = None


@dataclass
class _Heard:
    """What the thread of a link knows of its training: the job, and the newest weights."""

    job: Job
    weights: Weights | None = None


def _with_new_weights(start: Callable[[Job], Partner], job: Job) -> Partner:
    """On the link's thread."""
    return start(replace(job, network=with_new_weights(job.network, job.settings.seed)))


def _on_copy(start: Callable[[Job], Partner], source: str, job: Job) -> Partner:
    """On the link's thread: go on from a copy of a checkpoint, or where there can be none from itself."""
    try:
        if job.checkpoint != source:
            copyfile(source, job.checkpoint)
    except OSError:
        job = replace(job, checkpoint=source)
    return start(job)


def _lost(last: Snapshot | None) -> Sentence:
    if last is None:
        return say("The training ended unexpectedly before it had begun; start it again.")
    return say(
        "The training ended unexpectedly; the network has the weights of batch {step}. You can start it again.",
        step=f"{last.step:,}",
    )
