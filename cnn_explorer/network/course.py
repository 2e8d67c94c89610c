"""The course of a training as curves: loss and accuracy batch by batch, thinned out as it grows, and epoch by epoch."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cnn_explorer.network.training_progress import Epoch, History, Progress

MOST_POINTS = 8192
"""Of a curve: more than any screen has columns."""

Numbers = NDArray[np.float64]


class Course:
    """Loss and accuracy of the batches: points that stand for `stride` batches each, with their mean.

    When there are too many points, two become one.
    """

    def __init__(self, most: int = MOST_POINTS) -> None:
        self._most = most
        self.clear()

    def clear(self) -> None:
        """Begin anew."""
        self.first = 0
        self.stride = 1
        self.epochs: list[Epoch] = []
        self._values = np.zeros((0, 2))
        self._pending = np.zeros((0, 2))

    def begin(self, step: int) -> None:
        """The next batch is number `step`, from 0: what was known of it and of later ones is forgotten."""
        known = len(self._values) * self.stride + len(self._pending)
        whole, rest = divmod(step - self.first, self.stride)
        if step == self.first + known:
            return
        if step > self.first + known or whole <= 0:
            self.clear()
            self.first = step
        else:
            self._pending = np.repeat(self._values[whole : whole + 1], rest, axis=0)
            self._values = self._values[:whole]
            self.epochs = [each for each in self.epochs if each.step <= step]

    def add(self, progress: Progress) -> None:
        """The batches that a Progress tells of."""
        if not progress.losses:
            return
        new = np.stack([np.asarray(progress.losses, float), np.asarray(progress.accuracies, float)], axis=1)
        self._pending = np.concatenate([self._pending, new])
        self._take()
        while len(self._values) > self._most:
            self._thin()

    def recall(self, history: History) -> None:
        """The course of a training that was saved: its points are about equally far apart."""
        self.clear()
        steps = history.steps
        if steps:
            self.stride = max(1, round((steps[-1] - steps[0]) / max(len(steps) - 1, 1)))
            self.first = max(0, steps[-1] + 1 - self.stride * len(steps))
            self._values = np.stack([np.asarray(history.losses, float), np.asarray(history.accuracies, float)], axis=1)
        self.epochs = list(history.epochs)

    def add_epoch(self, epoch: Epoch) -> None:
        """An epoch has ended."""
        self.epochs.append(epoch)

    def _take(self) -> None:
        whole = len(self._pending) // self.stride * self.stride
        points = self._pending[:whole].reshape(-1, self.stride, 2).mean(1)
        self._values = np.concatenate([self._values, points])
        self._pending = self._pending[whole:]

    def _thin(self) -> None:
        pairs = len(self._values) // 2
        rest = np.repeat(self._values[2 * pairs :], self.stride, axis=0)
        self._values = self._values[: 2 * pairs].reshape(pairs, 2, 2).mean(1)
        self._pending = np.concatenate([rest, self._pending])
        self.stride *= 2
        self._take()

    @property
    def steps(self) -> Numbers:
        """After how many batches each point was reached."""
        return self.first + self.stride * np.arange(1, len(self._values) + 1, dtype=float)

    @property
    def losses(self) -> Numbers:
        """The loss of each point."""
        return self._values[:, 0]

    @property
    def accuracies(self) -> Numbers:
        """The accuracy of each point."""
        return self._values[:, 1]


def smoothed(values: Numbers, width: int) -> Numbers:
    """Each value's mean with those before it, `width` in all, fewer at the beginning; those not finite are left out."""
    if width <= 1 or not len(values):
        return values
    finite = np.isfinite(values)
    sums = np.concatenate([[0.0], np.cumsum(np.where(finite, values, 0.0))])
    counts = np.concatenate([[0], np.cumsum(finite)])
    ends = np.arange(1, len(values) + 1)
    starts = np.maximum(ends - width, 0)
    number = counts[ends] - counts[starts]
    means: Numbers = np.where(number > 0, (sums[ends] - sums[starts]) / np.maximum(number, 1), np.nan)
    return means
