"""Which keys stay with the control that has the focus, although they are commands of the window."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QWidget,
)

from cnn_explorer.views.controls import Segmented

_MOVING = frozenset((Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End))
_PRESSING = frozenset((Qt.Key.Key_Space,))
_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)

OWNED = (
    ((QAbstractSlider, QAbstractSpinBox, QComboBox, QLineEdit, QAbstractItemView), _MOVING),
    ((QComboBox, QAbstractItemView), _PRESSING),
)


def owns_key(widget: QWidget | None, event: QKeyEvent) -> bool:
    """Whether `widget`, which has the focus, needs this key to be used at all.

    Text fields and grids of numbers claim their keys themselves. A button that was clicked with the mouse leaves Space
    to Play; one that was reached with Tab is pressed with it.
    """
    if widget is None or event.modifiers() not in _PLAIN:
        return False
    key = Qt.Key(event.key())
    if isinstance(widget, QAbstractButton):
        if isinstance(widget.parentWidget(), Segmented) and key in _MOVING:
            return True
        return key in _PRESSING and widget.window().testAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)
    return any(isinstance(widget, kinds) and key in keys for kinds, keys in OWNED)
