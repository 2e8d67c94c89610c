"""Images and kernels to start from: one entry under `resources/presets` is one preset."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from cnn_explorer.network.arrays import Floats, frozen
from cnn_explorer.network.document import Document, Image
from cnn_explorer.network.kernels import kernel_from_text
from cnn_explorer.network.layers import Activation, Conv2D, MaxPooling2D
from cnn_explorer.network.network import Network
from cnn_explorer.network.sentence import Sentence
from cnn_explorer.resources_folder import resource


@dataclass(frozen=True, eq=False)
class ImagePreset:
    """A 7×7 image to start from: `pixels` (7, 7, 1), whole numbers from 0."""

    name: Sentence
    pixels: Floats


@dataclass(frozen=True, eq=False)
class KernelPreset:
    """A kernel to start from: `weights` (rows, columns) and `bias`; `does` says in a sentence what it shows."""

    name: Sentence
    does: Sentence
    weights: Floats
    bias: float


@cache
def image_presets() -> tuple[ImagePreset, ...]:
    """The images, the handbook's first."""
    return tuple(ImagePreset(Sentence(entry["name"]), _pixels(entry["rows"])) for entry in _entries("images.json"))


@cache
def kernel_presets() -> tuple[KernelPreset, ...]:
    """The kernels, the handbook's first."""
    return tuple(
        KernelPreset(
            Sentence(entry["name"]),
            Sentence(entry["does"]),
            kernel_from_text("\n".join(entry["weights"])),
            float(entry["bias"]),
        )
        for entry in _entries("kernels.json")
    )


def texts() -> list[str]:
    """Every name and sentence of the presets, each once: they are translated where they are shown."""
    images, kernels = image_presets(), kernel_presets()
    sentences = [p.name for p in images] + [p.name for p in kernels] + [p.does for p in kernels]
    return list(dict.fromkeys(sentence.template for sentence in sentences))


def default_document() -> Document:
    """The handbook's example, as a network: its image, its convolution, ReLU, and max pooling 2×2."""
    kernel = kernel_presets()[0]
    convolution = Conv2D(kernel=frozen(kernel.weights[:, :, np.newaxis, np.newaxis]), bias=frozen([kernel.bias]))
    layers = (convolution, Activation(activation="relu"), MaxPooling2D())
    return Document(Image(image_presets()[0].pixels), Network(layers))


def _entries(name: str) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = json.loads(resource("presets", name).read_text(encoding="utf-8"))
    return entries


def _pixels(rows: list[str]) -> Floats:
    return frozen([[[int(digit)] for digit in row] for row in rows])
