"""What is shown when something has gone wrong inside the program, instead of a silent end."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from cnn_explorer.session.faults import Fault, Faults
from cnn_explorer.session.language import tr
from cnn_explorer.views.controls import button, describe, label

LONGEST_LINE = 300


class ErrorDialog(QDialog):
    """Shows Faults, with all that a report of them needs. It blocks nothing; without a parent there is no window.

    A fault that was shown once and happens again is counted, but opens the dialog no second time: one in a paintEvent
    comes back with every painting.
    """

    def __init__(self, faults: Faults, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._faults = faults
        self.shown: list[Fault] = []
        self._known: list[Fault] = []
        self.setSizeGripEnabled(True)
        self.resize(680, 420)
        self._heading, self.line, self._advice = label("heading"), label("problem"), label()
        for made in (self._heading, self.line, self._advice):
            made.setWordWrap(True)
        self.details = QPlainTextEdit()
        self.details.setReadOnly(True)
        self.details.setTabChangesFocus(True)
        self.details.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.details.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.copy, self.go_on = button(self.copy_details), button(self.close)
        self.go_on.setDefault(True)
        self._lay_out()
        self.retranslate()

    def add(self, fault: Fault) -> None:
        """Show a fault: alone, or below those that are being read."""
        if fault not in self._known:
            self._known.append(fault)
            self.shown = [*self.shown, fault] if self.isVisible() else [fault]
            self.show()
        if self.isVisible():
            self.redraw()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(10)
        for widget in (self._heading, self.line, self._advice):
            column.addWidget(widget)
        column.addWidget(self.details, 1)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.copy)
        row.addWidget(self.go_on)
        column.addLayout(row)

    def retranslate(self) -> None:
        """Set every text in the current language."""
        self.setWindowTitle(tr("Something went wrong"))
        self._heading.setText(tr("Something went wrong inside CNN Explorer."))
        if self.parent() is None:
            self._advice.setText(tr("It can't start. Install it anew; if that does not help, report these details."))
        else:
            self._advice.setText(
                tr("Your document is still open: save it. Then report what you did just before, with these details.")
            )
        self.copy.setText(tr("Copy details"))
        describe(self.copy, tr("Copy details"), tr("Copy everything below to the clipboard"))
        self.go_on.setText(tr("Close") if self.parent() is None else tr("Go on"))
        describe(self.go_on, self.go_on.text(), tr("Close this window"))
        describe(self.details, tr("Details"))
        self.redraw()

    def redraw(self) -> None:
        """The faults, and how often the first has happened."""
        if not self.shown:
            return
        first = self.shown[0]
        times = tr("It has happened {count} times.", count=first.count) if first.count > 1 else ""
        self.line.setText("\n".join(filter(None, (first.line[:LONGEST_LINE], times))))
        self.details.setPlainText(self.text())

    def text(self) -> str:
        """The details of all that is shown."""
        return "\n".join(self._faults.details(fault) for fault in self.shown)

    def copy_details(self) -> None:
        """Put the details on the clipboard."""
        QGuiApplication.clipboard().setText(self.details.toPlainText())  # its time is that of the fault

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
