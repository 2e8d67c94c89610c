"""Opening MobileNetV2 at 224×224 against Keras alone, in the same run, as in `window`."""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path
from statistics import median

from tests.benchmarks.window import LONGEST_GAP, Row, run

_run = partial(run, module="model_programs")

RUNS = 5


def opens() -> list[Row]:
    """From opening the file, the engine being there, to all maps painted, against `load_model` and one forward pass.

    Keras's import is not counted in the floor. The memory is the engine's with all maps, against that of the script
    with all of them.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "model.keras")
        _run("save", path)
        _run("opens", path)  # bytecode is written and files are in memory, for both
        pairs = [(_run("opens", path), _run("plain", path)) for _ in range(RUNS)]
    ours, floor = (median(each[at]["whole"] for each in pairs) for at in (0, 1))
    memory, plain = median(each[0]["engine"] for each in pairs), median(each[1]["memory"] for each in pairs)
    gap = median(each[0]["longest"] for each in pairs)
    return [
        ("MobileNetV2 opened to painted, Keras's load and pass", ours, floor, ours / floor, 1.5),
        ("engine's memory with it, MB, a plain script's", memory, plain, memory / plain, 1.3),
        ("longest gap while it opens", gap, LONGEST_GAP, gap / LONGEST_GAP, 1.0),
    ]


BENCHMARKS = (opens,)
