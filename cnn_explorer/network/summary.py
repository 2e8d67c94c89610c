"""What a network costs, layer by layer: shapes, parameters, multiply-adds and memory, as Keras's `model.summary()`."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from math import prod

from cnn_explorer.network.layers.layer import Layer, Shape
from cnn_explorer.network.network import Network, Problem

INPUT = -1
"""The index that stands for the input image, as a cursor has it."""
NUMBER_BYTES = 4
"""A number of a map is a float32."""
HEADINGS = (
    "layer", "name", "type", "output_shape", "parameters", "non_trainable", "multiply_adds", "activation_bytes",
)  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One line of the table. `layer` is the layer's index, INPUT for the image.

    `name` is the layer's own, or its caption where it has none; `shape` is written as people do: "24×24×32", and "10"
    where there are no rows and columns any more. `parameters` are trained and `kept` numbers that no gradient changes:
    Keras counts both. `multiply_adds` is None where only Keras knows. `memory` are the bytes of the output, 0 where the
    input is handed on.
    """

    layer: int
    name: str
    kind: str
    shape: str
    parameters: int
    kept: int
    multiply_adds: int | None
    memory: int
    enabled: bool = True


@dataclass(frozen=True)
class Summary:
    """`rows` for the image and every layer up to the first that can't be applied, `problem` says why that is."""

    rows: tuple[Row, ...]
    problem: Problem | None = None

    @property
    def parameters(self) -> int:
        """Trained numbers of the whole network."""
        return sum(row.parameters for row in self.rows)

    @property
    def kept(self) -> int:
        """Numbers that the layers keep and that no gradient changes."""
        return sum(row.kept for row in self.rows)

    @property
    def multiply_adds(self) -> int:
        """Multiplications, each with its addition, for one image: those of the layers of which they are known."""
        return sum(row.multiply_adds or 0 for row in self.rows)

    @property
    def all_known(self) -> bool:
        """Whether `multiply_adds` are all that there are."""
        return all(row.multiply_adds is not None for row in self.rows)

    @property
    def memory(self) -> int:
        """Bytes of all maps of one image, the image among them."""
        return sum(row.memory for row in self.rows)


def summary(network: Network, input_shape: Shape) -> Summary:
    """The table of `network` for an image of this shape."""
    shapes = network.shapes(input_shape)
    written = written_shapes(network, input_shape)
    rows = [Row(INPUT, "", "Input", written[0], 0, 0, 0, _bytes(input_shape))]
    for index, (layer, read) in enumerate(network.applied(input_shape)):
        rows.append(_row(index, layer, read.shape, shapes[index + 1], written[index + 1]))
    return Summary(tuple(rows), next(iter(network.problems(input_shape)), None))


def _row(index: int, layer: Layer, before: Shape, after: Shape, written: str) -> Row:
    name = layer.name or layer.label()
    if not layer.enabled:
        return Row(index, name, layer.kind, written, 0, 0, 0, 0, enabled=False)
    products = None if layer.by_keras else layer.multiply_adds(before)
    return Row(
        index, name, layer.kind, written,
        layer.parameter_count(before), layer.frozen_count(before), products, _bytes(after),
    )  # fmt: skip


def _bytes(shape: Shape) -> int:
    return NUMBER_BYTES * prod(shape)


_WRITTEN = "_written_shapes"
"""Where a network keeps what was written of it last."""


def written_shapes(network: Network, input_shape: Shape) -> tuple[str, ...]:
    """The input's shape and every layer's output shape as people write them, up to the first impossible layer: of maps
    without rows and columns the number of channels alone.
    """
    known: tuple[Shape, tuple[str, ...]] | None = vars(network).get(_WRITTEN)
    if known is None or known[0] != input_shape:  # asked for each map of a network, which may have hundreds
        walk = network.walk(input_shape)
        known = input_shape, tuple(map(written_shape, walk.shapes, walk.flat))
        object.__setattr__(network, _WRITTEN, known)
    return known[1]


def written_shape(shape: Shape, flat: bool = False) -> str:
    """ "24×24×32", and "32" where it is `flat`."""
    return str(prod(shape)) if flat else "×".join(map(str, shape))


def to_csv(table: Summary) -> str:
    """The table as comma-separated values for programs: plain numbers, an x in shapes, and a last row of totals.

    Nothing stands where a number is not known.
    """
    return _text(_records(table), ",")


def to_tabs(rows: Iterable[Iterable[object]]) -> str:
    """Rows as text that a spreadsheet takes in when it is pasted."""
    return _text(rows, "\t").rstrip("\n")


def _records(table: Summary) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = [HEADINGS]
    for row in table.rows:
        number = "" if row.layer == INPUT else row.layer + 1
        shape = row.shape.replace("×", "x")
        rows.append((number, row.name, row.kind, shape, row.parameters, row.kept, row.multiply_adds, row.memory))
    products = table.multiply_adds if table.all_known else None
    return [*rows, ("", "total", "", "", table.parameters, table.kept, products, table.memory)]


def _text(rows: Iterable[Iterable[object]], delimiter: str) -> str:
    written = io.StringIO()
    csv.writer(written, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return written.getvalue()
