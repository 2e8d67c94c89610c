"""Networks as Keras models and back: what both compute agrees, over generated networks and over models made by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from cnn_explorer.engine.model_networks import NetworkOf, keras_model, network_of, weights_into
from cnn_explorer.engine.model_opening import opened
from cnn_explorer.engine.model_to_layers import IDLE, KINDS
from cnn_explorer.files.model_input import fitted_to
from cnn_explorer.files.model_look_layers import LAYERS as KNOWN
from cnn_explorer.network.code_keras import KINDS as WRITTEN
from cnn_explorer.network.document import Document, Image
from cnn_explorer.network.layers import Activation, Conv2D, Dropout, Flatten, MaxPooling2D
from cnn_explorer.network.layers.weights import weight_fields
from cnn_explorer.network.network import Network
from cnn_explorer.network.network_presets import network_presets
from cnn_explorer.network.presets import default_document
from cnn_explorer.network.results import evaluate
from cnn_explorer.network.sentence import Refused
from tests.engine.model_opening import reopened
from tests.network.strategies import IN_CHAINS, layers_of

slow = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


@st.composite
def networks(draw: Any) -> tuple[Network, np.ndarray]:
    """Up to five layers that fit one another and that Keras has, and an image for them."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    x = rng.uniform(-1, 1, (draw(st.integers(4, 10)), draw(st.integers(4, 10)), draw(st.sampled_from([1, 3]))))
    layers, shape = [], x.shape
    for _ in range(draw(st.integers(1, 5))):
        layer = smaller(draw(layers_of(draw(st.sampled_from(IN_CHAINS)), shape[2])))
        if layer.problem(shape) or WRITTEN[layer.kind].refuses(layer, shape):
            continue
        if np.prod(layer.output_shape(shape)) > 3000:
            continue
        layers.append(layer)
        shape = layer.output_shape(shape) if layer.enabled else shape
    assume(any(layer.enabled for layer in layers))
    return Network(tuple(layers)), x.astype(np.float32)


def smaller(layer: Any) -> Any:
    """The layer with weights small enough that a chain of them stays within what float32 can hold exactly."""
    scaled = {each.name: getattr(layer, each.name) / 4 for each in weight_fields(layer) if each.metadata["summed"]}
    return replace(layer, **scaled)


def computed(network: Network, x: np.ndarray) -> np.ndarray:
    return evaluate(Document(Image(x), network)).maps[-1].reshape(-1)


def predicted(model: Any, x: np.ndarray) -> np.ndarray:
    return np.asarray(model(x[np.newaxis], training=False)).reshape(-1)


def assert_agree(first: np.ndarray, second: np.ndarray) -> None:
    size = max(1.0, float(np.abs(first).max(initial=0)))
    np.testing.assert_allclose(first, second, rtol=0, atol=1e-5 * size)


@slow
@given(case=networks())
@pytest.mark.filterwarnings("ignore:You are using a softmax over axis")  # of one channel: it is 1
def test_a_network_through_keras_and_back(keras: Any, case: tuple[Network, np.ndarray]) -> None:
    network, x = case
    model = keras_model(network, x.shape)
    assert_agree(computed(network, x), predicted(model, x))
    assert weights_into(network, model) is network
    back = network_of(reopened(keras, model))
    assert (back.input_shape, back.left_out) == (x.shape, ())
    assert_agree(computed(network, x), computed(back.network, x))
    again = keras_model(back.network, x.shape)
    assert_agree(predicted(model, x), predicted(again, x))


@slow
@given(case=networks(), seed=st.integers(0, 2**32 - 1))
def test_weights_that_were_trained_come_back(keras: Any, case: tuple[Network, np.ndarray], seed: int) -> None:
    network, x = case
    model = keras_model(network, x.shape)
    rng = np.random.default_rng(seed)
    model.set_weights([rng.uniform(0.1, 1, each.shape) for each in model.get_weights()])
    trained = weights_into(network, model)
    assert_agree(computed(trained, x), predicted(model, x))
    for before, after in zip(network.layers, trained.layers, strict=True):
        assert (before is after) == (not before.enabled or not weight_fields(before))


