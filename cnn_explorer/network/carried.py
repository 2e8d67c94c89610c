"""One number carried through: what becomes of a cell in the layers that follow, up to the end of its block."""

from __future__ import annotations

from dataclasses import dataclass

from cnn_explorer.network.explanation import Cell, Combination, Region
from cnn_explorer.network.layers.layer import Layer, Shape
from cnn_explorer.network.results import Evaluation


@dataclass(frozen=True)
class Carried:
    """A station of the number: `cell` of the output of layer `layer`, with its value and how it was combined there.

    `used` is False where the number before took part without effect: a maximum that another cell won.
    """

    layer: int
    cell: Cell
    value: float
    combination: Combination
    used: bool = True


def carried(evaluation: Evaluation, index: int, cell: Cell) -> tuple[Carried, ...]:
    """What becomes of `cell` of layer `index` in the layers that follow, one station each, up to the next block.

    Layers that are switched off are left out. The chain ends where no window reads the cell, and where a layer can't be
    applied. Of several layers that read it the first is followed, and of several windows one in which it wins, or the
    first.
    """
    stations: list[Carried] = []
    network, at = evaluation.document.network, index + 1
    while (after := _reader(evaluation, at)) is not None:
        layer = network.layers[after]
        if layer.begins_block:
            break
        if layer.enabled:
            station = _next(evaluation, after, layer, at, cell)
            if station is None:
                break
            stations.append(station)
            cell = station.cell
        at = after + 1
    return tuple(stations)


def _reader(evaluation: Evaluation, index: int) -> int | None:
    """The first layer that reads map `index`, if it can be applied."""
    readers = evaluation.document.network.readers_of(index)
    return readers[0] if readers and evaluation.output_of(readers[0]) is not None else None


def _next(evaluation: Evaluation, index: int, layer: Layer, source: int, cell: Cell) -> Carried | None:
    """The cell of layer `index` whose window has `cell` of map `source`; None where none has.

    Others may depend on it, too: in training, batch normalisation's mean and variance are those of the whole map.
    """
    read = evaluation.reads(index)
    assert read is not None
    arriving = read.reached(source, Region((cell[0],), (cell[1],), (cell[2],)))
    channel = _channel(layer.reaches(read.shape, arriving).channels, cell[2])
    before = min(arriving.rows), min(arriving.columns), arriving.channels[0]
    stations = []
    for row, column in _places(layer, read.shape, before):
        station = _station(evaluation, index, (row, column, channel), before)
        if station is not None and station.used:
            return station
        stations.append(station)
    return stations[0] if stations else None


def _places(layer: Layer, shape: Shape, before: Cell) -> list[tuple[int, int]]:
    """The rows and columns of the output cells whose windows have a cell, in reading order."""
    return sorted({(reader.row, reader.column) for reader in layer.readers(shape, before[0], before[1])})


def _channel(channels: tuple[int, ...], own: int) -> int:
    return own if own in channels or not channels else channels[0]


def _station(evaluation: Evaluation, index: int, cell: Cell, before: Cell) -> Carried | None:
    found = evaluation.explain(index, cell)
    if found is None:
        return None
    used = True
    if found.winner is not None:
        row, column = found.winner
        used = (found.window.rows[row], found.window.columns[column]) == before[:2]
    elif "winner" in found.facts:
        used = found.window.channels[int(found.facts["winner"])] == before[2]
    return Carried(index, cell, float(evaluation.maps[index + 1][cell]), found.combination, used)
