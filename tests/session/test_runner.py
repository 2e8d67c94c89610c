"""Who answers when: the reference until the engine is ready, the engine then, and the reference again when it dies."""

import threading
from queue import SimpleQueue

import numpy as np
import pytest

from cnn_explorer.network.arrays import frozen
from cnn_explorer.network.document import Document, Image
from cnn_explorer.network.layers import Activation, Conv2D, MaxPooling2D
from cnn_explorer.network.network import Network
from cnn_explorer.network.results import channel_limits, evaluate
from cnn_explorer.session import reference
from cnn_explorer.session import runner as module
from cnn_explorer.session.runner import TWIN, Runner

READY = ("ready", "TensorFlow 2.21.0")


def maps_reply(number, maps):
    """An engine's answer."""
    return "maps", number, maps, [channel_limits(values) for values in maps], 0.5


class FakeEngine:
    """An engine that says what a test puts into `replies`, and keeps what it was asked in `asked`."""

    def __init__(self):
        self.asked = SimpleQueue()
        self.replies = SimpleQueue()
        self.closed = threading.Event()

    def send(self, number, document):
        self.asked.put((number, document))

    def receive(self):
        reply = self.replies.get()
        if reply is None:
            raise EOFError
        return reply

    def kill(self):
        self.replies.put(None)

    def close(self):
        self.closed.set()

    def log(self):
        return "its last words"

    def answer(self):
        """Takes the next question and answers it as the reference would; returns the document."""
        number, document = self.asked.get(timeout=5)
        maps = evaluate(document).maps[1:]
        layers = zip(document.network.layers, maps, strict=False)
        self.replies.put(maps_reply(number, [values for layer, values in layers if layer.enabled]))
        return document


class Engines:
    """Starts fakes, and has them all in a list."""

    def __init__(self):
        self.started = []

    def __call__(self):
        self.started.append(FakeEngine())
        return self.started[-1]


class Heard(list):
    """What a signal has carried."""

    def __init__(self, signal):
        super().__init__()
        signal.connect(self.append)


@pytest.fixture
def engines():
    """What the runner starts engines with."""
    return Engines()


@pytest.fixture
def runner(qapp, engines):
    """A runner that has been started; its engine is not ready yet."""
    runner = Runner(engines)
    runner.evaluations, runner.failures = Heard(runner.evaluated), Heard(runner.failed)
    runner.twins = Heard(runner.twin_evaluated)
    runner.start()
    yield runner
    runner.close()
    ours = ("engine-", "reference")
    assert [thread.name for thread in threading.enumerate() if thread.name.startswith(ours)] == []


def document(value=1.0):
    """A convolution, an activation that is switched off, and a pooling, on a 7×7 image of this value."""
    layers = (
        Conv2D(kernel=frozen(np.ones((3, 3, 1, 2))), bias=frozen([0, 1])),
        Activation(enabled=False),
        MaxPooling2D(),
    )
    return Document(Image(frozen(np.full((7, 7, 1), value))), Network(layers))


def until(qtbot, holds):
    """Runs the event loop until a condition holds; fails after 5 s."""
    qtbot.waitUntil(lambda: bool(holds()), timeout=5000)


def make_ready(qtbot, runner, engines):
    """Lets the newest engine say that it is ready, and returns it."""
    until(qtbot, lambda: engines.started and runner._link is not None)
    engines.started[-1].replies.put(READY)
    until(qtbot, lambda: runner.state == "ready")
    return engines.started[-1]


def test_the_reference_answers_at_once_until_the_engine_is_ready(runner):
    asked = document()
    runner.request(asked)
    assert [(found.document is asked, found.engine) for found in runner.evaluations] == [(True, "numpy")]
    assert (runner.state, runner.engine_name) == ("starting", "numpy")


