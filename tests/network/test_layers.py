"""Each layer against the handbook, against the obvious loops, and against its own explanations."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

from cnn_explorer.network.arrays import frozen
from cnn_explorer.network.explanation import Explanation
from cnn_explorer.network.layers import Activation, AveragePooling2D, Conv2D, Layer, MaxPooling2D
from cnn_explorer.network.layers.activation import FUNCTIONS
from tests.network import slow_layers
from tests.network.strategies import activations, applied, convolutions, poolings


def number(explanation: Explanation) -> float:
    return float(explanation.values.astype(float).item())


def normalised(facts: Any, value: float) -> float:
    return float(
        facts["gamma"] * (value - facts["mean"]) / (facts["variance"] + facts["epsilon"]) ** 0.5 + facts["beta"]
    )


PARTS: dict[str, Any] = {
    "sum": lambda _, e: float((e.values.astype(float) * e.weights).sum()) + e.bias,
    "maximum": lambda _, e: float(e.values[e.counted].max()),
    "mean": lambda _, e: float(e.values[e.counted].astype(float).mean()),
    "function": lambda layer, e: float(layer.curve(number(e))),
    "softmax": lambda _, e: float(np.exp(e.facts["own"] - e.facts["shift"]) / e.facts["total"]),
    "normalise": lambda _, e: normalised(e.facts, number(e)),
    "dropout": lambda _, e: number(e) * e.facts["kept"] / (1 - e.facts["rate"]),
    "same": lambda _, e: number(e),
    "product": lambda _, e: float(e.values.astype(float).prod()),
}
"""What an explanation's parts give, for each way in which they are combined."""


def mean(values: list[float]) -> float:
    return sum(values) / len(values)


@pytest.fixture
def handbook_layer(handbook: dict[str, Any]) -> Conv2D:
    kernel = np.array(handbook["kernel"], np.float32)[:, :, None, None]
    return Conv2D(kernel=frozen(kernel), bias=frozen([handbook["bias"]]))


@pytest.fixture
def handbook_image(handbook: dict[str, Any]) -> np.ndarray:
    return np.array(handbook["image"], np.float32)[:, :, None]


@pytest.mark.parametrize(
    ("result", "changes"),
    [("valid_stride_1", {}), ("same_stride_1", {"padding": "same"}), ("valid_stride_2", {"strides": (2, 2)})],
)
def test_the_handbooks_results(
    handbook: dict[str, Any], handbook_layer: Conv2D, handbook_image: np.ndarray, result: str, changes: Any
) -> None:
    layer = replace(handbook_layer, **changes)
    assert layer.forward(handbook_image)[:, :, 0].tolist() == handbook[result]
    explained = [
        [layer.explain(handbook_image, (r, c, 0)).result for c in range(len(row))]
        for r, row in enumerate(handbook[result])
    ]
    assert explained == handbook[result]


def test_the_kernel_is_not_flipped() -> None:
    x = np.zeros((3, 3, 1), np.float32)
    x[0, 2] = 1
    kernel = frozen(np.arange(9).reshape(3, 3, 1, 1))
    assert Conv2D(kernel=kernel).forward(x)[0, 0, 0] == 2


@settings(max_examples=40)
@given(applied(convolutions))
def test_convolution_against_six_loops(case: tuple[Conv2D, np.ndarray]) -> None:
    layer, x = case
    expected, size = slow_layers.convolution(layer, x)
    found = layer.forward(x)
    assert found.dtype == np.float32
    assert found.shape == expected.shape
    assert np.all(np.abs(found - expected) <= 1e-5 * np.maximum(size, 1e-30))


@settings(max_examples=40)
@given(applied(lambda channels: poolings()))
def test_pooling_against_loops(case: tuple[MaxPooling2D | AveragePooling2D, np.ndarray]) -> None:
    layer, x = case
    of = max if isinstance(layer, MaxPooling2D) else mean
    np.testing.assert_allclose(layer.forward(x), slow_layers.pooling(layer, x, of), rtol=1e-5, atol=1e-6)


def test_average_pooling_does_not_count_padding() -> None:
    x = np.full((3, 3, 1), 6, np.float32)
    layer = AveragePooling2D(padding="same")
    assert layer.forward(x)[:, :, 0].tolist() == [[6, 6], [6, 6]]
    corner = layer.explain(x, (1, 1, 0))
    assert corner.counted[:, :, 0].tolist() == [[True, False], [False, False]]
    assert corner.result == 6


def test_padding_counts_as_smaller_than_anything_in_max_pooling() -> None:
    x = np.full((3, 3, 1), -5, np.float32)
    layer = MaxPooling2D(padding="same")
    assert layer.forward(x)[:, :, 0].tolist() == [[-5, -5], [-5, -5]]
    assert layer.explain(x, (1, 1, 0)).winner == (0, 0)


def test_max_pooling_names_the_winner() -> None:
    x = np.array([[1, 2], [7, 3]], np.float32)[:, :, None]
    explanation = MaxPooling2D().explain(x, (0, 0, 0))
    assert (explanation.result, explanation.winner) == (7, (1, 0))


