"""The input of the network: where it comes from, and a small canvas to edit it on."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cnn_explorer.network.arrays import frozen
from cnn_explorer.network.document import SOURCES, Image
from cnn_explorer.network.sentence import say
from cnn_explorer.session.language import tr
from cnn_explorer.session.session import Session
from cnn_explorer.session.settings import Settings
from cnn_explorer.views.brush import Brush
from cnn_explorer.views.canvas import SMALL_SIDE, Canvas
from cnn_explorer.views.cell_drawing import CellDrawing
from cnn_explorer.views.controls import COMPACT, Segmented, label
from cnn_explorer.views.plane_switch import PlaneSwitch
from cnn_explorer.views.soft_drawing import SoftDrawing

MARGIN = 12

DRAWN = {
    "7x7": (7, say("Switch to 7×7")),
    "28x28": (28, say("Switch to 28×28")),
}
"""Side of the images that are drawn, by source, and what the switch to them is called."""


class InputPanel(QWidget):
    """Four sources of which one is shown, and above its controls the canvas.

    Choosing 7×7 or 28×28 brings the last image of that size, or a blank one; MNIST and Image only offer theirs. When
    the image changes by other ways (undo, a file), the panel follows. `brush` is shared with every other canvas.
    `opened` carries what the image page read that is no image (digits, a document), with its path.
    """

    pointed = Signal(str)
    opened = Signal(object, str)

    def __init__(self, session: Session, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._settings = session, settings
        self.brush = Brush(settings, self)
        self.heading = label("section", "input")
        self.sources = Segmented(len(SOURCES))
        self.sources.setStyleSheet(COMPACT)
        self.canvas = Canvas(session, settings, self.brush)
        self.canvas.setFixedHeight(SMALL_SIDE)
        self.canvas.pointed.connect(self.pointed)
        self.planes = PlaneSwitch(session, self.brush)
        self.pages: dict[str, Any] = {}
        self.shown = ""
        self._image: Image | None = None
        self._last: dict[str, Image] = {}
        self._lay_out()
        self.sources.chosen.connect(lambda index: self.choose(SOURCES[index]))
        session.changed.connect(self.redraw)
        self.retranslate()
        self.redraw()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(8)
        for widget in (self.heading, self.sources, self.canvas, self.planes):
            column.addWidget(widget)
        self._pages = QVBoxLayout()
        column.addLayout(self._pages)
        column.addStretch(1)

    def choose(self, source: str) -> None:
        """Show one of SOURCES; a drawn one also becomes the input."""
        self.show_page(source)
        if source in DRAWN and self._session.document.image.source != source:
            side, text = DRAWN[source]
            image = self._last.get(source, Image(frozen(np.zeros((side, side, 1))), source))
            self._session.edit_image(image, text)

    def redraw(self) -> None:
        """Follow the image: another one shows the page that it comes from."""
        image = self._session.document.image
        if image is not self._image:
            self._image = self._last[image.source] = image
            self.show_page(image.source)

    def show_page(self, source: str) -> None:
        """Show the controls of a source; they are made when they are first needed."""
        self.sources.set_current(SOURCES.index(source))
        if source == self.shown:
            return
        if source not in self.pages:
            self._add_page(source)
        self.shown = source
        for name in sorted(self.pages, key=lambda name: name == source):  # hide first: never two at a time
            self.pages[name].setVisible(name == source)

    def _add_page(self, source: str) -> None:
        page = self.pages[source] = self._make_page(source)
        page.pointed.connect(self.pointed)
        self._pages.addWidget(page)

    def _make_page(self, source: str) -> Any:
        if source == "7x7":
            return CellDrawing(self._session, self.brush)
        if source == "28x28":
            return SoftDrawing(self._session, self._settings, self.brush)
        return self._make_mnist() if source == "mnist" else self._make_file()

    def _make_mnist(self) -> QWidget:
        from cnn_explorer.views.mnist_panel import MnistPanel  # readers and downloads: not before the first paint

        return MnistPanel(self._session, self._settings)

    def _make_file(self) -> QWidget:
        from cnn_explorer.views.image_panel import ImagePanel

        page = ImagePanel(self._session, self._settings)
        page.opened.connect(self.opened)
        return page

    def stop(self) -> None:
        """Drop what the pages are reading or downloading, and wait for their threads."""
        for source in ("mnist", "file"):
            if source in self.pages:
                self.pages[source].stop()

    def retranslate(self) -> None:
        """Set every text."""
        self.heading.setText(tr("INPUT"))
        self.sources.set_texts(
            [tr("7×7"), tr("28×28"), tr("MNIST"), tr("Image")],
            [
                tr("Draw an image of 7×7 pixels, number by number"),
                tr("Draw an image of 28×28 pixels, the size of MNIST's digits"),
                tr("Take one of MNIST's handwritten digits"),
                tr("Take a picture or an array from a file"),
            ],
        )

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
