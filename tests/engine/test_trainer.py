"""The trainer as a real process: what it tells, what it obeys, and what is left when either end is killed."""

import importlib.util
import multiprocessing.connection
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from cnn_explorer.engine import memory
from cnn_explorer.engine.trainer import start_trainer
from cnn_explorer.files.training_record import read_record
from cnn_explorer.network.arrays import frozen
from cnn_explorer.network.layers import Activation, Conv2D, Dense, Flatten, MaxPooling2D
from cnn_explorer.network.network import Network
from cnn_explorer.network.training import DataSpec, Job, TrainingSettings, weights_of, with_new_weights

SHAPE = (28, 28, 1)
LAST = ("finished", "failed")


def network(units=10, filters=4):
    layers = (
        Conv2D(kernel=frozen(np.zeros((3, 3, 1, filters))), bias=frozen(np.zeros(filters))),
        Activation(activation="relu"),
        MaxPooling2D(pool_size=(4, 4), strides=(4, 4)),
        Flatten(),
        Dense(kernel=frozen(np.zeros((36 * filters, units))), bias=frozen(np.zeros(units))),
        Activation(activation="softmax"),
    )
    return with_new_weights(Network(layers), 1)


@pytest.fixture(scope="session")
def digits(tmp_path_factory):
    """An mnist.npz of 300 and 50 images, in which a bright row tells the class."""
    rng = np.random.default_rng(0)
    images, labels = rng.integers(0, 90, (350, 28, 28), np.uint8), (np.arange(350) % 10).astype(np.uint8)
    for image, label in zip(images, labels, strict=True):
        image[2 * label + 2 : 2 * label + 5] = 220
    path = tmp_path_factory.mktemp("digits") / "mnist.npz"
    np.savez(path, x_train=images[:300], y_train=labels[:300], x_test=images[300:], y_test=labels[300:])
    return path


@pytest.fixture
def start(digits):
    """Starts a trainer, which ends with the test."""
    if importlib.util.find_spec("tensorflow") is None:
        pytest.skip("TensorFlow is not installed")
    started = []

    def start(checkpoint="", given=None, **settings):
        paused = settings.pop("paused", False)
        chosen = TrainingSettings(**{"batch_size": 30, "epochs": 1000, "learning_rate": 0.01, **settings})
        job = Job(given or network(), SHAPE, DataSpec("mnist", str(digits)), chosen, str(checkpoint), paused=paused)
        started.append(start_trainer(job))
        return started[-1]

    yield start
    for each in started:
        each.close()


def until(trainer, *words):
    """Receives up to a message that begins with one of the words; all that came, of which it is the last."""
    heard = [trainer.receive()]
    while heard[-1][0] not in words:
        assert heard[-1][0] not in LAST, heard[-1]
        heard.append(trainer.receive())
    return heard


def waits(trainer):
    """Until it says that it waits."""
    heard = until(trainer, "state")
    while heard[-1] != ("state", "paused"):
        heard += until(trainer, "state")
    return heard


def words(heard):
    return [each[0] for each in heard]


