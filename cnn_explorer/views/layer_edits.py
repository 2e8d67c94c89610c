"""What can be done with the layers, from the strip, the menus and the keyboard alike: each is one step of undo.

`at` is a layer's index in the newest document. What is refused changes nothing and is said.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from cnn_explorer.network import building
from cnn_explorer.network.document import Document
from cnn_explorer.network.haste import MOST_AT_ONCE, insist_on_time
from cnn_explorer.network.layers.layer import Layer
from cnn_explorer.network.network import Network
from cnn_explorer.network.presets import NetworkPreset
from cnn_explorer.network.sentence import Refused, Sentence, say
from cnn_explorer.session.builder import Edit
from cnn_explorer.session.cursor import LEVELS
from cnn_explorer.session.session import Session

MANY = MOST_AT_ONCE + 1
"""Weights of a network that is made anew, for all that is known before."""


def called(layer: Layer) -> str:
    """What a layer is called on its card: its name, or its type and size."""
    return layer.name or layer.label()


def differs_in_training(network: Network) -> bool:
    """Whether a layer that is on behaves in another way in training than in use."""
    return any(hasattr(layer, "training") and layer.enabled for layer in network.layers)


def needs_weights(document: Document) -> bool:
    """Whether a layer can't be applied because its weights are for another number of channels."""
    inputs = document.network.input_shapes(document.image.shape)
    places = [each.layer for each in document.network.problems(document.image.shape) if each.layer < len(inputs)]
    return any(building.is_unfit(document.network.layers[index], inputs[index]) for index in places)


def add_layer(session: Session, at: int, kind: str, **fields: Any) -> None:
    """A new layer of a kind before layer `at`, or at the end; `fields` are those that it has of its own.

    It is told when another one had to come before it.
    """

    def make(document: Document, rng: np.random.Generator) -> Edit:
        before, shape = document.network, document.image.shape
        after = building.with_added(before, shape, at, kind, rng, **fields)
        place = at + len(after.layers) - len(before.layers) - 1
        made = after.layers[place]
        told = building.drawn_anew(before, after, shape, range(at, place + 1))
        if place > at:
            other = after.layers[at].label()
            told = say("{other} was put before {layer}.", other=other, layer=made.label())
        return Edit(after, say("Add {layer}", layer=made.label()), {"layer": place}, told)

    session.perform(make)


def remove_layer(session: Session, at: int) -> None:
    """Take a layer out."""
    looked_at = session.cursor.layer

    def make(document: Document, rng: np.random.Generator) -> Edit:
        after = building.without(document.network, document.image.shape, at, rng)
        left = looked_at - 1 if looked_at > at else min(looked_at, len(after.layers) - 1)
        return _edit(document, after, say("Remove {layer}", layer=called(document.network.layers[at])), left)

    session.perform(make)


def duplicate_layer(session: Session, at: int) -> None:
    """The same layer once more, behind it."""

    def make(document: Document, rng: np.random.Generator) -> Edit:
        after = building.with_duplicate(document.network, document.image.shape, at, rng)
        text = say("Duplicate {layer}", layer=called(document.network.layers[at]))
        return _edit(document, after, text, at + 1, new=range(at + 1, at + 2))

    session.perform(make)


def move_layer(session: Session, at: int, to: int) -> None:
    """Put a layer into another place; the others close up. The one that is looked at stays looked at."""
    order = list(range(len(session.document.network.layers)))
    order.insert(to, order.pop(at))
    looked_at = session.cursor.layer
    follows = order.index(looked_at) if looked_at in order else looked_at

    def make(document: Document, rng: np.random.Generator) -> Edit:
        after = building.with_moved(document.network, document.image.shape, at, to, rng)
        return _edit(document, after, say("Move {layer}", layer=called(document.network.layers[at])), follows)

    session.perform(make)


def rename_layer(session: Session, at: int, name: str) -> Sentence | None:
    """Call a layer `name`, "" for what its type is called. Returns why that can't be, None where it can."""
    before = session.basis.network
    try:
        network = building.with_name(before, at, name)
    except Refused as refused:
        return refused.sentence
    session.edit_network(network, say("Rename {layer}", layer=called(before.layers[at])))
    return None


def switch_layer(session: Session, at: int, on: bool) -> None:
    """Switch a layer on or off."""
    layer = session.basis.network.layers[at]
    text = say("Switch {layer} on", layer=called(layer)) if on else say("Switch {layer} off", layer=called(layer))
    session.edit_layer(at, replace(layer, enabled=on), text)


def fit_weights(session: Session) -> None:
    """Give every layer weights that fit its input, where that can be."""
    looked_at = session.cursor.layer

    def make(document: Document, rng: np.random.Generator) -> Edit:
        after = document.network.fitted(document.image.shape, rng)
        return _edit(document, after, say("Fit the weights"), looked_at)

    session.perform(make)


def set_training(session: Session, on: bool) -> None:
    """Let layers behave as they do in training, or as in use."""
    text = say("Switch to training") if on else say("Switch to inference")
    session.edit_network(replace(session.basis.network, training=on), text)


def use_network(session: Session, preset: NetworkPreset) -> None:
    """Work on a well-known network from now on, and on an image that suits it where the present one does not.

    It is seen whole first.
    """

    def make(document: Document, rng: np.random.Generator) -> Edit:
        insist_on_time(rng, MANY)
        chosen = preset.build(document)
        places = dict.fromkeys(("layer", "filter", "channel", "row", "column"), 0)
        look = {**places, "stepping": chosen.image.pixels.size <= 100, "level": LEVELS[0]}
        image = None if chosen.image is document.image else chosen.image
        return Edit(chosen.network, say("Network {name}", name=preset.name), look, image=image)

    session.perform(make)


def _edit(document: Document, after: Network, text: Sentence, look_at: int, new: range = range(0)) -> Edit:
    """The edit that makes `after` the network, and tells of weights that were drawn anew but for `new` layers."""
    told = building.drawn_anew(document.network, after, document.image.shape, new)
    return Edit(after, text, {"layer": look_at}, told)
