"""The tab of the training: what it offers in which state, what it tells, and what a person can do there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image as Picture
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox

from cnn_explorer.network.files import read_document
from cnn_explorer.network.sentence import say
from cnn_explorer.network.training import TrainingSettings
from cnn_explorer.session.settings import Settings
from cnn_explorer.views.train_settings import TrainSettings, read_settings
from cnn_explorer.views.train_words import time_text
from tests.views.learning_setting import Learner, learning
from tests.views.open_window import open_window

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def learner(qtbot: Any) -> Iterator[Learner]:
    with learning(qtbot) as made:
        yield made


def click(button: Any) -> None:
    assert button.isEnabled()
    QTest.mouseClick(button, LEFT)


def texts(learner: Learner) -> tuple[str, str]:
    controls = learner.panel.controls
    return controls.main.text(), controls.other.text()


def test_what_the_buttons_do_follows_the_state(learner: Learner) -> None:
    controls = learner.panel.controls
    assert texts(learner) == ("Start", "Start over")
    click(controls.main)
    assert texts(learner) == ("Pause", "Stop") and not controls.main.isEnabled()
    assert controls.lines[0].text() == "Starting TensorFlow…"
    trainer = learner.trainer()
    trainer.progress(34, 34, epoch=1)
    learner.until(lambda: controls.lines[0].text() == "Epoch 2 of 5, batch 14 of 20")
    assert controls.lines[1].text() == "1,234 images/s · 1:20 left"
    assert controls.bar.value() == pytest.approx(1000 * 34 / 100)
    click(controls.main)
    trainer.say("state", "paused")
    learner.until(lambda: texts(learner) == ("Go on", "Stop"))
    assert controls.lines[1].text() == "Paused"
    click(controls.main)
    trainer.say("state", "training")
    learner.until(lambda: texts(learner) == ("Pause", "Stop"))
    click(controls.other)
    assert texts(learner) == ("Pause", "End at once") and not controls.main.isEnabled()
    trainer.finish(34, saved="/there.keras")
    learner.until(lambda: texts(learner) == ("Go on", "Start over"))
    assert controls.lines[0].text() == "Test accuracy 90.0\u202f%"
    assert [word for word, *_ in trainer.told if word != "snapshots"] == ["pause", "resume", "stop"]


def test_starting_turns_to_the_course_and_locks_the_settings(learner: Learner) -> None:
    panel = learner.panel
    assert panel.shown == 0
    panel.settings.fields["epochs"].more.click()  # type: ignore[attr-defined]
    click(panel.controls.main)
    learner.trainer()
    assert panel.shown == 1 and panel.curves.isVisible()
    assert learner.trainers.newest.job.settings.epochs == 6
    panel.show_page(0)
    assert not panel.settings.isEnabled() and not panel.data.kinds.isEnabled()


def test_until_the_first_batch_is_there_it_says_what_it_waits_for(learner: Learner) -> None:
    click(learner.panel.controls.main)
    learner.trainer()
    assert learner.panel.controls.lines[0].text() == "Preparing the first batch…"


def test_the_focus_never_falls_on_what_would_end_the_training(learner: Learner) -> None:
    controls, window = learner.panel.controls, learner.window
    click(controls.main)
    assert not controls.main.isEnabled() and window.focusWidget() is controls
    trainer = learner.trainer()
    assert window.focusWidget() is controls.main
    click(controls.other)
    assert controls.other.text() == "End at once" and window.focusWidget() is controls
    trainer.finish(34, saved="/there.keras")
    learner.until(lambda: texts(learner) == ("Go on", "Start over"))
    assert window.focusWidget() is controls.main


def test_a_double_click_on_stop_stops_once(learner: Learner) -> None:
    controls = learner.panel.controls
    click(controls.main)
    trainer = learner.trainer()
    QTest.mouseClick(controls.other, LEFT)
    QTest.mouseDClick(controls.other, LEFT)
    learner.until(lambda: ("stop",) in trainer.told)
    assert controls.other.text() == "End at once" and learner.training.state == "stopping"
    click(controls.other)
    assert learner.training.state == "failed"


def test_it_waits_while_somebody_is_asked_whether_to_save(learner: Learner) -> None:
    click(learner.panel.controls.main)
    trainer = learner.trainer()
    trainer.snapshot(10)
    learner.until(lambda: learner.training.snapshots.last.step == 10)  # type: ignore[union-attr]
    asked: list[str] = []

    def cancel() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        learner.until(lambda: ("pause",) in trainer.told)
        trainer.say("state", "paused")
        learner.until(lambda: learner.training.state == "paused")
        asked.append(box.text())
        box.button(QMessageBox.StandardButton.Cancel).click()

    QTimer.singleShot(0, cancel)
    assert not learner.window.close()
    assert asked == ["Save the changes to “Untitled”?"]
    learner.until(lambda: ("resume",) in trainer.told)


def test_saving_while_it_learns_waits_for_what_is_needed_to_go_on(learner: Learner, tmp_path: Path) -> None:
    learner.training.join(learner.trainers, tmp_path / "training")
    click(learner.panel.controls.main)
    trainer, path = learner.trainer(), tmp_path / "mine.cnn"
    learner.session.mark_saved(str(path), learner.session.first)
    QTest.keyClick(learner.window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    learner.until(lambda: [word for word, *_ in trainer.told if word == "keep"])
    assert not path.exists()
    trainer.snapshot(10)
    trainer.say("kept", "")
    learner.until(path.exists)
    assert read_document(path.read_bytes())[0] == learner.session.document and not learner.session.unsaved


def test_keys_start_pause_and_stop(learner: Learner) -> None:
    window = learner.window
    QTest.keyClick(window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    trainer = learner.trainer()
    assert window.commands.by_id["train_go"].isChecked() and window.commands.by_id["train_stop"].isEnabled()
    QTest.keyClick(window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    learner.until(lambda: ("pause",) in trainer.told)
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(window, Qt.Key.Key_Return, both)
    learner.until(lambda: ("stop",) in trainer.told)


def test_a_network_that_cannot_learn_says_why_and_what_is_missing_is_added(qtbot: Any) -> None:
    with learning(qtbot) as learner:
        learner.window.session.open(open_document())
        controls = learner.panel.controls
        assert "add Flatten and Dense with 10 units" in controls.problem.text()
        assert not controls.main.isEnabled() and not controls.other.isEnabled()
        click(controls.way_out)
        learner.until(lambda: not controls.problem.isVisible())
        assert learner.session.document.image.shape == (28, 28, 1)
        assert controls.main.isEnabled() and not controls.way_out.isVisible()
        assert str(learner.session.undo_text) == "End in 10 classes"
        learner.session.undo()
        assert controls.problem.isVisible()


def open_document() -> Any:
    from cnn_explorer.network.presets import default_document

    return default_document()


def test_without_a_trainer_nothing_can_be_started(qtbot: Any) -> None:
    window = open_window(qtbot)
    window.settings.set("mnist_path", "/there/mnist.npz")
    window.learning.show_panel()
    controls = window.learning.panel.controls
    assert "TensorFlow can't be used here" in controls.problem.text() and not controls.main.isEnabled()


def test_a_window_that_begins_with_the_tab_saves_as_any_other(qtbot: Any, tmp_path: Path) -> None:
    Settings().set("right_tab", "train")
    window, path = open_window(qtbot), tmp_path / "mine.cnn"
    assert window.has_learning
    window.session.mark_saved(str(path), window.session.document)
    QTest.keyClick(window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert path.exists()


def test_an_edit_of_the_network_is_refused_with_a_way_out(learner: Learner) -> None:
    window, session = learner.window, learner.session
    click(learner.panel.controls.main)
    trainer = learner.trainer()
    before = session.document.network.layers
    for _ in range(3):
        window.kernel_panel.buttons["flip"].click()
        window.commands.by_id["remove_layer"].trigger()
    assert session.document.network.layers == before
    assert "is being trained" in window.banner.label.text()
    window.input_panel.pages[session.document.image.source].invert.click()  # drawing goes on
    assert str(session.undo_text) == "Invert the image"
    click(window.banner.answers[0])
    learner.until(lambda: ("stop",) in trainer.told)
    assert window.banner.message is None  # told once, however often it was tried
    trainer.finish()
    learner.until(lambda: learner.training.state == "finished")
    window.kernel_panel.buttons["flip"].click()
    assert session.document.network.layers != before


def test_the_message_goes_when_the_training_ends(learner: Learner) -> None:
    window = learner.window
    click(learner.panel.controls.main)
    trainer = learner.trainer()
    window.kernel_panel.buttons["flip"].click()
    assert window.banner.message is not None
    trainer.finish()
    learner.until(lambda: window.banner.message is None)


def test_what_goes_wrong_is_said_over_the_stage_and_in_the_tab(learner: Learner) -> None:
    controls = learner.panel.controls
    click(controls.main)
    learner.until(lambda: learner.trainers.started)
    learner.trainers.newest.say("failed", say("mnist.npz isn't there."))
    learner.until(lambda: learner.training.state == "failed")
    assert learner.window.banner.label.text() == "mnist.npz isn't there."
    assert controls.lines[0].text() == "The training could not begin"
    assert controls.lines[1].text() == "mnist.npz isn't there."
    assert texts(learner) == ("Start", "Start over") and controls.main.isEnabled()


DIVERGED = say(
    "At batch {broken} weights were NaN or infinite, so training stopped; the weights of batch {good} are back. Try a "
    "smaller learning rate.",
    broken=1234, good=1200,
)  # fmt: skip


def test_however_it_ends_nothing_below_moves_and_the_reason_is_told_whole(learner: Learner) -> None:
    panel, controls = learner.panel, learner.panel.controls
    learner.until(lambda: panel.pages.y() > controls.height() / 2)
    before = panel.pages.y()
    click(controls.main)
    trainer = learner.trainer()
    assert panel.pages.y() == before
    trainer.finish(1200, reason=DIVERGED, ending="diverged")
    learner.until(lambda: learner.training.state == "finished")
    learner.qtbot.wait(0)
    assert panel.pages.y() == before
    assert controls.lines[1].text() == str(DIVERGED) == controls.lines[1].toolTip()
    assert learner.window.banner.label.text() == str(DIVERGED)


def test_the_network_can_be_tested_as_it_is(learner: Learner) -> None:
    panel = learner.panel
    click(panel.pages.buttons[2])
    panel.results.test.setFocus()
    click(panel.results.test)
    learner.until(lambda: learner.trainers.started)
    trainer = learner.trainers.newest
    trainer.begin()
    trainer.say("state", "paused")
    learner.until(lambda: ("stop",) in trainer.told)
    assert panel.shown == 2 and panel.controls.lines[0].text() == "Testing…"
    assert not panel.results.test.isEnabled() and panel.results.hasFocus()
    trainer.finish(0, saved="/there.keras")
    learner.until(lambda: panel.results.accuracy.text() == "90.0\u202f%")
    assert not panel.results.test.isVisible() and panel.results.matrix.hasFocus()
    assert panel.controls.lines[0].text() == "Test accuracy 90.0\u202f%" and not learner.session.unsaved


def test_a_result_says_when_the_network_is_another_one_by_now(learner: Learner) -> None:
    panel, session = learner.panel, learner.session
    panel.show_page(2)
    click(panel.controls.main)
    panel.show_page(2)
    trainer = learner.trainer()
    trainer.finish(0, saved="/there.keras")
    learner.until(lambda: panel.results.accuracy.text() == "90.0\u202f%")
    assert "changed" not in panel.results.counts.text() and not panel.results.test.isVisible()
    learner.window.kernel_panel.buttons["flip"].click()
    assert panel.results.counts.text().endswith("The network has been changed since.")
    assert panel.results.test.isVisible()
    assert panel.controls.lines[1].text() == "The network has been changed since."
    session.undo()
    assert "changed" not in panel.results.counts.text() and not panel.results.test.isVisible()
    assert panel.controls.lines[1].text().startswith("Batches: ")


def test_a_test_without_data_leads_to_where_they_are_chosen(learner: Learner) -> None:
    learner.window.settings.set("mnist_path", "")
    learner.panel.show_page(2)
    click(learner.panel.results.test)
    assert learner.panel.shown == 0 and not learner.trainers.started


def test_trouble_is_taken_back_when_it_is_mended(learner: Learner, tmp_path: Path) -> None:
    controls, banner = learner.panel.controls, learner.window.banner
    learner.training.join(learner.trainers, tmp_path / "training")
    click(controls.main)
    trainer = learner.trainer()
    assert trainer.job.checkpoint.startswith(str(tmp_path / "training"))
    (tmp_path / "training").rmdir()
    trainer.say("trouble", say("The folder is no longer there."))
    learner.until(lambda: banner.message is not None)
    assert banner.label.text() == "The folder is no longer there." and texts(learner) == ("Go on", "Stop")
    click(controls.main)
    assert (tmp_path / "training").is_dir()
    trainer.say("state", "training")
    learner.until(lambda: banner.message is None)


# what is learnt from


def folder_of_images(place: Path) -> Path:
    for name in ("circles", "crosses", "lines"):
        (place / name).mkdir(parents=True)
        for number in range(4):
            Picture.fromarray(np.full((9, 9), 60 * number, np.uint8)).save(place / name / f"{number}.png")
    return place


def test_a_folder_of_images_with_a_subfolder_for_each_class(learner: Learner, tmp_path: Path) -> None:
    data, controls = learner.panel.data, learner.panel.controls
    QTest.mouseClick(data.kinds.buttons[1], LEFT)
    assert "Choose a folder" in data.facts.text() and not controls.main.isEnabled()
    data.open_folder(str(folder_of_images(tmp_path / "images")))
    learner.until(lambda: data.classes == 3)
    assert "12 images of 3 classes (circles, crosses, lines)" in data.facts.text()
    assert "there are 3 classes" in controls.problem.text()
    click(controls.way_out)
    learner.until(lambda: controls.main.isEnabled())
    click(controls.main)
    learner.until(lambda: learner.trainers.started)
    job = learner.trainers.newest.job
    assert (job.data.kind, job.data.path) == ("folder", str(tmp_path / "images"))
    assert job.shape == (28, 28, 1)


def test_a_folder_that_will_not_do_says_why(learner: Learner, tmp_path: Path) -> None:
    data = learner.panel.data
    QTest.mouseClick(data.kinds.buttons[1], LEFT)
    data.open_folder(str(tmp_path))
    learner.until(lambda: data.work_row.problem.isVisible())
    assert "subfolders" in data.work_row.problem.text()
    assert data.spec is None and not learner.panel.controls.main.isEnabled()


def test_without_mnist_the_tab_offers_to_open_it(qtbot: Any) -> None:
    with learning(qtbot) as learner:
        learner.window.settings.set("mnist_path", "")
        data = learner.panel.data
        assert data.source.open_button.isVisible() and not data.facts.isVisible()
        assert not learner.panel.controls.main.isEnabled()


# settings


def test_without_data_it_says_what_is_missing(qtbot: Any) -> None:
    with learning(qtbot) as learner:
        learner.window.settings.set("mnist_path", "")
        controls = learner.panel.controls
        assert not controls.main.isEnabled() and controls.lines[1].text() == "Choose below what it learns from."
        learner.window.settings.set("mnist_path", "/there/mnist.npz")
        assert controls.main.isEnabled() and controls.lines[1].text() == ""


def test_settings_are_kept_and_nonsense_is_not_believed(qtbot: Any) -> None:
    settings = Settings()
    form = TrainSettings(settings)
    qtbot.addWidget(form)
    form.fields["learning_rate"].typed.emit(0.01)
    form.fields["optimizer"].edited.emit("SGD")
    assert form.fields["momentum"].isEnabled()
    again = TrainSettings(Settings())
    qtbot.addWidget(again)
    assert (again.values.learning_rate, again.values.optimizer) == (0.01, "SGD")
    click(form.defaults)
    assert form.values == TrainingSettings() and not form.fields["momentum"].isEnabled()
    for text in ("{", "[]", '{"epochs": 0}', '{"other": 1}', '{"optimizer": "None"}', "7"):
        assert read_settings(text) == TrainingSettings()


def test_times_are_written_as_on_a_clock() -> None:
    assert [time_text(each) for each in (0, 9.6, 80, 3600, 3725)] == ["0:00", "0:10", "1:20", "1:00:00", "1:02:05"]


def test_the_tab_is_as_wide_as_its_column(learner: Learner) -> None:
    area = learner.window.workbench.right_column.areas["train"]
    for language in ("en", "zh_CN"):
        learner.window.use_language(language)
        for page in range(3):
            learner.panel.show_page(page)
            learner.qtbot.wait(0)
            assert area.widget().minimumSizeHint().width() <= 240, (language, page)


def test_a_page_is_as_high_as_it_needs_and_none_is_narrower_for_a_scroll_bar(learner: Learner) -> None:
    area = learner.window.workbench.right_column.areas["train"]
    bar, found = area.verticalScrollBar(), {}
    learner.window.resize(1280, 900)
    for page in range(3):
        learner.panel.show_page(page)
        learner.qtbot.wait(0)
        found[page] = bar.maximum() > 0, learner.panel.controls.main.width()
    assert not found[2][0]  # the results are few
    learner.window.resize(1280, 640)
    learner.panel.show_page(1)
    learner.until(lambda: bar.maximum() > 0)
    assert {width for _, width in found.values()} == {learner.panel.controls.main.width()}


def test_a_number_out_of_range_becomes_the_nearest_that_is_allowed(learner: Learner) -> None:
    spin = learner.panel.settings.fields["learning_rate"].spin  # type: ignore[attr-defined]
    for typed, taken in (("1000", 10), ("0", 1e-7), ("0.5", 0.5), ("-", 0.5)):
        spin.setFocus()
        spin.selectAll()
        QTest.keyClicks(spin, typed)
        QTest.keyClick(spin, Qt.Key.Key_Tab)
        assert spin.value() == pytest.approx(taken), typed
        assert learner.panel.settings.values.learning_rate == pytest.approx(taken)


def test_outputs_are_named_after_the_classes_that_are_learnt(learner: Learner) -> None:
    assert learner.session.document.network.classes == tuple("0123456789")
    click(learner.panel.controls.main)
    learner.until(lambda: learner.trainers.started)
    names = ("bee", "cat", "dog", "elk", "fox", "gnu", "hen", "ibex", "jay", "kite")
    learner.trainers.newest.begin(20, classes=names)
    learner.until(lambda: learner.training.state == "running")
    assert learner.session.document.network.classes == names
