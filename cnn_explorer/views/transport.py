"""Play, step and scrub: the buttons under the stage."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QSlider, QToolButton, QVBoxLayout, QWidget

from cnn_explorer.session.language import tr
from cnn_explorer.session.playback import SPEEDS, Playback
from cnn_explorer.session.session import Session
from cnn_explorer.session.settings import Settings
from cnn_explorer.views.controls import describe, icon_button, label
from cnn_explorer.views.icons import icon
from cnn_explorer.views.theme import theme

FRACTIONS = {0.25: "¼×", 0.5: "½×"}


BETWEEN_HINTS = " · "


class Hint(QLabel):
    """Hints in one line, of which as many are shown as fit."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "quiet")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setMinimumWidth(1)
        self._hints: list[str] = []

    def set_text(self, text: str) -> None:
        """Show other hints, joined by BETWEEN_HINTS."""
        self._hints = text.split(BETWEEN_HINTS)
        self._show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show()

    def _show(self) -> None:
        shown = len(self._hints)
        while shown > 1 and self._width(shown) > self.width():
            shown -= 1
        self.setText(BETWEEN_HINTS.join(self._hints[:shown]))
        self.setToolTip(BETWEEN_HINTS.join(self._hints) if shown < len(self._hints) else "")

    def _width(self, shown: int) -> int:
        return self.fontMetrics().horizontalAdvance(BETWEEN_HINTS.join(self._hints[:shown]))


class Transport(QFrame):
    """Buttons, the scrubber, "step 3 of 25", speed, loop, and the switch between stepping and the whole map."""

    pointed = Signal(str)

    def __init__(self, session: Session, playback: Playback, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._playback, self._settings = session, playback, settings
        self._total = -1
        self._first, self._back, self._play, self._forward, self._last = (
            icon_button(action, flat=False)
            for action in (playback.first, playback.back, playback.toggle, playback.forward, playback.last)
        )
        self._scrubber = QSlider(Qt.Orientation.Horizontal)
        self._scrubber.valueChanged.connect(self._scrubbed)
        self._step = label("heading")
        self._speed = QComboBox()
        self._speed.currentIndexChanged.connect(self._speed_chosen)
        self._loop = self._switch(lambda on: playback.set_loop(on))
        self._whole = self._switch(lambda on: session.move(stepping=not on))
        self._hint = Hint()
        self._lay_out()
        playback.changed.connect(self._show_playing)
        for signal in (session.evaluated, session.cursor_moved):
            signal.connect(self._show_step)
        theme.changed.connect(self._set_icons)
        self.retranslate()
        self._set_icons()
        playback.set_speed(settings.values.speed if settings.values.speed in SPEEDS else 1.0)
        playback.set_loop(settings.values.loop)

    def _switch(self, toggled: object) -> QToolButton:
        made = icon_button(lambda: None, flat=False)
        made.setCheckable(True)
        made.toggled.connect(toggled)
        return made

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(5)
        for made in (self._first, self._back, self._play, self._forward, self._last):
            row.addWidget(made)
        row.addWidget(self._scrubber, 1)
        for widget in (self._step, self._whole, self._loop, self._speed):
            row.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 8, 20, 8)
        self._scrubber.setMinimumWidth(60)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self._hint)

    def redraw(self) -> None:
        """Show the session's step and the playback's state."""
        self._show_step()
        self._show_playing()

    def _show_step(self) -> None:
        shape, cursor = self._session.output_shape(), self._session.cursor
        total = shape[0] * shape[1] if shape else 0
        step = cursor.step(shape) if shape else 0
        with QSignalBlocker(self._scrubber):
            self._scrubber.setRange(0, max(total - 1, 0))
            self._scrubber.setPageStep(max(1, shape[1] if shape else 1))
            self._scrubber.setValue(step)
        self._step.setText(self._step_text(step, total))
        with QSignalBlocker(self._whole):
            self._whole.setChecked(not cursor.stepping)
        if total != self._total:
            self._total = total
            self._step.setFixedWidth(self._step.fontMetrics().horizontalAdvance(self._step_text(total - 1, total)) + 12)
            for widget in (self._first, self._back, self._play, self._forward, self._last, self._scrubber, self._whole):
                widget.setEnabled(total > 0)

    def _step_text(self, step: int, total: int) -> str:
        if not total:
            return tr("no steps")
        if self._session.cursor.stepping:
            return tr("step {step} of {total}", step=f"{step + 1:,}", total=f"{total:,}")
        return tr("cell {step} of {total}", step=f"{step + 1:,}", total=f"{total:,}")

    def _show_playing(self) -> None:
        playing = self._playback.playing
        self._play.setIcon(icon("pause" if playing else "play", "accent"))
        describe(self._play, tr("Pause") if playing else tr("Play"), tr("Play or pause (Space)"))
        with QSignalBlocker(self._speed):
            self._speed.setCurrentIndex(SPEEDS.index(self._playback.speed))
        with QSignalBlocker(self._loop):
            self._loop.setChecked(self._playback.loop)
        self._keep()

    def _keep(self) -> None:
        self._settings.set("speed", self._playback.speed)
        self._settings.set("loop", self._playback.loop)

    def _scrubbed(self, step: int) -> None:
        self._playback.go(step)

    def _speed_chosen(self, index: int) -> None:
        if index >= 0:
            self._playback.set_speed(SPEEDS[index])

    def _set_icons(self) -> None:
        for widget, name in (
            (self._first, "first"), (self._back, "back"), (self._forward, "forward"), (self._last, "last"),
            (self._loop, "loop"), (self._whole, "whole"),
        ):  # fmt: skip
            widget.setIcon(icon(name))
        self.redraw()

    def retranslate(self) -> None:
        """Set every text in the current language."""
        describe(self._first, tr("First step"), tr("To the first step (Home)"))
        describe(self._back, tr("Step back"), tr("One step back (←)"))
        describe(self._forward, tr("Step forward"), tr("One step forward (→)"))
        describe(self._last, tr("Last step"), tr("To the last step (End)"))
        describe(self._scrubber, tr("Step"), tr("Drag to any step"))
        describe(self._loop, tr("Loop"), tr("Start over at the end"))
        describe(self._whole, tr("Whole map"), tr("Show the whole feature map at once, or let it grow step by step"))
        describe(self._speed, tr("Speed"), tr("How fast the steps are played"))
        self._hint.set_text(
            tr(
                "Space plays · ← → step · click any output cell to jump there · "
                "hover an input cell to see every output it reaches"
            )
        )
        with QSignalBlocker(self._speed):
            self._speed.clear()
            self._speed.addItems([FRACTIONS.get(speed, f"{speed:g}×") for speed in SPEEDS])
        self._total = -1
        self.redraw()

    def set_presenting(self, presenting: bool) -> None:
        """Large, and without the hint, to leave the stage the room."""
        self._hint.setVisible(not presenting)
        tall = max(18, round(self.window().height() / 36)) if presenting else 18
        for made in self.findChildren(QToolButton):
            made.setIconSize(QSize(tall, tall))
        large = f"font-size: {round(self.window().height() / 40)}px" if presenting else ""
        self._step.setStyleSheet(large)
        self._speed.setStyleSheet(large)
        self._total = -1
        self.redraw()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
