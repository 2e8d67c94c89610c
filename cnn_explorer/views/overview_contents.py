"""What the picture of a network shows, taken from the evaluation and the cursor: no sizes, no drawing."""

from __future__ import annotations

import numpy as np

from cnn_explorer.network.arrays import Floats
from cnn_explorer.network.carried import Carried, carried
from cnn_explorer.network.results import Evaluation
from cnn_explorer.session.session import Session
from cnn_explorer.session.settings import Settings
from cnn_explorer.views.channels_layout import Opened
from cnn_explorer.views.class_bars import largest_first, tells_classes
from cnn_explorer.views.overview_layout import Wanted
from cnn_explorer.views.scales import largest_magnitude
from cnn_explorer.views.shown_maps import shown_maps
from cnn_explorer.views.stage_scene import Scene, scene_of
from cnn_explorer.views.theme import Scale

MOST_CARRIED = 2
"""Maps that follow the output, in the channels' picture."""
MANY_NUMBERS = 24
"""Of more numbers in a row than this the strongest are always shown first: most of the others are near 0."""


class OverviewContents:
    """The maps, the opened filter and its parts, as the session has them now."""

    def __init__(self, session: Session, settings: Settings) -> None:
        self._session, self._settings = session, settings
        self._parts: tuple[object, Floats] | None = None
        self._stations: tuple[Evaluation, tuple[int, ...], tuple[Carried, ...]] | None = None

    @property
    def evaluation(self) -> Evaluation:
        """What is drawn."""
        return self._session.evaluation

    @property
    def scene(self) -> Scene | None:
        """The focused layer, None where it has no input."""
        return scene_of(self.evaluation, self._session.cursor)

    def drawn(self, index: int) -> Floats:
        """The numbers (rows, columns, channels) that are drawn of a map: its values, or how they have changed."""
        shown = shown_maps(self._session).map(index)
        return self.evaluation.maps[index] if shown is None else shown

    def wanted(self) -> list[Wanted]:
        """What each map asks of the layout."""
        evaluation = self.evaluation
        layers, last = evaluation.document.network.layers, len(evaluation.maps) - 1
        found = []
        for index, values in enumerate(evaluation.maps):
            rows, columns, channels = values.shape
            flat = rows == columns == 1 and channels > 1
            begins = index > 0 and layers[index - 1].begins_block
            bars = flat and index == last and not evaluation.problems
            coloured = index == 0 and channels == 3
            found.append(Wanted(rows, columns, channels, begins, bars, coloured))
        return found

    def bars(self, index: int) -> tuple[int, ...]:
        """The values of a flat map that are shown, from top to bottom: of the last one, with many, the largest."""
        values = self.drawn(index)
        last = not self.evaluation.problems and tells_classes(self.evaluation.document.network, index - 1)
        return largest_first(values) if last else tuple(range(values.shape[2]))

    def opened(self) -> Opened | None:
        """What the level "channels" shows: None where the focused layer has no output."""
        scene = self.scene
        if scene is None or scene.output is None:
            return None
        kernel = (1, 1) if scene.weights is None else (scene.weights.shape[0], scene.weights.shape[1])
        stations = self.stations()[:MOST_CARRIED]
        following = tuple((each.layer + 1, each.cell[2]) for each in stations if each.cell[2] == scene.filter)
        multiplied = scene.weights is not None
        return Opened(scene.index, scene.filter, self._order(scene), scene.sources, kernel, multiplied, following)

    def _order(self, scene: Scene) -> tuple[int, ...]:
        """The places among the filter's channels, in the order in which they are shown."""
        numbers = scene.shape[:2] == (1, 1) and len(scene.channels) > MANY_NUMBERS
        if scene.weights is not None and (numbers or self._settings.values.strongest_first):
            found = scene.explain(self._session.cursor.row, self._session.cursor.column)
            if found is not None and found.weights is not None:
                return tuple(np.argsort(-np.abs(found.channel_sums()), kind="stable").tolist())
        return tuple(range(len(scene.channels)))

    def stations(self) -> tuple[Carried, ...]:
        """What becomes of the cell under the cursor up to the end of its block."""
        scene, cursor = self.scene, self._session.cursor
        if scene is None or scene.output is None or not scene.layer.enabled:
            return ()
        place = scene.index, cursor.row, cursor.column, scene.filter
        if self._stations is None or self._stations[0] is not self.evaluation or self._stations[1] != place:
            found = carried(self.evaluation, scene.index, (cursor.row, cursor.column, scene.filter))
            self._stations = (self.evaluation, place, found)
        return self._stations[2]

    def parts(self, places: tuple[int, ...]) -> Floats | None:
        """What the channels at some places among the filter's add to the output, (rows, columns, one for each place).

        None where nothing is multiplied.
        """
        scene = self.scene
        if scene is None or scene.weights is None or not places:
            return None
        shown = shown_maps(self._session)
        key = (shown, scene.index, scene.filter, places)
        if self._parts is None or self._parts[0] != key:
            found = shown.parts(scene, places)
            self._parts = None if found is None else (key, found)
        return None if self._parts is None else self._parts[1]

    def parts_scale(self, places: tuple[int, ...]) -> Scale:
        """One scale for all these parts: they are compared with each other."""
        parts = self.parts(places)
        return Scale.around_zero(0.0 if parts is None else largest_magnitude(parts))
