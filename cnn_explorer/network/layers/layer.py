"""What every layer answers, so that no view ever asks which type it is: see `Layer`."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from typing import Any, ClassVar, Self

import numpy as np

from cnn_explorer.network.arrays import Floats, equal
from cnn_explorer.network.explanation import Cell, Explanation, Reader, Region, Window
from cnn_explorer.network.geometry import Axis
from cnn_explorer.network.layers.controls import Control, control
from cnn_explorer.network.layers.sliding import SIDES, axis_problem, pad, read, taps
from cnn_explorer.network.layers.weights import (
    MOST_CHANNELS,
    MOST_WEIGHTS,
    Order,
    axis_lengths,
    he_normal,
    recentred,
    reordered,
    weight_fields,
    weights,
)
from cnn_explorer.network.sentence import Refused, Sentence, say

__all__ = [
    "MOST_WEIGHTS", "Control", "Layer", "Order", "Shape", "all_of", "control", "explained_sum", "he_normal", "pad",
    "read", "taps", "weights",
]  # fmt: skip

Shape = tuple[int, int, int]
"""(rows, columns, channels)."""


@lru_cache(maxsize=64)
def all_of(count: int) -> tuple[int, ...]:
    """0 to count - 1. Always the same tuple: what many cells read alike is put together only once."""
    return tuple(range(count))


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
    keeps_flat: ClassVar[bool] = False
    """Whether it reads (channels,) as well as maps in Keras, and then gives that again."""
    alike: ClassVar[bool] = False
    """Whether it takes the maps that it reads together channel by channel, so that each needs equally many."""
    filter_axis: ClassVar[str] = "filters"
    """The axis of the weights along which the filters stand, one for each output channel."""
    channel_axis: ClassVar[str] = "channels"
    """The axis of the weights along which the input's channels stand."""
    window_weights: ClassVar[str] = ""
    """The field with the weights that the window is multiplied with, (rows, columns, ...): "" where there is none."""
    when_new: ClassVar[Mapping[str, Any]] = {}
    """Fields that are not as their defaults in a layer that somebody adds to a network."""
    new_filters: ClassVar[int] = 4
    by_keras: ClassVar[bool] = False
    """Whether only Keras can compute it: then `forward` can't, and nothing of it is explained."""

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
    def new(cls, shape: Shape, rng: np.random.Generator) -> Self:
        """A layer to begin with, for an input of this shape: weights drawn from `rng`, biases 0.

        Raises Refused where it would have too many weights.
        """
        orders = {cls.channel_axis: [None] * shape[2], cls.filter_axis: [None] * cls.new_filters}
        return reordered(replace(cls(), **cls.when_new), orders, rng)

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
        return self._count(trained=True)

    def frozen_count(self, shape: Shape) -> int:
        """Numbers that are kept with the layer but that no gradient changes: Keras's non-trainable parameters."""
        return self._count(trained=False)

    def _count(self, trained: bool) -> int:
        kept = [each.name for each in weight_fields(self) if each.metadata["trained"] == trained]
        return sum(int(getattr(self, name).size) for name in kept)

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
        return (channel,)

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
            rows.sources(region.rows), columns.sources(region.columns), self._channels(shape, region, "channels_read")
        )

    def reaches(self, shape: Shape, region: Region) -> Region:
        """The inverse of `reads`: the output cells that depend on any cell of an input region."""
        rows, columns = self.axes(shape)
        reached = rows.outputs(region.rows), columns.outputs(region.columns)
        return Region(*reached, self._channels(shape, region, "channels_reached"))

    def _channels(self, shape: Shape, region: Region, which: str) -> tuple[int, ...]:
        """All channels that those of a region read, or reach; where a layer says nothing else they are the same."""
        if getattr(type(self), which) is getattr(Layer, which) or not region.channels:
            return region.channels
        counts = self.output_channels(shape[2]), shape[2]
        given, asked = counts if which == "channels_read" else counts[::-1]
        if len(region.channels) == given:
            return all_of(asked)  # no layer leaves a channel out
        of = getattr(self, which)
        first: tuple[int, ...] = of(shape, region.channels[0])
        return first if len(first) == asked else _together(of(shape, channel) for channel in region.channels)

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

    # filters and channels that come, go and move

    @property
    def filters(self) -> int | None:
        """Filters, one for each output channel: None where the layer has none to add or remove."""
        return axis_lengths(self).get(self.filter_axis)

    def with_filters(self, count: int, rng: np.random.Generator) -> Self:
        """The layer with so many filters: cut off at the end, or new ones drawn there.

        Raises Refused where there can't be so many. A layer whose `filters` are None stays as it is.
        """
        return self._with_filters_from(all_of(count), rng)

    def with_filters_ordered(self, order: Sequence[int]) -> Self:
        """The layer with its filters in another order: at i stands the one that was at order[i].

        A filter may be left out, or stand at several places. Raises Refused where none is left, or too many are.
        """
        return self._with_filters_from(order, np.random.default_rng(0))

    def without_filter(self, index: int) -> Self:
        """The layer without one of its filters. Raises Refused where it is the only one."""
        return self.with_filters_ordered([each for each in range(self.filters or 0) if each != index])

    def with_filter_copied(self, index: int) -> Self:
        """The layer with one of its filters twice, the copy behind it. Raises Refused where it has too many already."""
        count = self.filters or 0
        return self.with_filters_ordered([*range(index + 1), *range(index, count)])

    def _with_filters_from(self, order: Sequence[int], rng: np.random.Generator) -> Self:
        if self.filters is not None and not 1 <= len(order) <= MOST_CHANNELS:
            raise Refused(say("A layer has 1 to {most} filters.", most=MOST_CHANNELS), self.filter_axis)
        return reordered(self, {self.filter_axis: order}, rng)

    def with_input_channels(self, order: Order, shape: Shape, rng: np.random.Generator) -> Self:
        """The layer for an input whose channel i is what was channel order[i] (None: a new one), now of this shape.

        Its weights go with the channels that they belong to; those of new channels are drawn. Raises Refused where
        that would be too many weights.
        """
        return reordered(self, {self.channel_axis: order}, rng).fitted(shape, rng)

    def channel_order(self, shape: Shape, order: Order) -> Order | None:
        """How the output's channels are ordered when the input's are as `order` says, `shape` being the input's before.

        None where the output does not follow: every output channel depends on all of the input's.
        """
        return order

    def with_kernel_size(self, rows: int, columns: int) -> Self:
        """The layer with a window of another size: the weights stay around the centre, with 0 around them."""
        if not self.window_weights:
            return self
        change: dict[str, Any] = {self.window_weights: recentred(getattr(self, self.window_weights), rows, columns)}
        return replace(self, **change)

    def fitted(self, shape: Shape, rng: np.random.Generator) -> Self:
        """The layer with weights for an input of this shape: those that still fit stay, new ones are drawn.

        Itself where it fits already. Raises Refused where that would be too many weights.
        """
        return reordered(self, {self.channel_axis: all_of(shape[2])}, rng)

    def problem(self, shape: Shape) -> tuple[str, Sentence] | None:
        """Why the layer can't be applied to an input of this shape, with the field at fault; None where it can."""
        channels = axis_lengths(self).get(self.channel_axis, shape[2])
        if channels != shape[2]:
            return weight_fields(self)[0].name, self.unfit(channels, shape[2])
        for axis, side in zip(self.axes(shape), SIDES, strict=True):
            found = axis_problem(axis, side)
            if found:
                return found
        return None

    def unfit(self, has: int, needs: int) -> Sentence:
        """Says that the weights are for `has` input channels, and the input has `needs`."""
        return say(
            "The kernel has {has} input channels, but its input has {needs}; choose a kernel for {needs} channels.",
            has=has, needs=needs,
        )  # fmt: skip


def explained_sum(layer: Layer, x: Floats, cell: Cell) -> Explanation:
    """A cell of a layer that multiplies its window with the weights of one filter."""
    shape = _shape_of(x)
    window = layer.window(shape, cell)
    values, _ = read(x, window, *layer.axes(shape))
    kernel, bias = layer.filter_weights(shape, cell[2]), layer.filter_bias(cell[2])
    assert kernel is not None
    result = float(np.sum(values.astype(float) * kernel) + bias)
    return Explanation("sum", window, values, result, np.ones(values.shape, bool), kernel, bias)


def _together(many: Iterable[tuple[int, ...]]) -> tuple[int, ...]:
    """The union of sorted tuples, most of which are often the same one: `all_of` the channels."""
    distinct = list({id(each): each for each in many}.values())
    return distinct[0] if len(distinct) == 1 else tuple(sorted({place for each in distinct for place in each}))


def _shape_of(x: Floats) -> Shape:
    return x.shape[0], x.shape[1], x.shape[2]
