"""The engine as a real process: what it answers, and what is left when either end is killed."""

import importlib.util
import multiprocessing.connection
import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from cnn_explorer.engine import memory
from cnn_explorer.engine.process import start_engine
from cnn_explorer.engine.serve import undo_blas_limit
from cnn_explorer.network.arrays import frozen
from cnn_explorer.network.document import Document, Image
from cnn_explorer.network.layers import Activation, Conv2D, MaxPooling2D
from cnn_explorer.network.network import Network
from cnn_explorer.network.results import channel_limits, evaluate

LARGE = 96
"""A side from which maps of 8 channels go through shared memory."""


def document(side=7, filters=8, seed=0):
    """A convolution, an activation that is switched off, and a pooling."""
    random = np.random.default_rng(seed)
    kernel = frozen(random.uniform(-1, 1, (3, 3, 1, filters)))
    layers = Conv2D(kernel=kernel, bias=frozen(np.ones(filters))), Activation(enabled=False), MaxPooling2D()
    return Document(Image(random.uniform(0, 1, (side, side, 1))), Network(layers))


def outputs(asked):
    """The reference's maps of the convolution and of the pooling."""
    maps = evaluate(asked).maps
    return [maps[1], maps[3]]


def evaluated(engine, number, asked):
    """The engine's maps of a document, checked against the reference."""
    engine.send(number, asked)
    word, replied, maps, limits, milliseconds = engine.receive()
    assert (word, replied) == ("maps", number)
    assert milliseconds > 0
    for ours, theirs, extremes in zip(outputs(asked), maps, limits, strict=True):
        np.testing.assert_allclose(theirs, ours, atol=1e-5)
        np.testing.assert_array_equal(extremes, channel_limits(theirs))
        assert not theirs.flags.writeable and not extremes.flags.writeable
    return maps


def shared_blocks():
    """Shared memory that this process has mapped, each block once."""
    lines = Path("/proc/self/maps").read_text().splitlines()
    return [line for line in lines if "cnn-explorer" in line]


@pytest.fixture
def engine():
    """A started engine that may still be loading."""
    if importlib.util.find_spec("tensorflow") is None:
        pytest.skip("TensorFlow is not installed")
    engine = start_engine()
    yield engine
    engine.close()


@pytest.fixture(scope="module")
def ready_engine():
    """An engine that has said that it is ready, for all tests that leave it as it was."""
    if importlib.util.find_spec("tensorflow") is None:
        pytest.skip("TensorFlow is not installed")
    engine = start_engine()
    assert engine.receive()[0] == "ready"
    yield engine
    engine.close()


def test_ready_then_maps_of_every_size_then_errors_then_death(engine):
    word, name = engine.receive()
    assert word == "ready" and name.startswith("TensorFlow 2.")
    small = evaluated(engine, 1, document())
    large = evaluated(engine, 2, document(LARGE))
    evaluated(engine, 3, document(LARGE, seed=1))
    np.testing.assert_allclose(small[0], outputs(document())[0], atol=1e-5)  # not overwritten by later ones
    np.testing.assert_allclose(large[0], outputs(document(LARGE))[0], atol=1e-5)
    impossible = Document(Image(np.zeros((2, 2, 1))), document().network)
    engine.send(4, impossible)
    assert engine.receive()[:3] == ("maps", 4, [])
    refused(engine, 5)
    evaluated(engine, 6, document())
    killed(engine)


def refused(engine, number):
    """A network that can't be computed is answered with the reason in one line, and the engine goes on."""
    layers = document().network.layers
    engine.send(number, replace(document(LARGE), network=Network((*layers, Activation("", True, "unheard of")))))
    word, replied, reason = engine.receive()
    assert (word, replied) == ("error", number)
    assert "unheard of" in reason and "\n" not in reason


def killed(engine):
    """After kill -9 the pipe ends, and the log has what was said before."""
    os.kill(engine.process_id, signal.SIGKILL)
    with pytest.raises((EOFError, OSError)):
        engine.receive()
    engine.kill()
    assert not engine.is_alive()
    assert isinstance(engine.log(), str)
    with pytest.raises(OSError):
        engine.send(7, document())


@pytest.mark.skipif(not memory.AVAILABLE, reason="this system has no memory without a name")
def test_shared_memory_is_used_again_and_leaves_nothing(engine):
    before = set(os.listdir("/dev/shm"))
    assert engine.receive()[0] == "ready"
    shown = []
    for number in range(6):
        shown = evaluated(engine, number, document(LARGE, seed=number))
        assert len(shared_blocks()) <= 2  # one is shown, one is written
    os.kill(engine.process_id, signal.SIGKILL)
    assert set(os.listdir("/dev/shm")) == before
    assert shown[0].sum() != 0  # still readable


