"""What the engine keeps of what the window's process has sent: arrays as tensors, and the layers that hold them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import tensorflow as tf

from cnn_explorer.engine.computer import with_weights
from cnn_explorer.engine.forward import Tensor
from cnn_explorer.network.arrays import Floats
from cnn_explorer.network.layers import EVERY_LAYER
from cnn_explorer.network.layers.layer import Layer
from cnn_explorer.network.layers.weights import weight_fields


class Kept:
    """Arrays and layers by key, each until it is forgotten."""

    def __init__(self) -> None:
        self._tensors: dict[int, Tensor] = {}
        self._layers: dict[int, Layer] = {}

    def __len__(self) -> int:
        return len(self._tensors) + len(self._layers)

    def keep_array(self, key: int, values: Floats) -> None:
        """Keeps a copy of `values`."""
        self._tensors[key] = tf.convert_to_tensor(values)

    def keep_layer(self, key: int, kind: str, values: Mapping[str, Any], arrays: Mapping[str, int]) -> None:
        """Keeps a layer: the values of its fields, small weights among them, and the keys of its large weights."""
        layer = EVERY_LAYER[kind](**values)
        small = {each.name: values[each.name] for each in weight_fields(layer) if each.name in values}
        tensors = {name: tf.convert_to_tensor(array) for name, array in small.items()}
        self._layers[key] = with_weights(
            layer, tensors | {name: self._tensors[array] for name, array in arrays.items()}
        )

    def forget(self, keys: Iterable[int]) -> None:
        """The window's process will not name these again."""
        for key in keys:
            self._tensors.pop(key, None)
            self._layers.pop(key, None)

    def image(self, key: int) -> Tensor:
        """The array `key` (rows, columns, channels) as a batch of one."""
        return self._tensors[key][tf.newaxis]

    def layer(self, key: int) -> Layer:
        """The layer `key`, tensors as its weights."""
        return self._layers[key]
