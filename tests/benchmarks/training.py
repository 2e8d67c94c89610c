"""The figures of training, each as a ratio to its floor in the same run, as in `window`.

Of a throughput the ratio is the floor's to ours, so that here, too, less is better: 1 / 0.95 and 1 / 0.98.
"""

from __future__ import annotations

import tempfile
from functools import partial
from statistics import median

from tests.benchmarks.window import FRAME, LONGEST_GAP, Row, run

_run = partial(run, module="training_programs")
TURNS = 3
TARGETS = {"headless": ("training by command, images/s", 0.98), "live": ("training in the window, images/s", 0.95)}


def throughput() -> list[Row]:
    """The handbook's CNN against plain `model.fit`, by turns, so that a busy moment meets all; and gaps."""
    with tempfile.TemporaryDirectory() as folder:
        floors = []
        found: dict[str, list[dict[str, float]]] = {name: [] for name in TARGETS}
        for _ in range(TURNS):
            floors.append(_run("plain_fit", folder)["rate"])
            for name, runs in found.items():
                runs.append(_run(name, folder))
    rows: list[Row] = []
    for name, (what, share) in TARGETS.items():
        ours, floor = median(each["rate"] for each in found[name]), median(floors)
        rows.append((what, ours, floor, floor / ours, 1 / share))
    for name, limit in (("p99", FRAME), ("longest", LONGEST_GAP)):
        gap = median(each[name] for each in found["live"])
        rows.append((f"gap while training, {name}", gap, limit, gap / limit, 1.0))
    return rows


def edits() -> list[Row]:
    """One edit of the image until all is repainted, while training against idle."""
    with tempfile.TemporaryDirectory() as folder:
        idle, training = (_run("edits", folder, when) for when in ("idle", "training"))
    return [
        (f"edit while training, {name}", training[name], idle[name], training[name] / idle[name], target)
        for name, target in (("median", 1.5), ("p95", 3.0))
    ]


BENCHMARKS = (throughput, edits)
