"""The cards of the strip as one widget: drawn, pointed at, chosen and switched, by mouse and by keyboard."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)  # fmt: skip
from PySide6.QtWidgets import QMenu, QToolTip, QWidget

from cnn_explorer.session.cursor import IMAGE
from cnn_explorer.session.language import tr, translated
from cnn_explorer.session.session import Session
from cnn_explorer.views.layer_switch import switch_layer
from cnn_explorer.views.scales import Scales
from cnn_explorer.views.strip_cards import (
    CARD_HEIGHT,
    CARD_WIDTH,
    MARGIN,
    Card,
    CardPainter,
    card_lefts,
    paint_arrow,
)  # fmt: skip
from cnn_explorer.views.theme import theme

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_MOVING = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End)
_KEYS = (*_ENTER, *_MOVING, Qt.Key.Key_O)


class Cards(QWidget):
    """The cards. Card 0 is the input, card i + 1 layer i."""

    pointed = Signal(str)
    reached = Signal(int)
    """The card that the keyboard has moved to."""

    def __init__(self, session: Session, scales: Scales) -> None:
        super().__init__()
        self._session, self._scales = session, scales
        self._painter = CardPainter(self)
        self.cards: list[Card] = []
        self._lefts = [MARGIN]
        self.at = 0
        """The card that the keyboard is on."""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def redraw(self) -> None:
        """Take everything from the evaluation."""
        evaluation = self._session.evaluation
        layers = evaluation.document.network.layers
        self._lefts = card_lefts(layers)
        self.cards = [self._card(index) for index in range(len(layers) + 1)]
        self.at = min(self.at, len(layers))
        wide = int(self._lefts[-1] + CARD_WIDTH + MARGIN)
        if wide != self.minimumWidth():
            self.setMinimumWidth(wide)
        self.update()

    def _card(self, index: int) -> Card:
        evaluation, scale = self._session.evaluation, self._scales.of(index)
        values = evaluation.maps[index] if index < len(evaluation.maps) else None
        shape = "\u2013" if values is None else "×".join(map(str, values.shape))
        if index == 0:
            coloured = values is not None and values.shape[2] == 3 and scale.kind != "signed"
            return Card(tr("Input"), shape, values, scale, role="input", coloured=coloured)
        layer = evaluation.layer(index - 1)
        problem = next((each.sentence for each in evaluation.problems if each.layer == index - 1), None)
        if not layer.enabled:
            shape = tr("{shape} · off", shape=shape)
        said = translated(problem) if problem else ""
        return Card(layer.name or layer.label(), shape, values, scale, layer.enabled, said)

    @property
    def selected(self) -> int:
        """The card of what the cursor is on."""
        return self._session.cursor.layer - IMAGE

    def left(self, index: int) -> float:
        """The left edge of a card; all cards together stand in the middle where there is room."""
        spare = self.width() - (self._lefts[-1] + CARD_WIDTH + MARGIN)
        return self._lefts[index] + max(0.0, spare // 2)

    def card_at(self, place: QPointF) -> int | None:
        """The card under a place, None between them."""
        inside = self.top <= place.y() < self.top + CARD_HEIGHT
        found = (at for at in range(len(self.cards)) if self.left(at) <= place.x() < self.left(at) + CARD_WIDTH)
        return next(found, None) if inside else None

    def describe_card(self, index: int) -> str:
        """What a card stands for, in a sentence."""
        card = self.cards[index]
        if card.problem:
            return card.problem
        if card.values is None:
            return tr("{name}: a layer before it can't be applied", name=card.name)
        if not card.enabled:
            return tr("{name} is switched off: it hands its input on, {shape}", name=card.name, shape=_size(card))
        return tr("{name}: {shape}", name=card.name, shape=_size(card))

    def sizeHint(self) -> QSize:
        return QSize(self.minimumWidth(), int(CARD_HEIGHT))

    @property
    def top(self) -> float:
        """The top edge of every card: they stand in the middle of the strip, above its scroll bar."""
        return float(max(0, (self.height() - int(CARD_HEIGHT)) // 2))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(event.rect(), theme.role("surface"))
        seen, top = event.rect(), self.top
        for index, card in enumerate(self.cards):
            left = self.left(index)
            if index:
                paint_arrow(painter, self.left(index - 1) + CARD_WIDTH, left, top)
            if left < seen.right() + 1 and left + CARD_WIDTH > seen.left():
                focused = self.hasFocus() and index == self.at
                self._painter.paint(painter, index, QPointF(left, top), card, index == self.selected, focused)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.card_at(event.position())
        if index is not None and event.button() == Qt.MouseButton.LeftButton:
            self.at = index
            self._session.select(index + IMAGE)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        index = self.card_at(event.position())
        self.pointed.emit("" if index is None else self.describe_card(index))

    def leaveEvent(self, event: QEvent) -> None:
        self.pointed.emit("")

    def focusInEvent(self, event: QFocusEvent) -> None:
        if event.reason() != Qt.FocusReason.MouseFocusReason:
            self._move_to(self.selected)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, last = Qt.Key(event.key()), len(self.cards) - 1
        moved = {Qt.Key.Key_Left: self.at - 1, Qt.Key.Key_Right: self.at + 1, Qt.Key.Key_Home: 0, Qt.Key.Key_End: last}
        if key in moved:
            self._move_to(min(max(moved[key], 0), last))
        elif key in _ENTER:
            self._session.select(self.at + IMAGE)
        elif key == Qt.Key.Key_O and not event.modifiers():
            self.toggle(self.at)
        else:
            super().keyPressEvent(event)

    def _move_to(self, index: int) -> None:
        self.at = index
        self.setAccessibleDescription(self.describe_card(index))
        self.reached.emit(index)
        self.update()

    def toggle(self, index: int) -> None:
        """Switch the layer of a card on or off; nothing for the input's."""
        if index > 0:
            switch_layer(self._session, index - 1, not self.cards[index].enabled)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self.at if by_key else self.card_at(QPointF(event.pos()))
        if index:
            place = (
                self.mapToGlobal(QPoint(int(self.left(index)), int(self.top + CARD_HEIGHT)))
                if by_key
                else event.globalPos()
            )
            menu = self.menu(index)
            menu.popup(place)

    def menu(self, index: int) -> QMenu:
        """What can be done with a layer's card."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        text = tr("Switch off") if self.cards[index].enabled else tr("Switch on")
        menu.addAction(text, lambda: self.toggle(index))
        return menu

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            index = self.card_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), "" if index is None else self.describe_card(index), self)
            return True
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and event.key() in _KEYS:
            event.accept()  # the program's shortcuts leave these keys to the cards while they have the focus
            return True
        return bool(super().event(event))


def _size(card: Card) -> str:
    return "" if card.values is None else " × ".join(map(str, card.values.shape))
