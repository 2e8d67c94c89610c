"""Opening and saving through the window: the question about unsaved changes, refusals, recent files, the journal."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QMessageBox

from cnn_explorer.files.atomic import atomic_write
from cnn_explorer.network import files as network_files
from cnn_explorer.network.document import Image
from cnn_explorer.network.files import read_document
from cnn_explorer.network.presets import default_document
from cnn_explorer.network.sentence import say
from cnn_explorer.session.journal import ENTRY, LOCK, Journal, left_behind
from cnn_explorer.views import document_saving
from cnn_explorer.views.main_window import MainWindow
from tests.views.open_window import open_window

# Off the screen nothing can be raised or grabbed, and Qt says so whenever a dialog or a menu is shown.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def window(qtbot: Any) -> MainWindow:
    return open_window(qtbot)


def edit(window: MainWindow) -> None:
    pixels = window.session.document.image.pixels.copy()
    pixels[0, 0, 0] += 1
    window.session.edit_image(Image(pixels), say("Draw"))


def in_dialog(act: Callable[[Any], None]) -> None:
    """Do something with the modal dialog that is about to open."""
    QTimer.singleShot(0, lambda: act(QApplication.activeModalWidget()))


def answer(button: QMessageBox.StandardButton, qtbot: Any) -> None:
    in_dialog(lambda box: qtbot.mouseClick(box.button(button), Qt.MouseButton.LeftButton))


def choose_file(path: Path, qtbot: Any) -> None:
    """Type a path into the file dialog that is about to open, and confirm."""

    def act(dialog: QFileDialog) -> None:
        field = dialog.findChild(QLineEdit)
        assert field is not None
        field.setText(str(path))
        qtbot.keyClick(field, Qt.Key.Key_Return)

    in_dialog(act)


@pytest.fixture
def qt_file_dialog(qapp: Any) -> Any:
    """The file dialog that Qt draws itself, which a test can operate."""
    qapp.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs, True)
    yield
    qapp.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs, False)


def open_and_wait(window: MainWindow, path: Path, qtbot: Any) -> None:
    with qtbot.waitSignal(window.session.history_changed):
        window.files.open_paths([str(path)])


# save


def test_save_as_asks_for_a_name_and_save_then_does_not(
    window: MainWindow, qtbot: Any, tmp_path: Path, qt_file_dialog: Any
) -> None:
    edit(window)
    assert window.isWindowModified()
    choose_file(tmp_path / "edges", qtbot)
    window.files.save()
    path = tmp_path / "edges.cnn"
    assert read_document(path.read_bytes())[0] == window.session.document
    assert not window.isWindowModified()
    assert window.top_bar.title.name == "edges"
    edit(window)
    assert window.top_bar.title.note == "edited"
    window.commands.by_id["save"].trigger()
    assert read_document(path.read_bytes())[0] == window.session.document
    assert window.settings.values.recent == [str(path)]
    assert window.top_bar.title.note == ""


def test_undoing_back_to_the_saved_document_is_not_edited(window: MainWindow) -> None:
    edit(window)
    window.session.undo()
    assert not window.isWindowModified()


def test_a_refused_save_keeps_the_old_file_and_says_why(window: MainWindow, tmp_path: Path) -> None:
    edit(window)
    assert not window.files.save_to(str(tmp_path / "gone" / "edges.cnn"))
    message = window.banner.message
    assert message is not None and message.problem
    assert "the folder is no longer there" in window.banner.label.text()
    assert [button.text() for button in window.banner.answers] == ["Save as…"]
    assert window.isWindowModified()


# open


def test_a_saved_document_comes_back_with_its_cursor(window: MainWindow, qtbot: Any, tmp_path: Path) -> None:
    edit(window)
    window.session.move(layer=0, row=2, column=3)
    saved, path = window.session.document, tmp_path / "edges.cnn"
    window.files.save_to(str(path))
    window.files.new()
    assert window.top_bar.title.name == "Handbook 7×7 example"
    assert window.session.document != saved
    open_and_wait(window, path, qtbot)
    assert window.session.document == saved
    assert (window.session.cursor.row, window.session.cursor.column) == (2, 3)
    assert window.session.undo_text is None


def test_open_asks_for_a_file(window: MainWindow, qtbot: Any, tmp_path: Path, qt_file_dialog: Any) -> None:
    window.files.save_to(str(tmp_path / "edges.cnn"))
    window.files.new()
    choose_file(tmp_path / "edges.cnn", qtbot)
    with qtbot.waitSignal(window.session.history_changed):
        window.commands.by_id["open"].trigger()
    assert window.session.path == str(tmp_path / "edges.cnn")
    assert window.settings.values.folder == str(tmp_path)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.cnn", b""), ("text.cnn", b"hello"), ("half.cnn", b'{"format": "cnn-explorer", "version": 1'),
        ("picture.png", b"\x89PNG\r\n\x1a\n broken"),
    ],
)  # fmt: skip
def test_what_does_not_open_changes_nothing(
    window: MainWindow, qtbot: Any, tmp_path: Path, name: str, content: bytes
) -> None:
    edit(window)
    document, undo = window.session.document, window.session.undo_text
    (tmp_path / name).write_bytes(content)
    window.files.open_paths([str(tmp_path / name)])
    qtbot.waitUntil(lambda: window.banner.message is not None)
    assert window.session.document is document
    assert window.session.undo_text == undo
    assert name in window.banner.label.text()
    assert len(window.banner.label.text()) <= 300
    qtbot.mouseClick(window.banner.close_button, Qt.MouseButton.LeftButton)
    assert not window.banner.isVisible()


def test_an_image_becomes_the_input_and_can_be_undone(window: MainWindow, qtbot: Any, tmp_path: Path) -> None:
    path, before = tmp_path / "digit.png", window.session.document
    QImage(28, 28, QImage.Format.Format_Grayscale8).save(str(path))
    open_and_wait(window, path, qtbot)
    assert window.session.document.image.source == "file"
    assert window.session.document.network == before.network
    assert window.input_panel.shown == "file"
    window.session.undo()
    assert window.session.document == before


def test_a_document_that_the_image_panel_was_given_is_opened(window: MainWindow, qtbot: Any, tmp_path: Path) -> None:
    window.files.save_to(str(tmp_path / "edges.cnn"))
    window.files.new()
    window.input_panel.choose("file")
    with qtbot.waitSignal(window.session.history_changed):
        window.input_panel.pages["file"].open_file(str(tmp_path / "edges.cnn"))
    assert window.session.path == str(tmp_path / "edges.cnn")


def test_a_slow_file_can_be_cancelled(
    window: MainWindow, qtbot: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    may_end = threading.Event()
    document = window.session.document
    window.files._read_soon(str(tmp_path / "slow.png"), lambda: may_end.wait(20))
    window.files.open_paths([str(tmp_path / "missing.png")])
    qtbot.waitUntil(lambda: window.banner.message is not None)
    assert window.banner.label.text() == "Opening slow.png…"
    qtbot.mouseClick(window.banner.answers[0], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "missing.png" in window.banner.label.text())  # the next in line
    assert window.session.document is document
    may_end.set()
    window.files.close()


def test_several_files_are_opened_one_after_the_other(window: MainWindow, qtbot: Any, tmp_path: Path) -> None:
    window.files.save_to(str(tmp_path / "edges.cnn"))
    np.save(tmp_path / "numbers.npy", np.arange(20.0).reshape(4, 5))
    window.files.open_paths([str(tmp_path / "edges.cnn"), str(tmp_path / "numbers.npy")])
    qtbot.waitUntil(lambda: window.session.document.image.shape == (4, 5, 1))
    assert window.session.path == str(tmp_path / "edges.cnn")


def test_a_file_is_dropped_onto_the_window(window: MainWindow, qtbot: Any, tmp_path: Path) -> None:
    np.save(tmp_path / "numbers.npy", np.ones((4, 5)))
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "numbers.npy"))])
    buttons, keys, copy = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, Qt.DropAction.CopyAction
    enter = QDragEnterEvent(window.rect().center(), copy, data, buttons, keys)
    QApplication.sendEvent(window, enter)
    assert enter.isAccepted()
    with qtbot.waitSignal(window.session.history_changed):
        QApplication.sendEvent(window, QDropEvent(QPointF(window.rect().center()), copy, data, buttons, keys))
    assert window.session.document.image.shape == (4, 5, 1)


def test_a_picture_is_pasted(window: MainWindow, qtbot: Any) -> None:
    picture = QImage(9, 6, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.red)
    QGuiApplication.clipboard().setImage(picture)
    with qtbot.waitSignal(window.session.history_changed):
        qtbot.keyClick(window, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert window.session.document.image.source == "file"
    QGuiApplication.clipboard().clear()


def test_an_empty_clipboard_is_told(window: MainWindow, qtbot: Any) -> None:
    QGuiApplication.clipboard().clear()
    qtbot.keyClick(window, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert "copy one first" in window.banner.label.text()


def test_recent_files_open_from_their_menu_and_lost_ones_leave_it(
    window: MainWindow, qtbot: Any, tmp_path: Path
) -> None:
    for name in ("a & b.cnn", "c.cnn"):
        window.files.save_to(str(tmp_path / name))
    window.files.new()
    window.top_bar.menus["file"].aboutToShow.emit()
    recent = window.commands.by_id["recent"].menu()
    assert [action.text() for action in recent.actions()] == ["c.cnn", "a && b.cnn"]
    with qtbot.waitSignal(window.session.history_changed):
        recent.actions()[1].trigger()
    assert window.session.path == str(tmp_path / "a & b.cnn")
    (tmp_path / "c.cnn").unlink()
    recent.actions()[0].trigger()
    qtbot.waitUntil(lambda: window.banner.message is not None)
    assert window.settings.values.recent == [str(tmp_path / "a & b.cnn")]


# the question


def test_nothing_is_asked_where_nothing_would_be_lost(window: MainWindow) -> None:
    assert window.files.may_leave()


def test_cancel_keeps_the_window_and_the_document(window: MainWindow, qtbot: Any) -> None:
    edit(window)
    document = window.session.document
    answer(QMessageBox.StandardButton.Cancel, qtbot)
    assert not window.close()
    assert window.isVisible()
    answer(QMessageBox.StandardButton.Cancel, qtbot)
    window.files.new()
    assert window.session.document is document


def test_discard_goes_on_without_saving(window: MainWindow, qtbot: Any) -> None:
    edit(window)
    answer(QMessageBox.StandardButton.Discard, qtbot)
    window.files.new()
    assert not window.session.unsaved


def test_save_saves_before_the_window_closes(window: MainWindow, qtbot: Any, tmp_path: Path) -> None:
    path = tmp_path / "edges.cnn"
    window.files.save_to(str(path))
    edit(window)
    answer(QMessageBox.StandardButton.Save, qtbot)
    assert window.close()
    assert read_document(path.read_bytes())[0] == window.session.document


def test_a_refused_file_asks_nothing(window: MainWindow, qtbot: Any, tmp_path: Path) -> None:
    edit(window)
    (tmp_path / "half.cnn").write_bytes(b'{"format": "cnn-explorer"')
    window.files.open_paths([str(tmp_path / "half.cnn")])
    qtbot.waitUntil(lambda: window.banner.message is not None)
    assert QApplication.activeModalWidget() is None


# the journal


@pytest.fixture
def journal(window: MainWindow, tmp_path: Path) -> Any:
    made = Journal(tmp_path / "journal")
    window.recovery.begin(made)
    yield made
    made.close()


def leave_behind(folder: Path, window: MainWindow) -> None:
    """What a program would leave that died after an edit of the window's document."""
    from cnn_explorer.network.files import write_document

    header = json.dumps({"path": "/lessons/edges.cnn", "time": 1.0}).encode()
    (folder / f"1-0{LOCK}").write_text("")
    (folder / f"1-0{ENTRY}").write_bytes(header + b"\n" + write_document(window.session.document))


