"""Scenes of the training: its tab in every state, and the windows around it, with a trainer that only says so."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from time import monotonic
from typing import Any

import numpy as np
from PySide6.QtWidgets import QApplication

from cnn_explorer.files.datasets import Digits
from cnn_explorer.network.arrays import frozen
from cnn_explorer.network.network_presets import network_presets
from cnn_explorer.network.training import weights_of
from cnn_explorer.network.training_progress import Epoch, Progress, Result, Snapshot, Update
from cnn_explorer.session.training import Training
from cnn_explorer.views.kernel_learning_window import KernelSearchWindow
from cnn_explorer.views.main_window import MainWindow
from tests.session.fake_trainer import CLASSES, FakeTrainer, Trainers

BATCHES = 1080
SMALL_NET = 2
PATIENCE = 10.0
MNIST = Path(os.environ.get("CNN_EXPLORER_SHARED", Path(__file__).resolve().parents[3] / "shared")) / "data/mnist.npz"


def until(holds: Callable[[], object]) -> None:
    """Let the window live until something is so."""
    end = monotonic() + PATIENCE
    while not holds() and monotonic() < end:
        QApplication.processEvents()


def prepared(window: MainWindow) -> tuple[Training, Trainers]:
    """The smallest net on a digit, and the tab of the training."""
    window.session.open(network_presets()[SMALL_NET].build(window.session.document))
    window.session.look("network")
    window.settings.set("mnist_path", str(MNIST))
    trainers, training = Trainers(), window.learning.training
    training.join(trainers, None)
    window.learning.show_panel()
    return training, trainers


def training_setup(window: MainWindow, digits: Digits) -> None:
    prepared(window)


def training_impossible(window: MainWindow, digits: Digits) -> None:
    prepared(window)
    network = window.session.document.network
    window.session.open(window.session.document)
    window.session.edit_network(network.with_layers(network.layers[:3]), network_presets()[0].name)


def trained(window: MainWindow, steps: int = 2500) -> tuple[Training, FakeTrainer]:
    """A training that has gone so far."""
    training, trainers = prepared(window)
    window.learning.go()
    until(lambda: trainers.started)
    trainer = trainers.newest
    trainer.begin(BATCHES)
    rng = np.random.default_rng(1)
    ways = {key: rng.normal(size=values.shape) for key, values in weights_of(trainer.job.network).items()}
    for step in range(50, steps + 1, 50):
        _tell(trainer, step, rng)
        added = {key: frozen(values + _share(step) * ways[key]) for key, values in _start(trainer).items()}
        trainer.say("snapshot", Snapshot(step, step // BATCHES, added))
    until(lambda: training.snapshots.last is not None and training.snapshots.last.step == steps)
    return training, trainer


def _start(trainer: FakeTrainer) -> dict[Any, Any]:
    return weights_of(trainer.job.network)


def _share(step: int) -> float:
    return 0.15 * (1 - float(np.exp(-step / 600)))


def _tell(trainer: FakeTrainer, step: int, rng: np.random.Generator) -> None:
    at = np.arange(step - 50, step)
    losses = 2.2 * np.exp(-at / 180) + 0.12 + np.abs(rng.normal(0, 0.06, 50))
    accuracies = np.clip(1 - losses / 2.4 + rng.normal(0, 0.02, 50), 0, 1)
    epoch = step // BATCHES
    trainer.say("progress", Progress(
        epoch, 5, step - epoch * BATCHES, BATCHES, step, float(losses[-1]), float(accuracies[-1]),
        tuple(losses.tolist()), tuple(accuracies.tolist()), 0.2, 0.95, 1234.0, 80.0,
    ))  # fmt: skip
    if epoch != (step - 50) // BATCHES:
        trainer.say("epoch", Epoch(epoch - 1, epoch * BATCHES, 0.2, 0.93, 0.19 - epoch / 100, 0.94 + epoch / 100, 40.0))


def training_course(window: MainWindow, digits: Digits) -> None:
    trained(window)


def training_looked_back(window: MainWindow, digits: Digits) -> None:
    trained(window)
    window.learning.panel.curves.loss.picked.emit(100.0)


def finished(window: MainWindow, digits: Digits) -> None:
    """A training that has been tested: one and a half of a hundred images are mistaken."""
    training, trainer = trained(window)
    trainer.say("finished", _finished(digits))
    until(lambda: training.state == "finished")


def _finished(digits: Digits) -> Any:
    from cnn_explorer.network.training_progress import Finished, History

    rng = np.random.default_rng(2)
    images = digits.matching(split="test").astype(np.int64)
    labels = np.asarray(digits.labels, np.int64)[images] if digits.labels is not None else images % 10
    probabilities = rng.dirichlet(np.full(10, 0.02), len(images)).astype(np.float32) * 0.1
    taken = np.where(rng.random(len(images)) < 0.015, (labels + rng.choice([2, 5, 7], len(images))) % 10, labels)
    probabilities[np.arange(len(images)), taken] += 0.9
    return Finished(5400, History(), Result(images, labels, probabilities, CLASSES), saved="model.keras")


def training_results(window: MainWindow, digits: Digits) -> None:
    finished(window, digits)
    window.learning.panel.show_page(2)


def confusion_matrix(window: MainWindow, digits: Digits) -> None:
    finished(window, digits)
    shown: Any = window.learning.show_confusion()
    if MNIST.exists():
        until(lambda: shown.wall.tiles and shown.images.get(shown.wall.tiles[0].number) is not None)


def one_step_of_learning(window: MainWindow, digits: Digits) -> None:
    training, trainers = prepared(window)
    shown: Any = window.learning.show_update()
    shown.main.click()
    until(lambda: trainers.started)
    trainer, rng = trainers.newest, np.random.default_rng(0)
    trainer.begin(BATCHES)
    trainer.say("state", "paused")
    old = weights_of(trainer.job.network)
    gradient = {key: frozen(rng.normal(0, 0.05, values.shape)) for key, values in old.items()}
    new = {key: frozen(values - 0.1 * gradient[key]) for key, values in old.items()}
    trainer.say("update", Update(0, 0.1, np.arange(50), 2.3142, 2.2071, old, gradient, new))
    until(lambda: shown.updates and (shown.batch.images.get(0) is not None or not MNIST.exists()))
    shown.kernels.mark((1, 2))


def find_the_kernel(window: MainWindow, digits: Digits) -> None:
    shown = KernelSearchWindow(window.session, window, seed=3)
    shown.show()
    for _ in range(40):
        shown.step()
    shown.toggle_reveal()


TRAINING_SCENES = (
    training_setup, training_impossible, training_course, training_looked_back, training_results, confusion_matrix,
    one_step_of_learning, find_the_kernel,
)  # fmt: skip
