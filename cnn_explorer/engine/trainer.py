"""The window's end of a training: starts the trainer's process, speaks to it and ends it.

`network.training_progress` says what is sent and received; `train_serve` is the other end. Imports no TensorFlow: this
runs in the window's process.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import tempfile
import threading
from multiprocessing import reduction
from typing import Any

import numpy as np

from cnn_explorer.engine import memory
from cnn_explorer.engine.own_folder import OwnFolder
from cnn_explorer.engine.process import LOG_LENGTH
from cnn_explorer.engine.train_serve import serve_training
from cnn_explorer.network.arrays import Floats
from cnn_explorer.network.sentence import Sentence, say
from cnn_explorer.network.training import Job, WeightKey, Weights, weights_of
from cnn_explorer.network.training_memory import out_of_memory
from cnn_explorer.network.training_progress import Message, Snapshot


class TrainerProcess:
    """A running training; see `training_progress.Trainer` for what its methods do."""

    def __init__(self, job: Job) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._folder = OwnFolder("trainer")
        self._process = context.Process(
            target=serve_training, args=(theirs, self._folder.path), name="cnn-explorer-trainer", daemon=True
        )
        self._log = tempfile.TemporaryFile()  # noqa: SIM115 (as long as the process)
        self._sending = threading.Lock()
        self._process.start()
        theirs.close()
        self._shapes = {key: values.shape for key, values in weights_of(job.network).items()}
        self._cells: Floats | None = None
        self._job = job
        self._handed_over = self._over = False
        self._early: list[tuple[Any, ...]] = []

    @property
    def process_id(self) -> int:
        """The process's id in the system."""
        return self._process.pid or 0

    def _hand_over(self, job: Job) -> None:
        possible = os.name == "posix"  # elsewhere a handle can't take the place of the standard streams
        self._pipe.send(possible)
        if possible:
            reduction.send_handle(self._pipe, self._log.fileno(), self.process_id)
        block = self._block()
        self._pipe.send((job, block is not None))
        if block is not None:
            block.hand_over(self._pipe, self.process_id)
        for message in self._early:
            self._pipe.send(message)

    def _block(self) -> memory.Block | None:
        """Memory for the weights of a snapshot, where there is such memory."""
        count = sum(map(_cell_count, self._shapes.values()))
        if not memory.AVAILABLE or 4 * count <= memory.SMALLEST:
            return None
        try:
            block = memory.Block(0, 4 * count)
        except OSError:
            return None
        self._cells = block.take(count)
        return block

    def send(self, word: str, *subject: Any) -> None:
        with self._sending:
            if self._handed_over:
                self._pipe.send((word, *subject))
            else:
                self._early.append((word, *subject))

    def receive(self) -> Message:
        if not self._handed_over:
            # Here and not at the start: a large network takes as long as the other end needs to come up.
            with self._sending:
                self._hand_over(self._job)
                self._handed_over = True
        try:
            word, *subject = self._pipe.recv()
        except (EOFError, OSError):
            if self._over:
                raise
            self._over = True
            return "failed", self._why_ended()
        self._over = self._over or word in ("finished", "failed")
        if word == "snapshot":
            return word, self._snapshot(*subject)
        return word, *subject

    def _why_ended(self) -> Sentence:
        """The trainer has ended without a word: the system ends what takes too much memory so."""
        self._process.join(1)
        job = self._job
        if self._process.exitcode == -signal.SIGKILL:
            return out_of_memory(job.network, job.shape, job.settings.batch_size)
        return say("The trainer's process has ended unexpectedly; the last checkpoint is there. Start again to go on.")

    def _snapshot(self, step: int, epoch: int, weights: Weights | None) -> Snapshot:
        """Weights that came through the pipe, or else through the shared memory, which is free again then."""
        if weights is None:
            weights = self._taken()
            with self._sending:
                self._pipe.send(("taken",))
        for values in weights.values():
            values.flags.writeable = False
        return Snapshot(step, epoch, weights)

    def _taken(self) -> dict[WeightKey, Floats]:
        assert self._cells is not None
        taken, first = {}, 0
        for key, shape in self._shapes.items():
            count = _cell_count(shape)
            taken[key] = self._cells[first : first + count].reshape(shape).copy()
            first += count
        return taken

    def log(self) -> str:
        size = os.fstat(self._log.fileno()).st_size
        kept = os.pread(self._log.fileno(), LOG_LENGTH, max(0, size - LOG_LENGTH)) if os.name == "posix" else b""
        return kept.decode("utf-8", "replace")

    def is_alive(self) -> bool:
        return self._process.is_alive()

    def kill(self) -> None:
        self._over = True
        self._process.kill()
        self._process.join()
        self._folder.remove()

    def close(self) -> None:
        self.kill()
        self._pipe.close()
        self._log.close()
        self._cells = None


def _cell_count(shape: tuple[int, ...]) -> int:
    return int(np.prod(shape, dtype=np.int64))


def start_trainer(job: Job) -> TrainerProcess:
    """A new training, TensorFlow still loading. Raises OSError where no process can be started."""
    return TrainerProcess(job)
