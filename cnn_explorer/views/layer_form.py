"""The form of a layer, built from the controls of its type."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from cnn_explorer.network.building import is_unfit
from cnn_explorer.network.document import Document
from cnn_explorer.network.layers import Layer
from cnn_explorer.network.layers.layer import Shape
from cnn_explorer.network.network import Problem
from cnn_explorer.network.reasons import unexplained
from cnn_explorer.network.sentence import say
from cnn_explorer.session.builder import Edit
from cnn_explorer.session.language import tr, translated
from cnn_explorer.session.session import Session
from cnn_explorer.views.activation_curve import ActivationCurve
from cnn_explorer.views.controls import button, describe, label
from cnn_explorer.views.layer_controls import (
    ENTRIES,
    NETWORK_EDITS,
    alternatives,
    form_controls,
    is_computed,
    value_of,
    with_field,
)
from cnn_explorer.views.layer_counts import CountField, DrawField, RateField
from cnn_explorer.views.layer_edits import fit_weights
from cnn_explorer.views.layer_fields import ChoiceField, Field, PairField
from cnn_explorer.views.layer_numbers import NumberField, PaddingField, ReadOnlyField, SidesField

__all__ = ["LayerForm", "alternatives", "form_controls", "with_field"]

FIELDS: dict[str, type[Field]] = {
    "pair": PairField,
    "choice": ChoiceField,
    "padding": PaddingField,
    "sides": SidesField,
    "number": NumberField,
    "whole": CountField,
}
"""By the kind of the control."""

NAMED_FIELDS: dict[str, type[Field]] = {"rate": RateField, "seed": DrawField}
"""By the name of the field, where it has a control of its own."""


def _pads(layer: Layer, shape: Shape) -> tuple[int, int, int, int]:
    rows, columns = layer.axes(shape)
    return rows.before, rows.after, columns.before, columns.after


_RELEVANT: dict[str, Callable[[Any, Shape], bool]] = {
    "fill": lambda layer, shape: any(_pads(layer, shape)),
    "negative_slope": lambda layer, shape: bool(layer.activation == "leaky_relu"),
}
"""Fields that mean something only at times, hidden at others. They are the last of their forms, so nothing moves."""

_BLAMED = {"kernel": "kernel_size", "depthwise_kernel": "kernel_size"}
"""Where a problem is said whose field has no control of its own."""


@dataclass(frozen=True)
class Run:
    """Edits in one field that are one step of undo: each is made of the document that the run began with.

    So whatever a value on the way has changed elsewhere is as it was when the value comes back.
    """

    field: str
    gesture: str
    base: Document


class LayerForm(QWidget):
    """The controls of one layer type. `show_layer` says which layer of the document they stand for."""

    def __init__(self, session: Session, kind: type[Layer]) -> None:
        super().__init__()
        self._session = session
        self._index = -1
        self._run: Run | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(9)
        self.fields: dict[str, Field] = {}
        self.which: QLabel | None = None
        self._make_fields(kind, column)
        self.hint = label("quiet")
        self.hint.setWordWrap(True)
        self.hint.setVisible(kind.by_keras)
        column.addWidget(self.hint)
        self.problem = label("problem")
        self.problem.setWordWrap(True)
        self.fit = button(lambda: fit_weights(session))
        for each in (self.problem, self.fit):
            each.hide()
            column.addWidget(each)
        self.curve = ActivationCurve() if "activation" in self.fields else None
        column.addStretch()
        if self.curve is not None:
            column.addWidget(self.curve)

    def _make_fields(self, kind: type[Layer], column: QVBoxLayout) -> None:
        controls = form_controls(kind)
        entries = [name for name in controls if name in ENTRIES]
        for name, control in controls.items():
            if len(entries) > 1 and name == entries[0]:
                self.which = label("quiet")
                column.addWidget(self.which)
            shown_only = ReadOnlyField if is_computed(kind, name) else None
            made = (shown_only or NAMED_FIELDS.get(name) or FIELDS[control.kind])(name, control)
            made.edited.connect(partial(self._edit, name))
            made.typed.connect(partial(self._type, name))
            made.finished.connect(self._finish)
            self.fields[name] = made
            column.addWidget(made)

    def show_layer(self, index: int, layer: Layer, shape: Shape | None, problem: Problem | None) -> None:
        """Show layer `index` of the document, whose input has `shape` (None where there is none)."""
        if index != self._index:
            self._finish()
            self._index = index
            for field in self.fields.values():
                field.settle()
        for name, field in self.fields.items():
            self._show_field(field, name, layer, shape)
        self.hint.setText(translated(unexplained(layer)) if layer.by_keras else "")
        self._show_problem(problem, layer, shape)
        if self.curve is not None:
            self.curve.show_layer(layer)

    def _show_problem(self, problem: Problem | None, layer: Layer, shape: Shape | None) -> None:
        """Say it under the control at fault; at the end where there is none, or where a button helps."""
        said = translated(problem.sentence) if problem else ""
        fitting = problem is not None and shape is not None and is_unfit(layer, shape)
        blamed = _BLAMED.get(problem.field, problem.field) if problem and not fitting else ""
        for name, field in self.fields.items():
            field.show_problem(said if name == blamed else "")
        self.problem.setText(said)
        self.problem.setVisible(bool(said) and blamed not in self.fields)
        self.fit.setVisible(fitting)

    def _show_field(self, field: Field, name: str, layer: Layer, shape: Shape | None) -> None:
        relevant = _RELEVANT.get(name)
        if relevant is not None and shape is not None:
            field.setVisible(relevant(layer, shape))
        at = self._session.cursor.filter
        field.show_value(value_of(layer, name, at))
        if name in ENTRIES:
            self._show_place(field, layer, min(at, len(getattr(layer, name)) - 1), len(getattr(layer, name)))
        if isinstance(field, PaddingField) and shape is not None:
            field.show_numbers(_pads(layer, shape))
        if isinstance(field, DrawField):
            field.show_active(bool(getattr(layer, "training", True)))

    def _show_place(self, field: Field, layer: Layer, at: int, count: int) -> None:
        """Say whose number a field shows: "Bias, filter 3"; above several of them, that these are of channel 3."""
        if self.which is not None:
            self.which.setText(tr("Channel {number} of {count}", number=at + 1, count=count))
        elif count > 1:
            name = translated(field.control.label)
            unit = layer.filter_axis == "units"
            words = tr("{name}, unit {number}") if unit else tr("{name}, filter {number}")
            field.show_place(words.format(name=name, number=at + 1))
        else:
            field.show_place("")

    def _edit(self, name: str, value: Any, gesture: str = "", base: Document | None = None) -> None:
        session, index, base = self._session, self._index, base or self._session.basis
        text = say("Change {field}", field=self.fields[name].control.label)
        if name not in NETWORK_EDITS:
            layer = with_field(base.network.layers[index], name, value, session.cursor.filter)
            session.edit_layer(index, layer, text, gesture, base)
            return

        def make(document: Document, rng: np.random.Generator) -> Edit:
            return Edit(NETWORK_EDITS[name](document.network, document.image.shape, index, value, rng), text)

        session.perform(make, gesture, base)

    def _type(self, name: str, value: Any) -> None:
        """An edit that is more of the same until the field says that the run is finished."""
        session, run = self._session, self._run
        going_on = run is not None and (session.document is run.base or session.continues(run.gesture))
        if run is None or run.field != name or not going_on:
            self._finish()
            run = self._run = Run(name, session.new_gesture(), session.basis)
        self._edit(name, value, run.gesture, run.base)

    def _finish(self) -> None:
        if self._run is not None:
            self._run = None
            self._session.end_gesture()

    def retranslate(self) -> None:
        """Set every text."""
        for field in self.fields.values():
            field.retranslate()
        self.fit.setText(tr("Fit the weights"))
        describe(
            self.fit, tr("Fit the weights"), tr("Keep the weights that fit the input, and draw new ones for the rest")
        )
