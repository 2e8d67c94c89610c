"""What the tab Inspect is about: one filter of the layer that is looked at, in the evaluation on the screen."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from cnn_explorer.network.arrays import Floats
from cnn_explorer.network.document import Document
from cnn_explorer.network.findings import in_use, place_of
from cnn_explorer.network.inspection import follower_of
from cnn_explorer.network.layers import Layer
from cnn_explorer.network.layers.layer import Shape
from cnn_explorer.network.network import Network
from cnn_explorer.network.results import Evaluation
from cnn_explorer.session.session import Session
from cnn_explorer.views.kernel_target import layer_at_cursor


@dataclass(frozen=True, eq=False)
class Subject:
    """Filter `filter` of `count` of layer `index`, whose input has `shape`; `channel` is a place in its window."""

    evaluation: Evaluation
    index: int
    layer: Layer
    shape: Shape
    filter: int
    count: int
    channel: int

    @property
    def document(self) -> Document:
        """What was evaluated."""
        return self.evaluation.document

    @property
    def network(self) -> Network:
        """The network as it is used: what is asked of the engine is asked of this one."""
        return in_use(self.document.network)

    @property
    def name(self) -> str:
        """What the layer is called."""
        return self.layer.name or self.layer.label()

    @property
    def place(self) -> int:
        """The layer's place among those that are switched on, from 1."""
        return place_of(self.document.network, self.index)

    @property
    def follower(self) -> int:
        """The layer behind which the filter's output is as others see it: that of its activation."""
        return follower_of(self.document.network, self.document.image.shape, self.index)

    @cached_property
    def weights(self) -> Floats:
        """All weights of the filter, (rows, columns, channels of the window)."""
        weights = self.layer.filter_weights(self.shape, self.filter)
        assert weights is not None
        return weights

    @property
    def kernel(self) -> Floats:
        """(rows, columns) of the channel."""
        return np.ascontiguousarray(self.weights[:, :, self.channel])


def subject_of(session: Session) -> Subject | None:
    """The filter under the cursor: of the focused layer if it multiplies with weights, else of the nearest before it
    that does, else of the first; None where there is none, or where it can't be applied."""
    evaluation, cursor = session.evaluation, session.cursor
    index = layer_at_cursor(evaluation.document, cursor, _has_weights)
    values = None if index is None else evaluation.input_of(index)
    if index is None or values is None or evaluation.output_of(index) is None:
        return None
    layer, shape = evaluation.layer(index), (values.shape[0], values.shape[1], values.shape[2])
    count = layer.output_channels(shape[2])
    number = min(cursor.filter, count - 1)
    channels = layer.channels_read(shape, number)
    place = channels.index(cursor.channel) if cursor.channel in channels else 0
    return Subject(evaluation, index, layer, shape, number, count, place)


def _has_weights(layer: Layer, shape: Shape) -> bool:
    weights = layer.filter_weights(shape, 0)
    return layer.enabled and weights is not None and weights.shape[2] > 0
