"""What a network lacks to tell classes apart, added: weights that fit, Flatten, Dense with an output for each class."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from cnn_explorer.network.document import Document
from cnn_explorer.network.layers import Activation, Dense, Flatten
from cnn_explorer.network.layers.layer import Layer, Shape
from cnn_explorer.network.network import Network
from cnn_explorer.network.network_presets import drawn_digit
from cnn_explorer.network.training import problems

LEAST_SIDE = 12
"""Rows and columns of an image on which a digit can be told."""


def completed(document: Document, classes: int, rng: np.random.Generator) -> Document | None:
    """The document with a network that can learn to tell so many classes apart, and with a digit of 28×28 in place of
    an image that is too small for that; None where it takes more than this.

    Raises: Refused where a layer would get too many weights.
    """
    image = document.image if min(document.image.shape[:2]) >= LEAST_SIDE else drawn_digit()
    network = _completed(document.network.fitted(image.shape, rng), image.shape, classes, rng)
    return None if network is None else Document(image, network)


def _completed(network: Network, shape: Shape, classes: int, rng: np.random.Generator) -> Network | None:
    if network.sources or network.problems(shape):
        return None
    if network.shapes(shape)[-1][:2] != (1, 1):
        network = network.with_layers((*network.layers, Flatten()))
    if problems(network, shape, classes):
        network = network.with_layers(_with_outputs(network, shape, classes, rng))
    return None if problems(network, shape, classes) else network


def _with_outputs(network: Network, shape: Shape, classes: int, rng: np.random.Generator) -> list[Layer]:
    """The layers, the last Dense with an output for each class, and with softmax as the activation behind it.

    Where the network does not end in Dense, or in Dense and an activation, both are added.
    """
    layers: list[Any] = list(network.layers)
    on = [index for index, layer in enumerate(layers) if layer.enabled]
    squashes = bool(on) and isinstance(layers[on[-1]], Activation)
    dense = on[-2:-1] if squashes else on[-1:]
    if not dense or not isinstance(layers[dense[0]], Dense):
        made = Dense.new(network.shapes(shape)[-1], rng).with_filters(classes, rng)
        return [*layers, made, Activation(activation="softmax")]
    layers[dense[0]] = layers[dense[0]].with_filters(classes, rng)
    if squashes:
        layers[on[-1]] = replace(layers[on[-1]], activation="softmax")
    return layers
