"""Long works in small steps that can be stopped: what they are made of, and what all inspections have in common.

A work is a generator: it yields a `Step` after some milliseconds, and returns what it has found. Whoever runs it may
look after something else between two steps, or never come back.

The networks are paths: layers that hold tensors, with the shapes of their inputs, as `forward.outputs` takes them.
A `place` in a path counts its layers: the map at place 0 is the image, at place p the output of the p-th layer.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass
from time import perf_counter
from typing import Any, TypeVar

import numpy as np
import tensorflow as tf

from cnn_explorer.engine.forward import Tensor, outputs
from cnn_explorer.network.arrays import Floats
from cnn_explorer.network.layer_input import Sources
from cnn_explorer.network.layers.layer import Layer, Shape

STEP_SECONDS, HURRIED_SECONDS = 0.1, 0.02
"""What a step should take, and what it should take while somebody edits. Taken at once, images cost less each."""
LARGEST_BATCH = 256
MOST_GROWTH = 4


@dataclass(frozen=True, eq=False)
class Step:
    """So far `done` of `total` parts are done; `partial` makes a finding to show meanwhile, where there is one.

    It may be called until the next step is taken.
    """

    done: int
    total: int
    partial: Callable[[], Any] | None = None


Found = TypeVar("Found")
Steps = Generator[Step, bool | None, Found]
"""The steps of a work. It may be told, by `send`, whether the next one is to be short."""


class Pace:
    """How many images to take at once: as many as fit into a step, which is learnt from how long they take.

    `hurried`: the steps are to be short from now on; None as False.
    """

    def __init__(self, size: int = 8) -> None:
        self.size = size
        self.hurried: bool | None = False

    def part(self, first: int, total: int) -> slice:
        """The next images."""
        return slice(first, min(first + self.size, total))

    def __enter__(self) -> None:
        self._start = perf_counter()

    def __exit__(self, *error: object) -> None:
        aim = HURRIED_SECONDS if self.hurried else STEP_SECONDS
        growth = min(aim / max(perf_counter() - self._start, 1e-6), MOST_GROWTH)
        self.size = min(max(int(self.size * growth), 1), LARGEST_BATCH)


@dataclass(frozen=True, eq=False)
class Path:
    """A network for images of `shape`: its steps, and what each reads where it has branches; as `Network.steps`."""

    shape: Shape
    steps: tuple[tuple[Layer, Shape], ...]
    sources: Sources = ()

    def __len__(self) -> int:
        return len(self.steps)

    @property
    def layers(self) -> tuple[Layer, ...]:
        """The layers, without the shapes of their inputs."""
        return tuple(layer for layer, _ in self.steps)

    @property
    def shapes(self) -> tuple[Shape, ...]:
        """The shapes of the maps, the image's first."""
        return self.shape, *(layer.output_shape(shape) for layer, shape in self.steps)

    def upto(self, place: int) -> Path:
        """The path to the map at a place, with the layers alone that this depends on."""
        if not self.sources:
            return Path(self.shape, self.steps[:place])
        needed = {place}
        for at in range(place, 0, -1):
            needed |= set(self.sources[at - 1]) if at in needed else set()
        kept = [0, *sorted(needed - {0})]
        new = {old: at for at, old in enumerate(kept)}
        sources = tuple(tuple(new[source] for source in self.sources[at - 1]) for at in kept[1:])
        return Path(self.shape, tuple(self.steps[at - 1] for at in kept[1:]), sources)

    def cut(self, place: int) -> Path:
        """The path to the map at a place, with all layers before it: places in it are what they were."""
        return Path(self.shape, self.steps[:place], self.sources[:place])

    def behind(self, place: int) -> Path:
        """Of a path without branches the rest behind the map at a place, which is its input."""
        return Path(self.shapes[place], self.steps[place:])


def run(x: Tensor, path: Path, changes: Mapping[int, Callable[[Tensor], Tensor]] | None = None) -> Tensor:
    """The last output of a path for `x` (images, rows, columns, channels); `changes` as in `forward.outputs`."""
    x = changes[0](x) if changes and 0 in changes else x
    for y in outputs(x, path.steps, path.sources, changes):
        x = y
    return x


def without_softmax(path: Path) -> Path:
    """The path up to the scores: what a softmax at its end makes probabilities of.

    A probability hardly changes any more where the network is sure, and falls when another class rises (Simonyan et
    al. 2013, section 2).
    """
    if not path.steps or getattr(path.steps[-1][0], "activation", "") != "softmax":
        return path
    return path.cut(path.sources[-1][0] if path.sources else len(path) - 1)


def scores(x: Tensor, path: Path, target: int) -> Tensor:
    """(images,): the score of class `target`."""
    return run(x, without_softmax(path))[:, 0, 0, target]


def as_input(images: np.ndarray, shape: Shape) -> Tensor:
    """Images uint8 (images, rows, columns) as inputs from 0 to 1 with the channels of `shape`, the same on each."""
    values = tf.constant(images[..., np.newaxis], tf.float32) / 255.0
    return values if shape[2] == 1 else tf.repeat(values, shape[2], 3)


def as_floats(tensor: Tensor) -> Floats:
    """A copy of a tensor, which no longer needs TensorFlow."""
    found: Floats = np.array(tensor, np.float32)
    return found
