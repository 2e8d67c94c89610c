"""Files with weights only: read, and matched to a network like the one that they are from."""

from __future__ import annotations

import re
import tempfile
import warnings
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest import mock

import h5py
import numpy as np
import pytest

from cnn_explorer.engine import model_loading, model_stored
from cnn_explorer.engine.model_networks import keras_model
from cnn_explorer.engine.model_opening import ModelLoader, opened
from cnn_explorer.engine.model_process import ModelProcess
from cnn_explorer.engine.model_stored import BY_CLASS, BY_ORDER, network_with
from cnn_explorer.files.model_look_description import ModelDescription
from cnn_explorer.files.opened_model import StoredWeights, prepares
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
from tests.engine.model_opening import reopened

SHAPE = (9, 9, 1)


FEWER = (
    "They are for 4 layers, and the network has 1 with weights: it has none for batch_normalization, with 3, 3, 3, 3."
)


def network(seed: int, filters: int = 3) -> Network:
    """Convolutions, a normalisation and a dense layer, with weights drawn from a seed; one layer is switched off."""
    layers = (Conv2D(padding=(1, 1, 1, 1)), Activation(), Conv2D(enabled=False), BatchNormalization(), MaxPooling2D(),
              Conv2D(), Flatten(), Dense())  # fmt: skip
    made = Network(layers)
    rng = np.random.default_rng(seed)
    made = Network(tuple(layer.with_filters(filters, rng) for layer in made.layers)).fitted(SHAPE, rng)
    return made.with_layers([drawn(layer, rng) for layer in made.layers])


def drawn(layer: Any, rng: np.random.Generator) -> Any:
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
    found = network_with(other, stored)
    for theirs, ours, before in zip(trained.layers, found.layers, other.layers, strict=True):
        assert ours == (theirs if ours.enabled else before)


def test_more_than_ten_of_a_kind_are_in_order(keras: Any, tmp_path: Path) -> None:
    layers = tuple(Conv2D(kernel=np.full((1, 1, 1, 1), n, np.float32), bias=np.ones(1, np.float32)) for n in range(12))
    stored = read(written(keras_model(Network(layers), SHAPE), tmp_path / "net.weights.h5"))
    plain = Network(tuple(Conv2D(kernel=np.zeros((1, 1, 1, 1), np.float32)) for _ in range(12)))
    assert [layer.kernel.item() for layer in network_with(plain, stored).layers] == list(range(12))


def test_a_layer_that_was_saved_without_a_bias(keras: Any, tmp_path: Path) -> None:
    model = keras.Sequential([keras.Input(SHAPE), keras.layers.Conv2D(1, 3, use_bias=False)])
    stored = read(written(model, tmp_path / "net.weights.h5"))
    (layer,) = network_with(Network((Conv2D(bias=np.ones(1, np.float32)),)), stored).layers
    assert layer.bias.tolist() == [0]
    np.testing.assert_array_equal(layer.kernel, model.layers[0].kernel.numpy())


def test_a_network_that_is_another(keras: Any, tmp_path: Path) -> None:
    stored = read(written(keras_model(network(1), SHAPE), tmp_path / "net.weights.h5"))
    with pytest.raises(Refused, match=f"^{re.escape(FEWER)}$"):
        network_with(Network(network(1).layers[:2]), stored)
    with pytest.raises(Refused, match="Layer Conv2D 3×3 needs 3×3×1×2, 2, and the file has 3×3×1×3, 3 for it"):
        network_with(network(1, filters=2), stored)
    with pytest.raises(Refused, match=r"no layers with weights"):
        network_with(Network((Flatten(),)), stored)
    others = (Dense(kernel=np.zeros((81, 3)), bias=np.zeros(3), name="wide"), Dense(), Dense(), Dense())
    with pytest.raises(Refused, match="Layer wide needs 81×3, 3, and the file has 12×3, 3 for it"):
        network_with(Network((Flatten(), *others)).fitted(SHAPE, np.random.default_rng(0)), stored)
    more = network(1).with_layers([*network(1).layers, Dense(kernel=np.zeros((3, 2), np.float32), name="more")])
    with pytest.raises(Refused, match="Layer more needs 3×2, 1, and the file has nothing for it"):
        network_with(more, stored)


def read_of(model: Any, path: Path) -> ModelDescription:
    """The weights of a Keras model, as Keras 3 writes them to a .weights.h5, or as Keras 2 wrote them."""
    if path.name.endswith(".weights.h5"):
        return read(written(model, path))
    legacy = pytest.importorskip("keras.src.legacy.saving.legacy_h5_format")
    with h5py.File(path, "w") as file, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        legacy.save_weights_to_hdf5_group(file, model)
    return read(path)


