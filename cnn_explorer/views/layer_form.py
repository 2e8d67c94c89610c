"""The form of a layer, built from the fields of its dataclass; what a kernel and a kind of layer add is in tables."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from functools import partial
from typing import Any

import numpy as np
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cnn_explorer.network.arrays import Floats, frozen
from cnn_explorer.network.document import LARGEST_VALUE
from cnn_explorer.network.kernels import resized
from cnn_explorer.network.layers import LAYERS, Activation, AveragePooling2D, Layer, MaxPooling2D
from cnn_explorer.network.layers.conv2d import LARGEST_KERNEL
from cnn_explorer.network.layers.layer import Control, Shape
from cnn_explorer.network.network import Problem
from cnn_explorer.network.sentence import say
from cnn_explorer.session.language import translated
from cnn_explorer.session.session import Session
from cnn_explorer.views.activation_curve import ActivationCurve
from cnn_explorer.views.controls import label
from cnn_explorer.views.layer_fields import ChoiceField, Field, PairField
from cnn_explorer.views.layer_numbers import NumberField, PaddingField

FIELDS: dict[str, type[Field]] = {
    "pair": PairField,
    "choice": ChoiceField,
    "padding": PaddingField,
    "number": NumberField,
}

ALTERNATIVES: tuple[tuple[type[Layer], ...], ...] = ((MaxPooling2D, AveragePooling2D),)
"""Layer types with the same fields: the form offers to change one into the other."""

_KIND = "kind"
_KERNEL_CONTROLS = {
    "kernel_size": Control(
        "pair", say("Kernel size"), say("How many rows and columns the kernel has"), low=1, high=LARGEST_KERNEL
    ),
    "bias": Control(
        "number", say("Bias"), say("A number added to every sum of this filter"), low=-LARGEST_VALUE, high=LARGEST_VALUE
    ),
}


def alternatives(layer: type[Layer]) -> tuple[type[Layer], ...]:
    """The layer types that this one can be changed into, itself among them."""
    return next((group for group in ALTERNATIVES if layer in group), (layer,))


def form_controls(layer: type[Layer]) -> dict[str, Control]:
    """Every control of a layer type's form, in order."""
    controls: dict[str, Control] = {}
    kinds = alternatives(layer)
    if len(kinds) > 1:
        options = tuple(each.kind for each in kinds)
        controls[_KIND] = Control(
            "choice", say("Function"), say("What is made of the cells in a window"), options=options
        )
    if any(item.name == "kernel" for item in fields(layer)):
        controls |= _KERNEL_CONTROLS
    return controls | layer.controls()


def _with_kind(layer: Layer, kind: str, at: int) -> Layer:
    return LAYERS[kind](**{item.name: getattr(layer, item.name) for item in fields(layer)})


def _with_kernel_size(layer: Any, size: tuple[int, int], at: int) -> Layer:
    kernel: Floats = layer.kernel
    flat = kernel.reshape(*kernel.shape[:2], -1)
    planes = [resized(np.ascontiguousarray(flat[..., plane]), *size) for plane in range(flat.shape[2])]
    return replace(layer, kernel=frozen(np.stack(planes, axis=-1).reshape(*size, *kernel.shape[2:])))


def _with_bias(layer: Any, value: float, at: int) -> Layer:
    bias = np.array(layer.bias)
    bias[at] = value
    return replace(layer, bias=frozen(bias))


_EDITS: dict[str, Callable[[Any, Any, int], Layer]] = {
    _KIND: _with_kind,
    "kernel_size": _with_kernel_size,
    "bias": _with_bias,
}


def with_field(layer: Layer, name: str, value: Any, at: int = 0) -> Layer:
    """`layer` with another value in a field of its form; `at` is the filter whose bias is meant."""
    edit = _EDITS.get(name)
    return edit(layer, value, at) if edit else replace(layer, **{name: value})


def _pads(layer: Layer, shape: Shape) -> tuple[int, int, int, int]:
    rows, columns = layer.axes(shape)
    return rows.before, rows.after, columns.before, columns.after


_RELEVANT: dict[str, Callable[[Any, Shape], bool]] = {
    "fill": lambda layer, shape: any(_pads(layer, shape)),
    "negative_slope": lambda layer, shape: bool(layer.activation == "leaky_relu"),
}
"""Fields that mean something only at times, hidden at others. They are the last of their forms, so nothing moves."""


_BLAMED = {"kernel": "kernel_size"}
"""Where a problem is said whose field has no control of its own."""


class LayerForm(QWidget):
    """The controls of one layer type. `show_layer` says which layer of the document they stand for."""

    def __init__(self, session: Session, kind: type[Layer]) -> None:
        super().__init__()
        self._session = session
        self._index = -1
        self._run = ("", "")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(9)
        self.fields: dict[str, Field] = {}
        for name, control in form_controls(kind).items():
            made = self.fields[name] = FIELDS[control.kind](name, control)
            made.edited.connect(partial(self._edit, name))
            made.typed.connect(partial(self._type, name))
            made.finished.connect(self._finish)
            column.addWidget(made)
        self.problem = label("problem")
        self.problem.setWordWrap(True)
        self.problem.hide()
        column.addWidget(self.problem)
        self.curve = ActivationCurve() if "activation" in self.fields else None
        column.addStretch()
        if self.curve is not None:
            column.addWidget(self.curve)

    def show_layer(self, index: int, layer: Layer, shape: Shape | None, problem: Problem | None) -> None:
        """Show layer `index` of the document, whose input has `shape` (None where there is none)."""
        if index != self._index:
            self._finish()
            self._index = index
            for field in self.fields.values():
                field.settle()
        for name, field in self.fields.items():
            self._show_field(field, name, layer, shape)
        self._show_problem(problem)
        if self.curve is not None and isinstance(layer, Activation):
            self.curve.show_layer(layer)

    def _show_problem(self, problem: Problem | None) -> None:
        """Say it under the control at fault, at the end where there is none."""
        said = translated(problem.sentence) if problem else ""
        blamed = _BLAMED.get(problem.field, problem.field) if problem else ""
        for name, field in self.fields.items():
            field.show_problem(said if name == blamed else "")
        self.problem.setText(said)
        self.problem.setVisible(bool(said) and blamed not in self.fields)

    def _show_field(self, field: Field, name: str, layer: Layer, shape: Shape | None) -> None:
        relevant = _RELEVANT.get(name)
        if relevant is not None and shape is not None:
            field.setVisible(relevant(layer, shape))
        value = getattr(layer, name)
        field.show_value(float(value[self._filter(layer)]) if name == "bias" else value)
        if isinstance(field, PaddingField) and shape is not None:
            field.show_numbers(_pads(layer, shape))

    def _filter(self, layer: Layer) -> int:
        return min(self._session.cursor.filter, len(getattr(layer, "bias", (0,))) - 1)

    def _edit(self, name: str, value: Any, gesture: str = "") -> None:
        layer = self._session.document.network.layers[self._index]
        text = say("Change {field}", field=self.fields[name].control.label)
        self._session.edit_layer(self._index, with_field(layer, name, value, self._filter(layer)), text, gesture)

    def _type(self, name: str, value: Any) -> None:
        """An edit that is more of the same until the field says that the run is finished."""
        if self._run[0] != name:
            self._finish()
            self._run = (name, self._session.new_gesture())
        self._edit(name, value, self._run[1])

    def _finish(self) -> None:
        if self._run[0]:
            self._run = ("", "")
            self._session.end_gesture()

    def retranslate(self) -> None:
        """Set every text."""
        for field in self.fields.values():
            field.retranslate()
