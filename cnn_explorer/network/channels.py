"""A network for an image with another number of channels: what was learnt for grey is used on every plane, and back.

From one channel to three, the weights that read the image are repeated on each; from three to one, they become the mean
over the three, so that going there and back gives the same weights. Layers behind those stay as they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from cnn_explorer.network.arrays import frozen
from cnn_explorer.network.layers.layer import Layer, Shape
from cnn_explorer.network.layers.weights import Order, weight_fields
from cnn_explorer.network.network import Network
from cnn_explorer.network.reordering import reading
from cnn_explorer.network.sentence import Refused, Sentence, say


def with_image_channels(network: Network, before: int, shape: Shape) -> Network:
    """The network for an image of this shape, where it was made for one with `before` channels.

    Itself where the number is the same, where no weights depend on it, and where they were for another number anyway.
    """
    after = shape[2]
    if before == after:
        return network
    orders: list[Order] = [[0] * after] if before == 1 else [[channel] * after for channel in range(before)]
    was: Shape = (shape[0], shape[1], before)
    try:
        readings = [_reading(network, was, order) for order in orders]
    except Refused:  # too many weights for one layer: the network says what doesn't fit
        return network
    layers = tuple(map(_mean, zip(*readings, strict=True)))
    same = all(new is old for new, old in zip(layers, network.layers, strict=True))
    return network if same else network.with_layers(layers)


def _reading(network: Network, shape: Shape, order: Order) -> list[Layer]:
    """The layers, where the image's channel i is what was its channel order[i]; `shape` is that with the old number."""
    return reading(network, shape, {0: order}, np.random.default_rng(0))


def _mean(versions: Sequence[Layer]) -> Layer:
    """One layer with the mean of the weights of several that differ in nothing else."""
    first = versions[0]
    if all(each is first for each in versions):
        return first
    names = [each.name for each in weight_fields(first)]
    means: dict[str, Any] = {
        name: frozen(np.mean([getattr(version, name) for version in versions], 0, np.float64)) for name in names
    }
    return replace(first, **means)


def told_of_channels(before: Network, after: Network, shape: Shape) -> Sentence | None:
    """What to tell the user of weights that were adapted to an image of this shape; None where none were."""
    pairs = zip(before.layers, after.layers, after.input_shapes(shape), strict=False)
    changed = [(layer, at) for old, layer, at in pairs if layer is not old]
    weights = next((w for layer, at in changed if (w := layer.filter_weights(at, 0)) is not None), None)
    if weights is None:
        return None
    layer, count = changed[0][0], int(weights.size)
    name = layer.name or layer.label()
    if shape[2] == 1:
        return say("{layer}: the kernel has 1 channel again ({count} weights), the mean of the others.",
                   layer=name, count=count)  # fmt: skip
    return say(
        "{layer}: the kernel now has {channels} channels ({count} weights), the same on each plane.",
        layer=name, channels=shape[2], count=count,
    )  # fmt: skip
