"""A field for a whole number, without the little arrows: arrow keys and, where it has the focus, the wheel step it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QSpinBox, QWidget

# Through the style sheet: with NoButtons it would leave no room for the text.
_NO_ARROWS = "QSpinBox::up-button, QSpinBox::down-button { width: 0; height: 0; border: 0; }"


class PlainSpin(QSpinBox):
    """Tells a typed number when it is complete. The wheel scrolls on where the field has no focus."""

    def __init__(self, width: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setStyleSheet(_NO_ARROWS)
        self.setFixedWidth(width)
        self.lineEdit().setTextMargins(4, 0, 0, 0)  # the padding of the style sheet does not reach it
        self.setKeyboardTracking(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_value(self, low: int, high: int, value: int) -> None:
        """Another range and value, without a signal."""
        self.blockSignals(True)
        self.setRange(low, high)
        self.setValue(value)
        self.blockSignals(False)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()
