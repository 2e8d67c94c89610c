"""The tab Inspect: what is inside a layer and its filters, in three pages; and MNIST, where digits are needed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cnn_explorer.files.digits import Digits
from cnn_explorer.session.language import tr
from cnn_explorer.session.session import Session
from cnn_explorer.session.settings import Settings
from cnn_explorer.views.controls import Segmented, breakable, in_column, label, line
from cnn_explorer.views.inspect_filter import InspectFilter
from cnn_explorer.views.inspect_numbers import InspectNumbers
from cnn_explorer.views.inspect_subject import Subject, subject_of
from cnn_explorer.views.inspect_why import InspectWhy
from cnn_explorer.views.inspect_without import InspectWithout
from cnn_explorer.views.layer_panel import COMPACT, MARGIN
from cnn_explorer.views.mnist_source import MnistSource

PAGES = ("numbers", "filter", "class")
LAZY = 60
"""Milliseconds between an edit and these numbers: they need not follow every stroke of the pen."""


class InspectPanel(QWidget):
    """Follows the filter under the cursor while it is shown."""

    pointed = Signal(str)

    def __init__(self, session: Session, settings: Settings) -> None:
        super().__init__()
        self._session = session
        self.heading, self.caption, self.nothing = label("section", "kernel"), label("quiet"), label()
        self.pages, self.stack = Segmented(len(PAGES)), QWidget()
        self._shown = 0
        self.numbers, self.filter = InspectNumbers(session), InspectFilter(session)
        self.why, self.without = InspectWhy(session), InspectWithout(session)
        self.source, self.no_digits = MnistSource(settings), label("quiet")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(LAZY)
        self._lay_out()
        self._connect()
        self.retranslate()
        self.show_page(0)

    def _lay_out(self) -> None:
        classes = QWidget()
        in_column(classes, self.why, line(), self.without).setSpacing(10)
        self._bodies = (self.numbers, self.filter, classes)
        in_column(self.stack, *self._bodies)  # a QStackedWidget would be as high as its highest page
        self.digits = QWidget()
        in_column(self.digits, line(), self.no_digits, self.source).setSpacing(8)
        for text in (self.caption, self.nothing, self.no_digits):
            text.setWordWrap(True)
        self.pages.setStyleSheet(COMPACT)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(10)
        for part in (self.heading, self.caption, self.pages, self.nothing, self.stack, self.digits):
            column.addWidget(part)
        column.addStretch(1)

    def _connect(self) -> None:
        self.pages.chosen.connect(self.show_page)
        self._timer.timeout.connect(self.redraw)
        for told in (self._session.evaluated, self._session.cursor_moved, self._session.inspection.changed):
            told.connect(self._follow)
        self.source.found.connect(self._use_digits)
        for part in (self.numbers, self.filter, self.why, self.without):
            part.pointed.connect(self.pointed)

    def show_page(self, place: int) -> None:
        """Show one of PAGES, by its place."""
        self._shown = place
        self.pages.set_current(place)
        for at in sorted(range(len(PAGES)), key=lambda at: at == place):  # hide first: never two at a time
            self._bodies[at].setVisible(at == place)
        self.redraw()

    def _use_digits(self, digits: Digits, path: str, asked: bool) -> None:
        self.source.keep(path)
        self._session.inspection.use_digits(digits)

    # what is shown

    def _follow(self) -> None:
        if self.isVisible() and not self._timer.isActive():
            self._timer.start()

    def redraw(self) -> None:
        """Show the filter under the cursor."""
        if not self.isVisible():
            return
        subject = subject_of(self._session)
        for part in (self.pages, self.stack):
            part.setVisible(subject is not None)
        self.nothing.setVisible(subject is None)
        self.digits.setVisible(subject is not None and self._session.inspection.digits is None)
        if subject is None:
            self.caption.setText("")
            return
        places = {"layer": breakable(subject.name), "number": subject.filter + 1, "count": subject.count}
        self.caption.setText(tr("{layer}: filter {number} of {count}", **places))
        self._show_subject(subject)

    def _show_subject(self, subject: Subject) -> None:
        shown = PAGES[self._shown]
        if shown == "numbers":
            self.numbers.show_subject(subject)
        elif shown == "filter":
            self.filter.show_subject(subject)
        else:
            self.why.show_evaluation(subject.evaluation)
            self.without.show_subject(subject)

    def stop(self) -> None:
        """The window closes: nothing is read or counted any more."""
        self.source.stop()
        self.numbers.stop()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._session.inspection.digits is None:
            self.source.open_kept()
        self.redraw()

    def retranslate(self) -> None:
        """Set every text of the panel itself."""
        self.heading.setText(tr("INSPECT"))
        self.nothing.setText(tr("The network has no layer with weights that could be looked into."))
        self.no_digits.setText(tr("Digits show what a filter answers to, and how much the network needs it."))
        self.pages.set_texts(
            [tr("Numbers"), tr("Filter"), tr("Class")],
            [
                tr("Weights and outputs as histograms, and filters that are dead"),
                tr("What the filter under the cursor is for"),
                tr("Why the network says what it says, and what it says without this filter"),
            ],
        )
        self.redraw()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
