"""Which MNIST digits are looked at: the data, the filter, and the current digit, which is the one in the document."""

from __future__ import annotations

import re

import numpy as np
from PySide6.QtCore import QObject, Signal

from cnn_explorer.files.digits import Digits, Split, digit_image
from cnn_explorer.network.document import Image
from cnn_explorer.network.sentence import say
from cnn_explorer.session.language import tr
from cnn_explorer.session.session import Session

SPLITS: tuple[Split, ...] = ("all", "train", "test")
_NAME = re.compile(r"MNIST (\d{1,6})")


class DigitSelection(QObject):
    """Shared by the panel and the large wall. `changed`: other data or another filter; `moved`: another current digit.

    An index counts the images of the data from 0, training images first; a place counts the `indices` of the filter.
    """

    changed = Signal()
    moved = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._walk = ""
        self._random = np.random.default_rng()
        self.digits: Digits | None = None
        self.digit: int | None = None
        self.split: Split = "all"
        self.indices = np.zeros(0, np.intp)
        self._current = self.current
        session.changed.connect(self._follow)

    @property
    def current(self) -> int | None:
        """The index of the digit in the document; None where the image is something else."""
        image = self._session.document.image
        found = _NAME.fullmatch(image.name) if image.source == "mnist" else None
        if found is None or self.digits is None or int(found[1]) >= len(self.digits.images):
            return None
        return int(found[1])

    def use(self, digits: Digits) -> None:
        """Look at other data, without a filter."""
        self.digits = digits
        self.digit, self.split = None, "all"
        self._refilter()

    def filter(self, digit: int | None, split: Split) -> None:
        """Show the images of one digit (None: of any) in a split."""
        if (digit, split) != (self.digit, self.split):
            self.digit, self.split = digit, split
            self._refilter()

    def _refilter(self) -> None:
        self.end_walk()
        if self.digits is not None:
            self.indices = self.digits.matching(self.digit, self.split)
        self.changed.emit()
        self._follow()

    def place(self) -> int | None:
        """Where the current digit stands among those shown, None where it isn't one of them."""
        current = self.current
        if current is None:
            return None
        at = int(np.searchsorted(self.indices, current))
        return at if at < len(self.indices) and self.indices[at] == current else None

    def choose(self, index: int) -> None:
        """Make this image the document's. Lifts the filter where it would hide it."""
        self.end_walk()
        if self.digits is None or not 0 <= index < len(self.digits.images):
            return
        if not np.any(self.indices == index):
            self.filter(None, "all")
        self._edit(index)

    def choose_random(self) -> None:
        """One of the images shown, and not the current one again."""
        others = self.indices[self.indices != self.current]
        if len(others):
            self.choose(int(self._random.choice(others)))

    def walk(self, by: int) -> None:
        """Go `by` places on, as far as there are any. A walk is one step of undo until `end_walk`."""
        if not len(self.indices):
            return
        place, last = self.place(), len(self.indices) - 1
        if place is None:
            place = -by if by <= last else last
        target = min(max(place + by, 0), last)
        self._walk = self._walk or self._session.new_gesture()
        self._edit(int(self.indices[target]), self._walk)

    def end_walk(self) -> None:
        """The next step is one of its own."""
        if self._walk:
            self._walk = ""
            self._session.end_gesture()

    def _edit(self, index: int, gesture: str = "") -> None:
        image = self.image(index)
        label = self.label(index)
        text = say("MNIST image") if label is None else say("MNIST digit {digit}", digit=label)
        self._session.edit_image(image, text, gesture)

    def image(self, index: int) -> Image:
        """The input image of a digit: (28, 28, 1), 0 paper to 1 ink."""
        assert self.digits is not None
        return digit_image(self.digits, index)

    def label(self, index: int) -> int | None:
        """What an image shows, None where the data have no labels."""
        labels = self.digits.labels if self.digits is not None else None
        return None if labels is None else int(labels[index])

    def describe(self, index: int) -> str:
        """What an image is, in words."""
        assert self.digits is not None
        digit, number = self.label(index), index - self.digits.train_count
        if digit is None:
            return tr("MNIST image {index}", index=index)
        if number < 0:
            return tr("MNIST digit {digit}, training image {index}", digit=digit, index=index)
        return tr("MNIST digit {digit}, test image {number} (index {index})", digit=digit, number=number, index=index)

    def _follow(self) -> None:
        if self.current != self._current:
            self._current = self.current
            self.moved.emit()
