"""The wall of filters: what is drawn, what is chosen by mouse and keys, and where it stands."""

from __future__ import annotations

from dataclasses import replace
from time import perf_counter

import numpy as np
import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QShortcut
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from cnn_explorer.network.arrays import frozen
from cnn_explorer.network.document import Document, Image
from cnn_explorer.network.layers import Activation, Dense, Flatten, MaxPooling2D
from cnn_explorer.network.network import Network
from cnn_explorer.network.results import evaluate
from cnn_explorer.views.filter_layout import KERNELS, MAPS
from cnn_explorer.views.theme import Scale, theme
from tests.views.filter_setting import EDIT, KEY, Wall, network, numbered, painted

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def six(qtbot: QtBot) -> Wall:
    return Wall(qtbot, network(6, Activation(), MaxPooling2D()))


class TestPictures:
    def test_each_kernel_is_drawn_in_the_scale_of_all(self, six: Wall) -> None:
        for number in (0, 3, 5):
            assert six.colour(number) == theme.colour(number + 1, Scale.around_zero(6))

    def test_each_map_is_drawn_and_follows_the_image(self, six: Wall) -> None:
        six.session.edit_image(Image(np.ones((8, 8, 1))), EDIT)
        limit = Scale.around_zero(11)  # 6 · 1 + 5
        for number in (0, 5):
            assert six.colour(number, MAPS) == theme.colour(2 * number + 1, limit)
        six.settings.set("scale_scope", "map")
        assert six.colour(0, MAPS) == six.colour(5, MAPS) == theme.colour(1, Scale.around_zero(1))

    def test_an_edit_of_a_weight_is_seen_at_once(self, six: Wall) -> None:
        before = six.colour(0)
        layer = six.layer().with_weights((8, 8, 1), 0, 0, frozen(np.full((3, 3), -6)))
        six.session.edit_layer(0, layer, EDIT)
        assert six.colour(0) == theme.colour(-6, Scale.around_zero(6)) != before

    def test_the_palette_changes_everything(self, six: Wall) -> None:
        light = six.picture()
        theme.use("dark")
        dark = six.picture()
        assert light.pixelColor(1, light.height() - 1) != dark.pixelColor(1, dark.height() - 1)
        assert six.colour(0) == theme.colour(1, Scale.around_zero(6))

    def test_kernels_over_an_image_in_colour_are_colours(self, qtbot: QtBot) -> None:
        layer = numbered(2, 3)
        kernel = layer.kernel.copy()
        kernel[1, 1, :, 0] = (6, -6, 0)
        document = network(2, channels=3).with_layer(0, replace(layer, kernel=frozen(kernel)))
        wall = Wall(qtbot, document)
        assert wall.colour(0).getRgb()[:3] == (255, 0, 128)
        assert "in colour" in painted(wall)

    def test_behind_many_channels_the_kernels_are_those_of_the_shown_channel(self, qtbot: QtBot) -> None:
        later = numbered(3, 6)
        kernel = later.kernel.copy()
        kernel[1, 1, 4, 0] = 5
        wall = Wall(qtbot, network(6, replace(later, kernel=frozen(kernel))), layer=1, channel=4)
        assert wall.colour(0) == theme.colour(5, Scale.around_zero(5))
        assert "ch. 5" in painted(wall)
        wall.session.move(channel=0)
        assert wall.colour(0) == theme.colour(1 / 6, Scale.around_zero(5))

    def test_the_filter_under_the_cursor_is_framed_on_both_walls(self, six: Wall) -> None:
        for number in (4, 1):
            six.session.move(filter=number)
            picture = six.picture()
            for wall, role in ((KERNELS, "kernel"), (MAPS, "output")):
                edge = six.board.plan.rect(wall, number).topLeft().toPoint() + QPoint(5, -2)
                assert picture.pixelColor(edge) == theme.role(role)
                other = six.board.plan.rect(wall, 3).topLeft().toPoint() + QPoint(5, -1)
                assert picture.pixelColor(other) == theme.role("border")

    def test_a_layer_that_cannot_be_applied_shows_its_kernels_and_no_maps(self, qtbot: QtBot) -> None:
        layer = replace(numbered(2), padding="valid", dilation_rate=(4, 4))
        wall = Wall(qtbot, Document(Image(np.ones((5, 5, 1))), Network((layer,))))
        assert wall.colour(1) == theme.colour(2, Scale.around_zero(2))
        assert "none yet" in painted(wall)

    def test_64_filters_are_painted_within_a_frame(self, qtbot: QtBot) -> None:
        pixels = np.random.default_rng(0).random((28, 28, 1))
        wall = Wall(qtbot, Document(Image(pixels), Network((numbered(64), Activation()))))
        again, anew = [], []
        for _ in range(5):
            start = perf_counter()
            wall.board.repaint()
            again.append(perf_counter() - start)
            evaluation = evaluate(wall.session.document)
            start = perf_counter()
            wall.session.show(evaluation)
            wall.board.repaint()
            anew.append(perf_counter() - start)
        assert min(again) < 0.005
        assert min(anew) < 0.016


