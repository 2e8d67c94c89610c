"""The window's figures, each as a ratio to its floor in the same run. Rows: (what, ours, floor, ratio, target)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from statistics import median
from time import time
from typing import Any

from tests.benchmarks.programs import COMMON

Row = tuple[str, float, float, float, float]
RUNS = 7
LONGEST_RUN = 400
FRAME = 16.0
LONGEST_GAP = 50.0


def run(*words: str, module: str = "programs") -> dict[str, Any]:
    """The figures of one program, with `took`: milliseconds from its start to its figure `at`."""
    with tempfile.TemporaryDirectory() as home:
        own = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        environment = own | COMMON | {"HOME": home, "XDG_CONFIG_HOME": home, "XDG_DATA_HOME": home}
        command = [sys.executable, "-m", f"tests.benchmarks.{module}", *words]
        started = time()
        printed = subprocess.run(
            command, env=environment, check=True, capture_output=True, text=True, timeout=LONGEST_RUN
        ).stdout
    figures: dict[str, Any] = json.loads(printed.strip().splitlines()[-1])
    return figures | ({"took": (figures["at"] - started) * 1000} if "at" in figures else {})


def against(what: str, ours: str, floor: str, target: float) -> Row:
    """Two programs by turns, so that a busy moment meets both."""
    run(ours)  # bytecode is written and files are in memory, for both
    run(floor)
    pairs = [(run(ours)["took"], run(floor)["took"]) for _ in range(RUNS)]
    ours_ms, floor_ms = (median(times) for times in zip(*pairs, strict=True))
    return what, ours_ms, floor_ms, ours_ms / floor_ms, target


def starts() -> list[Row]:
    """First paint, and the engine's first map."""
    return [
        against("start to first paint", "first_paint", "empty_window", 1.25),
        against("engine's first map on screen", "engine_ready", "tensorflow_alone", 1.4),
    ]


def gaps() -> list[Row]:
    """Silences of a 5 ms timer in the window's event loop."""
    rows: list[Row] = []
    for what, figures in run("gaps").items():
        for name, limit in (("p99", FRAME), ("longest", LONGEST_GAP)):
            rows.append((f"gap while {what}, {name}", figures[name], limit, figures[name] / limit, 1.0))
    return rows


def edits() -> list[Row]:
    """One edit to all repainted."""
    found, alone = run("reference_edits") | run("engine_edits"), run("tf_nn_512")["milliseconds"]
    rows: list[Row] = []
    for side in (7, 28):
        for by, target in (("reference", 2.0), ("engine", 5.0)):
            ours, floor = found[f"{by} {side}"], found[f"paint {side}"]
            rows.append((f"edit {side}×{side} to repainted, {by}", ours, floor, ours / floor, target))
            rows.append((f"the same against one frame, {by}", ours, FRAME, ours / FRAME, 1.0))
    ours, floor = found["engine 512"], found["paint 512"] + alone
    rows.append(("edit 512×512 to repainted, engine", ours, floor, ours / floor, 1.5))
    return rows


def memory() -> list[Row]:
    """Memory of the window's process, and what 50,000 repaints add to it."""
    ours, floor = run("memory")["memory"], run("bare_window")["memory"]
    drift = run("repaints")
    return [
        ("memory of the window's process, MB", ours, floor, ours / floor, 2.5),
        ("memory after 50,000 repaints, MB more", drift["memory"], 5.0, drift["memory"] / 5, 1.0),
        ("references to None lost or gained", drift["none"], 50.0, abs(drift["none"]) / 50, 1.0),
        ("references to True lost or gained", drift["true"], 50.0, abs(drift["true"]) / 50, 1.0),
    ]


BENCHMARKS = (starts, gaps, edits, memory)
