"""The layers here for one layer of a model: its equivalents, or one that Keras computes."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import cast

from cnn_explorer.engine.keras_layer import keras_layer
from cnn_explorer.engine.model_to_layers import MERGING, layers_for
from cnn_explorer.files.model_look_description import LayerDescription
from cnn_explorer.files.model_look_shapes import RULES
from cnn_explorer.files.model_look_words import Unfit, shown
from cnn_explorer.network.layer_input import joined
from cnn_explorer.network.layers.layer import Layer, Shape
from cnn_explorer.network.layers.weights import MOST_OPENED, weight_fields
from cnn_explorer.network.sentence import Refused, Sentence, say


class Building:
    """A network under construction: its layers, what each reads, and the shapes of the maps, None where one can't be
    told."""

    def __init__(self, shape: Shape) -> None:
        self.layers: list[Layer] = []
        self.sources: list[tuple[int, ...]] = []
        self.shapes: list[Shape | None] = [shape]

    def add(self, layer: Layer, reads: tuple[int, ...]) -> None:
        """One more layer, which reads these maps."""
        self.layers.append(layer)
        self.sources.append(reads)
        self.shapes.append(self._output(layer, reads))

    def _output(self, layer: Layer, reads: tuple[int, ...]) -> Shape | None:
        known = [self.shapes[each] for each in reads]
        if None in known:
            return None
        read = joined(reads, cast(list[Shape], self.shapes), layer.alike)
        if isinstance(read, Sentence):
            return None
        if hasattr(layer, "inputs"):
            layer = replace(layer, inputs=len(reads))  # type: ignore[call-arg]
        return None if layer.problem(read.shape) else layer.output_shape(read.shape)


Read = tuple[int, int]
"""A map, and how many axes it has in Keras: one is a row of numbers."""


def equivalents(layer: LayerDescription, read: list[Read], build: Building, model: str) -> list[Layer]:
    """The layers for one of the model's: where it has no equivalent, one that Keras computes. Raises: Unfit."""
    try:
        ours = layers_for(layer, read[0][1] == 1)
        if len(read) > 1 and layer.kind not in MERGING:
            raise Unfit(say("layer {layer} reads several others", layer=shown(layer.name)), layer.name)
        for each in ours:
            _insist_on_limits(each, layer, model)
        return ours
    except (Refused, Unfit):
        shapes = [build.shapes[at] for at, _ in read]
        if None in shapes or layer.kind not in RULES or layer.kind == "InputLayer":
            raise
        found = [(shape, shape[3 - axes :]) for shape, (_, axes) in zip(shapes, read, strict=True) if shape is not None]
        made = keras_layer(layer, found)
        _insist_on_limits(made, layer, model)
        return [made]


def axes_of(layer: LayerDescription, found: list[Layer], axes: int) -> int:
    """How many axes Keras's layer gives: a row of numbers is a map of one place here."""
    if layer.output_shape is not None:
        return len(layer.output_shape)
    return 1 if found and found[0].flat_output else axes


def _insist_on_limits(layer: Layer, source: LayerDescription, model: str) -> None:
    """Refuses what a document could not hold: other values than its form offers, and too many weights."""
    for each in fields(layer):
        try:
            if "control" in each.metadata:
                each.metadata["control"].check(getattr(layer, each.name), each.name)
        except Refused as refused:
            raise Refused(
                say("{name} can't be shown in the strip, at layer {layer}: {reason}", name=shown(model),
                    layer=shown(source.name), reason=refused.sentence), source.name,
            ) from refused  # fmt: skip
    for each in weight_fields(layer):
        values = getattr(layer, each.name)
        lengths = zip(each.metadata["axes"].items(), values.shape, strict=True)
        long = next((axis for (axis, longest), length in lengths if length > longest), None)
        if long is not None or values.size > MOST_OPENED:
            raise Unfit(
                say("layer {layer} is too large for a document: {field} has the shape {shape}",
                    layer=shown(source.name), field=each.name, shape="×".join(map(str, values.shape))), source.name,
            )  # fmt: skip
