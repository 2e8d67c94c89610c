"""A ModelDescription as plain values for JSON, and back: the arrays go beside it, in the order of `arrays_of`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cnn_explorer.files.model_look_description import LayerDescription, ModelDescription
from cnn_explorer.files.model_look_plan import Shape, Source
from cnn_explorer.network.arrays import Floats


def arrays_of(model: ModelDescription) -> list[Floats]:
    """Every array of weights, layer by layer."""
    return [values for layer in model.every_layer() for values in layer.weights.values()]


def plain_model(model: ModelDescription) -> dict[str, Any]:
    """The description without its arrays."""
    return {
        "kind": model.kind, "name": model.name, "layers": [_plain_layer(each) for each in model.layers],
        "inputs": list(map(_plain_call, model.inputs)), "outputs": list(map(_plain_call, model.outputs)),
        "input_shape": model.input_shape, "classes": model.classes, "preprocessing": model.preprocessing,
    }  # fmt: skip


def _plain_layer(layer: LayerDescription) -> dict[str, Any]:
    return {
        "name": layer.name, "kind": layer.kind, "config": layer.config,
        "calls": [[_plain_call(each) for each in call] for call in layer.calls], "weights": list(layer.weights),
        "output_shape": layer.output_shape, "model": None if layer.model is None else plain_model(layer.model),
    }  # fmt: skip


def _plain_call(value: Source | float) -> Any:
    return [value.layer, value.call, value.output] if isinstance(value, Source) else value


def model_in(values: dict[str, Any], arrays: list[Floats]) -> ModelDescription:
    """The description that `plain_model` wrote, with its arrays. Raises StopIteration, KeyError, … at another."""
    return _model(values, iter(arrays))


def _model(values: dict[str, Any], arrays: Iterator[Floats]) -> ModelDescription:
    layers = tuple(_layer(each, arrays) for each in values["layers"])
    inputs, outputs = (tuple(Source(*each) for each in values[side]) for side in ("inputs", "outputs"))
    return ModelDescription(
        values["kind"], values["name"], layers, inputs, outputs, _shape(values["input_shape"]), values["classes"],
        values["preprocessing"],
    )  # fmt: skip


def _layer(values: dict[str, Any], arrays: Iterator[Floats]) -> LayerDescription:
    calls = tuple(tuple(Source(*each) if isinstance(each, list) else each for each in call) for call in values["calls"])
    weights = {name: next(arrays) for name in values["weights"]}
    model = None if values["model"] is None else _model(values["model"], arrays)
    return LayerDescription(
        values["name"], values["kind"], values["config"], calls, weights, _shape(values["output_shape"]), model
    )


def _shape(values: list[int | None] | None) -> Shape | None:
    return None if values is None else tuple(values)
