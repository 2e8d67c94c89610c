"""Which keys stay with the control that has the focus, although they are commands of the window."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from cnn_explorer.views.controls import Segmented

_MOVING = frozenset((Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End))
_PRESSING = frozenset((Qt.Key.Key_Space,))
_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)

TYPED_INTO = (QAbstractSpinBox, QLineEdit, QAbstractItemView)
"""Where a person goes to type or to walk about: they need the keys however they got the focus."""
OPERATED = (
    (QAbstractButton, _PRESSING),
    (QAbstractSlider, _MOVING),
    (QComboBox, _MOVING | _PRESSING),
    (QPlainTextEdit, _MOVING | _PRESSING),
)


def owns_key(widget: QWidget | None, event: QKeyEvent) -> bool:
    """Whether `widget`, which has the focus, needs this key to be used at all.

    Canvases and grids of numbers claim their keys themselves. A control that was clicked with the mouse leaves Space to
    Play and the arrows to the steps; one that was reached with Tab is operated with them. Of a text in which something
    is selected, that is what Copy copies.
    """
    if event.matches(QKeySequence.StandardKey.Copy):
        return _has_selected_text(widget)
    if widget is None or event.modifiers() not in _PLAIN:
        return False
    key = Qt.Key(event.key())
    if isinstance(widget, TYPED_INTO):
        return key in _MOVING or (key in _PRESSING and isinstance(widget, QAbstractItemView))
    if not widget.window().testAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange):
        return False
    if isinstance(widget.parentWidget(), Segmented) and key in _MOVING:
        return True
    return any(isinstance(widget, kind) and key in keys for kind, keys in OPERATED)


def _has_selected_text(widget: QWidget | None) -> bool:
    if isinstance(widget, QPlainTextEdit):
        return widget.textCursor().hasSelection()
    return isinstance(widget, QLabel) and widget.hasSelectedText()
