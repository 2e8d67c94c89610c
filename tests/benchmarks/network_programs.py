"""Programs like those of `programs`, for whole networks: `python -m tests.benchmarks.network_programs NAME`."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import numpy as np

from tests.benchmarks.programs import COMMON, Gaps, answered, done, painted, program, timed, until

EDITS = 40
WARM_UP = 8
REST = 2000
"""Milliseconds in which the engine compiles what it has been asked for."""
EVENTS = 500


def handbook() -> Any:
    """The document with the handbook's CNN on a 28×28 image."""
    from cnn_explorer.network.network_presets import network_presets
    from cnn_explorer.network.presets import default_document

    return network_presets()[0].build(default_document())


def filters(side: int) -> Any:
    """64 filters of 3×3 on an image of this side, a ReLU and a pooling."""
    from cnn_explorer.network.arrays import frozen
    from cnn_explorer.network.document import Document, Image
    from cnn_explorer.network.layers import Activation, Conv2D, MaxPooling2D
    from cnn_explorer.network.network import Network

    random = np.random.default_rng(0)
    kernel, bias = frozen(random.uniform(-1, 1, (3, 3, 1, 64))), frozen(np.zeros(64))
    layers = Conv2D(kernel=kernel, bias=bias, padding="same"), Activation(), MaxPooling2D()
    return Document(Image(random.uniform(0, 1, (side, side, 1)), "28x28" if side == 28 else "file"), Network(layers))


DOCUMENTS: dict[str, Callable[[], Any]] = {"handbook": handbook, "filters": partial(filters, 224)}


def strokes(document: Any) -> Iterator[Any]:
    """The document with another pixel changed, again and again: what a pen does."""
    from cnn_explorer.network.document import Image

    pixels = np.array(document.image.pixels)
    for step in range(10_000):
        pixels[step % len(pixels), step * 7 % len(pixels)] = step % 10 / 10
        yield document.with_image(Image(pixels.copy(), document.image.source))


def opened(document: Any) -> Any:
    """The program with the engine ready and all maps of a document on the screen."""
    made = program()
    until(lambda: made.runner is not None and made.runner.state == "ready")
    made.session.open(document)
    made.session.look("network")
    until(lambda: made.session.evaluation.document is document and made.session.evaluation.engine != "numpy")
    painted(made, lambda: None)
    return made


def rest(milliseconds: int) -> None:
    """Run the event loop for so long."""
    from PySide6.QtCore import QEventLoop, QTimer

    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def edits(name: str) -> None:
    """One edit until all maps are repainted, and painting alone."""
    document = DOCUMENTS[name]()
    made = opened(document)
    documents = strokes(document)
    for _ in range(WARM_UP):
        painted(made, partial(answered, made, next(documents)))
    rest(REST)
    whole = timed([partial(painted, made, partial(answered, made, next(documents))) for _ in range(EDITS)])
    shown = []
    for _ in range(4):
        answered(made, next(documents))
        shown.append(made.session.evaluation)
    paint = timed([partial(painted, made, partial(made.session.show, shown[at % 4])) for at in range(EDITS)])
    made.close()
    done(whole=whole, paint=paint)


def keras_model(document: Any, every_map: bool) -> Any:
    """The document's network as a Keras model in a `tf.function`: its output, or those of all layers."""
    import keras
    import tensorflow as tf

    model = keras.Sequential([keras.Input(document.image.shape), *map(keras_layer, document.network.layers)])
    model.set_weights(list(document.arrays())[1:])
    whole = keras.Model(model.inputs, [layer.output for layer in model.layers] if every_map else model.outputs)
    function = tf.function(lambda x: whole(x, training=False))
    return lambda x: [values.numpy() for values in tf.nest.flatten(function(x))]


def keras_layer(layer: Any) -> Any:
    """The Keras layer of a layer of the benchmarked networks."""
    from keras import layers

    made = {
        "Conv2D": lambda: layers.Conv2D(layer.filters, layer.kernel_size, layer.strides, layer.padding),
        "Activation": lambda: layers.Activation(layer.activation),
        "MaxPooling2D": lambda: layers.MaxPooling2D(layer.pool_size, layer.strides, layer.padding),
        "Flatten": lambda: layers.Flatten(),
        "Dense": lambda: layers.Dense(layer.units),
    }
    return made[layer.kind]()


