"""Where trainings keep what they have learnt, so that they can go on: a folder of .keras files, the newest few."""

from __future__ import annotations

import contextlib
import secrets
from pathlib import Path

KEPT = 5
SUFFIX = ".keras"


class Checkpoints:
    """The files of a folder. Without a folder nothing is kept."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    def new(self) -> str:
        """A file for a training that begins, "" where none can be had; the oldest of the others go."""
        if self._folder is None:
            return ""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._forget_oldest(self._folder)
        except OSError:
            return ""  # training goes on without: the weights are in the document and its journal
        return str(self._folder / f"{secrets.token_hex(6)}{SUFFIX}")

    @staticmethod
    def _forget_oldest(folder: Path) -> None:
        files = sorted(folder.glob(f"*{SUFFIX}"), key=lambda path: path.stat().st_mtime, reverse=True)
        for path in files[KEPT - 1 :]:
            with contextlib.suppress(OSError):
                path.unlink()
