"""Which kernel is edited: one input channel of one filter of a layer, and the layer with other weights there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from cnn_explorer.network.arrays import Floats, frozen
from cnn_explorer.network.document import Document
from cnn_explorer.network.layers import Layer
from cnn_explorer.network.layers.layer import Shape
from cnn_explorer.network.layers.weights import is_too_large_to_edit
from cnn_explorer.network.sentence import Refused, say
from cnn_explorer.session.cursor import Cursor
from cnn_explorer.session.session import Session


@dataclass(frozen=True, eq=False)
class Target:
    """Layer `index` of the newest document as it is seen, whose input has `shape`, one filter, and one channel of that.

    `channels` are the input channels that the filter reads, `place` the index of the shown one among them.
    """

    index: int
    layer: Layer
    shape: Shape
    filter: int
    channels: tuple[int, ...]
    place: int

    @cached_property
    def kernel(self) -> Floats:
        """All weights of the filter, (rows, columns, channels)."""
        weights = self.layer.filter_weights(self.shape, self.filter)
        assert weights is not None
        return weights

    @cached_property
    def weights(self) -> Floats:
        """(rows, columns) of the shown channel."""
        return frozen(self.kernel[:, :, self.place])

    @property
    def filters(self) -> int:
        """How many filters the layer has."""
        return self.layer.output_channels(self.shape[2])

    @property
    def bias(self) -> float | None:
        """What is added to the filter's sums, None where the layer has no bias."""
        bias = self.layer.filter_bias(self.filter)
        return bias if self.layer.with_bias(self.filter, bias) is not None else None

    @property
    def resizable(self) -> bool:
        """Whether kernels of another size can be put in."""
        return bool(self.layer.window_weights)

    def with_weights(self, weights: Floats, bias: float | None = None) -> Layer:
        """The layer with this one kernel (rows, columns) replaced, and the filter's bias where one is given.

        Kernels of a layer are all of one size: the others are cut, or get zeros around them, when this one's changes.
        Raises: Refused where that size can't be.
        """
        layer = self._sized(weights.shape[0], weights.shape[1])
        return _with_bias(_sure(layer.with_weights(self.shape, self.filter, self.place, weights)), self.filter, bias)

    def with_kernel(self, kernel: Floats, bias: float | None = None) -> Layer:
        """As `with_weights`, with all channels (rows, columns, channels) of the filter replaced."""
        layer = self._sized(kernel.shape[0], kernel.shape[1])
        return _with_bias(_sure(layer.with_filter(self.shape, self.filter, kernel)), self.filter, bias)

    def on_every_channel(self, change: Callable[[Floats], Floats]) -> Floats:
        """What a function makes of each channel's kernel, (rows, columns, channels)."""
        return np.stack([change(frozen(self.kernel[:, :, at])) for at in range(self.kernel.shape[2])], axis=-1)

    def _sized(self, rows: int, columns: int) -> Layer:
        if (rows, columns) == self.kernel.shape[:2]:
            return self.layer
        if not self.resizable:
            has_rows, has_columns = self.kernel.shape[:2]
            raise Refused(
                say("The kernels of this layer are {rows}×{columns} and stay so.", rows=has_rows, columns=has_columns),
                "kernel",
            )
        return self.layer.with_kernel_size(rows, columns)


def _sure(layer: Layer | None) -> Layer:
    assert layer is not None  # `target_of` looks at layers only whose weights can be edited
    return layer


def _with_bias(layer: Layer, channel: int, bias: float | None) -> Layer:
    if bias is None or layer.filter_bias(channel) == bias:
        return layer
    return layer.with_bias(channel, bias) or layer


def is_editable(layer: Layer, shape: Shape) -> bool:
    """Whether a layer has weights per filter that can be replaced."""
    if type(layer).with_weights is Layer.with_weights or is_too_large_to_edit(layer):
        return False
    weights = layer.filter_weights(shape, 0)
    return weights is not None and weights.shape[2] > 0


def layer_at_cursor(document: Document, cursor: Cursor, suits: Callable[[Layer, Shape], bool]) -> int | None:
    """The focused layer if it suits, else the nearest before it that does, else the first; None where none does.

    Only layers are asked that have an input, whose shape they are told.
    """
    shapes = document.network.input_shapes(document.image.shape)
    pairs = enumerate(zip(document.network.layers, shapes, strict=False))
    places = [index for index, (layer, shape) in pairs if suits(layer, shape)]
    return max((place for place in places if place <= cursor.layer), default=places[0]) if places else None


def target_of(session: Session) -> Target | None:
    """The kernel under the cursor, in the newest document, with the network that is looked at in place of its own: of
    the focused layer if it has one that can be edited, else of the nearest before it that has, else of the first; None
    where the network has none."""
    document, cursor = session.wanted, session.cursor
    index = layer_at_cursor(document, cursor, is_editable)
    if index is None:
        return None
    layer, shape = document.network.layers[index], document.network.input_shapes(document.image.shape)[index]
    number = min(cursor.filter, layer.output_channels(shape[2]) - 1)
    weights = layer.filter_weights(shape, number)
    channels = layer.channels_read(shape, number)[: 0 if weights is None else weights.shape[2]]
    if not channels:
        return None
    place = channels.index(cursor.channel) if cursor.channel in channels else 0
    return Target(index, layer, shape, number, channels, place)


def move_to(session: Session, index: int, number: int | None = None, channel: int | None = None) -> None:
    """Put the cursor on another filter, or another channel (an index of the input), of layer `index`.

    Where the focused layer hands the filters on one by one, as an activation does, it stays focused.
    """
    shown, filters = session.output_shape(), session.evaluation.output_of(index)
    alike = shown is not None and filters is not None and shown[2] == filters.shape[2]
    stays = session.cursor.layer == index or (session.cursor.layer > index and (alike or number is None))
    places: dict[str, int] = {} if stays else {"layer": index, "row": 0, "column": 0}
    if number is not None:
        places["filter"] = number
    if channel is not None:
        places["channel"] = channel
    session.move(**places)
