"""What both ways of writing a network as code begin with: its layers in order, their sizes and the names of weights."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

import numpy as np

from cnn_explorer.network.arrays import Floats
from cnn_explorer.network.code_text import Array, size_text
from cnn_explorer.network.layers.layer import Layer, Shape
from cnn_explorer.network.layers.weights import weight_fields
from cnn_explorer.network.sentence import Sentence

TAKES_FLAT = ("Dense",)
TAKES_EITHER = ("Activation", "BatchNormalization", "Dropout", "Flatten")
"""Kinds of layers that read a vector of numbers (channels,), and those that read that as well as a map.

All others read maps. Here a vector is (1, 1, channels); in TensorFlow and Keras it has no rows and columns.
"""

Speak = Callable[[Sentence], str]
"""Makes a comment of a sentence; it may translate it."""

_READING = {4: (3, 2, 0, 1)}
"""Weights with rows and columns are read as tables, filter by filter."""


@dataclass(frozen=True, eq=False)
class Part:
    """What is to be written: layers that are on and can be applied, and what goes in.

    `x` is (rows, columns, channels), a vector in TensorFlow where `flat` is true. `whole`: it begins at the image.
    `title` says which part it is, for people, and `ends` why it ends before the network does.
    """

    layers: tuple[Layer, ...]
    x: Floats
    title: Sentence
    training: bool = False
    whole: bool = True
    flat: bool = False
    ends: Sentence | None = None

    @property
    def shape(self) -> Shape:
        """(rows, columns, channels) of what goes in."""
        rows, columns, channels = self.x.shape
        return rows, columns, channels

    @property
    def entry(self) -> str:
        """What the code calls that which goes in."""
        return "image" if self.whole else "inputs"

    @property
    def batch(self) -> Array:
        """What goes in as a batch of one, (1, rows, columns, channels) or (1, channels), read channel by channel."""
        return batch_of_one(self.entry, self.x, self.flat)


def batch_of_one(name: str, values: Floats, flat: bool) -> Array:
    """A map (rows, columns, channels) as a batch of TensorFlow's, of vectors where `flat`; read channel by channel."""
    return Array(name, values.reshape(1, -1)) if flat else Array(name, values[np.newaxis], (0, 3, 1, 2))


@dataclass(frozen=True, eq=False)
class Step:
    """One layer on its way: `shape` goes in and `output` comes out.

    `flat` and `flat_output` say whether these are vectors in TensorFlow, `turns` whether a map has to be made a vector
    before ("flatten") or a vector a map ("reshape"). `suffix` ends the names of this layer's weights. `mask` is what
    Dropout keeps in training, as a batch of ones and zeros; None where it is left to chance, and for all other layers.
    """

    layer: Layer
    shape: Shape
    output: Shape
    flat: bool
    flat_output: bool
    turns: str
    suffix: str
    mask: Array | None = None

    @property
    def comment(self) -> str:
        """The output's size, after the name where somebody gave the layer one."""
        size = size_text(self.output, self.flat_output)
        return f"{self.layer.name}: {size}" if self.layer.name else size

    def name(self, weights: str) -> str:
        """What the code calls a field with weights."""
        return weights + self.suffix

    @property
    def arrays(self) -> list[Array]:
        """The layer's weights, in the order in which Keras keeps them."""
        values = {each: getattr(self.layer, each) for each in weights_of(self.layer)}
        return [Array(self.name(each), held, _READING.get(held.ndim, ())) for each, held in values.items()]


def weights_of(layer: Layer) -> list[str]:
    """The names of a layer's fields with weights, in their order: it is Keras's."""
    return [each.name for each in weight_fields(layer)]


def steps_of(part: Part) -> list[Step]:
    """The steps of a part, one for each layer."""
    return list(_steps(part))


def _steps(part: Part) -> Iterator[Step]:
    suffixes = _numbered([bool(weights_of(layer)) for layer in part.layers])
    mask_suffixes = _numbered([_drops(layer) for layer in part.layers])
    shape, flat = part.shape, part.flat
    for layer, suffix, mask_suffix in zip(part.layers, suffixes, mask_suffixes, strict=True):
        output, reads_flat = layer.output_shape(shape), reads_vector(layer, flat)
        turns = "" if reads_flat == flat else "flatten" if reads_flat else "reshape"
        flat = layer.flat_output or (reads_flat and layer.kind in TAKES_EITHER)
        mask = _mask(layer, shape, reads_flat, mask_suffix) if _drops(layer) else None
        yield Step(layer, shape, output, reads_flat, flat, turns, suffix, mask)
        shape = output


def _numbered(counted: list[bool]) -> list[str]:
    """What ends the names in each layer: _1, _2, … for those that count, nothing where only one of them does."""
    several = sum(counted) > 1
    return [f"_{number}" if several else "" for number in accumulate(map(int, counted))]


def _drops(layer: Layer) -> bool:
    return hasattr(layer, "mask") and bool(getattr(layer, "training", False))


def _mask(layer: Any, shape: Shape, flat: bool, suffix: str) -> Array:
    return batch_of_one(f"mask{suffix}", layer.mask(shape).astype(np.float32), flat)


def reads_vector(layer: Layer, flat: bool) -> bool:
    """Whether the layer reads a vector, where a vector (or not, a map) is there to be read."""
    return layer.kind in TAKES_FLAT or (flat and layer.kind in TAKES_EITHER)


def flat_after(layers: tuple[Layer, ...]) -> bool:
    """Whether these layers, one after the other, end in a vector."""
    flat = False
    for layer in layers:
        flat = layer.flat_output or (flat and layer.kind in TAKES_EITHER)
    return flat


@dataclass(frozen=True)
class Style:
    """A way to write a network: what each place of the code is made from. All lists are of lines.

    `imports`; `seed`, the statement after which every run draws the same; `body` defines the model or function; `drawn`
    are the weights where the code has none from the screen, `used` hands weights to the model, `call` runs it all.
    """

    title: Sentence
    imports: tuple[str, ...]
    seed: str
    body: Callable[[Part, list[Step], Speak], list[str]]
    drawn: Callable[[list[Step], Speak], list[str]]
    used: Callable[[list[Step]], list[str]]
    call: Callable[[Part, list[Step]], str]
