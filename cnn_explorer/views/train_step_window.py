"""One step of learning as arithmetic: weights minus learning rate times gradient, batch by batch, forward and back."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QEvent
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from cnn_explorer.network.numbers import Digits, digits_for, loss_text, rounded_digits
from cnn_explorer.network.reasons import grouped
from cnn_explorer.network.training import Weights, weights_of, with_weights
from cnn_explorer.network.training_progress import Update
from cnn_explorer.session.language import tr, translated
from cnn_explorer.session.session import Session
from cnn_explorer.session.training import Training
from cnn_explorer.views.controls import button, describe, label, line
from cnn_explorer.views.icons import icon
from cnn_explorer.views.kernel_target import Target, target_of
from cnn_explorer.views.layer_numbers import NumberSpin, show_number
from cnn_explorer.views.layer_panel import COMPACT
from cnn_explorer.views.theme import Scale, theme
from cnn_explorer.views.train_batch import BatchImages
from cnn_explorer.views.train_grids import Grid, Grids

RATE = 0.1
RATES = (1e-6, 100.0)
MOST_TOLD = 200_000
"""Weights of a network whose gradients are all told at a step; of a larger one only those of the focused layer."""
MOST_KEPT = 100
SIZE = (860, 650)
"""Room for kernels of 5×5: the buttons stay where they are when the first step is shown."""
CELL, BIAS_CELL = 62.0, 50.0
FEWEST, MOST_DECIMALS = 3, 6


class UpdateWindow(QDialog):
    """Follows the focused kernel. `begin` starts a training that waits before its first batch."""

    def __init__(
        self, session: Session, training: Training, begin: Callable[[], object], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._training, self._begin = session, training, begin
        self.updates: list[Update] = []
        self._was_shown = False
        self.which, self.loss, self.sum, self.hint = label("heading"), label(), label("heading"), label("quiet")
        for words in (self.which, self.loss, self.sum, self.hint):
            words.setWordWrap(True)
        self.kernels = Grids(("\u2212", "="), CELL, walkable=True)
        self.biases = Grids(("\u2212", "="), BIAS_CELL)
        self.batch = BatchImages()
        self.batch_title = label("quiet")
        self.rate_label, self.rate = label(), NumberSpin(*RATES)
        self.rate.setStyleSheet(COMPACT)
        show_number(self.rate, RATE)
        self.back, self.forward, self.main = button(self.go_back), button(self.go_forward), button(self._do_main)
        self.main.setDefault(True)
        self._lay_out()
        self.kernels.marked.connect(self._write_sum)
        self.rate.valueChanged.connect(lambda value: self._draw_signs())
        training.updated.connect(self._take)
        training.changed.connect(self.redraw)
        for signal in (session.cursor_moved, session.evaluated):
            signal.connect(self.draw_update)
        theme.changed.connect(self.redraw)
        self.retranslate()

    def _lay_out(self) -> None:
        controls = QHBoxLayout()
        controls.setSpacing(8)
        controls.addWidget(self.main)
        controls.addStretch(1)
        for widget in (self.rate_label, self.rate, self.back, self.forward):
            controls.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 14)
        column.setSpacing(10)
        for part in (self.which, self.kernels, self.biases, self.sum, self.loss, line(), self.batch_title, self.batch):
            column.addWidget(part)
        column.addStretch(1)
        column.addWidget(self.hint)
        column.addLayout(controls)

    # what is done

    def _do_main(self) -> None:
        if self._training.state == "running":
            self._training.pause()
        elif self._training.state == "paused":
            self._training.resume()
        elif not self._training.active:
            self._begin()

    def go_forward(self) -> None:
        """Learn from the next batch."""
        self._training.step(self.rate.value(), self._told_layer())

    def go_back(self) -> None:
        """Undo the last step."""
        self._training.back(self._told_layer())

    def _told_layer(self) -> int | None:
        target, network = target_of(self._session), self._session.document.network
        few = sum(values.size for values in weights_of(network).values()) <= MOST_TOLD
        return None if few or target is None else target.index

    def _take(self, update: Update | None) -> None:
        """A step was made; or the last one was undone, and the one before it is shown again."""
        if update is not None and self.updates and update.step == self.updates[-1].step:
            self.updates.pop()
        elif update is not None:
            self.updates = [*self.updates[1 - MOST_KEPT :], update]
        self.redraw()

    # what is shown

    def redraw(self) -> None:
        """Show everything from nothing."""
        state = self._training.state
        if state not in ("paused", "loading"):
            self.updates = []  # training goes on from there with steps of its own
        waits = state == "paused" and self._training.trouble is None
        self.forward.setEnabled(waits)
        self.back.setEnabled(waits and bool(self.updates))
        self._name_main(state)
        self.hint.setText(self._hint(state))
        self.draw_update()

    def _name_main(self, state: str) -> None:
        texts = {
            "running": (tr("Pause the training"), tr("Wait before the next batch")),
            "paused": (
                tr("Go on training"),
                tr("Go on by itself, from the weights as they are"),
            ),
        }.get(state, (tr("Begin by hand"), tr("Load the data, and wait before the first batch")))
        self.main.setText(texts[0])
        describe(self.main, *texts)
        self.main.setEnabled(state not in ("loading", "stopping"))

    def _hint(self, state: str) -> str:
        if state == "paused":
            return tr("Each step learns from one batch by plain gradient descent, whichever optimizer is chosen.")
        if state in ("loading", "stopping") and self._training.doing is not None:
            return translated(self._training.doing)
        if state == "running":
            return tr("Pause the training to go on step by step.")
        return tr("Begin by hand: the data are loaded, and every batch waits for you.")

    def draw_update(self) -> None:
        """The last step, of the kernel that is looked at."""
        if not self.isVisible():
            return
        target, update = target_of(self._session), self.updates[-1] if self.updates else None
        self.which.setText(_which(target))
        parts = None if target is None or update is None else self._parts(target, update)
        self._draw_signs()
        if update is None or parts is None:
            self._draw_nothing(target, update)
            return
        self.kernels.show_grids(_grids(*parts[0], self._captions()))
        self.biases.show_grids(
            () if parts[1] is None else _grids(*parts[1], (tr("bias"), tr("gradient"), tr("new bias")))
        )
        self._write_loss(update)
        self._write_sum(self.kernels.cell)
        job = self._training.job
        if job is not None:
            self.batch.show_batch(job.data, job.shape, [int(number) for number in update.images])

    def _draw_nothing(self, target: Target | None, update: Update | None) -> None:
        self.kernels.show_grids(())
        self.biases.show_grids(())
        self.sum.setText("")
        known = update is not None and target is not None
        if known:
            self.loss.setText(tr("The next step will show this layer."))
        elif self.forward.isEnabled():
            self.loss.setText(tr("No step yet. Forward learns from one batch, and shows how each weight changes."))
        else:
            self.loss.setText(tr("No step yet."))

    def _captions(self) -> tuple[str, str, str]:
        return tr("weights"), tr("gradient of the loss"), tr("new weights")

    def _draw_signs(self) -> None:
        rate = self.updates[-1].learning_rate if self.updates else self.rate.value()
        times = f"\u2212 {digits_for([rate]).text(rate)} ×"
        for grids in (self.kernels, self.biases):
            grids.set_signs((times, "="))

    def _parts(self, target: Target, update: Update) -> tuple[Kernels, Kernels | None] | None:
        """Old, gradient and new of the kernel and of the bias; None where the step told nothing of this layer."""
        found = [_of(target, self._session, weights) for weights in (update.old, update.gradient, update.new)]
        if any(each is None for each in found):
            return None
        kernels, biases = zip(*[each for each in found if each is not None], strict=True)
        has_bias = target.bias is not None
        return (kernels, update.learning_rate), ((biases, update.learning_rate) if has_bias else None)

    def _write_loss(self, update: Update) -> None:
        before, after = loss_text(update.loss), loss_text(update.new_loss)
        change = tr("smaller") if update.new_loss < update.loss else tr("larger")
        self.loss.setText(
            tr(
                "Step {number}: the loss of these {count} images goes from {before} to {after}: it is {change}.",
                number=len(self.updates),
                count=grouped(len(update.images)),
                before=before,
                after=after,
                change=change,
            )  # fmt: skip
        )

    def _write_sum(self, cell: tuple[int, int] | None) -> None:
        """The arithmetic of one weight, in numbers."""
        grids = self.kernels.grids
        if cell is None or not grids or not self.updates:
            self.sum.setText(tr("Point at a weight to see its sum.") if grids else "")
            return
        old, gradient, new = (each.digits.text(float(each.values[cell])) for each in grids)
        rate = digits_for([self.updates[-1].learning_rate]).text(self.updates[-1].learning_rate)
        if gradient.startswith("\u2212"):
            gradient = f"({gradient})"
        self.sum.setText(f"{old} \u2212 {rate} × {gradient} = {new}")

    # life

    def stop(self) -> None:
        """The program's window closes: what is being read is dropped."""
        self.batch.images.close()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._was_shown:
            self._was_shown = True
            room = self.screen().availableSize()
            self.resize(min(SIZE[0], room.width() - 40), min(SIZE[1], room.height() - 60))
        self.redraw()

    def retranslate(self) -> None:
        """Set every text."""
        self.setWindowTitle(tr("One step of learning"))
        self.rate_label.setText(tr("Learning rate"))
        describe(self.rate, tr("Learning rate"), tr("How far the next step goes along the gradient"))
        self.batch_title.setText(tr("The batch: images whose gradients are averaged"))
        for made, text, tip, picture in (
            (self.back, tr("Back"), tr("Undo the last step"), "back"),
            (self.forward, tr("Forward"), tr("Learn from the next batch"), "forward"),
        ):
            made.setText(text)
            made.setIcon(icon(picture))
            describe(made, text, tip)
        describe(self.kernels, tr("The step as arithmetic"), tr("Arrow keys choose the weight whose sum is written"))
        self.redraw()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()


