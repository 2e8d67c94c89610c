"""What layers cost beside fully connected ones: the handbook's numbers, and every sentence on them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings

from cnn_explorer.network.arrays import frozen
from cnn_explorer.network.costs import Costs, costs
from cnn_explorer.network.layers import Activation, Conv2D, MaxPooling2D
from cnn_explorer.network.layers.layer import Shape
from cnn_explorer.network.reasons import grouped, ratio_text, reasons, terms_text
from tests.network.strategies import convolutions, inputs


def conv(rows: int = 3, columns: int = 3, channels: int = 1, filters: int = 1, padding: str = "valid") -> Conv2D:
    return Conv2D(
        kernel=frozen(np.zeros((rows, columns, channels, filters))), bias=frozen(np.zeros(filters)), padding=padding
    )


def found(layer: Conv2D, shape: Shape) -> Costs:
    result = costs(layer, shape)
    assert result is not None
    return result


def said(layer: Conv2D | Activation | MaxPooling2D, shape: Shape) -> list[str]:
    return [str(each) for each in reasons(layer, shape)]


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


@pytest.mark.parametrize("layer", [Activation(), MaxPooling2D()])
def test_a_layer_without_weights_says_so(layer: Activation | MaxPooling2D) -> None:
    assert costs(layer, (7, 7, 1)) is None
    assert said(layer, (7, 7, 1)) == [
        "This layer has no parameters: there is nothing in it to be learnt.",
        "It has no weights to multiply with: multiply-adds 0.",
    ]


def test_a_layer_that_cannot_be_applied_has_no_costs() -> None:
    assert costs(conv(7, 7), (5, 5, 1)) is None


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


@pytest.mark.parametrize(
    ("ratio", "text"), [(125.0, "125"), (124998.2, "124,998"), (2.5, "2.5"), (1.0, "1"), (0.4, "0.4"), (9.96, "10")]
)
def test_ratios_are_written_short(ratio: float, text: str) -> None:
    assert ratio_text(ratio) == text


def test_counts_have_commas() -> None:
    assert grouped(1250) == "1,250"
