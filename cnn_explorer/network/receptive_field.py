"""How many cells of the image one cell of a layer's output depends on."""

from __future__ import annotations

from collections.abc import Sequence

from cnn_explorer.network.layers.layer import Layer, Shape


def receptive_field(layers: Sequence[Layer], shape: Shape) -> tuple[int, int]:
    """Rows and columns, in cells of an image of this shape, from the first to the last that an output cell depends on.

    Each window adds (extent - 1) steps to what lies before it, and one step there is the product of all strides so
    far. Layers that are switched off add nothing; what follows the first layer that can't be applied is left out.
    Padding and the gaps of a dilation count as cells, so the field may be larger than the image.
    """
    field, step = [1, 1], [1, 1]
    for layer in layers:
        if not layer.enabled:
            continue
        if layer.problem(shape):
            break
        for side, axis in enumerate(layer.axes(shape)):
            field[side] += (axis.extent - 1) * step[side]
            step[side] *= axis.stride
        shape = layer.output_shape(shape)
    return field[0], field[1]
