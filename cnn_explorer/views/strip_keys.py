"""What the keys do while the cards of the strip have the focus, one row of a table each."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from cnn_explorer.session.cursor import IMAGE
from cnn_explorer.views.layer_edits import duplicate_layer, move_layer, remove_layer, switch_layer

if TYPE_CHECKING:
    from cnn_explorer.views.strip_row import Cards

Action = Callable[["Cards"], object]
_Key, _Plain, _Held = Qt.Key, Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier


def _choose(cards: Cards) -> None:
    """Look at the card's layer; of the last card, offer layers."""
    if cards.at == len(cards.cards):
        cards.offer_layers(cards.at - 1)
    else:
        cards.session.select(cards.at + IMAGE)


def _add(cards: Cards) -> None:
    cards.offer_layers(min(cards.at, len(cards.cards) - 1))


def on_layer(does: Callable[[Cards, int], object]) -> Action:
    """An action for the layer of the card that the keyboard is on; nothing where that is none.

    It is one of the newest document, which may be ahead of the cards on the screen while keys come fast.
    """

    def act(cards: Cards) -> None:
        if 0 < cards.at <= len(cards.session.document.network.layers):
            does(cards, cards.at - 1)

    return act


def _switch(cards: Cards, layer: int) -> None:
    switch_layer(cards.session, layer, not cards.session.document.network.layers[layer].enabled)


def _remove(cards: Cards, layer: int) -> None:
    remove_layer(cards.session, layer)
    cards.move_to(min(layer + 1, len(cards.session.document.network.layers)))


def _duplicate(cards: Cards, layer: int) -> None:
    duplicate_layer(cards.session, layer)
    cards.move_to(layer + 2)


def _move(step: int) -> Callable[[Cards, int], None]:
    def act(cards: Cards, layer: int) -> None:
        if 0 <= layer + step < len(cards.session.document.network.layers):
            move_layer(cards.session, layer, layer + step)
            cards.move_to(layer + step + 1)

    return act


_ACTIONS: dict[tuple[Qt.KeyboardModifier, Qt.Key], Action] = {
    (_Plain, _Key.Key_Left): lambda cards: cards.move_to(cards.at - 1),
    (_Plain, _Key.Key_Right): lambda cards: cards.move_to(cards.at + 1),
    (_Plain, _Key.Key_Home): lambda cards: cards.move_to(0),
    (_Plain, _Key.Key_End): lambda cards: cards.move_to(len(cards.cards) - 1),
    (_Plain, _Key.Key_Return): _choose,
    (_Plain, _Key.Key_Enter): _choose,
    (_Plain, _Key.Key_Insert): _add,
    (_Plain, _Key.Key_Delete): on_layer(_remove),
    (_Plain, _Key.Key_O): on_layer(_switch),
    (_Plain, _Key.Key_F2): on_layer(lambda cards, layer: cards.rename(layer + 1)),
    (_Held.ControlModifier, _Key.Key_D): on_layer(_duplicate),
    (_Held.AltModifier, _Key.Key_Left): on_layer(_move(-1)),
    (_Held.AltModifier, _Key.Key_Right): on_layer(_move(1)),
}


def action_of(event: QKeyEvent) -> Action | None:
    """What a key does on the cards, None where that is nothing."""
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return _ACTIONS.get((modifiers, Qt.Key(event.key())))
