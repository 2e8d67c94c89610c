"""What was computed: every map of a document's network, and who computed it. Views draw from this alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from math import prod
from time import perf_counter

import numpy as np

from cnn_explorer.network.arrays import Floats, sealed
from cnn_explorer.network.document import Document
from cnn_explorer.network.explanation import Cell, Explanation
from cnn_explorer.network.layer_input import LayerInput
from cnn_explorer.network.layers.layer import Layer, Shape
from cnn_explorer.network.network import Problem
from cnn_explorer.network.numbers import Digits, digits_for
from cnn_explorer.network.sentence import say


@dataclass(frozen=True, eq=False)
class Evaluation:
    """`maps[0]` is the image and `maps[i + 1]` the output of layer i, each (rows, columns, channels).

    Where layer i can't be applied, the maps end at its input and `problems` says why. `limits[i]` are the smallest and
    the largest value of each channel of map i, (2, channels). `engine` names what computed them ("numpy",
    "TensorFlow 2.21"), in `milliseconds`.
    """

    document: Document
    maps: tuple[Floats, ...]
    limits: tuple[Floats, ...]
    engine: str
    milliseconds: float
    problems: tuple[Problem, ...] = ()
    _digits: dict[int, Digits] = field(default_factory=dict, repr=False)
    _inputs: dict[int, Floats] = field(default_factory=dict, repr=False)

    def layer(self, index: int) -> Layer:
        """Layer `index` of the document's network."""
        return self.document.network.layers[index]

    def reads(self, index: int) -> LayerInput | None:
        """The maps that layer `index` reads; None where one of them is missing, or they don't go together."""
        inputs = self.document.network.inputs(self.document.image.shape)
        found = inputs[index] if index < len(inputs) else None
        return None if found is None or max(found.maps) >= len(self.maps) else found

    def input_of(self, index: int) -> Floats | None:
        """The input of layer `index`, None as `reads`; always the same array: a map, or several side by side."""
        found = self.reads(index)
        if found is None:
            return None
        if len(found.parts) == 1:
            return self.maps[found.parts[0].map]
        if index not in self._inputs:
            self._inputs[index] = found.values(self.maps)
        return self._inputs[index]

    def output_of(self, index: int) -> Floats | None:
        """The output map of layer `index`, None where it can't be applied."""
        return self.maps[index + 1] if index + 1 < len(self.maps) else None

    def digits(self, index: int) -> Digits:
        """How the numbers of map `index` are written, the same wherever they stand; worked out once."""
        if index not in self._digits:
            self._digits[index] = digits_for(self.maps[index])
        return self._digits[index]

    def explain(self, index: int, cell: Cell) -> Explanation | None:
        """How `cell` of layer `index` came about, None where the layer has no output or is switched off."""
        x = self.input_of(index)
        if x is None or self.output_of(index) is None or not self.layer(index).enabled:
            return None
        found = self.layer(index).explain(x, cell)
        return replace(found, result=float(self.maps[index + 1][cell])) if self.layer(index).by_keras else found


def evaluate(document: Document) -> Evaluation:
    """Every map of the document by the numpy reference."""
    start = perf_counter()
    return by_reference(document, tuple(reference_maps(document)), start)


def reference_maps(document: Document) -> Iterator[Floats]:
    """The image and then each layer's output, computed by the numpy reference as they are asked for.

    They end before the first layer that only Keras can compute.
    """
    maps = [document.image.pixels]
    yield maps[0]
    for layer, read in document.network.applied(document.image.shape):
        values = read.values(maps)
        if layer.enabled and layer.by_keras:
            return  # the maps end here until Keras computes them
        if layer.enabled:
            with np.errstate(over="ignore", invalid="ignore"):  # what overflows is cut off in `evaluation`
                values = sealed(layer.forward(values))
        maps.append(values)
        yield values


def by_reference(document: Document, maps: tuple[Floats, ...], start: float) -> Evaluation:
    """The Evaluation of the `reference_maps`, which were begun at `start` (of `perf_counter`)."""
    limits = tuple(map(channel_limits, maps))
    return evaluation(document, maps, limits, "numpy", (perf_counter() - start) * 1000)


def unevaluated(document: Document) -> Evaluation:
    """What is known before anything is computed: the image. There are no maps after it, and no problem is told."""
    pixels = document.image.pixels
    return Evaluation(document, (pixels,), (channel_limits(pixels),), "numpy", 0.0)


# Measured on one core of 2024 from 7×7 to 512×512: a number that a window reads is copied, one that a layer gives is
# written two or three times over.
_READING, _OUTPUT, _MULTIPLY_ADD = 3e-6, 1.5e-6, 5e-8


def reference_milliseconds(document: Document) -> float:
    """About how long the numpy reference will take: right to a factor of four."""
    shape = document.image.shape
    steps = zip(document.network.applied(shape), document.network.shapes(shape)[1:], strict=True)
    return sum(_milliseconds(layer, read.shape, output) for (layer, read), output in steps if layer.enabled)


def _milliseconds(layer: Layer, shape: Shape, output: Shape) -> float:
    rows, columns = layer.axes(shape)
    readings = output[0] * output[1] * rows.kernel * columns.kernel * shape[2]
    return readings * _READING + prod(output) * _OUTPUT + layer.multiply_adds(shape) * _MULTIPLY_ADD


def channel_limits(values: Floats) -> Floats:
    """The smallest and the largest value of each channel, (2, channels); NaN where one is NaN."""
    # One axis after the other: both at once take twice as long.
    return np.stack([values.min(0).min(0), values.max(0).max(0)])


def evaluation(
    document: Document, maps: tuple[Floats, ...], limits: tuple[Floats, ...], engine: str, milliseconds: float
) -> Evaluation:
    """The Evaluation of maps that somebody computed; it ends before the first that has outgrown float32."""
    for index, extremes in enumerate(limits[1:]):
        if not np.all(np.isfinite(extremes)):
            end, problem = index + 1, Problem(index, "", _OUTGROWN)
            return Evaluation(document, maps[:end], limits[:end], engine, milliseconds, (problem,))
    problems = document.network.problems(document.image.shape)
    end = len(maps) - 1
    if end < len(document.network.shapes(document.image.shape)) - 1:
        problems = (Problem(end, "", _BY_KERAS),)
    return Evaluation(document, maps, limits, engine, milliseconds, problems)


_BY_KERAS = say("Only Keras can compute this layer: its maps, and those behind it, come when TensorFlow is there.")
_OUTGROWN = say("The numbers of this layer grow beyond 3.4e38, the largest there is; use smaller weights.")
