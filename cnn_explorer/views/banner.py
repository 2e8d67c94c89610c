"""A message over the stage that waits for nobody: it can be answered, dismissed, or left where it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from cnn_explorer.network.sentence import Sentence
from cnn_explorer.session.language import tr, translated
from cnn_explorer.views.controls import button, describe, icon_button, label
from cnn_explorer.views.icons import icon
from cnn_explorer.views.theme import theme

WIDEST = 760
MARGIN = 12
READING = 80
"""Milliseconds that a character of a passing message stays, and at least SHORTEST in all."""
SHORTEST = 6000


@dataclass(frozen=True)
class Answer:
    """A button of the banner: what stands on it and what it calls. The banner goes when it is pressed."""

    text: Sentence
    calls: Callable[[], object]


@dataclass(frozen=True)
class Message:
    """A sentence and its answers. One that `passes` goes by itself when it can have been read; a `problem` is red."""

    sentence: Sentence
    answers: tuple[Answer, ...] = ()
    passes: bool = False
    problem: bool = False


class Banner(QFrame):
    """Lies over the top of `over`, so that nothing moves when it comes or goes. One with answers lets others wait."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self.setProperty("role", "card")
        self.setAutoFillBackground(True)
        self._over = over
        self._waiting: list[Message] = []
        self.message: Message | None = None
        self._icon = QLabel()
        self.label = label()
        self.label.setWordWrap(True)
        self.label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._buttons: list[QPushButton] = []
        self.close_button = icon_button(self.dismiss, size=16)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.dismiss)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(12, 8, 8, 8)
        self._row.setSpacing(8)
        for widget in (self._icon, self.label, self.close_button):
            self._row.addWidget(widget, 1 if widget is self.label else 0)
        over.installEventFilter(self)
        theme.changed.connect(self.redraw)
        self.redraw()
        self.hide()

    @property
    def answers(self) -> Sequence[QPushButton]:
        """The answers' buttons, from left to right."""
        return self._buttons

    def show_message(self, message: Message) -> None:
        """Show a message now, or as soon as the one that waits for an answer has gone."""
        if self.message is not None and self.message.answers:
            self._waiting.append(message)
            return
        self.message = message
        self._replace_buttons()
        self.redraw()
        self._place()
        self.show()
        self.raise_()
        self._timer.stop()
        if message.passes:
            self._timer.start(max(SHORTEST, READING * len(self.label.text())))

    def dismiss(self) -> None:
        """Take the message away, and show the next one if one waits."""
        self._timer.stop()
        self.message = None
        self.hide()
        if self._waiting:
            self.show_message(self._waiting.pop(0))

    def take_back(self, message: Message) -> None:
        """What this message told is over."""
        if message is self.message:
            self.dismiss()
        elif message in self._waiting:
            self._waiting.remove(message)

    def reword(self, message: Message, sentence: Sentence) -> Message:
        """The message with another sentence, in its place wherever that is: what it tells of has come further."""
        reworded = replace(message, sentence=sentence)
        if message is self.message:
            self.message = reworded
            self.redraw()
            self._place()
        else:
            self._waiting = [reworded if each is message else each for each in self._waiting]
        return reworded

    def _answer(self, answer: Answer) -> None:
        self.dismiss()
        answer.calls()

    def _replace_buttons(self) -> None:
        for old in self._buttons:
            self._row.removeWidget(old)
            old.deleteLater()
        self._buttons = []
        for answer in self.message.answers if self.message else ():
            made = button(partial(self._answer, answer))
            made.setDefault(not self._buttons)
            self._buttons.append(made)
            self._row.insertWidget(self._row.count() - 1, made)

    def redraw(self) -> None:
        """Every text and icon, in the language and the palette of now."""
        describe(self.close_button, tr("Dismiss this message"))
        self.close_button.setIcon(icon("close"))
        if self.message is None:
            return
        problem = self.message.problem
        self._icon.setPixmap(icon("warning" if problem else "notice", "bad" if problem else "accent").pixmap(20, 20))
        self.label.setText(translated(self.message.sentence))
        self.setAccessibleName(self.label.text())
        for made, answer in zip(self._buttons, self.message.answers, strict=True):
            made.setText(translated(answer.text))
            describe(made, translated(answer.text))

    def _place(self) -> None:
        width = min(WIDEST, self._over.width() - 2 * MARGIN)
        self._row.activate()
        self.setGeometry((self._over.width() - width) // 2, MARGIN, width, self.heightForWidth(width))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QResizeEvent) and self.message is not None:
            self._place()
        return False

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.redraw()
            if self.message is not None:
                self._place()
