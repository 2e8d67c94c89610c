"""The program as a process: what the first paint waits for, a clean end, files of the command line, a crash."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from cnn_explorer.network.files import read_document, write_document
from cnn_explorer.network.presets import default_document

PATIENCE = 50
# What each program of these tests is: `act` is called with the Program as soon as the window stands.
PROGRAM = """
import sys, threading
from PySide6.QtCore import QTimer
from cnn_explorer import app

loaded = []
start = app.Program.start
def start_and_act(program):
    loaded.extend(sys.modules)
    start(program)
    QTimer.singleShot(0, lambda: act(program))
app.Program.start = start_and_act

{act}

code = app.run(sys.argv[1:])
import multiprocessing
assert multiprocessing.active_children() == []
assert threading.enumerate() == [threading.main_thread()]
sys.exit(code)
"""


def run(act: str, *files: Path) -> str:
    """What the program prints until it ends; its exit code must be 0, and it must not complain."""
    command = [sys.executable, "-c", PROGRAM.format(act=act), *map(str, files)]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert "Traceback" not in ended.stderr
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


def test_the_first_paint_waits_for_nothing_that_comes_later() -> None:
    said = run("def act(program): print(*loaded); program.window.close()")
    loaded = said.split()
    assert "cnn_explorer.views.main_window" in loaded
    for late in (
        "tensorflow", "keras", "pyqtgraph", "PIL", "multiprocessing", "cnn_explorer.engine.process",
        "cnn_explorer.files.sniff", "cnn_explorer.views.error_dialog", "cnn_explorer.views.image_panel",
        "cnn_explorer.views.mnist_panel", "cnn_explorer.views.shortcut_sheet", "cnn_explorer.files.download",
        "http.client",
    ):  # fmt: skip
        assert late not in loaded


def test_garbage_is_collected_from_the_first_paint_on() -> None:
    act = "import gc; gc.disable()\ndef act(program): print(gc.isenabled()); program.window.close()"
    assert run(act).strip() == "True"


def test_a_clean_end_leaves_no_journal(own_settings: Path) -> None:
    run("""
def act(program):
    program.window.kernel_panel.buttons["flip"].click()
    assert program.journal.flush() and program.journal.path.exists()
    program.session.undo()
    program.window.close()
""")
    (journal,) = own_settings.rglob("journal")
    assert list(journal.iterdir()) == []


def test_files_of_the_command_line_are_opened(tmp_path: Path) -> None:
    path = tmp_path / "edges.cnn"
    path.write_bytes(write_document(default_document()))
    said = run(
        """
def act(program):
    def tell():
        print(program.session.path)
        program.window.close()
    program.session.history_changed.connect(tell)
""",
        path,
    )
    assert said.strip() == str(path)


def test_a_file_that_cannot_be_opened_leaves_the_window_standing(tmp_path: Path) -> None:
    said = run(
        """
def act(program):
    def look():
        said = program.window.banner.label.text() if program.window.banner.message is not None else ""
        if said and not said.startswith("Opening"):
            print(said)
            timer.stop()
            program.window.close()
    timer = QTimer(program)
    timer.timeout.connect(look)
    timer.start(10)
""",
        tmp_path / "missing.cnn",
    )
    assert "missing.cnn can't be opened: it isn't there." in said


def test_an_error_at_the_start_is_shown_in_a_dialog() -> None:
    code = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from cnn_explorer import app

def fail():
    QTimer.singleShot(0, look)
    raise FileNotFoundError("kernels.json")

def look():
    (dialog,) = (widget for widget in QApplication.topLevelWidgets() if widget.isVisible())
    print(dialog.details.toPlainText())
    dialog.go_on.click()

app.default_document = fail
sys.exit(app.run())
"""
    command = [sys.executable, "-c", code]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert ended.returncode == 1
    assert "FileNotFoundError: kernels.json" in ended.stdout
    assert "Traceback" in ended.stderr


@pytest.mark.skipif(os.name != "posix", reason="kill -9 is a signal of POSIX")
def test_killed_while_editing_it_offers_the_last_edit_at_the_next_start(own_settings: Path) -> None:
    act = """
def act(program):
    for name in ("flip", "negate", "transpose"):
        program.window.kernel_panel.buttons[name].click()
    program.journal.flush()
    print(program.journal.path, flush=True)
"""
    command = [sys.executable, "-c", PROGRAM.format(act=act)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        journal = Path(program.stdout.readline().strip())
        program.send_signal(signal.SIGKILL)
    lost = read_document(journal.read_bytes().partition(b"\n")[2])[0]
    assert lost.network != default_document().network
    saved = own_settings / "restored.cnn"
    run(f"""
def act(program):
    from PySide6.QtCore import QEventLoop
    restored = QEventLoop()
    program.session.history_changed.connect(restored.quit)
    program.window.banner.answers[0].click()
    restored.exec()
    assert program.session.unsaved
    program.window.files.save_to({str(saved)!r})
    program.window.close()
""")
    assert read_document(saved.read_bytes())[0] == lost
    assert list(journal.parent.iterdir()) == []
