"""For each layer of `network` the Keras layers that compute the same, of which the last has its weights.

They are written as `Spec`s, so that their number is known without making them, and made by `make`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from cnn_explorer.network.code_keras import KINDS as WRITTEN
from cnn_explorer.network.layers.layer import Layer, Shape
from cnn_explorer.network.network import Network
from cnn_explorer.network.sentence import Refused, say

JOINING = ("Add", "Subtract", "Multiply", "Average", "Maximum", "Concatenate")
"""Layers that join branches."""

_NAME = re.compile(r"[A-Za-z][\w.-]{0,80}", re.ASCII)


@dataclass(frozen=True)
class Spec:
    """A Keras layer: its class in `keras.layers` and its arguments."""

    kind: str
    arguments: dict[str, Any]


@dataclass(frozen=True)
class Step:
    """A layer of a network, by its index, and its Keras layers."""

    index: int
    layer: Layer
    specs: tuple[Spec, ...]


def steps(network: Network, input_shape: Shape) -> Iterator[Step]:
    """The Keras layers of every layer that is switched on.

    Raises: Refused where a layer can't be applied, or Keras has none like it.
    """
    problems = network.problems(input_shape)
    if problems:
        raise Refused(problems[0].sentence, problems[0].field)
    if network.sources:
        raise Refused(say("A network with branches can't become a Keras model here; copy its code instead."))
    flat, taken = False, set[str]()
    shapes = network.shapes(input_shape)
    for index, (layer, shape) in enumerate(zip(network.layers, shapes[:-1], strict=True)):
        if not layer.enabled:
            continue
        if layer.by_keras:
            raise Refused(say("{label} is a layer of Keras's own that stays as it was opened.", label=layer.label()))
        reason = WRITTEN[layer.kind].refuses(layer, shape)
        if reason:
            label = layer.name or layer.label()
            raise Refused(say("Keras has no layer for {label}: {reason}.", label=label, reason=reason))
        turned = _turned(layer, shape, flat)
        *before, last = ROWS[layer.kind](layer, shape)
        named = Spec(last.kind, last.arguments | _name_for(layer, taken))
        yield Step(index, layer, (*turned, *before, named))
        flat = layer.flat_output or ((flat or bool(turned)) and layer.kind in _SHAPELESS)


_SHAPELESS = frozenset({"Activation", "BatchNormalization", "Dropout", *JOINING})
"""Layers that take a row of numbers as well as a map."""
_FLAT = frozenset({"Dense"})


def _turned(layer: Layer, shape: Shape, flat: bool) -> tuple[Spec, ...]:
    """What makes a row of numbers of a map, or a map of a row, which are the same here and not in Keras."""
    if layer.kind in _FLAT and not flat:
        return (Spec("Flatten", {}),)
    if flat and layer.kind not in _FLAT | _SHAPELESS:
        return (Spec("Reshape", {"target_shape": shape}),)
    return ()


def _name_for(layer: Layer, taken: set[str]) -> dict[str, str]:
    """The layer's own name, where Keras can have it."""
    if not _NAME.fullmatch(layer.name) or layer.name in taken:
        return {}
    taken.add(layer.name)
    return {"name": layer.name}


def make(spec: Spec) -> Any:
    """The Keras layer. Runs where TensorFlow is."""
    import keras

    return getattr(keras.layers, spec.kind)(**spec.arguments)


# the rows


def _windowed(layer: Any, **others: Any) -> dict[str, Any]:
    return {
        "kernel_size": layer.kernel_size, "strides": layer.strides, "padding": layer.padding,
        "dilation_rate": getattr(layer, "dilation_rate", (1, 1)), **others,
    }  # fmt: skip


def _convolution(layer: Any, shape: Shape) -> list[Spec]:
    if layer.padding in ("valid", "same"):
        return [Spec("Conv2D", _windowed(layer, filters=layer.filters))]
    rows, columns = layer.axes(shape)
    sides = ((rows.before, rows.after), (columns.before, columns.after))
    convolution = Spec("Conv2D", _windowed(layer, filters=layer.filters) | {"padding": "valid"})
    return [Spec("ZeroPadding2D", {"padding": sides}), convolution]


def _depthwise(layer: Any, shape: Shape) -> list[Spec]:
    return [Spec(layer.kind, _windowed(layer, depth_multiplier=layer.depth_multiplier))]


def _separable(layer: Any, shape: Shape) -> list[Spec]:
    return [Spec(layer.kind, _windowed(layer, filters=layer.filters, depth_multiplier=layer.depth_multiplier))]


def _transposed(layer: Any, shape: Shape) -> list[Spec]:
    return [Spec(layer.kind, _windowed(layer, filters=layer.filters))]


def _activation(layer: Any, shape: Shape) -> list[Spec]:
    if layer.activation == "leaky_relu":
        return [Spec("LeakyReLU", {"negative_slope": layer.negative_slope})]
    return [Spec(layer.kind, {"activation": layer.activation})]


def _of_fields(*names: str) -> Callable[[Any, Shape], list[Spec]]:
    """A layer whose arguments are fields of ours."""
    return lambda layer, shape: [Spec(layer.kind, {name: getattr(layer, name) for name in names})]


def _zeros(layer: Any, shape: Shape) -> list[Spec]:
    return [Spec(layer.kind, {"padding": (layer.padding[:2], layer.padding[2:])})]


def _of_one_map(layer: Any, shape: Shape) -> list[Spec]:
    """In a chain there is nothing to join, and Keras's layers refuse that."""
    return [Spec("Identity", {})]


_POOLING = _of_fields("pool_size", "strides", "padding")

ROWS: dict[str, Callable[[Any, Shape], list[Spec]]] = {
    "Conv2D": _convolution,
    "DepthwiseConv2D": _depthwise,
    "SeparableConv2D": _separable,
    "Conv2DTranspose": _transposed,
    "Activation": _activation,
    "MaxPooling2D": _POOLING,
    "AveragePooling2D": _POOLING,
    "GlobalAveragePooling2D": _of_fields(),
    "GlobalMaxPooling2D": _of_fields(),
    "ZeroPadding2D": _zeros,
    "UpSampling2D": _of_fields("size"),
    "BatchNormalization": _of_fields("momentum", "epsilon"),
    "Dropout": _of_fields("rate", "seed"),
    "Flatten": _of_fields(),
    "Dense": _of_fields("units"),
    **dict.fromkeys(JOINING, _of_one_map),
}
"""The Keras layers for (layer, the input's shape): a new kind is one line here."""
