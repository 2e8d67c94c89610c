"""Layers in order, the document around them, and the evaluation of both."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cnn_explorer.network.arrays import equal, frozen
from cnn_explorer.network.document import Document, Image
from cnn_explorer.network.layers import Activation, Conv2D, MaxPooling2D
from cnn_explorer.network.network import MOST_NUMBERS, Network, built_alike
from cnn_explorer.network.results import evaluate
from cnn_explorer.network.sentence import Refused, Sentence, say
from tests.network.strategies import inputs, layers


def conv(rows: int = 3, columns: int = 3, channels: int = 1, filters: int = 1) -> Conv2D:
    return Conv2D(kernel=frozen(np.ones((rows, columns, channels, filters))), bias=frozen(np.zeros(filters)))


@pytest.fixture
def image() -> Image:
    return Image(frozen(np.arange(49).reshape(7, 7, 1)))


def test_shapes_start_with_the_inputs() -> None:
    network = Network((conv(filters=4), Activation(), MaxPooling2D()))
    assert network.shapes((7, 7, 1)) == ((7, 7, 1), (5, 5, 4), (5, 5, 4), (2, 2, 4))
    assert network.problems((7, 7, 1)) == ()
    assert Network().shapes((7, 7, 1)) == ((7, 7, 1),)


def test_problems_name_the_layer_and_the_maps_before_it_are_still_there(image: Image) -> None:
    document = Document(image, Network((conv(), conv(), conv(5, 5), Activation())))
    evaluation = evaluate(document)
    (problem,) = evaluation.problems
    assert (problem.layer, problem.field) == (2, "kernel_size")
    assert str(problem.sentence).startswith("A window of 5 rows does not fit into an input of 3;")
    assert [values.shape for values in evaluation.maps] == [(7, 7, 1), (5, 5, 1), (3, 3, 1)]
    assert evaluation.input_of(2) is evaluation.output_of(1)
    assert [evaluation.output_of(index) for index in (2, 3)] == [None, None]
    assert evaluation.input_of(3) is None
    assert evaluation.explain(2, (0, 0, 0)) is None


def test_a_layer_that_is_switched_off_hands_its_input_on(image: Image) -> None:
    document = Document(image, Network((conv(), replace(conv(7, 7), enabled=False), MaxPooling2D())))
    evaluation = evaluate(document)
    assert evaluation.problems == ()
    assert evaluation.output_of(1) is evaluation.input_of(1)
    assert evaluation.explain(1, (0, 0, 0)) is None
    assert evaluation.maps[3].shape == (2, 2, 1)
    without = evaluate(Document(image, Network((conv(), MaxPooling2D()))))
    assert equal(evaluation.maps[3], without.maps[2])


def test_switching_a_layer_off_removes_its_problem() -> None:
    network = Network((conv(5, 5), replace(conv(5, 5), enabled=False)))
    assert network.problems((7, 7, 1)) == ()


@settings(max_examples=50)
@given(inputs(8), st.data())
def test_maps_end_at_the_first_problem(x: np.ndarray, data: Any) -> None:
    network = Network(tuple(data.draw(st.lists(layers(x.shape[2]), max_size=4))))
    evaluation = evaluate(Document(Image(x), network))
    assert [values.shape for values in evaluation.maps] == list(network.shapes(x.shape))
    reached = len(evaluation.maps) - 1
    assert [problem.layer for problem in evaluation.problems] == ([] if reached == len(network.layers) else [reached])
    for index, layer in enumerate(network.layers[:reached]):
        expected = layer.forward(evaluation.maps[index]) if layer.enabled else evaluation.maps[index]
        assert equal(evaluation.maps[index + 1], expected)


def test_evaluations_are_read_only_and_carry_their_document(image: Image) -> None:
    document = Document(image, Network((conv(), Activation())))
    evaluation = evaluate(document)
    assert evaluation.document is document
    assert evaluation.engine == "numpy"
    assert evaluation.milliseconds >= 0
    assert not any(values.flags.writeable for values in evaluation.maps)
    explanation = evaluation.explain(0, (0, 0, 0))
    assert explanation is not None
    assert explanation.result == evaluation.maps[1][0, 0, 0]


def test_maps_that_would_fill_the_memory_are_a_problem() -> None:
    bomb = Network((conv(1, 1, filters=4096), Activation()))
    assert bomb.problems((7, 7, 1)) == ()
    (problem,) = bomb.problems((512, 512, 1))
    assert problem.layer == 0
    assert "would hold 1075 million numbers, and 67 million can be shown" in str(problem.sentence)
    assert bomb.shapes((512, 512, 1)) == ((512, 512, 1),)
    many = Network((conv(1, 1, filters=100), *[Activation()] * 10))
    assert [problem.layer for problem in many.problems((512, 512, 1))] == [2]
    assert MOST_NUMBERS * 4 == 256 * 2**20


def test_numbers_that_outgrow_float32_are_a_problem(image: Image) -> None:
    huge = replace(conv(1, 1), kernel=frozen(np.full((1, 1, 1, 1), 1e30)))
    evaluation = evaluate(Document(image, Network((huge, huge, Activation()))))
    (problem,) = evaluation.problems
    assert problem.layer == 1
    assert "grow beyond 3.4e38" in str(problem.sentence)
    assert len(evaluation.maps) == 2
    assert np.all(np.isfinite(evaluation.maps[1]))


def test_parameters_are_counted_of_layers_that_are_on_and_fit() -> None:
    shape = (7, 7, 1)
    assert Network((conv(), Activation(), MaxPooling2D())).parameter_count(shape) == 10
    assert Network((conv(), replace(conv(), enabled=False))).parameter_count(shape) == 10
    assert Network((conv(), conv(7, 7))).parameter_count(shape) == 10
    assert Network((conv(filters=4), conv(channels=4, filters=2))).parameter_count(shape) == 40 + 74


def test_with_layer_replaces_one_and_leaves_the_old_document_alone(image: Image) -> None:
    document = Document(image, Network((conv(), Activation(), MaxPooling2D())))
    changed = document.with_layer(1, Activation(activation="tanh"))
    assert [layer.label() for layer in changed.network.layers] == ["Conv2D 3×3", "tanh", "MaxPool 2×2"]
    assert document.network.layers[1].label() == "ReLU"
    assert changed != document
    assert changed.with_layer(1, Activation()) == document
    assert document.with_image(replace(image, name="other")).network is document.network


def test_documents_are_equal_by_value(image: Image) -> None:
    first = Document(image, Network((conv(),)))
    second = Document(Image(np.arange(49).reshape(7, 7, 1)), Network((conv(),)))
    assert first == second
    assert first != second.with_image(Image(np.zeros((7, 7, 1))))
    for change in ({"source": "file"}, {"name": "x"}, {"light": True}):
        assert replace(image, **change) != image


def test_nothing_in_a_document_can_be_changed(image: Image) -> None:
    document = Document(image, Network((conv(),)))
    with pytest.raises(FrozenInstanceError):
        document.image = image  # type: ignore[misc]
    with pytest.raises(ValueError, match="read-only"):
        document.image.pixels[0, 0, 0] = 1
    assert image.shape == (7, 7, 1)


def test_an_image_keeps_its_pixels_when_the_array_it_came_from_changes() -> None:
    pixels = np.zeros((2, 2, 1), np.float32)
    image = Image(pixels)
    pixels[0, 0, 0] = 1
    assert image.pixels[0, 0, 0] == 0


def test_frozen_copies_only_what_could_change() -> None:
    once = frozen([1.5, 2])
    assert once.dtype == np.float32
    assert frozen(once) is once
    assert frozen(once[:1]) is not once
    with pytest.raises(ValueError, match="read-only"):
        once[0] = 3


def test_a_sentence_is_its_template_filled_with_its_values() -> None:
    inner = say("{count} rows", count=3)
    outer = say("It has {what} {braces}.", what=inner, braces="{}")
    assert str(outer) == "It has 3 rows {}."
    assert outer == Sentence("It has {what} {braces}.", (("what", inner), ("braces", "{}")))


def test_a_refusal_carries_its_sentence_and_its_field() -> None:
    refused = Refused(say("No."), "strides")
    assert (str(refused), refused.field) == ("No.", "strides")
    assert str(refused.sentence) == "No."


def test_networks_that_differ_in_the_values_of_weights_alone_are_built_alike() -> None:
    before = Network((Conv2D(), Activation(), MaxPooling2D()))
    learnt = replace(before.layers[0], kernel=frozen(np.full((3, 3, 1, 1), 0.5)), bias=frozen(np.ones(1)))
    assert built_alike(before, before.with_layer(0, learnt))
    assert built_alike(before, Network(before.layers))


@pytest.mark.parametrize(
    "other",
    [
        Network((Conv2D(), Activation(), MaxPooling2D())),
        Network((Conv2D(), Activation("tanh"))),
        Network((Conv2D(), MaxPooling2D())),
        Network((Conv2D(strides=(2, 2)), Activation())),
        Network((Conv2D(kernel=np.ones((3, 3, 1, 2)), bias=np.zeros(2)), Activation())),
        Network((replace(Conv2D(), name="edges"), Activation())),
        Network((Conv2D(), replace(Activation(), enabled=False))),
        Network((Conv2D(), Activation()), classes=("cat", "dog")),
        Network((Conv2D(), Activation()), sources=((0,), (0,))),
        Network((Conv2D(), Activation()), input_shape=(7, 7, 1)),
    ],
)
def test_networks_that_differ_in_anything_else_are_not(other: Network) -> None:
    assert not built_alike(Network((Conv2D(), Activation())), other)
