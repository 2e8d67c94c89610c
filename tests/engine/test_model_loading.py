"""What is opened is what Keras has saved: layers, edges, shapes and weights, of every kind that is on the list."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import h5py
import numpy as np
import pytest

from cnn_explorer.engine import model_loading
from cnn_explorer.engine.model_message import arrays_of, model_in, plain_model
from cnn_explorer.files.model_look_config import read_config
from cnn_explorer.files.model_look_description import PREPROCESSINGS, ModelDescription
from cnn_explorer.files.model_look_json import plain_values
from cnn_explorer.files.model_look_layers import LAYERS as KNOWN
from cnn_explorer.files.model_look_plan import Source, keras_config
from cnn_explorer.files.model_look_size import ModelSize, size_of
from cnn_explorer.network.sentence import Refused
from tests.engine.model_opening import opened, reopened, saved

MAPS: dict[str, Callable[[Any], Any]] = {
    "Dense": lambda L: L.Dense(3, kernel_regularizer="l2", bias_constraint="non_neg"),
    "Conv2D": lambda L: L.Conv2D(4, (3, 2), (2, 1), "same", groups=2, kernel_initializer="he_normal"),
    "Conv2DTranspose": lambda L: L.Conv2DTranspose(3, 4, (2, 3), "same", output_padding=(1, 0)),
    "SeparableConv2D": lambda L: L.SeparableConv2D(3, 3, depth_multiplier=2, dilation_rate=2),
    "DepthwiseConv2D": lambda L: L.DepthwiseConv2D(3, depth_multiplier=2, use_bias=False),
    "Activation": lambda L: L.Activation("gelu"),
    "ReLU": lambda L: L.ReLU(6.0),
    "LeakyReLU": lambda L: L.LeakyReLU(),
    "PReLU": lambda L: L.PReLU(shared_axes=[1, 2]),
    "ELU": lambda L: L.ELU(),
    "Softmax": lambda L: L.Softmax(),
    "MaxPooling2D": lambda L: L.MaxPooling2D((3, 2), 2, "same"),
    "AveragePooling2D": lambda L: L.AveragePooling2D(2),
    "GlobalAveragePooling2D": lambda L: L.GlobalAveragePooling2D(keepdims=True),
    "GlobalMaxPooling2D": lambda L: L.GlobalMaxPooling2D(),
    "AdaptiveAveragePooling2D": lambda L: L.AdaptiveAveragePooling2D((2, 3)),
    "AdaptiveMaxPooling2D": lambda L: L.AdaptiveMaxPooling2D(2),
    "ZeroPadding2D": lambda L: L.ZeroPadding2D(((1, 0), (2, 3))),
    "Cropping2D": lambda L: L.Cropping2D(((1, 0), (2, 1))),
    "UpSampling2D": lambda L: L.UpSampling2D((2, 3), interpolation="bilinear"),
    "BatchNormalization": lambda L: L.BatchNormalization(center=False),
    "LayerNormalization": lambda L: L.LayerNormalization(),
    "GroupNormalization": lambda L: L.GroupNormalization(2),
    "UnitNormalization": lambda L: L.UnitNormalization(),
    "Dropout": lambda L: L.Dropout(0.5, seed=3),
    "SpatialDropout2D": lambda L: L.SpatialDropout2D(0.5),
    "GaussianDropout": lambda L: L.GaussianDropout(0.5),
    "GaussianNoise": lambda L: L.GaussianNoise(0.5),
    "AlphaDropout": lambda L: L.AlphaDropout(0.5),
    "ActivityRegularization": lambda L: L.ActivityRegularization(0.1, 0.2),
    "Flatten": lambda L: L.Flatten(),
    "Reshape": lambda L: L.Reshape((-1, 8)),
    "Permute": lambda L: L.Permute((2, 3, 1)),
    "Identity": lambda L: L.Identity(),
    "Rescaling": lambda L: L.Rescaling([0.5, 1.0, 2.0, 3.0], 1.0),
    "Normalization": lambda L: L.Normalization(mean=[1.0, 2.0, 3.0, 4.0], variance=[1.0, 1.0, 2.0, 2.0]),
    "Resizing": lambda L: L.Resizing(5, 4, interpolation="nearest"),
    "CenterCrop": lambda L: L.CenterCrop(5, 4),
    "RandomCrop": lambda L: L.RandomCrop(5, 4),
    "RandomFlip": lambda L: L.RandomFlip("horizontal"),
    "RandomRotation": lambda L: L.RandomRotation(0.1),
    "RandomZoom": lambda L: L.RandomZoom(0.1),
    "RandomTranslation": lambda L: L.RandomTranslation(0.1, 0.2),
    "RandomContrast": lambda L: L.RandomContrast(0.1),
    "RandomBrightness": lambda L: L.RandomBrightness(0.1),
}
"""A layer of each kind for an input of 8×9 and 4 channels, with fields that are not as usual."""

ROWS: dict[str, Callable[[Any], Any]] = {"RepeatVector": lambda L: L.RepeatVector(3)}
MERGES = ("Add", "Subtract", "Multiply", "Average", "Maximum", "Minimum", "Concatenate", "Dot")
ELSEWHERE = {"InputLayer", "LayerScale", "CustomScaleLayer"}


def model_of(keras: Any, kind: str) -> Any:
    if kind in MERGES:
        ends = [keras.Input((4,), name=name) for name in ("left", "right")]
        joined = keras.layers.Dot(axes=1) if kind == "Dot" else getattr(keras.layers, kind)()
        return keras.Model(ends, joined(ends))
    layer = MAPS[kind](keras.layers) if kind in MAPS else ROWS[kind](keras.layers)
    return keras.Sequential([keras.Input((8, 9, 4) if kind in MAPS else (4,)), layer])


def scattered(model: Any) -> Any:
    """The model with weights that are all different."""
    rng = np.random.default_rng(1)
    for variable in model.weights:
        if variable.dtype == "float32":
            variable.assign(rng.uniform(0.1, 1, variable.shape))
    return model


def assert_described(found: ModelDescription, model: Any) -> None:
    """Names, shapes and weights of a description against Keras's model."""
    theirs = {each.name: each for each in model.layers}
    for layer in found.layers:
        if layer.kind == "InputLayer" or layer.name not in theirs:
            continue
        expected = theirs[layer.name]
        if layer.model is not None:
            assert_described(layer.model, expected)
            continue
        for variable, (name, values) in zip(expected.weights, layer.weights.items(), strict=True):
            assert name == variable.name
            np.testing.assert_array_equal(values, np.asarray(variable.numpy(), np.float32))
        if layer.kind != "Dot":
            assert layer.output_shape == tuple(expected.output.shape[1:])


