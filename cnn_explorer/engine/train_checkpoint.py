"""A training on the disk: the model as Keras saves it, its optimizer's state, and the record beside the weights."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import h5py
import numpy as np
from keras.src.saving import saving_lib

from cnn_explorer.engine.train_model import TrainedModel
from cnn_explorer.files.archive import open_archive
from cnn_explorer.files.atomic import atomic_write
from cnn_explorer.files.opening import display_name, open_regular_file
from cnn_explorer.files.training_record import MEMBER, TrainingRecord, record_bytes
from cnn_explorer.network.sentence import Refused, say

_WEIGHTS = "model.weights.h5"
_MOST_MEMBERS = 1000
_LARGEST_FILE = 4_000_000_000
_ROOM = 2
"""Times the numbers' own size that the member with the weights may have, and a megabyte."""


def write_checkpoint(path: str, trained: TrainedModel, record: TrainingRecord) -> None:
    """Replaces the file at once, or leaves it as it is. Raises Refused where it can't be written."""
    atomic_write(path, checkpoint_bytes(trained, record))


def checkpoint_bytes(trained: TrainedModel, record: TrainingRecord) -> bytes:
    """A .keras file. `keras.models.load_model` opens it, compiled where the optimizer is saved with it."""
    file = io.BytesIO()
    model = trained.keras if record.with_optimizer else trained.without_optimizer()
    saving_lib.save_model(model, file)
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(MEMBER, record_bytes(record))
    return file.getvalue()


def read_optimizer(path: str, trained: TrainedModel) -> bool:
    """Brings the optimizer to where it was when the file was written; False where it was another optimizer's state.

    The learning rate stays. Raises Refused where the file can't be read.
    """
    variables = trained.optimizer.variables
    room = _ROOM * sum(each.numpy().nbytes for each in [*variables, *trained.keras.variables]) + 1_000_000
    with open_regular_file(path, _LARGEST_FILE) as handle, open_archive(path, handle, _MOST_MEMBERS) as archive:
        if _WEIGHTS not in archive.namelist():
            return False
        if archive.getinfo(_WEIGHTS).file_size > room:
            raise Refused(say("{file} holds more weights than this network has.", file=display_name(path)))
        data = archive.read(_WEIGHTS)
    try:
        values = _states(data, variables)
    except (OSError, KeyError, ValueError, RuntimeError):  # h5py's ways to say that a file is broken
        return False
    for variable, value in zip(variables, values, strict=True):
        if variable is not trained.learning_rate:
            variable.assign(value)
    return True


def _states(data: bytes, variables: list[Any]) -> list[Any]:
    """The values of the optimizer's variables. Raises KeyError or ValueError where one is missing, or another's."""
    with h5py.File(io.BytesIO(data), "r") as file:
        group = file["optimizer"]["vars"]
        if len(group) != len(variables):
            raise ValueError("another optimizer")
        return [_state(group, str(place), each) for place, each in enumerate(variables)]


def _state(group: Any, name: str, variable: Any) -> Any:
    if not isinstance(group.get(name, getlink=True), h5py.HardLink):
        raise ValueError("a link")
    stored = group[name]
    if not isinstance(stored, h5py.Dataset) or stored.shape != tuple(variable.shape) or stored.external:
        raise ValueError("another optimizer")
    values = np.asarray(stored, variable.dtype)
    if not np.isfinite(values).all():
        raise ValueError("not finite")
    return values
