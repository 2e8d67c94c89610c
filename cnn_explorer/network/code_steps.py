"""What both ways of writing a network as code begin with: its layers in order, their sizes, and names.

In a network with branches `x` is the output of the layer before, and what a later layer reads has a name besides.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

import numpy as np

from cnn_explorer.network.arrays import Floats
from cnn_explorer.network.code_text import Array, size_text
from cnn_explorer.network.layer_input import LayerInput, Sources, joined, sources_at
from cnn_explorer.network.layers.layer import Layer, Shape
from cnn_explorer.network.layers.weights import weight_fields
from cnn_explorer.network.sentence import Sentence

TAKES_FLAT = ("Dense",)
"""Kinds of layers that read a vector of numbers (channels,): all others read maps, and those that keep flat either.

Here a vector is (1, 1, channels); in TensorFlow and Keras it has no rows and columns.
"""

Speak = Callable[[Sentence], str]
"""Makes a comment of a sentence; it may translate it."""

_READING = {4: (3, 2, 0, 1)}
"""Weights with rows and columns are read as tables, filter by filter."""


@dataclass(frozen=True, eq=False)
class Part:
    """What is to be written: layers that are on and can be applied, and what goes in.

    `x` is (rows, columns, channels), a vector in TensorFlow where `flat` is true. `whole`: it begins at the image.
    `title` says which part it is, for people, and `ends` why it ends before the network does. `sources` are the places
    that each layer reads, 0 being what goes in and i + 1 the output of layer i; () for a chain.
    """

    layers: tuple[Layer, ...]
    x: Floats
    title: Sentence
    training: bool = False
    whole: bool = True
    flat: bool = False
    ends: Sentence | None = None
    sources: Sources = ()

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


LAST = "x"
"""What the code calls the output of the layer before."""


@dataclass(frozen=True)
class Read:
    """A variable that a layer reads, and the shape of what is in it.

    `turns` says whether a map has to be made a vector before ("flatten") or a vector a map ("reshape").
    """

    name: str
    shape: Shape
    turns: str = ""


@dataclass(frozen=True, eq=False)
class Step:
    """One layer on its way: `shape` goes in, from the variables `reads`, and `output` comes out.

    `flat` and `flat_output` say whether these are vectors in TensorFlow. `suffix` ends the names of this layer's
    weights. `keeps` is the variable that the output has besides `x`, for a later layer; "" for none. `mask` is what
    Dropout keeps in training, as a batch of ones and zeros; None where it is left to chance, and for all other layers.
    """

    layer: Layer
    shape: Shape
    output: Shape
    flat: bool
    flat_output: bool
    reads: tuple[Read, ...]
    suffix: str
    keeps: str = ""
    mask: Array | None = None

    @property
    def only(self) -> Read | None:
        """What it reads where that is one variable."""
        return self.reads[0] if len(self.reads) == 1 else None

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


def is_chain(steps: Sequence[Step]) -> bool:
    """Whether every layer reads nothing but the output of the one before."""
    return all(step.only is not None and step.only.name == LAST for step in steps)


def kept_places(part: Part) -> dict[int, str]:
    """The places that a layer reads which does not stand right behind them, and the variables that keep them."""
    later = {source for at in range(len(part.layers)) for source in sources_at(part.sources, at) if source != at}
    return {place: f"branch_{number}" for number, place in enumerate(sorted(later), 1)}


def _steps(part: Part) -> Iterator[Step]:
    suffixes = _numbered([bool(weights_of(layer)) for layer in part.layers])
    mask_suffixes = _numbered([_drops(layer) for layer in part.layers])
    kept, shapes, flat = kept_places(part), [part.shape], [part.flat]
    for at, (layer, suffix, mask_suffix) in enumerate(zip(part.layers, suffixes, mask_suffixes, strict=True)):
        sources = sources_at(part.sources, at)
        found = joined(sources, shapes, layer.alike)
        assert isinstance(found, LayerInput)
        shape, reads_flat = found.shape, reads_vector(layer, all(flat[source] for source in sources))
        reads = tuple(
            Read(LAST if source == at else kept[source], shapes[source], _turns(flat[source], reads_flat))
            for source in sources
        )
        mask = _mask(layer, shape, reads_flat, mask_suffix) if _drops(layer) else None
        shapes.append(layer.output_shape(shape))
        flat.append(layer.flat_output or (reads_flat and layer.keeps_flat))
        keeps = kept.get(at + 1, "")
        yield Step(layer, shape, shapes[-1], reads_flat, flat[-1], reads, suffix, keeps, mask)


def _turns(flat: bool, reads_flat: bool) -> str:
    return "" if reads_flat == flat else "flatten" if reads_flat else "reshape"


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
    return layer.kind in TAKES_FLAT or (flat and layer.keeps_flat)


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
