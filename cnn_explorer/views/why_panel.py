"""Why convolution: the focused layer beside a fully connected one, in numbers, as areas to scale, and in words."""

from __future__ import annotations

from math import prod

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from cnn_explorer.network.costs import Costs, costs, last_map
from cnn_explorer.network.layers.layer import Layer, Shape
from cnn_explorer.network.reasons import grouped, reasons, size_text, terms_text, weights_text
from cnn_explorer.network.summary import written_shapes
from cnn_explorer.session.cursor import IMAGE
from cnn_explorer.session.language import tr, translated
from cnn_explorer.session.session import Session
from cnn_explorer.views.controls import breakable, label, line
from cnn_explorer.views.cost_drawing import AreaDrawing, ReadDrawing
from cnn_explorer.views.layer_panel import MARGIN
from cnn_explorer.views.theme import theme

COUNTS = ("weights", "biases", "parameters", "multiplications")
"""The rows of the table: attributes of a Cost."""
LINES = {"caption": 2, "hint": 2, "local": 3, "shared": 3, "products": 3}
"""Places that are kept for texts, so that nothing moves while they change."""


class CostTable(QWidget):
    """The counts of both layers: each count's name, and below it the convolution's on the left, the other's beside."""

    def __init__(self) -> None:
        super().__init__()
        self.names = [label("quiet") for _ in COUNTS]
        self.values = [(label("section", "kernel"), label("section")) for _ in COUNTS]
        self.heads = (label("section", "kernel"), label("section"))
        grid = in_halves(QGridLayout(self))
        for column, head in enumerate(self.heads):
            grid.addWidget(in_half(head), 0, column)
        grid.setRowMinimumHeight(1, 5)
        for value in self.values[0]:
            keep_lines(value, 2)
        for at, (name, values) in enumerate(zip(self.names, self.values, strict=True)):
            grid.addWidget(name, 3 * at + 2, 0, 1, 2)
            for column, value in enumerate(values):
                grid.addWidget(in_half(value), 3 * at + 3, column)
            grid.setRowMinimumHeight(3 * at + 4, 5)

    def show_costs(self, found: Costs) -> None:
        """Write the counts of both."""
        for name, values in zip(COUNTS, self.values, strict=True):
            for value, cost in zip(values, (found.convolution, found.connected), strict=True):
                value.setText(grouped(getattr(cost, name)))
        own, connected = found.convolution, found.connected
        written = (weights_text(own, own.outputs[2]), weights_text(connected, prod(connected.outputs)))
        for value, text in zip(self.values[0], written, strict=True):
            value.setText(text.replace(" = ", "\n= "))

    def retranslate(self) -> None:
        """Set every text but the counts."""
        name_ways(self.heads)
        texts = (tr("Weights"), tr("Biases"), tr("Parameters"), tr("Multiplications"))
        for name, text in zip(self.names, texts, strict=True):
            name.setText(text)


class Comparison(QWidget):
    """What one output reads, all parameters as areas, and the table; below each the sentence that belongs to it."""

    def __init__(self) -> None:
        super().__init__()
        self.titles = (label("heading"), label("heading"))
        self.reads, self.areas, self.table = ReadDrawing(), AreaDrawing(), CostTable()
        self.heads = (label("section", "kernel"), label("section"))
        self.terms = (label("section", "kernel"), label("section"))
        self.hint = label("quiet")
        self.sentences = tuple(label() for _ in range(3))
        for name, text in zip(("hint", "local", "shared", "products"), (self.hint, *self.sentences), strict=True):
            keep_lines(text, LINES[name])
        for text in self.terms:
            keep_lines(text, 2)
        self._lay_out()

    def _lay_out(self) -> None:
        read = in_halves(QGridLayout())
        read.setVerticalSpacing(6)
        read.addWidget(self.reads, 1, 0, 1, 2)
        for at in (0, 1):
            read.addWidget(in_half(self.heads[at]), 0, at)
            read.addWidget(in_half(self.terms[at]), 2, at)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.titles[0])
        column.addLayout(read)
        for part in (
            self.sentences[0], line(), self.titles[1], self.areas, self.hint, self.sentences[1], line(), self.table,
            self.sentences[2],
        ):  # fmt: skip
            column.addWidget(part)

    def show_costs(self, found: Costs, sentences: list[str]) -> None:
        """Show the costs of a layer with up to three sentences on them."""
        for text, sentence in zip(self.sentences, [*sentences, "", ""], strict=False):
            text.setText(sentence)
        for text, cost in zip(self.terms, (found.convolution, found.connected), strict=True):
            text.setText(f"{terms_text(cost)}\n= {grouped(cost.each)}")
        self.reads.show_costs(found, sentences[0])
        own, connected = grouped(found.convolution.parameters), grouped(found.connected.parameters)
        self.areas.show_costs(found, tr("convolution {own}, fully connected {connected}", own=own, connected=connected))
        self.table.show_costs(found)
        self.hint.setText(self._scale(found))

    def _scale(self, found: Costs) -> str:
        small, large = self.areas.blocks
        if small.is_dot:
            return tr("Areas to scale, but for the dot: to scale it would be too small to be seen.")
        if small.counted:
            return tr("Areas to scale: every small square is one parameter.")
        return tr("Areas to scale.")

    def retranslate(self) -> None:
        """Set what does not depend on the layer."""
        self.titles[0].setText(tr("What one output reads"))
        self.titles[1].setText(tr("Parameters of the whole layer"))
        name_ways(self.heads)
        self.table.retranslate()


