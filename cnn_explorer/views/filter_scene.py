"""What a wall of filters shows, taken from an evaluation: a picture of each kernel, and each filter's map."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from cnn_explorer.network.arrays import Floats
from cnn_explorer.network.document import Document
from cnn_explorer.network.layers import Layer
from cnn_explorer.network.layers.layer import Shape
from cnn_explorer.network.results import Evaluation
from cnn_explorer.session.cursor import Cursor
from cnn_explorer.views.kernel_target import layer_at_cursor

COLOURS = 3


@dataclass(frozen=True, eq=False)
class FilterScene:
    """Layer `index` of an evaluation, whose input has `shape`, with its filters.

    `channel` is the input channel whose kernels are shown; None shows all three of an image in colour, as colours.
    """

    evaluation: Evaluation
    index: int
    layer: Layer
    shape: Shape
    channel: int | None

    @property
    def count(self) -> int:
        """How many filters there are."""
        return self.layer.output_channels(self.shape[2])

    @property
    def maps(self) -> Floats | None:
        """The layer's output (rows, columns, filters); None where the layer can't be applied."""
        return self.evaluation.output_of(self.index)

    @cached_property
    def weights(self) -> list[Floats]:
        """Each filter's weights, (rows, columns, channels)."""
        found = [self.layer.filter_weights(self.shape, number) for number in range(self.count)]
        return [weights for weights in found if weights is not None]

    @cached_property
    def kernels(self) -> np.ndarray:
        """What is drawn of each filter: (filters, rows, columns), or (filters, rows, columns, 3) in colour."""
        if self.channel is None:
            return np.stack(self.weights)
        return np.stack([each[:, :, self._place(number)] for number, each in enumerate(self.weights)])

    def _place(self, number: int) -> int:
        channels = self.layer.channels_read(self.shape, number)
        place = channels.index(self.channel) if self.channel in channels else 0
        return min(place, self.weights[number].shape[2] - 1)


def filters_at(document: Document, cursor: Cursor) -> int | None:
    """Which layer's filters are looked at: those of the focused layer, or of the nearest with filters before it.

    None where there is none, and at layers whose output is a row of numbers: there are no maps beside their weights.
    """
    index = layer_at_cursor(document, cursor, _has_weights)
    return None if index is None or document.network.layers[index].flat_output else index


def filter_scene(evaluation: Evaluation, cursor: Cursor) -> FilterScene | None:
    """What a wall shows of the layer at `filters_at`; None where there is none."""
    index = filters_at(evaluation.document, cursor)
    return None if index is None else _scene(evaluation, index, cursor.channel)


@lru_cache(maxsize=2)  # the cursor moves at every step, and nothing of this follows it
def _scene(evaluation: Evaluation, index: int, channel: int) -> FilterScene | None:
    layer, values = evaluation.layer(index), evaluation.input_of(index)
    if values is None:
        return None
    shape = values.shape[0], values.shape[1], values.shape[2]
    first = layer.filter_weights(shape, 0)
    in_colour = index == 0 and first is not None and shape[2] == first.shape[2] == COLOURS
    return FilterScene(evaluation, index, layer, shape, None if in_colour else min(channel, shape[2] - 1))


def _has_weights(layer: Layer, shape: Shape) -> bool:
    weights = layer.filter_weights(shape, 0)
    return weights is not None and weights.shape[2] > 0
