"""Building a network: layers added, removed, moved and named, filters put in another order.

Every function takes a network and returns another one. `shape` is the input's, and `rng` draws the weights that are
new: what still fits stays as it was. With a `hasty` one, TakesLong is raised where much is to be done. Layers are
counted from 0.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from cnn_explorer.network.file_values import LONGEST_NAME, read_name
from cnn_explorer.network.files import MOST_LAYERS
from cnn_explorer.network.haste import insist_on_time
from cnn_explorer.network.layer_input import Sources
from cnn_explorer.network.layers import LAYERS, Flatten
from cnn_explorer.network.layers.layer import Layer, Shape
from cnn_explorer.network.layers.weights import Order, axis_lengths, weight_fields
from cnn_explorer.network.network import Network
from cnn_explorer.network.reordering import reading, weight_count
from cnn_explorer.network.sentence import Refused, Sentence, say
from cnn_explorer.network.wiring import insist_on_one_source, with_place, without_place

# Layers


def with_added(network: Network, shape: Shape, at: int, kind: str, rng: np.random.Generator, **fields: Any) -> Network:
    """With a new layer of a kind, one of LAYERS, before layer `at` (at the end, where `at` is their number).

    `fields` are those in which it differs from what its kind makes for this input. One that reads a single row of
    numbers gets a Flatten before itself where it needs that. Raises: Refused where a layer would get too many weights,
    or the network too many layers.
    """
    _insist_on_room(network)
    shapes = network.shapes(shape)  # of the map before it, or the last that there is
    made = _made(LAYERS[kind], shapes[min(at, len(shapes) - 1)], fields, rng)
    sources = with_place(network.sources, at, len(made))
    return _with_layers(network, shape, [*network.layers[:at], *made, *network.layers[at:]], sources, rng)


def _made(kind: type[Layer], shape: Shape, fields: dict[str, Any], rng: np.random.Generator) -> list[Layer]:
    flat = Flatten().output_shape(shape)
    if shape[:2] == (1, 1) or not _reads_a_row(kind):
        return [replace(kind.new(shape, rng), **fields)]
    return [Flatten(), replace(kind.new(flat, rng), **fields)]


def _reads_a_row(kind: type[Layer]) -> bool:
    """Whether layers of a kind take a single row of numbers, and no map."""
    return kind().problem((1, 1, 1)) is None and kind().problem((2, 2, 1)) is not None


def without(network: Network, shape: Shape, at: int, rng: np.random.Generator) -> Network:
    """Without layer `at`. Raises: Refused where it joins branches, or a later layer would get too many weights."""
    insist_on_one_source(network, at)
    layers = [*network.layers[:at], *network.layers[at + 1 :]]
    return _with_layers(network, shape, layers, without_place(network.sources, at), rng)


def with_duplicate(network: Network, shape: Shape, at: int, rng: np.random.Generator) -> Network:
    """With layer `at` once more behind itself; a name of its own gets a number.

    Raises: Refused as `with_added`, and where it joins branches.
    """
    _insist_on_room(network)
    insist_on_one_source(network, at)
    copy = replace(network.layers[at], name=_free_name(network, network.layers[at].name))
    layers = [*network.layers[: at + 1], copy, *network.layers[at + 1 :]]
    return _with_layers(network, shape, layers, with_place(network.sources, at + 1), rng)


def with_moved(network: Network, shape: Shape, at: int, to: int, rng: np.random.Generator) -> Network:
    """With layer `at` as layer `to`; the others close up.

    Raises: Refused where it joins branches, or one would get too many weights.
    """
    if at == to:
        return network
    insist_on_one_source(network, at)
    layers = list(network.layers)
    layers.insert(to, layers.pop(at))
    return _with_layers(network, shape, layers, with_place(without_place(network.sources, at), to), rng)


def with_name(network: Network, at: int, name: str) -> Network:
    """With layer `at` called `name`; "" for what its type is called.

    Raises: Refused where another layer has this name, or a file could not hold it.
    """
    name = read_name(name.strip(), "name")
    if name and any(layer.name == name for index, layer in enumerate(network.layers) if index != at):
        raise Refused(say("Another layer is called “{name}”; choose another name.", name=name), "name")
    return network.with_layer(at, replace(network.layers[at], name=name))


def _with_layers(
    network: Network, shape: Shape, layers: Sequence[Layer], sources: Sources, rng: np.random.Generator
) -> Network:
    return network.with_layers(layers, sources).fitted(shape, rng)


def _insist_on_room(network: Network) -> None:
    if len(network.layers) >= MOST_LAYERS:
        raise Refused(say("A network has at most {most} layers; remove one first.", most=MOST_LAYERS))


def _free_name(network: Network, name: str) -> str:
    """`name` with the first number that makes it one of its own; "" stays ""."""
    taken = {layer.name for layer in network.layers}
    number, free = 2, name
    while name and free in taken:
        tail = f" {number}"
        free, number = name[: LONGEST_NAME - len(tail)] + tail, number + 1
    return free


# Filters


def with_filter_count(network: Network, shape: Shape, at: int, count: int, rng: np.random.Generator) -> Network:
    """With `count` filters (or units) in layer `at`: the first ones stay, those that are missing are drawn.

    Raises: Refused as `with_filters`.
    """
    has = network.layers[at].filters or 0
    return with_filters(network, shape, at, [index if index < has else None for index in range(count)], rng)


def with_filters(network: Network, shape: Shape, at: int, order: Order, rng: np.random.Generator) -> Network:
    """With the filters of layer `at` in another order: `order[i]` is the old filter that now stands at i, None a new
    one. The layers behind it read their channels in that order too, so that what is left computes what it did; of one
    that stands there twice, each has a half of the weights.

    Raises: Refused where there are too few or too many filters, or a layer would get too many weights.
    """
    return _carrying(network, shape, at, _ordered(network.layers[at], order, rng), order, rng)


def with_depth_multiplier(network: Network, shape: Shape, at: int, count: int, rng: np.random.Generator) -> Network:
    """With `count` kernels for each channel in layer `at`, a depthwise or separable convolution. Raises Refused as
    `with_filters`."""
    layer: Any = network.layers[at]
    inputs = network.input_shapes(shape)
    read = inputs[at] if at < len(inputs) else network.shapes(shape)[-1]
    has, channels = layer.depth_multiplier, read[2]
    follows = layer.channel_order(read, range(channels)) is not None
    old = range(layer.output_channels(channels))
    order: Order = [c * has + m if m < has else None for c in range(channels) for m in range(count)] if follows else old
    return _carrying(network, shape, at, layer.with_depth_multiplier(count, rng), order, rng)


def _carrying(network: Network, shape: Shape, at: int, layer: Layer, order: Order, rng: np.random.Generator) -> Network:
    """With `layer` as layer `at`: its output's channels are the old ones in this order, and those behind it follow."""
    layers = reading(network, shape, {at + 1: order}, rng, share=True) if layer.enabled else list(network.layers)
    layers[at] = layer
    return _with_layers(network, shape, layers, network.sources, rng)


