"""What a SavedModel gave when it was run once: each of its outputs with its shape, and its greatest numbers as bars."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from cnn_explorer.files.opened_model import classes_for
from cnn_explorer.files.saved_program import WHOLE, ProgramOutput, ProgramRun
from cnn_explorer.network.numbers import digits_for, short_text
from cnn_explorer.network.reasons import grouped
from cnn_explorer.session.language import tr, translated
from cnn_explorer.views.class_bars import ClassBars, class_names
from cnn_explorer.views.controls import button, describe, label, scrolling
from cnn_explorer.views.theme import Scale, theme

MOST_BARS = 10
BAR = 24
"""Height of a bar in pixels."""
SIZE = (460, 520)


class OutputBars(QWidget):
    """Up to MOST_BARS values of a row of numbers as bars: all of them in order, or the greatest ones of more."""

    def __init__(self, output: ProgramOutput, classes: tuple[str, ...]) -> None:
        super().__init__()
        self._output, self._classes = output, classes
        self.rows: list[tuple[str, float]] = []
        self.retranslate()
        self.setFixedHeight(BAR * len(self.rows))
        theme.changed.connect(self.update)

    def retranslate(self) -> None:
        """Name the values, in the language in use."""
        values, names = self._output.values, class_names(len(self._output.values), self._classes)
        best = np.argsort(-np.array(values, np.float32), kind="stable")[:MOST_BARS].tolist()
        places = best if len(values) > MOST_BARS else range(len(values))
        self.rows = [(names[at], values[at]) for at in places]
        described = ", ".join(f"{name}: {short_text(value)}" for name, value in self.rows)
        describe(self, f"{self._output.name}: {described}")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        values = np.array([value for _, value in self.rows], np.float32)
        bars = ClassBars(values, Scale.of_signed(values), digits_for(values), [name for name, _ in self.rows])
        painter = QPainter(self)
        bars.paint(painter, QRectF(self.rect()))
        painter.end()


class ProgramResult(QDialog):
    """Stays open beside the work until it is closed. `words` are the sentences that it shows, from top to bottom."""

    def __init__(self, name: str, run: ProgramRun, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._run = name, run
        self.heading, self.about = label("heading"), label("quiet")
        self.facts = [label() for _ in run.outputs]
        self.bars = [OutputBars(each, self._classes(each)) if _is_row(each) else None for each in run.outputs]
        self.notes = [label("quiet") for _ in run.outputs]
        self.close_button = button(self.close)
        self._lay_out()
        self.resize(*SIZE)
        self.retranslate()

    def _classes(self, output: ProgramOutput) -> tuple[str, ...]:
        return classes_for(self._run.shape, len(output.values))

    def _lay_out(self) -> None:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(16, 14, 16, 10)
        column.setSpacing(8)
        for words in (self.heading, self.about, *self.facts, *self.notes):
            words.setWordWrap(True)
        column.addWidget(self.heading)
        column.addWidget(self.about)
        for parts in zip(self.facts, self.bars, self.notes, strict=True):
            column.addSpacing(6)
            for part in parts:
                if part is not None:
                    column.addWidget(part)
        column.addStretch(1)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 16, 12)
        row.addStretch(1)
        row.addWidget(self.close_button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolling(content), 1)
        whole.addLayout(row)

    @property
    def words(self) -> list[str]:
        """All sentences that are shown."""
        return [each.text() for each in (self.heading, self.about, *self.facts, *self.notes) if each.text()]

    def retranslate(self) -> None:
        """Set every text."""
        self.setWindowTitle(self._name)
        self.heading.setText(tr("What {file} gave", file=self._name))
        rows, columns, channels = self._run.shape
        high = 255 if self._run.number_type in WHOLE else 1
        about = [
            tr("It was run once on the image, made {rows}×{columns}×{channels} with values from 0 to {high}; what it "
               "expects is not known. It is a program: it can't be stepped through.",
               rows=rows, columns=columns, channels=channels, high=high),
            *map(translated, self._run.notes),
        ]  # fmt: skip
        self.about.setText(" ".join(about))
        for output, facts, note in zip(self._run.outputs, self.facts, self.notes, strict=True):
            sides = "×".join(map(str, output.shape))
            facts.setText(f"{output.name} ({', '.join(part for part in (output.number_type, sides) if part)})")
            note.setText(self._note(output))
            note.setVisible(bool(note.text()))
        for bars in self.bars:
            if bars is not None:
                bars.retranslate()
        self.close_button.setText(tr("Close"))
        describe(self.close_button, tr("Close"))

    def _note(self, output: ProgramOutput) -> str:
        if _is_row(output):
            count = len(output.values)
            return tr("The {most} greatest of {count}, by their places.", most=MOST_BARS, count=grouped(count)) if (
                count > MOST_BARS) else ""  # fmt: skip
        least, mean, greatest = map(short_text, (output.least, output.mean, output.greatest))
        return tr("From {least} to {greatest}, on average {mean}.", least=least, greatest=greatest, mean=mean)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()


def _is_row(output: ProgramOutput) -> bool:
    """Whether an output is one row of numbers, as classes are."""
    finite = all(np.isfinite(output.values))
    return finite and len(output.values) > 0 and len(output.values) == max(output.shape, default=1)
