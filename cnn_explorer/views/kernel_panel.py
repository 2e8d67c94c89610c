"""The kernel that is looked at: its numbers, others to choose from, what can be done to it; and the layer's filters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from cnn_explorer.network import kernels
from cnn_explorer.network.arrays import Floats
from cnn_explorer.network.layers import Layer
from cnn_explorer.network.numbers import digits_for
from cnn_explorer.network.presets import kernel_presets
from cnn_explorer.network.sentence import Refused, Sentence, say
from cnn_explorer.session.language import tr, translated
from cnn_explorer.session.session import Session
from cnn_explorer.session.settings import Settings
from cnn_explorer.views.controls import breakable, button, describe, label
from cnn_explorer.views.filter_wall import FilterWall
from cnn_explorer.views.gallery_list import GalleryItem, GalleryList
from cnn_explorer.views.kernel_editor import KernelEditor
from cnn_explorer.views.kernel_target import Target, target_of
from cnn_explorer.views.layer_panel import same
from cnn_explorer.views.scales import Scales
from cnn_explorer.views.theme import Scale

MARGIN = 12


@dataclass(frozen=True)
class Change:
    """Something that a button does to a kernel; `text` names it for the undo menu. May raise Refused.

    `together` says that it takes all channels of a filter as one; otherwise each is changed by itself.
    """

    apply: Callable[[Floats], Floats]
    text: Sentence
    together: bool = False


def _random(kernel: Floats) -> Floats:
    return kernels.random_kernel(kernel.shape[0], kernel.shape[1], np.random.default_rng())


def _pasted(kernel: Floats) -> Floats:
    return kernels.kernel_from_text(QGuiApplication.clipboard().text())


CHANGES = {
    "random": Change(_random, say("Random kernel")),
    "zero": Change(kernels.zeroed, say("Zero the kernel")),
    "negate": Change(kernels.negated, say("Negate the kernel")),
    "transpose": Change(kernels.transposed, say("Transpose the kernel")),
    "rotate": Change(kernels.rotated90, say("Rotate the kernel")),
    "flip": Change(kernels.flipped180, say("Flip the kernel")),
    "normalise": Change(kernels.normalised, say("Normalise the kernel"), together=True),
    "paste": Change(_pasted, say("Paste a kernel")),
}


class KernelPanel(QWidget):
    """Heading, the kernel's numbers, gallery, a sentence on it, buttons, a sentence on flipping, and all filters."""

    pointed = Signal(str)

    def __init__(
        self, session: Session, settings: Settings, scales: Scales | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._settings = session, settings
        self._shown: tuple[object, ...] | None = None
        scales = scales or Scales(session, settings, self)
        self.heading = label("section", "kernel")
        self.which = label("quiet")
        self.editor = KernelEditor(session, scales)
        self.gallery = GalleryList("kernel")
        self.sentence = label("quiet")
        self.buttons = {name: button(partial(self.change, name)) for name in CHANGES}
        self.buttons["copy"] = button(self.copy)
        self.flipping = label("quiet")
        self.wall = FilterWall(session, settings, scales)
        for words in (self.which, self.sentence, self.flipping):
            words.setWordWrap(True)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._lay_out()
        self.gallery.chosen.connect(self.choose)
        for told in (self.gallery.pointed, self.editor.pointed, self.wall.pointed):
            told.connect(self.pointed)
        self.wall.numbers_wanted.connect(self.editor.take_focus)
        session.changed.connect(self._follow)
        session.cursor_moved.connect(self._follow)
        scales.changed.connect(self.redraw)
        self.editor.everywhere.toggled.connect(self.redraw)
        self.retranslate()

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setSpacing(4)
        for place, name in enumerate(_ORDER):
            grid.addWidget(self.buttons[name], *divmod(place, 2))
        grid.addWidget(self.buttons["normalise"], len(_ORDER) // 2, 0, 1, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(8)
        for widget in (self.heading, self.which, self.editor, self.gallery, self.sentence):
            column.addWidget(widget)
        column.addLayout(grid)
        column.addWidget(self.flipping)
        column.addWidget(self.wall)
        column.addStretch(1)

    # Editing

    def choose(self, index: int) -> None:
        """Use a kernel of the gallery, with its bias."""
        preset = kernel_presets()[index]
        text = say("Kernel {name}", name=preset.name)
        self._apply(Change(lambda kernel: preset.weights, text), preset.bias)

    def change(self, name: str) -> None:
        """Do one of CHANGES to the kernel; where that can't be done, say why."""
        self._apply(CHANGES[name])

    def _apply(self, change: Change, bias: float | None = None) -> None:
        target = target_of(self._session)
        if target is None:
            return
        try:
            layer = self._changed(target, change, bias)
        except Refused as refusal:
            self._session.said.emit(refusal.sentence)
            return
        self._session.edit_layer(target.index, layer, change.text)

    def _changed(self, target: Target, change: Change, bias: float | None) -> Layer:
        if not self._everywhere(target):
            return target.with_weights(change.apply(target.weights), bias)
        if change.together:
            return target.with_kernel(change.apply(target.kernel), bias)
        return target.with_kernel(target.on_every_channel(change.apply), bias)

    def _everywhere(self, target: Target) -> bool:
        return len(target.channels) > 1 and self.editor.everywhere.isChecked()

    def copy(self) -> None:
        """The kernel's numbers to the clipboard, for a spreadsheet."""
        target = target_of(self._session)
        if target is not None:
            QGuiApplication.clipboard().setText(kernels.kernel_to_text(target.weights))
            self._session.said.emit(say("The kernel has been copied: paste it into a spreadsheet."))

    # Showing

    def _follow(self) -> None:
        """The cursor moves at every step, the image with every stroke; only another kernel concerns the panel."""
        if self._shown is None or not all(map(same, self._shown, self._concerns())):
            self.redraw()

    def _concerns(self) -> tuple[object, ...]:
        document, cursor = self._session.wanted, self._session.cursor
        return document.network, document.image.shape, (cursor.layer, cursor.filter, cursor.channel)

    def redraw(self) -> None:
        """Show the kernel under the cursor from nothing."""
        self._shown = self._concerns()
        target = target_of(self._session)
        self.editor.show_target(target)
        self.gallery.setEnabled(target is not None and _takes_presets(target))
        for made in self.buttons.values():
            made.setEnabled(target is not None)
        self.which.setText(_which(target))
        current = _current(target)
        self.gallery.set_current(current)
        self.sentence.setText(_sentence(target, current))
        self._show_normalise(target)

    def _show_normalise(self, target: Target | None) -> None:
        tip = tr("Divide the weights by their sum: a flat area then keeps its value")
        try:
            weights = None if target is None else target.kernel if self._everywhere(target) else target.weights
            possible = weights is not None and bool(kernels.normalised(weights).size)
        except Refused as refusal:
            possible, tip = False, translated(refusal.sentence)
        self.buttons["normalise"].setEnabled(possible)
        describe(self.buttons["normalise"], tr("Normalise to sum 1"), tip)

    def retranslate(self) -> None:
        """Set every text."""
        self.heading.setText(tr("KERNEL"))
        self.gallery.setAccessibleName(tr("Kernels to choose from"))
        self.gallery.set_items([_item(preset) for preset in kernel_presets()])
        self.editor.retranslate()
        self.flipping.setText(
            tr(
                "TensorFlow does not flip the kernel: strictly, it computes a cross-correlation. With the kernel "
                "flipped by 180° it is what mathematics calls convolution."
            )
        )
        for name, (text, tip) in _texts().items():
            self.buttons[name].setText(text)
            describe(self.buttons[name], text, tip)
        self._reserve_lines()
        self.redraw()

    def _reserve_lines(self) -> None:
        """Room for the longest sentence: what stands below does not move when another kernel is chosen."""
        width = self.width() - 2 * MARGIN
        shown = self.sentence.text()
        heights = []
        for preset in kernel_presets():
            self.sentence.setText(translated(preset.does))
            heights.append(self.sentence.heightForWidth(width))
        self.sentence.setText(shown)
        self.sentence.setFixedHeight(max(heights, default=0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        if event.size().width() != event.oldSize().width():
            self._reserve_lines()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.FontChange:
            self._reserve_lines()


_ORDER = ("random", "zero", "negate", "transpose", "rotate", "flip", "copy", "paste")


def _texts() -> dict[str, tuple[str, str]]:
    return {
        "random": (tr("Random"), tr("Whole numbers from −2 to 2 by chance")),
        "zero": (tr("Zero"), tr("All weights 0: only the bias is left")),
        "negate": (tr("Negate"), tr("Change the sign of every weight")),
        "transpose": (tr("Transpose"), tr("Rows become columns: vertical edges become horizontal ones")),
        "rotate": (tr("Rotate 90°"), tr("Turn the kernel clockwise")),
        "flip": (
            tr("Flip 180°"),
            tr("TensorFlow computes a cross-correlation; with the kernel flipped it is a mathematician's convolution"),
        ),
        "copy": (tr("Copy"), tr("Copy the weights as text for a spreadsheet")),
        "paste": (tr("Paste"), tr("Take the weights from a spreadsheet or a text: one line for each row")),
        "normalise": (tr("Normalise to sum 1"), ""),
    }


def _item(preset) -> GalleryItem:
    return GalleryItem(
        preset.weights, Scale.of_signed(preset.weights), translated(preset.name), translated(preset.does)
    )


def _current(target: Target | None) -> int:
    if target is None:
        return -1
    weights = target.weights
    return next((at for at, preset in enumerate(kernel_presets()) if np.array_equal(preset.weights, weights)), -1)


def _which(target: Target | None) -> str:
    if target is None:
        return tr("The network has no convolution: add one to edit its kernel.")
    name = breakable(target.layer.name or target.layer.label())
    return tr("Layer {number}: {layer}", number=target.index + 1, layer=name)


def _takes_presets(target: Target) -> bool:
    """Whether kernels of the gallery fit, or the layer's can be made to fit."""
    return target.resizable or target.weights.shape == kernel_presets()[0].weights.shape


def _sentence(target: Target | None, current: int) -> str:
    if target is None:
        return ""
    if current >= 0:
        return translated(kernel_presets()[current].does)
    total = float(target.weights.astype(float).sum())
    return tr("A kernel of your own. Its weights add up to {sum}.", sum=digits_for([round(total, 4)]).text(total))
