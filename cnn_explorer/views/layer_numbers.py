"""Fields of a layer that are typed: one number, and padding as a word or as four numbers of cells."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QMouseEvent, QValidator, QWheelEvent
from PySide6.QtWidgets import QAbstractSpinBox, QDoubleSpinBox, QGridLayout, QSpinBox, QWidget

from cnn_explorer.network.layers.controls import Control
from cnn_explorer.network.numbers import digits_for, rounded_digits
from cnn_explorer.network.sentence import Refused, say
from cnn_explorer.session.language import tr, translated
from cnn_explorer.views.controls import describe, label
from cnn_explorer.views.layer_fields import Field, word, words_row
from cnn_explorer.views.typed_number import TYPED, read_number, step_for

SIDES = (say("top"), say("bottom"), say("left"), say("right"))
SPIN_WIDTH = 50
NUMBER_WIDTH = 96
PIXELS_A_STEP = 6.0
"""How far a drag goes for one step."""
FINEST = 8
"""Decimals that a typed number may have."""


class _Draggable:
    """A spin box without buttons: dragged up and down, typed, or stepped with the arrow keys and the wheel.

    The wheel turns it only while it has the focus, so that scrolling past leaves it alone.
    """

    def make_draggable(self: Any) -> None:
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.lineEdit().setCursor(Qt.CursorShape.SizeVerCursor)
        self.lineEdit().installEventFilter(self)
        self.pressed_at = 0.0
        self.dragged = False

    def eventFilter(self: Any, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QMouseEvent):
            y = event.globalPosition().y()
            if event.type() == QEvent.Type.MouseButtonPress:
                self.pressed_at, self.dragged = y, False
            elif event.type() == QEvent.Type.MouseMove and event.buttons() & Qt.MouseButton.LeftButton:
                self._drag(y)
                return True
            elif event.type() == QEvent.Type.MouseButtonRelease and self.dragged:
                self.editingFinished.emit()
        return False

    def _drag(self: Any, y: float) -> None:
        steps = int((self.pressed_at - y) / PIXELS_A_STEP)
        if steps:
            self.dragged = True
            self.pressed_at -= steps * PIXELS_A_STEP
            self.stepBy(steps)

    def wheelEvent(self: Any, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)  # type: ignore[misc]
        else:
            event.ignore()


class WholeSpin(_Draggable, QSpinBox):
    """A whole number."""

    def __init__(self, low: int, high: int) -> None:
        super().__init__()
        self.setRange(low, high)
        self.make_draggable()
        self.setMinimumWidth(SPIN_WIDTH)


class CountSpin(WholeSpin):
    """A whole number that is typed to the end before it counts; one that is too large becomes the largest."""

    def __init__(self, low: int, high: int) -> None:
        super().__init__(low, high)
        self.setKeyboardTracking(False)

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        if text.isdecimal() and int(text) > self.maximum():
            return QValidator.State.Intermediate, text, position
        return super().validate(text, position)

    def fixup(self, text: str) -> str:
        return str(self.maximum()) if text.isdecimal() and int(text) > self.maximum() else str(self.value())


class NumberSpin(_Draggable, QDoubleSpinBox):
    """Any number in a range, typed as 0.5, 0,5 or 1/9, and written with as many digits as it needs."""

    def __init__(self, low: float, high: float) -> None:
        super().__init__()
        self.setDecimals(FINEST)
        self.setRange(low, high)
        self.make_draggable()
        self.setKeyboardTracking(False)
        self.setMinimumWidth(NUMBER_WIDTH)

    def textFromValue(self, value: float) -> str:
        return digits_for([value]).text(value)

    def valueFromText(self, text: str) -> float:
        try:
            return read_number(text)
        except Refused:
            return self.value()

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        if any(each not in TYPED + " " for each in text):
            return QValidator.State.Invalid, text, position
        try:
            inside = self.minimum() <= read_number(text) <= self.maximum()
        except Refused:
            inside = False
        return QValidator.State.Acceptable if inside else QValidator.State.Intermediate, text, position

    def fixup(self, text: str) -> str:
        """What was typed is out of range: the nearest number that is not; what is no number is forgotten."""
        try:
            return self.textFromValue(min(max(read_number(text), self.minimum()), self.maximum()))
        except Refused:
            return self.textFromValue(self.value())

    def stepBy(self, steps: int) -> None:
        share = self.minimum() == 0 and self.maximum() <= 1
        step = 0.05 if share else step_for(np.array([self.value()]), False)
        self.setValue(round(self.value() + steps * step, FINEST))


class NumberField(Field):
    """One number."""

    def __init__(self, name: str, control: Control) -> None:
        super().__init__(name, control)
        self.spin = NumberSpin(control.low, control.high)
        self.grid.addWidget(self.spin, 0, 1, 1, 2)
        self.spin.valueChanged.connect(lambda value: self.typed.emit(value))
        self.spin.editingFinished.connect(self.finished)

    def show_value(self, value: Any) -> None:
        show_number(self.spin, value)

    def retranslate(self) -> None:
        super().retranslate()
        describe(self.spin, translated(self.control.label), translated(self.control.tip))


class ReadOnlyField(Field):
    """A number that is computed, and shown only."""

    def __init__(self, name: str, control: Control) -> None:
        super().__init__(name, control)
        self.number = label()
        self.number.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.number.setMinimumWidth(NUMBER_WIDTH)
        self.number.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.grid.addWidget(self.number, 0, 1, 1, 2)

    def show_value(self, value: Any) -> None:
        self.number.setText(rounded_digits(abs(float(value))).text(float(value)))

    def retranslate(self) -> None:
        super().retranslate()
        describe(self.number, translated(self.control.label), translated(self.control.tip))


class Sides(QWidget):
    """Four numbers of cells: top, bottom, left and right."""

    changed = Signal()
    finished = Signal()

    def __init__(self, low: int, high: int) -> None:
        super().__init__()
        self.spins = [WholeSpin(low, high) for _ in SIDES]
        self._captions = [label() for _ in SIDES]
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(4)
        for at, (caption, spin) in enumerate(zip(self._captions, self.spins, strict=True)):
            grid.addWidget(caption, at // 2, at % 2 * 2, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(spin, at // 2, at % 2 * 2 + 1)
            spin.valueChanged.connect(self.changed)
            spin.editingFinished.connect(self.finished)

    @property
    def numbers(self) -> tuple[int, ...]:
        """Top, bottom, left, right."""
        return tuple(spin.value() for spin in self.spins)

    def show_numbers(self, numbers: tuple[int, int, int, int]) -> None:
        """Show four numbers, without `changed`."""
        for spin, number in zip(self.spins, numbers, strict=True):
            show_number(spin, number)

    def retranslate(self) -> None:
        """Set every text."""
        for caption, spin, side in zip(self._captions, self.spins, SIDES, strict=True):
            caption.setText(translated(side))
            describe(spin, tr("Padding: {side}", side=translated(side)), tr("Cells added on this side, 0 to 16"))


class SidesField(Field):
    """Four numbers of cells."""

    def __init__(self, name: str, control: Control) -> None:
        super().__init__(name, control)
        self.sides = Sides(int(control.low), int(control.high))
        self.grid.addWidget(self.sides, 1, 0, 1, 3)
        self.sides.changed.connect(self._typed)
        self.sides.finished.connect(self.finished)

    def _typed(self) -> None:
        self.typed.emit(self.sides.numbers)

    def show_value(self, value: Any) -> None:
        self.sides.show_numbers(value)

    def retranslate(self) -> None:
        super().retranslate()
        self.sides.retranslate()


class PaddingField(Field):
    """A word, or "numbers…" and four of them. What the word amounts to is where the numbers begin."""

    def __init__(self, name: str, control: Control) -> None:
        super().__init__(name, control)
        self.words = words_row(len(control.options) + bool(control.high))
        self.words.chosen.connect(self._choose)
        self.grid.addWidget(self.words, 1, 0, 1, 3)
        self.sides = Sides(0, int(control.high))
        self.sides.changed.connect(self._typed)
        self.sides.finished.connect(self.finished)
        self.grid.addWidget(self.sides, 2, 0, 1, 3)

    @property
    def spins(self) -> list[WholeSpin]:
        """The four numbers: top, bottom, left, right."""
        return self.sides.spins

    def show_numbers(self, numbers: tuple[int, int, int, int]) -> None:
        """The cells that the present padding comes to: top, bottom, left, right."""
        self.sides.show_numbers(numbers)

    def show_value(self, value: Any) -> None:
        as_word = isinstance(value, str)
        self.words.set_current(self.control.options.index(value) if as_word else len(self.control.options))
        self.sides.setVisible(not as_word)
        if not as_word:
            self.show_numbers(value)

    def _choose(self, index: int) -> None:
        options = self.control.options
        self.edited.emit(options[index] if index < len(options) else self.sides.numbers)

    def _typed(self) -> None:
        if self.sides.isVisibleTo(self):
            self.typed.emit(self.sides.numbers)

    def retranslate(self) -> None:
        super().retranslate()
        names, meanings = (list(texts) for texts in zip(*map(word, self.control.options), strict=True))
        self.words.set_texts(
            [*names, tr("numbers…")], [*meanings, tr("Choose how many cells are added on each of the four sides")]
        )
        self.sides.retranslate()


def show_number(spin: QAbstractSpinBox, value: float) -> None:
    """Show a value without telling anyone, and without touching a text that is being typed."""
    assert isinstance(spin, (QSpinBox, QDoubleSpinBox))
    if abs(spin.value() - value) <= 0.5 * 10.0**-FINEST:
        return
    spin.blockSignals(True)
    spin.setValue(value)  # type: ignore[arg-type]
    spin.blockSignals(False)
