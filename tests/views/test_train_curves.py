"""The curves of a training, the scrubber over its snapshots, and what has changed in the focused kernel."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtTest import QTest

from cnn_explorer.network.course import Course
from cnn_explorer.network.sentence import say
from cnn_explorer.network.training_progress import Epoch, Progress
from cnn_explorer.views.layer_edits import rename_layer
from cnn_explorer.views.learning_curve import ACCURACY, LOSS, LearningCurve
from cnn_explorer.views.learning_plot import Plot, thinned, ticks
from cnn_explorer.views.train_curves import MOST_SMOOTHING, smoothing_of
from tests.views.learning_setting import Learner, learning

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def learner(qtbot: Any) -> Iterator[Learner]:
    with learning(qtbot) as made:
        yield made


def course(count: int = 100, batches: int = 40) -> Course:
    """Losses from 2 to 1, an epoch each `batches`."""
    made = Course()
    losses = tuple(2 - at / count for at in range(count))
    made.add(Progress(0, 3, count, batches, count, 1.0, 0.5, losses, tuple(1 - loss / 4 for loss in losses)))
    for number in range(count // batches):
        made.add_epoch(Epoch(number, (number + 1) * batches, 1.5, 0.6, 1.2 - number / 10, 0.7, 2.0))
    return made


def curve(qtbot: Any, kind: Any = LOSS, shown: Course | None = None, smoothing: int = 1) -> LearningCurve:
    made = LearningCurve(kind)
    qtbot.addWidget(made)
    made.resize(260, 140)
    made.show()
    made.show_course(course() if shown is None else shown, 40, smoothing)
    made.grab()
    return made


# geometry


@given(st.floats(1e-6, 1e9), st.integers(2, 8))
def test_ticks_are_round_and_not_too_many(top: float, most: int) -> None:
    found = ticks(0, top, most)
    assert found[0] == 0 and found[-1] <= top * (1 + 1e-6) and len(found) <= most + 1
    assert len(found) >= 2


def test_a_curve_goes_through_its_points_and_leaves_gaps() -> None:
    plot = Plot(QRectF(10, 20, 100, 50), (0, 10), (0, 2))
    (first, second) = plot.lines(np.array([0.0, 5, 6, 10]), np.array([2.0, np.nan, 1.0, 0.0]))
    assert [(first.at(0).x(), first.at(0).y())] == [(10, 20)]
    assert [(point.x(), point.y()) for point in (second.at(0), second.at(1))] == [(70, 45), (110, 70)]
    assert plot.step_at(60) == 5 and plot.step_at(-5) == 0 and plot.step_at(999) == 10


@given(st.integers(1, 3000), st.integers(2, 300))
def test_a_curve_has_no_more_points_than_there_are_columns_and_ends_where_it_ends(count: int, most: int) -> None:
    steps, values = thinned(np.arange(count, dtype=float), np.arange(count) * 2.0, most)
    assert len(steps) == len(values) <= most + 1
    assert values[-1] == 2 * (count - 1) and np.all(np.diff(steps) >= 0)


# the widget


def test_the_axes_end_with_the_epoch_and_the_legend_tells_the_last_values(qtbot: Any) -> None:
    made = curve(qtbot)
    assert made.plot().x == (0, 120)
    assert made.newest == (pytest.approx(1.01), pytest.approx(1.1))
    assert made.accessibleDescription() == "training 1.010, validation 1.100"
    accuracy = curve(qtbot, ACCURACY)
    assert accuracy.plot().y == (0, 1) and accuracy.accessibleDescription().startswith("training 74.8\u202f%")
    assert accuracy.plot().rect.left() == made.plot().rect.left()


def test_a_press_picks_a_batch_and_pointing_tells_of_it(qtbot: Any) -> None:
    made, picked, told = curve(qtbot), [], []
    made.picked.connect(picked.append)
    made.pointed.connect(told.append)
    plot = made.plot()
    place = QPoint(round(plot.across(60)), round(plot.rect.center().y()))
    QTest.mouseMove(made, place)
    QTest.mouseClick(made, LEFT, pos=place)
    assert picked[0] == pytest.approx(60, abs=1)
    assert made.read_out(60.2) == "Epoch 2, batch 61: Loss 1.400"
    assert made.read_out(3) == "Epoch 1, batch 4: Loss 1.970"


@pytest.mark.parametrize("shown", [Course(), course(1, 40), course(100, 40)])
def test_whatever_there_is_can_be_drawn(qtbot: Any, shown: Course) -> None:
    for kind in (LOSS, ACCURACY):
        curve(qtbot, kind, shown, 20)


def test_a_loss_that_is_no_number_leaves_a_gap(qtbot: Any) -> None:
    broken = Course()
    broken.add(Progress(0, 1, 4, 4, 4, 0.0, 0.0, (1.0, float("nan"), float("inf"), 2.0), (0.1, 0.1, 0.1, 0.1)))
    made = curve(qtbot, LOSS, broken)
    assert made.plot().y[1] == pytest.approx(2.1)


def test_smoothing_goes_from_none_to_many_batches() -> None:
    assert smoothing_of(0) == 1 and smoothing_of(100) == MOST_SMOOTHING
    assert [smoothing_of(place) for place in range(101)] == sorted(smoothing_of(place) for place in range(101))


# looking back


def trained(learner: Learner, steps: int = 5) -> Any:
    learner.panel.controls.go()
    trainer = learner.trainer(batches=50)
    for step in range(10, 10 * steps + 1, 10):
        trainer.progress(step, 10, batches=50)
        trainer.snapshot(step, step / 1000)
    learner.until(lambda: learner.training.snapshots.steps == list(range(0, 10 * steps + 1, 10)))
    learner.until(lambda: learner.panel.curves.loss.newest[0] is not None)  # drawn after a pause
    return trainer


def added(learner: Learner) -> float:
    """What has been added to the first bias on the screen."""
    layer: Any = learner.session.evaluation.document.network.layers[0]
    return round(float(layer.bias[0]), 4)


def test_the_scrubber_goes_back_and_the_end_is_now(learner: Learner) -> None:
    trainer, curves = trained(learner), learner.panel.curves
    assert curves.when.text() == "now" and not curves.now.isEnabled()
    curves.smoothing.setFocus()
    QTest.keyClick(curves.smoothing, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert curves.scrubber.hasFocus()
    QTest.keyClick(curves.scrubber, Qt.Key.Key_Left)
    QTest.keyClick(curves.scrubber, Qt.Key.Key_Left)
    assert curves.when.text() == "after batch 30" and added(learner) == 0.03
    assert curves.loss.marked == 30
    trainer.snapshot(60, 0.06)
    learner.until(lambda: len(learner.training.snapshots) == 7)
    assert curves.when.text() == "after batch 30" and added(learner) == 0.03  # it goes on behind what is shown
    QTest.keyClick(curves.scrubber, Qt.Key.Key_Home)
    assert curves.when.text() == "before the first batch" and added(learner) == 0
    QTest.keyClick(curves.scrubber, Qt.Key.Key_End)
    assert curves.when.text() == "now" and added(learner) == 0.06 and curves.loss.marked is None


def test_a_click_on_a_curve_looks_back_and_a_button_returns(learner: Learner) -> None:
    trained(learner)
    curves = learner.panel.curves
    plot = curves.loss.plot()
    QTest.mouseClick(curves.loss, LEFT, pos=QPoint(round(plot.across(21)), round(plot.rect.center().y())))
    assert added(learner) == 0.02 and not curves.use.isEnabled()
    QTest.mouseClick(curves.now, LEFT)
    assert added(learner) == 0.05 and curves.scrubber.value() == 5


def test_old_weights_can_be_used_when_the_training_is_over(learner: Learner) -> None:
    trained(learner).finish(50)
    learner.until(lambda: learner.training.state == "finished")
    curves = learner.panel.curves
    curves.scrubber.setValue(2)
    QTest.mouseClick(curves.use, LEFT)
    assert added(learner) == 0.02 and curves.when.text() == "now"
    assert str(learner.session.undo_text) == "Use the weights of batch 20"


def test_the_kernel_panel_shows_what_is_looked_back_at_and_an_edit_begins_with_it(learner: Learner) -> None:
    session, window = learner.session, learner.window
    session.move(layer=0, filter=1, channel=0)
    trainer = trained(learner)
    editor, curves = window.kernel_panel.editor, learner.panel.curves
    start = np.array(editor.grid.values) - 0.05
    curves.scrubber.setValue(2)
    np.testing.assert_allclose(editor.grid.values, start + 0.02, atol=1e-6)
    np.testing.assert_allclose(editor.bias.values, 0.02, atol=1e-6)
    np.testing.assert_array_equal(editor.grid.values, window.stage.scene.kernel)  # type: ignore[union-attr]
    curves.go_to_now()
    np.testing.assert_allclose(editor.grid.values, start + 0.05, atol=1e-6)
    trainer.finish(50)
    learner.until(lambda: learner.training.state == "finished")
    curves.scrubber.setValue(2)
    window.kernel_panel.buttons["flip"].click()
    assert curves.when.text() == "now" and session.previewed is None
    layer: Any = session.document.network.layers[0]
    np.testing.assert_allclose(layer.kernel[:, :, 0, 1], start[::-1, ::-1] + 0.02, atol=1e-6)
    assert added(learner) == 0.02  # the other filters are those that were seen
    session.undo()
    assert added(learner) == 0.05


def test_what_may_be_edited_while_it_learns_may_be_edited_while_one_looks_back(learner: Learner) -> None:
    trained(learner)
    learner.panel.curves.scrubber.setValue(2)
    assert rename_layer(learner.session, 0, "eye") is None
    assert learner.session.document.network.layers[0].name == "eye" and added(learner) == 0.05
    assert learner.window.banner.message is None


def test_leaving_the_tab_or_editing_the_network_ends_looking_back(learner: Learner) -> None:
    trained(learner).finish(50)
    learner.until(lambda: learner.training.state == "finished")
    curves, session = learner.panel.curves, learner.session
    curves.scrubber.setValue(1)
    learner.window.workbench.right_column.show_tab("layer")
    assert added(learner) == 0.05 and session.previewed is None
    learner.window.workbench.right_column.show_tab("train")
    assert curves.when.text() == "now"
    curves.scrubber.setValue(1)
    session.edit_layer(1, session.document.network.layers[1], say("nothing"))
    layer: Any = session.document.network.layers[0]
    session.edit_layer(0, layer.with_bias(0, 7.0), say("Bias"))
    assert curves.when.text() == "now" and added(learner) == 7


# the change of a kernel


def test_the_focused_kernel_is_compared_with_what_it_began_as(learner: Learner) -> None:
    session = learner.session
    session.move(layer=0, filter=1)
    trained(learner)
    change = learner.panel.change
    learner.until(lambda: len(change.grids.grids) == 3)
    now, start, difference = (grid.values for grid in change.grids.grids)
    np.testing.assert_allclose(difference, 0.05, atol=1e-6)
    layer: Any = session.document.network.layers[0]
    np.testing.assert_allclose(now, layer.kernel[:, :, 0, 1])
    np.testing.assert_allclose(start, now - 0.05, atol=1e-6)
    assert "filter 2, channel 1" in change.which.text()
    learner.panel.curves.scrubber.setValue(1)  # what is looked back at is compared
    np.testing.assert_allclose(change.grids.grids[2].values, 0.01, atol=1e-6)
    assert [grid.caption for grid in change.grids.grids] == ["then", "start", "change ±0.01"]
    assert change.grids.grids[2].scale.high == pytest.approx(0.01, abs=1e-6)  # the change has colours of its own
    change.switch.setChecked(False)
    assert change.grids.grids == ()
    change.grab()


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_two_curves_leave_the_scrubber_and_its_buttons_in_view_of_a_low_window(learner: Learner, language: str) -> None:
    trained(learner)
    window, curves = learner.window, learner.panel.curves
    window.use_language(language)
    area = window.workbench.right_column.areas["train"]
    window.resize(1280, 720)
    learner.until(lambda: curves.loss.height() < 110)
    learner.qtbot.wait(0)
    below = curves.now.mapTo(area.viewport(), QPoint(0, curves.now.height()))
    assert below.y() <= area.viewport().height()
    window.resize(1280, 1080)
    learner.until(lambda: curves.loss.height() > 160)
