"""Images, kernels and networks to start from: one entry under `resources/presets` is one preset."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np

from cnn_explorer.network.arrays import Floats, frozen
from cnn_explorer.network.document import Document, Image
from cnn_explorer.network.kernel_presets import KernelPreset, kernel_presets, preset_entries
from cnn_explorer.network.layers import Activation, Conv2D, MaxPooling2D
from cnn_explorer.network.network import Network
from cnn_explorer.network.network_presets import NetworkPreset, network_presets
from cnn_explorer.network.sentence import Sentence

__all__ = [
    "ImagePreset", "KernelPreset", "NetworkPreset", "default_document", "image_presets", "kernel_presets",
    "network_presets", "texts",
]  # fmt: skip


@dataclass(frozen=True, eq=False)
class ImagePreset:
    """A 7×7 image to start from: `pixels` (7, 7, 1), whole numbers from 0."""

    name: Sentence
    pixels: Floats


@cache
def image_presets() -> tuple[ImagePreset, ...]:
    """The images, the handbook's first."""
    return tuple(
        ImagePreset(Sentence(entry["name"]), _pixels(entry["rows"])) for entry in preset_entries("images.json")
    )


def texts() -> list[str]:
    """Every name and sentence of the presets, each once: they are translated where they are shown."""
    images, kernels, networks = image_presets(), kernel_presets(), network_presets()
    sentences = [p.name for p in images] + [p.name for p in kernels] + [p.does for p in kernels]
    sentences += [p.name for p in networks] + [p.does for p in networks]
    return list(dict.fromkeys(sentence.template for sentence in sentences))


def default_document() -> Document:
    """The handbook's example, as a network: its image, its convolution, ReLU, and max pooling 2×2."""
    kernel = kernel_presets()[0]
    convolution = Conv2D(kernel=frozen(kernel.weights[:, :, np.newaxis, np.newaxis]), bias=frozen([kernel.bias]))
    layers = (convolution, Activation(activation="relu"), MaxPooling2D())
    return Document(Image(image_presets()[0].pixels), Network(layers))


def _pixels(rows: list[str]) -> Floats:
    return frozen([[[int(digit)] for digit in row] for row in rows])
