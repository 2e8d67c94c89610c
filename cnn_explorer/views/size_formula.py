"""The output size of the focused layer: its formula, with numbers in the colours of their roles, and its notes."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from cnn_explorer.network.geometry import Axis
from cnn_explorer.network.layers.layer import Layer, Shape
from cnn_explorer.network.size_formula import Formula, Piece, extent_formula, plain, size_formula, spread_formula
from cnn_explorer.session.language import tr
from cnn_explorer.views.controls import label
from cnn_explorer.views.parameter_bars import NUMBERS
from cnn_explorer.views.theme import theme

FORMULA_LINES = 2
NOTE_LINES = 3
FORMULA_POINTS = 11.0


def marked_up(formula: Formula) -> str:
    """The formula as rich text, its numbers in the colours of their roles."""
    return "".join(
        f'<span style="color:{theme.role(piece.role).name()}">{escape(piece.text)}</span>'
        if piece.role
        else escape(piece.text)
        for piece in formula
    )


def formulas(axes: tuple[Axis, Axis]) -> list[Formula]:
    """What is written, a formula a line: the size, or that of rows and of columns where they differ."""
    rows, columns = axes
    if rows == columns:
        return [formula for formula in (*_before(rows), size_formula(rows)) if formula]
    lines: list[Formula] = []
    for axis, side in ((rows, tr("rows:")), (columns, tr("columns:"))):
        lines += [formula for formula in _before(axis) if formula]
        lines.append((Piece(f"{side} "), *size_formula(axis)))
    return lines


def _before(axis: Axis) -> tuple[Formula, Formula]:
    """What the size's formula takes from formulas of their own."""
    return spread_formula(axis), extent_formula(axis)


def notes(layer: Layer, axes: tuple[Axis, Axis]) -> list[str]:
    """Sentences that belong to the size: where an odd padding goes, and how many input cells no window visits."""
    rows, columns = axes
    odd = (rows.after > rows.before, columns.after > columns.before)
    said = [_ODD[odd]()] if getattr(layer, "padding", "") == "same" and any(odd) else []
    total = rows.size * columns.size
    unvisited = total - (rows.size - len(rows.unvisited())) * (columns.size - len(columns.unvisited()))
    if unvisited and rows.output and columns.output:
        said.append(tr("Input cells that no window visits: {count} of {total}.", count=unvisited, total=total))
    return said


_ODD = {
    (True, True): lambda: tr("The odd row and column of padding go to the bottom and to the right, as in TensorFlow."),
    (True, False): lambda: tr("The odd row of padding goes to the bottom, as in TensorFlow."),
    (False, True): lambda: tr("The odd column of padding goes to the right, as in TensorFlow."),
}


class SizeFormula(QWidget):
    """The formula and its notes. `text` is what it says, without colours."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self.formula = QLabel()
        self.formula.setTextFormat(Qt.TextFormat.RichText)
        self.formula.setWordWrap(True)
        font = self.formula.font()
        font.setPointSizeF(FORMULA_POINTS)
        font.setBold(True)
        self.formula.setFont(font)
        self.notes = label("quiet")
        self.notes.setWordWrap(True)
        for each, lines in ((self.formula, FORMULA_LINES), (self.notes, NOTE_LINES)):
            each.setMinimumHeight(lines * each.fontMetrics().lineSpacing())
            each.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.formula)
        column.addWidget(self.notes)

    def show_layer(self, layer: Layer, shape: Shape | None) -> None:
        """Show `layer` for an input of `shape`, None where it has none."""
        if shape is None:
            self._show((), [tr("A layer before this one can't be applied.")])
        elif not layer.enabled:
            self._show((), [tr("Switched off: the input is handed on as it is.")])
        elif layer.flat_output:
            count = NUMBERS.toString(layer.output_shape(shape)[2])
            self._show((), [tr("Rows and columns are gone: numbers in a row, {count} of them.", count=count)])
        elif layer.by_keras:
            size = "×".join(map(str, layer.output_shape(shape)))
            self._show((), [tr("Keras makes a map of {size} of it.", size=size)])
        else:
            axes = layer.axes(shape)
            self._show(tuple(formulas(axes)), notes(layer, axes))

    def _show(self, lines: tuple[Formula, ...], said: list[str]) -> None:
        self.text = "\n".join(map(plain, lines))
        self.formula.setText("<br>".join(map(marked_up, lines)))
        self.formula.setAccessibleName(self.text)
        self.notes.setText("\n".join(said))

    def retranslate(self) -> None:
        """Set every text but the formula's."""
        self.formula.setToolTip(
            tr(
                "⌊(n + p − k) / s⌋ + 1, where n is the size of the input, p the padding on both sides together, "
                "k what the window spans, s the stride; ⌊ ⌋ rounds down. With a dilation d, k is (kernel − 1) · d + 1."
            )
        )
