"""A training in the session: the document's network learns, in one step of undo, whatever happens meanwhile."""

from __future__ import annotations

import json
import threading
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from cnn_explorer.files.training_record import MEMBER, TrainingRecord, record_bytes
from cnn_explorer.network.arrays import frozen
from cnn_explorer.network.document import Document, Image
from cnn_explorer.network.files import read_document, write_document
from cnn_explorer.network.layers import Conv2D, Dense, Dropout, Flatten
from cnn_explorer.network.network import Network
from cnn_explorer.network.results import evaluate
from cnn_explorer.network.sentence import say
from cnn_explorer.network.training import DataSpec, TrainingSettings, weights_of
from cnn_explorer.network.training_progress import Epoch, History, Snapshot, Started
from cnn_explorer.session import keeping, training_told
from cnn_explorer.session import training as module
from cnn_explorer.session.checkpoints import KEPT, Checkpoints
from cnn_explorer.session.session import Session
from cnn_explorer.session.training import Training
from tests.session.fake_trainer import CLASSES, FakeTrainer, Trainers, result

DATA = DataSpec("mnist", "/mnist.npz")
SETTINGS = TrainingSettings(epochs=2)
SHAPE = (4, 4, 1)


def document() -> Document:
    rng = np.random.default_rng(0)
    layers = (
        Conv2D(kernel=frozen(rng.normal(size=(3, 3, 1, 2))), bias=frozen([0, 0])),
        Dropout(),
        Flatten(),
        Dense(kernel=frozen(rng.normal(size=(8, 10))), bias=frozen(np.zeros(10))),
    )
    return Document(Image(np.ones((4, 4, 1))), Network(layers))


@pytest.fixture
def session(qtbot: QtBot) -> Session:
    made = Session(document())
    made.changed.connect(lambda: made.show(evaluate(made.wanted)))
    return made


@pytest.fixture
def trainers() -> Trainers:
    return Trainers()


@pytest.fixture
def training(qtbot: QtBot, session: Session, trainers: Trainers, tmp_path: Path) -> Iterator[Training]:
    made = Training(session, trainers, tmp_path / "checkpoints")
    yield made
    made.close()
    until(qtbot, lambda: not [each.name for each in threading.enumerate() if each.name.startswith("trainer")])


def until(qtbot: QtBot, holds: Any) -> None:
    qtbot.waitUntil(lambda: bool(holds()), timeout=5000)


def start(qtbot: QtBot, training: Training, trainers: Trainers) -> FakeTrainer:
    """A training that has begun to learn."""
    before = len(trainers.started)
    training.start(SETTINGS, DATA, SHAPE)
    until(qtbot, lambda: len(trainers.started) > before)
    trainers.newest.begin()
    until(qtbot, lambda: training.state == "running")
    return trainers.newest


def weight(session: Session) -> float:
    """How much has been added to the first weight on the screen."""
    layer: Any = session.evaluation.document.network.layers[0]
    return round(float(layer.kernel[0, 0, 0, 0] - document().network.layers[0].kernel[0, 0, 0, 0]), 3)  # type: ignore


def draw(session: Session, value: float) -> None:
    session.edit_image(replace(session.document.image, pixels=np.full((4, 4, 1), value)), say("Draw"))


def test_what_is_learnt_is_shown_and_is_one_step_of_undo(
    qtbot: QtBot, session: Session, training: Training, trainers: Trainers
) -> None:
    before = session.document.network
    trainer = start(qtbot, training, trainers)
    for step in (10, 20, 30):
        trainer.progress(step, 10)
        trainer.snapshot(step)
        until(qtbot, lambda step=step: weight(session) == step)
        draw(session, step)
    trainer.finish(30, saved="/there.keras")
    until(qtbot, lambda: training.state == "finished")
    assert not session.running and training.result is not None
    assert session.document.network.classes == CLASSES
    assert session.unsaved
    draw(session, 31)
    for expected in (30, 20, 10, 1):
        session.undo()
        assert float(session.document.image.pixels[0, 0, 0]) == expected and weight(session) == 30
    assert str(session.undo_text) == "Train"
    session.undo()
    assert session.document.network == before and session.undo_text is None
    session.redo()
    assert weight(session) == 30


