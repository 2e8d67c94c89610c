"""What cells read and reach, channel by channel, and what each channel adds to a filter's output."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cnn_explorer.network.explanation import Region
from cnn_explorer.network.layers import BatchNormalization, Dense, Flatten, Layer
from tests.network.strategies import applied


def cells(region: Region) -> set[tuple[int, ...]]:
    return set(product(region.rows, region.columns, region.channels))


def one(cell: Any) -> Region:
    return Region((cell[0],), (cell[1],), (cell[2],))


def read_by_window(layer: Layer, shape: Any, cell: Any) -> set[tuple[int, ...]]:
    """The input cells of a window, padding and zeros between them left out."""
    window = layer.window(shape, cell)
    rows, columns = layer.axes(shape)
    places = product(map(rows.source, window.rows), map(columns.source, window.columns), window.channels)
    return {place for place in places if None not in place}  # type: ignore[misc]


@settings(max_examples=60)
@given(applied(longest=5))
def test_reads_are_the_windows_cells(case: tuple[Layer, np.ndarray]) -> None:
    layer, x = case
    if getattr(layer, "training", False):
        layer = replace(layer, training=False)  # type: ignore[call-arg]
    for cell in np.ndindex(*layer.output_shape(x.shape)):
        assert cells(layer.reads(x.shape, one(cell))) == read_by_window(layer, x.shape, cell)


@settings(max_examples=60)
@given(applied(longest=5))
def test_reaches_are_the_inverse_of_reads(case: tuple[Layer, np.ndarray]) -> None:
    layer, x = case
    outputs = list(np.ndindex(*layer.output_shape(x.shape)))
    read = {cell: cells(layer.reads(x.shape, one(cell))) for cell in outputs}
    for source in np.ndindex(*x.shape):
        assert cells(layer.reaches(x.shape, one(source))) == {cell for cell in outputs if source in read[cell]}


@settings(max_examples=60)
@given(applied(longest=5), st.data())
def test_a_region_reads_what_its_cells_read(case: tuple[Layer, np.ndarray], data: Any) -> None:
    layer, x = case
    shape = layer.output_shape(x.shape)
    sides = [data.draw(st.sets(st.integers(0, side - 1), min_size=1)) for side in shape]
    region = Region(*(tuple(sorted(side)) for side in sides))
    together = layer.reads(x.shape, region)
    apart = set().union(*(cells(layer.reads(x.shape, one(cell))) for cell in cells(region)))
    assert apart <= cells(together)
    for side in range(3):  # a region is a box of rows, columns and channels: no larger than it must be
        assert {cell[side] for cell in apart} == {cell[side] for cell in cells(together)}


@settings(max_examples=60)
@given(applied(longest=5))
def test_channels_reached_are_the_inverse_of_channels_read(case: tuple[Layer, np.ndarray]) -> None:
    layer, x = case
    read = [layer.channels_read(x.shape, channel) for channel in range(layer.output_shape(x.shape)[2])]
    for channel in range(x.shape[2]):
        reached = layer.channels_reached(x.shape, channel)
        assert reached == tuple(output for output, channels in enumerate(read) if channel in channels)


@settings(max_examples=60)
@given(applied(longest=6))
def test_contributions_and_the_bias_add_up_to_the_output(case: tuple[Layer, np.ndarray]) -> None:
    layer, x = case
    out = layer.forward(x)
    for channel in range(out.shape[2]):
        weights = layer.filter_weights(x.shape, channel)
        places = range(len(layer.channels_read(x.shape, channel)))
        parts = layer.contributions(x, channel, places)
        if weights is None or parts is None:
            assert weights is None and parts is None
            continue
        size = np.abs(x).max() * np.abs(weights).sum() + abs(layer.filter_bias(channel)) + 1e-6
        total = parts.astype(float).sum(-1) + layer.filter_bias(channel)
        np.testing.assert_allclose(total, out[..., channel], rtol=1e-5, atol=1e-5 * size)
        if len(places) > 1:
            assert np.array_equal(layer.contributions(x, channel, [1])[..., 0], parts[..., 1])  # type: ignore[index]


@settings(max_examples=60)
@given(applied(longest=6), st.data())
def test_an_edited_weight_is_the_one_that_the_window_is_multiplied_with(case: Any, data: Any) -> None:
    layer, x = case
    channel = data.draw(st.integers(0, layer.output_shape(x.shape)[2] - 1))
    weights = layer.filter_weights(x.shape, channel)
    if weights is None:
        assert layer.with_bias(channel, 1.0) is None
        return
    assert layer.with_bias(channel, 2.5).filter_bias(channel) == 2.5
    at = data.draw(st.integers(0, weights.shape[2] - 1))
    other = np.arange(weights[..., at].size, dtype=np.float32).reshape(weights.shape[:2])
    edited = layer.with_weights(x.shape, channel, at, other)
    if layer.kind == "SeparableConv2D":  # its weights are products of others
        assert edited is None
        return
    expected = weights.copy()
    expected[..., at] = other
    np.testing.assert_array_equal(edited.filter_weights(x.shape, channel), expected)
    np.testing.assert_array_equal(layer.filter_weights(x.shape, channel), weights)
    whole = layer.with_filter(x.shape, channel, expected)
    np.testing.assert_array_equal(whole.filter_weights(x.shape, channel), expected)


@settings(max_examples=60)
@given(applied(longest=4))
def test_no_question_about_weights_raises_for_an_input_that_does_not_fit(case: tuple[Layer, np.ndarray]) -> None:
    layer, x = case
    for shape in ((3, 4, x.shape[2] + 2), (1, 1, x.shape[2] + 2), (2, 2, 1)):
        for channel in range(layer.output_shape(shape)[2]):
            layer.channels_read(shape, channel)
            layer.filter_weights(shape, channel)
            layer.filter_bias(channel)


def test_in_training_a_normalised_cell_depends_on_its_whole_map() -> None:
    layer = BatchNormalization(training=True)
    region = Region((0, 1, 2), (0, 1), (4,))
    assert layer.reads((3, 2, 5), Region((1,), (1,), (4,))) == region
    assert layer.reaches((3, 2, 5), Region((0,), (1,), (4,))) == region
    assert replace(layer, training=False).reads((3, 2, 5), Region((1,), (1,), (4,))) == Region((1,), (1,), (4,))
    assert layer.reads((3, 2, 5), Region((), (), ())) == Region((), (), ())


def test_nothing_reads_nothing_and_reaches_nothing() -> None:
    nothing = Region((), (), ())
    assert Flatten().reads((2, 2, 2), nothing) == Flatten().reaches((2, 2, 2), nothing) == nothing


@pytest.mark.parametrize("shape", [(2, 3, 4), (28, 28, 64)])
def test_everything_behind_flatten_is_everything_before_it(shape: Any) -> None:
    everything = Region(*(tuple(range(side)) for side in shape))
    row = Region((0,), (0,), tuple(range(int(np.prod(shape)))))
    assert Flatten().reads(shape, row) == everything
    assert Flatten().reaches(shape, everything) == row


def test_all_units_read_the_same_inputs() -> None:
    layer = Dense(kernel=np.zeros((3136, 1024), np.float32), bias=np.zeros(1024, np.float32))
    shape = (1, 1, 3136)
    units = Region((0,), (0,), tuple(range(1024)))
    # The same tuple: putting 1,024 times 3,136 places together one by one would take a second.
    assert layer.reads(shape, units).channels is layer.channels_read(shape, 0)
    assert layer.reaches(shape, layer.reads(shape, units)) == units
