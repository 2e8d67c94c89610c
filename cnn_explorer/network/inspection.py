"""What can be read off a layer's weights and maps: statistics, histograms, norms, orders, and filters that are dead.

All of it is numpy, and of one evaluation; what needs many images or gradients is `engine.inspection`'s.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil
from statistics import median

import numpy as np
from numpy.typing import NDArray

from cnn_explorer.network.arrays import Floats
from cnn_explorer.network.layers import Activation
from cnn_explorer.network.layers.layer import Layer, Shape
from cnn_explorer.network.layers.weights import weight_fields
from cnn_explorer.network.network import Network

BINS = 40
"""Bars of a histogram: an even number, so that 0 stands between two of them where values have both signs."""
MOST_COUNTED = 200_000
"""Values that a histogram is made of: of more, each so-manieth."""
NEARLY_NOTHING = 1e-3
"""A filter whose norm is this part of the layer's median has weights of about 0."""
RECTIFIERS = ("relu", "relu6")
"""Activations that are 0, and flat, for all that is below 0."""
SORTS = ("index", "norm", "activation")
"""Orders of filters: as they are, by the size of their weights, by their output on the current input."""


@dataclass(frozen=True)
class Statistics:
    """`count` values from `low` to `high`, with their mean and standard deviation; `zeros` of them are exactly 0."""

    count: int
    low: float
    high: float
    mean: float
    deviation: float
    zeros: int


def statistics(values: Floats) -> Statistics:
    """Of an array of any shape, in double precision; all 0 for an empty one."""
    if not values.size:
        return Statistics(0, 0.0, 0.0, 0.0, 0.0, 0)
    mean, deviation = float(values.mean(dtype=float)), float(values.std(dtype=float))
    zeros = int(values.size - np.count_nonzero(values))
    return Statistics(int(values.size), float(values.min()), float(values.max()), mean, deviation, zeros)


@dataclass(frozen=True, eq=False)
class Histogram:
    """`counts` of the values in equally wide bins from `low` to `high`.

    Values that are exactly 0 stand in no bin but in `zeros`: after a ReLU they are so many that no other bar would be
    seen beside them.
    """

    low: float
    high: float
    counts: NDArray[np.int64]
    zeros: int

    @property
    def total(self) -> int:
        """All values that were counted."""
        return int(self.counts.sum()) + self.zeros

    @property
    def zero_share(self) -> float:
        """The part of the values that are exactly 0, from 0 to 1."""
        return self.zeros / self.total if self.total else 0.0


def limits_of(values: Floats) -> tuple[float, float]:
    """Where a histogram of the values begins and ends: around 0 where they have both signs, else from or to 0."""
    low, high = (float(values.min()), float(values.max())) if values.size else (0.0, 0.0)
    largest = max(-low, high) or 1.0
    return (-largest if low < 0 else 0.0), (largest if high > 0 or low == 0 else 0.0)


def histogram(values: Floats, limits: tuple[float, float] | None = None, bins: int = BINS) -> Histogram:
    """How often values of each size come; `limits` are those of `limits_of`, or of a larger array to compare with.

    Of very many values every so-manieth is counted, in the order in which they lie.
    """
    low, high = limits_of(values) if limits is None else limits
    step = max(1, ceil(values.size / MOST_COUNTED))
    flat = values.reshape(-1)
    # An odd step falls on all channels in turn, however many there are (of those the usual are powers of two).
    some = flat[:: step | 1] if step > 1 else flat
    counts, _ = np.histogram(some[some != 0], bins, (low, high))
    return Histogram(low, high, counts.astype(np.int64), int(np.count_nonzero(some == 0)))


def filter_matrix(layer: Layer, shape: Shape) -> Floats | None:
    """The weights of every filter of a layer, whose input is of this shape, as rows: (filters, weights).

    None where nothing is multiplied.
    """
    if layer.filter_weights(shape, 0) is None:
        return None
    summed = [each for each in weight_fields(layer) if each.metadata["summed"]]
    if len(summed) == 1 and list(summed[0].metadata["axes"])[-1] == layer.filter_axis:  # a view: there may be millions
        array: Floats = getattr(layer, summed[0].name)
        return array.reshape(-1, array.shape[-1]).T
    rows = [layer.filter_weights(shape, number) for number in range(layer.output_channels(shape[2]))]
    return np.stack([row.reshape(-1) for row in rows if row is not None])


def norms(matrix: Floats) -> Floats:
    """(filters,): the size of each filter's weights, √Σ w², of a `filter_matrix`."""
    found: Floats = np.sqrt(np.einsum("fw,fw->f", matrix, matrix))
    return found


def strengths(values: Floats) -> Floats:
    """(channels,): how strongly each channel of a map (rows, columns, channels) answers.

    The mean over its cells, those below 0 counted as 0: what a ReLU would let through.
    """
    found: Floats = np.maximum(values, 0).mean((0, 1))
    return found


def ordered(sizes: Floats) -> tuple[int, ...]:
    """The places of the sizes, the largest first; equal ones stay in their order."""
    return tuple(np.argsort(-sizes, kind="stable").tolist())


# filters that have died


def rectifier_of(network: Network, shape: Shape, index: int) -> int | None:
    """The ReLU that the filters of layer `index` go through: it follows in the same block, each channel on its own.

    None where there is none, or where several layers read the filters. `shape` is the image's.
    """
    for after, inputs in _followers(network, shape, index):
        layer = network.layers[after]
        if layer.output_channels(inputs[2]) != inputs[2] or layer.flat_output:
            return None
        if isinstance(layer, Activation):
            return after if layer.activation in RECTIFIERS else None
    return None


def _followers(network: Network, shape: Shape, index: int) -> Iterator[tuple[int, Shape]]:
    """The layers of the block that follow layer `index` one after the other, each with the shape of its input.

    Those that are switched off are left out. They end where several layers read a map, or one reads several.
    """
    applied = network.applied(shape)
    while len(readers := network.readers_of(index + 1)) == 1 and readers[0] < len(applied):
        index = readers[0]
        layer, read = applied[index]
        if layer.enabled:
            if layer.begins_block or len(read.parts) > 1:
                return
            yield index, read.shape


def without_weights(matrix: Floats) -> NDArray[np.bool_]:
    """(filters,): whether all weights of a filter are about 0, beside those of the other filters of its layer."""
    sizes = norms(matrix)
    found: NDArray[np.bool_] = sizes <= NEARLY_NOTHING * median(sizes.tolist())  # numpy's imports numpy.ma: 40 ms, once
    found |= sizes == 0
    return found


def silent(largest: Floats) -> NDArray[np.bool_]:
    """(filters,): whether a filter's output is nowhere above 0 after its ReLU; `largest` is the largest of each.

    On one input that says little. On all inputs there are it says that the filter is dead: no gradient passes the ReLU
    any more, so no training changes it (Lu et al. 2020, "Dying ReLU and initialization").
    """
    found: NDArray[np.bool_] = largest <= 0
    return found


def follower_of(network: Network, shape: Shape, index: int) -> int:
    """The last layer that only works over the cells of layer `index`, one by one: its activation, where it has one.

    Layer `index` itself where another kind of layer follows. `shape` is the image's.
    """
    last = index
    for after, inputs in _followers(network, shape, index):
        layer = network.layers[after]
        rows, columns = layer.axes(inputs)
        alone = rows.kernel == columns.kernel == 1 and layer.channels_read(inputs, 0) == (0,)
        if not alone or layer.output_shape(inputs) != inputs or layer.flat_output:
            break
        last = after
    return last