@pytest.mark.parametrize("preset", network_presets(), ids=lambda preset: str(preset.name))
def test_every_preset(keras: Any, preset: Any) -> None:
    document = preset.build(default_document())
    model = keras_model(document.network, document.image.shape)
    assert_agree(computed(document.network, document.image.pixels), predicted(model, document.image.pixels))


def test_names_are_kept_where_keras_can_have_them(keras: Any) -> None:
    layers = (Conv2D(name="first"), Activation(name="first"), MaxPooling2D(name="größer / 2"), Flatten(name="row"))
    model = keras_model(Network(layers), (8, 8, 1))
    names = [each.name for each in model.layers]
    assert (names[0], names[3]) == ("first", "row")
    assert "first" not in names[1:]


def test_what_keras_does_not_have(keras: Any) -> None:
    with pytest.raises(Refused, match="stride and a dilation"):
        keras_model(Network((Conv2D(strides=(2, 2), dilation_rate=(2, 2)),)), (9, 9, 1))
    with pytest.raises(Refused, match="does not fit"):
        keras_model(Network((Conv2D(),)), (2, 2, 1))


def test_weights_of_another_model_are_not_taken(keras: Any) -> None:
    model = keras_model(Network((Conv2D(),)), (8, 8, 1))
    with pytest.raises(ValueError, match="other shapes"):
        weights_into(Network((Conv2D(kernel=np.zeros((3, 3, 1, 2), np.float32), bias=np.zeros(2, np.float32)),)), model)


# models that somebody made


def chain(keras: Any, *layers: Any, shape: tuple[int | None, ...] = (8, 8, 1)) -> Any:
    model = keras.Sequential([keras.Input(shape), *layers])
    for variable in model.weights:
        variable.assign(np.random.default_rng(len(variable.shape)).uniform(0.1, 1, variable.shape))
    return model


def assert_same(keras: Any, model: Any, x: np.ndarray) -> NetworkOf:
    """The model and its network, for an image with values from 0 to 1."""
    found = network_of(reopened(keras, model))
    image = x.reshape(found.input_shape)
    assert_agree(predicted(model, x), computed(found.network, image * found.pixel_scale + found.pixel_offset))
    return found


def image(*shape: int) -> np.ndarray:
    return np.random.default_rng(0).uniform(0, 1, shape).astype(np.float32)


def test_activations_inside_layers_become_layers(keras: Any) -> None:
    L = keras.layers
    model = chain(
        keras,
        L.Conv2D(2, 3, activation="relu", use_bias=False, name="c"),
        L.DepthwiseConv2D(3, activation="tanh"),
        L.SeparableConv2D(3, 2, activation=L.LeakyReLU(negative_slope=0.1)),
        L.Flatten(),
        L.Dense(4, activation="softmax", name="d"),
    )
    found = assert_same(keras, model, image(8, 8, 1))
    kinds = [each.kind for each in found.network.layers]
    assert kinds == ["Conv2D", "Activation", "DepthwiseConv2D", "Activation", "SeparableConv2D", "Activation",
                     "Flatten", "Dense", "Activation"]  # fmt: skip
    assert found.network.layers[0].name == "c"
    assert not found.network.layers[0].bias.any()
    assert found.network.layers[5].negative_slope == pytest.approx(0.1)


@pytest.mark.parametrize("center", [True, False])
@pytest.mark.parametrize("scale", [True, False])
def test_a_normalisation_without_some_of_its_weights(keras: Any, center: bool, scale: bool) -> None:
    L = keras.layers
    found = assert_same(
        keras, chain(keras, L.BatchNormalization(center=center, scale=scale, epsilon=0.1)), image(8, 8, 1)
    )
    (layer,) = found.network.layers
    assert (layer.gamma == 1).all() != scale
    assert (layer.beta == 0).all() != center


