"""The main window of a test with a trainer that says what the test has it say."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from cnn_explorer.network.presets import network_presets
from cnn_explorer.network.results import evaluate
from cnn_explorer.views.main_window import MainWindow
from tests.session.fake_trainer import FakeTrainer, Trainers
from tests.views.open_window import open_window

SMALL = 2
"""The place of the smallest network to start from that can be trained."""


class Learner:
    """A window that learns: its tab is shown, and `trainers` are those that it starts."""

    def __init__(self, qtbot: Any, window: MainWindow) -> None:
        self.qtbot, self.window, self.trainers = qtbot, window, Trainers()
        self.session = window.session
        self.session.changed.connect(lambda: self.session.show(evaluate(self.session.wanted)))
        self.training = window.learning.training
        self.training.join(self.trainers, None)
        window.learning.show_panel()
        self.panel = window.learning.panel

    def until(self, holds: Any) -> None:
        """Run the event loop until a condition holds; fail after 5 s."""
        self.qtbot.waitUntil(lambda: bool(holds()), timeout=5000)

    def use_network(self, preset: int = SMALL) -> None:
        """One of the networks to start from, on a digit."""
        self.session.open(network_presets()[preset].build(self.session.document))

    def trainer(self, batches: int = 20) -> FakeTrainer:
        """The trainer that has just been asked for, as soon as it trains."""
        self.until(lambda: self.trainers.started and self.training.state == "loading")
        self.until(lambda: self.trainers.newest.told)
        self.trainers.newest.begin(batches)
        self.until(lambda: self.training.state == "running")
        return self.trainers.newest


@contextmanager
def learning(qtbot: Any, width: int = 1280, height: int = 800) -> Iterator[Learner]:
    """A window with the small network and MNIST chosen; the training ends with the test."""
    window = open_window(qtbot, width, height)
    window.settings.set("mnist_path", "/there/mnist.npz")
    made = Learner(qtbot, window)
    made.use_network()
    try:
        yield made
    finally:
        made.training.close()
