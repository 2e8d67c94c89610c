"""One file per layer type. A new type is a file here, its row in LAYERS, and its line in `engine/`."""

from cnn_explorer.network.layers.activation import Activation
from cnn_explorer.network.layers.conv2d import Conv2D
from cnn_explorer.network.layers.layer import Layer
from cnn_explorer.network.layers.pooling2d import AveragePooling2D, MaxPooling2D, Pooling2D

LAYERS: dict[str, type[Layer]] = {layer.kind: layer for layer in (Conv2D, Activation, MaxPooling2D, AveragePooling2D)}

__all__ = ["LAYERS", "Activation", "AveragePooling2D", "Conv2D", "Layer", "MaxPooling2D", "Pooling2D"]
