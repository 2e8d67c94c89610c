"""Training by hand, while the trainer waits: plain gradient descent, one batch at a time, forward and back."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from cnn_explorer.engine.train_loop import Training
from cnn_explorer.network.arrays import Floats
from cnn_explorer.network.training import WeightKey
from cnn_explorer.network.training_progress import Update

MOST_BYTES = 400_000_000
"""Of the steps that can be undone."""


class ByHand:
    """Steps from where a training waits. The training's own place stays: after the steps it goes on with its batch."""

    def __init__(self, training: Training) -> None:
        self._training = training
        self._count = 0
        self._steps: list[Update] = []

    def forward(self, rate: float, layer: int | None = None) -> Update:
        """Learns from the next batch with new = old - rate · gradient, and tells it of one layer's arrays, or of all.

        The other layers learn too. What no gradient changes (the moving means of BatchNormalization) stays.
        """
        training, trained = self._training, self._training.trained
        places = training.places((training.batch + self._count) % training.batches)
        old, loss = trained.weights(), training.stepper.loss(places)
        gradient = self._gradient(places)
        new: dict[WeightKey, Floats] = old | {key: old[key] - np.float32(rate) * each for key, each in gradient.items()}
        trained.set_weights(new)
        step, images = training.step + self._count, training.data.numbers[places]
        update = Update(step, rate, images, loss, training.stepper.loss(places), old, gradient, new)
        self._remember(update)
        return _of_layer(update, layer)

    def _gradient(self, places: np.ndarray) -> dict[WeightKey, Floats]:
        trained = self._training.trained
        found = zip(trained.keras.trainable_variables, self._training.stepper.gradients(places), strict=True)
        return {trained.key_of(variable): trained.array_of(variable, values) for variable, values in found}

    def _remember(self, update: Update) -> None:
        self._count += 1
        self._training.changed()
        self._steps.append(update)
        size = 3 * sum(values.nbytes for values in update.old.values())
        del self._steps[: -max(1, MOST_BYTES // max(size, 1))]

    def back(self, layer: int | None = None) -> Update | None:
        """Undoes the last step, and tells which it was; None where there is none to undo, or not any more."""
        if not self._steps:
            return None
        update = self._steps.pop()
        self._count -= 1
        self._training.trained.set_weights(update.old)
        return _of_layer(update, layer)


def _of_layer(update: Update, layer: int | None) -> Update:
    if layer is None:
        return update
    old, gradient, new = (
        {key: values for key, values in arrays.items() if key[0] == layer}
        for arrays in (update.old, update.gradient, update.new)
    )
    return replace(update, old=old, gradient=gradient, new=new)
