"""The buttons under the stage."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QSlider, QToolButton
from pytestqt.qtbot import QtBot

from cnn_explorer.session.cursor import IMAGE
from cnn_explorer.views.transport import Transport
from tests.views.stage_setting import Setting, handbook_document


@pytest.fixture
def setting() -> Setting:
    return Setting(handbook_document())


@pytest.fixture
def transport(qtbot: QtBot, setting: Setting) -> Transport:
    made = Transport(setting.session, setting.playback, setting.settings)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made


def press(transport: Transport, name: str) -> None:
    button = next(made for made in transport.findChildren(QToolButton) if made.accessibleName() == name)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def step(transport: Transport) -> str:
    return next(
        made.text() for made in transport.findChildren(QLabel) if " of 25" in made.text() or "no" in made.text()
    )


def test_the_buttons_step(transport: Transport) -> None:
    for name, text in (
        ("Step forward", "step 2 of 25"), ("Last step", "step 25 of 25"),
        ("Step back", "step 24 of 25"), ("First step", "step 1 of 25"),
    ):  # fmt: skip
        press(transport, name)
        assert step(transport) == text


def test_play_becomes_pause(transport: Transport, setting: Setting) -> None:
    press(transport, "Play")
    assert setting.playback.playing
    press(transport, "Pause")
    assert not setting.playback.playing


def test_scrubbing_goes_to_the_step(transport: Transport, setting: Setting) -> None:
    slider = transport.findChild(QSlider)
    slider.setFocus()
    QTest.keyClick(slider, Qt.Key.Key_PageUp)
    assert (setting.session.cursor.row, setting.session.cursor.column) == (1, 0)


def test_the_whole_map_is_a_switch(transport: Transport, setting: Setting) -> None:
    press(transport, "Whole map")
    assert not setting.session.cursor.stepping
    assert step(transport) == "cell 1 of 25"
    press(transport, "Whole map")
    assert setting.session.cursor.stepping


def test_speed_and_loop_are_kept(transport: Transport, setting: Setting) -> None:
    press(transport, "Loop")
    speed = transport.findChild(QComboBox)
    speed.setFocus()
    QTest.keyClick(speed, Qt.Key.Key_End)
    assert setting.playback.speed == 16.0
    assert setting.settings.values.speed == 16.0
    assert setting.settings.values.loop


def test_without_steps_the_buttons_are_off(transport: Transport, setting: Setting) -> None:
    setting.session.select(IMAGE)
    assert step(transport) == "no steps"
    assert not next(b for b in transport.findChildren(QToolButton) if b.accessibleName() == "Play").isEnabled()
