"""Start, pause and stop of a training, how far it is, and why it can't begin, with a way out."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from cnn_explorer.network.completing import completed
from cnn_explorer.network.document import Document
from cnn_explorer.network.haste import insist_on_time
from cnn_explorer.network.sentence import Refused, Sentence, say
from cnn_explorer.network.training import DataSpec, problems
from cnn_explorer.session.builder import Edit
from cnn_explorer.session.language import tr, translated
from cnn_explorer.session.session import Session
from cnn_explorer.session.training import Training
from cnn_explorer.views.controls import button, describe, label
from cnn_explorer.views.held_lines import HeldLines
from cnn_explorer.views.icons import icon
from cnn_explorer.views.layer_edits import MANY
from cnn_explorer.views.layer_panel import same
from cnn_explorer.views.theme import theme
from cnn_explorer.views.train_data import TrainData
from cnn_explorer.views.train_settings import TrainSettings
from cnn_explorer.views.train_words import doing_lines, outcome_lines

BAR_HEIGHT = 8
BIG = 34
"""The height of the two buttons."""
PARTS = 1000
"""Of the bar."""


class TrainControls(QWidget):
    """Two buttons whose meaning follows the state, two lines on how far it is, and what is in the way.

    `begun` says that a training has been started here.
    """

    begun = Signal()

    def __init__(self, session: Session, training: Training, data: TrainData, settings: TrainSettings) -> None:
        super().__init__()
        self._session, self._training, self._data, self._settings = session, training, data, settings
        self._checked: tuple[Any, ...] = ()
        self._problem: Sentence | None = None
        self.main, self.other = button(self.go), button(self.end)
        self.main.setDefault(True)
        self.other.installEventFilter(self)
        for made in (self.main, self.other):
            made.setMinimumHeight(BIG)
        self.lines = (HeldLines("heading", 1), HeldLines("quiet", 2))
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(BAR_HEIGHT)
        self.problem, self.way_out = label("problem"), button(self.complete)
        self.problem.setWordWrap(True)
        self._lay_out()
        training.changed.connect(self.redraw)
        training.progressed.connect(self._draw_progress)
        session.changed.connect(self._check)
        data.chosen.connect(self.redraw)
        theme.changed.connect(self.redraw)
        self.retranslate()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self.main, 3)
        row.addWidget(self.other, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(row)
        column.addWidget(self.lines[0])
        column.addWidget(self.bar)
        for widget in (self.lines[1], self.problem, self.way_out):
            column.addWidget(widget)

    # what is done

    def go(self) -> None:
        """Start, pause or go on, as the state has it."""
        training = self._training
        if training.state == "running":
            training.pause()
        elif training.state == "paused":
            training.resume()
        elif not training.active and training.can_go_on:
            training.go_on(self._settings.values)
            self.begun.emit()
        elif not training.active:
            self._begin(training.start)

    def end(self) -> None:
        """Stop; or start over, where nothing goes on."""
        if self.other.hasFocus():  # pressed once more, it would do something else
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        if self._training.active:
            self._training.stop()
        else:
            self._begin(self._training.start_over)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The second half of a double click on Stop must not end the training before it is saved."""
        return event.type() == QEvent.Type.MouseButtonDblClick or super().eventFilter(watched, event)

    def begin_by_hand(self) -> None:
        """Load the data, and wait before the first batch."""
        if not self._training.active:
            self._begin(partial(self._training.start, by_hand=True))

    def test(self) -> bool:
        """Test the network as it is; False where it can't be, which the page Set up explains."""
        if self._training.active or not (self.ready or self._training.can_go_on):
            return False
        document, spec = self._session.document, self._data.spec
        self._training.test(self._settings.values, spec or DataSpec("mnist", ""), document.image.shape)
        return True

    def _begin(self, start: Callable[..., None]) -> None:
        spec = self._data.spec
        if spec is not None and self._problem is None:
            start(self._settings.values, spec, self._session.document.image.shape)
            self.begun.emit()

    def complete(self) -> None:
        """Add to the network what it lacks to tell the classes apart."""
        classes = self._data.classes
        if classes is None:
            return

        def make(document: Document, rng: Any) -> Edit:
            insist_on_time(rng, MANY)
            found = completed(document, classes, rng)
            if found is None:
                raise Refused(say("This can't be mended by adding layers: change the layer that is named first."))
            image = None if found.image is document.image else found.image
            return Edit(found.network, say("End in {classes} classes", classes=classes), image=image)

        self._session.perform(make)

    # what is shown

    @property
    def ready(self) -> bool:
        """Whether a training can be started."""
        return self._training.available and self._data.spec is not None and self._problem is None

    def redraw(self) -> None:
        """Show everything from nothing."""
        self._checked = ()
        self._check()
        self._draw_buttons()
        self._draw_progress()

    def _check(self) -> None:
        """Whether the network can learn is asked where it, its input or the data are others."""
        document, training = self._session.document, self._training
        concerns = document.network, document.image.shape, self._data.classes, training.active, training.available
        if self._checked and all(map(same, concerns, self._checked)):
            return
        self._checked = concerns
        self._problem = None if training.active else self._find_problem()
        self._draw_problem()
        self._draw_buttons()
        self._draw_progress()

    def _find_problem(self) -> Sentence | None:
        document, classes = self._session.document, self._data.classes
        if not self._training.available:
            return say("TensorFlow can't be used here, so nothing can be trained.")
        if self._data.spec is None or classes is None:
            return None  # the data say what is missing
        return next(iter(problems(document.network, document.image.shape, classes)), None)

    def _draw_problem(self) -> None:
        self.problem.setText(translated(self._problem) if self._problem else "")
        self.problem.setVisible(self._problem is not None)
        self.way_out.setVisible(self._problem is not None and self._training.available)

    def _draw_buttons(self) -> None:
        training, state = self._training, self._training.state
        goes_on = state == "paused" or (not training.active and training.can_go_on)
        pauses = training.active and not goes_on
        texts = (tr("Pause"), tr("Wait before the next batch")) if pauses else (
            (tr("Go on"), tr("Go on where it ended, with the optimizer as it was")) if goes_on
            else (tr("Start"), tr("Train the network, beginning with the weights that it has"))
        )  # fmt: skip
        self._name(self.main, texts, "pause" if pauses else "play")
        self._enable_main(state in ("running", "paused") or (not training.active and (goes_on or self.ready)))
        if state == "stopping":
            texts = tr("End at once"), tr("End without waiting until it is saved and tested")
        elif training.active:
            texts = tr("Stop"), tr("End now: save what it has learnt, and test it")
        else:
            texts = tr("Start over"), tr("Draw new weights by chance, and train")
        self._name(self.other, texts)
        self.other.setEnabled(training.active or self.ready)

    def _enable_main(self, enabled: bool) -> None:
        """A focus on it waits here while it can't be pressed: Qt would give it to the other button, and stop."""
        if self.main.hasFocus() and not enabled:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.main.setEnabled(enabled)
        if enabled and self.hasFocus():
            self.main.setFocus(Qt.FocusReason.OtherFocusReason)

    @staticmethod
    def _name(made: Any, texts: tuple[str, str], picture: str = "") -> None:
        made.setText(texts[0])
        describe(made, *texts)
        if picture:
            made.setIcon(icon(picture, "surface"))

    def _draw_progress(self) -> None:
        training = self._training
        lines = doing_lines(training) if training.active else outcome_lines(training)
        if training.state == "idle" and self._data.spec is None:
            lines = lines[0], tr("Choose below what it learns from.")
        for shown, text in zip(self.lines, lines, strict=True):
            shown.setText(text)
        done, total = training.share_done()
        self.bar.setRange(0, PARTS if total else 0)
        self.bar.setValue(round(PARTS * done / total) if total else 0)
        describe(self.bar, tr("Progress"), lines[0])

    # words

    def retranslate(self) -> None:
        """Set every text."""
        self.way_out.setText(tr("Add what is missing"))
        describe(
            self.way_out, tr("Add what is missing"),
            tr("Weights that fit, Flatten, and Dense with softmax: one output for each class. Undo takes it back."),
        )  # fmt: skip
        self.redraw()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
