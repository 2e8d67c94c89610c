"""A layer of Keras's own that has no equivalent here: not explained, but computed, by Keras itself."""

from __future__ import annotations

import json
from dataclasses import dataclass
from math import nan, prod
from typing import Any, ClassVar

import numpy as np

from cnn_explorer.network.arrays import Floats
from cnn_explorer.network.explanation import Cell, Explanation, Reader, Region, Window
from cnn_explorer.network.geometry import Axis
from cnn_explorer.network.layers.layer import Layer, Shape, all_of
from cnn_explorer.network.layers.weights import MOST_WEIGHTS, weights
from cnn_explorer.network.sentence import Refused, Sentence, say

Recipe = str
"""How Keras makes the layer, as JSON of a RecipeValues."""

LONGEST_RECIPE = 20_000
_SIDES = 8
"""Axes of an array of weights, and maps that the layer reads."""


@dataclass(frozen=True)
class RecipeValues:
    """`kind` is the class in Keras, `model` the configuration of a model with this layer alone.

    `reads` and `gives` are the shapes that it reads and gives, as they stand here; `arrays` those of its weights in
    Keras's order. `by_place`: a place of its output depends on the same place of what it reads alone.
    """

    kind: str
    model: dict[str, Any]
    reads: tuple[Shape, ...]
    gives: Shape
    arrays: tuple[tuple[int, ...], ...]
    by_place: bool

    @property
    def shape(self) -> Shape:
        """All maps that it reads, side by side; one with a single place goes with larger ones."""
        rows, columns = (max(shape[side] for shape in self.reads) for side in (0, 1))
        return rows, columns, sum(shape[2] for shape in self.reads)


def write_recipe(values: RecipeValues) -> Recipe:
    """The JSON of a recipe. Raises TypeError or ValueError where it can't be one."""
    return json.dumps(vars(values), allow_nan=False, separators=(",", ":"))


def read_recipe(text: str, path: str = "") -> RecipeValues:
    """The recipe in a text. Raises: Refused, naming the field `path`, at anything else. The model is not looked at."""
    try:
        plain: Any = json.loads(text) if len(text) <= LONGEST_RECIPE else None
        reads: Any = tuple(_lengths(each, 3, 3) for each in plain["reads"])
        arrays = tuple(_lengths(each, 0, _SIDES) for each in plain["arrays"])
        rows, columns, channels = _lengths(plain["gives"], 3, 3)
        kind, model = plain["kind"], plain["model"]
        good = isinstance(kind, str) and isinstance(model, dict) and 1 <= len(reads) <= _SIDES >= len(arrays)
        if not good or sum(map(prod, arrays)) > MOST_WEIGHTS or len(kind) > 40 or not kind.isprintable():
            raise ValueError(path)
        return RecipeValues(kind, model, reads, (rows, columns, channels), arrays, plain["by_place"] is True)
    except (KeyError, RecursionError, TypeError, ValueError) as error:
        raise Refused(say("{field} is not the recipe of a layer of Keras.", field=path or "recipe"), path) from error


def _lengths(values: Any, fewest: int, most: int) -> tuple[int, ...]:
    if not fewest <= len(values) <= most or not all(type(each) is int and 1 <= each <= MOST_WEIGHTS for each in values):
        raise ValueError("lengths")
    return tuple(values)


_NOTHING = RecipeValues("Identity", {}, ((1, 1, 1),), (1, 1, 1), (), True)


