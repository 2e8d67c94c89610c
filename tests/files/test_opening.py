"""The door: whatever a path leads to, the answer is the bytes of a regular file or one sentence, at once."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from cnn_explorer.files.check import check
from cnn_explorer.files.opening import display_name, elided, read_regular_file
from cnn_explorer.network.sentence import Refused

LIMIT = 1000
NAMES = {
    "long": b"n" * 200 + b".csv",
    "not UTF-8": b"caf\xe9\xff.csv",
    "newline": b"one\ntwo.csv",
    "emoji": "\U0001f469\u200d\U0001f52c.csv".encode(),
    "markup": b"<b>bold<b>&amp;.csv",
    "braces": b"{file} {0}.csv",
    "turned around": "\u202evsc.csv".encode(),
}


def refusal(path: str | bytes | Path) -> str:
    with pytest.raises(Refused) as caught:
        read_regular_file(path, LIMIT)
    return str(caught.value.sentence)


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES.keys())
def test_a_file_of_any_name_is_opened_and_named_in_one_line(name: bytes, tmp_path: Path) -> None:
    path = os.path.join(os.fsencode(tmp_path), name)
    with open(path, "wb") as file:
        file.write(b"1,2\n3,x\n")
    assert read_regular_file(path, LIMIT) == b"1,2\n3,x\n"
    assert read_regular_file(os.fsdecode(path), LIMIT) == b"1,2\n3,x\n"
    shown = display_name(path)
    assert len(shown) <= 60
    assert shown.isprintable() or "\u200d" in shown
    shown.encode("utf-8")
    message = check(path)["message"]
    assert message.startswith(shown)
    assert "row 2, column 2" in message


def test_a_long_name_keeps_its_beginning_and_its_end() -> None:
    assert elided("abcdefghij", 10) == "abcdefghij"
    assert elided("abcdefghijk", 5) == "ab…jk"
    shown = display_name("/somewhere/begin" + "n" * 200 + ".npy")
    assert len(shown) == 60
    assert shown.startswith("begin")
    assert shown.endswith(".npy")


def test_what_is_invisible_in_a_name_is_escaped() -> None:
    assert display_name("a\nb\x1b[31m.png") == "a\\nb\\x1b[31m.png"
    assert display_name("\u202egnp.exe") == "\\u202egnp.exe"
    assert display_name(b"caf\xe9.png") == "caf\ufffd.png"
    assert display_name("/folder/inner/") == "inner"
    assert display_name("/") == "/"


def test_what_is_not_a_regular_file_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.png")
    (tmp_path / "folder.png").mkdir()
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "socket.png"))
        assert "a socket" in refusal(tmp_path / "socket.png")
    assert "a named pipe" in refusal(tmp_path / "pipe.png")
    assert "it is a folder" in refusal(tmp_path / "folder.png")
    assert "a device" in refusal("/dev/zero")
    assert "it is a folder" in check(tmp_path / "folder.png")["message"]
    assert "a named pipe" in check(tmp_path / "pipe.png")["message"]


def test_links_are_followed_and_broken_ones_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"content")
    (tmp_path / "link").symlink_to("file")
    (tmp_path / "dangling").symlink_to("nowhere")
    (tmp_path / "looping").symlink_to("looping")
    (tmp_path / "to_zero").symlink_to("/dev/zero")
    assert read_regular_file(tmp_path / "link", LIMIT) == b"content"
    assert "a link to a file that isn't there" in refusal(tmp_path / "dangling")
    assert "leads back to itself" in refusal(tmp_path / "looping")
    assert "a device" in refusal(tmp_path / "to_zero")


def test_what_is_not_there_is_said_to_be_not_there(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"x")
    assert refusal(tmp_path / "vanished.png") == "vanished.png can't be opened: it isn't there."
    assert "not a folder" in refusal(tmp_path / "file" / "inner.png")
    assert "name is too long" in refusal(tmp_path / ("n" * 300))
    assert "no file can have this name" in refusal("a\0b")


def test_sizes_are_judged_before_reading(tmp_path: Path) -> None:
    path = tmp_path / "sparse"
    path.write_bytes(b"")
    assert "empty (0 bytes)" in refusal(path)
    path.write_bytes(b"x" * LIMIT)
    assert len(read_regular_file(path, LIMIT)) == LIMIT
    os.truncate(path, 1 << 40)
    assert "too large" in refusal(path)


@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may read every file")
def test_an_unreadable_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "secret.png"
    path.write_bytes(b"x")
    path.chmod(0)
    assert "no permission" in refusal(path)
