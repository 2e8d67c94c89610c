"""Generated windows, layers, inputs and documents for hypothesis."""

from __future__ import annotations

from dataclasses import fields, replace
from math import prod
from typing import Any

import numpy as np
from hypothesis import assume
from hypothesis import strategies as st

from cnn_explorer.network.document import SOURCES, Document, Image
from cnn_explorer.network.geometry import FILLS, Axis, full_padding, same_padding
from cnn_explorer.network.layers import LAYERS, Activation, AveragePooling2D, Conv2D, Layer, MaxPooling2D
from cnn_explorer.network.layers.activation import FUNCTIONS
from cnn_explorer.network.layers.controls import Control
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


FIELD_VALUES: dict[str, Any] = {
    "pair": lambda control: pairs(whole_numbers(control)),
    "choice": lambda control: st.sampled_from(control.options),
    "padding": lambda control: paddings if control.high else st.sampled_from(control.options),
    "sides": lambda control: st.tuples(*[whole_numbers(control)] * 4),
    "number": lambda control: st.floats(control.low, control.high),
    "whole": lambda control: whole_numbers(control),
}
"""Everything that a field may hold, by the kind of its control."""


def whole_numbers(control: Control) -> st.SearchStrategy[int]:
    return st.integers(int(control.low), int(control.high))


@st.composite
def layers_of(draw: Draw, kind: str, channels: int) -> Layer:
    """A layer of a kind for an input with so many channels, with anything in its fields; its window need not fit."""
    cls = LAYERS[kind]
    lengths = {cls.channel_axis: channels}
    values: dict[str, Any] = {"name": draw(names), "enabled": draw(st.booleans())}
    for each in fields(cls):
        if "axes" in each.metadata:
            values[each.name] = _weights(draw, each.metadata, lengths)
        elif "control" in each.metadata:
            values[each.name] = draw(FIELD_VALUES[each.metadata["control"].kind](each.metadata["control"]))
    if "inputs" in {each.name for each in fields(cls)}:
        values["inputs"] = draw(st.sampled_from([count for count in range(1, 4) if channels % count == 0]))
    if kind in ("DepthwiseConv2D", "SeparableConv2D"):
        values |= _computed_depthwise(values["strides"], values["dilation_rate"])
    return cls(**values)


def _computed_depthwise(strides: tuple[int, int], dilation: tuple[int, int]) -> dict[str, Any]:
    """The nearest to these that TensorFlow computes."""
    strides = (strides[0], strides[0])
    return {"strides": strides, "dilation_rate": dilation if strides == (1, 1) else (1, 1)}


def _weights(draw: Draw, about: Any, lengths: dict[str, int]) -> np.ndarray:
    for axis, longest in about["axes"].items():
        most = min(longest, 7 if axis in ("rows", "columns") else 3)
        if axis not in lengths and "×" not in axis:
            lengths[axis] = draw(st.integers(1, most))
    shape = [prod(lengths[part] for part in axis.split("×")) for axis in about["axes"]]
    numbers = _numbers(draw, tuple(shape))
    return np.abs(numbers) if _is_variance(about) else numbers


def _is_variance(about: Any) -> bool:
    return not about["trained"] and about["initial"] > 0


def layers(channels: int) -> st.SearchStrategy[Any]:
    """A layer of any type for an input with so many channels."""
    return st.one_of([layers_of(kind, channels) for kind in LAYERS])


@st.composite
def applied(draw: Draw, kind: Any = layers, longest: int = 8) -> tuple[Any, np.ndarray]:
    """A layer and an input that it can be applied to: a map, or one row of numbers."""
    x = draw(inputs(longest))
    if kind is layers and draw(st.booleans()):
        x = x.reshape(1, 1, -1)[..., :12]
    layer = draw(kind(x.shape[2]))
    if hasattr(layer, "training"):
        layer = replace(layer, training=draw(st.booleans()))
    assume(layer.problem(x.shape) is None)
    return layer, x


def of_kind(kind: str) -> Any:
    """`applied` to one type of layer."""
    return applied(lambda channels: layers_of(kind, channels))


IN_CHAINS = tuple(kind for kind, layer in LAYERS.items() if not hasattr(layer, "inputs"))
"""Kinds of layers that are something in a network without branches, too."""

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
    inside = draw(st.lists(layers(draw(st.integers(1, 3))), max_size=4))
    classes = tuple(draw(st.lists(names, max_size=3)))
    taken = draw(st.none() | st.just(shape) | st.just((None, shape[1], shape[2])) | st.just((None, None, shape[2])))
    return Document(image, Network(tuple(inside), draw(st.booleans()), classes, input_shape=taken))