def test_when_the_engine_is_ready_it_evaluates_the_newest_document(qtbot, runner, engines):
    runner.request(document(1))
    newest = document(2)
    runner.request(newest)
    engine = make_ready(qtbot, runner, engines)
    assert runner.engine_name == "TensorFlow 2.21"
    assert engine.answer() is newest
    until(qtbot, lambda: len(runner.evaluations) == 3)
    assert runner.evaluations[-1].document is newest
    assert runner.evaluations[-1].engine == "TensorFlow 2.21"
    assert runner.evaluations[-1].milliseconds == 0.5


def test_an_evaluation_has_every_layer_and_what_does_not_fit(qtbot, runner, engines):
    engine = make_ready(qtbot, runner, engines)
    layers = document().network.layers
    for network in (Network(layers), Network((*layers, Conv2D(kernel=frozen(np.ones((5, 5, 2, 1)))), Activation()))):
        asked = Document(document().image, network)
        runner.evaluations.clear()
        runner.request(asked)
        engine.answer()
        until(qtbot, lambda: runner.evaluations)
        theirs, ours = runner.evaluations[0], evaluate(asked)
        assert theirs.problems == ours.problems
        for first, second in zip(theirs.maps, ours.maps, strict=True):
            np.testing.assert_array_equal(first, second)
        assert theirs.maps[2] is theirs.maps[1]


def test_numbers_beyond_float32_end_the_maps(qtbot, runner, engines):
    engine = make_ready(qtbot, runner, engines)
    runner.request(document())
    number, asked = engine.asked.get(timeout=5)
    sizes = asked.network.shapes(asked.image.shape)
    engine.replies.put(maps_reply(number, [np.ones(sizes[1], "f"), np.full(sizes[3], np.inf, "f")]))
    until(qtbot, lambda: runner.evaluations)
    assert len(runner.evaluations[0].maps) == 3
    assert [problem.layer for problem in runner.evaluations[0].problems] == [2]


def test_one_is_under_way_and_only_the_newest_waits(qtbot, runner, engines):
    engine = make_ready(qtbot, runner, engines)
    asked = [document(value) for value in range(6)]
    for each in asked:
        runner.request(each)
    assert engine.answer() is asked[0]
    until(qtbot, lambda: len(runner.evaluations) == 1)
    assert engine.answer() is asked[5]
    until(qtbot, lambda: len(runner.evaluations) == 2)
    assert engine.asked.empty()
    assert [found.document for found in runner.evaluations] == [asked[0], asked[5]]


def test_of_each_kind_the_newest_is_evaluated_and_neither_starves_the_other(qtbot, runner, engines):
    engine = make_ready(qtbot, runner, engines)
    asked, twins = [document(value) for value in range(5)], [document(value) for value in range(5, 8)]
    runner.request(asked[0])
    for each in twins:
        runner.request(each, TWIN)
    runner.request(asked[1])
    assert engine.answer() is asked[0]
    until(qtbot, lambda: len(runner.evaluations) == 1)
    for each in asked[2:]:
        runner.request(each)
    assert engine.answer() is twins[2]
    until(qtbot, lambda: len(runner.twins) == 1)
    assert engine.answer() is asked[4]
    until(qtbot, lambda: len(runner.evaluations) == 2)
    assert engine.asked.empty()
    assert [found.document for found in runner.evaluations] == [asked[0], asked[4]]
    assert [found.document for found in runner.twins] == [twins[2]]


def test_a_kind_that_is_forgotten_is_not_answered(qtbot, runner, engines):
    engine = make_ready(qtbot, runner, engines)
    runner.request(document(1), TWIN)
    runner.request(document(2), TWIN)
    runner.forget(TWIN)
    engine.answer()
    until(qtbot, lambda: runner._in_flight is None)
    runner.request(document(3))
    engine.answer()
    until(qtbot, lambda: runner.evaluations)
    assert runner.twins == []
    assert engine.asked.empty()


def test_the_reference_answers_every_kind_while_the_engine_is_away(qtbot, runner, engines):
    main, twin = document(1), document(2)
    runner.request(main)
    runner.request(twin, TWIN)
    assert [found.document for found in runner.evaluations] == [main]
    assert [(found.document, found.engine) for found in runner.twins] == [(twin, "numpy")]
    engine = make_ready(qtbot, runner, engines)
    assert engine.answer() is main
    until(qtbot, lambda: len(runner.evaluations) == 2)
    assert engine.answer() is twin
    until(qtbot, lambda: len(runner.twins) == 2)


