"""One engine's life as the window sees it: two threads start it, listen to it and speak to it, and nothing waits."""

from __future__ import annotations

import logging
from collections.abc import Callable
from queue import SimpleQueue
from threading import Lock, Thread
from typing import Any, Protocol

from cnn_explorer.network.document import Document

Reply = tuple[Any, ...]

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
