"""Joins the engine's loader to `--check`: the files' room may not know the engine."""

from __future__ import annotations

from typing import Any

from cnn_explorer.engine.model_process import open_model
from cnn_explorer.files.model_look_description import ModelDescription
from cnn_explorer.files.model_look_saved import SavedModelLook
from cnn_explorer.files.opening import AnyPath, display_name
from cnn_explorer.network.sentence import Refused, say


def model_facts(path: AnyPath) -> dict[str, Any]:
    """What opening a model leads to, as plain values for JSON: `message`, and what it takes and has.

    Of a file `layers`, `weights`, `input_shape` (without the batch; null where a length is open) and `classes` (null
    where the last layer gives no row of numbers); of a SavedModel `signatures`. Raises: Refused, with one sentence.
    """
    opened = open_model(path)
    describe = _saved_model if isinstance(opened, SavedModelLook) else _model
    return describe(opened, display_name(path))  # type: ignore[arg-type]


def _model(model: ModelDescription, name: str) -> dict[str, Any]:
    return {
        "message": str(say("{file} can be opened.", file=name)),
        "layers": len(model.layers),
        "weights": sum(values.size for layer in model.every_layer() for values in layer.weights.values()),
        "input_shape": None if model.input_shape is None else list(model.input_shape),
        "classes": model.classes,
    }


def _saved_model(look: SavedModelLook, name: str) -> dict[str, Any]:
    if look.touches_files:
        raise Refused(
            say("{file} is a SavedModel, a program that reads or writes files, which is not run: {operations}.",
                file=name, operations=", ".join(look.touches_files)), "graph",
        )  # fmt: skip
    sentence = say("{file} is a SavedModel, which is a program: it is run only if you say so.", file=name)
    return {"message": str(sentence), "signatures": [signature.name for signature in look.signatures]}
