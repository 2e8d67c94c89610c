"""What generated code looks like; that it computes what is on the screen is tested where there is a TensorFlow."""

from __future__ import annotations

import ast
import io
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cnn_explorer.network import code_keras, code_tf_nn
from cnn_explorer.network.arrays import frozen
from cnn_explorer.network.code import STYLES, Code, Part, layer_part, network_part, write_code
from cnn_explorer.network.code_text import LINE, Array, number, numbers
from cnn_explorer.network.document import Document, Image
from cnn_explorer.network.layers import (
    LAYERS,
    Activation,
    BatchNormalization,
    Conv2D,
    Dense,
    Dropout,
    Flatten,
    GlobalAveragePooling2D,
    Layer,
    MaxPooling2D,
    UpSampling2D,
)
from cnn_explorer.network.network import Network
from cnn_explorer.network.presets import default_document
from cnn_explorer.network.results import evaluate
from tests.network.code_documents import any_networks, single_layers

HANDBOOK_MODEL = """\
model = keras.Sequential([
    keras.Input((7, 7, 1)),
    keras.layers.Conv2D(filters=1, kernel_size=3),  # 5×5×1
    keras.layers.Activation("relu"),  # 5×5×1
    keras.layers.MaxPooling2D(pool_size=2),  # 2×2×1
])

# The weights on the screen
kernel = np.array(
    [
        [0, 0, -1],
        [0, 1, 0],
        [-2, 0, 2],
    ],
    np.float32,
).reshape(3, 3, 1, 1)
bias = np.array([1], np.float32)
model.layers[0].set_weights([kernel, bias])
"""

HANDBOOK_FUNCTION = """\
def network(x):
    # What TensorFlow calls convolution does not flip the kernel: strictly it is cross-correlation.
    x = tf.nn.conv2d(x, kernel, strides=1, padding="VALID") + bias  # 5×5×1
    x = tf.nn.relu(x)  # 5×5×1
    x = tf.nn.max_pool2d(x, ksize=2, strides=2, padding="VALID")  # 2×2×1
    return x
"""


def random_image(*shape: int) -> Image:
    return Image(frozen(np.random.default_rng(1).uniform(-1, 1, shape).round(3)))


def stack(image: Image, *layers: Layer, training: bool = False) -> Document:
    """The layers, with weights for what goes into each."""
    return Document(image, Network(layers, training).fitted(image.shape, np.random.default_rng(2)))


def written(document: Document, style: str = "keras", **how: Any) -> Code:
    return write_code(network_part(document), style, **how)


def layer_code(document: Document, index: int, style: str = "keras", **how: Any) -> Code:
    part = layer_part(evaluate(document), index)
    assert part is not None
    return write_code(part, style, **how)


def body(code: Code) -> list[str]:
    """The lines of the model or of the function."""
    lines = code.text.splitlines()
    first = next(at for at, line in enumerate(lines) if line.startswith(("model = keras", "def ")))
    last = next(at for at, line in enumerate(lines) if at > first and line in ("])", "    return x"))
    return [line.strip() for line in lines[first + 1 : last]]


# the whole


def test_the_handbook_in_keras() -> None:
    assert HANDBOOK_MODEL in written(default_document()).text


def test_the_handbook_in_tf_nn() -> None:
    assert HANDBOOK_FUNCTION in written(default_document(), "tf.nn").text


def test_every_kind_of_layer_can_be_written_both_ways() -> None:
    assert code_keras.KINDS.keys() == code_tf_nn.KINDS.keys() == LAYERS.keys()


def all_ways(part: Part) -> list[Code]:
    return [
        write_code(part, style, weights, saved)
        for style in STYLES for weights in (True, False) for saved in (True, False)
    ]  # fmt: skip


