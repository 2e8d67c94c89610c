"""Which maps each layer reads when layers come, go and move in a network with branches.

Of a chain nothing has to be said, `sources` are () and stay so. A new layer stands behind the map before its place, and
all that read that map read the new layer's output. Where a layer goes, its readers read what it read.
"""

from __future__ import annotations

from cnn_explorer.network.layer_input import Sources
from cnn_explorer.network.layers.layer import Layer
from cnn_explorer.network.network import Network
from cnn_explorer.network.sentence import Refused, say


def with_place(sources: Sources, at: int, count: int = 1) -> Sources:
    """With `count` new layers, one after the other, before layer `at`."""
    if not sources:
        return ()

    def moved(read: tuple[int, ...]) -> tuple[int, ...]:
        return tuple(source + count if source >= at else source for source in read)

    new = tuple((at + place,) for place in range(count))
    return (*sources[:at], *new, *map(moved, sources[at:]))


def without_place(sources: Sources, at: int) -> Sources:
    """Without layer `at`, which reads one map."""
    if not sources:
        return ()
    (before,) = sources[at]

    def moved(read: tuple[int, ...]) -> tuple[int, ...]:
        return tuple(before if source == at + 1 else source - (source > at + 1) for source in read)

    return (*sources[:at], *map(moved, sources[at + 1 :]))


def insist_on_one_source(network: Network, at: int) -> None:
    """Raises Refused where layer `at` joins branches: it can't stand anywhere else, and what it joins needs it."""
    if network.sources and len(network.sources[at]) > 1:
        raise Refused(
            say(
                "{layer} joins {count} maps, so it stays where it is; you can switch it off: then it hands on the "
                "first of them.",
                layer=called(network.layers[at]), count=len(network.sources[at]),
            )
        )  # fmt: skip


def called(layer: Layer) -> str:
    """A layer's name, or its type and size where it has none."""
    return layer.name or layer.label()
