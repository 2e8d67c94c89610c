"""The wall of filters in other orders, and the marks of filters that are dead or silent."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from cnn_explorer.network.arrays import frozen
from cnn_explorer.network.document import Document, Image
from cnn_explorer.network.findings import Activity
from cnn_explorer.network.layers import Activation, Conv2D
from cnn_explorer.network.network import Network
from cnn_explorer.views.filter_layout import KERNELS, MAPS, WallPlan, plan_wall
from tests.views.filter_setting import EDIT, KEY, LEFT, Wall

WEIGHTS = (1.0, -5.0, 0.0, 3.0)
BY_NORM, BY_ANSWER = [1, 3, 0, 2], [3, 0, 1, 2]


def document(weights: tuple[float, ...] = WEIGHTS) -> Document:
    """1×1 filters with these weights and a ReLU, on an image of ones."""
    kernel = frozen(np.array(weights, np.float32).reshape(1, 1, 1, -1))
    layers = Conv2D(kernel=kernel, bias=frozen(np.arange(len(weights)) * 0.0)), Activation()
    return Document(Image(np.ones((5, 5, 1))), Network(layers))


def shown_order(wall: Wall) -> list[int]:
    """The filters as their tiles stand, read from where they are drawn."""
    plan = wall.board.plan
    places = sorted(
        range(plan.count), key=lambda number: (plan.rect(KERNELS, number).y(), plan.rect(KERNELS, number).x())
    )
    return places


def choose_order(wall: Wall, place: int) -> None:
    for _ in range(3):
        QTest.keyClick(wall.wall.sort, KEY.Key_Up)
    for _ in range(place):
        QTest.keyClick(wall.wall.sort, KEY.Key_Down)


@pytest.mark.parametrize(("place", "order"), [(0, [0, 1, 2, 3]), (1, BY_NORM), (2, BY_ANSWER)])
def test_tiles_stand_in_the_order_that_is_chosen(qtbot: QtBot, place: int, order: list[int]) -> None:
    wall = Wall(qtbot, document())
    choose_order(wall, place)
    assert shown_order(wall) == order


def test_the_tile_that_is_clicked_is_the_filter_that_is_drawn_there(qtbot: QtBot) -> None:
    wall = Wall(qtbot, document())
    choose_order(wall, 1)
    first = QPoint(wall.board.plan.left(KERNELS) + 10, 32)
    QTest.mouseClick(wall.board, LEFT, pos=first)
    assert wall.session.cursor.filter == 1
    blue = wall.picture().pixelColor(first)
    assert blue.blue() > blue.red() + 60  # −5, the most negative
    QTest.mouseMove(wall.board, QPoint(wall.board.plan.left(MAPS) + 10, 32))
    assert wall.read_out[-1].startswith("Filter 2: weights from −5 to −5")


def test_keys_go_from_tile_to_tile(qtbot: QtBot) -> None:
    wall = Wall(qtbot, document(), width=400)
    choose_order(wall, 1)
    wall.session.move(filter=1)
    visited = []
    for _ in range(4):
        visited.append(wall.session.cursor.filter)
        QTest.keyClick(wall.board, KEY.Key_Right)
    assert visited == BY_NORM
    QTest.keyClick(wall.board, KEY.Key_Home)
    assert wall.session.cursor.filter == 1


def test_in_another_order_filters_are_not_moved(qtbot: QtBot) -> None:
    wall = Wall(qtbot, document())
    choose_order(wall, 1)
    assert not wall.wall.buttons["earlier"].isEnabled() and not wall.wall.buttons["later"].isEnabled()
    before = wall.session.document
    wall.drag(3, wall.place(2) + QPoint(20, 0))
    QTest.keyClick(wall.board, KEY.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert wall.session.document is before
    choose_order(wall, 0)
    wall.session.move(filter=1)
    assert wall.wall.buttons["earlier"].isEnabled()


def test_the_order_by_answer_follows_the_image(qtbot: QtBot) -> None:
    wall = Wall(qtbot, document((2.0, -1.0)))
    choose_order(wall, 2)
    assert shown_order(wall) == [0, 1]
    negative = wall.session.document.with_image(Image(np.full((5, 5, 1), -1.0)))
    wall.session.edit(negative, EDIT)
    assert shown_order(wall) == [1, 0]


def test_dead_filters_are_crossed_out_and_silent_maps_marked(qtbot: QtBot) -> None:
    wall = Wall(qtbot, document())
    shown = wall.picture()

    def colours(number: int, tiles: int) -> set[str]:
        tile = wall.board.plan.rect(tiles, number).toRect()
        return {
            shown.pixelColor(x, y).name()
            for x in range(tile.center().x(), tile.right()) for y in range(tile.center().y(), tile.bottom())
        }  # fmt: skip

    red, grey = "#b91c1c", "#5b6472"
    assert red in colours(2, KERNELS) and red in colours(2, MAPS)
    assert grey in colours(1, MAPS) and grey not in colours(1, KERNELS)
    for number in (0, 3):
        assert not {red, grey} & (colours(number, KERNELS) | colours(number, MAPS))


def test_states_are_said_in_words(qtbot: QtBot) -> None:
    wall = Wall(qtbot, document())
    texts = [wall.board.text_of(number) for number in range(4)]
    assert texts[2].endswith("; dead") and texts[1].endswith("; silent on this input")
    assert texts[0].endswith("its map from 1 to 1")


def test_a_survey_marks_at_once(qtbot: QtBot) -> None:
    wall = Wall(qtbot, document())
    values = frozen([1, 0, 0, 1])
    wall.session.inspection.keep_survey(
        wall.session.evaluation.document.network, 0, Activity(9, values, values, values)
    )
    assert wall.board.text_of(1).endswith("; dead")


@pytest.mark.parametrize("order", [(), (2, 0, 1)])
def test_a_plan_and_its_inverse(order: tuple[int, ...]) -> None:
    plan = WallPlan(3, 200, 40, order)
    for place in range(3):
        number = plan.number_at(place)
        assert plan.place_of(number) == place
        assert plan.place_at(plan.rect(KERNELS, number).center()) == number
        assert plan.place_at(plan.rect(MAPS, number).center()) == number
    assert plan_wall(3, 200, 100, order=order).order == order
