"""What has been found out by looking inside the network, and belongs to all views: it is neither saved nor undone."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, sqrt

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from cnn_explorer.files.digits import Digits
from cnn_explorer.network.arrays import Floats
from cnn_explorer.network.document import Document
from cnn_explorer.network.findings import Activity, Heat, ImageSet
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
from cnn_explorer.network.network import Network
from cnn_explorer.network.results import Evaluation

AWAKE, SILENT, DEAD = "", "silent", "dead"
"""States of a filter: it answers; its ReLU lets nothing of it through on this input; or never does."""


@dataclass(frozen=True, eq=False)
class _Survey:
    """What the filters of layer `index` did on many images, as long as the layers up to it are these."""

    layers: tuple[Layer, ...]
    found: Activity

    def holds(self, network: Network, index: int) -> bool:
        own = network.layers[: index + 1]
        return len(own) == len(self.layers) and all(new is old for new, old in zip(own, self.layers, strict=True))


class Inspection(QObject):
    """Digits to look through, the heat map over the input, which filters are dead, and how filters are sorted.

    `changed` says that one of them is another one.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.digits: Digits | None = None
        self.sort = SORTS[0]
        self._images: ImageSet | None = None
        self._surveys: dict[int, _Survey] = {}
        self._heat: tuple[Document, Heat] | None = None
        self._weights: tuple[Layer, Floats, NDArray[np.bool_]] | None = None
        self._ordered: tuple[Evaluation, int, str, tuple[int, ...]] | None = None

    # digits

    def use_digits(self, digits: Digits) -> None:
        """Look through these from now on."""
        if digits is not self.digits:
            self.digits, self._images = digits, None
            self.changed.emit()

    @property
    def images(self) -> ImageSet | None:
        """The test images of the digits, or all where none are for testing; None where there are no digits."""
        digits = self.digits
        if digits is not None and self._images is None:
            first = digits.train_count if digits.train_count < len(digits.images) else 0
            labels = None if digits.labels is None else digits.labels[first:]
            self._images = ImageSet(digits.images[first:], labels, first)
        return self._images

    # heat

    def show_heat(self, heat: Heat | None, document: Document | None = None) -> None:
        """Lay a heat map over the input, as long as the document's image and network are these; None takes it away."""
        before, self._heat = self._heat, None if heat is None or document is None else (document, heat)
        if before is not self._heat:
            self.changed.emit()

    def heat_over(self, document: Document) -> Heat | None:
        """The heat map that belongs over the image of a document, if there is one."""
        if self._heat is None:
            return None
        known, heat = self._heat
        return heat if known.image is document.image and known.network is document.network else None

    # filters

    def keep_survey(self, network: Network, index: int, found: Activity) -> None:
        """The filters of layer `index` have done this on many images."""
        self._surveys[index] = _Survey(network.layers[: index + 1], found)
        self.changed.emit()

    def survey(self, network: Network, index: int) -> Activity | None:
        """What the filters of layer `index` do on many images, if that has been looked at."""
        known = self._surveys.get(index)
        return known.found if known is not None and known.holds(network, index) else None

    def sort_by(self, sort: str) -> None:
        """Show filters in one of the orders SORTS from now on."""
        if sort != self.sort:
            self.sort = sort
            self.changed.emit()

    def order(self, evaluation: Evaluation, index: int) -> tuple[int, ...]:
        """The filters of layer `index` in the order in which they are shown; () as they are. Worked out once."""
        known = self._ordered
        if known is None or known[0] is not evaluation or known[1:3] != (index, self.sort):
            sizes = self._sizes(evaluation, index)
            known = self._ordered = (evaluation, index, self.sort, () if sizes is None else ordered(sizes))
        return known[3]

    def _sizes(self, evaluation: Evaluation, index: int) -> Floats | None:
        values = evaluation.input_of(index)
        if self.sort == SORTS[0] or values is None:
            return None
        if self.sort == "norm":
            return self._of_weights(evaluation.layer(index), _shape(values))[0]
        output = evaluation.output_of(index)
        if output is None:
            return None
        step = max(1, ceil(sqrt(output.size / MOST_COUNTED)))
        return strengths(output[::step, ::step])

    def states(self, evaluation: Evaluation, index: int) -> tuple[str, ...]:
        """Of every filter of layer `index`: AWAKE, SILENT or DEAD; () where the layer has no output.

        Dead are those whose weights are about 0, and those that were silent on all of many images.
        """
        values, output = evaluation.input_of(index), evaluation.output_of(index)
        if values is None or output is None:
            return ()
        layers, shapes = evaluation.document.network.layers, [_shape(values) for values in evaluation.maps]
        rectifier = rectifier_of(layers, shapes, index)
        dead = self._of_weights(layers[index], _shape(values))[1]
        nothing = np.zeros(output.shape[2], bool)
        resting = nothing if rectifier is None else silent(evaluation.limits[rectifier + 1][1])
        return tuple(map(_state, dead | self._never(evaluation, index, rectifier, nothing), resting))

    def _of_weights(self, layer: Layer, shape: Shape) -> tuple[Floats, NDArray[np.bool_]]:
        """The norms of a layer's filters, and which have no weights; kept, for only edits of weights change them."""
        if self._weights is None or self._weights[0] is not layer:
            matrix = filter_matrix(layer, shape)
            rows = np.ones((layer.output_channels(shape[2]), 1), np.float32) if matrix is None else matrix
            self._weights = layer, norms(rows), without_weights(rows)
        return self._weights[1:]

    def _never(
        self, evaluation: Evaluation, index: int, rectifier: int | None, nothing: NDArray[np.bool_]
    ) -> NDArray[np.bool_]:
        found = self.survey(evaluation.document.network, index)
        return nothing if rectifier is None or found is None else silent(found.largest)


def _state(dead: bool, resting: bool) -> str:
    return DEAD if dead else SILENT if resting else AWAKE


def _shape(values: Floats) -> Shape:
    return values.shape[0], values.shape[1], values.shape[2]
