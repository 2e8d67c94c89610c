"""The course of a training on the screen: two curves, how smooth they are, and the snapshots to look back at."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSlider, QVBoxLayout, QWidget

from cnn_explorer.session.language import tr
from cnn_explorer.session.session import Session
from cnn_explorer.session.settings import Settings
from cnn_explorer.session.training import Training
from cnn_explorer.views.controls import button, describe, label
from cnn_explorer.views.learning_curve import ACCURACY, LOSS, LearningCurve
from cnn_explorer.views.theme import theme

_MARKED = "background: {window}; color: #14181f; border-radius: 6px; padding: 0 7px;"
PAUSE = 200
"""Milliseconds between two drawings of the curves while it trains."""
MOST_SMOOTHING = 200
"""Batches whose mean a point may be."""


def smoothing_of(place: int) -> int:
    """Batches whose mean is shown where the slider stands at `place`, from 0 to 100."""
    return round(MOST_SMOOTHING ** (place / 100))


class TrainCurves(QWidget):
    """Loss and accuracy; below them a scrubber over the snapshots. A click on a curve looks back, too.

    Looking back stays until somebody goes to the right end of the scrubber, presses its button, or leaves the tab.
    """

    pointed = Signal(str)

    def __init__(self, session: Session, settings: Settings, training: Training) -> None:
        super().__init__()
        self._session, self._settings, self._training = session, settings, training
        self.loss, self.accuracy = LearningCurve(LOSS), LearningCurve(ACCURACY)
        self.smoothing_label, self.smoothing = label("quiet"), QSlider(Qt.Orientation.Horizontal)
        self.smoothing.setRange(0, 100)
        self.smoothing.setValue(min(max(settings.values.smoothing, 0), 100))
        self.scrubber_label, self.when = label("quiet"), label("heading")
        self.scrubber = QSlider(Qt.Orientation.Horizontal)
        self.now, self.use = button(self.go_to_now), button(self._use)
        self._back: int | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self.draw_course)
        self._lay_out()
        self._connect()
        self.retranslate()

    def _lay_out(self) -> None:
        smoothing = QHBoxLayout()
        smoothing.addWidget(self.smoothing_label)
        smoothing.addWidget(self.smoothing, 1)
        grid = QGridLayout()
        grid.setSpacing(6)
        grid.addWidget(self.scrubber_label, 0, 0)
        grid.addWidget(self.when, 0, 1, Qt.AlignmentFlag.AlignRight)
        grid.addWidget(self.scrubber, 1, 0, 1, 2)
        for place, made in enumerate((self.now, self.use)):
            grid.addWidget(made, 2, place)
            grid.setColumnStretch(place, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.loss)
        column.addWidget(self.accuracy)
        column.addLayout(grid)
        column.addLayout(smoothing)

    def _connect(self) -> None:
        training = self._training
        for curve in (self.loss, self.accuracy):
            curve.pointed.connect(self.pointed)
            curve.picked.connect(self._picked)
        self.smoothing.valueChanged.connect(self._smooth)
        self.scrubber.valueChanged.connect(self._scrubbed)
        training.progressed.connect(self._draw_soon)
        training.snapped.connect(self.draw_snapshots)
        training.changed.connect(self.draw_snapshots)
        self._session.changed.connect(self._follow)
        theme.changed.connect(self.draw_snapshots)

    # what is done

    def _smooth(self, place: int) -> None:
        self._settings.set("smoothing", place)
        self.draw_course()

    def _picked(self, step: float) -> None:
        place = self._training.snapshots.nearest(round(step))
        if place is not None:
            self.scrubber.setValue(place)

    def _scrubbed(self, place: int) -> None:
        last = len(self._training.snapshots) - 1
        self.look_back(None if place >= last else place)

    def look_back(self, place: int | None) -> None:
        """Look at a snapshot, None for the network as it is."""
        self._back = None if place is None else self._training.snapshots[place].step
        self._training.look_back(place)
        self.draw_snapshots()

    def go_to_now(self) -> None:
        """No longer look back."""
        if self._back is not None:
            self.look_back(None)

    def _use(self) -> None:
        place = self._place()
        self._back = None
        if place is not None:
            self._training.use(place)
        self.draw_snapshots()

    def _follow(self) -> None:
        """An edit of the network, or undo, has ended it."""
        if self._back is not None and self._session.previewed is None:
            self._back = None
            self.draw_snapshots()

    def _place(self) -> int | None:
        """Where the snapshot that is looked at is now: others before it may have been forgotten."""
        return None if self._back is None else self._training.snapshots.nearest(self._back)

    # what is shown

    def redraw(self) -> None:
        """Show everything from nothing."""
        self.draw_course()
        self.draw_snapshots()

    def _draw_soon(self) -> None:
        """Of what comes ten times a second nobody needs each."""
        if self.isVisible() and not self._pause.isActive():
            self._pause.start()

    def draw_course(self) -> None:
        """The curves of the course, as far as it is known."""
        if not self.isVisible():
            return
        training = self._training
        batches = training.started.batches if training.started else 0
        for curve in (self.loss, self.accuracy):
            curve.show_course(training.course, batches, smoothing_of(self.smoothing.value()))

    def draw_snapshots(self) -> None:
        """The scrubber, at the snapshot that is looked at, or at its right end."""
        place, last = self._place(), len(self._training.snapshots) - 1
        with QSignalBlocker(self.scrubber):
            self.scrubber.setRange(0, max(last, 0))
            self.scrubber.setPageStep(max(1, last // 10))
            self.scrubber.setValue(last if place is None else place)
        self.scrubber.setEnabled(last > 0)
        self.now.setEnabled(place is not None)
        self.use.setEnabled(place is not None and not self._training.active)
        for curve in (self.loss, self.accuracy):
            curve.mark(None if place is None else self._training.snapshots[place].step)
        self._write_when(place)

    def _write_when(self, place: int | None) -> None:
        snapshots = self._training.snapshots
        step = None if place is None else snapshots[place].step
        shown = step is not None
        if step is None:
            text = tr("now") if len(snapshots) else "\u2013"
        else:
            text = tr("after batch {step}", step=f"{step:,}") if step else tr("before the first batch")
        self.when.setText(text)
        # In the colour of a mark, so that nobody takes the old network for the new one.
        self.when.setStyleSheet(_MARKED.format(window=theme.colours.window) if shown else "")

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.window().installEventFilter(self)  # a second time changes nothing
        self._measure()
        self.redraw()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The curves are as high as the window allows."""
        if event.type() == QEvent.Type.Resize and watched is self.window():
            self._measure()
        return super().eventFilter(watched, event)

    def _measure(self) -> None:
        for curve in (self.loss, self.accuracy):
            curve.updateGeometry()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody should look at an old network without seeing that it is one."""
        super().hideEvent(event)
        self._pause.stop()
        if not event.spontaneous():
            self.go_to_now()

    # words

    def retranslate(self) -> None:
        """Set every text."""
        self.smoothing_label.setText(tr("Smoothing"))
        describe(self.smoothing, tr("Smoothing"), tr("How many batches each point of the curves is the mean of"))
        self.scrubber_label.setText(tr("Look back"))
        tip = tr("What did it see then? Every view shows the network as it was, on the image that you have now")
        describe(self.scrubber, tr("Look back"), tip)
        for made, text, tip in (
            (self.now, tr("Back to now"), tr("Show the network as it is")),
            (self.use, tr("Use these"), tr("Give the network the weights that you look at")),
        ):  # fmt: skip
            made.setText(text)
            describe(made, text, tip)
        self.draw_snapshots()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
