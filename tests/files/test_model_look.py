"""The look at .keras files: what is refused, in which words, how soon; and what of a good one is believed."""

from __future__ import annotations

import io
import json
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cnn_explorer.files.model_look import look_at_model, looked_at
from cnn_explorer.files.model_look_json import DEEPEST, LARGEST_CONFIG, MOST_VALUES
from cnn_explorer.files.model_look_layers import LAYERS
from cnn_explorer.files.model_look_plan import Source, keras_config
from cnn_explorer.files.model_look_shapes import RULES
from cnn_explorer.network.sentence import Refused
from tests.files.model_files import (
    HDF5,
    archive,
    called,
    changed,
    functional,
    input_layer,
    layer,
    residual,
    sequential,
    small_layers,
    tensor,
    write,
)

LONGEST_SENTENCE = 300
QUICK = 0.2
"""Seconds of the processor."""


def message(path: Path) -> str:
    """The sentence with which a file is refused, which must be short, name the file, and come soon."""
    start = time.process_time()
    with pytest.raises(Refused) as caught:
        look_at_model(path)
    assert time.process_time() - start < QUICK
    text = str(caught.value.sentence)
    assert len(text) <= LONGEST_SENTENCE
    assert "\n" not in text
    assert path.name in text
    return text


def refused(tmp_path: Path, config: Any) -> str:
    return message(write(tmp_path / "model.keras", archive(config)))


def test_a_good_file_gives_a_plan_and_its_size(tmp_path: Path) -> None:
    path = write(tmp_path / "named.h5", archive(sequential()))
    with looked_at(path) as look:
        assert look.plan is not None and look.size is not None
        assert [each.name for each in look.plan.layers] == ["in", "c", "f", "d"]
        assert look.size.output_shape("c") == (6, 6, 2)
        assert look.size.output_shape("f") == (72,)
        assert look.size.weights == 9 * 2 + 2 + 72 * 3 + 3
        look.copy(str(tmp_path / "weights"))
    assert (tmp_path / "weights").read_bytes() == HDF5


def test_edges_of_a_functional_model(tmp_path: Path) -> None:
    with looked_at(write(tmp_path / "model.keras", archive(residual()))) as look:
        assert look.plan is not None and look.size is not None
        summed = next(each for each in look.plan.layers if each.name == "sum")
        assert summed.calls[0].sources == (Source("a"), Source("b"))
        assert look.size.output_shape("sum") == (8, 8, 2)
        assert look.plan.output_sources == (Source("mean"),)


def test_an_hdf5_file_of_any_name_is_left_to_h5py(tmp_path: Path) -> None:
    with looked_at(write(tmp_path / "model.keras", HDF5)) as look:
        assert look.plan is None
        look.copy(str(tmp_path / "copy"))
    assert (tmp_path / "copy").read_bytes() == HDF5


def test_what_keras_gets_holds_nothing_of_the_file_s_own(tmp_path: Path) -> None:
    config = sequential()
    config["compile_config"] = {"loss": "os.system"}
    config["config"]["layers"][1]["build_config"] = {"input_shape": [None, 10**9, 10**9, 1]}
    config["config"]["layers"][1]["config"]["kernel_initializer"] = "he_normal"
    with looked_at(write(tmp_path / "model.keras", archive(config))) as look:
        assert look.plan is not None
        written = keras_config(look.plan)
    text = json.dumps(written)
    assert not any(word in text for word in ("os.system", "build_config", "compile_config", "he_normal", "1000000000"))
    assert written["config"]["build_input_shape"] == [None, 8, 8, 1]
    assert [each["class_name"] for each in written["config"]["layers"]] == ["Conv2D", "Flatten", "Dense"]


def test_every_layer_on_the_list_has_a_rule_for_its_shape() -> None:
    assert LAYERS.keys() == RULES.keys()
    assert not {"Lambda", "TFSMLayer", "TextVectorization", "TimeDistributed"} & LAYERS.keys()


# configurations that are refused