Kernels = tuple[tuple[np.ndarray, np.ndarray, np.ndarray], float]
"""Old, gradient and new, and the learning rate."""


def _of(target: Target, session: Session, weights: Weights) -> tuple[np.ndarray, np.ndarray] | None:
    """The kernel (rows, columns) and the bias (1, 1) of the target in some arrays of its layer; None without them."""
    own = {key: values for key, values in weights.items() if key[0] == target.index}
    if not own:
        return None
    layer = with_weights(session.document.network, own).layers[target.index]
    kernel = layer.filter_weights(target.shape, target.filter)
    if kernel is None:
        return None
    return kernel[:, :, target.place], np.full((1, 1), layer.filter_bias(target.filter), np.float32)


def _grids(parts: tuple[np.ndarray, np.ndarray, np.ndarray], rate: float, names: tuple[str, str, str]) -> list[Grid]:
    """The grids of a step: weights are written with so many places that the step can be seen."""
    old, gradient, new = parts
    change = float(np.abs(rate * gradient).max(initial=0.0))
    places = min(max(rounded_digits(change).decimals - 1, FEWEST), MOST_DECIMALS) if change else FEWEST
    digits = Digits(places, exact=False)
    scale = Scale.of_signed(np.stack([old, new]))
    slope = rounded_digits(float(np.abs(gradient).max(initial=0.0)))
    return [
        Grid(names[0], old, scale, digits),
        Grid(names[1], gradient, Scale.of_signed(gradient), slope, "quiet"),
        Grid(names[2], new, scale, digits),
    ]


def _which(target: Target | None) -> str:
    if target is None:
        return tr("The network has no kernel to look at.")
    layer = target.layer.name or target.layer.label()
    return tr(
        "Layer {number}: {layer}, filter {filter}, channel {channel}",
        number=target.index + 1, layer=layer, filter=target.filter + 1, channel=target.place + 1,
    )  # fmt: skip
