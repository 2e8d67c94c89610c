"""What a model wants done with its input's pixels, as a layer: against Keras's own numbers."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from cnn_explorer.files.opened_model import (
    DIGITS,
    PREPARATIONS,
    PREPARING,
    classes_for,
    prepares,
    preparing_layer,
    scaling_layer,
)
from cnn_explorer.network.arrays import Floats, frozen
from cnn_explorer.network.layers import Conv2D

PIXELS = np.random.default_rng(3).uniform(0, 1, (4, 5, 3)).astype(np.float32)
MODES = {"-1 to 1": "tf", "imagenet": "torch", "caffe": "caffe"}


def applied(name: str, pixels: Floats) -> Floats:
    return preparing_layer(*PREPARATIONS[name], pixels.shape[2], PREPARING).forward(pixels)


@pytest.mark.parametrize("name", MODES)
def test_the_layer_computes_what_keras_does_before_its_models(name: str) -> None:
    tools = pytest.importorskip("keras").applications.imagenet_utils
    expected = tools.preprocess_input(PIXELS * 255, data_format="channels_last", mode=MODES[name])
    np.testing.assert_allclose(applied(name, PIXELS), expected, atol=2e-4)


def test_pixels_up_to_255() -> None:
    np.testing.assert_allclose(applied("0 to 255", PIXELS), PIXELS * 255, rtol=1e-6)


@pytest.mark.parametrize("name", PREPARATIONS)
def test_one_channel_is_brought_to_the_mean_of_what_three_are(name: str) -> None:
    grey = PIXELS[..., :1]
    layer = preparing_layer(*PREPARATIONS[name], 1, PREPARING)
    assert (layer.kernel.shape, layer.bias.shape) == ((1, 1, 1, 1), (1,))
    assert applied(name, grey).shape == grey.shape


def test_a_scaling_that_changes_nothing_is_no_layer() -> None:
    assert scaling_layer(1.0, 0.0, 3, PREPARING) is None
    layer: Any = scaling_layer(2.0, -1.0, 1, PREPARING)
    np.testing.assert_allclose(layer.forward(PIXELS[..., :1]), PIXELS[..., :1] * 2 - 1, rtol=1e-6)


def test_which_layer_is_one_that_was_put_there() -> None:
    layer = preparing_layer(*PREPARATIONS["caffe"], 3, PREPARING)
    assert prepares(0, layer)
    assert not prepares(1, layer)
    assert not prepares(0, Conv2D(name="conv"))
    assert not prepares(0, Conv2D(name=PREPARING, kernel=frozen(np.ones((3, 3, 1, 1)))))


def test_classes_have_names_where_they_must_be_the_digits() -> None:
    assert classes_for((28, 28, 1), 10) == DIGITS
    assert classes_for((28, 28, 1), 11) == classes_for((32, 32, 3), 10) == classes_for((28, 28, 1), None) == ()