def test_a_transposed_convolution_and_what_moves_cells(keras: Any) -> None:
    L = keras.layers
    model = chain(keras, L.ZeroPadding2D(((1, 0), (2, 1))), L.Conv2DTranspose(2, 3, 2, "same"), L.UpSampling2D(),
                  L.MaxPooling2D((3, 2), 2, "same"), L.AveragePooling2D(2), L.ReLU(negative_slope=0.2))  # fmt: skip
    assert_same(keras, model, image(8, 8, 1))


def test_a_dense_layer_over_a_map_is_a_convolution(keras: Any) -> None:
    found = assert_same(keras, chain(keras, keras.layers.Dense(3)), image(8, 8, 1))
    assert found.network.layers[0].kind == "Conv2D"


def test_layers_that_only_train_are_left_out(keras: Any) -> None:
    L = keras.layers
    model = chain(
        keras, L.RandomFlip(name="flip"), L.Dropout(0.3), L.SpatialDropout2D(0.2, name="drop"), L.Conv2D(1, 3)
    )
    found = assert_same(keras, model, image(8, 8, 1))
    assert found.left_out == ("flip", "drop")
    assert isinstance(found.network.layers[0], Dropout)


def test_pixels_that_the_model_scales_itself(keras: Any) -> None:
    """It takes 0 to 255; its first layers are not shown, but what they do to pixels from 0 to 1 is told."""
    L = keras.layers
    model = chain(keras, L.Rescaling(1 / 127.5, offset=-1), L.Conv2D(1, 3))
    found = network_of(reopened(keras, model))
    assert (found.pixel_scale, found.pixel_offset) == (pytest.approx(2), -1)
    x = image(8, 8, 1)
    assert_agree(predicted(model, x * 255), computed(found.network, x * found.pixel_scale + found.pixel_offset))


@pytest.mark.parametrize(("shape", "expected"), [((64,), (8, 8, 1)), ((8, 8), (8, 8, 1)), ((48,), (4, 4, 3))])
def test_a_row_of_pixels_is_an_image(keras: Any, shape: tuple[int, ...], expected: tuple[int, ...]) -> None:
    L = keras.layers
    before = [] if len(shape) == 1 else [L.Flatten()]
    found = assert_same(keras, chain(keras, *before, L.Dense(5, activation="relu"), shape=shape), image(*shape))
    assert found.input_shape == expected
    assert [each.kind for each in found.network.layers] == ["Flatten", "Dense", "Activation"]


def test_a_row_that_is_made_a_map_first(keras: Any) -> None:
    L = keras.layers
    found = assert_same(keras, chain(keras, L.Reshape((8, 8, 1)), L.Conv2D(2, 3), shape=(64,)), image(64))
    assert found.input_shape == (8, 8, 1)
    assert isinstance(found.network.layers[0], Conv2D)


def test_a_model_in_a_model_is_laid_open(keras: Any) -> None:
    L = keras.layers
    inner = keras.Sequential([keras.Input((8, 8, 1)), L.Conv2D(2, 3, name="inside"), L.MaxPooling2D()])
    model = chain(keras, inner, L.Flatten(), L.Dense(3))
    found = assert_same(keras, model, image(8, 8, 1))
    assert [each.kind for each in found.network.layers] == ["Conv2D", "MaxPooling2D", "Flatten", "Dense"]


def test_an_open_size_is_chosen(keras: Any) -> None:
    model = chain(keras, keras.layers.Conv2D(1, 3), keras.layers.GlobalMaxPooling2D(), shape=(None, None, 3))
    assert network_of(reopened(keras, model), 32).input_shape == (32, 32, 3)


