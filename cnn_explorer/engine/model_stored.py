"""Weights without a model: read from an HDF5 file in the loader's process, and matched to the network on screen.

Keras 3 keeps each layer's by its class, "conv2d", "conv2d_1"; Keras 2 in a list of the layers' own names. Both become
a ModelDescription of the kind WEIGHTS: layers with arrays and nothing else.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import numpy as np

from cnn_explorer.engine.model_to_layers import standardised, standardises
from cnn_explorer.files.model_look_description import LayerDescription, ModelDescription
from cnn_explorer.files.model_look_plan import class_key
from cnn_explorer.files.model_look_words import Unfit, shown
from cnn_explorer.files.opened_model import prepares
from cnn_explorer.network.arrays import Floats, frozen
from cnn_explorer.network.layers import Conv2D
from cnn_explorer.network.layers.keras_layer import KerasLayer
from cnn_explorer.network.layers.layer import Layer
from cnn_explorer.network.layers.weights import weight_fields
from cnn_explorer.network.network import Network
from cnn_explorer.network.sentence import Refused, say

BY_CLASS, BY_ORDER = "weights by class", "weights in order"
"""The kinds of description: what the layers are called by Keras 3, and by Keras 2."""
Place = tuple[int, Layer]
"""Where a layer stands in the network, and the layer."""
LARGEST = 200_000_000
"""Bytes of all weights. A document's layers have 40 MB each at most."""
_STANDARDISING, _STANDARD = "Normalization", ("mean", "variance", "count")
"""A layer of Keras that is a batch normalisation here, and its arrays."""
_NUMBER = re.compile(r"_[0-9]{1,9}$")
"""What Keras 3 puts behind the name of a class from its second layer on."""
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


def network_with(network: Network, stored: ModelDescription) -> Network:
    """The network with the weights of a file, which must be those of a network like it.

    Layers that are switched off keep theirs, and so do those that were put there to prepare the pixels, where the file
    has nothing for them. Raises: Refused, naming the first layer whose weights are not in the file, or are others.
    """
    given = [layer for layer in stored.layers if layer.weights]
    places = _places(network, len(given))
    if not places:
        raise Refused(say("The network on the screen has no layers with weights."))
    layers, sources = list(network.layers), _sources(places, given, stored.kind)
    for (index, layer), source in zip(places, sources, strict=True):
        layers[index] = _filled(layer, source)
    used = {id(source) for source in sources}
    left = next((layer for layer in given if id(layer) not in used), None)
    if left is not None:
        raise Refused(
            say("They are for {has} layers, and the network has {needs} with weights: it has none for {layer}, with "
                "{sizes}.", has=len(given), needs=len(places), layer=shown(left.name), sizes=_sizes(_shapes(left)))
        )  # fmt: skip
    return network.with_layers(layers)


def _places(network: Network, count: int) -> list[Place]:
    """The layers that take weights; of those that prepare the pixels only what a file of `count` layers may have."""
    places = [(at, each) for at, each in enumerate(network.layers) if each.enabled and _shapes_of(each)]
    for place in list(places):
        if len(places) > count and (standardises(place[1]) or prepares(place[0], place[1])):
            places.remove(place)
    return places


def _sources(places: list[Place], given: list[LayerDescription], kind: str) -> list[LayerDescription | None]:
    """For each layer what is its own in the file: by its class, by its own name where all have theirs, or in order."""
    if kind == BY_CLASS:
        return _by_class([layer for _, layer in places], given)
    by_name = {layer.name: layer for layer in given}
    if {layer.name for _, layer in places} == set(by_name):
        return [by_name[layer.name] for _, layer in places]
    return [*given, *[None] * len(places)][: len(places)]


def _by_class(layers: list[Layer], given: list[LayerDescription]) -> list[LayerDescription | None]:
    """The first layer with the first of its class, and so on. Some are of another class in Keras than here."""
    waiting: dict[str, list[LayerDescription]] = {}
    for stored in sorted(given, key=lambda each: _number(each.name)):
        waiting.setdefault(_NUMBER.sub("", stored.name), []).append(stored)
    found: list[LayerDescription | None] = []
    for layer in layers:
        queues = [waiting[name] for name in map(class_key, _classes_of(layer)) if waiting.get(name)]
        fitting = [queue for queue in queues if _fits(layer, queue[0])]
        found.append((fitting or queues)[0].pop(0) if queues else None)
    return found


def _number(name: str) -> int:
    found = _NUMBER.search(name)
    return int(found[0][1:]) if found is not None else 0


def _classes_of(layer: Layer) -> tuple[str, ...]:
    """The classes that a layer may have in Keras."""
    if isinstance(layer, KerasLayer):
        return (layer.made.kind,)
    if standardises(layer):
        return _STANDARDISING, layer.kind
    return (layer.kind, "Dense") if isinstance(layer, Conv2D) and layer.kernel_size == (1, 1) else (layer.kind,)


def _filled(layer: Layer, source: LayerDescription | None) -> Layer:
    arrays = [] if source is None else _arrays_for(layer, source)
    if not _have(arrays, _shapes_of(layer)):
        has = [] if source is None else _shapes(source)
        raise Refused(
            say("Layer {layer} needs {needs}, and the file has {has} for it.", layer=shown(layer.name or layer.label()),
                needs=_sizes(_shapes_of(layer)), has=_sizes(has) or say("nothing"))
        )  # fmt: skip
    if isinstance(layer, KerasLayer):
        return replace(layer, numbers=frozen(np.concatenate([array.ravel() for array in arrays])))
    values: dict[str, Any] = {
        each.name: frozen(array if array.shape == shape else array.reshape(shape))
        for each, array, shape in zip(weight_fields(layer), arrays, _shapes_of(layer), strict=True)
    }
    return replace(layer, **values)


def _arrays_for(layer: Layer, source: LayerDescription) -> list[Floats]:
    """The arrays of a layer in the file, as this layer has them."""
    arrays, fields = list(source.weights.values()), weight_fields(layer)
    if standardises(layer) and len(arrays) == len(_STANDARD):
        return standardised(layer, *arrays[:2])
    if len(arrays) == len(fields) - 1 and fields[-1].name == "bias":
        return [*arrays, np.zeros(_shapes_of(layer)[-1], np.float32)]  # it was saved without one
    return arrays


def _fits(layer: Layer, source: LayerDescription) -> bool:
    return _have(_arrays_for(layer, source), _shapes_of(layer))


def _have(arrays: list[Floats], shapes: list[tuple[int, ...]]) -> bool:
    return [_row(values.shape) for values in arrays] == list(map(_row, shapes))


def _shapes_of(layer: Layer) -> list[tuple[int, ...]]:
    """The shapes of the arrays that a layer has in Keras; none of one without weights."""
    if isinstance(layer, KerasLayer):
        return list(layer.made.arrays)
    return [getattr(layer, each.name).shape for each in weight_fields(layer)]


def _shapes(layer: LayerDescription) -> list[tuple[int, ...]]:
    return [values.shape for values in layer.weights.values()]


def _row(shape: tuple[int, ...]) -> tuple[int, ...]:
    """A Dense layer over a map is a convolution of one cell here."""
    return shape[2:] if len(shape) == 4 and shape[:2] == (1, 1) else shape


def _sizes(shapes: list[tuple[int, ...]]) -> str:
    return ", ".join("×".join(map(str, shape)) or "1" for shape in shapes)
