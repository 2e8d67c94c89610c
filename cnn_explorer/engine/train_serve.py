"""The trainer's process: takes a job, trains, and tells how it goes until it is done or nobody listens any more.

`network.training_progress` documents the messages. Besides them, a snapshot of many weights goes through shared memory:
("snapshot", step, epoch, None) says that it is there, and the other end answers ("taken",) when it has copied it.

Nothing heavy is imported at the top: see `serve`.
"""

from __future__ import annotations

import os
import signal
import sys
import traceback
from multiprocessing import connection, reduction
from typing import TYPE_CHECKING

from cnn_explorer.engine.own_folder import leave, use_folder
from cnn_explorer.engine.serve import MESSAGE_LENGTH, undo_blas_limit

if TYPE_CHECKING:
    from cnn_explorer.engine.train_window import Window
    from cnn_explorer.network.arrays import Floats
    from cnn_explorer.network.training import Job

NICENESS = 10
"""So the window's own computing stays as fast as without a training."""


def serve_training(pipe: connection.Connection, folder: str) -> None:
    """Runs a training at this end of the pipe, with `folder` for its temporary files. Never returns."""
    try:
        use_folder(folder)
        _settle(pipe)
        job, shared = pipe.recv()
        _serve(_window(pipe, job, shared), job)
    except (EOFError, BrokenPipeError, ConnectionResetError):
        leave(folder, 0)  # the window's process has gone: there is nobody to tell
    except BaseException:
        traceback.print_exc()  # into the log, which the window's process holds
        sys.stderr.flush()
        leave(folder, 1)
    leave(folder, 0)


def _settle(pipe: connection.Connection) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C in the terminal is the window's affair
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    undo_blas_limit(os.environ)
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    if pipe.recv():
        log = reduction.recv_handle(pipe)
        os.dup2(log, 1)
        os.dup2(log, 2)
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # a Windows program without a console: Keras fails on None
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115 (as long as the process)


def _window(pipe: connection.Connection, job: Job, shared: bool) -> Window:
    from cnn_explorer.engine.memory import receive_block
    from cnn_explorer.engine.train_window import Window

    cells: Floats | None = receive_block(pipe) if shared else None
    return Window(pipe, cells, job.paused)


def _serve(window: Window, job: Job) -> None:
    from cnn_explorer.network.sentence import Refused, say

    try:
        _load()
        from cnn_explorer.engine.train_run import run_training

        window.tell("finished", run_training(job, window))
    except ImportError as error:
        window.tell("failed", say("TensorFlow can't be loaded: {reason}", reason=_reason(error)))
    except Refused as refused:
        window.tell("failed", refused.sentence)
    except (EOFError, OSError):
        raise
    except Exception as error:
        traceback.print_exc()
        window.tell("failed", say("Training broke off: {reason}", reason=_reason(error)))


def _load() -> None:
    import gc

    gc.disable()  # collecting while a million objects are made is a fifth of the import
    import tensorflow  # noqa: F401

    gc.freeze()
    gc.enable()


def _reason(error: Exception) -> str:
    return (" ".join(str(error).split()) or type(error).__name__)[:MESSAGE_LENGTH]
