"""Channels that come, go and move: the layers behind them read their weights in the new order."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from cnn_explorer.network.haste import insist_on_time
from cnn_explorer.network.layer_input import LayerInput
from cnn_explorer.network.layers.layer import Layer, Shape
from cnn_explorer.network.layers.weights import Order, shared, weight_fields
from cnn_explorer.network.network import Network


def reading(
    network: Network, shape: Shape, orders: Mapping[int, Order], rng: np.random.Generator, share: bool = False
) -> list[Layer]:
    """The layers where maps have their channels in other orders: `orders[m][i]` is what channel i of map m was.

    `shape` is the image's, and `network` as it was before. A layer whose output's channels follow its input's hands
    their order on; behind one that can't be applied everything stays as it is. With `share`, channels that are the
    same twice share the weights between them, so that together they count as before. Raises Refused where a layer would
    get too many weights.
    """
    layers, known = list(network.layers), dict(orders)
    for index, read in enumerate(network.inputs(shape)):
        order = _order(read, known)
        if order is not None:
            layers[index], onwards = _reading(layers[index], read.shape, order, rng, share)
            if onwards is not None:
                known[index + 1] = onwards
    return layers


def _order(read: LayerInput, known: Mapping[int, Order]) -> Order | None:
    """The order of an input's channels, None where none of its maps has another one than before."""
    if not any(part.map in known for part in read.parts):
        return None
    order: list[int | None] = []
    for part in read.parts:
        own = known.get(part.map, range(part.channels)) if part.shape[2] == part.channels else range(part.channels)
        order += [None if old is None else part.first + old for old in own]
    return order


def _reading(
    layer: Layer, shape: Shape, order: Order, rng: np.random.Generator, share: bool
) -> tuple[Layer, Order | None]:
    """A layer whose input of this shape has its channels in another order, and the order of what it hands on."""
    if layer.enabled and layer.problem(shape):
        return layer, None
    insist_on_time(rng, weight_count(layer))
    onwards = layer.channel_order(shape, order) if layer.enabled else order
    if layer.problem(shape):
        return layer, onwards
    reading = layer.with_input_channels(order, (shape[0], shape[1], len(order)), rng)
    return shared(reading, layer.channel_axis, order) if share else reading, onwards


def weight_count(layer: Layer) -> int:
    """How many weights a layer holds."""
    return sum(getattr(layer, each.name).size for each in weight_fields(layer))
