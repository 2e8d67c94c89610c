"""The wall of digits: what is drawn where, the keys, the pointer, and that it stays smooth with all of MNIST."""

from __future__ import annotations

from pathlib import Path
from time import perf_counter

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cnn_explorer.files.datasets import read_mnist
from cnn_explorer.files.digits import Digits
from cnn_explorer.session.session import Session
from cnn_explorer.views.mnist_selection import DigitSelection
from cnn_explorer.views.mnist_wall import MnistWall
from cnn_explorer.views.theme import STEPS, theme
from tests.views.mnist_setting import answered_session, click_place, few_digits, hover_place

KEY = Qt.Key


@pytest.fixture
def session() -> Session:
    return answered_session()


@pytest.fixture
def selection(session: Session) -> DigitSelection:
    made = DigitSelection(session)
    made.use(few_digits())
    return made


@pytest.fixture
def wall(qtbot: QtBot, selection: DigitSelection) -> MnistWall:
    return shown(qtbot, selection, 7 * 32 + 20, 300)


def shown(qtbot: QtBot, selection: DigitSelection, width: int, height: int) -> MnistWall:
    made = MnistWall(selection)
    qtbot.addWidget(made)
    made.resize(width, height)
    made.show()
    qtbot.waitExposed(made)
    made.setFocus()
    return made


def picture_of(wall: MnistWall) -> QImage:
    return wall.viewport().grab().toImage()


def middle(wall: MnistWall, place: int) -> QColor:
    return picture_of(wall).pixelColor(wall.rect_of(place).center())


