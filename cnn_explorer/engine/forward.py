"""What TensorFlow makes of a document: the layers of `network`, computed with `tf.nn`.

The functions take numpy arrays or tensors as weights, and run eagerly as well as in a `tf.function`: see `computer`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import numpy as np
import tensorflow as tf

from cnn_explorer.engine import keras_layer
from cnn_explorer.network.arrays import Floats
from cnn_explorer.network.document import Document
from cnn_explorer.network.geometry import FILLS, Axis
from cnn_explorer.network.layer_input import Sources, sources_at
from cnn_explorer.network.layers import (
    Activation,
    BatchNormalization,
    Conv2D,
    Conv2DTranspose,
    Dense,
    DepthwiseConv2D,
    Dropout,
    Pooling2D,
    SeparableConv2D,
    UpSampling2D,
    ZeroPadding2D,
)
from cnn_explorer.network.layers.layer import Layer, Shape
from cnn_explorer.network.layers.merging import Merging

Tensor = Any
"""A tensor (images, rows, columns, channels) of float32, mostly of one image: TensorFlow brings no types."""


def forward(document: Document) -> Iterator[Floats]:
    """The output (rows, columns, channels) of each layer that is switched on, up to the first that can't be applied.

    The arrays are read-only views of TensorFlow's own memory.
    """
    x = tf.constant(document.image.pixels[np.newaxis])
    steps = document.network.steps(document.image.shape)
    sources = tuple(step.sources for step in steps)
    for y in outputs(x, [(step.layer, step.shape) for step in steps], sources):
        yield np.asarray(y)[0]


def outputs(
    x: Tensor,
    steps: Iterable[tuple[Layer, Shape]],
    sources: Sources = (),
    changes: Mapping[int, Callable[[Tensor], Tensor]] | None = None,
) -> Iterator[Tensor]:
    """What each layer makes of the output of the one before it, and the first of `x`.

    The steps are layers with the shapes of their inputs. In a network with branches `sources` are the outputs that each
    reads, as `Network.steps` has them: 0 is `x`, i + 1 the output of step i. `x` may hold several images, (images,
    rows, columns, channels); while they train, BatchNormalization and Dropout see them as one batch. `changes` makes
    something else of some outputs, counted as the sources are, before anybody reads them. Raises whatever TensorFlow
    raises where a layer can't be applied.
    """
    steps = list(steps)
    last = {source: at for at in range(len(steps)) for source in sources_at(sources, at)}
    made = {0: x}
    for at, (layer, shape) in enumerate(steps):
        read = [made[source] for source in sources_at(sources, at)]
        y = KINDS[layer.kind](_joined(read, layer, shape), layer, shape)
        made[at + 1] = y = changes[at + 1](y) if changes and at + 1 in changes else y
        for place in [place for place in made if last.get(place, at) <= at]:
            del made[place]  # nobody reads it again: of many images it would fill the memory
        yield y


def _joined(read: list[Tensor], layer: Layer, shape: Shape) -> Tensor:
    """What a layer reads as one tensor: channels side by side, those of single cells everywhere."""
    if len(read) == 1:
        return read[0]
    each = shape[2] // len(read)  # channels of each, where they have to be alike
    spread = [
        tf.broadcast_to(part, (part.shape[0], *shape[:2], each if layer.alike else part.shape[3])) for part in read
    ]
    return tf.concat(spread, 3)


def _convolve(x: Tensor, layer: Conv2D, shape: Shape) -> Tensor:
    same = layer.padding == "same" and layer.fill == FILLS[0]
    padded = x if same else _pad(x, *layer.axes(shape))
    y = tf.nn.conv2d(padded, layer.kernel, layer.strides, "SAME" if same else "VALID", dilations=layer.dilation_rate)
    return tf.nn.bias_add(y, layer.bias)


def _convolve_depthwise(x: Tensor, layer: DepthwiseConv2D, shape: Shape) -> Tensor:
    return tf.nn.bias_add(_depthwise(x, layer, layer.kernel), layer.bias)


def _convolve_separably(x: Tensor, layer: SeparableConv2D, shape: Shape) -> Tensor:
    deep = _depthwise(x, layer, layer.depthwise_kernel)
    return tf.nn.bias_add(tf.nn.conv2d(deep, layer.pointwise_kernel, 1, "VALID"), layer.bias)


def _depthwise(x: Tensor, layer: DepthwiseConv2D | SeparableConv2D, kernel: Floats) -> Tensor:
    strides = (1, *layer.strides, 1)
    return tf.nn.depthwise_conv2d(x, kernel, strides, layer.padding.upper(), dilations=layer.dilation_rate)


def _convolve_transposed(x: Tensor, layer: Conv2DTranspose, shape: Shape) -> Tensor:
    output = (x.shape[0], *layer.output_shape(shape))
    y = tf.nn.conv2d_transpose(x, layer.kernel, output, layer.strides, layer.padding.upper())
    return tf.nn.bias_add(y, layer.bias)


def _multiply(x: Tensor, layer: Dense, shape: Shape) -> Tensor:
    y = tf.nn.bias_add(tf.matmul(x[:, 0, 0], layer.kernel), layer.bias)
    return y[:, tf.newaxis, tf.newaxis]


def _pad(x: Tensor, rows: Axis, columns: Axis) -> Tensor:
    width = ((0, 0), (rows.before, rows.after), (columns.before, columns.after), (0, 0))
    if not any(map(any, width)):
        return x
    return tf.pad(x, width, "CONSTANT" if rows.fill == FILLS[0] else rows.fill.upper())


def _max_pool(x: Tensor, layer: Pooling2D, shape: Shape) -> Tensor:
    return tf.nn.max_pool2d(x, layer.pool_size, layer.strides, layer.padding.upper())


def _average_pool(x: Tensor, layer: Pooling2D, shape: Shape) -> Tensor:
    return tf.nn.avg_pool2d(x, layer.pool_size, layer.strides, layer.padding.upper())


def _pool_averages(x: Tensor, layer: Layer, shape: Shape) -> Tensor:
    return tf.reduce_mean(x, (1, 2), keepdims=True)


def _pool_maxima(x: Tensor, layer: Layer, shape: Shape) -> Tensor:
    return tf.reduce_max(x, (1, 2), keepdims=True)


def _pad_with_zeros(x: Tensor, layer: ZeroPadding2D, shape: Shape) -> Tensor:
    return _pad(x, *layer.axes(shape))


def _repeat(x: Tensor, layer: UpSampling2D, shape: Shape) -> Tensor:
    return tf.repeat(tf.repeat(x, layer.size[0], 1), layer.size[1], 2)


def _flatten(x: Tensor, layer: Layer, shape: Shape) -> Tensor:
    return tf.reshape(x, (x.shape[0], 1, 1, -1))


def _normalise(x: Tensor, layer: BatchNormalization, shape: Shape) -> Tensor:
    moving = layer.moving_mean, layer.moving_variance
    mean, variance = tf.nn.moments(x, (0, 1, 2)) if layer.training else moving
    return tf.nn.batch_normalization(x, mean, variance, layer.beta, layer.gamma, layer.epsilon)


def _drop(x: Tensor, layer: Dropout, shape: Shape) -> Tensor:
    if not layer.training:
        return x
    return tf.where(layer.mask(shape), x * tf.constant(layer.kept_scale, tf.float32), 0.0)


def _apart(x: Tensor, layer: Merging) -> list[Tensor]:
    """The maps that stand side by side in `x`."""
    return list(tf.split(x, layer.inputs, 3))


def _add(x: Tensor, layer: Merging, shape: Shape) -> Tensor:
    return tf.add_n(_apart(x, layer))


def _subtract(x: Tensor, layer: Merging, shape: Shape) -> Tensor:
    first, *others = _apart(x, layer)
    return first - tf.add_n(others) if others else first


def _over_maps(reduce: Callable[..., Tensor]) -> Callable[[Tensor, Any, Shape], Tensor]:
    return lambda x, layer, shape: reduce(tf.stack(_apart(x, layer)), 0)


def _activate(x: Tensor, layer: Activation, shape: Shape) -> Tensor:
    return FUNCTIONS[layer.activation](x, layer.negative_slope)


FUNCTIONS: dict[str, Callable[[Tensor, float], Tensor]] = {
    "linear": lambda x, slope: x,
    "relu": lambda x, slope: tf.nn.relu(x),
    "leaky_relu": lambda x, slope: tf.nn.leaky_relu(x, slope),
    "relu6": lambda x, slope: tf.nn.relu6(x),
    "silu": lambda x, slope: tf.nn.silu(x),
    "gelu": lambda x, slope: tf.nn.gelu(x),
    "sigmoid": lambda x, slope: tf.nn.sigmoid(x),
    "tanh": lambda x, slope: tf.nn.tanh(x),
    "softmax": lambda x, slope: tf.nn.softmax(x),
}

KINDS: dict[str, Callable[[Tensor, Any, Shape], Tensor]] = {
    "Conv2D": _convolve,
    "DepthwiseConv2D": _convolve_depthwise,
    "SeparableConv2D": _convolve_separably,
    "Conv2DTranspose": _convolve_transposed,
    "Activation": _activate,
    "MaxPooling2D": _max_pool,
    "AveragePooling2D": _average_pool,
    "GlobalAveragePooling2D": _pool_averages,
    "GlobalMaxPooling2D": _pool_maxima,
    "ZeroPadding2D": _pad_with_zeros,
    "UpSampling2D": _repeat,
    "BatchNormalization": _normalise,
    "Dropout": _drop,
    "Flatten": _flatten,
    "Dense": _multiply,
    "Add": _add,
    "Subtract": _subtract,
    "Multiply": _over_maps(tf.reduce_prod),
    "Average": _over_maps(tf.reduce_mean),
    "Maximum": _over_maps(tf.reduce_max),
    "Concatenate": lambda x, layer, shape: x,
    "KerasLayer": keras_layer.compute,
}
"""What computes each type of layer from (input, layer, the input's shape): a new type is one line here."""
