"""Switching a layer off and on, from the strip and from the layer's panel alike."""

from __future__ import annotations

from dataclasses import replace

from cnn_explorer.network.sentence import say
from cnn_explorer.session.session import Session


def switch_layer(session: Session, index: int, on: bool) -> None:
    """Switch layer `index` of the document on or off, as one step of undo."""
    layer = session.document.network.layers[index]
    text = say("Switch {layer} on", layer=layer.label()) if on else say("Switch {layer} off", layer=layer.label())
    session.edit_layer(index, replace(layer, enabled=on), text)
