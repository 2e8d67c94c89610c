"""A button that starts a long work, and in its place, while that is being done, how far it is and a way out."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QProgressBar, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from cnn_explorer.network.reasons import grouped
from cnn_explorer.network.sentence import Sentence
from cnn_explorer.session.jobs import Job
from cnn_explorer.session.language import tr, translated
from cnn_explorer.views.controls import button, describe, label


class WorkButton(QWidget):
    """`start` is called by the button. A work that fails leaves its reason below, until the next one begins.

    Nothing moves when the work begins: progress and cancel stand where the button was. The focus goes along.
    """

    def __init__(self, job: Job, start: Callable[[], object]) -> None:
        super().__init__()
        self._job = job
        self._problem: Sentence | None = None
        self._done, self._total = 0, 0
        self.button, self.cancel = button(start), button(job.cancel)
        self.bar = QProgressBar()
        self.problem = label("problem")
        self.problem.setWordWrap(True)
        self.problem.hide()
        self.pages = QStackedWidget()
        self._lay_out()
        job.busy_changed.connect(self._busy_changed)
        job.progressed.connect(self._progress)
        job.refused.connect(self.show_problem)
        self._busy_changed(job.busy)
        self.retranslate()

    def _lay_out(self) -> None:
        running = QWidget()
        row = QHBoxLayout(running)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.bar, 1)
        row.addWidget(self.cancel)
        self.pages.addWidget(self.button)
        self.pages.addWidget(running)
        self.pages.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.pages)
        column.addWidget(self.problem)

    def set_text(self, text: str, tip: str) -> None:
        """What stands on the button, and its tooltip."""
        self.button.setText(text)
        describe(self.button, text, tip)

    def show_problem(self, problem: Sentence | None) -> None:
        """Say why it can't be done; None takes that away."""
        self._problem = problem
        self.problem.setVisible(problem is not None)
        self.problem.setText(translated(problem) if problem else "")

    def _busy_changed(self, busy: bool) -> None:
        focused = QApplication.focusWidget()
        had_focus = focused is not None and self.isAncestorOf(focused)
        self.pages.setCurrentIndex(int(busy))
        if busy:
            self.show_problem(None)
            self._progress(0, 0)
        if had_focus:
            (self.cancel if busy else self.button).setFocus(Qt.FocusReason.OtherFocusReason)

    def _progress(self, done: int, total: int) -> None:
        self._done, self._total = done, total
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        places = {"done": grouped(done), "total": grouped(total)}
        self.bar.setFormat(tr("{done} of {total}", **places) if total else tr("Getting ready…"))

    def retranslate(self) -> None:
        """Every text but that of the button."""
        self.cancel.setText(tr("Cancel"))
        describe(self.cancel, tr("Cancel"), tr("Stop this and keep everything as it was"))
        describe(self.bar, tr("Progress"))
        self.show_problem(self._problem)
        self._progress(self._done, self._total)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
