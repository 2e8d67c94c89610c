"""What has been found out and for how long it holds: surveys, heat maps, states and orders of filters."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from cnn_explorer.files.digits import Digits
from cnn_explorer.network.arrays import frozen
from cnn_explorer.network.document import Document, Image
from cnn_explorer.network.findings import Activity, Heat
from cnn_explorer.network.layers import Activation, Conv2D, Layer, MaxPooling2D
from cnn_explorer.network.network import Network
from cnn_explorer.network.results import Evaluation, evaluate
from cnn_explorer.session.inspection import Inspection


def document(*later: Layer, weights: Any = (1, -1, 0, 3)) -> Document:
    """1×1 filters with these weights, then a ReLU, on an image of ones."""
    kernel = frozen(np.array(weights, np.float32).reshape(1, 1, 1, -1))
    convolution = Conv2D(kernel=kernel, bias=frozen(np.zeros(len(weights))))
    return Document(Image(np.ones((4, 4, 1))), Network((convolution, *(later or (Activation(), MaxPooling2D())))))


def shown(*later: Layer, **fields: Any) -> Evaluation:
    return evaluate(document(*later, **fields))


def activity(*largest: float) -> Activity:
    values = frozen(largest)
    return Activity(100, values, values, values)


@pytest.fixture
def inspection(qapp: Any) -> Inspection:
    made = Inspection()
    made.told = []  # type: ignore[attr-defined]
    made.changed.connect(lambda: made.told.append("changed"))  # type: ignore[attr-defined]
    return made


def digits(train: int, count: int = 5, labels: bool = True) -> Digits:
    images = np.arange(count, dtype=np.uint8).repeat(28 * 28).reshape(count, 28, 28)
    return Digits(images, np.arange(count, dtype=np.uint8) if labels else None, train, "digits", "dataset")


def test_the_test_images_are_looked_through(inspection: Inspection) -> None:
    assert inspection.images is None
    inspection.use_digits(digits(3))
    images = inspection.images
    assert images is not None and inspection.images is images  # the same set: it is sent to the engine once
    assert images.images[:, 0, 0].tolist() == [3, 4] and images.first == 3
    assert images.labels is not None and images.labels.tolist() == [3, 4]
    inspection.use_digits(digits(5, labels=False))
    images = inspection.images
    assert images is not None and (len(images.images), images.first, images.labels) == (5, 0, None)
    assert inspection.told == ["changed", "changed"]  # type: ignore[attr-defined]


def test_weights_of_about_0_are_dead_and_negative_ones_rest_on_this_input(inspection: Inspection) -> None:
    assert inspection.states(shown(), 0) == ("", "silent", "dead", "")


def test_without_a_relu_no_output_is_silent(inspection: Inspection) -> None:
    assert inspection.states(shown(Activation(activation="tanh")), 0) == ("", "", "dead", "")
    assert inspection.states(shown(MaxPooling2D()), 1) == ("", "", "", "")  # a pooling has no weights to be 0


def test_a_layer_without_an_output_has_no_states(inspection: Inspection) -> None:
    too_large = MaxPooling2D(pool_size=(9, 9), strides=(9, 9))
    assert inspection.states(shown(too_large), 1) == ()
    inspection.sort_by("activation")
    assert inspection.order(shown(too_large), 1) == ()


def test_who_is_silent_on_all_images_is_dead_until_the_weights_are_others(inspection: Inspection) -> None:
    evaluation = shown()
    network = evaluation.document.network
    inspection.keep_survey(network, 0, activity(1, 0, 2, 3))
    assert inspection.states(evaluation, 0) == ("", "dead", "dead", "")
    other_image = evaluate(evaluation.document.with_image(Image(np.full((4, 4, 1), 2.0))))
    assert inspection.states(other_image, 0)[1] == "dead"
    later = evaluate(evaluation.document.with_layer(1, Activation(name="another")))
    assert inspection.states(later, 0)[1] == "dead"  # what follows the layer does not matter
    same_again = replace(network.layers[0])
    trained = evaluate(evaluation.document.with_layer(0, same_again))
    assert inspection.states(trained, 0)[1] == "silent"
    assert inspection.survey(network, 0) is not None and inspection.survey(trained.document.network, 0) is None


@pytest.mark.parametrize(("sort", "order"), [("index", ()), ("norm", (3, 0, 1, 2)), ("activation", (3, 0, 1, 2))])
def test_filters_in_the_order_asked_for(inspection: Inspection, sort: str, order: tuple[int, ...]) -> None:
    inspection.sort_by(sort)
    assert inspection.order(shown(), 0) == order


def test_strong_weights_are_not_always_the_strongest_answer(inspection: Inspection) -> None:
    inspection.sort_by("norm")
    assert inspection.order(shown(weights=(1, -5, 2)), 0) == (1, 2, 0)
    inspection.sort_by("activation")
    assert inspection.order(shown(weights=(1, -5, 2)), 0) == (2, 0, 1)


def test_a_layer_without_weights_is_sorted_by_its_output_only(inspection: Inspection) -> None:
    evaluation = shown(MaxPooling2D())
    inspection.sort_by("norm")
    assert inspection.order(evaluation, 1) == (0, 1, 2, 3)
    inspection.sort_by("activation")
    assert inspection.order(evaluation, 1) == (3, 0, 1, 2)


def test_a_heat_map_stays_as_long_as_image_and_network_do(inspection: Inspection) -> None:
    first = document()
    heat = Heat("occlusion", 0, frozen(np.ones((4, 4))), 1.0)
    inspection.show_heat(heat, first)
    assert inspection.heat_over(first) is heat
    assert inspection.heat_over(replace(first)) is heat
    assert inspection.heat_over(first.with_image(Image(np.zeros((4, 4, 1))))) is None
    assert inspection.heat_over(first.with_layer(1, Activation())) is None
    inspection.show_heat(None)
    assert inspection.heat_over(first) is None


def test_only_what_is_new_is_told(inspection: Inspection) -> None:
    inspection.show_heat(None)
    inspection.sort_by("index")
    assert inspection.told == []  # type: ignore[attr-defined]
    inspection.sort_by("norm")
    inspection.sort_by("norm")
    assert inspection.told == ["changed"]  # type: ignore[attr-defined]
