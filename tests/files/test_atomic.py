"""Saving: whatever happens, the old file or the whole new one is there, and nothing beside it."""

from __future__ import annotations

import os
import resource
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from cnn_explorer.files import atomic
from cnn_explorer.files.atomic import atomic_write
from cnn_explorer.network.sentence import Refused


def refusal(path: Path, data: bytes = b"new") -> str:
    with pytest.raises(Refused) as caught:
        atomic_write(path, data)
    sentence = str(caught.value.sentence)
    assert len(sentence) <= 300
    return sentence


def test_a_file_is_made_and_replaced(tmp_path: Path) -> None:
    path = tmp_path / "file.json"
    atomic_write(path, b"one")
    atomic_write(path, b"")
    assert path.read_bytes() == b""
    atomic_write(os.fsencode(path), b"two")
    assert path.read_bytes() == b"two"
    assert os.listdir(tmp_path) == ["file.json"]


def test_permissions_and_links_are_kept(tmp_path: Path) -> None:
    path, link = tmp_path / "file", tmp_path / "link"
    path.write_bytes(b"old")
    path.chmod(0o640)
    link.symlink_to("file")
    atomic_write(link, b"new")
    assert link.is_symlink()
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_names_of_any_kind_are_saved_to(tmp_path: Path) -> None:
    for name in (b"n" * 255, b"caf\xe9\xff", b"one\ntwo"):
        path = os.path.join(os.fsencode(tmp_path), name)
        atomic_write(path, b"data")
        with open(path, "rb") as file:
            assert file.read() == b"data"


def test_no_kill_leaves_half_a_file(tmp_path: Path) -> None:
    """In a program of its own: to fork a process in which others have loaded much takes long."""
    command = [sys.executable, str(Path(__file__).with_name("killed_writers.py")), str(tmp_path / "document")]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    assert (done.stdout, done.stderr, done.returncode) == ("200 kills, 0 halves\n", "", 0)


def test_a_failure_leaves_the_old_file_and_nothing_beside_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"old")
    monkeypatch.setattr(atomic.os, "write", lambda descriptor, data: 0)
    assert "the disk is full" in refusal(path)
    monkeypatch.undo()

    def no_replace(source: bytes, target: bytes) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(atomic.os, "replace", no_replace)
    with pytest.raises(KeyboardInterrupt):
        atomic_write(path, b"new")
    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["file"]


def test_a_limit_on_the_size_of_files(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"old")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))
    try:
        sentence = refusal(path, b"x" * 5000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert "larger than this system allows" in sentence
    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["file"]


def _mounted(*command: str) -> bool:
    return subprocess.run(["mount", *command], capture_output=True, check=False).returncode == 0


def test_a_full_disk(tmp_path: Path) -> None:
    if os.geteuid() != 0 or not _mounted("-t", "tmpfs", "-o", "size=64k", "tmpfs", str(tmp_path)):
        pytest.skip("a small disk can be mounted by root only")
    try:
        path = tmp_path / "file"
        path.write_bytes(b"old")
        sentence = refusal(path, b"x" * 200_000)
        left = os.listdir(tmp_path)
        content = path.read_bytes()
    finally:
        subprocess.run(["umount", str(tmp_path)], check=True)
    assert sentence == "file was not saved: the disk is full; free some space or choose another folder."
    assert (left, content) == (["file"], b"old")


def test_a_read_only_disk(tmp_path: Path) -> None:
    if os.geteuid() != 0 or not _mounted("-t", "tmpfs", "-o", "size=64k,ro", "tmpfs", str(tmp_path)):
        pytest.skip("a read-only disk can be mounted by root only")
    try:
        assert "read-only" in refusal(tmp_path / "file")
    finally:
        subprocess.run(["umount", str(tmp_path)], check=True)


@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may write to every folder")
def test_a_folder_without_permission(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    sentence = refusal(tmp_path / "file")
    tmp_path.chmod(0o700)
    assert "no permission" in sentence


def test_folders_that_are_gone_or_are_none(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    (tmp_path / "looping").symlink_to("looping")
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    assert "no longer there" in refusal(tmp_path / "gone" / "file")
    assert "not a folder" in refusal(tmp_path / "file" / "inner")
    assert "leads back to itself" in refusal(tmp_path / "looping")
    assert "not a file" in refusal(tmp_path / "folder")
    assert "not a file" in refusal(tmp_path / "pipe")
    assert "name is too long" in refusal(tmp_path / ("n" * 300))
    assert "no file can have this name" in refusal(tmp_path / "a\0b")
