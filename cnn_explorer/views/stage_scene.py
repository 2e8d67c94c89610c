"""What the stage shows of one layer, taken from an evaluation: maps as planes, digits, and what reads what."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property, lru_cache

import numpy as np

from cnn_explorer.network.explanation import Explanation, Window
from cnn_explorer.network.geometry import Axis
from cnn_explorer.network.layer_input import LayerInput
from cnn_explorer.network.layers.layer import Layer, pad
from cnn_explorer.network.network import Problem
from cnn_explorer.network.numbers import LayerDigits, layer_digits
from cnn_explorer.network.results import Evaluation
from cnn_explorer.session.cursor import Cursor


@dataclass(frozen=True, eq=False)
class Scene:
    """One layer, one input channel and one filter of it, ready to be drawn.

    `read` are the maps that it reads, `inputs` is the padded input plane, `output` the output plane (None where the
    layer can't be applied). Positions of `inputs` count from the padding's corner; `rows` and `columns` translate.
    `channels` are those that the filter reads, `place` that of the shown one among them; `weights` (rows, columns,
    channels) are what it multiplies them with, `kernel` (rows, columns) those of the shown channel, both None where
    nothing is multiplied.
    """

    evaluation: Evaluation
    index: int
    read: LayerInput
    channels: tuple[int, ...]
    place: int
    filter: int
    layer: Layer
    rows: Axis
    columns: Axis
    inputs: np.ndarray
    output: np.ndarray | None
    weights: np.ndarray | None
    bias: float
    digits: LayerDigits
    problem: Problem | None = None
    _seen: dict[tuple[int, int], Explanation | None] = field(default_factory=dict)

    @property
    def channel(self) -> int:
        """The input channel that is shown."""
        return self.channels[self.place]

    @property
    def source(self) -> tuple[int, int]:
        """The map that the shown channel is from, and which of its channels it is."""
        return self.read.origin(self.channel)

    @property
    def sources(self) -> tuple[tuple[int, int], ...]:
        """The same of every channel that the filter reads."""
        return tuple(map(self.read.origin, self.channels))

    @property
    def kernel(self) -> np.ndarray | None:
        """The weights (rows, columns) of the shown channel."""
        return None if self.weights is None else self.weights[..., self.place]

    def cell_at(self, row: int, column: int) -> tuple[int, int] | None:
        """The cell of the layer's input at a place of `inputs`; None for padding and for zeros between spaced cells."""
        row, column = row - self.rows.before, column - self.columns.before
        if not (0 <= row < self.rows.spread and 0 <= column < self.columns.spread):
            return None
        if row % self.rows.spacing or column % self.columns.spacing:
            return None
        return row // self.rows.spacing, column // self.columns.spacing

    def explain(self, row: int, column: int) -> Explanation | None:
        """How an output cell came about; remembered, for it is asked at every painting."""
        key = (row, column)
        if key not in self._seen:
            self._seen[key] = self.evaluation.explain(self.index, (row, column, self.filter))
        return self._seen[key]

    def window(self, row: int, column: int) -> Window:
        """The cells that an output cell reads, in places of `inputs`."""
        if not self.layer.enabled:
            return Window((row,), (column,), (self.channel,))
        window = self.layer.window(self.shape, (row, column, self.filter))
        return Window(
            tuple(at + self.rows.before for at in window.rows),
            tuple(at + self.columns.before for at in window.columns),
            window.channels,
        )

    @property
    def shape(self) -> tuple[int, int, int]:
        """The layer's input shape, without padding."""
        return self.read.shape

    @property
    def padding_counts(self) -> bool:
        """Whether padded cells hold a value that takes part (a convolution's), or none (a pooling's)."""
        return self.kernel is not None

    @cached_property
    def unvisited(self) -> tuple[list[int], list[int]]:
        """Rows and columns of the input that no window reads."""
        if self.output is None or not self.layer.enabled:
            return [], []
        return self.rows.unvisited(), self.columns.unvisited()

    def nearest_output(self, row: int, column: int) -> tuple[int, int]:
        """The output cell whose window is centred nearest to a place of `inputs`."""
        return _nearest(self.rows, row), _nearest(self.columns, column)


def _nearest(axis: Axis, place: int) -> int:
    centre = (axis.extent - 1) / 2
    return min(max(round((place - centre) / axis.stride), 0), axis.output - 1)


def scene_of(evaluation: Evaluation, cursor: Cursor) -> Scene | None:
    """The scene of the cursor's layer; None where its input does not exist (or it is the image)."""
    return _scene_of(evaluation, cursor.layer, cursor.channel, cursor.filter)


@lru_cache(maxsize=2)  # the stage and the arithmetic show the same one
def _scene_of(evaluation: Evaluation, index: int, channel: int, filter_index: int) -> Scene | None:
    inputs, read = (evaluation.input_of(index), evaluation.reads(index)) if index >= 0 else (None, None)
    if inputs is None or read is None:
        return None
    layer = evaluation.layer(index)
    output = evaluation.output_of(index)
    shape = inputs.shape[0], inputs.shape[1], inputs.shape[2]
    rows, columns = layer.axes(shape) if layer.enabled else (Axis(shape[0], 1), Axis(shape[1], 1))
    filter_index = min(filter_index, (output.shape[2] if output is not None else 1) - 1)
    channels = layer.channels_read(shape, filter_index) if layer.enabled else (filter_index,)
    channels = tuple(each for each in channels if each < shape[2]) or (shape[2] - 1,)
    place = channels.index(channel) if channel in channels else 0
    weights = layer.filter_weights(shape, filter_index) if layer.enabled else None
    if weights is not None and weights.shape != (rows.kernel, columns.kernel, len(channels)):
        weights = None  # made for another input: the problem says so
    bias = 0.0 if weights is None else layer.filter_bias(filter_index)
    shown = output if output is not None else np.zeros((1, 1, 1), np.float32)
    return Scene(
        evaluation=evaluation,
        index=index,
        read=read,
        channels=channels,
        place=place,
        filter=filter_index,
        layer=layer,
        rows=rows,
        columns=columns,
        inputs=_padded_plane(inputs, channels[place], rows, columns),
        output=None if output is None else np.ascontiguousarray(output[..., filter_index]),
        weights=weights,
        bias=bias,
        digits=layer_digits(inputs, shown, weights, None if weights is None else np.array([bias], np.float32)),
        problem=next((problem for problem in evaluation.problems if problem.layer == index), None),
    )


def _padded_plane(inputs: np.ndarray, channel: int, rows: Axis, columns: Axis) -> np.ndarray:
    return np.ascontiguousarray(pad(inputs[..., channel : channel + 1], rows, columns)[..., 0])
