"""The window as a whole: layout, language and theme while running, Present mode, messages, faults, the status line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from cnn_explorer.network.sentence import say
from cnn_explorer.session import language
from cnn_explorer.session.cursor import IMAGE
from cnn_explorer.session.faults import Fault, Faults
from cnn_explorer.views.banner import Answer, Message
from cnn_explorer.views.error_dialog import ErrorDialog
from cnn_explorer.views.main_window import MainWindow
from cnn_explorer.views.status_line import OneLine
from cnn_explorer.views.theme import theme
from tests.views.open_window import open_window

# Off the screen nothing can be raised or grabbed, and Qt says so whenever a dialog or a menu is shown.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def window(qtbot: Any) -> MainWindow:
    return open_window(qtbot)


# layout


@pytest.mark.parametrize(("width", "height"), [(1080, 640), (1280, 720), (1920, 1080)])
def test_everything_has_its_place(qtbot: Any, width: int, height: int) -> None:
    window = open_window(qtbot, width, height)
    assert (window.width(), window.height()) == (width, height)
    for view in (
        window.top_bar,
        window.workbench.strip,
        window.workbench.left,
        window.workbench.centre,
        window.workbench.right,
        window.status_line,
    ):
        assert view.isVisible()
        place = view.mapTo(window, view.rect().topLeft())
        assert window.rect().contains(place) and window.rect().contains(place + view.rect().bottomRight())
    for button in window.top_bar.buttons.values():
        assert button.width() >= button.sizeHint().width()
    for area in (window.workbench.left.area, *window.workbench.right_column.areas.values()):
        assert area.horizontalScrollBar().maximum() == 0
        assert area.widget().width() <= area.viewport().width()


def test_the_buttons_show_their_text_only_where_there_is_room(qtbot: Any) -> None:
    window = open_window(qtbot, 1900, 900)
    style = window.top_bar.buttons["new"].toolButtonStyle
    assert style() == Qt.ToolButtonStyle.ToolButtonTextBesideIcon
    window.resize(1100, 700)
    qtbot.waitUntil(lambda: style() == Qt.ToolButtonStyle.ToolButtonIconOnly)
    qtbot.waitUntil(lambda: window.top_bar.title.width() > 100)


def test_geometry_and_columns_are_kept(qtbot: Any) -> None:
    first = open_window(qtbot, 1024, 700)
    first.workbench.columns.setSizes([300, 400, 324])
    sizes = first.workbench.columns.sizes()
    first.close()
    second = MainWindow(first.session, first.settings, first.playback, first.language)
    qtbot.addWidget(second)
    second.show()
    assert second.size() == first.size()
    assert second.workbench.columns.sizes() == sizes


def test_the_image_is_shown_on_a_large_canvas(window: MainWindow) -> None:
    window.session.select(IMAGE)
    assert window.workbench.canvas.isVisible() and not window.stage.isVisible()
    window.session.select(0)
    assert window.stage.isVisible() and not window.workbench.canvas.isVisible()


def test_painted_comes_once_and_after_the_views(qtbot: Any) -> None:
    window = open_window(qtbot)
    other = MainWindow(window.session, window.settings, window.playback, window.language)
    qtbot.addWidget(other)
    heard: list[bool] = []
    other.painted.connect(lambda: heard.append(True))
    with qtbot.waitSignal(other.painted):
        other.show()
    other.repaint()
    qtbot.wait(0)
    assert len(heard) == 1


# what the pointer is on


def test_the_status_line_says_what_the_pointer_is_on(window: MainWindow, qtbot: Any) -> None:
    plan = window.stage.plan
    assert plan is not None
    place: QPointF = plan.input.rect(1, 3).center()
    QTest.mouseMove(window.stage, place.toPoint())
    qtbot.waitUntil(lambda: window.status_line.pointed.text != "")
    assert "row 2, column 4" in window.status_line.pointed.text.lower()


def test_the_status_line_names_what_drew_the_numbers(window: MainWindow) -> None:
    line = window.status_line
    assert line.engine.text.startswith("numpy · ") and line.engine.text.endswith(" ms")
    line.show_engine_state("starting")
    assert line.engine.text == "numpy · TensorFlow is starting…"
    line.show_engine_state("ready")
    assert line.engine.text.endswith(" ms")


def is_whole(line: OneLine) -> bool:
    return line.fontMetrics().horizontalAdvance(line.text) <= line.width()


@pytest.mark.parametrize("width", [1280, 1440])
def test_a_message_and_a_read_out_are_not_cut_off(qtbot: Any, width: int) -> None:
    line = open_window(qtbot, width).status_line
    line.pointed.set_text(
        "Conv2D 3×3, map 2, row 47, column 24 = 0.0591 · depends on 8×8 pixels of the image, rows 92–99, "
        "columns 46–53; effective stride 2×2"
    )
    qtbot.waitUntil(lambda: is_whole(line.pointed))
    line.show_message(say("Conv2D 3×3: the kernel now has 3 channels (27 weights), the same for each of them."))
    qtbot.waitUntil(lambda: is_whole(line.message))
    assert is_whole(line.engine) and line.rect().contains(line.engine.geometry())
    assert not line.message.geometry().intersects(line.pointed.geometry())


def test_the_status_line_does_not_grow(window: MainWindow) -> None:
    height = window.status_line.height()
    window.status_line.show_message(say("{text}", text="long " * 100))
    window.status_line.pointed.set_text("long " * 100)
    assert window.status_line.height() == height
    assert window.width() == 1280
    window.status_line.clear_message()


# messages


def test_a_message_moves_nothing_and_can_be_dismissed(window: MainWindow, qtbot: Any) -> None:
    before = window.stage.geometry()
    window.session.said.emit(say("{file} was made smaller.", file="<b>photo</b>.png"))
    assert window.banner.isVisible()
    assert window.banner.label.text() == "<b>photo</b>.png was made smaller."
    assert window.banner.label.textFormat() == Qt.TextFormat.PlainText
    assert window.stage.geometry() == before
    qtbot.mouseClick(window.banner.close_button, Qt.MouseButton.LeftButton)
    assert not window.banner.isVisible()


def test_a_message_that_passes_goes_by_itself(window: MainWindow, qtbot: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr("cnn_explorer.views.banner.SHORTEST", 1)
    monkeypatch.setattr("cnn_explorer.views.banner.READING", 0)
    window.tell(say("Done."))
    qtbot.waitUntil(lambda: not window.banner.isVisible())


def test_a_question_is_not_covered_by_another_message(window: MainWindow, qtbot: Any) -> None:
    answers: list[str] = []
    window.banner.show_message(Message(say("Restore?"), (Answer(say("Restore"), lambda: answers.append("yes")),)))
    window.tell(say("Something else."))
    assert window.banner.label.text() == "Restore?"
    qtbot.mouseClick(window.banner.answers[0], Qt.MouseButton.LeftButton)
    assert answers == ["yes"]
    assert window.banner.label.text() == "Something else."


def test_a_long_message_is_shown_whole(window: MainWindow) -> None:
    window.banner.show_message(Message(say("{text}", text="word " * 60), problem=True))
    label = window.banner.label
    assert label.height() >= label.heightForWidth(label.width())
    assert window.workbench.centre.rect().contains(window.banner.geometry())


# language and theme


@pytest.fixture
def german(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Translations of a few texts, in place of those to Chinese, so that a change of language shows."""
    monkeypatch.setattr(language, "resource", lambda *parts: tmp_path)
    entries = {
        "Undo": "Zurück",
        "&File": "&Datei",
        "Handbook 7×7 example": "Handbuch 7×7",
        "INPUT": "EINGABE",
        "Dismiss": "Weg",
    }
    monkeypatch.setattr(language, "read_translations", lambda path: entries)


