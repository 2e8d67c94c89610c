"""The page of results: the test accuracy, large, the classes that are mistaken most, and what can be done next."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cnn_explorer.network.network import Network
from cnn_explorer.network.reasons import grouped
from cnn_explorer.network.training_progress import Result
from cnn_explorer.session.language import tr
from cnn_explorer.session.session import Session
from cnn_explorer.session.training import Training
from cnn_explorer.views.controls import button, describe, label, line
from cnn_explorer.views.train_words import changed_since, percent

MOST_PAIRS = 3
LARGE = "font-size: 26pt; font-weight: 700;"


class TrainResults(QWidget):
    """What is known when a training has ended, or the network was tested. `wanted` asks for a test."""

    wanted = Signal()

    def __init__(self, session: Session, training: Training) -> None:
        super().__init__()
        self._session, self._training = session, training
        self._network: Network | None = None
        self.title, self.accuracy, self.counts = label("quiet"), label("section", "output"), label("quiet")
        self.accuracy.setStyleSheet(LARGE)
        self.pairs_title, self.pairs = label("quiet"), label()
        self.hint = label("quiet")
        self.test = button(self.wanted.emit)
        for words in (self.title, self.counts, self.pairs, self.hint):
            words.setWordWrap(True)
        self.matrix = button(lambda: self._open("show_confusion"))
        self.save = button(lambda: self._open("save_model"))
        self.step = button(lambda: self._open("show_update"))
        self.search = button(lambda: self._open("show_kernel_search"))
        self._lay_out()
        training.changed.connect(self.redraw)
        session.changed.connect(self._follow)
        self.retranslate()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for part in (
            self.title,
            self.accuracy,
            self.test,
            self.counts,
            self.matrix,
            self.pairs_title,
            self.pairs,
            self.save,
        ):
            column.addWidget(part)
        for below in (line(), self.hint, self.step, self.search):
            column.addWidget(below)
        column.addStretch(1)

    def _open(self, name: str) -> None:
        """What the window has: the same as in the menu."""
        learning = getattr(self.window(), "learning", None)
        if learning is not None:
            getattr(learning, name)()

    def _follow(self) -> None:
        """Another network may not be the one that was tested."""
        if self._session.document.network is not self._network and not self._training.active:
            self.redraw()

    def redraw(self) -> None:
        """Show the last result, and whether it is the network's still."""
        result, self._network = self._training.result, self._session.document.network
        stale = result is not None and not self._training.active and not self._training.is_of_network
        for part in (self.counts, self.pairs_title, self.pairs):
            part.setVisible(result is not None)
        self.matrix.setEnabled(result is not None)
        self._show_test(result is None or stale, self._training.available and not self._training.active)
        self.save.setEnabled(bool(self._training.saved) and not self._training.active)
        self.accuracy.setText("\u2013" if result is None else percent(result.accuracy))
        if result is not None:
            wrong = int(np.sum(result.predicted != result.labels))
            counts = {"wrong": grouped(wrong), "count": grouped(len(result.labels))}
            told = tr("{wrong} of {count} test images are mistaken.", **counts)
            self.counts.setText(f"{told}\n{changed_since()}" if stale else told)
            self.pairs.setText("\n".join(self._pairs(result)) or tr("none"))

    def _show_test(self, shown: bool, enabled: bool) -> None:
        """A focus on the button waits here while it tests, and then goes to what it has led to."""
        if self.test.hasFocus() and not (shown and enabled):
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.test.setVisible(shown)
        self.test.setEnabled(enabled)
        if self.hasFocus() and enabled:
            (self.test if shown else self.matrix).setFocus(Qt.FocusReason.OtherFocusReason)

    @staticmethod
    def _pairs(result: Result) -> list[str]:
        """The cells of the confusion matrix beside the diagonal with the most images."""
        wrong = result.confusion - np.diag(np.diag(result.confusion))
        largest = np.argsort(-wrong, axis=None, kind="stable")[:MOST_PAIRS]
        cells = [divmod(int(place), len(wrong)) for place in largest]
        return [
            tr("{true} taken for {taken}: {count}", true=result.classes[row], taken=result.classes[column],
               count=grouped(int(wrong[row, column])))
            for row, column in cells if wrong[row, column]
        ]  # fmt: skip

    def retranslate(self) -> None:
        """Set every text."""
        self.title.setText(tr("Test accuracy: the share of images that it has never seen and gets right"))
        self.pairs_title.setText(tr("Mistaken most"))
        self.hint.setText(tr("How it learns, one step at a time:"))
        for made, text, tip in (
            (self.test, tr("Test it now"), tr("How many of the test images the network tells, as it is now")),
            (
                self.matrix,
                tr("Confusion matrix…"),
                tr("Which classes are taken for which, and the images"),
            ),
            (self.save, tr("Save model…"), tr("Save as .keras, with the course of the training")),
            (self.step, tr("One step of learning…"), tr("Weights minus learning rate times gradient, with numbers")),
            (
                self.search,
                tr("Find the kernel…"),
                tr("Learn one kernel from one picture, by itself or by hand"),
            ),
        ):
            made.setText(text)
            describe(made, text.removesuffix("…"), tip)
        self.redraw()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
