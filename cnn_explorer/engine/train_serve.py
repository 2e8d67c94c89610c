"""The trainer's process: takes a job, trains, and tells how it goes until its pipe closes."""

from __future__ import annotations

from multiprocessing import connection


def serve_training(pipe: connection.Connection) -> None:
    """Runs a training at this end of the pipe."""
    raise NotImplementedError