@pytest.fixture
def nothing_is_quick(monkeypatch):
    """Every document counts as one that would hold up the window."""
    monkeypatch.setattr(reference, "QUICK", 0.0)


class Stopped(Activation):
    """A layer whose reference waits until a test lets it go on."""

    may_go_on = threading.Event()
    threads: list[threading.Thread] = []

    def forward(self, x):
        self.threads.append(threading.current_thread())
        assert self.may_go_on.wait(5)
        return x


@pytest.fixture
def stopped(nothing_is_quick):
    """A document that the reference begins and does not end before `Stopped.may_go_on` is set."""
    Stopped.may_go_on.clear()
    Stopped.threads.clear()
    yield Document(document().image, Network((Stopped(),)))
    Stopped.may_go_on.set()


def test_what_takes_the_reference_long_does_not_hold_up_the_window(qtbot, runner, stopped):
    newer = [document(value) for value in range(3)]
    runner.request(stopped)
    for each in newer:
        runner.request(each)
    runner.request(newer[0], TWIN)
    assert runner.evaluations == []  # and yet `request` has returned
    Stopped.may_go_on.set()
    until(qtbot, lambda: len(runner.evaluations) == 2 and runner.twins)
    assert [found.document for found in runner.evaluations] == [stopped, newer[2]]
    assert threading.main_thread() not in Stopped.threads
    np.testing.assert_array_equal(runner.evaluations[1].maps[3], evaluate(newer[2]).maps[3])
    assert runner.evaluations[1].engine == "numpy"


def test_a_quick_document_is_not_followed_by_the_slow_one_before_it(qtbot, runner, stopped, monkeypatch):
    runner.request(stopped)
    monkeypatch.setattr(reference, "QUICK", 1000.0)
    quick = document()
    runner.request(quick)
    Stopped.may_go_on.set()
    until(qtbot, lambda: runner._reference._running is None)
    assert [found.document for found in runner.evaluations] == [quick]


def test_the_engine_takes_over_from_a_reference_that_is_still_busy(qtbot, runner, engines, stopped):
    runner.request(stopped)
    newest = document()
    runner.request(newest)
    engine = make_ready(qtbot, runner, engines)
    assert engine.answer() is newest
    until(qtbot, lambda: runner.evaluations)
    Stopped.may_go_on.set()
    until(qtbot, lambda: runner._reference._running is None)
    assert [found.engine for found in runner.evaluations] == ["TensorFlow 2.21"]


def test_evaluations_come_in_the_windows_thread(qtbot, runner, engines):
    engine = make_ready(qtbot, runner, engines)
    threads = []
    runner.evaluated.connect(lambda found: threads.append(threading.current_thread()))
    runner.request(document())
    engine.answer()
    until(qtbot, lambda: threads)
    assert threads == [threading.main_thread()]


def test_what_the_engine_refuses_the_reference_answers(qtbot, runner, engines):
    engine = make_ready(qtbot, runner, engines)
    asked, newer = document(), document(2)
    runner.request(asked)
    runner.request(newer)
    number, _ = engine.asked.get(timeout=5)
    engine.replies.put(("error", number, "out of memory"))
    until(qtbot, lambda: runner.failures)
    assert str(runner.failures[0]) == "TensorFlow could not compute this, so numpy did (out of memory)."
    assert (runner.evaluations[0].document is asked, runner.evaluations[0].engine) == (True, "numpy")
    assert engine.answer() is newer
    until(qtbot, lambda: len(runner.evaluations) == 2)
    assert runner.state == "ready"


