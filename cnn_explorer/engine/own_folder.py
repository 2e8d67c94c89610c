"""The temporary files of a child process: in a folder of its own, which is gone when the process is.

TensorFlow writes what it has made of Python's functions into files, and removes them at a farewell that a process which
is ended, or ends at once, never comes to. So the parent removes the folder when it ends the child, and the child does
when it ends by itself or its parent has died.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from typing import NoReturn


class OwnFolder:
    """The parent's end: makes the folder, and removes it. `kind` is a part of its name."""

    def __init__(self, kind: str) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix=f"cnn-explorer-{kind}-", ignore_cleanup_errors=True)

    @property
    def path(self) -> str:
        """Where it is."""
        return self._folder.name

    def remove(self) -> None:
        """What is in it goes with it. The child has ended; may be called twice."""
        self._folder.cleanup()


def use_folder(path: str) -> None:
    """In the child: from now on temporary files are made there, those of native code too."""
    tempfile.tempdir = path
    for name in ("TMPDIR", "TEMP", "TMP"):
        os.environ[name] = path


def leave(path: str, code: int) -> NoReturn:
    """In the child: ends the process at once, without Python's slow farewell, but with its folder."""
    shutil.rmtree(path, ignore_errors=True)
    os._exit(code)