def test_it_asks_for_the_weights_more_than_twice_a_second(qtbot: QtBot, training: Training, trainers: Trainers) -> None:
    trainer = start(qtbot, training, trainers)
    (seconds,) = [subject[0] for word, *subject in trainer.told if word == "snapshots"]
    assert 0 < seconds < 0.5


def test_the_course_and_the_state_are_kept(
    qtbot: QtBot, session: Session, training: Training, trainers: Trainers
) -> None:
    assert (training.state, training.active) == ("idle", False)
    training.start(SETTINGS, DATA, SHAPE)
    assert training.state == "loading" and session.running
    until(qtbot, lambda: trainers.started)
    trainer = trainers.newest
    trainer.say("loading", say("Reading the digits"), 200, 1000)
    until(qtbot, lambda: training.loaded == (200, 1000))
    assert str(training.doing) == "Reading the digits"
    trainer.begin()
    trainer.progress(5, 5)
    trainer.progress(12, 7)
    trainer.epoch(0, 20)
    until(qtbot, lambda: training.course.epochs)
    assert len(training.course.losses) == 12 and training.progress is not None and training.progress.step == 12
    trainer.say("state", "validating")
    until(qtbot, lambda: str(training.doing) == "Validating…")
    assert training.state == "running"


def test_pause_resume_stop(qtbot: QtBot, session: Session, training: Training, trainers: Trainers) -> None:
    trainer = start(qtbot, training, trainers)
    training.pause()
    until(qtbot, lambda: ("pause",) in trainer.told)
    trainer.say("state", "paused")
    until(qtbot, lambda: training.state == "paused")
    assert session.running
    training.resume()
    until(qtbot, lambda: ("resume",) in trainer.told)
    trainer.say("state", "training")
    until(qtbot, lambda: training.state == "running")
    training.stop()
    until(qtbot, lambda: ("stop",) in trainer.told)
    assert training.state == "stopping" and session.running
    trainer.say("state", "testing")
    until(qtbot, lambda: str(training.doing) == "Testing…")
    trainer.finish()
    until(qtbot, lambda: training.state == "finished" and trainer.closed.is_set())
    assert not session.running


def test_stopped_twice_it_ends_without_waiting(
    qtbot: QtBot, session: Session, training: Training, trainers: Trainers
) -> None:
    trainer = start(qtbot, training, trainers)
    trainer.snapshot(7)
    until(qtbot, lambda: weight(session) == 7)
    training.stop()
    training.stop()
    assert training.state == "failed" and not session.running
    until(qtbot, trainer.closed.is_set)
    assert weight(session) == 7


def test_stopped_while_it_loads_nothing_has_happened(
    qtbot: QtBot, session: Session, training: Training, trainers: Trainers
) -> None:
    training.start(SETTINGS, DATA, SHAPE)
    until(qtbot, lambda: trainers.started)
    training.stop()
    assert training.state == "idle" and not session.running
    assert session.undo_text is None and not session.unsaved
    until(qtbot, trainers.newest.closed.is_set)


def test_data_that_cannot_be_read_leave_no_step(
    qtbot: QtBot, session: Session, training: Training, trainers: Trainers
) -> None:
    told: list[str] = []
    training.told.connect(lambda sentence: told.append(str(sentence)))
    training.start(SETTINGS, DATA, SHAPE)
    until(qtbot, lambda: trainers.started)
    draw(session, 3)
    trainers.newest.say("failed", say("mnist.npz isn't there."))
    until(qtbot, lambda: training.state == "failed")
    assert told == ["mnist.npz isn't there."] and str(training.reason) == told[0]
    assert str(session.undo_text) == "Draw"
    session.undo()
    assert session.undo_text is None


