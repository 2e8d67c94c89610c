"""Whatever is changed in a small valid file, opening it gives a model or a sentence, soon, and never another error."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from tests.engine.model_opening import saved
from tests.thoroughness import expensive

CHECKOUT = Path(__file__).parents[2]
SECONDS = 5
"""For one file on a busy machine."""
many = partial(expensive, suppress_health_check=list(HealthCheck), database=None)
pytestmark = pytest.mark.timeout(300)


class Worker:
    """A process that opens files; where one ends it, the next file gets another."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "model.keras"
        self._process: subprocess.Popen[str] | None = self._start()
        self.first = self._process

    def open(self, content: bytes) -> dict[str, Any]:
        """What came of a file with this content."""
        self._path.write_bytes(content)
        process = self._process = self._process or self._start()
        assert process.stdin is not None and process.stdout is not None
        process.stdin.write(json.dumps(str(self._path)) + "\n")
        process.stdin.flush()
        answer = process.stdout.readline()
        if answer:
            found: dict[str, Any] = json.loads(answer)
            return found
        self.close()
        return {"outcome": "ended", "message": "", "seconds": 0}

    def close_another(self) -> None:
        """Ends the process, unless it is the first: that one is there for all tests."""
        if self._process is not self.first:
            self.close()

    def _start(self) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("model_worker.py"))],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
            env={**os.environ, "PYTHONPATH": str(CHECKOUT)},
        )  # fmt: skip

    def close(self) -> None:
        if self._process is not None:
            with self._process as process:
                process.kill()
            self._process = None


@pytest.fixture(scope="module")
def first_worker(keras: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Worker]:
    made = Worker(tmp_path_factory.mktemp("worker"))
    yield made
    made.close()


@pytest.fixture
def worker(first_worker: Worker) -> Iterator[Worker]:
    yield first_worker
    first_worker.close_another()


@pytest.fixture(scope="module")
def good(keras: Any, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The same small model in both formats."""
    L = keras.layers
    model = keras.Sequential([keras.Input((8, 8, 1)), L.Conv2D(2, 3), L.Flatten(), L.Dense(3, activation="softmax")])
    folder = tmp_path_factory.mktemp("good")
    return {suffix: saved(model, folder / f"model.{suffix}").read_bytes() for suffix in ("keras", "h5")}


def assert_opened_or_refused(worker: Worker, content: bytes) -> str:
    answer = worker.open(content)
    assert answer["outcome"] in ("ok", "refused", "ended"), answer["message"]
    assert answer["seconds"] < SECONDS
    if answer["outcome"] == "refused":
        assert 0 < len(answer["message"]) <= 300
        assert "\n" not in answer["message"]
    return str(answer["outcome"])


def with_changes(data: st.DataObject, content: bytes) -> bytes:
    """Up to six bytes changed, most of them in one place, and perhaps the end cut off."""
    changed = bytearray(content)
    start = data.draw(st.integers(0, len(changed) - 1))
    places = st.one_of(st.integers(start, min(start + 40, len(changed) - 1)), st.integers(0, len(changed) - 1))
    for place, value in data.draw(st.lists(st.tuples(places, st.integers(0, 255)), min_size=1, max_size=6)):
        changed[place] = value
    return bytes(changed[: len(changed) - data.draw(st.sampled_from([0, 0, 0, 1, 30, len(changed) // 3]))])


def test_the_good_files_are_good(worker: Worker, good: dict[str, bytes]) -> None:
    for content in good.values():
        assert worker.open(content)["outcome"] == "ok"


@pytest.mark.parametrize("suffix", ["keras", "h5"])
@many(150)
@given(data=st.data())
def test_bytes_of_the_file_that_were_changed(suffix: str, data: st.DataObject, worker: Worker, good: Any) -> None:
    assert_opened_or_refused(worker, with_changes(data, good[suffix]))


@many(150)
@given(data=st.data(), member=st.sampled_from(["config.json", "model.weights.h5"]))
def test_bytes_of_a_member_in_a_sound_archive(data: st.DataObject, member: str, worker: Worker, good: Any) -> None:
    """A checksum would have caught them otherwise."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(good["keras"])) as source, zipfile.ZipFile(buffer, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, with_changes(data, content) if name == member else content)
    assert_opened_or_refused(worker, buffer.getvalue())


VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(-(10**12), 10**12), st.floats(), st.text(max_size=8),
    st.builds(dict), st.builds(lambda: {"module": "os", "class_name": "system", "config": {}}),
    st.sampled_from(["relu", "softmax", "same", "l2"]), st.lists(st.integers(-3, 9), max_size=3),
)  # fmt: skip


def places_in(value: Any) -> list[tuple[Any, Any]]:
    """Every (container, key) in plain values."""
    keys = range(len(value)) if isinstance(value, list) else value if isinstance(value, dict) else ()
    return [place for key in keys for place in [(value, key), *places_in(value[key])]]


@many(250)
@given(data=st.data())
def test_values_of_the_configuration_that_were_exchanged(data: st.DataObject, worker: Worker, good: Any) -> None:
    """Half of them are put where another value of the file was: that is nearly right."""
    with zipfile.ZipFile(io.BytesIO(good["keras"])) as source:
        config, weights = json.loads(source.read("config.json")), source.read("model.weights.h5")
    for _ in range(data.draw(st.integers(1, 3))):
        places = places_in(config)
        if not places:
            break
        container, key = places[data.draw(st.integers(0, len(places) - 1))]
        other, at = places[data.draw(st.integers(0, len(places) - 1))]
        container[key] = json.loads(json.dumps(other[at])) if data.draw(st.booleans()) else data.draw(VALUES)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as target:
        target.writestr("config.json", json.dumps(config))
        target.writestr("model.weights.h5", weights)
    assert assert_opened_or_refused(worker, buffer.getvalue()) != "ended"
