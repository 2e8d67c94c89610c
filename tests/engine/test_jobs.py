"""Long works: the thread that does them, and the engine's process that answers edits meanwhile."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from queue import SimpleQueue
from typing import Any

import numpy as np
import pytest

from cnn_explorer.engine.process import EngineProcess, start_engine
from cnn_explorer.network.arrays import frozen
from cnn_explorer.network.document import Document, Image
from cnn_explorer.network.findings import ImageSet, Inquiry
from cnn_explorer.network.layers import Activation, Conv2D, Dense, Flatten
from cnn_explorer.network.network import Network
from cnn_explorer.network.results import evaluate
from cnn_explorer.network.sentence import Refused, say

SHAPE = (8, 8, 1)
IMAGES = np.random.default_rng(2).integers(0, 255, (500, 8, 8)).astype(np.uint8)


class Told:
    """What a worker has told, message by message."""

    def __init__(self) -> None:
        self.messages: SimpleQueue[tuple[Any, ...]] = SimpleQueue()

    def next(self) -> tuple[Any, ...]:
        return self.messages.get(timeout=10)

    def until(self, word: str) -> tuple[Any, ...]:
        while (message := self.next())[0] != word:
            pass
        return message


@pytest.fixture(scope="module")
def module() -> Any:
    """The module of jobs; its thread ends with the process, and so there is one worker for all tests."""
    pytest.importorskip("tensorflow")
    from cnn_explorer.engine import jobs

    return jobs


@pytest.fixture(scope="module")
def worker(module: Any) -> Any:
    told = Told()
    worker = module.Worker(told.messages.put)
    worker.told = told
    worker.start(0, steps(0)[0])  # so that its thread is there before a test looks at threads
    told.until("job done")
    return worker


def steps(count: int, then: Any = "found") -> tuple[Iterator[Any], list[Any]]:
    """A work that waits at each step until it may go on, and what it has been told of haste."""
    from cnn_explorer.engine.stepwise import Step

    told: list[Any] = []

    def work() -> Iterator[Any]:
        for done in range(1, count + 1):
            told.append((yield Step(done, count, partial("{} of {}".format, done, count))))
        if isinstance(then, Exception):
            raise then
        return then

    return work(), told


def test_a_work_is_reported_and_its_finding_told(worker: Any) -> None:
    worker.start(1, steps(1)[0])
    assert worker.told.next() == ("job progress", 1, 1, 1, "1 of 1")
    assert worker.told.next() == ("job done", 1, "found")


def test_progress_is_told_no_more_often_than_it_can_be_drawn(worker: Any) -> None:
    worker.start(2, steps(5000)[0])
    told = []
    while (message := worker.told.next())[0] == "job progress":
        told.append(message)
    assert 1 <= len(told) < 50
    assert message == ("job done", 2, "found")


@pytest.mark.parametrize(
    ("error", "reason"),
    [(Refused(say("Not this one.")), say("Not this one.")), (ValueError("too\n  large"), "too large")],
)
def test_a_work_that_fails_says_why_and_the_next_one_runs(
    worker: Any, error: Exception, reason: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    worker.start(3, steps(1, error)[0])
    assert worker.told.until("job failed") == ("job failed", 3, reason)
    worker.start(4, steps(0)[0])
    assert worker.told.next() == ("job done", 4, "found")
    capsys.readouterr()  # the traceback is for the engine's log


def test_two_works_take_turns(worker: Any) -> None:
    order = []

    def work(name: str) -> Iterator[Any]:
        from cnn_explorer.engine.stepwise import Step

        for done in range(3):
            order.append(name)
            yield Step(done + 1, 3)

    with worker.held():
        worker.start(5, work("a"))
        worker.start(6, work("b"))
    worker.told.until("job done")
    worker.told.until("job done")
    assert order in (list("ababab"), list("aababb"))  # the first may have begun a step before it was held


def test_nothing_begins_while_an_edit_is_answered_and_then_it_hurries(worker: Any) -> None:
    work, told = steps(3)
    with worker.held():
        worker.start(7, work)
        assert worker.told.messages.empty()
    worker.told.until("job done")
    assert told == [True, True, True]


def test_long_after_an_edit_there_is_no_haste(worker: Any, module: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "EDITING_SECONDS", 0.0)
    work, told = steps(2)
    worker.start(8, work)
    worker.told.until("job done")
    assert told == [False, False]


def test_of_a_cancelled_work_nothing_more_is_told(worker: Any) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def work() -> Iterator[Any]:
        from cnn_explorer.engine.stepwise import Step

        begun.set()
        go_on.wait(10)
        yield Step(1, 2)

    worker.start(9, work())
    assert begun.wait(10)
    worker.cancel(9)
    go_on.set()
    worker.start(10, steps(0)[0])
    assert worker.told.next() == ("job done", 10, "found")
    worker.cancel(9)  # again, and of one that nobody knows
    worker.cancel(99)


def test_the_size_of_a_step_follows_the_time_that_there_is(module: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from cnn_explorer.engine import stepwise

    clock = [0.0]
    monkeypatch.setattr(stepwise, "perf_counter", lambda: clock[0])
    pace = stepwise.Pace(8)

    def take(seconds_each: float) -> int:
        with pace:
            clock[0] += pace.size * seconds_each
        return pace.size

    assert take(1e-3) == 32  # four times as many at most
    assert take(1e-3) == 100  # 0.1 s
    pace.hurried = True
    assert take(1e-3) == 20  # 0.02 s
    assert take(0.0) == 80 and take(0.0) == stepwise.LARGEST_BATCH
    assert take(10.0) == 1 and take(10.0) == 1
    assert pace.part(250, 250 + 7) == slice(250, 251)


# the engine's process


def classifier(seed: int = 0) -> Document:
    rng = np.random.default_rng(seed)
    convolution = Conv2D(kernel=frozen(rng.uniform(-1, 1, (3, 3, 1, 6))), bias=frozen(np.zeros(6)))
    dense = Dense(kernel=frozen(rng.uniform(-1, 1, (216, 10)) / 9), bias=frozen(np.zeros(10)))
    layers = (convolution, Activation(), Activation(enabled=False), Flatten(), dense, Activation(activation="softmax"))
    return Document(Image(frozen(rng.uniform(0, 1, SHAPE))), Network(layers))


def reply_to(engine: EngineProcess, number: int) -> tuple[Any, ...]:
    """The reply that ends a job."""
    while True:
        word, replied, *rest = engine.receive()
        if word != "job progress" or replied != number:
            assert replied == number
            return word, *rest


@pytest.fixture(scope="module")
def engine() -> Iterator[EngineProcess]:
    pytest.importorskip("tensorflow")
    engine = start_engine()
    try:
        assert engine.receive()[0] == "ready"
        yield engine
    finally:
        engine.close()


def test_the_engine_finds_the_images_that_excite_a_filter(engine: EngineProcess) -> None:
    document, data = classifier(), ImageSet(IMAGES)
    asked = Inquiry("excite", document.network, SHAPE, {"place": 2, "number": 4, "most": 5}, data=data)
    engine.start_job(1, asked)
    word, found = reply_to(engine, 1)
    assert word == "job done"
    kernel: Any = document.network.layers[0]
    largest = [kernel.forward((image[..., np.newaxis] / 255).astype(np.float32))[..., 4].max() for image in IMAGES]
    order = np.argsort(-np.maximum(largest, 0), kind="stable")[:5]
    assert list(found.indices) == order.tolist()
    assert np.allclose(found.values, np.array(largest)[order], rtol=1e-4)


def test_an_edit_is_answered_while_a_job_runs_and_a_cancelled_one_is_silent(engine: EngineProcess) -> None:
    document = classifier()
    long = Inquiry("like", document.network, SHAPE, {"place": 2, "number": 0, "steps": 10**7})
    engine.start_job(2, long)
    assert engine.receive()[:2] == ("job progress", 2)
    engine.send(3, document)
    while (reply := engine.receive())[0] == "job progress":
        pass
    assert reply[:2] == ("maps", 3)
    for shown, expected in zip(reply[2], [evaluate(document).maps[at] for at in (1, 2, 4, 5, 6)], strict=True):
        assert np.allclose(shown, expected, rtol=1e-4, atol=1e-5)
    engine.cancel_job(2)
    engine.start_job(4, Inquiry("grad_cam", document.network, SHAPE, {"place": 2, "target": 1}, document.image.pixels))
    assert reply_to_last(engine, 2, 4)[0] == "job done"


def reply_to_last(engine: EngineProcess, cancelled: int, number: int) -> tuple[Any, ...]:
    """The end of a job, when reports of one cancelled just before may still be under way."""
    while True:
        word, replied, *rest = engine.receive()
        if replied == cancelled:
            assert word == "job progress"
        elif word != "job progress":
            assert replied == number
            return word, *rest


def test_a_job_that_can_not_be_done_says_why_and_the_engine_goes_on(engine: EngineProcess) -> None:
    document = classifier()
    engine.start_job(5, Inquiry("like", document.network, SHAPE, {"place": 2, "number": 6}))
    word, reason = reply_to(engine, 5)
    assert word == "job failed" and isinstance(reason, str) and "\n" not in reason
    engine.send(6, document)
    assert engine.receive()[:2] == ("maps", 6)


def test_images_cross_once(engine: EngineProcess, monkeypatch: pytest.MonkeyPatch) -> None:
    document, sent = classifier(), []
    data = ImageSet(IMAGES, (IMAGES[:, 0, 0] % 10).astype(np.uint8))
    original = engine._send_images
    monkeypatch.setattr(engine, "_send_images", lambda data: sent.append(original(data)) or sent[-1])
    bytes_sent: list[int] = []
    pipe = engine._pipe
    monkeypatch.setattr(pipe.__class__, "send_bytes", counting(pipe.__class__.send_bytes, bytes_sent))
    for number in (7, 8):
        asked = Inquiry("ablate", document.network, SHAPE, {"place": 1, "number": 1}, document.image.pixels, data)
        engine.start_job(number, asked)
        word, found = reply_to(engine, number)
        assert word == "job done" and found.images == len(IMAGES)
    assert sent[0] == sent[1]
    assert bytes_sent.count(IMAGES.nbytes) == 1


def counting(method: Any, counted: list[int]) -> Any:
    def send_bytes(self: Any, data: Any, *rest: Any) -> None:
        counted.append(len(data))
        method(self, data, *rest)

    return send_bytes
