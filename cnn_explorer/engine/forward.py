"""What TensorFlow makes of a document: the layers of `network`, computed with `tf.nn`.

The functions run eagerly. Measured from 7×7 to 512×512, a `tf.function` costs 0.4 ms more at each call, wins nothing
back on the large pictures (the convolution itself takes the time), and traces anew for each new stride or dilation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import tensorflow as tf

from cnn_explorer.network.arrays import Floats
from cnn_explorer.network.document import Document
from cnn_explorer.network.geometry import FILLS, Axis
from cnn_explorer.network.layers.activation import Activation
from cnn_explorer.network.layers.conv2d import Conv2D
from cnn_explorer.network.layers.layer import Shape
from cnn_explorer.network.layers.pooling2d import Pooling2D

Tensor = Any
"""A tensor (1, rows, columns, channels) of float32: TensorFlow brings no types."""


def forward(document: Document) -> Iterator[Floats]:
    """The output (rows, columns, channels) of each layer that is switched on, up to the first that can't be applied.

    The arrays are read-only views of TensorFlow's own memory.
    """
    x = tf.constant(document.image.pixels[np.newaxis])
    shapes = document.network.shapes(document.image.shape)
    for layer, shape in zip(document.network.layers, shapes[:-1], strict=False):
        if layer.enabled:
            x = KINDS[layer.kind](x, layer, shape)
            yield np.asarray(x)[0]


def _convolve(x: Tensor, layer: Conv2D, shape: Shape) -> Tensor:
    same = layer.padding == "same" and layer.fill == FILLS[0]
    padded = x if same else _pad(x, *layer.axes(shape))
    y = tf.nn.conv2d(padded, layer.kernel, layer.strides, "SAME" if same else "VALID", dilations=layer.dilation_rate)
    return tf.nn.bias_add(y, layer.bias)


def _pad(x: Tensor, rows: Axis, columns: Axis) -> Tensor:
    width = ((0, 0), (rows.before, rows.after), (columns.before, columns.after), (0, 0))
    if not any(map(any, width)):
        return x
    return tf.pad(x, width, "CONSTANT" if rows.fill == FILLS[0] else rows.fill.upper())


def _max_pool(x: Tensor, layer: Pooling2D, shape: Shape) -> Tensor:
    return tf.nn.max_pool2d(x, layer.pool_size, layer.strides, layer.padding.upper())


def _average_pool(x: Tensor, layer: Pooling2D, shape: Shape) -> Tensor:
    return tf.nn.avg_pool2d(x, layer.pool_size, layer.strides, layer.padding.upper())


def _activate(x: Tensor, layer: Activation, shape: Shape) -> Tensor:
    return FUNCTIONS[layer.activation](x, layer.negative_slope)


FUNCTIONS: dict[str, Callable[[Tensor, float], Tensor]] = {
    "linear": lambda x, slope: x,
    "relu": lambda x, slope: tf.nn.relu(x),
    "leaky_relu": lambda x, slope: tf.nn.leaky_relu(x, slope),
    "sigmoid": lambda x, slope: tf.nn.sigmoid(x),
    "tanh": lambda x, slope: tf.nn.tanh(x),
    "softmax": lambda x, slope: tf.nn.softmax(x),
}

KINDS: dict[str, Callable[[Tensor, Any, Shape], Tensor]] = {
    "Conv2D": _convolve,
    "Activation": _activate,
    "MaxPooling2D": _max_pool,
    "AveragePooling2D": _average_pool,
}
"""What computes each type of layer from (input, layer, the input's shape): a new type is one line here."""
