"""What a training is before it begins: settings, why a network can't learn, and the way of the weights."""

from dataclasses import replace

import numpy as np
import pytest

from cnn_explorer.network.arrays import frozen
from cnn_explorer.network.layers import (
    Activation,
    BatchNormalization,
    Conv2D,
    Dense,
    Flatten,
    GlobalAveragePooling2D,
    MaxPooling2D,
)
from cnn_explorer.network.network import Network
from cnn_explorer.network.network_presets import network_presets
from cnn_explorer.network.presets import default_document
from cnn_explorer.network.sentence import Refused
from cnn_explorer.network.training import (
    TrainingSettings,
    problems,
    weights_of,
    with_new_weights,
    with_weights,
)
from cnn_explorer.network.training_memory import batch_bytes, largest_layer, out_of_memory

SHAPE = (8, 8, 1)


def small(units=3, last="softmax", **conv):
    """Conv, ReLU, pool, flatten, Dense, an activation: for images of 8×8."""
    rng = np.random.default_rng(0)
    layers = (
        Conv2D(kernel=frozen(rng.normal(size=(3, 3, 1, 2))), bias=frozen(np.ones(2)), **conv),
        Activation(activation="relu"),
        MaxPooling2D(),
        Flatten(),
        Dense(kernel=frozen(np.zeros((18, units))), bias=frozen(np.zeros(units))),
        Activation(activation=last),
    )
    return Network(layers)


def told(network, classes=3, shape=SHAPE):
    return " / ".join(map(str, problems(network, shape, classes)))


def test_networks_that_end_in_classes_can_be_trained():
    assert told(small()) == ""
    assert told(small().with_layers(small().layers[:-1])) == ""
    assert told(Network((Conv2D(kernel=frozen(np.ones((3, 3, 1, 3))), bias=frozen(np.zeros(3))),
                         GlobalAveragePooling2D()))) == ""  # fmt: skip


def test_why_a_network_can_not_be_trained():
    assert "ends in 3 numbers, but there are 10 classes" in told(small(), 10)
    assert "ends in a map of 3×3 cells" in told(small().with_layers(small().layers[:3]))
    assert "no measure of how likely" in told(small(last="relu"))
    assert "with a stride and a dilation" in told(small(strides=(2, 2), dilation_rate=(2, 2)).with_layer(
        4, Dense(kernel=frozen(np.zeros((2, 3))), bias=frozen(np.zeros(3)))))  # fmt: skip
    assert "nothing to learn" in told(Network((Flatten(),)), 64)
    assert "no layer that is switched on" in told(Network(()))
    assert "no layer that is switched on" in told(Network((Flatten(enabled=False),)))


def test_an_impossible_layer_says_its_own_sentence():
    shape = (2, 2, 1)
    (sentence,) = problems(small(), shape, 3)
    assert sentence == small().problems(shape)[0].sentence


def test_the_presets_with_classes_can_be_trained():
    for preset in network_presets():
        made = preset.build(default_document())
        assert bool(problems(made.network, made.image.shape, 10)) == (not made.network.classes)


def test_settings_are_within_their_limits():
    assert TrainingSettings().checked() == TrainingSettings()
    assert (TrainingSettings().optimizer, TrainingSettings().learning_rate) == ("Adam", 0.001)
    wrong = {"optimizer": "Magic", "learning_rate": 0.0, "momentum": 1.0, "batch_size": 0, "epochs": 2.5, "seed": -1,
             "validation_share": float("nan"), "patience": True}  # fmt: skip
    for name, value in wrong.items():
        with pytest.raises(Refused) as refused:
            replace(TrainingSettings(), **{name: value}).checked()
        assert refused.value.field == name
    assert set(wrong) == set(TrainingSettings.controls())


def test_weights_go_out_and_come_back():
    network = small()
    weights = weights_of(network)
    assert list(weights) == [(0, "kernel"), (0, "bias"), (4, "kernel"), (4, "bias")]
    other = {key: frozen(values + 1) for key, values in weights.items()}
    changed = with_weights(network, other)
    assert changed.layers[0].kernel is other[0, "kernel"]
    assert with_weights(changed, weights) == network
    assert list(weights_of(network.with_layer(0, replace(network.layers[0], enabled=False)))) == list(weights)[2:]


def test_new_weights_are_drawn_by_the_seed_and_what_is_not_drawn_is_as_new():
    normal = BatchNormalization(gamma=frozen([3.0, 3]), beta=frozen([1.0, 1]), moving_mean=frozen([5.0, 5]),
                                moving_variance=frozen([7.0, 7]))  # fmt: skip
    network = Network((small().layers[0], normal, *small().layers[1:]))
    new, same, other = (with_new_weights(network, seed) for seed in (1, 1, 2))
    assert new == same and new != other
    weights = weights_of(new)
    assert (weights[0, "bias"] == 0).all() and (weights[1, "gamma"] == 1).all()
    assert (weights[1, "moving_mean"] == 0).all() and (weights[1, "moving_variance"] == 1).all()
    assert weights[0, "kernel"].std() == pytest.approx(np.sqrt(2 / 9), rel=0.5)
    assert np.abs(weights[5, "kernel"]).max() <= np.sqrt(6 / 21)
    assert not any(values.flags.writeable for values in weights.values())
    assert told(new) == ""


def test_memory_is_told_by_batch_and_layer():
    network = small()
    assert batch_bytes(network, SHAPE, 10) == 4 * (2 * 10 * (64 + 72 + 72 + 18 + 18 + 3 + 3) + 4 * 77)
    assert largest_layer(network, SHAPE) is network.layers[0]
    sentence = str(out_of_memory(network, SHAPE, 5000))
    assert "from 5000 images at once: layer Conv2D 3×3 needs the most" in sentence and "10 MB" in sentence
    assert "layer Dense 3" in str(out_of_memory(network, SHAPE, 10, network.layers[4]))
