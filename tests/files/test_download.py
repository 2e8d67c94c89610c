"""The download of MNIST against a small server of our own: what arrives whole is kept, all else leaves nothing."""

from __future__ import annotations

import hashlib
import http.server
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from cnn_explorer.files import download
from cnn_explorer.files.download import DownloadCancelled, Remote, download_mnist
from cnn_explorer.network.sentence import Refused, say

CONTENT = bytes(range(256)) * 1200
SHA256 = hashlib.sha256(CONTENT).hexdigest()
FIRST_PART = 50_000


class Server(http.server.ThreadingHTTPServer):
    """Counts the requests; answers to /slow send a part and then wait for `go_on`."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answer)
        self.requests = 0
        self.go_on = threading.Event()

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/{path}"


class Answer(http.server.BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        self.server.requests += 1
        kind = self.path.strip("/")
        if kind == "missing":
            self.send_error(404)
            return
        self.send_response(200)
        if kind != "unsized":
            length = 10**9 if kind == "huge" else len(CONTENT)
            self.send_header("Content-Length", str(length))
        self.end_headers()
        self.wfile.write(CONTENT[:FIRST_PART])
        self.wfile.flush()
        if kind == "slow":
            self.server.go_on.wait(30)
        if kind not in ("truncated", "huge"):
            self.wfile.write(CONTENT[FIRST_PART:])

    def log_message(self, *arguments: object) -> None:
        """The test's output is not the server's log."""


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        running.handle_error = lambda *arguments: None  # type: ignore[method-assign]
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield running
        running.go_on.set()
        running.shutdown()
        thread.join()


def refusal(folder: Path, url: str, sha256: str = SHA256) -> str:
    with pytest.raises(Refused) as caught:
        download_mnist(folder, lambda done, total: None, lambda: False, url, sha256)
    assert not isinstance(caught.value, DownloadCancelled)
    sentence = str(caught.value.sentence)
    assert sentence.startswith("MNIST could not be downloaded: ")
    assert len(sentence) <= 300
    assert not folder.exists() or list(folder.iterdir()) == []
    return sentence


def test_a_download_tells_its_progress_and_is_kept(server: Server, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    folder = tmp_path / "cache" / "inner"

    def fetch() -> Path:
        return download_mnist(folder, lambda *part: told.append(part), lambda: False, server.url("whole"), SHA256)

    path = fetch()
    assert path == folder / "mnist.npz"
    assert path.read_bytes() == CONTENT
    assert told[0] == (0, len(CONTENT))
    assert told[-1] == (len(CONTENT), len(CONTENT))
    assert told == sorted(told)
    assert fetch() == path
    assert server.requests == 1
    path.write_bytes(b"spoilt")
    assert fetch().read_bytes() == CONTENT
    assert server.requests == 2
    assert [entry.name for entry in folder.iterdir()] == ["mnist.npz"]


def test_a_server_may_keep_the_size_to_itself(server: Server, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    download_mnist(tmp_path, lambda *part: told.append(part), lambda: False, server.url("unsized"), SHA256)
    assert told[-1] == (len(CONTENT), 0)


def test_a_wrong_checksum_leaves_what_was_there(server: Server, tmp_path: Path) -> None:
    folder = tmp_path / "new"
    assert "checksum differs" in refusal(folder, server.url("whole"), "0" * 64)
    assert not folder.exists()


def test_cancelling_takes_effect_within_one_part(server: Server, tmp_path: Path) -> None:
    cancelled = threading.Event()

    def progress(done: int, total: int) -> None:
        if done:
            cancelled.set()  # the server now waits: only what has arrived counts

    with pytest.raises(DownloadCancelled, match="cancelled"):
        download_mnist(tmp_path, progress, cancelled.is_set, server.url("slow"), SHA256)
    assert not server.go_on.is_set()
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(DownloadCancelled):
        download_mnist(tmp_path, progress, lambda: True, server.url("whole"), SHA256)
    assert server.requests == 1


def test_failures_of_the_server(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "the server answered 404" in refusal(tmp_path, server.url("missing"))
    assert "the connection ended too early" in refusal(tmp_path, server.url("truncated"))
    assert "too large to be MNIST" in refusal(tmp_path, server.url("huge"))
    monkeypatch.setattr(download, "TIMEOUT_SECONDS", 0.2)
    assert "did not answer in time" in refusal(tmp_path, server.url("slow"))


def test_without_a_server(tmp_path: Path) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    assert "refused the connection" in refusal(tmp_path, f"http://127.0.0.1:{port}/mnist.npz")


def test_without_a_network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def nowhere(*arguments: object, **options: object) -> None:
        raise socket.gaierror(-3, "Temporary failure in name resolution")

    monkeypatch.setattr(socket, "getaddrinfo", nowhere)
    assert refusal(tmp_path, "http://example.invalid/mnist.npz") == (
        "MNIST could not be downloaded: the computer seems to be offline. "
        "Point to a local mnist.npz instead, or try again later."
    )


def test_a_folder_that_cannot_be_made(server: Server, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(Refused, match="folder for it can't be made"):
        download_mnist(tmp_path / "file" / "inner", lambda *part: None, lambda: False, server.url("whole"), SHA256)


MD5 = hashlib.md5(CONTENT, usedforsecurity=False).hexdigest()


def remote(server: Server, path: str = "whole", checksum: str = MD5, largest: int = 10**6) -> Remote:
    return Remote("w.h5", server.url(path), checksum, largest, say("The weights"), say("Try again later."))


@pytest.mark.parametrize("checksum", [MD5, SHA256, ""])
def test_any_file_with_the_checksum_that_is_published(server: Server, tmp_path: Path, checksum: str) -> None:
    for _ in range(2):
        path = download.download(remote(server, checksum=checksum), tmp_path, lambda *part: None, lambda: False)
        assert path.read_bytes() == CONTENT
    assert server.requests == 1
    assert [each.name for each in tmp_path.iterdir()] == ["w.h5"]


@pytest.mark.parametrize(
    ("path", "checksum", "largest", "words"),
    [
        ("whole", "0" * 32, 10**6, "its checksum differs"),
        ("whole", MD5, 1000, "too large to be The weights"),
        ("truncated", "", 10**6, "the connection ended too early"),
    ],
)
def test_what_is_not_the_file_leaves_nothing(
    server: Server, tmp_path: Path, path: str, checksum: str, largest: int, words: str
) -> None:
    with pytest.raises(Refused) as caught:
        asked = remote(server, path, checksum, largest)
        download.download(asked, tmp_path / "new", lambda *part: None, lambda: False)
    assert str(caught.value.sentence).startswith("The weights could not be downloaded: ")
    assert str(caught.value.sentence).endswith("Try again later.")
    assert words in str(caught.value.sentence)
    assert list(tmp_path.iterdir()) == []
