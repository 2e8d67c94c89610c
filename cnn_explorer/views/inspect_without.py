"""The network without one of its filters: the class bars before and after, and how many digits it still recognises."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from cnn_explorer.network.findings import Ablation, Inquiry, class_text, insist_on_classes, no_accuracy
from cnn_explorer.network.numbers import Digits, rounded_digits
from cnn_explorer.network.reasons import grouped
from cnn_explorer.network.sentence import Sentence
from cnn_explorer.session.language import tr, translated
from cnn_explorer.session.session import Session
from cnn_explorer.views.controls import label
from cnn_explorer.views.filter_work import FilterWork
from cnn_explorer.views.inspect_subject import Subject
from cnn_explorer.views.theme import theme

ROW, FONT, MOST_ROWS = 20, 12, 12
NAME, NUMBER = 36, 106


class BeforeAndAfter(QWidget):
    """A row for each class: its bar before, thin and pale, and after; and both numbers."""

    def __init__(self) -> None:
        super().__init__()
        self._names: list[str] = []
        self._before = self._after = np.zeros(0, np.float32)
        self._digits = Digits()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def show_bars(self, names: list[str], before: np.ndarray, after: np.ndarray) -> None:
        """Show the outputs (classes,) of both; of very many classes those that are largest in either."""
        shown = np.sort(np.argsort(-np.maximum(before, after), kind="stable")[:MOST_ROWS])
        self._names = [names[at] for at in shown.tolist()]
        self._before, self._after = before[shown], after[shown]
        self._digits = rounded_digits(max(float(np.abs(before).max(initial=0)), float(np.abs(after).max(initial=0))))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, ROW * len(self._names))

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            font = painter.font()
            font.setPixelSize(FONT)
            painter.setFont(font)
            largest = max(float(np.abs(self._before).max(initial=0)), float(np.abs(self._after).max(initial=0))) or 1.0
            for at in range(len(self._names)):
                self._paint_row(painter, at, largest)

    def _paint_row(self, painter: QPainter, at: int, largest: float) -> None:
        top, middle = at * ROW, Qt.AlignmentFlag.AlignVCenter
        name = QRectF(0, top, NAME - 6, ROW)
        painter.setPen(theme.role("text"))
        painter.drawText(name, Qt.AlignmentFlag.AlignRight | middle, self._names[at])
        room = self.width() - NAME - NUMBER
        before, after = float(self._before[at]), float(self._after[at])
        for value, role, place, tall in ((before, "border", top + 3, ROW - 6), (after, "output", top + 7, ROW - 14)):
            painter.fillRect(QRectF(NAME, place, max(room * abs(value) / largest, 1), tall), theme.role(role))
        texts = self._digits.text(before), self._digits.text(after)
        changed = texts[0] != texts[1]
        text = f"{texts[0]} → {texts[1]}" if changed else texts[1]
        painter.setPen(theme.role("output" if changed else "quiet"))
        painter.drawText(
            QRectF(self.width() - NUMBER + 6, top, NUMBER - 6, ROW), Qt.AlignmentFlag.AlignLeft | middle, text
        )


class InspectWithout(FilterWork):
    """Switches the filter off for the engine only: the document stays as it is."""

    kind = "ablate"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._found: Ablation | None = None
        self.bars, self.accuracy, self.missed = BeforeAndAfter(), label("heading"), label("quiet")
        for text in (self.accuracy, self.missed):
            text.setWordWrap(True)
        for part in (self.accuracy, self.missed, self.bars):
            self.column.addWidget(part)
        session.inspection.changed.connect(self.retranslate)
        self.retranslate()

    def key_of(self, subject: Subject) -> tuple[Any, ...]:
        """All of the network takes part, and the image, and the digits."""
        document = subject.document
        return document.network, document.image, subject.index, subject.filter, self._session.inspection.images

    def inquiry(self, subject: Subject) -> Inquiry:
        """Asks for the outputs, and for the digits that are recognised where that can be told."""
        network, image = subject.network, subject.document.image
        insist_on_classes(network, image.shape)
        data = self._session.inspection.images
        data = data if data is not None and no_accuracy(network, image.shape, data) is None else None
        arguments = {"place": subject.place, "number": subject.filter}
        return Inquiry("ablate", network, image.shape, arguments, image.pixels, data)

    def show_subject(self, subject: Subject) -> None:
        """Look at a filter; the button names it."""
        super().show_subject(subject)
        self._name_button()

    def show_found(self, found: Ablation | None) -> None:
        """Show the bars, and the accuracies as far as they are known."""
        self._found = found
        subject = self.subject
        if found is None or subject is None:
            self.bars.show_bars([], np.zeros(0, np.float32), np.zeros(0, np.float32))
            self.accuracy.setText("")
            self.missed.setText("")
            return
        names = [class_text(subject.document.network, target) for target in range(len(found.before))]
        self.bars.show_bars(names, found.before, found.after)
        self.accuracy.setText(self._accuracy(found))
        self.missed.setText(self._missed(found, names) if found.images else self._no_accuracy(subject))

    @staticmethod
    def _accuracy(found: Ablation) -> str:
        if not found.images:
            return ""
        before, after = (f"{100 * share:.1f}" for share in found.accuracies)
        return tr("Recognised: {before} % → {after} % of {count} digits", before=before, after=after,
                  count=grouped(found.images))  # fmt: skip

    @staticmethod
    def _missed(found: Ablation, names: list[str]) -> str:
        """The class that loses most."""
        counts = np.maximum(np.array(found.counts), 1)
        lost = (np.array(found.right_before) - np.array(found.right_after)) / counts
        most = int(np.argmax(lost))
        if lost[most] <= 0:
            return tr("No class is recognised less often.")
        shares = [f"{100 * right[most] / counts[most]:.0f}" for right in (found.right_before, found.right_after)]
        return tr("Most missed by class {name}: {before} % → {after} %.", name=names[most], before=shares[0],
                  after=shares[1])  # fmt: skip

    def _no_accuracy(self, subject: Subject) -> str:
        data = self._session.inspection.images
        if data is None:
            return tr("With MNIST at hand its digits would tell how much the network needs it.")
        reason: Sentence | None = no_accuracy(subject.network, subject.document.image.shape, data)
        return "" if reason is None else translated(reason)

    def _name_button(self) -> None:
        number = 1 if self.subject is None else self.subject.filter + 1
        self.work.set_text(
            tr("Without filter {number}", number=number),
            tr("What the network says when this filter gives 0 everywhere, and how many digits it still recognises"),
        )

    def retranslate(self) -> None:
        """Set every text."""
        self.heading.setText(tr("Without this filter"))
        self.words.setText(tr("Pale: as it is. Green: with the filter switched off."))
        self._name_button()
        self.show_found(self._found)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
