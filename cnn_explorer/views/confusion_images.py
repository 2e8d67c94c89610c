"""The test images of a result, read again where they lie: as thumbnails, and as an input for the network."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
from PySide6.QtCore import QObject, Signal

from cnn_explorer.files.datasets import read_mnist
from cnn_explorer.files.opening import display_name
from cnn_explorer.network.document import Image
from cnn_explorer.network.layers.layer import Shape
from cnn_explorer.network.sentence import Refused, say
from cnn_explorer.network.training import DataSpec
from cnn_explorer.session.background import Background, Cancelled, Progress
from cnn_explorer.session.session import Session

MOST_KEPT = 4000
DIGIT = (28, 28, 1)


class ResultImages(QObject):
    """Gives the images of a data set by their places, as the network sees them: (rows, columns, channels), 0 to 1.

    What is not at hand is read on a thread; `arrived` then tells that more are, `refused` why not.
    """

    arrived = Signal()
    refused = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._source: tuple[DataSpec, Shape] | None = None
        self._kept: dict[int, np.ndarray] = {}
        self._names: dict[int, str] = {}
        self._asked: list[int] = []
        self.work = Background(self)
        self.work.finished.connect(self._take)
        self.work.refused.connect(self.refused)

    def use(self, data: DataSpec, shape: Shape) -> None:
        """From now on the images of this data set, for a network with an input of this shape."""
        if (data, shape) != self._source:
            self._source = data, shape
            self._kept, self._names, self._asked = {}, {}, []
            self.work.cancel()

    @property
    def light(self) -> bool:
        """Whether a high value means light, as in a picture, or ink."""
        return self._source is not None and self._source[0].kind == "folder"

    def get(self, number: int) -> np.ndarray | None:
        """An image, None where it is not at hand: `ask` for it."""
        return self._kept.get(number)

    def ask(self, numbers: list[int]) -> None:
        """Have these images read, where they are not at hand."""
        missing = [number for number in numbers if number not in self._kept]
        if missing and self._source is not None and missing != self._asked:
            self._asked = missing
            self.work.start(partial(_READERS[self._source[0].kind], *self._source, missing))

    def _take(self, found: dict[int, tuple[np.ndarray, str]]) -> None:
        self._asked = []
        if len(self._kept) > MOST_KEPT:
            self._kept, self._names = {}, {}
        for number, (pixels, name) in found.items():
            self._kept[number], self._names[number] = pixels, name
        self.arrived.emit()

    def make_input(self, session: Session, number: int) -> None:
        """Make an image that is at hand the network's input."""
        pixels = self._kept.get(number)
        if pixels is None or self._source is None:
            return
        data, shape = self._source
        source = "mnist" if data.kind == "mnist" and shape == DIGIT else "file"
        name = self._names[number]
        session.edit_image(Image(pixels, source, name, light=self.light), say("Image {name}", name=name))

    def close(self) -> None:
        """Drop what is being read, and wait for the thread."""
        self.work.close()


Found = dict[int, tuple[np.ndarray, str]]


def _read_mnist(data: DataSpec, shape: Shape, numbers: list[int], progress: Progress, cancelled: Cancelled) -> Found:
    from cnn_explorer.files.image_folder import fitted

    digits = read_mnist(data.path)
    found: Found = {}
    for number in numbers:
        pixels = digits.images[number][..., np.newaxis].astype(np.float32) / np.float32(255)
        found[number] = (pixels if shape == DIGIT else fitted(pixels, shape, 0.0)), f"MNIST {number}"
    return found


def _read_folder(data: DataSpec, shape: Shape, numbers: list[int], progress: Progress, cancelled: Cancelled) -> Found:
    from cnn_explorer.files.image_folder import list_images, read_pixels

    listed = list_images(data.path)
    found: Found = {}
    for done, number in enumerate(numbers):
        if cancelled() or number >= len(listed.files):
            break
        try:
            found[number] = read_pixels(listed.files[number], shape), display_name(listed.files[number])
        except Refused:
            continue  # it was readable when it was tested; the others still are
        progress(done, len(numbers))
    return found


_READERS: dict[str, Callable[..., Any]] = {"mnist": _read_mnist, "folder": _read_folder}
