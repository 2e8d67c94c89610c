"""The figures of whole networks, each as a ratio to its floor in the same run, as in `window`."""

from __future__ import annotations

from functools import partial

from tests.benchmarks.window import LONGEST_GAP, Row, run

_run = partial(run, module="network_programs")

STEADY = 33.0
"""Milliseconds within which a picture that follows the hand seems to be at it."""
NAMES = {"handbook": "the handbook's CNN, 28×28", "filters": "64 filters, 224×224"}


def edits() -> list[Row]:
    """One edit until all maps are repainted, against painting them and the same Keras model's forward pass alone."""
    rows: list[Row] = []
    for name, what in NAMES.items():
        found, alone = _run("edits", name), _run("forwards", name)
        ours, floor = found["whole"], found["paint"] + alone["every"]
        rows.append((f"edit to repainted, {what}", ours, floor, ours / floor, 1.5))
        if name == "handbook":
            rows.append(("the same, milliseconds", ours, STEADY, ours / STEADY, 1.0))
    return rows


def forwards() -> list[Row]:
    """The engine's forward pass, all maps of it, against Keras's compiled by tf.function: its output, and all maps."""
    rows: list[Row] = []
    for name, what in NAMES.items():
        found = _run("forwards", name)
        for floor, against in (("model", "Keras"), ("every", "Keras with every map")):
            rows.append((f"forward, {what}, {against}", found["ours"], found[floor], found["ours"] / found[floor], 1.2))
    return rows


def gaps() -> list[Row]:
    """Silences of a 5 ms timer in the window's event loop."""
    scrolling, drawing = _run("scrolling")["longest"], _run("drawing")["longest"]
    return [
        ("longest gap over 64 maps of 28×28", scrolling, STEADY, scrolling / STEADY, 1.0),
        ("longest gap drawing through the handbook's CNN", drawing, LONGEST_GAP, drawing / LONGEST_GAP, 1.0),
    ]


BENCHMARKS = (edits, forwards, gaps)
