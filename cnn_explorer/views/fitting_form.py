"""How a picture or a matrix becomes the input: its size, how it is fitted, and what becomes of its values."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QVBoxLayout, QWidget

from cnn_explorer.files.fitting import FITS
from cnn_explorer.files.importing import OWN_SIZE, SIDES, Choices, Original, channels_of, size_of
from cnn_explorer.network.document import LARGEST_SIDE
from cnn_explorer.network.layers.layer import Shape
from cnn_explorer.network.numbers import digits_for
from cnn_explorer.session.language import tr, translated
from cnn_explorer.views.controls import Segmented, describe, label
from cnn_explorer.views.plain_spin import PlainSpin

HOWS = tuple(FITS)
OTHER_SIZE = -1
SIZES = (*SIDES, OWN_SIZE, OTHER_SIZE)
COLOURS = (True, False)
"""What Choices.colour is at each place of the switch."""


class FittingForm(QWidget):
    """What was opened, and the Choices made for it; `chosen` carries other Choices."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._original: Original | None = None
        self._choices = Choices()
        self._model: Shape | None = None
        self.name = label("heading")
        self.name.setMinimumWidth(1)
        self.facts, self.note, self.result = label("quiet"), label("quiet"), label("quiet")
        for words in (self.facts, self.note, self.result):
            words.setWordWrap(True)
        self.size_label, self.how_label, self.colour_label = label(), label(), label()
        self.size_box, self.how_box, self.side = QComboBox(), QComboBox(), PlainSpin(54)
        self.colours = Segmented(len(COLOURS))
        self.inverted, self.scaled = QCheckBox(), QCheckBox()
        self._lay_out()
        self._connect()
        self.retranslate()

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setColumnStretch(1, 1)
        grid.addWidget(self.size_label, 0, 0)
        grid.addWidget(self.size_box, 0, 1)
        grid.addWidget(self.side, 0, 2)
        grid.addWidget(self.how_label, 1, 0)
        grid.addWidget(self.how_box, 1, 1, 1, 2)
        grid.addWidget(self.colour_label, 2, 0)
        grid.addWidget(self.colours, 2, 1, 1, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        for words in (self.name, self.facts, self.note):
            column.addWidget(words)
        column.addLayout(grid)
        for box in (self.inverted, self.scaled):
            column.addWidget(box)
        column.addWidget(self.result)

    def _connect(self) -> None:
        self.size_box.activated.connect(self._choose_size)
        self.side.valueChanged.connect(lambda side: self._choose(side=side))
        self.how_box.activated.connect(lambda at: self._choose(how=HOWS[at]))
        self.colours.chosen.connect(lambda at: self._choose(colour=COLOURS[at]))
        self.inverted.clicked.connect(lambda on: self._choose(inverted=on))
        self.scaled.clicked.connect(lambda on: self._choose(scaled=on))

    def _choose(self, **changes: Any) -> None:
        self.chosen.emit(replace(self._choices, **changes))

    def _choose_size(self, at: int) -> None:
        if SIZES[at] == OTHER_SIZE:
            self.side.setFocus(Qt.FocusReason.OtherFocusReason)
            self.side.selectAll()
        else:
            self._choose(side=SIZES[at])

    def show_choices(self, original: Original, choices: Choices, model: Shape | None = None) -> None:
        """Show what was opened and what is chosen for it, without `chosen`. A `model` takes its own shape only."""
        self._original, self._choices, self._model = original, choices, model
        self.redraw()

    def redraw(self) -> None:
        """Draw everything from nothing."""
        if self._original is not None:
            self._show_original(self._original)
            self._show_size(self._original)
            self._show_values(self._original)

    def _show_original(self, original: Original) -> None:
        self._elide_name()
        describe(self.name, original.name)
        rows, columns = original.size
        digits, (low, high) = digits_for(original.value_range), original.value_range
        picture = tr("Picture, {columns} × {rows} pixels", columns=columns, rows=rows)
        matrix = tr(
            "Matrix of {rows} rows and {columns} columns, values {low} to {high}",
            rows=rows,
            columns=columns,
            low=digits.text(low),
            high=digits.text(high),
        )
        self.facts.setText(picture if original.light else matrix)
        self.note.setText(translated(original.note) if original.note else "")
        self.note.setVisible(original.note is not None)

    def _show_size(self, original: Original) -> None:
        rows, columns = size_of(original, self._choices, self._model)
        side = OTHER_SIZE if self._model else self._choices.side
        self.size_box.setCurrentIndex(SIZES.index(side if side in SIZES else OTHER_SIZE))
        self.side.show_value(1, LARGEST_SIDE, max(rows, columns))
        self.how_box.setCurrentIndex(HOWS.index(self._choices.how))
        self.how_box.setEnabled(side != OWN_SIZE)
        for each in (self.size_box, self.side):
            each.setEnabled(self._model is None)
        coloured = channels_of(original, self._choices, self._model) == 3
        one = tr("Input: {rows} × {columns}, one channel", rows=rows, columns=columns)
        three = tr("Input: {rows} × {columns}, 3 channels: red, green, blue", rows=rows, columns=columns)
        self.result.setText(three if coloured else one)

    def _show_values(self, original: Original) -> None:
        self.colours.set_current(COLOURS.index(self._choices.colour))
        for each in (self.colour_label, self.colours):
            each.setVisible(original.coloured and (self._model is None or self._model[2] == 3))
        self.inverted.setChecked(self._choices.inverted)
        self.scaled.setChecked(self._choices.scaled)
        self.scaled.setVisible(original.scalable)
        by_range = tr("The least and the greatest value become 0 and 1")
        by_white = tr("Divide by {white}", white=f"{original.white or 1:g}")
        describe(self.scaled, tr("Scale to 0…1"), by_white if original.white else by_range)

    def _elide_name(self) -> None:
        name = self._original.name if self._original else ""
        self.name.setText(self.name.fontMetrics().elidedText(name, Qt.TextElideMode.ElideMiddle, self.name.width()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._elide_name()

    def retranslate(self) -> None:
        """Every text in the language in use."""
        self.size_label.setText(tr("Size"))
        self.how_label.setText(tr("Fit"))
        self.colour_label.setText(tr("Planes"))
        squares = [tr("{side} × {side}", side=side) for side in SIDES]
        for box, texts in (
            (self.size_box, [*squares, tr("Own size"), tr("Other")]),
            (self.how_box, [tr("Whole, padded"), tr("Filled, cropped"), tr("Stretched")]),
        ):
            box.clear()
            box.addItems(texts)
        self.inverted.setText(tr("Invert"))
        self.scaled.setText(tr("Scale to 0…1"))
        grey = tr("Colours become one channel by brightness: 0.299 red + 0.587 green + 0.114 blue (Rec. 601)")
        planes = tr("Red, green and blue are three channels of the input: a filter has a kernel for each")
        self.colours.set_texts([tr("Colour"), tr("Grey")], [planes, grey])
        describe(self.colours, tr("Colour or grey"))
        describe(self.size_box, tr("Size of the input"), tr("Own size keeps the file's, up to 512 a side"))
        describe(self.side, tr("Side of the input"), tr("1 to 512 cells a side; the longer side of an own size"))
        describe(self.how_box, tr("How it is fitted"), tr("What to do where the picture is not square"))
        describe(self.inverted, tr("Invert"), tr("Swap dark and light, or the least and the greatest value"))
        describe(self.result, tr("The input"), tr("Rows, columns and channels of what the network sees"))
        self.redraw()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