def test_every_edit_is_in_the_journal_and_saving_empties_it(
    window: MainWindow, journal: Journal, tmp_path: Path
) -> None:
    assert not journal.path.exists()
    for _ in range(3):
        edit(window)
    assert journal.flush()
    data = journal.path.read_bytes().partition(b"\n")[2]
    assert read_document(data)[0] == window.session.document
    window.files.save_to(str(tmp_path / "edges.cnn"))
    assert not journal.path.exists()
    edit(window)
    window.session.undo()
    assert journal.flush()
    assert not journal.path.exists()


def test_what_a_dead_program_left_is_restored_as_unsaved(window: MainWindow, qtbot: Any, tmp_path: Path) -> None:
    edit(window)
    lost = window.session.document
    leave_behind(tmp_path, window)
    window.session.undo()
    journal = Journal(tmp_path)
    window.recovery.begin(journal, left_behind(tmp_path))
    assert "Restore edges.cnn from 1970-01-01" in window.banner.label.text()
    with qtbot.waitSignal(journal.kept):
        qtbot.mouseClick(window.banner.answers[0], Qt.MouseButton.LeftButton)
    assert window.session.document == lost
    assert window.session.path == "/lessons/edges.cnn"
    assert window.isWindowModified()
    assert sorted(path.stem for path in tmp_path.iterdir()) == [journal.path.stem] * 2  # its entry and its lock
    journal.close()


