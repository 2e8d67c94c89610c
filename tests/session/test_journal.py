"""The journal: what is on the disk when the program dies, who may offer it, and that a clean end leaves nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import weakref
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from cnn_explorer.network.arrays import frozen
from cnn_explorer.network.kept_arrays import Keep
from cnn_explorer.network.sentence import Refused, say
from cnn_explorer.session import journal as module
from cnn_explorer.session import journal_arrays
from cnn_explorer.session.journal import ENTRY, LOCK, Journal, left_behind
from cnn_explorer.session.journal_arrays import FOLDER

TYPIST = """
import sys
from pathlib import Path
from cnn_explorer.session.journal import Journal
journal = Journal(Path(sys.argv[1]))
for line in sys.stdin:
    journal.write("/lessons/edges.cnn", lambda keep: [line.strip().encode()])
    assert journal.flush()
    print("kept", flush=True)
"""


def start_typist(folder: Path) -> subprocess.Popen[str]:
    """Another program, which keeps each line that it is sent and then answers."""
    command = [sys.executable, "-c", TYPIST, str(folder)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def edit(typist: subprocess.Popen[str], *lines: str) -> None:
    assert typist.stdin and typist.stdout
    for line in lines:
        print(line, file=typist.stdin, flush=True)
        assert typist.stdout.readline() == "kept\n"


def kill(typist: subprocess.Popen[str]) -> None:
    with typist:
        typist.kill()
    assert typist.returncode == -signal.SIGKILL


def names(folder: Path) -> list[str]:
    return sorted(path.suffix for path in folder.iterdir())


@pytest.mark.skipif(os.name != "posix", reason="kill -9 is a signal of POSIX")
def test_a_killed_program_has_lost_nothing_that_was_kept(tmp_path: Path) -> None:
    typist = start_typist(tmp_path)
    edit(typist, "first", "second", "third")
    kill(typist)
    (found,) = left_behind(tmp_path)
    assert found.document() == b"third"
    assert found.header.path == "/lessons/edges.cnn"
    found.forget()
    assert names(tmp_path) == []


@pytest.mark.skipif(os.name != "posix", reason="kill -9 is a signal of POSIX")
def test_a_living_program_is_let_alone_and_a_dead_one_is_offered_once(tmp_path: Path) -> None:
    alive, dead = start_typist(tmp_path), start_typist(tmp_path)
    edit(alive, "mine")
    edit(dead, "lost")
    kill(dead)
    (found,) = left_behind(tmp_path)
    assert found.document() == b"lost"
    assert left_behind(tmp_path) == []  # another program that starts now would offer it a second time
    found.release()
    (again,) = left_behind(tmp_path)
    again.forget()
    kill(alive)
    (last,) = left_behind(tmp_path)
    assert last.document() == b"mine"
    last.forget()


def test_the_process_id_of_a_dead_program_may_be_taken_again(qapp: Any, tmp_path: Path) -> None:
    for suffix, text in ((LOCK, ""), (ENTRY, '{"path": "", "time": 5.0}\nold')):
        (tmp_path / f"{os.getpid()}-0{suffix}").write_text(text)
    journal = Journal(tmp_path)
    journal.write("", lambda keep: [b"new"])
    assert journal.flush()
    (found,) = left_behind(tmp_path)
    assert found.document() == b"old"
    found.forget()
    assert journal.path.read_bytes().endswith(b"\nnew")
    journal.close()


def test_a_clean_end_leaves_nothing(qapp: Any, tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal")
    journal.write("", lambda keep: [b"text"])
    assert journal.flush()
    assert names(tmp_path / "journal") == [ENTRY, LOCK]
    journal.close()
    assert names(tmp_path / "journal") == []


def test_saving_takes_the_entry_away(qapp: Any, tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    journal.write("", lambda keep: [b"text"])
    journal.clear()
    assert not journal.path.exists()
    journal.close()


def test_clearing_does_not_wait_for_what_is_just_being_written(qapp: Any, tmp_path: Path) -> None:
    journal, begun, may_go_on = Journal(tmp_path), threading.Event(), threading.Event()

    def entry(keep: Keep) -> Iterator[bytes]:
        yield b"half"
        begun.set()
        assert may_go_on.wait(10)
        yield b"whole"

    journal.write("", entry)
    assert begun.wait(10)
    journal.clear()  # returns, though nothing lets the entry go on yet
    may_go_on.set()
    assert journal.flush()
    assert names(tmp_path) == [LOCK]
    journal.write("", lambda keep: [b"next"])
    assert journal.flush()
    assert journal.path.read_bytes().endswith(b"\nnext")
    journal.close()


def test_large_entries_come_seldom_and_the_newest_always(
    qapp: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "LARGE", 10)
    monkeypatch.setattr(module, "REST", 60.0)
    journal, begun, made = Journal(tmp_path), threading.Event(), []

    def entry(name: str, keep: Keep) -> list[bytes]:
        made.append(name)
        begun.set()
        return [name.encode(), bytes(20)]

    journal.write("", partial(entry, "first"))
    assert begun.wait(10)
    for name in ("second", "third"):
        journal.write("", partial(entry, name))
    assert made == ["first"]
    assert journal.flush()
    assert made == ["first", "third"]
    assert journal.path.read_bytes().endswith(b"\nthird" + bytes(20))
    journal.write("", partial(entry, "fourth"))
    journal.close()  # does not wait for the rest
    assert names(tmp_path) == []


def test_of_many_edits_only_the_newest_is_written(qapp: Any, tmp_path: Path) -> None:
    journal, may_go_on, made = Journal(tmp_path), threading.Event(), []

    def entry(number: int) -> list[bytes]:
        made.append(number)
        may_go_on.wait(10)
        return [str(number).encode()]

    for number in range(100):
        journal.write("", lambda keep, number=number: entry(number))  # type: ignore[misc]
    may_go_on.set()
    assert journal.flush()
    assert made[-1] == 99
    assert len(made) <= 2
    assert journal.path.read_bytes().endswith(b"\n99")
    journal.close()


def test_damaged_entries_are_neither_offered_nor_kept(tmp_path: Path) -> None:
    for number, text in enumerate(("", "no header\n", '{"path": 1', '{"other": 2}\n', "[]\n")):
        (tmp_path / f"1-{number}{LOCK}").write_text("")
        (tmp_path / f"1-{number}{ENTRY}").write_text(text)
    assert left_behind(tmp_path) == []
    assert names(tmp_path) == []


def test_the_newest_is_offered_first(tmp_path: Path) -> None:
    for number in (1, 3, 2):
        (tmp_path / f"{number}-0{LOCK}").write_text("")
        (tmp_path / f"{number}-0{ENTRY}").write_text(f'{{"path": "", "time": {number}}}\n{number}')
    found = left_behind(tmp_path)
    assert [entry.document() for entry in found] == [b"3", b"2", b"1"]
    for entry in found:
        entry.release()


def test_a_disk_that_refuses_is_told_once(qtbot: Any, tmp_path: Path) -> None:
    (tmp_path / "journal").write_text("a file where the folder should be")
    journal, told = Journal(tmp_path / "journal"), []
    journal.failed.connect(told.append)
    with qtbot.waitSignal(journal.failed):
        journal.write("", lambda keep: [b"text"])
    journal.write("", lambda keep: [b"more"])
    assert journal.flush()
    qtbot.wait(0)
    assert len(told) == 1
    assert "save often" in str(told[0])
    journal.close()


def test_an_entry_that_cannot_be_made_does_not_stop_the_next(
    qapp: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    uncaught: list[object] = []
    monkeypatch.setattr(threading, "excepthook", lambda args: uncaught.append(args.exc_value))
    journal = Journal(tmp_path)
    journal.write("", lambda keep: [bytes(1 // 0)])
    assert journal.flush()
    journal.write("", lambda keep: [b"next"])
    assert journal.flush()
    assert journal.path.read_bytes().endswith(b"\nnext")
    assert isinstance(uncaught[0], ZeroDivisionError)
    journal.close()


# large arrays


def numbers(journal: Journal, *arrays: Any) -> list[int]:
    """What an entry of these arrays has in their place, when it is written."""
    found: list[int] = []

    def entry(keep: Keep) -> list[bytes]:
        found.extend(map(keep, arrays))
        return [b"text"]

    journal.write("", entry)
    assert journal.flush()
    return found


def files(journal: Journal) -> dict[str, int]:
    return {path.name: path.stat().st_ino for path in journal.path.with_suffix(FOLDER).iterdir()}


def test_an_array_is_written_once_and_goes_when_no_entry_has_it(qapp: Any, tmp_path: Path) -> None:
    journal, first, second, third = Journal(tmp_path), *(frozen([number] * 2000) for number in range(3))
    assert numbers(journal, first, second) == [0, 1]
    before = files(journal)
    assert numbers(journal, second, third) == [1, 2]
    assert sorted(files(journal)) == ["1", "2"]
    assert files(journal)["1"] == before["1"]
    journal.clear()  # saved: the next edit needs them again
    assert numbers(journal, third) == [2]
    assert sorted(files(journal)) == ["2"]
    journal.close()
    assert names(tmp_path) == []


def test_a_journal_keeps_no_array_alive(qapp: Any, tmp_path: Path) -> None:
    journal, array = Journal(tmp_path), frozen([1.0] * 2000)
    numbers(journal, array)
    journal.write("", lambda keep: [b"none"])
    assert journal.flush()
    living = weakref.ref(array)
    del array
    assert living() is None
    journal.close()


def test_an_array_whose_file_has_gone_is_written_again(qapp: Any, tmp_path: Path) -> None:
    journal, array = Journal(tmp_path), frozen([1.0] * 2000)
    numbers(journal, array)
    (journal.path.with_suffix(FOLDER) / "0").unlink()
    assert numbers(journal, array) == [1]
    journal.close()


def test_what_is_left_behind_has_its_arrays_in_the_shape_that_they_have(qapp: Any, tmp_path: Path) -> None:
    journal, array = Journal(tmp_path), frozen([[1.0, 2.0], [3.0, 4.0]])
    numbers(journal, array)
    assert journal._held is not None
    os.close(journal._held)  # as if the program had died
    (left,) = left_behind(tmp_path)
    found = left.find(0, (2, 2))
    assert found is not None
    assert found.tolist() == [[1, 2], [3, 4]]
    assert not found.flags.writeable
    for number, shape in ((0, (2, 3)), (0, (10**6, 10**6)), (1, (2, 2)), (-1, (2, 2))):
        assert left.find(number, shape) is None
    left.forget()
    assert names(tmp_path) == []
    journal._held = None
    journal.close()


def test_large_arrays_of_what_was_left_behind_go_without_keeping_the_window(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for suffix, text in ((LOCK, ""), (ENTRY, '{"path": "", "time": 5.0}\nold')):
        (tmp_path / f"1-0{suffix}").write_text(text)
    (tmp_path / f"1-0{FOLDER}").mkdir()
    (tmp_path / f"1-0{FOLDER}" / "0").write_bytes(bytes(20))
    monkeypatch.setattr(module, "LARGE", 10)
    may_go_on, remove = threading.Event(), module._remove_entry
    monkeypatch.setattr(module, "_remove_entry", lambda path: may_go_on.wait(10) and remove(path))
    (left,) = left_behind(tmp_path)
    left.forget()  # returns, though nothing lets the removal go on yet
    assert names(tmp_path) == [FOLDER, LOCK]  # the entry itself has gone: nobody offers it again
    may_go_on.set()
    for thread in threading.enumerate():
        if thread.name == "journal":
            thread.join(10)
    assert names(tmp_path) == []


def test_what_is_cleared_while_an_array_is_written_leaves_nothing_of_it(
    qapp: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal_arrays, "_PART", 4)
    journal, begun, may_go_on = Journal(tmp_path), threading.Event(), threading.Event()
    wanted = journal._arrays.keep

    def keep(array: Any, ask: Any) -> int:
        def slowly() -> bool:
            begun.set()
            return may_go_on.wait(10) and bool(ask())

        return wanted(array, slowly)

    monkeypatch.setattr(journal._arrays, "keep", keep)
    journal.write("", lambda keep: [str(keep(frozen([1.0, 2.0]))).encode()])
    assert begun.wait(10)
    journal.clear()
    may_go_on.set()
    assert journal.flush()
    assert files(journal) == {}
    assert not journal.path.exists()
    journal.close()


def test_a_document_that_could_not_be_opened_again_is_told_with_its_reason(qtbot: Any, tmp_path: Path) -> None:
    journal, told = Journal(tmp_path), []
    journal.failed.connect(told.append)

    def entry(keep: Keep) -> list[bytes]:
        raise Refused(say("The document can't be saved: it is too large."))

    with qtbot.waitSignal(journal.failed):
        journal.write("", entry)
    sentence = "Your edits are not kept for a restart. The document can't be saved: it is too large."
    assert list(map(str, told)) == [sentence]
    journal.close()


def test_an_entry_that_is_in_its_place_is_told_by_its_number(qtbot: Any, tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    with qtbot.waitSignal(journal.kept) as kept:
        number = journal.write("", lambda keep: [b"text"])
    assert kept.args == [number]
    assert journal.write("", lambda keep: [b"more"]) == number + 1
    journal.close()
