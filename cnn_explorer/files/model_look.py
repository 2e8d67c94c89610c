"""The look at a model before Keras sees it. What a file is, its first bytes say, never its name.

A refusal takes less than 0.2 s and little memory. What is HDF5 (whole models of Keras 2, and the weights in a .keras
file) can only be looked at with h5py, which runs in a child process: see `engine/model_hdf5.py`.
"""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from cnn_explorer.files import archive
from cnn_explorer.files.model_look_archive import HDF5_MAGIC, LARGEST_WEIGHTS, keras_archive
from cnn_explorer.files.model_look_plan import ModelPlan
from cnn_explorer.files.model_look_saved import SavedModelLook, look_at_saved_model
from cnn_explorer.files.model_look_size import ModelSize, size_of
from cnn_explorer.files.model_look_words import Unfit, refusal
from cnn_explorer.files.opening import AnyPath, display_name, is_folder, open_regular_file
from cnn_explorer.network.sentence import Refused, say

LARGEST_FILE = LARGEST_WEIGHTS + 100_000_000


@dataclass(frozen=True)
class LookedAt:
    """A model file that may be opened as far as it can be told without h5py.

    `plan` and `size` are of a .keras file, None of an HDF5 file. `copy` writes the HDF5 file, or the weights, that
    belong to it into a new file at a path; it can be called inside the `with` block.
    """

    plan: ModelPlan | None
    size: ModelSize | None
    copy: Callable[[str], None]


@contextlib.contextmanager
def looked_at(path: AnyPath) -> Iterator[LookedAt]:
    """Opens a .keras or HDF5 file and looks at it; in the `with` block it stays open.

    Raises: Refused, with one sentence, at anything that is not believed, and at what `copy` stumbles over.
    """
    try:
        with open_regular_file(path, LARGEST_FILE) as handle:
            head = handle.read(len(HDF5_MAGIC))
            handle.seek(0)
            if head.startswith(archive.MAGIC):
                with keras_archive(path, handle) as keras:
                    yield LookedAt(keras.plan, size_of(keras.plan), keras.copy_weights)
            elif head == HDF5_MAGIC:
                yield LookedAt(None, None, lambda target: _copy(handle, target))
            else:
                raise Refused(
                    say("{file} is not a Keras model: open a .keras or .h5 file, or a SavedModel folder.",
                        file=display_name(path))
                )  # fmt: skip
    except Unfit as unfit:
        raise refusal(path, unfit) from unfit


def _copy(handle: BinaryIO, target: str) -> None:
    with open(target, "xb") as file:
        shutil.copyfileobj(handle, file, 1 << 20)


def look_at_model(path: AnyPath) -> SavedModelLook | None:
    """Looks at a model and closes it: None for a file that may be opened, or what a SavedModel's folder declares.

    Raises: Refused, with one sentence, at anything that is not believed.
    """
    if is_folder(path):
        return look_at_saved_model(path)
    with looked_at(path):
        return None
