"""What the benchmarks time, each in a process of its own: `python -m tests.benchmarks.programs NAME` prints figures.

Figures are JSON; times are in milliseconds, memory in MB. Each program ends at once when it has its figure.
"""

from __future__ import annotations

import gc
import json
import os
import sys
from collections.abc import Callable
from functools import partial
from time import perf_counter, time
from typing import Any

import numpy as np

COMMON = {"QT_QPA_PLATFORM": "offscreen", "QT_LOGGING_RULES": "*=false", "TF_CPP_MIN_LOG_LEVEL": "3"}
REPAINTS = 50_000
LONGEST_WAIT = 60


def done(**figures: Any) -> None:
    """Print the figures and end, without tidying up."""
    print(json.dumps(figures), flush=True)
    os._exit(0)


def resident() -> float:
    """This process's memory in MB."""
    with open("/proc/self/statm") as statm:
        return int(statm.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20


def empty_window() -> None:
    """The floor of a start: an empty main window with a pyqtgraph view, until it is painted."""
    import pyqtgraph
    from PySide6.QtWidgets import QApplication, QMainWindow

    class View(pyqtgraph.GraphicsLayoutWidget):
        def paintEvent(self, event: Any) -> None:
            super().paintEvent(event)
            done(at=time())

    application = QApplication([])
    window = QMainWindow()
    window.setCentralWidget(View())
    window.resize(1440, 900)
    window.show()
    application.exec()


def bare_window() -> None:
    """The floor of memory: a bare PySide6 window, painted."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication, QMainWindow

    application = QApplication([])
    window = QMainWindow()
    window.resize(1440, 900)
    window.show()
    QTimer.singleShot(300, lambda: done(memory=resident()))
    application.exec()


def program(with_engine: bool = True) -> Any:
    """The whole program, its window shown, as the command line starts it."""
    gc.disable()
    from cnn_explorer.app import Program, make_application
    from cnn_explorer.session.faults import Faults

    make_application()
    made = Program(Faults())
    if not with_engine:
        gc.enable()
        made.window.painted.disconnect(made.start)
        made.session.changed.connect(lambda: _answer(made.session))
    made.window.resize(1440, 900)
    made.window.show()
    return made


def _answer(session: Any) -> None:
    from cnn_explorer.network.results import evaluate

    session.show(evaluate(session.document))


def first_paint() -> None:
    """From nothing to the first painted window."""
    from PySide6.QtWidgets import QApplication

    made = program()
    made.window.painted.connect(lambda: done(at=time()))
    QApplication.exec()


def engine_ready() -> None:
    """From nothing to the first feature map from TensorFlow on the screen."""
    from PySide6.QtWidgets import QApplication

    made = program()

    def look() -> None:
        if made.session.evaluation.engine != "numpy":
            QApplication.processEvents()
            done(at=time())

    made.session.evaluated.connect(look)
    QApplication.exec()


def tensorflow_alone() -> None:
    """The floor of the engine's start: import tensorflow, one convolution."""
    import tensorflow as tf

    tf.nn.conv2d(np.zeros((1, 7, 7, 1), np.float32), np.zeros((3, 3, 1, 1), np.float32), 1, "VALID").numpy()
    done(at=time())


def until(holds: Callable[[], bool]) -> None:
    """Run the event loop until something holds; a minute at most."""
    from PySide6.QtCore import QEventLoop, QTimer
    from PySide6.QtWidgets import QApplication

    alarm = QTimer(interval=1000)  # wakes the loop, so that the end is noticed
    alarm.start()
    started = perf_counter()
    while not holds():
        if perf_counter() - started > LONGEST_WAIT:
            raise TimeoutError
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


class Gaps:
    """The times between the ticks of a 5 ms timer."""

    def __init__(self) -> None:
        from PySide6.QtCore import Qt, QTimer

        self.ticks: list[float] = []
        self.timer = QTimer(interval=5, timerType=Qt.TimerType.PreciseTimer)
        self.timer.timeout.connect(lambda: self.ticks.append(perf_counter()))
        self.timer.start()

    def take(self) -> dict[str, float]:
        """99th percentile and maximum since the last time."""
        found = np.diff(self.ticks) * 1000
        self.ticks.clear()
        return {"p99": float(np.percentile(found, 99)), "longest": float(found.max())}


def gaps() -> None:
    """Gaps while TensorFlow loads, while the engine restarts, and while a pen draws."""
    import signal

    made = program()
    until(lambda: made.runner is not None)
    ticking = Gaps()
    until(lambda: made.runner.state == "ready")
    figures = {"loading": ticking.take()}
    os.kill(made.runner._link._partner.process_id, signal.SIGKILL)
    until(lambda: made.runner.state != "ready")
    until(lambda: made.runner.state == "ready")
    figures["restarting"] = ticking.take()
    figures["drawing"] = _draw(made, ticking)
    made.close()
    done(**figures)


def _draw(made: Any, ticking: Gaps) -> dict[str, float]:
    """500 pen events at 125 a second on the 28×28 canvas."""
    from PySide6.QtCore import QPoint, Qt, QTimer
    from PySide6.QtTest import QTest

    panel = made.window.input_panel
    panel.choose("28x28")
    until(lambda: made.session.evaluation.maps[0].shape[0] == 28)
    canvas, events = panel.canvas, iter(range(500))
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=canvas.rect().center())
    finished: list[bool] = []

    def move() -> None:
        at = next(events, None)
        if at is None:
            finished.append(True)
            return
        reach = min(canvas.width(), canvas.height()) * 0.4
        turn = at / 20
        offset = QPoint(round(reach * np.cos(turn)), round(reach * np.sin(turn * 1.3)))
        QTest.mouseMove(canvas, canvas.rect().center() + offset)

    pen = QTimer(interval=8, timerType=Qt.TimerType.PreciseTimer)
    pen.timeout.connect(move)
    ticking.ticks.clear()
    pen.start()
    until(lambda: bool(finished))
    return ticking.take()