def test_from_a_step_by_hand_to_the_end(start, tmp_path):
    path = tmp_path / "model.keras"
    trainer = start(path, paused=True)
    heard = waits(trainer)
    (begun,) = [each[1] for each in heard if each[0] == "started"]
    assert (begun.train, begun.validation, begun.test, begun.batches) == (270, 30, 50, 9)
    first = next(each[1] for each in heard if each[0] == "snapshot")
    for key, values in weights_of(network()).items():
        np.testing.assert_array_equal(first.weights[key], values)
        assert not first.weights[key].flags.writeable

    trainer.send("step", 0.1, 0)
    update = until(trainer, "update")[-1][1]
    assert set(update.old) == {(0, "kernel"), (0, "bias")}
    after = until(trainer, "snapshot")[-1][1]
    np.testing.assert_array_equal(after.weights[0, "kernel"], update.new[0, "kernel"])
    trainer.send("back", 0)
    assert until(trainer, "update")[-1][1].step == 0
    trainer.send("back", 0)
    assert until(trainer, "update")[-1] == ("update", None)
    until(trainer, "snapshot")

    trainer.send("snapshots", 0.01)
    trainer.send("resume")
    heard = until(trainer, "epoch")
    assert heard[0] == ("state", "training")
    assert words(heard).count("snapshot") >= 2
    trainer.send("pause")
    step = [each[1].step for each in waits(trainer) if each[0] == "snapshot"][-1]
    trainer.send("stop")
    heard = until(trainer, *LAST)
    finished = heard[-1][1]
    assert finished.step == step and finished.saved == str(path) and len(finished.result.labels) == 50
    assert read_record(path).step == step
    with pytest.raises((EOFError, OSError)):
        trainer.receive()


@pytest.mark.parametrize("shared", [True, False])
def test_many_weights_come_through_shared_memory_where_there_is_any(start, monkeypatch, shared):
    if not shared:
        monkeypatch.setattr(memory, "AVAILABLE", False)
    given = network(filters=128)
    trainer = start(given=given, paused=True)
    (snapshot,) = [each[1] for each in until(trainer, "snapshot") if each[0] == "snapshot"]
    for key, values in weights_of(given).items():
        np.testing.assert_array_equal(snapshot.weights[key], values)
    trainer.send("snapshots", 0.001)
    trainer.send("resume")
    seen = [snapshot]
    while len(seen) < 6:
        seen.append(until(trainer, "snapshot")[-1][1])
    steps = [each.step for each in seen]
    assert steps == sorted(steps)
    kernels = [each.weights[4, "kernel"] for each in seen]
    assert not np.array_equal(kernels[1], kernels[-1])
    np.testing.assert_array_equal(kernels[0], weights_of(given)[4, "kernel"])  # none is written over


def test_quit_saves_and_ends_within_five_seconds(start, tmp_path):
    path = tmp_path / "model.keras"
    trainer = start(path)
    until(trainer, "progress")
    trainer.send("quit")
    begun = time.monotonic()
    finished = until(trainer, *LAST)[-1][1]
    with pytest.raises((EOFError, OSError)):
        trainer.receive()
    assert time.monotonic() - begun < 5
    assert finished.result is None and read_record(path).step == finished.step > 0


def test_quit_while_it_loads(start):
    trainer = start()
    trainer.send("quit")
    begun = time.monotonic()
    assert trainer.receive()[0] == "failed"  # it has ended, and who asked for it knows why
    assert time.monotonic() - begun < 5
    assert not trainer.is_alive()


@pytest.mark.timeout(150)
def test_killed_at_any_moment_it_leaves_the_last_good_checkpoint(start, tmp_path):
    path = tmp_path / "model.keras"
    for kill in (0, 2):
        trainer = start(path)
        until(trainer, "saved")
        for _ in range(kill):
            until(trainer, "state")
        os.kill(trainer.process_id, signal.SIGKILL)
        word, sentence = until(trainer, *LAST)[-1]
        assert word == "failed" and "not enough memory" in str(sentence)  # what the system kills for most often
        with pytest.raises((EOFError, OSError)):
            trainer.receive()
        trainer.close()
        assert read_record(path).step % 9 == 0 and read_record(path).step > 0
    leftovers = set(os.listdir(tmp_path)) - {"model.keras"}
    assert all(name.startswith(".cnn-explorer-") for name in leftovers)


