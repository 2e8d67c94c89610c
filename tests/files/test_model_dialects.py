"""The ways in which versions of Keras write the same model: all of them become one plan."""

from __future__ import annotations

from typing import Any

import pytest

from cnn_explorer.files.model_look_config import read_config
from cnn_explorer.files.model_look_plan import ModelPlan, Source, keras_config
from cnn_explorer.files.model_look_size import size_of
from cnn_explorer.files.model_look_words import Unfit
from tests.files.model_files import called, functional, input_layer, layer, residual, sequential, tensor


def old_layer(kind: str, name: str, **config: Any) -> dict[str, Any]:
    """A layer as Keras 2 writes it: no module."""
    return {"class_name": kind, "config": {"name": name, "trainable": True, "dtype": "float32", **config}}


def old_residual() -> dict[str, Any]:
    """`residual`, as Keras 2 writes it."""
    wide = {"filters": 2, "kernel_size": [3, 3], "padding": "same", "data_format": "channels_last", "groups": 1,
            "kernel_initializer": {"class_name": "GlorotUniform", "config": {"seed": None}}}  # fmt: skip
    layers = [
        old_layer("InputLayer", "in", batch_input_shape=[None, 8, 8, 1], sparse=False, ragged=False),
        old_layer("Conv2D", "a", **wide),
        old_layer("Conv2D", "b", **wide),
        old_layer("Add", "sum"),
        old_layer("GlobalAveragePooling2D", "mean", data_format="channels_last", keepdims=False),
    ]
    nodes = [[], [[["in", 0, 0, {}]]], [[["a", 0, 0, {}]]], [[["a", 0, 0, {}], ["b", 0, 0, {}]]], [[["sum", 0, 0, {}]]]]
    return {
        "class_name": "Model",
        "config": {
            "name": "m",
            "layers": [
                {**each, "name": each["config"]["name"], "inbound_nodes": node}
                for each, node in zip(layers, nodes, strict=True)
            ],
            "input_layers": [["in", 0, 0]],
            "output_layers": [["mean", 0, 0]],
        },
    }


def edges(plan: ModelPlan) -> dict[str, Any]:
    return {each.name: [call.sources for call in each.calls] for each in plan.layers}


def test_a_functional_model_of_keras_2_is_the_same_as_of_keras_3() -> None:
    old, new = read_config(old_residual()), read_config(residual())
    assert edges(old) == edges(new)
    assert size_of(old).shapes == size_of(new).shapes
    assert [each["inbound_nodes"] for each in keras_config(old)["config"]["layers"]] == [
        each["inbound_nodes"] for each in keras_config(new)["config"]["layers"]
    ]


@pytest.mark.parametrize("wrapped", [True, False])
def test_a_sequential_model_of_keras_2_says_the_shape_in_its_first_layer(wrapped: bool) -> None:
    layers = [
        old_layer("Conv2D", "c", batch_input_shape=[None, 8, 8, 1], filters=2, kernel_size=[3, 3]),
        old_layer("LeakyReLU", "leaky", alpha={"type": "ndarray", "value": 0.1}),
        old_layer("BatchNormalization", "norm", axis=[3], momentum=0.9, renorm=False, fused=True),
    ]
    plan = read_config({"class_name": "Sequential", "config": {"name": "m", "layers": layers} if wrapped else layers})
    assert [each.kind for each in plan.layers] == ["InputLayer", "Conv2D", "LeakyReLU", "BatchNormalization"]
    assert plan.input_shape == (8, 8, 1)
    assert plan.layers[2].config["negative_slope"] == 0.1
    assert plan.layers[3].config["axis"] == 3
    assert "fused" not in plan.layers[3].config
    assert size_of(plan).output_shape("norm") == (6, 6, 2)


def test_what_old_versions_wrote_into_a_depthwise_convolution_is_left_out() -> None:
    deep = old_layer("DepthwiseConv2D", "c", batch_input_shape=[None, 8, 8, 3], kernel_size=[3, 3], groups=1,
                     kernel_initializer="glorot_uniform")  # fmt: skip
    plan = read_config({"class_name": "Sequential", "config": [deep]})
    assert {"groups", "kernel_initializer"}.isdisjoint(plan.layers[1].config)
    deep["config"]["groups"] = 3
    with pytest.raises(Unfit, match="groups of layer c is 3"):
        read_config({"class_name": "Sequential", "config": [deep]})


def test_the_shape_may_stand_beside_the_layers() -> None:
    dense = [layer("Dense", "d", units=3)]
    assert read_config(sequential(dense, build_input_shape=[None, 5])).input_shape == (5,)
    built = sequential(dense)
    built["build_config"] = {"input_shape": [None, 7]}
    assert read_config(built).input_shape == (7,)


@pytest.mark.parametrize("first", [0, 1])
def test_calls_of_a_model_in_a_model_are_counted_from_0_or_1(first: int) -> None:
    inner = called(sequential([input_layer(4), layer("Dense", "d", units=4)]), tensor("in"))
    inner["inbound_nodes"].append({"args": [tensor("m", first)], "kwargs": {"mask": None}})
    after = called(layer("Add", "sum"), [tensor("m", first), tensor("m", first + 1)])
    plan = read_config(functional([called(input_layer(4)), inner, after], ["in", 0, 0], ["sum", 0, 0]))
    assert edges(plan) == {
        "in": [], "m": [(Source("in"),), (Source("m"),)], "sum": [(Source("m"), Source("m", 1))],
    }  # fmt: skip
    assert size_of(plan).weights == 20


def test_layers_are_put_behind_those_they_read() -> None:
    config = residual()
    config["config"]["layers"].reverse()
    plan = read_config(config)
    assert [each.name for each in plan.layers] == ["in", "a", "b", "sum", "mean"]


def test_a_sum_with_a_number_is_a_calculation_not_a_layer() -> None:
    shifted = called(old_layer("Add", "plus"), tensor("in"), 3.0)
    plan = read_config(functional([called(input_layer(4)), shifted], ["in", 0, 0], ["plus", 0, 0]))
    assert plan.layers[1].kind == "ops.Add"
    written = keras_config(plan)["config"]["layers"][1]
    assert (written["module"], written["class_name"]) == ("keras.src.ops.numpy", "Add")
    assert written["inbound_nodes"][0]["args"][1] == 3.0


def test_a_layer_as_activation_and_objects_around_weights_are_kept() -> None:
    punished = {"module": "keras.regularizers", "class_name": "L2", "config": {"l2": 0.01}, "registered_name": None}
    plan = read_config(
        sequential(
            [
                input_layer(4),
                layer("Dense", "d", units=3, activation=layer("LeakyReLU", "inner", negative_slope=0.1),
                      kernel_regularizer=punished, bias_constraint="non_neg", kernel_initializer="he_normal"),
            ]
        )
    )  # fmt: skip
    config = plan.layers[1].config
    assert config["activation"]["config"] == {"negative_slope": 0.1}
    assert config["kernel_regularizer"] == punished
    assert config["bias_constraint"]["class_name"] == "NonNeg"
    assert "kernel_initializer" not in config


def test_the_batch_is_left_open() -> None:
    fixed = input_layer(4)
    fixed["config"]["batch_shape"][0] = 32
    plan = read_config(sequential([fixed, layer("Flatten", "f")]))
    assert plan.layers[0].config["batch_shape"] == [None, 4]
