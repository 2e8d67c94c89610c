"""After minus before: of which maps, and by which layer's map of before."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from cnn_explorer.network.arrays import frozen
from cnn_explorer.network.difference import Difference, difference, partners
from cnn_explorer.network.document import Document, Image
from cnn_explorer.network.layers import Activation, AveragePooling2D, Conv2D, MaxPooling2D
from cnn_explorer.network.network import Network
from cnn_explorer.network.presets import default_document
from cnn_explorer.network.results import evaluate


def with_pixel(document: Document, row: int, column: int, value: float) -> Document:
    pixels = document.image.pixels.copy()
    pixels[row, column] = value
    return document.with_image(replace(document.image, pixels=pixels))


def test_a_pixel_changes_just_the_cells_that_read_it() -> None:
    document = default_document()
    before, after = evaluate(document), evaluate(with_pixel(document, 0, 0, 5.0))
    image, conv, *_ = difference(after, before)
    assert image is not None and conv is not None
    expected = np.zeros((7, 7, 1))
    expected[0, 0] = 5.0
    np.testing.assert_array_equal(image, expected)
    assert np.count_nonzero(conv) == 0  # the first weight of the example's kernel is 0
    _, conv, *_ = difference(evaluate(with_pixel(document, 0, 2, 1.0)), before)
    assert conv is not None
    assert np.argwhere(conv[..., 0]).tolist() == [[0, 0]]
    assert conv[0, 0, 0] == -1.0


def test_every_map_is_after_minus_before() -> None:
    rng = np.random.default_rng(2)
    layers = (
        Conv2D(kernel=frozen(rng.normal(size=(3, 3, 1, 4))), bias=frozen(np.zeros(4))),
        Activation(),
        MaxPooling2D(),
    )
    document = Document(Image(rng.random((9, 9, 1))), Network(layers))
    changed = document.with_layer(0, replace(layers[0], bias=frozen([1, -1, 0, 2])))
    before, after = evaluate(document), evaluate(changed)
    for index, change in enumerate(difference(after, before)):
        assert change is not None
        np.testing.assert_array_equal(change, after.maps[index] - before.maps[index])


def test_the_same_question_gives_the_same_array_and_nothing_is_worked_out_before_it() -> None:
    evaluation = evaluate(default_document())
    found = Difference(evaluation, evaluation)
    assert not found._maps
    assert found.map(1) is found.map(1) and set(found._maps) == {1}
    with pytest.raises(ValueError, match="read-only"):
        found.map(1)[0, 0, 0] = 1  # type: ignore[index]


def test_limits_are_those_of_the_change_channel_by_channel() -> None:
    document = Document(Image(np.zeros((2, 2, 3))))
    pixels = np.zeros((2, 2, 3))
    pixels[0, 0] = (1, -2, 0)
    found = Difference(evaluate(document.with_image(Image(pixels))), evaluate(document))
    np.testing.assert_array_equal(found.limits(0), [[0, -2, 0], [1, 0, 0]])
    assert found.limits(1) is None


def test_a_map_of_another_shape_has_no_difference() -> None:
    document = default_document()
    strided = document.with_layer(0, replace(document.network.layers[0], strides=(2, 2)))
    image, *others = difference(evaluate(strided), evaluate(document))
    assert image is not None and not image.any()
    assert others == [None, None, None]


def test_maps_that_could_not_be_computed_before_or_now_have_none() -> None:
    document = default_document()
    impossible = document.with_layer(0, replace(document.network.layers[0], dilation_rate=(4, 4)))
    assert len(difference(evaluate(impossible), evaluate(document))) == 1
    assert difference(evaluate(document), evaluate(impossible))[1:] == (None, None, None)


def test_another_pooling_in_the_same_place_is_compared_with_the_one_before() -> None:
    document = default_document()
    average = document.with_layer(2, AveragePooling2D())
    before, after = evaluate(document), evaluate(average)
    change = difference(after, before)[3]
    np.testing.assert_array_equal(change, after.maps[3] - before.maps[3])


def test_a_layer_that_came_in_between_is_new_and_those_behind_it_keep_their_partners() -> None:
    conv, relu, pool = Conv2D(), Activation(), MaxPooling2D()
    assert partners((conv, pool), (conv, relu, pool)) == (1, None, 2)
    assert partners((conv, relu, pool), (conv, pool)) == (1, 3)
    assert partners((), (conv,)) == (None,)
    assert partners((conv, conv, pool), (conv, pool)) == (1, 3)
    assert partners((conv, relu), (conv, relu, conv, relu)) == (1, 2, None, None)


def test_without_a_relu_the_pooling_is_compared_with_the_pooling_of_before() -> None:
    document = default_document()
    layers = document.network.layers
    without = replace(document, network=Network((layers[0], layers[2])))
    before, after = evaluate(document), evaluate(without)
    change = difference(after, before)[2]
    np.testing.assert_array_equal(change, after.maps[2] - before.maps[3])


def test_the_largest_numbers_of_all_do_not_stop_it() -> None:
    huge = np.full((1, 1, 1), 3e38, np.float32)
    before, after = (evaluate(Document(Image(sign * huge))) for sign in (-1, 1))
    assert np.isinf(difference(after, before)[0]).all()  # type: ignore[arg-type]
