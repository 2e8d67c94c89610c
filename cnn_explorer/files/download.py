"""MNIST from the network, on the user's request: with progress, cancelled within one part, checked, then kept."""

from __future__ import annotations

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

from cnn_explorer.files.atomic import atomic_write
from cnn_explorer.files.opening import AnyPath, elided, quoted, read_regular_file
from cnn_explorer.network.sentence import Refused, Sentence, say

MNIST_URL = "https://storage.googleapis.com/tensorflow/tf-keras-datasets/mnist.npz"
MNIST_SHA256 = "731c5ac602752760c8e48fbffcf8c3b850d9dc2a2aedcf2cc48468fc17b673d1"
FILE_NAME = "mnist.npz"
# For the connection, and for each wait for more data.
TIMEOUT_SECONDS = 10.0
LARGEST_DOWNLOAD = 64_000_000
_CHUNK = 1 << 16

Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]

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


def download_mnist(
    folder: AnyPath,
    progress: Progress,
    cancelled: Cancelled,
    url: str = MNIST_URL,
    sha256: str = MNIST_SHA256,
) -> Path:
    """The path of mnist.npz in `folder`, downloaded unless it is there already with the right checksum.

    `progress(done, total)` is told bytes, `total` 0 if unknown; `cancelled()` is asked before each part of at most
    64 kB. Blocks: call it on a worker thread. The file appears under its name when it is whole and right, never before.
    Raises: DownloadCancelled; Refused with one sentence if the network, the server, the checksum or the disk fails.
    """
    target = Path(os.fsdecode(folder)) / FILE_NAME
    if _is_right(target, sha256):
        return target
    data = _fetched(url, progress, cancelled)
    if hashlib.sha256(data).hexdigest() != sha256:
        raise _failed(say("what arrived is not the published file (its checksum differs)"))
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = quoted(error.strerror or "", 60)
        raise _failed(say("the folder for it can't be made ({reason})", reason=reason)) from error
    atomic_write(target, data)
    return target


def _is_right(target: Path, sha256: str) -> bool:
    try:
        data = read_regular_file(target, LARGEST_DOWNLOAD)
    except Refused:  # not there yet, or not what it should be: it is downloaded anew
        return False
    return hashlib.sha256(data).hexdigest() == sha256


def _fetched(url: str, progress: Progress, cancelled: Cancelled) -> bytes:
    _insist_on_going(cancelled)
    try:
        with urllib.request.urlopen(url, timeout=TIMEOUT_SECONDS, context=_trust()) as response:
            return _received(response, progress, cancelled)
    except urllib.error.HTTPError as error:
        error.close()  # it is the server's answer too, and holds the connection
        raise _failed(say("the server answered {code}", code=error.code)) from error
    except urllib.error.URLError as error:
        raise _failed(_reason_of(error.reason)) from error
    except (OSError, http.client.HTTPException) as error:
        raise _failed(_reason_of(error)) from error


def _trust() -> ssl.SSLContext:
    """The system's certificates, which may be a school's own, and certifi's where Python finds none of the system's."""
    context = ssl.create_default_context()
    try:
        import certifi
    except ImportError:
        return context
    context.load_verify_locations(certifi.where())
    return context


def _received(response: addinfourl, progress: Progress, cancelled: Cancelled) -> bytes:
    declared = response.headers.get("Content-Length", "")
    total = int(declared) if declared.isascii() and declared.isdigit() and len(declared) < 16 else 0
    parts = bytearray()
    progress(0, total)
    while True:
        _insist_on_going(cancelled)
        # read1 gives what has arrived; read would wait for all of the part, and hold up progress and cancelling.
        part = response.read1(_CHUNK)
        if not part:
            break
        parts += part
        if max(len(parts), total) > LARGEST_DOWNLOAD:
            raise _failed(say("the server's file is too large to be MNIST"))
        progress(len(parts), total)
    if total and len(parts) != total:
        raise _failed(_CUT_OFF)
    return bytes(parts)


def _insist_on_going(cancelled: Cancelled) -> None:
    if cancelled():
        raise DownloadCancelled(say("The download of MNIST was cancelled."))


def _reason_of(error: BaseException | str) -> Sentence:
    for kind, reason in _REASONS:
        if isinstance(error, kind):
            return reason
    return say("{reason}", reason=elided(str(error), 80))


def _failed(reason: Sentence) -> Refused:
    return Refused(
        say(
            "MNIST could not be downloaded: {reason}. Point to a local mnist.npz instead, or try again later.",
            reason=reason,
        )
    )
