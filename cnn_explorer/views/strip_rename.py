"""A layer's name being typed, in its place on the card."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFont, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QToolTip, QWidget

from cnn_explorer.network.file_values import LONGEST_NAME
from cnn_explorer.network.sentence import Sentence
from cnn_explorer.session.language import tr, translated
from cnn_explorer.views.controls import describe
from cnn_explorer.views.layer_edits import rename_layer
from cnn_explorer.views.strip_cards import NAME_BASELINE
from cnn_explorer.views.strip_layout import CARD_WIDTH

if TYPE_CHECKING:
    from cnn_explorer.views.strip_row import Cards

Take = Callable[[str], Sentence | None]
"""Takes the name that was typed, or says why it can't be taken."""


class NameEditor(QLineEdit):
    """Enter hands the name over, and so does going elsewhere; Esc leaves everything as it was.

    A name that can't be taken stays to be corrected, and it is said why; whoever goes elsewhere then gives it up.
    """

    closed = Signal()

    def __init__(self, parent: QWidget, card: int, name: str, label: str, take: Take) -> None:
        super().__init__(name or label, parent)
        self.card = card
        self._usual = "" if name else label
        self._take = take
        font = QFont(self.font())
        font.setPixelSize(12)
        self.setFont(font)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setMaxLength(LONGEST_NAME)
        self.setStyleSheet("QLineEdit, QLineEdit:focus { padding: 0 2px; min-height: 0; border-radius: 4px; }")
        describe(
            self, tr("Name of the layer"), tr("Enter keeps the name, Esc leaves it as it was; empty: the usual one")
        )
        self.returnPressed.connect(self._commit)
        self._over = False

    def open(self, place: QRect) -> None:
        """Show it in a place, and wait for the name."""
        self.setGeometry(place)
        self.show()
        self.selectAll()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_editor(self) -> None:
        """Go away, without a change."""
        if not self._over:
            self._over = True
            had_focus = self.hasFocus()
            self.hide()
            parent = self.parentWidget()
            if had_focus and parent is not None:
                parent.setFocus(Qt.FocusReason.OtherFocusReason)
            self.closed.emit()
            self.deleteLater()

    def _hand_over(self) -> Sentence | None:
        """What its type is called is no name of its own, unless somebody has typed it."""
        return self._take("" if self.text() == self._usual else self.text())

    def _commit(self) -> None:
        refusal = self._hand_over()
        if refusal is None:
            self.close_editor()
        else:
            said = translated(refusal)
            self.setToolTip(said)
            self.setAccessibleDescription(said)
            QToolTip.showText(self.mapToGlobal(QPoint(0, self.height())), said, self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_editor()
            return
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()  # it is not for the cards behind

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()  # while a name is typed, no key is a command
            return True
        return bool(super().event(event))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if not self._over and event.reason() not in (
            Qt.FocusReason.PopupFocusReason,
            Qt.FocusReason.ActiveWindowFocusReason,
        ):
            self._hand_over()
            self.close_editor()


class Renaming:
    """The editor over a card of the strip, while there is one."""

    def __init__(self, cards: Cards) -> None:
        self._cards = cards
        self.editor: NameEditor | None = None

    def open(self, index: int) -> None:
        """Let the name of the layer of card `index` be typed."""
        if self.editor is not None:
            self.editor.close_editor()
        cards, layer = self._cards, self._cards.layers[index - 1]
        self.editor = NameEditor(
            cards, index, layer.name, layer.label(), lambda name: rename_layer(cards.session, index - 1, name)
        )
        self.editor.closed.connect(self._forget)
        self.editor.open(self._place(index))

    def keep(self) -> None:
        """Keep the editor on its card; where that is gone, give the name up."""
        if self.editor is None:
            return
        if self.editor.card < len(self._cards.cards) and self._cards.in_step:
            self.editor.setGeometry(self._place(self.editor.card))
        else:
            self.editor.close_editor()

    def _place(self, index: int) -> QRect:
        cards = self._cards
        return QRect(int(cards.left(index)) + 3, int(cards.top + NAME_BASELINE) - 16, int(CARD_WIDTH) - 6, 21)

    def _forget(self) -> None:
        self.editor = None