def with_image(document: Any, side: int, seed: int) -> Any:
    """The document with an image of this side, of which `seed` changes one pixel: what one edit does."""
    from cnn_explorer.network.document import Image

    source = {7: "7x7", 28: "28x28"}.get(side, "file")
    pixels = np.random.default_rng(1).integers(0, 256, (side, side, 1)) / 255
    pixels[seed % side, seed % side] = seed / 24
    return document.with_image(Image(pixels if side > 7 else pixels.round(), source))


SIDES = (7, 28, 512)


def reference_edits() -> None:
    """One edit until all is repainted by the reference, and painting alone."""
    from cnn_explorer.network.results import evaluate

    figures: dict[str, float] = {}
    made = program(with_engine=False)
    for side in SIDES:
        documents = [with_image(made.session.document, side, seed) for seed in range(24)]
        shown = [evaluate(document) for document in documents]
        figures[f"paint {side}"] = timed([partial(painted, made, partial(made.session.show, e)) for e in shown])
        figures[f"reference {side}"] = timed([partial(painted, made, partial(edit, made, d)) for d in documents])
    done(**figures)


def engine_edits() -> None:
    """One edit until all is repainted, through the engine."""
    figures: dict[str, float] = {}
    made = program()
    until(lambda: made.runner is not None and made.runner.state == "ready")
    for side in SIDES:
        documents = [with_image(made.session.document, side, seed) for seed in range(24)]
        figures[f"engine {side}"] = timed([partial(painted, made, partial(answered, made, d)) for d in documents])
    made.close()
    done(**figures)


def edit(made: Any, document: Any) -> None:
    """An edit like any other."""
    from cnn_explorer.network.sentence import say

    made.session.edit(document, say("Edit"), "benchmark")


def answered(made: Any, document: Any) -> None:
    """An edit, and the engine's answer to it."""
    edit(made, document)
    until(lambda: made.session.evaluation.document is made.session.document)


def painted(made: Any, action: Callable[[], None]) -> None:
    """Do something and paint all that it changed."""
    from PySide6.QtWidgets import QApplication

    from cnn_explorer.views.turns import turns

    action()
    while turns().any:
        QApplication.processEvents()
    QApplication.sendPostedEvents()
    QApplication.processEvents()


def timed(actions: list[Callable[[], None]]) -> float:
    """The median milliseconds of the actions; the first four warm up."""
    times = []
    for action in actions:
        start = perf_counter()
        action()
        times.append((perf_counter() - start) * 1000)
    return float(np.median(times[4:]))


def tf_nn_512() -> None:
    """`tf.nn` on the document of the edits, in one process with nothing else."""
    import tensorflow as tf

    from cnn_explorer.network.presets import default_document

    layer: Any = default_document().network.layers[0]

    def compute(pixels: np.ndarray) -> None:
        maps = [tf.nn.bias_add(tf.nn.conv2d(pixels[np.newaxis], layer.kernel, 1, "VALID"), layer.bias)]
        maps.append(tf.nn.relu(maps[-1]))
        maps.append(tf.nn.max_pool2d(maps[-1], 2, 2, "VALID"))
        for values in maps:
            values.numpy()

    images = [with_image(default_document(), 512, seed).image.pixels for seed in range(24)]
    done(milliseconds=timed([lambda p=p: compute(p) for p in images]))


def memory() -> None:
    """The window's process with the engine running beside it."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    made = program()

    def look() -> None:
        if made.session.evaluation.engine != "numpy":
            QTimer.singleShot(300, lambda: (made.close(), done(memory=resident())))

    made.session.evaluated.connect(look)
    QApplication.exec()


def repaints() -> None:
    """50,000 repaints of the stage: how far memory and the reference counts of None and True drift."""
    made = program(with_engine=False)
    stage = made.window.stage
    painted(made, lambda: None)
    for _ in range(500):
        stage.repaint()
    before = resident(), sys.getrefcount(None), sys.getrefcount(True)
    for step in range(REPAINTS):
        if step % 50 == 0:
            made.session.move_to_step(step // 50 % 25)
        stage.repaint()
    after = resident(), sys.getrefcount(None), sys.getrefcount(True)
    done(memory=after[0] - before[0], none=after[1] - before[1], true=after[2] - before[2])


if __name__ == "__main__":
    os.environ.update(COMMON)
    globals()[sys.argv[1]]()
