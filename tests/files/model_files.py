"""Models for the tests, written without Keras: configurations as it writes them, and archives around them."""

from __future__ import annotations

import copy
import io
import json
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

HDF5 = b"\x89HDF\r\n\x1a\n" + bytes(600)
"""What begins like the weights; nobody but h5py reads on."""


def layer(kind: str, name: str, **config: Any) -> dict[str, Any]:
    """A layer as Keras 3 writes it."""
    return {
        "module": "keras.layers",
        "class_name": kind,
        "config": {"name": name, **config},
        "registered_name": None,
    }


def input_layer(*shape: int | None, name: str = "in") -> dict[str, Any]:
    return layer("InputLayer", name, batch_shape=[None, *shape], dtype="float32", sparse=False)


def small_layers() -> list[dict[str, Any]]:
    """A convolution and a dense layer for images of 8×8."""
    return [
        input_layer(8, 8, 1),
        layer("Conv2D", "c", filters=2, kernel_size=[3, 3], activation="relu"),
        layer("Flatten", "f"),
        layer("Dense", "d", units=3, activation="softmax"),
    ]


def sequential(layers: Iterable[dict[str, Any]] | None = None, **config: Any) -> dict[str, Any]:
    """A Sequential model of these layers, else of the small ones."""
    chosen = small_layers() if layers is None else list(layers)
    return {
        "module": "keras",
        "class_name": "Sequential",
        "config": {"name": "m", "trainable": True, "dtype": "float32", "layers": chosen, **config},
        "registered_name": None,
    }


def tensor(name: str, call: int = 0, output: int = 0) -> dict[str, Any]:
    """A layer's output, as it stands among the arguments of a call."""
    return {"class_name": "__keras_tensor__", "config": {"shape": [1], "keras_history": [name, call, output]}}


def called(each: dict[str, Any], *arguments: Any, **keywords: Any) -> dict[str, Any]:
    """The layer with one call of it more, in a functional model."""
    each = {**each, "name": each["config"]["name"], "inbound_nodes": list(each.get("inbound_nodes", []))}
    if arguments:
        each["inbound_nodes"].append({"args": list(arguments), "kwargs": keywords})
    return each


def functional(layers: Iterable[dict[str, Any]], inputs: Any, outputs: Any) -> dict[str, Any]:
    """A functional model."""
    return {
        "module": "keras.src.models.functional",
        "class_name": "Functional",
        "config": {"name": "m", "layers": list(layers), "input_layers": inputs, "output_layers": outputs},
        "registered_name": "Functional",
    }


def residual() -> dict[str, Any]:
    """A functional model with a sum of two branches."""
    wide = {"filters": 2, "kernel_size": [3, 3], "padding": "same"}
    return functional(
        [
            called(input_layer(8, 8, 1)),
            called(layer("Conv2D", "a", **wide), tensor("in")),
            called(layer("Conv2D", "b", **wide), tensor("a")),
            called(layer("Add", "sum"), [tensor("a"), tensor("b")]),
            called(layer("GlobalAveragePooling2D", "mean"), tensor("sum")),
        ],
        ["in", 0, 0],
        ["mean", 0, 0],
    )


def changed(config: dict[str, Any], path: str, value: Any) -> dict[str, Any]:
    """A copy of a configuration with another value at a path such as "config.layers.1.config.filters"."""
    config = copy.deepcopy(config)
    *way, last = [int(part) if part.isdigit() else part for part in path.split(".")]
    place: Any = config
    for part in way:
        place = place[part]
    place[last] = value
    return config


def archive(config: Any, weights: bytes = HDF5, **members: bytes) -> bytes:
    """A .keras file; a configuration that is bytes already is taken as it is."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        file.writestr("metadata.json", '{"keras_version": "3.15.1"}')
        file.writestr("config.json", config if isinstance(config, bytes) else json.dumps(config))
        file.writestr("model.weights.h5", weights)
        for name, content in members.items():
            file.writestr(name, content)
    return buffer.getvalue()


def write(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path
