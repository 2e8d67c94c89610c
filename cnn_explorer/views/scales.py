"""Which limits a map's colours run between: one rule for the stage, the strip and the legend."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QObject, Signal

from cnn_explorer.network.layers import Layer
from cnn_explorer.network.results import Evaluation
from cnn_explorer.session.session import Session
from cnn_explorer.session.settings import Settings
from cnn_explorer.views.shown_maps import shown_maps
from cnn_explorer.views.theme import PLANES, Scale

MOST_COMPARED = 200_000


def largest_magnitude(values: np.ndarray) -> float:
    """The largest finite |value|, 0 where there is none."""
    limit = max(float(values.max(initial=0)), -float(values.min(initial=0)))
    if np.isfinite(limit):
        return limit
    return float(np.abs(values[np.isfinite(values)]).max(initial=0))


SCOPES = ("map", "layer", "network")
"""Which maps share a scale: none, those of one layer, all but the image."""


class Scales(QObject):
    """The Scale of every map on the screen. Limits follow the data, or are held at the largest seen.

    They are held while the setting `fixed_scale` is on, and shared as `scale_scope` says, one of SCOPES; `changed` when
    one of them is switched. A map's limits are worked out when they are first asked for, once for each evaluation.
    """

    changed = Signal()

    def __init__(self, session: Session, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._settings = settings
        self._evaluation: Evaluation | None = None
        self._kinds: tuple[str, ...] = ()
        self._scales: dict[tuple[int, int | None], Scale] = {}
        self._changes: dict[tuple[int, int | None], Scale] = {}
        self._held: dict[tuple[str, int], Scale] = {}
        self._baseline: Evaluation | None = None
        settings.changed.connect(self._setting_changed)
        session.evaluated.connect(self._watch)
        session.marks_changed.connect(self._marks_changed)

    @property
    def held(self) -> bool:
        """Whether limits stay at the largest seen."""
        return self._settings.values.fixed_scale

    @property
    def scope(self) -> str:
        """Which maps share a scale, one of SCOPES."""
        return self._settings.values.scale_scope

    def of(self, index: int, channel: int | None = None) -> Scale:
        """The scale of map `index` of the evaluation on screen: 0 is the image, i + 1 the output of layer i.

        Of one channel where `channel` is given and each map has a scale of its own; else of all that share it. The
        planes of a colour image share limits, each in its own colour. Of a map that could not be computed, -1 to 1.
        While differences are shown, that of the map's change.
        """
        if shown_maps(self._session).changes(index):
            return self._of_change(index, channel)
        return self.of_values(index, channel)

    def of_values(self, index: int, channel: int | None = None) -> Scale:
        """As `of`, but always that of the map's values: for the arithmetic, which never shows differences."""
        self._follow(self._session.evaluation)
        alone = self._is_plane(channel) if index == 0 else self.scope == "map"
        key = (index, channel if alone else None)
        if key not in self._scales:
            name = f"map {channel}" if key[1] is not None else "map"
            self._scales[key] = self._hold((name, index), self._fitting(*key))
        return self._scales[key]

    def _is_plane(self, channel: int | None) -> bool:
        """Whether it is red, green or blue of an image in colour: these have the same limits, each in its colour."""
        return channel is not None and self._session.evaluation.maps[0].shape[2] == len(PLANES)

    def _of_change(self, index: int, channel: int | None) -> Scale:
        """Around zero, to the largest change in the maps that share it."""
        self._follow(self._session.evaluation)
        key = (index, channel if self.scope == "map" and index > 0 else None)
        if key not in self._changes:
            shown = shown_maps(self._session)
            alike = range(len(shown.evaluation.maps)) if self.scope == "network" else (index,)
            found = (shown.limits(each) for each in alike if shown.changes(each))
            limits = [each for each in found if each is not None]
            largest = [largest_magnitude(each if key[1] is None else each[:, key[1]]) for each in limits]
            name = f"change {channel}" if key[1] is not None else "change"
            self._changes[key] = self._hold((name, index), Scale.around_zero(max(largest)))
        return self._changes[key]

    def kernel_scale(self, layer: Layer, weights: np.ndarray | None, index: int) -> Scale:
        """The scale of the weights of layer `index`: of all its filters together, so that they can be compared.

        Of a layer with a great many weights, and of one whose filters are made of others, of the `weights` alone.
        """
        kernel = getattr(layer, "kernel", None)
        if kernel is None or kernel.size > MOST_COMPARED:
            kernel = weights
        return self._hold(("kernel", index), Scale.around_zero(0.0 if kernel is None else largest_magnitude(kernel)))

    def _fitting(self, index: int, channel: int | None) -> Scale:
        evaluation = self._session.evaluation
        if index >= len(evaluation.maps):
            return Scale.around_zero(1.0)
        if index == 0 and channel is not None:
            return Scale.of_plane(evaluation.limits[0], channel)
        if index == 0:
            return Scale.of_image(evaluation.limits[0], evaluation.document.image.light)
        if self.scope == "network":
            return Scale.around_zero(max(map(largest_magnitude, evaluation.limits[1:])))
        limits = evaluation.limits[index]
        return Scale.around_zero(largest_magnitude(limits if channel is None else limits[:, channel]))

    def _hold(self, key: tuple[str, int], scale: Scale) -> Scale:
        if not self.held:
            return scale
        before = self._held.get(key, scale)
        if before.kind == scale.kind:
            scale = Scale(scale.kind, min(before.low, scale.low), max(before.high, scale.high))
        self._held[key] = scale
        return scale

    def _follow(self, evaluation: Evaluation) -> None:
        """Another evaluation has other limits; another network has nothing to hold on to."""
        if evaluation is self._evaluation:
            return
        kinds = tuple(layer.kind for layer in evaluation.document.network.layers)
        if kinds != self._kinds:
            self._held.clear()
        self._evaluation, self._kinds = evaluation, kinds
        self._scales.clear()
        self._changes.clear()

    def _watch(self) -> None:
        """While limits are held, every map counts as seen, whether or not a view has asked for it."""
        if self.held:
            for index in range(len(self._session.evaluation.maps)):
                self.of(index)

    def _setting_changed(self, name: str) -> None:
        if name in ("fixed_scale", "scale_scope"):
            self._forget()

    def _marks_changed(self) -> None:
        """Differences have nothing in common with values, nor with those to another evaluation."""
        if self._session.baseline is not self._baseline:
            self._baseline = self._session.baseline
            self._forget()

    def _forget(self) -> None:
        for kept in (self._held, self._scales, self._changes):
            kept.clear()
        self._watch()
        self.changed.emit()
