"""Layers of a model that have no equivalent: Keras computes their maps, and nothing else of them is known."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any
from unittest.mock import MagicMock

import numpy as np
import pytest

from cnn_explorer.engine.model_networks import network_of
from cnn_explorer.network.code import network_part, write_code
from cnn_explorer.network.document import Document, Image
from cnn_explorer.network.files import read_document, write_document
from cnn_explorer.network.layers import KerasLayer
from cnn_explorer.network.layers.keras_layer import read_recipe, write_recipe
from cnn_explorer.network.receptive_field import receptive_field
from cnn_explorer.network.results import evaluate, evaluation
from cnn_explorer.network.sentence import Refused
from tests.engine.model_opening import reopened

SHAPE = (8, 8, 3)


def chains(L: Any) -> dict[str, tuple[list[Any], str]]:
    """Layers, and the label of the one that has no equivalent."""
    return {
        "a normalisation": ([L.Conv2D(4, 3), L.LayerNormalization(name="norm")], "LayerNormalization"),
        "of groups": ([L.Conv2D(4, 3), L.GroupNormalization(2)], "GroupNormalization"),
        "with weights of a map": ([L.Conv2D(1, 3), L.PReLU(name="p")], "PReLU"),
        "a function": ([L.Conv2D(1, 3), L.Activation("hard_swish")], "Activation"),
        "a function inside": ([L.Conv2D(2, 3, activation="elu", name="c")], "Conv2D"),
        "a capped ReLU": ([L.Conv2D(2, 3), L.ReLU(max_value=0.5)], "ReLU"),
        "groups": ([L.Conv2D(4, 1), L.Conv2D(4, 3, groups=2)], "Conv2D"),
        "a large kernel": ([L.Conv2D(2, 8, padding="same")], "Conv2D"),
        "large strides": ([L.Conv2D(2, 3, strides=5)], "Conv2D"),
        "a softmax over rows": ([L.Conv2D(2, 3), L.Softmax(axis=1)], "Softmax"),
        "another map": ([L.Flatten(), L.Reshape((4, 4, 12)), L.Conv2D(2, 3)], "Reshape"),
        "rows of numbers": ([L.Reshape((64, 3)), L.Dense(2), L.LayerNormalization(), L.Flatten()], "Reshape"),
        "scaling in the middle": ([L.Conv2D(1, 3), L.Rescaling(2.0, offset=1)], "Rescaling"),
        "another size": ([L.Conv2D(2, 3), L.Resizing(11, 13), L.MaxPooling2D()], "Resizing"),
        "smooth upsampling": ([L.UpSampling2D(2, interpolation="bilinear")], "UpSampling2D"),
        "cut off": ([L.Cropping2D(((1, 2), (0, 1))), L.Conv2D(1, 3)], "Cropping2D"),
        "turned": ([L.Conv2D(2, (3, 1)), L.Permute((2, 1, 3))], "Permute"),
        "a row of numbers": ([L.GlobalAveragePooling2D(), L.UnitNormalization(), L.Dense(3)], "UnitNormalization"),
    }


def drawn(model: Any) -> Any:
    rng = np.random.default_rng(5)
    for variable in model.weights:
        variable.assign(rng.uniform(0.2, 1, variable.shape))
    return model


def document_of(keras: Any, model: Any) -> Document:
    pixels = np.random.default_rng(0).uniform(0, 1, SHAPE).astype(np.float32)
    return Document(Image(pixels), network_of(reopened(keras, model)).network)


def normed(keras: Any) -> Document:
    layers, _ = chains(keras.layers)["a normalisation"]
    return document_of(keras, drawn(keras.Sequential([keras.Input(SHAPE), *layers, keras.layers.ReLU()])))


def assert_same(document: Document, model: Any, forward: Any) -> None:
    theirs = np.asarray(model(document.image.pixels[np.newaxis], training=False)).reshape(-1)
    ours = list(forward(document))[-1].reshape(-1)
    np.testing.assert_allclose(ours, theirs, rtol=1e-5, atol=1e-5)


@pytest.mark.parametrize("name", chains(MagicMock()))
def test_its_maps_are_those_of_keras(keras: Any, forward: Any, name: str) -> None:
    layers, label = chains(keras.layers)[name]
    model = drawn(keras.Sequential([keras.Input(SHAPE), *layers]))
    document = document_of(keras, model)
    own = [layer for layer in document.network.layers if layer.by_keras]
    assert label in [layer.label() for layer in own]
    assert document.network.problems(SHAPE) == ()
    assert_same(document, model, forward)
    rows, columns = receptive_field(document.network, SHAPE)
    assert rows >= 1 and columns >= 1


def test_several_maps_and_numbers(keras: Any, forward: Any) -> None:
    L = keras.layers
    start = keras.Input(SHAPE)
    first = L.Conv2D(2, 3, padding="same", name="a")(start)
    second = L.Conv2D(2, 3, padding="same", name="b")(first)
    gate = L.GlobalAveragePooling2D(keepdims=True, name="mean")(second)
    least = L.Minimum(name="least")([first, second])
    model = drawn(keras.Model(start, (least + 3.0) * gate / (first + 1.0)))
    document = document_of(keras, model)
    assert [layer.label() for layer in document.network.layers if layer.by_keras] == [
        "Minimum",
        "Add",
        "Add",
        "TrueDivide",
    ]
    assert_same(document, model, forward)


def test_a_group_for_each_channel_is_a_depthwise_convolution(keras: Any, forward: Any) -> None:
    L = keras.layers
    model = drawn(keras.Sequential([keras.Input(SHAPE), L.Conv2D(6, 3, groups=3, strides=2), L.Activation("gelu")]))
    document = document_of(keras, model)
    assert [layer.kind for layer in document.network.layers] == ["DepthwiseConv2D", "Activation"]
    assert_same(document, model, forward)


def test_the_compiled_way_gives_the_same(keras: Any, forward: Any) -> None:
    import tensorflow as tf

    from cnn_explorer.engine.computer import ASKED, Computer

    document = normed(keras)
    steps = [(step.layer, step.shape) for step in document.network.steps(SHAPE)]
    computer, x = Computer(), tf.constant(document.image.pixels[np.newaxis])
    expected = list(forward(document))
    for _ in range(ASKED + 1):
        for ours, theirs in zip(computer.maps(x, steps), expected, strict=True):
            np.testing.assert_allclose(ours, theirs, rtol=1e-5, atol=1e-5)
        computer.improve()
        computer.wait()


def test_without_tensorflow_the_maps_end_before_it_and_it_says_why(keras: Any) -> None:
    found = evaluate(normed(keras))
    assert len(found.maps) == 2
    (problem,) = found.problems
    assert problem.layer == 1
    assert "Only Keras can compute this layer" in str(problem.sentence)


def test_a_cell_is_explained_by_its_value_alone(keras: Any, forward: Any) -> None:
    document = normed(keras)
    maps = (document.image.pixels, *forward(document))
    limits = tuple(np.zeros((2, values.shape[2]), np.float32) for values in maps)
    found = evaluation(document, maps, limits, "TensorFlow", 0.0).explain(1, (2, 3, 1))
    assert found is not None
    assert (found.combination, found.result) == ("unexplained", float(maps[2][2, 3, 1]))
    assert (found.window.rows, found.window.columns, found.window.channels) == ((2,), (3,), (0, 1, 2, 3))


def test_it_is_saved_and_opened(keras: Any, forward: Any) -> None:
    document = normed(keras)
    again, _ = read_document(write_document(document))
    assert again == document
    np.testing.assert_array_equal(list(forward(again))[-1], list(forward(document))[-1])


def test_its_code_ends_before_it(keras: Any) -> None:
    code = write_code(network_part(normed(keras)), "keras")
    assert "Conv2D" in code.text and "LayerNormalization" not in code.text
    assert any("is a layer of Keras's own" in str(note) for note in code.notes)


def test_another_image_is_refused_in_a_sentence(keras: Any) -> None:
    (problem,) = normed(keras).network.problems((9, 9, 3))
    assert problem.layer == 1
    assert "made for an input of 6×6×4; here its input is 7×7×4" in str(problem.sentence)


def spoilt(layer: KerasLayer, **changes: Any) -> KerasLayer:
    return replace(layer, recipe=json.dumps(json.loads(layer.recipe) | changes))


@pytest.mark.parametrize("wrong", ["a Lambda", "another kind", "other weights", "another size", "two layers"])
def test_a_recipe_is_not_believed(keras: Any, forward: Any, wrong: str) -> None:
    """From a document that somebody wrote: Keras sees nothing that a model could not have."""
    document = normed(keras)
    layer = document.network.layers[1]
    assert isinstance(layer, KerasLayer)
    model = json.loads(layer.recipe)["model"]
    own = model["config"]["layers"][-1]
    if wrong == "a Lambda":
        own |= {"class_name": "Lambda", "config": {"name": "layer", "function": "x"}}
    elif wrong == "another kind":
        own |= {"class_name": "Dense", "config": {"name": "layer", "units": 1_000_000}}
    elif wrong == "other weights":
        own["config"] |= {"center": False}
    elif wrong == "another size":
        own |= {"class_name": "Resizing", "config": {"name": "layer", "height": 100_000, "width": 100_000}}
    else:
        model["config"]["layers"].insert(1, model["config"]["layers"][0] | {"name": "more"})
    changed = replace(document, network=document.network.with_layer(1, spoilt(layer, model=model)))
    with pytest.raises(ValueError):
        list(forward(changed))


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", "null", "[" * 5000, json.dumps({"reads": [[1, 1, -1]]}), "x" * 30_000]
)
def test_what_is_no_recipe(text: str) -> None:
    with pytest.raises(Refused, match="not the recipe"):
        read_recipe(text, "network[0].recipe")


def test_a_recipe_is_read_as_it_was_written() -> None:
    made = KerasLayer().made
    assert read_recipe(write_recipe(made)) == made
