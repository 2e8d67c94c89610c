"""Differences on the screen: switched on with a key, drawn wherever maps are, dismissed with a click."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from cnn_explorer.network.document import Image
from cnn_explorer.network.sentence import say
from cnn_explorer.session.session import Session
from cnn_explorer.views.grid_paint import map_image
from cnn_explorer.views.main_window import MainWindow
from cnn_explorer.views.shown_maps import shown_maps
from cnn_explorer.views.theme import Scale, theme
from tests.views.open_window import open_window
from tests.views.stage_setting import Setting, StageSetting, handbook_document

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def paint(session: Session, row: int, column: int, value: float) -> None:
    pixels = session.document.image.pixels.copy()
    pixels[row, column] = value
    session.edit_image(replace(session.document.image, pixels=pixels), say("Draw"))


def press(key: Qt.Key) -> None:
    QTest.keyClick(QApplication.focusWidget() or QApplication.activeWindow(), key)


@pytest.fixture
def window(qtbot: Any) -> MainWindow:
    return open_window(qtbot)


class TestMaps:
    def test_values_while_no_differences_are_shown(self) -> None:
        work = Setting(handbook_document())
        shown = shown_maps(work.session)
        assert not any(shown.changes(index) for index in range(4))
        assert shown.map(1) is work.session.evaluation.maps[1]
        assert shown.limits(1) is work.session.evaluation.limits[1]
        assert shown.map(9) is None

    def test_changes_while_they_are_and_the_same_array_for_every_view(self) -> None:
        work = Setting(handbook_document())
        work.session.show_differences(True)
        paint(work.session, 3, 3, 4.0)
        shown = shown_maps(work.session)
        assert shown.changes(0) and shown.changes(3)
        image = shown.map(0)
        assert image is not None and image[3, 3, 0] == 4.0 and np.count_nonzero(image) == 1
        assert shown_maps(work.session).map(0) is image

    def test_a_map_of_another_size_is_shown_as_it_is(self) -> None:
        work = Setting(handbook_document())
        work.session.show_differences(True)
        layer: Any = work.session.document.network.layers[0]
        work.session.edit_layer(0, replace(layer, strides=(2, 2)), say("Stride"))
        shown = shown_maps(work.session)
        assert shown.changes(0) and not shown.changes(1)
        assert shown.map(1) is work.session.evaluation.maps[1]
        assert work.scales.of(1) == work.scales.of_values(1)

    def test_limits_are_those_of_the_changes_around_zero(self) -> None:
        work = Setting(handbook_document())
        values = work.scales.of(0)
        work.session.show_differences(True)
        assert work.scales.of(0) == Scale.around_zero(0.0)
        paint(work.session, 3, 3, 4.0)
        assert work.scales.of(0) == Scale.around_zero(4.0)
        assert work.scales.of(1) == Scale.around_zero(8.0)  # the largest weight is 2
        assert work.scales.of_values(0).kind == "ink"
        work.session.show_differences(False)
        paint(work.session, 3, 3, 0.0)
        assert work.scales.of(0) == values

    def test_held_limits_of_values_are_not_those_of_changes(self) -> None:
        work = Setting(handbook_document())
        work.settings.set("fixed_scale", True)
        before = work.scales.of(1)
        work.session.show_differences(True)
        assert work.scales.of(1).high == 1.0 and before.high > 1.0

    def test_a_change_of_one_channels_colour_is_seen_whatever_the_others_do(self) -> None:
        values, scale = np.array([[[1, -3, 2], [0, 0, 0]]], np.float32), Scale.around_zero(3.0)
        picture = map_image(values, scale)
        shown = [picture.pixelColor(column, 0) for column in range(2)]
        assert shown == [theme.colour(-3.0, scale), theme.colour(0.0, scale)]


class TestStage:
    def test_the_stage_draws_the_change_and_reads_out_what_was(self, qtbot: Any) -> None:
        work = StageSetting(qtbot, handbook_document())
        work.session.move(stepping=False)
        work.session.show_differences(True)
        paint(work.session, 3, 3, 4.0)
        pixel = work.place("output", 3, 1) - QPoint(12, 12)  # the weight above and to the right of the middle is -1
        change = shown_maps(work.session).map(1)
        assert change is not None
        colour = work.stage.grab().toImage().pixelColor(pixel)
        assert colour == theme.colour(float(change[3, 1, 0]), work.scales.of(1))
        assert change[3, 1, 0] == -4.0
        work.hover("output", 3, 1)
        assert work.read_out[-1].endswith("before 1, difference −4")
        work.hover("input", 3, 3)
        assert work.read_out[-1].endswith("before 0, difference 4")

    def test_the_sum_stays_the_sum_of_what_there_is(self, window: MainWindow) -> None:
        window.session.show_differences(True)
        paint(window.session, 0, 0, 9.0)
        window.session.move(row=0, column=0)
        assert "9" in window.workbench.arithmetic.text


class TestWindow:
    def test_a_key_shows_differences_and_the_pill_ends_it(self, window: MainWindow) -> None:
        pill = window.workbench.path_bar.differences
        assert not pill.isVisible()
        press(Qt.Key.Key_D)
        assert pill.isVisible() and pill.text.text() == "Waiting for a change"
        assert window.commands.by_id["differences"].isChecked()
        paint(window.session, 0, 0, 1.0)
        assert pill.text.text() == "Difference to before"
        QTest.mouseClick(pill.dismiss, Qt.MouseButton.LeftButton)
        assert not pill.isVisible() and window.session.baseline is None
        assert not window.commands.by_id["differences"].isChecked()

    def test_the_key_ends_it_too_and_undo_is_no_part_of_it(self, window: MainWindow) -> None:
        press(Qt.Key.Key_D)
        assert window.session.undo_text is None
        press(Qt.Key.Key_D)
        assert not window.workbench.path_bar.differences.isVisible()

    def test_another_document_has_no_difference_to_this_one(self, window: MainWindow) -> None:
        press(Qt.Key.Key_D)
        window.session.open(handbook_document())
        assert not window.workbench.path_bar.differences.isVisible()

    def test_what_can_not_be_compared_is_told(self, window: MainWindow) -> None:
        press(Qt.Key.Key_D)
        window.session.edit_image(Image(np.zeros((28, 28, 1)), "28x28"), say("Switch to 28×28"))
        pill = window.workbench.path_bar.differences
        assert "4 maps had another size" in pill.text.toolTip()

    def test_overview_and_cards_draw_the_change(self, window: MainWindow) -> None:
        window.session.show_differences(True)
        paint(window.session, 3, 3, 4.0)
        bench = window.workbench
        np.testing.assert_array_equal(bench.overview.contents.drawn(0), shown_maps(window.session).map(0))
        card = bench.strip.cards.cards[0]
        assert card.values is shown_maps(window.session).map(0) and card.scale.kind == "signed"

    def test_the_legend_is_that_of_the_differences(self, window: MainWindow) -> None:
        press(Qt.Key.Key_D)
        paint(window.session, 3, 3, 4.0)
        legend = window.workbench.layer_panel.legend
        assert legend.input.title == "Input: difference" and legend.input.tick_texts == ["−4", "0", "4"]
        press(Qt.Key.Key_D)
        assert legend.input.title == "Input"

    def test_nothing_jumps_and_nothing_is_cut_off(self, window: MainWindow) -> None:
        before = window.workbench.stack.geometry()
        press(Qt.Key.Key_D)
        QApplication.processEvents()
        pill = window.workbench.path_bar.differences
        assert window.workbench.stack.geometry() == before
        paint(window.session, 0, 0, 1.0)
        QApplication.processEvents()
        for part in (pill.text, pill.dismiss):
            assert part.width() >= part.sizeHint().width() - 1 and part.geometry().right() <= pill.width()
