"""Weights without a model: read from an HDF5 file in the loader's process, and matched to the network on screen.

Keras 3 keeps each layer's by its class, "conv2d", "conv2d_1"; Keras 2 in a list of the layers' own names. Both become
a ModelDescription of the kind WEIGHTS: layers with arrays and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from cnn_explorer.engine.model_from_layers import steps
from cnn_explorer.files.model_look_description import LayerDescription, ModelDescription
from cnn_explorer.files.model_look_plan import ClassNames
from cnn_explorer.files.model_look_words import Unfit, shown
from cnn_explorer.network.arrays import Floats, frozen
from cnn_explorer.network.layers.layer import Layer, Shape
from cnn_explorer.network.layers.weights import weight_fields
from cnn_explorer.network.network import Network
from cnn_explorer.network.sentence import Refused, say

BY_CLASS, BY_ORDER = "weights by class", "weights in order"
"""The kinds of description: what the layers are called by Keras 3, and by Keras 2."""
LARGEST = 200_000_000
"""Bytes of all weights. A document's layers have 40 MB each at most."""
_WHOLE, _NAMES, _OF_LAYER = "model_weights", "layer_names", "weight_names"


def stored_weights(path: str, declared: int) -> ModelDescription:
    """The weights in an HDF5 file that was looked at, and has so many bytes of them. Raises Unfit."""
    import h5py

    from cnn_explorer.engine.model_hdf5 import UNREADABLE, unreadable

    if declared > LARGEST:
        raise Unfit(say("its weights are too large for a network here: {size} MB, and the limit is {limit} MB",
                        size=declared // 10**6, limit=LARGEST // 10**6))  # fmt: skip
    try:
        with h5py.File(path, "r") as file:
            kind, layers = _layers(file)
    except UNREADABLE as error:
        raise unreadable(error) from error
    if not any(layer.weights for layer in layers):
        raise Unfit(say("there are no weights in it that belong to layers"))
    return ModelDescription(kind, kind, tuple(layers), (), (), None)


def _layers(file: Any) -> tuple[str, list[LayerDescription]]:
    from cnn_explorer.engine.model_checks import insist_on_finite_array
    from cnn_explorer.engine.model_weights import numbers_of, place_of_layers

    groups = place_of_layers(file)
    kind, found = (BY_CLASS, {name: numbers_of(groups[name]) for name in groups}) if groups else _in_order(file)
    layers = []
    for name, arrays in found.items():
        weights = {key: np.asarray(values, np.float32) for key, values in arrays.items()}
        for key, values in weights.items():
            insist_on_finite_array(values, name, key)
        layers.append(LayerDescription(name, kind, weights=weights))
    return kind, layers


def _in_order(file: Any) -> tuple[str, dict[str, dict[str, Any]]]:
    root = file.get(_WHOLE, file)
    names = [_text(name) for name in root.attrs.get(_NAMES, ())]
    found: dict[str, dict[str, Any]] = {}
    for name in names:
        if name in root:
            inside = [_text(each) for each in root[name].attrs.get(_OF_LAYER, ())]
            found[name] = {each: root[name][each] for each in inside if each in root[name]}
    return BY_ORDER, found


def _text(value: Any) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def network_with(network: Network, input_shape: Shape, stored: ModelDescription) -> Network:
    """The network with the weights of a file, which must be those of a network like it.

    Raises: Refused, naming the first layer whose weights are not in the file, or are others.
    """
    layers = list(network.layers)
    places = [(step.index, step.layer, name) for step, name in _named(network, input_shape)]
    wanted = [place for place in places if weight_fields(place[1])]
    given = [layer for layer in stored.layers if layer.weights]
    by_name = {layer.name: layer for layer in given}
    if len(given) != len(wanted):
        raise Refused(
            say("These weights are for {has} layers, and the network has {needs} with weights; open them in a network "
                "like the one they are from.", has=len(given), needs=len(wanted))
        )  # fmt: skip
    for (index, layer, name), in_order in zip(wanted, given, strict=True):
        source = by_name.get(name) if stored.kind == BY_CLASS else in_order
        layers[index] = _filled(layer, [] if source is None else list(source.weights.values()))
    return network.with_layers(layers)


def _named(network: Network, input_shape: Shape) -> Iterator[tuple[Any, str]]:
    """Each layer and what Keras 3 calls it in a file."""
    names = ClassNames()
    for step in steps(network, input_shape):
        keys = [names.next(spec.kind) for spec in step.specs]
        yield step, keys[-1]


def _filled(layer: Layer, arrays: list[Floats]) -> Layer:
    fields = weight_fields(layer)
    shapes = [getattr(layer, each.name).shape for each in fields]
    if len(arrays) == len(fields) - 1 and fields[-1].name == "bias":
        arrays = [*arrays, np.zeros(shapes[-1], np.float32)]  # it was saved without one
    if [values.shape for values in arrays] != shapes:
        raise Refused(
            say("These weights are not for layer {layer}: it needs {needs}, and the file has {has}.",
                layer=shown(layer.name or layer.label()), needs=_sizes(shapes),
                has=_sizes([values.shape for values in arrays]) or say("none"))
        )  # fmt: skip
    values: dict[str, Any] = {each.name: frozen(array) for each, array in zip(fields, arrays, strict=True)}
    return replace(layer, **values)


def _sizes(shapes: list[tuple[int, ...]]) -> str:
    return ", ".join("×".join(map(str, shape)) for shape in shapes)
