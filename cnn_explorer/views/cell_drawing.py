"""The controls for drawing a small image cell by cell: value of the brush, changes to the whole image, samples."""

from __future__ import annotations

from functools import partial

import numpy as np
from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QToolTip, QVBoxLayout, QWidget

from cnn_explorer.network.document import Image
from cnn_explorer.network.images import inverted, random_image, shifted
from cnn_explorer.network.numbers import digits_for
from cnn_explorer.network.presets import image_presets
from cnn_explorer.network.sentence import Refused, Sentence, say
from cnn_explorer.session.language import tr, translated
from cnn_explorer.session.session import Session
from cnn_explorer.views.brush import Brush
from cnn_explorer.views.controls import COMPACT, Segmented, button, describe, icon_button, label
from cnn_explorer.views.gallery_list import GalleryItem, GalleryList
from cnn_explorer.views.grid_paint import readable_on
from cnn_explorer.views.icons import icon
from cnn_explorer.views.painting import repainted
from cnn_explorer.views.theme import Scale, theme
from cnn_explorer.views.typed_number import read_number

VALUES = (0.0, 1.0, 2.0)
SWATCHES = Scale("ink", 0.0, 2.0)
SHIFTS = {"left": (0, -1), "up": (-1, 0), "down": (1, 0), "right": (0, 1)}


class CellDrawing(QWidget):
    """Brush value, Clear, Invert, Random, four shifts, and a gallery of samples."""

    pointed = Signal(str)

    def __init__(self, session: Session, brush: Brush, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._brush = session, brush
        self._random = np.random.default_rng()
        self.value_label, self.shift_label, self.samples_label = label("quiet"), label("quiet"), label("quiet")
        self.values = Segmented(len(VALUES))
        self.other_value = QLineEdit()
        self.clear, self.invert, self.random = button(self._clear), button(self._invert), button(self._randomise)
        self.shifts = {name: icon_button(partial(self._shift, name), flat=False, size=16) for name in SHIFTS}
        self.samples = GalleryList("input", narrowest=0, picture=36)
        self._lay_out()
        self._connect()
        self.retranslate()

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setSpacing(4)
        for place, made in enumerate((self.clear, self.invert, self.random)):
            made.setStyleSheet(COMPACT)
            grid.addWidget(made, 0, place)
            grid.setColumnStretch(place, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self.other_value.setMinimumWidth(48)
        column.addLayout(_row(self.value_label, self.values, self.other_value))
        column.addLayout(grid)
        column.addLayout(_row(self.shift_label, *self.shifts.values()))
        column.addSpacing(4)
        column.addWidget(self.samples_label)
        column.addWidget(self.samples)

    def _connect(self) -> None:
        self.values.chosen.connect(lambda index: self._brush.set_value(VALUES[index]))
        self.other_value.editingFinished.connect(self._take_value)
        self.other_value.textEdited.connect(lambda _: self._show_problem(None))
        self.samples.chosen.connect(self._choose)
        self.samples.pointed.connect(self.pointed)
        self._brush.changed.connect(self._show_brush)
        self._session.changed.connect(self.redraw)
        theme.changed.connect(self._colour)

    # Editing

    def _take_value(self) -> None:
        text = self.other_value.text().strip()
        try:
            value = read_number(text) if text else self._brush.value
        except Refused as refusal:
            self._show_problem(refusal.sentence)
            return
        self._brush.set_value(value)
        self._show_brush()

    def _show_problem(self, problem: Sentence | None) -> None:
        wrong = problem is not None
        self.other_value.setStyleSheet(f"QLineEdit {{ color: {theme.colours.bad}; }}" if wrong else "")
        if problem is not None:
            place = self.other_value.mapToGlobal(self.other_value.rect().bottomLeft())
            QToolTip.showText(place, translated(problem), self.other_value)
            self.pointed.emit(translated(problem))

    def _edit(self, pixels: np.ndarray, text: Sentence) -> None:
        self._session.edit_image(repainted(self._session.document.image, pixels), text)

    def _clear(self) -> None:
        self._edit(np.zeros(self._session.document.image.shape), say("Clear the image"))

    def _invert(self) -> None:
        self._edit(inverted(self._session.document.image.pixels), say("Invert the image"))

    def _randomise(self) -> None:
        self._edit(random_image(self._session.document.image.shape, self._random), say("Random image"))

    def _shift(self, name: str) -> None:
        self._edit(shifted(self._session.document.image.pixels, *SHIFTS[name]), say("Shift the image"))

    def _choose(self, index: int) -> None:
        preset = image_presets()[index]
        image = Image(preset.pixels, name=preset.name.template)
        self._session.edit_image(image, say("Image {name}", name=preset.name))

    # Showing

    def redraw(self) -> None:
        """Mark the sample that the image is."""
        pixels = self._session.document.image.pixels
        presets = image_presets()
        self.samples.set_current(next((i for i, p in enumerate(presets) if np.array_equal(p.pixels, pixels)), -1))

    def _show_brush(self) -> None:
        value = self._brush.value
        self.values.set_current(VALUES.index(value) if value in VALUES else -1)
        self.other_value.setText("" if value in VALUES else digits_for([value]).text(value))
        self._show_problem(None)

    def _colour(self) -> None:
        """Each value on its own ink, as it will look in the image; the chosen one framed."""
        for made, value in zip(self.values.buttons, VALUES, strict=True):
            ground = theme.colour(value, SWATCHES)
            ink = readable_on(ground.rgb())
            made.setStyleSheet(
                f"QPushButton {{ background: {ground.name()}; color: {ink.name()}; padding: 4px; }}"
                f"QPushButton:checked {{ border: 2px solid {theme.colours.input}; padding: 3px; }}"
            )
        for name, arrow in self.shifts.items():
            arrow.setIcon(icon(f"arrow-{name}"))

    def retranslate(self) -> None:
        """Set every text."""
        self.value_label.setText(tr("Brush"))
        self.values.set_texts(["0", "1", "2"], [tr("Paint with {value}", value=value) for value in (0, 1, 2)])
        self.other_value.setPlaceholderText(tr("other"))
        describe(
            self.other_value, tr("Another value"), tr("Paint with any number: type it here, for example 0.5 or −3")
        )
        self.shift_label.setText(tr("Shift"))
        self.samples_label.setText(tr("Samples"))
        for made, text, tip in (
            (self.clear, tr("Clear"), tr("Set every pixel to 0")),
            (self.invert, tr("Invert"), tr("Ink becomes paper and paper becomes ink")),
            (self.random, tr("Random"), tr("Fill the image with 0, 1 and 2 by chance")),
        ):
            made.setText(text)
            describe(made, text, tip)
        for name, text in (
            ("left", tr("Shift left")),
            ("up", tr("Shift up")),
            ("down", tr("Shift down")),
            ("right", tr("Shift right")),
        ):
            describe(self.shifts[name], text, tr("Move the image by one pixel; what comes in is 0"))
        self.samples.setAccessibleName(tr("Sample images"))
        self.samples.set_items([_item(preset) for preset in image_presets()])
        self._colour()
        self._show_brush()
        self.redraw()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()


def _row(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(4)
    for place, widget in enumerate(widgets):
        row.addWidget(widget, int(place > 0))
    return row


def _item(preset) -> GalleryItem:
    plane = preset.pixels[..., 0]
    return GalleryItem(plane, Scale.of_image(plane, light=False), translated(preset.name))
