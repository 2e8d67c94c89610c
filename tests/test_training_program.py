"""The program as a process that trains with TensorFlow: every view follows, and whatever ends it loses nothing."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from cnn_explorer.files.training_record import read_record

pytestmark = [
    pytest.mark.timeout(240),
    pytest.mark.skipif(importlib.util.find_spec("tensorflow") is None, reason="TensorFlow is not installed"),
]
PATIENCE = 220
# What each program of these tests does: `steps` is a generator that yields what it waits for, a condition each time.
PROGRAM = """
import json, multiprocessing, sys, threading, time
import numpy as np
from dataclasses import replace
from PySide6.QtCore import QTimer
from cnn_explorer import app
from cnn_explorer.network.presets import network_presets
from cnn_explorer.network.sentence import say

told = {{}}
start = app.Program.start

def start_and_act(program):
    start(program)
    window, session = program.window, program.session
    program.settings.set("mnist_path", sys.argv[1])
    program.settings.set("training", json.dumps({{"epochs": 1000, "batch_size": 10, "learning_rate": 0.01}}))
    session.open(network_presets()[2].build(session.document))
    act = steps(program, window, session, window.learning.training)
    waits = [next(act)]
    def look():
        if waits[0]():
            try:
                waits[0] = next(act)
            except StopIteration:
                timer.stop()
                told["closing"] = time.monotonic()
                session.mark_saved("", session.document)
                window.close()
    timer = QTimer(program)
    timer.timeout.connect(look)
    timer.start(10)

app.Program.start = start_and_act

{steps}

code = app.run([])
told["took"] = time.monotonic() - told.pop("closing")
assert multiprocessing.active_children() == []
assert threading.enumerate() == [threading.main_thread()], threading.enumerate()
print(json.dumps(told))
sys.exit(code)
"""


@pytest.fixture(scope="module")
def digits(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An mnist.npz of 400 and 60 images, in which a bright row tells the class."""
    rng = np.random.default_rng(0)
    images, labels = rng.integers(0, 90, (460, 28, 28), np.uint8), (np.arange(460) % 10).astype(np.uint8)
    for image, label in zip(images, labels, strict=True):
        image[2 * label + 2 : 2 * label + 5] = 220
    path = tmp_path_factory.mktemp("digits") / "mnist.npz"
    np.savez(path, x_train=images[:400], y_train=labels[:400], x_test=images[400:], y_test=labels[400:])
    return path


def run(steps: str, digits: Path) -> dict[str, Any]:
    """What the program tells until it ends; its exit code must be 0, and it must not complain."""
    command = [sys.executable, "-c", PROGRAM.format(steps=steps), str(digits)]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert "Traceback" not in ended.stderr, ended.stderr
    assert ended.returncode == 0, ended.stderr
    found: dict[str, Any] = json.loads(ended.stdout.splitlines()[-1])
    return found


def test_it_trains_while_one_draws_is_looked_back_at_and_closes_with_a_checkpoint(
    digits: Path, own_settings: Path
) -> None:
    told = run(
        """
def steps(program, window, session, training):
    window.learning.go()
    yield lambda: training.state == "running" and len(training.snapshots) >= 3
    shown = []
    session.evaluated.connect(lambda: shown.append(session.evaluation.document))
    before = session.document
    window.input_panel.choose("28x28")
    window.input_panel.pages["28x28"].invert.click()
    seen = len(training.snapshots)
    yield lambda: len(training.snapshots) >= seen + 3 and shown and shown[-1].network is session.document.network
    told["drawn"] = shown[-1].image is session.document.image and session.document.image is not before.image
    told["learns"] = shown[-1].network is not before.network
    training.look_back(0)
    yield lambda: session.evaluation.document.network is session.previewed
    told["first"] = bool(np.array_equal(
        session.evaluation.document.network.layers[0].kernel, training.snapshots[0].weights[0, "kernel"]))
    training.look_back(None)
    training.pause()
    yield lambda: training.state == "paused"
    waits = []
    training.updated.connect(waits.append)
    last = training.snapshots.last
    training.step(0.5, 0)
    yield lambda: waits and training.snapshots.last is not last
    key = (0, "kernel")
    told["arithmetic"] = float(abs(waits[0].old[key] - 0.5 * waits[0].gradient[key] - waits[0].new[key]).max())
    told["followed"] = bool(np.array_equal(session.document.network.layers[0].kernel, waits[0].new[key]))
    training.resume()
    yield lambda: training.state == "running" and training.course.epochs
    told["step"] = training.progress.step
""",
        digits,
    )
    assert told["drawn"] and told["learns"] and told["first"] and told["followed"]
    assert told["arithmetic"] < 1e-6
    assert told["took"] < 5
    (checkpoint,) = own_settings.rglob("training/*.keras")
    assert zipfile.ZipFile(checkpoint).testzip() is None
    record = read_record(checkpoint)
    assert record is not None and record.step >= told["step"] > 0


def test_a_trainer_that_is_killed_leaves_its_weights_and_another_can_be_started(
    digits: Path, own_settings: Path
) -> None:
    told = run(
        """
def steps(program, window, session, training):
    import logging, os, signal
    logging.disable(logging.WARNING)
    untrained = session.document.network
    window.learning.go()
    yield lambda: training.state == "running" and len(training.snapshots) >= 4
    os.kill(training._link._partner.process_id, signal.SIGKILL)
    yield lambda: training.state == "failed"
    told["said"] = window.banner.label.text()
    told["kept"] = session.document.network.layers[0].kernel is training.snapshots.last.weights[0, "kernel"]
    told["undo"] = str(session.undo_text)
    window.learning.go()
    yield lambda: training.state == "running" and training.progress is not None and training.progress.step > 5
    training.stop()
    yield lambda: training.state == "finished"
    told["tested"] = len(training.result.labels)
    told["goes_on"] = training.can_go_on
    session.undo()
    session.undo()
    told["back"] = session.document.network is untrained
""",
        digits,
    )
    assert told["said"]
    assert told["kept"] and told["undo"] == "Train" and told["back"]
    assert told["tested"] == 60 and told["goes_on"]
    assert told["took"] < 5
