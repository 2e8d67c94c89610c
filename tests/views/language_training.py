"""States of the window while a network learns, and after it has, with a trainer that says what it is told to."""

from __future__ import annotations

from pathlib import Path
from time import monotonic
from typing import Any

import numpy as np
from PySide6.QtCore import QCoreApplication, QEventLoop

from cnn_explorer.network.arrays import frozen
from cnn_explorer.network.network_presets import network_presets
from cnn_explorer.network.presets import default_document
from cnn_explorer.network.sentence import say
from cnn_explorer.network.training import DataSpec, TrainingSettings
from cnn_explorer.network.training_progress import Update
from cnn_explorer.session.cursor import Cursor
from cnn_explorer.views.main_window import MainWindow
from tests.session.fake_trainer import FakeTrainer, Trainers

SETUP, COURSE, RESULTS = range(3)
WAIT = 5.0


def until(holds: Any) -> None:
    """Wait for what a thread hands over."""
    end = monotonic() + WAIT
    while not holds():
        assert monotonic() < end
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 50)


def begun(window: MainWindow, folder: Path, page: int) -> FakeTrainer:
    """A small network learns; the tab Train shows a page."""
    window.session.open(network_presets()[2].build(default_document()), cursor=Cursor(layer=0, level="network"))
    trainers, learning = Trainers(), window.learning
    learning.training.join(trainers, folder)
    learning.show_panel()
    learning.panel.show_page(page)
    path = _digits(folder)
    learning.training.start(TrainingSettings(epochs=5), DataSpec("mnist", str(path)), (28, 28, 1))
    until(lambda: trainers.started)
    return trainers.newest


def _digits(folder: Path) -> Path:
    images = np.zeros((130, 28, 28), np.uint8)
    labels = (np.arange(130) % 10).astype(np.uint8)
    path = folder / "few.npz"
    np.savez(path, x_train=images[:100], y_train=labels[:100], x_test=images[100:], y_test=labels[100:])
    return path


def learning(window: MainWindow, folder: Path, page: int = COURSE) -> FakeTrainer:
    """Two epochs are over."""
    trainer, training = begun(window, folder, page), window.learning.training
    trainer.begin()
    for epoch in range(2):
        trainer.progress(20 * epoch + 20, 20, epoch)
        trainer.epoch(epoch, 20 * epoch + 20)
        trainer.snapshot(20 * epoch + 20, 0.01 * epoch)
    until(lambda: training.snapshots.last is not None and training.snapshots.last.step == 40)
    window.redraw()  # the title says that the network is another one whenever the weights are journalled
    return trainer


def cannot_begin(window: MainWindow, folder: Path) -> None:
    """The handbook's example ends in a map: the tab says so, and offers a way out."""
    window.learning.training.join(Trainers(), folder)
    window.learning.show_panel()


def loading(window: MainWindow, folder: Path) -> None:
    """The digits are being read."""
    begun(window, folder, SETUP).say("loading", say("Reading the digits"), 10, 130)
    until(lambda: window.learning.training.loaded == (10, 130))


def looking_back(window: MainWindow, folder: Path) -> None:
    """The network as it was after the first epoch."""
    learning(window, folder)
    window.learning.panel.curves.look_back(1)


def paused(window: MainWindow, folder: Path) -> FakeTrainer:
    """Between two batches."""
    trainer = learning(window, folder)
    trainer.say("state", "paused")
    until(lambda: window.learning.training.state == "paused")
    return trainer


def finished(window: MainWindow, folder: Path) -> None:
    """All epochs are over, and three of the digits are mistaken."""
    learning(window, folder, RESULTS).finish(saved=str(folder / "model.keras"))
    until(lambda: window.learning.training.state == "finished")


def failed(window: MainWindow, folder: Path) -> None:
    """It broke off."""
    learning(window, folder).say("failed", say("Training broke off: {reason}", reason="0"))
    until(lambda: window.learning.training.state == "failed")


def confusion(window: MainWindow, folder: Path) -> None:
    """The window with the matrix."""
    finished(window, folder)
    window.learning.show_confusion()


def one_step(window: MainWindow, folder: Path) -> None:
    """The window with a step as arithmetic."""
    trainer = paused(window, folder)
    window.learning.show_update()
    old = trainer.weights(0)
    gradient = {key: frozen(np.full(values.shape, 0.5)) for key, values in old.items()}
    images = np.arange(4)
    trainer.say("update", Update(41, 0.1, images, 0.5, 0.4, old, gradient, trainer.weights(-0.05)))
    heard: list[Update] = []
    window.learning.training.updated.connect(heard.append)
    until(lambda: heard)


STATES = {
    "a training that can't begin": cannot_begin,
    "a training that reads its data": loading,
    "the settings of a training": lambda window, folder: learning(window, folder, SETUP),
    "the course of a training": learning,
    "a network as it was": looking_back,
    "a training that waits": paused,
    "a training that has ended": finished,
    "a training that broke off": failed,
    "the confusion matrix": confusion,
    "a step of learning": one_step,
}
