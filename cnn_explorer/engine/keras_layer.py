"""Layers that Keras itself computes: from one of a model to a `KerasLayer`, and from that to its maps.

A recipe may be from somebody's document, so Keras gets of it what the look at models lets through, and no more.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import prod
from typing import Any

import numpy as np

from cnn_explorer.files.model_look_config import read_config
from cnn_explorer.files.model_look_description import LayerDescription
from cnn_explorer.files.model_look_layers import LAYERS
from cnn_explorer.files.model_look_plan import Call, LayerPlan, ModelPlan, Source, keras_config
from cnn_explorer.files.model_look_shapes import RULES
from cnn_explorer.files.model_look_size import size_of
from cnn_explorer.files.model_look_words import Unfit, shown
from cnn_explorer.network.arrays import frozen
from cnn_explorer.network.layers import KerasLayer
from cnn_explorer.network.layers.keras_layer import RecipeValues, read_recipe, write_recipe
from cnn_explorer.network.layers.layer import Shape
from cnn_explorer.network.sentence import say

KNOWN = 256
"""Layers that are kept ready."""
NAME = "layer"
_BY_PLACE = frozenset({
    "ELU", "PReLU", "LayerScale", "CustomScaleLayer", "Rescaling", "UnitNormalization", "Minimum", "ops.TrueDivide",
    "ops.Minimum", "ops.Add", "ops.Subtract", "ops.Multiply", "ops.Maximum", "LayerNormalization", "ReLU", "Dense",
    "Activation", "Normalization",
})  # fmt: skip
"""Kinds whose output at a place depends on that place alone, where they have their usual axis."""

Sides = tuple[int, ...]


def keras_layer(layer: LayerDescription, reads: Sequence[tuple[Shape, Sides]]) -> KerasLayer:
    """A layer of a model as one that Keras computes. `reads` are the maps that it reads: as they are here, and there.

    Raises: Unfit where its shape can't be told, or it gives no map.
    """
    given, _ = RULES[layer.kind](layer.config, [sides for _, sides in reads])
    if given is None or None in given or not 1 <= len(given) <= 3:
        raise Unfit(say("layer {layer} gives a shape that is not known", layer=shown(layer.name)), layer.name)
    gives = placed(tuple(int(side or 0) for side in given))
    arrays = list(layer.weights.values())
    last = layer.config.get("axis", -1) in (-1, [-1], len(reads[0][1]), [len(reads[0][1])])
    by_place = layer.kind in _BY_PLACE and last and gives[:2] == reads[0][0][:2]
    config = keras_config(_plan(layer, [sides for _, sides in reads]))
    shapes, sizes = tuple(shape for shape, _ in reads), tuple(each.shape for each in arrays)
    recipe = write_recipe(RecipeValues(layer.kind, config, shapes, gives, sizes, by_place))
    read_recipe(recipe)
    numbers = np.concatenate([each.reshape(-1) for each in arrays]) if arrays else np.zeros(1)
    return KerasLayer(name=layer.name, recipe=recipe, numbers=frozen(numbers))


def placed(sides: Sides) -> Shape:
    """A shape of Keras's as it stands here: a row of numbers is a map of one place, rows of them are one row of it."""
    rows, columns, channels = (1,) * (3 - len(sides)) + sides
    return rows, columns, channels


def _plan(layer: LayerDescription, reads: Sequence[Sides]) -> ModelPlan:
    """A model with this layer alone."""
    module = LAYERS["InputLayer"].module
    inputs = [
        LayerPlan(f"input_{at}", "InputLayer", module, {"batch_shape": [None, *sides], "dtype": "float32"})
        for at, sides in enumerate(reads)
    ]
    sources = iter([Source(each.name) for each in inputs])
    arguments = [next(sources) if isinstance(each, Source) else each for each in layer.calls[0]]
    together = len(arguments) > 1 and not layer.kind.startswith("ops.")
    call = Call((arguments,) if together else tuple(arguments))
    own = LayerPlan(NAME, layer.kind, LAYERS[layer.kind].module, dict(layer.config), (call,))
    return ModelPlan("Functional", "one", (*inputs, own), [Source(each.name) for each in inputs], Source(NAME))


# where TensorFlow is


def compute(x: Any, layer: KerasLayer, shape: Shape) -> Any:
    """What Keras makes of `x` (images, rows, columns, channels). Raises: ValueError where the recipe can't be believed.

    The weights of the layer may be a tensor.
    """
    import tensorflow as tf

    recipe = layer.made
    model, reads = _built(layer.recipe)
    parts = []
    for own, sides, part in zip(recipe.reads, reads, tf.split(x, [each[2] for each in recipe.reads], 3), strict=True):
        parts.append(tf.reshape(part[:, : own[0], : own[1]], (-1, *sides)))
    numbers = tf.convert_to_tensor(layer.numbers)
    values, first = {}, 0
    for variable in model.weights:
        count = prod(variable.shape)
        values[id(variable)] = tf.reshape(numbers[first : first + count], variable.shape)
        first += count
    trained, others = (
        [values.get(id(each), each.value) for each in group]
        for group in (model.trainable_variables, model.non_trainable_variables)
    )
    y, _ = model.stateless_call(trained, others, parts if len(parts) > 1 else parts[0], training=False)
    return tf.reshape(y, (-1, *recipe.gives))


@lru_cache(maxsize=KNOWN)
def _built(recipe: str) -> tuple[Any, list[Sides]]:
    """The Keras model with the layer alone, and the shapes of its inputs."""
    import keras

    made = read_recipe(recipe)
    try:
        plan = read_config(made.model)
        size = size_of(plan)
    except Unfit as unfit:
        raise ValueError(str(unfit.reason)) from unfit
    reads = [each.config["batch_shape"][1:] for each in plan.layers if each.kind == "InputLayer"]
    given = size.output_shape(plan.output_sources[0].layer)
    arrays = sum(map(prod, made.arrays))
    ours = [prod(each) for each in made.reads]
    if len(plan.layers) != len(reads) + 1 or size.weights != arrays or given is None or None in given:
        raise ValueError("the recipe of a layer is not that of one layer")
    if [prod(each) for each in reads] != ours or prod(int(side or 0) for side in given) != prod(made.gives):
        raise ValueError("the recipe of a layer is for other shapes")
    return keras.saving.deserialize_keras_object(keras_config(plan), safe_mode=True), reads
