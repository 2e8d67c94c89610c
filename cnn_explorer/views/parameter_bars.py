"""What one output neuron costs: a convolution's shared weights beside those of a fully connected layer."""

from __future__ import annotations

from math import prod

from PySide6.QtCore import QLocale, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from cnn_explorer.network.costs import Costs, costs
from cnn_explorer.network.layers.layer import Layer, Shape
from cnn_explorer.network.reasons import grouped, reasons, terms_text
from cnn_explorer.session.language import tr, translated
from cnn_explorer.views.controls import label
from cnn_explorer.views.theme import theme

BAR_HEIGHT = 9
SHORTEST_BAR = 3.0
NUMBERS = QLocale(QLocale.Language.English, QLocale.Country.UnitedStates)
"""Thousands are set apart by commas in every language that the program speaks."""


class Bar(QWidget):
    """A bar, `part` (0 to 1) of the width it has."""

    def __init__(self, role: str) -> None:
        super().__init__()
        self._role = role
        self.part = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(40, BAR_HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.part:
            wide = max(SHORTEST_BAR, self.part * self.width())
            QPainter(self).fillRect(QRectF(0, 0, wide, BAR_HEIGHT), theme.role(self._role))


class ParameterBars(QWidget):
    """The two costs with their bars, and what they come to for all outputs. Keeps its place where there is nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.names = (label("quiet"), label("quiet"))
        self.numbers = (label("heading"), label("heading"))
        self.bars = (Bar("kernel"), Bar("faint_text"))
        self.total = label("section", "kernel")
        self.total.setWordWrap(True)
        self.total.setStyleSheet("letter-spacing: 0px;")
        self.total.setMinimumHeight(2 * self.total.fontMetrics().lineSpacing())
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(1)
        grid.setColumnStretch(1, 1)
        grid.setRowMinimumHeight(2, 5)
        for at, row in enumerate((0, 3)):
            grid.addWidget(self.names[at], row, 0)
            grid.addWidget(self.bars[at], row, 1)
            grid.addWidget(self.numbers[at], row + 1, 0, 1, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(grid)
        column.addWidget(self.total)

    def show_layer(self, layer: Layer, shape: Shape | None, map_shape: Shape | None = None) -> None:
        """Show what `layer` costs for an input of `shape`, None where it has none; `map_shape` as in `costs`."""
        found = costs(layer, shape, map_shape) if shape else None
        if found is not None:
            self._show_costs(found)
        elif shape is None or layer.problem(shape):
            self._show_nothing("")
        else:
            self._show_nothing(translated(reasons(layer, shape)[0]))

    def _show_costs(self, found: Costs) -> None:
        own, connected = found.convolution, found.connected
        self.names[0].setText(tr("convolution"))
        self.names[1].setText(tr("fully connected"))
        self.numbers[0].setText(
            tr("{product} = {count} (shared)", product=terms_text(own, short=True), count=grouped(own.each))
        )
        self.numbers[1].setText(tr("{product} = {count}", product=terms_text(connected), count=grouped(connected.each)))
        largest = max(own.each, connected.each)
        self._show_bars(own.each / largest, connected.each / largest)
        outputs = grouped(prod((own if found.local else connected).outputs))
        counts = {"all": grouped(own.parameters), "connected": grouped(connected.parameters)}
        self.total.setText(tr("for all {outputs} outputs: {all} against {connected}", outputs=outputs, **counts))

    def _show_nothing(self, text: str) -> None:
        for each in (*self.names, *self.numbers):
            each.setText("")
        self.total.setText(text)
        self._show_bars(0.0, 0.0)

    def _show_bars(self, *parts: float) -> None:
        for bar, part in zip(self.bars, parts, strict=True):
            bar.part = part
            bar.update()

    def retranslate(self) -> None:
        """Set what does not depend on the layer."""
        tip = tr(
            "A convolution uses the same weights at every place; a fully connected neuron has a weight of its own for "
            "every input cell. Each has one bias besides."
        )
        for name in self.names:
            name.setToolTip(tip)
