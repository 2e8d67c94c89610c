"""Each type of layer on numbers that can be checked by hand, or against the obvious loops."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cnn_explorer.network.arrays import frozen
from cnn_explorer.network.layers import (
    Activation,
    BatchNormalization,
    Conv2DTranspose,
    Dense,
    DepthwiseConv2D,
    Dropout,
    Flatten,
    GlobalAveragePooling2D,
    GlobalMaxPooling2D,
    SeparableConv2D,
    UpSampling2D,
    ZeroPadding2D,
)
from cnn_explorer.network.layers.activation import LARGEST_POWER
from tests.network import slow_layers
from tests.network.strategies import applied, layers_of


def numbers(*rows: list[float]) -> np.ndarray:
    """A map of one channel."""
    return np.array(rows, np.float32)[..., np.newaxis]


def of_kind(kind: str) -> st.SearchStrategy[Any]:
    return applied(lambda channels: layers_of(kind, channels), longest=6)


@settings(max_examples=40)
@given(of_kind("Conv2DTranspose"))
def test_a_transposed_convolution_spreads_its_kernel_from_every_cell(case: Any) -> None:
    layer, x = case
    expected, size = slow_layers.spread(layer, x)
    found = layer.forward(x)
    assert found.shape == expected.shape
    assert np.all(np.abs(found - expected) <= 1e-5 * np.maximum(size, 1e-30))


@pytest.mark.parametrize(
    ("kernel", "stride", "padding", "sizes"),
    [(3, 2, "valid", 11), (2, 4, "valid", 20), (1, 3, "same", 15), (2, 3, "same", 15), (5, 2, "same", 10)],
)
def test_sizes_of_transposed_convolutions(kernel: int, stride: int, padding: str, sizes: int) -> None:
    layer = Conv2DTranspose(kernel=np.ones((kernel, kernel, 1, 1)), strides=(stride, stride), padding=padding)
    assert layer.output_shape((5, 5, 1)) == (sizes, sizes, 1)


def test_a_transposed_convolution_by_hand() -> None:
    layer = Conv2DTranspose(kernel=frozen(np.array([[1, 2], [3, 4]])[..., None, None]), strides=(2, 2))
    out = layer.forward(numbers([1, 10]))
    assert out[..., 0].tolist() == [[1, 2, 10, 20], [3, 4, 30, 40]]
    explanation = layer.explain(numbers([1, 10]), (1, 2, 0))
    assert explanation.result == 30
    assert explanation.values[..., 0].tolist() == [[0, 10], [0, 0]]
    assert explanation.weights is not None
    assert explanation.weights[..., 0].tolist() == [[4, 3], [2, 1]]


@settings(max_examples=40)
@given(of_kind("DepthwiseConv2D"))
def test_a_depthwise_convolution_is_one_convolution_for_each_channel(case: Any) -> None:
    layer, x = case
    expected = slow_layers.depthwise(layer, x)
    np.testing.assert_allclose(layer.forward(x), expected, rtol=1e-5, atol=1e-4)


def test_kernels_of_one_channel_stand_beside_each_other_in_a_depthwise_convolution() -> None:
    layer = DepthwiseConv2D(kernel=frozen(np.arange(1, 7).reshape(1, 1, 3, 2)), bias=frozen(np.zeros(6)))
    assert layer.forward(np.ones((1, 1, 3), np.float32)).tolist() == [[[1, 2, 3, 4, 5, 6]]]
    assert layer.channels_read((1, 1, 3), 3) == (1,)


def test_the_two_steps_of_a_separable_convolution_are_one_kernel() -> None:
    depthwise = np.zeros((1, 2, 2, 1))
    depthwise[0, :, 0, 0], depthwise[0, :, 1, 0] = [1, 2], [3, 4]
    layer = SeparableConv2D(
        depthwise_kernel=frozen(depthwise), pointwise_kernel=frozen([[[[10], [100]]]]), bias=frozen([0.5])
    )
    weights = layer.filter_weights((1, 2, 2), 0)
    assert weights.tolist() == [[[10, 300], [20, 400]]]
    assert layer.forward(np.ones((1, 2, 2), np.float32)).tolist() == [[[730.5]]]
    assert layer.parameter_count((1, 2, 2)) == 7


def test_global_poolings() -> None:
    x = np.stack([numbers([1, 2], [3, 6])[..., 0], numbers([-1, -7], [-2, -2])[..., 0]], -1)
    assert GlobalAveragePooling2D().forward(x).tolist() == [[[3, -3]]]
    assert GlobalMaxPooling2D().forward(x).tolist() == [[[6, -1]]]
    explanation = GlobalMaxPooling2D().explain(x, (0, 0, 0))
    assert (explanation.result, explanation.winner) == (6, (1, 1))
    assert explanation.values[..., 0].tolist() == [[1, 2], [3, 6]]


def test_zero_padding_says_top_bottom_left_right() -> None:
    layer = ZeroPadding2D(padding=(1, 0, 0, 2))
    assert layer.forward(numbers([5])).tolist() == numbers([0, 0, 0], [5, 0, 0]).tolist()
    assert layer.explain(numbers([5]), (0, 0, 0)).result == 0
    assert layer.window((1, 1, 1), (1, 0, 0)).rows == (0,)


def test_upsampling_repeats_every_cell() -> None:
    layer = UpSampling2D(size=(2, 3))
    assert layer.forward(numbers([1, 2]))[..., 0].tolist() == [[1, 1, 1, 2, 2, 2]] * 2
    assert layer.window((1, 2, 1), (1, 4, 0)).columns == (1,)


def test_flatten_goes_row_by_row_and_channel_by_channel() -> None:
    x = np.arange(12, dtype=np.float32).reshape(2, 2, 3)
    assert Flatten().forward(x).tolist() == [[list(range(12))]]
    window = Flatten().window((2, 2, 3), (0, 0, 7))
    assert (window.rows, window.columns, window.channels) == ((1,), (0,), (1,))
    assert Flatten().explain(x, (0, 0, 7)).result == x[1, 0, 1]


def test_dense_by_hand() -> None:
    layer = Dense(kernel=frozen([[1, 10], [2, 20]]), bias=frozen([0, 5]))
    assert layer.forward(np.array([[[3, 4]]], np.float32)).tolist() == [[[11, 115]]]


def test_normalisation_in_training_uses_the_maps_own_mean_and_variance() -> None:
    x = numbers([1, 3], [5, 7])
    layer = BatchNormalization(gamma=frozen([2]), beta=frozen([1]), epsilon=1.0, training=True)
    mean, variance = layer.statistics(x)
    assert (mean.tolist(), variance.tolist()) == ([4], [5])
    expected = 2 * (x - 4) / np.sqrt(6) + 1
    np.testing.assert_allclose(layer.forward(x), expected, rtol=1e-6)
    facts = layer.explain(x, (0, 1, 0)).facts
    assert {"mean": 4, "variance": 5, "epsilon": 1, "gamma": 2, "beta": 1}.items() <= facts.items()


def test_normalisation_in_use_takes_the_moving_ones() -> None:
    layer = BatchNormalization(moving_mean=frozen([3]), moving_variance=frozen([4]), epsilon=1e-6)
    np.testing.assert_allclose(layer.forward(numbers([1, 7]))[..., 0], [[-1, 2]], rtol=1e-6)
    assert layer.batch_statistics(numbers([1, 7]))[0].tolist() == [4]


def test_dropout_does_nothing_in_use() -> None:
    x = numbers([1, 2, 3])
    assert np.array_equal(Dropout(rate=0.9).forward(x), x)
    assert Dropout(rate=0.9).explain(x, (0, 1, 0)).combination == "same"


def test_dropout_in_training_scales_the_cells_that_it_keeps() -> None:
    layer = Dropout(rate=0.75, training=True)
    x = np.ones((40, 50, 2), np.float32)
    mask = layer.mask(x.shape)
    assert np.array_equal(layer.forward(x), mask * np.float32(4))
    assert 0.22 < mask.mean() < 0.28
    assert np.array_equal(mask, replace(layer, name="again").mask(x.shape))
    assert not np.array_equal(mask, replace(layer, seed=1).mask(x.shape))
    kept = tuple(map(int, np.argwhere(mask)[0]))
    assert layer.explain(x, kept).facts == {"kept": 1.0, "rate": 0.75}  # type: ignore[arg-type]


def test_what_is_dropped_is_zero_whatever_it_was() -> None:
    layer = Dropout(rate=0.5, training=True)
    out = layer.forward(np.full((8, 8, 1), -3, np.float32))
    assert set(out.ravel().tolist()) == {0.0, -6.0}


@settings(max_examples=40)
@given(st.lists(st.floats(-1e9, 1e9, width=32), min_size=1, max_size=6))
def test_a_softmax_is_explained_without_overflow(values: list[float]) -> None:
    x = np.array(values, np.float32).reshape(1, 1, -1)
    layer = Activation(activation="softmax")
    out = layer.forward(x)
    for channel in range(x.shape[2]):
        explanation = layer.explain(x, (0, 0, channel))
        assert all(np.isfinite(number) for number in explanation.facts.values())
        assert explanation.result == pytest.approx(float(out[0, 0, channel]), rel=1e-5, abs=1e-7)
        largest = float(x.max())
        assert explanation.facts["shift"] == (largest if abs(largest) > LARGEST_POWER else 0)
