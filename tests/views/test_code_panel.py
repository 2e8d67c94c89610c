"""The panel with the code under real clicks and keys: what it shows, copies and saves, and when it is written anew."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from cnn_explorer.network.arrays import frozen
from cnn_explorer.network.document import Document, Image
from cnn_explorer.network.layers import Activation, Conv2D, Dense, Flatten, Layer
from cnn_explorer.network.network import Network
from cnn_explorer.network.sentence import say
from cnn_explorer.session.cursor import IMAGE
from cnn_explorer.session.language import Language
from cnn_explorer.session.settings import Settings
from cnn_explorer.views import code_panel
from cnn_explorer.views.code_panel import CodePanel
from cnn_explorer.views.controls import scrolling
from cnn_explorer.views.main_window import MainWindow
from cnn_explorer.views.theme import theme
from tests.views.open_window import open_window
from tests.views.stage_setting import Setting, handbook_document

# Off the screen nothing can be raised or grabbed, and Qt says so whenever a dialog or a menu is shown.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
CONTROL = Qt.KeyboardModifier.ControlModifier
NARROW = 252


class PanelSetting(Setting):
    """The panel, so wide that code is written as it is saved; NARROW is the window's right column at its narrowest."""

    def __init__(self, qtbot: QtBot, document: Document, shown: bool = True, width: int = 900) -> None:
        super().__init__(document)
        self.panel = CodePanel(self.session, self.settings)
        self.area = scrolling(self.panel)
        self.area.resize(width, 620)
        qtbot.addWidget(self.area)
        self.told: list[str] = []
        self.session.noted.connect(lambda sentence: self.told.append(str(sentence)))
        if shown:
            self.area.show()
            qtbot.waitExposed(self.area)

    @property
    def code(self) -> str:
        return self.panel.text.toPlainText()

    def edit(self, index: int, **fields: Any) -> None:
        layer = self.session.document.network.layers[index]
        self.session.edit_layer(index, replace(layer, **fields), say("Change"))


def click(widget: QWidget) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def choose(row: Any, text: str) -> None:
    click(next(each for each in row.buttons if each.text() == text))


def clipboard() -> str:
    return QGuiApplication.clipboard().text()


def large_document() -> Document:
    """A network whose weights are too many to be written out."""
    layers: tuple[Layer, ...] = (Flatten(), Dense(kernel=frozen(np.ones((784, 10)) / 7), bias=frozen(np.zeros(10))))
    return Document(Image(np.eye(28)[..., None]), Network(layers))


@pytest.fixture
def handbook(qtbot: QtBot) -> PanelSetting:
    return PanelSetting(qtbot, handbook_document())


# what it shows


def test_the_network_in_keras_is_shown_first(handbook: PanelSetting) -> None:
    assert "keras.layers.Conv2D(filters=1, kernel_size=3),  # 5×5×1" in handbook.code
    assert [each.text() for each in handbook.panel.styles.buttons if each.isChecked()] == ["Keras"]
    assert [each.text() for each in handbook.panel.parts.buttons if each.isChecked()] == ["Network"]
    assert handbook.panel.weights.isChecked()
    assert not handbook.panel.note.isVisible() and not handbook.panel.problem.isVisible()


