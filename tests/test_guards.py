"""The guards that watch every other test see what they are there to see."""

from __future__ import annotations

import logging
import multiprocessing
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, QStandardPaths, QThread, QTimer, qWarning
from PySide6.QtWidgets import QWidget

from cnn_explorer.views import theme
from tests import left_behind
from tests.conftest import SHARED
from tests.expected_warnings import ExpectedWarnings
from tests.left_behind import LeftBehind


@pytest.fixture(autouse=True)
def short_grace(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(left_behind, "GRACE", 0.05)


def test_a_child_process_is_seen_until_it_ends() -> None:
    before = LeftBehind()
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as child:
        assert [line for line in before.new() if line.startswith("child process: ")]
        child.kill()
    assert before.new() == []


def test_a_spawned_process_leaves_only_what_python_keeps() -> None:
    before = LeftBehind()
    child = multiprocessing.get_context("spawn").Process(target=os.getpid)
    child.start()
    child.join()
    assert before.new() == []


def test_a_thread_is_seen_until_it_ends() -> None:
    before = LeftBehind()
    end = threading.Event()
    thread = threading.Thread(target=end.wait, name="lingering", daemon=True)
    thread.start()
    assert before.new() == ["thread: lingering"]
    end.set()
    thread.join()
    assert before.new() == []


def test_an_ending_thread_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(left_behind, "GRACE", 30.0)
    before = LeftBehind()
    end = threading.Event()
    threading.Thread(target=end.wait, daemon=True).start()
    threading.Timer(0.05, end.set).start()
    assert before.new() == []


def test_a_running_timer_is_seen(qtbot) -> None:
    before = LeftBehind()
    timer = QTimer(objectName="blink")
    assert before.new() == []
    timer.start(1000)
    assert before.new() == ["running QTimer: QTimer blink"]
    timer.stop()
    assert before.new() == []


def test_a_running_qthread_is_seen(qtbot) -> None:
    before = LeftBehind()
    thread = QThread(objectName="worker")
    thread.start()
    assert before.new() == ["running QThread: QThread worker"]
    thread.quit()
    assert thread.wait(5000)
    assert before.new() == []


def test_a_window_is_seen_until_it_is_deleted(qtbot) -> None:
    before = LeftBehind()
    window = QWidget(objectName="forgotten")
    assert before.new() == ["window: QWidget forgotten"]
    window.deleteLater()
    assert before.new() == []


def test_an_unexpected_warning_is_a_complaint(
    request: pytest.FixtureRequest, expected_warnings: ExpectedWarnings
) -> None:
    expected_warnings("odd file")
    collector = listening(request)
    logging.getLogger("cnn_explorer.files").warning("odd %s", "file")
    logging.getLogger("cnn_explorer.files").info("fine")
    assert collector.complaints() == ["unexpected: WARNING odd file"]
    collector("odd fi.e")
    assert collector.complaints() == []


def test_an_expected_warning_that_never_came_is_a_complaint(request: pytest.FixtureRequest) -> None:
    collector = listening(request)
    collector("thunder")
    assert collector.complaints() == ["expected, never came: thunder"]


def test_expected_warnings_of_log_and_qt_are_let_through(expected_warnings: ExpectedWarnings) -> None:
    expected_warnings("ERROR lost", "Qt WARNING .*strange")
    logging.getLogger("cnn_explorer").error("lost")
    qWarning("strange")


def listening(request: pytest.FixtureRequest) -> ExpectedWarnings:
    """A collector of the test's own, beside the one that watches the test."""
    collector = ExpectedWarnings(request.node)
    logger = logging.getLogger("cnn_explorer")
    logger.addHandler(collector)
    request.addfinalizer(lambda: logger.removeHandler(collector))
    return collector


def test_settings_and_caches_are_the_test_s_own(own_settings: Path, tmp_path: Path) -> None:
    assert Path.home() == own_settings
    settings = QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "cnn-explorer", "cnn-explorer")
    assert Path(settings.fileName()).is_relative_to(own_settings)
    cache = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericCacheLocation)
    assert Path(cache).is_relative_to(own_settings)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not SHARED.is_dir(), reason=f"no folder {SHARED}")
def test_the_handbook_is_read(handbook) -> None:
    assert len(handbook["image"]) == 7
    assert handbook["bias"] == 1


def test_qt_is_not_loaded_for_tests_that_need_none(tmp_path: Path) -> None:
    (tmp_path / "test_plain.py").write_text(
        "import sys\n\ndef test_plain(): assert not [m for m in sys.modules if m.startswith('PySide6')]\n"
    )
    checkout = Path(__file__).resolve().parent.parent
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:pytest-qt", "-p", "no:cacheprovider"]
    settings = ["-c", os.devnull, f"--rootdir={checkout}", "-p", "tests.conftest", str(tmp_path)]
    outcome = subprocess.run([*command, *settings], cwd=checkout, capture_output=True, text=True)
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr


def test_a_painter_on_a_picture_is_ended_whatever_happens() -> None:
    """A picture that goes while it is being painted, because something raised, takes the whole process with it."""
    lives = """
from PySide6.QtGui import QGuiApplication
application = QGuiApplication([])
import numpy as np
from cnn_explorer.views.grid_paint import GridPicture
from cnn_explorer.views.theme import Scale
try:
    GridPicture().draw(np.zeros((2, 2)), (0, 2, 0, 2), 30, 1.0, Scale.around_zero(1.0), "no digits")
except AttributeError:
    print("alive")"""
    outcome = subprocess.run([sys.executable, "-c", lives], capture_output=True, text=True)
    assert (outcome.returncode, outcome.stdout) == (0, "alive\n"), outcome.stderr
    views = Path(theme.__file__).parent
    assert [path.name for path in sorted(views.glob("*.py")) if "painter = QPainter(pixmap)" in path.read_text()] == []