NOT_LISTED = ("not on the list",)
IN = "config.layers"
CASES: dict[str, tuple[Any, tuple[str, ...]]] = {
    "a Lambda of another module": (
        sequential([*small_layers(), {"module": "keras.src.layers.core", "class_name": "Lambda", "config": {}}]),
        ("Lambda", "code"),
    ),
    "a layer of somebody's": (changed(sequential(), f"{IN}.1.module", "my_layers"), ("my_layers.Conv2D", *NOT_LISTED)),
    "a registered layer": (changed(sequential(), f"{IN}.1.registered_name", "Mine>Conv2D"), ("Mine>Conv2D",)),
    "a layer that reads files": (
        sequential([layer("StringLookup", "words", vocabulary="/etc/passwd")]), ("StringLookup", *NOT_LISTED),
    ),
    "a layer around another": (sequential([layer("TimeDistributed", "t", layer={})]), ("TimeDistributed",)),
    "a class that is a number": (changed(sequential(), f"{IN}.1.class_name", 7), ("7", *NOT_LISTED)),
    "a function as activation": (
        changed(sequential(), f"{IN}.1.config.activation",
                {"module": "os", "class_name": "function", "config": "system", "registered_name": "system"}),
        ("activation of layer c", "os.system"),
    ),
    "an activation that is code": (
        changed(sequential(), f"{IN}.1.config.activation", {"class_name": "__lambda__", "config": {"value": "4wE"}}),
        ("activation of layer c", "__lambda__"),
    ),
    "a layer as activation with one inside": (
        changed(sequential(), f"{IN}.1.config.activation", layer("ReLU", "r", max_value={"class_name": "x"})),
        ("activation of layer c", "number"),
    ),
    "an initializer of another module": (
        changed(sequential(), f"{IN}.1.config.kernel_initializer", {"module": "os", "class_name": "Zeros"}),
        ("kernel_initializer of layer c", "os.Zeros"),
    ),
    "an initializer with an object inside": (
        changed(sequential(), f"{IN}.1.config.kernel_initializer",
                {"module": "keras.initializers", "class_name": "Constant", "config": {"value": {"class_name": "x"}}}),
        ("kernel_initializer of layer c",),
    ),
    "a regularizer that is none": (
        changed(sequential(), f"{IN}.1.config.kernel_regularizer", {"class_name": "function", "config": "get_file"}),
        ("kernel_regularizer of layer c",),
    ),
    "a constraint that is none": (changed(sequential(), f"{IN}.1.config.bias_constraint", "run"), ("run",)),
    "a policy of another kind": (
        changed(sequential(), f"{IN}.1.config.dtype", {"class_name": "QuantizedDTypePolicy", "config": {}}),
        ("dtype of layer c", "QuantizedDTypePolicy"),
    ),
    "a field that is not known": (changed(sequential(), f"{IN}.1.config.callback", "x"), ("callback", "not known")),
    "a field that is missing": (sequential([input_layer(8), layer("Dense", "d")]), ("units of layer d", "missing")),
    "channels first": (changed(sequential(), f"{IN}.1.config.data_format", "channels_first"), ("data_format",)),
    "units of 10¹⁸": (changed(sequential(), f"{IN}.3.config.units", 10**18), ("units of layer d", "too large")),
    "units true": (changed(sequential(), f"{IN}.3.config.units", True), ("units of layer d", "whole number")),
    "strides 0": (changed(sequential(), f"{IN}.1.config.strides", [0, 1]), ("strides of layer c",)),
    "three strides": (changed(sequential(), f"{IN}.1.config.strides", [1, 1, 1]), ("strides of layer c", "two")),
    "a kernel that is infinite": (
        changed(sequential(), f"{IN}.1.config.kernel_size", [float("inf"), 3]), ("kernel_size of layer c",)
    ),
    "a rate of NaN": (
        sequential([*small_layers(), layer("Dropout", "drop", rate=float("nan"))]), ("rate of layer drop",)
    ),
    "an image of 10¹² cells": (
        changed(sequential(), f"{IN}.0.config.batch_shape", [None, 10**6, 10**6, 1]), ("too large", "cells")
    ),
    "many weights together": (
        sequential([input_layer(20_000), *[layer("Dense", f"d{n}", units=20_000) for n in range(3)]]),
        ("too large", "million weights"),
    ),
    "maps that grow": (
        sequential([input_layer(64, 64, 1), *[layer("UpSampling2D", f"u{n}", size=64) for n in range(4)]]),
        ("too large", "million cells"),
    ),
    "257 layers in a row": (
        sequential([input_layer(4, 4, 1), *[layer("Identity", f"i{n}") for n in range(257)]]), ("too large", "258")
    ),
    "names that differ inside and outside": (
        functional([called(input_layer(4)), {**called(layer("Flatten", "f"), tensor("in")), "name": "g"}], ["in", 0, 0],
                   ["f", 0, 0]),
        ("two names",),
    ),
    "a loop": (
        functional(
            [called(input_layer(4)), called(layer("Add", "a"), [tensor("in"), tensor("b")]),
             called(layer("Flatten", "b"), tensor("a"))], ["in", 0, 0], ["b", 0, 0],
        ),
        ("loop",),
    ),
    "a layer that isn't there": (
        functional([called(input_layer(4)), called(layer("Flatten", "f"), tensor("g"))], ["in", 0, 0], ["f", 0, 0]),
        ("layer g", "isn't there"),
    ),
    "a call that isn't there": (
        functional([called(input_layer(4)), called(layer("Flatten", "f"), tensor("in", 1))], ["in", 0, 0], ["f", 0, 0]),
        ("isn't there",),
    ),
    "a layer that leads nowhere": (
        functional([called(input_layer(4)), called(layer("Flatten", "f"), tensor("in")),
                    called(layer("Flatten", "g"), tensor("in"))], ["in", 0, 0], ["f", 0, 0]),
        ("layer g", "no output"),
    ),
    "a call with an object": (
        functional([called(input_layer(4)), called(layer("Flatten", "f"), tensor("in"), {"class_name": "__lambda__"})],
                   ["in", 0, 0], ["f", 0, 0]),
        ("inbound_nodes of layer f",),
    ),
    "a call with a keyword": (
        functional([called(input_layer(4)), called(layer("Flatten", "f"), tensor("in"), out="/tmp/x")], ["in", 0, 0],
                   ["f", 0, 0]),
        ("called with out",),
    ),
    "no output": (functional([called(input_layer(4)), called(layer("Flatten", "f"), tensor("in"))], ["in", 0, 0], []),
                  ("output_layers",)),
    "no shape": (sequential(small_layers()[1:]), ("shape of its input",)),
    "no layers": (sequential([]), ("no layers",)),
    "layers that are numbers": (sequential([1, 2]), ("no list of layers",)),  # type: ignore[list-item]
    "a model that is a layer": (layer("Dense", "d", units=3), ("keras.layers.Dense", *NOT_LISTED)),
    "a registered model": (changed(sequential(), "registered_name", "Mine>Model"), ("Mine>Model",)),
    "a list": ([1, 2, 3], ("not a model",)),
    "a number": (7, ("not a model",)),
    "two members of one name": (b'{"a": 1, "b": 2, "a": 3}', ('"a" twice',)),
    "half a text": (b'{"module": "keras", "class', ("config.json", "JSON")),
    "a number of many digits": (b'{"a": ' + b"1" * 3000 + b"}", ("3000 digits",)),
    "many values": (b"[" + b"1," * MOST_VALUES + b"1]", ("config.json", "too large")),
    "much text": (b'["' + b"x" * LARGEST_CONFIG + b'"]', ("config.json", "too large")),
    "many lists in each other": (b"[" * (DEEPEST + 1) + b"]" * (DEEPEST + 1), ("nested",)),
    "many objects in each other": (b'{"a":' * 30_000 + b"1" + b"}" * 30_000, ("nested",)),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_a_configuration_that_is_refused(name: str, tmp_path: Path) -> None:
    config, words = CASES[name]
    text = refused(tmp_path, config)
    for word in words:
        assert word in text


def test_models_in_models(tmp_path: Path) -> None:
    model = sequential()
    for depth in range(9):
        model = sequential([input_layer(8, 8, 1), changed(model, "config.name", f"m{depth}")])
    assert "nested" in refused(tmp_path, model)


def test_models_that_are_called_again_and_again(tmp_path: Path) -> None:
    """200 calls in a model that is called 200 times in one that is called 200 times: eight million steps."""
    model = functional(
        [called(input_layer(4)), called(layer("Identity", "i"), tensor("in"))], ["in", 0, 0], ["i", 0, 0]
    )
    for depth in range(3):
        inner = {**changed(model, "config.name", f"m{depth}"), "inbound_nodes": [], "name": f"m{depth}"}
        node = {"args": [tensor("in")], "kwargs": {}}
        inner["inbound_nodes"] = [node] * 200
        model = functional([called(input_layer(4)), inner], ["in", 0, 0], [f"m{depth}", 1, 0])
    assert "calls of layers" in refused(tmp_path, model)


def test_a_value_of_the_file_is_shown_short_and_on_one_line(tmp_path: Path) -> None:
    text = refused(tmp_path, changed(sequential(), "config.layers.1.class_name", "A\n\u202eB" * 200))
    assert "\u202e" not in text


# archives


def zipped(entries: list[tuple[zipfile.ZipInfo | str, bytes]], packing: int = zipfile.ZIP_STORED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", packing) as file:
        for name, content in entries:
            file.writestr(name, content)
    return buffer.getvalue()


def with_member(name: str, mode: int = 0o100644) -> bytes:
    info = zipfile.ZipInfo(name)
    info.external_attr = mode << 16
    return zipped([("config.json", json.dumps(sequential()).encode()), ("model.weights.h5", HDF5), (info, b"x")])


ARCHIVES: dict[str, tuple[Callable[[], bytes], str]] = {
    "an absolute name": (lambda: with_member("/tmp/bad_inputs/flags/absolute"), "outside"),
    "a name that goes up": (lambda: with_member("assets/../../up"), "outside"),
    "a drive": (lambda: with_member("C:x"), "outside"),
    "an empty part": (lambda: with_member("assets//x"), "outside"),
    "a link": (lambda: with_member("assets/link", 0o120777), "link"),
    "a device": (lambda: with_member("assets/device", 0o060777), "device"),
    "a bomb beside the weights": (
        lambda: zipped([("config.json", json.dumps(sequential()).encode()), ("model.weights.h5", HDF5),
                        ("assets/zeros", bytes(120_000_000))], zipfile.ZIP_DEFLATED), "expands",
    ),
    "weights of another kind": (lambda: archive(sequential(), weights=b"PK\3\4" + bytes(100)), "not an HDF5"),
    "nothing": (lambda: zipped([("metadata.json", b"{}")]), "config.json"),
    "no archive behind its first bytes": (lambda: b"PK\3\4" + bytes(5000), "damaged"),
    "an empty file": (lambda: b"", "empty"),
    "text": (lambda: b"BMI of the class\n", "not a Keras model"),
}  # fmt: skip


@pytest.mark.parametrize("name", ARCHIVES)
def test_an_archive_that_is_refused(name: str, tmp_path: Path) -> None:
    content, words = ARCHIVES[name]
    assert words in message(write(tmp_path / "model.keras", content()))


def test_every_place_at_which_an_archive_may_be_cut(tmp_path: Path) -> None:
    content = archive(sequential())
    for length in range(1, len(content), 97):
        path = write(tmp_path / "model.keras", content[:length])
        with pytest.raises(Refused):
            look_at_model(path)


def test_assets_are_left_where_they_are(tmp_path: Path) -> None:
    path = write(tmp_path / "model.keras", with_member("assets/words.txt"))
    before = set(tmp_path.iterdir())
    assert look_at_model(path) is None
    assert set(tmp_path.iterdir()) == before
