"""The panel for pictures and matrices: opened, dropped, pasted, fitted, and all of it undone."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image as PilImage
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QPushButton
from pytestqt.qtbot import QtBot

from cnn_explorer.files.arrays import matrix_of
from cnn_explorer.files.digits import Digits
from cnn_explorer.files.images import picture_from_array
from cnn_explorer.network.document import Document, Image
from cnn_explorer.network.network import Network
from cnn_explorer.network.sentence import say
from cnn_explorer.session.session import Session
from cnn_explorer.session.settings import Settings
from cnn_explorer.views import image_panel
from cnn_explorer.views.image_panel import ImagePanel
from tests.views.mnist_setting import answered_session, few_digits

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def session() -> Session:
    return answered_session()


@pytest.fixture
def panel(qtbot: QtBot, session: Session) -> ImagePanel:
    made = ImagePanel(session, Settings())
    qtbot.addWidget(made)
    made.resize(216, 500)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """40 columns and 20 rows: red on the left, white on the right."""
    pixels = np.zeros((20, 40, 3), np.uint8)
    pixels[:, :20, 0], pixels[:, 20:] = 255, 255
    path = tmp_path / "photo.png"
    PilImage.fromarray(pixels).save(path)
    return path


def opened(qtbot: QtBot, panel: ImagePanel, path: Path) -> None:
    with qtbot.waitSignal(panel.work.finished):
        panel.open_file(str(path))


def input_of(session: Session) -> np.ndarray:
    return session.document.image.pixels[:, :, 0]


def pick(box: QComboBox, text: str) -> None:
    index = box.findText(text)
    assert index >= 0 and box.isEnabled()
    box.setCurrentIndex(index)
    box.activated.emit(index)


def press(button: QPushButton) -> None:
    assert button.isEnabled() and button.isVisible()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def tick(box: Any) -> None:
    QTest.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(8, box.height() // 2))


def drop(panel: ImagePanel, mime: QMimeData) -> bool:
    """Drag over the panel and, where it is welcome, let go; whether it was."""
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(50, 50), copy, mime, left, none)
    enter.ignore()
    QApplication.sendEvent(panel, enter)
    if enter.isAccepted():
        QApplication.sendEvent(panel, QDropEvent(QPointF(50, 50), copy, mime, left, none))
    return enter.isAccepted()


def test_at_first_it_says_what_can_be_opened(panel: ImagePanel) -> None:
    assert panel.hint.isVisible() and "TIFF" in panel.hint.text()
    assert not panel.form.isVisible() and not panel.use_again.isVisible()


def test_a_picture_becomes_the_input_in_its_colours(
    panel: ImagePanel, qtbot: QtBot, session: Session, photo: Path
) -> None:
    opened(qtbot, panel, photo)
    image = session.document.image
    assert (image.shape, image.source, image.name, image.light) == ((128, 128, 3), "file", "photo.png", True)
    np.testing.assert_allclose(image.pixels[64, [10, 120]], [[1, 0, 0], [1, 1, 1]], atol=1e-6)
    assert np.all(image.pixels[:32] == 1)
    assert panel.form.name.text() == "photo.png"
    assert panel.form.facts.text() == "Picture, 40 × 20 pixels"
    assert panel.form.result.text() == "Input: 128 × 128, 3 channels: red, green, blue"
    assert not panel.hint.isVisible() and not panel.form.scaled.isVisible()
    assert str(session.undo_text) == "Open photo.png"
    session.undo()
    assert session.document.image.source == "7x7"


def test_colours_can_become_grey_and_come_back(panel: ImagePanel, qtbot: QtBot, session: Session, photo: Path) -> None:
    opened(qtbot, panel, photo)
    colour, grey = panel.form.colours.buttons
    assert colour.isVisible() and colour.isChecked()
    press(grey)
    assert session.document.image.shape == (128, 128, 1)
    np.testing.assert_allclose(input_of(session)[64, [10, 120]], [0.299, 1], atol=1e-6)
    assert panel.form.result.text() == "Input: 128 × 128, one channel"
    session.undo()
    assert colour.isChecked() and session.document.image.shape == (128, 128, 3)


def test_a_grey_picture_has_no_colours_to_choose(
    panel: ImagePanel, qtbot: QtBot, session: Session, tmp_path: Path
) -> None:
    shades = np.arange(100, dtype=np.uint8).reshape(10, 10, 1).repeat(3, axis=2)
    PilImage.fromarray(shades).save(tmp_path / "grey.png")
    opened(qtbot, panel, tmp_path / "grey.png")
    assert session.document.image.shape == (128, 128, 1) and not panel.form.colours.isVisible()


def test_a_large_picture_is_fitted_on_a_thread_and_each_choice_builds_on_the_last(
    panel: ImagePanel, qtbot: QtBot, session: Session, photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(qtbot, panel, photo)
    monkeypatch.setattr(image_panel, "MOST_AT_ONCE", 10)
    pick(panel.form.size_box, "28 × 28")
    assert panel.work.busy and session.document.image.shape == (128, 128, 3)
    with qtbot.waitSignal(panel.work.finished):
        press(panel.form.colours.buttons[1])
    assert session.document.image.shape == (28, 28, 1) and str(session.undo_text) == "Fit the image"
    pick(panel.form.size_box, "14 × 14")
    panel.work.cancel()
    assert panel.form.size_box.currentText() == "28 × 28" and session.document.image.shape == (28, 28, 1)
    with qtbot.waitSignal(panel.work.finished):
        panel.show_picture(picture_from_array(np.zeros((9, 9), np.uint8), "black.png"))
    assert session.document.image.name == "black.png" and str(session.undo_text) == "Open black.png"


def test_every_choice_fits_anew_and_undo_brings_the_controls_back(
    panel: ImagePanel, qtbot: QtBot, session: Session, photo: Path
) -> None:
    opened(qtbot, panel, photo)
    form = panel.form
    press(form.colours.buttons[1])
    pick(form.size_box, "28 × 28")
    assert session.document.image.shape == (28, 28, 1) and str(session.undo_text) == "Fit the image"
    pick(form.how_box, "Filled, cropped")
    np.testing.assert_allclose(input_of(session)[0, [0, 27]], [0.299, 1], atol=1e-6)
    tick(form.inverted)
    np.testing.assert_allclose(input_of(session)[0, [0, 27]], [0.701, 0], atol=1e-6)
    pick(form.size_box, "Own size")
    assert session.document.image.shape == (20, 40, 1)
    assert form.inverted.isChecked() and not form.how_box.isEnabled() and form.side.value() == 40
    shown = []
    for _ in range(4):
        session.undo()
        shown.append((form.size_box.currentText(), form.how_box.currentText(), form.inverted.isChecked()))
    assert shown == [
        ("28 × 28", "Filled, cropped", True),
        ("28 × 28", "Filled, cropped", False),
        ("28 × 28", "Whole, padded", False),
        ("128 × 128", "Whole, padded", False),
    ]


def test_the_kept_original_is_fitted_and_not_what_was_made_of_it(
    panel: ImagePanel, qtbot: QtBot, session: Session, tmp_path: Path
) -> None:
    pixels = np.random.default_rng(3).integers(0, 256, (64, 64), np.uint8)
    PilImage.fromarray(pixels).save(tmp_path / "noise.png")
    opened(qtbot, panel, tmp_path / "noise.png")
    pick(panel.form.size_box, "7 × 7")
    pick(panel.form.size_box, "64 × 64")
    np.testing.assert_allclose(input_of(session), pixels / 255, atol=1e-6)


def test_any_size_can_be_typed(panel: ImagePanel, qtbot: QtBot, session: Session, photo: Path) -> None:
    opened(qtbot, panel, photo)
    pick(panel.form.size_box, "Other")
    assert panel.form.side.hasFocus()
    QTest.keyClicks(panel.form.side, "50")
    QTest.keyClick(panel.form.side, Qt.Key.Key_Return)
    assert session.document.image.shape == (50, 50, 3) and panel.form.size_box.currentText() == "Other"


def test_the_next_picture_is_fitted_as_the_last_one(
    panel: ImagePanel, qtbot: QtBot, session: Session, photo: Path
) -> None:
    opened(qtbot, panel, photo)
    pick(panel.form.size_box, "14 × 14")
    opened(qtbot, panel, photo)
    assert session.document.image.shape == (14, 14, 3)


def test_a_matrix_keeps_its_values_and_can_be_scaled(
    panel: ImagePanel, qtbot: QtBot, session: Session, tmp_path: Path
) -> None:
    values = np.array([[-2, 0, 1], [2, 1, 6]], np.float32)
    np.save(tmp_path / "m.npy", values)
    opened(qtbot, panel, tmp_path / "m.npy")
    np.testing.assert_array_equal(input_of(session), values)
    assert not session.document.image.light
    assert panel.form.facts.text() == "Matrix of 2 rows and 3 columns, values −2 to 6"
    tick(panel.form.scaled)
    np.testing.assert_allclose(input_of(session), (values + 2) / 8, atol=1e-6)
    session.undo()
    assert not panel.form.scaled.isChecked()
    tick(panel.form.inverted)
    np.testing.assert_array_equal(input_of(session), 4 - values)


def test_a_file_that_is_refused_is_told_in_a_sentence_until_the_next_success(
    panel: ImagePanel, qtbot: QtBot, session: Session, tmp_path: Path, photo: Path
) -> None:
    (tmp_path / "bad.csv").write_text("1,2\n3,x")
    with qtbot.waitSignal(panel.refused) as told:
        panel.open_file(str(tmp_path / "bad.csv"))
    assert "row 2, column 2" in str(told.args[0])
    problem = panel.work_row.problem
    assert problem.isVisible() and problem.text() == str(told.args[0])
    assert session.document.image.source == "7x7"
    opened(qtbot, panel, photo)
    assert not problem.isVisible()


def test_digits_are_handed_on(panel: ImagePanel, qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    digits = few_digits()
    path = tmp_path / "some.npz"
    arrays = {"x_train": digits.images, "y_train": digits.labels, "x_test": digits.images, "y_test": digits.labels}
    np.savez(path, **{name: array for name, array in arrays.items() if array is not None})
    with qtbot.waitSignal(panel.opened) as told:
        panel.open_file(str(path))
    assert isinstance(told.args[0], Digits) and told.args[1] == str(path)
    assert session.document.image.source == "7x7"


def test_reading_can_be_cancelled(
    panel: ImagePanel, qtbot: QtBot, session: Session, photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = threading.Event()

    def slow(path: str) -> Any:
        assert go_on.wait(10)
        return picture_from_array(np.zeros((4, 4), np.uint8), "late")

    monkeypatch.setattr(image_panel, "open_any", slow)
    panel.open_file(str(photo))
    qtbot.waitUntil(panel.work_row.cancel.isVisible)
    assert panel.work_row.text.text() == "Opening photo.png…"
    press(panel.work_row.cancel)
    go_on.set()
    assert panel.work.close()
    assert not panel.work_row.isVisible() and session.document.image.source == "7x7"


def test_a_dropped_file_is_opened(panel: ImagePanel, qtbot: QtBot, session: Session, photo: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(photo))])
    with qtbot.waitSignal(panel.work.finished):
        assert drop(panel, mime)
    assert session.document.image.name == "photo.png"


def test_what_is_no_input_is_not_welcome(panel: ImagePanel) -> None:
    mime = QMimeData()
    mime.setText("a sentence")
    assert not drop(panel, mime)


def test_a_copied_picture_is_pasted(panel: ImagePanel, qtbot: QtBot, session: Session) -> None:
    image = QImage(30, 30, QImage.Format.Format_RGB32)
    image.fill(QColor(0, 255, 0))
    QGuiApplication.clipboard().setImage(image)
    with qtbot.waitSignal(panel.work.finished):
        press(panel.paste_button)
    assert session.document.image.name == "Pasted image" and session.document.image.light
    np.testing.assert_allclose(session.document.image.pixels[5, 5], [0, 1, 0], atol=1e-6)
    session.undo()
    assert session.document.image.source == "7x7"


def test_copied_numbers_are_pasted(panel: ImagePanel, qtbot: QtBot, session: Session) -> None:
    QGuiApplication.clipboard().setText("0\t1\t2\n2\t1\t0")
    with qtbot.waitSignal(panel.work.finished):
        press(panel.paste_button)
    np.testing.assert_array_equal(input_of(session), [[0, 1, 2], [2, 1, 0]])


def test_an_unfit_clipboard_is_told(panel: ImagePanel, qtbot: QtBot, session: Session) -> None:
    QGuiApplication.clipboard().setText("nothing of use")
    with qtbot.waitSignal(panel.refused):
        press(panel.paste_button)
    assert panel.work_row.problem.text().startswith("The clipboard has no picture")
    assert session.undo_text is None


def test_an_image_from_elsewhere_leaves_the_file_at_hand(panel: ImagePanel, session: Session) -> None:
    panel.show_picture(matrix_of("kernel.csv", np.eye(3, dtype=np.float32)))
    session.edit_image(Image(np.zeros((7, 7, 1)), "7x7"), say("Draw"))
    assert panel.use_again.isVisible()
    press(panel.use_again)
    np.testing.assert_array_equal(input_of(session), np.eye(3))
    assert not panel.use_again.isVisible()


def test_a_document_brings_its_image_without_the_file(panel: ImagePanel, session: Session) -> None:
    image = Image(np.full((30, 40, 1), 0.25), "file", "kept.png", True)
    session.open(session.document.with_image(image))
    assert panel.form.name.text() == "kept.png" and panel.form.size_box.currentText() == "Own size"
    pick(panel.form.size_box, "14 × 14")
    assert session.document.image.shape == (14, 14, 1)
    np.testing.assert_allclose(input_of(session)[7], 0.25, atol=1e-6)


def test_a_long_name_is_shortened_and_nothing_is_cut_off(panel: ImagePanel) -> None:
    name = "a photograph with a very long name that does not fit.jpeg"
    panel.show_picture(picture_from_array(np.zeros((4, 4), np.uint8), name))
    assert "…" in panel.form.name.text() and panel.form.name.toolTip() == name
    assert panel.minimumSizeHint().width() <= 216


def test_every_control_has_a_name(panel: ImagePanel) -> None:
    panel.show_picture(matrix_of("large.csv", np.full((3, 3), 9, np.float32)))
    form = panel.form
    boxes = [form.size_box, form.how_box, form.side, form.colours, form.inverted, form.scaled]
    assert all(control.accessibleName() for control in [*boxes, *panel.findChildren(QPushButton)])


class TestModels:
    """The network is a model that takes images of one shape only."""

    @staticmethod
    def give(session: Session, *shape: int) -> None:
        rows, columns, channels = shape
        session.open(Document(Image(np.zeros(shape)), Network(input_shape=(rows, columns, channels))))

    def test_a_picture_is_made_of_its_own_pixels_not_of_a_smaller_image(
        self, session: Session, panel: ImagePanel, qtbot: QtBot, photo: Path
    ) -> None:
        self.give(session, 20, 40, 3)
        told: list[object] = []
        session.noted.connect(told.append)
        opened(qtbot, panel, photo)
        pixels = session.document.image.pixels
        assert pixels[0, :, 1].tolist() == [0.0] * 20 + [1.0] * 20
        assert told == []
        assert not panel.form.size_box.isEnabled() and not panel.form.side.isEnabled()
        assert panel.form.side.value() == 40
        assert panel.form.result.text() == "Input: 20 × 40, 3 channels: red, green, blue"

    def test_what_can_be_chosen_is_how_it_is_fitted(
        self, session: Session, panel: ImagePanel, qtbot: QtBot, photo: Path
    ) -> None:
        self.give(session, 20, 20, 1)
        opened(qtbot, panel, photo)
        assert input_of(session)[0].tolist() == [1.0] * 20  # a bar of paper
        pick(panel.form.how_box, "Stretched")
        np.testing.assert_allclose(input_of(session)[0], [0.299] * 10 + [1.0] * 10, atol=1e-6)
        assert not panel.form.colours.isVisible()
        assert panel.form.result.text() == "Input: 20 × 20, one channel"

    def test_a_matrix_has_values_from_0_to_1(
        self, session: Session, panel: ImagePanel, qtbot: QtBot, tmp_path: Path
    ) -> None:
        np.save(tmp_path / "numbers.npy", np.array([[-2.0, 0.0], [1.0, 2.0]]))
        self.give(session, 2, 2, 3)
        opened(qtbot, panel, tmp_path / "numbers.npy")
        for channel in range(3):
            assert session.document.image.pixels[..., channel].tolist() == [[0, 0.5], [0.75, 1]]
        assert panel.form.scaled.isChecked()
        tick(panel.form.scaled)
        assert input_of(session).tolist() == [[-2, 0], [1, 2]]

    def test_the_size_can_be_chosen_again_for_another_network(
        self, session: Session, panel: ImagePanel, qtbot: QtBot, photo: Path
    ) -> None:
        self.give(session, 20, 20, 1)
        opened(qtbot, panel, photo)
        session.edit_network(Network(), say("Another"))
        assert panel.form.size_box.isEnabled() and panel.form.side.isEnabled()
        pick(panel.form.size_box, "28 × 28")
        assert session.document.image.shape == (28, 28, 3)
