"""What can be downloaded. The libraries for that take 40 ms, in which a start would wait for them: they come later."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from cnn_explorer.files.opening import AnyPath
from cnn_explorer.network.sentence import Sentence

Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]


@dataclass(frozen=True)
class Remote:
    """A file that its publisher offers.

    `name` is what it is called here, `checksum` its MD5 or SHA-256 in hexadecimal ("" where none is published),
    `largest` the most bytes that are taken. `title` names it in messages, and `otherwise` says what to do without it.
    """

    name: str
    url: str
    checksum: str
    largest: int
    title: Sentence
    otherwise: Sentence


def download(remote: Remote, folder: AnyPath, progress: Progress, cancelled: Cancelled) -> Path:
    """`files.download.download`, on a thread."""
    from cnn_explorer.files.download import download

    return download(remote, folder, progress, cancelled)


def download_mnist(folder: AnyPath, progress: Progress, cancelled: Cancelled) -> Path:
    """`files.download.download_mnist`, on a thread."""
    from cnn_explorer.files.download import download_mnist

    return download_mnist(folder, progress, cancelled)
