"""Files with weights only: read, and matched to a network like the one that they are from."""

from __future__ import annotations

import tempfile
import warnings
from pathlib import Path
from typing import Any
from unittest import mock

import numpy as np
import pytest

from cnn_explorer.engine import model_loading
from cnn_explorer.engine.model_networks import keras_model
from cnn_explorer.engine.model_process import ModelProcess
from cnn_explorer.engine.model_stored import BY_CLASS, BY_ORDER, network_with
from cnn_explorer.files.model_look_description import ModelDescription
from cnn_explorer.network.layers import (
    Activation,
    BatchNormalization,
    Conv2D,
    Dense,
    Flatten,
    GlobalAveragePooling2D,
    MaxPooling2D,
)
from cnn_explorer.network.layers.weights import weight_fields
from cnn_explorer.network.network import Network
from cnn_explorer.network.sentence import Refused

SHAPE = (9, 9, 1)


def network(seed: int, filters: int = 3) -> Network:
    """Convolutions, a normalisation and a dense layer, with weights drawn from a seed; one layer is switched off."""
    layers = (Conv2D(padding=(1, 1, 1, 1)), Activation(), Conv2D(enabled=False), BatchNormalization(), MaxPooling2D(),
              Conv2D(), Flatten(), Dense())  # fmt: skip
    made = Network(layers)
    rng = np.random.default_rng(seed)
    made = Network(tuple(layer.with_filters(filters, rng) for layer in made.layers)).fitted(SHAPE, rng)
    return made.with_layers([drawn(layer, rng) for layer in made.layers])


def drawn(layer: Any, rng: np.random.Generator) -> Any:
    from dataclasses import replace

    arrays = {each.name: rng.uniform(0.1, 1, getattr(layer, each.name).shape) for each in weight_fields(layer)}
    return replace(layer, **{name: values.astype(np.float32) for name, values in arrays.items()})


def written(model: Any, path: Path) -> Path:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        if path.name.endswith(".weights.h5"):
            model.save_weights(path)
        else:
            model.save(path)
    return path


def read(path: Path) -> ModelDescription:
    with tempfile.TemporaryDirectory() as folder, mock.patch.object(model_loading, "limit_memory"):
        return model_loading.accept_weights(str(path), folder)


@pytest.mark.parametrize(("name", "kind"), [("net.weights.h5", BY_CLASS), ("net.h5", BY_ORDER)])
def test_a_network_like_it_takes_them(keras: Any, name: str, kind: str, tmp_path: Path) -> None:
    trained, other = network(1), network(2)
    stored = read(written(keras_model(trained, SHAPE), tmp_path / name))
    assert stored.kind == kind
    found = network_with(other, SHAPE, stored)
    for theirs, ours, before in zip(trained.layers, found.layers, other.layers, strict=True):
        assert ours == (theirs if ours.enabled else before)


def test_more_than_ten_of_a_kind_are_in_order(keras: Any, tmp_path: Path) -> None:
    layers = tuple(Conv2D(kernel=np.full((1, 1, 1, 1), n, np.float32), bias=np.ones(1, np.float32)) for n in range(12))
    stored = read(written(keras_model(Network(layers), SHAPE), tmp_path / "net.weights.h5"))
    plain = Network(tuple(Conv2D(kernel=np.zeros((1, 1, 1, 1), np.float32)) for _ in range(12)))
    assert [layer.kernel.item() for layer in network_with(plain, SHAPE, stored).layers] == list(range(12))


def test_a_layer_that_was_saved_without_a_bias(keras: Any, tmp_path: Path) -> None:
    model = keras.Sequential([keras.Input(SHAPE), keras.layers.Conv2D(1, 3, use_bias=False)])
    stored = read(written(model, tmp_path / "net.weights.h5"))
    (layer,) = network_with(Network((Conv2D(bias=np.ones(1, np.float32)),)), SHAPE, stored).layers
    assert layer.bias.tolist() == [0]
    np.testing.assert_array_equal(layer.kernel, model.layers[0].kernel.numpy())


def test_a_network_that_is_another(keras: Any, tmp_path: Path) -> None:
    stored = read(written(keras_model(network(1), SHAPE), tmp_path / "net.weights.h5"))
    with pytest.raises(Refused, match="4 layers, and the network has 1"):
        network_with(Network((Conv2D(),)), SHAPE, stored)
    with pytest.raises(Refused, match="not for layer Conv2D 3×3: it needs 3×3×1×2, 2, and the file has 3×3×1×3, 3"):
        network_with(network(1, filters=2), SHAPE, stored)
    others = (Dense(kernel=np.zeros((81, 3), np.float32)), Dense(), Dense(), Dense())
    with pytest.raises(Refused, match="not for layer Dense"):
        network_with(Network((Flatten(), *others)).fitted(SHAPE, np.random.default_rng(0)), SHAPE, stored)


def test_weights_that_are_not_finite(keras: Any, tmp_path: Path) -> None:
    model = keras_model(Network((Conv2D(), GlobalAveragePooling2D())), SHAPE)
    model.layers[0].bias.assign([np.nan])
    with pytest.raises(Refused, match="layer conv2d are not finite"):
        read(written(model, tmp_path / "net.weights.h5"))


def test_through_the_loader_and_what_it_refuses(keras: Any, tmp_path: Path) -> None:
    path = written(keras_model(network(1), SHAPE), tmp_path / "net.weights.h5")
    stored = ModelProcess().open_weights(path)
    assert network_with(network(2), SHAPE, stored).layers[0] == network(1).layers[0]
    with pytest.raises(Refused, match="weights only"):
        ModelProcess().open(path)
    path.write_bytes(path.read_bytes()[:2000])
    with pytest.raises(Refused, match="cut short"):
        ModelProcess().open_weights(path)
