"""Programs like those of `programs`, for training: `python -m tests.benchmarks.training_programs NAME FOLDER`.

All train the handbook's CNN on made-up digits in FOLDER, 50 at a time, and print images per second from batch FIRST to
batch LAST: what is loaded and compiled before is not counted.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np

from tests.benchmarks.network_programs import handbook, opened, strokes
from tests.benchmarks.programs import COMMON, Gaps, done, painted, until

BATCH = 50
FIRST, LAST = 40, 340
COUNT = BATCH * (LAST + 20)
EDITS = 60


def digits(folder: str) -> str:
    """The path of an mnist.npz of made-up images, in this folder."""
    path = Path(folder) / "mnist.npz"
    if not path.exists():
        rng = np.random.default_rng(0)
        images, labels = rng.integers(0, 256, (COUNT + 10, 28, 28), np.uint8), np.arange(COUNT + 10) % 10
        np.savez(path, x_train=images[:COUNT], y_train=labels[:COUNT], x_test=images[COUNT:], y_test=labels[COUNT:])
    return str(path)


def settings() -> Any:
    """Adam at 0.001, batches of 50, one epoch, nothing kept aside."""
    from cnn_explorer.network.training import TrainingSettings

    return TrainingSettings(batch_size=BATCH, epochs=1, validation_share=0)


def rate(times: dict[int, float]) -> float:
    """Images per second, from the times at which batches were done."""
    first, last = min(step for step in times if step >= FIRST), max(step for step in times if step <= LAST)
    return (last - first) * BATCH / (times[last] - times[first])


def plain_fit(folder: str) -> None:
    """The floor: `model.fit` in a script of its own."""
    import keras

    from tests.benchmarks.network_programs import keras_layer

    document = handbook()
    model = keras.Sequential([keras.Input(document.image.shape), *map(keras_layer, document.network.layers)])
    model.compile(keras.optimizers.Adam(0.001), "sparse_categorical_crossentropy", metrics=["accuracy"])
    with np.load(digits(folder)) as data:
        images, labels = data["x_train"][..., np.newaxis].astype(np.float32) / 255, data["y_train"]
    times: dict[int, float] = {}

    class Clock(keras.callbacks.Callback):  # type: ignore[misc]
        def on_train_batch_end(self, batch: int, logs: Any = None) -> None:
            times[batch + 1] = perf_counter()

    model.fit(images, labels, batch_size=BATCH, epochs=1, verbose=0, callbacks=[Clock()])
    done(rate=rate(times))


def headless(folder: str) -> None:
    """The command's training."""
    from cnn_explorer.engine.train_console import Console
    from cnn_explorer.engine.train_run import run_training
    from cnn_explorer.network.training import DataSpec, Job

    times: dict[int, float] = {}

    class Clocked(Console):
        def attend(self, training: Any) -> bool:
            times[training.step] = perf_counter()
            return super().attend(training)

    document = handbook()
    job = Job(document.network, document.image.shape, DataSpec("mnist", digits(folder)), settings())
    with open(os.devnull, "w", encoding="utf-8") as nowhere:
        run_training(job, Clocked(nowhere))
    done(rate=rate(times))


def learning(folder: str, stop: int) -> tuple[Any, Any, dict[int, float]]:
    """The program, the gaps of its loop while it trains up to a batch, and when batches were done."""
    from cnn_explorer.network.training import DataSpec

    made = opened(handbook())
    ticking, times = Gaps(), dict[int, float]()
    training = made.window.learning.training

    def note() -> None:
        times[training.progress.step] = perf_counter()

    training.progressed.connect(note)
    training.start(settings(), DataSpec("mnist", digits(folder)), made.session.document.image.shape)
    until(lambda: max(times, default=0) >= stop)
    return made, ticking, times


def live(folder: str) -> None:
    """The window's training: every snapshot evaluated and painted, and the gaps of the window's loop meanwhile."""
    made, ticking, times = learning(folder, LAST)
    gaps, seen = ticking.take(), len(made.window.learning.training.snapshots)
    made.close()
    done(rate=rate(times), seen=seen, **gaps)


def edits(folder: str, when: str) -> None:
    """One edit of the image until all is repainted: "idle", or while the network is trained."""
    made = opened(handbook()) if when == "idle" else learning(folder, FIRST)[0]
    figures = _edit_times(made)
    made.close()
    done(**figures)


def _edit_times(made: Any) -> dict[str, float]:
    from cnn_explorer.network.sentence import say

    times, images = [], strokes(made.session.document)
    for _ in range(EDITS):
        image = next(images).image
        begun = perf_counter()
        made.session.edit_image(image, say("Edit"), "benchmark")
        until(lambda: made.session.evaluation.document.image is made.session.document.image)
        painted(made, lambda: None)
        times.append((perf_counter() - begun) * 1000)
    return {"median": float(np.median(times)), "p95": float(np.percentile(times, 95))}


if __name__ == "__main__":
    os.environ.update(COMMON)
    globals()[sys.argv[1]](*sys.argv[2:])
