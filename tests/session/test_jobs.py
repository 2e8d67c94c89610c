"""Long works as the window sees them: newest of a kind, progress, a way out, and what happens when the engine ends."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from cnn_explorer.network.findings import Inquiry
from cnn_explorer.network.network import Network
from cnn_explorer.network.sentence import say
from cnn_explorer.session.jobs import Job, Jobs
from cnn_explorer.session.runner import Runner
from cnn_explorer.session.session import Session
from tests.session.fake_runner import FakeRunner
from tests.session.test_runner import READY, Engines, document, until


class Heard:
    """Everything that a job has told, in order."""

    def __init__(self, job: Job) -> None:
        self.all: list[Any] = []
        job.progressed.connect(lambda done, total: self.all.append(("progressed", done, total)))
        job.found_so_far.connect(lambda found: self.all.append(("so far", found)))
        job.finished.connect(lambda found: self.all.append(("finished", found)))
        job.refused.connect(lambda sentence: self.all.append(("refused", str(sentence))))
        job.cancelled.connect(lambda: self.all.append("cancelled"))
        job.busy_changed.connect(lambda busy: self.all.append("busy" if busy else "idle"))


def inquiry(name: str = "like") -> Inquiry:
    return Inquiry(name, Network(), (7, 7, 1))


@pytest.fixture
def runner(qapp: Any) -> FakeRunner:
    return FakeRunner()


@pytest.fixture
def jobs(runner: FakeRunner) -> Jobs:
    jobs = Jobs()
    jobs.join(runner)
    return jobs


def test_a_work_is_asked_for_reported_and_finished(jobs: Jobs, runner: FakeRunner) -> None:
    job, asked = jobs.of("like"), inquiry()
    heard = Heard(job)
    job.start(asked)
    assert runner.asked == [(1, asked)] and job.busy and job.inquiry is asked
    runner.job_told.emit(("job progress", 1, 3, 10, "a sketch"))
    runner.job_told.emit(("job progress", 1, 4, 10, None))
    runner.job_told.emit(("job done", 1, "a picture"))
    assert heard.all == [
        "busy", ("progressed", 3, 10), ("so far", "a sketch"), ("progressed", 4, 10), "idle", ("finished", "a picture"),
    ]  # fmt: skip
    assert not job.busy
    assert jobs.of("like") is job


def test_the_newest_of_a_kind_wins_and_other_kinds_go_on(jobs: Jobs, runner: FakeRunner) -> None:
    job, other = jobs.of("like"), jobs.of("why")
    heard = Heard(job)
    first, second = inquiry(), inquiry()
    job.start(first)
    other.start(inquiry("occlusion"))
    job.start(second)
    assert [number for number, asked in runner.asked if asked is None] == [1]
    runner.job_told.emit(("job done", 1, "of the first"))
    assert other.busy and job.inquiry is second
    runner.job_told.emit(("job done", 3, "of the second"))
    assert heard.all == ["busy", "idle", ("finished", "of the second")]


def test_cancelling_works_at_once_and_nothing_follows(jobs: Jobs, runner: FakeRunner) -> None:
    job = jobs.of("like")
    heard = Heard(job)
    job.start(inquiry())
    job.cancel()
    assert runner.asked[-1] == (1, None)
    runner.job_told.emit(("job progress", 1, 1, 2, "late"))
    runner.job_told.emit(("job done", 1, "late"))
    job.cancel()
    assert heard.all == ["busy", "idle", "cancelled"]


def test_all_can_be_cancelled(jobs: Jobs, runner: FakeRunner) -> None:
    for kind in ("like", "why"):
        jobs.of(kind).start(inquiry())
    jobs.cancel_all()
    assert not any(jobs.of(kind).busy for kind in ("like", "why"))


def test_another_document_ends_the_works_on_the_one_before(runner: FakeRunner) -> None:
    session = Session(document())
    session.jobs.join(runner)
    session.jobs.of("like").start(inquiry())
    session.open(document(2.0))
    assert not session.jobs.of("like").busy and runner.asked[-1] == (1, None)


@pytest.mark.parametrize(
    ("reason", "sentence"),
    [(say("It has no classes."), "It has no classes."), ("out of memory", "TensorFlow says: out of memory")],
)
def test_a_failure_is_a_sentence(jobs: Jobs, runner: FakeRunner, reason: Any, sentence: str) -> None:
    job = jobs.of("like")
    heard = Heard(job)
    job.start(inquiry())
    runner.job_told.emit(("job failed", 1, reason))
    assert heard.all == ["busy", "idle", ("refused", sentence)]


def test_while_the_engine_starts_a_work_waits_for_it(jobs: Jobs, runner: FakeRunner) -> None:
    runner.become("starting")
    job, asked = jobs.of("like"), inquiry()
    heard = Heard(job)
    job.start(asked)
    assert runner.asked == [] and job.busy
    runner.become("ready")
    runner.become("ready")
    assert runner.asked == [(1, asked)]
    assert heard.all == ["busy"]


def test_one_that_waits_is_cancelled_without_a_word_to_the_engine(jobs: Jobs, runner: FakeRunner) -> None:
    runner.become("restarting")
    job = jobs.of("like")
    job.start(inquiry())
    job.cancel()
    runner.become("ready")
    assert runner.asked == []


def test_an_engine_that_ends_takes_the_work_with_it_and_says_so(jobs: Jobs, runner: FakeRunner) -> None:
    job = jobs.of("like")
    heard = Heard(job)
    job.start(inquiry())
    runner.become("restarting")
    assert heard.all[-1] == ("refused", "TensorFlow ended unexpectedly, and this with it; start it again.")
    again = inquiry()
    job.start(again)
    runner.become("ready")
    assert runner.asked[-1] == (2, again)


def test_without_an_engine_there_is_a_reason_at_once(jobs: Jobs, runner: FakeRunner) -> None:
    runner.become("unavailable")
    for all_jobs in (jobs, Jobs()):
        heard = Heard(all_jobs.of("like"))
        all_jobs.of("like").start(inquiry())
        assert heard.all == [
            "busy", "idle", ("refused", "This needs TensorFlow, and there is none that could be asked."),
        ]  # fmt: skip


def test_through_the_runner_to_an_engine_and_back(qtbot: QtBot) -> None:
    engines = Engines()
    runner = Runner(engines)
    jobs = Jobs()
    jobs.join(runner)
    job, asked = jobs.of("like"), inquiry()
    heard = Heard(job)
    job.start(asked)
    runner.start()
    try:
        until(qtbot, lambda: engines.started)
        engine = engines.started[0]
        engine.replies.put(READY)
        until(qtbot, lambda: runner.state == "ready")
        number, sent = engine.asked.get(timeout=5)
        assert sent is asked
        engine.replies.put(("job progress", number, 1, 2, np.ones(3)))
        engine.replies.put(("job done", number, "found"))
        until(qtbot, lambda: heard.all[-1] == ("finished", "found"))
        runner.request(document())
        assert engine.answer() is not None
        job.start(asked)
        number, sent = engine.asked.get(timeout=5)
        job.cancel()
        assert engine.asked.get(timeout=5) == (number, None)
    finally:
        runner.close()
