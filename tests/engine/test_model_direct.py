"""Reading a .keras file without Keras: what it gives is what Keras gives, and where it isn't sure it gives nothing."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest import mock

import h5py
import numpy as np
import pytest

from cnn_explorer.engine import model_loading
from cnn_explorer.engine.model_direct import read_directly
from cnn_explorer.files.model_look_description import ModelDescription
from tests.engine.model_opening import saved


@pytest.fixture(autouse=True)
def no_limits() -> Any:
    limits = ("limit_files", "limit_memory", "lift_memory_limit")
    with mock.patch.multiple(model_loading, **{name: mock.Mock() for name in limits}):
        yield


def accepted(path: Path, tmp_path: Path) -> Any:
    folder = tmp_path / f"copy of {path.name}"
    folder.mkdir()
    return model_loading.accept(str(path), str(folder))


def assert_same(first: ModelDescription, second: ModelDescription) -> None:
    names = ("kind", "name", "inputs", "outputs", "input_shape", "classes", "preprocessing")
    assert [getattr(first, name) for name in names] == [getattr(second, name) for name in names]
    for one, other in zip(first.layers, second.layers, strict=True):
        fields = ("name", "kind", "config", "calls", "output_shape")
        assert [getattr(one, name) for name in fields] == [getattr(other, name) for name in fields]
        assert list(one.weights) == list(other.weights)
        for name, values in one.weights.items():
            np.testing.assert_array_equal(values, other.weights[name])
        if one.model is not None:
            assert other.model is not None
            assert_same(one.model, other.model)


def drawn(model: Any) -> Any:
    rng = np.random.default_rng(2)
    for variable in model.weights:
        variable.assign(rng.uniform(0.1, 1, variable.shape))
    return model


def chain(keras: Any) -> Any:
    L = keras.layers
    return keras.Sequential([
        keras.Input((12, 12, 3)), L.Rescaling(1 / 255), L.Conv2D(4, 3, use_bias=False),
        L.BatchNormalization(scale=False), L.ReLU(), L.DepthwiseConv2D(3, depth_multiplier=2),
        L.SeparableConv2D(3, 3, activation="relu"),
        L.Conv2DTranspose(2, 3, 2), L.Conv2D(4, 3, groups=2), L.LayerNormalization(), L.MaxPooling2D(), L.Dropout(0.5),
        L.Flatten(), L.Dense(5, activation="softmax"),
    ])  # fmt: skip


def branches(keras: Any) -> Any:
    L = keras.layers
    inner = keras.Sequential([keras.Input((8, 8, 4)), L.Conv2D(4, 3, padding="same"), L.BatchNormalization()])
    start = keras.Input((8, 8, 4))
    a = L.Conv2D(4, 1)(start)
    b = inner(L.Conv2D(4, 1)(a))
    gate = L.Dense(4, activation="sigmoid")(L.GlobalAveragePooling2D(keepdims=True)(b))
    out = L.Concatenate()([L.Multiply()([b, gate]), a + b, L.Conv2D(2, 1)(a)])
    return keras.Model(start, L.Dense(3)(L.GlobalMaxPooling2D()(out)))


@pytest.mark.parametrize("make", [chain, branches])
def test_it_gives_what_keras_gives(keras: Any, make: Callable[[Any], Any], tmp_path: Path) -> None:
    path = saved(drawn(make(keras)), tmp_path / "model.keras")
    found = accepted(path, tmp_path)
    direct = read_directly(found)
    assert direct is not None
    assert_same(direct, model_loading.load(str(path), found))


def unknown(L: Any) -> dict[str, list[Any]]:
    return {
        "weights of another kind": [L.PReLU()],
        "a layer that draws": [L.RandomFlip()],
        "an axis": [L.BatchNormalization(axis=1)],
        "numbers of its own": [L.Normalization(mean=1.0, variance=2.0)],
        "another precision": [L.Conv2D(2, 3, dtype="float16")],
    }


@pytest.mark.parametrize("name", unknown(mock.MagicMock()))
def test_what_is_not_known_is_left_to_keras(keras: Any, name: str, tmp_path: Path) -> None:
    model = keras.Sequential([keras.Input((8, 8, 3)), keras.layers.Conv2D(2, 3), *unknown(keras.layers)[name]])
    assert read_directly(accepted(saved(model, tmp_path / "model.keras"), tmp_path)) is None


def test_whole_models_in_hdf5_are_left_to_keras(keras: Any, tmp_path: Path) -> None:
    assert read_directly(accepted(saved(chain(keras), tmp_path / "model.h5"), tmp_path)) is None


def change_weights(path: Path, change: Callable[[Any], None], tmp_path: Path) -> Path:
    """The file with other weights in it."""
    inner, changed = tmp_path / "weights.h5", tmp_path / "changed.keras"
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    inner.write_bytes(parts["model.weights.h5"])
    with h5py.File(inner, "r+") as file:
        change(file)
    parts["model.weights.h5"] = inner.read_bytes()
    with zipfile.ZipFile(changed, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return changed


def _missing(file: Any) -> None:
    del file["layers/conv2d/vars/0"]


def _one_more(file: Any) -> None:
    file["layers/re_lu/vars/0"] = np.zeros(3, np.float32)


def _other_shape(file: Any) -> None:
    values = file["layers/conv2d/vars/0"][:]
    del file["layers/conv2d/vars/0"]
    file["layers/conv2d/vars/0"] = values.reshape(1, 9, 3, 4)


def _not_finite(file: Any) -> None:
    file["layers/dense/vars/1"][0] = np.nan


@pytest.mark.parametrize("change", [_missing, _one_more, _other_shape, _not_finite])
def test_weights_that_do_not_fit_are_left_to_keras_which_says_why(
    keras: Any, change: Callable[[Any], None], tmp_path: Path
) -> None:
    path = change_weights(saved(drawn(chain(keras)), tmp_path / "model.keras"), change, tmp_path)
    assert read_directly(accepted(path, tmp_path)) is None


@pytest.mark.parametrize(("field", "value"), [("kernel_size", [9, 1]), ("strides", [2, 2]), ("filters", 3)])
def test_a_plan_that_does_not_fit_is_left_to_keras(keras: Any, field: str, value: Any, tmp_path: Path) -> None:
    path, changed = saved(chain(keras), tmp_path / "model.keras"), tmp_path / "changed.keras"
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    config = json.loads(parts["config.json"])
    layer = next(each for each in config["config"]["layers"] if each["class_name"] == "Conv2D")
    layer["config"] |= {field: value, "dilation_rate": [2, 2]} if field == "strides" else {field: value}
    parts["config.json"] = json.dumps(config).encode()
    with zipfile.ZipFile(changed, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    assert read_directly(accepted(changed, tmp_path)) is None
