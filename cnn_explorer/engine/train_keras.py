"""A network as a Keras model, until `model_networks` has it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import keras

from cnn_explorer.network.layers.layer import Layer, Shape
from cnn_explorer.network.layers.weights import weight_fields
from cnn_explorer.network.network import Network


def keras_model(network: Network, input_shape: Shape) -> Any:
    """The layers that are switched on as `keras.Sequential`, with their weights."""
    model = keras.Sequential([keras.Input(input_shape)])
    for layer, shape in zip(network.layers, network.shapes(input_shape)[:-1], strict=False):
        if not layer.enabled:
            continue
        for each in _KINDS[layer.kind](layer, shape):
            model.add(each)
        arrays = [getattr(layer, each.name) for each in weight_fields(layer)]
        if arrays:
            model.layers[-1].set_weights(arrays)
    return model


def _windowed(layer: Any) -> dict[str, Any]:
    return {"kernel_size": layer.kernel_size, "strides": layer.strides, "padding": layer.padding,
            "dilation_rate": getattr(layer, "dilation_rate", (1, 1))}  # fmt: skip


def _convolution(layer: Any, shape: Shape) -> list[Any]:
    if isinstance(layer.padding, str):
        return [keras.layers.Conv2D(layer.filters, **_windowed(layer))]
    rows, columns = layer.axes(shape)
    zeros = keras.layers.ZeroPadding2D(((rows.before, rows.after), (columns.before, columns.after)))
    return [zeros, keras.layers.Conv2D(layer.filters, **(_windowed(layer) | {"padding": "valid"}))]


def _activation(layer: Any, shape: Shape) -> list[Any]:
    if layer.activation == "leaky_relu":
        return [keras.layers.LeakyReLU(negative_slope=layer.negative_slope)]
    return [keras.layers.Activation(layer.activation)]


def _plain(layer: Layer, shape: Shape) -> list[Any]:
    return [getattr(keras.layers, layer.kind)()]


def _pooling(layer: Any, shape: Shape) -> list[Any]:
    return [getattr(keras.layers, layer.kind)(layer.pool_size, layer.strides, layer.padding)]


_KINDS: dict[str, Callable[[Any, Shape], list[Any]]] = {
    "Conv2D": _convolution,
    "DepthwiseConv2D": lambda layer, shape: [
        keras.layers.DepthwiseConv2D(depth_multiplier=layer.depth_multiplier, **_windowed(layer))
    ],
    "SeparableConv2D": lambda layer, shape: [
        keras.layers.SeparableConv2D(layer.filters, depth_multiplier=layer.depth_multiplier, **_windowed(layer))
    ],
    "Conv2DTranspose": lambda layer, shape: [keras.layers.Conv2DTranspose(layer.filters, **_windowed(layer))],
    "Activation": _activation,
    "MaxPooling2D": _pooling,
    "AveragePooling2D": _pooling,
    "GlobalAveragePooling2D": _plain,
    "GlobalMaxPooling2D": _plain,
    "ZeroPadding2D": lambda layer, shape: [keras.layers.ZeroPadding2D((layer.padding[:2], layer.padding[2:]))],
    "UpSampling2D": lambda layer, shape: [keras.layers.UpSampling2D(layer.size)],
    "BatchNormalization": lambda layer, shape: [keras.layers.BatchNormalization(-1, layer.momentum, layer.epsilon)],
    "Dropout": lambda layer, shape: [keras.layers.Dropout(layer.rate)],
    "Flatten": _plain,
    "Dense": lambda layer, shape: [keras.layers.Dense(layer.units)],
}
