"""A stroke on the session's image: mouse positions in, at most one edit of the document a frame out."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from PySide6.QtCore import QObject, Qt, QTimer

from cnn_explorer.network.document import Image
from cnn_explorer.network.drawing import MNIST_SIDE, Place, centre_like_mnist
from cnn_explorer.network.sentence import say
from cnn_explorer.session.session import Session
from cnn_explorer.views.brush import Brush

FRAME = 16
"""Milliseconds between two edits of the document while a stroke is drawn."""
DRAWN_SOURCES = ("7x7", "28x28")


def repainted(image: Image, pixels: np.ndarray) -> Image:
    """`image` with other pixels. A drawing loses its name: it is no longer the sample it was."""
    return replace(image, pixels=pixels, name="" if image.source in DRAWN_SOURCES else image.name)


def can_be_centred(image: Image) -> bool:
    """Whether an image is a drawing of the size of MNIST's."""
    return image.source == "28x28" and image.shape[:2] == (MNIST_SIDE, MNIST_SIDE)


class Painting(QObject):
    """One stroke at a time. The whole of it is one step of undo."""

    def __init__(self, session: Session, brush: Brush, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._brush = session, brush
        self._frame = QTimer(self)
        self._frame.setSingleShot(True)
        self._frame.setInterval(FRAME)
        self._frame.setTimerType(Qt.TimerType.PreciseTimer)
        self._frame.timeout.connect(self._next_frame)
        self.active = False

    def begin(self, place: Place, erase: bool) -> None:
        """Put the brush down at a place (row, column), and paint there."""
        self._text = say("Erase") if erase else say("Draw")
        self._erase = erase
        self._gesture = self._session.new_gesture()
        self._start_on(self._session.document.image)
        self._last, self._places, self.active = place, [place], True
        self._next_frame()

    def _start_on(self, image: Image) -> None:
        self._image = image
        self._stroke = self._brush.stroke(image.pixels, self._erase)

    def go(self, place: Place) -> None:
        """Move on to a place; it is painted with the next frame."""
        self._places.append(place)
        if not self._frame.isActive():
            self._next_frame()

    def end(self, centre: bool) -> None:
        """Lift the brush; `centre` then places the drawing as MNIST does."""
        self._paint()
        self._frame.stop()
        image = self._session.document.image
        if centre and can_be_centred(image):
            self._session.edit_image(repainted(image, centre_like_mnist(image.pixels)), self._text, self._gesture)
        self.active = False
        self._session.end_gesture()

    def _next_frame(self) -> None:
        if self._places:
            self._paint()
            self._frame.start()

    def _paint(self) -> None:
        """Paint all places that have come in: in one edit, on the newest image, whoever has changed it meanwhile."""
        image = self._session.document.image
        if image is not self._image:
            self._start_on(image)
        for place in self._places:
            self._stroke.extend(self._last, place)
            self._last = place
        self._places = []
        self._session.edit_image(repainted(image, self._stroke.pixels()), self._text, self._gesture)
        self._image = self._session.document.image
