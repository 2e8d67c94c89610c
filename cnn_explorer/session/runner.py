"""Who computes the document: the engine where it runs, the numpy reference until then and after it has died.

Nothing here waits: a `Link` has threads that start the engine, listen to it and speak to it, and the `Reference` has
one for what takes numpy long. The engine itself comes from outside (`app` joins the two), so this package never sees
TensorFlow.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from functools import partial
from time import monotonic
from typing import Literal

from PySide6.QtCore import QObject, Qt, Signal, Slot

from cnn_explorer.network.arrays import Floats
from cnn_explorer.network.document import Document
from cnn_explorer.network.findings import Inquiry
from cnn_explorer.network.results import Evaluation, channel_limits, evaluate, evaluation
from cnn_explorer.network.sentence import say
from cnn_explorer.session.link import Engine, Link, Reply
from cnn_explorer.session.reference import Reference, is_quick

State = Literal["starting", "ready", "restarting", "unavailable"]

MAIN, TWIN = "main", "twin"
JOB_WORDS = ("job progress", "job done", "job failed")

MOST_DEATHS = 3
DEATH_SECONDS = 60.0
"""So many deaths within so many seconds, and no new engine is started."""


class Runner(QObject):
    """Evaluates documents, one at a time; of those of a kind that wait, only the newest.

    The kinds of requests are independent of each other: MAIN is the document that is edited, TWIN the other one of a
    comparison.
    """

    evaluated = Signal(object)
    """(Evaluation): the newest document's of kind MAIN, or that of one shortly before it."""
    twin_evaluated = Signal(object)
    """(Evaluation): likewise of kind TWIN."""
    state_changed = Signal()
    failed = Signal(object)
    """(Sentence): what went wrong, for people. The document has been answered all the same."""
    job_told = Signal(object)
    """(tuple): what the engine tells of a long work, for `jobs`."""
    _heard = Signal(object, object)

    def __init__(self, start_engine: Callable[[], Engine] | None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._start_engine = start_engine
        self._state: State = "starting" if start_engine else "unavailable"
        self._name = ""
        self._link: Link | None = None
        self._deaths: deque[float] = deque(maxlen=MOST_DEATHS)
        self._number = 0
        self._newest: dict[str, Document] = {}
        self._waiting: dict[str, Document] = {}
        self._in_flight: tuple[str, Document] | None = None
        self._reference = Reference(self)
        self._reference.answered.connect(self._tell)
        self._replies: dict[str, Callable[..., None]] = {
            "ready": self._on_ready, "unavailable": self._on_unavailable, "maps": self._on_maps,
            "error": self._on_error, "ended": self._on_ended,
            **{word: partial(self._on_job, word) for word in JOB_WORDS},
        }  # fmt: skip
        self._heard.connect(self._on_heard, Qt.ConnectionType.QueuedConnection)

    @property
    def state(self) -> State:
        """Whether the engine answers ("ready") or the numpy reference does (all others)."""
        return self._state

    @property
    def engine_name(self) -> str:
        """What computes now: "numpy" or "TensorFlow 2.21"."""
        return self._name if self._state == "ready" else "numpy"

    def start(self) -> None:
        """Starts the engine; again, where it was given up."""
        if self._start_engine is None or self._link is not None:
            return
        self._deaths.clear()
        self._set_state("starting")
        self._link = Link(self._start_engine, self._heard.emit)

    def request(self, document: Document, kind: str = MAIN) -> None:
        """Has the document evaluated: by the engine as soon as it is free, by the reference where there is none.

        The reference answers at once what is quick, and the rest when its thread is through with it.
        """
        self._newest[kind] = document
        if self._state == "ready":
            self._waiting[kind] = document
            self._send_waiting()
        else:
            self._refer(kind, document)

    def ask(self, number: int, inquiry: Inquiry | None) -> None:
        """Has the engine begin a long work, if it is ready; or end it, where there is no inquiry."""
        if self._link is not None and self._state == "ready":
            self._link.send(number, inquiry)

    def forget(self, kind: str) -> None:
        """Nobody looks at documents of this kind any more: none is answered before the next request."""
        self._newest.pop(kind, None)
        self._waiting.pop(kind, None)
        self._reference.drop(kind)

    def close(self) -> None:
        """Ends the engine, and waits until process and threads have gone (some 60 ms)."""
        link, self._link = self._link, None
        self._start_engine = None
        self._set_state("unavailable")
        self._reference.close()
        if link is not None:
            link.close()

    def _set_state(self, state: State) -> None:
        if state != self._state:
            self._state = state
            self.state_changed.emit()

    def _send_waiting(self) -> None:
        if self._link is not None and self._in_flight is None and self._waiting:
            kind = next(iter(self._waiting))  # the one that has waited longest: a drag of one must not starve the other
            self._in_flight = kind, self._waiting.pop(kind)
            self._number += 1
            self._link.send(self._number, self._in_flight[1])

    def _refer(self, kind: str, document: Document) -> None:
        if is_quick(document):
            self._reference.drop(kind)
            self._tell(kind, evaluate(document))
        else:
            self._reference.ask(kind, document)

    @Slot(str, object)
    def _tell(self, kind: str, found: Evaluation) -> None:
        if kind in self._newest:
            (self.twin_evaluated if kind == TWIN else self.evaluated).emit(found)

    @Slot(object, object)
    def _on_heard(self, link: Link, reply: Reply) -> None:
        if link is self._link:  # else it is one that was closed, with its last replies still under way
            word, *subject = reply
            self._replies[word](*subject)

    def _on_ready(self, name: str) -> None:
        self._name = ".".join(name.split(".")[:2])
        self._set_state("ready")
        for kind, document in list(self._newest.items()):  # so that the screen shows TensorFlow's numbers from here on
            self._reference.drop(kind)
            self.request(document, kind)

    def _on_unavailable(self, reason: str) -> None:
        self._set_state("unavailable")
        self.failed.emit(say("TensorFlow can't be used here, so numpy computes ({reason}).", reason=reason))

    def _on_maps(self, number: int, maps: list[Floats], limits: list[Floats], milliseconds: float) -> None:
        answered, self._in_flight = self._in_flight, None
        self._send_waiting()
        if answered is not None:
            kind, document = answered
            self._reference.drop(kind)
            self._tell(kind, _evaluation(document, maps, limits, self._name, milliseconds))

    def _on_job(self, *message: object) -> None:
        self.job_told.emit(message)

    def _on_error(self, number: int, reason: str) -> None:
        refused, self._in_flight = self._in_flight, None
        self._send_waiting()
        if refused is not None:
            self._refer(*refused)
            self.failed.emit(say("TensorFlow could not compute this, so numpy did ({reason}).", reason=reason))

    def _on_ended(self) -> None:
        link, self._link = self._link, None
        if link is not None:
            link.close()
        if self._state == "unavailable" or self._start_engine is None:
            return
        unanswered = {*self._waiting, *([self._in_flight[0]] if self._in_flight else [])}
        self._in_flight = None
        self._waiting.clear()
        self._restart(self._start_engine)
        for kind, document in list(self._newest.items()):
            if kind in unanswered:
                self._refer(kind, document)

    def _restart(self, start_engine: Callable[[], Engine]) -> None:
        self._deaths.append(monotonic())
        if len(self._deaths) == MOST_DEATHS and self._deaths[-1] - self._deaths[0] <= DEATH_SECONDS:
            self._set_state("unavailable")
            self.failed.emit(
                say("TensorFlow ended {count} times within a minute; numpy computes from now on.", count=MOST_DEATHS)
            )
            return
        self._set_state("restarting")
        self._link = Link(start_engine, self._heard.emit)
        self.failed.emit(say("TensorFlow ended unexpectedly; it starts again, and numpy computes until then."))


def _evaluation(
    document: Document, outputs: list[Floats], limits: list[Floats], engine: str, milliseconds: float
) -> Evaluation:
    """The engine's outputs as maps of every layer: one that is switched off hands its input on."""
    waiting = zip(outputs, limits, strict=True)
    found = [(document.image.pixels, channel_limits(document.image.pixels))]
    for layer, read in document.network.applied(document.image.shape):
        found.append(next(waiting) if layer.enabled else found[read.parts[0].map])
    all_maps, all_limits = zip(*found, strict=True)
    return evaluation(document, all_maps, all_limits, engine, milliseconds)
