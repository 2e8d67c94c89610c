"""The panel that says why convolution: its numbers, its areas to scale, and that it follows every change."""

from __future__ import annotations

from dataclasses import replace
from math import sqrt
from typing import Any

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from cnn_explorer.network.arrays import frozen
from cnn_explorer.network.document import Document, Image
from cnn_explorer.network.layers import Activation, Conv2D, Dense, Flatten, MaxPooling2D
from cnn_explorer.network.network import Network
from cnn_explorer.network.sentence import say
from cnn_explorer.session.cursor import IMAGE
from cnn_explorer.views.cost_drawing import AREA_SIDE, DOT, GAP, GROUND, blocks
from cnn_explorer.views.theme import theme
from cnn_explorer.views.why_panel import WhyPanel
from tests.views.stage_setting import Setting, handbook_document

WIDTH = 252


class WhySetting(Setting):
    """The panel on the screen, as wide as the narrowest right column."""

    def __init__(self, qtbot: QtBot, document: Document, width: int = WIDTH) -> None:
        super().__init__(document)
        self.window = QWidget()  # no layout: the panel's smallest size is not the window's
        self.panel = WhyPanel(self.session)
        self.panel.setParent(self.window)
        self.panel.resize(width, 1000)
        qtbot.addWidget(self.window)
        self.window.resize(width, 1000)
        self.window.show()
        qtbot.waitExposed(self.window)

    @property
    def numbers(self) -> list[tuple[str, str]]:
        """The rows of the table, as a person reads them."""
        return [(own.text(), other.text()) for own, other in self.panel.comparison.table.values]

    @property
    def sentences(self) -> list[str]:
        return [each.text() for each in self.panel.comparison.sentences]

    def edit(self, **fields: Any) -> None:
        layer = self.session.document.network.layers[0]
        self.session.edit_layer(0, replace(layer, **fields), say("Change"))


def classifier() -> Document:
    """A map of 6×6×2, flattened into 72 numbers, and ten outputs."""
    kernel, dense = frozen(np.zeros((3, 3, 1, 2))), frozen(np.zeros((72, 10)))
    layers = (Conv2D(kernel=kernel, bias=frozen([0, 0])), Flatten(), Dense(kernel=dense, bias=frozen(np.zeros(10))))
    return Document(Image(np.zeros((8, 8, 1))), Network((*layers, Activation("softmax"))))


@pytest.fixture
def handbook(qtbot: QtBot) -> WhySetting:
    return WhySetting(qtbot, handbook_document())


def test_the_handbooks_numbers_are_on_the_panel(handbook: WhySetting) -> None:
    assert handbook.panel.caption.text() == "Conv2D 3×3: 7×7×1 → 5×5×1\ncompared with a fully connected layer"
    assert [each.text() for each in handbook.panel.comparison.terms] == ["3×3 + 1\n= 10", "7×7 + 1\n= 50"]
    assert handbook.numbers == [("9 × 1\n= 9", "49 × 25\n= 1,225"), ("1", "25"), ("10", "1,250"), ("225", "1,225")]
    assert handbook.panel.comparison.areas.texts == ("10", "1,250", "1/125")
    assert handbook.sentences[1].endswith("so 10 parameters do what would take 1,250.")


def test_it_follows_every_edit_and_undo(handbook: WhySetting) -> None:
    handbook.edit(strides=(2, 2))
    assert handbook.numbers[2] == ("10", "450")
    handbook.edit(kernel=frozen(np.zeros((5, 5, 1, 1))))
    assert handbook.numbers[2] == ("26", "200")
    handbook.session.undo()
    handbook.session.undo()
    assert handbook.numbers[2] == ("10", "1,250")
    image = Image(np.zeros((28, 28, 1)), "28x28")
    handbook.session.edit_image(image, say("Change"))
    assert handbook.numbers[2] == ("10", "530,660")


