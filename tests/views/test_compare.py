"""Two settings beside each other: what is offered, one cursor and one pointer, one scale, and taking a setting over."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from cnn_explorer.network.arrays import frozen
from cnn_explorer.network.document import Document, Image
from cnn_explorer.network.layers import Conv2D, Flatten
from cnn_explorer.network.network import Network
from cnn_explorer.network.results import Evaluation, evaluate
from cnn_explorer.network.sentence import say
from cnn_explorer.session.session import Pin
from cnn_explorer.views import compare_twin
from cnn_explorer.views.compare_twin import Twin
from cnn_explorer.views.compare_view import ComparePanes, CompareView, count_differing
from cnn_explorer.views.main_window import MainWindow
from cnn_explorer.views.number_grid import NumberGrid
from tests.views.open_window import open_window
from tests.views.stage_setting import Setting, handbook_document

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

LEFT = Qt.MouseButton.LeftButton


class TwinSetting(Setting):
    """A session and its twin, which compares by the rule that is asked for."""

    def __init__(self, document: Document | None = None) -> None:
        super().__init__(document or handbook_document())
        self.twin = Twin(self.session)
        self.twin.set_active(True)

    def compare(self, rule: str) -> None:
        self.twin.choose(next(at for at, each in enumerate(self.twin.offered) if each.rule == rule))

    @property
    def there(self) -> tuple[int, int]:
        cursor = self.twin.session.cursor
        return cursor.row, cursor.column

    @property
    def here(self) -> tuple[int, int]:
        return self.session.cursor.row, self.session.cursor.column

    @property
    def map(self) -> np.ndarray:
        return self.twin.session.evaluation.maps[-1]


class TestTwin:
    def test_it_shows_the_focused_layer_with_the_first_comparison(self) -> None:
        work = TwinSetting()
        assert [str(each.other) for each in work.twin.offered][:2] == ["stride 2", "padding same"]
        assert work.map.shape == (3, 3, 1)
        np.testing.assert_array_equal(work.map, work.session.evaluation.maps[1][::2, ::2])

    def test_another_layer_has_other_comparisons_and_the_same_rule_where_it_can(self) -> None:
        work = TwinSetting()
        work.compare("padding")
        work.session.select(2)
        assert work.twin.chosen is not None and work.twin.chosen.rule == "padding"
        assert work.map.shape == (3, 3, 1) and work.twin.session.cursor.layer == 2
        work.session.select(1)
        assert work.twin.chosen.rule == "activation"
        work.session.select(0)
        assert work.twin.chosen.rule == "padding"

    def test_an_edit_of_the_document_is_seen_on_both_sides(self) -> None:
        work = TwinSetting()
        pixels = work.session.document.image.pixels.copy()
        pixels[0, 0] = 9.0
        before = work.map
        work.session.edit_image(replace(work.session.document.image, pixels=pixels), say("Draw"))
        assert work.twin.session.evaluation.maps[0] is work.session.evaluation.maps[0]
        layer: Any = work.session.document.network.layers[0]
        work.session.edit_layer(0, replace(layer, bias=frozen([5.0])), say("Bias"))
        np.testing.assert_array_equal(work.map, before + 4)

    def test_the_other_setting_is_taken_over_and_back_each_as_a_step(self) -> None:
        work = TwinSetting()
        work.twin.use()
        layer: Any = work.session.document.network.layers[0]
        assert layer.strides == (2, 2) and str(work.session.undo_text) == "Use stride 2"
        assert work.twin.chosen is not None and str(work.twin.chosen.other) == "stride 1"
        assert work.map.shape == (5, 5, 1)
        work.session.undo()
        assert work.session.document.network.layers[0].strides == (1, 1)  # type: ignore[attr-defined]
        assert str(work.twin.chosen.other) == "stride 2"

    def test_an_impossible_setting_shows_why(self) -> None:
        work = TwinSetting(handbook_document(image=[[1, 2, 3], [0, 1, 0], [2, 2, 2]]))
        work.compare("dilation_rate")
        assert work.twin.session.evaluation.problems and len(work.twin.session.evaluation.maps) == 1

    def test_nothing_is_followed_while_nobody_compares(self) -> None:
        work = TwinSetting()
        work.twin.set_active(False)
        before = work.twin.session.evaluation
        work.session.move(row=2, column=2)
        layer: Any = work.session.document.network.layers[0]
        work.session.edit_layer(0, replace(layer, bias=frozen([5.0])), say("Bias"))
        assert work.twin.session.evaluation is before and work.there == (0, 0)

    def test_a_large_layer_is_left_to_whoever_computes(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(compare_twin, "MOST_AT_ONCE", 10)
        work = TwinSetting()
        wanted: list[Document] = []
        shown: list[Evaluation] = []
        work.twin.wanted.connect(wanted.append)
        work.twin.session.evaluated.connect(lambda: shown.append(work.twin.session.evaluation))
        work.compare("padding")
        assert len(wanted[-1].network.layers) == 1 and not shown
        answer = evaluate(wanted[-1])
        work.compare("strides")
        work.twin.take(answer)  # it comes too late
        assert not shown
        work.twin.take(evaluate(wanted[-1]))
        assert shown and work.map.shape == (3, 3, 1)
        let_go: list[bool] = []
        work.twin.unwanted.connect(lambda: let_go.append(True))
        work.twin.set_active(False)
        assert let_go
        work.twin.take(evaluate(wanted[-1]))
        assert len(shown) == 1


class TestCursor:
    @pytest.mark.parametrize(
        ("rule", "here", "there"),
        [
            ("strides", (2, 4), (1, 2)), ("strides", (4, 4), (2, 2)), ("strides", (0, 0), (0, 0)),
            ("padding", (0, 0), (1, 1)), ("padding", (2, 3), (3, 4)),
            ("dilation_rate", (0, 0), (0, 0)), ("dilation_rate", (2, 2), (1, 1)), ("dilation_rate", (4, 4), (2, 2)),
            ("flipped", (3, 1), (3, 1)), ("bias", (4, 0), (4, 0)),
        ],
    )  # fmt: skip
    def test_the_other_cursor_is_where_the_window_is_nearest(
        self, rule: str, here: tuple[int, int], there: tuple[int, int]
    ) -> None:
        work = TwinSetting()
        work.compare(rule)
        work.session.move(row=here[0], column=here[1])
        assert work.there == there

    def test_moved_on_the_other_side_it_is_followed_here_and_stays_there(self) -> None:
        work = TwinSetting()
        work.twin.session.move(row=1, column=2)
        assert work.here == (2, 4) and work.there == (1, 2)

    def test_a_comparison_begins_at_the_cursor(self) -> None:
        work = TwinSetting()
        work.twin.set_active(False)
        work.session.move(row=4, column=4)
        work.twin.set_active(True)
        assert work.there == (2, 2)
        work.compare("padding")
        assert work.there == (5, 5)

    def test_filters_and_channels_go_together(self) -> None:
        rng = np.random.default_rng(1)
        layer = Conv2D(kernel=frozen(rng.normal(size=(3, 3, 3, 4))), bias=frozen(np.zeros(4)))
        work = TwinSetting(Document(Image(rng.random((7, 7, 3))), Network((layer,))))
        work.session.move(filter=3, channel=2, stepping=False)
        cursor = work.twin.session.cursor
        assert (cursor.filter, cursor.channel, cursor.stepping) == (3, 2, False)

    def test_what_the_pointer_is_on_is_pointed_at_on_both_sides(self) -> None:
        work = TwinSetting()
        work.session.point(Pin(1, 2, 4, 0))
        assert work.twin.session.pointed == Pin(1, 1, 2, 0)
        work.session.point(Pin(0, 5, 6, 0))
        assert work.twin.session.pointed == Pin(0, 5, 6, 0)
        work.session.point(None)
        assert work.twin.session.pointed is None
        work.twin.session.point(Pin(1, 2, 2, 0))
        assert work.session.pointed == Pin(1, 4, 4, 0)


@pytest.fixture
def window(qtbot: Any) -> MainWindow:
    return open_window(qtbot, 1700, 900)


def press(key: Qt.Key) -> None:
    QTest.keyClick(QApplication.focusWidget() or QApplication.activeWindow(), key)


def compare_of(window: MainWindow) -> tuple[CompareView, ComparePanes]:
    """The comparison, opened with its key."""
    press(Qt.Key.Key_C)
    QApplication.processEvents()
    view = window.workbench.compare
    assert view.panes is not None
    return view, view.panes


def choose(panes: ComparePanes, text: str) -> None:
    index = panes.choice.findText(text)
    assert index >= 0
    panes.choice.setCurrentIndex(index)
    panes.choice.activated.emit(index)


class TestView:
    def test_a_key_opens_it_at_the_cell_and_escape_closes_it(self, window: MainWindow) -> None:
        window.session.look("network")
        view, panes = compare_of(window)
        assert window.workbench.stack.currentWidget() is view and panes.left.isVisible() and panes.right.isVisible()
        assert window.commands.by_id["compare"].isChecked() and window.session.cursor.level == "cell"
        window.workbench.take_focus()
        press(Qt.Key.Key_Escape)
        assert window.workbench.stack.currentWidget() is window.stage and not view.active
        assert window.session.cursor.level == "cell" and not window.commands.by_id["compare"].isChecked()

    def test_its_button_closes_it(self, window: MainWindow) -> None:
        view, panes = compare_of(window)
        QTest.mouseClick(panes.close_button, LEFT)
        assert not view.active and window.stage.isVisible()

    def test_titles_and_facts_say_what_differs(self, window: MainWindow) -> None:
        _, panes = compare_of(window)
        assert panes.now.text() == "Now: stride 1" and panes.choice.currentText() == "stride 2"
        assert panes.facts.text == "5 × 5 against 3 × 3  ·  here 6 against 6"
        window.session.move(row=1, column=2)
        assert panes.facts.text == "5 × 5 against 3 × 3  ·  here 3 against −1"
        choose(panes, "convolution of mathematics: kernel flipped")
        assert panes.now.text() == "Now: correlation: kernel as it is"
        assert panes.facts.text.startswith("5 × 5 against 5 × 5  ·  here 3 against ")
        assert panes.facts.text.endswith(" of 25 cells differ")

    def test_the_left_side_is_edited_and_both_follow(self, window: MainWindow) -> None:
        _, panes = compare_of(window)
        kernel = panes.left.findChildren(NumberGrid)[0]
        QTest.mouseClick(kernel, LEFT, pos=QPoint(kernel.width() // 2, kernel.height() // 2))
        QTest.keyClicks(kernel, "7")
        QTest.keyClick(kernel, Qt.Key.Key_Return)
        layer: Any = window.session.document.network.layers[0]
        assert layer.kernel[1, 1, 0, 0] == 7.0
        there: Any = window.workbench.compare.twin.session.evaluation.layer(0)
        assert there.kernel[1, 1, 0, 0] == 7.0 and there.strides == (2, 2)

    def test_the_right_side_is_edited_by_its_menu_alone(self, window: MainWindow) -> None:
        view, panes = compare_of(window)
        before = view.twin.session.evaluation
        kernel = panes.right.findChildren(NumberGrid)[0]
        middle = kernel.mapTo(panes.right, QPoint(kernel.width() // 2, kernel.height() // 2))
        assert panes.right.childAt(middle) is None
        QTest.mouseClick(panes.right, LEFT, pos=middle)
        QTest.keyClicks(QApplication.focusWidget() or panes.right, "7")
        assert view.twin.session.evaluation is before and window.session.undo_text is None

    def test_the_setting_is_used_and_undone(self, window: MainWindow) -> None:
        _, panes = compare_of(window)
        QTest.mouseClick(panes.use_button, LEFT)
        assert window.session.output_shape() == (3, 3, 1)
        assert panes.now.text() == "Now: stride 2" and panes.choice.currentText() == "stride 1"
        window.session.undo()
        assert panes.now.text() == "Now: stride 1"

    def test_a_click_on_either_side_moves_both(self, window: MainWindow) -> None:
        _, panes = compare_of(window)
        assert panes.right.plan is not None and panes.right.plan.output is not None
        QTest.mouseClick(panes.right, LEFT, pos=panes.right.plan.output.rect(2, 1).center().toPoint())
        assert (window.session.cursor.row, window.session.cursor.column) == (4, 2)

    def test_marks_light_up_on_both_sides(self, window: MainWindow) -> None:
        _, panes = compare_of(window)
        assert panes.left.plan is not None
        QTest.mouseMove(panes.left, panes.left.plan.input.rect(3, 3).center().toPoint())
        assert panes.left.pointer.marked_inputs == panes.right.pointer.marked_inputs == [(3, 3)]
        assert len(panes.left.pointer.marked_outputs) == 9
        assert sorted(panes.right.pointer.marked_outputs) == [(1, 1)]
        QTest.mouseMove(panes.left, QPoint(2, 2))
        assert panes.right.session.pointed is None

    def test_the_same_colour_is_the_same_number_and_cells_are_as_large(self, window: MainWindow) -> None:
        _, panes = compare_of(window)
        for text in ("stride 2", "bias 0", "padding same"):
            choose(panes, text)
            assert panes.left.scales.of(1) == panes.right.scales.of(1)
            assert panes.left.plan is not None and panes.right.plan is not None
            assert panes.left.plan.input.cell == panes.right.plan.input.cell
        window.session.select(1)
        choose(panes, "activation none")
        assert panes.left.scales.of(2) == panes.right.scales.of(2) and panes.left.scales.of(2).high == 6.0

    def test_a_layer_without_settings_says_so(self, window: MainWindow) -> None:
        document = window.session.document
        layers = (Flatten(), *document.network.layers)
        window.session.open(replace(document, network=Network(layers)))
        _, panes = compare_of(window)
        assert panes.nothing.isVisible() and not panes.choice.isVisible() and panes.facts.text == ""
        assert window.session.cursor.layer == 0

    def test_the_image_and_the_other_distances_stand_in_its_place_and_it_comes_back(self, window: MainWindow) -> None:
        view, _ = compare_of(window)
        stack = window.workbench.stack
        window.session.select(-1)
        assert stack.currentWidget() is window.workbench.canvas
        window.session.select(0)
        assert stack.currentWidget() is view
        window.session.look("network")
        assert stack.currentWidget() is window.workbench.overview
        window.session.look("cell")
        assert stack.currentWidget() is view and view.active

    def test_differences_and_comparisons_are_not_mixed(self, window: MainWindow) -> None:
        press(Qt.Key.Key_D)
        compare_of(window)
        assert window.session.baseline is None

    def test_playing_steps_both(self, window: MainWindow) -> None:
        _, panes = compare_of(window)
        window.playback.last()
        assert (panes.right.session.cursor.row, panes.right.session.cursor.column) == (2, 2)

    def test_in_a_small_window_the_numbers_have_room(self, window: MainWindow) -> None:
        window.resize(1280, 720)
        _, panes = compare_of(window)
        assert panes.left.plan is not None and panes.left.plan.input.cell >= 22
        assert not window.workbench.right.isVisible() and not window.workbench.arithmetic.isVisible()
        press(Qt.Key.Key_C)
        assert window.workbench.right.isVisible() and window.workbench.arithmetic.isVisible()

    def test_every_control_has_a_name_and_follows_the_language(self, window: MainWindow) -> None:
        _, panes = compare_of(window)
        for control in (panes.choice, panes.use_button, panes.close_button):
            assert control.accessibleName() and control.toolTip()


def test_numbers_added_in_another_order_are_the_same() -> None:
    first = np.array([[1.0, 100.0]], np.float32)
    assert count_differing(first, first + np.float32(1e-4)) == 0
    assert count_differing(first, first + np.array([[0.0, 0.1]], np.float32)) == 1