def our_forward(document: Any) -> Any:
    """What the engine does for a document that it has been asked for before: all maps as arrays."""
    from cnn_explorer.engine.computer import Computer
    from cnn_explorer.engine.kept import Kept

    kept, computer = Kept(), Computer()
    shapes = document.network.shapes(document.image.shape)
    for key, layer in enumerate(document.network.layers):
        kept.keep_layer(key, layer.kind, vars(layer), {})
    steps = [(kept.layer(key), shape) for key, shape in enumerate(shapes[:-1])]

    def compute(x: Any) -> Any:
        return computer.maps(x, steps)

    compute.improve = lambda: (computer.improve(), computer.wait())  # type: ignore[attr-defined]
    return compute


def forwards(name: str) -> None:
    """The forward pass of the engine and of the same Keras model, by turns in one process with nothing else."""
    import tensorflow as tf

    from tests.benchmarks.engine import alternately

    document = DOCUMENTS[name]()
    x = tf.constant(document.image.pixels[np.newaxis])
    ours, model, every = our_forward(document), keras_model(document, False), keras_model(document, True)
    for theirs, mine in zip(every(x), ours(x), strict=True):
        np.testing.assert_allclose(theirs.reshape(mine.shape), mine, atol=1e-4)
    for _ in range(WARM_UP):
        ours(x)
    ours.improve()
    figures = alternately(tuple(lambda _, f=f: f(x) for f in (ours, model, every)), [document] * 200)
    done(**dict(zip(("ours", "model", "every"), figures, strict=True)))


def scrolling() -> None:
    """Gaps while the wheel and the pointer go over 64 maps of 28×28."""
    from PySide6.QtCore import QPoint, QPointF, Qt, QTimer
    from PySide6.QtGui import QWheelEvent
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    made = opened(filters(28))
    overview, events, finished = made.window.workbench.overview, iter(range(EVENTS)), []
    made.session.move(layer=0)
    rest(REST)

    def move() -> None:
        at = next(events, None)
        if at is None:
            finished.append(True)
            return
        turn = at / 25
        reach = QPoint(
            round(overview.width() * 0.45 * np.sin(turn)), round(overview.height() * 0.4 * np.sin(turn * 3.3))
        )
        place = overview.rect().center() + reach
        QTest.mouseMove(overview, place)
        if at % 4 == 0:
            away = overview.mapToGlobal(place).toPointF()
            delta, up = QPoint(), QPoint(0, -120 if at % 80 < 40 else 120)
            none = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase
            QApplication.sendEvent(overview, QWheelEvent(QPointF(place), away, delta, up, *none, False))

    pointer = QTimer(interval=8, timerType=Qt.TimerType.PreciseTimer)
    pointer.timeout.connect(move)
    ticking = Gaps()
    pointer.start()
    until(lambda: bool(finished))
    figures = ticking.take()
    made.close()
    done(**figures)


def drawing() -> None:
    """Gaps while a pen draws on the image of the handbook's CNN, all maps on the screen, every stroke journalled."""
    made = opened(handbook())
    documents = strokes(made.session.document)
    for _ in range(WARM_UP):
        painted(made, partial(answered, made, next(documents)))
    rest(REST)
    from PySide6.QtCore import Qt, QTimer

    from cnn_explorer.network.sentence import say

    left = [EVENTS]

    def draw() -> None:
        left[0] -= 1
        made.session.edit(next(documents), say("Draw"), f"stroke {left[0] // 20}")

    pen = QTimer(interval=16, timerType=Qt.TimerType.PreciseTimer)
    pen.timeout.connect(draw)
    ticking = Gaps()
    pen.start()
    until(lambda: left[0] <= 0)
    figures = ticking.take()
    made.close()
    done(**figures)


if __name__ == "__main__":
    os.environ.update(COMMON)
    globals()[sys.argv[1]](*sys.argv[2:])
