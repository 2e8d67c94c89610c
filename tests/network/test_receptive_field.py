"""The receptive field, against the cells that the windows really read, one layer after the other."""

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from cnn_explorer.network.layers import Activation, Conv2D, MaxPooling2D
from cnn_explorer.network.receptive_field import receptive_field


def convolution(rows, columns, strides=(1, 1), dilation=(1, 1), padding="valid"):
    kernel = np.zeros((rows, columns, 1, 1), np.float32)
    return Conv2D(kernel=kernel, strides=strides, dilation_rate=dilation, padding=padding)


def cells_read(layers, shape):
    """Rows and columns from the first to the last image cell read for output cell (0, 0), by following the windows."""
    shapes = [shape]
    for layer in layers:
        shapes.append(layer.output_shape(shapes[-1]))
    spans = []
    for side in (0, 1):
        cells = {0}
        for layer, before in zip(reversed(layers), reversed(shapes[:-1]), strict=True):
            axis = layer.axes(before)[side]
            cells = {position for cell in cells for position in axis.window(cell)}
        spans.append(max(cells) - min(cells) + 1)
    return tuple(spans)


small = st.integers(1, 3)
pairs = st.tuples(small, small)
windows = st.one_of(
    st.builds(lambda size, strides, dilation: convolution(*size, strides, dilation), pairs, pairs, pairs),
    st.builds(lambda size, strides: MaxPooling2D(pool_size=size, strides=strides), pairs, pairs),
    st.just(Activation()),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(windows, max_size=4))
def test_it_is_what_the_windows_read(layers):
    shape = (400, 400, 1)
    assert receptive_field(layers, shape) == cells_read(layers, shape)


def test_the_handbook_network_reads_four_by_four():
    layers = [convolution(3, 3), Activation(), MaxPooling2D()]
    assert receptive_field(layers, (7, 7, 1)) == (4, 4)


def test_no_layers_is_one_cell():
    assert receptive_field([], (7, 7, 1)) == (1, 1)


def test_rows_and_columns_are_apart():
    assert receptive_field([convolution(3, 1), convolution(1, 5, strides=(2, 1))], (9, 9, 1)) == (3, 5)


def test_a_layer_that_is_off_adds_nothing():
    assert receptive_field([replace(convolution(5, 5), enabled=False), convolution(3, 3)], (9, 9, 1)) == (3, 3)


def test_it_ends_before_a_layer_that_cannot_be_applied():
    layers = [convolution(3, 3), convolution(7, 7), convolution(3, 3)]
    assert receptive_field(layers, (7, 7, 1)) == (3, 3)
