"""What is looked at after Keras has built a model: its weights, and whether Keras is still the same."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np

from cnn_explorer.files.model_look_words import Unfit, shown
from cnn_explorer.network.arrays import Floats
from cnn_explorer.network.sentence import say


@contextmanager
def unchanged(keras: Any) -> Iterator[None]:
    """Raises Unfit where Keras is another afterwards than before."""
    before = _state(keras)
    yield
    if _state(keras) != before:
        raise Unfit(say("opening it changes settings of Keras, which is not allowed"))


def _state(keras: Any) -> tuple[Any, ...]:
    settings, saving = keras.config, keras.saving
    return (
        settings.epsilon(), settings.floatx(), settings.image_data_format(), settings.dtype_policy().name,
        sorted(saving.get_custom_objects()), keras.src.saving.serialization_lib.in_safe_mode(),
    )  # fmt: skip


def insist_on_finite(model: Any) -> None:
    """Raises Unfit, naming the layer, where a weight is NaN or infinite."""
    for layer in _leaves(model):
        for variable in layer.weights:
            insist_on_finite_array(floats_of(variable), layer.name, variable.name)


def insist_on_finite_array(values: Floats, layer: str, name: str) -> None:
    """Raises Unfit where a number is NaN or infinite: in the array `name` of a layer."""
    if not np.isfinite(values).all():
        raise Unfit(
            say("the weights of layer {layer} are not finite: {name} holds NaN or infinity", layer=shown(layer),
                name=shown(name)), "weights",
        )  # fmt: skip


def _leaves(model: Any) -> Iterator[Any]:
    for layer in model.layers:
        if hasattr(layer, "layers"):
            yield from _leaves(layer)
        else:
            yield layer


def floats_of(variable: Any) -> Floats:
    """A variable's values as float32."""
    values: Floats = np.asarray(variable.numpy(), np.float32)
    return values
