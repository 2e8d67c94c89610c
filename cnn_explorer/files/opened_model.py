"""A model that was opened, as what the window can use: a network, and what it wants done with its input's pixels."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from cnn_explorer.network.arrays import Floats, frozen
from cnn_explorer.network.layers import Conv2D
from cnn_explorer.network.layers.layer import Layer, Shape
from cnn_explorer.network.network import Network

DIGITS = tuple("0123456789")
DIGIT_SHAPE: Shape = (28, 28, 1)


@dataclass(frozen=True)
class ModelFile:
    """A file or folder that says it is a model, not yet looked at: that takes a process of its own."""

    name: str
    path: str


@dataclass(frozen=True, eq=False)
class OpenedModel:
    """A model as a network for images of `input_shape` with pixels from 0 to 1.

    `prepared` says that the network's first layer was put there to bring such pixels to what the model expects.
    `left_out` names layers that do something in training only, and have no equivalent here.
    """

    network: Network
    input_shape: Shape
    prepared: bool = False
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class StoredWeights:
    """Weights without a model. `into` gives a network with them, or raises Refused where it is not one like theirs."""

    into: Callable[[Network], Network]


def _plain(scale: float, offset: float) -> tuple[Floats, Floats]:
    """(3, 3) and (3,): each colour times `scale` plus `offset`."""
    return frozen(np.eye(3) * scale), frozen(np.full(3, offset))


_IMAGENET_MEAN, _IMAGENET_DEVIATION = np.array([0.485, 0.456, 0.406]), np.array([0.229, 0.224, 0.225])
_CAFFE_MEAN = np.array([103.939, 116.779, 123.68])
"""Of blue, green and red, for values from 0 to 255."""

PREPARATIONS: Mapping[str, tuple[Floats, Floats]] = {
    "0 to 255": _plain(255, 0),
    "-1 to 1": _plain(2, -1),
    "imagenet": (frozen(np.diag(1 / _IMAGENET_DEVIATION)), frozen(-_IMAGENET_MEAN / _IMAGENET_DEVIATION)),
    "caffe": (frozen(np.eye(3)[:, ::-1] * 255), frozen(-_CAFFE_MEAN)),
}
"""Pixels from 0 to 1 as what models of `keras.applications` expect: (3, 3) colours in and out, and (3,) what is added.

The numbers are those of `keras.applications.imagenet_utils.preprocess_input`.
"""


PREPARING = "pixels"
"""The name of the layer that brings pixels from 0 to 1 to what a model expects."""


def prepares(index: int, layer: Layer) -> bool:
    """Whether the layer of a network at this index is one that `preparing_layer` has made."""
    return index == 0 and isinstance(layer, Conv2D) and layer.name == PREPARING and layer.kernel.shape[:2] == (1, 1)


def preparing_layer(colours: Floats, added: Floats, channels: int, name: str) -> Conv2D:
    """A convolution of one cell that does it, so that it can be seen, read and switched off like any other layer."""
    kernel = colours[:channels, :channels] if channels == 3 else colours.diagonal().mean().reshape(1, 1)
    bias = added if channels == 3 else added.mean().reshape(1)
    return Conv2D(kernel=frozen(kernel[np.newaxis, np.newaxis]), bias=frozen(bias), name=name)


def scaling_layer(scale: float, offset: float, channels: int, name: str) -> Conv2D | None:
    """A layer for pixels times `scale` plus `offset`; None where that changes nothing."""
    return None if (scale, offset) == (1.0, 0.0) else preparing_layer(*_plain(scale, offset), channels, name)


def classes_for(input_shape: Shape, count: int | None) -> tuple[str, ...]:
    """Names for a model's classes, where they can be guessed: ten for pictures like MNIST's are the digits."""
    return DIGITS if input_shape == DIGIT_SHAPE and count == len(DIGITS) else ()
