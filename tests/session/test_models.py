"""Opening models: what is told when, one at a time, and the end of a loader that nobody waits for any more."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from cnn_explorer.engine import model_process
from cnn_explorer.engine.model_opening import ModelLoader
from cnn_explorer.engine.model_process import ModelProcess
from cnn_explorer.files.opened_model import OpenedModel, StoredWeights
from cnn_explorer.network.document import Image
from cnn_explorer.network.sentence import say
from cnn_explorer.session import models as session_models
from cnn_explorer.session.models import ModelDocument, Models
from tests.files.model_files import archive, sequential, write
from tests.views.model_setting import PROGRAM, RUN, FakeLoader, Loaders, small_model

IMAGE = Image(np.array([[0.0, 2.0], [1.0, 0.0]])[:, :, np.newaxis])


class Told:
    """Everything that Models says, in order: the name of each signal and what it carried."""

    def __init__(self, models: Models) -> None:
        self.all: list[tuple[str, Any]] = []
        for name in ("opened", "found_weights", "found_program", "ran", "refused"):
            getattr(models, name).connect(lambda value, name=name: self.all.append((name, value)))
        models.cancelled.connect(lambda: self.all.append(("cancelled", None)))


@pytest.fixture
def models(qtbot: QtBot) -> Iterator[Models]:
    made = Models()
    yield made
    assert made.close()


@pytest.fixture
def told(models: Models) -> Told:
    return Told(models)


def join(models: Models, answer: Any = None, limit: float = 60.0) -> Loaders:
    loaders = Loaders(answer, limit)
    models.join(loaders)
    return loaders


def outcome(told: Told, qtbot: QtBot) -> tuple[str, Any]:
    qtbot.waitUntil(lambda: bool(told.all))
    (only,) = told.all
    return only


def test_a_model_becomes_a_document_with_the_image_made_to_fit(models: Models, told: Told, qtbot: QtBot) -> None:
    model = small_model((4, 4, 3))
    loaders = join(models, model)
    models.open("net.keras", IMAGE)
    name, found = outcome(told, qtbot)
    assert name == "opened" and isinstance(found, ModelDocument)
    assert found.model is model and found.document.network is model.network
    assert found.document.image.shape == (4, 4, 3)
    assert float(found.document.image.pixels[0, 3, 2]) == 1.0
    assert str(found.how) == "Resized to 4×4 in three equal channels for the model, values from 0 to 1."
    assert loaders.made[0].paths == ["net.keras"]
    assert loaders.made[0].stopped.is_set()
    assert (models.busy, models.state, models.seconds) == (False, "idle", 0)


def test_a_known_model_is_asked_for_by_name(models: Models, told: Told, qtbot: QtBot) -> None:
    loaders = join(models, small_model())
    models.open("VGG16", IMAGE, known=True, weights="imagenet.h5")
    assert outcome(told, qtbot)[0] == "opened"
    assert (loaders.made[0].paths, loaders.made[0].weights) == (["VGG16"], ["imagenet.h5"])


@pytest.mark.parametrize(("answer", "name"), [(StoredWeights(lambda net: net), "found_weights"),
                                              (PROGRAM, "found_program")])  # fmt: skip
def test_what_is_no_model_is_told_as_what_it_is(
    answer: Any, name: str, models: Models, told: Told, qtbot: QtBot
) -> None:
    loaders = join(models, answer)
    models.open("other", IMAGE)
    assert outcome(told, qtbot) == (name, answer)
    assert loaders.made[0].images == []


def test_a_program_runs_only_when_it_is_asked_to(models: Models, told: Told, qtbot: QtBot) -> None:
    loaders = join(models)
    models.run("net", PROGRAM, IMAGE)
    assert outcome(told, qtbot) == ("ran", RUN)
    assert loaders.made[0].images == [IMAGE]
    assert loaders.made[0].stopped.is_set()


def test_a_refusal_is_its_sentence(models: Models, told: Told, qtbot: QtBot) -> None:
    sentence = say("{file} is no model.", file="a")
    loaders = join(models, sentence)
    models.open("a", IMAGE)
    assert outcome(told, qtbot) == ("refused", sentence)
    assert loaders.made[0].stopped.is_set() and not models.busy


def test_too_little_memory_in_the_window_s_own_process(models: Models, told: Told, qtbot: QtBot) -> None:
    class Greedy(FakeLoader):
        def open(self, path: str, told: Any) -> OpenedModel:
            raise MemoryError

    models.join(Greedy)
    models.open("/folder/a.keras", IMAGE)
    name, sentence = outcome(told, qtbot)
    assert (name, str(sentence)) == ("refused", "a.keras needs more memory than there is; close other programs.")


def test_without_a_loader_it_says_so_at_once(models: Models, told: Told) -> None:
    models.open("a.keras", IMAGE)
    ((name, sentence),) = told.all
    assert name == "refused" and "no engine that could open models" in str(sentence)


def test_what_is_done_and_how_long_it_may_take(models: Models, qtbot: QtBot) -> None:
    join(models, limit=60)
    states: list[tuple[str, int]] = []
    models.changed.connect(lambda: states.append((models.state, models.limit)))
    models.open("a.keras", IMAGE)
    qtbot.waitUntil(lambda: ("building", 60) in states)
    assert states[0] in (("looking", 0), ("building", 60))
    qtbot.waitUntil(lambda: models.seconds == 1, timeout=5000)
    models.cancel()
    assert models.state == "idle"


def test_cancelling_ends_it_at_once_and_nothing_more_is_told(models: Models, told: Told, qtbot: QtBot) -> None:
    loaders = join(models)
    models.open("a.keras", IMAGE)
    qtbot.waitUntil(lambda: bool(loaders.made[0].paths))
    models.cancel()
    models.cancel()
    assert told.all == [("cancelled", None)]
    assert loaders.made[0].stopped.is_set() and not models.busy
    assert models.close()
    assert told.all == [("cancelled", None)]


def test_asking_for_another_drops_the_one_before(models: Models, told: Told, qtbot: QtBot) -> None:
    loaders = join(models)
    models.open("first.keras", IMAGE)
    qtbot.waitUntil(lambda: bool(loaders.made[0].paths))
    models.open("second.keras", IMAGE)
    assert loaders.made[0].stopped.is_set()
    model = small_model()
    loaders.made[1].give(model)
    name, found = outcome(told, qtbot)
    assert name == "opened" and found.model is model
    assert loaders.made[1].paths == ["second.keras"]


def test_one_that_hangs_beyond_its_limit_is_ended(
    models: Models, told: Told, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session_models, "GRACE", 0.0)
    loaders = join(models, limit=1)
    models.open("/folder/a.keras", IMAGE)
    name, sentence = outcome(told, qtbot)
    assert name == "refused" and str(sentence).startswith("a.keras can't be opened: it took more than 1 seconds")
    assert loaders.made[0].stopped.is_set() and not models.busy


def test_what_was_prepared_is_used_for_the_next_file_only(models: Models, told: Told, qtbot: QtBot) -> None:
    loaders = join(models, say("It is no model."))
    models.prepare()
    models.prepare()
    assert [loader.warmed for loader in loaders.made] == [True]
    for path in "ab":
        models.open(path, IMAGE)
        qtbot.waitUntil(lambda: not models.busy)
    assert [(loader.warmed, loader.paths) for loader in loaders.made] == [(True, ["a"]), (False, ["b"])]
    assert [name for name, _ in told.all] == ["refused", "refused"]


@pytest.mark.parametrize("end", [Models.release, Models.close])
def test_what_was_prepared_goes_where_it_is_not_wanted(end: Any, models: Models, told: Told) -> None:
    loaders = join(models)
    models.prepare()
    end(models)
    assert loaders.made[0].stopped.is_set() and loaders.made[0].paths == []
    assert told.all == []


def test_the_window_can_close_meanwhile(models: Models, told: Told, qtbot: QtBot) -> None:
    loaders = join(models)
    models.open("a.keras", IMAGE)
    qtbot.waitUntil(lambda: bool(loaders.made[0].paths))
    assert models.close()
    assert loaders.made[0].stopped.is_set()
    assert told.all == []


# with the loader that the program has


class Hanging(ModelLoader):
    """Its process stands still as soon as it is there."""

    def __init__(self, processes: list[ModelProcess]) -> None:
        super().__init__()
        self._processes = processes

    def _start(self, path: str) -> ModelProcess:
        process = super()._start(path)
        os.kill(process.process_id, signal.SIGSTOP)
        self._processes.append(process)
        return process


@pytest.mark.parametrize("content", [b"no model", None])
def test_a_process_that_was_prepared_goes_with_its_files(
    content: bytes | None, models: Models, told: Told, qtbot: QtBot, tmp_path: Path, temporary: Path
) -> None:
    """For a file that is refused before it is needed, and for none."""
    models.join(ModelLoader)
    models.prepare()
    (child,) = (each for each in multiprocessing.active_children() if each.name == "cnn-explorer-model")
    assert list(temporary.iterdir()) != []
    if content is None:
        models.release()
    else:
        models.open(str(write(tmp_path / "bad.keras", content)), IMAGE)
        assert outcome(told, qtbot)[0] == "refused"
    assert not child.is_alive()


def test_a_bad_file_is_told_of_before_the_process_that_was_prepared_is_ready(
    models: Models, told: Told, qtbot: QtBot, tmp_path: Path, temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It never is here: its process stands still. What is bad about the file only h5py finds."""
    processes: list[ModelProcess] = []

    def warm(self: ModelProcess) -> None:
        os.kill(self.process_id, signal.SIGSTOP)
        processes.append(self)

    monkeypatch.setattr(ModelProcess, "warm", warm)
    models.join(ModelLoader)
    models.prepare()
    models.open(str(write(tmp_path / "bad.keras", archive(sequential()))), IMAGE)
    qtbot.waitUntil(lambda: bool(told.all), timeout=20_000)
    name, sentence = outcome(told, qtbot)
    assert name == "refused" and "bad.keras can't be opened: it is damaged" in str(sentence)
    assert len(processes) == 1 and not Path(f"/proc/{processes[0].process_id}").exists()


@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="Windows can't stop a process for a while")
@pytest.mark.parametrize("way", ["limit", "cancel"])
def test_a_process_that_hangs_goes_with_its_files_and_its_thread(
    way: str, models: Models, told: Told, qtbot: QtBot, tmp_path: Path, temporary: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr("cnn_explorer.engine.model_opening.LONGEST_SECONDS", 1.0)
    monkeypatch.setattr(session_models, "GRACE", 0.5)
    processes: list[ModelProcess] = []
    models.join(lambda: Hanging(processes))
    models.open(str(write(tmp_path / "slow.keras", archive(sequential()))), IMAGE)
    qtbot.waitUntil(lambda: bool(processes))
    assert list(temporary.iterdir()) != []
    if way == "cancel":
        models.cancel()
    name, sentence = outcome(told, qtbot)
    assert name == ("refused" if way == "limit" else "cancelled")
    assert sentence is None or "slow.keras can't be opened: it took more than 1 seconds" in str(sentence)
    assert models.close()
    assert not Path(f"/proc/{processes[0].process_id}").exists()
    assert [each.name for each in threading.enumerate() if each.name == "background work"] == []
    assert model_process.LONGEST_SECONDS == 60
