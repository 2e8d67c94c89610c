"""Work on a thread: its outcome, progress and end, and that no thread is left."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication

from cnn_explorer.network.sentence import Refused, say
from cnn_explorer.session.background import Background, Cancelled, Progress

WAIT = 5.0


@pytest.fixture
def background(qtbot: Any) -> Any:
    made = Background()
    yield made
    assert made.close()
    assert "background work" not in [thread.name for thread in threading.enumerate()]


class Gate:
    """Work that waits to be let go, and tells whether it was asked to stop."""

    def __init__(self, result: Any = None) -> None:
        self.open = threading.Event()
        self.started = threading.Event()
        self.result = result
        self.was_cancelled = False

    def __call__(self, progress: Progress, cancelled: Cancelled) -> Any:
        self.started.set()
        while not self.open.wait(0.002) and not cancelled():
            progress(1, 2)
        self.was_cancelled = cancelled()
        return self.result


def test_the_result_comes_in_the_window_s_thread(background: Background, qtbot: Any) -> None:
    threads = []
    background.finished.connect(lambda _result: threads.append(threading.current_thread()))
    with qtbot.waitSignal(background.finished) as told:
        background.start(lambda progress, cancelled: threading.current_thread().name)
    assert told.args == ["background work"]
    assert threads == [threading.main_thread()]
    assert not background.busy


def test_a_refusal_carries_its_sentence(background: Background, qtbot: Any) -> None:
    def refuse(progress: Progress, cancelled: Cancelled) -> None:
        raise Refused(say("No {what}.", what="luck"))

    with qtbot.waitSignal(background.refused) as told:
        background.start(refuse)
    assert str(told.args[0]) == "No luck."


def test_progress_is_told_while_the_work_runs_and_the_last_report_before_the_end(
    background: Background, qtbot: Any
) -> None:
    gate = Gate("done")
    told: list[Any] = []
    background.progressed.connect(lambda done, total: told.append((done, total)))
    background.finished.connect(told.append)
    with qtbot.waitSignal(background.progressed):
        background.start(gate)
    assert background.busy
    with qtbot.waitSignal(background.finished):
        gate.open.set()
    assert told == [(1, 2), "done"]

    def quick(progress: Progress, cancelled: Cancelled) -> str:
        for part in range(1001):
            progress(part, 1000)
        return "quick"

    with qtbot.waitSignal(background.finished):
        background.start(quick)
    assert told[-2:] == [(1000, 1000), "quick"]


def test_cancel_drops_the_work_at_once_and_asks_it_to_stop(background: Background, qtbot: Any) -> None:
    gate = Gate("late")
    told: list[Any] = []
    background.finished.connect(told.append)
    background.busy_changed.connect(told.append)
    background.start(gate)
    assert gate.started.wait(WAIT)
    with qtbot.waitSignal(background.cancelled):
        background.cancel()
    assert background.close()
    assert gate.was_cancelled
    QCoreApplication.processEvents()
    assert told == [True, False]


def test_starting_again_drops_the_work_before(background: Background, qtbot: Any) -> None:
    first, second = Gate("first"), Gate("second")
    told: list[Any] = []
    background.finished.connect(told.append)
    background.start(first)
    background.start(second)
    with qtbot.waitSignal(background.finished):
        second.open.set()
    assert told == ["second"]
    assert background.close() and first.was_cancelled


def test_the_outcome_may_start_more_work(background: Background, qtbot: Any) -> None:
    told: list[Any] = []

    def collect(result: str) -> None:
        told.append(result)
        if result == "first":
            background.start(lambda progress, cancelled: "second")

    background.finished.connect(collect)
    background.start(lambda progress, cancelled: "first")
    qtbot.waitUntil(lambda: told == ["first", "second"])


def test_a_fault_of_the_program_is_raised_and_not_shown_as_a_refusal(background: Background, qtbot: Any) -> None:
    refused: list[Any] = []
    background.refused.connect(refused.append)

    def broken(progress: Progress, cancelled: Cancelled) -> None:
        raise ZeroDivisionError("a fault")

    with qtbot.captureExceptions() as caught, qtbot.waitSignal(background.busy_changed):
        background.start(broken)
        qtbot.waitUntil(lambda: bool(caught))
    assert [error[0] for error in caught] == [ZeroDivisionError]
    assert refused == [] and not background.busy


def test_close_waits_for_a_running_thread_and_says_nothing(qtbot: Any) -> None:
    gate = Gate()
    background = Background()
    told: list[Any] = []
    background.cancelled.connect(lambda: told.append("cancelled"))
    background.start(gate)
    assert gate.started.wait(WAIT)
    assert background.close()
    assert gate.was_cancelled and told == []
    assert "background work" not in [thread.name for thread in threading.enumerate()]
