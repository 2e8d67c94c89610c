"""For each of Keras's layers the layers of `network` that compute the same: one row of KINDS for each.

A row takes the description and whether the input is a row of numbers (`flat`), and gives the layers, none where the
layer changes nothing. It raises Unfit where there is no equivalent.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, TypeGuard

import numpy as np

from cnn_explorer.files.model_look_description import LayerDescription
from cnn_explorer.files.model_look_words import Unfit, shown
from cnn_explorer.network.arrays import Floats, frozen
from cnn_explorer.network.layers import (
    LAYERS,
    Activation,
    BatchNormalization,
    Conv2D,
    Conv2DTranspose,
    Dense,
    DepthwiseConv2D,
    Dropout,
    Flatten,
    Layer,
    SeparableConv2D,
    UpSampling2D,
    ZeroPadding2D,
)
from cnn_explorer.network.layers.activation import FUNCTIONS
from cnn_explorer.network.sentence import Sentence, say

Row = Callable[[LayerDescription, bool], list[Layer]]
_REGULAR_SLOPE = 0.2
"""Of the function leaky_relu; the layer LeakyReLU has another."""
_LAYER_SLOPE = 0.3
_GREATEST = 6
"""Of a ReLU that ends there, as small networks have it."""
_OTHER_NAMES = {"swish": "silu"}
_LEAST_EPSILON = 1e-6
"""Of a batch normalisation here."""


def _no_equivalent(layer: LayerDescription, reason: Sentence) -> Unfit:
    return Unfit(say("layer {layer} has no equivalent: {reason}", layer=shown(layer.name), reason=reason), layer.name)


def _insist(layer: LayerDescription, **only: Any) -> None:
    """Raises Unfit where a field, if it is there, is anything but the one value that is known here."""
    for name, value in only.items():
        if layer.config.get(name, value) != value:
            raise _no_equivalent(layer, say("{field} is {value}", field=name, value=shown(layer.config[name])))


def _array(layer: LayerDescription, name: str, shape: tuple[int, ...], otherwise: float = 0.0) -> Floats:
    """Weights by name; the same number everywhere where the layer has none of that name, as without a bias."""
    found = layer.weights.get(name)
    return frozen(np.full(shape, otherwise) if found is None else found)


def _with_activation(layer: LayerDescription, ours: Layer) -> list[Layer]:
    """A layer and, where its Keras layer applies a function too, that function as a layer of its own."""
    value = layer.config.get("activation", "linear")
    if value == "linear":
        return [ours]
    if isinstance(value, dict):
        inner = LayerDescription(layer.name, value["class_name"], value["config"])
        return [ours, *(replace(each, name="") for each in KINDS.get(inner.kind, _unknown)(inner, False))]
    return [ours, _function(layer, value)]


def _function(layer: LayerDescription, name: str) -> Activation:
    name = _OTHER_NAMES.get(name, name)
    if name not in FUNCTIONS:
        raise _no_equivalent(layer, say("its activation is {value}", value=shown(name)))
    return Activation(activation=name, negative_slope=_REGULAR_SLOPE)


def _pair(config: Mapping[str, Any], name: str, otherwise: Any) -> Any:
    return tuple(config.get(name, otherwise))


def _window(layer: LayerDescription, *names: str) -> dict[str, Any]:
    found = {name: _pair(layer.config, name, (1, 1)) for name in names}
    return {"name": layer.name, "padding": layer.config.get("padding", "valid"), **found}


def _convolution(layer: LayerDescription, flat: bool) -> list[Layer]:
    kernel = layer.weights["kernel"]
    if layer.config.get("groups", 1) != 1 and kernel.shape[2] == 1:
        return _channel_by_channel(layer, kernel)
    _insist(layer, groups=1)
    ours = Conv2D(
        kernel=frozen(kernel),
        bias=_array(layer, "bias", kernel.shape[3:]),
        **_window(layer, "strides", "dilation_rate"),
    )
    return _with_activation(layer, ours)


def _channel_by_channel(layer: LayerDescription, kernel: Floats) -> list[Layer]:
    """A convolution with a group for each channel: a depthwise one, whose kernels stand in another order."""
    deep = kernel.reshape(*kernel.shape[:2], layer.config["groups"], -1)
    ours = DepthwiseConv2D(
        kernel=frozen(deep), bias=_array(layer, "bias", kernel.shape[3:]), **_window(layer, "strides", "dilation_rate")
    )
    return _with_activation(layer, ours)


def _layer_scale(layer: LayerDescription, flat: bool) -> list[Layer]:
    """Every channel times a number."""
    gamma = next(iter(layer.weights.values()))
    return [DepthwiseConv2D(name=layer.name, kernel=frozen(gamma.reshape(1, 1, -1, 1)), bias=frozen(0 * gamma))]


def _depthwise(layer: LayerDescription, flat: bool) -> list[Layer]:
    kernel = layer.weights["kernel"]
    bias = _array(layer, "bias", (kernel.shape[2] * kernel.shape[3],))
    ours = DepthwiseConv2D(kernel=frozen(kernel), bias=bias, **_window(layer, "strides", "dilation_rate"))
    return _with_activation(layer, ours)


def _separable(layer: LayerDescription, flat: bool) -> list[Layer]:
    deep, points = layer.weights["depthwise_kernel"], layer.weights["pointwise_kernel"]
    ours = SeparableConv2D(
        depthwise_kernel=frozen(deep), pointwise_kernel=frozen(points), bias=_array(layer, "bias", points.shape[3:]),
        **_window(layer, "strides", "dilation_rate"),
    )  # fmt: skip
    return _with_activation(layer, ours)


def _transposed(layer: LayerDescription, flat: bool) -> list[Layer]:
    _insist(layer, dilation_rate=[1, 1], output_padding=None)
    kernel = layer.weights["kernel"]
    ours = Conv2DTranspose(
        kernel=frozen(kernel), bias=_array(layer, "bias", kernel.shape[2:3]), **_window(layer, "strides")
    )
    return _with_activation(layer, ours)


def _dense(layer: LayerDescription, flat: bool) -> list[Layer]:
    """Over a map, Keras's Dense multiplies the channels of each place: a convolution with a window of one cell."""
    kernel = layer.weights["kernel"]
    bias = _array(layer, "bias", kernel.shape[1:])
    if flat:
        return _with_activation(layer, Dense(name=layer.name, kernel=frozen(kernel), bias=bias))
    return _with_activation(layer, Conv2D(name=layer.name, kernel=frozen(kernel[np.newaxis, np.newaxis]), bias=bias))


