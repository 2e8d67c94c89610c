"""What can be done with the filters of a layer: each is one step of undo, and the layers behind it follow.

`at` is the layer's index in the newest document, filters are counted from 0. What is refused changes nothing and is
said; what takes long is made while the window goes on.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from cnn_explorer.network import building
from cnn_explorer.network.banks import Bank
from cnn_explorer.network.document import Document
from cnn_explorer.network.haste import insist_on_time
from cnn_explorer.network.layers import Layer
from cnn_explorer.network.layers.layer import Shape
from cnn_explorer.network.sentence import Sentence, say
from cnn_explorer.session.builder import Edit
from cnn_explorer.session.session import Session

MOST_FILTERS = 64
"""So many can be asked for here; a layer of an opened model may have more."""


def add_filter(session: Session, at: int, behind: int) -> None:
    """A new filter with weights by chance behind another, and look at it; unless there are as many as there may be."""
    place = behind + 1
    _reorder(session, at, lambda old: [*old[:place], None, *old[place:]], say("Add a filter"), place)


def duplicate_filter(session: Session, at: int, number: int) -> None:
    """The same filter once more behind itself, and look at it; unless there are as many as there may be."""
    text = say("Duplicate the filter")
    _reorder(session, at, lambda old: [*old[: number + 1], *old[number:]], text, number + 1)


def remove_filter(session: Session, at: int, number: int) -> None:
    """Take a filter out, unless it is the only one; look at the one behind it."""
    _reorder(session, at, lambda old: [*old[:number], *old[number + 1 :]], say("Remove the filter"), number)


def move_filter(session: Session, at: int, number: int, to: int) -> None:
    """Put a filter into another place, and look at it there; the others close up."""

    def moved(old: Order) -> Order:
        rest = [*old[:number], *old[number + 1 :]]
        return [*rest[:to], *old[number : number + 1], *rest[to:]]

    if to >= 0:
        _reorder(session, at, moved, say("Move the filter"), to)


def set_filter_count(session: Session, at: int, count: int) -> None:
    """So many filters: the first ones stay, new ones get weights by chance."""
    text = say("Change the number of filters")
    _reorder(session, at, lambda old: [*old, *[None] * count][:count], text, session.cursor.filter)


def fill_filters(session: Session, at: int, bank: Bank) -> None:
    """Fill all filters of the layer from a bank; the biases become 0."""

    def make(document: Document, rng: Any) -> Edit:
        network = document.network
        filled = filled_from(network.layers[at], network.input_shapes(document.image.shape)[at], bank, rng)
        return Edit(
            network if filled is None else network.with_layer(at, filled), say("Fill with {bank}", bank=bank.name)
        )

    session.perform(make)


def filled_from(layer: Layer, shape: Shape, bank: Bank, rng: np.random.Generator) -> Layer | None:
    """A layer, whose input is of this shape, with a bank in all its filters and biases 0; None where they can't be
    replaced. A hasty `rng` raises TakesLong where there are a great many weights."""
    first, count = layer.filter_weights(shape, 0), layer.output_channels(shape[2])
    if first is None:
        return None
    insist_on_time(rng, first.size * count)
    kernels = bank.fill(first.shape[0], first.shape[1], first.shape[2], count, rng)
    filled: Layer | None = layer
    for number in range(count):
        filled = None if filled is None else filled.with_filter(shape, number, kernels[..., number])
        filled = None if filled is None else filled.with_bias(number, 0.0) or filled
    return filled


Order = list[int | None]
"""Which of the old filters stands at each place; None for a new one."""


def _reorder(session: Session, at: int, change: Callable[[Order], Order], text: Sentence, look_at: int) -> None:
    """Put the filters of a layer in the order that `change` makes of the present one, if there can be so many."""

    def make(document: Document, rng: Any) -> Edit:
        network, count = document.network, document.network.layers[at].filters or 0
        order = change(list(range(count)))
        if not count or not 1 <= len(order) <= max(MOST_FILTERS, count):
            return Edit(network, text)
        after = building.with_filters(network, document.image.shape, at, order, rng)
        return Edit(after, text, {"filter": min(look_at, len(order) - 1)})

    session.perform(make)
