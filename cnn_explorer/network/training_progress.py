"""What a training tells while it runs and when it ends. Epochs and batches are counted from 0; `step` counts batches
of all epochs together."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from cnn_explorer.network.arrays import Floats
from cnn_explorer.network.sentence import Sentence
from cnn_explorer.network.training import Weights

MOST_MISTAKES = 100


@dataclass(frozen=True)
class Started:
    """What is about to be learnt from: counts of images, batches of one epoch, and the names of the classes.

    `step` is where it begins: not 0 where training goes on. `notes` say what of the data was left out.
    """

    train: int
    validation: int
    test: int
    batches: int
    classes: tuple[str, ...]
    step: int = 0
    notes: tuple[Sentence, ...] = ()


@dataclass(frozen=True)
class Progress:
    """Where training is: `batch` batches of `batches` are done in epoch `epoch` of `epochs`, `step` in all.

    `loss` and `accuracy` are means over the epoch so far, as Keras shows them. `losses` and `accuracies` are those of
    each batch since the last Progress, in order: the last one is batch `step` - 1. `val_loss` and `val_accuracy` are
    those of the last epoch that has ended, None before there is one, or without validation.
    """

    epoch: int
    epochs: int
    batch: int
    batches: int
    step: int
    loss: float
    accuracy: float
    losses: tuple[float, ...] = ()
    accuracies: tuple[float, ...] = ()
    val_loss: float | None = None
    val_accuracy: float | None = None
    images_per_second: float = 0.0
    seconds_left: float | None = None


@dataclass(frozen=True)
class Epoch:
    """An epoch that has ended. Loss and accuracy are means over its batches; validation's are None without one."""

    epoch: int
    step: int
    loss: float
    accuracy: float
    val_loss: float | None
    val_accuracy: float | None
    seconds: float


@dataclass(frozen=True)
class History:
    """The course of a training: what is saved beside the weights.

    `steps`, `losses` and `accuracies` belong together: batches, thinned out where there are very many.
    """

    epochs: tuple[Epoch, ...] = ()
    steps: tuple[int, ...] = ()
    losses: tuple[float, ...] = ()
    accuracies: tuple[float, ...] = ()


@dataclass(frozen=True, eq=False)
class Snapshot:
    """The weights after `step` batches, for `training.with_weights`. The arrays are read-only and nobody else's."""

    step: int
    epoch: int
    weights: Weights


@dataclass(frozen=True, eq=False)
class Update:
    """One step of plain gradient descent, on one batch: new = old - learning_rate · gradient, array by array.

    `images` are the places of the batch's images in the data set; `loss` is that of the batch before the step, and
    `new_loss` after it.
    """

    step: int
    learning_rate: float
    images: NDArray[np.int64]
    loss: float
    new_loss: float
    old: Weights
    gradient: Weights
    new: Weights


@dataclass(frozen=True, eq=False)
class Result:
    """How the network does on the test images. All arrays have one entry for each of them.

    `images` are their places in the data set: of MNIST among all its images (the test images come last), of a folder
    among its sorted files. `labels` are what they show, `probabilities` (images, classes) what the network says.
    """

    images: NDArray[np.int64]
    labels: NDArray[np.int64]
    probabilities: Floats
    classes: tuple[str, ...]

    @property
    def predicted(self) -> NDArray[np.int64]:
        """The likeliest class of each image."""
        likeliest: NDArray[np.int64] = np.argmax(self.probabilities, 1)
        return likeliest

    @property
    def accuracy(self) -> float:
        """The share that the network gets right."""
        return float(np.mean(self.predicted == self.labels))

    @property
    def confusion(self) -> NDArray[np.int64]:
        """(classes, classes): how many images of class [row] the network takes for class [column]."""
        count = len(self.classes)
        places = self.labels * count + self.predicted
        return np.bincount(places, minlength=count * count).reshape(count, count).astype(np.int64)

    def cell(self, label: int, predicted: int) -> NDArray[np.int64]:
        """The test images (places in this result) of class `label` that are taken for `predicted`, surest first."""
        found = np.flatnonzero((self.labels == label) & (self.predicted == predicted))
        return found[np.argsort(-self.probabilities[found, predicted], kind="stable")]

    def mistakes(self, most: int = MOST_MISTAKES) -> NDArray[np.int64]:
        """The test images (places in this result) that are taken for something else, the surest mistakes first."""
        predicted = self.predicted
        found = np.flatnonzero(predicted != self.labels)
        sure = self.probabilities[found, predicted[found]]
        return found[np.argsort(-sure, kind="stable")][:most]


ENDINGS = ("done", "early", "stopped", "diverged", "trouble")
"""All epochs done; ended early, as nothing got better; somebody stopped it; weights became NaN or infinite; something
outside was wrong, such as a full disk."""


@dataclass(frozen=True, eq=False)
class Finished:
    """The end of a training: all epochs done, or `reason` says what ended it before. The last snapshot came before.

    `ending` is one of ENDINGS. `result` is None where there was nothing to test with, or no time.
    """

    step: int
    history: History
    result: Result | None
    reason: Sentence | None = None
    saved: str = ""
    notes: tuple[Sentence, ...] = field(default=())
    ending: str = "done"


Message = tuple[Any, ...]
"""What a trainer tells: a word, and what belongs to it.

    ("loading", what, done, total)  reading the data: `what` is a Sentence, `total` 0 where nobody knows
    ("started", Started)            the data is there, the model is being built
    ("state", word)                 one of STATES, each time it changes
    ("progress", Progress)          some ten times a second, and with the first and the last batch of an epoch
    ("snapshot", Snapshot)          the weights, as often as was asked for; always before training, and with the last
    ("update", Update)              the answer to ("step", ...) and ("back", ...)
    ("epoch", Epoch)                an epoch has ended, and its validation
    ("saved", path)                 the checkpoint is on the disk
    ("kept", path)                  the answer to ("keep", path): "" where there can be none. A snapshot came before
    ("trouble", Sentence)           training waits, until somebody mends it and sends "resume", or "stop"
    ("finished", Finished)          it has ended: the last message
    ("failed", Sentence)            it can't go on: the last message. A snapshot with the last good weights came before
"""

STATES = ("training", "paused", "validating", "testing", "saving")


class Trainer(Protocol):
    """A training that runs elsewhere. One thread may `send` while another waits in `receive`."""

    def send(self, word: str, *subject: Any) -> None:
        """Tells the trainer something; it listens between two batches. Raises OSError where it has ended.

        "pause"                         "resume"
        "stop"                          end now: save, test, finish
        "quit"                          end now: save; no test and no farewell
        "keep", path                    write a checkpoint of this moment to another file, too
        "snapshots", seconds            send the weights so often (0: never)
        "step", rate, layer             while it waits: one batch by plain gradient descent, told as an Update of the
                                        arrays of this layer (an index; None: of all)
        "back", layer                   while it waits: undo the last of these steps, told as the Update it undid
        """

    def receive(self) -> Message:
        """Waits for the next message. Raises EOFError or OSError where the trainer has ended."""

    def log(self) -> str:
        """The last of what the trainer wrote to its standard streams: for the report of an error."""

    def is_alive(self) -> bool:
        """Whether the process runs."""

    def kill(self) -> None:
        """Ends it at once, whatever it does, and waits for the end. May be called from any thread, twice."""

    def close(self) -> None:
        """Ends it at once and gives back what it took. No other thread may use it by then."""
