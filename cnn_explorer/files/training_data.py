"""What a network learns from: images and labels in memory, judged, and split into those to learn from and to test with.

Reading takes seconds, so it tells how far it is; whoever is told may raise to end it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import inf, prod
from time import monotonic
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cnn_explorer.files.datasets import read_mnist
from cnn_explorer.files.digits import CLASSES, Digits
from cnn_explorer.files.image_folder import each_image, fitted, list_images
from cnn_explorer.files.opening import display_name
from cnn_explorer.network.layers.layer import Shape
from cnn_explorer.network.sentence import Refused, Sentence, say
from cnn_explorer.network.training import DataSpec

MOST_CELLS = 2_000_000_000
"""Of all images together: a byte each."""
MOST_LEFT_OUT = 0.1
"""The share of unreadable files beyond which a folder is refused."""
_TELL_SECONDS = 0.1

Places = NDArray[np.int64]
Tell = Callable[[Sentence, int, int], None]
"""Is told what is being read, how much is done, and of how many."""


@dataclass(frozen=True, eq=False)
class TrainingData:
    """`images` (count, rows, columns, channels), uint8 for 0 to 255 or float32 as they are; `labels` (count,).

    `numbers` are the images' places in the data set. `train`, `validation` and `test` are places in `images`.
    """

    images: NDArray[Any]
    labels: Places
    numbers: Places
    classes: tuple[str, ...]
    train: Places
    validation: Places
    test: Places
    notes: tuple[Sentence, ...] = ()

    @property
    def shape(self) -> Shape:
        """(rows, columns, channels) of each image."""
        rows, columns, channels = self.images.shape[1:]
        return rows, columns, channels


def read_training_data(spec: DataSpec, shape: Shape, validation_share: float, seed: int, tell: Tell) -> TrainingData:
    """The data for a network with an input of this shape. The same seed splits it in the same way.

    Raises: Refused, in one sentence, where it can't be read or learnt from.
    """
    if shape[2] not in (1, 3):
        raise Refused(say("The network's input has {count} channels; images have 1 or 3.", count=shape[2]))
    try:
        return _READERS[spec.kind](spec, shape, validation_share, seed, tell)
    except MemoryError as error:
        raise Refused(
            say("{file} needs more memory than there is; use fewer or smaller images.", file=display_name(spec.path))
        ) from error


def _read_mnist(spec: DataSpec, shape: Shape, validation_share: float, seed: int, tell: Tell) -> TrainingData:
    tell(say("Reading the digits"), 0, 0)
    digits = read_mnist(spec.path)
    if digits.labels is None:
        raise Refused(
            say("{file} has images but no labels; the file with the labels must lie beside it.", file=digits.name)
        )
    images = _digits_as(digits, shape, tell)
    labels = digits.labels.astype(np.int64)
    classes = tuple(map(str, range(CLASSES)))
    check(images, labels, len(classes))
    rng = np.random.default_rng(seed)
    count, first_test = len(images), digits.train_count
    if 0 < first_test < count:
        rest, test = np.arange(first_test), np.arange(first_test, count)
    else:
        rest, test = _parted(labels, spec.test_share, rng)
    return _split(images, labels, np.arange(count), classes, rest, test, validation_share, rng)


def _digits_as(digits: Digits, shape: Shape, tell: Tell) -> NDArray[np.uint8]:
    images = digits.images[..., np.newaxis]
    if images.shape[1:] == shape:
        return images
    count = len(images)
    out = _room(count, shape, digits.name)
    for index in _told(range(count), count, tell, say("Fitting the digits to the network's input")):
        pixels = images[index].astype(np.float32) / 255
        out[index] = _as_bytes(fitted(pixels, shape, 0.0))
    return out


def _read_folder(spec: DataSpec, shape: Shape, validation_share: float, seed: int, tell: Tell) -> TrainingData:
    listed = list_images(spec.path)
    count = len(listed.files)
    images = _room(count, shape, display_name(spec.path))
    wrong: dict[int, Refused] = {}
    reading = enumerate(each_image(listed, shape))
    for index, pixels in _told(reading, count, tell, say("Reading the images")):
        if isinstance(pixels, Refused):
            wrong[index] = pixels
        else:
            images[index] = _as_bytes(pixels)
    numbers = np.array([index for index in range(count) if index not in wrong], np.int64)
    labels = np.array(listed.labels, np.int64)[numbers]
    notes = _left_out(wrong, count, spec.path)
    images = images[numbers] if wrong else images
    check(images, labels, len(listed.classes))
    rng = np.random.default_rng(seed)
    rest, test = _parted(labels, spec.test_share, rng)
    return _split(images, labels, numbers, listed.classes, rest, test, validation_share, rng, notes)


def _left_out(wrong: dict[int, Refused], count: int, path: str) -> tuple[Sentence, ...]:
    if not wrong:
        return ()
    first = next(iter(wrong.values())).sentence
    if len(wrong) > MOST_LEFT_OUT * count:
        raise Refused(
            say(
                "{folder}: {wrong} of {count} images can't be read. The first: {reason}",
                folder=display_name(path), wrong=len(wrong), count=count, reason=first,
            )
        )  # fmt: skip
    return (say("{wrong} of {count} images are left out. The first: {reason}", wrong=len(wrong), count=count,
                reason=first),)  # fmt: skip


def _room(count: int, shape: Shape, name: str) -> NDArray[np.uint8]:
    if count * prod(shape) > MOST_CELLS:
        raise Refused(
            say(
                "{file} has {count} images; at {rows}×{columns}×{channels} they need {size} GB, and {most} GB can be "
                "used; use fewer images or a smaller input.",
                file=name, count=count, rows=shape[0], columns=shape[1], channels=shape[2],
                size=f"{count * prod(shape) / 1e9:.1f}", most=f"{MOST_CELLS / 1e9:g}",
            )
        )  # fmt: skip
    return np.zeros((count, *shape), np.uint8)


def _told(items: Iterable[Any], count: int, tell: Tell, what: Sentence) -> Iterable[Any]:
    last = -inf
    for index, item in enumerate(items):
        if monotonic() - last >= _TELL_SECONDS:
            tell(what, index, count)
            last = monotonic()
        yield item
    tell(what, count, count)


def _as_bytes(pixels: NDArray[np.float32]) -> NDArray[np.uint8]:
    return np.rint(pixels * 255).astype(np.uint8)


def check(images: NDArray[Any], labels: NDArray[Any], classes: int) -> None:
    """Raises: Refused, naming the first index at fault, where images and labels can't be learnt from."""
    if len(images) == 0 or len(labels) == 0:
        raise Refused(say("There are no images to learn from; choose another data set."))
    if len(images) != len(labels):
        raise Refused(
            say(
                "There are {images} images, but {labels} labels; the two don't belong together.",
                images=len(images), labels=len(labels),
            )
        )  # fmt: skip
    _insist_on_finite(images)
    wrong = (labels < 0) | (labels >= classes)
    if wrong.any():
        index = int(np.argmax(wrong))
        raise Refused(
            say(
                "Label {index} is {value}; with {classes} classes, labels must be 0 to {last}.",
                index=index, value=labels[index].item(), classes=classes, last=classes - 1,
            ),
            "labels",
        )  # fmt: skip