def test_a_test_changes_nothing_and_begins_nothing(
    qtbot: QtBot, session: Session, training: Training, trainers: Trainers
) -> None:
    before = session.document
    training.test(SETTINGS, DATA, SHAPE)
    until(qtbot, lambda: trainers.started)
    trainer = trainers.newest
    assert trainer.job.paused and not trainer.job.go_on
    trainer.say("started", Started(100, 10, 30, 20, ("ant", "bee"), 0))
    trainer.snapshot(0, 0.0)
    trainer.say("state", "paused")
    until(qtbot, lambda: ("stop",) in trainer.told)
    assert training.state == "stopping" and str(training.doing) == "Testing…"
    trainer.snapshot(0, 0.0)
    trainer.finish(0, saved=trainer.job.checkpoint)
    until(qtbot, lambda: training.state == "finished")
    assert training.result is not None and training.result.accuracy == 0.9
    assert session.document == before and session.undo_text is None and not session.unsaved
    assert training.can_go_on  # with what was tested
    training.test(SETTINGS, DATA, SHAPE)
    until(qtbot, lambda: len(trainers.started) == 2)
    assert trainers.newest.job.go_on and trainers.newest.job.checkpoint == trainer.job.checkpoint
    training.stop()
    assert session.document == before and session.undo_text is None
    start(qtbot, training, trainers).snapshot(5)  # the next training learns again
    until(qtbot, lambda: weight(session) == 5)


def test_trouble_waits_until_it_is_mended(
    qtbot: QtBot, session: Session, training: Training, trainers: Trainers
) -> None:
    trainer = start(qtbot, training, trainers)
    trainer.say("trouble", say("The disk is full."))
    until(qtbot, lambda: training.state == "paused")
    assert str(training.trouble) == "The disk is full." and session.running
    training.resume()
    trainer.say("state", "training")
    until(qtbot, lambda: training.state == "running")
    assert training.trouble is None


def test_a_trainer_that_dies_leaves_the_last_weights_and_can_be_started_again(
    qtbot: QtBot, session: Session, training: Training, trainers: Trainers, expected_warnings: Any
) -> None:
    expected_warnings("the trainer has ended; its last lines: its last words")
    told: list[str] = []
    training.told.connect(lambda sentence: told.append(str(sentence)))
    trainer = start(qtbot, training, trainers)
    trainer.snapshot(1234)
    until(qtbot, lambda: weight(session) == 1234)
    trainer.end()
    until(qtbot, lambda: training.state == "failed")
    assert "batch 1,234" in told[0] and not session.running
    assert weight(session) == 1234
    assert str(session.undo_text) == "Train"
    learnt = session.document.network
    again = start(qtbot, training, trainers)
    assert again is not trainer and again.job.network is learnt


def test_it_can_go_on_while_the_network_is_what_it_learnt(
    qtbot: QtBot, session: Session, training: Training, trainers: Trainers
) -> None:
    assert not training.can_go_on
    trainer = start(qtbot, training, trainers)
    trainer.progress(40, 40)
    trainer.snapshot(40)
    assert not training.can_go_on
    trainer.finish(40, saved="/there.keras")
    until(qtbot, lambda: training.state == "finished")
    assert training.can_go_on
    draw(session, 2)
    assert training.can_go_on
    layer = session.document.network.layers[0]
    session.edit_layer(0, layer.with_bias(0, 1.0), say("Bias"))  # type: ignore[arg-type]
    assert not training.can_go_on
    session.undo()
    training.go_on(replace(SETTINGS, epochs=7))
    until(qtbot, lambda: len(trainers.started) == 2)
    job = trainers.newest.job
    assert (job.go_on, job.checkpoint, job.settings.epochs) == (True, "/there.keras", 7)
    trainers.newest.begin(step=40)
    trainers.newest.progress(45, 5)
    until(qtbot, lambda: len(training.course.losses) == 45)
    assert list(training.snapshots.steps)[0] == 0
    trainers.newest.finish(45)
    until(qtbot, lambda: training.state == "finished")
    assert str(session.undo_text) == "Go on training"


