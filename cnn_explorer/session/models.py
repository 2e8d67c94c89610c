"""Opening somebody's model: on a thread, by a process of its own that is ended when it is no longer wanted.

The loader itself comes from outside (`app` joins the two), as the engine does, and nothing here waits for it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from time import monotonic
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from cnn_explorer.files.opened_model import OpenedModel, StoredWeights
from cnn_explorer.files.opening import cannot_open, display_name
from cnn_explorer.files.saved_program import ProgramRun, SavedProgram
from cnn_explorer.network.document import Document, Image
from cnn_explorer.network.sentence import Refused, Sentence, say
from cnn_explorer.session.background import Background, Cancelled, Progress

State = str
"""What is being done: "idle", "looking" (at the file), "starting" (TensorFlow), "building" (the model) or "running"
(a program)."""

LOOK = 250
"""Milliseconds from one look at the clock to the next."""
GRACE = 5.0
"""Seconds that a loader has beyond its own limit to say so, before it is ended without being asked."""


Told = Callable[[State, float], object]
Found = OpenedModel | StoredWeights | SavedProgram


class Loader(Protocol):
    """Opens one file, or runs one program. That is asked from a thread, `stop` from any."""

    def open(self, path: str, told: Told) -> Found:
        """The model in a file, its weights where it has no more, or what a SavedModel declares, which is not run.

        `told` hears each State, and the seconds that it may take. Raises: Refused.
        """

    def known(self, name: str, told: Told, weights: str = "") -> OpenedModel:
        """A model of Keras's own by its name, with random weights or those in a file. Raises: Refused."""

    def run(self, path: str, program: SavedProgram, image: Image, told: Told) -> ProgramRun:
        """What a SavedModel gives for an image, for whoever has said yes to running it. Raises: Refused."""

    def warm(self) -> None:
        """Begins already with what takes long and does not depend on the file."""

    def stop(self) -> None:
        """Ends it at once; an `open` under way then raises Refused."""


@dataclass(frozen=True, eq=False)
class ModelDocument:
    """The document of a model that was opened, and how its image was made to fit."""

    document: Document
    how: Sentence
    model: OpenedModel


@dataclass(frozen=True)
class _Stage:
    state: State
    since: float
    limit: float


_IDLE = _Stage("idle", 0.0, 0.0)


