"""What a layer holds, what it counts, and why it can't be applied."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cnn_explorer.network.arrays import frozen
from cnn_explorer.network.layers import (
    LAYERS,
    Activation,
    AveragePooling2D,
    BatchNormalization,
    Conv2D,
    Conv2DTranspose,
    Dense,
    DepthwiseConv2D,
    Dropout,
    Layer,
    MaxPooling2D,
    SeparableConv2D,
    UpSampling2D,
    ZeroPadding2D,
)
from cnn_explorer.network.sentence import Refused
from tests.network.strategies import inputs, layers


@pytest.mark.parametrize(
    ("kernel", "count"),
    [((3, 3, 1, 1), 10), ((3, 3, 3, 1), 28), ((5, 5, 1, 32), 832), ((5, 5, 32, 64), 51264)],
)
def test_parameters_of_a_convolution(kernel: tuple[int, ...], count: int) -> None:
    layer = Conv2D(kernel=frozen(np.zeros(kernel)), bias=frozen(np.zeros(kernel[3])))
    assert layer.parameter_count((28, 28, kernel[2])) == count


def test_parameters_agree_with_the_handbook(handbook: dict[str, Any]) -> None:
    one, rgb = Conv2D(), Conv2D(kernel=frozen(np.zeros((3, 3, 3, 1))))
    facts = handbook["facts"]
    assert one.kernel.size == facts["convolution weights of one neuron"]
    assert one.parameter_count((7, 7, 1)) == facts["conv with bias"]
    assert rgb.kernel.size == facts["rgb 3x3 weights of one neuron"]


# Of an input 6×5×3; in order trained numbers, frozen numbers, multiplications with their additions.
COSTS = {
    "Conv2D": (3 * 3 * 3 * 4 + 4, 0, 30 * 27 * 4),
    "DepthwiseConv2D": (3 * 3 * 3 + 3, 0, 30 * 27),
    "SeparableConv2D": (3 * 3 * 3 + 3 * 4 + 4, 0, 30 * (27 + 12)),
    "Conv2DTranspose": (3 * 3 * 3 * 4 + 4, 0, (6 * 3 - 1) * (5 * 3 - 1) * 3 * 4),
    "BatchNormalization": (2 * 3, 2 * 3, 90),
    "Dense": (3 * 10 + 10, 0, 30),
}


@pytest.mark.parametrize("kind", LAYERS)
def test_what_layers_cost(kind: str) -> None:
    shape = (1, 1, 3) if kind == "Dense" else (6, 5, 3)
    layer = LAYERS[kind].new(shape, np.random.default_rng(0))
    costs = layer.parameter_count(shape), layer.frozen_count(shape), layer.multiply_adds(shape)
    assert costs == COSTS.get(kind, (0, 0, 0))


def test_blocks_begin_where_weights_are() -> None:
    begins = {kind for kind, layer in LAYERS.items() if layer.begins_block}
    assert begins == {"Conv2D", "DepthwiseConv2D", "SeparableConv2D", "Conv2DTranspose", "Dense"}


def test_what_keras_gives_as_one_row() -> None:
    flat = {kind for kind, layer in LAYERS.items() if layer.flat_output}
    assert flat == {"GlobalAveragePooling2D", "GlobalMaxPooling2D", "Flatten", "Dense"}


@pytest.mark.parametrize(
    ("layer", "shape", "field", "words"),
    [
        (Conv2D(), (2, 7, 1), "kernel_size", "A window of 3 rows does not fit into an input of 2"),
        (Conv2D(), (7, 2, 1), "kernel_size", "A window of 3 columns does not fit into an input of 2"),
        (Conv2D(dilation_rate=(4, 1)), (7, 7, 1), "dilation_rate", "spans 9 rows, but the input has only 7"),
        (Conv2D(), (7, 7, 3), "kernel", "The kernel has 1 input channels, but its input has 3"),
        (Conv2D(padding="full", fill="reflect"), (2, 7, 1), "fill", "can add at most 1 rows to an input of 2"),
        (Conv2D(padding=(0, 0, 0, 8), fill="symmetric"), (7, 7, 1), "fill", "at most 7 columns to an input of 7"),
        (MaxPooling2D(), (1, 7, 1), "pool_size", "A window of 2 rows does not fit into an input of 1"),
        (AveragePooling2D(), (7, 1, 1), "pool_size", "A window of 2 columns does not fit into an input of 1"),
        (Dense(), (3, 4, 1), "", "its input is 3×4 cells; put Flatten or a global pooling before it"),
        (Dense(), (1, 1, 12), "kernel", "The weights are for 1 inputs, but there are 12"),
        (DepthwiseConv2D(), (7, 7, 3), "kernel", "The kernel has 1 input channels, but its input has 3"),
        (SeparableConv2D(), (7, 7, 3), "depthwise_kernel", "The kernel has 1 input channels, but its input has 3"),
        (Conv2DTranspose(), (7, 7, 3), "kernel", "The kernel has 1 input channels, but its input has 3"),
        (DepthwiseConv2D(), (2, 7, 1), "kernel_size", "A window of 3 rows does not fit into an input of 2"),
        (DepthwiseConv2D(strides=(1, 2)), (7, 7, 1), "strides", "the same stride for rows and columns"),
        (SeparableConv2D(strides=(2, 2), dilation_rate=(1, 2)), (7, 7, 1), "dilation_rate", "not with both"),
        (BatchNormalization(), (7, 7, 3), "gamma", "The numbers are for 1 channels, but the input has 3"),
        (BatchNormalization(moving_variance=frozen([-1])), (7, 7, 1), "moving_variance", "can't be negative"),
    ],
)
def test_what_cannot_be_applied_says_why(layer: Layer, shape: Any, field: str, words: str) -> None:
    found = layer.problem(shape)
    assert found is not None
    assert found[0] == field
    assert words in str(found[1])


REFUSES_MORE = ("Dense",)
"""What a window fits into is not all that these ask for."""


@settings(max_examples=40)
@given(inputs(), st.data())
def test_a_problem_is_exactly_what_leaves_no_output(x: np.ndarray, data: Any) -> None:
    layer = data.draw(layers(x.shape[2]).filter(lambda layer: layer.kind not in REFUSES_MORE))
    rows, columns = layer.axes(x.shape)
    mirrors = getattr(layer, "fill", "zero") != "zero" and layer.problem(x.shape)
    assert (layer.problem(x.shape) is None) == (rows.output > 0 and columns.output > 0 and not mirrors)


def test_controls_offer_the_fields_in_order() -> None:
    assert list(Conv2D.controls()) == ["strides", "dilation_rate", "padding", "fill"]
    assert list(MaxPooling2D.controls()) == ["pool_size", "strides", "padding"]
    assert list(Activation.controls()) == ["activation", "negative_slope"]
    assert list(DepthwiseConv2D.controls()) == ["strides", "dilation_rate", "padding"]
    assert list(Conv2DTranspose.controls()) == ["strides", "padding"]
    assert list(BatchNormalization.controls()) == ["epsilon", "momentum"]
    assert list(Dropout.controls()) == ["rate", "seed"]


def test_the_axes_of_weights_are_named_and_limited() -> None:
    axes = {item.name: item.metadata["axes"] for item in fields(Conv2D) if "axes" in item.metadata}
    assert axes == {
        "kernel": {"rows": 7, "columns": 7, "channels": 4096, "filters": 4096},
        "bias": {"filters": 4096},
    }


@pytest.mark.parametrize("kind", LAYERS)
def test_defaults_pass_their_own_checks(kind: str) -> None:
    layer = LAYERS[kind]()
    assert layer.kind == kind
    for name, control in layer.controls().items():
        assert control.check(getattr(layer, name), name) == getattr(layer, name)


@pytest.mark.parametrize(
    ("layer", "field", "given_value", "held"),
    [
        (Conv2D, "strides", [1, 4], (1, 4)),
        (Conv2D, "padding", [0, 16, 0, 1], (0, 16, 0, 1)),
        (Conv2D, "padding", "full", "full"),
        (Conv2D, "fill", "symmetric", "symmetric"),
        (Activation, "negative_slope", 1, 1.0),
        (Activation, "negative_slope", 0, 0.0),
        (ZeroPadding2D, "padding", [0, 16, 0, 1], (0, 16, 0, 1)),
        (Dropout, "seed", 2**31 - 1, 2**31 - 1),
    ],
)
def test_checks_take_what_a_field_holds(layer: type[Layer], field: str, given_value: Any, held: Any) -> None:
    checked = layer.controls()[field].check(given_value, field)
    assert checked == held
    assert type(checked) is type(held)


@pytest.mark.parametrize(
    ("layer", "field", "value"),
    [
        (Conv2D, "strides", [1, 5]), (Conv2D, "strides", [0, 1]), (Conv2D, "strides", [1]), (Conv2D, "strides", 1),
        (Conv2D, "strides", [True, 1]), (Conv2D, "strides", [1.0, 1]), (Conv2D, "strides", [10**400, 1]),
        (Conv2D, "dilation_rate", [5, 1]), (Conv2D, "padding", "Same"), (Conv2D, "padding", [0, 0, 0, 17]),
        (Conv2D, "padding", [0, 0, 0]), (Conv2D, "padding", [0, 0, 0, -1]), (Conv2D, "padding", None),
        (Conv2D, "fill", "wrap"), (Conv2D, "fill", ["zero"]),
        (MaxPooling2D, "pool_size", [5, 2]), (MaxPooling2D, "padding", "full"), (MaxPooling2D, "padding", [0, 0, 0, 0]),
        (Activation, "activation", "mish"), (Activation, "negative_slope", float("nan")),
        (Activation, "negative_slope", 1.01), (Activation, "negative_slope", -0.01),
        (Activation, "negative_slope", "0"),
        (Activation, "negative_slope", True), (Activation, "negative_slope", 10**400),
        (ZeroPadding2D, "padding", "same"), (ZeroPadding2D, "padding", [1, 1]),
        (ZeroPadding2D, "padding", [0, 0, 0, 17]), (ZeroPadding2D, "padding", [0, 0, 0, 1.0]),
        (Dropout, "seed", -1), (Dropout, "seed", 0.0), (Dropout, "seed", True), (Dropout, "seed", 2**31),
        (Dropout, "rate", 1), (DepthwiseConv2D, "padding", "full"),
        (BatchNormalization, "epsilon", 0), (UpSampling2D, "size", [0, 1]),
    ],
)  # fmt: skip
def test_checks_refuse_the_rest_and_name_the_field(layer: type[Layer], field: str, value: Any) -> None:
    with pytest.raises(Refused) as refused:
        layer.controls()[field].check(value, f"network[3].{field}")
    assert refused.value.field == f"network[3].{field}"
    assert f"network[3].{field} must be" in str(refused.value)


def test_a_pooling_is_not_offered_four_numbers_of_padding() -> None:
    with pytest.raises(Refused, match="must be one of: valid, same") as refused:
        MaxPooling2D.controls()["padding"].check([1, 1, 1, 1], "padding")
    assert "four numbers" not in str(refused.value)


@settings(max_examples=40)
@given(st.data())
def test_layers_are_equal_when_every_field_is(data: Any) -> None:
    layer = data.draw(layers(2))
    twin = replace(layer, **{item.name: getattr(layer, item.name) for item in fields(layer)})
    assert layer == twin
    assert layer != replace(layer, enabled=not layer.enabled)
    assert layer != "a layer"


def test_layers_with_other_weights_or_of_another_kind_differ() -> None:
    assert Conv2D() != Conv2D(kernel=frozen(np.ones((3, 3, 1, 1))))
    assert Conv2D() != Conv2D(kernel=frozen(np.zeros((3, 3, 1, 2))))
    assert MaxPooling2D() != AveragePooling2D()


@pytest.mark.parametrize(
    ("layer", "label"),
    [
        (Conv2D(kernel=frozen(np.zeros((3, 5, 1, 1)))), "Conv2D 3×5"),
        (MaxPooling2D(), "MaxPool 2×2"), (AveragePooling2D(pool_size=(3, 2)), "AvgPool 3×2"),
        (Activation(), "ReLU"), (Activation(activation="linear"), "Activation"),
        (DepthwiseConv2D(), "Depthwise 3×3"), (SeparableConv2D(), "Separable 3×3"),
        (Conv2DTranspose(), "Transposed 3×3"), (ZeroPadding2D(), "ZeroPad 1"),
        (ZeroPadding2D(padding=(0, 1, 0, 1)), "ZeroPad"), (UpSampling2D(), "UpSample 2×2"),
        (Dropout(rate=0.25), "Dropout 0.25"), (Dense(), "Dense 1"), (BatchNormalization(), "BatchNorm"),
    ],
)  # fmt: skip
def test_labels(layer: Layer, label: str) -> None:
    assert layer.label() == label
