"""The words in the picture of a network: names, sizes, and the read-out of what the pointer is on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cnn_explorer.network.explanation import Region
from cnn_explorer.network.numbers import digits_for
from cnn_explorer.network.summary import written_shape
from cnn_explorer.session.language import tr
from cnn_explorer.session.session import Pin
from cnn_explorer.views.overview_marks import Marks
from cnn_explorer.views.shown_maps import change_text
from cnn_explorer.views.stage_words import map_name

if TYPE_CHECKING:
    from cnn_explorer.network.results import Evaluation
    from cnn_explorer.views.overview import Overview
    from cnn_explorer.views.overview_pointer import Spot


def map_size(evaluation: Evaluation, index: int) -> str:
    """The size of map `index`: 28×28×32, or 10 where it is flat."""
    walk = evaluation.document.network.walk(evaluation.document.image.shape)
    return written_shape(walk.shapes[index], walk.flat[index])


def class_name(evaluation: Evaluation, channel: int) -> str:
    """The name of a class, its number from 1 where it has none."""
    classes = evaluation.document.network.classes
    return classes[channel] if channel < len(classes) else str(channel + 1)


def spot_text(view: Overview, spot: Spot, marks: Marks | None) -> str:
    """The read-out of what the pointer is on."""
    kind, evaluation = spot.key[0], view.evaluation
    if kind == "column":
        index = spot.key[1]
        assert isinstance(index, int)
        return tr("{name}: {size}", name=map_name(evaluation, index), size=map_size(evaluation, index))
    if kind in ("kernel", "part"):
        return _channel_text(view, spot)
    pin = view.pointer.pin_of(spot)
    if pin is None:
        return ""
    found = pin_text(evaluation, pin) + change_text(view.session, pin)
    return found + (field_text(marks) if marks is not None and marks.pin == pin else "")


def pin_text(evaluation: Evaluation, pin: Pin) -> str:
    """A cell of the network, and its value."""
    value = float(evaluation.maps[pin.index][pin.row, pin.column, pin.channel])
    text, name = digits_for([value]).text(value), map_name(evaluation, pin.index)
    rows, columns, channels = evaluation.maps[pin.index].shape
    if rows == columns == 1 and channels > 1:
        last = pin.index == len(evaluation.maps) - 1 and evaluation.document.network.classes
        number = class_name(evaluation, pin.channel) if last else pin.channel + 1
        return tr("{name}, number {number} = {value}", name=name, number=number, value=text)
    return tr(
        "{name}, map {map}, row {row}, column {column} = {value}",
        name=name, map=pin.channel + 1, row=pin.row + 1, column=pin.column + 1, value=text,
    )  # fmt: skip


def field_text(marks: Marks) -> str:
    """How much of the image a cell depends on, or how much a pixel reaches."""
    if marks.fields:
        return " · " + tr(
            "depends on {size} pixels of the image, {places}; effective stride {stride}",
            size=region_size(marks.fields[0]), places=region_places(marks.fields[0]),
            stride=stride_text(marks),
        )  # fmt: skip
    reached = {index: region for index, region in marks.reach.items() if region.rows and region.columns}
    if not reached:
        return " · " + tr("reaches no cell")
    # What is one number a map has no cells to count: the last map before is told of.
    last = max((index for index in reached if index not in marks.flat), default=max(reached))
    return " · " + tr("reaches {size} cells of the last map", size=region_size(reached[last]))


def stride_text(marks: Marks) -> str:
    """How many pixels of the image a cell's map moves on from cell to cell, down and across."""
    return "×".join(digits_for([side]).text(side) for side in marks.stride)


def region_size(region: Region) -> str:
    """Rows × columns of a region."""
    return f"{len(region.rows)}×{len(region.columns)}"


def region_places(region: Region) -> str:
    """Where a region lies: rows 3–7, columns 1–5."""
    if not region.rows or not region.columns:
        return "\u2013"
    return tr(
        "rows {rows}, columns {columns}",
        rows=f"{region.rows[0] + 1}\u2013{region.rows[-1] + 1}",
        columns=f"{region.columns[0] + 1}\u2013{region.columns[-1] + 1}",
    )


def _channel_text(view: Overview, spot: Spot) -> str:
    scene, place = view.scene, spot.key[1]
    if scene is None or scene.weights is None or not isinstance(place, int):
        return ""
    channel = scene.channels[place] + 1
    if spot.key[0] == "kernel":
        value = scene.digits.kernel.text(float(scene.weights[spot.row, spot.column, place]))
        return tr(
            "Weight of channel {channel}, row {row}, column {column} = {value}",
            channel=channel, row=spot.row + 1, column=spot.column + 1, value=value,
        )  # fmt: skip
    places = view.layout_now.rows
    parts = view.contents.parts(places)
    if parts is None or place not in places:
        return ""
    value = scene.digits.channel.text(float(parts[spot.row, spot.column, places.index(place)]))
    return tr(
        "Channel {channel} adds {value} to row {row}, column {column}",
        channel=channel, row=spot.row + 1, column=spot.column + 1, value=value,
    )  # fmt: skip
