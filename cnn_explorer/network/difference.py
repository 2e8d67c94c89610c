"""What has changed: every map of one evaluation minus the same map of an earlier one."""

from __future__ import annotations

from itertools import takewhile

import numpy as np

from cnn_explorer.network.arrays import Floats
from cnn_explorer.network.layers.layer import Layer
from cnn_explorer.network.results import Evaluation, channel_limits


class Difference:
    """After minus before, map by map, each worked out when it is first asked for.

    Map 0 is the image and map i + 1 the output of layer i, as in an evaluation. A layer is compared with the one that
    stood in its place; where layers have come or gone between, with the one that stood as far from its end.
    """

    def __init__(self, after: Evaluation, before: Evaluation) -> None:
        self.after, self.before = after, before
        self._partners = (0, *partners(before.document.network.layers, after.document.network.layers))
        self._maps: dict[int, Floats | None] = {}
        self._limits: dict[int, Floats] = {}

    def partner(self, index: int) -> Floats | None:
        """What map `index` was before, (rows, columns, channels); None where it was not there or had another shape."""
        if not index < min(len(self.after.maps), len(self._partners)):
            return None
        place = self._partners[index]
        if place is None or place >= len(self.before.maps):
            return None
        was = self.before.maps[place]
        return was if was.shape == self.after.maps[index].shape else None

    def layer_before(self, index: int) -> tuple[Layer, Floats] | None:
        """The layer that layer `index` is compared with, and the input that it had; None where one can't be compared.

        It can, where the input and the output of both have the same shapes.
        """
        place = self._partners[index + 1]
        if place is None or self.partner(index + 1) is None:
            return None
        now, was = self.after.reads(index), self.before.reads(place - 1)
        if now is None or was is None or [self._place(each) for each in now.maps] != list(was.maps):
            return None
        inputs = self.before.input_of(place - 1)
        if inputs is None or inputs.shape != now.shape:
            return None
        return self.before.document.network.layers[place - 1], inputs

    def _place(self, index: int) -> int | None:
        """Which map of `before` map `index` is compared with."""
        return self._partners[index] if self.partner(index) is not None else None

    def map(self, index: int) -> Floats | None:
        """(rows, columns, channels) of after minus before, always the same array; None where there is no `partner`."""
        if index not in self._maps:
            was = self.partner(index)
            self._maps[index] = None if was is None else _minus(self.after.maps[index], was)
        return self._maps[index]

    def limits(self, index: int) -> Floats | None:
        """The smallest and the largest change of each channel, (2, channels); None where there is no `partner`."""
        change = self.map(index)
        if change is None:
            return None
        if index not in self._limits:
            self._limits[index] = channel_limits(change)
        return self._limits[index]


def difference(evaluation: Evaluation, baseline: Evaluation) -> tuple[Floats | None, ...]:
    """Every map of `evaluation` minus that of `baseline`; None where there is none to compare it with."""
    found = Difference(evaluation, baseline)
    return tuple(map(found.map, range(len(evaluation.maps))))


def _minus(after: Floats, before: Floats) -> Floats:
    with np.errstate(over="ignore"):  # of the largest numbers that there are; the scale leaves out what is not finite
        change: Floats = np.subtract(after, before)
    change.flags.writeable = False
    return change


def partners(before: tuple[Layer, ...], after: tuple[Layer, ...]) -> tuple[int | None, ...]:
    """The map of `before` that each layer's output of `after` is compared with; None for a layer that is new.

    A layer that has taken another's place is compared with it. With more or fewer layers than before, those at the
    beginning and those at the end that are of the same kinds belong together.
    """
    if len(before) == len(after):
        return tuple(range(1, len(after) + 1))
    least = min(len(before), len(after))
    head = _alike(before[:least], after[:least])
    tail = _alike(before[::-1][: least - head], after[::-1][: least - head])
    first = range(1, head + 1)
    last = range(len(before) - tail + 1, len(before) + 1)
    return (*first, *[None] * (len(after) - head - tail), *last)


def _alike(first: tuple[Layer, ...], second: tuple[Layer, ...]) -> int:
    """How many layers from the beginning are of the same kinds in both."""
    pairs = zip(first, second, strict=True)
    return sum(1 for _ in takewhile(lambda pair: pair[0].kind == pair[1].kind, pairs))
