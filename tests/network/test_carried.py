"""A number is followed from layer to layer up to the end of its block."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from cnn_explorer.network.arrays import frozen
from cnn_explorer.network.carried import carried
from cnn_explorer.network.document import Document, Image
from cnn_explorer.network.layers import Activation, AveragePooling2D, BatchNormalization, Conv2D, Layer, MaxPooling2D
from cnn_explorer.network.network import Network
from cnn_explorer.network.presets import default_document
from cnn_explorer.network.results import Evaluation, evaluate
from tests.network.strategies import activations, poolings


def test_the_handbooks_third_cell_becomes_zero_and_loses_its_window() -> None:
    stations = carried(evaluate(default_document()), 0, (0, 2, 0))
    assert [(each.layer, each.cell, each.value, each.combination, each.used) for each in stations] == [
        (1, (0, 2, 0), 0.0, "function", True),
        (2, (0, 1, 0), 3.0, "maximum", False),
    ]


def test_the_first_cell_wins_its_window() -> None:
    stations = carried(evaluate(default_document()), 0, (0, 0, 0))
    assert [(each.value, each.used) for each in stations] == [(6.0, True), (6.0, True)]


def chain(*layers: Layer, image: np.ndarray | None = None) -> Evaluation:
    pixels = np.arange(36).reshape(6, 6, 1) if image is None else image
    return evaluate(Document(Image(frozen(pixels)), Network(tuple(layers))))


def one_by_one(channels: int = 1, filters: int = 2) -> Conv2D:
    kernel = np.ones((1, 1, channels, filters)) * np.arange(1, filters + 1)
    return Conv2D(kernel=frozen(kernel), bias=frozen(np.zeros(filters)))


def test_the_chain_ends_where_the_next_block_begins() -> None:
    evaluation = chain(one_by_one(), Activation(), one_by_one(2, 1), Activation())
    assert [each.layer for each in carried(evaluation, 0, (3, 4, 1))] == [1]
    assert [each.layer for each in carried(evaluation, 2, (3, 4, 0))] == [3]
    assert carried(evaluation, 3, (0, 0, 0)) == ()


def test_a_layer_that_is_off_is_left_out() -> None:
    evaluation = chain(one_by_one(), replace(Activation(), enabled=False), AveragePooling2D())
    assert [(each.layer, each.cell) for each in carried(evaluation, 0, (3, 4, 1))] == [(2, (1, 2, 1))]


def test_in_training_a_cell_keeps_its_place_though_all_depend_on_it() -> None:
    normalising = BatchNormalization(training=True)
    evaluation = chain(one_by_one(filters=1), normalising, MaxPooling2D())
    stations = carried(evaluation, 0, (3, 5, 0))
    assert [each.cell for each in stations] == [(3, 5, 0), (1, 2, 0)]
    assert stations[0].value == evaluation.maps[2][3, 5, 0]


def test_a_cell_that_no_window_reads_goes_nowhere() -> None:
    evaluation = chain(one_by_one(), MaxPooling2D(pool_size=(1, 1), strides=(2, 2)), Activation())
    assert carried(evaluation, 0, (1, 1, 0)) == ()
    assert len(carried(evaluation, 0, (2, 2, 0))) == 2


def test_of_overlapping_windows_one_that_the_cell_wins_is_followed() -> None:
    image = np.zeros((5, 5, 1))
    image[2, 2], image[0, 0] = 3, 7
    evaluation = chain(one_by_one(), MaxPooling2D(pool_size=(3, 3), strides=(1, 1)), image=image)
    (station,) = carried(evaluation, 0, (2, 2, 0))
    assert station.used and station.value == 3 and station.cell == (0, 1, 0)


def test_a_softmax_keeps_the_channel() -> None:
    evaluation = chain(one_by_one(filters=3), Activation(activation="softmax"))
    (station,) = carried(evaluation, 0, (1, 1, 2))
    assert station.cell == (1, 1, 2) and station.combination == "softmax"


def test_what_is_behind_a_problem_is_not_followed() -> None:
    evaluation = chain(one_by_one(), Activation(), MaxPooling2D(pool_size=(4, 4)), MaxPooling2D(pool_size=(4, 4)))
    assert [each.layer for each in carried(evaluation, 0, (0, 0, 0))] == [1, 2]


@given(st.lists(activations | poolings(), max_size=4), st.integers(0, 5), st.integers(0, 5), st.integers(0, 1))
def test_every_station_reads_the_one_before(layers: list[Layer], row: int, column: int, channel: int) -> None:
    evaluation = chain(one_by_one(), *layers)
    before = (row, column, channel)
    for station in carried(evaluation, 0, before):
        window = evaluation.layer(station.layer).window(evaluation.maps[station.layer].shape, station.cell)
        assert before[0] in window.rows and before[1] in window.columns and before[2] in window.channels
        assert station.value == evaluation.maps[station.layer + 1][station.cell]
        if station.used and station.combination == "maximum":
            assert station.value == evaluation.maps[station.layer][before]
        before = station.cell
