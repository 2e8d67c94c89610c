"""The stage for every kind of layer: what stands in its middle, what its headings say, and its flat outputs."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from cnn_explorer.network.arrays import frozen
from cnn_explorer.network.document import Document, Image
from cnn_explorer.network.layers import (
    Activation,
    AveragePooling2D,
    BatchNormalization,
    Conv2D,
    Conv2DTranspose,
    Dense,
    DepthwiseConv2D,
    Dropout,
    Flatten,
    GlobalAveragePooling2D,
    GlobalMaxPooling2D,
    Layer,
    MaxPooling2D,
    SeparableConv2D,
    UpSampling2D,
    ZeroPadding2D,
)
from cnn_explorer.network.network import Network
from cnn_explorer.network.sentence import say
from cnn_explorer.views.stage_painter import heading_rooms
from cnn_explorer.views.stage_plates import dropped_cells, plate_of
from cnn_explorer.views.theme import theme
from tests.views.stage_setting import StageSetting

PIXELS = frozen(np.random.default_rng(4).integers(0, 3, (6, 6, 3)))


def stage_of(qtbot: QtBot, *layers: Layer, pixels: Any = PIXELS, size: tuple[int, int] = (900, 500), **net: Any) -> Any:
    network = Network(layers, **net).fitted(pixels.shape, np.random.default_rng(5))
    return StageSetting(qtbot, Document(Image(pixels), network), *size)


def convolution(filters: int = 2, **fields: Any) -> Conv2D:
    kernel = np.random.default_rng(6).integers(-2, 3, (3, 3, 3, filters))
    return Conv2D(kernel=frozen(kernel), bias=frozen(np.zeros(filters)), **fields)


PLATES = {
    "convolution": (convolution(), ""),
    "depthwise": (DepthwiseConv2D(), ""),
    "separable": (SeparableConv2D(), ""),
    "transposed": (Conv2DTranspose(), ""),
    "max pooling": (MaxPooling2D(), ""),
    "average pooling": (AveragePooling2D(), ""),
    "function": (Activation(), "function"),
    "softmax": (Activation(activation="softmax"), "softmax"),
    "normalisation": (BatchNormalization(), "normalise"),
    "dropout": (Dropout(), "dropout"),
    "flatten": (Flatten(), "same"),
    "upsampling": (UpSampling2D(), "same"),
    "padding": (ZeroPadding2D(), "same"),
    "global average": (GlobalAveragePooling2D(), "mean"),
    "global maximum": (GlobalMaxPooling2D(), "maximum"),
}
LARGE = frozen(np.random.default_rng(4).random((12, 12, 3)))


@pytest.mark.parametrize("size", [(700, 330), (1300, 700)])
@pytest.mark.parametrize("name", PLATES)
def test_every_layer_has_its_middle_between_input_and_output(qtbot: QtBot, name: str, size: tuple[int, int]) -> None:
    layer, plate = PLATES[name]
    setting = stage_of(qtbot, layer, pixels=LARGE, training=True, size=size)
    stage = setting.stage
    assert plate_of(stage.scene) == plate
    plan = stage.plan
    assert (plan.middle is None) == bool(plate)
    assert plan.input.view.right() < plan.centre.left() < plan.centre.right() < plan.output.view.left()
    assert QRectF(stage.rect()).contains(plan.centre) and QRectF(stage.rect()).contains(plan.output.view)
    picture = stage.grab().toImage()
    middle = plan.centre.center().toPoint()
    around = {picture.pixel(middle + QPoint(x, y)) for x in range(-60, 60, 2) for y in range(-60, 60, 2)}
    assert len(around) > 3  # something is drawn there


def test_a_layer_that_is_off_has_no_plate(qtbot: QtBot) -> None:
    for layer in (Dropout(enabled=False), BatchNormalization(enabled=False), Flatten(enabled=False)):
        setting = stage_of(qtbot, layer, training=True)
        assert plate_of(setting.stage.scene) == ""
        setting.stage.grab()


def test_the_mask_of_a_dropout_is_hatched_on_the_output(qtbot: QtBot) -> None:
    setting = stage_of(qtbot, Dropout(), pixels=frozen(np.full((6, 6, 1), 2)), training=True)
    stage = setting.stage
    setting.session.move(stepping=False)
    dropped = dropped_cells(stage.scene)
    assert dropped is not None and dropped.any() and not dropped.all()
    assert np.array_equal(dropped, stage.scene.output == 0)
    picture = stage.grab().toImage()
    for row, column in ((2, 2), (3, 4), (4, 1), (5, 5)):
        cell = stage.plan.output.rect(row, column).adjusted(4, 4, -4, -4).toRect()
        corner = [picture.pixel(cell.left() + x, cell.top() + y) for x in range(8) for y in range(8)]
        assert (len(set(corner)) > 1) == bool(dropped[row, column])
    in_use = stage_of(qtbot, Dropout(), pixels=frozen(np.full((6, 6, 1), 2)))
    assert dropped_cells(in_use.stage.scene) is None


def test_headings_name_channel_and_filter(qtbot: QtBot) -> None:
    setting = stage_of(qtbot, convolution(4), Activation())
    setting.session.move(filter=2, channel=1)
    scene, words = setting.stage.scene, setting.stage.words
    assert words.input(scene) == ("Input", "6 × 6 × 3 · channel 2 of 3")
    assert words.middle(scene) == ("Kernel W", "3 × 3 × 3 · green")
    assert words.output(scene) == ("Feature map A", "4 × 4 × 4 · filter 3 of 4")
    setting.session.move(layer=1)
    scene = setting.stage.scene
    assert words.input(scene) == ("Input: Conv2D 3×3", "4 × 4 × 4 · channel 3 of 4")


def test_headings_of_flat_maps_count_their_values(qtbot: QtBot) -> None:
    dense = Dense(kernel=frozen(np.ones((108, 10))), bias=frozen(np.zeros(10)))
    setting = stage_of(qtbot, Flatten(), dense)
    scene, words = setting.stage.scene, setting.stage.words
    assert words.middle(scene) == ("Flatten", "")
    assert words.output(scene) == ("Outputs", "108 values")
    setting.session.move(layer=1)
    scene = setting.stage.scene
    assert words.input(scene) == ("Input: Flatten", "108 values")
    assert words.middle(scene) == ("Weights W", "108 weights, bias b")


@pytest.mark.parametrize(("training", "text"), [(True, "the batch's statistics"), (False, "the moving statistics")])
def test_the_heading_of_a_normalisation_says_whose_statistics(qtbot: QtBot, training: bool, text: str) -> None:
    setting = stage_of(qtbot, BatchNormalization(), training=training)
    assert setting.stage.words.middle(setting.stage.scene) == ("Batch normalisation", text)


def test_read_outs_name_channel_and_filter(qtbot: QtBot) -> None:
    setting = stage_of(qtbot, convolution(4))
    setting.session.move(filter=1, channel=2)
    value = int(PIXELS[2, 2, 2])
    setting.hover("input", 2, 2)
    assert setting.read_out[-1] == f"Input row 3, column 3, channel 3 = {value} · 9 output cells read it"
    setting.hover("output", 1, 1)
    assert setting.read_out[-1].startswith("Output row 2, column 2, filter 2 = ")
    kernel = setting.stage._kernel
    QTest.mouseMove(kernel, QPoint(5, 5))
    assert setting.read_out[-1].startswith("Weight row 1, column 1, channel 3 = ")


def test_zeros_between_spaced_cells_are_no_padding(qtbot: QtBot) -> None:
    layer = Conv2DTranspose(kernel=frozen(np.ones((3, 3, 1, 3))), bias=frozen([0]), strides=(2, 2))
    setting = stage_of(qtbot, layer)
    before = setting.stage.scene.rows.before
    setting.hover("input", before + 1, before)
    assert setting.read_out[-1].startswith("A zero between the cells of the input")
    setting.hover("input", 0, 0)
    assert setting.read_out[-1] == "Padding, outside the input: 0"


# flat outputs


def test_a_flat_output_stands_as_bars_that_are_clicked_and_read_out(qtbot: QtBot) -> None:
    setting = stage_of(qtbot, GlobalAveragePooling2D(), classes=("red", "green", "blue"))
    stage = setting.stage
    assert stage.bars is not None and stage.bars.has_bars(stage.plan.output.view)
    place = stage.bars.rect_of(stage.plan.output.view, 2).center().toPoint()
    QTest.mouseMove(stage, place)
    mean = stage.scene.digits.output.text(float(PIXELS[..., 2].mean()))
    assert setting.read_out[-1] == f"Output class blue = {mean}"
    assert stage.pointer.number == 2
    QTest.mouseClick(stage, Qt.MouseButton.LeftButton, pos=place)
    assert setting.session.cursor.filter == 2
    assert stage.scene.channel == 2
    picture = stage.grab().toImage()
    row = stage.bars.rect_of(stage.plan.output.view, 2)
    assert picture.pixelColor(round(row.center().x()), round(row.top() + 1)) == theme.role("window")


def test_a_number_of_a_long_row_is_chosen_in_the_mosaic(qtbot: QtBot) -> None:
    setting = stage_of(qtbot, Flatten())
    stage = setting.stage
    assert stage.bars is not None and not stage.bars.has_bars(stage.plan.output.view)
    index = (3 * 6 + 4) * 3 + 1
    place = stage.bars.rect_of(stage.plan.output.view, index).center().toPoint()
    QTest.mouseClick(stage, Qt.MouseButton.LeftButton, pos=place)
    assert setting.session.cursor.filter == index
    window = stage.scene.window(0, 0)
    assert (window.rows, window.columns, stage.scene.channel) == ((3,), (4,), 1)


def test_while_differences_are_shown_the_bars_show_them(qtbot: QtBot) -> None:
    setting = stage_of(qtbot, GlobalAveragePooling2D())
    setting.session.show_differences(True)
    assert setting.stage.bars is not None and not setting.stage.bars.values.any()
    pixels = PIXELS.copy()
    pixels[0, 0, 1] += 36
    setting.session.edit_image(Image(pixels), say("Draw"))
    assert setting.stage.bars.values.tolist() == pytest.approx([0, 1, 0], abs=1e-5)


def test_one_output_alone_stays_a_cell(qtbot: QtBot) -> None:
    setting = stage_of(qtbot, GlobalMaxPooling2D(), pixels=frozen(np.ones((6, 6, 1))))
    assert setting.stage.bars is None
    assert setting.stage.words.output(setting.stage.scene) == ("Feature map A", "1 × 1 × 1")


def test_no_heading_reaches_into_the_room_of_another() -> None:
    views = [QRectF(20, 50, 200, 200), QRectF(260, 80, 90, 90), QRectF(390, 60, 300, 200)]
    rooms = heading_rooms(views, 720)
    edges = [
        (view.center().x() - room / 2, view.center().x() + room / 2) for view, room in zip(views, rooms, strict=True)
    ]
    assert edges[0][0] >= 0 and edges[-1][1] <= 720
    assert edges[0][1] < edges[1][0] and edges[1][1] < edges[2][0]
    assert all(room > 100 for room in rooms)
    assert QPointF(views[1].center()).x() == sum(edges[1]) / 2
