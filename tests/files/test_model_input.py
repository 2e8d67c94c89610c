"""The image on the screen becomes one that a model takes, and what is said about it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from cnn_explorer.files.model_input import drawn_source, fitted_to, model_input, taken_by
from cnn_explorer.files.opened_model import PREPARATIONS, PREPARING, preparing_layer
from cnn_explorer.network.document import Image
from cnn_explorer.network.layers import Activation, Conv2D
from cnn_explorer.network.layers.layer import Shape
from cnn_explorer.network.network import Network


def model(shape: Shape | None, preparation: str = "") -> Network:
    """A model for images of one shape, with a layer that prepares their pixels."""
    layers = (Activation(), Conv2D(name="own"))
    if preparation:
        layers = (preparing_layer(*PREPARATIONS[preparation], 3, PREPARING), *layers)
    return Network(layers, input_shape=shape)


def test_an_image_of_the_right_shape_stays_itself() -> None:
    image = Image(np.full((4, 6, 1), 7.0))
    assert model_input(image, (4, 6, 1)).image is image
    assert fitted_to(model((4, 6, 1)), image) == (image, None)


def test_a_network_that_takes_any_image_leaves_it_alone() -> None:
    image = Image(np.ones((4, 6, 1)))
    assert fitted_to(model(None), image) == (image, None)


def test_a_light_image_gets_white_bars_where_the_model_is_wider() -> None:
    image, how = fitted_to(model((2, 4, 1)), Image(np.full((2, 2, 1), 0.5), "file", "photo", light=True))
    assert image.pixels[:, :, 0].tolist() == [[1, 0.5, 0.5, 1], [1, 0.5, 0.5, 1]]
    assert (image.source, image.name, image.light) == ("file", "photo", True)
    assert str(how) == "Resized to 2×4 for the model, values from 0 to 1."


def test_a_drawing_gets_bars_of_paper_in_three_equal_channels() -> None:
    made = model_input(Image(np.array([[0.0, 2.0], [1.0, 0.0]])[:, :, np.newaxis]), (2, 4, 3))
    for channel in range(3):
        assert made.image.pixels[:, :, channel].tolist() == [[0, 0, 1, 0], [0, 0.5, 0, 0]]
    assert str(made.how) == "Resized to 2×4 in three equal channels for the model, values from 0 to 1."


def test_colours_become_their_brightness() -> None:
    pixels = np.zeros((4, 4, 3), np.float32)
    pixels[..., 1] = 1
    made = model_input(Image(pixels, "file", light=True), (2, 2, 1))
    np.testing.assert_allclose(made.image.pixels, np.full((2, 2, 1), 0.587), atol=1e-6)
    assert str(made.how) == "Resized to 2×2 and made grey for the model, values from 0 to 1."


def test_values_below_0_and_above_1_are_brought_between_them() -> None:
    pixels = np.array([[-1.0, 3.0]])[:, :, np.newaxis]
    assert model_input(Image(pixels), (2, 4, 1)).image.pixels[0, :, 0].tolist() == [0, 0.25, 0.75, 1]


@pytest.mark.parametrize(
    ("source", "light", "shape", "expected"),
    [
        ("mnist", False, (32, 32, 3), "mnist"), ("file", False, (32, 32, 3), "file"),
        ("7x7", False, (28, 28, 1), "28x28"), ("28x28", False, (8, 8, 1), "7x7"), ("28x28", False, (9, 40, 3), "28x28"),
    ],
)  # fmt: skip
def test_the_source_stays_or_becomes_one_in_which_such_an_image_is_drawn(
    source: str, light: bool, shape: Shape, expected: str
) -> None:
    made = model_input(Image(np.ones((20, 20, 1)), source, "MNIST 3", light), shape)
    assert (made.image.source, made.image.name) == (expected, "MNIST 3")
    assert source in ("mnist", "file") or drawn_source(shape) == expected


@pytest.mark.parametrize(
    ("preparation", "words"),
    [
        ("", ""),
        ("-1 to 1", " Its first layer makes values from −1 to 1 of them."),
        ("0 to 255", " Its first layer makes values from 0 to 255 of them."),
        ("imagenet", " Its first layer makes values from −2.12 to 2.64 of them."),
        ("caffe", " Its first layer makes values from −124 to 151 of them. Blue comes first, then green and red."),
    ],
)
def test_what_a_model_takes_in_words(preparation: str, words: str) -> None:
    assert str(taken_by(model((224, 160, 3), preparation))) == (
        "The model takes 224×160 cells in 3 channels: any image is resized to that, a grey one in three equal "
        "channels, with values from 0 to 1." + words
    )


def test_nothing_is_said_of_a_preparing_layer_that_is_switched_off_and_of_a_network_for_any_image() -> None:
    network = model((8, 8, 3), "caffe")
    off = network.with_layer(0, Conv2D(name=PREPARING, enabled=False))
    assert str(taken_by(off)).endswith("with values from 0 to 1.")
    assert "in one channel" in str(taken_by(model((8, 8, 1))))
    assert taken_by(model(None, "caffe")) is None


def test_a_model_with_open_sides_takes_an_image_of_any_size_in_its_channels() -> None:
    network = Network(input_shape=(None, None, 3))
    grey = Image(np.linspace(0, 2, 12).reshape(4, 3, 1))
    made, how = fitted_to(network, grey)
    assert made.shape == (4, 3, 3)
    np.testing.assert_allclose(made.pixels, np.repeat(grey.pixels / 2, 3, 2))
    assert str(how) == "Put into three equal channels for the model, values from 0 to 1."
    assert fitted_to(network, made) == (made, None)
    assert fitted_to(Network(input_shape=(None, 8, 3)), grey)[0].shape == (4, 8, 3)


def test_what_a_model_of_any_size_takes_in_words() -> None:
    network = replace(model((8, 8, 3), "-1 to 1"), input_shape=(None, None, 3))
    assert str(taken_by(network)) == (
        "The model takes images of any size in 3 channels: a grey one becomes three equal channels, with values from "
        "0 to 1. Its first layer makes values from −1 to 1 of them."
    )
    assert "of any size in one channel" in str(taken_by(Network(input_shape=(None, None, 1))))
    assert "takes ?×8 cells" in str(taken_by(Network(input_shape=(None, 8, 1))))
