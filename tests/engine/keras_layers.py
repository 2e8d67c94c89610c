"""Keras's layer for each of ours, with its weights: the oracle of the tests. Knows nothing of code.py."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np


def by_keras(keras: Any, layer: Any, x: np.ndarray) -> np.ndarray:
    """What Keras's layer makes of `x` (rows, columns, channels): (rows, columns, channels), (1, 1, n) for a row."""
    if hasattr(layer, "inputs"):
        return joined_by_keras(keras, layer, x)
    make, weights = KERAS[layer.kind]
    theirs = make(keras.layers, layer)
    batch = x.reshape(1, -1) if layer.kind == "Dense" else x[np.newaxis]
    theirs.build(batch.shape)
    if weights:
        theirs.set_weights([getattr(layer, name) for name in weights])
    out = np.asarray(theirs(batch, training=True) if getattr(layer, "training", False) else theirs(batch))[0]
    return out.reshape(1, 1, -1) if layer.flat_output else out


def joined_by_keras(keras: Any, layer: Any, x: np.ndarray) -> np.ndarray:
    """What Keras's layer makes of the maps that stand side by side in `x`; of one that of a single map is itself."""
    maps = [part[np.newaxis] for part in np.split(x, layer.inputs, 2)]
    theirs = KERAS[layer.kind][0](keras.layers, layer)
    pair = maps[:2] if layer.kind == "Subtract" else maps  # Keras has it of two
    out = theirs(pair) if len(maps) > 1 else maps[0]
    for further in maps[len(pair) :]:
        out = out - further
    return np.asarray(out)[0]


def _activation(layers: Any, layer: Any) -> Any:
    return layers.LeakyReLU(layer.negative_slope) if layer.activation == "leaky_relu" else layers.Activation(
        layer.activation
    )  # fmt: skip


def _windowed(layer: Any) -> dict[str, Any]:
    return {
        "kernel_size": layer.kernel_size, "strides": layer.strides, "padding": layer.padding,
        "dilation_rate": getattr(layer, "dilation_rate", (1, 1)),
    }  # fmt: skip


def _pooling(name: str) -> Callable[[Any, Any], Any]:
    return lambda layers, layer: getattr(layers, name)(layer.pool_size, layer.strides, layer.padding)


def _plain(name: str) -> Callable[[Any, Any], Any]:
    return lambda layers, layer: getattr(layers, name)()


KERAS: dict[str, tuple[Callable[[Any, Any], Any], tuple[str, ...]]] = {
    "Conv2D": (lambda layers, layer: layers.Conv2D(layer.filters, **_windowed(layer)), ("kernel", "bias")),
    "DepthwiseConv2D": (
        lambda layers, layer: layers.DepthwiseConv2D(depth_multiplier=layer.depth_multiplier, **_windowed(layer)),
        ("kernel", "bias"),
    ),
    "SeparableConv2D": (
        lambda layers, layer: layers.SeparableConv2D(
            layer.filters, depth_multiplier=layer.depth_multiplier, **_windowed(layer)
        ),
        ("depthwise_kernel", "pointwise_kernel", "bias"),
    ),
    "Conv2DTranspose": (
        lambda layers, layer: layers.Conv2DTranspose(layer.filters, **_windowed(layer)),
        ("kernel", "bias"),
    ),
    "Activation": (_activation, ()),
    "MaxPooling2D": (_pooling("MaxPooling2D"), ()),
    "AveragePooling2D": (_pooling("AveragePooling2D"), ()),
    "GlobalAveragePooling2D": (_plain("GlobalAveragePooling2D"), ()),
    "GlobalMaxPooling2D": (_plain("GlobalMaxPooling2D"), ()),
    "ZeroPadding2D": (lambda layers, layer: layers.ZeroPadding2D((layer.padding[:2], layer.padding[2:])), ()),
    "UpSampling2D": (lambda layers, layer: layers.UpSampling2D(layer.size), ()),
    "BatchNormalization": (
        lambda layers, layer: layers.BatchNormalization(momentum=layer.momentum, epsilon=layer.epsilon),
        ("gamma", "beta", "moving_mean", "moving_variance"),
    ),
    "Dropout": (lambda layers, layer: layers.Dropout(layer.rate, seed=layer.seed), ()),
    "Flatten": (_plain("Flatten"), ()),
    "Dense": (lambda layers, layer: layers.Dense(layer.units), ("kernel", "bias")),
    "Add": (_plain("Add"), ()),
    "Subtract": (_plain("Subtract"), ()),
    "Multiply": (_plain("Multiply"), ()),
    "Average": (_plain("Average"), ()),
    "Maximum": (_plain("Maximum"), ()),
    "Concatenate": (_plain("Concatenate"), ()),
}
"""How Keras's layer is made from (keras.layers, our layer), and the fields with its weights in Keras's order."""
