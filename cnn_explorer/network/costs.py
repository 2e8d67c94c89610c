"""Why convolution: what a layer costs beside a fully connected one with the same outputs."""

from __future__ import annotations

from dataclasses import dataclass, fields
from math import prod

import numpy as np

from cnn_explorer.network.explanation import Region
from cnn_explorer.network.layers.layer import Layer, Shape
from cnn_explorer.network.network import Network

USUAL_KERNEL = 3
"""Rows and columns of the convolution that a fully connected layer is compared with."""

Factors = tuple[int, ...]
_NOTHING = np.zeros(0)


@dataclass(frozen=True)
class Cost:
    """One way to make outputs of shape `outputs`.

    `terms` are the weights that make one output, a product each: ((3, 3, 1),) is 3×3, and a separable convolution has
    two. `reads` is how many rows, columns and channels of the input one output reads.
    """

    reads: Shape
    terms: tuple[Factors, ...]
    outputs: Shape
    weights: int
    biases: int
    multiplications: int

    @property
    def parameters(self) -> int:
        """Weights and biases of the whole layer."""
        return self.weights + self.biases

    @property
    def each_weights(self) -> int:
        """Weights that make one output."""
        return sum(map(prod, self.terms))

    @property
    def each(self) -> int:
        """Parameters that make one output: its weights, and its bias where there is one."""
        return self.each_weights + bool(self.biases)


@dataclass(frozen=True)
class Costs:
    """A convolution beside a fully connected layer, over an input of shape `inputs`.

    The layer itself is the convolution where it is `local`, else the fully connected one; the other is what it is
    compared with. `window` are the cells of the input that the convolution's middle output reads.
    """

    inputs: Shape
    window: Region
    convolution: Cost
    connected: Cost
    local: bool

    @property
    def ratio(self) -> float:
        """How many times the convolution's parameters the fully connected layer has."""
        return self.connected.parameters / self.convolution.parameters


def costs(layer: Layer, shape: Shape, map_shape: Shape | None = None) -> Costs | None:
    """What `layer` costs for an input of `shape`; None for a layer without a kernel, or one that can't be applied.

    `map_shape` is the input with its rows and columns, where `shape` has them no more: see `last_map`.
    """
    filter_weights = None if layer.problem(shape) else layer.filter_weights(shape, 0)
    if filter_weights is None:
        return None
    biases, outputs = _bias_count(layer), layer.output_shape(shape)
    weights = layer.parameter_count(shape) - biases
    reads = (filter_weights.shape[0], filter_weights.shape[1], filter_weights.shape[2])
    terms = (reads,) if prod(reads) * outputs[2] == weights else _factored(layer)
    own = Cost(reads, terms, outputs, weights, biases, layer.multiply_adds(shape))
    if layer.flat_output:
        over = map_shape or shape
        return Costs(over, _middle_window(over), _convolution(over, outputs[2], bool(biases)), own, local=False)
    middle = Region((outputs[0] // 2,), (outputs[1] // 2,), (0,))
    return Costs(shape, layer.reads(shape, middle), own, _connected(shape, outputs, bool(biases)), local=True)


def _bias_count(layer: Layer) -> int:
    return int(getattr(layer, "bias", _NOTHING).size)


def _factored(layer: Layer) -> tuple[Factors, ...]:
    """The terms of a kernel in several arrays: of each the part that one filter uses, all of it where they share it."""
    axes = {item.name: list(item.metadata["axes"]) for item in fields(layer) if "axes" in item.metadata}
    of_bias = axes.pop("bias", [""])
    shapes = {name: getattr(layer, name).shape for name in axes}
    return tuple(shape[:-1] if axes[name][-1] == of_bias[-1] else shape for name, shape in shapes.items())


def _connected(shape: Shape, outputs: Shape, biased: bool) -> Cost:
    weights = prod(shape) * prod(outputs)
    return Cost(shape, (shape,), outputs, weights, prod(outputs) if biased else 0, weights)


def _convolution(shape: Shape, filters: int, biased: bool) -> Cost:
    """Same padding and stride 1; of a kernel no larger than the map."""
    rows, columns, channels = shape
    reads = (min(USUAL_KERNEL, rows), min(USUAL_KERNEL, columns), channels)
    weights = prod(reads) * filters
    outputs = (rows, columns, filters)
    return Cost(reads, (reads,), outputs, weights, filters if biased else 0, rows * columns * weights)


def _middle_window(shape: Shape) -> Region:
    rows, columns = (range(max(side // 2 - 1, 0), min(side // 2 + 2, side)) for side in shape[:2])
    return Region(tuple(rows), tuple(columns), tuple(range(shape[2])))


def last_map(network: Network, input_shape: Shape, index: int) -> Shape | None:
    """The input of layer `index` as it was when it last had rows and columns: the layers between only pass it on.

    None where a layer before `index` can't be applied.
    """
    shapes = network.shapes(input_shape)
    if index >= len(shapes):
        return None
    before = index
    while before > 0 and shapes[before][:2] == (1, 1) and _passes_on(network.layers[before - 1], shapes[before - 1]):
        before -= 1
    return shapes[before] if prod(shapes[before]) == prod(shapes[index]) else shapes[index]


def _passes_on(layer: Layer, shape: Shape) -> bool:
    """Whether every input number becomes one output number and none is mixed with another."""
    return not layer.enabled or (
        prod(layer.output_shape(shape)) == prod(shape) and layer.filter_weights(shape, 0) is None
    )
