"""What is read off weights and maps: values that can be worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnn_explorer.network import inspection
from cnn_explorer.network.arrays import frozen
from cnn_explorer.network.inspection import (
    Statistics,
    filter_matrix,
    follower_of,
    histogram,
    limits_of,
    norms,
    ordered,
    rectifier_of,
    silent,
    statistics,
    strengths,
    without_weights,
)
from cnn_explorer.network.layers import (
    Activation,
    BatchNormalization,
    Concatenate,
    Conv2D,
    Conv2DTranspose,
    Dense,
    DepthwiseConv2D,
    Dropout,
    Flatten,
    Layer,
    MaxPooling2D,
)
from cnn_explorer.network.network import Network

NUMBERS = st.lists(st.floats(-1e6, 1e6, width=32), min_size=1, max_size=60)


def test_the_statistics_of_known_numbers() -> None:
    assert statistics(frozen([[1, 0], [3, 0]])) == Statistics(4, 0.0, 3.0, 1.0, np.sqrt(1.5), 2)
    assert statistics(frozen([])) == Statistics(0, 0.0, 0.0, 0.0, 0.0, 0)


def test_large_numbers_do_not_lose_the_mean() -> None:
    found = statistics(frozen(np.full(10_000, 1e7) + np.arange(10_000)))
    assert found.mean == pytest.approx(1e7 + 4999.5, abs=0.6)
    assert found.deviation == pytest.approx(10_000 / np.sqrt(12), rel=1e-3)


def test_a_histogram_counts_each_value_once_and_zeros_apart() -> None:
    found = histogram(frozen([-2, -1, 0, 0, 0, 0.5, 2]), bins=4)
    assert (found.low, found.high) == (-2.0, 2.0)
    assert found.counts.tolist() == [1, 1, 1, 1]  # -1 opens its bin, 2 closes the last one
    assert (found.zeros, found.total, found.zero_share) == (3, 7, 3 / 7)


@pytest.mark.parametrize(
    ("values", "limits"),
    [([0, 3], (0, 3)), ([1, 3], (0, 3)), ([-4, -1], (-4, 0)), ([-1, 3], (-3, 3)), ([0, 0], (0, 1)), ([], (0, 1))],
)
def test_a_histogram_begins_or_ends_at_0_or_lies_around_it(values: list[float], limits: tuple[float, float]) -> None:
    assert limits_of(frozen(values)) == limits


@given(NUMBERS)
def test_no_value_falls_out_of_its_own_limits(values: list[float]) -> None:
    assert histogram(frozen(values)).total == len(values)


def test_of_very_many_values_some_are_counted_and_every_channel_takes_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inspection, "MOST_COUNTED", 1000)
    values = np.tile(np.array([1.0, 2.0, 3.0, 4.0], np.float32), 5000)
    found = histogram(values, (0, 5), bins=5)
    assert 900 <= found.total <= 1000
    assert np.ptp(found.counts[1:]) <= 2 and found.counts[0] == 0


def test_an_empty_histogram_has_no_share_of_zeros() -> None:
    assert histogram(frozen([])).zero_share == 0.0


def test_the_rows_of_the_matrix_are_the_filters() -> None:
    kernel = np.arange(2 * 2 * 3 * 4).reshape(2, 2, 3, 4)
    matrix = filter_matrix(Conv2D(kernel=frozen(kernel), bias=frozen(np.zeros(4))), (5, 5, 3))
    assert matrix is not None and matrix.shape == (4, 12)
    assert matrix[1].tolist() == kernel[..., 1].ravel().tolist()
    deep = filter_matrix(DepthwiseConv2D(kernel=frozen(np.ones((3, 3, 2, 2))), bias=frozen(np.zeros(4))), (5, 5, 2))
    assert deep is not None and deep.shape == (4, 9)
    transposed = Conv2DTranspose(kernel=frozen(np.arange(24).reshape(2, 2, 2, 3)), bias=frozen([0, 0]))
    several = filter_matrix(transposed, (5, 5, 3))
    assert several is not None
    for number in range(2):
        assert several[number].tolist() == transposed.filter_weights((5, 5, 3), number).ravel().tolist()
    dense = filter_matrix(Dense(kernel=frozen([[1, 2], [3, 4], [5, 6]]), bias=frozen([0, 0])), (1, 1, 3))
    assert dense is not None and dense.tolist() == [[1, 3, 5], [2, 4, 6]]
    assert filter_matrix(Activation(), (5, 5, 3)) is None


def test_norms_strengths_and_orders() -> None:
    assert norms(frozen([[3, 4], [0, 0], [1, 0]])).tolist() == [5, 0, 1]
    assert strengths(frozen([[[-1, 2]], [[3, 2]]])).tolist() == [1.5, 2]
    assert ordered(frozen([1, 3, 2, 3])) == (1, 3, 2, 0)


@given(NUMBERS)
def test_an_order_has_every_place_once_and_falls(sizes: list[float]) -> None:
    order = ordered(frozen(sizes))
    assert sorted(order) == list(range(len(sizes)))
    assert all(sizes[first] >= sizes[then] for first, then in zip(order, order[1:], strict=False))


def test_a_filter_without_weights_is_found_beside_those_of_usual_size() -> None:
    matrix = np.ones((4, 9), np.float32)
    matrix[2] *= 1e-5
    assert without_weights(matrix).tolist() == [False, False, True, False]
    assert without_weights(np.full((3, 9), 1e-5, np.float32)).tolist() == [False] * 3  # a layer of small weights
    assert without_weights(np.zeros((2, 9), np.float32)).tolist() == [True, True]


def test_silence_is_nowhere_above_0() -> None:
    assert silent(frozen([-0.5, 0, 1e-6])).tolist() == [True, True, False]


SHAPE = (8, 8, 1)


def chain(*later: Layer) -> Network:
    return Network((Conv2D(kernel=frozen(np.ones((3, 3, 1, 2))), bias=frozen([0, 0])), *later))


BATCH = BatchNormalization(
    gamma=frozen([1, 1]), beta=frozen([0, 0]), moving_mean=frozen([0, 0]), moving_variance=frozen([1, 1])
)
OTHER = Conv2D(kernel=frozen(np.ones((1, 1, 2, 2))), bias=frozen([0, 0]))


@pytest.mark.parametrize(
    ("later", "found"),
    [
        ((Activation(),), 1),
        ((BATCH, Activation()), 2),
        ((MaxPooling2D(), Activation()), 2),
        ((Dropout(), Activation()), 2),
        ((Activation(enabled=False), Activation()), 2),
        ((Activation(activation="tanh"), Activation()), None),
        ((Activation(activation="leaky_relu"),), None),
        ((OTHER, Activation()), None),
        ((Flatten(), Activation()), None),
        ((), None),
    ],
)
def test_the_relu_of_a_filter_is_found_in_its_block(later: tuple[Layer, ...], found: int | None) -> None:
    assert rectifier_of(chain(*later), SHAPE, 0) == found


def test_an_impossible_layer_ends_the_search() -> None:
    network = chain(MaxPooling2D(pool_size=(9, 9), strides=(9, 9)), Activation())
    assert rectifier_of(network, SHAPE, 0) is None
    assert follower_of(network, SHAPE, 0) == 0


@pytest.mark.parametrize(
    ("later", "last"),
    [
        ((Activation(), MaxPooling2D()), 1),
        ((BATCH, Activation(), OTHER), 2),
        ((MaxPooling2D(), Activation()), 0),
        ((Activation(enabled=False), MaxPooling2D()), 0),
        ((Activation(activation="softmax"),), 0),
        ((Flatten(), Dense(kernel=frozen(np.ones((72, 2))), bias=frozen([0, 0]))), 0),
    ],
)
def test_what_follows_cell_by_cell_belongs_to_the_layer(later: tuple[Layer, ...], last: int) -> None:
    assert follower_of(chain(*later), SHAPE, 0) == last


def test_where_several_layers_read_a_filter_it_goes_through_no_single_relu() -> None:
    network = Network((*chain(Activation()).layers, Activation(), Concatenate()), sources=((0,), (1,), (1,), (2, 3)))
    assert rectifier_of(network, SHAPE, 0) is None
    assert follower_of(network, SHAPE, 0) == 0


def test_in_a_branch_the_relu_is_found_that_reads_it() -> None:
    """The image through two convolutions side by side, each with a ReLU of its own."""
    one, other = chain().layers[0], chain().layers[0]
    layers = (one, other, Activation(), Activation(), Concatenate())
    network = Network(layers, sources=((0,), (0,), (1,), (2,), (3, 4)))
    assert [rectifier_of(network, SHAPE, index) for index in (0, 1)] == [2, 3]
    assert [follower_of(network, SHAPE, index) for index in (0, 1)] == [2, 3]
