"""What can be done with the layers, from the strip, the menus and the keyboard alike: each is one step of undo.

`at` is a layer's index in the newest document. What is refused changes nothing and is said.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np

from cnn_explorer.network import building
from cnn_explorer.network.document import Document
from cnn_explorer.network.layers.layer import Layer
from cnn_explorer.network.network import Network
from cnn_explorer.network.sentence import Refused, Sentence, say
from cnn_explorer.session.session import Session


def called(layer: Layer) -> str:
    """What a layer is called on its card: its name, or its type and size."""
    return layer.name or layer.label()


def differs_in_training(network: Network) -> bool:
    """Whether a layer that is on behaves in another way in training than in use."""
    return any(hasattr(layer, "training") and layer.enabled for layer in network.layers)


def needs_weights(document: Document) -> bool:
    """Whether a layer can't be applied because its weights are for another number of channels."""
    shapes = document.network.shapes(document.image.shape)
    problems = document.network.problems(document.image.shape)
    return any(building.is_unfit(document.network.layers[each.layer], shapes[each.layer]) for each in problems)


def add_layer(session: Session, at: int, kind: str, **fields: Any) -> None:
    """A new layer of a kind before layer `at`, or at the end; `fields` are those that it has of its own.

    It is said when another one had to come before it.
    """
    count = len(session.document.network.layers)
    after = _built(session, partial(building.with_added, at=at, kind=kind, **fields))
    if after is None:
        return
    place = at + len(after.layers) - count - 1
    made = after.layers[place]
    _use(session, after, say("Add {layer}", layer=made.label()), place, new=range(at, place + 1))
    if place > at:
        said = say(
            "{before} was put before {layer}, which reads one row of numbers.",
            before=after.layers[at].label(),
            layer=made.label(),
        )
        session.said.emit(said)


def remove_layer(session: Session, at: int) -> None:
    """Take a layer out."""
    after = _built(session, partial(building.without, at=at))
    if after is not None:
        looked_at = session.cursor.layer
        left = looked_at - 1 if looked_at > at else min(looked_at, len(after.layers) - 1)
        _use(session, after, say("Remove {layer}", layer=called(session.document.network.layers[at])), left)


def duplicate_layer(session: Session, at: int) -> None:
    """The same layer once more, behind it."""
    after = _built(session, partial(building.with_duplicate, at=at))
    if after is not None:
        text = say("Duplicate {layer}", layer=called(session.document.network.layers[at]))
        _use(session, after, text, at + 1, new=range(at + 1, at + 2))


def move_layer(session: Session, at: int, to: int) -> None:
    """Put a layer into another place; the others close up. The one that is looked at stays looked at."""
    after = _built(session, partial(building.with_moved, at=at, to=to))
    if after is None or at == to:
        return
    order = list(range(len(after.layers)))
    order.insert(to, order.pop(at))
    looked_at = session.cursor.layer
    follows = order.index(looked_at) if looked_at in order else looked_at
    _use(session, after, say("Move {layer}", layer=called(session.document.network.layers[at])), follows)


def rename_layer(session: Session, at: int, name: str) -> Sentence | None:
    """Call a layer `name`, "" for what its type is called. Returns why that can't be, None where it can."""
    before = session.document.network
    try:
        network = building.with_name(before, at, name)
    except Refused as refused:
        return refused.sentence
    session.edit_network(network, say("Rename {layer}", layer=called(before.layers[at])))
    return None


def switch_layer(session: Session, at: int, on: bool) -> None:
    """Switch a layer on or off."""
    layer = session.document.network.layers[at]
    text = say("Switch {layer} on", layer=called(layer)) if on else say("Switch {layer} off", layer=called(layer))
    session.edit_layer(at, replace(layer, enabled=on), text)


def fit_weights(session: Session) -> None:
    """Give every layer weights that fit its input, where that can be."""
    after = _built(session, Network.fitted)
    if after is not None:
        _use(session, after, say("Fit the weights"), session.cursor.layer)


def set_training(session: Session, on: bool) -> None:
    """Let layers behave as they do in training, or as in use."""
    text = say("Switch to training") if on else say("Switch to inference")
    session.edit_network(replace(session.document.network, training=on), text)


def use_network(session: Session, document: Document, name: Sentence) -> None:
    """Work on the network of another document from now on, and on its image where the present one does not suit it."""
    image = session.document.image
    if document.network.problems(image.shape):
        image = document.image
    session.edit(Document(image, document.network), say("Network {name}", name=name))
    session.move(layer=0, filter=0, channel=0, row=0, column=0, stepping=image.pixels.size <= 100)


def _built(session: Session, build: Callable[..., Network]) -> Network | None:
    """What a function of `building` makes of the network; None, and it is said why, where it refuses."""
    try:
        return build(session.document.network, session.document.image.shape, rng=np.random.default_rng())
    except Refused as refused:
        session.said.emit(refused.sentence)
        return None


def _use(session: Session, network: Network, text: Sentence, look_at: int, new: range = range(0)) -> None:
    """Make it the network, look at a layer, and tell of weights that were drawn anew but for those of `new` layers."""
    told = building.drawn_anew(session.document.network, network, session.document.image.shape, new)
    session.edit_network(network, text, layer=look_at)
    if told is not None:
        session.said.emit(told)
