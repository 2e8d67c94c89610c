"""Filters and input channels that come, go and move; weights that are drawn; layers to begin with."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cnn_explorer.network.arrays import frozen
from cnn_explorer.network.layers import (
    LAYERS,
    Activation,
    BatchNormalization,
    Conv2D,
    Dense,
    DepthwiseConv2D,
    Flatten,
    GlobalAveragePooling2D,
    Layer,
    SeparableConv2D,
)
from cnn_explorer.network.layers.weights import MOST_WEIGHTS, he_normal, weight_fields
from cnn_explorer.network.sentence import Refused
from tests.network.strategies import applied, layers, layers_of, seeds

FILTERED = ("Conv2D", "SeparableConv2D", "Conv2DTranspose", "Dense")
WITH_WEIGHTS = (*FILTERED, "DepthwiseConv2D", "BatchNormalization")


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(0)


def shape_for(kind: str, channels: int) -> tuple[int, int, int]:
    return (1, 1, channels) if kind == "Dense" else (6, 5, channels)


def same_filter(first: Layer, second: Layer, shape: Any, one: int, other: int) -> bool:
    weights = first.filter_weights(shape, one), second.filter_weights(shape, other)
    return np.array_equal(*weights) and first.filter_bias(one) == second.filter_bias(other)  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", LAYERS)
@pytest.mark.parametrize("channels", [1, 3])
def test_a_new_layer_fits_and_computes(kind: str, channels: int, rng: np.random.Generator) -> None:
    shape = shape_for(kind, channels)
    layer = LAYERS[kind].new(shape, rng)
    assert layer.problem(shape) is None
    out = layer.forward(np.ones(shape, np.float32))
    assert out.shape == layer.output_shape(shape)
    assert np.any(out != 0)
    assert layer == type(layer).new(shape, np.random.default_rng(0))


def test_what_new_layers_are(rng: np.random.Generator) -> None:
    convolution = Conv2D.new((28, 28, 3), rng)
    assert (convolution.kernel.shape, convolution.padding) == ((3, 3, 3, 4), "same")
    assert not convolution.bias.any()
    assert Dense.new((1, 1, 7), rng).kernel.shape == (7, 10)
    assert DepthwiseConv2D.new((8, 8, 5), rng).kernel.shape == (3, 3, 5, 1)
    assert BatchNormalization.new((8, 8, 5), rng).gamma.tolist() == [1] * 5


@settings(max_examples=30)
@pytest.mark.parametrize("kind", FILTERED)
@given(data=st.data(), rng=seeds())
def test_filters_come_and_go_at_the_end(kind: str, data: Any, rng: np.random.Generator) -> None:
    layer, shape = data.draw(layers_of(kind, 2)), shape_for(kind, 2)
    count = data.draw(st.integers(1, 6))
    changed = layer.with_filters(count, rng)
    assert (changed.filters, changed.output_shape(shape)[2]) == (count, count)
    assert all(same_filter(layer, changed, shape, each, each) for each in range(min(count, layer.filters)))
    assert all(changed.filter_weights(shape, each).any() for each in range(layer.filters, count))
    assert layer.with_filters(layer.filters, rng) is layer


@settings(max_examples=30)
@pytest.mark.parametrize("kind", FILTERED)
@given(data=st.data())
def test_filters_move_stay_away_and_are_copied(kind: str, data: Any) -> None:
    layer, shape = data.draw(layers_of(kind, 2)), shape_for(kind, 2)
    every = range(layer.filters)
    index = data.draw(st.sampled_from(every))
    order = data.draw(st.permutations(every))
    edits = [(layer.with_filters_ordered(order), order)]
    edits.append((layer.with_filter_copied(index), [*range(index + 1), *range(index, layer.filters)]))
    if layer.filters > 1:
        edits.append((layer.without_filter(index), [each for each in every if each != index]))
    for changed, places in edits:
        assert changed.filters == len(places)
        assert all(same_filter(layer, changed, shape, old, new) for new, old in enumerate(places))


def test_a_layer_keeps_a_filter_and_has_not_too_many(rng: np.random.Generator) -> None:
    for refused in (lambda: Conv2D().without_filter(0), lambda: Conv2D().with_filters(4097, rng)):
        with pytest.raises(Refused, match="1 to 4096 filters"):
            refused()


@pytest.mark.parametrize("kind", [kind for kind in LAYERS if kind not in FILTERED])
def test_other_layers_have_no_filters_to_change(kind: str, rng: np.random.Generator) -> None:
    layer = LAYERS[kind].new((6, 5, 2), rng)
    assert layer.filters is None
    assert layer.with_filters(5, rng) is layer
    assert layer.with_filters_ordered([1, 0]) is layer


@settings(max_examples=60)
@given(st.data(), st.integers(1, 4), seeds())
def test_fitted_weights_are_for_the_input_and_what_fits_stays(data: Any, channels: int, rng: Any) -> None:
    layer = data.draw(layers(channels))
    shape = shape_for(layer.kind, data.draw(st.integers(1, 5)))
    fitted = layer.fitted(shape, rng)
    found = fitted.problem(shape)
    assert found is None or layer.alike or found[0] in ("kernel_size", "pool_size", "dilation_rate", "fill")
    assert fitted.fitted(shape, rng) is fitted
    assert (fitted is layer) == (shape[2] == channels or not weight_fields(layer))
    if fitted.filter_weights(shape, 0) is not None:
        kept = min(len(layer.channels_read((*shape[:2], channels), 0)), len(fitted.channels_read(shape, 0)))
        before = layer.filter_weights((*shape[:2], channels), 0)[..., :kept]
        assert np.array_equal(fitted.filter_weights(shape, 0)[..., :kept], before)


def test_dense_waits_for_flatten_before_it_is_fitted(rng: np.random.Generator) -> None:
    layer = Dense.new((1, 1, 9), rng)
    assert layer.fitted((3, 3, 4), rng) is layer


def orders(layer: Layer, channels: int) -> st.SearchStrategy[list[int]]:
    """Orders of a layer's input channels: of maps that are joined channel by channel, the same for each map."""
    maps = getattr(layer, "inputs", 1) if layer.alike else 1
    each = channels // maps
    own = st.permutations(range(each))
    return own.map(lambda order: [place * each + channel for place in range(maps) for channel in order])


