"""The weights of a .keras file, put into the model that was built from its plan.

Keras's own reader walks through every attribute of every object, for 1.4 s in MobileNetV2; this one goes from layer to
layer. In the file a model's layers are called by their classes, "conv2d", "conv2d_1", in order, and have their numbers
in "vars/0", "vars/1"; a model in the model has its own "layers".
"""

from __future__ import annotations

from typing import Any

import h5py
import numpy as np

from cnn_explorer.files.model_look_plan import ClassNames
from cnn_explorer.files.model_look_words import Unfit, shown
from cnn_explorer.network.sentence import say

_FOLDERS = ("layers", "_layer_checkpoint_dependencies")
"""What the group with a model's layers is called: now, and by Keras 2."""


def place_weights(model: Any, path: str) -> None:
    """Gives the layers of a Keras model their weights. Raises Unfit where a layer has others, naming the layer."""
    with h5py.File(path, "r") as file:
        _place(model, file)


def _place(model: Any, group: Any) -> None:
    folder, names = place_of_layers(group), ClassNames()
    for layer in model.layers:
        name = names.next(type(layer).__name__)
        if hasattr(layer, "layers"):
            _place(layer, folder.get(name, {}))
        else:
            _load(layer, numbers_of(folder.get(name)))


def place_of_layers(group: Any) -> Any:
    """The group with the layers of a model, by name; empty where there is none."""
    return next((group[name] for name in _FOLDERS if name in group), {})


def numbers_of(group: Any) -> dict[str, Any]:
    """The datasets of a layer by their places, "0", "1", …"""
    stored = group.get("vars") if isinstance(group, h5py.Group) else None
    if not isinstance(stored, h5py.Group):
        return {}
    found = {key: values for key, values in stored.items() if isinstance(values, h5py.Dataset)}
    return dict(sorted(found.items(), key=lambda pair: (len(pair[0]), pair[0])))


def _load(layer: Any, stored: dict[str, Any]) -> None:
    own = {str(place): tuple(variable.shape) for place, variable in enumerate(layer.weights)}
    if set(stored) != set(own):
        raise Unfit(
            say("layer {layer} needs {needs} arrays of weights, and the file has {has}", layer=shown(layer.name),
                needs=len(own), has=len(stored)), "weights",
        )  # fmt: skip
    for key, shape in own.items():
        if stored[key].shape != shape:
            raise Unfit(
                say("the weights of layer {layer} have the shape {has}, and it needs {needs}", layer=shown(layer.name),
                    has=_sides(stored[key].shape), needs=_sides(shape)), "weights",
            )  # fmt: skip
    if own:
        layer.load_own_variables({key: np.asarray(values) for key, values in stored.items()})


def _sides(shape: tuple[int, ...]) -> str:
    return "×".join(map(str, shape)) or "1"
