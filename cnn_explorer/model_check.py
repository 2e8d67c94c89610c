"""Joins the engine's loader to `--check`: the files' room may not know the engine."""

from __future__ import annotations

from typing import Any

from cnn_explorer.engine.model_process import open_model
from cnn_explorer.files.model_look_saved import SavedModelLook
from cnn_explorer.files.opening import AnyPath, display_name
from cnn_explorer.files.saved_program import saved_model_refusal
from cnn_explorer.network.sentence import say


def model_facts(path: AnyPath) -> dict[str, Any]:
    """What opening a model file leads to, as plain values for JSON.

    `message`; `layers` and `weights` count them; `input_shape` is without the batch, null where a length is open;
    `classes` is null where the last layer gives no row of numbers. Raises: Refused, with one sentence, as the window
    says it: a SavedModel, too, whose signature is in the sentence.
    """
    opened = open_model(path)
    if isinstance(opened, SavedModelLook):
        raise saved_model_refusal(path, opened)
    return {
        "message": str(say("{file} can be opened.", file=display_name(path))),
        "layers": len(opened.layers),
        "weights": sum(values.size for layer in opened.every_layer() for values in layer.weights.values()),
        "input_shape": None if opened.input_shape is None else list(opened.input_shape),
        "classes": opened.classes,
    }
