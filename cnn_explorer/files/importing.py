"""From a picture or a matrix to the input image: kept as it was read, so that it can be fitted anew."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cnn_explorer.files.arrays import Matrix
from cnn_explorer.files.fitting import Floats, Size, fit, luminance, own_size
from cnn_explorer.files.images import Picture
from cnn_explorer.network.arrays import frozen
from cnn_explorer.network.document import LARGEST_SIDE, Image
from cnn_explorer.network.layers.layer import Shape
from cnn_explorer.network.sentence import Sentence

OWN_SIZE = 0
"""The `side` of Choices that stands for the file's own size."""
SIDES = (7, 14, 28, 64, 128, 256, 512)
MOST_MADE = 40
MOST_ORIGINALS = 3
MOST_AT_ONCE = 1_000_000
"""Numbers of a picture that are fitted within a frame; more are better left to a thread."""


@dataclass(frozen=True)
class Choices:
    """How an original is made an image: `side` cells square (1 to 512, or OWN_SIZE), fitted as one of fitting.FITS.

    `scaled` brings a matrix to 0 to 1; `inverted` then swaps the ends of the range of values. With `colour`,
    red, green and blue stay three channels where there are any; without, they become one, their brightness.
    """

    side: int = 128
    how: str = "padded"
    inverted: bool = False
    scaled: bool = False
    colour: bool = True


@dataclass(frozen=True, eq=False)
class Original:
    """What was read: `pixels` (rows, columns, 1 or 3), read-only, and the least and greatest of its values.

    A picture's values are light, 0 to 1. A matrix has values of its own; `white` is what its numbers most likely count
    to (255), None where nothing suggests it.
    """

    pixels: Floats
    name: str
    light: bool
    value_range: tuple[float, float]
    white: float | None = None
    note: Sentence | None = None

    @property
    def size(self) -> Size:
        """(rows, columns)."""
        return self.pixels.shape[0], self.pixels.shape[1]

    @property
    def coloured(self) -> bool:
        """Whether it has red, green and blue."""
        return bool(self.pixels.shape[2] == 3)

    @property
    def scalable(self) -> bool:
        """Whether it has values that could be brought to 0 to 1."""
        return not self.light and (self.value_range[0] < 0 or self.value_range[1] > 1)

    def first_choices(self, last: Choices, model: Shape | None = None) -> Choices:
        """What to begin with: pictures as the last one was chosen, matrices as they are where they are small enough.

        A model (by the shape that it takes) wants values from 0 to 1.
        """
        if self.light:
            return Choices(last.side, last.how, last.inverted, colour=last.colour)
        return Choices(OWN_SIZE, last.how, scaled=model is not None and self.scalable)


def original_of(opened: Picture | Matrix) -> Original:
    """What was read. Three planes that are the same, as some files of grey pictures have them, count as one."""
    pixels = _without_copies(opened.pixels)
    value_range = (float(pixels.min()), float(pixels.max()))
    if isinstance(opened, Picture):
        return Original(pixels, opened.name, True, value_range, note=opened.note)
    return Original(pixels, opened.name, False, value_range, opened.suggested_white, opened.note)


def original_of_image(image: Image) -> Original:
    """An image of a document whose file is not at hand stands for itself."""
    pixels = image.pixels
    return Original(pixels, image.name, image.light, (float(pixels.min()), float(pixels.max())))


def _without_copies(pixels: Floats) -> Floats:
    same = pixels.shape[2] > 1 and all(np.array_equal(pixels[..., 0], pixels[..., k]) for k in (1, 2))
    return frozen(pixels[..., :1] if same else pixels)


def size_of(original: Original, choices: Choices, model: Shape | None = None) -> Size:
    """(rows, columns) of the image that `image_of` makes."""
    if model is not None:
        return model[:2]
    if choices.side == OWN_SIZE:
        return own_size(*original.size, LARGEST_SIDE)
    return choices.side, choices.side


def channels_of(original: Original, choices: Choices, model: Shape | None = None) -> int:
    """How many channels the image has that `image_of` makes."""
    if model is not None:
        return model[2]
    return 3 if original.coloured and choices.colour else 1


def image_of(original: Original, choices: Choices, model: Shape | None = None) -> Image:
    """The input image: pictures on white paper, matrices on zeros. `model` is the shape of one that takes no other."""
    low, high = original.value_range
    by_range = choices.scaled and original.white is None
    paper = 1.0 if original.light else low if by_range else 0.0
    pixels = original.pixels if choices.colour and (model or (0, 0, 3))[2] == 3 else luminance(original.pixels)
    pixels = fit(pixels, *size_of(original, choices, model), choices.how, paper)
    if pixels.shape[2] < channels_of(original, choices, model):
        pixels = np.repeat(pixels, 3, axis=2)
    if choices.scaled:
        offset, width = (low, high - low) if by_range else (0.0, original.white or 1.0)
        pixels = (pixels - offset) / (width or 1.0)
    if choices.inverted:
        pixels = (1.0 if original.light or choices.scaled else low + high) - pixels
    return Image(pixels, "file", original.name, original.light)


@dataclass(frozen=True, eq=False)
class Made:
    """An image of the document, and what it was made of."""

    image: Image
    original: Original
    choices: Choices


def made_of(original: Original, choices: Choices, model: Shape | None = None) -> Made:
    """The input image of an original, with where it comes from."""
    return Made(image_of(original, choices, model), original, choices)


class MadeImages:
    """What the latest images were made of, so that what undo brings back can be fitted anew."""

    def __init__(self) -> None:
        self._made: list[Made] = []

    def add(self, made: Made) -> None:
        """Remember it. Of the originals, which may be large, only the newest few are kept."""
        newest: list[Original] = []
        for each in (made, *reversed(self._made)):
            if not any(each.original is original for original in newest):
                newest.append(each.original)
        kept = newest[:MOST_ORIGINALS]
        self._made = [each for each in self._made[-MOST_MADE:] if any(each.original is original for original in kept)]
        self._made.append(made)

    def of(self, image: Image) -> Made:
        """What this very image was made of; one that is not known stands for itself."""
        found = next((each for each in reversed(self._made) if each.image is image), None)
        return found or Made(image, original_of_image(image), Choices(OWN_SIZE))
