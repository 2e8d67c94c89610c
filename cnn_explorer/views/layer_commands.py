"""The commands of the menu Network: what can be done with the layer that is looked at, and with all of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from cnn_explorer.network.sentence import say
from cnn_explorer.session.cursor import IMAGE
from cnn_explorer.session.session import Session
from cnn_explorer.views.command import Asks, Command, below
from cnn_explorer.views.layer_choices import fill_with_layers
from cnn_explorer.views.layer_edits import (
    add_layer,
    differs_in_training,
    duplicate_layer,
    fit_weights,
    move_layer,
    needs_weights,
    remove_layer,
    set_training,
    switch_layer,
)
from cnn_explorer.views.network_choices import fill_with_networks

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMenu

    from cnn_explorer.views.main_window import MainWindow


def has_layer(window: MainWindow) -> bool:
    """Whether a layer of the newest document is looked at."""
    return window.session.cursor.layer in range(len(window.session.document.network.layers))


def _is_on(window: MainWindow) -> bool:
    return has_layer(window) and window.session.document.network.layers[window.session.cursor.layer].enabled


def _can_move(step: int) -> Asks:
    def asks(window: MainWindow) -> bool:
        layers = range(len(window.session.document.network.layers))
        return has_layer(window) and window.session.cursor.layer + step in layers

    return asks


def _on_layer(does: Callable[[Session, int], object]) -> Callable[[MainWindow], object]:
    """`does` for the layer that is looked at."""
    return lambda window: does(window.session, window.session.cursor.layer)


def _move(step: int) -> Callable[[MainWindow], object]:
    return _on_layer(lambda session, at: move_layer(session, at, at + step))


def _fill_with_layers(window: MainWindow, menu: QMenu) -> None:
    session = window.session
    fill_with_layers(
        menu, lambda choice: add_layer(session, session.cursor.layer - IMAGE, choice.kind, **choice.fields)
    )


def _fill_with_networks(window: MainWindow, menu: QMenu) -> None:
    fill_with_networks(menu, window.session)


def _rename(window: MainWindow) -> None:
    window.workbench.strip.cards.rename(window.session.cursor.layer - IMAGE)


LAYER_COMMANDS = (
    Command(
        "add_layer", "network", say("Add a layer"), lambda window: None, entries=True, fills=_fill_with_layers,
        tip=say("A layer behind the one that you look at"),
    ),
    Command(
        "duplicate_layer", "network", say("Duplicate the layer"), _on_layer(duplicate_layer), ("Ctrl+D",),
        enabled=has_layer,
    ),
    Command(
        "remove_layer", "network", say("Remove the layer"), _on_layer(remove_layer), ("Shift+Del",), enabled=has_layer,
        tip=say("Take the layer out of the network; on its card Delete does it too"),
    ),
    below(
        Command(
            "layer_left", "network", say("Move the layer to the left"), _move(-1), ("Alt+Left",), enabled=_can_move(-1),
            repeats=True,
        )
    ),
    Command(
        "layer_right", "network", say("Move the layer to the right"), _move(1), ("Alt+Right",), enabled=_can_move(1),
        repeats=True,
    ),
    below(Command("rename_layer", "network", say("Rename the layer"), _rename, ("F2",), enabled=has_layer)),
    Command(
        "layer_on", "network", say("Layer on"),
        _on_layer(lambda session, at: switch_layer(session, at, not session.document.network.layers[at].enabled)),
        ("O",), enabled=has_layer, checked=_is_on, tip=say("Switched off, the layer hands its input on as it is"),
    ),
    Command(
        "fit_weights", "network", say("Fit the weights"), lambda window: fit_weights(window.session),
        enabled=lambda window: needs_weights(window.session.document),
        tip=say("Keep the weights that fit the input, and draw new ones for the rest"),
    ),
    below(
        Command(
            "training", "network", say("Training mode"),
            lambda window: set_training(window.session, not window.session.document.network.training),
            ("Ctrl+Shift+T",), enabled=lambda window: differs_in_training(window.session.document.network),
            checked=lambda window: window.session.document.network.training,
            tip=say("BatchNormalization and Dropout as they are while a network is trained, or in use"),
        )
    ),
    below(
        Command(
            "network_table", "network", say("Network table…"), lambda window: window.show_network_table(), ("Ctrl+T",),
            tip=say("Shapes, parameters, multiply-adds and memory of every layer"),
        )
    ),
    Command(
        "classic_nets", "network", say("Classic nets"), lambda window: None, entries=True, fills=_fill_with_networks,
        tip=say("Replace the network by a well-known one, with random weights"),
    ),
)  # fmt: skip
