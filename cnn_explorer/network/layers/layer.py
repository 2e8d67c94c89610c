"""What every layer answers, so that no view ever asks which type it is: see `Layer`."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from math import prod, sqrt
from typing import Any, ClassVar

import numpy as np
from numpy.typing import ArrayLike

from cnn_explorer.network.arrays import Floats, equal, frozen
from cnn_explorer.network.explanation import Cell, Explanation, Reader, Region, Window
from cnn_explorer.network.geometry import FILLS, Axis, largest_fill
from cnn_explorer.network.sentence import Refused, Sentence, say

Shape = tuple[int, int, int]
"""(rows, columns, channels)."""


@dataclass(frozen=True)
class Control:
    """What a field of a layer may hold, and how a form offers it. Low and high are inclusive."""

    kind: str  # "pair", "choice", "padding" or "number"
    label: Sentence
    tip: Sentence
    low: float = 1
    high: float = 1
    options: tuple[str, ...] = ()

    def check(self, value: Any, name: str) -> Any:
        """`value` as the field holds it. Raises Refused, naming the field, where it can't be held."""
        return _CHECKS[self.kind](self, value, name)


def control(default: Any, kind: str, label: Sentence, tip: Sentence, **limits: Any) -> Any:
    """A dataclass field with its Control."""
    return field(default=default, metadata={"control": Control(kind, label, tip, **limits)})


def weights(default: ArrayLike, **longest: int) -> Any:
    """A dataclass field with an array: its axes by name, and how long each may be.

    Axes of one layer that have the same name are equally long.
    """
    values = frozen(default)
    return field(default_factory=lambda: values, metadata={"axes": longest})