def test_drawing_and_stepping_draw_nothing_anew(handbook: WhySetting, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[int] = []
    monkeypatch.setattr(handbook.panel, "_draw", drawn.append)
    handbook.session.move(row=2, column=2)
    image = handbook.session.document.image
    handbook.session.edit_image(replace(image, pixels=image.pixels + 1), say("Draw"))
    assert drawn == []
    handbook.session.select(1)
    assert drawn == [1]


def test_hidden_it_waits_until_it_is_seen(handbook: WhySetting) -> None:
    handbook.panel.hide()
    handbook.edit(strides=(2, 2))
    assert handbook.numbers[2] == ("10", "1,250")
    handbook.panel.show()
    assert handbook.numbers[2] == ("10", "450")


@pytest.mark.parametrize(
    ("layer", "words"),
    [(1, "This layer has no parameters"), (2, "This layer has no parameters"), (IMAGE, "Choose a layer")],
)
def test_without_weights_there_is_a_sentence_alone(handbook: WhySetting, layer: int, words: str) -> None:
    handbook.session.select(layer)
    assert handbook.panel.words.text().startswith(words)
    assert handbook.panel.words.isVisible() and not handbook.panel.comparison.isVisible()
    handbook.session.select(0)
    assert not handbook.panel.words.isVisible() and handbook.panel.comparison.isVisible()


def test_an_impossible_layer_says_why_and_one_after_it_too(handbook: WhySetting) -> None:
    handbook.edit(dilation_rate=(4, 4))
    assert handbook.panel.words.text().startswith("A kernel of 3 with dilation 4 spans 9 rows")
    handbook.session.select(2)
    assert handbook.panel.words.text() == "A layer before this one can't be applied."


def test_a_layer_that_is_off_says_so(handbook: WhySetting) -> None:
    handbook.edit(enabled=False)
    assert handbook.panel.words.text() == "Switched off: the input is handed on as it is."


def test_dense_is_compared_with_a_convolution_over_the_map_before_it(qtbot: QtBot) -> None:
    setting = WhySetting(qtbot, classifier())
    setting.session.select(2)
    assert setting.panel.caption.text() == "Dense 10: 72 → 10\ncompared with a 3×3 convolution"
    assert [each.text() for each in setting.panel.comparison.terms] == ["3×3×2 + 1\n= 19", "6×6×2 + 1\n= 73"]
    assert setting.numbers[2] == ("190", "730")
    assert setting.sentences[2] == (
        "But that gives 360 numbers, one for each position and kernel, where this layer gives 10."
    )


@pytest.mark.parametrize(("small", "large"), [(10, 1250), (832, 19_694_080), (1250, 10), (50, 50), (28, 10**12)])
@pytest.mark.parametrize("half", [110.0, 190.0])
def test_areas_are_in_proportion_to_parameters(small: int, large: int, half: float) -> None:
    first, second = blocks(small, large, half)
    areas = [sum(rect.width() * rect.height() for rect in block.rects(GROUND)) for block in (first, second)]
    if not first.is_dot and not second.is_dot:
        assert areas[0] / areas[1] == pytest.approx(small / large)
    else:
        assert min(areas) == DOT**2 and sqrt(max(areas)) > 20 * DOT
    for block, left in ((first, 0.0), (second, half)):
        for rect in block.rects(GROUND):
            assert left <= rect.left() and rect.right() <= left + half - GAP + 0.01
            assert rect.top() >= GROUND - AREA_SIDE - 0.01 and rect.bottom() <= GROUND + 0.01


def test_few_parameters_are_drawn_one_by_one(handbook: WhySetting) -> None:
    first, second = handbook.panel.comparison.areas.blocks
    assert len(first.rects(GROUND)) == 10 and len(second.rects(GROUND)) == 1250
    assert handbook.panel.comparison.hint.text() == "Areas to scale: every small square is one parameter."


def test_what_cannot_be_drawn_to_scale_is_a_dot_that_says_so(qtbot: QtBot) -> None:
    large = np.zeros((200, 200, 1), np.float32)
    setting = WhySetting(qtbot, handbook_document().with_image(Image(large, "file")))
    areas = setting.panel.comparison.areas
    assert areas.blocks[0].is_dot and areas.texts[2].startswith("1/156,8")
    assert "but for the dot" in setting.panel.comparison.hint.text()
    picture = areas.grab().toImage()
    middle = areas.blocks[0].rects(GROUND)[0].center().toPoint()
    assert picture.pixelColor(middle) == theme.role("kernel")


def test_the_cells_that_an_output_reads_are_coloured(handbook: WhySetting) -> None:
    reads = handbook.panel.comparison.reads
    picture = reads.grab().toImage()
    cell = 84 / 7
    blue = [
        (row, column)
        for row in range(7)
        for column in range(7)
        if picture.pixelColor(round((column + 0.5) * cell), round((row + 0.5) * cell)) == theme.role("kernel")
    ]
    assert blue == [(row, column) for row in (2, 3, 4) for column in (2, 3, 4)]


def test_the_whole_says_what_it_shows_to_those_who_cannot_see_it(handbook: WhySetting) -> None:
    comparison = handbook.panel.comparison
    assert comparison.reads.accessibleName() == handbook.sentences[0]
    assert comparison.areas.accessibleName() == "convolution 10, fully connected 1,250"


@pytest.mark.parametrize("layer", [0, 1, 2, 3])
def test_nothing_is_wider_than_the_narrowest_column(qtbot: QtBot, layer: int) -> None:
    setting = WhySetting(qtbot, classifier())
    setting.session.select(layer)
    QApplication.processEvents()
    assert setting.panel.minimumSizeHint().width() <= WIDTH - 12


def test_numbers_of_large_networks_have_room(qtbot: QtBot) -> None:
    kernel = frozen(np.zeros((3, 3, 3, 64)))
    large = Document(
        Image(np.zeros((224, 224, 3)), "file"), Network((Conv2D(kernel=kernel, bias=frozen(np.zeros(64))),))
    )
    setting = WhySetting(qtbot, large)
    QApplication.processEvents()
    for pair in setting.panel.comparison.table.values:
        for value in pair:
            longest = max(map(value.fontMetrics().horizontalAdvance, value.text().split()))
            assert longest <= value.contentsRect().width()
            assert value.heightForWidth(value.width()) <= value.height()


def test_places_are_kept_while_sentences_change(handbook: WhySetting) -> None:
    QApplication.processEvents()
    table = handbook.panel.comparison.table
    before = table.y()
    for fields in ({"strides": (4, 4)}, {"padding": "same"}, {"kernel": frozen(np.zeros((7, 7, 1, 1)))}):
        handbook.edit(**fields)
        QApplication.processEvents()
        assert table.y() == before


def test_pooling_is_not_asked_what_it_is(qtbot: QtBot) -> None:
    """Any layer answers through the same questions."""
    setting = WhySetting(qtbot, Document(Image(np.zeros((8, 8, 1))), Network((MaxPooling2D(),))))
    assert setting.panel.caption.text() == "MaxPool 2×2: 8×8×1 → 4×4×1"
