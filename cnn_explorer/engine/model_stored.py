"""Weights without a model: read from an HDF5 file in the loader's process, and matched to the network on screen.

Keras 3 keeps each layer's by its class, "conv2d", "conv2d_1", with its own name beside it; Keras 2 in a list of the
layers' own names. A model in the model is a group with such layers for the one, and a layer with the arrays of all of
its own for the other. All become a ModelDescription of the kind WEIGHTS: layers with arrays and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from math import prod
from typing import Any

import numpy as np

from cnn_explorer.engine.model_to_layers import standardised, standardises
from cnn_explorer.files.model_look_description import LayerDescription, ModelDescription
from cnn_explorer.files.model_look_plan import class_key
from cnn_explorer.files.model_look_words import Unfit, shown
from cnn_explorer.files.opened_model import prepares
from cnn_explorer.network.arrays import Floats, frozen
from cnn_explorer.network.layers import BatchNormalization, Conv2D, DepthwiseConv2D
from cnn_explorer.network.layers.keras_layer import KerasLayer
from cnn_explorer.network.layers.layer import Layer
from cnn_explorer.network.layers.weights import weight_fields
from cnn_explorer.network.network import Network
from cnn_explorer.network.sentence import Refused, say

BY_CLASS, BY_ORDER = "weights by class", "weights in order"
"""The kinds of description: what the layers are called by Keras 3, and by Keras 2."""
Place = tuple[int, Layer]
"""Where a layer stands in the network, and the layer."""
LARGEST = 650_000_000
"""Bytes of all weights. VGG19 has 575 MB."""
_STANDARDISING, _STANDARD = "Normalization", ("mean", "variance", "count")
"""A layer of Keras that is a batch normalisation here, and its arrays."""
_NUMBER = re.compile(r"_[0-9]{1,9}$")
"""What Keras 3 puts behind the name of a class from its second layer on."""
_WHOLE, _NAMES, _OF_LAYER = "model_weights", "layer_names", "weight_names"
_OWN = "name"
"""What a layer is called in its model, where the file says it."""
_DOUBTFUL = 3
"""Arrays of a batch normalisation without a scale, or without a shift."""


def insist_on_size(declared: int) -> None:
    """Raises Unfit where a file has too many bytes of weights."""
    if declared > LARGEST:
        raise Unfit(say("its weights are too large for a network here: {size} MB, and the limit is {limit} MB",
                        size=declared // 10**6, limit=LARGEST // 10**6))  # fmt: skip


def stored_weights(path: str) -> ModelDescription:
    """The weights in an HDF5 file that was looked at. Raises Unfit."""
    import h5py

    from cnn_explorer.engine.model_hdf5 import UNREADABLE, unreadable

    try:
        with h5py.File(path, "r") as file:
            kind, layers = _layers(file)
    except UNREADABLE as error:
        raise unreadable(error) from error
    if not any(layer.weights for layer in layers):
        raise Unfit(say("there are no weights in it that belong to layers"))
    return ModelDescription(kind, kind, tuple(layers), (), (), None)


def _layers(file: Any) -> tuple[str, list[LayerDescription]]:
    from cnn_explorer.engine.model_weights import place_of_layers

    if place_of_layers(file):
        return BY_CLASS, list(_by_place(file))
    return BY_ORDER, list(_in_order(file.get(_WHOLE, file)))


def _by_place(model: Any, before: str = "") -> Iterator[LayerDescription]:
    """The layers of a model and of models in it, which are called "sequential/conv2d"."""
    from cnn_explorer.engine.model_weights import numbers_of, place_of_layers

    groups = place_of_layers(model)
    for name in sorted(groups, key=_place_of):
        if place_of_layers(groups[name]):
            yield from _by_place(groups[name], f"{before}{name}/")
        else:
            own = groups[name]["vars"].attrs.get("name", "") if "vars" in groups[name] else ""
            yield _described(before + name, BY_CLASS, numbers_of(groups[name]), _text(own))


def _place_of(name: str) -> tuple[str, int]:
    return _NUMBER.sub("", name), _number(name)


def _in_order(root: Any) -> Iterator[LayerDescription]:
    for name in [_text(name) for name in root.attrs.get(_NAMES, ())]:
        if name in root:
            inside = [_text(each) for each in root[name].attrs.get(_OF_LAYER, ())]
            parts: dict[str, dict[str, Any]] = {}
            for each in inside:
                if each in root[name]:
                    parts.setdefault(each.rpartition("/")[0], {})[each] = root[name][each]
            for part, arrays in parts.items():  # several where it is a model in the model
                own = part.rpartition("/")[2] if len(parts) > 1 else name
                yield _described(own, BY_ORDER, arrays, own)


def _described(name: str, kind: str, arrays: Mapping[str, Any], own: str) -> LayerDescription:
    from cnn_explorer.engine.model_checks import insist_on_finite_array

    weights = {key: np.asarray(values, np.float32) for key, values in arrays.items()}
    for key, values in weights.items():
        insist_on_finite_array(values, name, key)
    return LayerDescription(name, kind, {_OWN: own}, weights=weights)


def _text(value: Any) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def network_with(network: Network, stored: ModelDescription) -> Network:
    """The network with the weights of a file, which must be those of a network like it.

    Layers that are switched off keep theirs, and so do those that were put there to prepare the pixels, where the file
    has nothing for them. Raises: Refused, naming the first layer whose weights are not in the file, or are others.
    """
    given = [layer for layer in stored.layers if layer.weights]
    places = _places(network, given)
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


def _places(network: Network, given: list[LayerDescription]) -> list[Place]:
    """The layers that take weights; of those that prepare the pixels only what the file may have."""
    places = [(at, each) for at, each in enumerate(network.layers) if each.enabled and _shapes_of(each)]
    names = {layer.config.get(_OWN, "") for layer in given}
    for place in list(places):
        ours = prepares(*place) and names != {""} and place[1].name not in names
        if ours or len(places) > len(given) and (standardises(place[1]) or prepares(*place)):
            places.remove(place)
    return places


def _sources(places: list[Place], given: list[LayerDescription], kind: str) -> list[LayerDescription | None]:
    """For each layer what is its own in the file: by its own name where all have theirs, by its class, or in order."""
    by_name = {layer.config.get(_OWN, ""): layer for layer in given}
    if len(by_name) == len(given) and {layer.name for _, layer in places} == set(by_name):
        return [by_name[layer.name] for _, layer in places]
    if kind == BY_CLASS:
        return _by_class([layer for _, layer in places], given)
    return [*given, *[None] * len(places)][: len(places)]


def _by_class(layers: list[Layer], given: list[LayerDescription]) -> list[LayerDescription | None]:
    """The first layer with the first of its class, and so on. Some are of another class in Keras than here.

    The layers of a model in the model stand together: once one is found, those behind it are the rest of that model.
    """
    models: dict[str, dict[str, list[LayerDescription]]] = {}
    for stored in given:
        model, _, name = stored.name.rpartition("/")
        models.setdefault(model, {}).setdefault(_NUMBER.sub("", name), []).append(stored)
    found: list[LayerDescription | None] = []
    inside = ""
    for layer in layers:
        if not any(models.get(inside, {}).values()):
            inside = ""
        queues = _queues(layer, models, inside)
        model, queue = next(iter(queues), (inside, []))
        found.append(queue.pop(0) if queue else None)
        inside = model
    return found


Queue = tuple[str, list[LayerDescription]]
"""What is left of a class in a model ("" for the outermost)."""


def _queues(layer: Layer, models: Mapping[str, Mapping[str, list[LayerDescription]]], inside: str) -> list[Queue]:
    """Where the weights of a layer may be: those that fit it, if there are any. Raises: Refused where that is open."""
    here = [inside] if inside else _next_models(models)
    keys = list(map(class_key, _classes_of(layer)))
    queues = [(model, models[model][key]) for model in here for key in keys if models[model].get(key)]
    fitting = [each for each in queues if _fits(layer, each[1][0])]
    other = next((queue for model, queue in fitting if model != fitting[0][0]), None)
    if other is not None:
        raise Refused(
            say("The file doesn't say which of its parts is layer {layer}: {first} and {second}, a model in the model, "
                "have the same sizes.", layer=shown(layer.name or layer.label()), first=shown(fitting[0][1][0].name),
                second=shown(other[0].name))
        )  # fmt: skip
    return fitting or queues


def _next_models(models: Mapping[str, Mapping[str, list[LayerDescription]]]) -> list[str]:
    """The outermost model, and of those in it that may come next the first of each class."""
    left = [model for model, classes in models.items() if any(classes.values())]
    return list({_NUMBER.sub("", model): model for model in reversed(left)}.values())[::-1]


def _number(name: str) -> int:
    found = _NUMBER.search(name)
    return int(found[0][1:]) if found is not None else 0


def _classes_of(layer: Layer) -> tuple[str, ...]:
    """The classes that a layer may have in Keras."""
    if isinstance(layer, KerasLayer):
        return (layer.made.kind,)
    if standardises(layer):
        return _STANDARDISING, layer.kind
    if isinstance(layer, DepthwiseConv2D):
        return layer.kind, "Conv2D", "LayerScale"
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
    if isinstance(layer, BatchNormalization) and arrays:
        return _normalising(layer, source)
    if isinstance(layer, DepthwiseConv2D) and arrays:
        arrays[0] = _by_channel(arrays[0], layer.kernel.shape)
    if len(arrays) == len(fields) - 1 and fields[-1].name == "bias":
        return [*arrays, np.zeros(_shapes_of(layer)[-1], np.float32)]  # it was saved without one
    return arrays


def _by_channel(kernel: Floats, shape: tuple[int, ...]) -> Floats:
    """The kernel of a depthwise convolution that has groups in Keras, or multiplies each channel by a number there."""
    grouped = (*shape[:2], 1, shape[2] * shape[3])
    return kernel.reshape(shape) if kernel.shape in (grouped, grouped[3:]) and kernel.size == prod(shape) else kernel


def _normalising(layer: BatchNormalization, source: LayerDescription) -> list[Floats]:
    """The arrays of a batch normalisation that may have been saved without its scale, its shift or both."""
    arrays = list(source.weights.values())
    ones, zeros = np.ones_like(arrays[-1]), np.zeros_like(arrays[-1])
    if len(arrays) == _DOUBTFUL:
        shifts = _is_shift(layer, next(iter(source.weights)), arrays[0])
        return [ones, *arrays] if shifts else [arrays[0], zeros, *arrays[1:]]
    return [ones, zeros, *arrays] if len(arrays) < _DOUBTFUL else arrays


def _is_shift(layer: BatchNormalization, name: str, values: Floats) -> bool:
    """Whether an array is the shift of a batch normalisation, and not its scale: by its name, or by what is there.

    Where the network on the screen doesn't tell either: a scale begins as 1 and a shift as 0, and most stay near that.
    """
    for own, shifts in (("beta", True), ("gamma", False)):
        if own in name:
            return shifts
    scales, shifts = bool((layer.gamma != 1).any()), bool(layer.beta.any())
    return shifts if scales != shifts else float(np.median(values)) < 0.5


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
