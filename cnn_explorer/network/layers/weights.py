"""The arrays of a layer: what their axes stand for, and how they follow when filters or channels come, go or move.

Every array of weights is a dataclass field that names its axes, so all of this works from the names: "filters" is an
axis of the kernel and of the bias, and whoever removes a filter takes it from both.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import Field, field, fields, replace
from functools import cache
from math import prod, sqrt
from typing import Any, TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cnn_explorer.network.arrays import Floats, frozen, sealed
from cnn_explorer.network.sentence import Refused, say

MOST_WEIGHTS = 10_000_000
"""Of one layer that is made or edited here: an edit copies them, and a document file can hold so many."""

MOST_OPENED = 150_000_000
"""Of one layer in a model that was opened: VGG16's first Dense has 103 million."""

MOST_CHANNELS = 4096
"""Channels and filters of one layer."""

Order = Sequence[int | None]
"""A new order of places: at i stands the one that was at order[i]; None is a new one."""

Holder = TypeVar("Holder")
"""A layer: a dataclass with fields made by `weights`."""

_NEW = -1


def weights(
    default: ArrayLike,
    axes: Mapping[str, int] | None = None,
    *,
    summed: Sequence[str] = (),
    trained: bool = True,
    **longest: int,
) -> Any:
    """A dataclass field with an array: its axes by name, and how long each may be, in `axes` or as keywords.

    Axes of one layer that have the same name are equally long, and one called "a×b" is as long as a and b multiplied,
    the places of b next to each other. `summed` names the axes over which a result sums, for drawing new weights;
    without them, new ones are as the first of `default`. `trained` is False for numbers that no gradient changes.
    """
    values = frozen(default)
    about = {
        "axes": {**(axes or {}), **longest},
        "summed": tuple(summed),
        "initial": float(values.flat[0]),
        "trained": trained,
    }
    return field(default_factory=lambda: values, metadata=about)


def weight_fields(layer: Any) -> list[Field[Any]]:
    """The fields of a layer, or of a type of layer, that hold weights, in order."""
    return list(_weight_fields(layer if isinstance(layer, type) else type(layer)))


@cache  # asked of every layer at every edit
def _weight_fields(kind: Any) -> tuple[Field[Any], ...]:
    return tuple(each for each in fields(kind) if "axes" in each.metadata)


def is_too_large_to_edit(layer: Any) -> bool:
    """Whether a layer has so many weights that an edit, which copies them, would take too long and too much memory."""
    return sum(int(getattr(layer, each.name).size) for each in weight_fields(layer)) > MOST_WEIGHTS


def axis_lengths(layer: Any) -> dict[str, int]:
    """How long each named axis of a layer's weights is."""
    lengths: dict[str, int] = {}
    for each in weight_fields(layer):
        lengths |= zip(each.metadata["axes"], getattr(layer, each.name).shape, strict=True)
    return lengths


def reordered(layer: Holder, orders: Mapping[str, Order], rng: np.random.Generator) -> Holder:
    """The layer with the places along the named axes of its weights in another order.

    New places, and those that the order takes from beyond the end, get new weights from `rng`; the layer itself where
    nothing changes. Raises Refused where that would be too many weights.
    """
    lengths = axis_lengths(layer)
    places = {axis: _places(order, lengths.get(axis, 0)) for axis, order in orders.items()}
    changes = {}
    for each in weight_fields(layer):
        wanted = [_places_along(axis, places, lengths) for axis in each.metadata["axes"]]
        if not all(_in_place(order, lengths[axis]) for axis, order in zip(each.metadata["axes"], wanted, strict=True)):
            changes[each.name] = _taken(getattr(layer, each.name), wanted, each.metadata, rng)
    return replace(layer, **changes) if changes else layer  # type: ignore[type-var]


def shared(layer: Holder, axis: str, order: Order) -> Holder:
    """The layer with the weights along an axis, over which it sums, divided by how often `order` has their place.

    What was read once, and is read twice now, then counts as much as it did.
    """
    times = Counter(place for place in order if place is not None)
    parts = np.array([1.0 if place is None else 1.0 / times[place] for place in order], np.float32)
    if (parts == 1).all():
        return layer
    lengths, changes = axis_lengths(layer), {}
    for each in weight_fields(layer):
        for at, name in enumerate(each.metadata["axes"]):
            outer, _, inner = name.partition("×")
            if outer == axis and name in each.metadata["summed"]:
                along = np.repeat(parts, lengths[inner]) if inner else parts
                array = getattr(layer, each.name)
                changes[each.name] = sealed(array * along.reshape([-1 if d == at else 1 for d in range(array.ndim)]))
    return replace(layer, **changes) if changes else layer  # type: ignore[type-var]


