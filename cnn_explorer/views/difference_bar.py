"""Says that differences are shown, and ends it."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from cnn_explorer.session.language import tr
from cnn_explorer.session.session import Session
from cnn_explorer.views.controls import button, describe, label
from cnn_explorer.views.shown_maps import shown_maps
from cnn_explorer.views.theme import theme

HEIGHT = 28


class DifferenceBar(QFrame):
    """A pill that is there while the session has a baseline."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setObjectName("differences")
        self.setFixedHeight(HEIGHT)
        self.text = label("heading")
        self.dismiss = button(lambda: session.show_differences(False))
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 2, 3, 2)
        row.setSpacing(8)
        row.addWidget(self.text)
        row.addWidget(self.dismiss)
        for signal in (session.marks_changed, session.evaluated):
            signal.connect(self.redraw)
        theme.changed.connect(self._colour)
        self._colour()
        self.retranslate()

    def redraw(self) -> None:
        """Show what the pictures show now."""
        session = self._session
        self.setVisible(session.baseline is not None)
        if session.baseline is None:
            return
        waiting = session.evaluation is session.baseline
        self.text.setText(tr("Waiting for a change") if waiting else tr("Difference to before"))
        shown = shown_maps(session)
        others = sum(not shown.changes(index) for index in range(len(session.evaluation.maps)))
        partly = tr("{count} maps had another size before, and are shown as they are.", count=others)
        describe(self.text, self.text.text(), partly if others else tr("After minus before, in every map"))

    def _colour(self) -> None:
        colours = theme.colours
        self.setStyleSheet(
            f"QFrame#differences {{ background: {colours.accent_soft}; border: 1px solid {colours.accent};"
            f" border-radius: {HEIGHT // 2}px; }}"
            f" QPushButton {{ border-radius: 9px; padding: 1px 9px; min-height: 16px; max-height: 16px; }}"
            f" QPushButton:focus {{ padding: 0 8px; }}"
        )

    def retranslate(self) -> None:
        """Set every text."""
        self.dismiss.setText(tr("Dismiss"))
        describe(self.dismiss, tr("Dismiss"), tr("Show the maps' values again (D)"))
        self.redraw()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