def _activation(layer: LayerDescription, flat: bool) -> list[Layer]:
    empty = Activation(name=layer.name, activation="linear")
    functions = _with_activation(layer, empty)[1:]
    return [replace(functions[0], name=layer.name)] if functions else [empty]


def _relu(layer: LayerDescription, flat: bool) -> list[Layer]:
    slope = layer.config.get("negative_slope", 0.0)
    if layer.config.get("max_value") == _GREATEST and not slope:
        _insist(layer, threshold=0.0)
        return [Activation(name=layer.name, activation="relu6")]
    _insist(layer, max_value=None, threshold=0.0)
    if not slope:
        return [Activation(name=layer.name, activation="relu")]
    return [Activation(name=layer.name, activation="leaky_relu", negative_slope=float(slope))]


def _leaky_relu(layer: LayerDescription, flat: bool) -> list[Layer]:
    slope = float(layer.config.get("negative_slope", _LAYER_SLOPE))
    return [Activation(name=layer.name, activation="leaky_relu", negative_slope=slope)]


def _softmax(layer: LayerDescription, flat: bool) -> list[Layer]:
    if layer.config.get("axis", -1) not in (-1, 1 if flat else 3):
        raise _no_equivalent(layer, say("{field} is {value}", field="axis", value=shown(layer.config["axis"])))
    return [Activation(name=layer.name, activation="softmax")]


