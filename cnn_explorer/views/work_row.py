"""What a panel shows of its background work: what it does, how far it is, a way out; and the reason when it failed."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from cnn_explorer.network.sentence import Sentence
from cnn_explorer.session.background import Background
from cnn_explorer.session.language import tr, translated
from cnn_explorer.views.controls import button, describe, label

PATIENCE = 200
"""Milliseconds before a work is shown at all: most files are read sooner, and nothing should flash up."""


class WorkRow(QWidget):
    """A bar with a button to cancel while `work` is busy, and a sentence that stays until the next success."""

    def __init__(self, work: Background, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self._doing: Sentence | None = None
        self._problem: Sentence | None = None
        self.text = label("quiet")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(8)
        self.cancel = button(work.cancel)
        self.problem = label("problem")
        for words in (self.text, self.problem):
            words.setWordWrap(True)
        self._running = QWidget()
        self._lay_out()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PATIENCE)
        self._timer.timeout.connect(self._running.show)
        work.progressed.connect(self._progress)
        work.busy_changed.connect(self._busy_changed)
        work.refused.connect(self.show_problem)
        self.retranslate()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self.bar, 1)
        row.addWidget(self.cancel)
        running = QVBoxLayout(self._running)
        running.setContentsMargins(0, 0, 0, 0)
        running.addWidget(self.text)
        running.addLayout(row)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._running)
        column.addWidget(self.problem)
        self._running.hide()
        self.problem.hide()
        self.hide()

    def begin(self, doing: Sentence) -> None:
        """Say what the work that now starts does. Call it before `start`."""
        self._doing = doing
        self.bar.setRange(0, 0)
        self.retranslate()

    def show_problem(self, problem: Sentence | None) -> None:
        """Say why something failed; None takes it away."""
        self._problem = problem
        self.problem.setVisible(problem is not None)
        self.retranslate()
        self._show_if_needed()

    def _progress(self, done: int, total: int) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)

    def _busy_changed(self, busy: bool) -> None:
        if busy:
            self._timer.start()
        else:
            self._timer.stop()
            self._running.hide()
        self._show_if_needed()

    def _show_if_needed(self) -> None:
        self.setVisible(self._problem is not None or self._work.busy)

    def retranslate(self) -> None:
        """Every text in the language in use."""
        self.text.setText(translated(self._doing) if self._doing else "")
        self.problem.setText(translated(self._problem) if self._problem else "")
        self.cancel.setText(tr("Cancel"))
        describe(self.cancel, tr("Cancel"), tr("Stop this and keep everything as it was"))
        describe(self.bar, tr("Progress"), self.text.text())
