"""A long work about one filter: asked for by a button, and shown as long as the filter is what it was."""

from __future__ import annotations

from collections import deque
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cnn_explorer.network.findings import Inquiry
from cnn_explorer.network.sentence import Refused
from cnn_explorer.session.session import Session
from cnn_explorer.views.controls import label
from cnn_explorer.views.inspect_subject import Subject
from cnn_explorer.views.work_button import WorkButton

MOST_KEPT = 16
"""Findings: who comes back to a filter finds what was found."""

Key = tuple[Any, ...]


def same_key(first: Key, second: Key) -> bool:
    """Whether two keys have the same objects, or equal numbers: equal arrays would take long to compare."""
    return len(first) == len(second) and all(
        one is other or (isinstance(one, int) and one == other) for one, other in zip(first, second, strict=True)
    )


class FilterWork(QWidget):
    """A heading, a button with its progress, and what is found: to be made of these by a subclass.

    `pointed` carries read-outs.
    """

    pointed = Signal(str)
    kind = ""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.subject: Subject | None = None
        self._asked: Key = ()
        self._kept: deque[tuple[Key, Any]] = deque(maxlen=MOST_KEPT)
        self.heading, self.words = label("heading"), label("quiet")
        self.words.setWordWrap(True)
        self.job = session.jobs.of(self.kind)
        self.work = WorkButton(self.job, self.start)
        self.job.found_so_far.connect(self._so_far)
        self.job.finished.connect(self._finished)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(6)
        for part in (self.heading, self.words, self.work):
            self.column.addWidget(part)

    # what a subclass says

    def key_of(self, subject: Subject) -> Key:
        """What the finding depends on: here the filter, and the layers up to its own."""
        network = subject.document.network
        return (*network.layers[: subject.index + 1], network.sources, subject.filter)

    def inquiry(self, subject: Subject) -> Inquiry:
        """What the engine is asked. Raises Refused where it would make no sense."""
        raise NotImplementedError

    def show_found(self, found: Any) -> None:
        """Show a finding, whole or not; None where there is none."""
        raise NotImplementedError

    # what all have in common

    def start(self) -> None:
        """Ask about the filter that is looked at."""
        if self.subject is None:
            return
        try:
            inquiry = self.inquiry(self.subject)
        except Refused as refused:
            self.work.show_problem(refused.sentence)
            return
        self._asked = self.key_of(self.subject)
        self.job.start(inquiry)

    def show_subject(self, subject: Subject) -> None:
        """Look at a filter, with what was found of it before."""
        changed = self.subject is None or not same_key(self.key_of(self.subject), self.key_of(subject))
        self.subject = subject
        if changed:
            self.work.show_problem(None)
            self.show_found(self.known(subject))

    def known(self, subject: Subject) -> Any:
        """What has been found of a filter, None for nothing."""
        key = self.key_of(subject)
        return next((found for kept, found in reversed(self._kept) if same_key(kept, key)), None)

    def _so_far(self, found: Any) -> None:
        if self.subject is not None and same_key(self._asked, self.key_of(self.subject)):
            self.show_found(found)

    def _finished(self, found: Any) -> None:
        self._kept.append((self._asked, found))
        self._so_far(found)
