"""One batch: forward, gradient, and the optimizer's step, as one compiled function, on one device or on several.

The images lie in memory as bytes; a batch is told by the places of its images. So nothing has to be prepared ahead, and
the same place of the same epoch gives the same batch, whoever trains.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from cnn_explorer.engine.train_model import TrainedModel
from cnn_explorer.files.training_data import Places, TrainingData
from cnn_explorer.network.arrays import Floats

EVALUATED_AT_ONCE = 250
"""Images whose forward pass is one call: some tens of milliseconds, after which somebody may want something."""

Tensor = Any
_PLACES = tf.TensorSpec([None], tf.int64)


class Stepper:
    """Trains and asks a model with images of `data`.

    It is made in the scope of a `tf.distribute` strategy, if there is one. `together` says that other machines train
    along: all must do the same with every batch.
    """

    def __init__(self, trained: TrainedModel, data: TrainingData) -> None:
        self._model = trained.keras
        self._optimizer = trained.optimizer
        self._logits = trained.gives_logits
        self._classes = len(data.classes)
        self._strategy = tf.distribute.get_strategy()
        self.replicas = int(self._strategy.num_replicas_in_sync)
        self.together = isinstance(self._strategy, tf.distribute.MultiWorkerMirroredStrategy)
        with tf.device("/CPU:0"):
            self._images = tf.constant(data.images)
            self._labels = tf.constant(data.labels)
        self._scale = 1 / 255 if data.images.dtype == np.uint8 else 1.0
        # Keras's optimizers pass over the weights ten times; compiled it is once, which saves a tenth of the time.
        compiled = self.replicas == 1 and _compiles()
        self._apply = tf.function(self._step, jit_compile=True) if compiled else self._step
        self._train_one = tf.function(self._train, input_signature=[_PLACES])
        self._train_many = tf.function(self._train_distributed, reduce_retracing=True)
        self._ask = tf.function(self._outputs, input_signature=[_PLACES])
        self._finite = tf.function(self._all_finite)
        self._differentiate = tf.function(self._gradients, input_signature=[_PLACES])

    # one batch

    def train(self, places: Places, vote: bool = False) -> tuple[float, float, bool]:
        """Learns from a batch: its mean loss before the step, the share that was right, and whether anybody votes.

        The vote is for machines that train together: what one of them wants all learn with the same batch.
        """
        if self.replicas == 1:
            loss, right = self._train_one(tf.constant(places)).numpy()
            return float(loss), float(right), vote
        loss, right, votes = self._train_many(*self._parts(places, vote)).numpy()
        return float(loss), float(right), votes > 0

    def _train(self, places: Tensor) -> Tensor:
        losses, right = self._learn(places, tf.size(places))
        return tf.stack([losses, right])

    def _learn(self, places: Tensor, total: Tensor) -> tuple[Tensor, Tensor]:
        """A step along the gradient of the batch's mean loss, of which these images are a part of `total`."""
        images, labels = self._batch(places)
        share = 1 / tf.cast(total, tf.float32)
        with tf.GradientTape() as tape:
            outputs = self._flat(self._model(images, training=True))
            loss = tf.reduce_sum(self._losses(labels, outputs)) * share
        self._apply(tape.gradient(loss, self._model.trainable_variables))
        return loss, self._count_right(labels, outputs) * share

    def _step(self, gradients: list[Tensor]) -> None:
        self._optimizer.apply(gradients, self._model.trainable_variables)

    def _train_distributed(self, places: Tensor, total: Tensor, vote: Tensor) -> Tensor:
        def learn(places: Tensor, total: Tensor, vote: Tensor) -> Tensor:
            return tf.stack([*self._learn(places, total), vote])

        parts = self._strategy.run(learn, (places, total, vote))
        return self._strategy.reduce(tf.distribute.ReduceOp.SUM, parts, axis=None)

    def _parts(self, places: Places, vote: bool) -> tuple[Tensor, Tensor, Tensor]:
        """A batch, shared out among the devices: each gets its part, and how many images all have."""
        parts = np.array_split(places, self.replicas)
        total, wants = tf.constant(len(places)), tf.constant(float(vote))
        spread = self._strategy.experimental_distribute_values_from_function
        return spread(lambda context: tf.constant(parts[context.replica_id_in_sync_group])), total, wants

    def anybody(self, vote: bool) -> bool:
        """Whether any of the machines that train together votes for something."""
        if not self.together:
            return vote
        votes = self._strategy.run(lambda each: each, (tf.constant(float(vote)),))
        return bool(self._strategy.reduce(tf.distribute.ReduceOp.SUM, votes, axis=None) > 0)

    def _batch(self, places: Tensor) -> tuple[Tensor, Tensor]:
        with tf.device("/CPU:0"):
            images = tf.cast(tf.gather(self._images, places), tf.float32) * self._scale
            return images, tf.gather(self._labels, places)

    def _flat(self, outputs: Tensor) -> Tensor:
        return outputs if len(outputs.shape) == 2 else tf.reshape(outputs, (-1, self._classes))

    def _losses(self, labels: Tensor, outputs: Tensor) -> Tensor:
        """Each image's cross-entropy. Keras takes what went into a softmax, where the outputs are one's."""
        return keras.losses.sparse_categorical_crossentropy(labels, outputs, from_logits=self._logits)

    def _count_right(self, labels: Tensor, outputs: Tensor) -> Tensor:
        return tf.reduce_sum(tf.cast(tf.equal(tf.argmax(outputs, 1), labels), tf.float32))

    # without learning

    def outputs(self, places: Places) -> Iterator[tuple[Places, Floats, Floats]]:
        """For some images at a time: their places, the classes' probabilities, and the losses."""
        for first in range(0, len(places), EVALUATED_AT_ONCE):
            part = places[first : first + EVALUATED_AT_ONCE]
            probabilities, losses = self._ask(tf.constant(part))
            yield part, probabilities.numpy(), losses.numpy()

    def _outputs(self, places: Tensor) -> tuple[Tensor, Tensor]:
        images, labels = self._batch(places)
        outputs = self._flat(self._model(images, training=False))
        losses = self._losses(labels, outputs)
        return tf.nn.softmax(outputs) if self._logits else outputs, losses

    def loss(self, places: Places) -> float:
        """The mean loss of some images."""
        return float(np.concatenate([losses for _, _, losses in self.outputs(places)]).mean())

    def gradients(self, places: Places) -> list[Floats]:
        """The gradient of a batch's mean loss by each trainable variable of the model, which stays as it is."""
        return [each.numpy() for each in self._differentiate(tf.constant(places))]

    def _gradients(self, places: Tensor) -> list[Tensor]:
        images, labels = self._batch(places)
        with tf.GradientTape() as tape:
            outputs = self._flat(self._model(images, training=True))
            loss = tf.reduce_mean(self._losses(labels, outputs))
        gradients: list[Tensor] = tape.gradient(loss, self._model.trainable_variables)
        return gradients

    def finite(self) -> bool:
        """Whether every weight is a number."""
        return bool(self._finite())

    def _all_finite(self) -> Tensor:
        """Zero times a number is 0, and times NaN or infinity NaN: one pass over the weights, and nothing kept."""
        sums = [tf.reduce_sum(each * 0.0) for each in self._model.weights]
        return tf.equal(tf.add_n(sums), 0.0) if sums else tf.constant(True)


@cache
def _compiles() -> bool:
    """Whether this TensorFlow has its compiler, XLA, for this machine."""
    try:
        tf.function(lambda x: x + 1.0, jit_compile=True)(tf.constant(0.0))
    except tf.errors.OpError:
        return False
    return True
