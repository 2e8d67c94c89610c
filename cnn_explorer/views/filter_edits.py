"""What can be done with the filters of a layer: each is one step of undo, and the layers behind it follow.

`at` is the layer's index in the newest document, filters are counted from 0. What is refused changes nothing and is
said.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from cnn_explorer.network import building
from cnn_explorer.network.banks import Bank
from cnn_explorer.network.layers import Layer
from cnn_explorer.network.layers.layer import Shape
from cnn_explorer.network.sentence import Refused, Sentence, say
from cnn_explorer.session.session import Session

MOST_FILTERS = 64
"""So many can be asked for here; a layer of an opened model may have more."""


def add_filter(session: Session, at: int, behind: int) -> None:
    """A new filter with weights by chance behind another, and look at it."""
    order = _order(session, at)
    if len(order) < MOST_FILTERS:
        _use(session, at, [*order[: behind + 1], None, *order[behind + 1 :]], say("Add a filter"), behind + 1)


def duplicate_filter(session: Session, at: int, number: int) -> None:
    """The same filter once more behind itself, and look at it."""
    order = _order(session, at)
    if len(order) < MOST_FILTERS:
        _use(session, at, [*order[: number + 1], *order[number:]], say("Duplicate the filter"), number + 1)


def remove_filter(session: Session, at: int, number: int) -> None:
    """Take a filter out, unless it is the only one; look at the one behind it."""
    order = _order(session, at)
    if len(order) > 1:
        left = [*order[:number], *order[number + 1 :]]
        _use(session, at, left, say("Remove the filter"), min(number, len(left) - 1))


def move_filter(session: Session, at: int, number: int, to: int) -> None:
    """Put a filter into another place, and look at it there; the others close up."""
    order = _order(session, at)
    if to != number and 0 <= to < len(order):
        order.insert(to, order.pop(number))
        _use(session, at, order, say("Move the filter"), to)


def set_filter_count(session: Session, at: int, count: int) -> None:
    """So many filters: the first ones stay, new ones get weights by chance."""
    has = len(_order(session, at))
    order = [number if number < has else None for number in range(count)]
    if count != has:
        _use(session, at, order, say("Change the number of filters"), min(session.cursor.filter, count - 1))


def fill_filters(session: Session, at: int, bank: Bank) -> None:
    """Fill all filters of the layer from a bank; the biases become 0."""
    network, shape = session.document.network, input_of(session, at)
    if shape is None:
        return
    filled = filled_from(network.layers[at], shape, bank, np.random.default_rng())
    if filled is not None:
        session.edit_layer(at, filled, say("Fill with {bank}", bank=bank.name))


def filled_from(layer: Layer, shape: Shape, bank: Bank, rng: np.random.Generator) -> Layer | None:
    """A layer, whose input is of this shape, with a bank in all its filters and biases 0; None where they can't be
    replaced."""
    first, count = layer.filter_weights(shape, 0), layer.output_channels(shape[2])
    if first is None:
        return None
    kernels = bank.fill(first.shape[0], first.shape[1], first.shape[2], count, rng)
    filled: Layer | None = layer
    for number in range(count):
        filled = None if filled is None else filled.with_filter(shape, number, kernels[..., number])
        filled = None if filled is None else filled.with_bias(number, 0.0) or filled
    return filled


def input_of(session: Session, at: int) -> Shape | None:
    """The shape of what a layer of the newest document gets; None where a layer before it can't be applied."""
    document = session.document
    shapes = document.network.shapes(document.image.shape)
    return shapes[at] if at < len(shapes) else None


def _order(session: Session, at: int) -> list[int | None]:
    """The filters of a layer as they are; none where it has none that can come and go."""
    return list(range(session.document.network.layers[at].filters or 0))


def _use(session: Session, at: int, order: Sequence[int | None], text: Sentence, look_at: int) -> None:
    document = session.document
    try:
        network = building.with_filters(document.network, document.image.shape, at, order, np.random.default_rng())
    except Refused as refused:
        session.said.emit(refused.sentence)
        return
    session.edit_network(network, text, filter=look_at)
