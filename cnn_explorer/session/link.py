"""One process's life as the window sees it: two threads start it, listen to it and speak to it, and nothing waits.

The process is an engine, which evaluates documents, or a trainer.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from queue import SimpleQueue
from threading import Lock, Thread
from typing import Any, Protocol

Reply = tuple[Any, ...]

_log = logging.getLogger(__name__)


class Partner(Protocol):
    """The other end of a link. `send` and `receive` are called from two threads, `kill` from any."""

    @property
    def send(self) -> Callable[..., None]:
        """Tells it something. Raises OSError where it has ended."""

    def receive(self) -> Reply:
        """Waits for the next thing that it tells: a word, and what belongs to it. Raises EOFError or OSError at the
        end.
        """

    def kill(self) -> None:
        """Ends it at once; a `receive` under way then raises."""

    def close(self) -> None:
        """Ends it and gives back what it holds, when nobody else uses it any more."""

    def log(self) -> str:
        """The last lines it wrote, for the report of an error."""


class Engine(Partner, Protocol):
    """What the runner needs of an engine: it is sent a number and a document to evaluate, or an Inquiry to work on; a
    number and None ends that work.

    It tells ("ready", name), ("unavailable", reason), ("error", number, reason) or ("maps", number, maps of the layers
    that are switched on, `channel_limits` of each, milliseconds); of a work ("job progress", number, done, total,
    partial), ("job done", number, finding) or ("job failed", number, reason).
    """


class Link:
    """One partner's life, as threads: `report` is called from them with the link and each reply, at last ("ended",).

    `last_words` begin a reply after which nothing comes. `name` is what the partner is called in the log.
    """

    def __init__(
        self,
        start: Callable[[], Partner],
        report: Callable[[Link, Reply], None],
        name: str = "engine",
        last_words: Sequence[str] = ("unavailable",),
    ) -> None:
        self._start = start
        self._report = report
        self._name, self._last_words = name, last_words
        self._outbox: SimpleQueue[tuple[Any, ...] | None] = SimpleQueue()
        self._lock = Lock()
        self._partner: Partner | None = None
        self._closed = self._leaves = False
        self._listener = Thread(target=self._live, name=f"{name}-listener", daemon=True)
        self._listener.start()

    def send(self, *message: Any) -> None:
        """Tells it something, without waiting."""
        self._outbox.put(message)

    def leave(self, *message: Any) -> None:
        """Tells it to end by itself, with this message."""
        self._leaves = True
        self.send(*message)

    def wait(self, seconds: float) -> bool:
        """Waits until it has ended by itself; False where it has not so soon."""
        self._listener.join(seconds)
        return not self._listener.is_alive()

    def drop(self) -> None:
        """Ends the partner at once, without waiting for its end; `close` is still to be called."""
        self._leaves = True
        Thread(target=self.close, name=f"{self._name}-end", daemon=True).start()

    def close(self) -> None:
        """Ends the partner and both threads. Waits for them: some 60 ms."""
        with self._lock:
            self._closed = True
            if self._partner is not None:
                self._partner.kill()
        self._listener.join()

    def _live(self) -> None:
        try:
            partner = self._start()
        except (OSError, RuntimeError) as reason:  # no memory or no processes left
            _log.warning("the %s could not be started: %s", self._name, reason)
        else:
            with self._lock:
                self._partner = partner
            self._serve(partner)
        if not self._closed:
            self._report(self, ("ended",))

    def _serve(self, partner: Partner) -> None:
        speaker = Thread(target=self._speak, args=(partner,), name=f"{self._name}-speaker", daemon=True)
        speaker.start()
        try:
            self._listen(partner)
        finally:
            partner.kill()
            self._outbox.put(None)
            speaker.join()
            partner.close()

    def _listen(self, partner: Partner) -> None:
        try:
            word = ""
            while not self._closed and word not in self._last_words:
                reply = partner.receive()
                self._report(self, reply)
                word = reply[0]
        except (EOFError, OSError):
            if not (self._closed or self._leaves):
                partner.kill()  # so that its last lines are complete
                _log.warning("the %s has ended; its last lines: %s", self._name, partner.log())

    def _speak(self, partner: Partner) -> None:
        for message in iter(self._outbox.get, None):
            try:
                partner.send(*message)
            except OSError:
                return  # the listener sees the end too, and tells
