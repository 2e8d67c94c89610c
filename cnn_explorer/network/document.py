"""What is saved, undone and computed: an input image and a network."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from weakref import WeakValueDictionary

import numpy as np

from cnn_explorer.network.arrays import Floats, equal, frozen
from cnn_explorer.network.layers.layer import Layer, Shape
from cnn_explorer.network.layers.weights import weight_fields
from cnn_explorer.network.network import Network

LARGEST_SIDE = 512
LARGEST_VALUE = 1e9
"""Pixels and weights of a saved document lie between minus this and this."""
SOURCES = ("7x7", "28x28", "mnist", "file")


@dataclass(frozen=True, eq=False)
class Image:
    """The input: `pixels` (rows, columns, channels), each side 1 to 512, 1 or 3 channels.

    `source` is the panel it came from (one of SOURCES), `name` what to call it. `light` says what a high value
    means: light, as in a photograph, or ink, as in a drawing (where 0 is the paper).
    """

    pixels: Floats = field(metadata={"axes": {"rows": LARGEST_SIDE, "columns": LARGEST_SIDE, "channels": (1, 3)}})
    source: str = field(default="7x7", metadata={"options": SOURCES})
    name: str = ""
    light: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "pixels", frozen(self.pixels))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Image) and all(
            equal(getattr(self, name), getattr(other, name)) for name in ("pixels", "source", "name", "light")
        )

    __hash__ = None  # type: ignore[assignment]

    @property
    def shape(self) -> Shape:
        """(rows, columns, channels)."""
        rows, columns, channels = self.pixels.shape
        return rows, columns, channels


@dataclass(frozen=True)
class Document:
    """An image and a network. Immutable: an edit makes a new one."""

    image: Image
    network: Network = field(default_factory=Network)

    def with_image(self, image: Image) -> Document:
        """The document with another image."""
        return replace(self, image=image)

    def with_layer(self, index: int, layer: Layer) -> Document:
        """The document with layer `index` of its network replaced."""
        return replace(self, network=self.network.with_layer(index, layer))

    def arrays(self) -> Iterator[Floats]:
        """Every array that it holds: the image's pixels and the layers' weights."""
        yield self.image.pixels
        for layer in self.network.layers:
            yield from (getattr(layer, each.name) for each in weight_fields(layer))


_PART = 2**18
"""Numbers that are looked at together: of a hundred million at once the absolute values alone would take 400 MB."""
_held: WeakValueDictionary[int, Floats] = WeakValueDictionary()
"""Arrays of which it is known, by their identity: every edit asks for all of them, and has changed few."""


def can_hold(arrays: Iterable[Floats]) -> bool:
    """Whether all numbers are such as a document holds: not those of a training that runs out of control."""
    return all(_held.get(id(values)) is values or _holds(values) for values in arrays)


def _holds(values: Floats) -> bool:
    flat = values.reshape(-1)
    parts = (flat[first : first + _PART] for first in range(0, flat.size, _PART))
    # What is no number is not smaller than anything.
    good = all(bool(np.all(np.abs(part) <= LARGEST_VALUE)) for part in parts)
    if good and not values.flags.writeable:
        _held[id(values)] = values
    return good