class WhyPanel(QWidget):
    """Follows the focused layer and every edit of it, while it is shown."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._drawn: tuple[object, ...] | None = None
        self.heading, self.caption, self.words = label("section", "kernel"), label("quiet"), label()
        self.comparison = Comparison()
        keep_lines(self.caption, LINES["caption"])
        keep_lines(self.words, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(8)
        for each in (self.heading, self.caption, self.words, self.comparison):
            column.addWidget(each)
        column.addStretch(1)
        session.evaluated.connect(self.draw_changes)
        session.cursor_moved.connect(self.draw_changes)
        theme.changed.connect(self.update)
        self.retranslate()

    def draw_changes(self) -> None:
        """Draw what has changed, where the panel is seen: drawing on the image and stepping change no cost."""
        if not self.isVisible():
            return
        document, index = self._session.document, self._session.cursor.layer
        drawn = (index, document.network, document.image.shape)
        before, self._drawn = self._drawn, drawn
        if before is None or before[0] != index or before[1] is not drawn[1] or before[2] != drawn[2]:
            self._draw(index)

    def _draw(self, index: int) -> None:
        document = self._session.document
        network, applied = document.network, document.network.applied(document.image.shape)
        if index == IMAGE or index >= len(network.layers):
            self._say(tr("Choose a layer to see what it costs."))
        elif index > len(applied):
            self._say(tr("A layer before this one can't be applied."))
        elif index == len(applied):
            self._say(translated(network.problems(document.image.shape)[0].sentence))
        elif not network.layers[index].enabled:
            self._say(tr("Switched off: the input is handed on as it is."))
        else:
            self._show_layer(network.layers[index], applied[index][1].shape, index)

    def _show_layer(self, layer: Layer, shape: Shape, index: int) -> None:
        document = self._session.document
        map_shape = last_map(document.network, document.image.shape, index)
        found = costs(layer, shape, map_shape)
        sentences = [translated(each) for each in reasons(layer, shape, map_shape)]
        written = written_shapes(document.network, document.image.shape)
        before = " + ".join(written[source] for source in document.network.sources_of(index))
        places = {"layer": breakable(layer.name or layer.label()), "before": before, "after": written[index + 1]}
        if found is None:
            self._say("\n\n".join(sentences), tr("{layer}: {before} → {after}", **places))
            return
        self.words.hide()
        self.comparison.show()
        self.comparison.show_costs(found, sentences)
        caption = tr("{layer}: {before} → {after}", **places)
        if found.local:
            beside = tr("compared with a fully connected layer")
        else:
            beside = tr("compared with a {size} convolution", size=size_text(found.convolution.kernel))
        self.caption.setText(f"{caption}\n{beside}")

    def _say(self, text: str, caption: str = "") -> None:
        self.caption.setText(caption)
        self.words.setText(text)
        self.words.show()
        self.comparison.hide()

    def retranslate(self) -> None:
        """Set every text."""
        self.heading.setText(tr("WHY CONVOLUTION"))
        self.comparison.retranslate()
        self._drawn = None
        self.draw_changes()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.draw_changes()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()


def name_ways(heads: tuple[QLabel, QLabel]) -> None:
    """What the left and the right half are about."""
    for head, text in zip(heads, (tr("convolution"), tr("fully connected")), strict=True):
        head.setText(text)


def in_halves(grid: QGridLayout) -> QGridLayout:
    """Two columns, as wide as one another whatever is in them."""
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(0)
    grid.setVerticalSpacing(1)
    for column in (0, 1):
        grid.setColumnStretch(column, 1)
    return grid


def in_half(text: QLabel) -> QLabel:
    """A text that takes the width of its column, in lines."""
    text.setStyleSheet("letter-spacing: 0px;")
    text.setWordWrap(True)
    text.setContentsMargins(0, 0, 8, 0)
    text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    return text


def keep_lines(text: QLabel, lines: int) -> None:
    """Wrap the text, and keep the place of so many lines for it."""
    text.setWordWrap(True)
    text.setMinimumHeight(lines * text.fontMetrics().lineSpacing())
    text.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
