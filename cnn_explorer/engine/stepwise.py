"""Long works in small steps that can be stopped: what they are made of, and what all inspections have in common.

A work is a generator: it yields a `Step` after some milliseconds, and returns what it has found. Whoever runs it may
look after something else between two steps, or never come back.

The networks are paths: layers that hold tensors, with the shapes of their inputs, as `forward.outputs` takes them.
A `place` in a path counts its layers: the map at place 0 is the image, at place p the output of the p-th layer.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass
from time import perf_counter
from typing import Any, TypeVar

import numpy as np
import tensorflow as tf

from cnn_explorer.engine.forward import Tensor, outputs
from cnn_explorer.network.arrays import Floats
from cnn_explorer.network.layers.layer import Layer, Shape

Path = list[tuple[Layer, Shape]]

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


def run(x: Tensor, path: Path) -> Tensor:
    """The output of the last layer of a path for `x` (images, rows, columns, channels)."""
    for y in outputs(x, path):
        x = y
    return x


def without_softmax(path: Path) -> Path:
    """The path up to the scores: what a softmax at its end makes probabilities of.

    A probability hardly changes any more where the network is sure, and falls when another class rises (Simonyan et
    al. 2013, section 2).
    """
    last = path[-1][0] if path else None
    return path[:-1] if getattr(last, "activation", "") == "softmax" else path


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
