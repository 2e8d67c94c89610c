"""What one cell of a layer depends on in every map before it, and what depends on it in every map after it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod

from cnn_explorer.network.explanation import Cell, Region
from cnn_explorer.network.geometry import Axis
from cnn_explorer.network.layer_input import LayerInput, Sources, joined, sources_at
from cnn_explorer.network.layers.layer import Layer, Shape
from cnn_explorer.network.network import Network


def fields_of(
    layers: Sequence[Layer], shapes: Sequence[Shape], index: int, cell: Cell, sources: Sources = ()
) -> tuple[Region, ...]:
    """The cells of maps 0 (the image) to `index` that `cell` of map `index` depends on; the last is the cell itself.

    Map i + 1 is the output of layer i, `shapes` are those of the maps, and `sources` as in a network. Clipped at the
    border: padding is no cell. A map on which nothing depends has an empty region; one that is reached by several ways
    the smallest region with the cells of all.
    """
    regions = [*[Region()] * index, Region((cell[0],), (cell[1],), (cell[2],))]
    for at in range(index - 1, -1, -1):
        if regions[at + 1].empty:
            continue
        layer, read = layers[at], _read(layers, shapes, at, sources)
        needed = layer.reads(read.shape, regions[at + 1]) if layer.enabled else regions[at + 1]
        for source, region in read.fields(needed).items():
            regions[source] = regions[source].united(region)
    return tuple(regions)


def reach_of(
    layers: Sequence[Layer], shapes: Sequence[Shape], index: int, region: Region, sources: Sources = ()
) -> tuple[Region, ...]:
    """The cells of maps `index` to the last that depend on any cell of `region` of map `index`; the first is that.

    `sources` and regions as in `fields_of`.
    """
    regions = [region]
    for at in range(index, min(len(layers), len(shapes) - 1)):
        layer, read = layers[at], _read(layers, shapes, at, sources)
        arriving = Region()
        for source in dict.fromkeys(read.maps):
            if source >= index:
                arriving = arriving.united(read.reached(source, regions[source - index]))
        if layer.enabled and not arriving.empty:
            arriving = layer.reaches(read.shape, arriving)
        regions.append(arriving)
    return tuple(regions)


def _read(layers: Sequence[Layer], shapes: Sequence[Shape], index: int, sources: Sources) -> LayerInput:
    """What layer `index` reads, which can be applied."""
    layer = layers[index]
    found = joined(sources_at(sources, index, layer.enabled), shapes, layer.alike and layer.enabled)
    assert isinstance(found, LayerInput)
    return found


def effective_stride(layers: Sequence[Layer], shapes: Sequence[Shape], sources: Sources = ()) -> tuple[float, float]:
    """How many cells of the image, in rows and columns, the field moves from one output cell to the next.

    The product of all strides; upsampling and the spacing of a transposed convolution divide it. Of several branches
    the first is followed that leads on with all its rows and columns.
    """
    step = [1.0, 1.0]
    at = min(len(layers), len(shapes) - 1)
    while at > 0:
        layer, read = layers[at - 1], _read(layers, shapes, at - 1, sources)
        if layer.enabled:
            for side, axis in enumerate(layer.axes(read.shape)):
                step[side] *= axis.stride / axis.spacing / axis.repeat
        at = next(part.map for part in read.parts if part.shape[:2] == read.shape[:2])
    return step[0], step[1]


def receptive_field(network: Network, shape: Shape) -> tuple[int, int]:
    """Rows and columns, in cells of an image of this shape, from the first to the last that an output cell depends on.

    Of the output cell that sees most, where upsampling or a transposed convolution lets them see more or less. Layers
    that are switched off add nothing; what follows the first layer that can't be applied is left out. Padding and the
    gaps of a dilation count as cells, so the field may be larger than the image.
    """
    applied = network.applied(shape)
    stations = [_Station(read, layer.axes(read.shape) if layer.enabled else None) for layer, read in applied]
    return _longest_field(stations, 0), _longest_field(stations, 1)


@dataclass(frozen=True)
class _Station:
    """A layer: what it reads, and its window along rows and columns, None where it is switched off."""

    read: LayerInput
    axes: tuple[Axis, Axis] | None


def _longest_field(stations: Sequence[_Station], side: int) -> int:
    axes = [station.axes[side] for station in stations if station.axes]
    phases = min(prod(axis.spacing * axis.repeat for axis in axes), _MOST_PHASES)
    return max(_field_length(stations, side, cell) for cell in range(min(phases, axes[-1].output) if axes else 1))


def _field_length(stations: Sequence[_Station], side: int, cell: int) -> int:
    """Cells of the image from the first to the last that an output cell depends on, those of the padding too."""
    spans = {len(stations): (cell, cell)}
    for at, station in reversed(list(enumerate(stations))):
        if at + 1 in spans:
            span = spans[at + 1] if station.axes is None else _span(station.axes[side], *spans[at + 1])
            _spread(spans, station.read, side, span)
    first, last = spans.get(0, (0, -1))
    return max(0, last - first + 1)


def _span(axis: Axis, first: int, last: int) -> tuple[int, int]:
    """The first and the last cell of the input that output cells from `first` to `last` depend on."""
    first, last = axis.window(first)[0], axis.window(last)[-1]
    # Between cells that stand apart there is nothing to depend on.
    return -(-first // axis.spacing), last // axis.spacing


def _spread(spans: dict[int, tuple[int, int]], read: LayerInput, side: int, span: tuple[int, int]) -> None:
    """Adds a span of a layer's input to those of the maps that it is made of."""
    for part in read.parts:
        own = (0, 0) if part.shape[side] == 1 < read.shape[side] else span
        before = spans.get(part.map, own)
        spans[part.map] = min(before[0], own[0]), max(before[1], own[1])


_MOST_PHASES = 64
"""Output cells that are looked at for the one that sees most: they repeat themselves after spacings times repeats."""
