"""The strip under mouse and keyboard, and what its cards show."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cnn_explorer.network.arrays import frozen
from cnn_explorer.network.document import Document, Image
from cnn_explorer.network.layers import Activation, Conv2D
from cnn_explorer.network.network import Network
from cnn_explorer.network.sentence import say
from cnn_explorer.session.cursor import IMAGE
from cnn_explorer.views.strip_layout import CARD_WIDTH, row_of
from cnn_explorer.views.strip_pictures import picture_size
from cnn_explorer.views.theme import theme
from tests.views.stage_setting import handbook_document
from tests.views.strip_setting import StripSetting


@pytest.fixture
def handbook(qtbot: QtBot) -> StripSetting:
    return StripSetting(qtbot, handbook_document())


def deep_document(blocks: int) -> Document:
    one = Conv2D(kernel=frozen(np.ones((1, 1, 1, 1))))
    return Document(Image(np.ones((7, 7, 1))), Network((one, Activation()) * blocks))


def test_names_and_shapes_are_on_the_cards(handbook: StripSetting) -> None:
    shown = [(card.name, card.shape) for card in handbook.cards.cards]
    assert shown == [("Input", "7×7×1"), ("Conv2D 3×3", "5×5×1"), ("ReLU", "5×5×1"), ("MaxPool 2×2", "2×2×1")]


def test_a_click_selects_and_frames_in_the_colour_of_the_role(handbook: StripSetting) -> None:
    handbook.click(2)
    assert handbook.session.cursor.layer == 1
    assert handbook.frame_colour(2) == theme.role("kernel")
    assert handbook.frame_colour(0) != theme.role("input")
    handbook.click(0)
    assert handbook.session.cursor.layer == IMAGE
    assert handbook.frame_colour(0) == theme.role("input")


def test_the_keyboard_moves_chooses_and_switches(handbook: StripSetting) -> None:
    handbook.cards.setFocus(Qt.FocusReason.TabFocusReason)
    handbook.press(Qt.Key.Key_Right, Qt.Key.Key_Right)
    assert handbook.session.cursor.layer == 0, "moving does not choose"
    handbook.press(Qt.Key.Key_Return)
    assert handbook.session.cursor.layer == 2
    handbook.press(Qt.Key.Key_Home, Qt.Key.Key_Return)
    assert handbook.session.cursor.layer == IMAGE
    handbook.press(Qt.Key.Key_O)
    assert handbook.session.undo_text is None, "the input has no switch"
    handbook.press(Qt.Key.Key_End, Qt.Key.Key_O)
    assert not handbook.session.document.network.layers[2].enabled
    assert str(handbook.session.undo_text) == "Switch MaxPool 2×2 off"


def test_a_layer_that_is_off_shows_what_it_hands_on(handbook: StripSetting) -> None:
    handbook.session.edit_layer(1, replace(Activation(), enabled=False), say("Switch off"))
    card = handbook.cards.cards[2]
    assert card.shape == "5×5×1 · off" and not card.enabled
    assert card.values is handbook.session.evaluation.maps[1]
    assert "switched off" in handbook.cards.describe_card(2)


def test_what_is_impossible_is_marked_and_what_follows_is_empty(handbook: StripSetting) -> None:
    convolution = handbook.session.document.network.layers[0]
    assert isinstance(convolution, Conv2D)
    handbook.session.edit_layer(0, replace(convolution, dilation_rate=(4, 4)), say("Change"))
    cards = handbook.cards
    assert "spans 9 rows" in cards.describe_card(1)
    assert [card.shape for card in cards.cards[1:]] == ["–", "–", "–"]
    assert "a layer before it" in cards.describe_card(2)
    middle = QPoint(int(cards.left(1) + CARD_WIDTH / 2) - 10, int(cards.top) + 38)
    assert handbook.picture().pixelColor(middle) == theme.role("bad")
    assert handbook.strip.summary.field.text().endswith(": –")
    handbook.session.undo()
    assert [card.shape for card in cards.cards] == ["7×7×1", "5×5×1", "5×5×1", "2×2×1"]


def test_pictures_are_live(handbook: StripSetting) -> None:
    before = handbook.picture()
    image = handbook.session.document.image
    handbook.session.edit_image(replace(image, pixels=image.pixels[::-1]), say("Draw"))
    after = handbook.picture()
    for index in range(4):
        left, top = int(handbook.cards.left(index)) + 20, int(handbook.cards.top) + 5
        assert before.copy(left, top, 68, 64) != after.copy(left, top, 68, 64), index


def test_pictures_have_the_colours_of_their_cells(handbook: StripSetting) -> None:
    cards, evaluation = handbook.cards, handbook.session.evaluation
    picture = handbook.picture()
    for index in (1, 3):
        rows = evaluation.maps[index].shape[0]
        cell = picture_size(rows, rows, 1.0)[0] / rows
        middle = QPointF(cards.left(index) + CARD_WIDTH / 2, cards.top + 38)
        for row in range(rows):
            at = middle + QPointF(0.5, (row + 0.5 - rows / 2) * cell)
            expected = theme.colour(float(evaluation.maps[index][row, rows // 2, 0]), handbook.scales.of(index))
            assert picture.pixelColor(int(at.x()), int(at.y())) == expected


def test_a_colour_image_is_shown_in_its_colours(qtbot: QtBot) -> None:
    red = np.zeros((4, 4, 3))
    red[..., 0] = 1
    setting = StripSetting(qtbot, Document(Image(red, light=True), Network()))
    assert setting.picture().pixelColor(setting.place(0) - QPoint(4, 18)) == QColor("#ff0000")


def test_the_pointer_reads_out_a_card(handbook: StripSetting) -> None:
    QTest.mouseMove(handbook.cards, handbook.place(1))
    assert handbook.read_out[-1] == "Conv2D 3×3: 5 × 5 × 1"
    QTest.mouseMove(handbook.cards, handbook.place(1) + QPoint(int(CARD_WIDTH / 2) + 8, 0))
    assert handbook.read_out[-1] == "Add a layer between Conv2D 3×3 and ReLU"
    QTest.mouseMove(handbook.cards, QPoint(3, handbook.place(1).y()))
    assert handbook.read_out[-1] == ""


def test_the_summary_counts(handbook: StripSetting) -> None:
    summary = handbook.strip.summary
    assert summary.counts.text() == "Layers: 3 · parameters: 10"
    assert summary.field.text() == "Receptive field: 4×4"
    handbook.session.edit_layer(2, replace(handbook.session.document.network.layers[2], enabled=False), say("Off"))
    assert summary.field.text().endswith("3×3")


def test_blocks_stand_apart() -> None:
    lefts = row_of(handbook_document().network.layers * 2, 3000).lefts
    gaps = [right - left - CARD_WIDTH for left, right in zip(lefts, lefts[1:], strict=False)]
    assert gaps[0] == gaps[3] > gaps[1] == gaps[2] == gaps[4] > 0


def test_a_long_network_scrolls_to_the_layer_in_view(qtbot: QtBot) -> None:
    setting = StripSetting(qtbot, deep_document(12), width=900)
    bar = setting.strip.area.horizontalScrollBar()
    assert bar.maximum() > 0 and bar.value() == 0
    setting.session.select(20)
    seen = setting.cards.visibleRegion().boundingRect()
    assert seen.left() <= setting.cards.left(21) and setting.cards.left(21) + CARD_WIDTH <= seen.right()


def test_a_wheel_and_a_touchpad_scroll_sideways(qtbot: QtBot) -> None:
    setting = StripSetting(qtbot, deep_document(12), width=900)
    bar = setting.strip.area.horizontalScrollBar()
    for pixels, angle in ((QPoint(), QPoint(0, -120)), (QPoint(-30, 0), QPoint(-10, 0))):
        before = bar.value()
        turn = QWheelEvent(
            QPointF(50, 50), QPointF(50, 50), pixels, angle, Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(setting.strip.area.viewport(), turn)
        assert bar.value() > before


@pytest.mark.parametrize("ratio", [1.0, 1.25, 2.0])
def test_cells_of_a_picture_are_whole_pixels(ratio: float) -> None:
    for side in (5, 7, 24, 28):
        wide, high = picture_size(side, side, ratio)
        assert wide == high <= 63 and (wide * ratio / side) % 1 == pytest.approx(0)
    assert max(picture_size(200, 300, ratio)) == pytest.approx(63)