class TestChoosing:
    @pytest.mark.parametrize("wall", [KERNELS, MAPS])
    def test_a_click_on_either_wall_looks_at_the_filter(self, six: Wall, wall: int) -> None:
        six.click(4, wall)
        assert six.session.cursor.filter == 4
        assert six.session.undo_text is None

    def test_keys_walk(self, six: Wall) -> None:
        six.board.setFocus()
        columns = six.board.plan.columns
        for key, expected in (
            (KEY.Key_Right, 1), (KEY.Key_Left, 0), (KEY.Key_Left, 0), (KEY.Key_Down, columns), (KEY.Key_Up, 0),
            (KEY.Key_Up, 0), (KEY.Key_End, 5), (KEY.Key_Right, 5), (KEY.Key_Home, 0),
        ):  # fmt: skip
            QTest.keyClick(six.board, key)
            assert six.session.cursor.filter == expected
        assert six.read_out[-1].startswith("Filter 1:")

    def test_its_keys_are_kept_from_the_commands_of_the_window(self, qtbot: QtBot, six: Wall) -> None:
        taken: list[str] = []
        for name in ("Right", "Delete", "Space"):
            shortcut = QShortcut(name, six.wall)
            shortcut.activated.connect(lambda name=name: taken.append(name))
        six.wall.activateWindow()
        qtbot.waitUntil(six.wall.isActiveWindow)
        six.board.setFocus()
        for key in (KEY.Key_Right, KEY.Key_Delete, KEY.Key_Space):
            QTest.keyClick(six.board, key)
        assert taken == ["Space"]
        assert six.order() == [0, 2, 3, 4, 5]

    def test_an_activation_behind_it_stays_focused(self, six: Wall) -> None:
        six.session.select(1)
        six.click(3)
        assert (six.session.cursor.layer, six.session.cursor.filter) == (1, 3)

    def test_a_layer_that_mixes_the_filters_gives_the_focus_back(self, qtbot: QtBot) -> None:
        wall = Wall(qtbot, network(6, Activation(), Flatten()), layer=2)
        wall.click(5)
        assert (wall.session.cursor.layer, wall.session.cursor.filter) == (0, 5)

    def test_pointing_says_what_the_filter_is(self, six: Wall) -> None:
        six.session.edit_image(Image(np.ones((8, 8, 1))), EDIT)
        QTest.mouseMove(six.board, six.place(2, MAPS))
        assert six.read_out[-1] == "Filter 3: weights from 0 to 3, bias 2; its map from 5 to 5"
        QTest.mouseMove(six.board, QPoint(2, 2))
        assert six.read_out[-1] == ""

    def test_screen_readers_are_told(self, six: Wall) -> None:
        six.board.setFocus()
        six.click(1)
        assert six.board.accessibleName() == "Wall of filters"
        assert six.board.accessibleDescription().startswith("Filter 2: weights from 0 to 2, bias 1")


class TestPlace:
    def test_without_filters_it_takes_no_room_and_comes_back(self, qtbot: QtBot) -> None:
        dense = Dense(kernel=frozen(np.ones((384, 3))), bias=frozen(np.zeros(3)))
        wall = Wall(qtbot, network(6, Flatten(), dense))
        height = wall.wall.sizeHint().height()
        assert height > 150
        wall.wall.fill.setFocus()
        wall.session.select(2)
        assert not wall.wall.content.isVisible()
        assert wall.wall.sizeHint().height() == 0
        wall.session.select(0)
        assert wall.wall.content.isVisible()
        assert wall.wall.sizeHint().height() == height

    def test_a_network_without_any_shows_nothing(self, qtbot: QtBot) -> None:
        wall = Wall(qtbot, Document(Image(np.ones((5, 5, 1))), Network((Activation(),))))
        assert not wall.wall.content.isVisible()
        wall.wall.do("add")
        wall.wall.open_fill()
        assert wall.session.undo_text is None

    @pytest.mark.parametrize("width", [212, 236, 336])
    def test_64_filters_fit_into_a_column_of_any_width(self, qtbot: QtBot, width: int) -> None:
        wall = Wall(qtbot, network(64), width)
        assert wall.wall.width() == width
        wall.wall.resize(width, wall.wall.heightForWidth(width))
        qtbot.waitUntil(lambda: wall.board.height() >= wall.board.plan.height)
        for place in range(64):
            assert wall.board.rect().contains(wall.board.plan.rect(MAPS, place).toRect())

    def test_a_page_scrolls_to_the_filter_under_the_cursor(self, qtbot: QtBot) -> None:
        wall = Wall(qtbot, network(64), 420, page=True)
        wall.wall.resize(420, 220)
        wall.session.move(filter=63)
        qtbot.waitUntil(lambda: not wall.board.visibleRegion().isEmpty())
        assert wall.board.visibleRegion().contains(wall.place(63))
        wall.session.move(filter=0)
        assert wall.board.visibleRegion().contains(wall.place(0))

    def test_a_wide_page_has_large_tiles(self, qtbot: QtBot) -> None:
        wall = Wall(qtbot, network(16), 900, page=True)
        wall.wall.resize(900, 560)
        qtbot.waitUntil(lambda: wall.board.plan.pitch > 72)
        assert wall.board.plan.height <= wall.wall.area.viewport().height()
