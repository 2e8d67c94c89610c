"""Layers in order: the shapes between them, what they cost, and where one of them can't be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from math import prod

import numpy as np

from cnn_explorer.network.layer_input import LayerInput, Sources, joined, sources_at
from cnn_explorer.network.layers.layer import Layer, Shape
from cnn_explorer.network.sentence import Sentence, say

MOST_NUMBERS = 2**26
"""The most numbers in all maps of a network: 256 MB of float32."""


@dataclass(frozen=True)
class Problem:
    """Why layer `layer` (an index) can't be applied, and the field at fault ("" for none in particular)."""

    layer: int
    field: str
    sentence: Sentence


@dataclass(frozen=True)
class Walk:
    """What a network makes of an image of some shape, up to the first layer that can't be applied, and why it can't.

    `shapes` are those of the maps, the image's first; `inputs` what each layer reads, with the impossible one's as well
    where the maps that it reads go together.
    """

    layers: tuple[Layer, ...]
    shapes: tuple[Shape, ...]
    inputs: tuple[LayerInput, ...]
    problems: tuple[Problem, ...] = ()

    @cached_property
    def flat(self) -> tuple[bool, ...]:
        """Of each map whether Keras has it without rows and columns, as (channels,).

        From a layer on that leaves none (Flatten, Dense, global pooling), as long as layers leave the shape as it is.
        """
        flat = [False]
        for layer, read in zip(self.layers[: len(self.shapes) - 1], self.inputs, strict=False):
            passed_on = all(flat[index] for index in read.maps)
            flat.append(passed_on if not layer.enabled else layer.flat_output or (passed_on and layer.keeps_flat))
        return tuple(flat)


@dataclass(frozen=True)
class Step:
    """A layer that is switched on, and the shape of what it reads: the outputs of the steps `sources`.

    0 stands for the image, i + 1 for the output of step i.
    """

    layer: Layer
    shape: Shape
    sources: tuple[int, ...]


Takes = tuple[int | None, int | None, int]
"""Rows, columns and channels of an image, None where any number will do."""


@dataclass(frozen=True)
class Network:
    """Layers, each applied to the map before it, or in a network with branches to those that its `sources` name.

    `training` says how the layers behave that differ between training and use (Keras's `training=True`): each of them
    has a field of that name, which follows this one. `classes` names the last layer's outputs, where they have names.

    `sources[i]` are the maps that layer i reads: 0 is the image, j + 1 the output of layer j, which stands before it.
    () for a chain, in which each layer reads the map before it. Of several maps the channels are read side by side. A
    layer that is switched off hands on the map that it reads, the first of several. Layers that join maps have a field
    `inputs`, which follows the number of their sources.

    `input_shape` is that of the images which a model takes that was opened and takes no others, with None for a side
    that it leaves open; None for any image.

    Raises ValueError where the sources are not those of a network: too many or too few, none, or of later maps.
    """

    layers: tuple[Layer, ...] = ()
    training: bool = False
    classes: tuple[str, ...] = ()
    sources: Sources = ()
    input_shape: Takes | None = None
    _walked: tuple[Shape, Walk] | None = field(default=None, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "sources", _checked(self.sources, len(self.layers)))
        layers = tuple(self._following(index, layer) for index, layer in enumerate(self.layers))
        object.__setattr__(self, "layers", layers)

    def _following(self, index: int, layer: Layer) -> Layer:
        if hasattr(layer, "training") and layer.training != self.training:
            layer = replace(layer, training=self.training)  # type: ignore[call-arg]
        count = len(self.sources[index]) if self.sources else 1
        if hasattr(layer, "inputs") and layer.inputs != count:
            layer = replace(layer, inputs=count)  # type: ignore[call-arg]
        return layer

    @property
    def only_shape(self) -> Shape | None:
        """The shape that images must have; None where a side is open."""
        rows, columns, channels = self.input_shape or (None, None, 0)
        return None if rows is None or columns is None else (rows, columns, channels)

    def sources_of(self, index: int) -> tuple[int, ...]:
        """The maps that layer `index` reads: of one that is switched off, the one that it hands on."""
        return sources_at(self.sources, index, self.layers[index].enabled)

    def readers_of(self, index: int) -> tuple[int, ...]:
        """The layers that read map `index`, in order."""
        if not self.sources:
            return (index,) if index < len(self.layers) else ()
        return tuple(at for at in range(index, len(self.layers)) if index in self.sources_of(at))

    def shapes(self, input_shape: Shape) -> tuple[Shape, ...]:
        """The input's shape and each layer's output shape, up to the first layer that can't be applied."""
        return self.walk(input_shape).shapes

    def inputs(self, input_shape: Shape) -> tuple[LayerInput, ...]:
        """What each layer reads, up to the first that can't be applied: its too, where its maps go together."""
        return self.walk(input_shape).inputs

    def input_shapes(self, input_shape: Shape) -> tuple[Shape, ...]:
        """The shape of what each layer reads, as `inputs`."""
        return tuple(each.shape for each in self.inputs(input_shape))

    def problems(self, input_shape: Shape) -> tuple[Problem, ...]:
        """The first layer that can't be applied and why: empty where all can."""
        return self.walk(input_shape).problems

    def walk(self, input_shape: Shape) -> Walk:
        """All of this at once. Everybody asks at every edit, so the last answer is kept."""
        walked = self._walked
        if walked is None or walked[0] != input_shape:
            walked = input_shape, _walk(self.layers, self.sources, input_shape)
            object.__setattr__(self, "_walked", walked)
        return walked[1]

    def applied(self, input_shape: Shape) -> tuple[tuple[Layer, LayerInput], ...]:
        """The layers that can be applied, those that are switched off among them, each with what it reads."""
        walked = self.walk(input_shape)
        return tuple(zip(self.layers[: len(walked.shapes) - 1], walked.inputs, strict=False))

    def steps(self, input_shape: Shape) -> tuple[Step, ...]:
        """The layers that are switched on and can be applied, as they are computed one after the other."""
        places, found = [0], list[Step]()
        for layer, read in self.applied(input_shape):
            if layer.enabled:
                found.append(Step(layer, read.shape, tuple(places[index] for index in read.maps)))
                places.append(len(found))
            else:
                places.append(places[read.parts[0].map])
        return tuple(found)

    def parameter_count(self, input_shape: Shape) -> int:
        """Trained numbers of all layers that are switched on and can be applied."""
        pairs = self.applied(input_shape)
        return sum(layer.parameter_count(read.shape) for layer, read in pairs if layer.enabled)

    def with_layer(self, index: int, layer: Layer) -> Network:
        """The network with layer `index` replaced."""
        return replace(self, layers=(*self.layers[:index], layer, *self.layers[index + 1 :]))

    def with_layers(self, layers: Sequence[Layer], sources: Sources | None = None) -> Network:
        """The network with other layers, and other sources where it has branches and there are not as many layers."""
        return replace(self, layers=tuple(layers), sources=self.sources if sources is None else sources)

    def fitted(self, input_shape: Shape, rng: np.random.Generator) -> Network:
        """The network with every layer's weights fitted to its input, up to the first that can't be applied even so.

        Raises Refused where a layer would get too many weights.
        """
        layers, shapes = list(self.layers), [input_shape]
        for index, layer in enumerate(layers):
            read = joined(self.sources_of(index), shapes, layer.alike and layer.enabled)
            if isinstance(read, Sentence):
                break
            if layer.enabled:
                layers[index] = layer = layer.fitted(read.shape, rng)
                if layer.problem(read.shape):
                    break
            shapes.append(layer.output_shape(read.shape) if layer.enabled else read.shape)
        same = all(before is after for before, after in zip(self.layers, layers, strict=True))
        return self if same else self.with_layers(layers)


