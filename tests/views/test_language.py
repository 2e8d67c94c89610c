"""Every visible text follows the language while the program runs, to another language and back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu, QMessageBox, QToolButton, QWidget

from cnn_explorer.network.document import Image
from cnn_explorer.network.layers import Activation, AveragePooling2D
from cnn_explorer.network.presets import default_document
from cnn_explorer.network.sentence import say
from cnn_explorer.session import language
from cnn_explorer.session.cursor import IMAGE, Cursor
from cnn_explorer.session.faults import Fault, Faults
from cnn_explorer.views.main_window import SMALLEST, MainWindow
from cnn_explorer.views.status_line import ENGINE_NOTES
from tests.views.mnist_setting import few_digits
from tests.views.open_window import open_window
from tests.views.visible_texts import Marked, Painted, point_everywhere, texts_of, unmarked

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

State = Callable[[MainWindow, Path], object]


@pytest.fixture
def window(qtbot: Any) -> MainWindow:
    return open_window(qtbot)


@pytest.fixture
def marked(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is translated stands in ⟦brackets⟧ where Chinese is chosen."""
    monkeypatch.setattr(language, "read_translations", lambda path: Marked({"": ""}))


def show(window: MainWindow, layer: int, changed: Any = None, **fields: Any) -> None:
    """A layer of the handbook's network, with other fields or in place of its own."""
    document = default_document()
    if changed is None:
        changed = replace(document.network.layers[max(layer, 0)], **fields)
    window.session.open(document.with_layer(max(layer, 0), changed), cursor=Cursor(layer=layer, row=1, column=1))


def mnist(window: MainWindow, labelled: bool = True) -> Any:
    window.input_panel.choose("mnist")
    page = window.input_panel.pages["mnist"]
    page.use_digits(few_digits(labelled=labelled), "few.npz")
    return page


def opened(window: MainWindow, path: Path) -> None:
    """A file in the page of images, when it has been read."""
    from cnn_explorer.files.sniff import open_any

    window.input_panel.choose("file")
    window.input_panel.pages["file"].show_picture(open_any(path))


def matrix(window: MainWindow, folder: Path) -> None:
    np.save(folder / "matrix.npy", np.arange(12.0).reshape(3, 4))
    opened(window, folder / "matrix.npy")


def picture(window: MainWindow, folder: Path) -> None:
    from PIL import Image as PilImage

    PilImage.fromarray(np.full((40, 30, 3), 90, np.uint8)).save(folder / "grey.png")
    opened(window, folder / "grey.png")


def problem_in_page(window: MainWindow, folder: Path) -> None:
    for source in ("mnist", "file"):
        window.input_panel.choose(source)
        page = window.input_panel.pages[source]
        row = getattr(page, "work_row", None) or page.source.work_row
        row.begin(say("Opening {file}…", file="0"))
        row.show_problem(say("{file} can't be opened: {reason}.", file="0", reason=say("it isn't there")))


def stretched(window: MainWindow, folder: Path) -> None:
    """Rows and columns apart, with every sentence on the size that there is."""
    show(window, 0, strides=(3, 2), dilation_rate=(1, 2), padding="same", fill="reflect")
    for name in ("strides", "dilation_rate", "kernel_size"):
        field: Any = window.workbench.layer_panel.forms["Conv2D"].fields[name]
        field.link.click()


def after_an_impossible_one(window: MainWindow, folder: Path) -> None:
    show(window, 0, dilation_rate=(4, 4))
    window.session.select(2)


def no_convolution(window: MainWindow, folder: Path) -> None:
    show(window, 0, Activation("tanh"))


def edited(window: MainWindow, folder: Path) -> None:
    """Something to undo and something to redo."""
    window.input_panel.choose("28x28")
    window.kernel_panel.change("flip")
    window.session.undo()
    window.status_line.show_message(say("Saved as {file}.", file="0"))
    window.status_line.show_engine_state("restarting")


def faulty(window: MainWindow, folder: Path) -> None:
    window.show_fault(Faults(window), Fault("0", "", "", count=2))


def large_map(window: MainWindow, folder: Path) -> None:
    image = Image(np.zeros((60, 60, 1), np.float32), "file", "0")
    window.session.open(default_document().with_image(image), cursor=Cursor(stepping=False))


def why(window: MainWindow, layer: int) -> None:
    show(window, layer)
    window.workbench.right_column.show_tab("why")


def code_in_tf_nn(window: MainWindow, folder: Path) -> None:
    show(window, 0, strides=(2, 2), dilation_rate=(2, 2))
    window.workbench.right_column.show_tab("code")


STATES: dict[str, State] = {
    "the image": lambda window, folder: show(window, IMAGE),
    "a convolution": lambda window, folder: show(window, 0),
    "an activation": lambda window, folder: show(window, 1, negative_slope=0.1, activation="leaky_relu"),
    "max pooling": lambda window, folder: show(window, 2),
    "average pooling": lambda window, folder: show(window, 2, AveragePooling2D(padding="same")),
    "a layer that is off": lambda window, folder: show(window, 0, enabled=False),
    "an impossible layer": lambda window, folder: show(window, 0, dilation_rate=(4, 4)),
    "a layer after an impossible one": after_an_impossible_one,
    "too much mirrored padding": lambda window, folder: show(window, 0, padding=(9, 9, 9, 9), fill="symmetric"),
    "rows and columns apart": stretched,
    "no convolution": no_convolution,
    "a large map": large_map,
    "28x28": lambda window, folder: window.input_panel.choose("28x28"),
    "MNIST offered": lambda window, folder: window.input_panel.choose("mnist"),
    "MNIST": lambda window, folder: mnist(window),
    "MNIST without labels": lambda window, folder: mnist(window, labelled=False),
    "all of MNIST": lambda window, folder: mnist(window).browse.click(),
    "no file": lambda window, folder: window.input_panel.choose("file"),
    "a picture": picture,
    "a matrix": matrix,
    "problems with files": problem_in_page,
    "something to undo": edited,
    "a passing message": lambda window, folder: window.show_about(),
    "a problem": lambda window, folder: window.files.show_problem(say("{reason}", reason=say("rows"))),
    "why a convolution": lambda window, folder: why(window, 0),
    "why no parameters": lambda window, folder: why(window, 1),
    "why of the image": lambda window, folder: why(window, IMAGE),
    "the network's table": lambda window, folder: window.show_network_table(),
    "the code": lambda window, folder: window.workbench.right_column.show_tab("code"),
    "code that Keras has no layer for": code_in_tf_nn,
    "the shortcut sheet": lambda window, folder: window.show_shortcut_sheet(),
    "a fault": faulty,
}


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
    before = texts_of(window)
    painted = Painted(monkeypatch)
    switch(window, "zh_CN")
    window.grab()
    assert unmarked(text for _, text in texts_of(window)) == []
    assert len(painted.texts) > 3 and unmarked(painted.texts) == []
    switch(window, "en")
    assert texts_of(window) == before


POINTED = ("the image", "a convolution", "an activation", "max pooling", "a layer that is off", "an impossible layer")


@pytest.mark.parametrize("state", [*POINTED, "too much mirrored padding"])
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
    yield bench.canvas if bench.canvas.isVisible() else bench.stage
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
