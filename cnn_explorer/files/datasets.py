"""MNIST wherever it lies: an mnist.npz, a folder, or any one of the IDX files."""

from __future__ import annotations

import os

from cnn_explorer.files.digits import Digits
from cnn_explorer.files.idx import read_mnist_idx
from cnn_explorer.files.mnist_npz import read_mnist_npz
from cnn_explorer.files.opening import AnyPath, display_name, is_folder, read_head
from cnn_explorer.network.sentence import Refused, say

_ARCHIVE = "mnist.npz"
# The folder itself, and where a common library for training keeps its copy.
_INNER_FOLDERS = ("", "raw", os.path.join("MNIST", "raw"))
_IDX_STARTS = ("train-images", "t10k-images")
_IDX_ENDS = ("-idx3-ubyte", ".idx3-ubyte")
_PACKINGS = ("", ".gz")


def read_mnist(path: AnyPath) -> Digits:
    """The digits at `path`: an .npz with Keras's four arrays, an IDX file (or .gz) with its siblings, or a folder.

    Takes well under a second for all of MNIST, and may be called from any thread.
    Raises: Refused, naming the file at fault, if nothing of the kind is there or it can't be used.
    """
    if is_folder(path):
        path = _inside(path)
    if read_head(path, 2) == b"PK" or os.fsdecode(path).lower().endswith(".npz"):
        return read_mnist_npz(path)
    return read_mnist_idx(path)


def holds_mnist(folder: AnyPath) -> bool:
    """Whether a folder has an mnist.npz or MNIST's IDX files in it."""
    return _found_inside(folder) is not None


def _inside(folder: AnyPath) -> str:
    found = _found_inside(folder)
    if found is None:
        raise Refused(
            say(
                "{folder} has no MNIST files in it; choose a folder with an mnist.npz or a train-images-idx3-ubyte.",
                folder=display_name(folder),
            )
        )
    return found


def _found_inside(folder: AnyPath) -> str | None:
    names = [_ARCHIVE, *(start + end + gz for start in _IDX_STARTS for end in _IDX_ENDS for gz in _PACKINGS)]
    places = (os.path.join(os.fsdecode(folder), inner, name) for inner in _INNER_FOLDERS for name in names)
    return next((place for place in places if os.path.lexists(place)), None)
