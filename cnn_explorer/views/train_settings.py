"""The settings of a training as a compact form; what is chosen is kept between sessions."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from functools import cached_property, partial
from typing import Any

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cnn_explorer.network.sentence import Refused
from cnn_explorer.network.training import TrainingSettings
from cnn_explorer.session.language import tr
from cnn_explorer.session.settings import Settings
from cnn_explorer.views.controls import button, describe
from cnn_explorer.views.layer_fields import Field
from cnn_explorer.views.layer_form import FIELDS
from cnn_explorer.views.layer_panel import COMPACT

ONLY_FOR = {"momentum": ("optimizer", ("SGD",))}
"""Fields that mean something only where another one has one of these values."""


def read_settings(text: str) -> TrainingSettings:
    """The settings that were kept as a text; the defaults where it can't be believed."""
    try:
        return TrainingSettings(**json.loads(text)).checked() if text else TrainingSettings()
    except (ValueError, TypeError, Refused):
        return TrainingSettings()


class TrainSettings(QWidget):
    """A field for each setting. `edited` says that `values` are others.

    The fields are made when the form is in its place and shown: made before, they would keep the tab from coming up.
    """

    edited = Signal()

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._settings = settings
        self.values = read_settings(settings.values.training)
        self.setStyleSheet(COMPACT)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(5)
        self.defaults = button(self._use_defaults)
        self.column.addWidget(self.defaults)

    @cached_property
    def fields(self) -> dict[str, Field]:
        """The field of each setting, by its name."""
        found: dict[str, Field] = {}
        for name, control in TrainingSettings.controls().items():
            made = found[name] = FIELDS[control.kind](name, control)
            for signal in (made.edited, made.typed):
                signal.connect(partial(self._edit, name))
            self.column.insertWidget(self.column.count() - 1, made)
        return found

    def _fill(self) -> None:
        self.retranslate()
        self.redraw()

    def _edit(self, name: str, value: Any) -> None:
        self._take(replace(self.values, **{name: value}))

    def _use_defaults(self) -> None:
        self._take(TrainingSettings())

    def _take(self, values: TrainingSettings) -> None:
        self.values = values
        self._settings.set("training", json.dumps(asdict(values)))
        self.redraw()
        self.edited.emit()

    def redraw(self) -> None:
        """Show the values."""
        for name, made in self.fields.items():
            made.show_value(getattr(self.values, name))
            other, wanted = ONLY_FOR.get(name, ("", ()))
            made.setEnabled(not other or getattr(self.values, other) in wanted)
        self.defaults.setEnabled(self.values != TrainingSettings())

    def set_editable(self, editable: bool) -> None:
        """While a network learns, how it does stays."""
        self.setEnabled(editable)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if "fields" not in vars(self):
            QTimer.singleShot(0, self, self._fill)

    def retranslate(self) -> None:
        """Set every text."""
        for made in self.fields.values():
            made.retranslate()
        self.defaults.setText(tr("Defaults"))
        describe(self.defaults, tr("Defaults"), tr("The handbook's settings: Adam, 0.001, batches of 50, 5 epochs"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and "fields" in vars(self):
            self.retranslate()