@settings(max_examples=80)
@given(applied(longest=5), st.data())
def test_weights_go_with_the_channels_that_they_belong_to(case: tuple[Layer, np.ndarray], data: Any) -> None:
    """Whatever the layer: on an input with its channels in another order it computes what it did."""
    layer, x = case
    order = data.draw(orders(layer, x.shape[2]))
    moved = layer.with_input_channels(order, x.shape, np.random.default_rng(0))
    if layer.kind == "Dropout":
        return  # its mask stays where it is
    onwards = layer.channel_order(x.shape, order)
    expected = layer.forward(x) if onwards is None else layer.forward(x)[..., onwards]
    np.testing.assert_allclose(moved.forward(x[..., order]), expected, rtol=1e-5, atol=1e-4)


@pytest.mark.parametrize("kind", WITH_WEIGHTS)
def test_channels_that_are_new_get_new_weights(kind: str, rng: np.random.Generator) -> None:
    before, after = shape_for(kind, 3), shape_for(kind, 4)
    layer = LAYERS[kind].new(before, rng)
    grown = layer.with_input_channels([2, None, 0, 9], after, rng)
    assert grown.problem(after) is None
    back = grown.with_input_channels([2, 0], shape_for(kind, 2), rng)
    assert back == layer.with_input_channels([0, 2], shape_for(kind, 2), rng)
    for each in weight_fields(grown):
        assert np.all(np.isfinite(getattr(grown, each.name)))
        assert not getattr(grown, each.name).flags.writeable


def test_how_the_channels_go_on() -> None:
    order = [1, None, 0]
    shape = (1, 2, 2)
    assert Activation().channel_order(shape, order) == order
    assert GlobalAveragePooling2D().channel_order(shape, order) == order
    assert Conv2D().channel_order(shape, order) is None
    assert SeparableConv2D().channel_order(shape, order) is None
    assert Dense().channel_order(shape, order) is None
    assert Flatten().channel_order(shape, order) == [1, None, 0, 3, None, 2]
    twofold = DepthwiseConv2D(kernel=frozen(np.zeros((1, 1, 2, 2))), bias=frozen(np.zeros(4)))
    assert twofold.channel_order(shape, order) == [2, 3, None, None, 0, 1]


@pytest.mark.parametrize("kind", ["DepthwiseConv2D", "SeparableConv2D"])
def test_more_kernels_for_each_channel(kind: str, rng: np.random.Generator) -> None:
    shape = (6, 5, 3)
    layer: Any = LAYERS[kind].new(shape, rng)
    doubled = layer.with_depth_multiplier(2, rng)
    assert (doubled.depth_multiplier, doubled.problem(shape)) == (2, None)
    assert doubled.with_depth_multiplier(1, rng) == layer
    with pytest.raises(Refused, match="1 to 8 kernels"):
        layer.with_depth_multiplier(9, rng)


@pytest.mark.parametrize("kind", [kind for kind in WITH_WEIGHTS if LAYERS[kind].window_weights])
def test_a_kernel_of_another_size_keeps_its_centre(kind: str, rng: np.random.Generator) -> None:
    layer: Any = LAYERS[kind].new((6, 5, 2), rng)
    wide = layer.with_kernel_size(5, 4)
    assert wide.kernel_size == (5, 4)
    assert wide.with_kernel_size(3, 3) == layer
    small = layer.with_kernel_size(1, 1)
    old, large, centre = (getattr(each, layer.window_weights) for each in (layer, wide, small))
    assert np.array_equal(large[1:4, :3], old)  # of four columns the second is the centre
    assert large.any((2, 3)).sum() == 9
    assert np.array_equal(centre[0, 0], old[1, 1])


def test_he_normal_has_the_deviation_that_its_inputs_ask_for(rng: np.random.Generator) -> None:
    values = he_normal((100, 1000), 50, rng)
    assert float(values.std()) == pytest.approx(0.2, rel=0.02)
    assert float(np.abs(values).max()) <= 2 * 0.2 / 0.8796 + 1e-6


@pytest.mark.parametrize("kind", ["Conv2D", "DepthwiseConv2D", "Dense"])
def test_new_weights_are_drawn_for_as_many_inputs_as_are_summed(kind: str, rng: np.random.Generator) -> None:
    shape = shape_for(kind, 64)
    layer: Any = LAYERS[kind].new(shape, rng).with_filters(64, rng)
    inputs = {"Conv2D": 9 * 64, "DepthwiseConv2D": 9, "Dense": 64}[kind]
    assert float(layer.kernel.std()) == pytest.approx((2 / inputs) ** 0.5, rel=0.1)


def test_too_many_weights_are_refused_before_they_are_made(rng: np.random.Generator) -> None:
    with pytest.raises(Refused, match="11 million weights, and 10 million can be kept"):
        Dense.new((1, 1, MOST_WEIGHTS // 10 + 1), rng)
    with pytest.raises(Refused, match="use fewer units"):
        Dense.new((1, 1, 3136), rng).with_filters(4096, rng)
