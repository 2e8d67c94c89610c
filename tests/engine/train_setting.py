"""A small training for tests: images of 8×8 in three classes that can be told apart, and somebody who attends."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnn_explorer.engine.train_attendant import Ended
from cnn_explorer.files.training_data import TrainingData
from cnn_explorer.network.arrays import frozen
from cnn_explorer.network.layers import Activation, Conv2D, Dense, Flatten, MaxPooling2D
from cnn_explorer.network.network import Network
from cnn_explorer.network.training import DataSpec, Job, TrainingSettings, with_new_weights

SHAPE = (8, 8, 1)
CLASSES = ("left", "right", "middle")


def images(count: int, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """uint8 images (count, 8, 8, 1): noise, with a bright bar whose place tells the class; and the labels."""
    rng = np.random.default_rng(seed)
    labels = np.arange(count) % 3
    pixels = rng.integers(0, 100, (count, *SHAPE), np.uint8)
    for label, columns in enumerate((slice(0, 2), slice(6, 8), slice(3, 5))):
        pixels[labels == label, :, columns] = 230
    return pixels, labels


def data(train: int = 120, validation: int = 30, test: int = 30) -> TrainingData:
    """Data of the three classes."""
    pixels, labels = images(train + validation + test)
    places = np.arange(len(labels))
    parts = np.split(places, [train, train + validation])
    return TrainingData(pixels, labels, places + 1000, CLASSES, *parts)


def network(softmax: bool = True, seed: int = 3) -> Network:
    """Conv 3×3, ReLU, pool, flatten, Dense, softmax where it is wanted."""
    layers = (
        Conv2D(kernel=frozen(np.zeros((3, 3, 1, 4))), bias=frozen(np.zeros(4))),
        Activation(activation="relu"),
        MaxPooling2D(),
        Flatten(),
        Dense(kernel=frozen(np.zeros((36, 3))), bias=frozen(np.zeros(3))),
        Activation(activation="softmax", enabled=softmax),
    )
    return with_new_weights(Network(layers, classes=CLASSES), seed)


def job(checkpoint: Any = "", go_on: bool = False, of: Network | None = None, **settings: Any) -> Job:
    """A job with data that is handed over, not read."""
    chosen = TrainingSettings(**{"batch_size": 10, "epochs": 3, "learning_rate": 0.01, **settings})
    return Job(of or network(), SHAPE, DataSpec("mnist", "digits.npz"), chosen, str(checkpoint), go_on)


class Witness:
    """Hears everything, and does at certain batches what a test wants: functions of the training, by step.

    Where one returns True, training is to stop.
    """

    def __init__(self, at: dict[int, Any] | None = None, snapshot_seconds: float = 0.0) -> None:
        self.snapshot_seconds = snapshot_seconds
        self.heard: list[tuple[Any, ...]] = []
        self.mends = False
        self._at = dict(at or {})

    def tell(self, word: str, *subject: Any) -> None:
        self.heard.append((word, *subject))

    def check(self, what: Any, done: int, total: int) -> None:
        self.tell("loading", what, done, total)

    def attend(self, training: Any) -> bool:
        return bool(self._at.pop(training.step, lambda training: False)(training))

    def trouble(self, training: Any, sentence: Any) -> None:
        self.tell("trouble", sentence)
        if not self.mends:
            raise Ended(sentence)

    def all(self, word: str) -> list[Any]:
        """The subjects of the messages that begin with this word."""
        return [each[1] for each in self.heard if each[0] == word]
