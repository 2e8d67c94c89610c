"""Saving so that a crash, a full disk or a pulled plug leaves the old file or the new one, never half of one."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import stat
from collections.abc import Callable, Iterator, Sequence

from cnn_explorer.files.opening import AnyPath, display_name, quoted
from cnn_explorer.network.sentence import Refused, Sentence, say

Pieces = Sequence[bytes | memoryview]
Told = Callable[[int], object]

_NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)

_NO_ROOM = say("the disk is full; free some space or choose another folder")
_NO_PERMISSION = say("you have no permission to write in this folder; choose another one")
_REASONS = {
    errno.ENOSPC: _NO_ROOM,
    errno.EDQUOT: _NO_ROOM,
    errno.EFBIG: say("the file would be larger than this system allows"),
    errno.EROFS: say("the folder is read-only; choose another one"),
    errno.EACCES: _NO_PERMISSION,
    errno.EPERM: _NO_PERMISSION,
    errno.ENOENT: say("the folder is no longer there; choose another one"),
    errno.ENOTDIR: say("a part of the path is not a folder; choose another one"),
    errno.ENAMETOOLONG: say("the name is too long; choose a shorter one"),
    errno.ELOOP: say("it is a link that leads back to itself; choose another name"),
    errno.EIO: say("the disk reported a write error"),
}


_PART = 2**22
"""Bytes that are written before somebody is told."""


def atomic_write(path: AnyPath, data: bytes | Pieces, told: Told = lambda done: None) -> None:
    """Make `data`, or its pieces, the content of the file at `path`: all of it or not at all, on the disk on return.

    A link keeps leading to its file, and the file keeps its permissions. `told` hears how many bytes are written; what
    it raises stops the writing.
    Raises: Refused with the reason; what was there before is unchanged then, and nothing is left beside it.
    """
    pieces = [data] if isinstance(data, bytes) else data
    try:
        target = os.path.realpath(os.fsencode(path))
        _write_and_replace(path, target, pieces, told)
    except OSError as error:
        raise not_saved(path, _reason_of(error)) from error
    except ValueError as error:  # a NUL in the name
        raise not_saved(path, say("no file can have this name")) from error


@contextlib.contextmanager
def atomic_file(path: AnyPath) -> Iterator[Callable[[bytes], None]]:
    """A file that is written part by part: its content is all of them when the block ends, or nothing has happened.

    Raises: Refused, as `atomic_write` does; what is raised in the block leaves nothing behind.
    """
    target = os.path.realpath(os.fsencode(path))
    temporary = os.path.join(os.path.dirname(target), b".cnn-explorer-" + secrets.token_hex(8).encode() + b".tmp")
    try:
        descriptor = os.open(temporary, _NEW_FILE, 0o666)
    except OSError as error:
        raise not_saved(path, _reason_of(error)) from error
    try:
        yield lambda part: _write_part(path, descriptor, part)
        try:
            os.fsync(descriptor)
            os.replace(temporary, target)
        except OSError as error:
            raise not_saved(path, _reason_of(error)) from error
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise
    finally:
        os.close(descriptor)
    _sync_folder(os.path.dirname(target))


def _write_part(path: AnyPath, descriptor: int, part: bytes) -> None:
    try:
        _write_whole(descriptor, part)
    except OSError as error:
        raise not_saved(path, _reason_of(error)) from error


def not_saved(path: AnyPath, reason: Sentence) -> Refused:
    return Refused(say("{file} was not saved: {reason}.", file=display_name(path), reason=reason))


def _reason_of(error: OSError) -> Sentence:
    known = _REASONS.get(error.errno or 0)
    return known or say("{reason}", reason=quoted(error.strerror or str(error), 80))


def _write_and_replace(path: AnyPath, target: bytes, pieces: Pieces, told: Told) -> None:
    mode = _mode_of_old_file(path, target)
    folder = os.path.dirname(target)
    # A name of its own length: the target's name may already be as long as the disk allows.
    temporary = os.path.join(folder, b".cnn-explorer-" + secrets.token_hex(8).encode() + b".tmp")
    try:
        _write_new(temporary, pieces, mode, told)
        os.replace(temporary, target)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise
    _sync_folder(folder)


def _mode_of_old_file(path: AnyPath, target: bytes) -> int | None:
    try:
        mode = os.stat(target).st_mode
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(mode):
        raise not_saved(path, say("what has this name is not a file; choose another name"))
    return stat.S_IMODE(mode)


def _write_new(temporary: bytes, pieces: Pieces, mode: int | None, told: Told) -> None:
    descriptor = os.open(temporary, _NEW_FILE, 0o666)
    try:
        _write_all(descriptor, pieces, told)
        if mode is not None and hasattr(os, "fchmod"):
            os.fchmod(descriptor, mode)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _write_all(descriptor: int, pieces: Pieces, told: Told) -> None:
    done = 0
    for part in _parts(pieces):
        _write_whole(descriptor, part)
        done += len(part)
        told(done)
    if os.fstat(descriptor).st_size != done:
        raise OSError(errno.EIO, os.strerror(errno.EIO))


def _parts(pieces: Pieces) -> Iterator[bytes | memoryview]:
    """The pieces, many small ones in one part and a large one in several."""
    small = bytearray()
    for piece in pieces:
        if len(piece) < _PART:
            small += piece
        if small and (len(piece) >= _PART or len(small) >= _PART):
            yield bytes(small)
            small.clear()
        if len(piece) >= _PART:
            yield from (memoryview(piece)[first : first + _PART] for first in range(0, len(piece), _PART))
    yield bytes(small)


def _write_whole(descriptor: int, data: bytes | memoryview) -> None:
    """`os.write` may take a part only; a full disk shows as a part that stays 0 or as an error, never as success."""
    rest = memoryview(data)
    while rest:
        written = os.write(descriptor, rest)
        if written == 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        rest = rest[written:]


def _sync_folder(folder: bytes) -> None:
    """Put the new name on the disk. The file is in place already, so a file system that can't do it is no failure."""
    if os.name != "posix":
        return
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
