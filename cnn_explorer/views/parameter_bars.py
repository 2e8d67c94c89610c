"""What one output neuron costs: a convolution's shared weights beside those of a fully connected layer."""

from __future__ import annotations

from math import prod

from PySide6.QtCore import QLocale, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

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

    def show_part(self, part: float) -> None:
        """Show another part."""
        self.part = part
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(40, BAR_HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.part:
            wide = max(SHORTEST_BAR, self.part * self.width())
            QPainter(self).fillRect(QRectF(0, 0, wide, BAR_HEIGHT), theme.role(self._role))


class ParameterBars(QStackedWidget):
    """The two costs with their bars, and what they come to in all; or a sentence on a layer that has no kernel."""

    def __init__(self) -> None:
        super().__init__()
        self.names = (label("quiet"), label("quiet"))
        self.numbers = (label("heading"), label("heading"))
        self.bars = (Bar("kernel"), Bar("faint_text"))
        self.total, self.sentence = label("section", "kernel"), label()
        for text in (self.total, self.sentence):
            text.setWordWrap(True)
        self.total.setStyleSheet("letter-spacing: 0px;")
        self.total.setMinimumHeight(2 * self.total.fontMetrics().lineSpacing())
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self._costs = QWidget()
        for page in (self._costs, self.sentence):
            self.addWidget(page)
        self._lay_out()

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(1)
        grid.setColumnStretch(1, 1)
        grid.setRowMinimumHeight(2, 5)
        for at, row in enumerate((0, 3)):
            grid.addWidget(self.names[at], row, 0)
            grid.addWidget(self.bars[at], row, 1)
            grid.addWidget(self.numbers[at], row + 1, 0, 1, 2)
        column = QVBoxLayout(self._costs)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(grid)
        column.addWidget(self.total)

    def show_layer(self, layer: Layer, shape: Shape | None, map_shape: Shape | None = None) -> None:
        """Show what `layer` costs for an input of `shape`, None where it has none; `map_shape` as in `costs`."""
        found = costs(layer, shape, map_shape) if shape else None
        if found is not None:
            self._show_costs(found)
        else:
            fits = shape is not None and layer.problem(shape) is None
            self.sentence.setText(translated(reasons(layer, shape)[0]) if fits and shape else "")
            self.setCurrentWidget(self.sentence)

    def _show_costs(self, found: Costs) -> None:
        own, connected = found.convolution, found.connected
        self.names[0].setText(tr("convolution"))
        self.names[1].setText(tr("fully connected"))
        self.numbers[0].setText(
            tr("{product} = {count} (shared)", product=terms_text(own, short=True), count=grouped(own.each))
        )
        self.numbers[1].setText(tr("{product} = {count}", product=terms_text(connected), count=grouped(connected.each)))
        for bar, cost in zip(self.bars, (own, connected), strict=True):
            bar.show_part(cost.each / max(own.each, connected.each))
        self.total.setText(_total(found))
        self.setCurrentWidget(self._costs)

    def retranslate(self) -> None:
        """Set what does not depend on the layer."""
        tip = tr(
            "A convolution uses the same weights at every place; a fully connected neuron has a weight of its own for "
            "every input cell. Each has one bias besides."
        )
        for name in self.names:
            name.setToolTip(tip)


def _total(found: Costs) -> str:
    counts = {"all": grouped(found.convolution.parameters), "connected": grouped(found.connected.parameters)}
    if not found.local:
        return tr("in all {connected}; as a convolution {all}", **counts)
    outputs = grouped(prod(found.convolution.outputs))
    return tr("for all {outputs} outputs: {all} against {connected}", outputs=outputs, **counts)
