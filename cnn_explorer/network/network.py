"""Layers in order: the shapes between them, what they cost, and where one of them can't be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from math import prod

import numpy as np

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


Walk = tuple[tuple[Shape, ...], tuple[Problem, ...]]


@dataclass(frozen=True)
class Network:
    """Layers, applied one after the other; one that is switched off hands its input on.

    `training` says how the layers behave that differ between training and use (Keras's `training=True`): each of them
    has a field of that name, which follows this one. `classes` names the last layer's outputs, where they have names.
    """

    layers: tuple[Layer, ...] = ()
    training: bool = False
    classes: tuple[str, ...] = ()
    _walked: tuple[Shape, Walk] | None = field(default=None, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        layers = tuple(self._in_mode(layer) for layer in self.layers)
        object.__setattr__(self, "layers", layers)

    def _in_mode(self, layer: Layer) -> Layer:
        if getattr(layer, "training", self.training) == self.training:
            return layer
        return replace(layer, training=self.training)  # type: ignore[call-arg]

    def shapes(self, input_shape: Shape) -> tuple[Shape, ...]:
        """The input's shape and each layer's output shape, up to the first layer that can't be applied."""
        return self._walk(input_shape)[0]

    def problems(self, input_shape: Shape) -> tuple[Problem, ...]:
        """The first layer that can't be applied and why: empty where all can."""
        return self._walk(input_shape)[1]

    def _walk(self, input_shape: Shape) -> Walk:
        """The shapes and the first problem. Everybody asks at every edit, so the last answer is kept."""
        walked = self._walked
        if walked is None or walked[0] != input_shape:
            walked = input_shape, _walk(self.layers, input_shape)
            object.__setattr__(self, "_walked", walked)
        return walked[1]

    def parameter_count(self, input_shape: Shape) -> int:
        """Trained numbers of all layers that are switched on and can be applied."""
        shapes = self.shapes(input_shape)
        pairs = zip(self.layers, shapes[:-1], strict=False)
        return sum(layer.parameter_count(shape) for layer, shape in pairs if layer.enabled)

    def with_layer(self, index: int, layer: Layer) -> Network:
        """The network with layer `index` replaced."""
        return replace(self, layers=(*self.layers[:index], layer, *self.layers[index + 1 :]))

    def with_layers(self, layers: Sequence[Layer]) -> Network:
        """The network with other layers."""
        return replace(self, layers=tuple(layers))

    def fitted(self, input_shape: Shape, rng: np.random.Generator) -> Network:
        """The network with every layer's weights fitted to its input, up to the first that can't be applied even so.

        Raises Refused where a layer would get too many weights.
        """
        layers, shape = list(self.layers), input_shape
        for index, layer in enumerate(layers):
            if not layer.enabled:
                continue
            layers[index] = layer = layer.fitted(shape, rng)
            if layer.problem(shape):
                break
            shape = layer.output_shape(shape)
        same = all(before is after for before, after in zip(self.layers, layers, strict=True))
        return self if same else self.with_layers(layers)


def _walk(layers: Sequence[Layer], input_shape: Shape) -> Walk:
    shapes, numbers = [input_shape], prod(input_shape)
    for index, layer in enumerate(layers):
        if layer.enabled:
            found = layer.problem(shapes[-1])
            if not found:
                shapes.append(layer.output_shape(shapes[-1]))
                numbers += prod(shapes[-1])
                found = _too_many(numbers)
            if found:
                return tuple(shapes[: index + 1]), (Problem(index, *found),)
        else:
            shapes.append(shapes[-1])
    return tuple(shapes), ()


def _too_many(numbers: int) -> tuple[str, Sentence] | None:
    if numbers <= MOST_NUMBERS:
        return None
    return "", say(
        "The maps up to this layer would hold {numbers} million numbers, and {most} million can be shown; "
        "use a smaller image, fewer filters or a larger stride.",
        numbers=-(-numbers // 10**6), most=MOST_NUMBERS // 10**6,
    )  # fmt: skip
