"""The window as a training's attendant: what somebody sends there is done between two batches."""

from __future__ import annotations

import contextlib
import os
import queue
import threading
from multiprocessing import connection, parent_process
from typing import TYPE_CHECKING, Any

from cnn_explorer.engine.train_attendant import SNAPSHOT_SECONDS, Ended
from cnn_explorer.network.arrays import Floats
from cnn_explorer.network.sentence import Sentence
from cnn_explorer.network.training import Weights
from cnn_explorer.network.training_progress import Snapshot

if TYPE_CHECKING:
    from cnn_explorer.engine.train_loop import Training

FAREWELL_SECONDS = 4.0
"""Within which it must have ended when the window has gone."""

_GONE = ("quit",)


class Window:
    """The other end of the pipe. `cells` is memory that both see, for weights; where `paused`, it waits at first."""

    def __init__(self, pipe: connection.Connection, cells: Floats | None = None, paused: bool = False) -> None:
        self.snapshot_seconds = SNAPSHOT_SECONDS
        self._pipe = pipe
        self._cells, self._free = cells, True
        self._paused = paused
        self._begun = False
        self._before = "training"
        self._words: queue.SimpleQueue[tuple[Any, ...]] = queue.SimpleQueue()
        threading.Thread(target=self._listen, name="words", daemon=True).start()
        threading.Thread(target=_end_after_parent, args=(self._words,), name="parent", daemon=True).start()

    def _listen(self) -> None:
        with contextlib.suppress(EOFError, OSError):
            while True:
                word = self._pipe.recv()
                if word == ("taken",):
                    self._free = True
                elif word == _GONE and not self._begun:
                    os._exit(0)  # TensorFlow or the data are still being loaded: nothing can be lost
                else:
                    self._words.put(word)
        if not self._begun:
            os._exit(0)
        self._words.put(_GONE)

    def tell(self, word: str, *subject: Any) -> None:
        self._begun = self._begun or word == "started"
        if word == "state" and subject != ("paused",):
            self._before = subject[0]
        if word == "snapshot":
            self._tell_snapshot(*subject)
        else:
            self._send((word, *subject))

    def _send(self, message: tuple[Any, ...]) -> None:
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            # Where nobody is there any more, "quit" comes by itself, and the checkpoint is still written.
            self._pipe.send(message)

    def _tell_snapshot(self, snapshot: Snapshot) -> None:
        weights = dict(snapshot.weights)
        if self._cells is not None and self._free:
            self._free = False
            _write(self._cells, weights)
            self._send(("snapshot", snapshot.step, snapshot.epoch, None))
        else:
            self._send(("snapshot", snapshot.step, snapshot.epoch, weights))

    def check(self, what: Sentence, done: int, total: int) -> None:
        """While the data is read: says so. Raises Ended where nobody wants it any more."""
        self.tell("loading", what, done, total)
        while not self._words.empty():
            word = self._words.get()
            if word[0] in ("stop", "quit"):
                raise Ended(tested=False)
            self._obey(word)

    def attend(self, training: Training) -> bool:
        if self._words.empty() and not self._paused:
            return False
        return self._attend(training)

    def _attend(self, training: Training) -> bool:
        while not self._words.empty():
            if self._stops(training, self._words.get()):
                return True
        return self._wait(training) if self._paused else False

    def _stops(self, training: Training, word: tuple[Any, ...]) -> bool:
        if word[0] == "quit":
            raise Ended(tested=False)
        if word[0] == "keep":
            training.keep(*word[1:])
        self._obey(word)
        return bool(word[0] == "stop")

    def _obey(self, word: tuple[Any, ...]) -> None:
        if word[0] in ("pause", "resume"):
            self._paused = word[0] == "pause"
        elif word[0] == "snapshots":
            self.snapshot_seconds = float(word[1])

    def _wait(self, training: Training) -> bool:
        """Until somebody sends "resume", steps may be done by hand."""
        from cnn_explorer.engine.train_by_hand import ByHand

        training.pause()
        by_hand = ByHand(training)
        self.tell("state", "paused")
        while self._paused:
            word = self._words.get()
            if word[0] == "step":
                self.tell("update", by_hand.forward(*word[1:]))
                training.send_snapshot()  # so that every view follows
            elif word[0] == "back":
                self.tell("update", by_hand.back(*word[1:]))
                training.send_snapshot()
            elif self._stops(training, word):
                self._paused = False
                return True
        self.tell("state", self._before)
        training.go()
        return False

    def trouble(self, training: Training, sentence: Sentence) -> None:
        self.tell("trouble", sentence)
        self._paused = True
        if self._attend(training):
            raise Ended


def _write(cells: Floats, weights: Weights) -> None:
    first = 0
    for values in weights.values():
        cells[first : first + values.size] = values.reshape(-1)
        first += values.size


def _end_after_parent(words: queue.SimpleQueue[tuple[Any, ...]]) -> None:
    """Where the window has gone, the checkpoint is still written, if that does not take long."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        words.put(_GONE)
        threading.Event().wait(FAREWELL_SECONDS)
        os._exit(0)
