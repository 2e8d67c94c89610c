"""How large a model is, before anything of it is made: refused where its weights or its maps would not fit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import prod

from cnn_explorer.files.model_look_plan import LayerPlan, ModelPlan, Shape
from cnn_explorer.files.model_look_shapes import RULES
from cnn_explorer.files.model_look_words import Unfit, shown
from cnn_explorer.network.sentence import say

MOST_WEIGHTS = 400_000_000
"""Numbers that are learnt: 1.6 GB. VGG16 has 138 million."""
MOST_CELLS = 2**28
"""Numbers in all maps of one image: 1 GB. VGG16 has 15 million."""
MOST_STEPS = 3000
"""Calls of layers for one image: models that are called many times in models that are called many times."""


@dataclass
class ModelSize:
    """What a plan comes to: `weights` and `cells` (numbers), and by layer the shape of each of its calls' outputs.

    `nested` holds the sizes of models in the model, by their names.
    """

    weights: int = 0
    cells: int = 0
    shapes: dict[str, list[Shape | None]] = field(default_factory=dict)
    nested: dict[str, ModelSize] = field(default_factory=dict)

    def output_shape(self, layer: str) -> Shape | None:
        """The shape, without the batch, that a layer's first call gives; None where it can't be told."""
        shapes = self.shapes.get(layer)
        return shapes[0] if shapes else None


def size_of(plan: ModelPlan) -> ModelSize:
    """What the model comes to. Raises Unfit where it is too large."""
    return _Walk().model(plan, None, counted=True)


class _Walk:
    """One walk through a model and those in it; the totals are of all of them."""

    def __init__(self) -> None:
        self._weights = 0
        self._cells = 0
        self._steps = 0

    def model(self, plan: ModelPlan, given: Sequence[Shape | None] | None, counted: bool) -> ModelSize:
        """The size of a plan; `given` are the shapes that it is called with, as a part of another.

        Its weights are not `counted` where it is called once more.
        """
        size = ModelSize()
        places = dict(zip([source.layer for source in plan.input_sources], given or (), strict=False))
        for layer in plan.layers:
            size.shapes[layer.name] = []
            if layer.kind == "InputLayer":
                own, _ = RULES[layer.kind](layer.config, ())
                size.shapes[layer.name].append(self._counted(layer, places.get(layer.name) or own, 0, size))
        self._rounds(plan, size, counted)
        return size

    def _rounds(self, plan: ModelPlan, size: ModelSize, counted: bool) -> None:
        """A layer that is called again may be read by one before it in the list: then another round finds the rest."""
        for _ in range(len(plan.layers)):
            waiting = False
            for layer in plan.layers:
                shapes = size.shapes[layer.name]
                while len(shapes) < len(layer.calls) and _is_known(layer, len(shapes), size.shapes):
                    inputs = [size.shapes[source.layer][source.call] for source in layer.calls[len(shapes)].sources]
                    shapes.append(self._called(layer, inputs, size, counted and not shapes))
                waiting |= len(shapes) < len(layer.calls)
            if not waiting:
                return

    def _called(self, layer: LayerPlan, inputs: Sequence[Shape | None], size: ModelSize, counted: bool) -> Shape | None:
        """The shape that one call of a layer gives; its weights are `counted` at the first."""
        self._steps += 1
        if self._steps > MOST_STEPS:
            raise Unfit(say("it is too large: more than {most} calls of layers", most=MOST_STEPS))
        if layer.model is not None:
            inner = self.model(layer.model, inputs, counted)
            size.nested.setdefault(layer.name, inner)
            size.weights += inner.weights if counted else 0
            size.cells += inner.cells
            outputs = layer.model.output_sources
            return inner.output_shape(outputs[0].layer) if outputs else None
        known = [shape for shape in inputs if shape is not None]
        if not known or len(known) < len(inputs):
            return None
        shape, weights = RULES[layer.kind](layer.config, known)
        return self._counted(layer, shape, weights if counted else 0, size)

    def _counted(self, layer: LayerPlan, shape: Shape | None, weights: int, size: ModelSize) -> Shape | None:
        cells = prod(length or 1 for length in shape) if shape else 0
        self._weights += weights
        self._cells += cells
        size.weights += weights
        size.cells += cells
        if self._weights > MOST_WEIGHTS:
            raise Unfit(
                say("with layer {layer} it is too large: {count} million weights, and the limit is {most} million",
                    layer=shown(layer.name), count=self._weights // 10**6, most=MOST_WEIGHTS // 10**6),
            )  # fmt: skip
        if self._cells > MOST_CELLS:
            raise Unfit(
                say("with layer {layer} its maps are too large: {count} million cells, and the limit is {most} million",
                    layer=shown(layer.name), count=self._cells // 10**6, most=MOST_CELLS // 10**6),
            )  # fmt: skip
        return shape


def _is_known(layer: LayerPlan, call: int, shapes: Mapping[str, Sequence[Shape | None]]) -> bool:
    return all(source.call < len(shapes[source.layer]) for source in layer.calls[call].sources)
