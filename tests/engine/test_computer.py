"""Compiled or not, the engine gives the same numbers, and what is compiled is what keeps coming."""

import itertools
import weakref
from dataclasses import replace

import numpy as np
import pytest

from cnn_explorer.network.arrays import frozen
from cnn_explorer.network.document import Document, Image
from cnn_explorer.network.layers import LAYERS, Activation, Conv2D, Dropout, Flatten, MaxPooling2D
from cnn_explorer.network.layers.weights import weight_fields
from cnn_explorer.network.network import Network
from cnn_explorer.network.results import evaluate


@pytest.fixture
def computer(forward, monkeypatch):
    """A computer on which all takes less time than what came before: what it has compiled is faster."""
    from cnn_explorer.engine import computer

    milliseconds = itertools.count(1000, -1)
    monkeypatch.setattr(computer, "_since", lambda start: next(milliseconds))
    made = computer.Computer()
    yield made
    made.wait()


def asked_of(computer, document):
    """What a computer makes of a document, checked against the reference."""
    import tensorflow as tf

    from cnn_explorer.engine.computer import with_weights

    shapes = document.network.shapes(document.image.shape)
    steps = []
    for layer, shape in zip(document.network.layers, shapes[:-1], strict=True):
        tensors = {each.name: tf.convert_to_tensor(getattr(layer, each.name)) for each in weight_fields(layer)}
        steps.append((with_weights(layer, tensors), shape))
    maps = computer.maps(tf.convert_to_tensor(document.image.pixels[np.newaxis]), steps)
    for ours, theirs in zip(evaluate(document).maps[1:], maps, strict=True):
        np.testing.assert_allclose(theirs, ours, atol=1e-4)
    return [weakref.ref(tensor) for layer, _ in steps for tensor in tensors_of(layer)]


def tensors_of(layer):
    """The weights that a layer holds."""
    return [getattr(layer, each.name) for each in weight_fields(layer)]


def network(seed=0, filters=4):
    """A convolution, a ReLU and a pooling."""
    kernel = np.random.default_rng(seed).uniform(-1, 1, (3, 3, 1, filters))
    return Network((Conv2D(kernel=frozen(kernel), bias=frozen(np.zeros(filters))), Activation(), MaxPooling2D()))


def document(layers, seed=0, shape=(9, 9, 1)):
    """Layers, or a network, on an image."""
    image = Image(frozen(np.random.default_rng(seed).uniform(0, 1, shape)))
    return Document(image, layers if isinstance(layers, Network) else Network(layers))


def compiled(computer):
    """How many structures have been compiled."""
    computer.improve()
    computer.wait()
    return sum(structure.compiled is not None for structure in computer._structures.values())


def test_what_comes_three_times_is_compiled_and_new_numbers_change_nothing(computer):
    for seed in range(3):
        assert compiled(computer) == 0
        asked_of(computer, document(network(seed), seed))
    assert compiled(computer) == 1
    for seed in range(3, 6):
        asked_of(computer, document(network(seed), seed))
    assert compiled(computer) == 1


@pytest.mark.parametrize("kind", sorted(LAYERS))
@pytest.mark.parametrize("training", [False, True])
def test_every_type_of_layer_can_be_compiled(computer, kind, training):
    random = np.random.default_rng(1)
    before = (Flatten(),) if kind == "Dense" else (Conv2D(kernel=frozen(np.ones((3, 3, 1, 2))), bias=frozen([0, 0])),)
    shape = Network(before).shapes((9, 9, 1))[-1]
    layers = Network((*before, LAYERS[kind].new(shape, random)), training)
    assert not layers.problems((9, 9, 1))
    for seed in range(3):
        asked_of(computer, document(layers, seed))
    assert compiled(computer) == 1
    asked_of(computer, document(layers, seed=4))


def test_other_settings_are_another_structure_and_another_name_is_not(computer):
    for _ in range(3):
        asked_of(computer, document(network()))
    assert compiled(computer) == 1
    first, *rest = network().layers
    asked_of(computer, document((replace(first, name="edges"), *rest)))
    assert len(computer._structures) == 1
    others = (
        document((replace(first, strides=(2, 2)), *rest)), document(network(filters=5)),
        document(network(), shape=(11, 9, 1)), document((first, rest[0])),
    )  # fmt: skip
    for other in others:
        asked_of(computer, other)
    assert len(computer._structures) == 1 + len(others)
    assert compiled(computer) == 1


def test_another_draw_of_dropout_is_seen(computer):
    for seed in (1, 1, 1, 1, 2, 2, 2, 2, 1):
        asked_of(computer, document(Network((Dropout(seed=seed),), training=True)))
        compiled(computer)
    assert compiled(computer) == 2


def test_what_is_compiled_does_not_keep_the_weights(computer):
    old = [asked_of(computer, document(network())) for _ in range(3)]
    assert compiled(computer) == 1
    for _ in range(2):
        asked_of(computer, document(network(seed=1)))
    assert [held() for weights in old for held in weights] == [None] * 6


def test_only_the_newest_structures_are_remembered(computer):
    from cnn_explorer.engine.computer import MOST_KNOWN

    for filters in range(1, MOST_KNOWN + 4):
        asked_of(computer, document(network(filters=filters)))
    assert len(computer._structures) == MOST_KNOWN


def test_what_is_not_faster_compiled_stays_as_it_is(computer, monkeypatch):
    from cnn_explorer.engine import computer as module

    monkeypatch.setattr(module, "_since", lambda start: 1.0)
    for _ in range(3):
        asked_of(computer, document(network()))
    assert compiled(computer) == 0
    asked_of(computer, document(network()))


def test_what_can_not_be_compiled_stays_as_it_is_and_is_tried_once(computer, monkeypatch, capsys):
    from cnn_explorer.engine import computer as module

    def refuse(*_):
        raise ValueError("no such graph")

    monkeypatch.setattr(module, "_traced", refuse)
    for _ in range(5):
        asked_of(computer, document(network()))
        assert compiled(computer) == 0
    assert capsys.readouterr().err.count("ValueError: no such graph") == 1


def test_very_many_numbers_are_not_compiled(computer, monkeypatch):
    from cnn_explorer.engine import computer as module

    monkeypatch.setattr(module, "MOST_NUMBERS", 100)
    for _ in range(4):
        asked_of(computer, document(network()))
    assert compiled(computer) == 0
