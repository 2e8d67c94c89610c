"""One step of learning as arithmetic: what is shown of an update, forward and back, and where it begins."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from cnn_explorer.network.arrays import frozen
from cnn_explorer.network.network_presets import network_presets
from cnn_explorer.network.training import weights_of
from cnn_explorer.network.training_progress import Update
from cnn_explorer.views.train_step_window import UpdateWindow
from tests.session.fake_trainer import FakeTrainer
from tests.views.learning_setting import Learner, learning
from tests.views.mnist_setting import few_digits

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def learner(qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Learner]:
    monkeypatch.setattr("cnn_explorer.views.confusion_images.read_mnist", lambda path: few_digits())
    with learning(qtbot) as made:
        yield made


@pytest.fixture
def window(learner: Learner) -> UpdateWindow:
    learner.session.move(layer=0, filter=1)
    learner.window.commands.by_id["update"].trigger()
    found: Any = learner.window.learning.show_update()
    return found


def waiting(learner: Learner, window: UpdateWindow) -> FakeTrainer:
    """A training that waits before its first batch."""
    QTest.mouseClick(window.main, LEFT)
    learner.until(lambda: learner.trainers.started)
    trainer = learner.trainers.newest
    assert trainer.job.paused
    trainer.begin()
    trainer.say("state", "paused")
    learner.until(lambda: window.forward.isEnabled())
    return trainer


def update(trainer: FakeTrainer, step: int = 0, rate: float = 0.5, layer: int | None = None) -> Update:
    """A step whose gradients are all 0.02 · (step + 1)."""
    arrays = {key: values for key, values in weights_of(trainer.job.network).items() if layer in (None, key[0])}
    slope = np.float32(0.02 * (step + 1))
    gradient = {key: frozen(np.full(values.shape, slope)) for key, values in arrays.items()}
    new = {key: frozen(values - rate * gradient[key]) for key, values in arrays.items()}
    return Update(step, rate, np.arange(50), 2.5, 2.25 - step / 10, arrays, gradient, new)


def shown(window: UpdateWindow) -> list[np.ndarray]:
    return [grid.values for grid in window.kernels.grids]


def test_it_begins_by_hand_and_shows_the_step_of_the_focused_kernel(learner: Learner, window: UpdateWindow) -> None:
    assert window.main.text() == "Begin by hand" and not window.forward.isEnabled()
    trainer = waiting(learner, window)
    QTest.mouseClick(window.forward, LEFT)
    learner.until(lambda: ("step", 0.1, None) in trainer.told)
    trainer.say("update", update(trainer))
    learner.until(lambda: window.kernels.grids)
    old, gradient, new = shown(window)
    layer: Any = trainer.job.network.layers[0]
    np.testing.assert_allclose(old, layer.kernel[:, :, 0, 1])
    np.testing.assert_allclose(new, old - 0.5 * gradient, atol=1e-6)
    assert window.kernels.signs == ["\u2212 0.5 ×", "="]
    assert window.loss.text() == "Step 1: the loss of these 50 images goes from 2.5000 to 2.2500: it is smaller."
    assert [grid.values.shape for grid in window.biases.grids] == [(1, 1)] * 3
    assert window.which.text() == "Layer 1: Conv2D 3×3, filter 2, channel 1"
    learner.until(lambda: window.batch.images.get(0) is not None)
    window.grab()


def test_the_buttons_stay_where_they_are_when_a_step_is_shown(learner: Learner, window: UpdateWindow) -> None:
    learner.session.open(network_presets()[0].build(learner.session.document))  # its kernels are of 5×5
    trainer = waiting(learner, window)
    assert "Forward learns from one batch" in window.loss.text()
    before = window.forward.pos()
    trainer.say("update", update(trainer))
    learner.until(lambda: window.kernels.grids)
    learner.until(lambda: window.batch.images.get(0) is not None)
    assert window.forward.pos() == before


def test_the_sum_of_a_weight_is_written_with_the_numbers_that_stand_there(
    learner: Learner, window: UpdateWindow
) -> None:
    trainer = waiting(learner, window)
    trainer.say("update", update(trainer))
    learner.until(lambda: window.kernels.grids)
    window.kernels.setFocus()
    QTest.keyClick(window.kernels, Qt.Key.Key_Down)
    QTest.keyClick(window.kernels, Qt.Key.Key_Right)
    old, gradient, new = (grid.digits.text(float(grid.values[1, 1])) for grid in window.kernels.grids)
    assert window.sum.text() == f"{old} \u2212 0.5 × {gradient} = {new}"
    assert gradient == "0.02"


def test_forward_and_back_go_from_step_to_step(learner: Learner, window: UpdateWindow) -> None:
    trainer = waiting(learner, window)
    steps = [update(trainer, number) for number in range(3)]
    for number, step in enumerate(steps, 1):
        trainer.say("update", step)
        learner.until(lambda number=number: len(window.updates) == number)
    assert window.loss.text().startswith("Step 3:") and shown(window)[1][0, 0] == pytest.approx(0.06)
    QTest.mouseClick(window.back, LEFT)
    learner.until(lambda: ("back", None) in trainer.told)
    trainer.say("update", steps[2])
    learner.until(lambda: window.loss.text().startswith("Step 2:"))
    assert shown(window)[1][0, 0] == pytest.approx(0.04)
    for step in reversed(steps[:2]):
        trainer.say("update", step)
    learner.until(lambda: not window.updates)
    assert window.kernels.grids == () and not window.back.isEnabled()


def test_of_a_large_network_only_the_focused_layer_is_told(
    learner: Learner, window: UpdateWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cnn_explorer.views.train_step_window.MOST_TOLD", 10)
    trainer = waiting(learner, window)
    QTest.mouseClick(window.forward, LEFT)
    learner.until(lambda: ("step", 0.1, 0) in trainer.told)
    trainer.say("update", update(trainer, layer=0))
    learner.until(lambda: window.kernels.grids)
    learner.session.move(layer=3)
    assert window.kernels.grids == () and window.loss.text() == "The next step will show this layer."
    learner.session.move(layer=0)
    assert len(window.kernels.grids) == 3


def test_a_training_that_runs_can_be_paused_and_goes_on(learner: Learner, window: UpdateWindow) -> None:
    learner.panel.controls.go()
    trainer = learner.trainer()
    assert window.main.text() == "Pause the training"
    QTest.mouseClick(window.main, LEFT)
    learner.until(lambda: ("pause",) in trainer.told)
    trainer.say("state", "paused")
    learner.until(lambda: window.main.text() == "Go on training")
    trainer.say("update", update(trainer))
    learner.until(lambda: window.updates)
    QTest.mouseClick(window.main, LEFT)
    learner.until(lambda: ("resume",) in trainer.told)
    trainer.say("state", "training")
    learner.until(lambda: not window.updates)


def test_where_it_cannot_begin_the_tab_says_why(learner: Learner, window: UpdateWindow) -> None:
    from cnn_explorer.network.presets import default_document

    learner.session.open(default_document())
    QTest.mouseClick(window.main, LEFT)
    assert not learner.trainers.started and learner.panel.controls.problem.isVisible()
