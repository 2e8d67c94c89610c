"""The course of a training while it runs: its losses, how fast it is, and how long it will take."""

from __future__ import annotations

from cnn_explorer.files.training_record import MOST_BATCHES
from cnn_explorer.network.training_progress import Epoch, History

PACE_SECONDS = 3.0
"""About so far back the pace looks."""


class Course:
    """Collects what happens.

    It may go on with the history of an earlier one, in the middle of an epoch: `mean` was its loss and accuracy over so
    many batches.
    """

    def __init__(self, history: History | None = None, mean: tuple[float, float, int] = (0.0, 0.0, 0)) -> None:
        begun = history or History()
        self.epochs: list[Epoch] = list(begun.epochs)
        self._batches = list(zip(begun.steps, begun.losses, begun.accuracies, strict=True))
        self._every = 1
        loss, accuracy, count = mean
        self._loss, self._accuracy, self._count = loss * count, accuracy * count, count
        self._unsent: list[tuple[float, float]] = []

    def add(self, step: int, loss: float, accuracy: float) -> None:
        """Batch `step` is done. Six digits are more than anybody reads, and keep the record short."""
        loss, accuracy = float(f"{loss:.6g}"), float(f"{accuracy:.6g}")
        if step % self._every == 0:
            self._batches.append((step, loss, accuracy))
            if len(self._batches) > MOST_BATCHES:
                self._every *= 2
                self._batches = self._batches[::2]
        self._loss += loss
        self._accuracy += accuracy
        self._count += 1
        self._unsent.append((loss, accuracy))

    @property
    def untold(self) -> bool:
        """Whether there are batches that were not taken yet."""
        return bool(self._unsent)

    @property
    def mean(self) -> tuple[float, float]:
        """Loss and accuracy over the batches of this epoch."""
        count = max(1, self._count)
        return self._loss / count, self._accuracy / count

    def end_epoch(self, epoch: Epoch) -> None:
        """An epoch has ended: the next one's means begin."""
        self.epochs.append(epoch)
        self.forget_mean()

    def forget_mean(self) -> None:
        """The means begin anew."""
        self._loss = self._accuracy = 0.0
        self._count = 0

    def take_unsent(self) -> tuple[tuple[float, ...], tuple[float, ...]]:
        """Losses and accuracies of the batches since the last time."""
        taken, self._unsent = self._unsent, []
        return tuple(loss for loss, _ in taken), tuple(accuracy for _, accuracy in taken)

    def history(self) -> History:
        """All of it so far."""
        steps, losses, accuracies = zip(*self._batches, strict=True) if self._batches else ((), (), ())
        return History(tuple(self.epochs), steps, losses, accuracies)


class Pace:
    """Images per second, of which older ones count less and less."""

    def __init__(self) -> None:
        self._images = self._seconds = 0.0

    def add(self, images: int, seconds: float) -> None:
        """So many images have taken so long."""
        kept = max(0.0, 1 - seconds / PACE_SECONDS)
        self._images = self._images * kept + images
        self._seconds = self._seconds * kept + seconds

    @property
    def images_per_second(self) -> float:
        """0 before anything was learnt."""
        return self._images / self._seconds if self._seconds else 0.0
