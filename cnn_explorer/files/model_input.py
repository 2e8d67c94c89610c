"""Making the image on the screen one that a model takes: its size, its channels, and values from 0 to 1."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from cnn_explorer.files.fitting import Floats, fit, luminance
from cnn_explorer.files.opened_model import prepares
from cnn_explorer.network.document import Image
from cnn_explorer.network.drawing import LARGEST_HARD_SIDE
from cnn_explorer.network.layers import Conv2D
from cnn_explorer.network.layers.layer import Shape
from cnn_explorer.network.network import Network
from cnn_explorer.network.numbers import short_text
from cnn_explorer.network.sentence import Sentence, say


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
        how = say("The model takes images of {rows}×{columns}×{channels}: the image is as it was.",
                  rows=rows, columns=columns, channels=channels)  # fmt: skip
        return ModelInput(image, how)
    pixels = _from_0_to_1(image.pixels)
    if channels == 1:
        pixels = luminance(pixels)
    elif pixels.shape[2] == 1:
        pixels = np.repeat(pixels, channels, axis=2)
    pixels = fit(pixels, rows, columns, "padded", 1.0 if image.light else 0.0)
    source = image.source if image.source in ("mnist", "file") else drawn_source(shape)
    colours = _colours(image.shape[2], channels)
    how = replace(_HOW[colours], values=(("rows", rows), ("columns", columns)))
    if image.shape[:2] == (rows, columns):
        how = _HOW_AS_LARGE[colours]
    return ModelInput(Image(pixels, source, image.name, image.light), how)


def fitted_to(network: Network, image: Image) -> tuple[Image, Sentence | None]:
    """The image, made one that the network takes where it is a model that takes no other, and how that was done."""
    if network.input_shape is None:
        return image, None
    rows, columns, channels = network.input_shape
    shape = rows or image.shape[0], columns or image.shape[1], channels
    if shape == image.shape:
        return image, None
    made = model_input(image, shape)
    return made.image, made.how


def drawn_source(shape: Shape) -> str:
    """Which of the sources that are drawn is for images of this shape: cell by cell, or with a soft brush."""
    return "7x7" if max(shape[:2]) <= LARGEST_HARD_SIDE else "28x28"


_HOW = {
    "same": say("Resized to {rows}×{columns} for the model, values from 0 to 1."),
    "grey": say("Resized to {rows}×{columns} and made grey for the model, values from 0 to 1."),
    "colour": say("Resized to {rows}×{columns} in three equal channels for the model, values from 0 to 1."),
}


_HOW_AS_LARGE = {
    "grey": say("Made grey for the model, values from 0 to 1."),
    "colour": say("Put into three equal channels for the model, values from 0 to 1."),
}


def _colours(has: int, wants: int) -> str:
    return "same" if has == wants else "grey" if wants == 1 else "colour"


def _from_0_to_1(pixels: Floats) -> Floats:
    """Drawn images count to 2, and matrices have values of their own; what lies within 0 and 1 stays."""
    low, high = min(0.0, float(pixels.min())), max(1.0, float(pixels.max()))
    scaled: Floats = (pixels - np.float32(low)) / np.float32(high - low)
    return scaled


def taken_by(network: Network) -> Sentence | None:
    """What a model makes of images before it reads them, in words; None of a network that takes any image."""
    if network.input_shape is None:
        return None
    rows, columns, channels = network.input_shape
    told = replace(_TAKEN[channels], values=(("rows", rows or "?"), ("columns", columns or "?")))
    if rows is None and columns is None:
        told = _TAKEN_OF_ANY_SIZE[channels]
    first = network.layers[0] if network.layers else None
    if first is None or not first.enabled or not isinstance(first, Conv2D) or not prepares(0, first):
        return told
    kernel = first.kernel[0, 0]
    low, high = np.minimum(kernel, 0).sum(0) + first.bias, np.maximum(kernel, 0).sum(0) + first.bias
    told = say("{told} Its first layer makes values from {low} to {high} of them.", told=told,
               low=short_text(float(low.min())), high=short_text(float(high.max())))  # fmt: skip
    return say("{told} Blue comes first, then green and red.", told=told) if kernel[0, 0] == 0 else told


_TAKEN = {
    1: say("The model takes {rows}×{columns} cells in one channel: any image is resized to that and made grey, with "
           "values from 0 to 1."),
    3: say("The model takes {rows}×{columns} cells in 3 channels: any image is resized to that, a grey one in three "
           "equal channels, with values from 0 to 1."),
}  # fmt: skip
_TAKEN_OF_ANY_SIZE = {
    1: say("The model takes images of any size in one channel: a coloured one is made grey, with values from 0 to 1."),
    3: say("The model takes images of any size in 3 channels: a grey one becomes three equal channels, with values "
           "from 0 to 1."),
}  # fmt: skip
