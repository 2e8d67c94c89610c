"""Weights for an image with another number of channels: repeated on the planes, and their mean on the way back."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cnn_explorer.network.arrays import frozen
from cnn_explorer.network.channels import told_of_channels, with_image_channels
from cnn_explorer.network.document import Document, Image
from cnn_explorer.network.layers import LAYERS, Activation, Conv2D, Flatten, Layer, MaxPooling2D
from cnn_explorer.network.network import Network
from cnn_explorer.network.presets import default_document
from cnn_explorer.network.results import evaluate

GREY, COLOUR = (7, 7, 1), (7, 7, 3)
RANDOM = np.random.default_rng(11)


def conv(channels: int = 1, filters: int = 1, side: int = 3) -> Conv2D:
    kernel = RANDOM.normal(size=(side, side, channels, filters))
    return Conv2D(kernel=frozen(kernel), bias=frozen(RANDOM.normal(size=filters)))


def layer_of(network: Network, index: int) -> Any:
    return network.layers[index]


def test_a_filter_on_a_colour_image_has_27_weights_and_a_bias() -> None:
    network = with_image_channels(default_document().network, 1, (40, 40, 3))
    layer = layer_of(network, 0)
    assert layer.filter_weights((40, 40, 3), 0).size == 27
    assert layer.parameter_count((40, 40, 3)) == 28


def test_the_kernel_is_repeated_on_every_plane_and_the_bias_stays() -> None:
    before = conv(filters=2)
    after = layer_of(with_image_channels(Network((before,)), 1, COLOUR), 0)
    assert after.kernel.shape == (3, 3, 3, 2)
    for plane in range(3):
        np.testing.assert_array_equal(after.kernel[:, :, plane], before.kernel[:, :, 0])
    np.testing.assert_array_equal(after.bias, before.bias)


def test_three_kernels_become_their_mean() -> None:
    before = conv(channels=3, filters=2)
    after = layer_of(with_image_channels(Network((before,)), 3, GREY), 0)
    np.testing.assert_allclose(after.kernel[:, :, 0], before.kernel.mean(2), atol=1e-6)
    np.testing.assert_array_equal(after.bias, before.bias)


def test_only_the_weights_that_read_the_image_change() -> None:
    network = Network((Activation(), conv(filters=3), MaxPooling2D(), conv(channels=3, side=1)))
    after = with_image_channels(network, 1, COLOUR)
    assert [new is old for new, old in zip(after.layers, network.layers, strict=True)] == [True, False, True, True]
    assert not after.problems(COLOUR)


def test_a_layer_that_is_switched_off_is_ready_to_be_switched_on() -> None:
    off = replace(conv(), enabled=False)
    after = with_image_channels(Network((off, conv(filters=2))), 1, COLOUR)
    assert [layer_of(after, index).kernel.shape[2] for index in range(2)] == [3, 3]
    assert layer_of(after, 0).problem(COLOUR) is None


def test_what_fits_the_new_image_already_is_left_alone() -> None:
    network = Network((conv(channels=3),))  # a document in which the image was the wrong one
    assert network.problems(GREY)
    assert with_image_channels(network, 1, COLOUR) is network
    assert with_image_channels(network, 3, (9, 9, 3)) is network


def test_other_misfits_stay_the_networks_problem() -> None:
    small = with_image_channels(Network((conv(side=5),)), 1, (3, 3, 3))
    assert small.problems((3, 3, 3))
    deep = with_image_channels(Network((conv(filters=2), conv(channels=1))), 1, COLOUR)
    assert [problem.layer for problem in deep.problems(COLOUR)] == [1]


def test_an_image_that_the_kernel_could_not_have_fitted_before_is_read_when_it_is_large_enough() -> None:
    network = Network((replace(conv(), dilation_rate=(4, 4)),))
    assert network.problems(GREY)
    assert not with_image_channels(network, 1, (40, 40, 3)).problems((40, 40, 3))


def test_a_grey_image_in_three_planes_gives_three_times_the_map_of_one() -> None:
    layer = replace(conv(), bias=frozen([0.0]))
    pixels = RANDOM.random((7, 7, 1), np.float32)
    network = Network((layer,))
    grey = evaluate(Document(Image(pixels), network)).maps[1]
    planes = Image(np.repeat(pixels, 3, axis=2))
    colour = evaluate(Document(planes, with_image_channels(network, 1, COLOUR))).maps[1]
    np.testing.assert_allclose(colour, 3 * grey, atol=1e-5)


def readers() -> list[str]:
    """The kinds of layers whose weights depend on the channels of their input."""
    rng = np.random.default_rng(0)
    made = {kind: LAYERS[kind].new(GREY, rng) for kind in LAYERS}
    return [kind for kind, layer in made.items() if layer.with_input_channels([0, 0, 0], COLOUR, rng) is not layer]


def test_convolutions_are_among_the_layers_that_follow() -> None:
    assert "Conv2D" in readers()


@pytest.mark.parametrize("kind", readers())
def test_every_kind_of_layer_goes_to_colour_and_back_without_a_loss(kind: str) -> None:
    rng = np.random.default_rng(4)
    before: tuple[Layer, ...] = (MaxPooling2D(pool_size=(1, 1), strides=(1, 1)),)
    layer = LAYERS[kind].new(GREY, rng)
    if layer.problem(GREY):
        before, layer = (*before, Flatten()), LAYERS[kind].new((1, 1, 49), rng)
    network = Network((*before, layer, Activation()))
    colour = with_image_channels(network, 1, COLOUR)
    assert colour != network and not colour.problems(COLOUR)
    assert with_image_channels(colour, 3, GREY) == network


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**31), st.integers(1, 7), st.integers(1, 5), st.sampled_from((1.0, 1e-20, 1e9)))
def test_going_to_colour_and_back_gives_the_same_kernel_bit_for_bit(
    seed: int, side: int, filters: int, size: float
) -> None:
    kernel = np.random.default_rng(seed).normal(size=(side, side, 1, filters)) * size
    network = Network((Conv2D(kernel=frozen(kernel), bias=frozen(np.zeros(filters))),))
    shape = (9, 9, 1)
    there = with_image_channels(network, 1, (9, 9, 3))
    assert with_image_channels(there, 3, shape) == network


def test_the_user_is_told_how_many_weights_there_are_now() -> None:
    network = default_document().network
    colour = with_image_channels(network, 1, COLOUR)
    told = told_of_channels(network, colour, COLOUR)
    assert str(told) == "Conv2D 3×3: the kernel now has 3 channels (27 weights), the same on each plane."
    back = told_of_channels(colour, with_image_channels(colour, 3, GREY), GREY)
    assert str(back) == "Conv2D 3×3: the kernel has 1 channel again (9 weights), the mean of the others."
    assert told_of_channels(network, network, GREY) is None