@pytest.mark.parametrize("name", ["net.weights.h5", "net.h5"])
def test_dense_layers_over_a_map_which_are_convolutions_here(keras: Any, name: str, tmp_path: Path) -> None:
    L = keras.layers
    model = keras.Sequential([keras.Input((8, 8, 1)), L.Dense(3), L.Conv2D(4, 1), L.Dense(5), L.Conv2D(2, 3)])
    before = opened(reopened(keras, model)).network
    for place, variable in enumerate(model.weights):
        variable.assign(np.random.default_rng(place).uniform(0.5, 1, variable.shape))
    assert network_with(before, read_of(model, tmp_path / name)) == opened(reopened(keras, model)).network


@pytest.mark.parametrize("name", ["net.weights.h5", "net.h5"])
def test_layers_that_keras_computes(keras: Any, name: str, tmp_path: Path) -> None:
    """One with weights, and one without."""
    L = keras.layers
    model = keras.Sequential([keras.Input((8, 8, 1)), L.Conv2D(3, 3), L.PReLU(), L.Cropping2D(1), L.Conv2D(2, 3)])
    before = opened(reopened(keras, model)).network
    assert [layer.kind for layer in before.layers] == ["Conv2D", "KerasLayer", "KerasLayer", "Conv2D"]
    for place, variable in enumerate(model.weights):
        variable.assign(np.random.default_rng(place).uniform(0.5, 1, variable.shape))
    found = network_with(before, read_of(model, tmp_path / name))
    assert [layer.name for layer in found.layers] == [layer.name for layer in before.layers]
    for theirs, ours in zip(opened(reopened(keras, model)).network.layers, found.layers, strict=True):
        for each in weight_fields(theirs):
            np.testing.assert_array_equal(getattr(ours, each.name), getattr(theirs, each.name))
    assert found.layers[1].numbers.tolist() == model.layers[1].alpha.numpy().ravel().tolist()


@pytest.mark.parametrize("name", ["net.weights.h5", "net.h5"])
def test_a_model_with_branches_and_layers_that_prepare_its_pixels(keras: Any, name: str, tmp_path: Path) -> None:
    """What the program has put before the model has nothing in the file; its own Normalization does."""
    L = keras.layers
    start = keras.Input((8, 8, 3))
    a = L.Conv2D(3, 3, padding="same", name="a")(L.Normalization(name="standard")(L.Rescaling(1 / 127.5)(start)))
    added = L.Add()([a, L.Conv2D(3, 3, padding="same", use_bias=False, name="b")(a)])
    model = keras.Model(start, L.Dense(2, name="scores")(L.GlobalAveragePooling2D()(L.BatchNormalization()(added))))
    before = opened(reopened(keras, model)).network
    for place, variable in enumerate(model.weights):
        if variable.dtype == "float32":
            variable.assign(np.random.default_rng(place).uniform(0.5, 1, variable.shape))
    after = opened(reopened(keras, model)).network
    assert prepares(0, before.layers[0])
    found = network_with(before, read_of(model, tmp_path / name))
    assert found == after
    assert found != before
    other = keras.Sequential([keras.Input((8, 8, 3)), *[L.Conv2D(3, 3, padding="same", name=n) for n in "cdefg"]])
    with pytest.raises(Refused, match="^Layer (standard|a) needs"):  # not what was put before the model
        network_with(before, read_of(other, tmp_path / f"other_{name}"))


def in_models(keras: Any, first: str = "one") -> Any:
    """Two models in the model, with a normalisation in each; all convolutions have the same sizes."""
    L = keras.layers

    def inner(name: str) -> Any:
        layers = [L.BatchNormalization(name=f"{name}_norm"), L.Conv2D(3, 3, padding="same", name=f"{name}_conv")]
        return keras.Sequential(layers, name=name)

    start = keras.Input((8, 8, 3))
    x = L.Conv2D(3, 3, padding="same", name="outer")(inner(first)(start))
    x = L.Conv2D(3, 3, padding="same", name="last")(inner("two")(x))
    model = keras.Model(start, L.Dense(2, name="scores")(L.GlobalAveragePooling2D()(x)))
    for place, variable in enumerate(model.weights):
        variable.assign(np.random.default_rng(place).uniform(0.5, 1, variable.shape))
    return model


@pytest.mark.parametrize("name", ["net.weights.h5", "net.h5"])
def test_models_in_the_model(keras: Any, name: str, tmp_path: Path) -> None:
    model = in_models(keras)
    after = opened(reopened(keras, model)).network
    stored = read_of(model, tmp_path / name)
    for variable in model.weights:
        variable.assign(np.zeros(variable.shape) + 0.1)
    before = opened(reopened(keras, model)).network
    assert before != after
    assert network_with(before, stored) == after


def unnamed(path: Path) -> Path:
    """As Keras wrote weights before it wrote the layers' names beside them."""
    with h5py.File(path, "a") as file:
        file.visititems(lambda _, group: group.attrs.pop("name", None) and None)
    return path