def test_discarding_deletes_and_dismissing_keeps_it(window: MainWindow, qtbot: Any, tmp_path: Path) -> None:
    leave_behind(tmp_path, window)
    journal = Journal(tmp_path)
    window.recovery.begin(journal, left_behind(tmp_path))
    qtbot.mouseClick(window.banner.close_button, Qt.MouseButton.LeftButton)
    assert (tmp_path / f"1-0{ENTRY}").exists()
    window.recovery.close()
    window.recovery.begin(journal, left_behind(tmp_path))
    qtbot.mouseClick(window.banner.answers[1], Qt.MouseButton.LeftButton)
    assert list(tmp_path.iterdir()) == []
    journal.close()


def test_a_damaged_entry_is_told_and_the_document_stays(window: MainWindow, qtbot: Any, tmp_path: Path) -> None:
    leave_behind(tmp_path, window)
    (tmp_path / f"1-0{ENTRY}").write_bytes(b'{"path": "", "time": 1.0}\n{"format": ')
    document, journal = window.session.document, Journal(tmp_path)
    window.recovery.begin(journal, left_behind(tmp_path))
    qtbot.mouseClick(window.banner.answers[0], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "could not be restored" in window.banner.label.text())
    assert window.session.document is document
    journal.close()


# many weights


@pytest.fixture
def few_encoded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Arrays follow the text of a file already where they are few."""
    monkeypatch.setattr(network_files, "MOST_ENCODED", 0)


def edit_large(window: MainWindow) -> None:
    pixels = np.random.default_rng(0).random((40, 40, 1), np.float32)
    window.session.edit_image(Image(pixels, "file"), say("Draw"))


@pytest.mark.usefixtures("few_encoded")
def test_a_document_whose_arrays_follow_the_text_is_saved_and_opened(
    window: MainWindow, qtbot: Any, tmp_path: Path
) -> None:
    edit_large(window)
    path = tmp_path / "large.cnn"
    assert window.files.save_to(str(path))
    assert b"\0" in path.read_bytes()
    saved = window.session.document
    window.files.new()
    open_and_wait(window, path, qtbot)
    assert window.session.document == saved
    assert not window.isWindowModified()


def test_arrays_of_a_journal_come_back_too(window: MainWindow, qtbot: Any, tmp_path: Path) -> None:
    edit_large(window)
    lost = window.session.document
    journal = Journal(tmp_path)
    window.recovery.begin(journal)
    assert journal.flush()
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".arrays", ENTRY, LOCK]
    window.recovery.close()
    for path in tmp_path.iterdir():  # as if another program had died
        path.rename(tmp_path / f"1-0{path.suffix}")
    journal.close()
    window.session.undo()
    other = Journal(tmp_path)
    window.recovery.begin(other, left_behind(tmp_path))
    with qtbot.waitSignal(other.kept):
        qtbot.mouseClick(window.banner.answers[0], Qt.MouseButton.LeftButton)
    assert window.session.document == lost
    assert {path.stem for path in tmp_path.iterdir()} == {other.path.stem}
    other.close()


class SlowDisk:
    """A disk that writes when it is told to."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.begun, self.may_go_on = threading.Event(), threading.Event()
        monkeypatch.setattr(document_saving, "atomic_write", self.write)

    def write(self, path: str, pieces: Any, told: Callable[[int], object]) -> None:
        self.begun.set()
        assert self.may_go_on.wait(10)
        told(1)
        atomic_write(path, pieces, told)


