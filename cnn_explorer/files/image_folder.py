"""A folder of images with one subfolder for each class: what is in it, and each image as the network takes it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from cnn_explorer.files.fitting import Floats, fit, luminance
from cnn_explorer.files.images import read_image
from cnn_explorer.files.opening import AnyPath, cannot_open, display_name, is_folder, quoted, reason_of
from cnn_explorer.network.layers.layer import Shape
from cnn_explorer.network.sentence import Refused, say

MOST_FILES = 200_000
MOST_CLASSES = 1000
ENDINGS = (".png", ".jpg", ".jpeg", ".bmp", ".gif", ".tif", ".tiff", ".webp")
PAPER = 1.0
"""What is beside a picture of another aspect than the network's input: white, as where a picture is opened."""


@dataclass(frozen=True)
class ImageFolder:
    """The classes, sorted by name, and every image file with the index of its class: class by class, sorted by name.

    The place of a file in `files` is what tells an image apart everywhere.
    """

    folder: str
    classes: tuple[str, ...]
    files: tuple[str, ...]
    labels: tuple[int, ...]


def list_images(folder: AnyPath) -> ImageFolder:
    """What is in a folder of images. Only names are looked at: no file is opened, and nothing hidden counts.

    Raises: Refused where there are no two classes, a class without an image, or more files than can be learnt from.
    """
    if not is_folder(folder):
        raise Refused(
            say("{file} is a file; choose a folder with one subfolder for each class.", file=display_name(folder))
        )
    top = os.fsdecode(folder)
    classes = _entries(top, folders=True)
    _insist_on_classes(top, classes)
    files: list[str] = []
    labels: list[int] = []
    for label, name in enumerate(classes):
        found = _files_of_class(os.path.join(top, name))
        files += found
        labels += [label] * len(found)
        if len(files) > MOST_FILES:
            raise Refused(
                say("{folder} has more than {most} images; use fewer.", folder=display_name(top), most=MOST_FILES)
            )
    return ImageFolder(top, tuple(map(quoted, classes)), tuple(files), tuple(labels))


def _insist_on_classes(top: str, classes: list[str]) -> None:
    if len(classes) < 2:
        raise Refused(
            say(
                "{folder} has {count} subfolders; there must be one for each class, and at least two classes.",
                folder=display_name(top), count=len(classes),
            )
        )  # fmt: skip
    if len(classes) > MOST_CLASSES:
        raise Refused(
            say(
                "{folder} has {count} subfolders; at most {most} classes can be learnt.",
                folder=display_name(top), count=len(classes), most=MOST_CLASSES,
            )
        )  # fmt: skip


def _files_of_class(folder: str) -> list[str]:
    found = [name for name in _entries(folder, folders=False) if name.lower().endswith(ENDINGS)]
    if found:
        return [os.path.join(folder, name) for name in found]
    if _entries(folder, folders=True):
        raise Refused(
            say(
                "{folder} has folders in it, but no images; choose the folder whose subfolders hold the images.",
                folder=display_name(folder),
            )
        )
    raise Refused(
        say("{folder} has no images; put images of this class there, or remove it.", folder=display_name(folder))
    )


def _entries(folder: str, folders: bool) -> list[str]:
    """The names in a folder, sorted, without hidden ones: its folders, or all that are none."""
    try:
        with os.scandir(folder) as entries:
            return sorted(each.name for each in entries if each.is_dir() == folders and not each.name.startswith("."))
    except OSError as error:
        raise cannot_open(folder, reason_of(error)) from error


def read_pixels(path: AnyPath, shape: Shape) -> Floats:
    """An image as a network with an input of this shape takes it, (rows, columns, channels) of 0 to 1.

    Colour becomes brightness for one channel, and grey three equal channels for three. Raises: Refused as `read_image`.
    """
    return fitted(read_image(path).pixels, shape, PAPER)


def fitted(pixels: Floats, shape: Shape, paper: float) -> Floats:
    """`pixels` (rows, columns, 1 or 3) in another shape (rows, columns, 1 or 3), with `paper` beside it."""
    rows, columns, channels = shape
    if channels == 1:
        pixels = luminance(pixels)
    if pixels.shape[:2] != (rows, columns):
        pixels = fit(pixels, rows, columns, "padded", paper)
    return np.repeat(pixels, channels, axis=2) if pixels.shape[2] < channels else pixels


def each_image(listed: ImageFolder, shape: Shape) -> Iterator[Floats | Refused]:
    """The images in order, each read when it is asked for; in place of one that can't be read, why not.

    Raises: Refused where the folder itself is gone.
    """
    for path in listed.files:
        try:
            yield read_pixels(path, shape)
        except Refused as refused:
            if not os.path.isdir(listed.folder):
                raise cannot_open(listed.folder, say("it isn't there any more")) from refused
            yield refused