@pytest.mark.parametrize("kind", [*MAPS, *ROWS, *MERGES])
def test_every_kind_of_layer_that_keras_saves_opens(keras: Any, kind: str) -> None:
    model = scattered(model_of(keras, kind))
    for suffix in ("keras", "h5") if kind != "RandomBrightness" else ("keras",):  # whose h5 Keras fails to write
        found = reopened(keras, model, suffix)
        assert kind in [each.kind for each in found.layers]
        assert_described(found, model)


def test_every_kind_is_tried() -> None:
    tried = {*MAPS, *ROWS, *MERGES, *ELSEWHERE}
    assert {kind for kind in KNOWN if not kind.startswith("ops.")} == tried


def branches(keras: Any) -> Any:
    """A shared model in the model, a sum, a calculation with a number, a sequence, two outputs."""
    L = keras.layers
    start = keras.Input((8, 8, 1), name="start")
    inside = keras.Input((8, 8, 1))
    inner = keras.Model(inside, L.BatchNormalization()(L.Conv2D(2, 3)(inside)), name="inner")
    first = inner(start)
    second = inner(L.Activation("relu", name="act")(start))
    both = L.Add(name="plus")([first, second])
    row = keras.Sequential([keras.Input((6, 6, 2)), L.Conv2D(3, 1), L.Flatten()], name="seq")(both)
    return keras.Model(start, [L.Dense(4, name="scores")(row + 1.0), row], name="branches")