@dataclass(frozen=True, eq=False)
class KerasLayer(Layer):
    """A layer that Keras computes: `recipe` says how, `numbers` are all of its weights one behind the other.

    It is made for maps of one size. Where it has no weights, `numbers` is a single 0.
    """

    recipe: Recipe = write_recipe(_NOTHING)
    numbers: Floats = weights([0.0], numbers=MOST_WEIGHTS)

    kind: ClassVar[str] = "KerasLayer"
    by_keras: ClassVar[bool] = True
    keeps_flat: ClassVar[bool] = True
    filter_axis: ClassVar[str] = ""
    channel_axis: ClassVar[str] = ""

    @property
    def made(self) -> RecipeValues:
        """The recipe, read once."""
        known: RecipeValues | None = vars(self).get("_made")
        if known is None:
            known = read_recipe(self.recipe)
            object.__setattr__(self, "_made", known)
        return known

    @classmethod
    def title(cls) -> Sentence:
        return say("Keras's own layer")

    def label(self) -> str:
        return self.made.kind.removeprefix("ops.")

    def axes(self, shape: Shape) -> tuple[Axis, Axis]:
        """Only where on the screen a place of the output stands: what it reads says `window`."""
        given = self.made.gives
        return _stretched(shape[0], given[0]), _stretched(shape[1], given[1])

    def output_shape(self, shape: Shape) -> Shape:
        return self.made.gives

    def output_channels(self, channels: int) -> int:
        return self.made.gives[2]

    def window(self, shape: Shape, cell: Cell) -> Window:
        if self.made.by_place:
            return Window((cell[0],), (cell[1],), all_of(shape[2]))
        return Window(all_of(shape[0]), all_of(shape[1]), all_of(shape[2]))

    def channels_read(self, shape: Shape, channel: int) -> tuple[int, ...]:
        return all_of(shape[2])

    def channels_reached(self, shape: Shape, channel: int) -> tuple[int, ...]:
        return all_of(self.made.gives[2])

    def channel_order(self, shape: Shape, order: Any) -> None:
        return None

    def readers(self, shape: Shape, row: int, column: int) -> list[Reader]:
        if self.made.by_place:
            return [Reader(row, column, 0, 0)]
        rows, columns, _ = self.made.gives
        return [Reader(at, along, 0, 0) for at in range(rows) for along in range(columns)]

    def reads(self, shape: Shape, region: Region) -> Region:
        return self._spread(region, shape)

    def reaches(self, shape: Shape, region: Region) -> Region:
        return self._spread(region, self.made.gives)

    def _spread(self, region: Region, shape: Shape) -> Region:
        """Every cell of a map of this shape that may have to do with a region of the other side."""
        if region.empty:
            return Region()
        if self.made.by_place:
            return Region(region.rows, region.columns, all_of(shape[2]))
        return Region(all_of(shape[0]), all_of(shape[1]), all_of(shape[2]))

    def parameter_count(self, shape: Shape) -> int:
        return sum(map(prod, self.made.arrays))

    def with_input_channels(self, order: Any, shape: Shape, rng: np.random.Generator) -> KerasLayer:
        return self

    def fitted(self, shape: Shape, rng: np.random.Generator) -> KerasLayer:
        return self

    def problem(self, shape: Shape) -> tuple[str, Sentence] | None:
        if shape != self.made.shape:
            return "", say(
                "{label} is a layer of Keras's own, made for an input of {has}; here its input is {is_now}.",
                label=self.label(), has=_written(self.made.shape), is_now=_written(shape),
            )  # fmt: skip
        if self.numbers.size != max(1, self.parameter_count(shape)):
            return "numbers", say("{label} has not as many weights as it needs.", label=self.label())
        return None

    def forward(self, x: Floats) -> Floats:
        """Raises NotImplementedError: only Keras knows."""
        raise NotImplementedError(self.label())

    def explain(self, x: Floats, cell: Cell) -> Explanation:
        """What it reads and no more. The result is in the map: see `Evaluation.explain`."""
        window = self.window((x.shape[0], x.shape[1], x.shape[2]), cell)
        values = x[cell[0] : cell[0] + 1, cell[1] : cell[1] + 1] if self.made.by_place else x
        return Explanation("unexplained", window, values, nan, np.broadcast_to(True, values.shape))


def _stretched(size: int, output: int) -> Axis:
    """An axis of this size with so many places of output, each somewhere near where it belongs."""
    if output > size:
        return Axis(size, 1, repeat=output // size) if output % size == 0 else Axis(size, 1, after=output - size)
    stride = size // output
    return Axis(size, size - (output - 1) * stride, stride)


def _written(shape: Shape) -> str:
    return "×".join(map(str, shape))
