"""Networks with branches: `tf.nn`, the reference and Keras's functional models agree, and fields are gradients'."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnn_explorer.network.document import Document
from cnn_explorer.network.explanation import Region
from cnn_explorer.network.layers import Add, Layer
from cnn_explorer.network.receptive_field import fields_of, reach_of
from cnn_explorer.network.results import evaluate
from tests.engine.keras_layers import KERAS
from tests.engine.test_receptive_field import slopes_along
from tests.engine.test_receptive_field import smooth as smooth_in_a_chain
from tests.network.graphs import EXAMPLES, graphs
from tests.thoroughness import expensive


def by_keras(keras: Any, document: Document) -> list[np.ndarray]:
    """The map of every layer by a functional model."""
    network, inputs = document.network, keras.Input(document.image.shape)
    made = [inputs]
    for index, (layer, read) in enumerate(network.applied(document.image.shape)):
        parts = [made[source] for source in network.sources_of(index)]
        make, weights = KERAS[layer.kind]
        if layer.kind == "Concatenate":  # Keras has it of maps of one size
            parts = [
                part if part.shape[1:3] == read.shape[:2] else keras.layers.UpSampling2D(read.shape[:2])(part)
                for part in parts
            ]
        if layer.kind == "Dense":
            parts = [keras.layers.Flatten()(parts[0])]
        theirs = make(keras.layers, layer)
        out = theirs(parts if len(parts) > 1 else parts[0])
        if weights:
            theirs.set_weights([getattr(layer, name) for name in weights])
        made.append(keras.layers.Reshape((1, 1, -1))(out) if layer.flat_output else out)
    found = keras.Model(inputs, made[1:])(document.image.pixels[np.newaxis], training=network.training)
    return [np.asarray(each)[0] for each in found]


def agree(found: list[np.ndarray], expected: list[np.ndarray]) -> None:
    for one, other in zip(found, expected, strict=True):
        assert one.shape == other.shape
        assert np.max(np.abs(one - other)) <= 1e-5 * max(1.0, float(np.abs(other).max()))


@pytest.mark.parametrize("name", EXAMPLES)
def test_blocks_that_people_know(forward: Any, keras: Any, name: str) -> None:
    document = EXAMPLES[name]()
    maps = list(evaluate(document).maps[1:])
    agree(list(forward(document)), maps)
    agree(by_keras(keras, document), maps)


@expensive(60)
@given(graphs())
def test_generated_networks(forward: Any, keras: Any, document: Document) -> None:
    maps = list(evaluate(document).maps[1:])
    agree(list(forward(document)), maps)
    agree(by_keras(keras, document), maps)


@expensive(15)
@given(graphs())
def test_compiled_networks(forward: Any, document: Document) -> None:
    import tensorflow as tf

    from cnn_explorer.engine.computer import ASKED, Computer

    steps = document.network.steps(document.image.shape)
    x, told = tf.constant(document.image.pixels[np.newaxis]), [(step.layer, step.shape) for step in steps]
    computer = Computer()
    for _ in range(ASKED + 1):
        maps = computer.maps(x, told, tuple(step.sources for step in steps))
        agree(maps, list(evaluate(document).maps[1:]))
        computer.improve()
        computer.wait()


def smooth(layer: Layer) -> Layer:
    """The layer with a gradient for everything that it reads, and none that another takes away."""
    if layer.kind in ("Maximum", "Subtract"):
        return Add(inputs=layer.inputs)  # type: ignore[attr-defined]
    return smooth_in_a_chain(layer, (1, 1, 2))


def maps_of(tf: Any, x: Any, document: Document) -> list[Any]:
    from cnn_explorer.engine.forward import outputs

    steps = document.network.steps(document.image.shape)
    layers = [(smooth(step.layer), step.shape) for step in steps]
    return [x, *outputs(x, layers, tuple(step.sources for step in steps))]


def in_use(document: Document) -> Document:
    return replace(document, network=replace(document.network, training=False))


def sides(cells: Any) -> tuple[tuple[int, ...], ...]:
    """The rows, the columns and the channels that cells stand in."""
    places = np.argwhere(np.asarray(cells)[0])
    return tuple(tuple(sorted(set(places[:, side].tolist()))) for side in range(3))


@pytest.fixture(scope="module")
def tf(forward: Any) -> Any:
    import tensorflow

    return tensorflow


def random_input(tf: Any, shape: tuple[int, ...], seed: int) -> Any:
    return tf.constant(np.random.default_rng(seed).uniform(-1, 1, (1, *shape)), tf.float32)


@expensive(60)
@given(graphs().map(in_use), st.data())
def test_fields_have_the_rows_columns_and_channels_of_the_gradient(tf: Any, document: Document, data: Any) -> None:
    network, shapes = document.network, document.network.shapes(document.image.shape)
    index = data.draw(st.integers(1, len(shapes) - 1))
    cell = tuple(data.draw(st.integers(0, side - 1)) for side in shapes[index])
    x = random_input(tf, shapes[0], 0)
    with tf.GradientTape() as tape:
        tape.watch(x)
        maps = maps_of(tf, x, document)
        chosen = maps[index][(0, *cell)]
    none = tf.UnconnectedGradients.ZERO
    gradients = tape.gradient(chosen, maps[:index], unconnected_gradients=none)
    fields = fields_of(network.layers, shapes, index, cell, network.sources)  # type: ignore[arg-type]
    for field, gradient in zip(fields[:-1], gradients, strict=True):
        assert (field.rows, field.columns, field.channels) == sides(gradient)


@expensive(60)
@given(graphs().map(in_use), st.data())
def test_a_pixel_reaches_the_cells_that_depend_on_it(tf: Any, document: Document, data: Any) -> None:
    network, shapes = document.network, document.network.shapes(document.image.shape)
    pixel = tuple(data.draw(st.integers(0, side - 1)) for side in shapes[0])
    change = np.zeros((1, *shapes[0]), np.float32)
    change[(0, *pixel)] = 1
    x = random_input(tf, shapes[0], 0)
    found = [sides(values) for values in slopes_along(tf, x, change, lambda x: maps_of(tf, x, document))]
    region = Region((pixel[0],), (pixel[1],), (pixel[2],))
    reach = reach_of(network.layers, shapes, 0, region, network.sources)
    assert [(each.rows, each.columns, each.channels) for each in reach] == found
