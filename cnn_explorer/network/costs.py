"""Why convolution: what a layer costs beside a fully connected one with the same outputs."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod

import numpy as np

from cnn_explorer.network.explanation import Region
from cnn_explorer.network.layers.layer import Layer, Shape
from cnn_explorer.network.layers.weights import weight_fields
from cnn_explorer.network.network import Network

USUAL_KERNEL = 3
"""Rows and columns of the convolution that a fully connected layer is compared with."""

Factors = tuple[int, ...]
_NOTHING = np.zeros(0)


@dataclass(frozen=True)
class Cost:
    """One way to make outputs of shape `outputs`.

    `terms` are the weights that make one output, a product each: ((3, 3, 1),) is 3×3, and a separable convolution has
    two. `kernel` is (rows, columns, channels) of what a window is multiplied with, and `reads` how many numbers of the
    input that are at most: fewer where zeros stand between them, or where the window is larger than the input.
    """

    kernel: Shape
    reads: int
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
    compared with. `window` are the cells of the input that an output in the middle of the convolution's reads.
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
    kernel = (filter_weights.shape[0], filter_weights.shape[1], filter_weights.shape[2])
    terms = (kernel,) if prod(kernel) * outputs[2] == weights else _factored(layer)
    products = layer.multiply_adds(shape)
    if layer.flat_output:
        over = map_shape or shape
        own = Cost(over, prod(over), (_read_whole(over),), outputs, weights, biases, products)
        return Costs(over, _middle_window(over), _convolution(over, outputs[2], bool(biases)), own, local=False)
    own = Cost(kernel, _most_read(layer, shape, kernel), terms, outputs, weights, biases, products)
    return Costs(shape, _window(layer, shape, outputs), own, _connected(shape, outputs, bool(biases)), local=True)


def _most_read(layer: Layer, shape: Shape, kernel: Shape) -> int:
    rows, columns = (min(-(-axis.kernel // axis.spacing), axis.size) for axis in layer.axes(shape))
    return kernel[2] * rows * columns


def _bias_count(layer: Layer) -> int:
    return int(getattr(layer, "bias", _NOTHING).size)


def _factored(layer: Layer) -> tuple[Factors, ...]:
    """The terms of a kernel in several arrays: of each the part that one filter uses, all of it where they share it."""
    arrays = [(getattr(layer, each.name).shape, list(each.metadata["axes"])) for each in weight_fields(layer)]
    of_one = ((shape[:-1] if axes[-1] == layer.filter_axis else shape) for shape, axes in arrays)
    return tuple(shape for shape in of_one if shape)


def _connected(shape: Shape, outputs: Shape, biased: bool) -> Cost:
    weights = prod(shape) * prod(outputs)
    return Cost(shape, prod(shape), (_read_whole(shape),), outputs, weights, prod(outputs) if biased else 0, weights)


def _read_whole(shape: Shape) -> Factors:
    """As people write it: of a single place, its channels alone."""
    return shape[2:] if shape[:2] == (1, 1) else shape


def _convolution(shape: Shape, filters: int, biased: bool) -> Cost:
    """Same padding and stride 1; of a kernel no larger than the map."""
    rows, columns, channels = shape
    kernel = (min(USUAL_KERNEL, rows), min(USUAL_KERNEL, columns), channels)
    weights = prod(kernel) * filters
    outputs = (rows, columns, filters)
    return Cost(kernel, prod(kernel), (kernel,), outputs, weights, filters if biased else 0, rows * columns * weights)


def _window(layer: Layer, shape: Shape, outputs: Shape) -> Region:
    """What an output in the middle reads: of neighbours the one that reads most, for zeros may stand between cells."""
    rows, columns = (sorted({(side - 1) // 2, side // 2}) for side in outputs[:2])
    windows = [layer.reads(shape, Region((row,), (column,), (0,))) for row in rows for column in columns]
    return max(windows, key=lambda window: len(window.rows) * len(window.columns))


def _middle_window(shape: Shape) -> Region:
    rows, columns = (range(max(side // 2 - 1, 0), min(side // 2 + 2, side)) for side in shape[:2])
    return Region(tuple(rows), tuple(columns), tuple(range(shape[2])))


def last_map(network: Network, input_shape: Shape, index: int) -> Shape | None:
    """The input of layer `index` as it was when it last had rows and columns: the layers between only pass it on.

    None where a layer before `index` can't be applied.
    """
    inputs = network.inputs(input_shape)
    if index >= len(inputs):
        return None
    read = inputs[index]
    while read.shape[:2] == (1, 1) and len(read.parts) == 1 and read.parts[0].map > 0:
        before = read.parts[0].map - 1
        if not _passes_on(network.layers[before], inputs[before].shape):
            break
        read = inputs[before]
    shape = inputs[index].shape
    return read.shape if prod(read.shape) == prod(shape) else shape


def _passes_on(layer: Layer, shape: Shape) -> bool:
    """Whether every input number becomes one output number and none is mixed with another."""
    return not layer.enabled or (
        prod(layer.output_shape(shape)) == prod(shape) and layer.filter_weights(shape, 0) is None
    )