@pytest.mark.parametrize("suffix", ["keras", "h5"])
def test_edges_and_models_in_the_model(keras: Any, suffix: str) -> None:
    model = scattered(branches(keras))
    found = reopened(keras, model, suffix)
    layers = {each.name: each for each in found.layers}
    assert layers["inner"].calls == ((Source("start"),), (Source("act"),))
    assert layers["plus"].calls == ((Source("inner"), Source("inner", 1)),)
    summed = next(each for each in found.layers if each.kind == "ops.Add")
    assert summed.calls == ((Source("seq"), 1.0),)
    assert [each.layer for each in found.outputs] == ["scores", "seq"]
    assert layers["seq"].model is not None and layers["seq"].model.is_chain
    assert not found.is_chain
    assert (found.input_shape, found.classes) == ((8, 8, 1), 4)
    assert_described(found, model)
    names = [each.name for each in found.layers]
    for layer in found.layers:
        assert all(names.index(read) < names.index(layer.name) for read in layer.reads)


def test_the_message_to_the_window_loses_nothing(keras: Any) -> None:
    found = reopened(keras, scattered(branches(keras)))
    again = model_in(json.loads(json.dumps(plain_model(found))), arrays_of(found))
    assert plain_model(again) == plain_model(found)
    assert [layer.calls for layer in again.every_layer()] == [layer.calls for layer in found.every_layer()]
    for one, other in zip(arrays_of(found), arrays_of(again), strict=True):
        assert one is other


APPLICATIONS = ("MobileNetV2", "MobileNetV3Small", "ConvNeXtTiny", "EfficientNetV2B0")
"""Between them: residual sums, squeeze and excitation, numbers beside tensors, models in models, layers of theirs."""


@pytest.mark.timeout(180)
@pytest.mark.parametrize("name", APPLICATIONS)
def test_shapes_and_weights_are_counted_as_keras_counts_them(keras: Any, name: str) -> None:
    """From the configuration alone; and Keras builds the same model from what is written for it."""
    model = getattr(keras.applications, name)(weights=None)
    text = json.dumps(keras.saving.serialize_keras_object(model))
    plan = read_config(plain_values(text.encode(), "config.json"))
    size = size_of(plan)
    assert size.weights == model.count_params()
    assert_shapes(size, model)
    again = keras.saving.deserialize_keras_object(keras_config(plan), safe_mode=True)
    assert [each.shape for each in again.weights] == [each.shape for each in model.weights]


def assert_shapes(size: ModelSize, model: Any) -> None:
    for layer in model.layers:
        assert size.output_shape(layer.name) == tuple(layer.output.shape[1:]), layer.name
        if hasattr(layer, "layers"):
            assert_shapes(size.nested[layer.name], layer)


def test_a_large_model_opens_whole(keras: Any) -> None:
    model = keras.applications.MobileNetV2(weights=None, input_shape=(96, 96, 3), alpha=0.35, classes=7)
    found = reopened(keras, model)
    assert_described(found, model)
    assert (found.classes, found.preprocessing) == (7, "-1 to 1")
    assert found.preprocessing in PREPROCESSINGS