def test_without_shared_memory_the_maps_come_through_the_pipe(ready_engine, monkeypatch):
    monkeypatch.setattr(memory, "AVAILABLE", False)
    before = shared_blocks()
    evaluated(ready_engine, 1, document(LARGE, seed=2))
    assert set(shared_blocks()) <= set(before)


def deep(seed=0):
    """A second convolution with 115 kB of weights: they go through shared memory where there is any."""
    first, *rest = document(side=9).network.layers
    kernel = np.random.default_rng(seed).uniform(-1, 1, (3, 3, 8, 400)) / 10
    second = Conv2D(kernel=frozen(kernel), bias=frozen(np.zeros(400)), padding="same")
    return Document(document(side=9).image, Network((first, *rest, second)))


@pytest.mark.parametrize("shared", [True, False])
def test_large_weights_cross_once(ready_engine, monkeypatch, shared):
    engine = ready_engine
    if not shared:
        monkeypatch.setattr(memory, "AVAILABLE", False)
    crossed, send = [], engine.send_array

    def send_array(key, values):
        crossed.append(values.shape)
        send(key, values)

    monkeypatch.setattr(engine, "send_array", send_array)
    asked, other = deep(), deep(seed=1)
    for number, each in enumerate((asked, asked, other, asked)):
        maps_of(engine, number, each)
    assert crossed == [(9, 9, 1), (3, 3, 8, 400)] * 2


def maps_of(engine, number, asked):
    """Asks and checks the last map against the reference's."""
    engine.send(number, asked)
    word, replied, maps, *_ = engine.receive()
    assert (word, replied) == ("maps", number)
    np.testing.assert_allclose(maps[-1], evaluate(asked).maps[-1], atol=1e-4)


def test_it_ends_when_it_is_closed_while_loading(engine):
    engine.close()
    assert not engine.is_alive()


PARENT = """
import sys
from cnn_explorer.engine.process import start_engine

if __name__ == "__main__":
    engine = start_engine()
    print(engine.process_id, engine.receive()[0], flush=True)
    sys.stdin.read()
"""


def test_its_temporary_files_go_with_it_however_it_ends(temporary):
    if importlib.util.find_spec("tensorflow") is None:
        pytest.skip("TensorFlow is not installed")
    engine = start_engine()
    try:
        (folder,) = temporary.iterdir()
        assert folder.name.startswith("cnn-explorer-engine-")
        assert engine.receive()[0] == "ready"
        (folder / "__autograph_generated_file.py").write_text("as TensorFlow leaves them")
        os.kill(engine.process_id, signal.SIGKILL)
        with pytest.raises((EOFError, OSError)):
            engine.receive()
    finally:
        engine.close()


def test_it_ends_with_the_process_that_started_it(tmp_path):
    script, temporary = tmp_path / "parent.py", tmp_path / "temporary"
    script.write_text(PARENT)
    temporary.mkdir()
    checkout = str(Path(__file__).resolve().parents[2])
    environment = {**os.environ, "PYTHONPATH": checkout, "TMPDIR": str(temporary)}
    parent = subprocess.Popen(
        [sys.executable, script], env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with parent:
        process_id, word = parent.stdout.readline().split()
        assert word == "ready"
        descriptor = os.pidfd_open(int(process_id))
        assert [each.name[:20] for each in temporary.iterdir()] == ["cnn-explorer-engine-"]
        parent.kill()
    try:
        assert multiprocessing.connection.wait([descriptor], timeout=5) == [descriptor]
    finally:
        os.close(descriptor)
    assert list(temporary.iterdir()) == []


def test_without_tensorflow_it_says_so_and_ends(tmp_path, monkeypatch):
    (tmp_path / "tensorflow.py").write_text("raise ImportError('no TensorFlow on this machine')")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.syspath_prepend(str(tmp_path))
    engine = start_engine()
    try:
        assert engine.receive() == ("unavailable", "no TensorFlow on this machine")
        with pytest.raises((EOFError, OSError)):
            engine.receive()
    finally:
        engine.close()


LIGHT = """
import sys
import cnn_explorer.engine.serve
print([name for name in ("numpy", "tensorflow", "PySide6") if name in sys.modules])
import cnn_explorer.engine.process
print([name for name in ("tensorflow", "keras", "PySide6") if name in sys.modules])
"""


def test_importing_it_is_light():
    done = subprocess.run([sys.executable, "-c", LIGHT], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n[]\n"


def test_the_limit_of_the_windows_process_is_undone_and_the_users_is_kept():
    from cnn_explorer.command_line import BLAS_MARK, BLAS_VARIABLES

    ours = {**dict.fromkeys(BLAS_VARIABLES, "1"), BLAS_MARK: "1", "LANG": "C"}
    undo_blas_limit(ours)
    assert ours == {"LANG": "C"}
    theirs = {BLAS_VARIABLES[0]: "3"}
    undo_blas_limit(theirs)
    assert theirs == {BLAS_VARIABLES[0]: "3"}
