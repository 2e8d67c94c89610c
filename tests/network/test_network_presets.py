"""The networks to start from: shapes and sizes as published, what the hand-made ones do, and whose image they get."""

from __future__ import annotations

from dataclasses import replace
from time import perf_counter

import numpy as np
import pytest

from cnn_explorer.network import network_presets as module
from cnn_explorer.network.document import Document, Image
from cnn_explorer.network.files import read_document, write_document
from cnn_explorer.network.network_presets import drawn_digit, network_presets
from cnn_explorer.network.presets import default_document
from cnn_explorer.network.results import evaluate

PRESETS = {str(preset.name): preset for preset in network_presets()}
TRAINABLE = ("Handbook CNN", "LeNet-5", "Small 3×3 network")
DIGIT = Document(Image(np.random.default_rng(0).random((28, 28, 1)), "28x28"))


def photo(rows: int, columns: int, channels: int = 3) -> Document:
    pixels = np.random.default_rng(1).random((rows, columns, channels))
    return Document(Image(pixels, "file", "photo.png", light=True))


def test_the_presets_that_were_asked_for_are_there_and_say_what_they_are() -> None:
    assert list(PRESETS) == ["Handbook CNN", "LeNet-5", "Small 3×3 network", "Edge detector", "Blur pyramid"]
    for preset in network_presets():
        assert str(preset.does).endswith(".")
        assert len(str(preset.does)) <= 140


@pytest.mark.parametrize(
    ("name", "parameters", "shapes"),
    [
        (
            "Handbook CNN", 3_274_634,
            ["28×28×32", "28×28×32", "14×14×32", "14×14×64", "14×14×64", "7×7×64", "1×1×3136", "1×1×1024", "1×1×1024",
             "1×1×10", "1×1×10"],
        ),
        (
            "LeNet-5", 61_706,
            ["28×28×6", "28×28×6", "14×14×6", "10×10×16", "10×10×16", "5×5×16", "1×1×400", "1×1×120", "1×1×120",
             "1×1×84", "1×1×84", "1×1×10", "1×1×10"],
        ),
        (
            "Small 3×3 network", 5_258,
            ["26×26×8", "26×26×8", "13×13×8", "11×11×16", "11×11×16", "5×5×16", "1×1×400", "1×1×10", "1×1×10"],
        ),
    ],
)  # fmt: skip
def test_a_network_has_the_shapes_and_the_size_that_it_is_known_for(
    name: str, parameters: int, shapes: list[str]
) -> None:
    document = PRESETS[name].build(DIGIT)
    found = document.network.shapes((28, 28, 1))
    assert ["×".join(map(str, shape)) for shape in found[1:]] == shapes
    assert document.network.parameter_count((28, 28, 1)) == parameters
    assert document.network.classes == tuple("0123456789")


@pytest.mark.parametrize("name", TRAINABLE)
def test_untrained_networks_give_ten_shares_and_nothing_dies_on_the_way(name: str) -> None:
    evaluation = evaluate(PRESETS[name].build(default_document()))
    assert evaluation.problems == ()
    output = evaluation.maps[-1].ravel()
    assert output.sum() == pytest.approx(1, abs=1e-5)
    assert 0.01 < output.max() < 0.9
    for values in evaluation.maps[1:-1]:
        assert 0.02 < np.abs(values).max() < 50


@pytest.mark.parametrize("name", list(PRESETS))
def test_the_weights_are_the_same_each_time_and_a_file_can_hold_them(name: str) -> None:
    document = PRESETS[name].build(DIGIT)
    assert PRESETS[name].build(DIGIT).network is document.network
    module._network.cache_clear()
    assert PRESETS[name].build(DIGIT) == document
    if name != "Handbook CNN":  # a minute of text
        assert read_document(write_document(document))[0] == document