def _ordered(layer: Layer, order: Order, rng: np.random.Generator) -> Layer:
    """The layer with its filters in this order: the new ones are drawn at the end, and then put in their places."""
    insist_on_time(rng, weight_count(layer))
    places, count = list(order), layer.filters or 0
    for index in (index for index, old in enumerate(places) if old is None):
        places[index], count = count, count + 1
    grown = layer.with_filters(count, rng)
    return grown.with_filters_ordered([old for old in places if old is not None])


# Weights that fit


def is_unfit(layer: Layer, shape: Shape) -> bool:
    """Whether a layer can't be applied to an input of this shape because its weights are for another one."""
    found = layer.problem(shape)
    fits = axis_lengths(layer).get(layer.channel_axis, shape[2]) == shape[2]
    return found is not None and not fits and any(each.name == found[0] for each in weight_fields(layer))


def refitted(network: Network, shape: Shape, rng: np.random.Generator) -> tuple[Network, Sentence | None]:
    """The network with weights that fit, and what to tell the user of those that were drawn for that.

    Raises: Refused where a layer would get too many weights.
    """
    fitting = network.fitted(shape, rng)
    return fitting, drawn_anew(network, fitting, shape)


def drawn_anew(before: Network, after: Network, shape: Shape, new: range = range(0)) -> Sentence | None:
    """What to tell the user of the layers of `after` that were not in `before`: their weights were drawn anew.

    `new` are those that were made, so that there is nothing to tell of them. None where nothing was drawn.
    """
    known = {id(layer) for layer in before.layers}
    places = zip(after.layers, after.input_shapes(shape), strict=False)
    drawn = [place for at, place in enumerate(places) if at not in new and id(place[0]) not in known]
    if not drawn:
        return None
    first = _drawn_for(*drawn[0])
    if len(drawn) == 1:
        return first
    return say("{first} So were those of {count} more layers.", first=first, count=len(drawn) - 1)


def _drawn_for(layer: Layer, shape: Shape) -> Sentence:
    name = layer.name or layer.label()
    if shape[:2] == (1, 1):
        return say("{layer}: its weights were drawn anew for {count} inputs.", layer=name, count=shape[2])
    return say("{layer}: its weights were drawn anew for {count} channels.", layer=name, count=shape[2])
