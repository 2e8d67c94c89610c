"""How much memory a training needs, as far as it can be told before: for the sentence when there is not enough."""

from __future__ import annotations

from math import prod

from cnn_explorer.network.layers.layer import Layer, Shape
from cnn_explorer.network.network import Network
from cnn_explorer.network.sentence import Sentence, say

BYTES = 4
MAPS_KEPT = 2
"""Times a layer's output is held for a batch: the output itself, and the gradient by it."""
WEIGHTS_KEPT = 4
"""Times the weights are: themselves, their gradient, and two averages of the optimizer."""


def batch_bytes(network: Network, shape: Shape, batch: int) -> int:
    """Bytes that learning from one batch takes at least."""
    maps = sum(prod(size) for size in network.shapes(shape))
    return BYTES * (MAPS_KEPT * batch * maps + WEIGHTS_KEPT * network.parameter_count(shape))


def largest_layer(network: Network, shape: Shape) -> Layer:
    """The layer with the most numbers in its output."""
    outputs = zip(network.layers, network.shapes(shape)[1:], strict=False)
    return max(((layer, prod(size)) for layer, size in outputs if layer.enabled), key=lambda each: each[1])[0]


def out_of_memory(network: Network, shape: Shape, batch: int, layer: Layer | None = None) -> Sentence:
    """What to tell when there was not enough memory: where `layer` is None, for the layer with the largest output."""
    guilty = layer or largest_layer(network, shape)
    return say(
        "There is not enough memory to learn from {batch} images at once: layer {label} needs the most, and a batch "
        "takes {size} MB or more. Choose a smaller batch size; the model is as it was.",
        batch=batch, label=guilty.name or guilty.label(), size=max(1, round(batch_bytes(network, shape, batch) / 1e6)),
    )  # fmt: skip