def _insist_on_finite(images: NDArray[Any]) -> None:
    if images.dtype.kind != "f":
        return
    for index, image in enumerate(images):
        if not np.isfinite(image).all():
            place = np.unravel_index(int(np.argmin(np.isfinite(image))), image.shape)
            raise Refused(
                say(
                    "Image {index} has the value {value} in row {row}, column {column}; every value must be a number.",
                    index=index, value="NaN" if np.isnan(image[place]) else "∞", row=int(place[0]) + 1,
                    column=int(place[1]) + 1,
                ),
                "images",
            )  # fmt: skip


def _parted(labels: Places, share: float, rng: np.random.Generator) -> tuple[Places, Places]:
    """Places drawn in two parts: the second has this share of all, the same of each class, and never all of one."""
    present, counts = np.unique(labels, return_counts=True)
    exact = share * counts
    wanted = np.floor(exact).astype(np.int64)
    missing = round(share * len(labels)) - int(wanted.sum())
    wanted[np.argsort(wanted - exact, kind="stable")[:missing]] += 1
    chosen = np.zeros(len(labels), bool)
    for label, many, count in zip(present, wanted, counts, strict=True):
        places = rng.permutation(np.flatnonzero(labels == label))
        chosen[places[: min(int(many), int(count) - 1)]] = True
    return np.flatnonzero(~chosen), np.flatnonzero(chosen)


def _split(
    images: NDArray[Any], labels: Places, numbers: Places, classes: tuple[str, ...], rest: Places, test: Places,
    validation_share: float, rng: np.random.Generator, notes: tuple[Sentence, ...] = (),
) -> TrainingData:  # fmt: skip
    train, validation = _parted(labels[rest], validation_share, rng)
    return TrainingData(images, labels, numbers, classes, rest[train], rest[validation], test, notes)


_READERS: dict[str, Callable[[DataSpec, Shape, float, int, Tell], TrainingData]] = {
    "mnist": _read_mnist,
    "folder": _read_folder,
}