def check_form(code: Code) -> None:
    """It is Python, its lines are neither long nor empty at the end, and every name it uses is one that it makes."""
    lines = code.text.split("\n")
    assert max(map(len, lines)) <= LINE
    assert lines == [line.rstrip() for line in lines]
    assert code.text.endswith("\n") and not code.text.endswith("\n\n") and "\n\n\n\n" not in code.text
    nodes = list(ast.walk(ast.parse(code.text)))
    made = {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    made |= {node.arg for node in nodes if isinstance(node, ast.arg)}
    made |= {node.name for node in nodes if isinstance(node, ast.FunctionDef)}
    made |= {alias.asname or alias.name for node in nodes if isinstance(node, (ast.Import, ast.ImportFrom))
             for alias in node.names}  # fmt: skip
    used = {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
    assert used <= made | {"print", "__file__"}
    assert set(code.arrays) <= {name for names in code.names.values() for name in names} | masks(made)


def masks(names: set[str]) -> set[str]:
    return {name for name in names if name.startswith("mask")}


@pytest.mark.parametrize("kind", LAYERS)
@settings(max_examples=20)
@given(st.data())
def test_every_kind_of_layer_is_tidy_python(kind: str, data: Any) -> None:
    for code in all_ways(network_part(data.draw(single_layers(kind)))):
        check_form(code)


@settings(max_examples=40)
@given(any_networks(6))
def test_networks_are_tidy_python(document: Document) -> None:
    evaluation = evaluate(document)
    for index in range(len(document.network.layers)):
        part = layer_part(evaluation, index)
        assert part is not None
        check_form(write_code(part, "keras"))
    for code in all_ways(network_part(document)):
        check_form(code)


@settings(max_examples=40)
@given(any_networks(6), st.sampled_from([34, 60]))
def test_short_lines_are_the_same_program(document: Document, line: int) -> None:
    part = network_part(document)
    for style in STYLES:
        short = write_code(part, style, line=line).text
        assert ast.dump(ast.parse(short)) == ast.dump(ast.parse(write_code(part, style).text))
        lines = short.split("\n")
        assert lines == [each.rstrip() for each in lines]


def test_the_handbook_fits_into_a_narrow_column() -> None:
    for style in STYLES:
        assert max(map(len, written(default_document(), style, line=33).text.split("\n"))) <= 33


def test_no_layers_at_all() -> None:
    for style in STYLES:
        code = written(Document(random_image(4, 4, 1)), style)
        assert "output = image\n" in code.text
        check_form(code)


# numbers


def test_numbers_are_as_short_as_they_can_be() -> None:
    values = np.array([1, -2, 0.5, 1 / 3, -0.0, 1e9, 1e-7, 0.1], np.float32)
    assert numbers(values) == ["1", "-2", "0.5", "0.33333334", "0", "1e+09", "1e-07", "0.1"]
    assert number(0.2) == "0.2"


@settings(max_examples=100)
@given(st.lists(st.integers(1, 4), min_size=1, max_size=4), st.data())
def test_an_array_is_what_it_was(lengths: list[int], data: Any) -> None:
    count = int(np.prod(lengths))
    drawn = data.draw(st.lists(st.floats(-1e9, 1e9, width=32), min_size=count, max_size=count))
    values = np.array(drawn, np.float32).reshape(lengths)
    order = tuple(data.draw(st.permutations(range(len(lengths)))))
    variables: dict[str, Any] = {"np": np}
    exec("\n".join(Array("a", values, order).lines()), variables)
    assert variables["a"].dtype == np.float32
    np.testing.assert_array_equal(variables["a"], values)


def test_a_long_row_goes_on_below_its_first_number() -> None:
    lines = Array("a", frozen(np.arange(80).reshape(2, 40) / 7)).lines()
    assert max(map(len, lines)) <= LINE
    assert lines[2].startswith("        [0, ") and lines[3].startswith("         1.")


def test_filters_are_written_one_after_the_other() -> None:
    kernel = np.zeros((2, 2, 1, 3), np.float32)
    kernel[..., 0, 1] = [[1, 2], [3, 4]]
    code = written(stack(random_image(5, 5, 1), Conv2D(kernel=frozen(kernel), bias=frozen([0, 0, 0]))))
    assert "        [[1, 2], [3, 4]],\n" in code.text
    assert ".reshape(3, 1, 2, 2).transpose(2, 3, 1, 0)" in code.text
    assert "filter by filter" in code.text


# what stands in it


def test_a_layer_that_is_off_is_left_out() -> None:
    document = default_document()
    document = document.with_layer(1, replace(document.network.layers[1], enabled=False))
    assert "relu" not in written(document).text
    assert "output = inputs\n" in layer_code(document, 1).text


def test_names_of_layers_stand_in_comments_and_stay_there() -> None:
    document = default_document()
    named = replace(document.network.layers[0], name="edges\nimport os  # \u2028x")
    for style in STYLES:
        code = written(document.with_layer(0, named), style)
        assert "# edges import os  #  x: 5×5×1\n" in code.text
        assert not any(line.startswith("import os") for line in code.text.splitlines())


def test_the_code_ends_before_a_layer_that_can_not_be() -> None:
    document = Document(random_image(3, 3, 1), Network((Activation(), MaxPooling2D(pool_size=(4, 4)), Activation())))
    code = written(document)
    assert [line.split("(")[0] for line in body(code)] == ["keras.Input", "keras.layers.Activation"]
    assert "ends before a layer" in str(code.notes[0])
    assert "# The code ends before a layer" in code.text


def test_only_what_is_not_as_usual_is_written() -> None:
    layer = Conv2D(strides=(2, 1), padding="same")
    assert 'keras.layers.Conv2D(filters=1, kernel_size=3, strides=(2, 1), padding="same"),  # 5×9×1' in body(
        written(stack(random_image(9, 9, 1), layer))
    )
    pooling = MaxPooling2D(pool_size=(3, 3), strides=(1, 2))
    assert "keras.layers.MaxPooling2D(pool_size=3, strides=(1, 2)),  # 7×4×1" in body(
        written(stack(random_image(9, 9, 1), pooling))
    )


@pytest.mark.parametrize(
    ("padding", "zeros"), [("full", "2"), ((1, 1, 2, 2), "(1, 2)"), ((0, 3, 1, 2), "((0, 3), (1, 2))")]
)
def test_keras_pads_with_a_layer_of_its_own(padding: Any, zeros: str) -> None:
    code = written(stack(random_image(7, 7, 1), Conv2D(padding=padding)))
    assert body(code)[1] == f"keras.layers.ZeroPadding2D(padding={zeros}),"
    assert "model.layers[1].set_weights([kernel, bias])" in code.text
    assert code.style == "keras" and not code.notes


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"strides": (2, 2), "dilation_rate": (2, 2)}, "it has none with a stride and a dilation at once"),
        ({"padding": "same", "fill": "reflect"}, "it pads with zeros only"),
        ({"padding": (1, 1, 1, 1), "fill": "symmetric"}, "it pads with zeros only"),
    ],
)  # fmt: skip
def test_what_keras_has_no_layer_for_is_written_in_tf_nn(fields: Any, reason: str) -> None:
    document = stack(random_image(9, 9, 1), Conv2D(**fields))
    code = written(document)
    sentence = f"Keras has no layer for Conv2D 3×3: {reason}."
    assert [str(note) for note in code.notes] == [sentence]
    assert code.style == "tf.nn" and "tf.nn.conv2d(" in code.text and f"# {sentence}" in code.text
    assert written(document, "tf.nn").notes == ()