def test_starting_over_draws_new_weights_from_the_seed(
    qtbot: QtBot, session: Session, training: Training, trainers: Trainers
) -> None:
    before: Any = session.document.network.layers[0]
    for number in (1, 2):
        training.start_over(SETTINGS, DATA, SHAPE)
        until(qtbot, lambda number=number: len(trainers.started) == number)
        trainers.newest.begin()
        until(qtbot, lambda: training.state == "running")
        trainers.newest.finish()
        until(qtbot, lambda: training.state == "finished")
    first, second = [each.job.network.layers[0] for each in trainers.started]
    assert first == second != before
    assert session.document.network.layers[0] == first


def test_looking_back_changes_nothing_and_using_it_is_an_edit(
    qtbot: QtBot, session: Session, training: Training, trainers: Trainers
) -> None:
    trainer = start(qtbot, training, trainers)
    for step in (10, 20, 30):
        trainer.snapshot(step)
    until(qtbot, lambda: len(training.snapshots) == 4)
    training.look_back(1)
    assert weight(session) == 10
    trainer.snapshot(40)  # it goes on to learn behind what is shown
    until(qtbot, lambda: len(training.snapshots) == 5)
    assert weight(session) == 10
    training.look_back(None)
    assert weight(session) == 40
    trainer.finish(40)
    until(qtbot, lambda: training.state == "finished")
    training.look_back(2)
    assert weight(session) == 20 and str(session.undo_text) == "Train"
    training.use(2)
    assert weight(session) == 20 and session.previewed is None
    assert str(session.undo_text) == "Use the weights of batch 20"
    assert session.document.network.classes == CLASSES
    session.undo()
    assert weight(session) == 40


def test_weights_that_run_out_of_control_are_not_shown(
    qtbot: QtBot, session: Session, training: Training, trainers: Trainers
) -> None:
    trainer = start(qtbot, training, trainers)
    for bad in (np.nan, np.inf, 1e10):
        trainer.say("snapshot", Snapshot(5, 0, trainer.weights(bad)))
    trainer.snapshot(6)
    until(qtbot, lambda: weight(session) == 6)
    assert list(training.snapshots.steps) == [0, 6]


def test_another_document_ends_the_training_quietly(
    qtbot: QtBot, session: Session, training: Training, trainers: Trainers
) -> None:
    told: list[object] = []
    training.told.connect(told.append)
    trainer = start(qtbot, training, trainers)
    session.open(replace(document(), image=Image(np.zeros((5, 5, 1)))))
    assert training.state == "idle" and len(training.snapshots) == 0
    until(qtbot, trainer.closed.is_set)
    assert ("quit",) in trainer.told and told == []
    assert session.document.image.shape == (5, 5, 1) and not session.unsaved


def test_of_a_finished_training_nothing_is_left_in_another_document(
    qtbot: QtBot, session: Session, training: Training, trainers: Trainers
) -> None:
    start(qtbot, training, trainers).finish(saved="/there.keras")
    until(qtbot, lambda: training.state == "finished")
    session.open(document())
    assert training.state == "idle" and training.result is None and not training.can_go_on


def test_weights_are_journalled_now_and_then(
    qtbot: QtBot, session: Session, training: Training, trainers: Trainers, monkeypatch: pytest.MonkeyPatch
) -> None:
    trainer, heard = start(qtbot, training, trainers), []
    session.history_changed.connect(lambda: heard.append(weight(session)))
    for step in range(1, 6):
        trainer.snapshot(step)
    until(qtbot, lambda: weight(session) == 5)
    assert heard == []
    monkeypatch.setattr(training_told, "JOURNAL_SECONDS", 0.0)
    trainer.snapshot(6)
    until(qtbot, lambda: heard)


def test_closing_lets_the_trainer_save_and_leaves_nothing(
    qtbot: QtBot, session: Session, training: Training, trainers: Trainers
) -> None:
    trainer = start(qtbot, training, trainers)
    training.close()
    assert ("quit",) in trainer.told and trainer.closed.is_set()


def test_closing_does_not_wait_for_one_that_hangs(
    qtbot: QtBot, session: Session, training: Training, trainers: Trainers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "FAREWELL", 0.05)
    trainer = start(qtbot, training, trainers)
    monkeypatch.setattr(trainer, "send", lambda *message: None)
    training.close()
    assert trainer.killed.is_set() and trainer.closed.is_set()


