"""The journal: the newest document of every running program, on the disk, for the day it ends without asking.

A file is named with the process id, and a lock beside it is held while its program lives. The system lets go of the
lock when the program dies, however it dies, so the id of a dead program that another one has now misleads nobody. Large
arrays lie in a folder beside it.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import shutil
import sys
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from cnn_explorer.network.arrays import Floats
from cnn_explorer.network.kept_arrays import Keep
from cnn_explorer.network.sentence import Refused, Sentence, say
from cnn_explorer.session.journal_arrays import FOLDER, JournalArrays, NotWanted, find_in, size_of

if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


ENTRY, LOCK, PART = ".journal", ".lock", ".part"
Entry = Callable[[Keep], Iterable[bytes]]
"""Makes the text of a document, and gives its large arrays to be kept beside it."""

PAUSE = 0.05
"""Seconds from an edit to the making of its entry: until then what it changes is computed and drawn."""
LARGE = 1_000_000
"""Bytes of an entry after which the worker rests: a pen makes a new one with every stroke."""
TOGETHER = 32
"""Pieces that are written at once: between two of them the worker has to wait for the window, and the window for it."""
REST = 0.5
"""Seconds from the beginning of a large entry to that of the next, at least."""
CALM = 1
"""A large entry that took long, as one does whose weights are all new, is followed by a rest so many times as long."""


@dataclass(frozen=True)
class Header:
    """What is known of a journalled document without reading it: the file it is of ("" for none) and when (epoch s)."""

    path: str
    time: float


def _hold(path: Path) -> int | None:
    """A descriptor that holds the lock, None where another program holds it, or has just deleted its file."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _lock(descriptor)
        if os.path.samestat(os.stat(path), os.fstat(descriptor)):
            return descriptor
    except OSError:
        pass  # held by a living program
    os.close(descriptor)
    return None


def _remove(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)


def _remove_entry(path: Path) -> None:
    _remove(path)
    shutil.rmtree(path.with_suffix(FOLDER), ignore_errors=True)


class Journal(QObject):
    """This program's own entry. A worker writes; of several entries waiting only the newest is written.

    Large entries are written at most every half second. `kept` carries the number of one that is in its place, `failed`
    a Sentence, once, where the disk refuses, or the document is none that could be opened again.
    """

    kept = Signal(int)
    failed = Signal(object)

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self._path = self._new_path()
        self._arrays = JournalArrays(self._path.with_suffix(FOLDER))
        self._held: int | None = None
        self._waiting: tuple[int, Header, Entry] | None = None
        self._count = 0
        self._busy = self._paused = self._dropped = self._hurry = self._closed = self._told = False
        self._rested = 0.0
        self._turn = threading.Condition()
        self._worker: threading.Thread | None = None

    @property
    def path(self) -> Path:
        """The file of this program's entry; it is there while there is something to lose."""
        return self._path

    def _new_path(self) -> Path:
        return self._folder / f"{os.getpid()}-{secrets.token_hex(4)}{ENTRY}"

    def write(self, path: str, entry: Entry) -> int:
        """Keep the document of the file `path`; `entry` makes its text, on the worker. It may raise Refused.

        The number of the entry: it or a later one will be `kept`.
        """
        with self._turn:
            self._count += 1
            self._waiting = (self._count, Header(path, time.time()), entry)
            if not self._paused:  # else it will find this when it goes on: to wake it would cost the window 1 ms
                self._turn.notify_all()
            if self._worker is None:
                self._worker = threading.Thread(target=self._work, name="journal", daemon=True)
                self._worker.start()
            return self._count

    def clear(self) -> None:
        """Nothing would be lost now: take the entry away. What is just being written will not come to be there."""
        with self._turn:
            self._waiting = None
            self._dropped = True
            _remove(self._path)

    def flush(self, seconds: float = 5.0) -> bool:
        """Wait until all that was handed over is on the disk; False if that takes longer than `seconds`."""
        with self._turn:
            self._hurry = True
            self._turn.notify_all()
            done = self._turn.wait_for(lambda: not self._busy and self._waiting is None, seconds)
            self._hurry = False
            return done

    def close(self) -> None:
        """A clean end: the worker ends, and the entry and the lock go."""
        self.clear()
        with self._turn:
            self._closed, worker = True, self._worker
            self._turn.notify_all()
        if worker is not None:
            worker.join()
        self._arrays.remove()
        if self._held is not None:
            os.close(self._held)
            _remove(self._path.with_suffix(LOCK))
            self._held = None

    def _work(self) -> None:
        try:
            while (job := self._next()) is not None:
                self._write(*job)
        finally:  # after an error in making an entry the next one gets a new worker, and nobody waits for this one
            with self._turn:
                self._busy, self._worker = False, None
                self._turn.notify_all()

    def _next(self) -> tuple[int, Header, Entry] | None:
        with self._turn:
            self._busy = False
            self._turn.notify_all()
            ready = False
            while not (ready or self._closed):
                self._turn.wait_for(lambda: self._closed or self._waiting is not None)
                pause = max(PAUSE, self._rested - time.monotonic())
                self._paused = True
                self._turn.wait_for(lambda: self._closed or self._hurry, pause)
                self._paused = False
                ready = self._waiting is not None  # else it was cleared in the meantime
            job, self._waiting = self._waiting, None
            self._busy, self._dropped = job is not None, False
            return job

    def _write(self, number: int, header: Header, entry: Entry) -> None:
        begun, before = time.monotonic(), self._arrays.written
        try:
            self._insist_on_lock()
            pieces = [json.dumps(vars(header)).encode() + b"\n", *entry(self._keep_array)]
            self._keep(number, pieces)
        except NotWanted:
            return
        except OSError as error:
            self._tell(say("Your edits are not kept for a restart ({reason}): save often.",
                           reason=error.strerror or type(error).__name__))  # fmt: skip
        except Refused as refused:
            self._tell(say("Your edits are not kept for a restart. {reason}", reason=refused.sentence))
        else:
            took, wrote = time.monotonic() - begun, sum(map(len, pieces)) + self._arrays.written - before
            self._rested = begun + max(REST, (1 + CALM) * took) if wrote > LARGE else begun

    def _keep_array(self, array: Floats) -> int:
        return self._arrays.keep(array, lambda: not self._dropped)

    def _keep(self, number: int, pieces: list[bytes]) -> None:
        """Makes the entry of these pieces, unless it is cleared meanwhile."""
        part = self._path.with_suffix(PART)
        with open(part, "wb") as file:
            # Not synced to the disk at each edit: what the system has accepted survives the end of the program.
            for first in range(0, len(pieces), TOGETHER):
                if not self._dropped:
                    file.write(b"".join(pieces[first : first + TOGETHER]))
        with self._turn:
            if self._dropped:
                _remove(part)
                return
            os.replace(part, self._path)
        self._arrays.forget_others()
        self.kept.emit(number)

    def _insist_on_lock(self) -> None:
        if self._held is None:
            self._folder.mkdir(parents=True, exist_ok=True)
        while self._held is None:
            self._held = _hold(self._path.with_suffix(LOCK))
            if self._held is None:  # a program that was looking for dead ones came between making and locking it
                self._path = self._new_path()
                self._arrays.folder = self._path.with_suffix(FOLDER)

    def _tell(self, sentence: Sentence) -> None:
        if not self._told:
            self._told = True
            self.failed.emit(sentence)


