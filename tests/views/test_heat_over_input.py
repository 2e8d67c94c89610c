"""A heat map over the input where it is shown: on the stage, in the network's picture; and away again."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from cnn_explorer.network.arrays import frozen
from cnn_explorer.network.document import Document, Image
from cnn_explorer.network.findings import Heat
from cnn_explorer.views.heat_paint import heat_image, heat_over_input
from cnn_explorer.views.overview import Overview
from tests.views.filter_setting import EDIT
from tests.views.inspect_setting import classifier
from tests.views.stage_setting import Setting, StageSetting, handbook_document


def heat(rows: int, columns: int, row: int, column: int) -> Heat:
    values = np.zeros((rows, columns), np.float32)
    values[row, column] = 2.0
    return Heat("occlusion", 0, values, 1.0)


def test_favour_is_orange_against_is_blue_and_nothing_is_clear() -> None:
    picture = heat_image(frozen([[4.0, -4.0, 0.0, 1.0]]))
    favour, against, nothing, faint = (picture.pixelColor(column, 0) for column in range(4))
    assert favour.red() > 200 > favour.blue() and favour.alpha() > 200
    assert against.blue() > 200 > against.red() and against.alpha() == favour.alpha()
    assert nothing.alpha() == 0
    assert 0 < faint.alpha() < favour.alpha()


def test_without_any_heat_all_is_clear() -> None:
    picture = heat_image(frozen(np.zeros((2, 2))))
    assert all(picture.pixelColor(x, y).alpha() == 0 for x in range(2) for y in range(2))


def is_orange(colour: QColor) -> bool:
    return colour.red() > colour.blue() + 60


def test_the_cell_on_the_stage_is_coloured_and_its_number_stays(qtbot: QtBot) -> None:
    setting = StageSetting(qtbot, handbook_document(padding="same"))
    place = setting.place("input", 1, 1)  # the first cell inside the padding
    corner = place - (setting.place("input", 1, 1) - setting.place("input", 0, 0)) * 0.35
    assert not is_orange(setting.stage.grab().toImage().pixelColor(corner))
    setting.session.inspection.show_heat(heat(7, 7, 0, 0), setting.session.document)
    shown = setting.stage.grab().toImage()
    assert is_orange(shown.pixelColor(corner))
    other = setting.place("input", 3, 3) - (place - corner)
    assert not is_orange(shown.pixelColor(other))
    setting.session.inspection.show_heat(None)
    assert not is_orange(setting.stage.grab().toImage().pixelColor(corner))


def overview_of(qtbot: QtBot, document: Document) -> tuple[Setting, Overview, QRectF]:
    setting = Setting(document)
    setting.session.look("network")
    overview = Overview(setting.session, setting.settings, setting.scales)
    qtbot.addWidget(overview)
    overview.resize(1000, 500)
    overview.show()
    qtbot.waitExposed(overview)
    items = overview.visible_layout().items
    return setting, overview, next(item.rect for key, item in items.items() if key[:2] == ("map", 0))


def test_the_input_in_the_picture_of_the_network_is_coloured(qtbot: QtBot) -> None:
    setting, overview, input_rect = overview_of(qtbot, classifier())
    spot = input_rect.topLeft() + (input_rect.bottomRight() - input_rect.topLeft()) * (4.5 / 28)
    spot -= QRectF(overview.visible_rect()).topLeft()
    assert not is_orange(overview.grab().toImage().pixelColor(spot.toPoint()))
    values = np.zeros((28, 28), np.float32)
    values[2:7, 2:7] = 1.0
    setting.session.inspection.show_heat(Heat("grad_cam", 0, values, 1.0), setting.session.document)
    assert is_orange(overview.grab().toImage().pixelColor(spot.toPoint()))
    setting.session.edit_image(Image(np.ones((28, 28, 1)), "28x28"), EDIT)
    assert heat_over_input(setting.session) is None