def test_steps_by_hand_are_told(qtbot: QtBot, training: Training, trainers: Trainers) -> None:
    updates: list[object] = []
    training.updated.connect(updates.append)
    training.start(SETTINGS, DATA, SHAPE, by_hand=True)
    until(qtbot, lambda: trainers.started)
    trainer = trainers.newest
    assert trainer.job.paused
    trainer.begin()
    trainer.say("state", "paused")
    until(qtbot, lambda: training.state == "paused")
    training.step(0.01, 3)
    training.back(3)
    until(qtbot, lambda: ("back", 3) in trainer.told)
    assert ("step", 0.01, 3) in trainer.told
    trainer.say("update", "an update")
    until(qtbot, lambda: updates)
    assert updates == ["an update"]


def test_only_the_newest_checkpoints_stay(qtbot: QtBot, tmp_path: Path) -> None:
    checkpoints = Checkpoints(tmp_path / "new" / "folder")
    for _ in range(KEPT + 3):
        Path(checkpoints.new()).write_text("model")
    assert len(list((tmp_path / "new" / "folder").iterdir())) == KEPT
    assert Checkpoints(None).new() == ""
    (tmp_path / "file").write_text("")
    assert Checkpoints(tmp_path / "file").new() == ""


# going on with what was trained before


def record(**more: Any) -> TrainingRecord:
    history = History((Epoch(0, 20, 0.5, 0.8, 0.6, 0.7, 3.0),), tuple(range(40)), (0.5,) * 40, (0.8,) * 40)
    return TrainingRecord(SETTINGS, "mnist", "mnist.npz", 1000, CLASSES, 1, 20, 40, 0.4, 0.9, history=history, **more)


def finished_before(qtbot: QtBot, training: Training, trainers: Trainers) -> Path:
    """A training that has ended; its checkpoint."""
    trainer = start(qtbot, training, trainers)
    trainer.snapshot(40)
    path = Path(trainer.job.checkpoint)
    write_record(str(path))
    trainer.finish(40, saved=str(path))
    until(qtbot, lambda: training.state == "finished")
    return path


def test_a_document_that_was_trained_here_can_go_on_after_a_restart(
    qtbot: QtBot, session: Session, training: Training, trainers: Trainers, tmp_path: Path
) -> None:
    path = finished_before(qtbot, training, trainers)
    saved, _ = read_document(write_document(session.document), "mine.cnn")
    later = Session(document())
    again = Training(later, Trainers(), tmp_path / "checkpoints")
    assert again.state == "idle"
    later.open(saved, "/mine.cnn")
    until(qtbot, lambda: again.state == "finished")
    assert again.can_go_on and again.saved == str(path)
    assert again.job is not None and again.job.data == DATA and again.job.shape == SHAPE
    assert len(again.course.losses) == 40 and [each.step for each in again.course.epochs] == [20]
    assert again.progress is not None and again.progress.step == 40 and "Trained earlier" in str(again.reason)
    later.open(document())
    qtbot.wait(50)
    assert again.state == "idle" and not again.can_go_on
    again.close()


def write_record(path: str) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(MEMBER, record_bytes(record()))


def kept(qtbot: QtBot, trainer: FakeTrainer) -> str:
    """Where the trainer is asked to keep a checkpoint."""
    until(qtbot, lambda: [word for word, *_ in trainer.told if word == "keep"])
    return str([subject[0] for word, *subject in trainer.told if word == "keep"][-1])


