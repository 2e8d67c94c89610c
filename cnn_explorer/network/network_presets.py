"""Networks to start from: one entry of `resources/presets/networks.json` is one preset.

Their weights are drawn from a fixed seed, the same each time, until somebody trains them; or they are kernels of the
gallery, where the network is made by hand.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import Any

import numpy as np

from cnn_explorer.network.arrays import Floats, frozen
from cnn_explorer.network.banks import glorot_weights, he_weights
from cnn_explorer.network.document import Document, Image
from cnn_explorer.network.drawing import MNIST_SIDE, Stroke
from cnn_explorer.network.kernel_presets import kernel_presets, preset_entries
from cnn_explorer.network.layers import LAYERS, Conv2D, Dense, DepthwiseConv2D, Layer
from cnn_explorer.network.layers.layer import Shape
from cnn_explorer.network.network import Network
from cnn_explorer.network.sentence import Sentence

SEED = 1
Entry = Mapping[str, Any]


@dataclass(frozen=True, eq=False)
class NetworkPreset:
    """A network to start from; `does` says in a sentence what it is.

    `build` makes of the current document one with this network: with its image, where that suits the network, else with
    a drawn digit. The first time the largest takes some 30 ms; the same network is then kept.
    """

    name: Sentence
    does: Sentence
    build: Callable[[Document], Document]


@cache
def network_presets() -> tuple[NetworkPreset, ...]:
    """The networks, the handbook's first."""
    return tuple(
        NetworkPreset(Sentence(entry["name"]), Sentence(entry["does"]), partial(_document, index))
        for index, entry in enumerate(_entries())
    )


@cache
def drawn_digit() -> Image:
    """A digit drawn with the program's own brush, (28, 28, 1)."""
    entry = preset_entries("drawings.json")[0]
    stroke = Stroke(np.zeros((MNIST_SIDE, MNIST_SIDE, 1), np.float32), 1.0, entry["radius"])
    for line in entry["strokes"]:
        for start, end in zip(line, line[1:], strict=False):
            stroke.extend((start[0], start[1]), (end[0], end[1]))
    return Image(stroke.pixels(), "28x28")


@cache
def _entries() -> tuple[Entry, ...]:
    return tuple(preset_entries("networks.json"))


def _document(index: int, current: Document) -> Document:
    image = current.image if _suits(_entries()[index], current.image.shape) else drawn_digit()
    return Document(image, _network(index, image.shape))


def _suits(entry: Entry, shape: Shape) -> bool:
    """Whether a network takes an image of this shape: a certain shape, or any from a certain size on."""
    return list(shape) == entry["shape"] if "shape" in entry else bool(min(shape[:2]) >= entry["least"])


@cache
def _network(index: int, shape: Shape) -> Network:
    """The network for an image of this shape. Every layer's weights depend on its place alone, not on the others'."""
    entry, layers = _entries()[index], list[Layer]()
    classes = tuple(entry.get("classes", ()))
    for place, each in enumerate(entry["layers"]):
        layer = _layer(each, shape, WEIGHTS[entry.get("weights", "he")], np.random.default_rng((SEED, place)))
        layers.append(layer)
        shape = layer.output_shape(shape)
    return Network(tuple(layers), classes=classes)


def _layer(entry: Entry, shape: Shape, draw: Callable[..., Floats], rng: np.random.Generator) -> Layer:
    """One layer for an input of this shape; what is not about weights are its fields, spelt as in its class."""
    fields = {name: _value(value) for name, value in entry.items() if name not in _ABOUT_WEIGHTS}
    for name, make in _MAKERS.items():
        if name in entry:
            return replace(make(entry, shape, draw, rng), **fields)
    return LAYERS[entry["kind"]](**fields)


def _value(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _drawn_convolution(entry: Entry, shape: Shape, draw: Callable[..., Floats], rng: np.random.Generator) -> Conv2D:
    return _convolution(draw(entry["size"], entry["size"], shape[2], entry["filters"], rng))


def _drawn_dense(entry: Entry, shape: Shape, draw: Callable[..., Floats], rng: np.random.Generator) -> Dense:
    """As Keras draws them, whatever the convolutions have: even numbers are drawn in a fifth of the time."""
    units = entry["units"]
    return Dense(kernel=_kept(glorot_weights(1, 1, shape[2], units, rng)[0, 0]), bias=frozen(np.zeros(units)))


def _with_kernels(entry: Entry, shape: Shape, draw: Callable[..., Floats], rng: np.random.Generator) -> Layer:
    """Kernels by name, "-" for the opposite; of a depthwise layer one for every channel, else one a filter, of which
    each channel has its share."""
    kernels = np.stack([_named(name) for name in entry["kernels"]], axis=-1)[:, :, np.newaxis]
    kernels = np.repeat(kernels, shape[2], axis=2)
    if entry["kind"] == DepthwiseConv2D.kind:
        return DepthwiseConv2D(kernel=frozen(kernels), bias=frozen(np.zeros(shape[2] * kernels.shape[3])))
    return _convolution(frozen(kernels / shape[2]))


def _with_mixtures(entry: Entry, shape: Shape, draw: Callable[..., Floats], rng: np.random.Generator) -> Conv2D:
    """Filters of 1×1: for each, how much it takes of every channel."""
    return _convolution(frozen(np.array(entry["mixtures"]).T[np.newaxis, np.newaxis]))


def _convolution(kernel: Floats) -> Conv2D:
    return Conv2D(kernel=_kept(kernel), bias=frozen(np.zeros(kernel.shape[3])))


def _named(name: str) -> np.ndarray:
    weights = {preset.name.template: preset.weights for preset in kernel_presets()}
    return -weights[name[1:]] + 0.0 if name.startswith("-") else weights[name]


def _kept(weights: Floats) -> Floats:
    """Weights that were just made, read-only: a copy of three million of them would take as long as drawing them."""
    weights.flags.writeable = False
    return frozen(weights)


WEIGHTS: dict[str, Callable[..., Floats]] = {"he": he_weights, "glorot": glorot_weights}
"""How convolutions of a preset are drawn."""

_MAKERS: dict[str, Callable[..., Layer]] = {
    "filters": _drawn_convolution,
    "units": _drawn_dense,
    "kernels": _with_kernels,
    "mixtures": _with_mixtures,
}
"""What in an entry says where the weights come from."""

_ABOUT_WEIGHTS = {"kind", "size", *_MAKERS}
