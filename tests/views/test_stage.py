"""The stage under the mouse: what moves, what lights up, what is read out."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from cnn_explorer.network.layers import Activation, AveragePooling2D, MaxPooling2D
from cnn_explorer.views.stage_layout import Wanted, arrange
from cnn_explorer.views.stage_paint import elided, heading_size, text_width
from cnn_explorer.views.theme import theme
from tests.views.stage_setting import StageSetting, handbook_document


@pytest.fixture
def handbook(qtbot: QtBot) -> StageSetting:
    return StageSetting(qtbot, handbook_document())


def test_a_click_on_an_output_cell_goes_there(handbook: StageSetting) -> None:
    handbook.click("output", 2, 3)
    assert handbook.cell == (2, 3)


def test_a_drag_over_the_output_takes_the_cell_along(handbook: StageSetting) -> None:
    stage = handbook.stage
    QTest.mousePress(stage, Qt.MouseButton.LeftButton, pos=handbook.place("output", 0, 0))
    QTest.mouseMove(stage, handbook.place("output", 1, 1))
    assert handbook.cell == (1, 1)
    QTest.mouseMove(stage, handbook.place("output", 4, 2))
    QTest.mouseRelease(stage, Qt.MouseButton.LeftButton, pos=handbook.place("output", 4, 2))
    assert handbook.cell == (4, 2)


@pytest.mark.parametrize(("at", "cell"), [((1, 1), (0, 0)), ((3, 4), (2, 3)), ((6, 6), (4, 4)), ((0, 0), (0, 0))])
def test_the_window_is_dragged_by_its_middle_over_the_input(
    handbook: StageSetting, at: tuple[int, int], cell: tuple[int, int]
) -> None:
    handbook.click("input", *at)
    assert handbook.cell == cell


def test_a_window_with_a_stride_moves_by_its_stride(qtbot: QtBot) -> None:
    setting = StageSetting(qtbot, handbook_document(strides=(2, 2)))
    setting.click("input", 3, 5)
    assert setting.cell == (1, 2)
    assert setting.stage.scene is not None
    assert setting.stage.scene.window(1, 2).columns == (4, 5, 6)


def test_an_input_cell_names_its_readers_and_marks_them_with_their_weights(handbook: StageSetting) -> None:
    handbook.hover("input", 2, 2)
    assert handbook.read_out[-1] == "Input row 3, column 3 = 2 · 9 output cells read it"
    pointer = handbook.stage.pointer
    assert sorted(pointer.marked_outputs) == [(row, column) for row in range(3) for column in range(3)]
    assert dict(pointer.weights)[(0, 0)] == "2"
    assert dict(pointer.weights)[(2, 2)] == "0"


def test_an_output_cell_names_its_window(handbook: StageSetting) -> None:
    handbook.hover("output", 0, 2)
    assert handbook.read_out[-1] == "Output row 1, column 3 = −2 · reads rows 1–3, columns 3–5"
    assert len(handbook.stage.pointer.marked_inputs) == 9


def test_a_weight_marks_every_input_cell_that_it_multiplies(handbook: StageSetting) -> None:
    kernel = handbook.stage.findChildren(type(handbook.stage._kernel))[0]
    QTest.mouseMove(kernel, QPoint(5, 5))
    assert handbook.read_out[-1] == "Weight row 1, column 1 = 0 · multiplies 25 input cells"
    assert sorted(handbook.stage.pointer.marked_inputs) == [(row, column) for row in range(5) for column in range(5)]


def test_padding_is_named_with_the_value_it_holds(qtbot: QtBot) -> None:
    setting = StageSetting(qtbot, handbook_document(padding="same"))
    setting.hover("input", 0, 0)
    assert setting.read_out[-1] == "Padding, outside the input: 0"


def test_the_padding_of_a_pooling_takes_no_part(qtbot: QtBot) -> None:
    setting = StageSetting(qtbot, handbook_document(Activation(), MaxPooling2D(padding="same")))
    setting.session.select(2)
    setting.hover("input", 5, 5)
    assert setting.read_out[-1] == "Padding, outside the input: takes no part"


def test_leaving_the_stage_empties_the_read_out(handbook: StageSetting) -> None:
    handbook.hover("output", 0, 0)
    QTest.mouseMove(handbook.stage, QPoint(3, 3))
    assert handbook.read_out[-1] == ""


def test_a_typed_weight_changes_the_map_and_is_undone(handbook: StageSetting, qtbot: QtBot) -> None:
    kernel = handbook.stage._kernel
    QTest.mouseClick(kernel, Qt.MouseButton.LeftButton, pos=kernel.rect().center())
    QTest.keyClicks(kernel, "3")
    QTest.keyClick(kernel, Qt.Key.Key_Return)
    output = handbook.session.evaluation.maps[1]
    assert output[0, 0, 0] == 8
    assert str(handbook.session.undo_text) == "Change the kernel"
    handbook.session.undo()
    assert handbook.session.evaluation.maps[1][0, 0, 0] == 6
    assert kernel.values[1, 1] == 1


def test_dragging_the_bias_is_one_step(handbook: StageSetting) -> None:
    bias = handbook.stage._bias
    middle = bias.rect().center()
    QTest.mousePress(bias, Qt.MouseButton.LeftButton, pos=middle)
    for up in (10, 20, 30, 40):
        QTest.mouseMove(bias, middle - QPoint(0, up))
    QTest.mouseRelease(bias, Qt.MouseButton.LeftButton, pos=middle - QPoint(0, 40))
    assert handbook.session.evaluation.maps[1][0, 0, 0] > 6
    handbook.session.undo()
    assert handbook.session.evaluation.maps[1][0, 0, 0] == 6
    assert handbook.session.undo_text is None


def test_cells_not_reached_yet_are_fainter(handbook: StageSetting) -> None:
    def saturation(row: int, column: int) -> int:
        picture = handbook.stage.grab().toImage()
        corner = handbook.stage.plan.output.rect(row, column).topLeft().toPoint() + QPoint(6, 6)
        return QColor(picture.pixel(corner)).saturation()

    handbook.session.move(row=0, column=0, stepping=True)
    faint = saturation(2, 0)
    handbook.session.move(row=2, column=0)
    assert saturation(2, 0) > faint * 2
    handbook.session.move(row=0, column=0, stepping=False)
    assert saturation(2, 0) > faint * 2


def test_the_winner_of_a_maximum_is_framed_in_the_outputs_colour(qtbot: QtBot) -> None:
    setting = StageSetting(qtbot, handbook_document())
    setting.session.select(2)
    stage = setting.stage
    assert stage.scene is not None
    assert stage.scene.explain(0, 0).winner == (0, 0)
    grid = stage.plan.middle
    corner = grid.rect(0, 0).topLeft().toPoint() + QPoint(2, round(grid.cell / 2))
    assert QColor(stage.grab().toImage().pixel(corner)) == theme.role("output")


@pytest.mark.parametrize(
    "layer", [MaxPooling2D(), AveragePooling2D(), Activation(activation="tanh"), Activation(activation="sigmoid")]
)
def test_every_layer_can_be_stepped(qtbot: QtBot, layer: object) -> None:
    setting = StageSetting(qtbot, handbook_document(layer))
    setting.session.select(1)
    setting.click("output", 1, 1)
    assert setting.cell == (1, 1)
    assert not setting.stage.grab().isNull()


def test_an_impossible_layer_shows_input_kernel_and_the_reason(qtbot: QtBot) -> None:
    setting = StageSetting(qtbot, handbook_document(kernel=np.ones((5, 5)), dilation_rate=(4, 4)))
    assert setting.stage.plan.output is None
    assert setting.stage._kernel.isVisible()
    before = setting.stage.grab().toImage()
    setting.session.select(2)
    assert setting.stage.scene is None
    assert setting.stage.grab().toImage() != before


def test_what_was_output_becomes_input(handbook: StageSetting, qtbot: QtBot) -> None:
    handbook.settings.set("animation", True)
    handbook.session.select(1)
    stage = handbook.stage
    assert stage.change_progress() < 1
    assert stage.moving is not None and stage.moving[2]
    qtbot.waitUntil(lambda: stage.change_progress() == 1)
    assert stage.scene is not None and stage.scene.index == 1


def test_with_animation_off_a_layer_is_there_at_once(handbook: StageSetting) -> None:
    handbook.session.select(1)
    assert handbook.stage.change_progress() == 1


def test_zoom_keeps_the_place_under_the_pointer_and_panning_moves_both_maps(qtbot: QtBot) -> None:
    rng = np.random.default_rng(1)
    setting = StageSetting(qtbot, handbook_document(image=rng.random((64, 64))))
    stage = setting.stage
    point = QPointF(stage.plan.input.rect(20, 30).center())
    stage.zoom_by(4.0, point)
    assert stage.plan.input.at(point) == (20, 30)
    assert stage.plan.output.cell == stage.plan.input.cell
    left = stage.plan.output.content.left()
    stage.pan_by(QPointF(-40, 0))
    assert stage.plan.output.content.left() < left
    stage.zoom_to_fit()
    assert stage.plan.input.content == stage.plan.input.view


def test_zoomed_in_the_view_follows_the_window(qtbot: QtBot) -> None:
    setting = StageSetting(qtbot, handbook_document(image=np.zeros((64, 64))))
    setting.stage.zoom_by(8.0)
    setting.session.move(row=60, column=60)
    plan, scene = setting.stage.plan, setting.stage.scene
    assert plan.input.view.contains(
        plan.input.rect(scene.window(60, 60).rows[1], scene.window(60, 60).columns[1]).center()
    )


@pytest.mark.parametrize("size", [(420, 220), (740, 300), (1400, 700), (3000, 1500)])
@pytest.mark.parametrize("side", [1, 7, 28, 512])
@pytest.mark.parametrize("kernel", [(1, 1), (3, 3), (7, 7), (1, 7)])
def test_nothing_overlaps_and_nothing_is_cut_off(size: tuple[int, int], side: int, kernel: tuple[int, int]) -> None:
    wanted = Wanted((side + 2, side + 2), kernel, (side, side), bias=True)
    plan = arrange(QSizeF(*size), wanted, 45)
    rects = [plan.input.view, plan.middle.view, plan.output.view]
    stage = QRectF(0, 0, *size)
    assert all(stage.contains(rect) for rect in [*rects, plan.bias])
    assert rects[0].right() < rects[1].left() and rects[1].right() < rects[2].left()
    assert min(rect.top() for rect in rects) >= 45
    assert plan.input.cell == pytest.approx(plan.output.cell)


def test_the_reading_window_and_links_follow_a_dilation(qtbot: QtBot) -> None:
    setting = StageSetting(qtbot, handbook_document(dilation_rate=(2, 2)))
    assert setting.stage.scene.window(0, 0).rows == (0, 2, 4)
    setting.hover("output", 0, 0)
    assert setting.read_out[-1].endswith("reads rows 1, 3, 5, columns 1, 3, 5")


def test_cells_that_no_window_visits_are_known(qtbot: QtBot) -> None:
    setting = StageSetting(qtbot, handbook_document(strides=(3, 3)))
    assert setting.stage.scene.unvisited == ([6], [6])
    setting.hover("input", 6, 0)
    assert setting.read_out[-1] == "Input row 7, column 1 = 0 · no window reads it"


def test_a_heading_becomes_smaller_before_its_end_is_left_out(qtbot: QtBot) -> None:
    title, wide = "Feature map A", text_width("Feature map A", 16, True)
    assert heading_size(title, 16, True, wide) == 16
    size = heading_size(title, 16, True, wide * 0.9)
    assert 12.8 <= size < 16 and elided(title, size, True, wide * 0.9) == title
    assert heading_size(title, 16, True, wide / 2) == 12
