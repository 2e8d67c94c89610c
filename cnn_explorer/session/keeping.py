"""Files that are saved while a training runs: each waits for a checkpoint of its own, so that it can be gone on with.

The trainer is ahead of what is on the screen. So it is asked to write a checkpoint where it stands and to tell the
weights of it, and the file is saved with these.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

PATIENCE = 5000
"""Milliseconds after which a file is saved without: a trainer answers between two batches."""


class Keeping(QObject):
    """What waits to be saved, in the order in which the trainer answers."""

    def __init__(self, new_checkpoint: Callable[[], str], parent: QObject) -> None:
        super().__init__(parent)
        self._new_checkpoint = new_checkpoint
        self._paths: dict[str, str] = {}
        self._waiting: list[Callable[[], object]] = []
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.timeout.connect(self.release)

    def path_for(self, file: str) -> str:
        """Where a checkpoint for `file` is written, "" where none can be. One training has one for each file."""
        self._paths[file] = self._paths.get(file) or self._new_checkpoint()
        return self._paths[file]

    def wait(self, save: Callable[[], object]) -> None:
        """Call `save` with the trainer's next answer."""
        self._waiting.append(save)
        self._patience.start(PATIENCE)

    def answered(self) -> None:
        """The checkpoint of what waits longest is there, and the document has its weights; or there can be none."""
        if self._waiting:
            self._waiting.pop(0)()
        if not self._waiting:
            self._patience.stop()

    def release(self) -> None:
        """Nobody answers any more: all that waits is saved as it is."""
        while self._waiting:
            self.answered()

    def begin(self) -> None:
        """Another training: its checkpoints are others."""
        self.release()
        self._paths = {}

    def forget(self) -> None:
        """The program ends, and has asked about what is not saved."""
        self._waiting = []
        self._patience.stop()
