"""The receptive field, against the cells that the windows really read, one layer after the other."""

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from cnn_explorer.network.layers import (
    Activation,
    Conv2D,
    Conv2DTranspose,
    GlobalAveragePooling2D,
    MaxPooling2D,
    UpSampling2D,
)
from cnn_explorer.network.network import Network
from cnn_explorer.network.receptive_field import fields_of
from cnn_explorer.network.receptive_field import receptive_field as receptive_field_of


def receptive_field(layers, shape):
    return receptive_field_of(Network(tuple(layers)), shape)


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


def test_after_upsampling_cells_see_less():
    upsampling = UpSampling2D(size=(2, 1))
    assert receptive_field([upsampling], (9, 9, 1)) == (1, 1)
    assert receptive_field([upsampling, convolution(3, 3)], (9, 9, 1)) == (2, 3)
    assert receptive_field([upsampling, convolution(4, 4)], (9, 9, 1)) == (3, 4)
    assert receptive_field([convolution(3, 3), upsampling, convolution(3, 3)], (9, 9, 1)) == (4, 5)


def test_a_transposed_convolution_sees_the_cells_whose_kernels_overlap():
    def transposed(size, strides):
        return Conv2DTranspose(kernel=np.zeros((size, size, 1, 1), np.float32), strides=strides)

    assert receptive_field([transposed(3, (2, 1))], (9, 9, 1)) == (2, 3)
    assert receptive_field([transposed(2, (2, 2))], (9, 9, 1)) == (1, 1)
    assert receptive_field([transposed(2, (2, 2)), convolution(2, 2)], (9, 9, 1)) == (2, 2)


def test_a_global_pooling_sees_the_whole_image():
    assert receptive_field([convolution(3, 3, padding="same"), GlobalAveragePooling2D()], (9, 7, 1)) == (11, 9)


@settings(max_examples=40, deadline=None)
@given(st.lists(windows | st.builds(UpSampling2D, size=pairs), max_size=3))
def test_in_the_middle_of_a_large_image_it_is_the_size_of_the_fields(layers):
    shapes = [(300, 300, 1)]
    for layer in layers:
        shapes.append(layer.output_shape(shapes[-1]))
    longest = [0, 0]
    for place in range(27):  # the fields of neighbours repeat themselves after three upsamplings by three
        cell = shapes[-1][0] // 3 + place % (shapes[-1][0] // 3), shapes[-1][1] // 3 + place % (shapes[-1][1] // 3), 0
        field = fields_of(layers, shapes, len(layers), cell)[0]
        for side, places in enumerate((field.rows, field.columns)):
            longest[side] = max(longest[side], places[-1] - places[0] + 1)
    assert receptive_field(layers, shapes[0]) == tuple(longest)