class LeftBehind:
    """An entry of a program that has died, held so that no other program offers it too.

    Let go by `forget` (it is dealt with) or `release` (offer it again at the next start).
    """

    def __init__(self, path: Path, descriptor: int, header: Header) -> None:
        self.path = path
        self.header = header
        self._held: int | None = descriptor

    def document(self) -> bytes:
        """The text of the document. Raises OSError."""
        return self.path.read_bytes().partition(b"\n")[2]

    def find(self, number: int, shape: tuple[int, ...]) -> Floats | None:
        """The array that the text has a number for, None where it is not there in this shape. Raises OSError."""
        return find_in(self.path.with_suffix(FOLDER), number, shape)

    def forget(self) -> None:
        """Delete the entry and its lock. Large arrays go on a thread: the system takes 100 ms for 400 MB."""
        _remove(self.path)
        if size_of(self.path.with_suffix(FOLDER)) > LARGE:
            threading.Thread(target=self._forget_all, name="journal").start()
        else:
            self._forget_all()

    def _forget_all(self) -> None:
        _remove_entry(self.path)
        self.release()
        _remove(self.path.with_suffix(LOCK))

    def release(self) -> None:
        """Leave the entry for the next start."""
        if self._held is not None:
            os.close(self._held)
            self._held = None


def left_behind(folder: Path) -> list[LeftBehind]:
    """What dead programs have left in `folder`, the newest first. Entries that can't be read are deleted."""
    found = [entry for path in sorted(folder.glob(f"*{LOCK}")) if (entry := _claim(path)) is not None]
    return sorted(found, key=lambda entry: entry.header.time, reverse=True)


def _claim(lock: Path) -> LeftBehind | None:
    try:
        descriptor = _hold(lock)
    except OSError:
        return None
    if descriptor is None:
        return None
    _remove(lock.with_suffix(PART))
    entry = lock.with_suffix(ENTRY)
    try:
        with open(entry, "rb") as file:
            return LeftBehind(entry, descriptor, Header(**json.loads(file.readline(10_000))))
    except (OSError, ValueError, TypeError):
        os.close(descriptor)
        _remove_entry(entry)
        _remove(lock)
        return None
