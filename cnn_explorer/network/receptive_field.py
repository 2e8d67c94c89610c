"""What one cell of a layer depends on in every map before it, and what depends on it in every map after it."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod

from cnn_explorer.network.explanation import Cell, Region
from cnn_explorer.network.geometry import Axis
from cnn_explorer.network.layers.layer import Layer, Shape


def fields_of(layers: Sequence[Layer], shapes: Sequence[Shape], index: int, cell: Cell) -> tuple[Region, ...]:
    """The cells of maps 0 (the image) to `index` that `cell` of map `index` depends on; the last is the cell itself.

    Map i + 1 is the output of layer i, and `shapes` are those of the maps. Clipped at the border: padding is no cell.
    """
    regions = [Region((cell[0],), (cell[1],), (cell[2],))]
    for layer, shape in zip(reversed(layers[:index]), reversed(shapes[:index]), strict=True):
        regions.append(layer.reads(shape, regions[-1]) if layer.enabled else regions[-1])
    return tuple(reversed(regions))


def reach_of(layers: Sequence[Layer], shapes: Sequence[Shape], index: int, region: Region) -> tuple[Region, ...]:
    """The cells of maps `index` to the last that depend on any cell of `region` of map `index`; the first is that."""
    regions = [region]
    for layer, shape in zip(layers[index:], shapes[index:-1], strict=False):
        regions.append(layer.reaches(shape, regions[-1]) if layer.enabled else regions[-1])
    return tuple(regions)


def effective_stride(layers: Sequence[Layer], shapes: Sequence[Shape]) -> tuple[float, float]:
    """How many cells of the image, in rows and columns, the field moves from one output cell to the next.

    The product of all strides; upsampling and the spacing of a transposed convolution divide it.
    """
    step = [1.0, 1.0]
    for layer, shape in zip(layers, shapes[:-1], strict=False):
        if layer.enabled:
            for side, axis in enumerate(layer.axes(shape)):
                step[side] *= axis.stride / axis.spacing / axis.repeat
    return step[0], step[1]


def receptive_field(layers: Sequence[Layer], shape: Shape) -> tuple[int, int]:
    """Rows and columns, in cells of an image of this shape, from the first to the last that an output cell depends on.

    Of the output cell that sees most, where upsampling or a transposed convolution lets them see more or less. Layers
    that are switched off add nothing; what follows the first layer that can't be applied is left out. Padding and the
    gaps of a dilation count as cells, so the field may be larger than the image.
    """
    rows: list[Axis] = []
    columns: list[Axis] = []
    for layer in layers:
        if not layer.enabled:
            continue
        if layer.problem(shape):
            break
        for side, axis in zip((rows, columns), layer.axes(shape), strict=True):
            side.append(axis)
        shape = layer.output_shape(shape)
    return _longest_field(rows), _longest_field(columns)


def _longest_field(axes: Sequence[Axis]) -> int:
    phases = min(prod(axis.spacing * axis.repeat for axis in axes), _MOST_PHASES)
    return max(_field_length(axes, cell) for cell in range(min(phases, axes[-1].output) if axes else 1))


def _field_length(axes: Sequence[Axis], cell: int) -> int:
    """Cells of the image from the first to the last that an output cell depends on, those of the padding too."""
    first = last = cell
    for axis in reversed(axes):
        first, last = axis.window(first)[0], axis.window(last)[-1]
        # Between cells that stand apart there is nothing to depend on.
        first, last = -(-first // axis.spacing), last // axis.spacing
    return max(0, last - first + 1)


_MOST_PHASES = 64
"""Output cells that are looked at for the one that sees most: they repeat themselves after spacings times repeats."""
