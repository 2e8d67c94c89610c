"""The one fixed line at the bottom: what the pointer is on, what has just been done, and who drew the numbers."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from cnn_explorer.network.sentence import Sentence, say
from cnn_explorer.session.language import tr, translated
from cnn_explorer.session.session import Session
from cnn_explorer.views.theme import theme

HEIGHT = 28
MARGIN = 16
SHOWN = 8000
"""Milliseconds that a message stays."""
MOST_MESSAGE = 0.65
"""Of the line: what a long message leaves is for the read-out."""


ENGINE_NOTES = {
    "starting": say("TensorFlow is starting…"),
    "restarting": say("TensorFlow is starting again…"),
    "unavailable": say("without TensorFlow"),
}
"""What stands beside the name of what drew the numbers, while that is not the engine."""


class OneLine(QWidget):
    """A text in one line that never asks for more room than it is given: what does not fit is elided."""

    def __init__(
        self, role: str, alignment: Qt.AlignmentFlag, parent: QWidget | None = None, ground: str = "surface"
    ) -> None:
        super().__init__(parent)
        self._role, self._ground = role, ground
        self._alignment = alignment | Qt.AlignmentFlag.AlignVCenter
        self.text = ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # it changes at every edit

    def set_text(self, text: str, role: str = "") -> None:
        """Show a text, in another colour of the palette if one is named. It is the accessible name, too."""
        self.text, self._role = text, role or self._role
        self.setAccessibleName(text)
        self._offer_whole()
        self.update()

    def _offer_whole(self) -> None:
        """A text that is elided is whole in the tooltip."""
        self.setToolTip(self.text if self.fontMetrics().horizontalAdvance(self.text) > self.width() else "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._offer_whole()

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self.text) + 4, self.fontMetrics().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.role(self._ground))
        painter.setPen(theme.role(self._role))
        shown = self.fontMetrics().elidedText(self.text, Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), int(self._alignment), shown)


class StatusLine(QFrame):
    """`pointed` takes the read-out, `show_message` a message; who drew the numbers is in the session's evaluation.

    A message has the room that it needs as long as it is shown; the read-out has the rest.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._note: Sentence | None = None
        self._said: Sentence | None = None
        self.setProperty("role", "panel")
        self.setFixedHeight(HEIGHT)
        self.pointed = OneLine("text", Qt.AlignmentFlag.AlignLeft)
        self.message = OneLine("quiet", Qt.AlignmentFlag.AlignLeft)
        self.engine = OneLine("good", Qt.AlignmentFlag.AlignRight)
        self._engine_width = 0
        for widget in (self.pointed, self.message, self.engine):
            widget.setParent(self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.clear_message)
        session.evaluated.connect(self.redraw)
        session.noted.connect(self.show_message)
        theme.changed.connect(self.update)
        self.redraw()

    def show_message(self, sentence: Sentence | None) -> None:
        """Show a message for a while; None takes away what is shown."""
        if sentence is None:
            self.clear_message()
            return
        self._said = sentence
        self._timer.start(SHOWN)
        self.redraw()

    def clear_message(self) -> None:
        """Take the message away."""
        self._said = None
        self._timer.stop()
        self.redraw()

    def show_engine_state(self, state: str) -> None:
        """What the engine is doing: "ready", or one of ENGINE_NOTES."""
        self._note = ENGINE_NOTES.get(state)
        self.redraw()

    def redraw(self) -> None:
        """The message and the engine; the read-out is set from outside."""
        self.message.set_text(translated(self._said) if self._said else "")
        evaluation = self._session.evaluation
        values = {"engine": evaluation.engine, "time": f"{evaluation.milliseconds:.1f}"}
        if self._note is not None:
            self.engine.set_text(tr("{engine} · {note}", **values, note=translated(self._note)), "quiet")
        else:
            self.engine.set_text(tr("{engine} · {time} ms", **values), "good")
        self._share()

    def _share(self) -> None:
        """Divide the line. What drew the numbers keeps the room it has had: its milliseconds change at every edit."""
        room = max(self.width() - 4 * MARGIN, 0)
        self._engine_width = max(self.engine.sizeHint().width(), self._engine_width)
        engine = min(self._engine_width, room // 2)
        wanted = self.message.sizeHint().width() if self.message.text else 0
        message = min(wanted, int((room - engine) * MOST_MESSAGE))
        left = MARGIN
        for widget, width in ((self.pointed, room - engine - message), (self.message, message), (self.engine, engine)):
            widget.setGeometry(left, 0, width, HEIGHT)
            left += width + MARGIN

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.pointed.set_text("")  # said in the language before; the pointer says it again when it moves
            self._engine_width = 0
            self.redraw()
