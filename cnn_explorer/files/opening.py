"""The door: every file from outside is opened here, after a look at what it is.

A FIFO would hang the program, /dev/zero would fill its memory, and a name need not be text at all. So a path is first
asked what it is, its size is compared with a limit before a byte is read, and Python opens it by the bytes of its name.
"""

from __future__ import annotations

import errno
import os
import stat
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from cnn_explorer.network.sentence import Refused, Sentence, say

AnyPath = str | bytes | os.PathLike[str]

LONGEST_NAME = 60
MEGABYTE = 1_000_000
# Joins the parts of one emoji. It is invisible like the characters that are escaped, but does no harm.
_EMOJI_JOINER = "\u200d"
_INVISIBLE = frozenset({"Cc", "Cf", "Cn", "Co", "Zl", "Zp"})

_REASONS = {
    errno.ENOENT: say("it isn't there"),
    errno.ENOTDIR: say("a part of its path is not a folder"),
    errno.EACCES: say("you have no permission to read it"),
    errno.EPERM: say("you have no permission to read it"),
    errno.ELOOP: say("it is a link that leads back to itself"),
    errno.ENAMETOOLONG: say("its name is too long"),
    errno.EIO: say("the disk reported a read error"),
    errno.ENXIO: say("it is not a regular file"),
}
_NOT_REGULAR = (
    (stat.S_ISDIR, say("it is a folder, not a file")),
    (stat.S_ISFIFO, say("it is a named pipe, not a file")),
    (stat.S_ISCHR, say("it is a device, not a file")),
    (stat.S_ISBLK, say("it is a device, not a file")),
    (stat.S_ISSOCK, say("it is a socket, not a file")),
)


def display_name(path: AnyPath) -> str:
    """The last part of `path` for a sentence: at most 60 characters, one line, nothing invisible in it.

    Markup in a name stays as it is: whoever shows the sentence shows it as plain text.
    """
    text = os.fsdecode(path)
    name = os.path.basename(text.rstrip("/" + os.sep)) or text
    return elided("".join(map(_visible, name)), LONGEST_NAME)


def quoted(text: str, longest: int = 24) -> str:
    """A piece of a file's content for a sentence, with nothing invisible in it and at most `longest` characters."""
    return elided("".join(map(_visible, text[: 4 * longest])), longest)


def elided(text: str, longest: int) -> str:
    """`text`, with its middle left out if it has more than `longest` characters: the end of a name tells its type."""
    if len(text) <= longest:
        return text
    tail = (longest - 1) // 2
    return f"{text[: longest - 1 - tail]}…{text[-tail:]}"


def _visible(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Cs":  # a byte of a name that is not UTF-8
        return "\ufffd"
    if category in _INVISIBLE and character != _EMOJI_JOINER:
        return character.encode("unicode_escape").decode("ascii")
    return character


def cannot_open(path: AnyPath, reason: Sentence) -> Refused:
    return Refused(say("{file} can't be opened: {reason}.", file=display_name(path), reason=reason))


def damaged(path: AnyPath, reason: Sentence, field: str = "") -> Refused:
    return Refused(
        say(
            "{file} is cut short or damaged: {reason}; copy it again from where it came.",
            file=display_name(path),
            reason=reason,
        ),
        field,
    )


def reason_of(error: OSError) -> Sentence:
    """Why the system would not open or read a file, as a part of a sentence."""
    known = _REASONS.get(error.errno or 0)
    return known or say("{reason}", reason=quoted(error.strerror or str(error), 80))


def entry_mode(path: AnyPath) -> int:
    """The `st_mode` of what `path` leads to.

    Raises: Refused if it leads nowhere or may not be looked at.
    """
    try:
        return os.stat(os.fsencode(path)).st_mode
    except FileNotFoundError as error:
        if os.path.islink(os.fsencode(path)):
            raise cannot_open(path, say("it is a link to a file that isn't there")) from error
        raise cannot_open(path, reason_of(error)) from error
    except OSError as error:
        raise cannot_open(path, reason_of(error)) from error
    except ValueError as error:  # a NUL in the name
        raise cannot_open(path, say("no file can have this name")) from error


def is_folder(path: AnyPath) -> bool:
    """Raises: Refused if there is nothing at `path`."""
    return stat.S_ISDIR(entry_mode(path))


def _insist_on_regular(path: AnyPath, mode: int) -> None:
    for test, reason in _NOT_REGULAR:
        if test(mode):
            raise cannot_open(path, reason)


@contextmanager
def open_regular_file(path: AnyPath, limit_bytes: int) -> Iterator[BinaryIO]:
    """Open a regular file for reading; an error of the disk inside the `with` block is a Refused too.

    Raises: Refused if it is something else, unreadable, empty, or longer than `limit_bytes`.
    """
    _insist_on_regular(path, entry_mode(path))
    # Between the look and the opening the file may be swapped for a FIFO: without O_NONBLOCK that would hang.
    flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)
    try:
        with os.fdopen(os.open(os.fsencode(path), flags), "rb") as handle:
            status = os.fstat(handle.fileno())
            _insist_on_regular(path, status.st_mode)
            _insist_on_size(path, status.st_size, limit_bytes)
            yield handle
    except OSError as error:
        raise cannot_open(path, reason_of(error)) from error


def _insist_on_size(path: AnyPath, size: int, limit_bytes: int) -> None:
    if size == 0:
        raise Refused(say("{file} is empty (0 bytes); choose another file.", file=display_name(path)))
    if size > limit_bytes:
        raise Refused(
            say(
                "{file} is too large: {size} MB, and the limit for this kind of file is {limit} MB.",
                file=display_name(path),
                size=f"{size / MEGABYTE:.1f}",
                limit=f"{limit_bytes / MEGABYTE:g}",
            )
        )


def file_size(handle: BinaryIO) -> int:
    return os.fstat(handle.fileno()).st_size


def read_regular_file(path: AnyPath, limit_bytes: int) -> bytes:
    """All bytes of a regular file, 1 to `limit_bytes` of them. Raises: Refused as `open_regular_file` does."""
    with open_regular_file(path, limit_bytes) as handle:
        # What a growing file gains meanwhile is not read: the size was judged before.
        return handle.read(file_size(handle))


def read_head(path: AnyPath, count: int) -> bytes:
    """The first bytes of a regular file of any size, at most `count`. Raises: Refused as `open_regular_file` does."""
    with open_regular_file(path, 1 << 62) as handle:
        return handle.read(count)