def test_the_choices_are_clicked_and_kept(handbook: PanelSetting, qtbot: QtBot) -> None:
    choose(handbook.panel.styles, "tf.nn")
    assert "tf.nn.conv2d(x, kernel, strides=1" in handbook.code and "tf.nn.max_pool2d" in handbook.code
    choose(handbook.panel.parts, "Layer")
    assert "tf.nn.conv2d(x, kernel" in handbook.code and "tf.nn.max_pool2d" not in handbook.code
    QTest.mouseClick(
        handbook.panel.weights, Qt.MouseButton.LeftButton, pos=QPoint(8, handbook.panel.weights.height() // 2)
    )
    assert "kernel = tf.Variable(tf.random.normal(" in handbook.code
    later = PanelSetting(qtbot, handbook_document())
    assert later.code == handbook.code


def test_a_setting_that_means_nothing_is_as_the_usual_one(qtbot: QtBot) -> None:
    settings = Settings()
    settings.set("code_style", "torch")
    settings.set("code_part", "neuron")
    assert "keras.Sequential" in PanelSetting(qtbot, handbook_document()).code


def test_every_edit_is_in_the_code(handbook: PanelSetting, qtbot: QtBot) -> None:
    handbook.edit(0, padding="same")
    same = 'keras.layers.Conv2D(filters=1, kernel_size=3, padding="same"),  # 7×7×1'
    qtbot.waitUntil(lambda: same in handbook.code)
    handbook.edit(1, enabled=False)
    qtbot.waitUntil(lambda: "Activation" not in handbook.code)
    handbook.session.edit_image(Image(np.full((2, 2, 1), 0.25)), say("Draw"))
    qtbot.waitUntil(lambda: "[0.25, 0.25]" in handbook.code)
    handbook.session.undo()
    qtbot.waitUntil(lambda: "[0, 1, 0, 1, 2, 1, 0]" in handbook.code)


def test_many_edits_are_few_writings(handbook: PanelSetting, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[Any] = []
    write = code_panel.write_code
    monkeypatch.setattr(code_panel, "write_code", lambda *given: written.append(given) or write(*given))
    for value in range(50):
        handbook.edit(0, bias=frozen([value / 4]))
    assert written == []  # the window is free for what is painted meanwhile
    qtbot.waitUntil(lambda: "bias = np.array([12.25], np.float32)" in handbook.code)
    assert len(written) == 1


def test_what_nobody_sees_is_not_written(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(code_panel, "write_code", lambda *given: pytest.fail("written without being seen"))
    hidden = PanelSetting(qtbot, handbook_document(), shown=False)
    hidden.edit(0, padding="same")
    monkeypatch.undo()
    hidden.area.show()
    assert 'padding="same"' in hidden.code


def test_the_layer_in_focus_is_followed(handbook: PanelSetting, qtbot: QtBot) -> None:
    choose(handbook.panel.parts, "Layer")
    assert "Layer 1, Conv2D 3×3, alone" in handbook.code
    handbook.session.select(2)
    qtbot.waitUntil(lambda: "Layer 3, MaxPool 2×2, alone" in handbook.code)
    assert "model = keras.Sequential([\n    keras.Input((5, 5, 1)),\n    keras.layers.MaxPooling2D" in handbook.code
    handbook.session.select(IMAGE)
    qtbot.waitUntil(lambda: "The network on the screen" in handbook.code)
    assert handbook.panel.note.text() == "The image is no layer: this is the whole network."


def test_steps_write_nothing(handbook: PanelSetting, monkeypatch: pytest.MonkeyPatch) -> None:
    choose(handbook.panel.parts, "Layer")
    monkeypatch.setattr(code_panel, "write_code", lambda *given: pytest.fail("written for a step"))
    handbook.session.move(row=3, column=2)


def test_a_sentence_says_what_keras_has_no_layer_for(handbook: PanelSetting, qtbot: QtBot) -> None:
    handbook.edit(0, strides=(2, 2), dilation_rate=(2, 2))
    qtbot.waitUntil(handbook.panel.note.isVisible)
    assert handbook.panel.note.text() == (
        "Keras has no layer for Conv2D 3×3: it has none with a stride and a dilation at once."
    )
    assert 'tf.nn.conv2d(x, kernel, strides=2, padding="VALID", dilations=2) + bias' in handbook.code
    assert [each.text() for each in handbook.panel.styles.buttons if each.isChecked()] == ["Keras"]
    choose(handbook.panel.styles, "tf.nn")
    assert not handbook.panel.note.isVisible()


def test_a_layer_that_nothing_reaches(qtbot: QtBot) -> None:
    setting = PanelSetting(qtbot, handbook_document(Conv2D(kernel=frozen(np.zeros((7, 7, 1, 1)))), Activation()))
    setting.session.select(2)
    choose(setting.panel.parts, "Layer")
    assert "Nothing comes in at this layer" in setting.panel.note.text()
    assert "The code ends before a layer" in setting.panel.note.text()
    assert "Activation" not in setting.code


def test_what_is_scrolled_to_and_selected_stays_while_numbers_change(handbook: PanelSetting, qtbot: QtBot) -> None:
    text = handbook.panel.text
    text.find("keras.layers.Conv2D")
    handbook.area.resize(900, 420)
    text.verticalScrollBar().setValue(9)
    handbook.edit(0, bias=frozen([2.5]))
    qtbot.waitUntil(lambda: "np.array([2.5]" in handbook.code)
    assert text.textCursor().selectedText() == "keras.layers.Conv2D"
    assert text.verticalScrollBar().value() == 9


@pytest.mark.parametrize(
    ("before", "after"),
    [("", "a\nb"), ("a\nb\nc", "a\nc"), ("a\nc", "a\nb\nc"), ("x 🙂 1\ny", "x 🙂 22\ny"), ("🙂", "🙃"), ("aaa", "aa")],
)  # fmt: skip
def test_only_what_differs_is_replaced(handbook: PanelSetting, before: str, after: str) -> None:
    text = handbook.panel.text
    text.setPlainText(before)
    text.replace_text(after)
    assert text.toPlainText() == after


# colours


def colour_of(setting: PanelSetting, word: str) -> str:
    """The colour that the first occurrence of a word is shown in."""
    cursor = setting.panel.text.document().find(word)
    assert not cursor.isNull()
    place = cursor.selectionStart() - cursor.block().position()
    for each in cursor.block().layout().formats():
        if each.start <= place < each.start + each.length:
            return each.format.foreground().color().name()
    return setting.panel.text.palette().text().color().name()


@pytest.mark.parametrize("name", ["light", "dark"])
def test_variables_have_the_colours_of_their_roles(handbook: PanelSetting, name: str) -> None:
    theme.use(name)
    roles = {"kernel = ": "kernel", "bias]": "kernel", "image = ": "input", "output = ": "output", "# 5×5×1": "quiet"}
    for word, role in roles.items():
        assert colour_of(handbook, word) == theme.role(role).name()
    assert colour_of(handbook, "filters=1") == theme.role("text").name()


def test_other_variables_get_the_colours_at_once(handbook: PanelSetting) -> None:
    choose(handbook.panel.parts, "Layer")
    assert colour_of(handbook, "inputs = ") == theme.role("input").name()


# copy and save


def test_copy_copies_what_is_shown(handbook: PanelSetting) -> None:
    choose(handbook.panel.styles, "tf.nn")
    click(handbook.panel.copy_button)
    assert clipboard() == handbook.code
    assert handbook.told == ["The code was copied."]


def answer_dialog(monkeypatch: pytest.MonkeyPatch, path: Path) -> list[str]:
    """The dialog is answered with a path; returns what name it proposed."""
    proposed: list[str] = []

    def answer(dialog: QFileDialog) -> int:
        proposed.extend(Path(each).name for each in dialog.selectedFiles())
        dialog.selectFile(str(path))
        return 1

    monkeypatch.setattr(QFileDialog, "exec", answer)
    return proposed


def test_a_saved_file_is_the_code(
    handbook: PanelSetting, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    proposed = answer_dialog(monkeypatch, tmp_path / "mine.py")
    click(handbook.panel.save_button)
    qtbot.waitUntil(lambda: handbook.told == ["Saved as mine.py."])
    assert proposed == ["network.py"]
    assert (tmp_path / "mine.py").read_text(encoding="utf-8").rstrip() == handbook.code
    assert [each.name for each in tmp_path.iterdir()] == ["mine.py"]


def test_large_weights_are_saved_beside_it(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    setting = PanelSetting(qtbot, large_document())
    assert "Random weights: the 7,850 on the screen are too many to copy" in setting.panel.note.text()
    answer_dialog(monkeypatch, tmp_path / "mine.py")
    click(setting.panel.save_button)
    qtbot.waitUntil(lambda: len(setting.told) == 1)
    assert setting.told == ["Saved as mine.py, its numbers beside it as mine.weights.npz."]
    with np.load(tmp_path / "mine.weights.npz") as archive:
        np.testing.assert_array_equal(archive["kernel"], np.ones((784, 10), np.float32) / 7)
    assert 'kernel = saved["kernel"]' in (tmp_path / "mine.py").read_text(encoding="utf-8")


def test_a_saved_file_runs_and_prints_what_is_on_the_screen(qtbot: QtBot, tmp_path: Path) -> None:
    if importlib.util.find_spec("tensorflow") is None:
        pytest.skip("TensorFlow is not installed")
    setting = PanelSetting(qtbot, large_document())
    choose(setting.panel.styles, "tf.nn")
    setting.panel.save_to(str(tmp_path / "mine.py"))
    qtbot.waitUntil(lambda: len(setting.told) == 1)
    ran = subprocess.run(
        [sys.executable, str(tmp_path / "mine.py")], capture_output=True, text=True, check=True, cwd=tmp_path.parent
    )
    printed = [float(each) for each in ran.stdout.strip("[]\n").split()]
    np.testing.assert_allclose(printed, setting.session.evaluation.maps[-1].ravel(), rtol=1e-5)


def test_a_refusal_is_told_in_the_panel(handbook: PanelSetting, qtbot: QtBot, tmp_path: Path) -> None:
    handbook.panel.save_to(str(tmp_path / "gone" / "mine.py"))
    qtbot.waitUntil(handbook.panel.problem.isVisible)
    assert handbook.panel.problem.text() == (
        "mine.py was not saved: the folder is no longer there; choose another one."
    )
    handbook.panel.save_to(str(tmp_path / "mine.py"))
    qtbot.waitUntil(lambda: handbook.told == ["Saved as mine.py."])
    assert not handbook.panel.problem.isVisible()


def test_nothing_is_saved_where_no_file_is_chosen(
    handbook: PanelSetting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "exec", lambda dialog: 0)
    monkeypatch.setattr(CodePanel, "save_to", lambda *given: pytest.fail("saved"))
    click(handbook.panel.save_button)


# room, language, keys


@pytest.mark.parametrize("code", ["en", "zh_CN"])
def test_controls_have_room_in_the_narrowest_column(qtbot: QtBot, code: str) -> None:
    language = Language()
    language.use(code)
    QApplication.processEvents()
    panel = PanelSetting(qtbot, handbook_document(), width=NARROW).panel
    for made in (*panel.styles.buttons, *panel.parts.buttons, panel.weights, panel.copy_button, panel.save_button):
        assert made.width() >= made.sizeHint().width()
        assert made.accessibleName() and made.toolTip()
    assert panel.width() <= NARROW and panel.text.viewport().width() > 180
    language.use("en")


CALL = """\
    keras.layers.Conv2D(
        filters=1, kernel_size=3
    ),  # 5×5×1
"""


def test_code_is_as_narrow_as_its_column_and_is_copied_as_usual(qtbot: QtBot) -> None:
    setting = PanelSetting(qtbot, handbook_document(), width=296)
    text = setting.panel.text
    assert CALL in setting.code and text.horizontalScrollBar().maximum() == 0
    lines = setting.code.splitlines()
    assert sum(len(line) > text.columns for line in lines) == 0
    assert text.document().lineCount() == text.document().blockCount() == len(lines)  # none goes on in the next
    click(setting.panel.copy_button)
    assert "    keras.layers.Conv2D(filters=1, kernel_size=3),  # 5×5×1\n" in clipboard()
    setting.area.resize(900, 620)
    qtbot.waitUntil(lambda: "keras.layers.Conv2D(filters=1, kernel_size=3),  # 5×5×1\n" in setting.code)


def test_comments_and_choices_follow_the_language(handbook: PanelSetting, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(code_panel, "translated", lambda sentence: f"⟦{sentence}⟧")
    handbook.panel.retranslate()
    assert "# ⟦The weights on the screen⟧" in handbook.code


def test_tab_goes_through_the_controls_and_leaves_the_text(handbook: PanelSetting, qtbot: QtBot) -> None:
    panel = handbook.panel
    handbook.area.activateWindow()
    panel.styles.buttons[0].setFocus(Qt.FocusReason.TabFocusReason)
    seen: list[QWidget | None] = []
    for _ in range(6):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        seen.append(QApplication.focusWidget())
    assert {panel.weights, panel.copy_button, panel.save_button, panel.text} <= set(seen)


@pytest.fixture
def window(qtbot: QtBot) -> MainWindow:
    return open_window(qtbot)


def test_the_commands_work_while_the_panel_is_away(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    QTest.keyClick(window.stage, Qt.Key.Key_C, CONTROL | Qt.KeyboardModifier.AltModifier)
    assert clipboard().startswith("# The network on the screen") and "keras.Sequential" in clipboard()
    assert window.workbench.right_column.shown == "layer"
    answer_dialog(monkeypatch, tmp_path / "mine.py")
    window.commands.by_id["save_code"].trigger()
    qtbot.waitUntil((tmp_path / "mine.py").exists)


def test_copy_takes_the_selected_part_of_the_code(window: MainWindow, qtbot: QtBot) -> None:
    choose(window.workbench.right_column.tabs, "Code")
    panel = window.workbench.right_column.page("code")
    assert isinstance(panel, CodePanel) and panel.isVisible()
    qtbot.mouseClick(panel.text.viewport(), Qt.MouseButton.LeftButton)
    qtbot.keyClick(panel.text, Qt.Key.Key_C, CONTROL)
    assert "\t" in clipboard()  # nothing is selected: the numbers of the map
    panel.text.moveCursor(QTextCursor.MoveOperation.Start)
    panel.text.find("import keras")
    qtbot.keyClick(panel.text, Qt.Key.Key_C, CONTROL)
    assert clipboard() == "import keras"
