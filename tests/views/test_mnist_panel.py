"""MNIST's panel: the offers without data, download and its failures, and choosing digits by every control."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from cnn_explorer.files.digits import Digits
from cnn_explorer.network.sentence import Refused, say
from cnn_explorer.session.background import Cancelled, Progress
from cnn_explorer.session.session import Session
from cnn_explorer.session.settings import Settings
from cnn_explorer.views.mnist_panel import MnistPanel
from cnn_explorer.views.mnist_source import Download
from tests.views.mnist_setting import answered_session, click_place, few_digits

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

OFFLINE = say("MNIST could not be downloaded: {reason}.", reason=say("the computer seems to be offline"))


@pytest.fixture
def session() -> Session:
    return answered_session()


@pytest.fixture
def settings() -> Settings:
    return Settings()


@pytest.fixture
def show(qtbot: QtBot, session: Session, settings: Settings) -> Callable[..., MnistPanel]:
    def made_and_shown(download: Download | None = None) -> MnistPanel:
        panel = MnistPanel(session, settings, **({"download": download} if download else {}))
        qtbot.addWidget(panel)
        panel.resize(216, 640)
        panel.show()
        qtbot.waitExposed(panel)
        return panel

    return made_and_shown


@pytest.fixture
def panel(show: Callable[..., MnistPanel]) -> MnistPanel:
    made = show()
    made.use_digits(few_digits(), "/data/few.npz")
    return made


@pytest.fixture
def npz(tmp_path: Path) -> Path:
    digits = few_digits()
    assert digits.labels is not None
    path = tmp_path / "mnist.npz"
    np.savez_compressed(
        path,
        x_train=digits.images[:150],
        y_train=digits.labels[:150],
        x_test=digits.images[150:],
        y_test=digits.labels[150:],
    )
    return path


def press(button: QPushButton) -> None:
    assert button.isEnabled() and button.isVisible()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def pick(box: QComboBox, text: str) -> None:
    """As the user does: open the list, choose, and Qt tells that it was activated."""
    box.setFocus()
    index = box.findText(text)
    assert index >= 0
    box.setCurrentIndex(index)
    box.activated.emit(index)


def number_of(session: Session) -> str:
    return session.document.image.name


# Without data


def test_without_data_there_are_three_sentences_and_two_offers(show: Callable[..., MnistPanel]) -> None:
    panel = show()
    source = panel.source
    assert [sentence.isVisible() for sentence in source.sentences] == [True] * 3
    assert source.open_button.isVisible() and source.download_button.isVisible()
    assert not panel.chooser.isVisible() and not source.work_row.isVisible()
    assert panel.minimumSizeHint().width() <= 216


def test_a_file_is_read_on_a_thread_kept_and_its_first_digit_shown(
    show: Callable[..., MnistPanel], qtbot: QtBot, npz: Path, session: Session, settings: Settings
) -> None:
    panel = show()
    with qtbot.waitSignal(panel.source.found):
        panel.source.open_file(str(npz))
    assert panel.chooser.isVisible() and not panel.source.offers.isVisible()
    assert number_of(session) == "MNIST 0"
    assert settings.values.mnist_path == str(npz)
    assert panel.title.text() == "Digit 0" and panel.which.text() == "training image 0"


def test_the_kept_file_is_read_when_the_panel_is_shown_and_changes_nothing(
    show: Callable[..., MnistPanel], qtbot: QtBot, npz: Path, session: Session, settings: Settings
) -> None:
    settings.set("mnist_path", str(npz))
    panel = show()
    qtbot.waitUntil(panel.chooser.isVisible)
    assert session.document.image.source == "7x7" and session.undo_text is None
    assert panel.title.text() == "No digit chosen" and panel.index.text() == "–"


def test_digits_that_are_brought_are_not_replaced_by_the_kept_file(
    show: Callable[..., MnistPanel], npz: Path, settings: Settings
) -> None:
    settings.set("mnist_path", str(npz))
    panel = show()
    assert panel.source.work.busy
    brought = few_digits(20, 10)
    panel.use_digits(brought, "/data/brought.npz")
    assert not panel.source.work.busy and not panel.source.work_row.isVisible()
    assert panel.selection.digits is brought and settings.values.mnist_path == "/data/brought.npz"


def test_a_kept_file_that_is_gone_is_told_once_and_the_offers_stay(
    show: Callable[..., MnistPanel], qtbot: QtBot, tmp_path: Path, settings: Settings
) -> None:
    settings.set("mnist_path", str(tmp_path / "gone.npz"))
    panel = show()
    told: list[Any] = []
    panel.refused.connect(told.append)
    qtbot.waitUntil(lambda: bool(told))
    assert panel.source.work_row.problem.text() == "gone.npz can't be opened: it isn't there."
    assert panel.source.open_button.isVisible()
    panel.hide()
    panel.show()
    assert not panel.source.work.busy and len(told) == 1


def test_a_download_shows_its_progress_and_then_the_digits(
    show: Callable[..., MnistPanel], qtbot: QtBot, npz: Path, session: Session
) -> None:
    go_on = threading.Event()
    folders: list[str] = []

    def download(folder: str, progress: Progress, cancelled: Cancelled) -> Path:
        folders.append(folder)
        progress(3_000_000, 11_000_000)
        assert go_on.wait(10)
        return npz

    panel = show(download)
    row = panel.source.work_row
    press(panel.source.download_button)
    qtbot.waitUntil(lambda: row.bar.isVisible() and row.bar.maximum() == 11_000_000)
    assert row.bar.value() == 3_000_000 and row.text.text() == "Downloading MNIST…"
    assert not panel.source.download_button.isEnabled()
    with qtbot.waitSignal(panel.source.found):
        go_on.set()
    assert folders and folders[0]
    assert number_of(session) == "MNIST 0" and not row.isVisible()


def test_a_download_can_be_cancelled(show: Callable[..., MnistPanel], qtbot: QtBot, session: Session) -> None:
    stopped = threading.Event()

    def download(folder: str, progress: Progress, cancelled: Cancelled) -> Path:
        while not cancelled():
            stopped.wait(0.005)
        stopped.set()
        raise Refused(say("The download of MNIST was cancelled."))

    panel = show(download)
    press(panel.source.download_button)
    qtbot.waitUntil(panel.source.work_row.cancel.isVisible)
    press(panel.source.work_row.cancel)
    assert stopped.wait(10)
    assert panel.source.download_button.isEnabled() and not panel.source.work_row.isVisible()
    assert session.document.image.source == "7x7"


def test_an_offline_download_says_so_and_a_file_still_opens(
    show: Callable[..., MnistPanel], qtbot: QtBot, npz: Path, session: Session
) -> None:
    def download(folder: str, progress: Progress, cancelled: Cancelled) -> Path:
        raise Refused(OFFLINE)

    panel = show(download)
    with qtbot.waitSignal(panel.refused) as told:
        press(panel.source.download_button)
    assert told.args == [OFFLINE]
    problem = panel.source.work_row.problem
    assert problem.isVisible() and problem.text() == str(OFFLINE) and problem.wordWrap()
    with qtbot.waitSignal(panel.source.found):
        panel.source.open_file(str(npz))
    assert not problem.isVisible() and number_of(session) == "MNIST 0"


def test_closing_ends_the_thread(show: Callable[..., MnistPanel], qtbot: QtBot) -> None:
    started = threading.Event()

    def download(folder: str, progress: Progress, cancelled: Cancelled) -> Path:
        started.set()
        while not cancelled():
            started.wait(0.005)
        raise Refused(OFFLINE)

    panel = show(download)
    press(panel.source.download_button)
    assert started.wait(10)
    panel.close()
    assert "background work" not in [thread.name for thread in threading.enumerate()]


# With data


def test_opening_digits_keeps_the_digit_that_is_the_input_already(panel: MnistPanel, session: Session) -> None:
    panel.selection.choose(17)
    panel.use_digits(few_digits(), "/data/other.npz")
    assert number_of(session) == "MNIST 17"


def test_the_buttons_walk_by_one_undo_each(panel: MnistPanel, session: Session) -> None:
    assert not panel.previous.isEnabled()
    press(panel.next)
    press(panel.next)
    assert number_of(session) == "MNIST 2" and panel.title.text() == "Digit 2" and panel.index.value() == 2
    press(panel.previous)
    assert number_of(session) == "MNIST 1"
    session.undo()
    assert panel.index.value() == 2
    session.undo()
    session.undo()
    assert panel.title.text() == "Digit 0"
    session.undo()
    assert panel.title.text() == "No digit chosen" and session.document.image.source == "7x7"


def test_an_index_is_jumped_to_and_the_wall_follows(panel: MnistPanel, session: Session) -> None:
    panel.index.setFocus()
    panel.index.selectAll()
    QTest.keyClicks(panel.index, "163")
    assert number_of(session) == "MNIST 0"
    QTest.keyClick(panel.index, Qt.Key.Key_Return)
    assert number_of(session) == "MNIST 163"
    assert panel.title.text() == "Digit 3" and panel.which.text() == "test image 13"
    assert panel.wall.viewport().rect().contains(panel.wall.rect_of(163))


def test_jumping_out_of_the_filter_lifts_it(panel: MnistPanel) -> None:
    pick(panel.digit_box, "7")
    panel.index.setValue(31)
    assert panel.selection.digit is None and panel.digit_box.currentText() == "All digits"
    assert panel.selection.current == 31


def test_the_filter_shows_only_sevens_of_the_test_images(panel: MnistPanel, session: Session) -> None:
    pick(panel.digit_box, "7")
    pick(panel.split_box, "Test")
    assert panel.count.text() == "5 images"
    click_place(panel.wall, 2)
    assert number_of(session) == "MNIST 177"
    press(panel.next)
    press(panel.next)
    assert number_of(session) == "MNIST 197" and not panel.next.isEnabled()
    seen = set()
    for _ in range(12):
        press(panel.random)
        seen.add(panel.selection.current)
    assert seen <= {157, 167, 177, 187, 197} and len(seen) > 1


def test_random_is_another_digit_each_time_and_can_be_undone(panel: MnistPanel, session: Session) -> None:
    before = number_of(session)
    press(panel.random)
    assert number_of(session) != before
    session.undo()
    assert number_of(session) == before


def test_data_without_labels_have_no_filter_by_digit(show: Callable[..., MnistPanel]) -> None:
    panel = show()
    panel.use_digits(few_digits(labelled=False), "/data/t10k-images-idx3-ubyte")
    assert not panel.digit_box.isEnabled() and panel.title.text() == "Unlabelled"


def test_another_image_leaves_no_digit_chosen(panel: MnistPanel, session: Session) -> None:
    from cnn_explorer.network.document import Image

    session.edit_image(Image(np.zeros((28, 28, 1)), "28x28", "MNIST 5"), say("Draw"))
    assert panel.selection.current is None and panel.index.text() == "–"
    panel.index.setFocus()
    QTest.keyClick(panel.index, Qt.Key.Key_Up)
    assert number_of(session) == "MNIST 0" and panel.index.text() == "0"


def test_every_control_has_a_name(panel: MnistPanel) -> None:
    controls: list[QWidget] = [
        panel.index,
        panel.digit_box,
        panel.split_box,
        panel.wall,
        *panel.findChildren(QPushButton),
    ]
    assert all(control.accessibleName() for control in controls)


# The large wall


@pytest.fixture
def browser_of(panel: MnistPanel, qtbot: QtBot) -> MnistPanel:
    press(panel.browse)
    qtbot.waitExposed(panel.browser)
    panel.browser.resize(1000, 600)
    return panel


def test_the_large_wall_is_not_modal_and_esc_closes_it(browser_of: MnistPanel, session: Session) -> None:
    browser = browser_of.browser
    assert browser.isVisible() and not browser.isModal() and browser.isWindow()
    press(browser_of.next)
    assert number_of(session) == "MNIST 1"
    QTest.keyClick(browser, Qt.Key.Key_Escape)
    assert not browser.isVisible() and browser_of.isVisible()


def test_both_walls_show_the_same_digits(browser_of: MnistPanel, session: Session) -> None:
    browser = browser_of.browser
    press(browser.digit_row.buttons[8])
    press(browser.split_row.buttons[1])
    assert browser_of.digit_box.currentText() == "7" and browser_of.split_box.currentText() == "Training"
    assert browser.count.text() == browser_of.count.text() == "15 images"
    click_place(browser.wall, 3)
    assert number_of(session) == "MNIST 37" and browser_of.index.value() == browser.index.value() == 37
    assert browser.read_out.text() == "MNIST digit 7, training image 37"
    QTest.keyClick(browser.wall, Qt.Key.Key_Left)
    assert number_of(session) == "MNIST 27" and browser.isVisible()
    press(browser.random)
    assert number_of(session) != "MNIST 27"


def test_another_source_hides_the_large_wall(browser_of: MnistPanel) -> None:
    browser_of.hide()
    assert not browser_of.browser.isVisible()


def test_real_data_open_in_the_panel(
    show: Callable[..., MnistPanel], qtbot: QtBot, shared_folder: Path, session: Session
) -> None:
    path = shared_folder / "data" / "mnist.npz"
    if not path.exists():
        pytest.skip("no mnist.npz in the shared folder")
    panel = show()
    found: list[Digits] = []
    panel.source.found.connect(lambda digits, path, asked: found.append(digits))
    panel.source.open_file(str(path))
    qtbot.waitUntil(lambda: bool(found), timeout=20_000)
    panel.index.setValue(60_010)
    np.testing.assert_array_equal(
        session.document.image.pixels[:, :, 0], found[0].images[60_010].astype(np.float32) / np.float32(255)
    )
    assert panel.count.text() == "70,000 images"
