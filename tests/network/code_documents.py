"""Documents whose code is written: generated networks of every kind of layer there is."""

from __future__ import annotations

from dataclasses import fields, replace
from math import prod
from typing import Any

import numpy as np
from hypothesis import strategies as st

from cnn_explorer.network.arrays import Floats, frozen
from cnn_explorer.network.code_steps import TAKES_FLAT
from cnn_explorer.network.document import Document, Image
from cnn_explorer.network.layers import LAYERS, Layer
from cnn_explorer.network.layers.controls import Control
from cnn_explorer.network.layers.layer import Shape
from cnn_explorer.network.network import Network
from tests.network.strategies import names, seeds

MOST_PADDING = 4


def field_values(control: Control) -> st.SearchStrategy[Any]:
    """Anything that a field with this control may hold; of what can be many, only a few."""
    whole = st.integers(int(control.low), int(min(control.high, MOST_PADDING)))
    words, four = st.sampled_from(control.options or ("",)), st.tuples(whole, whole, whole, whole)
    return {
        "pair": st.tuples(whole, whole),
        "choice": words,
        "padding": words | four if control.high else words,
        "sides": four,
        "number": st.floats(control.low, min(control.high, 0.9375)),
        "whole": whole,
    }[control.kind]


@st.composite
def layers_of(draw: Any, kind: str, shape: Shape) -> Layer:
    """A layer of a kind for an input of this shape, with any weights and fields; it need not fit, but mostly does."""
    cls = LAYERS[kind]
    lengths: dict[str, int] = {cls.channel_axis: shape[2]}
    rng = draw(seeds())
    values: dict[str, Any] = {}
    for each in fields(cls):
        if "axes" in each.metadata:
            values[each.name] = _weights(draw, rng, each.metadata, lengths)
        elif "control" in each.metadata:
            values[each.name] = draw(field_values(each.metadata["control"]))
    return _mended(cls(**values), shape)


def _mended(layer: Layer, shape: Shape) -> Layer:
    """The layer with the fields that are said to be at fault as usual."""
    usual = {each.name: each.default for each in fields(layer) if "control" in each.metadata}
    for _ in usual:
        field, _ = layer.problem(shape) or ("", "")
        layer = replace(layer, **{field: usual[field]}) if field in usual else layer
    return layer


def _weights(draw: Any, rng: np.random.Generator, about: Any, lengths: dict[str, int]) -> Floats:
    for axis, longest in about["axes"].items():
        if "×" in axis:  # as long as its parts multiplied
            lengths[axis] = prod(lengths[part] for part in axis.split("×"))
        elif axis not in lengths:
            lengths[axis] = draw(st.integers(1, min(longest, 4)))
    shape = tuple(lengths[axis] for axis in about["axes"])
    positive = not about["trained"] and about["initial"] > 0  # a variance
    return frozen(rng.uniform(0.5, 2, shape) if positive else rng.uniform(-1, 1, shape))


@st.composite
def images(draw: Any) -> Image:
    shape = draw(st.integers(1, 9)), draw(st.integers(1, 9)), draw(st.sampled_from((1, 3)))
    return Image(frozen(draw(seeds()).uniform(-1, 1, shape)))


@st.composite
def any_networks(draw: Any, most: int = 4) -> Document:
    """A small image and up to `most` layers of any kind that fit one another, some of them off."""
    image = draw(images())
    layers: list[Layer] = []
    shape = image.shape
    for kind in draw(st.lists(st.sampled_from(tuple(LAYERS)), max_size=most)):
        layer = replace(draw(layers_of(kind, shape)), name=draw(names), enabled=draw(st.booleans() | st.just(True)))
        if layer.problem(shape) is None:
            layers.append(layer)
            shape = layer.output_shape(shape) if layer.enabled else shape
    return Document(image, Network(tuple(layers), draw(st.booleans())))


@st.composite
def single_layers(draw: Any, kind: str) -> Document:
    """A small image, of one cell where the layer reads a row of numbers, and one layer; its window need not fit."""
    image = draw(images())
    if kind in TAKES_FLAT:
        image = Image(image.pixels.reshape(1, 1, -1))
    return Document(image, Network((draw(layers_of(kind, image.shape)),), draw(st.booleans())))
