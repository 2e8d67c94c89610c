"""The Keras model that is trained for a network, its optimizer, and the way of the weights between the two."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np

from cnn_explorer.engine.model_networks import keras_model
from cnn_explorer.network.arrays import Floats
from cnn_explorer.network.layers.layer import Layer, Shape
from cnn_explorer.network.network import Network
from cnn_explorer.network.training import TrainingSettings, WeightKey, Weights, weights_of

_OPTIMIZERS: dict[str, Any] = {
    "SGD": lambda settings: keras.optimizers.SGD(settings.learning_rate, settings.momentum),
    "Adam": lambda settings: keras.optimizers.Adam(settings.learning_rate),
    "RMSprop": lambda settings: keras.optimizers.RMSprop(settings.learning_rate),
    "AdamW": lambda settings: keras.optimizers.AdamW(settings.learning_rate),
}


class TrainedModel:
    """A network as a compiled Keras model. `gives_logits` says that its outputs are not probabilities yet."""

    def __init__(self, network: Network, shape: Shape, settings: TrainingSettings) -> None:
        self.network = network
        self.shape = shape
        self.settings = settings
        self.keras = keras_model(network, shape)
        self.gives_logits = not _ends_in_softmax(network)
        self.optimizer = _OPTIMIZERS[settings.optimizer](settings)
        self.optimizer.build(self.keras.trainable_variables)
        loss = keras.losses.SparseCategoricalCrossentropy(from_logits=self.gives_logits)
        # Only so that whoever loads the file can go on with `fit`.
        self.keras.compile(optimizer=self.optimizer, loss=loss, metrics=["accuracy"])
        self._arrays = _arrays(network, self.keras)

    def weights(self) -> dict[WeightKey, Floats]:
        """What the layers have learnt so far: copies."""
        return {key: np.array(each.numpy(), np.float32).reshape(shape) for key, (each, shape) in self._arrays.items()}

    def set_weights(self, weights: Weights) -> None:
        """Gives the layers other weights; the optimizer's state stays."""
        for key, values in weights.items():
            variable, _ = self._arrays[key]
            variable.assign(values.reshape(variable.shape))

    @property
    def learning_rate(self) -> Any:
        """The optimizer's variable with the rate, which is a setting and no state."""
        return self.optimizer._learning_rate

    def forget_steps(self) -> None:
        """Brings the optimizer back to where it was before the first batch."""
        for variable in self.optimizer.variables:
            if variable is not self.learning_rate:
                variable.assign(np.zeros(variable.shape, variable.dtype))

    def without_optimizer(self) -> Any:
        """The same layers as a model that is not compiled: only they are saved."""
        return keras.Sequential([keras.Input(self.shape), *self.keras.layers])

    def layer_named(self, name: str) -> Layer | None:
        """The network's layer that Keras calls so; None where there is none, or it has no weights."""
        found = next((each for each in self.keras.layers if each.name == name and each.weights), None)
        return None if found is None else self.network.layers[self.key_of(found.weights[0])[0]]

    def key_of(self, variable: Any) -> WeightKey:
        """Which of the network's arrays a variable of the model is."""
        return next(key for key, (each, _) in self._arrays.items() if each is variable)

    def array_of(self, variable: Any, values: Any) -> Floats:
        """Values for a variable, in the shape of the network's array."""
        return np.array(values, np.float32).reshape(self._arrays[self.key_of(variable)][1])


def _ends_in_softmax(network: Network) -> bool:
    last = next(layer for layer in reversed(network.layers) if layer.enabled)
    return getattr(last, "activation", "") == "softmax"


def _arrays(network: Network, model: Any) -> dict[WeightKey, tuple[Any, tuple[int, ...]]]:
    """The variable and the shape of each of the network's arrays: Keras keeps them in the same order."""
    variables = [variable for layer in model.layers for variable in layer.weights]
    ours = weights_of(network)
    return {key: (variable, values.shape) for (key, values), variable in zip(ours.items(), variables, strict=True)}
