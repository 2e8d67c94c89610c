"""A .keras file of which everything is known, read without Keras: in a second, where TensorFlow alone takes three.

What a layer's weights are called and how they are shaped is worked out from its plan, and the file must agree in all of
it. Where anything is not as expected there is no answer: then Keras opens the file, or says what is wrong with it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import prod
from typing import TYPE_CHECKING, Any

import h5py
import numpy as np

from cnn_explorer.engine.model_describing import described_with
from cnn_explorer.engine.model_hdf5 import UNREADABLE
from cnn_explorer.engine.model_to_layers import IDLE, KINDS, MERGING
from cnn_explorer.engine.model_weights import numbers_of, place_of_layers
from cnn_explorer.files.model_look_description import ModelDescription
from cnn_explorer.files.model_look_plan import ClassNames, LayerPlan, ModelPlan, Shape
from cnn_explorer.files.model_look_shapes import RULES
from cnn_explorer.files.model_look_size import ModelSize
from cnn_explorer.network.arrays import Floats

if TYPE_CHECKING:
    from cnn_explorer.engine.model_loading import Accepted

Arrays = dict[str, tuple[int, ...]]
"""The shapes of a layer's weights by name, in Keras's order."""
Weights = dict[str, Any]
"""Of a model: by the names of its layers their arrays, or of a model in the model its Weights."""


class _Unknown(Exception):
    """Something is not as expected."""


def read_directly(accepted: Accepted) -> ModelDescription | None:
    """The model of a .keras file that was looked at; None where Keras has to open it."""
    if accepted.whole:
        return None
    try:
        with h5py.File(accepted.copy, "r") as file:
            weights = _model(accepted.plan, accepted.size, file)
    except (_Unknown, MemoryError, *UNREADABLE):
        return None
    return described_with(accepted.plan, accepted.size, weights)


def _model(plan: ModelPlan, size: ModelSize, group: Any) -> Weights:
    folder, names, found = place_of_layers(group), ClassNames(), Weights()
    for layer in plan.layers:
        if layer.kind.startswith("ops."):
            _insist_on_known(layer, size)
            continue
        name = names.next(layer.class_name)
        if layer.model is not None:
            inner = size.nested.get(layer.name)
            if inner is None or len(layer.calls) != 1:
                raise _Unknown
            found[layer.name] = _model(layer.model, inner, folder.get(name, {}))
        else:
            found[layer.name] = _layer(layer, size, folder.get(name))
    return found


def _layer(layer: LayerPlan, size: ModelSize, group: Any) -> dict[str, Floats]:
    stored = list(numbers_of(group).values())
    if layer.kind == "InputLayer":
        wanted: Arrays = {}
    else:
        inputs = _insist_on_known(layer, size)
        _, count = RULES[layer.kind](layer.config, inputs)
        wanted = _WEIGHTS[layer.kind](layer.config, inputs[0]) if count else {}
        if sum(map(prod, wanted.values())) != count:
            raise _Unknown
    if [tuple(each.shape) for each in stored] != list(wanted.values()):
        raise _Unknown
    arrays = {name: np.asarray(values, np.float32) for name, values in zip(wanted, stored, strict=True)}
    if not all(np.isfinite(values).all() for values in arrays.values()):
        raise _Unknown
    return arrays


def _insist_on_known(layer: LayerPlan, size: ModelSize) -> list[Shape]:
    """The shapes that a layer reads. Raises _Unknown where Keras might have something to say about it."""
    config, shapes = layer.config, size.shapes.get(layer.name, [])
    if layer.kind not in _KINDS or len(layer.calls) != 1 or len(shapes) != 1 or shapes[0] is None:
        raise _Unknown
    inputs = [size.shapes[source.layer][source.call] for source in layer.calls[0].sources]
    known = [shape for shape in inputs if shape]
    strided = max(config.get("strides") or (1,)) > 1 and max(config.get("dilation_rate") or (1,)) > 1
    if len(known) < max(len(inputs), 1) or strided or config.get("dtype", "float32") != "float32":
        raise _Unknown
    if len(known) > 1 and (layer.kind not in MERGING or not _go_together(layer, known)):
        raise _Unknown
    if layer.kind == "Reshape" and _count(known[0]) != _count(shapes[0]):
        raise _Unknown
    return known


def _count(shape: Shape) -> int:
    return prod(side or 0 for side in shape)


def _go_together(layer: LayerPlan, shapes: Sequence[Shape]) -> bool:
    """Whether the maps are of one size; where they are not put side by side, a side of 1 goes with any other."""
    if len({len(shape) for shape in shapes}) > 1:
        return False
    beside = layer.kind == "Concatenate"
    if beside and layer.config.get("axis", -1) not in (-1, len(shapes[0])):
        return False
    sides = list(zip(*shapes, strict=True))[: -1 if beside else None]
    return all(len({side for side in each if side != 1 or beside}) <= 1 for each in sides)


# the weights of each kind


def _bias(config: Mapping[str, Any], count: int) -> Arrays:
    return {"bias": (count,)} if config.get("use_bias", True) else {}


def _sides(config: Mapping[str, Any]) -> tuple[int, int]:
    rows, columns = config["kernel_size"]
    return rows, columns


def _last(shape: Shape) -> int:
    return int(shape[-1] or 0)


def _convolution(config: Mapping[str, Any], shape: Shape) -> Arrays:
    channels = _last(shape) // config.get("groups", 1)
    return {"kernel": (*_sides(config), channels, config["filters"]), **_bias(config, config["filters"])}


def _depthwise(config: Mapping[str, Any], shape: Shape) -> Arrays:
    many = config.get("depth_multiplier", 1)
    return {"kernel": (*_sides(config), _last(shape), many), **_bias(config, _last(shape) * many)}


def _separable(config: Mapping[str, Any], shape: Shape) -> Arrays:
    many, filters = config.get("depth_multiplier", 1), config["filters"]
    return {
        "depthwise_kernel": (*_sides(config), _last(shape), many),
        "pointwise_kernel": (1, 1, _last(shape) * many, filters), **_bias(config, filters),
    }  # fmt: skip


def _transposed(config: Mapping[str, Any], shape: Shape) -> Arrays:
    return {"kernel": (*_sides(config), config["filters"], _last(shape)), **_bias(config, config["filters"])}


def _dense(config: Mapping[str, Any], shape: Shape) -> Arrays:
    return {"kernel": (_last(shape), config["units"]), **_bias(config, config["units"])}


def _scaled(*more: str) -> Callable[[Mapping[str, Any], Shape], Arrays]:
    def arrays(config: Mapping[str, Any], shape: Shape) -> Arrays:
        if config.get("axis", -1) not in (-1, len(shape)):
            raise _Unknown
        own = [name for name, switch in (("gamma", "scale"), ("beta", "center")) if config.get(switch, True)]
        return dict.fromkeys((*own, *more), (_last(shape),))

    return arrays


_WEIGHTS: Mapping[str, Callable[[Mapping[str, Any], Shape], Arrays]] = {
    "Conv2D": _convolution,
    "DepthwiseConv2D": _depthwise,
    "SeparableConv2D": _separable,
    "Conv2DTranspose": _transposed,
    "Dense": _dense,
    "BatchNormalization": _scaled("moving_mean", "moving_variance"),
    "LayerNormalization": _scaled(),
    "LayerScale": lambda config, shape: {"gamma": (config["projection_dim"],)},
}
_KINDS = (frozenset(KINDS) | {"LayerNormalization"}) - IDLE - {"Normalization", "Softmax"} | {"Rescaling"}
"""Kinds that are known well enough, here or to Keras."""