def _pooling(layer: LayerDescription, flat: bool) -> list[Layer]:
    size = _pair(layer.config, "pool_size", (2, 2))
    fields = {"pool_size": size, "strides": _pair(layer.config, "strides", size)}
    made: Any = LAYERS[layer.kind]
    return [made(name=layer.name, padding=layer.config.get("padding", "valid"), **fields)]


def _plain(layer: LayerDescription, flat: bool) -> list[Layer]:
    return [LAYERS[layer.kind](name=layer.name)]


def _zeros(layer: LayerDescription, flat: bool) -> list[Layer]:
    (top, bottom), (left, right) = layer.config.get("padding", [[1, 1], [1, 1]])
    return [ZeroPadding2D(name=layer.name, padding=(top, bottom, left, right))]


def _up_sampling(layer: LayerDescription, flat: bool) -> list[Layer]:
    _insist(layer, interpolation="nearest")
    return [UpSampling2D(name=layer.name, size=_pair(layer.config, "size", (2, 2)))]


def _normalisation(layer: LayerDescription, flat: bool) -> list[Layer]:
    if layer.config.get("axis", -1) not in (-1, 1 if flat else 3):
        raise _no_equivalent(layer, say("{field} is {value}", field="axis", value=shown(layer.config["axis"])))
    shape = layer.weights["moving_mean"].shape
    return [
        BatchNormalization(
            name=layer.name, gamma=_array(layer, "gamma", shape, 1.0), beta=_array(layer, "beta", shape),
            moving_mean=_array(layer, "moving_mean", shape), moving_variance=_array(layer, "moving_variance", shape),
            epsilon=float(layer.config.get("epsilon", 1e-3)), momentum=float(layer.config.get("momentum", 0.99)),
        )
    ]  # fmt: skip


def _standardising(layer: LayerDescription, flat: bool) -> list[Layer]:
    """(x - mean) / √variance: a batch normalisation that learns nothing. Its numbers are weights or fields."""
    _insist(layer, invert=False)
    if layer.config.get("axis", -1) not in (-1, [-1], 1 if flat else 3, [1 if flat else 3]):
        raise _no_equivalent(layer, say("{field} is {value}", field="axis", value=shown(layer.config["axis"])))
    found = [layer.weights.get(name, layer.config.get(name)) for name in ("mean", "variance")]
    if any(values is None for values in found):
        raise _no_equivalent(layer, say("it has no mean and no variance"))
    mean, variance = (frozen(np.asarray(values, np.float32).reshape(-1)) for values in found)
    ones, zeros = frozen(np.ones(mean.shape)), frozen(np.zeros(mean.shape))
    return [
        BatchNormalization(
            name=layer.name, gamma=ones, beta=zeros, moving_mean=mean, moving_variance=_less(variance),
            epsilon=_LEAST_EPSILON,
        )
    ]  # fmt: skip


def _less(variance: Floats) -> Floats:
    """The layer adds its epsilon again."""
    return frozen(np.maximum(variance - np.float32(_LEAST_EPSILON), 0))


def standardises(layer: Layer) -> TypeGuard[BatchNormalization]:
    """Whether a layer was a Normalization of Keras."""
    if not isinstance(layer, BatchNormalization) or layer.epsilon != _LEAST_EPSILON:
        return False
    return not layer.beta.any() and bool((layer.gamma == 1).all())


def standardised(layer: BatchNormalization, mean: Floats, variance: Floats) -> list[Floats]:
    """The arrays of such a layer, for another mean and another variance."""
    return [layer.gamma, layer.beta, mean.reshape(-1), _less(variance.reshape(-1))]


