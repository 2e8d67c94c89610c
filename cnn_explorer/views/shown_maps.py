"""What is drawn of each map: its values, or, while differences are shown, what has changed in it."""

from __future__ import annotations

from collections.abc import Sequence
from weakref import WeakKeyDictionary

import numpy as np

from cnn_explorer.network.arrays import Floats
from cnn_explorer.network.difference import Difference
from cnn_explorer.network.layers.layer import Layer, pad
from cnn_explorer.network.numbers import Digits, digits_for
from cnn_explorer.network.results import Evaluation
from cnn_explorer.session.language import tr
from cnn_explorer.session.session import Pin, Session
from cnn_explorer.views.stage_scene import Scene


class ShownMaps:
    """The maps of an evaluation as they are drawn. The same question gives the same array, so pictures can be kept."""

    def __init__(self, evaluation: Evaluation, baseline: Evaluation | None) -> None:
        self.evaluation, self.baseline = evaluation, baseline
        self.change = None if baseline is None else Difference(evaluation, baseline)
        self._planes: dict[tuple[object, ...], tuple[Floats, Digits]] = {}

    def changes(self, index: int) -> bool:
        """Whether it is the change of map `index` that is drawn, rather than its values.

        Values they are while no differences are shown, and where there is no map of the same shape to compare with.
        """
        return self.change is not None and self.change.map(index) is not None

    def map(self, index: int) -> Floats | None:
        """(rows, columns, channels) to draw of map `index`; None where there is no such map."""
        change = None if self.change is None else self.change.map(index)
        if change is not None:
            return change
        return self.evaluation.maps[index] if index < len(self.evaluation.maps) else None

    def limits(self, index: int) -> Floats | None:
        """The smallest and the largest of these numbers in each channel, (2, channels); None where there are none."""
        change = None if self.change is None else self.change.limits(index)
        if change is not None:
            return change
        return self.evaluation.limits[index] if index < len(self.evaluation.limits) else None

    def input_plane(self, scene: Scene) -> tuple[np.ndarray, Digits]:
        """The padded input plane that the stage draws, and how its numbers are written."""
        values = self._plane(*scene.source, scene)
        return values or (scene.inputs, scene.digits.input)

    def output_plane(self, scene: Scene) -> tuple[np.ndarray, Digits]:
        """The output plane that the stage draws (which it has), and how its numbers are written."""
        assert scene.output is not None
        values = self._plane(scene.index + 1, scene.filter, None)
        return values or (scene.output, scene.digits.output)

    def parts(self, scene: Scene, places: Sequence[int]) -> Floats | None:
        """What each input channel adds to the scene's output, or how that has changed: see Layer.contributions."""
        inputs = self.evaluation.input_of(scene.index)
        found = None if inputs is None else scene.layer.contributions(inputs, scene.filter, places)
        earlier = self._earlier(scene.index)
        if found is None or earlier is None:
            return found
        layer, earlier_inputs = earlier
        before = layer.contributions(earlier_inputs, scene.filter, places)
        return found if before is None or before.shape != found.shape else found - before

    def bias(self, scene: Scene) -> float:
        """What is added to every sum of the scene's filter, or how that has changed."""
        earlier = self._earlier(scene.index)
        return scene.bias - (0.0 if earlier is None else earlier[0].filter_bias(scene.filter))

    def _earlier(self, index: int) -> tuple[Layer, Floats] | None:
        return None if self.change is None else self.change.layer_before(index)

    def _plane(self, index: int, channel: int, padded: Scene | None) -> tuple[Floats, Digits] | None:
        change = None if self.change is None else self.change.map(index)
        if change is None:
            return None
        key = (index, channel, None if padded is None else padded.index)
        if key not in self._planes:
            plane = change[..., channel : channel + 1]
            if padded is not None:
                plane = pad(np.broadcast_to(plane, (*padded.shape[:2], 1)), padded.rows, padded.columns)
            values = np.ascontiguousarray(plane[..., 0])
            self._planes[key] = values, digits_for(values)
        return self._planes[key]


_newest: WeakKeyDictionary[Session, ShownMaps] = WeakKeyDictionary()
"""Of each session: all its views ask for the same one."""


def shown_maps(session: Session) -> ShownMaps:
    """What to draw of the session's evaluation."""
    found = _newest.get(session)
    if found is None or found.evaluation is not session.evaluation or found.baseline is not session.baseline:
        found = _newest[session] = ShownMaps(session.evaluation, session.baseline)
    return found


def change_text(session: Session, pin: Pin) -> str:
    """What to add to the read-out of a cell: what it was, and its change; "" while values are shown."""
    change = shown_maps(session).change
    if change is None:
        return ""
    was, change_map = change.partner(pin.index), change.map(pin.index)
    if was is None or change_map is None:
        return " · " + tr("this map had another size before")
    cell = pin.row, pin.column, pin.channel
    values = float(was[cell]), float(change_map[cell])
    before, difference = (digits_for([value]).text(value) for value in values)
    return " · " + tr("before {before}, difference {difference}", before=before, difference=difference)
