"""The loader as a real process: what it opens, and what is left when it is too slow, too large, stopped or killed."""

from __future__ import annotations

import json
import multiprocessing.connection
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from cnn_explorer.engine import memory, model_process, model_serve
from cnn_explorer.engine.model_process import ModelProcess, open_model, sentence_in
from cnn_explorer.files.model_look_description import ModelDescription
from cnn_explorer.files.model_look_saved import SavedModelLook
from cnn_explorer.network.sentence import Refused, say
from tests.engine.model_opening import opened, saved
from tests.files.test_model_saved import folder, saved_model

pytestmark = [pytest.mark.timeout(180), pytest.mark.usefixtures("keras")]


@pytest.fixture(scope="module")
def model(keras: Any) -> Any:
    """A functional model with a sum of branches and 120 kB of weights, all different."""
    L = keras.layers
    start = keras.Input((8, 8, 1), name="start")
    a = L.Conv2D(8, 3, padding="same", name="a")(start)
    b = L.Conv2D(8, 3, padding="same", name="b")(a)
    row = L.Flatten(name="row")(L.Add(name="sum")([a, b]))
    made = keras.Model(start, L.Dense(60, name="scores")(row))
    for variable in made.weights:
        variable.assign(np.random.default_rng(len(variable.shape)).normal(size=variable.shape))
    return made


@pytest.fixture(scope="module")
def file(model: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return saved(model, tmp_path_factory.mktemp("models") / "model.keras")


def assert_opened(found: Any, model: Any) -> None:
    assert isinstance(found, ModelDescription)
    assert [each.name for each in found.layers] == ["start", "a", "b", "sum", "row", "scores"]
    for name in ("a", "b", "scores"):
        layer = next(each for each in found.layers if each.name == name)
        for variable, values in zip(model.get_layer(name).weights, layer.weights.values(), strict=True):
            np.testing.assert_array_equal(values, variable.numpy())
            assert not values.flags.writeable


def test_a_file_opens_and_nothing_is_left(file: Path, model: Any, temporary: Path) -> None:
    loader = ModelProcess()
    process_id = loader.process_id
    assert_opened(open_model(file, loader), model)
    assert not Path(f"/proc/{process_id}").exists()


def test_a_warm_loader_opens_a_whole_hdf5_model_of_any_name(model: Any, tmp_path: Path, temporary: Path) -> None:
    path = saved(model, tmp_path / "model.h5").rename(tmp_path / "caf\u00e9 \u6a21\u578b.png")
    loader = ModelProcess()
    loader.warm()
    assert_opened(open_model(path, loader), model)


def test_a_refused_file_leaves_the_loader_for_the_next(file: Path, model: Any, tmp_path: Path, temporary: Path) -> None:
    loader = ModelProcess()
    bad = tmp_path / "bad.keras"
    bad.write_bytes(b"no model")
    with pytest.raises(Refused, match="not a Keras model"):
        open_model(bad, loader)
    assert_opened(open_model(file, loader), model)


def test_a_saved_model_is_looked_at_and_starts_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model_process, "ModelProcess", None)
    assert isinstance(open_model(folder(tmp_path, saved_model("WriteFile"))), SavedModelLook)


