"""One of many, in order: a caption, and below it ‹ 3 of 32 › to step through them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from cnn_explorer.session.language import tr
from cnn_explorer.views.controls import describe, icon_button, label
from cnn_explorer.views.icons import icon
from cnn_explorer.views.theme import theme
from cnn_explorer.views.wheel import WheelSteps

HEIGHT = 24
MOST_IN_WORDS = 99
"""Larger counts are written with a stroke: "1024/3136" is short enough."""
FONT_PIXELS = (13, 12, 11, 10, 9, 8)
PAGE = 10
_STYLE = "QToolButton { padding: 0; min-height: 0; }"
_STEPS = {
    Qt.Key.Key_Left: -1, Qt.Key.Key_Down: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: 1, Qt.Key.Key_PageDown: -PAGE,
    Qt.Key.Key_PageUp: PAGE, Qt.Key.Key_Home: -(10**9), Qt.Key.Key_End: 10**9,
}  # fmt: skip


class Stepper(QWidget):
    """Two buttons with "3 of 32" between them; arrow keys, Home, End and the wheel step too.

    `chosen` carries the index (from 0) that was stepped to; the owner then shows it with `show_place`.
    """

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._at, self._count = 0, 1
        self._name, self._tip = "", ""
        self._wheel = WheelSteps()
        self.caption, self.place = label("quiet"), label()
        self.place.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.place.setMinimumWidth(1)  # its text is made to fit, and does not ask for room
        self.back, self.on = (self._make_button(step) for step in (-1, 1))
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(1)
        row.addWidget(self.back)
        row.addWidget(self.place, 1)
        row.addWidget(self.on)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        column.addWidget(self.caption)
        column.addLayout(row)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.installEventFilter(self)
        self._draw_icons()
        theme.changed.connect(self._draw_icons)

    def _make_button(self, step: int) -> QToolButton:
        made = icon_button(lambda: self._step(step), flat=False, size=12)
        made.setFixedSize(QSize(20, HEIGHT))
        made.setStyleSheet(_STYLE)
        made.setAutoRepeat(True)
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the stepper itself takes the keys
        return made

    def _draw_icons(self) -> None:
        self.back.setIcon(icon("chevron-left"))
        self.on.setIcon(icon("chevron-right"))

    def set_texts(self, caption: str, tip: str, back: str, on: str) -> None:
        """The caption, what is stepped through, and what the two buttons do."""
        self._name, self._tip = caption, tip
        self.caption.setText(caption)
        describe(self.back, back)
        describe(self.on, on)
        self.show_place(self._at, self._count)

    def show_place(self, at: int, count: int) -> None:
        """Show the one at `at`, from 0, of `count`."""
        self._at, self._count = at, max(count, 1)
        text = "{number}/{count}" if count > MOST_IN_WORDS else tr("{number} of {count}")
        self.place.setText(text.format(number=at + 1, count=self._count))
        self._fit_place()
        self.back.setEnabled(at > 0)
        self.on.setEnabled(at < count - 1)
        describe(self, f"{self._name} {self.place.text()}", self._tip)

    def _fit_place(self) -> None:
        """The largest font in which the place is seen in full."""
        font = QFont(self.font())
        for pixels in FONT_PIXELS:
            font.setPixelSize(pixels)
            if QFontMetricsF(font).horizontalAdvance(self.place.text()) <= self.place.width():
                break
        self.place.setFont(font)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit_place()

    def _step(self, by: int) -> None:
        target = min(max(self._at + by, 0), self._count - 1)
        if target != self._at:
            self.chosen.emit(target)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Not `event`: an exception in a paintEvent called from inside a Python override ends the process.
        own = isinstance(event, QKeyEvent) and self._is_own(event)
        if own and watched is self and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()  # the window has commands on some of these keys
            return True
        return False

    @staticmethod
    def _is_own(event: QKeyEvent) -> bool:
        return Qt.Key(event.key()) in _STEPS and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._is_own(event):
            self._step(_STEPS[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not self.hasFocus():
            event.ignore()  # the column scrolls on
            return
        event.accept()
        steps = self._wheel.take(event)
        if steps:
            self._step(-steps)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.hasFocus():
            with QPainter(self) as painter:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.setPen(QPen(theme.role("accent"), 2))
                bottom = self.height() - HEIGHT
                painter.drawRoundedRect(QRectF(21, bottom + 1, self.width() - 42, HEIGHT - 2), 4, 4)
