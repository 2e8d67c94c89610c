"""A Keras model as a ModelDescription."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from cnn_explorer.engine.model_checks import floats_of
from cnn_explorer.files.model_look_description import LayerDescription, ModelDescription, preprocessing_of
from cnn_explorer.files.model_look_plan import LayerPlan, ModelPlan, Source
from cnn_explorer.files.model_look_size import ModelSize


def described(plan: ModelPlan, size: ModelSize, model: Any) -> ModelDescription:
    """What the window gets: the plan, with the weights of the Keras model that was built from it."""
    return described_with(plan, size, _weights(plan, model))


def _weights(plan: ModelPlan, model: Any) -> dict[str, Any]:
    """The weights of a Keras model by the names of its layers, of models in it those of theirs."""
    found: dict[str, Any] = {}
    for layer in plan.layers:
        if layer.model is not None:
            found[layer.name] = _weights(layer.model, model.get_layer(layer.name))
        elif layer.kind == layer.class_name and layer.kind != "InputLayer":
            found[layer.name] = {each.name: floats_of(each) for each in model.get_layer(layer.name).weights}
    return found


def described_with(plan: ModelPlan, size: ModelSize, weights: Mapping[str, Any]) -> ModelDescription:
    """The plan with weights by the names of its layers: of each its arrays by name, of models in it those of theirs."""
    layers = [_layer(each, size, weights.get(each.name, {})) for each in plan.layers]
    output = size.output_shape(plan.output_sources[0].layer) if plan.output_sources else None
    return ModelDescription(
        plan.kind, plan.name, tuple(layers), plan.input_sources, plan.output_sources, plan.input_shape,
        output[0] if output is not None and len(output) == 1 else None,
        preprocessing_of(plan.name, [each.kind for each in layers if each.kind != "InputLayer"]),
    )  # fmt: skip


def _layer(plan: LayerPlan, size: ModelSize, weights: Mapping[str, Any]) -> LayerDescription:
    nested = None
    if plan.model is not None:
        nested, weights = described_with(plan.model, size.nested.get(plan.name, ModelSize()), weights), {}
    shape = size.output_shape(plan.name) if plan.kind != "InputLayer" else tuple(plan.config["batch_shape"][1:])
    calls = tuple(tuple(_flat(call.arguments)) for call in plan.calls)
    return LayerDescription(plan.name, plan.kind, dict(plan.config), calls, dict(weights), shape, nested)


def _flat(arguments: Any) -> Iterator[Source | float]:
    for each in arguments:
        if isinstance(each, list | tuple):
            yield from _flat(each)
        elif isinstance(each, Source | int | float):
            yield each