class Models(QObject):
    """Opens one model at a time; asking for another drops the one before.

    `changed` tells of another `state`, and of the seconds that pass. In the end comes one of `opened` with a
    ModelDocument, `found_weights` with StoredWeights, `found_program` with a SavedProgram, `ran` with a ProgramRun,
    `refused` with a Sentence, or `cancelled`.
    """

    changed = Signal()
    opened = Signal(object)
    found_weights = Signal(object)
    found_program = Signal(object)
    ran = Signal(object)
    refused = Signal(object)
    cancelled = Signal()

    def __init__(self, parent: QObject | None = None, prepare: Callable[[], object] | None = None) -> None:
        """`prepare` is called on the thread meanwhile: it may load what the model's document will need."""
        super().__init__(parent)
        self._prepare = prepare or (lambda: None)
        self._new_loader: Callable[[], Loader] | None = None
        self._loader: Loader | None = None
        self._warm: Loader | None = None
        self._stage = _IDLE
        self._told: tuple[State, int] = ("idle", 0)
        self._path = ""
        self._work = Background(self)
        self._work.finished.connect(self._finish)
        self._work.refused.connect(self._refuse)
        self._clock = QTimer(self)
        self._clock.setInterval(LOOK)
        self._clock.timeout.connect(self._look)

    def join(self, new_loader: Callable[[], Loader]) -> None:
        """From now on models are opened by what `new_loader` gives: a Loader that has not begun."""
        self._new_loader = new_loader

    def prepare(self) -> None:
        """A file will be chosen, perhaps a model: begin already with what does not depend on it."""
        if self._new_loader is not None and self._warm is None and not self.busy:
            self._warm = self._new_loader()
            self._warm.warm()

    def release(self) -> None:
        """It was no model: what was prepared goes."""
        if self._warm is not None:
            self._warm.stop()
            self._warm = None

    @property
    def state(self) -> State:
        """What is being done."""
        return self._stage.state

    @property
    def busy(self) -> bool:
        """Whether a model is being opened."""
        return self._work.busy

    @property
    def seconds(self) -> int:
        """How long it has been doing that."""
        return int(monotonic() - self._stage.since) if self.busy else 0

    @property
    def limit(self) -> int:
        """How many seconds that may take."""
        return int(self._stage.limit)

    def open(self, path: str, image: Image, known: bool = False, weights: str = "") -> None:
        """Open a model, and make `image` one that it takes.

        `known`: it is one of KNOWN_MODELS, `path` its name, and `weights` a file with its weights ("": random ones).
        """

        def work(loader: Loader, told: Told) -> object:
            return _opened(loader.known(path, told, weights) if known else loader.open(path, told), image)

        self._begin(path, work)

    def run(self, path: str, program: SavedProgram, image: Image) -> None:
        """Run a SavedModel that was found at `path` on an image. Only where somebody has said yes to just that."""
        self._begin(path, lambda loader, told: loader.run(path, program, image, told))

    def _begin(self, path: str, work: Callable[[Loader, Told], object]) -> None:
        self._stop()
        if self._new_loader is None:
            self.refused.emit(cannot_open(path, say("there is no engine that could open models")).sentence)
            return
        self._path = path
        self._loader = loader = self._warm or self._new_loader()
        self._warm = None
        self._stage = _Stage("looking", monotonic(), 0.0)
        self._work.start(partial(_done, path, partial(work, loader, partial(self._hear, loader))))
        self._clock.start()
        self._look()

    def cancel(self) -> None:
        """Drop what is being opened, at once."""
        if self.busy:
            self._stop()
            self.cancelled.emit()

    def close(self) -> bool:
        """The window closes: no process and no thread stays. False if the thread hangs."""
        self._stop()
        self.release()
        return self._work.close()

    def _stop(self) -> None:
        """What is under way is over: its process goes, and what its thread still does is not told."""
        loader, self._loader = self._loader, None
        self._clock.stop()
        if loader is not None:
            loader.stop()
        self._work.cancel()
        self._stage = _IDLE

    def _hear(self, loader: Loader, state: State, limit: float) -> None:
        """On the thread."""
        if loader is self._loader:
            self._stage = _Stage(state, monotonic(), limit)
        if state == "building":
            self._prepare()  # the loader's process is busy for a while

    def _look(self) -> None:
        stage = self._stage
        if stage.limit and monotonic() - stage.since > stage.limit + GRACE:
            path, limit = self._path, self.limit
            self._stop()
            self.refused.emit(
                cannot_open(path, say("it took more than {seconds} seconds, and was stopped", seconds=limit)).sentence
            )
        elif (self.state, self.seconds) != self._told:
            self._told = (self.state, self.seconds)
            self.changed.emit()

    def _finish(self, found: object) -> None:
        self._stop()
        told = {StoredWeights: self.found_weights, SavedProgram: self.found_program, ProgramRun: self.ran}
        told.get(type(found), self.opened).emit(found)

    def _refuse(self, reason: Sentence) -> None:
        self._stop()
        self.refused.emit(reason)


def _opened(found: Found, image: Image) -> Found | ModelDocument:
    """On the thread. A model becomes a document, with the image made to fit."""
    from cnn_explorer.files.model_input import model_input

    if not isinstance(found, OpenedModel):
        return found
    fitted = model_input(image, found.input_shape)
    document = Document(fitted.image, found.network)
    document.network.walk(fitted.image.shape)  # worked out here: the window will ask for it
    return ModelDocument(document, fitted.how, found)


def _done(path: str, work: Callable[[], object], progress: Progress, cancelled: Cancelled) -> object:
    """On the thread."""
    try:
        return work()
    except MemoryError as error:
        raise Refused(
            say("{file} needs more memory than there is; close other programs.", file=display_name(path))
        ) from error