@pytest.mark.parametrize("shape", [(30, 20, 3), (12, 28, 1)])
def test_a_model_with_open_sides_computes_images_of_any_size(keras: Any, shape: tuple[int, int, int]) -> None:
    L = keras.layers
    layers = L.Rescaling(1 / 127.5, -1), L.Conv2D(4, 3, activation="relu"), L.GlobalAveragePooling2D(), L.Dense(5)
    model = chain(keras, *layers, shape=(None, None, 3))
    network = opened(reopened(keras, model)).network
    assert network.input_shape == (None, None, 3)
    pixels = np.random.default_rng(0).uniform(0, 1, shape).astype(np.float32)
    fitted, _ = fitted_to(network, Image(pixels))
    expected = model(255 * np.broadcast_to(pixels, (1, *shape[:2], 3))).numpy()
    np.testing.assert_allclose(evaluate(Document(fitted, network)).maps[-1].ravel(), expected.ravel(), atol=1e-5)


def test_branches_stay_branches(keras: Any) -> None:
    L = keras.layers
    start = keras.Input((8, 8, 3))
    a = L.Conv2D(3, 3, padding="same", activation="silu", name="a")(start)
    b = L.Conv2D(3, 3, padding="same", name="b")(a)
    both = L.ReLU(6.0, name="clipped")(L.Add(name="sum")([start, b]))
    gate = L.Dense(3, activation="sigmoid", name="gate")(L.GlobalAveragePooling2D(keepdims=False, name="mean")(both))
    scaled = L.Multiply(name="scaled")([both, L.Reshape((1, 1, 3), name="one")(gate)])
    side = L.Concatenate(name="side")([scaled, a + b])
    model = keras.Model(start, L.Dense(4, activation="softmax", name="scores")(L.Flatten(name="row")(side)))
    found = assert_same(keras, model, image(8, 8, 3))
    assert found.network.sources[3] == (0, 3)
    assert not reopened(keras, model).is_chain


def test_a_model_in_the_middle_of_a_branch(keras: Any) -> None:
    L = keras.layers
    inner = keras.Sequential([keras.Input((8, 8, 1)), L.Conv2D(1, 3, padding="same"), L.ReLU()], name="inner")
    start = keras.Input((8, 8, 1))
    first = L.Conv2D(1, 3, padding="same", name="first")(start)
    model = keras.Model(start, L.Average(name="mean")([first, inner(first)]))
    assert_same(keras, model, image(8, 8, 1))


def test_what_is_read_behind_a_scaling_is_not_read_before_it(keras: Any) -> None:
    L = keras.layers
    start = keras.Input((8, 8, 1))
    scaled = L.Rescaling(1 / 255, name="scale")(start)
    again = L.Rescaling(2.0, name="again")(scaled)
    model = keras.Model(start, L.Add(name="sum")([L.ReLU(name="r")(again), scaled]))
    with pytest.raises(Refused, match="layer sum reads what is before"):
        network_of(reopened(keras, model))


def test_a_layer_that_is_used_twice_is_named(keras: Any) -> None:
    L = keras.layers
    start, shared = keras.Input((8, 8, 1)), L.Conv2D(1, 3, padding="same", name="shared")
    model = keras.Model(start, L.Add(name="sum")([shared(start), shared(shared(start))]))
    with pytest.raises(Refused, match="layer shared is used more than once"):
        network_of(reopened(keras, model))


def test_images_that_are_none_here(keras: Any) -> None:
    with pytest.raises(Refused, match="4 channels"):
        network_of(reopened(keras, chain(keras, keras.layers.Conv2D(1, 3), shape=(8, 8, 4))))


def test_every_row_is_for_a_layer_that_can_be_opened() -> None:
    assert KINDS.keys() <= KNOWN.keys()
    assert KINDS.keys() >= IDLE


def test_the_classifier_of_the_handbook_keeps_its_layers(keras: Any) -> None:
    document = network_presets()[0].build(default_document())
    found = network_of(reopened(keras, keras_model(document.network, document.image.shape)))
    assert [each.kind for each in found.network.layers] == [each.kind for each in document.network.layers]
