"""The weights that a network had while it was trained, to look back at: as many as memory allows, the first and the
last among them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from math import sqrt

from cnn_explorer.network.arrays import Floats
from cnn_explorer.network.training import Weights
from cnn_explorer.network.training_progress import Snapshot

MOST_BYTES = 256 * 2**20
MOST = 1000
EARLY = 4.0
"""Batches: with fewer than this a network is as new as at the first."""


class Snapshots:
    """Snapshots in the order of their steps. Where there are too many, those go that are missed least.

    At the beginning a network changes most, so what stays stands closer together there: the distances grow with the
    square root of the step.
    """

    def __init__(self, most_bytes: int = MOST_BYTES, most: int = MOST) -> None:
        self._most_bytes, self._most = most_bytes, most
        self._kept: list[Snapshot] = []
        self._bytes = 0

    def __len__(self) -> int:
        return len(self._kept)

    def __getitem__(self, place: int) -> Snapshot:
        return self._kept[place]

    @property
    def steps(self) -> Sequence[int]:
        """After how many batches each was taken, ascending."""
        return [each.step for each in self._kept]

    @property
    def first(self) -> Snapshot | None:
        """The one that training began with."""
        return self._kept[0] if self._kept else None

    @property
    def last(self) -> Snapshot | None:
        """The newest."""
        return self._kept[-1] if self._kept else None

    def add(self, snapshot: Snapshot) -> None:
        """Keep this one, too. Those of the same step or later ones, from before training went back, are forgotten."""
        while self._kept and self._kept[-1].step >= snapshot.step:
            self._drop(len(self._kept) - 1)
        self._kept.append(snapshot)
        self._bytes += _size(snapshot)
        while len(self._kept) > 3 and (self._bytes > self._most_bytes or len(self._kept) > self._most):
            self._drop(self._least_missed())

    def clear(self) -> None:
        """Forget all."""
        self._kept, self._bytes = [], 0

    def nearest(self, step: int) -> int | None:
        """The place of the one that was taken nearest to a step; None where there is none."""
        steps = self.steps
        if not steps:
            return None
        after = min(bisect_left(steps, step), len(steps) - 1)
        before = max(after - 1, 0)
        return before if step - steps[before] < steps[after] - step else after

    def _drop(self, place: int) -> None:
        self._bytes -= _size(self._kept.pop(place))

    def _least_missed(self) -> int:
        """Not the first and not the last: the one whose neighbours are closest, measured as said above."""
        steps = self.steps
        places = range(1, len(steps) - 1)
        return min(places, key=lambda at: (steps[at + 1] - steps[at - 1]) / sqrt(steps[at] - steps[0] + EARLY))


def _size(snapshot: Snapshot) -> int:
    return sum(values.nbytes for values in snapshot.weights.values())


def changes(before: Weights, after: Weights) -> dict[tuple[int, str], Floats]:
    """What has been added to each array that both have."""
    return {key: values - before[key] for key, values in after.items() if key in before}