def _places(order: Order, length: int) -> NDArray[np.int64]:
    places = np.array([_NEW if place is None else place for place in order], np.int64)
    places[(places < 0) | (places >= length)] = _NEW
    return places


def _places_along(axis: str, places: Mapping[str, NDArray[np.int64]], lengths: Mapping[str, int]) -> NDArray[np.int64]:
    if "×" not in axis or axis in places:
        return places.get(axis, np.arange(lengths[axis]))
    outer, inner = (_places_along(part, places, lengths) for part in axis.split("×"))
    both = outer[:, np.newaxis] * lengths[axis.split("×")[1]] + inner
    both[outer == _NEW] = both[:, inner == _NEW] = _NEW
    flat: NDArray[np.int64] = both.reshape(-1)
    return flat


def _in_place(order: NDArray[np.int64], length: int) -> bool:
    return len(order) == length and bool(np.all(order == np.arange(length)))


def _taken(
    array: Floats, orders: list[NDArray[np.int64]], about: Mapping[str, Any], rng: np.random.Generator
) -> Floats:
    """`array` with its places along every axis in another order, new weights where one is new."""
    shape = tuple(map(len, orders))
    _insist_on_count(shape)
    new = np.zeros(shape, bool)
    for axis, order in enumerate(orders):
        array = np.take(array, np.maximum(order, 0), axis)
        new |= (order == _NEW).reshape([-1 if other == axis else 1 for other in range(len(shape))])
    if new.any():
        inputs = prod(length for name, length in zip(about["axes"], shape, strict=True) if name in about["summed"])
        drawn = he_normal((int(new.sum()),), inputs, rng) if about["summed"] else np.float32(about["initial"])
        array[new] = drawn  # a copy since `take`; most weights of a large layer stay, and need not be drawn
    return sealed(array)


def _insist_on_count(shape: tuple[int, ...]) -> None:
    if prod(shape) > MOST_WEIGHTS:
        raise Refused(
            say(
                "This layer would have {count} million weights, and {most} million can be kept; "
                "make its input smaller, with pooling or strides, or use fewer units.",
                count=-(-prod(shape) // 10**6), most=MOST_WEIGHTS // 10**6,
            )
        )  # fmt: skip


def he_normal(shape: tuple[int, ...], inputs: int, rng: np.random.Generator) -> Floats:
    """Weights to begin with, as Keras's HeNormal: truncated normal of variance 2 / inputs (He et al. 2015).

    Raises: Refused where there would be more than MOST_WEIGHTS.
    """
    _insist_on_count(shape)
    values = rng.standard_normal(shape, np.float32)
    outside = np.abs(values) > 2
    while outside.any():
        values[outside] = rng.standard_normal(int(outside.sum()), np.float32)
        outside = np.abs(values) > 2
    # Cutting the normal off at two deviations leaves 0.8796 of its deviation.
    out: Floats = values * np.float32(sqrt(2 / max(inputs, 1)) / 0.87962566103423978)
    return out


def recentred(kernel: Floats, rows: int, columns: int) -> Floats:
    """A kernel (rows, columns, ...) of another size: its weights where they were around the centre, 0 around them.

    The centre is the tap that lies over the output's own cell with "same" padding: of four, the second.
    """
    out = np.zeros((rows, columns, *kernel.shape[2:]), np.float32)
    (from_row, to_row), (from_column, to_column) = map(_overlap, kernel.shape[:2], (rows, columns))
    out[to_row, to_column] = kernel[from_row, from_column]
    return frozen(out)


def _overlap(before: int, after: int) -> tuple[slice, slice]:
    """Where the taps that stay were, and where they are."""
    shift = (after - 1) // 2 - (before - 1) // 2
    first, last = max(0, -shift), min(before, after - shift)
    return slice(first, last), slice(first + shift, last + shift)
