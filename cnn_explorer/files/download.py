"""Files from the network, on the user's request: with progress, cancelled within one part, checked, then kept."""

from __future__ import annotations

import contextlib
import hashlib
import http.client
import os
import socket
import ssl
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from urllib.response import addinfourl

from cnn_explorer.files.atomic import atomic_file
from cnn_explorer.files.opening import AnyPath, elided, open_regular_file, quoted
from cnn_explorer.files.remote import Cancelled, Progress, Remote
from cnn_explorer.network.sentence import Refused, Sentence, say

MNIST_URL = "https://storage.googleapis.com/tensorflow/tf-keras-datasets/mnist.npz"
MNIST_SHA256 = "731c5ac602752760c8e48fbffcf8c3b850d9dc2a2aedcf2cc48468fc17b673d1"
FILE_NAME = "mnist.npz"
# For the connection, and for each wait for more data.
TIMEOUT_SECONDS = 10.0
_LARGEST_MNIST = 64_000_000
_CHUNK = 1 << 16

_SHA256_LENGTH = 64
"""Of a SHA-256 in hexadecimal; an MD5 has half of that."""

_OFFLINE = say("the computer seems to be offline")
_SILENT = say("the server did not answer in time")
_CUT_OFF = say("the connection ended too early")
# The first that fits: a more special error stands before the one it is a kind of.
_REASONS: tuple[tuple[type[BaseException], Sentence], ...] = (
    (socket.gaierror, _OFFLINE),
    (TimeoutError, _SILENT),
    (ConnectionRefusedError, say("the server refused the connection")),
    (ssl.SSLError, say("the connection is not secure")),
    (ConnectionError, _CUT_OFF),
    (http.client.HTTPException, _CUT_OFF),
    (OSError, _OFFLINE),
)


class DownloadCancelled(Refused):
    """The user cancelled: nothing is to be shown as an error."""


def mnist(url: str = MNIST_URL, sha256: str = MNIST_SHA256) -> Remote:
    """MNIST as Keras has it."""
    otherwise = say("Point to a local mnist.npz instead, or try again later.")
    return Remote(FILE_NAME, url, sha256, _LARGEST_MNIST, say("MNIST"), otherwise)


def download_mnist(
    folder: AnyPath,
    progress: Progress,
    cancelled: Cancelled,
    url: str = MNIST_URL,
    sha256: str = MNIST_SHA256,
) -> Path:
    """The path of mnist.npz in `folder`, as `download` does it."""
    return download(mnist(url, sha256), folder, progress, cancelled)


def download(remote: Remote, folder: AnyPath, progress: Progress, cancelled: Cancelled) -> Path:
    """The path of a file in `folder`, downloaded unless it is there already with the right checksum.

    `progress(done, total)` is told bytes, `total` 0 if unknown; `cancelled()` is asked before each part of at most
    64 kB. Blocks: call it on a worker thread. The file appears under its name when it is whole and right, never before.
    Raises: DownloadCancelled; Refused with one sentence if the network, the server, the checksum or the disk fails.
    """
    target = Path(os.fsdecode(folder)) / remote.name
    if is_right(target, remote):
        return target
    made = _make_folder(target.parent, remote)
    try:
        _insist_on_going(remote, cancelled)
        with atomic_file(target) as write:
            _fetch(remote, write, progress, cancelled)
    except BaseException:
        for each in made:  # no folder stays where nothing came of it
            with contextlib.suppress(OSError):
                each.rmdir()
        raise
    return target


def _make_folder(folder: Path, remote: Remote) -> list[Path]:
    """The folders that had to be made, the innermost first."""
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = quoted(error.strerror or "", 60)
        raise _failed(remote, say("the folder for it can't be made ({reason})", reason=reason)) from error
    return missing


def is_right(target: Path, remote: Remote) -> bool:
    """Whether a file is there already, whole, with the published checksum where there is one."""
    check = _new_checksum(remote)
    try:
        with open_regular_file(target, remote.largest) as file:
            while part := file.read(1 << 20):
                check.update(part)
    except (Refused, OSError):  # not there yet, or not what it should be: it is downloaded anew
        return False
    return _agrees(check, remote)


def _new_checksum(remote: Remote) -> hashlib._Hash:
    return hashlib.sha256() if len(remote.checksum) == _SHA256_LENGTH else hashlib.md5(usedforsecurity=False)


def _agrees(check: hashlib._Hash, remote: Remote) -> bool:
    return not remote.checksum or check.hexdigest() == remote.checksum


def _fetch(remote: Remote, write: Callable[[bytes], None], progress: Progress, cancelled: Cancelled) -> None:
    check = _new_checksum(remote)

    def take(part: bytes) -> None:
        check.update(part)
        write(part)

    try:
        with urllib.request.urlopen(remote.url, timeout=TIMEOUT_SECONDS, context=_trust()) as response:
            _receive(remote, response, take, progress, cancelled)
    except urllib.error.HTTPError as error:
        error.close()  # it is the server's answer too, and holds the connection
        raise _failed(remote, say("the server answered {code}", code=error.code)) from error
    except urllib.error.URLError as error:
        raise _failed(remote, _reason_of(error.reason)) from error
    except (OSError, http.client.HTTPException) as error:
        raise _failed(remote, _reason_of(error)) from error
    if not _agrees(check, remote):
        raise _failed(remote, say("what arrived is not the published file (its checksum differs)"))


def _trust() -> ssl.SSLContext:
    """The system's certificates, which may be a school's own, and certifi's where Python finds none of the system's."""
    context = ssl.create_default_context()
    try:
        import certifi
    except ImportError:
        return context
    context.load_verify_locations(certifi.where())
    return context


def _receive(
    remote: Remote, response: addinfourl, take: Callable[[bytes], None], progress: Progress, cancelled: Cancelled
) -> None:
    declared = response.headers.get("Content-Length", "")
    total = int(declared) if declared.isascii() and declared.isdigit() and len(declared) < 16 else 0
    done = 0
    progress(0, total)
    while True:
        _insist_on_going(remote, cancelled)
        # read1 gives what has arrived; read would wait for all of the part, and hold up progress and cancelling.
        part = response.read1(_CHUNK)
        if not part:
            break
        done += len(part)
        if max(done, total) > remote.largest:
            raise _failed(remote, say("the server's file is too large to be {title}", title=remote.title))
        take(part)
        progress(done, total)
    if total and done != total:
        raise _failed(remote, _CUT_OFF)


def _insist_on_going(remote: Remote, cancelled: Cancelled) -> None:
    if cancelled():
        raise DownloadCancelled(say("The download of {title} was cancelled.", title=remote.title))


def _reason_of(error: BaseException | str) -> Sentence:
    for kind, reason in _REASONS:
        if isinstance(error, kind):
            return reason
    return say("{reason}", reason=elided(str(error), 80))


def _failed(remote: Remote, reason: Sentence) -> Refused:
    return Refused(
        say("{title} could not be downloaded: {reason}. {otherwise}", title=remote.title, reason=reason,
            otherwise=remote.otherwise)
    )  # fmt: skip