def test_max_pooling_2x2_of_16x16x3(handbook: dict[str, Any]) -> None:
    assert list(MaxPooling2D().output_shape((16, 16, 3))) == handbook["facts"]["max pool 2x2 stride 2 on 16x16x3"]


@pytest.mark.parametrize(
    ("name", "x", "y"),
    [
        ("linear", -3.0, -3.0), ("relu", -3.0, 0.0), ("relu", 2.0, 2.0), ("leaky_relu", -3.0, -0.6),
        ("leaky_relu", 2.0, 2.0), ("sigmoid", 0.0, 0.5), ("sigmoid", 2.0, 0.880797078), ("tanh", 1.0, 0.761594156),
    ],
)  # fmt: skip
def test_known_values_of_the_activations(name: str, x: float, y: float) -> None:
    assert float(Activation(activation=name).curve(x)) == pytest.approx(y)


@settings(max_examples=40)
@given(applied(lambda channels: activations))
def test_activations_go_cell_by_cell(case: tuple[Activation, np.ndarray]) -> None:
    layer, x = case
    assert layer.output_shape(x.shape) == x.shape
    if layer.over_channels:
        return  # cells of one place share: see the softmax's own tests
    expected = np.vectorize(lambda value: float(layer.curve(float(value))), otypes=[float])(x)
    np.testing.assert_allclose(layer.forward(x), expected, rtol=1e-5, atol=1e-7)


@pytest.mark.parametrize("name", FUNCTIONS)
@pytest.mark.parametrize("value", [-1e9, -100.0, 0.0, 100.0, 1e9])
def test_activations_of_large_numbers_are_finite(name: str, value: float) -> None:
    assert np.all(np.isfinite(Activation(activation=name).forward(np.full((1, 1, 1), value, np.float32))))


@settings(max_examples=40)
@given(applied())
def test_output_shape_is_the_shape_of_the_output(case: tuple[Layer, np.ndarray]) -> None:
    layer, x = case
    assert layer.forward(x).shape == layer.output_shape(x.shape)


@settings(max_examples=40)
@given(applied())
def test_the_explanation_of_every_cell_gives_its_value(case: tuple[Layer, np.ndarray]) -> None:
    layer, x = case
    out = layer.forward(x)
    for cell in np.ndindex(*out.shape):
        explanation = layer.explain(x, cell)
        weights = np.abs(explanation.weights) if explanation.weights is not None else 1
        size = float(np.sum(np.abs(explanation.values) * weights)) + abs(explanation.bias) + 1e-6
        assert explanation.result == pytest.approx(float(out[cell]), rel=1e-5, abs=1e-5 * size)


@settings(max_examples=40)
@given(applied())
def test_an_explanation_is_the_sum_of_its_parts(case: tuple[Layer, np.ndarray]) -> None:
    layer, x = case
    for cell in np.ndindex(*layer.output_shape(x.shape)):
        explanation = layer.explain(x, cell)
        assert explanation.result == pytest.approx(PARTS[explanation.combination](layer, explanation), rel=1e-12)
        if explanation.winner:
            assert explanation.values[explanation.winner][0] == explanation.result
        if "winner" in explanation.facts:
            assert explanation.values[0, 0, int(explanation.facts["winner"])] == explanation.result
        if explanation.combination == "sum":
            assert sum(explanation.channel_sums()) + explanation.bias == pytest.approx(explanation.result, abs=1e-9)


@settings(max_examples=40)
@given(applied())
def test_the_explained_values_are_the_input_in_the_window(case: tuple[Layer, np.ndarray]) -> None:
    layer, x = case
    rows, columns = layer.axes(x.shape)
    for cell in [(0, 0, 0), tuple(side - 1 for side in layer.output_shape(x.shape))]:
        explanation = layer.explain(x, cell)
        window = explanation.window
        assert window == layer.window(x.shape, cell)
        assert explanation.values.shape == (len(window.rows), len(window.columns), len(window.channels))
        assert explanation.values.shape == explanation.counted.shape
        for place in np.ndindex(*explanation.values.shape):
            row, column = rows.source(window.rows[place[0]]), columns.source(window.columns[place[1]])
            outside = row is None or column is None
            assert explanation.values[place] == (0 if outside else x[row, column, window.channels[place[2]]])


@settings(max_examples=40)
@given(applied(longest=6))
def test_readers_are_the_inverse_of_window(case: tuple[Layer, np.ndarray]) -> None:
    layer, x = case
    rows, columns = layer.axes(x.shape)
    forwards = set()
    for r, c, channel in np.ndindex(*layer.output_shape(x.shape)):
        window = layer.window(x.shape, (r, c, channel))
        for i, row in enumerate(map(rows.source, window.rows)):
            for j, column in enumerate(map(columns.source, window.columns)):
                if row is not None and column is not None:
                    forwards.add((row, column, r, c, i, j))
    backwards = {
        (row, column, reader.row, reader.column, reader.tap_row, reader.tap_column)
        for row, column in np.ndindex(*x.shape[:2])
        for reader in layer.readers(x.shape, row, column)
    }
    assert backwards == forwards
