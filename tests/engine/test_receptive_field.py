"""Receptive fields against gradients: the cells whose gradient is not zero are the field, and no others.

A network of random weights is computed by TensorFlow in a smooth version, in which no gradient vanishes by chance:
averages for maxima, tanh for ReLU.
"""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cnn_explorer.network.arrays import frozen
from cnn_explorer.network.explanation import Region
from cnn_explorer.network.layers import LAYERS, Activation, AveragePooling2D, Flatten, GlobalAveragePooling2D
from cnn_explorer.network.layers.weights import weight_fields
from cnn_explorer.network.network import Network
from cnn_explorer.network.receptive_field import fields_of, reach_of
from tests.network.strategies import layers_of
from tests.thoroughness import expensive

INPUTS = 2
EXAMPLES = 15
MOST_CELLS = 2000
SMOOTH = {"MaxPooling2D": AveragePooling2D, "GlobalMaxPooling2D": GlobalAveragePooling2D}
TANH = Activation(activation="tanh")


@st.composite
def networks(draw, kind):
    """A network with a layer of a kind between others, the shapes of all its maps; in training or in use."""
    shapes = [(draw(st.integers(3, 9)), draw(st.integers(3, 9)), draw(st.integers(1, 3)))]
    layers = []
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    others = st.lists(st.sampled_from(tuple(LAYERS)), max_size=2)
    for each in [*draw(others), kind, *draw(others)]:
        if each == "Dense" and shapes[-1][:2] != (1, 1):
            add(layers, shapes, Flatten())
        layer = lively(draw(layers_of(each, shapes[-1][2])), rng)
        layer = replace(layer, inputs=1) if hasattr(layer, "inputs") else layer  # in a chain
        if layer.problem(shapes[-1]) is None and np.prod(layer.output_shape(shapes[-1])) < MOST_CELLS:
            add(layers, shapes, replace(layer, enabled=layer.enabled or each == kind))
            if each == "BatchNormalization":
                add(layers, shapes, TANH)  # the mean of a normalised map is the same whatever the map
    assume(any(layer.kind == kind for layer in layers))
    return Network(tuple(layers), draw(st.booleans())), tuple(shapes)


def add(layers, shapes, layer):
    layers.append(layer)
    shapes.append(layer.output_shape(shapes[-1]) if layer.enabled else shapes[-1])


def lively(layer, rng):
    """The layer with random weights, none of them near 0, whose sums stay where tanh is steep."""
    changes = {}
    for each in weight_fields(layer):
        shape = getattr(layer, each.name).shape
        inputs = [n for axis, n in zip(each.metadata["axes"], shape, strict=True) if axis in each.metadata["summed"]]
        values = rng.uniform(0.5, 1, shape) / max(1, np.prod(inputs) ** 0.5)
        signs = 1 if each.name == "moving_variance" else rng.choice([-1, 1], shape)
        changes[each.name] = frozen(values * signs)
    return replace(layer, **changes)


def smooth(layer, shape):
    """The layer as it is computed here: with a gradient for every cell that it reads."""
    if layer.kind in SMOOTH:
        names = ("enabled",) if layer.kind.startswith("Global") else ("enabled", "pool_size", "strides", "padding")
        return SMOOTH[layer.kind](**{name: getattr(layer, name) for name in names})
    if layer.kind == "Dropout":
        return replace(layer, training=False)
    if layer.kind == "Activation" and (layer.activation != "softmax" or shape[2] == 1):
        return replace(layer, activation="tanh")
    return undilated(layer) if layer.kind == "Conv2D" else layer


def undilated(layer):
    """The same convolution with zeros in a larger kernel: TensorFlow has no gradient of a dilated one on a CPU."""
    rows, columns = layer.dilation_rate
    size = [(side - 1) * step + 1 for side, step in zip(layer.kernel_size, layer.dilation_rate, strict=True)]
    kernel = np.zeros((*size, *layer.kernel.shape[2:]), np.float32)
    kernel[::rows, ::columns] = layer.kernel
    return replace(layer, kernel=kernel, dilation_rate=(1, 1))