def test_when_the_engine_dies_nothing_is_lost_and_a_new_one_takes_over(qtbot, runner, engines, expected_warnings):
    expected_warnings("the engine has ended; its last lines: its last words")
    engine = make_ready(qtbot, runner, engines)
    runner.request(document(1))
    newest = document(2)
    runner.request(newest)
    engine.kill()
    until(qtbot, lambda: runner.state == "restarting")
    assert [(found.document is newest, found.engine) for found in runner.evaluations] == [(True, "numpy")]
    assert len(runner.failures) == 1
    assert engine.closed.is_set()
    until(qtbot, lambda: len(engines.started) == 2)
    second = make_ready(qtbot, runner, engines)
    assert second.answer() is newest
    until(qtbot, lambda: runner.evaluations[-1].engine == "TensorFlow 2.21")


def test_an_engine_that_dies_idle_costs_no_evaluation(qtbot, runner, engines, expected_warnings):
    expected_warnings("the engine has ended")
    runner.request(document())
    make_ready(qtbot, runner, engines).answer()
    until(qtbot, lambda: len(runner.evaluations) == 2)
    engines.started[0].kill()
    until(qtbot, lambda: runner.state == "restarting")
    assert len(runner.evaluations) == 2


def test_after_three_deaths_it_is_given_up_and_can_be_started_again(qtbot, runner, engines, expected_warnings):
    expected_warnings("the engine has ended")
    for count in (1, 2, 3):
        until(qtbot, lambda count=count: len(engines.started) == count)
        engines.started[-1].kill()
        until(qtbot, lambda count=count: len(runner.failures) == count)
    assert runner.state == "unavailable"
    assert str(runner.failures[-1]) == "TensorFlow ended 3 times within a minute; numpy computes from now on."
    runner.request(document())
    assert runner.evaluations[-1].engine == "numpy"
    runner.start()
    make_ready(qtbot, runner, engines)


def test_deaths_long_apart_do_not_add_up(qtbot, runner, engines, expected_warnings, monkeypatch):
    expected_warnings("the engine has ended")
    clock = iter((0.0, 31.0, 62.0))
    monkeypatch.setattr(module, "monotonic", lambda: next(clock))
    for count in (1, 2, 3):
        until(qtbot, lambda count=count: len(engines.started) == count)
        engines.started[-1].kill()
        until(qtbot, lambda count=count: len(runner.failures) == count)
    assert runner.state == "restarting"


def test_an_engine_that_can_not_be_started_counts_as_dead(qtbot, qapp, expected_warnings):
    expected_warnings("the engine could not be started: no processes left")

    def start_engine():
        raise OSError("no processes left")

    runner = Runner(start_engine)
    failures = Heard(runner.failed)
    runner.start()
    until(qtbot, lambda: runner.state == "unavailable")
    assert len(failures) == 3
    runner.close()


def test_a_machine_without_tensorflow_has_the_reference(qtbot, runner, engines):
    until(qtbot, lambda: engines.started)
    engines.started[0].replies.put(("unavailable", "No module named 'tensorflow'"))
    with qtbot.waitSignal(runner.state_changed, timeout=5000):
        pass
    until(qtbot, lambda: runner._link is None)
    assert (runner.state, runner.engine_name, len(engines.started)) == ("unavailable", "numpy", 1)
    assert "No module named 'tensorflow'" in str(runner.failures[0])


def test_without_an_engine_there_is_nothing_to_start(qapp):
    runner = Runner(None)
    found = Heard(runner.evaluated)
    runner.start()
    runner.request(document())
    assert (runner.state, found[0].engine) == ("unavailable", "numpy")
    runner.close()


def test_closing_while_the_engine_is_being_started_ends_it(qapp):
    may_start, engine = threading.Event(), FakeEngine()

    def start_engine():
        may_start.wait(5)
        return engine

    runner = Runner(start_engine)
    runner.start()
    threading.Timer(0.02, may_start.set).start()
    runner.close()
    assert engine.closed.is_set()


def test_nothing_is_heard_after_closing(qtbot, runner, engines):
    engine = make_ready(qtbot, runner, engines)
    runner.request(document())
    engine.answer()
    runner.close()
    qtbot.wait(0)
    assert runner.evaluations == []
    runner.request(document())
    assert runner.evaluations[0].engine == "numpy"
