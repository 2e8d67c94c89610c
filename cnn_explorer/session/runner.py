"""Who computes the document: the engine where it runs, the numpy reference until then and after it has died.

Nothing here waits: two threads to each engine start it, listen and speak. The engine itself comes from outside
(`app` joins the two), so this package never sees TensorFlow.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable
from queue import SimpleQueue
from threading import Lock, Thread
from time import monotonic
from typing import Any, Literal, Protocol

from PySide6.QtCore import QObject, Qt, Signal, Slot

from cnn_explorer.network.arrays import Floats
from cnn_explorer.network.document import Document
from cnn_explorer.network.results import Evaluation, channel_limits, evaluate, evaluation
from cnn_explorer.network.sentence import say

State = Literal["starting", "ready", "restarting", "unavailable"]
Reply = tuple[Any, ...]

MOST_DEATHS = 3
DEATH_SECONDS = 60.0
"""So many deaths within so many seconds, and no new engine is started."""

_log = logging.getLogger(__name__)


class Engine(Protocol):
    """What the runner needs of an engine. `send` and `receive` are called from two threads, `kill` from any."""

    def send(self, number: int, document: Document) -> None:
        """Asks for an evaluation. Raises OSError where the engine has ended."""

    def receive(self) -> Reply:
        """Waits for ("ready", name), ("unavailable", reason), ("error", number, reason) or
        ("maps", number, maps of the layers that are switched on, `channel_limits` of each, milliseconds). Raises
        EOFError or OSError at the end.
        """

    def kill(self) -> None:
        """Ends it at once; a `receive` under way then raises."""

    def close(self) -> None:
        """Ends it and gives back what it holds, when nobody else uses it any more."""

    def log(self) -> str:
        """The last lines it wrote, for the report of an error."""


class Link:
    """One engine's life, as threads: `report` is called from them with the link and each reply, at last ("ended",)."""

    def __init__(self, start_engine: Callable[[], Engine], report: Callable[[Link, Reply], None]) -> None:
        self._start_engine = start_engine
        self._report = report
        self._outbox: SimpleQueue[tuple[int, Document] | None] = SimpleQueue()
        self._lock = Lock()
        self._engine: Engine | None = None
        self._closed = False
        self._listener = Thread(target=self._live, name="engine-listener", daemon=True)
        self._listener.start()

    def send(self, number: int, document: Document) -> None:
        """Asks for an evaluation, without waiting."""
        self._outbox.put((number, document))

    def close(self) -> None:
        """Ends the engine and both threads. Waits for them: some 60 ms."""
        with self._lock:
            self._closed = True
            if self._engine is not None:
                self._engine.kill()
        self._listener.join()

    def _live(self) -> None:
        try:
            engine = self._start_engine()
        except (OSError, RuntimeError) as reason:  # no memory or no processes left
            _log.warning("the engine could not be started: %s", reason)
        else:
            with self._lock:
                self._engine = engine
            self._serve(engine)
        if not self._closed:
            self._report(self, ("ended",))

    def _serve(self, engine: Engine) -> None:
        speaker = Thread(target=self._speak, args=(engine,), name="engine-speaker", daemon=True)
        speaker.start()
        try:
            self._listen(engine)
        finally:
            engine.kill()
            self._outbox.put(None)
            speaker.join()
            engine.close()

    def _listen(self, engine: Engine) -> None:
        try:
            word = ""
            while not self._closed and word != "unavailable":
                reply = engine.receive()
                self._report(self, reply)
                word = reply[0]
        except (EOFError, OSError):
            if not self._closed:
                engine.kill()  # so that its last lines are complete
                _log.warning("the engine has ended; its last lines: %s", engine.log())

    def _speak(self, engine: Engine) -> None:
        for number, document in iter(self._outbox.get, None):
            try:
                engine.send(number, document)
            except OSError:
                return  # the listener sees the end too, and tells


class Runner(QObject):
    """Evaluates documents, one at a time; of those that wait, only the newest."""

    evaluated = Signal(object)
    """(Evaluation): the newest document's, or that of one shortly before it."""
    state_changed = Signal()
    failed = Signal(object)
    """(Sentence): what went wrong, for people. The document has been answered all the same."""
    _heard = Signal(object, object)

    def __init__(self, start_engine: Callable[[], Engine] | None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._start_engine = start_engine
        self._state: State = "starting" if start_engine else "unavailable"
        self._name = ""
        self._link: Link | None = None
        self._deaths: deque[float] = deque(maxlen=MOST_DEATHS)
        self._number = 0
        self._newest: Document | None = None
        self._waiting: Document | None = None
        self._in_flight: Document | None = None
        self._replies: dict[str, Callable[..., None]] = {
            "ready": self._on_ready, "unavailable": self._on_unavailable, "maps": self._on_maps,
            "error": self._on_error, "ended": self._on_ended,
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

    def request(self, document: Document) -> None:
        """Has the document evaluated: at once by the reference, or by the engine as soon as it is free."""
        self._newest = document
        if self._state == "ready":
            self._waiting = document
            self._send_waiting()
        else:
            self.evaluated.emit(evaluate(document))

    def close(self) -> None:
        """Ends the engine, and waits until process and threads have gone (some 60 ms)."""
        link, self._link = self._link, None
        self._start_engine = None
        self._set_state("unavailable")
        if link is not None:
            link.close()

    def _set_state(self, state: State) -> None:
        if state != self._state:
            self._state = state
            self.state_changed.emit()

    def _send_waiting(self) -> None:
        if self._link is not None and self._in_flight is None and self._waiting is not None:
            self._in_flight, self._waiting = self._waiting, None
            self._number += 1
            self._link.send(self._number, self._in_flight)

    @Slot(object, object)
    def _on_heard(self, link: Link, reply: Reply) -> None:
        if link is self._link:  # else it is one that was closed, with its last replies still under way
            word, *subject = reply
            self._replies[word](*subject)

    def _on_ready(self, name: str) -> None:
        self._name = ".".join(name.split(".")[:2])
        self._set_state("ready")
        if self._newest is not None:  # so that the screen shows TensorFlow's numbers from here on
            self.request(self._newest)

    def _on_unavailable(self, reason: str) -> None:
        self._set_state("unavailable")
        self.failed.emit(say("TensorFlow can't be used here, so numpy computes ({reason}).", reason=reason))

    def _on_maps(self, number: int, maps: list[Floats], limits: list[Floats], milliseconds: float) -> None:
        document, self._in_flight = self._in_flight, None
        self._send_waiting()
        if document is not None:
            self.evaluated.emit(_evaluation(document, maps, limits, self._name, milliseconds))

    def _on_error(self, number: int, reason: str) -> None:
        document, self._in_flight = self._in_flight, None
        self._send_waiting()
        if document is not None:
            self.evaluated.emit(evaluate(document))
            self.failed.emit(say("TensorFlow could not compute this, so numpy did ({reason}).", reason=reason))

    def _on_ended(self) -> None:
        link, self._link = self._link, None
        if link is not None:
            link.close()
        if self._state == "unavailable" or self._start_engine is None:
            return
        unanswered = self._in_flight is not None
        self._in_flight = self._waiting = None
        self._restart(self._start_engine)
        if unanswered and self._newest is not None:
            self.evaluated.emit(evaluate(self._newest))

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
    for layer in document.network.layers[: len(document.network.shapes(document.image.shape)) - 1]:
        found.append(next(waiting) if layer.enabled else found[-1])
    all_maps, all_limits = zip(*found, strict=True)
    return evaluation(document, all_maps, all_limits, engine, milliseconds)