def built_alike(before: Network, after: Network) -> bool:
    """Whether two networks differ at most in the values of their weights, as before and after a step of learning."""
    if len(before.layers) != len(after.layers):
        return False
    kept = ("training", "classes", "sources", "input_shape")
    return all(getattr(before, name) == getattr(after, name) for name in kept) and all(
        _built_alike(*pair) for pair in zip(before.layers, after.layers, strict=True)
    )


def _built_alike(before: Layer, after: Layer) -> bool:
    if before is after or type(before) is not type(after):
        return before is after
    pairs = [(getattr(before, each.name), getattr(after, each.name)) for each in fields(before)]
    return all(_same_but_values(*pair) for pair in pairs)


def _same_but_values(first: object, second: object) -> bool:
    if isinstance(first, np.ndarray) and isinstance(second, np.ndarray):
        return bool(first.shape == second.shape)
    return first is second or first == second


def _checked(sources: Sources, count: int) -> Sources:
    """The sources, () where they are those of a chain."""
    if all(read == (index,) for index, read in enumerate(sources)) and len(sources) in (0, count):
        return ()
    backward = all(read and all(0 <= source <= index for source in read) for index, read in enumerate(sources))
    if len(sources) != count or not backward:
        raise ValueError(f"{count} layers can't read {sources}")
    return sources


def _walk(layers: tuple[Layer, ...], sources: Sources, input_shape: Shape) -> Walk:
    shapes, inputs, numbers = [input_shape], list[LayerInput](), prod(input_shape)
    for index, layer in enumerate(layers):
        read = joined(sources_at(sources, index, layer.enabled), shapes, layer.alike and layer.enabled)
        if isinstance(read, Sentence):
            return Walk(layers, tuple(shapes), tuple(inputs), (Problem(index, "", read),))
        inputs.append(read)
        if not layer.enabled:
            shapes.append(read.shape)
            continue
        found = layer.problem(read.shape) or _too_many(prod(read.shape))  # several maps side by side may be large
        if not found:
            output = layer.output_shape(read.shape)
            numbers += prod(output)
            found = _too_many(numbers)
        if found:
            return Walk(layers, tuple(shapes), tuple(inputs), (Problem(index, *found),))
        shapes.append(output)
    return Walk(layers, tuple(shapes), tuple(inputs))


def _too_many(numbers: int) -> tuple[str, Sentence] | None:
    if numbers <= MOST_NUMBERS:
        return None
    return "", say(
        "The maps up to this layer would hold {numbers} million numbers, and {most} million can be shown; "
        "use a smaller image, fewer filters or a larger stride.",
        numbers=-(-numbers // 10**6), most=MOST_NUMBERS // 10**6,
    )  # fmt: skip
