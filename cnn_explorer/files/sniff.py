"""What a file is: by its content first, by its name second; and the reader that goes with it.

The window and `--check` open everything through `open_any`. A new kind of file is one row of KINDS.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import dataclass

from cnn_explorer.files import archive, idx, npy_header
from cnn_explorer.files.arrays import Matrix, read_npy
from cnn_explorer.files.csv_matrix import read_csv
from cnn_explorer.files.datasets import holds_mnist, read_mnist
from cnn_explorer.files.digits import Digits
from cnn_explorer.files.images import Picture, read_image
from cnn_explorer.files.opened_model import ModelFile
from cnn_explorer.files.opening import AnyPath, display_name, is_folder, read_head
from cnn_explorer.files.picture_formats import format_of
from cnn_explorer.files.saved_document import SavedDocument, read_saved
from cnn_explorer.network.sentence import Refused, say

_HEAD = 512
_HDF5_MAGIC = b"\x89HDF\r\n\x1a\n"
_DOCUMENT = re.compile(rb'(\xef\xbb\xbf)?\s*\{\s*"format"\s*:\s*"cnn-explorer"')
_KERAS_MEMBERS = ("metadata.json", "config.json", "model.weights.h5")
_SAVED_MODEL = "saved_model.pb"


Opened = Picture | Matrix | Digits | SavedDocument | ModelFile


@dataclass(frozen=True)
class Kind:
    """A kind of file: how its first bytes show it, which endings of names promise it, and who reads it."""

    name: str
    shows: Callable[[bytes], bool]
    promised_by: Callable[[str], bool]
    read: Callable[[AnyPath], Opened]


def open_any(path: AnyPath) -> Opened:
    """Open whatever the user chose. A folder may hold MNIST.

    Raises: Refused, with one sentence, at anything that can't be opened.
    """
    try:
        return kind_of(path).read(path)
    except MemoryError as error:
        raise Refused(
            say("{file} needs more memory than there is; close other programs.", file=display_name(path))
        ) from error


def kind_of(path: AnyPath) -> Kind:
    """The row of KINDS for a file or folder. Raises: Refused if nothing fits, or it can't be looked at."""
    name = os.path.basename(os.fsdecode(path)).lower()
    promised = next((kind for kind in KINDS if kind.promised_by(name)), None)
    if is_folder(path):
        return _kind_of_folder(path, promised)
    head = read_head(path, _HEAD)
    kind = next((kind for kind in KINDS if kind.shows(head)), promised)
    if kind is None:
        raise Refused(
            say(
                "{file} is not recognised: open a picture, a .npy or .csv matrix, MNIST files, a Keras model, "
                "or a saved document.",
                file=display_name(path),
            )
        )
    return kind


def _kind_of_folder(folder: AnyPath, promised: Kind | None) -> Kind:
    if os.path.lexists(os.path.join(os.fsdecode(folder), _SAVED_MODEL)):
        return _SAVED_MODEL_FOLDER
    # A folder named like a file is sent to that file's reader, which says that it is a folder.
    return promised if promised and not holds_mnist(folder) else _DATASET


def _model_file(path: AnyPath) -> Opened:
    return ModelFile(display_name(path), os.fsdecode(path))


def _first_member(head: bytes) -> str:
    """The name of the first member of a zip archive, "" if it is none."""
    if not head.startswith(archive.MAGIC):
        return ""
    return head[30 : 30 + int.from_bytes(head[26:28], "little")].decode("utf-8", "replace")


def _shows_model(head: bytes) -> bool:
    return head.startswith(_HDF5_MAGIC) or _first_member(head) in _KERAS_MEMBERS


def _ends(*endings: str) -> Callable[[str], bool]:
    return lambda name: name.endswith(endings)


def _shows_nothing(head: bytes) -> bool:
    return False


_DATASET = Kind("dataset", lambda head: _first_member(head).endswith(".npy"), _ends(".npz"), read_mnist)
_SAVED_MODEL_FOLDER = Kind("savedmodel", _shows_nothing, _ends(_SAVED_MODEL), _model_file)

KINDS = (
    Kind(
        "image",
        lambda head: format_of(head) is not None,
        _ends(".png", ".jpg", ".jpeg", ".bmp", ".gif", ".tif", ".tiff", ".webp"),
        read_image,
    ),
    Kind("array", lambda head: head.startswith(npy_header.MAGIC), _ends(".npy"), read_npy),
    Kind("model", _shows_model, _ends(".keras", ".h5", ".hdf5"), _model_file),
    _SAVED_MODEL_FOLDER,
    _DATASET,
    Kind("idx", lambda head: head.startswith((*idx.MAGICS, idx.GZIP_MAGIC)), idx.is_idx_name, read_mnist),
    Kind("document", lambda head: _DOCUMENT.match(head) is not None, _ends(".json"), read_saved),
    Kind("csv", _shows_nothing, _ends(".csv"), read_csv),
)
