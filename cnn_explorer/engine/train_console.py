"""A training without a window: its attendant in a terminal, or in a program that reads JSON."""

from __future__ import annotations

import json
import math
import signal
import time
from collections.abc import Callable
from dataclasses import asdict
from types import FrameType
from typing import Any, TextIO

from cnn_explorer.engine.train_attendant import Ended
from cnn_explorer.network.numbers import loss_text
from cnn_explorer.network.sentence import Sentence
from cnn_explorer.network.training_progress import Epoch, Finished, Progress, Result, Started

BAR_WIDTH = 24
_JSON_SECONDS = 1.0
"""A line of progress at most so often, for who reads JSON."""
_CLEAR = "\r\x1b[K"


class Console:
    """Writes what is told: a bar on `screen`, where it is a terminal, and JSON lines on `lines`, where it is given.

    Ctrl+C stops the training, which then saves and tests; a second one, or SIGTERM, leaves the test out.
    """

    snapshot_seconds = 0.0

    def __init__(self, screen: TextIO, lines: TextIO | None = None, board: Any = None, mute: bool = False) -> None:
        self._screen, self._lines, self._board = screen, lines, board
        self._mute = mute
        self._live = screen.isatty()
        self._stops = self._obeyed = 0
        self._quits = False
        self._told = -math.inf
        self._words: dict[str, Callable[..., None]] = {
            "loading": self._loading,
            "started": self._started,
            "progress": self._progress,
            "epoch": self._epoch,
            "saved": lambda path: self._line("saved", path=path),
        }

    def catch_signals(self) -> None:
        """From now on Ctrl+C and SIGTERM end the training in good order."""
        signal.signal(signal.SIGINT, self._interrupt)
        signal.signal(signal.SIGTERM, self._interrupt)

    def _interrupt(self, number: int, frame: FrameType | None) -> None:
        self._stops += 1
        self._quits = self._quits or number == signal.SIGTERM or self._stops > 1

    # the attendant

    def tell(self, word: str, *subject: Any) -> None:
        if not self._mute and word in self._words:
            self._words[word](*subject)

    def check(self, what: Sentence, done: int, total: int) -> None:
        self.tell("loading", what, done, total)
        if self._stops:
            raise Ended(tested=False)

    def attend(self, training: Any) -> bool:
        if self._quits and not training.stepper.together:
            raise Ended(tested=False)
        asked, self._obeyed = self._stops > self._obeyed, self._stops
        return asked

    def trouble(self, training: Any, sentence: Sentence) -> None:
        raise Ended(sentence, tested=False, ending="trouble")

    # what is written

    def _loading(self, what: Sentence, done: int, total: int) -> None:
        self._show(f"{what} {done}/{total}" if total else str(what))

    def _started(self, started: Started) -> None:
        self._line("started", **asdict(started) | {"notes": [str(each) for each in started.notes]})
        counts = f"{started.train} images to learn from, {started.validation} to validate, {started.test} to test with"
        self._say("\n".join([counts, *map(str, started.notes)]))

    def _progress(self, told: Progress) -> None:
        if self._board is not None:
            self._board.progress(told)
        now = time.monotonic()
        if now - self._told >= _JSON_SECONDS or told.batch in (0, told.batches):
            self._told = now
            values = asdict(told)
            self._line("progress", **{name: values[name] for name in values if name not in ("losses", "accuracies")})
        self._show(bar(told))

    def _epoch(self, told: Epoch) -> None:
        if self._board is not None:
            self._board.epoch(told)
        self._line("epoch", **asdict(told))
        self._say(summary(told))

    def finish(self, finished: Finished) -> None:
        """The end of it."""
        result = finished.result
        accuracy = None if result is None else result.accuracy
        reason = None if finished.reason is None else str(finished.reason)
        confusion = None if result is None else result.confusion.tolist()
        self._line(
            "finished", ending=finished.ending, step=finished.step, test_accuracy=accuracy, saved=finished.saved,
            reason=reason, notes=[str(each) for each in finished.notes], confusion=confusion,
        )  # fmt: skip
        for sentence in (finished.reason, *finished.notes):
            if sentence is not None:
                self._say(str(sentence))
        if result is not None:
            self._say(tested(result))
        if finished.saved:
            self._say(f"saved: {finished.saved}")

    def fail(self, sentence: Sentence) -> None:
        """It could not be done."""
        self._line("failed", reason=str(sentence))
        self._say(str(sentence))

    def _line(self, event: str, **values: Any) -> None:
        if self._lines is not None and not self._mute:
            print(json.dumps({"event": event} | _plain(values)), file=self._lines, flush=True)

    def _say(self, text: str) -> None:
        if not self._mute:
            print((_CLEAR if self._live else "") + text, file=self._screen, flush=True)

    def _show(self, text: str) -> None:
        """A line that the next one takes the place of: only where there is a terminal."""
        if self._live and not self._mute:
            print(_CLEAR + text, end="", file=self._screen, flush=True)


def bar(told: Progress) -> str:
    """epoch 2/5 [######......] 540/1080, loss, accuracy, how fast it is and how long it will take."""
    filled = BAR_WIDTH * told.batch // max(1, told.batches)
    parts = [
        f"epoch {min(told.epoch + 1, told.epochs)}/{told.epochs}",
        f"[{'#' * filled}{'.' * (BAR_WIDTH - filled)}] {told.batch}/{told.batches}",
        f"loss {loss_text(told.loss)}  accuracy {told.accuracy:.2%}",
        f"{told.images_per_second:.0f} images/s",
    ]
    if told.seconds_left is not None:
        parts.append(f"{clock(told.seconds_left)} left")
    return "  ".join(parts)


def clock(seconds: float) -> str:
    """1:23, or 1:02:03."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def summary(told: Epoch) -> str:
    """An epoch in a line."""
    line = f"epoch {told.epoch + 1}: loss {loss_text(told.loss)}, accuracy {told.accuracy:.2%}"
    if told.val_loss is not None and told.val_accuracy is not None:
        line += f", validation loss {loss_text(told.val_loss)}, accuracy {told.val_accuracy:.2%}"
    return f"{line}, {clock(told.seconds)}"


def tested(result: Result) -> str:
    """The test in a line."""
    return f"test accuracy {result.accuracy:.2%} ({len(result.labels)} images)"


def _plain(value: Any) -> Any:
    """JSON knows no NaN and no infinity: they are null."""
    if isinstance(value, dict):
        return {name: _plain(each) for name, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(each) for each in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
