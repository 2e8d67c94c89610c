"""Which filters of a layer are dead, or silent on this input; and a button to find out with many digits."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from cnn_explorer.network.findings import Activity, Inquiry, insist_on_map, place_of
from cnn_explorer.network.inspection import rectifier_of
from cnn_explorer.network.reasons import grouped
from cnn_explorer.network.sentence import Refused
from cnn_explorer.session.inspection import DEAD, SILENT
from cnn_explorer.session.language import tr
from cnn_explorer.session.session import Session
from cnn_explorer.views.controls import label
from cnn_explorer.views.inspect_subject import Subject
from cnn_explorer.views.work_button import WorkButton

MOST_LISTED = 8
"""Filters that a sentence names by their numbers."""


class DeadFilters(QWidget):
    """Which filters are silent on this input, which are dead, and a button to find out with many images."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._subject: Subject | None = None
        self._asked: tuple[Subject, int] | None = None
        self.heading, self.now, self.ever = label("heading"), label(), label()
        job = session.jobs.of("activity")
        self.work = WorkButton(job, self.start)
        job.finished.connect(self._found)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for part in (self.heading, self.now, self.ever, self.work):
            column.addWidget(part)
        for text in (self.now, self.ever):
            text.setWordWrap(True)

    def start(self) -> None:
        """Look at what every filter of the layer does on all images."""
        subject, data = self._subject, self._session.inspection.images
        if subject is None or data is None:
            return
        network, channels = subject.network, subject.document.image.shape[2]
        try:
            insist_on_map(network, data.shape(channels), subject.index)
        except Refused as refused:
            self.work.show_problem(refused.sentence)
            return
        self._asked = subject, _looked_at(subject)
        place = {"place": place_of(network, self._asked[1])}
        self._session.jobs.of("activity").start(Inquiry("activity", network, data.shape(channels), place, data=data))

    def _found(self, found: Activity) -> None:
        if self._asked is not None:
            subject, self._asked = self._asked[0], None
            self._session.inspection.keep_survey(subject.document.network, subject.index, found)

    def show_subject(self, subject: Subject) -> None:
        """Show the filters of a layer."""
        self._subject = subject
        inspection = self._session.inspection
        states = inspection.states(subject.evaluation, subject.index)
        survey = inspection.survey(subject.document.network, subject.index)
        self.heading.setText(tr("Dead filters"))
        if rectifier_of(subject.document.network, subject.document.image.shape, subject.index) is None:
            self.now.setText(tr("No ReLU follows, so no filter is silenced."))
        else:
            silent = [number for number, state in enumerate(states) if state == SILENT]
            self.now.setText(_silent_text(silent, subject.count))
        dead = [number for number, state in enumerate(states) if state == DEAD]
        self.ever.setText(_dead_text(dead, subject.count, 0 if survey is None else survey.images))
        data = inspection.images
        self.work.setVisible(data is not None)
        count = grouped(len(data.images)) if data is not None else ""
        self.work.set_text(
            tr("Look at {count} digits", count=count),
            tr("Find the filters that answer to none of the digits: no training can change them any more"),
        )


def _looked_at(subject: Subject) -> int:
    """The layer whose output tells whether a filter is dead: its ReLU, or the layer itself."""
    found = rectifier_of(subject.document.network, subject.document.image.shape, subject.index)
    return subject.index if found is None else found


def _listed(numbers: list[int]) -> str:
    shown = ", ".join(str(number + 1) for number in numbers[:MOST_LISTED])
    return shown + ("…" if len(numbers) > MOST_LISTED else "")


def _silent_text(silent: list[int], count: int) -> str:
    if not silent:
        return tr("No filter is silent on this input.")
    places = {"some": len(silent), "count": count, "numbers": _listed(silent)}
    return tr("Silent on this input, nowhere above 0 after ReLU: {some} of {count} filters ({numbers}).", **places)


def _dead_text(dead: list[int], count: int, images: int) -> str:
    places = {"some": len(dead), "count": count, "numbers": _listed(dead), "images": grouped(images)}
    if images and dead:
        return tr("Dead, on all of {images} digits: {some} of {count} filters ({numbers}).", **places)
    if images:
        return tr("No filter is dead: each answers to some of {images} digits.", **places)
    return tr("Dead, weights about 0: {some} of {count} filters ({numbers}).", **places) if dead else ""
