"""What may be edited while a run goes on, as a training does: all that makes no difference to what is learnt."""

from __future__ import annotations

from dataclasses import fields

from cnn_explorer.network.arrays import equal
from cnn_explorer.network.layers.layer import Layer
from cnn_explorer.network.network import Network

FREE = ("name", "training", "seed")
"""Fields of a layer that can be edited: its name, and how it is shown."""


def learns_alike(before: Network, after: Network) -> bool:
    """Whether two networks differ at most in what may be edited."""
    if before.sources != after.sources:
        return False
    if len(before.layers) != len(after.layers) or before.sources != after.sources:
        return False
    return all(_alike(*pair) for pair in zip(before.layers, after.layers, strict=True))


def _alike(before: Layer, after: Layer) -> bool:
    if before is after:
        return True
    names = [each.name for each in fields(before) if each.name not in FREE]
    return type(before) is type(after) and all(equal(getattr(before, name), getattr(after, name)) for name in names)