def test_a_document_that_is_saved_while_it_is_trained_can_go_on_from_there(
    qtbot: QtBot, session: Session, training: Training, trainers: Trainers, tmp_path: Path
) -> None:
    trainer, saved = start(qtbot, training, trainers), []
    trainer.snapshot(40)
    until(qtbot, lambda: weight(session) == 40)
    training.keep("/mine.cnn", lambda: saved.append(write_document(session.document)))
    path = kept(qtbot, trainer)
    assert path != trainer.job.checkpoint and not saved
    write_record(path)
    trainer.snapshot(41)
    trainer.say("kept", path)
    trainer.snapshot(42)
    until(qtbot, lambda: weight(session) == 42)
    assert len(saved) == 1
    later = Session(document())
    again = Training(later, Trainers(), tmp_path / "checkpoints")
    later.open(read_document(saved[0], "mine.cnn")[0], "/mine.cnn")
    assert weight(later) == 41
    until(qtbot, lambda: again.state == "finished")
    assert again.can_go_on and again.saved == path and len(again.course.losses) == 40
    again.close()
    training.keep("/mine.cnn", lambda: saved.append(b""))  # the file is replaced, and so is what belongs to it
    until(qtbot, lambda: trainer.told.count(("keep", path)) == 2)
    trainer.say("kept", path)
    until(qtbot, lambda: len(saved) == 2)


@pytest.mark.parametrize("end", ["no checkpoint", "finished", "death", "patience", "another document"])
def test_a_document_is_saved_whatever_becomes_of_the_training(
    qtbot: QtBot, session: Session, training: Training, trainers: Trainers, end: str, monkeypatch: pytest.MonkeyPatch,
    expected_warnings: Any,
) -> None:  # fmt: skip
    monkeypatch.setattr(keeping, "PATIENCE", 50 if end == "patience" else 5000)
    if end == "death":
        expected_warnings("the trainer has ended")
    trainer, saved = start(qtbot, training, trainers), []
    training.keep("/mine.cnn", lambda: saved.append(session.document))
    kept(qtbot, trainer)
    {
        "no checkpoint": lambda: trainer.say("kept", ""),
        "finished": lambda: trainer.finish(30),
        "death": trainer.end,
        "patience": lambda: None,
        "another document": lambda: session.open(document()),
    }[end]()
    until(qtbot, lambda: saved)
    assert saved == [session.document]


def test_without_a_training_a_document_is_saved_at_once(session: Session, training: Training) -> None:
    saved: list[int] = []
    training.keep("/mine.cnn", lambda: saved.append(1))
    assert saved == [1]


def test_a_saved_document_can_go_on_also_after_others_went_on_from_it(
    qtbot: QtBot, session: Session, training: Training, trainers: Trainers, tmp_path: Path
) -> None:
    path = finished_before(qtbot, training, trainers)
    session.mark_saved("/mine.cnn", session.document)
    saved = session.document
    training.go_on(SETTINGS)
    until(qtbot, lambda: len(trainers.started) == 2)
    job = trainers.newest.job
    assert job.go_on and job.checkpoint != str(path)
    assert Path(job.checkpoint).read_bytes() == path.read_bytes()
    trainers.newest.begin(step=40)
    trainers.newest.snapshot(45)
    trainers.newest.finish(45, saved=job.checkpoint)
    until(qtbot, lambda: training.state == "finished")
    found = Checkpoints(tmp_path / "checkpoints").find(weights_of(saved.network))
    assert found is not None and found.path == str(path)
    training.go_on(SETTINGS)  # this time no file has the weights
    until(qtbot, lambda: len(trainers.started) == 3)
    assert trainers.newest.job.checkpoint == job.checkpoint


@pytest.mark.parametrize("spoil", ["model", "facts", "fingerprint", "gone"])
def test_what_cannot_be_believed_is_not_offered(
    qtbot: QtBot, session: Session, training: Training, trainers: Trainers, tmp_path: Path, spoil: str
) -> None:
    path = finished_before(qtbot, training, trainers)
    facts = path.with_suffix(".json")
    found = json.loads(facts.read_text())
    {
        "model": lambda: path.write_bytes(b"no archive"),
        "facts": lambda: facts.write_text(json.dumps(found | {"data": {"kind": "mnist"}})),
        "fingerprint": lambda: facts.write_text(json.dumps(found | {"fingerprint": "0"})),
        "gone": path.unlink,
    }[spoil]()
    checkpoints = Checkpoints(tmp_path / "checkpoints")
    assert checkpoints.any() and checkpoints.find(weights_of(session.document.network)) is None


def test_results_tell_which_images_are_mistaken() -> None:
    found = result()
    assert found.accuracy == pytest.approx(0.9)
    assert found.confusion[3, 8] == 3