@pytest.fixture
def slow_disk(monkeypatch: pytest.MonkeyPatch) -> Any:
    disk = SlowDisk(monkeypatch)
    yield disk
    disk.may_go_on.set()


def test_the_window_lives_on_while_a_document_is_saved(
    window: MainWindow, slow_disk: SlowDisk, qtbot: Any, tmp_path: Path
) -> None:
    edit(window)
    saved, path = window.session.document, tmp_path / "slow.cnn"

    def draw_on() -> None:
        qtbot.waitUntil(lambda: window.banner.message is not None)
        assert "Saving slow.cnn… 0 %" in window.banner.label.text()
        edit(window)
        slow_disk.may_go_on.set()

    QTimer.singleShot(0, draw_on)
    assert window.files.save_to(str(path))
    assert read_document(path.read_bytes())[0] == saved != window.session.document
    assert window.isWindowModified()
    assert window.banner.message is None


def test_saving_can_be_cancelled(window: MainWindow, slow_disk: SlowDisk, qtbot: Any, tmp_path: Path) -> None:
    path = tmp_path / "slow.cnn"
    path.write_bytes(b"old")
    edit(window)

    def cancel() -> None:
        qtbot.waitUntil(lambda: window.banner.message is not None)
        qtbot.mouseClick(window.banner.answers[0], Qt.MouseButton.LeftButton)

    QTimer.singleShot(0, cancel)
    assert not window.files.save_to(str(path))
    assert window.session.unsaved
    slow_disk.may_go_on.set()
    window.files.close()  # waits for the thread
    assert path.read_bytes() == b"old"
    assert [each.name for each in tmp_path.iterdir()] == ["slow.cnn"]


def test_the_window_closes_when_the_document_is_saved(
    window: MainWindow, slow_disk: SlowDisk, qtbot: Any, tmp_path: Path
) -> None:
    edit(window)
    closed: list[bool] = []

    def close() -> None:
        QTimer.singleShot(0, slow_disk.may_go_on.set)
        closed.append(window.close())

    QTimer.singleShot(0, close)
    assert window.files.save_to(str(tmp_path / "slow.cnn"))
    assert closed == [True]


def test_another_document_that_is_opened_while_one_is_saved_is_not_taken_for_it(
    window: MainWindow, slow_disk: SlowDisk, tmp_path: Path
) -> None:
    def open_another() -> None:
        window.session.open(default_document())
        slow_disk.may_go_on.set()

    QTimer.singleShot(0, open_another)
    assert window.files.save_to(str(tmp_path / "slow.cnn"))
    assert window.session.path == ""