def test_drawn_weights_differ_from_layer_to_layer_and_have_their_variance() -> None:
    layers = PRESETS["Handbook CNN"].build(DIGIT).network.layers
    first, second, dense = layers[0].kernel, layers[3].kernel, layers[7].kernel
    assert not np.allclose(first[:, :, 0].ravel()[:25], second[:, :, 0].ravel()[:25])
    assert second.var() == pytest.approx(2 / (25 * 32), rel=0.02)
    assert dense.var() == pytest.approx(2 / (3136 + 1024), rel=0.01)
    assert not any(layer.bias.any() for layer in layers if hasattr(layer, "bias"))


def test_the_largest_is_made_in_the_time_of_a_few_frames() -> None:
    seconds = []
    for _ in range(3):
        module._network.cache_clear()
        start = perf_counter()
        PRESETS["Handbook CNN"].build(DIGIT)
        seconds.append(perf_counter() - start)
    assert min(seconds) < 0.1


@pytest.mark.parametrize("name", TRAINABLE)
def test_digits_keep_their_image_and_others_get_the_drawn_one(name: str) -> None:
    build = PRESETS[name].build
    assert build(DIGIT).image is DIGIT.image
    for other in (
        default_document(),
        photo(28, 28),
        photo(100, 80),
        photo(28, 28, 1).with_image(photo(30, 28, 1).image),
    ):
        assert build(other).image is drawn_digit()


def test_networks_of_any_size_keep_a_photo_and_fit_its_channels() -> None:
    for name in ("Edge detector", "Blur pyramid"):
        for document in (photo(90, 70), photo(40, 40, 1), DIGIT):
            built = PRESETS[name].build(document)
            assert built.image is document.image
            assert built.network.problems(built.image.shape) == ()
        assert PRESETS[name].build(default_document()).image is drawn_digit()  # 7×7 is soon used up


@pytest.mark.parametrize("channels", [1, 3])
def test_the_edge_detector_adds_up_the_slopes_of_the_blurred_image(channels: int) -> None:
    pixels = np.zeros((16, 16, channels), np.float32)
    pixels[:, 8:] = 1
    built = PRESETS["Edge detector"].build(Document(Image(pixels)))
    evaluation = evaluate(built)
    right, left, down, up = np.moveaxis(evaluation.maps[3], 2, 0)
    assert right.max() == pytest.approx(3, abs=1e-5)  # 4 for a step of 1, of which blurring leaves three quarters
    assert not left.any() and not down.any() and not up.any()
    np.testing.assert_allclose(evaluation.maps[4][..., 0], right, atol=1e-6)
    turned = evaluate(built.with_image(replace(built.image, pixels=1 - pixels.swapaxes(0, 1))))
    assert turned.maps[3].max((0, 1)).tolist() == pytest.approx([0, 0, 0, 3], abs=1e-5)


def test_the_pyramid_halves_and_keeps_colours_apart() -> None:
    pixels = np.zeros((32, 24, 3), np.float32)
    pixels[..., 1] = 0.5
    evaluation = evaluate(PRESETS["Blur pyramid"].build(Document(Image(pixels, "file", light=True))))
    assert [values.shape for values in evaluation.maps[::2]] == [(32, 24, 3), (16, 12, 3), (8, 6, 3), (4, 3, 3)]
    for values in evaluation.maps:
        assert not values[..., [0, 2]].any()
    np.testing.assert_allclose(evaluation.maps[2][2:-2, 2:-2, 1], 0.5, atol=1e-6)


def test_the_drawn_digit_is_one_that_mnist_could_have() -> None:
    pixels = drawn_digit().pixels
    assert pixels.shape == (28, 28, 1)
    assert pixels.min() == 0 and pixels.max() == 1
    rows, columns = np.nonzero(pixels[..., 0] > 0.1)
    assert rows.min() >= 3 and rows.max() <= 24 and columns.min() >= 3 and columns.max() <= 24
    assert 0.08 < pixels.mean() < 0.25
