"""Networks with branches: a residual block, an inception-like concatenation, squeeze-and-excitation, generated ones."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import strategies as st

from cnn_explorer.network.arrays import frozen
from cnn_explorer.network.document import Document, Image
from cnn_explorer.network.layers import (
    Activation,
    Add,
    Average,
    AveragePooling2D,
    BatchNormalization,
    Concatenate,
    Conv2D,
    Dense,
    Flatten,
    GlobalAveragePooling2D,
    Layer,
    Maximum,
    MaxPooling2D,
    Multiply,
    Subtract,
    UpSampling2D,
)
from cnn_explorer.network.layers.layer import Shape
from cnn_explorer.network.network import Network

Sources = tuple[tuple[int, ...], ...]
JOINING: tuple[type[Layer], ...] = (Add, Multiply, Average, Maximum, Subtract, Concatenate)


def random_image(*shape: int, seed: int = 1) -> Image:
    return Image(frozen(np.random.default_rng(seed).uniform(-1, 1, shape).round(3)))


def conv(size: int, channels: int, filters: int, seed: int = 0, **fields: Any) -> Conv2D:
    rng = np.random.default_rng((seed, size, channels, filters))
    kernel = rng.normal(size=(size, size, channels, filters)) / max(1.0, (size * size * channels) ** 0.5)
    return Conv2D(kernel=frozen(kernel), bias=frozen(rng.uniform(-0.5, 0.5, filters)), **{"padding": "same", **fields})


def residual() -> Document:
    """conv – ReLU – conv, added to what went in, and ReLU: the basic block of He et al. (2015)."""
    layers = (conv(1, 1, 4), conv(3, 4, 4, 1), Activation(), conv(3, 4, 4, 2), Add(name="sum"), Activation())
    return Document(random_image(9, 8, 1), Network(layers, sources=((0,), (1,), (2,), (3,), (1, 4), (5,))))


def inception() -> Document:
    """A pooling and two convolutions side by side, as Szegedy et al. (2014) have them, read by a 1×1 convolution."""
    layers = (
        conv(1, 3, 2), conv(3, 3, 3), conv(5, 2, 1, 1), MaxPooling2D(pool_size=(3, 3), strides=(1, 1), padding="same"),
        Concatenate(), conv(1, 9, 2, 2),
    )  # fmt: skip
    return Document(random_image(7, 7, 3), Network(layers, sources=((0,), (0,), (1,), (0,), (1, 2, 3, 4), (5,))))


def excitation() -> Document:
    """Squeeze-and-excitation (Hu et al. 2017): every channel times a number made of the means of all."""
    layers = (
        conv(3, 1, 4), GlobalAveragePooling2D(), conv(1, 4, 2, 1), Activation(), conv(1, 2, 4, 2),
        Activation(activation="sigmoid"), Multiply(), AveragePooling2D(),
    )  # fmt: skip
    sources = ((0,), (1,), (2,), (3,), (4,), (5,), (1, 6), (7,))
    return Document(random_image(8, 8, 1), Network(layers, sources=sources))


def downsampling() -> Document:
    """A residual block with stride 2 and a convolution in the shortcut, then classes."""
    rng = np.random.default_rng(3)
    layers = (
        conv(3, 1, 2, strides=(2, 2)), BatchNormalization.new((4, 4, 2), rng), conv(1, 1, 2, 1, strides=(2, 2)),
        Add(), Flatten(), Dense(kernel=frozen(rng.normal(size=(32, 3))), bias=frozen(np.zeros(3))),
    )  # fmt: skip
    return Document(random_image(8, 8, 1), Network(layers, sources=((0,), (1,), (0,), (2, 3), (4,), (5,))))


EXAMPLES = {each.__name__: each for each in (residual, inception, excitation, downsampling)}


@st.composite
def graphs(draw: Any, most: int = 7) -> Document:
    """A small image and layers that read any maps before them, several of them where they go together."""
    shape = draw(st.integers(2, 6)), draw(st.integers(2, 6)), draw(st.sampled_from((1, 3)))
    layers: list[Layer] = []
    sources: list[tuple[int, ...]] = []
    shapes: list[Shape] = [shape]
    for _ in range(draw(st.integers(2, most))):
        layer, read, output = draw(_steps(shapes))
        layers.append(layer)
        sources.append(read)
        shapes.append(output)
    image = random_image(*shape, seed=draw(st.integers(0, 99)))
    return Document(image, Network(tuple(layers), draw(st.booleans()), sources=tuple(sources)))


@st.composite
def _steps(draw: Any, shapes: list[Shape]) -> tuple[Layer, tuple[int, ...], Shape]:
    """A layer, what it reads, and the shape of its output."""
    first = draw(st.integers(0, len(shapes) - 1))
    shape = shapes[first]
    joining = draw(st.sampled_from((None, None, *JOINING)))
    if joining is None:
        layer = draw(_plain_layers(shape))
        return layer, (first,), layer.output_shape(shape)
    fitting = [index for index, each in enumerate(shapes) if _fits(joining, shape, each)]
    others = draw(st.lists(st.sampled_from(fitting), min_size=1, max_size=1 if joining is Subtract else 2))
    read = (first, *others)
    sides = max(shapes[index][:2] for index in read)
    counts = [shapes[index][2] for index in read]
    channels = sum(counts) if joining is Concatenate else max(counts)
    return joining(), read, (*sides, channels)  # type: ignore[return-value]


def _fits(joining: type[Layer], shape: Shape, other: Shape) -> bool:
    """Whether maps of these shapes go together: sizes alike or one cell, and channels alike or one."""
    alike = not joining.alike or shape[2] == other[2]
    return alike and (shape[:2] == other[:2] or other[:2] == (1, 1))


@st.composite
def _plain_layers(draw: Any, shape: Shape) -> Layer:
    seed = draw(st.integers(0, 99))
    choices = [
        conv(draw(st.sampled_from((1, 3))), shape[2], draw(st.integers(1, 3)), seed),
        Activation(activation=draw(st.sampled_from(("relu", "tanh", "sigmoid")))),
        BatchNormalization.new(shape, np.random.default_rng(seed)),
        GlobalAveragePooling2D(),
    ]
    if shape[:2] == (1, 1):
        kernel = np.random.default_rng(seed).normal(size=(shape[2], 2))
        choices.append(Dense(kernel=frozen(kernel), bias=frozen(np.zeros(2))))
    if min(shape[:2]) > 1:
        choices.append(MaxPooling2D())
    if max(shape[:2]) < 7:
        choices.append(UpSampling2D())
    return draw(st.sampled_from(choices))
