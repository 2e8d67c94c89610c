"""Stepping through filters or channels: buttons, keys, the wheel, and what is said of the place."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QShortcut, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from cnn_explorer.views.stepper import Stepper

KEY = Qt.Key


@pytest.fixture
def stepper(qtbot: QtBot) -> Stepper:
    made = Stepper()
    qtbot.addWidget(made)
    made.set_texts("Filter", "The filter that is edited", "Previous filter", "Next filter")
    made.chosen.connect(lambda at: made.show_place(at, made._count))
    made.show_place(2, 32)
    made.setFixedWidth(96)
    made.show()
    qtbot.waitExposed(made)
    return made


def test_it_says_which_of_how_many(stepper: Stepper) -> None:
    assert stepper.place.text() == "3 of 32"
    assert stepper.accessibleName() == "Filter 3 of 32"
    assert stepper.toolTip() == "The filter that is edited"
    assert (stepper.back.toolTip(), stepper.on.toolTip()) == ("Previous filter", "Next filter")


def test_buttons_step_and_stop_at_the_ends(stepper: Stepper) -> None:
    QTest.mouseClick(stepper.on, Qt.MouseButton.LeftButton)
    assert stepper.place.text() == "4 of 32"
    for _ in range(3):
        QTest.mouseClick(stepper.back, Qt.MouseButton.LeftButton)
    assert stepper.place.text() == "1 of 32"
    assert not stepper.back.isEnabled() and stepper.on.isEnabled()
    stepper.show_place(31, 32)
    assert stepper.back.isEnabled() and not stepper.on.isEnabled()


def test_keys_step(stepper: Stepper) -> None:
    stepper.setFocus()
    for key, expected in (
        (KEY.Key_Right, 4), (KEY.Key_Left, 3), (KEY.Key_PageUp, 13), (KEY.Key_PageDown, 3), (KEY.Key_End, 32),
        (KEY.Key_Right, 32), (KEY.Key_Home, 1), (KEY.Key_Left, 1), (KEY.Key_Up, 2), (KEY.Key_Down, 1),
    ):  # fmt: skip
        QTest.keyClick(stepper, key)
        assert stepper.place.text() == f"{expected} of 32"


def test_its_keys_are_kept_from_the_commands_of_the_window(qtbot: QtBot, stepper: Stepper) -> None:
    taken: list[str] = []
    for name in ("Right", "Space"):
        shortcut = QShortcut(name, stepper)
        shortcut.activated.connect(lambda name=name: taken.append(name))
    stepper.activateWindow()
    qtbot.waitUntil(stepper.isActiveWindow)
    stepper.setFocus()
    QTest.keyClick(stepper, KEY.Key_Right)
    QTest.keyClick(stepper, KEY.Key_Space)
    assert taken == ["Space"]
    assert stepper.place.text() == "4 of 32"


def turn(widget: QWidget, notches: int) -> bool:
    at = QPointF(widget.rect().center())
    event = QWheelEvent(
        at, widget.mapToGlobal(at), QPoint(), QPoint(0, 120 * notches), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(widget, event)
    return event.isAccepted()


def test_the_wheel_steps_only_where_the_focus_is(stepper: Stepper) -> None:
    stepper.clearFocus()
    assert not turn(stepper, -1)
    assert stepper.place.text() == "3 of 32"
    stepper.setFocus()
    assert turn(stepper, -1)
    assert stepper.place.text() == "4 of 32"


@pytest.mark.parametrize(
    ("at", "count", "text"),
    [(98, 99, "99 of 99"), (3135, 3136, "3136/3136"), (25087, 25088, "25088/25088"), (0, 1, "1 of 1")],
)
def test_the_place_is_seen_in_full_however_many_there_are(stepper: Stepper, at: int, count: int, text: str) -> None:
    stepper.show_place(at, count)
    assert stepper.place.text() == text
    assert stepper.place.fontMetrics().horizontalAdvance(text) <= stepper.place.width()
