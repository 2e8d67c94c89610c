"""One file per layer type, or family of them. A new type is its file here, its row in LAYERS, its line in `engine/`."""

from cnn_explorer.network.layers.activation import Activation
from cnn_explorer.network.layers.batch_normalization import BatchNormalization
from cnn_explorer.network.layers.conv2d import Conv2D
from cnn_explorer.network.layers.conv2d_transpose import Conv2DTranspose
from cnn_explorer.network.layers.dense import Dense
from cnn_explorer.network.layers.depthwise_conv2d import DepthwiseConv2D
from cnn_explorer.network.layers.dropout import Dropout
from cnn_explorer.network.layers.global_pooling2d import GlobalAveragePooling2D, GlobalMaxPooling2D
from cnn_explorer.network.layers.keras_layer import KerasLayer
from cnn_explorer.network.layers.layer import Layer
from cnn_explorer.network.layers.merging import Add, Average, Concatenate, Maximum, Multiply, Subtract
from cnn_explorer.network.layers.pooling2d import AveragePooling2D, MaxPooling2D, Pooling2D
from cnn_explorer.network.layers.reshaping import Flatten, UpSampling2D, ZeroPadding2D
from cnn_explorer.network.layers.separable_conv2d import SeparableConv2D

_TYPES: tuple[type[Layer], ...] = (
    Conv2D,
    DepthwiseConv2D,
    SeparableConv2D,
    Conv2DTranspose,
    Activation,
    MaxPooling2D,
    AveragePooling2D,
    GlobalAveragePooling2D,
    GlobalMaxPooling2D,
    ZeroPadding2D,
    UpSampling2D,
    BatchNormalization,
    Dropout,
    Flatten,
    Dense,
    Add,
    Subtract,
    Multiply,
    Average,
    Maximum,
    Concatenate,
)

LAYERS: dict[str, type[Layer]] = {layer.kind: layer for layer in _TYPES}
"""Every layer type that is explained, by its kind, in the order in which a menu offers them."""

EVERY_LAYER: dict[str, type[Layer]] = LAYERS | {KerasLayer.kind: KerasLayer}
"""And the one that stands for all others of a model that was opened."""

__all__ = [
    "EVERY_LAYER",
    "LAYERS",
    "Activation",
    "Add",
    "Average",
    "AveragePooling2D",
    "BatchNormalization",
    "Concatenate",
    "Conv2D",
    "Conv2DTranspose",
    "Dense",
    "DepthwiseConv2D",
    "Dropout",
    "Flatten",
    "GlobalAveragePooling2D",
    "GlobalMaxPooling2D",
    "KerasLayer",
    "Layer",
    "Maximum",
    "MaxPooling2D",
    "Multiply",
    "Pooling2D",
    "SeparableConv2D",
    "Subtract",
    "UpSampling2D",
    "ZeroPadding2D",
]