def test_a_fill_without_padding_is_no_obstacle() -> None:
    assert written(stack(random_image(9, 9, 1), Conv2D(fill="reflect"))).style == "keras"


def test_vectors_become_maps_again_where_a_layer_reads_maps() -> None:
    document = stack(random_image(6, 6, 1), GlobalAveragePooling2D(), Activation(), UpSampling2D(), Flatten(), Dense())
    assert body(written(document))[1:] == [
        "keras.layers.GlobalAveragePooling2D(),  # 1",
        'keras.layers.Activation("relu"),  # 1',
        "keras.layers.Reshape((1, 1, 1)),",
        "keras.layers.UpSampling2D(size=2),  # 2×2×1",
        "keras.layers.Flatten(),  # 4",
        "keras.layers.Dense(1),  # 1",
    ]
    assert "x = tf.reshape(x, (1, 1, 1, 1))" in body(written(document, "tf.nn"))


def test_a_map_of_one_cell_is_flattened_for_dense() -> None:
    document = stack(random_image(1, 1, 3), Activation(), Dense())
    assert body(written(document))[2:4] == ["keras.layers.Flatten(),", "keras.layers.Dense(1),  # 1"]
    assert "keras.Input((3,))" not in layer_code(document, 1).text


def test_a_layer_alone_reads_what_the_one_before_gives() -> None:
    document = stack(random_image(2, 2, 1), Flatten(), Dense(), Activation())
    assert body(layer_code(document, 1))[0] == "keras.Input((4,)),"
    assert ".reshape(1, 4)" in layer_code(document, 1, "tf.nn").text
    assert "def layer(x):" in layer_code(document, 1, "tf.nn").text
    assert layer_part(evaluate(document), -1) is None


