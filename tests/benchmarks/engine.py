"""What the engine costs over `tf.nn` called in the same process, and what its start costs the window.

Each function returns rows (what, ours_ms, floor_ms, ratio, target): the ratio should not be above the target.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from statistics import median
from time import perf_counter
from typing import Any

import numpy as np

from cnn_explorer.engine.process import EngineProcess, start_engine
from cnn_explorer.network.arrays import frozen
from cnn_explorer.network.document import Document, Image
from cnn_explorer.network.layers import Activation, Conv2D, MaxPooling2D
from cnn_explorer.network.network import Network

Row = tuple[str, float, float, float, float]

SIDES = {28: 5.0, 224: 1.5, 512: 1.3}
"""Side of the image, and how many times the time of `tf.nn` an edit may take until its maps are in the window."""
LONGEST_GAP = 50.0
"""Milliseconds without a tick of a 5 ms timer that nobody notices."""


def document(side: int, seed: int = 0) -> Document:
    """A convolution with 8 filters of 3×3, a ReLU and a pooling: three maps."""
    random = np.random.default_rng(seed)
    kernel = frozen(random.uniform(-1, 1, (3, 3, 1, 8)))
    layers = Conv2D(kernel=kernel, bias=frozen(np.zeros(8)), padding="same"), Activation(), MaxPooling2D()
    return Document(Image(frozen(random.uniform(0, 1, (side, side, 1)))), Network(layers))


def edits() -> list[Row]:
    """An edit of the kernel until the maps are in the window's process, against `tf.nn` and nothing else."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    engine = start_engine()
    try:
        engine.receive()
        return [_edit(engine, side, target) for side, target in SIDES.items()]
    finally:
        engine.close()


def _edit(engine: EngineProcess, side: int, target: float) -> Row:
    first = document(side)
    edited = [first.with_layer(0, document(side, seed).network.layers[0]) for seed in range(30)]
    tf_nn = _tf_nn()
    shown: list[Any] = []

    def ours(asked: Document) -> None:
        engine.send(0, asked)
        shown[:] = engine.receive()[2]

    ours_ms, floor_ms = alternately((ours, tf_nn), edited)
    return f"edit at {side}×{side}", ours_ms, floor_ms, ours_ms / floor_ms, target


def _tf_nn() -> Callable[[Document], None]:
    import tensorflow as tf

    def compute(asked: Document) -> None:
        layer: Any = asked.network.layers[0]
        y = tf.nn.bias_add(tf.nn.conv2d(asked.image.pixels[np.newaxis], layer.kernel, 1, "SAME"), layer.bias)
        z = tf.nn.relu(y)
        [values.numpy() for values in (y, z, tf.nn.max_pool2d(z, 2, 2, "VALID"))]

    return compute


def alternately(functions: tuple[Callable[[Document], None], ...], documents: list[Document]) -> list[float]:
    """The median milliseconds of each function, called by turns so that a busy moment meets both; six warm up."""
    times: list[list[float]] = [[] for _ in functions]
    for asked in documents[:3] * 2 + documents:
        for function, taken in zip(functions, times, strict=True):
            start = perf_counter()
            function(asked)
            taken.append((perf_counter() - start) * 1000)
    return [median(taken[6:]) for taken in times]


def gaps() -> list[Row]:
    """The longest silence of a 5 ms timer while the engine starts, and while it restarts after kill -9."""
    from PySide6.QtCore import QCoreApplication, Qt, QTimer

    from cnn_explorer.session.runner import Runner

    application = QCoreApplication.instance() or QCoreApplication([])
    ticks: list[float] = []
    timer = QTimer(interval=5, timerType=Qt.TimerType.PreciseTimer)
    timer.timeout.connect(lambda: ticks.append(perf_counter()))
    engines: list[EngineProcess] = []
    runner = Runner(lambda: engines.append(start_engine()) or engines[-1])  # type: ignore[func-returns-value]
    rows = []
    timer.start()
    runner.start()
    runner.request(document(28))
    for what in ("starts", "is killed and restarts"):
        _wait(application, lambda: runner.state == "ready")
        longest = float(np.max(np.diff(ticks))) * 1000
        rows.append((f"longest gap while the engine {what}", longest, LONGEST_GAP, longest / LONGEST_GAP, 1.0))
        ticks.clear()
        os.kill(engines[-1].process_id, signal.SIGKILL)
        _wait(application, lambda: runner.state != "ready")
    runner.close()
    return rows


def _wait(application: Any, holds: Callable[[], bool]) -> None:
    from PySide6.QtCore import QEventLoop

    while not holds():
        application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


BENCHMARKS = (edits, gaps)
