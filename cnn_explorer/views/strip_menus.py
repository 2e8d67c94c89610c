"""The menus of the strip: the layers to add, and what can be done with one that is there."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu

from cnn_explorer.session.language import tr
from cnn_explorer.views.layer_choices import Choice, fill_with_layers
from cnn_explorer.views.layer_edits import add_layer, duplicate_layer, move_layer, remove_layer, switch_layer

if TYPE_CHECKING:
    from cnn_explorer.views.strip_row import Cards


def add_menu(cards: Cards, after: int) -> QMenu:
    """The layers that can be added behind a card."""
    menu = _menu(cards)
    fill_with_layers(menu, lambda choice: _add(cards, after, choice))
    return menu


def card_menu(cards: Cards, index: int) -> QMenu:
    """What can be done with the layer of a card; the input's offers to add one behind it."""
    menu, layer, session = _menu(cards), index - 1, cards.session
    fill_with_layers(menu.addMenu(tr("Add a layer behind it")), lambda choice: _add(cards, index, choice))
    if index == 0:
        return menu
    menu.addSeparator()
    _entry(menu, tr("Duplicate"), "Ctrl+D", lambda: duplicate_layer(session, layer))
    _entry(menu, tr("Remove"), "Del", lambda: remove_layer(session, layer))
    menu.addSeparator()
    last = len(cards.layers) - 1
    _entry(menu, tr("Move to the left"), "Alt+Left", lambda: move_layer(session, layer, layer - 1), layer > 0)
    _entry(menu, tr("Move to the right"), "Alt+Right", lambda: move_layer(session, layer, layer + 1), layer < last)
    menu.addSeparator()
    _entry(menu, tr("Rename…"), "F2", lambda: cards.rename(index))
    on = cards.layers[layer].enabled
    _entry(menu, tr("Switch off") if on else tr("Switch on"), "O", lambda: switch_layer(session, layer, not on))
    return menu


def _menu(cards: Cards) -> QMenu:
    menu = QMenu(cards)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return menu


def _entry(menu: QMenu, text: str, keys: str, calls: Callable[[], object], enabled: bool = True) -> None:
    """An entry with its keys behind the text: on the card they work by themselves."""
    shown = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
    action = menu.addAction(f"{text}\t{shown}")
    action.setEnabled(enabled)
    action.triggered.connect(lambda checked: calls())


def _add(cards: Cards, after: int, choice: Choice) -> None:
    """Add a layer behind a card, and put the keyboard on it: behind a Flatten that came along."""
    before = len(cards.session.document.network.layers)
    add_layer(cards.session, after, choice.kind, **choice.fields)
    cards.move_to(after + max(1, len(cards.session.document.network.layers) - before))
