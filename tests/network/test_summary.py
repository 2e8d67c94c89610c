"""The table of the whole network against numbers known from Keras, and as text."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import numpy as np
from hypothesis import given, settings

from cnn_explorer.network.arrays import frozen
from cnn_explorer.network.layers import (
    Activation,
    BatchNormalization,
    Conv2D,
    Dense,
    Dropout,
    Flatten,
    KerasLayer,
    MaxPooling2D,
)  # fmt: skip
from cnn_explorer.network.layers.keras_layer import RecipeValues, write_recipe
from cnn_explorer.network.layers.layer import Layer, Shape
from cnn_explorer.network.layers.weights import weight_fields
from cnn_explorer.network.network import Network
from cnn_explorer.network.summary import HEADINGS, INPUT, summary, to_csv, to_tabs, written_shapes
from tests.network.strategies import applied


def conv(rows: int, channels: int, filters: int, **more: object) -> Conv2D:
    kernel = frozen(np.zeros((rows, rows, channels, filters)))
    return Conv2D(kernel=kernel, bias=frozen(np.zeros(filters)), **more)  # type: ignore[arg-type]


SHAPE: Shape = (28, 28, 1)
LAYERS = (conv(5, 1, 32, padding="same"), Activation(), MaxPooling2D(), conv(5, 32, 64, padding="same", name="second"))


def test_the_handbook_networks_convolutions() -> None:
    table = summary(Network(LAYERS), SHAPE)
    assert [(row.layer, row.kind, row.shape) for row in table.rows] == [
        (INPUT, "Input", "28×28×1"), (0, "Conv2D", "28×28×32"), (1, "Activation", "28×28×32"),
        (2, "MaxPooling2D", "14×14×32"), (3, "Conv2D", "14×14×64"),
    ]  # fmt: skip
    assert [row.parameters for row in table.rows] == [0, 832, 0, 0, 51264]
    assert [row.multiply_adds for row in table.rows] == [0, 627200, 0, 0, 10035200]
    assert [row.memory for row in table.rows] == [3136, 100352, 100352, 25088, 50176]
    assert (table.parameters, table.multiply_adds, table.memory) == (52096, 10662400, 279104)
    assert table.parameters == Network(LAYERS).parameter_count(SHAPE)
    assert table.problem is None


def test_what_only_keras_knows_is_not_0() -> None:
    recipe = write_recipe(RecipeValues("LayerNormalization", {}, ((5, 5, 1),), (5, 5, 1), ((1,), (1,)), True))
    layer = KerasLayer(recipe=recipe, numbers=frozen(np.ones(2)))
    table = summary(Network((Conv2D(), layer)), (7, 7, 1))
    assert [row.multiply_adds for row in table.rows] == [0, 225, None]
    assert (table.multiply_adds, table.all_known) == (225, False)
    assert [row[6] for row in csv.reader(io.StringIO(to_csv(table)))][1:] == ["0", "225", "", ""]
    assert summary(Network((Conv2D(),)), (7, 7, 1)).all_known


def test_maps_without_rows_and_columns_are_written_as_their_numbers() -> None:
    dense = Dense(kernel=frozen(np.zeros((196, 10))), bias=frozen(np.zeros(10)))
    network = Network((MaxPooling2D(), Flatten(), Dropout(), dense, Activation("softmax")))
    assert [row.shape for row in summary(network, SHAPE).rows] == ["28×28×1", "14×14×1", "196", "196", "10", "10"]
    assert written_shapes(Network((conv(7, 1, 3),)), (7, 7, 1)) == ("7×7×1", "1×1×3")


def test_numbers_that_are_kept_are_counted_apart() -> None:
    """As Keras: 128 in all, of which 64 are trained."""
    layer = BatchNormalization.new((28, 28, 32), np.random.default_rng(0))
    table = summary(Network((LAYERS[0], layer)), SHAPE)
    assert (table.rows[2].parameters, table.rows[2].kept) == (64, 64)
    assert (table.parameters, table.kept) == (832 + 64, 64)


@settings(max_examples=60)
@given(applied(longest=6))
def test_what_is_counted_is_what_there_is(case: tuple[Layer, np.ndarray]) -> None:
    layer, x = case
    layer = replace(layer, enabled=True)
    row = summary(Network((layer,)), x.shape).rows[1]
    assert row.memory == layer.forward(x).nbytes
    assert row.parameters + row.kept == sum(getattr(layer, each.name).size for each in weight_fields(layer))


def test_rows_have_the_layers_name_or_its_caption() -> None:
    names = [row.name for row in summary(Network(LAYERS), SHAPE).rows]
    assert names[1] == "Conv2D 5×5" and names[4] == "second"


def test_a_layer_that_is_off_costs_nothing() -> None:
    off = replace(LAYERS[0], enabled=False)
    row = summary(Network((off,)), SHAPE).rows[1]
    assert (row.shape, row.parameters, row.multiply_adds, row.memory, row.enabled) == ("28×28×1", 0, 0, 0, False)


def test_an_impossible_layer_ends_the_table_with_its_reason() -> None:
    table = summary(Network((*LAYERS, conv(3, 1, 1), MaxPooling2D())), SHAPE)
    assert len(table.rows) == 5
    assert table.problem is not None and table.problem.layer == 4
    assert str(table.problem.sentence).startswith("The kernel has 1 input channels, but its input has 64")


def test_csv_is_read_back_as_it_was() -> None:
    named = (replace(LAYERS[0], name='edges, "thin"\nü'), *LAYERS[1:])
    rows = list(csv.reader(io.StringIO(to_csv(summary(Network(named), SHAPE)))))
    assert rows[0] == list(HEADINGS)
    assert rows[1] == ["", "", "Input", "28x28x1", "0", "0", "0", "3136"]
    assert rows[2] == ["1", 'edges, "thin"\nü', "Conv2D", "28x28x32", "832", "0", "627200", "100352"]
    assert rows[-1] == ["", "total", "", "", "52096", "0", "10662400", "279104"]
    assert len(rows) == 7


def test_what_is_pasted_into_a_spreadsheet_has_tabs() -> None:
    assert to_tabs([("Layer", "Parameters"), ("Conv2D 3×3", 1250)]) == "Layer\tParameters\nConv2D 3×3\t1250"


def test_shapes_end_at_the_impossible_layer() -> None:
    assert written_shapes(Network((conv(3, 1, 2), conv(3, 1, 1))), (7, 7, 1)) == ("7×7×1", "5×5×2")
