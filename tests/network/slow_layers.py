"""The layers computed the obvious way, one number at a time: the oracle of the tests. Knows nothing of geometry.py."""

from __future__ import annotations

import math

import numpy as np

from cnn_explorer.network.layers import Conv2D, Conv2DTranspose, DepthwiseConv2D, Pooling2D


def same_before(size: int, kernel: int, stride: int, dilation: int) -> int:
    """The padding before the first cell, as TensorFlow's documentation of SAME words it."""
    extent = (kernel - 1) * dilation + 1
    rest = size % stride
    total = max(extent - stride, 0) if rest == 0 else max(extent - rest, 0)
    return total // 2


def cell(x: np.ndarray, row: int, column: int, channel: int, fill: str) -> float:
    """The padded input at a position that may lie outside."""
    rows, columns, _ = x.shape
    if fill == "zero":
        inside = 0 <= row < rows and 0 <= column < columns
        return float(x[row, column, channel]) if inside else 0.0
    return float(x[mirror(row, rows, fill), mirror(column, columns, fill), channel])


def mirror(position: int, size: int, fill: str) -> int:
    if 0 <= position < size:
        return position
    if fill == "reflect":  # the border cell is the mirror
        return -position if position < 0 else 2 * size - 2 - position
    return -1 - position if position < 0 else 2 * size - 1 - position


def sizes(layer: Conv2D, side: int, axis: int) -> tuple[int, int]:
    """(outputs, padding before) of a convolution along axis 0 or 1."""
    kernel, stride, dilation = layer.kernel.shape[axis], layer.strides[axis], layer.dilation_rate[axis]
    reach = (kernel - 1) * dilation
    if layer.padding == "same":
        return math.ceil(side / stride), same_before(side, kernel, stride, dilation)
    if layer.padding == "full":
        return (side + reach - 1) // stride + 1, reach
    before, after = (0, 0) if layer.padding == "valid" else tuple(map(int, layer.padding[2 * axis : 2 * axis + 2]))
    return (side + before + after - reach - 1) // stride + 1, before


def convolution(layer: Conv2D, x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The output, and the sum of the sizes of its terms (what rounding errors are measured against)."""
    (rows, top), (columns, left) = sizes(layer, x.shape[0], 0), sizes(layer, x.shape[1], 1)
    out = np.zeros((rows, columns, layer.kernel.shape[3]))
    size = np.zeros_like(out)
    for r, c, f in np.ndindex(*out.shape):
        out[r, c, f] = layer.bias[f]
        size[r, c, f] = abs(layer.bias[f])
        for i, j, k in np.ndindex(*layer.kernel.shape[:3]):
            row = r * layer.strides[0] + i * layer.dilation_rate[0] - top
            column = c * layer.strides[1] + j * layer.dilation_rate[1] - left
            term = cell(x, row, column, k, layer.fill) * float(layer.kernel[i, j, k, f])
            out[r, c, f] += term
            size[r, c, f] += abs(term)
    return out, size


def pooling(layer: Pooling2D, x: np.ndarray, of: object) -> np.ndarray:
    """`of` (max, or the mean) the cells in each window; cells outside the input are left out."""
    starts = []
    for side, pool, stride in zip(x.shape[:2], layer.pool_size, layer.strides, strict=True):
        same = layer.padding == "same"
        count = math.ceil(side / stride) if same else (side - pool) // stride + 1
        before = same_before(side, pool, stride, 1) if same else 0
        starts.append([output * stride - before for output in range(count)])
    out = np.zeros((len(starts[0]), len(starts[1]), x.shape[2]))
    for r, c, k in np.ndindex(*out.shape):
        rows = range(max(starts[0][r], 0), min(starts[0][r] + layer.pool_size[0], x.shape[0]))
        columns = range(max(starts[1][c], 0), min(starts[1][c] + layer.pool_size[1], x.shape[1]))
        out[r, c, k] = of([float(x[i, j, k]) for i in rows for j in columns])  # type: ignore[operator]
    return out


def spread(layer: Conv2DTranspose, x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """A transposed convolution: each cell adds its kernel to the output. The output, and the sum of its terms' sizes.

    Room for all kernels first, and at least a stride for each cell; "same" cuts off what is more than size × stride.
    """
    kernel, (down, right) = layer.kernel.shape[:2], layer.strides
    full = [side * step + max(each - step, 0) for side, step, each in zip(x.shape, layer.strides, kernel, strict=False)]
    out = np.zeros((*full, layer.kernel.shape[2]))
    size = np.zeros_like(out)
    for r, c, k in np.ndindex(*x.shape):
        term = float(x[r, c, k]) * layer.kernel[:, :, :, k].astype(float)
        place = slice(r * down, r * down + kernel[0]), slice(c * right, c * right + kernel[1])
        out[place] += term
        size[place] += np.abs(term)
    if layer.padding == "same":
        cut = [(each - side * step) // 2 for each, side, step in zip(full, x.shape, layer.strides, strict=False)]
        place = slice(cut[0], cut[0] + x.shape[0] * down), slice(cut[1], cut[1] + x.shape[1] * right)
        out, size = out[place], size[place]
    return out + layer.bias, size + np.abs(layer.bias)


def depthwise(layer: DepthwiseConv2D, x: np.ndarray) -> np.ndarray:
    """Each channel convolved alone with each of its kernels."""
    many = layer.kernel.shape[3]
    maps = []
    for k, m in np.ndindex(x.shape[2], many):
        alone = Conv2D(
            kernel=layer.kernel[:, :, k : k + 1, m : m + 1], bias=layer.bias[k * many + m : k * many + m + 1],
            strides=layer.strides, dilation_rate=layer.dilation_rate, padding=layer.padding,
        )  # fmt: skip
        maps.append(convolution(alone, x[..., k : k + 1])[0])
    return np.concatenate(maps, -1)