def test_the_language_changes_while_running(window: MainWindow, german: None, qtbot: Any) -> None:
    window.show_shortcut_sheet()
    window._sheet.close()
    qtbot.mouseClick(window.top_bar.language, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.top_bar.buttons["undo"].text() == "Zurück")
    assert window.top_bar.menus["file"].title() == "&Datei"
    assert window.top_bar.title.name == "Handbuch 7×7"
    assert window.windowTitle().startswith("Handbuch 7×7")
    assert window.input_panel.heading.text() == "EINGABE"
    assert "Zurück" in [what for what, _ in window._sheet.rows]
    assert window.settings.values.language == "zh_CN"
    assert window.commands.by_id["language_zh_CN"].isChecked()
    qtbot.mouseClick(window.top_bar.language, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.top_bar.buttons["undo"].text() == "Undo")


def test_the_theme_changes_while_running(window: MainWindow, qtbot: Any) -> None:
    def darkness() -> int:
        return window.grab().toImage().pixelColor(600, window.top_bar.height() // 2 + 18).lightness()

    assert darkness() > 200
    qtbot.mouseClick(window.top_bar.theme, Qt.MouseButton.LeftButton)
    assert theme.colours.dark
    assert darkness() < 60
    assert window.settings.values.theme == "dark"
    assert window.commands.by_id["theme_dark"].isChecked()
    window.commands.by_id["theme_light"].trigger()
    assert not theme.colours.dark


# Present mode


def test_present_mode_leaves_the_stage_alone_on_the_screen(window: MainWindow, qtbot: Any) -> None:
    qtbot.keyClick(window, Qt.Key.Key_F11)
    assert window.isFullScreen()
    for view in (
        window.top_bar,
        window.workbench.strip,
        window.workbench.left,
        window.workbench.right,
        window.status_line,
    ):
        assert not view.isVisible()
    for view in (window.stage, window.workbench.arithmetic, window.workbench.transport):
        assert view.isVisible()
    assert window.stage.presenting
    assert window.stage.smallest_font() >= window.height() / 40
    qtbot.keyClick(window, Qt.Key.Key_Right)
    assert window.session.cursor.column == 1
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert not window.isFullScreen()
    assert window.top_bar.isVisible() and window.workbench.left.isVisible() and not window.stage.presenting


def test_closing_while_presenting_keeps_the_size_of_before(window: MainWindow, qtbot: Any) -> None:
    window.set_presenting(True)
    window.close()
    other = MainWindow(window.session, window.settings, window.playback, window.language)
    qtbot.addWidget(other)
    assert not other.isFullScreen()
    assert other.top_bar.isVisibleTo(other)


# faults


@pytest.fixture
def faults(window: MainWindow) -> Any:
    made = Faults()
    made.install()
    made.happened.connect(lambda fault: window.show_fault(made, fault), Qt.ConnectionType.QueuedConnection)
    yield made
    made.remove()


class Failing(QWidget):
    """Fails whenever it is painted."""

    def paintEvent(self, event: object) -> None:
        raise ZeroDivisionError("in a paintEvent")


@pytest.mark.qt_no_exception_capture
def test_an_exception_in_a_slot_opens_the_dialog_with_details_to_copy(
    window: MainWindow, faults: Faults, qtbot: Any
) -> None:
    def fail() -> None:
        window.session.history_changed.disconnect(fail)  # once: the dialog tells the time of the last
        raise ValueError("in a slot")

    window.session.history_changed.connect(fail)
    window.commands.by_id["kernel_flip"].trigger()
    qtbot.waitUntil(lambda: bool(window.findChildren(ErrorDialog)))
    (dialog,) = window.findChildren(ErrorDialog)
    assert dialog.isVisible() and not dialog.isModal()
    assert "ValueError: in a slot" in dialog.details.toPlainText()
    qtbot.mouseClick(dialog.copy, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == dialog.details.toPlainText()
    assert window.session.undo_text == say("Flip the kernel")
    qtbot.mouseClick(dialog.go_on, Qt.MouseButton.LeftButton)
    assert not dialog.isVisible()


@pytest.mark.qt_no_exception_capture
def test_a_fault_that_repeats_is_counted_in_one_dialog(window: MainWindow, faults: Faults, qtbot: Any) -> None:
    failing = Failing(window)
    failing.setGeometry(10, 10, 20, 20)
    failing.show()
    heard: list[Fault] = []
    faults.happened.connect(heard.append)

    def fail_again() -> None:
        known = len(heard)
        failing.update()
        qtbot.waitUntil(lambda: len(heard) > known)

    fail_again()
    fail_again()
    qtbot.waitUntil(lambda: bool(window.findChildren(ErrorDialog)))
    (dialog,) = window.findChildren(ErrorDialog)
    qtbot.waitUntil(lambda: "times" in dialog.line.text())
    assert len(dialog.shown) == 1
    dialog.close()
    fail_again()
    qtbot.wait(0)
    assert not dialog.isVisible()
    failing.hide()
