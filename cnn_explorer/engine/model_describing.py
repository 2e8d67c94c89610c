"""A Keras model as a ModelDescription."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cnn_explorer.engine.model_checks import floats_of
from cnn_explorer.files.model_look_description import LayerDescription, ModelDescription, preprocessing_of
from cnn_explorer.files.model_look_plan import LayerPlan, ModelPlan, Source
from cnn_explorer.files.model_look_size import ModelSize
from cnn_explorer.network.arrays import Floats


def described(plan: ModelPlan, size: ModelSize, model: Any) -> ModelDescription:
    """What the window gets: the plan, with the weights of the Keras model that was built from it."""
    layers = [_layer(each, size, model) for each in plan.layers]
    output = size.output_shape(plan.output_sources[0].layer) if plan.output_sources else None
    return ModelDescription(
        plan.kind, plan.name, tuple(layers), plan.input_sources, plan.output_sources, plan.input_shape,
        output[0] if output is not None and len(output) == 1 else None,
        preprocessing_of(plan.name, [each.kind for each in layers if each.kind != "InputLayer"]),
    )  # fmt: skip


def _layer(plan: LayerPlan, size: ModelSize, model: Any) -> LayerDescription:
    nested = None
    weights: dict[str, Floats] = {}
    if plan.model is not None:
        nested = described(plan.model, size.nested.get(plan.name, ModelSize()), model.get_layer(plan.name))
    elif plan.kind == plan.class_name and plan.kind != "InputLayer":
        weights = {variable.name: floats_of(variable) for variable in model.get_layer(plan.name).weights}
    shape = size.output_shape(plan.name) if plan.kind != "InputLayer" else tuple(plan.config["batch_shape"][1:])
    calls = tuple(tuple(_flat(call.arguments)) for call in plan.calls)
    return LayerDescription(plan.name, plan.kind, dict(plan.config), calls, weights, shape, nested)


def _flat(arguments: Any) -> Iterator[Source | float]:
    for each in arguments:
        if isinstance(each, list | tuple):
            yield from _flat(each)
        elif isinstance(each, Source | int | float):
            yield each
