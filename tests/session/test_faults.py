"""Faults: every way in which Python and Qt tell of an error leads to the signal, and details are complete."""

from __future__ import annotations

import faulthandler
import logging
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject, Signal, qWarning

from cnn_explorer.session.faults import Fault, Faults


class Source(QObject):
    """Has a signal whose slot fails."""

    fired = Signal()


@pytest.fixture
def faults(qapp: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Faults]:
    """Installed, as in a running program; pytest-qt's own hook stands aside for that long."""
    made = Faults()
    made.install()
    yield made
    made.remove()


def fail() -> None:
    raise ValueError("a slot failed")


@pytest.mark.qt_no_exception_capture
def test_an_exception_in_a_slot_is_told_with_its_traceback(faults: Faults, capsys: Any) -> None:
    heard: list[Fault] = []
    faults.happened.connect(heard.append)
    source = Source()
    source.fired.connect(fail)
    source.fired.emit()
    (fault,) = heard
    assert fault.line == "ValueError: a slot failed"
    assert "in fail" in fault.traceback
    assert "ValueError: a slot failed" in capsys.readouterr().err


@pytest.mark.qt_no_exception_capture
def test_the_same_fault_again_is_counted(faults: Faults) -> None:
    heard: list[Fault] = []
    faults.happened.connect(heard.append)
    source = Source()
    source.fired.connect(fail)
    for _ in range(3):
        source.fired.emit()
    assert [fault.count for fault in heard] == [3, 3, 3]
    assert heard[0] is heard[2]


@pytest.mark.qt_no_exception_capture
def test_an_exception_in_a_thread_is_told(faults: Faults, qtbot: Any) -> None:
    with qtbot.waitSignal(faults.happened) as heard:
        thread = threading.Thread(target=fail, name="reader")
        thread.start()
        thread.join()
    assert heard.args[0].where == "reader"


@pytest.mark.qt_no_exception_capture
def test_an_exception_in_a_destructor_is_told(faults: Faults) -> None:
    class Fragile:
        def __del__(self) -> None:
            fail()

    heard: list[Fault] = []
    faults.happened.connect(heard.append)
    Fragile()
    assert [fault.line for fault in heard] == ["ValueError: a slot failed"]


@pytest.mark.qt_no_exception_capture
def test_details_name_the_versions_the_traceback_and_the_log(
    faults: Faults, expected_warnings: Any, caplog: Any
) -> None:
    expected_warnings("something odd")
    heard: list[Fault] = []
    faults.happened.connect(heard.append)
    logging.getLogger("cnn_explorer.test").warning("something odd")
    source = Source()
    source.fired.connect(fail)
    source.fired.emit()
    details = faults.details(heard[0])
    for part in ("CNN Explorer 0", "Python 3", "Qt 6", "ValueError: a slot failed", "something odd"):
        assert part in details


@pytest.mark.qt_no_exception_capture
def test_what_qt_says_goes_to_the_log(faults: Faults, caplog: Any) -> None:
    qWarning("from Qt")
    assert [(record.name, record.message) for record in caplog.records] == [("qt.default", "from Qt")]


@pytest.mark.qt_no_exception_capture
def test_an_interruption_from_the_keyboard_is_no_fault(faults: Faults, capsys: Any) -> None:
    heard: list[Fault] = []
    faults.happened.connect(heard.append)
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert heard == []


def test_removing_puts_everything_back(qapp: Any, tmp_path: Path) -> None:
    before = sys.excepthook, threading.excepthook, sys.unraisablehook, logging.getLogger().handlers[:]
    enabled = faulthandler.is_enabled()
    faults = Faults()
    faults.install()
    faults.remove()
    after = sys.excepthook, threading.excepthook, sys.unraisablehook, logging.getLogger().handlers[:]
    assert before == after
    assert faulthandler.is_enabled() == enabled
