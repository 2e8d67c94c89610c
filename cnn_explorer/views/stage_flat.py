"""A flat output on the stage: its numbers as bars or as a mosaic, where a grid would be a single cell."""

from __future__ import annotations

from cnn_explorer.network.numbers import digits_for
from cnn_explorer.views.class_bars import ClassBars, class_names, largest_first, tells_classes
from cnn_explorer.views.scales import Scales
from cnn_explorer.views.shown_maps import ShownMaps
from cnn_explorer.views.stage_scene import Scene
from cnn_explorer.views.stage_words import is_flat_output


def output_bars(scene: Scene, shown: ShownMaps, scales: Scales, smallest: float) -> ClassBars | None:
    """The numbers of the scene's output, if it has but one place and several of them, or how they have changed."""
    output = shown.map(scene.index + 1)
    if output is None or not is_flat_output(scene) or output.shape[2] == 1:
        return None
    network = scene.evaluation.document.network
    last = tells_classes(network, scene.index)
    names = class_names(output.shape[2], network.classes if last else ())
    digits = digits_for(output) if shown.changes(scene.index + 1) else scene.digits.output
    order = largest_first(output) if last else None
    return ClassBars(output, scales.of(scene.index + 1), digits, names, smallest, order=order)
