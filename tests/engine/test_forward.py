"""The numpy reference and `tf.nn` agree on documents: in shape, and in value to a hundred-thousandth."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cnn_explorer.network.arrays import frozen
from cnn_explorer.network.document import Document, Image
from cnn_explorer.network.layers import EVERY_LAYER, Activation, AveragePooling2D, Conv2D, MaxPooling2D
from cnn_explorer.network.layers.activation import FUNCTIONS
from cnn_explorer.network.network import Network
from cnn_explorer.network.results import evaluate
from tests.thoroughness import expensive

sides = st.integers(1, 16)
channels = st.integers(1, 3)
one_to_four = st.integers(1, 4)
pairs = st.tuples(one_to_four, one_to_four)
seeds = st.integers(0, 2**32 - 1)
paddings = st.sampled_from(("valid", "same", "full")) | st.tuples(*[st.integers(0, 5)] * 4)
fills = st.sampled_from(("zero", "reflect", "symmetric"))
keras_paddings = st.sampled_from(("valid", "same"))
pool_types = st.sampled_from((MaxPooling2D, AveragePooling2D))


@st.composite
def images(draw):
    """Images of every shape from 1×1 to 16×16 with one to three channels, values from -1 to 1."""
    shape = draw(st.tuples(sides, sides, channels))
    return Image(frozen(np.random.default_rng(draw(seeds)).uniform(-1, 1, shape)))


@st.composite
def convolutions(draw, inputs):
    """Convolutions with everything a form offers: rectangular kernels, strides with dilation, paddings, fills."""
    kernel_shape = (draw(st.integers(1, 7)), draw(st.integers(1, 7)), inputs, draw(channels))
    random = np.random.default_rng(draw(seeds))
    return Conv2D(
        kernel=frozen(random.uniform(-1, 1, kernel_shape)),
        bias=frozen(random.uniform(-1, 1, kernel_shape[3])),
        strides=draw(pairs),
        dilation_rate=draw(pairs),
        padding=draw(paddings),
        fill=draw(fills),
    )


poolings = st.builds(
    lambda kind, size, strides, padding: kind(pool_size=size, strides=strides, padding=padding),
    pool_types, pairs, pairs, keras_paddings,
)  # fmt: skip
activations = st.builds(
    lambda name, slope: Activation(activation=name, negative_slope=slope),
    st.sampled_from(tuple(FUNCTIONS)),
    st.floats(0, 1),
)


def agree(ours, theirs):
    """Same shapes, and values within 1e-5 of the largest."""
    assert [values.shape for values in ours] == [values.shape for values in theirs]
    for first, second in zip(ours, theirs, strict=True):
        assert np.max(np.abs(first - second)) <= 1e-5 * max(1, np.max(np.abs(first)))


def reference(document):
    """The reference's maps of the layers that are switched on."""
    maps = evaluate(document).maps[1:]
    return [values for layer, values in zip(document.network.layers, maps, strict=False) if layer.enabled]


@pytest.mark.parametrize(
    ("result", "changes"),
    [("valid_stride_1", {}), ("same_stride_1", {"padding": "same"}), ("valid_stride_2", {"strides": (2, 2)})],
)
def test_the_handbook_cell_by_cell(handbook, forward, result, changes):
    kernel = np.reshape(handbook["kernel"], (3, 3, 1, 1))
    layer = Conv2D(kernel=frozen(kernel), bias=frozen([handbook["bias"]]), **changes)
    document = Document(Image(np.reshape(handbook["image"], (7, 7, 1))), Network((layer,)))
    (computed,) = forward(document)
    assert computed[..., 0].tolist() == handbook[result]
    assert reference(document)[0][..., 0].tolist() == handbook[result]


@expensive(400)
@given(st.data(), images())
def test_convolutions(forward, data, image):
    document = Document(image, Network((data.draw(convolutions(image.shape[2])),)))
    assume(not document.network.problems(image.shape))
    agree(reference(document), list(forward(document)))


@expensive(150)
@given(images(), poolings)
def test_poolings(forward, image, layer):
    document = Document(image, Network((layer,)))
    assume(not document.network.problems(image.shape))
    agree(reference(document), list(forward(document)))


@expensive(60)
@given(images(), activations, st.floats(0, 50))
def test_activations(forward, image, layer, scale):
    document = Document(Image(image.pixels * np.float32(scale)), Network((layer,)))
    agree(reference(document), list(forward(document)))


@expensive(60)
@given(st.data(), images())
def test_networks_with_layers_switched_off_and_layers_that_do_not_fit(forward, data, image):
    first = data.draw(convolutions(image.shape[2]))
    rest = [data.draw(activations), data.draw(poolings), data.draw(convolutions(first.filters))]
    layers = [first, *rest]
    for index in data.draw(st.sets(st.integers(1, 3))):
        object.__setattr__(layers[index], "enabled", False)
    document = Document(image, Network(tuple(layers)))
    agree(reference(document), list(forward(document)))


def test_every_layer_type_has_its_line(forward):
    from cnn_explorer.engine.forward import FUNCTIONS as ENGINE_FUNCTIONS
    from cnn_explorer.engine.forward import KINDS

    assert KINDS.keys() == EVERY_LAYER.keys()
    assert ENGINE_FUNCTIONS.keys() == FUNCTIONS.keys()


def test_the_maps_outlive_what_follows(forward):
    document = Document(
        Image(np.ones((5, 5, 1))), Network((Conv2D(kernel=frozen(np.ones((3, 3, 1, 1)))), Activation()))
    )
    maps = list(forward(document))
    for _ in range(3):
        list(forward(document.with_image(Image(np.zeros((5, 5, 1))))))
    assert [float(values.sum()) for values in maps] == [81, 81]
