"""Filters of a layer in an evaluation: which are dead, which rest on this input, and in which order they are shown."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, sqrt

import numpy as np
from numpy.typing import NDArray

from cnn_explorer.network.arrays import Floats
from cnn_explorer.network.findings import Activity
from cnn_explorer.network.inspection import (
    MOST_COUNTED,
    SORTS,
    filter_matrix,
    norms,
    ordered,
    rectifier_of,
    silent,
    strengths,
    without_weights,
)
from cnn_explorer.network.layers.layer import Layer, Shape
from cnn_explorer.network.results import Evaluation

AWAKE, SILENT, DEAD = "", "silent", "dead"
"""States of a filter: it answers; its ReLU lets nothing of it through on this input; or never does."""


@dataclass(frozen=True, eq=False)
class Weighed:
    """Of every filter of a layer the norm of its weights, and whether these are all about 0; both (filters,)."""

    norms: Floats
    nothing: NDArray[np.bool_]


def weigh(layer: Layer, shape: Shape) -> Weighed:
    """The filters of a layer, whose input is of this shape; all alike where nothing is multiplied."""
    matrix = filter_matrix(layer, shape)
    rows = np.ones((layer.output_channels(shape[2]), 1), np.float32) if matrix is None else matrix
    return Weighed(norms(rows), without_weights(rows))


def states_of(evaluation: Evaluation, index: int, weighed: Weighed, survey: Activity | None) -> tuple[str, ...]:
    """Of every filter of layer `index`, which has an output: AWAKE, SILENT or DEAD.

    Dead are those whose weights are about 0, and those that their ReLU has silenced in all images of the `survey`.
    """
    document = evaluation.document
    rectifier = rectifier_of(document.network, document.image.shape, index)
    resting = never = np.zeros(len(weighed.nothing), bool)
    if rectifier is not None:
        resting = silent(evaluation.limits[rectifier + 1][1])
        never = never if survey is None else silent(survey.largest)
    pairs = zip((weighed.nothing | never).tolist(), resting.tolist(), strict=True)
    return tuple(DEAD if dead else SILENT if rests else AWAKE for dead, rests in pairs)


def order_of(evaluation: Evaluation, index: int, sort: str, weighed: Weighed) -> tuple[int, ...]:
    """The filters of layer `index` in one of the orders SORTS; () as they are. Large maps are thinned out."""
    output = evaluation.output_of(index)
    if sort == SORTS[0] or output is None:
        return ()
    if sort == "norm":
        return ordered(weighed.norms)
    step = max(1, ceil(sqrt(output.size / MOST_COUNTED)))
    return ordered(strengths(output[::step, ::step]))
