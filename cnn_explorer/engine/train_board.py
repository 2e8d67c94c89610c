"""A training's losses as TensorBoard's log files, as Keras's own callback names them."""

from __future__ import annotations

import os
from typing import Any

import tensorflow as tf

from cnn_explorer.files.atomic import not_saved
from cnn_explorer.files.opening import quoted
from cnn_explorer.network.sentence import say
from cnn_explorer.network.training_progress import Epoch, Progress

_SCALAR = tf.compat.v1.SummaryMetadata(
    plugin_data=tf.compat.v1.SummaryMetadata.PluginData(plugin_name="scalars"), data_class=1
)
"""What marks a number as one: TensorBoard itself, which has a function for it, need not be installed."""


class Board:
    """Writes into a folder, in which `train` and `validation` are two curves of one picture."""

    def __init__(self, folder: str) -> None:
        """Raises Refused where nothing can be written there."""
        try:
            os.makedirs(folder, exist_ok=True)
            self._writers = {
                name: tf.summary.create_file_writer(os.path.join(folder, name)) for name in ("train", "validation")
            }
        except (OSError, tf.errors.OpError) as error:
            raise not_saved(folder, say("{reason}", reason=quoted(str(error), 80))) from error

    def progress(self, told: Progress) -> None:
        """The batches since the last time."""
        first = told.step - len(told.losses)
        for place, (loss, accuracy) in enumerate(zip(told.losses, told.accuracies, strict=True)):
            self._write("train", first + place, batch_loss=loss, batch_accuracy=accuracy)

    def epoch(self, told: Epoch) -> None:
        """An epoch has ended."""
        self._write("train", told.epoch, epoch_loss=told.loss, epoch_accuracy=told.accuracy)
        if told.val_loss is not None and told.val_accuracy is not None:
            self._write("validation", told.epoch, epoch_loss=told.val_loss, epoch_accuracy=told.val_accuracy)
        self.flush()

    def _write(self, curve: str, step: int, **numbers: Any) -> None:
        with self._writers[curve].as_default():
            for name, number in numbers.items():
                tf.summary.write(name, tf.constant(number, tf.float32), step, _SCALAR)

    def flush(self) -> None:
        """Puts on the disk what was written."""
        for writer in self._writers.values():
            writer.flush()
