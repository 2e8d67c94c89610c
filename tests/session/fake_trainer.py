"""A trainer that says what a test has it say, for all that can be shown without TensorFlow."""

from __future__ import annotations

import threading
from queue import SimpleQueue
from typing import Any

import numpy as np

from cnn_explorer.network.arrays import frozen
from cnn_explorer.network.training import Job, WeightKey, weights_of
from cnn_explorer.network.training_progress import Epoch, Finished, History, Progress, Result, Snapshot, Started

CLASSES = tuple("0123456789")


class FakeTrainer:
    """Says what is put into `says`, and keeps what it is told in `told`. `end` is its death."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.says: SimpleQueue[tuple[Any, ...] | None] = SimpleQueue()
        self.told: list[tuple[Any, ...]] = []
        self.killed, self.closed = threading.Event(), threading.Event()

    def send(self, word: str, *subject: Any) -> None:
        self.told.append((word, *subject))
        if word == "quit":
            self.end()

    def receive(self) -> tuple[Any, ...]:
        message = self.says.get()
        if message is None:
            raise EOFError
        return message

    def kill(self) -> None:
        self.killed.set()
        self.end()

    def end(self) -> None:
        self.says.put(None)

    def close(self) -> None:
        self.closed.set()

    def is_alive(self) -> bool:
        return not self.killed.is_set()

    def log(self) -> str:
        return "its last words"

    # what a training says

    def say(self, *message: Any) -> None:
        self.says.put(message)

    def begin(self, batches: int = 20, step: int = 0, classes: tuple[str, ...] = CLASSES) -> None:
        """The data are there, and the weights that it begins with."""
        self.say("started", Started(100, 10, 30, batches, classes, step))
        self.snapshot(step, 0.0)
        self.say("state", "training")

    def snapshot(self, step: int, added: float | None = None) -> None:
        """All weights as at the start, with a number added (the step, where none is given)."""
        change = step if added is None else added
        self.say("snapshot", Snapshot(step, 0, self.weights(change)))

    def weights(self, added: float) -> dict[WeightKey, Any]:
        return {key: frozen(values + np.float32(added)) for key, values in weights_of(self.job.network).items()}

    def progress(self, step: int, many: int = 1, epoch: int = 0, batches: int = 20, **more: Any) -> None:
        """`many` batches more are done, whose loss falls and whose accuracy rises with the step."""
        steps = range(step - many, step)
        losses = tuple(2 / (1 + at / 10) for at in steps)
        values = {"images_per_second": 1234.0, "seconds_left": 80.0, **more}
        found = Progress(
            epoch, 5, step - epoch * batches, batches, step, losses[-1], 1 - losses[-1] / 2, losses,
            tuple(1 - loss / 2 for loss in losses), **values,
        )  # fmt: skip
        self.say("progress", found)

    def epoch(self, number: int, step: int) -> None:
        self.say("epoch", Epoch(number, step, 0.5 / (number + 1), 0.8, 0.6 / (number + 1), 0.75, 3.0))

    def finish(self, step: int = 100, saved: str = "", **more: Any) -> None:
        """All epochs are done: every second 3 of the test images is taken for an 8."""
        self.say("finished", Finished(step, History(), result(), saved=saved, **more))


def result(count: int = 30, wrong: int = 3) -> Result:
    """Test images of the ten digits in turn; the last `wrong` of the threes are taken for eights, ever less surely."""
    labels = np.arange(count, dtype=np.int64) % 10
    probabilities = np.full((count, 10), 0.01, np.float32)
    probabilities[np.arange(count), labels] = 0.91
    threes = np.flatnonzero(labels == 3)[-wrong:] if wrong else []
    for place, image in enumerate(threes):
        probabilities[image] = 0.01
        probabilities[image, 8] = 0.9 - place / 10
    return Result(np.arange(count, dtype=np.int64) + 100, labels, probabilities, CLASSES)


class Trainers:
    """Starts fakes, and has them all in `started`."""

    def __init__(self) -> None:
        self.started: list[FakeTrainer] = []

    def __call__(self, job: Job) -> FakeTrainer:
        self.started.append(FakeTrainer(job))
        return self.started[-1]

    @property
    def newest(self) -> FakeTrainer:
        return self.started[-1]
