"""What learning has done to the kernel that is looked at: as it was, as it is, and the difference, as numbers."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from cnn_explorer.network.arrays import Floats
from cnn_explorer.network.layers.layer import Layer
from cnn_explorer.network.numbers import Digits, rounded_digits, short_text
from cnn_explorer.network.training import with_weights
from cnn_explorer.session.language import tr
from cnn_explorer.session.session import Session
from cnn_explorer.session.training import Training
from cnn_explorer.views.controls import describe, label
from cnn_explorer.views.kernel_target import Target, target_of
from cnn_explorer.views.theme import Scale
from cnn_explorer.views.train_grids import Grid, Grids

SIGNS = ("\u2212", "=")


class TrainChange(QWidget):
    """A switch, and below it the focused filter's kernel: now minus at the start is the change."""

    def __init__(self, session: Session, training: Training) -> None:
        super().__init__()
        self._session, self._training = session, training
        self.switch = QCheckBox()
        self.switch.setChecked(True)
        self.which = label("quiet")
        self.which.setWordWrap(True)
        self.grids = Grids(SIGNS)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for part in (self.switch, self.which, self.grids):
            column.addWidget(part)
        self.switch.toggled.connect(self.redraw)
        for signal in (session.evaluated, session.cursor_moved, training.snapped, training.changed):
            signal.connect(self.redraw)
        self.retranslate()

    def kernels(self) -> tuple[Floats, Floats] | None:
        """The kernel (rows, columns) at the start and as it is shown; None where there is none to compare."""
        target, start = target_of(self._session), self._training.snapshots.first
        if target is None or start is None:
            return None
        network = self._session.evaluation.document.network
        keys = [key for key in start.weights if key[0] == target.index]
        if target.index >= len(network.layers) or not keys:
            return None
        now = _same_shapes(network.layers[target.index], target)
        before = with_weights(self._session.document.network, {key: start.weights[key] for key in keys})
        old = before.layers[target.index].filter_weights(target.shape, target.filter)
        new = None if now is None else now.filter_weights(target.shape, target.filter)
        if old is None or new is None or old.shape != new.shape:
            return None
        return old[:, :, target.place], new[:, :, target.place]

    def redraw(self) -> None:
        """Show the kernel from nothing."""
        if not self.isVisible():
            return
        found = self.kernels() if self.switch.isChecked() else None
        self.which.setText(self._sentence(found is not None))
        self.which.setVisible(self.switch.isChecked())
        if found is None:
            self.grids.show_grids(())
            return
        old, new = found
        change = new - old
        scale = Scale.of_signed(np.stack([old, new]))
        places = max(rounded_digits(scale.high).decimals - 1, 0)  # one less than usual: three grids share the width
        digits = Digits(places, exact=False)
        now = tr("now") if self._session.previewed is None else tr("then")
        own = Scale.of_signed(change)
        finer = Digits(max(rounded_digits(own.high).decimals - 1, places), exact=False)
        most = tr("change ±{most}", most=short_text(float(f"{own.high:.2g}"))) if np.any(change) else tr("change")
        self.grids.show_grids(
            [Grid(now, new, scale, digits), Grid(tr("start"), old, scale, digits), Grid(most, change, own, finer)]
        )

    def _sentence(self, found: bool) -> str:
        target = target_of(self._session)
        if not found or target is None:
            return tr("While it learns, the kernel that you look at is compared here with what it was at the start.")
        layer = target.layer.name or target.layer.label()
        return tr(
            "{layer}, filter {filter}, channel {channel}",
            layer=layer, filter=target.filter + 1, channel=target.place + 1,
        )  # fmt: skip

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.redraw()

    def retranslate(self) -> None:
        """Set every text."""
        self.switch.setText(tr("Change since the start"))
        describe(
            self.switch, tr("Change since the start"), tr("Compare the focused filter's kernel with what it began as")
        )
        describe(self.grids, tr("Change of the kernel"), tr("The kernel now, minus at the start, is the change"))
        self.redraw()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()


def _same_shapes(layer: Layer, target: Target) -> Layer | None:
    """The layer on the screen, where it is still of the kind that the newest document has there."""
    return layer if type(layer) is type(target.layer) else None