@pytest.mark.parametrize("available", [memory.AVAILABLE, False])
def test_weights_come_with_and_without_shared_memory(
    available: bool, file: Path, model: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both ends of the pipe in this process: a loader's own could not be told to do without."""
    monkeypatch.setattr(memory, "AVAILABLE", available)
    ours, theirs = multiprocessing.Pipe()
    sender = threading.Thread(target=model_serve._send_model, args=(theirs, opened(file)))
    sender.start()
    receiver = ModelProcess.__new__(ModelProcess)
    receiver._pipe = ours
    message = json.loads(ours.recv_bytes())
    assert message["shared"] == available
    assert_opened(receiver._model(message), model)
    sender.join()
    for end in (ours, theirs):
        end.close()


# when it goes wrong


def refused(loader: ModelProcess, path: Path, **options: Any) -> str:
    with pytest.raises(Refused) as caught:
        open_model(path, loader, **options)
    text = str(caught.value.sentence)
    assert path.name in text
    assert len(text) <= 300
    return text


def test_one_that_takes_too_long_is_ended(file: Path, temporary: Path) -> None:
    loader = ModelProcess()
    os.kill(loader.process_id, signal.SIGSTOP)
    start = time.monotonic()
    assert "more than 0.5 seconds" in refused(loader, file, seconds=0.5)
    assert time.monotonic() - start < 5
    assert not Path(f"/proc/{loader.process_id}").exists()


def test_one_that_takes_too_much_memory_is_ended(file: Path, temporary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model_process, "LOOK_MEMORY", 1_000_000)
    assert "more memory" in refused(ModelProcess(), file)


@pytest.mark.parametrize("end", [ModelProcess.stop, lambda loader: os.kill(loader.process_id, signal.SIGKILL)])
def test_one_that_ends_meanwhile(end: Callable[[ModelProcess], None], file: Path, temporary: Path) -> None:
    loader = ModelProcess()
    os.kill(loader.process_id, signal.SIGSTOP)
    timer = threading.Timer(0.3, end, (loader,))
    timer.start()
    text = refused(loader, file)
    timer.join()
    assert "stopped" in text or "has ended" in text


def test_one_that_is_closed_unused(temporary: Path) -> None:
    loader = ModelProcess()
    loader.warm()
    loader.close()
    loader.close()


PARENT = """
import sys, tempfile
from cnn_explorer.engine.model_process import ModelProcess

if __name__ == "__main__":
    loader = ModelProcess()
    loader.warm()
    print(loader.process_id, flush=True)
    sys.stdin.read()
"""


def test_it_ends_with_the_process_that_started_it_and_clears_up(tmp_path: Path, temporary: Path) -> None:
    script = tmp_path / "parent.py"
    script.write_text(PARENT)
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2]), "TMPDIR": str(temporary)}
    parent = subprocess.Popen(
        [sys.executable, script], env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with parent:
        assert parent.stdout is not None
        descriptor = os.pidfd_open(int(parent.stdout.readline()))
        assert list(temporary.iterdir()) != []
        parent.kill()
    try:
        assert multiprocessing.connection.wait([descriptor], timeout=20) == [descriptor]
    finally:
        os.close(descriptor)


def test_what_needs_keras_says_so_without_it_and_the_rest_opens(
    file: Path, model: Any, tmp_path: Path, temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "keras.py").write_text("raise ImportError('no Keras on this machine')")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.syspath_prepend(str(tmp_path))
    assert "no Keras on this machine" in refused(ModelProcess(), saved(model, tmp_path / "model.h5"))
    assert_opened(ModelProcess().open(file), model)


def test_a_whole_model_of_an_older_kind_opens(model: Any, tmp_path: Path, temporary: Path) -> None:
    assert_opened(ModelProcess().open(saved(model, tmp_path / "model.h5")), model)


def test_a_sentence_comes_back_as_it_was_and_nonsense_does_not() -> None:
    sentence = say("{file} can't be opened: {reason}.", file="a", reason=say("it has {count} layers", count=3))
    plain = [sentence.template, [["file", "a"], ["reason", ["it has {count} layers", [["count", 3]]]]]]
    assert sentence_in(plain) == sentence
    nested: Any = ["{a}", [["a", "b"]]]
    for _ in range(10):
        nested = ["{a}", [["a", nested]]]
    for nonsense in (3, None, [], ["{missing}", []], ["{", []], nested, [1, 2, 3]):
        with pytest.raises(model_process._NONSENSE):
            sentence_in(nonsense)


def test_importing_it_is_light() -> None:
    code = """
import sys
import cnn_explorer.engine.model_process
print([name for name in ("tensorflow", "keras", "h5py", "PySide6") if name in sys.modules])
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
