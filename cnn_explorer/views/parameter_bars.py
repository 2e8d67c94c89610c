"""What one output neuron costs: a convolution's shared weights beside those of a fully connected layer."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QLocale, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from cnn_explorer.network.layers.layer import Layer, Shape
from cnn_explorer.session.language import tr
from cnn_explorer.views.controls import label
from cnn_explorer.views.theme import theme

BAR_HEIGHT = 9
SHORTEST_BAR = 3.0
NUMBERS = QLocale(QLocale.Language.English, QLocale.Country.UnitedStates)
"""Thousands are set apart by commas in every language that the program speaks."""


@dataclass(frozen=True)
class Costs:
    """Parameters of one output neuron and of the whole layer, both ways. `window` and `inputs` are their factors."""

    window: tuple[int, ...]
    inputs: tuple[int, ...]
    each: int
    each_connected: int
    outputs: int
    all: int
    all_connected: int


def costs(layer: Layer, shape: Shape) -> Costs | None:
    """What `layer` costs for an input of `shape`; None for a layer without a kernel, or one that can't be applied."""
    kernel = getattr(layer, "kernel", None)
    if kernel is None or layer.problem(shape):
        return None
    rows, columns, channels = layer.output_shape(shape)
    window = (*kernel.shape[:2], len(layer.channels_read(shape, 0)))
    each = window[0] * window[1] * window[2] + 1
    inputs = shape[0] * shape[1] * shape[2]
    outputs = rows * columns * channels
    return Costs(window, shape, each, inputs + 1, outputs, layer.parameter_count(shape), (inputs + 1) * outputs)


def product(factors: tuple[int, ...]) -> str:
    """3×3, and 3×3×8 where the last factor is not 1."""
    shown = factors[:-1] if factors[-1] == 1 else factors
    return "×".join(map(str, shown))


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

    def show_layer(self, layer: Layer, shape: Shape | None) -> None:
        """Show what `layer` costs for an input of `shape`, None where it has none."""
        found = costs(layer, shape) if shape else None
        if found is None:
            self._show_nothing(tr("This layer has no parameters.") if not hasattr(layer, "kernel") else "")
            return
        self.names[0].setText(tr("convolution"))
        self.names[1].setText(tr("fully connected"))
        number = NUMBERS.toString
        self.numbers[0].setText(
            tr("{product} + 1 = {count} (shared)", product=product(found.window), count=number(found.each))
        )
        self.numbers[1].setText(
            tr("{product} + 1 = {count}", product=product(found.inputs), count=number(found.each_connected))
        )
        largest = max(found.each, found.each_connected)
        self._show_bars(found.each / largest, found.each_connected / largest)
        places = {"outputs": number(found.outputs), "all": number(found.all), "connected": number(found.all_connected)}
        self.total.setText(tr("for all {outputs} outputs: {all} against {connected}", **places))

    def _show_nothing(self, text: str) -> None:
        for each in (*self.names, *self.numbers, self.total):
            each.setText("")
        self.names[0].setText(text)
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
