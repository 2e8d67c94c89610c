"""Every layer type: the numpy reference, `tf.nn` and Keras agree in shape and value, in training and in use."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cnn_explorer.network.document import Document, Image
from cnn_explorer.network.layers import LAYERS, Dropout
from cnn_explorer.network.layers.weights import weight_fields
from cnn_explorer.network.network import Network
from tests.engine.keras_layers import KERAS, by_keras
from tests.network.strategies import applied, layers_of
from tests.thoroughness import expensive

EXAMPLES = 40


def cases(kind):
    """A layer of a kind with anything that its form offers, and an input that it can be applied to."""
    made = applied(lambda channels: layers_of(kind, channels), longest=10)
    if kind == "Dense":
        made = st.integers(1, 20).flatmap(lambda n: st.tuples(layers_of(kind, n), rows_of(n)))
    return made.map(lambda case: (replace(case[0], enabled=True), np.clip(case[1], -3, 3)))


def rows_of(count):
    return st.integers(0, 2**32 - 1).map(
        lambda seed: np.random.default_rng(seed).uniform(-1, 1, (1, 1, count)).astype(np.float32)
    )


def largest_sum(layer, x):
    """The sum of the sizes of a largest result's terms, at least 1: what rounding errors are measured against."""
    largest = float(np.abs(x).max())
    if layer.kind == "BatchNormalization":
        mean, variance = layer.statistics(x)
        scale = np.abs(layer.gamma) / np.sqrt(variance + layer.epsilon)
        return max(1.0, float(np.max(scale * (largest + np.abs(mean)) + np.abs(layer.beta))))
    layer = replace(layer, **{each.name: np.abs(getattr(layer, each.name)) for each in weight_fields(layer)})
    filters = [layer.filter_weights(x.shape, channel) for channel in range(layer.output_shape(x.shape)[2])]
    sums = [weights.sum() * largest for weights in filters if weights is not None]
    return max(1.0, largest, *sums)


def agree(first, second, size=1.0):
    assert first.shape == second.shape
    assert np.max(np.abs(first - second)) <= 1e-5 * size


def engine(forward, layer, x):
    if hasattr(layer, "inputs"):  # in a network it follows the number of maps
        from cnn_explorer.engine.forward import KINDS

        return np.asarray(KINDS[layer.kind](x[np.newaxis], layer, x.shape))[0]
    (out,) = forward(Document(Image(x), Network((layer,), getattr(layer, "training", False))))
    return out


@pytest.mark.parametrize("kind", LAYERS)
@expensive(EXAMPLES)
@given(data=st.data())
def test_the_reference_and_tf_nn(forward, kind, data):
    layer, x = data.draw(cases(kind))
    agree(layer.forward(x), engine(forward, layer, x), largest_sum(layer, x))


@pytest.mark.filterwarnings("ignore:You are using a softmax over axis")  # of one channel: it is 1
@pytest.mark.parametrize("kind", LAYERS)
@expensive(EXAMPLES)
@given(data=st.data())
def test_the_reference_and_keras(keras, kind, data):
    layer, x = data.draw(cases(kind))
    layer = keras_has(layer)
    assume(layer.problem(x.shape) is None)
    assume(kind != "Dropout" or not layer.training)  # whose mask is another one: see below
    agree(layer.forward(x), by_keras(keras, layer, x), largest_sum(layer, x))


def keras_has(layer):
    """The nearest to a layer that Keras has."""
    if layer.kind != "Conv2D":
        return layer
    padding = layer.padding if layer.padding in ("valid", "same") else "same"
    dilation = layer.dilation_rate if layer.strides == (1, 1) else (1, 1)
    return replace(layer, padding=padding, fill="zero", dilation_rate=dilation)


def test_every_type_is_compared():
    assert KERAS.keys() == LAYERS.keys()


@pytest.mark.parametrize("rate", [0.0, 0.3, 0.9])
def test_dropout_in_training_is_keras_s_but_for_the_draw(forward, keras, rate):
    layer = Dropout(rate=rate, training=True)
    x = np.random.default_rng(1).uniform(1, 2, (40, 50, 3)).astype(np.float32)
    ours, theirs = engine(forward, layer, x), by_keras(keras, layer, x)
    for out in (ours, theirs):
        kept = out != 0
        assert kept.mean() == pytest.approx(1 - rate, abs=0.03)
        np.testing.assert_allclose(out[kept], x[kept] / (1 - rate), rtol=1e-6)


def test_a_normalisation_s_mean_and_variance_are_those_that_keras_learns_from(keras):
    x = np.random.default_rng(1).normal(3, 2, (5, 6, 2)).astype(np.float32)
    layer = LAYERS["BatchNormalization"].new(x.shape, np.random.default_rng(0))
    theirs = keras.layers.BatchNormalization(momentum=layer.momentum)
    theirs(x[np.newaxis], training=True)
    mean, variance = layer.batch_statistics(x)
    kept = layer.momentum
    np.testing.assert_allclose(theirs.moving_mean, kept * layer.moving_mean + (1 - kept) * mean, rtol=1e-5)
    np.testing.assert_allclose(theirs.moving_variance, kept * layer.moving_variance + (1 - kept) * variance, rtol=1e-5)


def test_training_reaches_the_layers_through_the_network(forward):
    x = np.random.default_rng(1).normal(size=(6, 6, 2)).astype(np.float32)
    layers = LAYERS["BatchNormalization"].new(x.shape, np.random.default_rng(0)), Dropout(), Dropout(seed=1)
    for training in (False, True):
        network = Network(layers, training)
        expected = x
        for layer, out in zip(network.layers, forward(Document(Image(x), network)), strict=True):
            expected = layer.forward(expected)
            agree(expected, out, 10)
        assert np.any(expected == 0) == training
