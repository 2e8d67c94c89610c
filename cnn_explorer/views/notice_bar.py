"""A pill above the picture that says what is shown in it for the time being, and ends it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QFrame, QHBoxLayout

from cnn_explorer.session.session import Session
from cnn_explorer.views.controls import button, label
from cnn_explorer.views.icons import icon
from cnn_explorer.views.theme import theme

HEIGHT = 28
MOST_BRIEF = 2


class NoticeBar(QFrame):
    """A text and a button that calls `ends`. Whoever derives from it sets the texts in `redraw` and `retranslate`.

    `told` says that it has come, gone or changed. Where there is little room it says the same in few words, and where
    there is less the button has a cross in place of its word.
    """

    told = Signal()

    def __init__(self, session: Session, role: str, ends: Callable[[], object]) -> None:
        super().__init__()
        self._session, self._role, self._height = session, role, HEIGHT
        self._texts, self._ends, self._brevity = ("", ""), "", 0
        self._widths: list[int] = []
        self.setObjectName("notice")
        self.text = label("heading")
        self.dismiss = button(ends)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 2, 3, 2)
        row.setSpacing(8)
        row.addWidget(self.text)
        row.addWidget(self.dismiss)
        for signal in (session.marks_changed, session.evaluated):
            signal.connect(self.redraw)
        theme.changed.connect(self._colour)
        theme.changed.connect(self._write)
        self.fit(HEIGHT)
        self.retranslate()

    def fit(self, height: int) -> None:
        """Be so many pixels high."""
        self._height, self._widths = height, []
        self.setFixedHeight(height)
        self._colour()

    def show_words(self, text: str, short: str) -> None:
        """Show a text, or the short one where there is little room; "" for none: then it goes."""
        if (text, short) != self._texts:
            self._texts, self._widths = (text, short), []
            self._write()
        self.setVisible(bool(text))
        self.told.emit()

    def name_end(self, word: str) -> None:
        """What stands on the button."""
        self._ends, self._widths = word, []
        self._write()

    def set_brevity(self, brevity: int) -> None:
        """0: all words, 1: few, 2: few, and a cross on the button."""
        if brevity != self._brevity:
            self._brevity = brevity
            self._write()

    def _write(self) -> None:
        brief = self._brevity == MOST_BRIEF
        self.text.setText(self._texts[min(self._brevity, 1)])
        self.dismiss.setText("" if brief else self._ends)
        self.dismiss.setIcon(icon("close") if brief else QIcon())

    def widths(self) -> list[int]:
        """The width that it has at each brevity. Measured once for the same words: a path is written at every step."""
        if not self._widths:
            for part in (self, self.text, self.dismiss):
                part.ensurePolished()
            before = self._brevity
            for brevity in range(MOST_BRIEF + 1):
                self.set_brevity(brevity)
                self._widths.append(self.sizeHint().width())
            self.set_brevity(before)
        return self._widths

    def redraw(self) -> None:
        """Show what the pictures show now, or nothing."""
        raise NotImplementedError

    def retranslate(self) -> None:
        """Set every text."""
        raise NotImplementedError

    def _colour(self) -> None:
        ground, edge = theme.colours.accent_soft, theme.role(self._role).name()
        inside = self._height - 10
        self.setStyleSheet(
            f"QFrame#notice {{ background: {ground}; border: 1px solid {edge}; border-radius: {self._height // 2}px; }}"
            f" QPushButton {{ border-radius: {self._height // 3}px; padding: 1px 9px;"
            f" min-height: {inside}px; max-height: {inside}px; }}"
            f" QPushButton:focus {{ padding: 0 8px; }}"
        )

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
