"""Ready comparisons: one setting differs, whatever the layer, and the other layer is computed from the same input."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import numpy as np
import pytest

from cnn_explorer.network.arrays import equal, frozen
from cnn_explorer.network.comparisons import comparisons, cost_of, evaluate_other
from cnn_explorer.network.layers import LAYERS, Activation, AveragePooling2D, Conv2D, Layer, MaxPooling2D
from cnn_explorer.network.network import Network
from cnn_explorer.network.presets import default_document
from cnn_explorer.network.results import evaluate

SHAPE = (7, 7, 2)


def texts(layer: Layer, shape: tuple[int, int, int] = (7, 7, 1)) -> list[tuple[str, str]]:
    return [(str(each.now), str(each.other)) for each in comparisons(layer, shape)]


def chosen(layer: Layer, rule: str, shape: tuple[int, int, int] = (7, 7, 1)) -> Any:
    return next(each.layer for each in comparisons(layer, shape) if each.rule == rule)


def test_the_handbooks_convolution_is_compared_in_all_its_settings() -> None:
    assert texts(default_document().network.layers[0]) == [
        ("stride 1", "stride 2"),
        ("padding valid", "padding same"),
        ("dilation 1", "dilation 2"),
        ("correlation: kernel as it is", "convolution of mathematics: kernel flipped"),
        ("with bias", "bias 0"),
    ]


def test_a_pooling_is_compared_with_the_other_one_of_the_same_window() -> None:
    layer = MaxPooling2D(pool_size=(3, 2), strides=(1, 2), padding="same", name="pool")
    other = chosen(layer, "kind")
    assert other == AveragePooling2D(pool_size=(3, 2), strides=(1, 2), padding="same", name="pool")
    assert chosen(other, "kind") == layer


def test_an_activation_is_compared_with_every_other() -> None:
    assert [other for _, other in texts(Activation())] == [
        f"activation {name}" for name in ("leaky ReLU", "sigmoid", "tanh", "softmax", "none")
    ]


def test_unusual_settings_are_compared_with_the_usual_ones() -> None:
    layer = Conv2D(strides=(3, 2), padding=(1, 0, 2, 0))
    said = texts(layer)
    assert ("stride 3×2", "stride 1") in said and ("stride 3×2", "stride 2") in said
    assert ("padding 1, 0, 2, 0", "padding same") in said
    assert ("padding filled with zero", "padding filled with reflect") in said


def test_what_makes_no_difference_is_not_offered() -> None:
    symmetric = Conv2D(kernel=frozen(np.ones((3, 3, 1, 1))), bias=frozen([0.0]))
    assert not {"flipped", "bias", "fill"} & {each.rule for each in comparisons(symmetric, (7, 7, 1))}


def test_a_layer_that_is_switched_off_has_nothing_to_compare() -> None:
    assert comparisons(replace(MaxPooling2D(), enabled=False), SHAPE) == ()


@pytest.mark.parametrize("kind", LAYERS)
def test_exactly_one_setting_differs_in_every_kind_of_layer(kind: str) -> None:
    layer = LAYERS[kind].new(SHAPE, np.random.default_rng(3))
    for each in comparisons(layer, SHAPE):
        other = each.layer
        names = [item.name for item in fields(layer)]
        differing = [name for name in names if not equal(getattr(layer, name), getattr(other, name))]
        assert len(differing) + (type(layer) is not type(other)) == 1, each.rule
        assert str(each.now) != str(each.other)


@pytest.mark.parametrize("kind", LAYERS)
def test_every_comparison_can_be_made_the_other_way_round(kind: str) -> None:
    layer = LAYERS[kind].new(SHAPE, np.random.default_rng(3))
    for each in comparisons(layer, SHAPE):
        back = [again.layer for again in comparisons(each.layer, SHAPE) if again.rule == each.rule]
        assert layer in back or each.rule in ("bias", "padding", "strides")  # from values that are not offered


def test_the_flipped_kernel_computes_the_convolution_of_mathematics() -> None:
    document = default_document()
    layer: Any = document.network.layers[0]
    found = evaluate_other(evaluate(document), 0, chosen(layer, "flipped")).maps[1][..., 0]
    image, kernel = document.image.pixels[..., 0], layer.kernel[..., 0, 0]
    expected = [
        [sum(image[r + 2 - i, c + 2 - j] * kernel[i, j] for i in range(3) for j in range(3)) + 1 for c in range(5)]
        for r in range(5)
    ]
    np.testing.assert_allclose(found, expected)


@pytest.mark.parametrize("index", range(3))
def test_the_other_layer_is_computed_as_the_whole_network_with_it_would_be(index: int) -> None:
    document = default_document()
    evaluation = evaluate(document)
    for each in comparisons(document.network.layers[index], evaluation.maps[index].shape):  # type: ignore[arg-type]
        found = evaluate_other(evaluation, index, each.layer)
        whole = evaluate(document.with_layer(index, each.layer))
        assert len(found.maps) == index + 2 and not found.problems
        assert all(mine is yours for mine, yours in zip(found.maps, evaluation.maps[: index + 1], strict=False))
        np.testing.assert_allclose(found.maps[-1], whole.maps[index + 1], atol=1e-6)
        np.testing.assert_array_equal(found.limits[-1], whole.limits[index + 1])
        assert found.layer(index) is each.layer


def test_what_can_not_be_applied_says_why() -> None:
    document = default_document()
    layer: Any = document.network.layers[0]
    found = evaluate_other(evaluate(document), 0, replace(layer, dilation_rate=(4, 4)))
    assert len(found.maps) == 1 and found.problems[0].layer == 0
    assert cost_of(replace(layer, dilation_rate=(4, 4)), (7, 7, 1)) == 0


def test_numbers_that_outgrow_float32_end_it_too() -> None:
    document = default_document()
    layer: Any = document.network.layers[0]
    huge = replace(layer, kernel=frozen(np.full((3, 3, 1, 1), 3e38)))
    assert evaluate_other(evaluate(document), 0, huge).problems


def test_the_cost_counts_multiplications_and_values_read() -> None:
    layer = default_document().network.layers[0]
    assert cost_of(layer, (7, 7, 1)) == 25 * 9
    assert cost_of(MaxPooling2D(), (8, 8, 3)) == 4 * 4 * 3 * 4


def test_a_network_behind_the_layer_does_not_matter() -> None:
    document = default_document()
    evaluation = evaluate(
        replace(
            document, network=Network((document.network.layers[0], Conv2D(kernel=frozen(np.ones((7, 7, 1, 1))))))
        )  # fmt: skip
    )
    assert evaluation.problems
    assert not evaluate_other(evaluation, 0, chosen(document.network.layers[0], "padding")).problems