def test_a_checkpoint_of_a_moment_is_kept_beside_its_own(start, tmp_path):
    trainer, path = start(tmp_path / "model.keras"), tmp_path / "kept.keras"
    until(trainer, "progress")
    trainer.send("keep", str(path))
    heard = until(trainer, "kept")
    assert heard[-1] == ("kept", str(path))
    step = [each[1].step for each in heard if each[0] == "snapshot"][-1]
    assert read_record(path).step == step > 0
    trainer.send("pause")
    waits(trainer)
    trainer.send("keep", str(tmp_path / "gone" / "kept.keras"))
    assert until(trainer, "kept")[-1] == ("kept", "")
    trainer.send("stop")
    assert until(trainer, *LAST)[-1][0] == "finished"


def test_what_can_not_be_trained_fails_with_a_sentence(start, tmp_path):
    trainer = start(given=network(units=7))
    word, sentence = until(trainer, *LAST)[-1]
    assert word == "failed" and "ends in 7 numbers, but there are 10 classes" in str(sentence)


def test_a_folder_that_vanishes_makes_it_wait(start, tmp_path):
    folder = tmp_path / "models"
    folder.mkdir()
    trainer = start(folder / "model.keras")
    until(trainer, "saved")
    os.rename(folder, tmp_path / "elsewhere")
    sentence = until(trainer, "trouble")[-1][1]
    assert "the folder is no longer there" in str(sentence)
    waits(trainer)
    os.rename(tmp_path / "elsewhere", folder)
    trainer.send("resume")
    until(trainer, "saved")


PARENT = """
import sys
from cnn_explorer.engine.trainer import start_trainer
from cnn_explorer.network.training import Job, DataSpec, TrainingSettings
from tests.engine.test_trainer import SHAPE, network, until

if __name__ == "__main__":
    digits, checkpoint = sys.argv[1:]
    settings = TrainingSettings(epochs=1000, batch_size=30)
    trainer = start_trainer(Job(network(), SHAPE, DataSpec("mnist", digits), settings, checkpoint))
    until(trainer, "progress")
    print(trainer.process_id, flush=True)
    sys.stdin.read()
"""


def test_when_the_window_is_killed_it_saves_and_ends(digits, tmp_path):
    if importlib.util.find_spec("tensorflow") is None:
        pytest.skip("TensorFlow is not installed")
    script, path, temporary = tmp_path / "parent.py", tmp_path / "model.keras", tmp_path / "temporary"
    script.write_text(PARENT)
    temporary.mkdir()
    checkout = str(Path(__file__).resolve().parents[2])
    environment = {**os.environ, "PYTHONPATH": checkout, "TMPDIR": str(temporary)}
    parent = subprocess.Popen(
        [sys.executable, script, digits, path], env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        text=True,
    )  # fmt: skip
    with parent:
        descriptor = os.pidfd_open(int(parent.stdout.readline()))
        parent.kill()
    try:
        assert multiprocessing.connection.wait([descriptor], timeout=10) == [descriptor]
    finally:
        os.close(descriptor)
    assert read_record(path).step > 0
    assert list(temporary.iterdir()) == []


def test_its_temporary_files_go_with_it_when_it_is_killed(start, temporary):
    trainer = start()
    (folder,) = temporary.iterdir()
    assert folder.name.startswith("cnn-explorer-trainer-")
    until(trainer, "started")
    (folder / "__autograph_generated_file.py").write_text("as TensorFlow leaves them")
    trainer.kill()
    assert list(temporary.iterdir()) == []


def test_importing_it_is_light():
    code = """
import sys
import cnn_explorer.engine.trainer
print([name for name in ("tensorflow", "keras", "h5py", "PySide6") if name in sys.modules])"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_without_tensorflow_it_says_so(digits, tmp_path, monkeypatch):
    (tmp_path / "tensorflow.py").write_text("raise ImportError('no TensorFlow on this machine')")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.syspath_prepend(str(tmp_path))
    trainer = start_trainer(Job(network(), SHAPE, DataSpec("mnist", str(digits)), replace(TrainingSettings())))
    try:
        word, sentence = trainer.receive()
        assert word == "failed" and "no TensorFlow on this machine" in str(sentence)
    finally:
        trainer.close()
