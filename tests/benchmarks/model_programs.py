"""Programs like those of `programs`, for somebody's model: `python -m tests.benchmarks.model_programs NAME FILE`."""

from __future__ import annotations

import os
import sys
from time import perf_counter, time
from typing import Any

import numpy as np

from tests.benchmarks.programs import COMMON, Gaps, done, painted, program, resident, until

SIDE = 224


def save(path: str) -> None:
    """MobileNetV2 with random weights, saved by Keras."""
    import keras

    keras.utils.set_random_seed(0)
    keras.applications.MobileNetV2(weights=None).save(path)
    done()


def memory_of(process_id: int) -> float:
    """The memory of another process in MB, that which it shares with the window too."""
    with open(f"/proc/{process_id}/statm") as statm:
        return int(statm.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20


def opens(path: str) -> None:
    """The program with its engine ready opens a model: until all its maps are painted. Gaps and memory with it."""
    made = program()
    until(lambda: made.runner is not None and made.runner.state == "ready")
    ticking = Gaps()
    session, started = made.session, perf_counter()
    made.window.files.open_paths([path])
    until(lambda: len(session.document.network.layers) > 20)
    there = perf_counter()
    until(lambda: session.evaluation.document is session.document and session.evaluation.engine != "numpy")
    computed = perf_counter()
    painted(made, lambda: None)
    end = perf_counter()
    gap = ticking.take()["longest"] if len(ticking.ticks) > 2 else 0.0
    engine = memory_of(made.runner._link._partner.process_id)
    figures = {"loading": there - started, "computing": computed - there, "painting": end - computed}
    made.close()
    done(whole=(end - started) * 1000, longest=gap, engine=engine, window=resident(), **figures)


def plain(path: str) -> None:
    """The floor: a script that loads the model and computes all its maps once."""
    began = time()
    import keras

    imported = perf_counter()
    model = keras.saving.load_model(path, compile=False)
    pixels = np.random.default_rng(0).uniform(-1, 1, (1, SIDE, SIDE, 3)).astype(np.float32)
    model(pixels, training=False).numpy()
    ended = perf_counter()
    every: Any = keras.Model(model.inputs, [layer.output for layer in model.layers])
    maps = [np.asarray(values) for values in every(pixels, training=False)]
    done(whole=(ended - imported) * 1000, at_all=(time() - began) * 1000, memory=resident(), maps=len(maps))


if __name__ == "__main__":
    os.environ.update(COMMON)
    globals()[sys.argv[1]](*sys.argv[2:])
