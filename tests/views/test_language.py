"""Every visible text follows the language while the program runs, to another language and back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QMenu, QMessageBox, QToolButton, QWidget

from cnn_explorer.session import language
from cnn_explorer.views.main_window import SMALLEST, MainWindow
from cnn_explorer.views.status_line import ENGINE_NOTES
from cnn_explorer.views.train_curves import TrainCurves
from tests.views.language_states import STATES, fills
from tests.views.open_window import open_window
from tests.views.visible_texts import Marked, Painted, point_everywhere, texts_of, unmarked

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def window(qtbot: Any) -> Iterator[MainWindow]:
    made = open_window(qtbot)
    yield made
    if made.has_learning:
        made.learning.training.close()  # as the program does at its end


@pytest.fixture
def marked(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is translated stands in ⟦brackets⟧ where Chinese is chosen."""
    monkeypatch.setattr(language, "read_translations", lambda path: Marked({"": ""}))


def settle() -> None:
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    for _ in range(3):
        QApplication.processEvents()


def switch(window: MainWindow, code: str) -> None:
    window.use_language(code)
    settle()


@pytest.mark.parametrize("state", STATES)
def test_every_text_follows_the_language(
    window: MainWindow, marked: None, state: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    STATES[state](window, tmp_path)
    settle()
    for curves in window.findChildren(TrainCurves):
        curves.draw_course()  # which waits a moment for more
    before = texts_of(window)
    painted = Painted(monkeypatch)
    switch(window, "zh_CN")
    window.grab()
    assert unmarked(text for _, text in texts_of(window)) == []
    assert len(painted.texts) > 3 and unmarked(painted.texts) == []
    switch(window, "en")
    assert texts_of(window) == before


POINTED = (
    "the image", "a convolution", "an activation", "max pooling", "a layer that is off", "an impossible layer",
    "too much mirrored padding", "deep network", "deep channels", "dense numbers", "colour planes", "field pinned",
    "differences", "in training", "Dense", "softmax",
)  # fmt: skip


@pytest.mark.parametrize("state", POINTED)
def test_what_the_pointer_is_on_is_read_out_in_the_language(
    window: MainWindow, marked: None, state: str, tmp_path: Path, qtbot: Any
) -> None:
    STATES[state](window, tmp_path)
    switch(window, "zh_CN")
    heard: set[str] = set()
    window.workbench.pointed.connect(heard.add)
    for view in views(window):
        point_everywhere(view, qtbot)
    assert len(heard) > 3 and unmarked(heard) == []


def views(window: MainWindow) -> Iterator[QWidget]:
    """Those that read out what the pointer is on."""
    bench = window.workbench
    yield from (bench.strip.cards, bench.kernel_panel.gallery, bench.input_panel.canvas)
    yield bench.kernel_panel.wall.board
    yield from (view for view in (bench.canvas, bench.stage, bench.overview) if view.isVisible())
    yield from (view for view in (bench.layer_panel.legend.input, bench.layer_panel.legend.output) if view.isVisible())


def test_what_the_pointer_was_on_is_not_said_in_the_language_before(window: MainWindow, marked: None) -> None:
    window.workbench.pointed.emit("Bias = 1")
    switch(window, "zh_CN")
    assert window.status_line.pointed.text == ""


def test_the_engine_tells_its_state_in_the_language(window: MainWindow, marked: None) -> None:
    switch(window, "zh_CN")
    for state in ENGINE_NOTES:
        window.status_line.show_engine_state(state)
        assert unmarked([window.status_line.engine.text]) == []


def test_the_menu_of_a_card_is_in_the_language(window: MainWindow, marked: None) -> None:
    switch(window, "zh_CN")
    menu = window.workbench.strip.cards.menu(1)
    texts = [action.text().split("\t")[0] for action in menu.actions() if action.text()]
    assert len(texts) == 7 and unmarked(texts) == []
    menu.close()


def test_the_layers_to_add_are_offered_in_the_language(window: MainWindow, marked: None) -> None:
    switch(window, "zh_CN")
    window.workbench.strip.cards.offer_layers(1)
    settle()
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu) and unmarked(text for _, text in texts_of(menu)) == []
    menu.close()


def test_the_name_of_a_card_is_asked_for_in_the_language(window: MainWindow, marked: None) -> None:
    switch(window, "zh_CN")
    cards = window.workbench.strip.cards
    cards.rename(1)
    settle()
    (editor,) = cards.findChildren(QLineEdit)
    assert unmarked(text for _, text in texts_of(editor)) == []


