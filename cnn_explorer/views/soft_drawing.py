"""The controls for drawing an image of MNIST's size: the soft brush, and placing the drawing as MNIST does."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QSlider, QVBoxLayout, QWidget

from cnn_explorer.network.drawing import centre_like_mnist
from cnn_explorer.network.images import inverted
from cnn_explorer.network.numbers import digits_for
from cnn_explorer.network.sentence import Sentence, say
from cnn_explorer.session.language import tr
from cnn_explorer.session.session import Session
from cnn_explorer.session.settings import Settings
from cnn_explorer.views.brush import SIZES, Brush
from cnn_explorer.views.controls import Segmented, button, describe, label
from cnn_explorer.views.painting import can_be_centred, repainted

SLIDER_STEPS_A_CELL = 10


class SoftDrawing(QWidget):
    """Brush or eraser, its size, Clear, Invert, and centring once or after each stroke."""

    pointed = Signal(str)

    def __init__(self, session: Session, settings: Settings, brush: Brush, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._settings, self._brush = session, settings, brush
        self.tools = Segmented(2)
        self.size_label, self.size_value = label("quiet"), label()
        self.size_slider = QSlider(Qt.Orientation.Horizontal)
        self.size_slider.setRange(*(round(limit * SLIDER_STEPS_A_CELL) for limit in SIZES))
        self.clear, self.invert, self.centre = button(self._clear), button(self._invert), button(self._centre)
        self.always = QCheckBox()
        self.hint = label("quiet")
        self.hint.setWordWrap(True)
        self._lay_out()
        self._connect()
        self.retranslate()

    def _lay_out(self) -> None:
        size, changes = QHBoxLayout(), QHBoxLayout()
        size.addWidget(self.size_label)
        size.addWidget(self.size_slider, 1)
        size.addWidget(self.size_value)
        self.size_value.setMinimumWidth(26)
        self.size_value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        changes.setSpacing(4)
        for made in (self.clear, self.invert):
            changes.addWidget(made, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.tools)
        column.addLayout(size)
        column.addLayout(changes)
        for widget in (self.centre, self.always, self.hint):
            column.addWidget(widget)

    def _connect(self) -> None:
        self.tools.chosen.connect(lambda index: self._brush.set_erasing(index == 1))
        self.size_slider.valueChanged.connect(lambda value: self._brush.set_size(value / SLIDER_STEPS_A_CELL))
        self.always.clicked.connect(self._switch_always)
        self._brush.changed.connect(self._show_brush)
        self._session.changed.connect(self.redraw)
        self._settings.changed.connect(self.redraw)

    # Editing

    def _edit(self, pixels: np.ndarray, text: Sentence) -> None:
        self._session.edit_image(repainted(self._session.document.image, pixels), text)

    def _clear(self) -> None:
        self._edit(np.zeros(self._session.document.image.shape), say("Clear the image"))

    def _invert(self) -> None:
        self._edit(inverted(self._session.document.image.pixels), say("Invert the image"))

    def _centre(self) -> None:
        image = self._session.document.image
        if can_be_centred(image):
            self._edit(centre_like_mnist(image.pixels), say("Centre the drawing"))

    def _switch_always(self, on: bool) -> None:
        self._settings.set("centre_like_mnist", on)
        if on:
            self._centre()

    # Showing

    def redraw(self) -> None:
        """Show what can be done to the image, and the setting."""
        image = self._session.document.image
        self.always.setChecked(self._settings.values.centre_like_mnist)
        self.centre.setEnabled(can_be_centred(image) and bool(image.pixels.any()))

    def _show_brush(self) -> None:
        self.tools.set_current(int(self._brush.erasing))
        value = self._brush.size
        self.size_slider.setValue(round(value * SLIDER_STEPS_A_CELL))
        self.size_value.setText(digits_for([round(value, 1)]).text(round(value, 1)))

    def retranslate(self) -> None:
        """Set every text."""
        self.tools.set_texts(
            [tr("Brush"), tr("Eraser")],
            [tr("The left button draws"), tr("The left button erases; the right one always does")],
        )
        self.size_label.setText(tr("Brush size"))
        describe(
            self.size_slider,
            tr("Brush size"),
            tr("Radius of the brush in pixels of an image of 28×28; on larger ones it grows with them"),
        )
        for made, text, tip in (
            (self.clear, tr("Clear"), tr("Set every pixel to 0")),
            (self.invert, tr("Invert"), tr("Ink becomes paper and paper becomes ink")),
            (
                self.centre,
                tr("Centre as MNIST does"),
                tr("Scale the drawing into 20×20 pixels and move its centre of mass to the middle"),
            ),
        ):
            made.setText(text)
            describe(made, text, tip)
        self.always.setText(tr("After every stroke"))
        describe(self.always, tr("Centre after every stroke"), tr("Centre as MNIST does at the end of each stroke"))
        self.hint.setText(tr("A model trained on MNIST expects digits placed as in MNIST."))
        self._show_brush()
        self.redraw()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