def test_weights_are_numbered_where_several_layers_have_some() -> None:
    document = stack(random_image(7, 7, 1), Conv2D(), Activation(), BatchNormalization())
    code = written(document)
    assert code.names["kernel"] == ("kernel_1", "bias_1", "gamma_2", "beta_2", "moving_mean_2", "moving_variance_2")
    assert "model.layers[2].set_weights([gamma_2, beta_2, moving_mean_2, moving_variance_2])" in code.text


# training


def test_training_is_said_where_it_makes_a_difference() -> None:
    image = random_image(5, 5, 1)
    assert "output = model(image)\n" in written(stack(image, Activation())).text
    assert "output = model(image, training=False)\n" in written(stack(image, BatchNormalization())).text
    assert "output = model(image, training=True)\n" in written(stack(image, BatchNormalization(), training=True)).text
    assert (
        "tf.nn.moments(x, axes=(0, 1, 2))" in written(stack(image, BatchNormalization(), training=True), "tf.nn").text
    )


def test_the_mask_of_dropout_is_written_where_the_code_can_have_it() -> None:
    document = stack(random_image(5, 5, 1), Dropout(), training=True)
    in_tf, in_keras = written(document, "tf.nn"), written(document)
    assert "x = x * mask / (1 - 0.5)  # 5×5×1" in body(in_tf) and in_tf.exact
    assert not in_keras.exact and "Dropout draws other cells" in str(in_keras.notes[0])
    assert "x = tf.nn.dropout(x, rate=0.5)  # 5×5×1" in body(written(document, "tf.nn", weights=False))
    in_use = Document(document.image, replace(document.network, training=False))
    assert body(written(in_use, "tf.nn")) == ["# Dropout 0.5: 5×5×1"] and written(in_use).exact


# what is too large


def large() -> Document:
    return stack(
        random_image(40, 40, 1), Conv2D(), Flatten(), Dense(kernel=frozen(np.ones((1444, 2))), bias=frozen([0, 0]))
    )


@pytest.mark.parametrize("style", STYLES)
def test_large_weights_are_kept_in_a_file_or_drawn_with_a_seed(style: str) -> None:
    saved, copied = written(large(), style, saved=True), written(large(), style)
    assert set(saved.arrays) == {"kernel_1", "bias_1", "kernel_2", "bias_2", "image"}
    assert 'kernel_2 = saved["kernel_2"]' in saved.text and saved.exact and not saved.notes
    assert not copied.arrays and not copied.exact
    assert [str(note).split(":")[0] for note in copied.notes] == ["Random weights", "Random input"]
    assert "2,900 on the screen" in copied.text
    assert ("keras.utils.set_random_seed(0)" if style == "keras" else "tf.random.set_seed(0)") in copied.text
    for code in (saved, copied):
        assert len(code.text) < 3000


def test_the_file_holds_what_is_on_the_screen() -> None:
    document = large()
    archive = np.load(io.BytesIO(written(document, saved=True).archive()))
    np.testing.assert_array_equal(archive["image"][0], document.image.pixels)
    np.testing.assert_array_equal(archive["kernel_1"], document.network.layers[0].kernel)  # type: ignore[attr-defined]


def test_many_small_weights_are_too_many_together() -> None:
    layers = [Conv2D(kernel=frozen(np.full((7, 7, 1, 1), 0.5))) for _ in range(90)]
    document = Document(random_image(7, 7, 1), Network(tuple(replace(each, padding="same") for each in layers)))
    assert "Random weights" in written(document).text
    assert len(written(document, saved=True).arrays) == 180


def test_without_weights_new_ones_are_drawn() -> None:
    document = default_document()
    assert "set_weights" not in written(document, weights=False).text
    assert (
        "kernel = tf.Variable(tf.random.normal((3, 3, 1, 1), stddev=(2 / 9) ** 0.5))"
        in written(document, "tf.nn", weights=False).text
    )
    assert not written(document, weights=False).exact
    assert written(stack(document.image, Activation()), weights=False).exact


def test_comments_are_in_the_readers_language() -> None:
    code = written(large(), speak=lambda sentence: f"«{sentence.template}»")
    comments = [line for line in code.text.splitlines() if line.startswith("# ")]
    assert len(comments) == 4 and all("«" in line or "»" in line for line in comments)
