"""Making the image on the screen one that a model takes: its size, its channels, and values from 0 to 1."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from cnn_explorer.files.fitting import Floats, fit, luminance
from cnn_explorer.network.document import Image
from cnn_explorer.network.layers.layer import Shape
from cnn_explorer.network.sentence import Sentence, say

_DRAWN = {(28, 28, 1): "28x28", (7, 7, 1): "7x7"}
"""Where an image of this shape can go on being drawn."""


@dataclass(frozen=True, eq=False)
class ModelInput:
    """The image, and how it was made: a sentence for beside it."""

    image: Image
    how: Sentence


def model_input(image: Image, shape: Shape) -> ModelInput:
    """`image` itself where it has the shape, else what can be made of it: with bars of paper beside it where the model
    wants another aspect, as brightness or three equal channels where it wants other colours, and values from 0 to 1."""
    rows, columns, channels = shape
    if image.shape == shape:
        how = say("The model takes {rows}×{columns} cells in {channels} channels: the image is as it was.",
                  rows=rows, columns=columns, channels=channels)  # fmt: skip
        return ModelInput(image, how)
    pixels = _from_0_to_1(image.pixels)
    if channels == 1:
        pixels = luminance(pixels)
    elif pixels.shape[2] == 1:
        pixels = np.repeat(pixels, channels, axis=2)
    pixels = fit(pixels, rows, columns, "padded", 1.0 if image.light else 0.0)
    source = "file" if image.light else _DRAWN.get(shape, "file")
    how = replace(_HOW[_colours(image.shape[2], channels)], values=(("rows", rows), ("columns", columns)))
    return ModelInput(Image(pixels, source, image.name, image.light), how)


_HOW = {
    "same": say("Resized to {rows}×{columns} for the model, values from 0 to 1."),
    "grey": say("Resized to {rows}×{columns} and made grey for the model, values from 0 to 1."),
    "colour": say("Resized to {rows}×{columns} in three equal channels for the model, values from 0 to 1."),
}


def _colours(has: int, wants: int) -> str:
    return "same" if has == wants else "grey" if wants == 1 else "colour"


def _from_0_to_1(pixels: Floats) -> Floats:
    """Drawn images count to 2, and matrices have values of their own; what lies within 0 and 1 stays."""
    low, high = min(0.0, float(pixels.min())), max(1.0, float(pixels.max()))
    scaled: Floats = (pixels - np.float32(low)) / np.float32(high - low)
    return scaled
