"""A training from its job to its end: reads and judges the data, builds the model, trains, says what went wrong."""

from __future__ import annotations

import os
import re
from typing import Any

import keras
import tensorflow as tf

from cnn_explorer.engine.train_attendant import Attendant, Ended
from cnn_explorer.engine.train_loop import Training
from cnn_explorer.engine.train_model import TrainedModel
from cnn_explorer.files.training_data import TrainingData, read_training_data
from cnn_explorer.network.layers.layer import Layer
from cnn_explorer.network.sentence import Refused, say
from cnn_explorer.network.training import Job, problems
from cnn_explorer.network.training_memory import batch_bytes, out_of_memory
from cnn_explorer.network.training_progress import Finished, History

_NAMES = re.compile(r"\w+")


def run_training(job: Job, attendant: Attendant, strategy: Any = None) -> Finished:
    """Does the job, on one device or as a `tf.distribute` strategy says.

    Raises Refused where it can't be begun, or ends for want of memory.
    """
    try:
        data = _read(job, attendant)
        training = begin_training(job, data, attendant, strategy)
    except Ended as ended:
        return Finished(0, History(), None, ended.reason, ending=ended.ending)
    try:
        return training.run()
    except (MemoryError, tf.errors.ResourceExhaustedError) as error:
        _rescue(training)
        layer = _guilty(training.trained, str(error))
        raise Refused(out_of_memory(job.network, job.shape, job.settings.batch_size, layer)) from error


def _read(job: Job, attendant: Attendant) -> TrainingData:
    settings = job.settings.checked()
    return read_training_data(job.data, job.shape, settings.validation_share, settings.seed, attendant.check)


def begin_training(job: Job, data: TrainingData, attendant: Attendant, strategy: Any = None) -> Training:
    """The training of a job with data at hand. Raises Refused where the network can't learn from it."""
    found = problems(job.network, job.shape, len(data.classes))
    if found:
        raise Refused(found[0])
    if not len(data.train):
        raise Refused(say("There are no images to learn from; choose another data set."))
    _insist_on_memory(job)
    keras.utils.set_random_seed(job.settings.seed)
    # Only what is made in the scope is shared: to save, Keras makes an optimizer of its own, which would be, too.
    with (strategy or tf.distribute.get_strategy()).scope():
        return Training(job, TrainedModel(job.network, job.shape, job.settings), data, attendant)


def _insist_on_memory(job: Job) -> None:
    free = free_memory()
    if free is not None and batch_bytes(job.network, job.shape, job.settings.batch_size) > free:
        raise Refused(out_of_memory(job.network, job.shape, job.settings.batch_size))


def free_memory() -> int | None:
    """Bytes that a program may still take, None where the system doesn't say."""
    try:
        with open("/proc/meminfo", encoding="ascii") as file:
            facts = dict(line.split(":", 1) for line in file)
        return int(facts["MemAvailable"].split()[0]) * 1024
    except (OSError, KeyError, ValueError):
        return None


def _rescue(training: Training) -> None:
    """Out of memory in the middle of a batch: the weights are whole, so they are told and saved."""
    try:
        training.send_snapshot()
        training.save()
    except (MemoryError, tf.errors.OpError, Refused):
        os.write(2, b"the weights could not be saved\n")


def _guilty(trained: TrainedModel, message: str) -> Layer | None:
    """The layer of ours that TensorFlow's message names, None where it names none."""
    return next(filter(None, map(trained.layer_named, _NAMES.findall(message))), None)