def _whole(value: Any, low: float, high: float, name: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise Refused(
            say("{field} must be a whole number from {low} to {high}.", field=name, low=int(low), high=int(high)), name
        )
    return value


def _check_pair(self: Control, value: Any, name: str) -> tuple[int, int]:
    if not isinstance(value, (list, tuple)) or len(value) != 2:
        raise Refused(say("{field} must be two whole numbers: rows and columns.", field=name), name)
    return _whole(value[0], self.low, self.high, name), _whole(value[1], self.low, self.high, name)


def _check_choice(self: Control, value: Any, name: str) -> str:
    if not isinstance(value, str) or value not in self.options:
        raise Refused(say("{field} must be one of: {options}.", field=name, options=", ".join(self.options)), name)
    return value


def _check_padding(self: Control, value: Any, name: str) -> Any:
    if isinstance(value, str) or not self.high:
        return _check_choice(self, value, name)
    if not isinstance(value, (list, tuple)) or len(value) != 4:
        raise Refused(
            say("{field} must be a word ({options}) or four numbers.", field=name, options=", ".join(self.options)),
            name,
        )
    return tuple(_whole(part, 0, self.high, name) for part in value)


def _check_number(self: Control, value: Any, name: str) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not self.low <= value <= self.high:
        raise Refused(
            say("{field} must be a number from {low} to {high}.", field=name, low=self.low, high=self.high), name
        )
    return float(value)


_CHECKS = {"pair": _check_pair, "choice": _check_choice, "padding": _check_padding, "number": _check_number}


@dataclass(frozen=True, eq=False)
class Layer(ABC):
    """One step of a network: a frozen set of fields, spelt as Keras spells its arguments.

    It answers, for an input of shape (rows, columns, channels): `output_shape`, `forward` in numpy, `window` (the cells
    an output cell reads), `explain` (its arithmetic) and `parameter_count`; and `problem`, where it can't be applied.
    """

    name: str = ""
    enabled: bool = True

    kind: ClassVar[str] = ""
    begins_block: ClassVar[bool] = False
    """Whether a block begins here: at a layer with weights, which those up to the next only work over."""
    flat_output: ClassVar[bool] = False
    """Whether Keras gives this output as (channels,): here it is (1, 1, channels)."""

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and all(
            equal(getattr(self, item.name), getattr(other, item.name)) for item in fields(self)
        )

    __hash__ = None  # type: ignore[assignment]

    @classmethod
    def controls(cls) -> dict[str, Control]:
        """The fields that a form offers, in order."""
        return {item.name: item.metadata["control"] for item in fields(cls) if "control" in item.metadata}

    @classmethod
    @abstractmethod
    def title(cls) -> Sentence:
        """The layer type's name for people."""

    @abstractmethod
    def label(self) -> str:
        """The layer's caption where it has no name of its own: type and size, as on a card ("Conv2D 3×3")."""

    @abstractmethod
    def axes(self, shape: Shape) -> tuple[Axis, Axis]:
        """The window's movement over the rows and over the columns of an input of this shape."""

    @abstractmethod
    def forward(self, x: Floats) -> Floats:
        """The output (rows, columns, channels) for the input `x` (rows, columns, channels)."""

    @abstractmethod
    def explain(self, x: Floats, cell: Cell) -> Explanation:
        """How output cell `cell` came from the input `x`."""

    def parameter_count(self, shape: Shape) -> int:
        """Trained numbers (weights and biases) for an input of this shape."""
        return 0

    def multiply_adds(self, shape: Shape) -> int:
        """Multiplications (each with its addition) for one input of this shape: 0 where nothing is multiplied."""
        return 0

    def output_channels(self, channels: int) -> int:
        """Channels of the output for an input with so many."""
        return channels

    def output_shape(self, shape: Shape) -> Shape:
        """(rows, columns, channels) of the output."""
        rows, columns = self.axes(shape)
        return rows.output, columns.output, self.output_channels(shape[2])

    def window(self, shape: Shape, cell: Cell) -> Window:
        """The cells of an input of this shape that output cell `cell` reads."""
        rows, columns = self.axes(shape)
        return Window(rows.window(cell[0]), columns.window(cell[1]), self.channels_read(shape, cell[2]))

    def channels_read(self, shape: Shape, channel: int) -> tuple[int, ...]:
        """The input channels that output channel `channel` reads, sorted: its own, where a layer says nothing else."""
        return (channel,)

    def channels_reached(self, shape: Shape, channel: int) -> tuple[int, ...]:
        """The inverse of `channels_read`: the output channels that read input channel `channel`."""
        return tuple(
            output for output in range(self.output_shape(shape)[2]) if channel in self.channels_read(shape, output)
        )

    def readers(self, shape: Shape, row: int, column: int) -> list[Reader]:
        """The inverse of `window`: every reading of the input cell (row, column)."""
        rows, columns = self.axes(shape)
        return [
            Reader(out_row, out_column, tap_row, tap_column)
            for out_row, tap_row in rows.readers(row)
            for out_column, tap_column in columns.readers(column)
        ]

    def reads(self, shape: Shape, region: Region) -> Region:
        """The input cells that any cell of an output region depends on: the union of their windows, without padding."""
        rows, columns = self.axes(shape)
        return Region(
            _union(rows.source(at) for row in region.rows for at in rows.window(row)),
            _union(columns.source(at) for column in region.columns for at in columns.window(column)),
            _union(each for channel in region.channels for each in self.channels_read(shape, channel)),
        )

    def reaches(self, shape: Shape, region: Region) -> Region:
        """The inverse of `reads`: the output cells that depend on any cell of an input region."""
        rows, columns = self.axes(shape)
        return Region(
            _union(output for row in region.rows for output, _ in rows.readers(row)),
            _union(output for column in region.columns for output, _ in columns.readers(column)),
            _union(each for channel in region.channels for each in self.channels_reached(shape, channel)),
        )

    # the weights of one filter: what the stage multiplies a window with, and what an edit there changes

    def filter_weights(self, shape: Shape, channel: int) -> Floats | None:
        """What output channel `channel` multiplies its window with, (rows, columns, channels of the window).

        None where nothing is multiplied.
        """
        return None

    def filter_bias(self, channel: int) -> float:
        """What is added to every sum of output channel `channel`."""
        return 0.0

    def with_weights(self, shape: Shape, channel: int, at: int, weights: Floats) -> Layer | None:
        """The layer with the (rows, columns) `weights` in place `at` of filter `channel`'s channels.

        None where these weights can't be edited one by one.
        """
        return None

    def with_filter(self, shape: Shape, channel: int, weights: Floats) -> Layer | None:
        """The layer with the (rows, columns, channels of the window) `weights` as filter `channel`.

        None where they can't be edited. A layer with many channels does this at once, rather than one by one.
        """
        layer: Layer | None = self
        for at in range(weights.shape[2]):
            layer = None if layer is None else layer.with_weights(shape, channel, at, weights[:, :, at])
        return layer

    def with_bias(self, channel: int, bias: float) -> Layer | None:
        """The layer with another bias of output channel `channel`; None where it has none."""
        return None

    def contributions(self, x: Floats, channel: int, places: Iterable[int]) -> Floats | None:
        """What each input channel adds to output channel `channel`: (rows, columns, one for each of `places`).

        `places` are indices into the window's channels. All of them and the bias add up to the output. None where
        nothing is multiplied.
        """
        weights = self.filter_weights(_shape_of(x), channel)
        if weights is None:
            return None
        rows, columns = self.axes(_shape_of(x))
        chosen = list(places)
        read = [self.channels_read(_shape_of(x), channel)[place] for place in chosen]
        padded = pad(x[..., read], rows, columns)
        out = np.zeros((rows.output, columns.output, len(chosen)), np.float32)
        for i in range(rows.kernel):
            for j in range(columns.kernel):
                out += taps(padded, rows, columns, i, j) * weights[i, j, chosen]
        return out

    def fitted(self, shape: Shape, rng: np.random.Generator) -> Layer:
        """The layer with weights for an input of this shape: those that still fit stay, new ones are drawn.

        Itself where it fits already. Raises Refused where that would be too many weights.
        """
        return self

    def problem(self, shape: Shape) -> tuple[str, Sentence] | None:
        """Why the layer can't be applied to an input of this shape, with the field at fault; None where it can."""
        for axis, side in zip(self.axes(shape), _SIDES, strict=True):
            found = _axis_problem(axis, side)
            if found:
                return found
        return None


MOST_WEIGHTS = 10_000_000
"""Of one layer: what a document file can hold."""


def he_normal(shape: tuple[int, ...], inputs: int, rng: np.random.Generator) -> Floats:
    """Weights to begin with, as Keras's HeNormal: truncated normal of variance 2 / inputs (He et al. 2015).

    Raises: Refused where there would be more than MOST_WEIGHTS.
    """
    if prod(shape) > MOST_WEIGHTS:
        raise Refused(
            say(
                "This layer would have {count} million weights, and {most} million can be kept; "
                "make its input smaller, with pooling or strides, or use fewer units.",
                count=-(-prod(shape) // 10**6), most=MOST_WEIGHTS // 10**6,
            )
        )  # fmt: skip
    values = rng.standard_normal(shape, np.float32)
    outside = np.abs(values) > 2
    while outside.any():
        values[outside] = rng.standard_normal(int(outside.sum()), np.float32)
        outside = np.abs(values) > 2
    # Cutting the normal off at two deviations leaves 0.8796 of its deviation.
    out: Floats = values * np.float32(sqrt(2 / max(inputs, 1)) / 0.87962566103423978)
    return out


def _union(places: Iterable[int | None]) -> tuple[int, ...]:
    return tuple(sorted({place for place in places if place is not None}))


def _shape_of(x: Floats) -> Shape:
    return x.shape[0], x.shape[1], x.shape[2]


_SIDES = (say("rows"), say("columns"))
_FILL_WORDS = {"reflect": say("reflect"), "symmetric": say("symmetric")}


def _axis_problem(axis: Axis, side: Sentence) -> tuple[str, Sentence] | None:
    most = largest_fill(axis.fill, axis.size)
    if most is not None and max(axis.before, axis.after) > most:
        return "fill", say(
            "{fill} padding can add at most {most} {side} to an input of {size}; use less padding, or fill with zeros.",
            fill=_FILL_WORDS[axis.fill], most=most, side=side, size=axis.size,
        )  # fmt: skip
    if axis.output > 0:
        return None
    if axis.dilation > 1:
        return "dilation_rate", say(
            "A kernel of {kernel} with dilation {dilation} spans {extent} {side}, but the input has only {padded}; "
            "use a smaller kernel or dilation, or more padding.",
            kernel=axis.kernel, dilation=axis.dilation, extent=axis.extent, side=side, padded=axis.padded,
        )  # fmt: skip
    return "kernel_size", say(
        "A window of {kernel} {side} does not fit into an input of {padded}; use a smaller window or more padding.",
        kernel=axis.kernel, side=side, padded=axis.padded,
    )  # fmt: skip


def pad(x: Floats, rows: Axis, columns: Axis) -> Floats:
    """`x` (rows, columns, channels) as the window sees it: spaced out and padded on all four sides, as the axes say."""
    x = _spaced(x, rows, columns)
    width = ((rows.before, rows.after), (columns.before, columns.after), (0, 0))
    if not any(map(any, width)):
        return x
    mode: Any = "constant" if rows.fill == FILLS[0] else rows.fill
    return np.pad(x, width, mode=mode)


def _spaced(x: Floats, rows: Axis, columns: Axis) -> Floats:
    if rows.spacing == columns.spacing == 1:
        return x
    spaced = np.zeros((rows.spread, columns.spread, x.shape[2]), np.float32)
    spaced[:: rows.spacing, :: columns.spacing] = x
    return spaced


def taps(padded: Floats, rows: Axis, columns: Axis, row: int, column: int) -> Floats:
    """What tap (row, column) of the window reads at every output cell: a strided view (rows, columns, channels)."""
    return padded[
        _steps(rows, row),
        _steps(columns, column),
    ]


def _steps(axis: Axis, tap: int) -> slice:
    first = tap * axis.dilation
    return slice(first, first + (axis.output - 1) * axis.stride + 1, axis.stride)


def read(x: Floats, window: Window, rows: Axis, columns: Axis) -> tuple[Floats, np.ndarray]:
    """The values in `window`, (rows, columns, channels of the window), and where they are cells rather than padding."""
    values = np.zeros((len(window.rows), len(window.columns), len(window.channels)), np.float32)
    inside = np.zeros(values.shape, bool)
    for i, row in enumerate(map(rows.source, window.rows)):
        for j, column in enumerate(map(columns.source, window.columns)):
            if row is not None and column is not None:
                values[i, j] = x[row, column, list(window.channels)]
                inside[i, j] = True
    return values, inside
