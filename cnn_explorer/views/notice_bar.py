"""A pill above the picture that says what is shown in it for the time being, and ends it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from cnn_explorer.session.session import Session
from cnn_explorer.views.controls import button, label
from cnn_explorer.views.theme import theme

HEIGHT = 28


class NoticeBar(QFrame):
    """A text and a button that calls `ends`. Whoever derives from it sets the texts in `redraw` and `retranslate`.

    `told` says that it has come, gone or changed; where there is little room it says the same in few words.
    """

    told = Signal()

    def __init__(self, session: Session, role: str, ends: Callable[[], object]) -> None:
        super().__init__()
        self._session, self._role, self._height = session, role, HEIGHT
        self._texts, self._short = ("", ""), False
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
        self.fit(HEIGHT)
        self.retranslate()

    def fit(self, height: int) -> None:
        """Be so many pixels high."""
        self._height = height
        self.setFixedHeight(height)
        self._colour()

    def show_words(self, text: str, short: str) -> None:
        """Show a text, or the short one where there is little room; "" for none: then it goes."""
        if (text, short) != self._texts:
            self._texts = text, short
            self._write()
        self.setVisible(bool(text))
        self.told.emit()

    def set_short(self, short: bool) -> None:
        """Whether few words are said."""
        if short != self._short:
            self._short = short
            self._write()

    def _write(self) -> None:
        self.text.setText(self._texts[int(self._short)])

    def long_width(self) -> int:
        """The width that it has with all its words."""
        words = self.text.fontMetrics().horizontalAdvance(self._texts[0])
        return words + self.sizeHint().width() - self.text.sizeHint().width()

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
