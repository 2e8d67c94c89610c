"""What the long inspections of a network find, and why one may be impossible. `engine.inspection` makes them.

They cross between the processes, so everything in them is a number, an array or one of the plain values here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cnn_explorer.network.arrays import Floats
from cnn_explorer.network.explanation import Region
from cnn_explorer.network.layers.layer import Shape
from cnn_explorer.network.network import Network
from cnn_explorer.network.sentence import Refused, Sentence, say

WHY = ("grad_cam", "integrated_gradients", "occlusion")
"""The ways to ask for the reasons of a class."""
DIGIT_CLASSES = 10


@dataclass(frozen=True, eq=False)
class ImageSet:
    """Images to look through: `images` uint8 (images, rows, columns), 0 paper to 255 ink, `labels` uint8 (images,).

    `first` is the index of the first of them in the data that they were taken from.
    """

    images: NDArray[np.uint8]
    labels: NDArray[np.uint8] | None = None
    first: int = 0

    def shape(self, channels: int) -> Shape:
        """The shape of each as the input of a network with so many channels: the same on every one."""
        return self.images.shape[1], self.images.shape[2], channels


@dataclass(frozen=True, eq=False)
class Inquiry:
    """A question that takes long: `name` is one of `engine.jobs.JOBS`, `arguments` are its own.

    It is asked of `network` for inputs of `shape`; about `image` (rows, columns, channels), or about the images of
    `data`, or both. The engine keeps the newest ImageSet: the same one, asked with again, is not sent again.
    """

    name: str
    network: Network
    shape: Shape
    arguments: Mapping[str, Any] = field(default_factory=dict)
    image: Floats | None = None
    data: ImageSet | None = None


@dataclass(frozen=True, eq=False)
class Heat:
    """What the pixels of an image have to do with the score of class `target`: `values` (rows, columns).

    The score is what the network gives before a softmax at its end. `method` is one of WHY:

    - "grad_cam": from 0, how much the maps of layer `layer` that speak for the class answer at that place
    - "integrated_gradients": what each pixel adds to the score, compared with `baseline`, the score of an empty image;
      all of them together should give score - baseline
    - "occlusion": by how much the score falls when the pixel is covered
    """

    method: str
    target: int
    values: Floats
    score: float
    baseline: float = 0.0
    layer: int = -1

    @cached_property
    def total(self) -> float:
        """The sum of all values."""
        return float(self.values.sum(dtype=float))


@dataclass(frozen=True, eq=False)
class Excitement:
    """The images in which a filter answers most, the strongest first; `looked_at` is how many there were.

    For each: its index in the ImageSet, the largest value of the filter's map, the cell (row, column) of the map where
    it is, and the region of the image that this cell depends on.
    """

    indices: tuple[int, ...]
    values: tuple[float, ...]
    cells: tuple[tuple[int, int], ...]
    regions: tuple[Region, ...]
    looked_at: int


@dataclass(frozen=True, eq=False)
class Liking:
    """An image that a filter answers to strongly: `picture` (rows, columns, channels), 0 to 1, after so many `steps`.

    `value` is the filter's answer to it and `begun` that to the noise it began with: the mean of its map, cells below 0
    counted as 0.
    """

    picture: Floats
    value: float
    begun: float
    steps: int


@dataclass(frozen=True, eq=False)
class Ablation:
    """The network with and without a filter. `before` and `after` are its outputs (classes,) for the current image.

    Of the images that were looked at, `counts` are those of each class; `right_before` and `right_after` how many of
    them were recognised. All three are empty where there were no images.
    """

    before: Floats
    after: Floats
    counts: tuple[int, ...] = ()
    right_before: tuple[int, ...] = ()
    right_after: tuple[int, ...] = ()

    @property
    def images(self) -> int:
        """How many were looked at."""
        return sum(self.counts)

    @property
    def accuracies(self) -> tuple[float, float]:
        """The part that was recognised with and without the filter, from 0 to 1; 0 where there were no images."""
        images = self.images or 1
        return sum(self.right_before) / images, sum(self.right_after) / images


@dataclass(frozen=True, eq=False)
class Activity:
    """What every filter of a layer did on `images` images, after its activation.

    `largest` and `mean` (filters,) are over all cells of all images, `share` (filters,) is the part of the images in
    which the filter's map is above 0 anywhere.
    """

    images: int
    largest: Floats
    mean: Floats
    share: Floats


# why something can't be looked for


def in_use(network: Network) -> Network:
    """The network as it is used, not as it is trained: what is found should not depend on chance or on a batch."""
    return replace(network, training=False) if network.training else network


def place_of(network: Network, index: int) -> int:
    """Which of the layers that are switched on is layer `index`, from 1; that of the one before it, where it is off."""
    return sum(layer.enabled for layer in network.layers[: index + 1])


def insist_on_classes(network: Network, shape: Shape) -> int:
    """How many classes the network tells apart. Raises Refused where it does not end in one row of numbers."""
    shapes = network.shapes(shape)
    problems = network.problems(shape)
    if problems:
        raise Refused(problems[0].sentence)
    if shapes[-1][:2] != (1, 1) or shapes[-1][2] < 2:
        rows, columns, channels = shapes[-1]
        raise Refused(
            say(
                "The network ends in {rows}×{columns}×{channels}, not in one number for each class; "
                "add Flatten and Dense at its end.",
                rows=rows, columns=columns, channels=channels,
            )
        )  # fmt: skip
    return shapes[-1][2]


def insist_on_map(network: Network, shape: Shape, index: int) -> None:
    """Raises Refused where layer `index` has no output for an image of this shape."""
    if len(network.shapes(shape)) < index + 2:
        sentence = network.problems(shape)[0].sentence
        rows, columns, channels = shape
        raise Refused(
            say(
                "The layer can't be applied to images of {rows}×{columns}×{channels}: {reason}",
                rows=rows, columns=columns, channels=channels, reason=sentence,
            )
        )  # fmt: skip


def class_text(network: Network, target: int) -> str:
    """What a class is called: its name, or its number from 1."""
    return network.classes[target] if target < len(network.classes) else str(target + 1)


def no_accuracy(network: Network, shape: Shape, data: ImageSet) -> Sentence | None:
    """Why the digits can't tell how good the network is, None where they can."""
    if data.labels is None:
        return say("The digits have no labels, so nobody knows what is right.")
    if data.shape(shape[2]) != shape:
        rows, columns = data.images.shape[1:]
        return say("The network reads another size than the digits' {rows}×{columns}.", rows=rows, columns=columns)
    outputs = network.shapes(shape)[-1][2]
    if outputs != DIGIT_CLASSES:
        return say("The network tells {count} classes apart, and there are 10 digits.", count=outputs)
    return None
