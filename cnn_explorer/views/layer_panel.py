"""The right column: everything about the focused layer, and about the image while the input is focused."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from cnn_explorer.network.costs import last_map
from cnn_explorer.network.document import Image
from cnn_explorer.network.layers import Conv2D, Layer
from cnn_explorer.network.layers.layer import Shape
from cnn_explorer.network.layers.weights import MOST_WEIGHTS, is_too_large_to_edit
from cnn_explorer.network.network import Problem
from cnn_explorer.network.numbers import digits_for, rounded_digits
from cnn_explorer.session.cursor import IMAGE
from cnn_explorer.session.language import tr, translated
from cnn_explorer.session.session import Session
from cnn_explorer.session.settings import Settings
from cnn_explorer.views.controls import describe, label, line
from cnn_explorer.views.layer_edits import switch_layer
from cnn_explorer.views.layer_form import LayerForm, alternatives
from cnn_explorer.views.parameter_bars import ParameterBars
from cnn_explorer.views.scale_legend import ScaleLegend
from cnn_explorer.views.scales import Scales
from cnn_explorer.views.size_formula import SizeFormula
from cnn_explorer.views.theme import theme

MARGIN = 11
SLACK = 14
"""What a problem of four lines takes beyond the place of the fill."""

COMPACT = """
QPushButton[compact="true"] { padding: 4px 2px; }
QPushButton[compact="true"]:focus { padding: 3px 1px; }
QPushButton[compact="words"] { padding: 4px; }
QPushButton[compact="words"]:focus { padding: 3px; }
QToolButton[compact="true"] { padding: 3px; border-color: transparent; background: transparent; }
QToolButton[compact="true"]:focus { padding: 2px; }
QSpinBox::up-button, QSpinBox::down-button, QDoubleSpinBox::up-button, QDoubleSpinBox::down-button {
    width: 0; height: 0; border: 0;
}
"""
"""Buttons of the form share a narrow column."""


class ImageFacts(QWidget):
    """What there is to say about the input: its size and its values."""

    def __init__(self) -> None:
        super().__init__()
        self.names = [label("quiet") for _ in range(4)]
        self.values = [label("heading") for _ in range(4)]
        self.hint = label("quiet")
        self.hint.setWordWrap(True)
        grid = QGridLayout()
        grid.setColumnStretch(1, 1)
        grid.setHorizontalSpacing(14)
        for row, pair in enumerate(zip(self.names, self.values, strict=True)):
            for place, each in enumerate(pair):
                grid.addWidget(each, row, place)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(grid)
        column.addWidget(self.hint)
        column.addStretch()

    def show_image(self, image: Image) -> None:
        """Show the facts of this image."""
        pixels = image.pixels
        low, high, mean = float(pixels.min()), float(pixels.max()), float(pixels.mean())
        write = digits_for([low, high]).text
        about = digits_for([mean])
        mean_text = (about if about.exact and about.denominator == 1 else rounded_digits(abs(mean))).text(mean)
        size = " × ".join(map(str, image.shape))
        for each, text in zip(self.values, (size, write(low), write(high), mean_text), strict=True):
            each.setText(text)

    def retranslate(self) -> None:
        """Set every text but the values."""
        for each, text in zip(self.names, (tr("Size"), tr("Smallest"), tr("Largest"), tr("Mean")), strict=True):
            each.setText(text)
        self.hint.setText(tr("Draw on the image: every layer follows while you draw."))


class LayerPanel(QWidget):
    """Heading and switch, the form, the output size, the parameters and the value scale, each in its own place."""

    pointed = Signal(str)

    def __init__(self, session: Session, settings: Settings, scales: Scales | None = None) -> None:
        super().__init__()
        self._session = session
        self._shown = (IMAGE, 0)
        self._drawn: tuple[object, ...] | None = None
        self.heading = label("section", "kernel")
        self.switch = QCheckBox()
        self.switch.toggled.connect(lambda on: switch_layer(session, session.cursor.layer, on))
        keep_place(self.switch)
        self.forms: dict[str, LayerForm] = {}
        self.pages = QStackedWidget()
        self.image = ImageFacts()
        self.pages.addWidget(self.image)
        self.pages.setStyleSheet(COMPACT)
        self.output_size, self.parameters = SizeFormula(), ParameterBars()
        self.legend = ScaleLegend(session, settings, scales or Scales(session, settings, self))
        self.legend.pointed.connect(self.pointed)
        self.titles = [label("quiet") for _ in range(3)]
        self.flipping = label("quiet")
        for each in (*self.titles, self.flipping):
            each.setWordWrap(True)
        self._lay_out()
        session.evaluated.connect(self._draw_changes)
        session.cursor_moved.connect(self._follow)
        session.refused.connect(self.redraw)
        session.held.connect(self.redraw)
        theme.changed.connect(self.retranslate)
        self.retranslate()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.heading, 1)
        head.addWidget(self.switch)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(10)
        column.addLayout(head)
        column.addWidget(self.pages)
        self.sections = [section(self.titles[0], self.output_size), section(self.titles[1], self.parameters)]
        for each in (*self.sections, section(self.titles[2], self.legend)):
            column.addWidget(each)
        column.addWidget(self.flipping)
        column.addStretch(1)
        self._reserve()

    def _reserve(self) -> None:
        """The tallest form that is usual sets the height of all, so that what is below them stays where it is."""
        usual = Conv2D(padding="same")
        form = self._form_of(usual)
        form.show_layer(0, usual, (7, 7, 1), None)
        self.pages.setMinimumHeight(form.sizeHint().height() + SLACK)

    def _form_of(self, layer: Layer) -> LayerForm:
        kinds = alternatives(type(layer))
        key = kinds[0].kind
        if key not in self.forms:
            made = self.forms[key] = LayerForm(self._session, kinds[0])
            self.pages.addWidget(made)
            made.retranslate()
        return self.forms[key]

    def _follow(self) -> None:
        """The cursor moves at every step; only another layer or filter concerns the panel."""
        cursor = self._session.cursor
        if (cursor.layer, cursor.filter) != self._shown:
            self.redraw()

    def redraw(self) -> None:
        """Draw everything from the newest document and the cursor."""
        self._drawn = None
        self._draw_changes()

    def _draw_changes(self) -> None:
        """While the image alone changes, as under a pen, only the limits of the values do."""
        index = self._session.cursor.layer
        self._shown = (index, self._session.cursor.filter)
        document = self._session.wanted
        drawn = (self._shown, document.network, document.image.shape, self._problems())
        if index != IMAGE and self._drawn is not None and all(map(same, drawn, self._drawn)):
            self.legend.redraw()
            return
        self._drawn = drawn
        layers = document.network.layers
        at_image = index == IMAGE or index >= len(layers)
        for each in (*self.sections, self.flipping):
            each.setVisible(not at_image)
        if at_image:
            self.switch.clearFocus()
        self.switch.setVisible(not at_image)
        self.legend.redraw()
        if at_image:
            self._show_image()
        else:
            self._show_layer(index, layers[index])

    def _show_image(self) -> None:
        self._set_heading("input", tr("INPUT"))
        self.image.show_image(self._session.document.image)
        self._turn_to(self.image)

    def _show_layer(self, index: int, layer: Layer) -> None:
        document = self._session.wanted
        shapes = document.network.input_shapes(document.image.shape)
        problems = self._problems()
        shape: Shape | None = shapes[index] if index < len(shapes) else None
        self._set_heading("kernel", tr("LAYER · {title}", title=translated(layer.title())))
        self.switch.blockSignals(True)
        self.switch.setChecked(layer.enabled)
        self.switch.blockSignals(False)
        form = self._form_of(layer)
        form.show_layer(index, layer, shape, next((each for each in problems if each.layer == index), None))
        self._turn_to(form)
        self.output_size.show_layer(layer, shape)
        self.parameters.show_layer(layer, shape, last_map(document.network, document.image.shape, index))
        self.flipping.setText(self._note(layer))
        self.flipping.setVisible(bool(self.flipping.text()))

    def _note(self, layer: Layer) -> str:
        if is_too_large_to_edit(layer):
            return tr(
                "Its weights are shown, but not edited: an edit copies them, and they are more than {most} million.",
                most=MOST_WEIGHTS // 10**6,
            )
        if layer.begins_block and hasattr(layer, "kernel"):
            return tr("Convolution here is cross-correlation, as in TensorFlow: the kernel is not flipped.")
        return ""

    def _problems(self) -> tuple[Problem, ...]:
        """Those of the newest document: what its shapes say at once, what its numbers say when they are computed."""
        document, evaluation = self._session.document, self._session.evaluation
        found = document.network.problems(document.image.shape)
        return found or (evaluation.problems if evaluation.document is document else ())

    def _turn_to(self, page: QWidget) -> None:
        """Show a page. A focus that would vanish is given up: Qt would hand it on and scroll to wherever that is."""
        focused = self.focusWidget()
        if focused is not None and page is not self.pages.currentWidget() and self.pages.isAncestorOf(focused):
            focused.clearFocus()
        self.pages.setCurrentWidget(page)

    def _set_heading(self, role: str, text: str) -> None:
        self.heading.setText(text)
        if self.heading.property("colour") != role:
            self.heading.setProperty("colour", role)
            self.heading.style().polish(self.heading)

    def retranslate(self) -> None:
        """Set every text."""
        self.switch.setText(tr("On"))
        describe(self.switch, tr("Layer on"), tr("Switched off, the layer hands its input on as it is"))
        titles = (tr("Output size"), tr("Parameters of one output neuron"), tr("Value scale"))
        for each, text in zip(self.titles, titles, strict=True):
            each.setText(text)
        for form in self.forms.values():
            form.retranslate()
        for view in (self.image, self.output_size, self.parameters, self.legend):
            view.retranslate()
        self.redraw()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()


def same(first: object, second: object) -> bool:
    """Whether two things are one, or equal where that is quick to tell."""
    return first is second or (isinstance(first, tuple) and first == second)


def keep_place(widget: QWidget) -> None:
    """While the widget is hidden its place stays empty, so that nothing else moves."""
    policy = widget.sizePolicy()
    policy.setRetainSizeWhenHidden(True)
    widget.setSizePolicy(policy)


def section(title: QWidget, content: QWidget) -> QFrame:
    """A line, a title and what belongs to it."""
    made = QFrame()
    keep_place(made)
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(6)
    for each in (line(), title, content):
        column.addWidget(each)
    return made