def test_classic_networks_are_offered_in_the_language(window: MainWindow, marked: None) -> None:
    switch(window, "zh_CN")
    menu = window.workbench.strip.summary.nets.menu()
    menu.aboutToShow.emit()
    texts = [text for action in menu.actions() for text in (action.text(), action.toolTip())]
    assert len(texts) >= 6 and unmarked(texts) == []


def test_known_models_are_offered_in_the_language(window: MainWindow, marked: None) -> None:
    switch(window, "zh_CN")
    window.top_bar.menus["file"].aboutToShow.emit()
    menu: Any = window.commands.by_id["known_models"].menu()
    tips = [action.toolTip() for action in menu.actions()]
    texts = [action.text() for action in menu.actions() if not action.isEnabled()]
    assert len(tips) > 5 and unmarked([*tips, *(text.split(" ", 1)[1] for text in texts)]) == []


def test_what_fills_the_filters_is_offered_in_the_language(
    window: MainWindow, marked: None, tmp_path: Path, qtbot: Any
) -> None:
    switch(window, "zh_CN")
    fills(window, tmp_path)
    settle()
    popup = window.workbench.kernel_panel.wall.popup
    heard = []
    for gallery in popup.galleries:
        gallery.pointed.connect(heard.append)
        for thumbnail in gallery.thumbnails:
            qtbot.mouseMove(thumbnail)
    assert len(heard) > 10 and unmarked(heard) == []
    assert unmarked(text for _, text in texts_of(popup)) == []
    popup.close()


def test_menus_that_were_filled_before_follow_the_language(window: MainWindow, marked: None) -> None:
    window.top_bar.menus["network"].aboutToShow.emit()
    switch(window, "zh_CN")
    adding: Any = window.commands.by_id["add_layer"].menu()
    assert [action.text() for action in adding.actions()][:2] == ["⟦Convolution⟧", "⟦Activation⟧"]
    assert unmarked(action.toolTip() for group in adding.actions()[:2] for action in group.menu().actions()) == []


def test_the_menu_of_recent_files_is_in_the_language(window: MainWindow, marked: None) -> None:
    switch(window, "zh_CN")
    window.top_bar.menus["file"].aboutToShow.emit()
    menu = window.commands.by_id["recent"].menu()
    assert isinstance(menu, QMenu) and [action.text() for action in menu.actions()] == ["⟦No⟧ ⟦files⟧ ⟦yet⟧"]


def test_dialogs_ask_in_the_language(window: MainWindow, marked: None, monkeypatch: pytest.MonkeyPatch) -> None:
    switch(window, "zh_CN")
    asked: list[str] = []

    def ask(dialog: Any) -> int:
        dialog.show()
        asked.append(dialog.windowTitle())
        asked.extend(dialog.nameFilters() if isinstance(dialog, QFileDialog) else (t for _, t in texts_of(dialog)))
        return int(QMessageBox.StandardButton.Cancel)

    monkeypatch.setattr(QMessageBox, "exec", ask)
    monkeypatch.setattr(QFileDialog, "exec", ask)
    window.kernel_panel.change("flip")
    for ask_for in (window.files.new, window.files.open, window.files.save_as):
        ask_for()
    assert len(asked) > 10
    assert unmarked(asked) == []


def test_chinese_is_spoken_and_keys_are_keys(window: MainWindow) -> None:
    """With the real translation: "Shift" is what moves the image, and a key that Qt names."""
    switch(window, "zh_CN")
    assert window.top_bar.menus["file"].title() == "文件(&F)"
    assert window.commands.by_id["save_as"].text() == "另存为…"
    assert QKeySequence("Ctrl+Shift+S").toString(QKeySequence.SequenceFormat.NativeText) == "Ctrl+Shift+S"
    assert QKeySequence("Space").toString(QKeySequence.SequenceFormat.NativeText) == "空格"
    assert window.input_panel.pages["7x7"].shift_label.text() == "平移"


def test_every_chinese_menu_has_room_in_the_smallest_window(qtbot: Any) -> None:
    window = open_window(qtbot, *SMALLEST)
    for code in ("zh_CN", "en", "zh_CN"):
        switch(window, code)
        bar = window.top_bar.menu_bar
        assert bar.width() >= bar.sizeHint().width()
        assert not any(each.isVisible() for each in bar.findChildren(QToolButton))
