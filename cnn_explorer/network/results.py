"""What was computed: every map of a document's network, and who computed it. Views draw from this alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from time import perf_counter

import numpy as np

from cnn_explorer.network.arrays import Floats, frozen
from cnn_explorer.network.document import Document
from cnn_explorer.network.explanation import Cell, Explanation
from cnn_explorer.network.layers.layer import Layer
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

    def layer(self, index: int) -> Layer:
        """Layer `index` of the document's network."""
        return self.document.network.layers[index]

    def input_of(self, index: int) -> Floats | None:
        """The input map of layer `index`, None where a layer before it can't be applied."""
        return self.maps[index] if index < len(self.maps) else None

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
        if self.output_of(index) is None or not self.layer(index).enabled:
            return None
        return self.layer(index).explain(self.maps[index], cell)


def evaluate(document: Document) -> Evaluation:
    """Every map of the document by the numpy reference."""
    start = perf_counter()
    maps = [document.image.pixels]
    reachable = len(document.network.shapes(document.image.shape)) - 1
    with np.errstate(over="ignore", invalid="ignore"):  # what overflows is cut off below
        for layer in document.network.layers[:reachable]:
            maps.append(frozen(layer.forward(maps[-1])) if layer.enabled else maps[-1])
    limits = tuple(map(channel_limits, maps))
    return evaluation(document, tuple(maps), limits, "numpy", (perf_counter() - start) * 1000)


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
    return Evaluation(document, maps, limits, engine, milliseconds, document.network.problems(document.image.shape))


_OUTGROWN = say("The numbers of this layer grow beyond 3.4e38, the largest there is; use smaller weights.")
