"""What the stage shows of one layer, taken from an evaluation: maps as planes, digits, and what reads what."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property, lru_cache

import numpy as np

from cnn_explorer.network.explanation import Explanation, Window
from cnn_explorer.network.geometry import Axis
from cnn_explorer.network.layers.layer import Layer, pad
from cnn_explorer.network.network import Problem
from cnn_explorer.network.numbers import LayerDigits, layer_digits
from cnn_explorer.network.results import Evaluation
from cnn_explorer.session.cursor import Cursor


@dataclass(frozen=True, eq=False)
class Scene:
    """One layer, one input channel and one filter of it, ready to be drawn.

    `inputs` is the padded input plane, `output` the output plane (None where the layer can't be applied). Positions of
    `inputs` count from the padding's corner; `rows` and `columns` translate.
    """

    evaluation: Evaluation
    index: int
    channel: int
    filter: int
    layer: Layer
    rows: Axis
    columns: Axis
    inputs: np.ndarray
    output: np.ndarray | None
    kernel: np.ndarray | None
    bias: float
    digits: LayerDigits
    problem: Problem | None = None
    _seen: dict[tuple[int, int], Explanation | None] = field(default_factory=dict)

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
        rows, columns, channels = self.evaluation.maps[self.index].shape
        return rows, columns, channels

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
    inputs = evaluation.input_of(index) if index >= 0 else None
    if inputs is None:
        return None
    layer = evaluation.layer(index)
    output = evaluation.output_of(index)
    kernel, bias = getattr(layer, "kernel", None), getattr(layer, "bias", None)
    rows, columns = layer.axes(inputs.shape) if layer.enabled else (Axis(inputs.shape[0], 1), Axis(inputs.shape[1], 1))
    channel = min(channel if layer.reads_all_channels else filter_index, inputs.shape[2] - 1)
    filter_index = min(filter_index, (output.shape[2] if output is not None else 1) - 1)
    shown = output if output is not None else np.zeros((1, 1, 1), np.float32)
    return Scene(
        evaluation=evaluation,
        index=index,
        channel=channel,
        filter=filter_index,
        layer=layer,
        rows=rows,
        columns=columns,
        inputs=_padded_plane(inputs, channel, rows, columns),
        output=None if output is None else np.ascontiguousarray(output[..., filter_index]),
        kernel=None if kernel is None else kernel[:, :, min(channel, kernel.shape[2] - 1), filter_index],
        bias=0.0 if bias is None else float(bias[filter_index]),
        digits=layer_digits(inputs, shown, kernel, bias),
        problem=next((problem for problem in evaluation.problems if problem.layer == index), None),
    )


def _padded_plane(inputs: np.ndarray, channel: int, rows: Axis, columns: Axis) -> np.ndarray:
    return np.ascontiguousarray(pad(inputs[..., channel : channel + 1], rows, columns)[..., 0])
