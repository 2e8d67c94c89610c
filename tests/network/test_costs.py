"""What layers cost beside fully connected ones: the handbook's numbers, and every sentence on them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings

from cnn_explorer.network.arrays import frozen
from cnn_explorer.network.costs import Costs, costs, last_map
from cnn_explorer.network.explanation import Region
from cnn_explorer.network.layers import (
    Activation,
    BatchNormalization,
    Conv2D,
    Conv2DTranspose,
    Dense,
    DepthwiseConv2D,
    Dropout,
    Flatten,
    Layer,
    MaxPooling2D,
    SeparableConv2D,
)
from cnn_explorer.network.layers.layer import Shape
from cnn_explorer.network.network import Network
from cnn_explorer.network.reasons import bytes_text, grouped, ratio_text, reasons, terms_text, weights_text
from tests.network.strategies import applied, convolutions, inputs


def conv(rows: int = 3, columns: int = 3, channels: int = 1, filters: int = 1, padding: str = "valid") -> Conv2D:
    return Conv2D(
        kernel=frozen(np.zeros((rows, columns, channels, filters))), bias=frozen(np.zeros(filters)), padding=padding
    )


def found(layer: Layer, shape: Shape, map_shape: Shape | None = None) -> Costs:
    result = costs(layer, shape, map_shape)
    assert result is not None
    return result


def said(layer: Layer, shape: Shape, map_shape: Shape | None = None) -> list[str]:
    return [str(each) for each in reasons(layer, shape, map_shape)]


def new(kind: type[Layer], shape: Shape) -> Layer:
    """A layer with the weights that it begins with."""
    return kind.new(shape, np.random.default_rng(0))


def dense(inputs: int, units: int) -> Dense:
    return Dense(kernel=frozen(np.zeros((inputs, units))), bias=frozen(np.zeros(units)))


def test_the_handbook_counts_10_shared_parameters_against_1250() -> None:
    result = found(conv(), (7, 7, 1))
    assert (result.convolution.parameters, result.connected.parameters) == (10, 1250)
    assert (result.convolution.weights, result.convolution.biases) == (9, 1)
    assert (result.connected.weights, result.connected.biases) == (1225, 25)
    assert (result.convolution.multiplications, result.connected.multiplications) == (225, 1225)
    assert ratio_text(result.ratio) == "125"


def test_one_neuron_has_9_weights_against_49_and_n_have_9_against_49_n() -> None:
    for rows in (1, 3, 5):  # a kernel of so many rows leaves other numbers of outputs
        result = found(conv(rows), (7, 7, 1))
        neurons = (8 - rows) * 5
        assert result.connected.each_weights == 49
        assert result.connected.weights == 49 * neurons
        assert result.convolution.weights == result.convolution.each_weights == 3 * rows
    assert (terms_text(result.convolution), result.convolution.each) == ("5×3 + 1", 16)
    assert (terms_text(result.connected), result.connected.each) == ("7×7 + 1", 50)


def test_weights_are_written_as_those_of_one_neuron_times_the_kernels() -> None:
    result = found(conv(), (7, 7, 1))
    assert weights_text(result.connected, 25) == "49 × 25 = 1,225"
    assert weights_text(result.convolution, 1) == "9 × 1 = 9"
    separable = found(new(SeparableConv2D, (7, 7, 8)), (7, 7, 8)).convolution
    assert weights_text(separable, 4) == "104"  # the depthwise kernels are shared by all filters


def test_a_filter_over_three_colours_has_27_weights() -> None:
    result = found(conv(channels=3), (32, 32, 3))
    assert result.convolution.each_weights == result.convolution.weights == 27
    assert terms_text(result.convolution) == "3×3×3 + 1"
    assert result.convolution.parameters == 28


def test_the_handbooks_sentences() -> None:
    assert said(conv(), (7, 7, 1)) == [
        "Local: each output looks only at its window, 3×3 = 9 of the 49 input numbers.",
        "Shared: all 25 outputs use the same kernel, so 10 parameters do what would take 1,250.",
        "Looking locally saves multiplications too: 225 in place of 1,225.",
    ]


def test_filters_share_among_positions() -> None:
    layer = conv(5, 5, 1, 32, "same")
    assert said(layer, (28, 28, 1)) == [
        "Local: each output looks only at its window, 5×5 = 25 of the 784 input numbers.",
        "Shared: each of 32 kernels is used at all 784 positions, so 832 parameters do what would take 19,694,080.",
        "Looking locally saves multiplications too: 627,200 in place of 19,668,992.",
    ]
    assert found(layer, (28, 28, 1)).convolution.multiplications == layer.multiply_adds((28, 28, 1))


def test_a_kernel_as_large_as_its_input_is_a_fully_connected_layer() -> None:
    result = found(conv(7, 7), (7, 7, 1))
    assert result.convolution == result.connected
    assert said(conv(7, 7), (7, 7, 1)) == [
        "The window covers the whole input: here each output looks at everything, as if fully connected.",
        "There is only one position, so there is nothing to share.",
    ]


def test_a_map_smaller_than_its_kernel_saves_nothing() -> None:
    assert said(conv(7, 7, padding="same"), (2, 2, 1)) == [
        "The window covers the whole input: here each output looks at everything, as if fully connected.",
        "The map is so small that sharing saves nothing: 50 parameters against 20 fully connected.",
    ]


@pytest.mark.parametrize("layer", [Activation(), MaxPooling2D(), Dropout(), Flatten()])
def test_a_layer_without_weights_says_so(layer: Layer) -> None:
    assert costs(layer, (7, 7, 1)) is None
    assert said(layer, (7, 7, 1)) == [
        "This layer has no parameters: there is nothing in it to be learnt.",
        "It has no weights to multiply with: multiply-adds 0.",
    ]


def test_a_layer_that_cannot_be_applied_has_no_costs() -> None:
    assert costs(conv(7, 7), (5, 5, 1)) is None


def test_a_depthwise_kernel_reads_one_channel() -> None:
    result = found(new(DepthwiseConv2D, (7, 7, 8)), (7, 7, 8))
    assert (terms_text(result.convolution), result.convolution.each) == ("3×3 + 1", 10)
    assert (result.convolution.weights, result.convolution.biases) == (72, 8)
    assert result.convolution.multiplications == 49 * 72


def test_a_separable_convolution_has_two_terms() -> None:
    layer = new(SeparableConv2D, (7, 7, 8))  # 4 filters
    result = found(layer, (7, 7, 8))
    assert (terms_text(result.convolution), result.convolution.each) == ("3×3×8 + 1×1×8 + 1", 81)
    assert terms_text(result.convolution, short=True) == "72 + 8 + 1"
    assert (result.convolution.weights, result.convolution.biases) == (72 + 32, 4)
    assert said(layer, (7, 7, 8))[0] == (
        "Local: each output looks only at its window, 3×3×8 = 72 of the 392 input numbers."
    )


def test_a_transposed_window_meets_few_cells_for_zeros_stand_between_them() -> None:
    layer = new(Conv2DTranspose, (7, 7, 1))  # stride 2
    result = found(layer, (7, 7, 1))
    assert (
        said(layer, (7, 7, 1))[0] == "Local: each output looks only at its window, at most 4 of the 49 input numbers."
    )
    assert (len(result.window.rows), len(result.window.columns)) == (2, 2)
    most = max(len(layer.readers((7, 7, 1), row, column)) for row in range(7) for column in range(7))
    assert most == 9  # each input cell is read through all nine weights
    assert result.convolution.multiplications == (7 * 3 - 1) ** 2 * 4  # the last row and column are cut off


@pytest.mark.parametrize("padding", ["valid", "same"])
@pytest.mark.parametrize(("kernel", "stride"), [(1, 1), (3, 1), (2, 2), (3, 2), (5, 2), (5, 4), (2, 3)])
def test_a_transposed_convolution_multiplies_what_its_output_has_a_cell_for(
    padding: str, kernel: int, stride: int
) -> None:
    layer = Conv2DTranspose(
        kernel=np.zeros((kernel, kernel, 2, 3)), bias=np.zeros(2), strides=(stride, stride), padding=padding
    )
    shape = (4, 6, 3)
    read = sum(len(layer.readers(shape, row, column)) for row in range(4) for column in range(6))
    assert layer.multiply_adds(shape) == read * 2 * 3


def test_the_window_drawn_is_the_one_of_an_output_in_the_middle() -> None:
    assert found(conv(), (7, 7, 1)).window.rows == (2, 3, 4)
    dilated = Conv2D(kernel=frozen(np.zeros((3, 3, 1, 1))), bias=frozen([0]), dilation_rate=(2, 2))
    assert found(dilated, (7, 7, 1)).window.columns == (1, 3, 5)
    assert found(dense(49, 10), (1, 1, 49), (7, 7, 1)).window.rows == (2, 3, 4)


def test_dense_beside_a_convolution_over_the_map_before_it() -> None:
    result = found(dense(3136, 1024), (1, 1, 3136), (7, 7, 64))
    assert not result.local
    assert (terms_text(result.connected), result.connected.each) == ("7×7×64 + 1", 3137)
    assert (result.connected.weights, result.connected.biases) == (3211264, 1024)
    assert (result.convolution.weights, result.convolution.biases) == (589824, 1024)
    assert result.convolution.multiplications == 49 * 589824
    assert said(dense(3136, 1024), (1, 1, 3136), (7, 7, 64)) == [
        "Fully connected: each of 1,024 outputs has a weight of its own for each of 3,136 input numbers.",
        "A 3×3 convolution over the 7×7×64 map would share each of its 1,024 kernels among 49 positions: "
        "590,848 parameters.",
        "But that gives 50,176 numbers, one for each position and kernel, where this layer gives 1,024.",
    ]


def test_dense_over_a_row_of_numbers_has_nothing_to_share() -> None:
    result = found(dense(1024, 10), (1, 1, 1024))
    assert result.convolution.parameters == result.connected.parameters == 10250
    assert terms_text(result.connected) == "1024 + 1"
    assert said(dense(1024, 10), (1, 1, 1024)) == [
        "Fully connected: each of 10 outputs has a weight of its own for each of 1,024 input numbers.",
        "Its input has no rows and columns, so there is nothing that a convolution could share.",
    ]


def test_the_last_map_is_looked_for_through_layers_that_only_pass_it_on() -> None:
    network = Network((MaxPooling2D(), Flatten(), Dropout(), dense(9, 4), Activation(), dense(4, 2)))
    assert last_map(network, (7, 7, 1), 3) == (3, 3, 1)
    assert last_map(network, (7, 7, 1), 5) == (1, 1, 4)
    assert last_map(network, (7, 7, 1), 0) == (7, 7, 1)
    assert last_map(network, (8, 8, 1), 5) is None  # 16 numbers where 9 are expected


def test_batch_normalisation_says_what_it_trains_and_what_it_keeps() -> None:
    layer = new(BatchNormalization, (14, 14, 64))
    assert costs(layer, (14, 14, 64)) is None
    assert said(layer, (14, 14, 64)) == [
        "This layer has 128 parameters: 2 for each of 64 channels, shared by 196 positions.",
        "Multiply-adds: 12,544.",
        "And 128 numbers that it keeps, but that no gradient changes.",
    ]


@settings(max_examples=40)
@given(inputs(10).flatmap(lambda x: convolutions(x.shape[2]).map(lambda layer: (x, layer))))
def test_a_fully_connected_layer_is_counted_as_its_matrix(case: tuple[np.ndarray, Conv2D]) -> None:
    x, layer = case
    assume(layer.problem(x.shape) is None)
    result = costs(layer, x.shape)
    assert result is not None
    matrix = np.zeros((layer.forward(x).size, x.size))
    assert result.connected.weights == result.connected.multiplications == matrix.size
    assert result.connected.biases == len(matrix)
    assert result.convolution.parameters == layer.kernel.size + layer.bias.size
    assert result.convolution.multiplications == layer.kernel[..., 0].size * layer.forward(x).size


@settings(max_examples=60)
@given(applied(longest=6))
def test_no_output_reads_more_than_is_said(case: tuple[Layer, np.ndarray]) -> None:
    layer, x = case
    result = costs(layer, x.shape)
    if result is None or not result.local:
        return
    rows, columns, channels = layer.output_shape(x.shape)
    for row, column in np.ndindex(rows, columns):
        region = layer.reads(x.shape, Region((row,), (column,), (channels - 1,)))
        assert len(region.rows) * len(region.columns) * len(region.channels) <= result.convolution.reads
    assert result.connected.each_weights == x.size
    assert result.convolution.parameters == layer.parameter_count(x.shape)


@pytest.mark.parametrize(
    ("ratio", "text"), [(125.0, "125"), (124998.2, "124,998"), (2.5, "2.5"), (1.0, "1"), (0.4, "0.4"), (9.96, "10")]
)
def test_ratios_are_written_short(ratio: float, text: str) -> None:
    assert ratio_text(ratio) == text


@pytest.mark.parametrize(
    ("count", "text"), [(10, "10"), (1250, "1,250"), (9_999_999_999, "9,999,999,999"), (483_385_147_392, "4.83×10¹¹")]
)
def test_counts_have_commas_and_large_ones_a_power_of_ten(count: int, text: str) -> None:
    assert grouped(count) == text


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (40, "40 bytes"), (3136, "3.14 kB"), (407_330, "407 kB"), (999_600, "1 MB"), (13_098_536, "13.1 MB"),
        (268_435_456, "268 MB"), (1_200_000_000, "1,200 MB"),
    ],
)  # fmt: skip
def test_sizes_in_memory_are_written_to_three_digits(count: int, text: str) -> None:
    assert str(bytes_text(count)) == text
