"""Fields of a layer for whole numbers: filters and units, counted up and down; a rate; and a random draw."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QPushButton, QSlider

from cnn_explorer.network.layers.controls import Control
from cnn_explorer.session.language import tr, translated
from cnn_explorer.views.controls import button, describe
from cnn_explorer.views.layer_fields import BUTTON_WIDTH, Field
from cnn_explorer.views.layer_numbers import CountSpin, NumberSpin, show_number

COUNT_WIDTH = 62
SLIDER_STEPS = 20
"""Of a rate from 0 to 1."""


class CountField(Field):
    """A whole number between a button that takes one away and one that adds one; typed, it counts when it is complete.

    A layer from elsewhere may have more than the control offers: then the number goes as far as that.
    """

    def __init__(self, name: str, control: Control) -> None:
        super().__init__(name, control)
        self.spin = CountSpin(int(control.low), int(control.high))
        self.spin.setMinimumWidth(COUNT_WIDTH)
        self.fewer, self.more = (self._step_button(step) for step in (-1, 1))
        for column, each in enumerate((self.fewer, self.spin, self.more), 1):
            self.grid.addWidget(each, 0, column)
        self.spin.valueChanged.connect(lambda value: self.typed.emit(value))
        self.spin.editingFinished.connect(self.finished)

    def _step_button(self, step: int) -> QPushButton:
        made = button(partial(self._step, step))
        made.setText("\u2212" if step < 0 else "+")
        made.setProperty("compact", True)
        made.setFixedWidth(BUTTON_WIDTH + 4)
        made.setAutoRepeat(True)
        made.released.connect(lambda: None if made.isDown() else self.finished.emit())
        return made

    def _step(self, step: int) -> None:
        self.spin.stepBy(step)

    def show_value(self, value: Any) -> None:
        with QSignalBlocker(self.spin):
            self.spin.setMaximum(max(int(self.control.high), value))
        show_number(self.spin, value)
        self.fewer.setEnabled(value > self.control.low)
        self.more.setEnabled(value < self.spin.maximum())

    def retranslate(self) -> None:
        super().retranslate()
        name, tip = translated(self.control.label), translated(self.control.tip)
        describe(self.spin, name, tip)
        describe(self.fewer, tr("{field}: one fewer", field=name))
        describe(self.more, tr("{field}: one more", field=name))


class RateField(Field):
    """A share from 0 to nearly 1: a slider, and the number."""

    def __init__(self, name: str, control: Control) -> None:
        super().__init__(name, control)
        self.spin = NumberSpin(control.low, control.high)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, int(control.high * SLIDER_STEPS))
        self.slider.setPageStep(2)
        self.grid.addWidget(self.spin, 0, 1, 1, 2)
        self.grid.addWidget(self.slider, 1, 0, 1, 3)
        self.spin.valueChanged.connect(lambda value: self.typed.emit(value))
        self.spin.editingFinished.connect(self.finished)
        self.slider.valueChanged.connect(lambda step: self.typed.emit(step / SLIDER_STEPS))
        self.slider.sliderReleased.connect(self.finished)

    def show_value(self, value: Any) -> None:
        show_number(self.spin, value)
        with QSignalBlocker(self.slider):
            self.slider.setValue(round(value * SLIDER_STEPS))

    def retranslate(self) -> None:
        super().retranslate()
        for each in (self.spin, self.slider):
            describe(each, translated(self.control.label), translated(self.control.tip))


class DrawField(Field):
    """The number of a random draw, and a button for another one. Disabled, it says why in its tooltip."""

    def __init__(self, name: str, control: Control) -> None:
        super().__init__(name, control)
        self.spin = CountSpin(int(control.low), int(control.high))
        self.spin.setMinimumWidth(COUNT_WIDTH)
        self.another = button(self._draw)
        self.grid.addWidget(self.spin, 0, 1, 1, 2)
        self.grid.addWidget(self.another, 1, 0, 1, 3)
        self.spin.valueChanged.connect(lambda value: self.typed.emit(value))
        self.spin.editingFinished.connect(self.finished)

    def _draw(self) -> None:
        drawn = self.spin.value()
        while drawn == self.spin.value():
            drawn = int(np.random.default_rng().integers(1, 10_000))  # short enough to be told to others
        self.edited.emit(drawn)

    def show_value(self, value: Any) -> None:
        show_number(self.spin, value)

    def show_active(self, active: bool) -> None:
        self.another.setEnabled(active)
        self._explain()

    def _explain(self) -> None:
        tip = tr("Leave other cells out") if self.another.isEnabled() else tr(
            "Only in training are cells left out: switch to training beside the layers"
        )  # fmt: skip
        describe(self.another, tr("Another mask"), tip)

    def retranslate(self) -> None:
        super().retranslate()
        describe(self.spin, translated(self.control.label), translated(self.control.tip))
        self.another.setText(tr("Another mask"))
        self._explain()
