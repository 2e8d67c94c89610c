"""Which controls the form of a layer type has, and what an edit in one of them makes of the layer: in tables."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any

import numpy as np

from cnn_explorer.network import building
from cnn_explorer.network.arrays import frozen
from cnn_explorer.network.document import LARGEST_VALUE
from cnn_explorer.network.layers import (
    LAYERS,
    AveragePooling2D,
    GlobalAveragePooling2D,
    GlobalMaxPooling2D,
    Layer,
    MaxPooling2D,
)
from cnn_explorer.network.layers.controls import Control
from cnn_explorer.network.layers.depthwise_conv2d import MOST_MULTIPLIED
from cnn_explorer.network.layers.sliding import LARGEST_KERNEL
from cnn_explorer.network.layers.weights import MOST_CHANNELS, weight_fields
from cnn_explorer.network.network import Network
from cnn_explorer.network.sentence import Sentence, say

ALTERNATIVES: tuple[tuple[type[Layer], ...], ...] = (
    (MaxPooling2D, AveragePooling2D),
    (GlobalMaxPooling2D, GlobalAveragePooling2D),
)
"""Layer types with the same fields: the form offers to change one into the other."""

MOST_FILTERS = 64
"""That a form offers; a layer from elsewhere may have more."""

KIND = "kind"


def _number(label: Sentence, tip: Sentence, low: float = -LARGEST_VALUE) -> Control:
    return Control("number", label, tip, low=low, high=LARGEST_VALUE)


COUNTS = {
    "filters": Control(
        "whole", say("Filters"), say("How many filters the layer has, and so how many channels its output"),
        high=MOST_FILTERS,
    ),
    "units": Control("whole", say("Units"), say("How many outputs the layer has"), high=MOST_CHANNELS),
}  # fmt: skip
"""Of filters, by the name of their axis in a layer's weights."""

ENTRIES = {
    "bias": _number(say("Bias"), say("A number added to every sum of this filter")),
    "gamma": _number(say("Gamma"), say("What the normalised values of this channel are multiplied with")),
    "beta": _number(say("Beta"), say("What is added to the values of this channel at the end")),
    "moving_mean": _number(
        say("Moving mean"), say("The mean of this channel over the batches of the training: taken in inference")
    ),
    "moving_variance": _number(
        say("Moving variance"), say("The variance of this channel over the batches of the training: taken in inference")
    ),
}
"""Weights with one number for each output channel."""

_KERNEL_SIZE = Control(
    "pair", say("Kernel size"), say("How many rows and columns the kernel has"), low=1, high=LARGEST_KERNEL
)
_DEPTH_MULTIPLIER = Control(
    "whole", say("Kernels a channel"), say("How many kernels each input channel has (depth_multiplier)"),
    high=MOST_MULTIPLIED,
)  # fmt: skip


def alternatives(layer: type[Layer]) -> tuple[type[Layer], ...]:
    """The layer types that this one can be changed into, itself among them."""
    return next((group for group in ALTERNATIVES if layer in group), (layer,))


def form_controls(layer: type[Layer]) -> dict[str, Control]:
    """Every control of a layer type's form, in order."""
    controls: dict[str, Control] = {}
    kinds = alternatives(layer)
    if len(kinds) > 1:
        options = tuple(each.kind for each in kinds)
        controls[KIND] = Control(
            "choice", say("Function"), say("What is made of the cells in a window"), options=options
        )
    if layer.window_weights:
        controls["kernel_size"] = _KERNEL_SIZE
    if layer().filters is not None:
        controls["filters"] = COUNTS[layer.filter_axis]
    if hasattr(layer, "depth_multiplier"):
        controls["depth_multiplier"] = _DEPTH_MULTIPLIER
    entries = {each.name: ENTRIES[each.name] for each in weight_fields(layer) if each.name in ENTRIES}
    return controls | entries | layer.controls()


def is_computed(layer: type[Layer], name: str) -> bool:
    """Whether a field holds numbers that training computes, but no gradient changes: they are only shown."""
    return any(each.name == name and not each.metadata["trained"] for each in weight_fields(layer))


def value_of(layer: Layer, name: str, at: int) -> Any:
    """The value of a field of the form; of one with a number for each channel, that of channel `at`."""
    value = getattr(layer, name)
    return float(value[min(at, len(value) - 1)]) if name in ENTRIES else value


def _with_kind(layer: Layer, kind: str, at: int) -> Layer:
    return LAYERS[kind](**{item.name: getattr(layer, item.name) for item in fields(layer)})


def _with_kernel_size(layer: Layer, size: tuple[int, int], at: int) -> Layer:
    return layer.with_kernel_size(*size)


def _with_entry(name: str) -> Callable[[Any, float, int], Layer]:
    def edit(layer: Any, value: float, at: int) -> Layer:
        numbers = np.array(getattr(layer, name))
        numbers[min(at, len(numbers) - 1)] = value
        return replace(layer, **{name: frozen(numbers)})

    return edit


_EDITS: dict[str, Callable[[Any, Any, int], Layer]] = {
    KIND: _with_kind,
    "kernel_size": _with_kernel_size,
    **{name: _with_entry(name) for name in ENTRIES},
}

NETWORK_EDITS: dict[str, Callable[..., Network]] = {
    "filters": building.with_filter_count,
    "depth_multiplier": building.with_depth_multiplier,
}
"""Edits in which the layers behind follow: (network, shape, layer's index, value, rng) to the network."""


def with_field(layer: Layer, name: str, value: Any, at: int = 0) -> Layer:
    """`layer` with another value in a field of its form; `at` is the channel whose number is meant."""
    edit = _EDITS.get(name)
    return edit(layer, value, at) if edit else replace(layer, **{name: value})