def test_models_in_the_model_without_names_are_known_by_their_sizes_or_refused(keras: Any, tmp_path: Path) -> None:
    L = keras.layers
    model = in_models(keras)
    before = opened(reopened(keras, model)).network
    path = unnamed(written(model, tmp_path / "net.weights.h5"))
    with pytest.raises(Refused) as caught:
        network_with(before, read(path))
    assert str(caught.value.sentence) == (
        "The file doesn't say which of its parts is layer outer: conv2d and sequential_1/conv2d, a model in the "
        "model, have the same sizes."
    )
    inner = keras.Sequential([keras.Input((8, 8, 4)), L.Conv2D(3, 3, padding="same"), L.Conv2D(3, 1)])
    start = keras.Input((8, 8, 3))
    model = keras.Model(start, L.Conv2D(2, 3)(inner(L.Conv2D(4, 3, padding="same")(start))))
    after = opened(reopened(keras, model)).network
    stored = read(unnamed(written(model, tmp_path / "other.weights.h5")))
    assert network_with(drawn_anew(after), stored) == after


@pytest.mark.parametrize("name", ["net.weights.h5", "net.h5"])
@pytest.mark.parametrize("named", [True, False])
def test_layers_that_are_depthwise_convolutions_here(keras: Any, name: str, named: bool, tmp_path: Path) -> None:
    """Convolutions with a group for each channel, and ConvNeXt's LayerScale."""
    from keras.src.applications.convnext import LayerScale

    L = keras.layers
    layers = [L.Conv2D(6, 3, groups=3, padding="same"), LayerScale(0.1, 6), L.DepthwiseConv2D(3, use_bias=False)]
    model = keras.Sequential([keras.Input((8, 8, 3)), *layers])
    for place, variable in enumerate(model.weights):
        variable.assign(np.random.default_rng(place).uniform(0.5, 1, variable.shape))
    after = opened(reopened(keras, model)).network
    assert [layer.kind for layer in after.layers] == ["DepthwiseConv2D"] * 3
    stored = read_of(model, tmp_path / name)
    if not named:
        stored = replace(stored, layers=tuple(replace(each, config={}) for each in stored.layers))
    before = after.with_layers([replace(each, kernel=each.kernel + 1) for each in after.layers])
    assert network_with(before, stored) == after


def drawn_anew(network: Network) -> Network:
    rng = np.random.default_rng(5)
    return network.with_layers([drawn(layer, rng) for layer in network.layers])


@pytest.mark.parametrize("name", ["net.weights.h5", "net.h5"])
@pytest.mark.parametrize("options", [{"scale": False}, {"center": False}, {"scale": False, "center": False}])
@pytest.mark.parametrize("trained", [False, True])
def test_batch_normalisations_without_scale_or_shift(
    keras: Any, name: str, options: dict[str, bool], trained: bool, tmp_path: Path
) -> None:
    L = keras.layers
    model = keras.Sequential([keras.Input((8, 8, 3)), L.Conv2D(5, 3), L.BatchNormalization(**options), L.Conv2D(2, 1)])
    before = opened(reopened(keras, model)).network
    for place, variable in enumerate(model.weights):
        if trained:
            variable.assign(variable + np.random.default_rng(place).uniform(-0.2, 0.2, variable.shape))
    after = opened(reopened(keras, model)).network
    assert network_with(before, read_of(model, tmp_path / name)) == after


def test_weights_that_are_not_finite(keras: Any, tmp_path: Path) -> None:
    model = keras_model(Network((Conv2D(), GlobalAveragePooling2D())), SHAPE)
    model.layers[0].bias.assign([np.nan])
    with pytest.raises(Refused, match="layer conv2d are not finite"):
        read(written(model, tmp_path / "net.weights.h5"))


def test_weights_that_are_too_large_are_refused_before_they_are_read(
    keras: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(keras_model(network(1), SHAPE), tmp_path / "net.weights.h5")
    monkeypatch.setattr(model_stored, "LARGEST", 100)
    monkeypatch.setattr(model_stored, "stored_weights", None)
    with pytest.raises(Refused, match="its weights are too large for a network here"):
        read(path)
    assert 4 * 143_667_240 < 650_000_000  # VGG19


def test_through_the_loader_and_what_it_refuses(keras: Any, tmp_path: Path) -> None:
    path = written(keras_model(network(1), SHAPE), tmp_path / "net.weights.h5")
    stored = ModelProcess().open_weights(path)
    assert network_with(network(2), stored).layers[0] == network(1).layers[0]
    with pytest.raises(Refused, match="weights only"):
        ModelProcess().open(path)
    found = ModelLoader().open(str(path), lambda state, seconds: None)
    assert isinstance(found, StoredWeights)
    assert found.into(network(2)) == network_with(network(2), stored)
    with pytest.raises(Refused) as caught:
        found.into(network(1, filters=2))
    assert str(caught.value.sentence) == (
        "net.weights.h5 has weights without a model, and they don't fit the network on the screen: "
        "Layer Conv2D 3×3 needs 3×3×1×2, 2, and the file has 3×3×1×3, 3 for it."
    )
    path.write_bytes(path.read_bytes()[:2000])
    with pytest.raises(Refused, match="cut short"):
        ModelProcess().open_weights(path)
