"""The input of the network: where it comes from, and a small canvas to edit it on."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cnn_explorer.files.model_input import drawn_source, taken_by
from cnn_explorer.network.arrays import frozen
from cnn_explorer.network.document import SOURCES, Image
from cnn_explorer.network.layers.layer import Shape
from cnn_explorer.network.sentence import Sentence, say
from cnn_explorer.session.language import tr, translated
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
    "7x7": 7,
    "28x28": 28,
}
"""Side of the images that are drawn, by source, unless a model takes others."""


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
        self.model = label("quiet")
        self.model.setWordWrap(True)
        self.pages: dict[str, Any] = {}
        self.shown = ""
        self._image: Image | None = None
        self._told: Sentence | None = None
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
        for widget in (self.heading, self.sources, self.canvas, self.planes, self.model):
            column.addWidget(widget)
        self._pages = QVBoxLayout()
        column.addLayout(self._pages)
        column.addStretch(1)

    def choose(self, source: str) -> None:
        """Show one of SOURCES; a drawn one also becomes the input. For a model only one of these is of use."""
        if source in DRAWN and self._model is not None:
            source = drawn_source(self._model)
        self.show_page(source)
        if source in DRAWN and self._session.document.image.source != source:
            self._session.edit_image(self._to_draw_on(source), self._switch_text(source))

    def _to_draw_on(self, source: str) -> Image:
        """The last image of a source that is drawn, or a blank one."""
        side = DRAWN[source]
        last = self._last.get(source)
        if last is not None and self._model is None and last.shape[:2] != (side, side):
            last = None  # it was drawn for a model
        return last or Image(frozen(np.zeros((side, side, 1))), source)

    def _switch_text(self, source: str) -> Sentence:
        rows, columns = self._size(source)
        return say("Switch to {rows}×{columns}", rows=rows, columns=columns)

    @property
    def _model(self) -> Shape | None:
        """The shape of the images of a model that takes no others."""
        return self._session.document.network.only_shape

    def _size(self, source: str) -> tuple[int, int]:
        """(rows, columns) of the images that are drawn in a source: a model has its own in the one that suits it."""
        model = self._model
        suits = model is not None and drawn_source(model) == source
        return model[:2] if model is not None and suits else (DRAWN[source], DRAWN[source])

    def redraw(self) -> None:
        """Follow the image: another one shows the page that it comes from. Follow the model that the network is."""
        image, told = self._session.document.image, taken_by(self._session.document.network)
        if told != self._told:
            self._told = told
            self._show_model()
        if image is not self._image:
            self._image = self._last[image.source] = image
            self.show_page(image.source)

    def _show_model(self) -> None:
        self.model.setText(translated(self._told) if self._told is not None else "")
        self.model.setVisible(self._told is not None)
        for source in DRAWN:
            made = self.sources.buttons[SOURCES.index(source)]
            made.setEnabled(self._model is None or drawn_source(self._model) == source)
        self._name_sources()

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
        self._show_model()

    def _name_sources(self) -> None:
        sizes = {source: "{}×{}".format(*self._size(source)) for source in DRAWN}
        tips = {
            "7x7": tr("Draw an image of 7×7 pixels, number by number"),
            "28x28": tr("Draw an image of 28×28 pixels, the size of MNIST's digits"),
        }
        for source, size in sizes.items():
            if self._model is not None and self._size(source) != (DRAWN[source], DRAWN[source]):
                tips[source] = tr("Draw an image of {size} pixels, as the model takes them", size=size)
        self.sources.set_texts(
            [*sizes.values(), tr("MNIST"), tr("Image")],
            [
                *tips.values(),
                tr("Take one of MNIST's handwritten digits"),
                tr("Take a picture or an array from a file"),
            ],
        )

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
