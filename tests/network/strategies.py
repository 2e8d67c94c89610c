"""Generated windows, layers, inputs and documents for hypothesis."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import strategies as st

from cnn_explorer.network.document import SOURCES, Document, Image
from cnn_explorer.network.geometry import FILLS, Axis, full_padding, same_padding
from cnn_explorer.network.layers import Activation, AveragePooling2D, Conv2D, MaxPooling2D
from cnn_explorer.network.layers.activation import FUNCTIONS
from cnn_explorer.network.network import Network

Draw = Any
steps = st.integers(1, 4)
kernel_sides = st.integers(1, 7)
names = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), max_size=12)


def pairs(part: st.SearchStrategy[int]) -> st.SearchStrategy[tuple[int, int]]:
    return st.tuples(part, part)


@st.composite
def axes(draw: Draw) -> Axis:
    """Any window along an axis of 1 to 16 cells, with every padding and fill; it need not fit."""
    size, kernel = draw(st.integers(1, 16)), draw(kernel_sides)
    stride, dilation = draw(steps), draw(steps)
    padding = draw(st.sampled_from(("valid", "same", "full", "explicit")))
    if padding == "explicit":
        before, after = draw(pairs(st.integers(0, 16)))
    elif padding == "valid":
        before, after = 0, 0
    else:
        same = same_padding(size, kernel, stride, dilation)
        before, after = same if padding == "same" else full_padding(kernel, dilation)
    return Axis(size, kernel, stride, dilation, before, after, draw(st.sampled_from(FILLS)))


def seeds() -> st.SearchStrategy[np.random.Generator]:
    """A source of numbers: hypothesis shrinks the shapes, the values only have to differ."""
    return st.integers(0, 2**32 - 1).map(np.random.default_rng)


@st.composite
def inputs(draw: Draw, longest: int = 16) -> np.ndarray:
    """An input (rows, columns, channels) of whole or of broken numbers."""
    rows, columns, channels = draw(st.integers(1, longest)), draw(st.integers(1, longest)), draw(st.integers(1, 3))
    return _numbers(draw, (rows, columns, channels))


def _numbers(draw: Draw, shape: tuple[int, ...]) -> np.ndarray:
    rng = draw(seeds())
    whole = draw(st.booleans())
    return (rng.integers(-2, 3, shape) if whole else rng.normal(size=shape)).astype(np.float32)


paddings = st.sampled_from(("valid", "same", "full")) | st.tuples(*[st.integers(0, 16)] * 4)


@st.composite
def convolutions(draw: Draw, channels: int) -> Conv2D:
    """A convolution for an input with so many channels; its window need not fit."""
    filters = draw(st.integers(1, 3))
    kernel = _numbers(draw, (*draw(pairs(kernel_sides)), channels, filters))
    return Conv2D(
        draw(names), draw(st.booleans()), kernel, _numbers(draw, (filters,)),
        draw(pairs(steps)), draw(pairs(steps)), draw(paddings), draw(st.sampled_from(FILLS)),
    )  # fmt: skip


@st.composite
def poolings(draw: Draw) -> MaxPooling2D | AveragePooling2D:
    kind = draw(st.sampled_from((MaxPooling2D, AveragePooling2D)))
    return kind(
        draw(names),
        draw(st.booleans()),
        draw(pairs(steps)),
        draw(pairs(steps)),
        draw(st.sampled_from(("valid", "same"))),
    )


activations = st.builds(
    Activation, names, st.booleans(), st.sampled_from(tuple(FUNCTIONS)), st.floats(0, 1, allow_nan=False)
)


def layers(channels: int) -> st.SearchStrategy[Any]:
    """A layer of any type for an input with so many channels."""
    return convolutions(channels) | poolings() | activations


float32s = st.floats(-1e9, 1e9, width=32, allow_nan=False)


@st.composite
def arrays(draw: Draw, shape: tuple[int, ...]) -> np.ndarray:
    """An array of any float32 up to a thousand million in size: the first few chosen by hypothesis."""
    array = _numbers(draw, shape)
    chosen = draw(st.lists(float32s, max_size=5))[: array.size]
    array.flat[: len(chosen)] = chosen
    return array


@st.composite
def documents(draw: Draw) -> Document:
    """A document that can be saved; its layers need not fit one another."""
    sides = st.integers(1, 12) | st.just(40)
    shape = draw(sides), draw(sides), draw(st.sampled_from((1, 3)))
    image = Image(draw(arrays(shape)), draw(st.sampled_from(SOURCES)), draw(names), draw(st.booleans()))
    return Document(image, Network(tuple(draw(st.lists(layers(draw(st.integers(1, 3))), max_size=4)))))