def ink(value: int) -> QColor:
    return QColor.fromRgb(int(theme.table("ink")[value * STEPS // 255]))


def test_each_digit_is_drawn_at_its_place_in_ink(wall: MnistWall) -> None:
    picture = picture_of(wall)
    for place in (0, 6, 7, 33):
        assert picture.pixelColor(wall.rect_of(place).center()) == ink(place + 1)
    wall.verticalScrollBar().setValue(40)
    picture = picture_of(wall)
    assert picture.pixelColor(wall.rect_of(33).center()) == ink(34)


def test_the_last_row_ends_and_below_it_is_ground(wall: MnistWall, qtbot: QtBot) -> None:
    wall.resize(wall.width(), 1200)
    assert middle(wall, 199) == ink(200)
    assert middle(wall, 200) == theme.role("ground")
    assert wall.verticalScrollBar().maximum() == 0


def test_the_palette_changes_the_wall(wall: MnistWall) -> None:
    light = middle(wall, 3)
    theme.use("dark")
    assert middle(wall, 3) == ink(4) != light


def test_a_click_makes_the_digit_the_input(wall: MnistWall, session: Session) -> None:
    chosen: list[int] = []
    wall.chosen.connect(chosen.append)
    click_place(wall, 12)
    image = session.document.image
    assert chosen == [12]
    assert (image.shape, image.source, image.light) == ((28, 28, 1), "mnist", False)
    np.testing.assert_allclose(image.pixels, 13 / 255, rtol=1e-6)
    assert str(session.undo_text) == "MNIST digit 2"
    session.undo()
    assert session.document.image.source == "7x7"


def test_the_current_digit_is_framed_in_the_colour_of_the_input(wall: MnistWall, session: Session) -> None:
    click_place(wall, 12)
    rect = wall.rect_of(12)
    edge = QPoint(rect.left() + 1, rect.center().y())
    assert picture_of(wall).pixelColor(edge) == theme.role("input")
    session.undo()
    assert picture_of(wall).pixelColor(edge) != theme.role("input")


def test_the_keys_walk_and_the_document_follows(wall: MnistWall, session: Session, selection: DigitSelection) -> None:
    click_place(wall, 10)
    page = 7 * (wall.viewport().height() // 32)
    for key, expected in (
        (KEY.Key_Right, 11), (KEY.Key_Left, 10), (KEY.Key_Down, 17), (KEY.Key_Up, 10), (KEY.Key_PageDown, 10 + page),
        (KEY.Key_PageUp, 10), (KEY.Key_End, 199), (KEY.Key_Right, 199), (KEY.Key_Home, 0), (KEY.Key_Up, 0),
    ):  # fmt: skip
        QTest.keyClick(wall, key)
        assert selection.current == expected
        assert session.document.image.name == f"MNIST {expected}"
        assert wall.viewport().rect().contains(wall.rect_of(expected))


def test_a_walk_is_one_step_of_undo_and_enter_ends_it(wall: MnistWall, session: Session) -> None:
    click_place(wall, 10)
    chosen: list[int] = []
    wall.chosen.connect(chosen.append)
    for _ in range(5):
        QTest.keyClick(wall, KEY.Key_Right)
    QTest.keyClick(wall, KEY.Key_Return)
    QTest.keyClick(wall, KEY.Key_Right)
    assert chosen == [15]
    names = []
    for _ in range(3):
        session.undo()
        names.append(session.document.image.name)
    assert names == ["MNIST 15", "MNIST 10", ""]


def test_the_wall_keeps_its_keys_from_the_commands_of_the_window(qtbot: QtBot, wall: MnistWall) -> None:
    from PySide6.QtGui import QShortcut

    taken: list[str] = []
    for key in ("Right", "Space"):
        shortcut = QShortcut(key, wall)
        shortcut.activated.connect(lambda key=key: taken.append(key))
    wall.activateWindow()
    qtbot.waitUntil(wall.isActiveWindow)
    QTest.keyClick(wall, KEY.Key_Right)
    QTest.keyClick(wall, KEY.Key_Space)
    assert taken == ["Space"]


def test_pointing_says_what_the_digit_is(wall: MnistWall, selection: DigitSelection) -> None:
    said: list[str] = []
    wall.pointed.connect(said.append)
    hover_place(wall, 4)
    assert said[-1] == "MNIST digit 4, training image 4"
    selection.filter(None, "test")
    hover_place(wall, 3)
    assert said[-1] == "MNIST digit 3, test image 3 (index 153)"
    wall.verticalScrollBar().setValue(20)
    wall.resize(wall.width(), 100)
    QTest.mouseMove(wall.viewport(), QPoint(1, 1))
    assert said[-1] == ""


def test_data_without_labels_are_shown_too(qtbot: QtBot, session: Session) -> None:
    selection = DigitSelection(session)
    selection.use(few_digits(labelled=False))
    wall = shown(qtbot, selection, 240, 300)
    said: list[str] = []
    wall.pointed.connect(said.append)
    hover_place(wall, 4)
    assert said[-1] == "MNIST image 4"
    click_place(wall, 4)
    assert str(session.undo_text) == "MNIST image"


def test_a_filter_shows_only_its_digits_from_the_top(wall: MnistWall, selection: DigitSelection) -> None:
    wall.verticalScrollBar().setValue(500)
    selection.filter(7, "test")
    assert selection.indices.tolist() == [157, 167, 177, 187, 197]
    assert wall.verticalScrollBar().value() == 0
    assert middle(wall, 2) == ink(178)
    assert middle(wall, 5) == theme.role("ground")


def test_nothing_to_show_is_said(qtbot: QtBot, session: Session) -> None:
    selection = DigitSelection(session)
    selection.use(few_digits(5, 5))
    wall = shown(qtbot, selection, 240, 300)
    selection.filter(9, "all")
    QTest.keyClick(wall, KEY.Key_Right)
    selection.choose_random()
    assert session.document.image.source == "7x7"
    picture = picture_of(wall)
    colours = {picture.pixelColor(x, 150).rgb() for x in range(40, 200)}
    assert len(colours) > 2


def test_plus_and_minus_change_the_size_and_keep_the_place(wall: MnistWall) -> None:
    wall.verticalScrollBar().setValue(320)
    first = wall.layout_of_wall.place_at(QPoint(20, 325))
    QTest.keyClick(wall, KEY.Key_Plus)
    assert wall.layout_of_wall.pitch == 48 and wall.layout_of_wall.columns == 4
    top = wall.layout_of_wall.place_at(QPoint(wall.layout_of_wall.left, wall.verticalScrollBar().value()))
    assert first is not None and top is not None and 0 <= first - top < 4
    for _ in range(3):
        QTest.keyClick(wall, KEY.Key_Minus)
    assert wall.layout_of_wall.pitch == 32


@pytest.mark.parametrize(
    ("pixels", "angle", "modifier", "scrolled", "pitch"),
    [
        (QPoint(0, -37), QPoint(0, -296), Qt.KeyboardModifier.NoModifier, 37, 32),
        (QPoint(), QPoint(0, -120), Qt.KeyboardModifier.NoModifier, 64, 32),
        (QPoint(), QPoint(0, 120), Qt.KeyboardModifier.ControlModifier, 0, 48),
    ],
)
def test_the_wheel_and_the_touchpad_scroll(
    wall: MnistWall, pixels: QPoint, angle: QPoint, modifier: Qt.KeyboardModifier, scrolled: int, pitch: int
) -> None:
    place = QPointF(50, 50)
    event = QWheelEvent(
        place, place, pixels, angle, Qt.MouseButton.NoButton, modifier, Qt.ScrollPhase.NoScrollPhase, False
    )
    QApplication.sendEvent(wall.viewport(), event)
    assert wall.verticalScrollBar().value() == scrolled
    assert wall.layout_of_wall.pitch == pitch


@pytest.fixture(scope="session")
def mnist(shared_folder: Path) -> Digits:
    path = shared_folder / "data" / "mnist.npz"
    if not path.exists():
        pytest.skip("no mnist.npz in the shared folder")
    return read_mnist(path)


def test_all_of_mnist_is_walked_filtered_and_chosen(qtbot: QtBot, session: Session, mnist: Digits) -> None:
    selection = DigitSelection(session)
    wall = shown(qtbot, selection, 7 * 32 + 20, 500)
    selection.use(mnist)
    assert len(selection.indices) == 70_000 and wall.layout_of_wall.rows == 10_000
    QTest.keyClick(wall, KEY.Key_End)
    assert selection.current == 69_999
    selection.filter(7, "test")
    assert mnist.labels is not None and set(mnist.labels[selection.indices]) == {7}
    assert len(selection.indices) == 1028 and selection.indices.min() >= 60_000
    click_place(wall, 0)
    assert selection.current == 60_000
    np.testing.assert_array_equal(session.document.image.pixels[:, :, 0], mnist.images[60_000] / np.float32(255))


def test_scrolling_through_all_of_mnist_stays_smooth(qtbot: QtBot, session: Session, mnist: Digits) -> None:
    """The half of the frames is far below 16 ms; the bound leaves room for a busy machine."""
    selection = DigitSelection(session)
    wall = shown(qtbot, selection, 1600, 900)
    selection.use(mnist)
    target = QImage(wall.viewport().size(), QImage.Format.Format_RGB32)
    times = []
    for step in range(60):
        wall.verticalScrollBar().setValue(60 * step)
        start = perf_counter()
        wall.viewport().render(target)
        times.append((perf_counter() - start) * 1000)
    assert sorted(times)[30] < 16
