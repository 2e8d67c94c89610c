"""Dragging a card to another place: it follows the pointer, and the others make room for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QApplication

from cnn_explorer.network.network import Network
from cnn_explorer.session.language import tr
from cnn_explorer.views.layer_edits import move_layer
from cnn_explorer.views.strip_layout import CARD_WIDTH, row_of

if TYPE_CHECKING:
    from cnn_explorer.views.strip_row import Cards

OUTSIDE = 30
"""How far from the strip a card is dropped in vain."""
AHEAD = 60
"""How much of the strip is kept in view before a card that is dragged."""


@dataclass
class Drag:
    """Card `card` of the cards of `network` is held with the pointer, `grip` to the right of its left edge.

    `to` is the card that it would become if it were put down now; when it is, `dropped`, it waits for the evaluation.
    """

    card: int
    grip: float
    network: Network
    to: int
    dropped: bool = False


class Dragging:
    """Turns presses and moves of the mouse on the cards into one edit of the network, or into none."""

    def __init__(self, cards: Cards) -> None:
        self._cards = cards
        self._pressed: tuple[int, QPointF] | None = None
        self.drag: Drag | None = None

    @property
    def held(self) -> int | None:
        """The card that follows the pointer."""
        return self.drag.card if self.drag is not None and not self.drag.dropped else None

    def order(self) -> list[int]:
        """Which card stands at which place, a dragged one where it would be put down."""
        order = list(range(len(self._cards.cards)))
        if self.drag is not None:
            order.insert(self.drag.to, order.pop(self.drag.card))
        return order

    def press(self, card: int, place: QPointF) -> None:
        """The mouse was pressed on a card: a drag may begin."""
        self._pressed = (card, place)

    def move(self, place: QPointF) -> bool:
        """The mouse has moved with its button down. Returns whether a card follows it."""
        if self.drag is None and self._pressed is not None:
            self._begin(*self._pressed, place)
        if self.held is None:
            return self.drag is not None
        cards, drag = self._cards, self.drag
        assert drag is not None
        left = min(max(place.x() - drag.grip, 0.0), cards.width() - CARD_WIDTH)
        inside = self._inside(place)
        cards.motion.hold(drag.card, left)
        drag.to = cards.row.nearest(left) if inside else drag.card
        self._make_room()
        cards.dragged.emit(int(left) - AHEAD, int(left + CARD_WIDTH) + AHEAD)
        name = cards.cards[drag.card].name
        cards.pointed.emit(
            tr("{name}: to place {place}", name=name, place=drag.to)
            if inside
            else tr("Let go here, and {name} stays where it was", name=name)
        )
        return True

    def _begin(self, card: int, start: QPointF, place: QPointF) -> None:
        far = (place - start).manhattanLength() >= QApplication.startDragDistance()
        if far and 0 < card < len(self._cards.cards) and self._cards.in_step:
            network = self._cards.session.evaluation.document.network
            self.drag = Drag(card, start.x() - self._cards.left(card), network, card)
            self._cards.setCursor(Qt.CursorShape.ClosedHandCursor)

    def _make_room(self, let_go: bool = False) -> None:
        """Let the cards glide to where they are when the dragged one is put down."""
        cards, order = self._cards, self.order()
        lefts = row_of([cards.layers[index - 1] for index in order[1:]], cards.width()).lefts
        places = dict(zip(order, lefts, strict=True))
        cards.motion.glide([places[index] for index in range(len(order))], let_go)

    def _inside(self, place: QPointF) -> bool:
        seen = self._cards.visibleRegion().boundingRect()
        return seen.adjusted(-OUTSIDE, -OUTSIDE, OUTSIDE, OUTSIDE).contains(place.toPoint())

    def release(self, place: QPointF) -> None:
        """The button is up: put the card down, or leave it where it was, if that is outside."""
        if self.held is not None:
            self.move(place)
        self._pressed = None
        if self.held is None:
            return
        cards, drag = self._cards, self.drag
        assert drag is not None
        if not self._inside(place) or drag.to == drag.card or not cards.in_step:
            self.cancel()
            return
        drag.dropped = True
        before = cards.session.document
        move_layer(cards.session, drag.card - 1, drag.to - 1)
        if cards.session.document is before:  # refused
            self.cancel()
        else:
            cards.at = drag.to

    def cancel(self) -> None:
        """Let the card go, back to where it was."""
        self._pressed = None
        if self.drag is not None:
            self.drag.to = self.drag.card
            self._make_room(let_go=True)
            self._end()

    def settle(self) -> bool:
        """The cards are to show the newest evaluation. Returns whether they stay as the drag has them.

        Of one that was put down, its cards glide on from where they are; any other drag of older cards is over.
        """
        drag, cards = self.drag, self._cards
        if drag is None:
            return False
        if drag.network is cards.session.evaluation.document.network:
            return True
        if drag.dropped and len(cards.motion.lefts) == len(cards.cards):
            cards.motion.take(self.order())
            cards.motion.glide(cards.row.lefts, let_go=True)
        else:
            cards.motion.jump(cards.row.lefts)
        self._end()
        return True

    def _end(self) -> None:
        self.drag = self._pressed = None
        self._cards.unsetCursor()