def test_whole_models_as_keras_2_wrote_them(keras: Any, tmp_path: Path) -> None:
    L = keras.layers
    model = scattered(keras.Sequential([keras.Input((8, 8, 1)), L.Conv2D(2, 3), L.LeakyReLU(0.1), L.Flatten()]))
    path = saved(model, tmp_path / "old.h5")
    config = {"class_name": "Sequential", "config": [
        {"class_name": "Conv2D", "config": {"name": "c", "batch_input_shape": [None, 8, 8, 1], "filters": 2,
                                            "kernel_size": [3, 3], "activation": "linear"}},
        {"class_name": "LeakyReLU", "config": {"name": "l", "alpha": 0.1}},
        {"class_name": "Flatten", "config": {"name": "f"}},
    ]}  # fmt: skip
    with h5py.File(path, "r+") as file:
        file.attrs["model_config"] = json.dumps(config)
        file.attrs["keras_version"] = "2.0.6"
    found = opened(path)
    assert [each.kind for each in found.layers] == ["InputLayer", "Conv2D", "LeakyReLU", "Flatten"]
    np.testing.assert_array_equal(found.layers[1].weights["kernel"], model.layers[0].kernel.numpy())


def test_256_layers_are_built_once_and_not_256_times(keras: Any) -> None:
    """By Keras's own reader it takes 10 s."""
    model = keras.Sequential([keras.Input((4, 4, 1)), *[keras.layers.Activation("relu") for _ in range(255)]])
    assert len(reopened(keras, model).layers) == 256


def settings_of(keras: Any) -> tuple[Any, ...]:
    config = keras.config
    return config.epsilon(), config.floatx(), config.image_data_format(), config.dtype_policy().name


def test_keras_is_the_same_after_whatever_was_opened(keras: Any, shared_folder: Path) -> None:
    before = settings_of(keras), dict(keras.saving.get_custom_objects())
    for path in sorted((shared_folder / "cases" / "bad_inputs" / "model").glob("*.*")):
        if path.suffix in (".keras", ".h5"):
            try:
                opened(path)
            except Refused as refused:
                assert len(str(refused.sentence)) <= 300
    assert (settings_of(keras), dict(keras.saving.get_custom_objects())) == before


def test_a_file_that_changes_keras_is_refused(keras: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """None is known that gets so far: so the weights are placed by something that does it."""
    path = saved(keras.Sequential([keras.Input((4,)), keras.layers.Dense(2)]), tmp_path / "model.keras")
    before = keras.config.epsilon()

    def meddle(model: Any, copy: str) -> None:
        keras.config.set_epsilon(0.5)

    monkeypatch.setattr("cnn_explorer.engine.model_weights.place_weights", meddle)
    try:
        with pytest.raises(Refused, match="changes settings of Keras"):
            opened(path)
    finally:
        keras.config.set_epsilon(before)


def test_what_keras_can_t_build_is_said_in_a_sentence(keras: Any, tmp_path: Path) -> None:
    small = keras.Sequential([keras.Input((8, 8, 1)), keras.layers.Conv2D(1, 3)])
    path = saved(small, tmp_path / "model.h5")
    with h5py.File(path, "r+") as file:
        config = json.loads(file.attrs["model_config"])
        for layer in config["config"]["layers"]:
            layer["config"].get("batch_shape", [0, 0])[1] = 2
        file.attrs["model_config"] = json.dumps(config)
    with pytest.raises(Refused) as caught:
        opened(path)
    text = str(caught.value.sentence)
    assert "Keras can't build it" in text
    assert len(text) <= 300


def test_whose_weights_do_not_fit_is_said(keras: Any, tmp_path: Path) -> None:
    model = keras.Sequential([keras.Input((8, 8, 1)), keras.layers.Conv2D(1, 3, name="c"), keras.layers.Flatten(),
                              keras.layers.Dense(2, name="d")])  # fmt: skip
    path = saved(model, tmp_path / "model.h5")
    with h5py.File(path, "r+") as file:
        group = file["model_weights/d"]
        name = group.attrs["weight_names"][0]
        del group[name]
        group[name] = np.zeros((5, 5), np.float32)
    with pytest.raises(Refused, match="weights of layer d"):
        opened(path)


def test_safe_mode_can_t_be_turned_off() -> None:
    source = Path(model_loading.__file__).parent
    for path in source.glob("model_*.py"):
        text = path.read_text(encoding="utf-8")
        assert "safe_mode=False" not in text
        assert "enable_unsafe" not in text
        assert "load_model(" not in text