def compute(tf, x, network, shapes):
    """All maps, from a tensor (1, rows, columns, channels)."""
    from cnn_explorer.engine.forward import KINDS

    maps = [x]
    for layer, shape in zip(network.layers, shapes[:-1], strict=True):
        assume(not needs_variety(layer) or varied(maps[-1]))
        layer = smooth(layer, shape)
        maps.append(KINDS[layer.kind](maps[-1], layer, shape) if layer.enabled else tf.identity(maps[-1]))
    return maps


def needs_variety(layer):
    return layer.enabled and layer.kind == "BatchNormalization" and layer.training


def varied(values):
    """Whether each channel has three numbers at least: of two, the normalised are -1 and 1 whatever they were."""
    channels = np.moveaxis(np.asarray(values)[0], -1, 0)
    return all(len(np.unique(channel)) > 2 for channel in channels)


def random_input(tf, shape, seed):
    return tf.constant(np.random.default_rng(seed).uniform(-1, 1, (1, *shape)), tf.float32)


def slopes_along(tf, x, change, maps_of):
    """How much each cell of each map changes where x moves along `change`.

    Two gradients: the first is linear in what it is weighted with, and the second asks for its factor. TensorFlow's
    own forward mode compiles every operation for each size anew, which takes several times as long.
    """
    with tf.GradientTape() as outer:
        with tf.GradientTape() as inner:
            inner.watch(x)
            maps = maps_of(x)
        weights = [tf.zeros_like(each) for each in maps]
        outer.watch(weights)
        moved = tf.reduce_sum(change * inner.gradient(maps, x, output_gradients=weights))
    return outer.gradient(moved, weights, unconnected_gradients=tf.UnconnectedGradients.ZERO)


def cells(region: Region):
    return set(product(region.rows, region.columns, region.channels))


def not_zero(values):
    return {tuple(map(int, cell)) for cell in np.argwhere(np.asarray(values)[0])}


@pytest.fixture(scope="module")
def tf(forward):
    import tensorflow

    return tensorflow


@pytest.mark.parametrize("kind", LAYERS)
@expensive(EXAMPLES)
@given(data=st.data())
def test_a_cell_depends_on_exactly_its_fields(tf, kind, data):
    network, shapes = data.draw(networks(kind))
    cell = tuple(data.draw(st.integers(0, side - 1)) for side in shapes[-1])
    depends = [set() for _ in shapes[:-1]]
    for seed in range(INPUTS):
        with tf.GradientTape() as tape:
            x = random_input(tf, shapes[0], seed)
            tape.watch(x)
            maps = compute(tf, x, network, shapes)
            chosen = maps[-1][(0, *cell)]
        gradients = tape.gradient(chosen, maps[:-1], unconnected_gradients=tf.UnconnectedGradients.ZERO)
        for found, gradient in zip(depends, gradients, strict=True):
            found |= not_zero(gradient)
    fields = fields_of(network.layers, shapes, len(network.layers), cell)
    assert [cells(field) for field in fields[:-1]] == depends


@pytest.mark.parametrize("kind", LAYERS)
@expensive(EXAMPLES)
@given(data=st.data())
def test_a_pixel_reaches_exactly_the_cells_that_depend_on_it(tf, kind, data):
    network, shapes = data.draw(networks(kind))
    pixel = tuple(data.draw(st.integers(0, side - 1)) for side in shapes[0])
    reached = [set() for _ in shapes]
    change = np.zeros((1, *shapes[0]), np.float32)
    change[(0, *pixel)] = 1
    for seed in range(INPUTS):
        x = random_input(tf, shapes[0], seed)
        slopes = slopes_along(tf, x, change, lambda x: compute(tf, x, network, shapes))
        for found, values in zip(reached, slopes, strict=True):
            found |= not_zero(values)
    regions = reach_of(network.layers, shapes, 0, Region((pixel[0],), (pixel[1],), (pixel[2],)))
    assert [cells(region) for region in regions] == reached
