"""Saving code as a .py file, and the arrays that are too large to be written out in a file beside it."""

from __future__ import annotations

import os
from pathlib import Path

from cnn_explorer.files.atomic import atomic_write
from cnn_explorer.files.opening import AnyPath
from cnn_explorer.network.code import ARCHIVE_SUFFIX, Code


def archive_path(path: AnyPath) -> Path:
    """Where the arrays of the code at `path` are: network.weights.npz beside network.py."""
    return Path(os.fsdecode(path)).with_suffix(ARCHIVE_SUFFIX)


def save_code(path: AnyPath, code: Code) -> None:
    """Write the code to `path`, and before it its arrays to `archive_path(path)`, where it has any.

    Raises: Refused with the reason; each of the files is then what it was before, or whole.
    """
    if code.arrays:
        atomic_write(archive_path(path), code.archive())
    atomic_write(path, code.text.encode("utf-8"))
