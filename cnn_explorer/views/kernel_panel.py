"""The kernels to choose from, and what can be done to the one that is being looked at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from cnn_explorer.network import kernels
from cnn_explorer.network.arrays import Floats, frozen
from cnn_explorer.network.layers import Conv2D
from cnn_explorer.network.numbers import digits_for
from cnn_explorer.network.presets import kernel_presets
from cnn_explorer.network.sentence import Refused, Sentence, say
from cnn_explorer.session.language import tr, translated
from cnn_explorer.session.session import Session
from cnn_explorer.session.settings import Settings
from cnn_explorer.views.controls import button, describe, label
from cnn_explorer.views.gallery_list import GalleryItem, GalleryList
from cnn_explorer.views.theme import Scale

MARGIN = 12


@dataclass(frozen=True)
class Target:
    """Which kernel the panel is about: layer `index`, one filter of it, one input channel."""

    index: int
    layer: Conv2D
    filter: int
    channel: int

    @property
    def weights(self) -> Floats:
        """(rows, columns) of the kernel."""
        return frozen(self.layer.kernel[:, :, self.channel, self.filter])

    def with_weights(self, weights: Floats, bias: float | None = None) -> Conv2D:
        """The layer with this one kernel replaced, and the filter's bias where one is given.

        Kernels of a layer are all of one size: the others are cut, or get zeros around them, when this one's changes.
        """
        rows, columns = weights.shape
        layer = self.layer
        kernel = np.zeros((rows, columns, *layer.kernel.shape[2:]), np.float32)
        for channel, number in np.ndindex(*layer.kernel.shape[2:]):
            kernel[:, :, channel, number] = kernels.resized(layer.kernel[:, :, channel, number], rows, columns)
        kernel[:, :, self.channel, self.filter] = weights
        biases = layer.bias.copy()
        if bias is not None:
            biases[self.filter] = bias
        return replace(layer, kernel=frozen(kernel), bias=frozen(biases))


def target_of(session: Session) -> Target | None:
    """The kernel under the cursor, in the newest document: of the focused layer if it is a convolution, else of the
    first convolution; None where the network has none."""
    layers = session.document.network.layers
    cursor = session.cursor
    places = [index for index, layer in enumerate(layers) if isinstance(layer, Conv2D)]
    if not places:
        return None
    index = cursor.layer if cursor.layer in places else places[0]
    layer = layers[index]
    assert isinstance(layer, Conv2D)
    channels, filters = layer.kernel.shape[2:]
    return Target(index, layer, min(cursor.filter, filters - 1), min(cursor.channel, channels - 1))


@dataclass(frozen=True)
class Change:
    """Something that a button does to the kernel; `text` names it for the undo menu. May raise Refused."""

    apply: Callable[[Floats], Floats]
    text: Sentence


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
    "normalise": Change(kernels.normalised, say("Normalise the kernel")),
    "paste": Change(_pasted, say("Paste a kernel")),
}


class KernelPanel(QWidget):
    """Heading, gallery, a sentence on the current kernel, buttons, a sentence on flipping."""

    pointed = Signal(str)

    def __init__(self, session: Session, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._settings = session, settings
        self.heading = label("section", "kernel")
        self.which = label("quiet")
        self.gallery = GalleryList("kernel")
        self.sentence = label("quiet")
        self.buttons = {name: button(partial(self.change, name)) for name in CHANGES}
        self.buttons["copy"] = button(self.copy)
        self.flipping = label("quiet")
        for words in (self.which, self.sentence, self.flipping):
            words.setWordWrap(True)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._lay_out()
        self.gallery.chosen.connect(self.choose)
        self.gallery.pointed.connect(self.pointed)
        session.changed.connect(self.redraw)
        session.cursor_moved.connect(self.redraw)
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
        for widget in (self.heading, self.which, self.gallery, self.sentence):
            column.addWidget(widget)
        column.addLayout(grid)
        column.addWidget(self.flipping)
        column.addStretch(1)

    # Editing

    def choose(self, index: int) -> None:
        """Use a kernel of the gallery, with its bias."""
        target = target_of(self._session)
        if target is not None:
            preset = kernel_presets()[index]
            text = say("Kernel {name}", name=preset.name)
            self._session.edit_layer(target.index, target.with_weights(preset.weights, preset.bias), text)

    def change(self, name: str) -> None:
        """Do one of CHANGES to the kernel; where that can't be done, say why."""
        target = target_of(self._session)
        if target is None:
            return
        try:
            weights = CHANGES[name].apply(target.weights)
        except Refused as refusal:
            self._session.said.emit(refusal.sentence)
            return
        self._session.edit_layer(target.index, target.with_weights(weights), CHANGES[name].text)

    def copy(self) -> None:
        """The kernel's numbers to the clipboard, for a spreadsheet."""
        target = target_of(self._session)
        if target is not None:
            QGuiApplication.clipboard().setText(kernels.kernel_to_text(target.weights))
            self._session.said.emit(say("The kernel has been copied: paste it into a spreadsheet."))

    # Showing

    def redraw(self) -> None:
        """Show the kernel under the cursor from nothing."""
        target = target_of(self._session)
        self.gallery.setEnabled(target is not None)
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
            possible = target is not None and bool(kernels.normalised(target.weights).size)
        except Refused as refusal:
            possible, tip = False, translated(refusal.sentence)
        self.buttons["normalise"].setEnabled(possible)
        describe(self.buttons["normalise"], tr("Normalise to sum 1"), tip)

    def retranslate(self) -> None:
        """Set every text."""
        self.heading.setText(tr("KERNEL"))
        self.gallery.setAccessibleName(tr("Kernels to choose from"))
        self.gallery.set_items([_item(preset) for preset in kernel_presets()])
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
    name = target.layer.name or target.layer.label()
    channels, filters = target.layer.kernel.shape[2:]
    if channels * filters == 1:
        return tr("Layer {number}: {layer}", number=target.index + 1, layer=name)
    return tr(
        "Layer {number}: {layer}, filter {filter} of {filters}, channel {channel} of {channels}",
        number=target.index + 1, layer=name, filter=target.filter + 1, filters=filters,
        channel=target.channel + 1, channels=channels,
    )  # fmt: skip


def _sentence(target: Target | None, current: int) -> str:
    if target is None:
        return ""
    if current >= 0:
        return translated(kernel_presets()[current].does)
    total = float(target.weights.astype(float).sum())
    return tr("A kernel of your own. Its weights add up to {sum}.", sum=digits_for([round(total, 4)]).text(total))