def _dropout(layer: LayerDescription, flat: bool) -> list[Layer]:
    if is_idle(layer):
        return []
    return [Dropout(name=layer.name, rate=float(layer.config["rate"]))]


def _flatten(layer: LayerDescription, flat: bool) -> list[Layer]:
    return [] if flat else [Flatten(name=layer.name)]


def _reshape(layer: LayerDescription, flat: bool) -> list[Layer]:
    """Only one row of numbers, or the map (1, 1, n) of it, which is the same here."""
    target = layer.config["target_shape"]
    if len(target) == 1:
        return _flatten(layer, flat)
    if len(target) == 3 and target[:2] == [1, 1] and flat:
        return []
    raise _no_equivalent(layer, say("it puts the numbers into {shape}", shape=shown(target)))


def _concatenated(layer: LayerDescription, flat: bool) -> list[Layer]:
    if layer.config.get("axis", -1) not in (-1, 1 if flat else 3):
        raise _no_equivalent(layer, say("{field} is {value}", field="axis", value=shown(layer.config["axis"])))
    return _plain(layer, flat)


def _operation(layer: LayerDescription, flat: bool) -> list[Layer]:
    """What was written x + y; x + 1 has no equivalent."""
    if len(layer.reads) < len(layer.calls[0]):
        raise _no_equivalent(layer, say("it calculates with a number"))
    return [LAYERS[layer.kind.removeprefix("ops.")](name=layer.name)]


def _nothing(layer: LayerDescription, flat: bool) -> list[Layer]:
    return []


def _unknown(layer: LayerDescription, flat: bool) -> list[Layer]:
    raise _no_equivalent(layer, say("there is no layer of the kind {kind} here", kind=shown(layer.kind)))


IDLE = frozenset({
    "Identity", "ActivityRegularization", "AlphaDropout", "GaussianDropout", "GaussianNoise", "SpatialDropout2D",
    "RandomFlip", "RandomRotation", "RandomZoom", "RandomTranslation", "RandomContrast", "RandomBrightness",
})  # fmt: skip
"""Layers that hand their input on unless the model is trained."""

MERGING: Mapping[str, Row] = {
    **dict.fromkeys(("Add", "Subtract", "Multiply", "Average", "Maximum"), _plain),
    **dict.fromkeys(("ops.Add", "ops.Subtract", "ops.Multiply", "ops.Maximum"), _operation),
    "Concatenate": _concatenated,
}
"""Layers that make one of several maps."""


def is_idle(layer: LayerDescription) -> bool:
    """Whether a layer works in training only, and is left out here: a Dropout too that drops whole branches."""
    return layer.kind in IDLE or (layer.kind == "Dropout" and layer.config.get("noise_shape") is not None)


KINDS: Mapping[str, Row] = {
    **MERGING,
    "Conv2D": _convolution,
    "DepthwiseConv2D": _depthwise,
    "SeparableConv2D": _separable,
    "LayerScale": _layer_scale,
    "Conv2DTranspose": _transposed,
    "Dense": _dense,
    "Activation": _activation,
    "ReLU": _relu,
    "LeakyReLU": _leaky_relu,
    "Softmax": _softmax,
    "MaxPooling2D": _pooling,
    "AveragePooling2D": _pooling,
    "GlobalAveragePooling2D": _plain,
    "GlobalMaxPooling2D": _plain,
    "ZeroPadding2D": _zeros,
    "UpSampling2D": _up_sampling,
    "BatchNormalization": _normalisation,
    "Normalization": _standardising,
    "Dropout": _dropout,
    "Flatten": _flatten,
    "Reshape": _reshape,
    **dict.fromkeys(IDLE, _nothing),
}


def layers_for(layer: LayerDescription, flat: bool) -> list[Layer]:
    """Ours for one of Keras's. Raises Unfit, naming the layer, where there are none."""
    return KINDS.get(layer.kind, _unknown)(layer, flat)
