"""What a data set of handwritten digits is, from whichever files it was read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from cnn_explorer.files.opening import AnyPath, damaged, display_name, quoted
from cnn_explorer.network.document import Image
from cnn_explorer.network.sentence import Refused, Sentence, say

Split = Literal["all", "train", "test"]
SIDE = 28
CLASSES = 10
# MNIST has 70,000 and so have the sets made in its shape; 100,000 images are 78 MB.
MOST_IMAGES = 100_000


@dataclass(frozen=True, eq=False)
class Digits:
    """Images of 28 × 28 pixels and what they show; the training images come first.

    `images` is uint8 (N, 28, 28), read-only, 0 background to 255 ink. `labels` is uint8 (N,) of 0 to 9, or None if the
    files have none. An index below `train_count` is a training image. `kind` is "dataset" (.npz) or "idx".
    """

    images: NDArray[np.uint8]
    labels: NDArray[np.uint8] | None
    train_count: int
    name: str
    kind: str
    note: Sentence | None = None

    def matching(self, digit: int | None = None, split: Split = "all") -> NDArray[np.intp]:
        """The indices, ascending, of the images that show `digit` (None: any) in a split. Empty without labels."""
        start = self.train_count if split == "test" else 0
        stop = self.train_count if split == "train" else len(self.images)
        if digit is None:
            return np.arange(start, stop, dtype=np.intp)
        if self.labels is None:
            return np.zeros(0, np.intp)
        return np.flatnonzero(self.labels[start:stop] == digit) + start


def digit_image(digits: Digits, index: int, channels: int = 1) -> Image:
    """A digit as an input image: (28, 28, channels), 0 paper to 1 ink, the same on every channel."""
    pixels = digits.images[index].astype(np.float32) / np.float32(255)
    return Image(np.repeat(pixels[:, :, np.newaxis], channels, 2), "mnist", f"MNIST {index}")


def insist_on_images(path: AnyPath, shape: tuple[int, ...], field: str) -> None:
    """Raises: Refused unless `shape` is (N, 28, 28) with 1 to 100,000 images. Judged before the pixels are read."""
    if len(shape) != 3 or shape[1:] != (SIDE, SIDE) or shape[0] == 0:
        raise Refused(
            say(
                "{file}: {field} has the shape {shape}; it needs images of {side} × {side} pixels.",
                file=display_name(path),
                field=field,
                shape=quoted(str(shape), 40),
                side=SIDE,
            ),
            field,
        )
    if shape[0] > MOST_IMAGES:
        raise Refused(
            say(
                "{file} is too large: {field} has {count} images, and the limit is {limit}.",
                file=display_name(path),
                field=field,
                count=shape[0],
                limit=MOST_IMAGES,
            ),
            field,
        )


def insist_on_equal_counts(path: AnyPath, images: tuple[str, int], labels: tuple[str, int]) -> None:
    """`images` and `labels` are each a field and its count. Raises: Refused if the counts differ."""
    if images[1] != labels[1]:
        raise Refused(
            say(
                "{file}: {images} has {image_count} images, but {labels} has {label_count} labels; "
                "the two don't belong together.",
                file=display_name(path),
                images=images[0],
                image_count=images[1],
                labels=labels[0],
                label_count=labels[1],
            ),
            labels[0],
        )


def checked_labels(path: AnyPath, labels: NDArray[Any], field: str) -> NDArray[np.uint8]:
    """`labels`, whole numbers of any type, as uint8. Raises: Refused at the first that is not 0 to 9."""
    wrong = (labels < 0) | (labels >= CLASSES)
    if wrong.any():
        index = int(np.argmax(wrong))
        raise Refused(
            say(
                "{file}: label {index} of {field} is {value}; labels must be 0 to 9.",
                file=display_name(path),
                index=index,
                field=field,
                value=int(labels[index]),
            ),
            field,
        )
    return labels.astype(np.uint8)


def fill(path: AnyPath, into: NDArray[Any], data: bytes, position: int, field: str) -> int:
    """Put `data` at byte `position` of a contiguous array and return the next position.

    Raises: Refused if `data` is empty (the file ended early).
    """
    if not data:
        raise damaged(path, say("{field} ends too early", field=field), field)
    into.reshape(-1).view(np.uint8)[position : position + len(data)] = np.frombuffer(data, np.uint8)
    return position + len(data)


def read_only(images: NDArray[np.uint8]) -> NDArray[np.uint8]:
    images.flags.writeable = False
    return images
