"""Scenes of networks such as Keras's own models: many layers with long names, a thousand classes, layers of Keras."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtWidgets import QApplication

from cnn_explorer.files.datasets import Digits
from cnn_explorer.network.arrays import frozen
from cnn_explorer.network.document import Document, Image
from cnn_explorer.network.layers import (
    Activation,
    BatchNormalization,
    Conv2D,
    Dense,
    DepthwiseConv2D,
    GlobalAveragePooling2D,
    KerasLayer,
)
from cnn_explorer.network.layers.keras_layer import RecipeValues, write_recipe
from cnn_explorer.network.layers.layer import Layer
from cnn_explorer.network.network import Network
from cnn_explorer.network.results import channel_limits, evaluation
from cnn_explorer.session.cursor import Cursor
from cnn_explorer.views.main_window import MainWindow

SIDE, CHANNELS, BLOCKS = 48, 16, 4
CLASSES = 1000


def _picture() -> Image:
    rows, columns = np.mgrid[0:SIDE, 0:SIDE] / SIDE
    planes = np.sin(rows * 9), np.cos(columns * 7), np.sin((rows + columns) * 11)
    return Image(np.stack(planes, -1) / 2 + 0.5, "file", "waves.png", light=True)


def _normal(rng: np.random.Generator, *shape: int) -> Any:
    return frozen(rng.normal(0, 0.35, shape))


def _ones() -> dict[str, Any]:
    ones, zeros = frozen(np.ones(CHANNELS)), frozen(np.zeros(CHANNELS))
    return {"gamma": ones, "beta": zeros, "moving_mean": zeros, "moving_variance": ones}


def _network(classes: int) -> Network:
    """Blocks as MobileNet has them, and a number for each class."""
    rng, zeros = np.random.default_rng(2), frozen(np.zeros(CHANNELS))
    layers: list[Layer] = [Conv2D(kernel=_normal(rng, 3, 3, 3, CHANNELS), bias=zeros, strides=(2, 2), name="Conv1")]
    for block in range(1, BLOCKS + 1):
        name = f"block_{block}_depthwise"
        deep = DepthwiseConv2D(kernel=_normal(rng, 3, 3, CHANNELS, 1), bias=zeros, padding="same", name=name)
        points = Conv2D(kernel=_normal(rng, 1, 1, CHANNELS, CHANNELS), bias=zeros, name=f"block_{block}_project")
        layers += [
            deep, BatchNormalization(**_ones(), name=f"{name}_BN"), Activation(activation="relu6", name=f"{name}_relu"),
            points, BatchNormalization(**_ones(), name=f"block_{block}_project_BN"),
        ]  # fmt: skip
    scores = Dense(kernel=_normal(rng, CHANNELS, classes), bias=frozen(np.zeros(classes)), name="predictions")
    last = Activation(activation="softmax", name="softmax")
    return Network((*layers, GlobalAveragePooling2D(name="global_average_pooling2d"), scores, last))


def many_layers(window: MainWindow, digits: Digits) -> None:
    document = Document(_picture(), _network(CLASSES))
    window.session.open(document, cursor=Cursor(layer=6, level="network", stepping=False))
    QApplication.processEvents()


def thousand_classes(window: MainWindow, digits: Digits) -> None:
    document = Document(_picture(), _network(CLASSES))
    last = len(document.network.layers) - 1
    window.session.open(document, cursor=Cursor(layer=last, level="network", stepping=False))
    QApplication.processEvents()


def keras_layer(window: MainWindow, digits: Digits) -> None:
    """As it is with the engine: the map of the layer is not numpy's."""
    picture, rng = _picture(), np.random.default_rng(1)
    first = Conv2D(kernel=_normal(rng, 3, 3, 3, 4), bias=frozen(np.zeros(4)), name="stage_0_pointwise_conv")
    shape = (SIDE - 2, SIDE - 2, 4)
    recipe = write_recipe(RecipeValues("LayerNormalization", {}, (shape,), shape, ((4,), (4,)), True))
    own = KerasLayer(name="stage_0_layernorm", recipe=recipe, numbers=frozen([1, 1, 1, 1, 0, 0, 0, 0]))
    document = Document(picture, Network((first, own)))
    x = first.forward(picture.pixels)
    normed = (x - x.mean(2, keepdims=True)) / x.std(2, keepdims=True)
    maps = (picture.pixels, x, normed.astype(np.float32))
    window.session.open(document, cursor=Cursor(layer=1, row=20, column=17, level="cell", stepping=False))
    window.session.show(evaluation(document, maps, tuple(map(channel_limits, maps)), "TensorFlow 2.21", 3.1))
    QApplication.processEvents()


KNOWN_SCENES = (many_layers, thousand_classes, keras_layer)
