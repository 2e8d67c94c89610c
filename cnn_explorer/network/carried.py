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
    applied. Of several windows that read it, one in which it wins is followed, or the first.
    """
    stations: list[Carried] = []
    layers = evaluation.document.network.layers
    for after in range(index + 1, min(len(layers), len(evaluation.maps) - 1)):
        layer = layers[after]
        if layer.begins_block:
            break
        if not layer.enabled:
            continue
        station = _next(evaluation, after, layer, cell)
        if station is None:
            break
        stations.append(station)
        cell = station.cell
    return tuple(stations)


def _next(evaluation: Evaluation, index: int, layer: Layer, cell: Cell) -> Carried | None:
    """The cell of layer `index` that `cell` of its input goes into; None where nothing reads it."""
    shape = _shape(evaluation, index)
    reached = layer.reaches(shape, Region((cell[0],), (cell[1],), (cell[2],)))
    channel = _channel(reached.channels, cell[2])
    stations = []
    for row in reached.rows:
        for column in reached.columns:
            station = _station(evaluation, index, (row, column, channel), cell)
            if station is not None and station.used:
                return station
            stations.append(station)
    return stations[0] if stations else None


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
    return Carried(index, cell, float(evaluation.maps[index + 1][cell]), found.combination, used)


def _shape(evaluation: Evaluation, index: int) -> Shape:
    rows, columns, channels = evaluation.maps[index].shape
    return rows, columns, channels
