"""What the engine has of the arrays and layers of the window's process: each crosses once, and is named afterwards.

An edit makes a new document that shares all it has not changed with the one before, as the same objects. So what is
new is what has another identity: one pixel's edit sends an image, one weight's an array, and the 13 MB of a dense layer
stay where they are.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import fields
from functools import partial
from itertools import count
from typing import Any, Protocol

from cnn_explorer.engine.memory import SMALLEST
from cnn_explorer.network.arrays import Floats
from cnn_explorer.network.layers.layer import Layer
from cnn_explorer.network.layers.weights import weight_fields

RECENT = 4
"""Requests within which a thing is used again, or it is forgotten: the comparison's two, before and after an edit."""


class Carrier(Protocol):
    """What brings things to the engine. Raises OSError where the engine has ended."""

    def send_array(self, key: int, values: Floats) -> None:
        """Has the engine keep an array."""

    def send_layer(self, key: int, kind: str, values: dict[str, Any], arrays: dict[str, int]) -> None:
        """Has the engine keep a layer: the values of its fields, and the keys of its large weights by name."""


class Sent:
    """Keys of what has been sent, which is kept alive here while the engine has it: its identity stays its own."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[int, Any]] = {}
        self._keys = count(1)
        self._recent: deque[set[int]] = deque(maxlen=RECENT)

    def request(self, carrier: Carrier, pixels: Floats, layers: Iterable[Layer]) -> tuple[int, list[int], list[int]]:
        """Sends what is new; the keys of the image's pixels and of the layers, and those to be forgotten after that."""
        self._recent.append(set())
        image, keys = self._array(carrier, pixels), [self._layer(carrier, layer) for layer in layers]
        used = set().union(*self._recent)
        unused = [identity for identity in self._known if identity not in used]
        return image, keys, [self._known.pop(identity)[0] for identity in unused]

    def _array(self, carrier: Carrier, values: Floats) -> int:
        return self._key(values) or self._new(values, partial(carrier.send_array, values=values))

    def _layer(self, carrier: Carrier, layer: Layer) -> int:
        large = [each.name for each in weight_fields(layer) if getattr(layer, each.name).nbytes >= SMALLEST]
        arrays = {name: self._array(carrier, getattr(layer, name)) for name in large}
        known = self._key(layer)
        if known is not None:
            return known
        values = {each.name: getattr(layer, each.name) for each in fields(layer) if each.name not in arrays}
        return self._new(layer, partial(carrier.send_layer, kind=layer.kind, values=values, arrays=arrays))

    def _key(self, thing: Any) -> int | None:
        """Its key, if the engine has it."""
        if id(thing) not in self._known:
            return None
        self._recent[-1].add(id(thing))
        return self._known[id(thing)][0]

    def _new(self, thing: Any, send: Callable[[int], None]) -> int:
        key = next(self._keys)
        send(key)
        self._known[id(thing)] = key, thing
        self._recent[-1].add(id(thing))
        return key
