"""Keras's own models, as networks here: the numpy reference and `tf.nn` give what the models give."""

from __future__ import annotations

import inspect
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from cnn_explorer.engine import model_known
from cnn_explorer.engine.model_opening import opened
from cnn_explorer.files.imagenet import CLASS_INDEX, weights_of
from cnn_explorer.files.known_models import KNOWN_MODELS
from cnn_explorer.network.document import Document, Image
from cnn_explorer.network.results import evaluate
from cnn_explorer.network.sentence import Refused
from tests.engine.model_opening import reopened

SIDE = 32
"""Rows and columns of the image: the models are made for 224, and here for what a test has time for."""

EXPECTED = {
    "MobileNetV2": lambda x: x / 127.5 - 1,
    "ResNet50": lambda x: x[..., ::-1] - np.array([103.939, 116.779, 123.68], np.float32),
    "VGG16": lambda x: x[..., ::-1] - np.array([103.939, 116.779, 123.68], np.float32),
    "EfficientNetV2B0": lambda x: x,
}
"""What each model expects of pixels from 0 to 255, written down from the papers' conventions and not from ours."""


def model_of(keras: Any, name: str) -> Any:
    """The model with numbers such as a training leaves: Keras's own begin with variances of 1 and biases of 0."""
    keras.utils.set_random_seed(7)
    top: dict[str, Any] = {"include_top": False, "pooling": "avg"} if name == "VGG16" else {"include_top": True}
    model = getattr(keras.applications, name)(weights=None, input_shape=(SIDE, SIDE, 3), **top)
    rng = np.random.default_rng(3)
    ranges = {"gamma": (0.5, 1.5), "beta": (-0.2, 0.2), "bias": (-0.2, 0.2), "moving_mean": (-0.2, 0.2),
              "moving_variance": (0.5, 2)}  # fmt: skip
    for variable in model.weights:
        if variable.name in ranges:
            variable.assign(rng.uniform(*ranges[variable.name], variable.shape))
    return model


@pytest.mark.parametrize("name", EXPECTED)
def test_the_network_gives_what_the_model_gives(keras: Any, forward: Any, name: str) -> None:
    model = model_of(keras, name)
    found = opened(reopened(keras, model))
    x = np.random.default_rng(0).uniform(0, 1, (SIDE, SIDE, 3)).astype(np.float32)
    theirs = np.asarray(model(EXPECTED[name](x * 255)[np.newaxis], training=False)).reshape(-1)
    document = Document(Image(x), found.network)
    reference, engine = evaluate(document).maps[-1], list(forward(document))[-1]
    for ours in (reference, engine):
        assert np.abs(ours.reshape(-1) - theirs).max() <= 1e-4 * np.abs(theirs).max()
    assert theirs.std() > 1e-4 * np.abs(theirs).max()  # the outputs differ, so that they can be told apart


class Asked(Exception):
    """Keras has asked for a file."""


@pytest.mark.parametrize("name", KNOWN_MODELS)
def test_keras_knows_the_place_and_the_checksum(keras: Any, name: str) -> None:
    """As its source has them: to build each model only to hear what it asks for would take long."""
    source, remote = inspect.getsource(inspect.getmodule(getattr(keras.applications, name))), weights_of(name)
    folder = remote.url.removesuffix(remote.name)
    for part in (remote.checksum, "/".join(folder.split("/")[-2:])):
        assert part in source.replace('"\n    "', "")


@pytest.mark.parametrize("name", ("MobileNetV2", "ConvNeXtTiny"))
def test_the_weights_are_those_that_keras_asks_for(keras: Any, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Name, address and checksum."""

    def ask(fname: str, origin: str, cache_subdir: str, file_hash: str | None = None) -> str:
        raise Asked(fname, origin, file_hash or "")

    monkeypatch.setattr("keras.src.utils.file_utils.get_file", ask)
    with pytest.raises(Asked) as caught:
        getattr(keras.applications, name)(weights="imagenet")
    remote = weights_of(name)
    assert caught.value.args == (remote.name, remote.url, remote.checksum)


def test_the_names_are_those_that_keras_asks_for(keras: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def ask(fname: str, origin: str, cache_subdir: str, file_hash: str | None = None) -> str:
        raise Asked(fname, origin, file_hash or "")

    monkeypatch.setattr("keras.src.utils.file_utils.get_file", ask)
    with pytest.raises(Asked) as caught:
        keras.applications.imagenet_utils.decode_predictions(np.zeros((1, 1000), np.float32))
    assert caught.value.args == (CLASS_INDEX.name, CLASS_INDEX.url, CLASS_INDEX.checksum)


def without_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("limit_files", "limit_memory"):
        monkeypatch.setattr(model_known, name, lambda *arguments, **keywords: None)


@pytest.fixture(scope="module")
def trained(keras: Any) -> Any:
    """The smallest of them with other numbers than random ones."""
    model = keras.applications.MobileNetV2(weights=None)
    for at, variable in enumerate(model.weights):
        variable.assign(np.full(variable.shape, 0.5 + at / 1000, np.float32))
    return model


def save_weights(model: Any, path: Path, kind: str) -> None:
    import h5py
    from keras.src.legacy.saving import legacy_h5_format

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Keras is behind numpy
        if kind == "new":
            model.save_weights(path)
            return
        with h5py.File(path, "w") as file:
            legacy_h5_format.save_weights_to_hdf5_group(file, model)


@pytest.mark.parametrize("kind", ["new", "classic"])
def test_a_known_model_with_the_weights_in_a_file(
    keras: Any, trained: Any, kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As Keras 3 saves them, and as they are published: layer by layer in the order of the model."""
    path = tmp_path / ("own.weights.h5" if kind == "new" else "published.h5")
    save_weights(trained, path, kind)
    without_limits(monkeypatch)
    (tmp_path / "folder").mkdir()
    found = model_known.known_model("MobileNetV2", str(path), str(tmp_path / "folder"))
    arrays = [values for layer in found.every_layer() for values in layer.weights.values()]
    assert len(arrays) == len(trained.weights)
    for values, variable in zip(arrays, trained.weights, strict=True):
        np.testing.assert_array_equal(values, variable.numpy())


def test_weights_of_another_model_are_refused_with_the_file_named(
    keras: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = keras.Sequential([keras.Input((8, 8, 3)), keras.layers.Conv2D(1, 3)])
    save_weights(other, tmp_path / "other.weights.h5", "new")
    without_limits(monkeypatch)
    (tmp_path / "folder").mkdir()
    with pytest.raises(Refused) as caught:
        model_known.known_model("MobileNetV2", str(tmp_path / "other.weights.h5"), str(tmp_path / "folder"))
    assert "other.weights.h5" in str(caught.value.sentence)
    assert len(str(caught.value.sentence)) < 300
