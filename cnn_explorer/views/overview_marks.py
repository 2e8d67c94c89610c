"""What lights up in the picture of a network: the cells that one cell depends on, and those that depend on it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from cnn_explorer.network.explanation import Region
from cnn_explorer.network.receptive_field import effective_stride, fields_of, reach_of
from cnn_explorer.network.results import Evaluation
from cnn_explorer.session.session import Pin


@dataclass(frozen=True)
class Marks:
    """Regions of the maps by their index: `fields` of what is depended on, `reach` of what depends on it.

    `stride` is the effective stride of the cell's map, in rows and columns of the image. `flat` are the maps that have
    one cell only.
    """

    pin: Pin
    fields: dict[int, Region]
    reach: dict[int, Region]
    stride: tuple[float, float]
    flat: frozenset[int] = frozenset()

    def region(self, index: int) -> Region | None:
        """What is marked of map `index`, None for nothing."""
        return self.fields.get(index) or self.reach.get(index)

    def role(self, index: int) -> str:
        """The colour in which map `index` is marked."""
        return "input" if index in self.fields else "output"


@lru_cache(maxsize=2)  # several views ask for those of the same cell
def marks_of(evaluation: Evaluation, pin: Pin) -> Marks | None:
    """The marks of a cell; None where it does not exist in this evaluation."""
    maps = evaluation.maps
    if pin.index >= len(maps):
        return None
    rows, columns, channels = maps[pin.index].shape
    if pin.row >= rows or pin.column >= columns or pin.channel >= channels:
        return None
    network = evaluation.document.network
    layers, sources = network.layers[: len(maps) - 1], network.sources
    shapes = [(each.shape[0], each.shape[1], each.shape[2]) for each in maps]
    read = fields_of(layers, shapes, pin.index, (pin.row, pin.column, pin.channel), sources)
    pixel = read[-1]
    if pin.index == 0:  # a pixel is all its colours
        pixel = Region(pixel.rows, pixel.columns, tuple(range(channels)))
    reached = reach_of(layers, shapes, pin.index, pixel, sources)
    return Marks(
        pin,
        dict(enumerate(read[:-1])),
        {pin.index + 1 + at: region for at, region in enumerate(reached[1:])},
        effective_stride(layers[: pin.index], shapes[: pin.index + 1], sources),
        frozenset(index for index, shape in enumerate(shapes) if shape[:2] == (1, 1)),
    )
