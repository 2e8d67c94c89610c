"""The sentence above the arithmetic, and what becomes of the number behind it."""

from __future__ import annotations

from collections.abc import Sequence

from cnn_explorer.network.carried import Carried
from cnn_explorer.network.reasons import grouped
from cnn_explorer.network.results import Evaluation
from cnn_explorer.session.language import tr
from cnn_explorer.views.arithmetic_lines import Told
from cnn_explorer.views.arithmetic_words import Word
from cnn_explorer.views.joining_words import joined_title
from cnn_explorer.views.stage_scene import Scene
from cnn_explorer.views.stage_words import (
    JOINED,
    is_flat_input,
    is_flat_output,
    is_padding,
    output_cell_name,
    output_name,
)


def cell_name(scene: Scene, row: int, column: int) -> str:
    """The output cell, with its filter where there are several."""
    output = scene.evaluation.output_of(scene.index)
    count = 1 if output is None else output.shape[2]
    if is_flat_output(scene) and count > 1:
        return tr("Output {name}", name=output_name(scene, scene.filter))
    place = {"row": row + 1, "column": column + 1}
    if count == 1:
        return tr("Output cell (row {row}, column {column})", **place)
    return tr("Output cell (row {row}, column {column}) of filter {filter}", filter=scene.filter + 1, **place)


def layer_and_cell(told: Told) -> str:
    """The layer and the cell, for those who look from afar."""
    layer = told.scene.layer
    cell = output_cell_name(told.scene, told.row, told.column)
    return tr("{layer}, {cell}", layer=layer.name or layer.label(), cell=cell)


def title(told: Told) -> str:
    """Which cell it is, and how its kind of layer makes it."""
    return _TITLES[told.way](told, cell_name(told.scene, told.row, told.column))


def switched_off(scene: Scene, row: int, column: int) -> str:
    """The title where the layer does nothing."""
    return tr("{cell}: the layer is off and hands its input on", cell=cell_name(scene, row, column))


def _sum(told: Told, cell: str) -> str:
    if is_flat_input(told.scene):
        return tr("{cell} = {count} inputs × weights, summed, plus bias", cell=cell, count=grouped(told.channels))
    if told.channels == 1:
        return tr("{cell} = window ⊙ kernel, summed, plus bias", cell=cell)
    if told.level == "channels":
        return tr("{cell} = what each of {count} channels adds, plus bias", cell=cell, count=told.channels)
    return tr("{cell} = window ⊙ kernel in each of {count} channels, summed, plus bias", cell=cell, count=told.channels)


def _mean(told: Told, cell: str) -> str:
    if told.found.counted.all() and told.cells > 25:
        return tr("{cell} = the mean of all {count} values", cell=cell, count=grouped(told.cells))
    return tr("{cell} = the mean of the window, padding not counted", cell=cell)


def _maximum(told: Told, cell: str) -> str:
    if told.cells > 25:
        return tr("{cell} = the largest of all {count} values", cell=cell, count=grouped(told.cells))
    return tr("{cell} = the largest value in the window", cell=cell)


def _function(told: Told, cell: str) -> str:
    return tr("{cell} = the function of one input cell", cell=cell)


def _softmax(told: Told, cell: str) -> str:
    return tr("{cell} = its share of the powers of e of all {count} channels", cell=cell, count=grouped(told.channels))


def _normalise(told: Told, cell: str) -> str:
    if told.found.facts.get("training"):
        return tr("{cell} = normalised by mean and variance of this batch, as in training", cell=cell)
    return tr("{cell} = normalised by the moving mean and variance, as in use", cell=cell)


def _dropout(told: Told, cell: str) -> str:
    if told.found.facts["kept"]:
        return tr("{cell}: kept in this step of the training, and scaled up for those that are not", cell=cell)
    return tr("{cell}: dropped in this step of the training", cell=cell)


def _unexplained(told: Told, cell: str) -> str:
    return tr("{cell} = what Keras's {label} gives, not explained", cell=cell,
              label=told.scene.layer.label())  # fmt: skip


def _same(told: Told, cell: str) -> str:
    if is_padding(told.scene, told.found.window):
        return tr("{cell} = a zero that is added around the input", cell=cell)
    if hasattr(told.scene.layer, "mask"):
        return tr("{cell} = a cell of the input: in use nothing is dropped, that is for training", cell=cell)
    return tr("{cell} = a cell of the input, handed on unchanged", cell=cell)


_TITLES = {
    "sum": _sum,
    "mean": _mean,
    "maximum": _maximum,
    "function": _function,
    "softmax": _softmax,
    "normalise": _normalise,
    "dropout": _dropout,
    "same": _same,
    "unexplained": _unexplained,
    JOINED: joined_title,
}


def carried_words(evaluation: Evaluation, stations: Sequence[Carried], row: int, column: int) -> list[Word]:
    """What becomes of the number in the layers that follow: → ReLU: 0 → MaxPool 2×2: 5 (row 1, column 2)."""
    words: list[Word] = []
    for station in stations:
        layer = evaluation.layer(station.layer)
        value = evaluation.digits(station.layer + 1).text(station.value)
        words += [Word("  →  " if words else "→  "), Word((layer.name or layer.label()) + ": ")]
        words += [] if station.used else [Word(tr("lost to") + " ")]
        words.append(Word(value, "output", True))
        if (station.cell[0], station.cell[1]) != (row, column):
            words.append(Word(" " + _place(evaluation, station)))
        row, column = station.cell[0], station.cell[1]
    return words


def _place(evaluation: Evaluation, station: Carried) -> str:
    if evaluation.maps[station.layer + 1].shape[:2] == (1, 1):
        return tr("(number {number})", number=grouped(station.cell[2] + 1))
    return tr("(row {row}, column {column})", row=station.cell[0] + 1, column=station.cell[1] + 1)
