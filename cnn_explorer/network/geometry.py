"""A window sliding along one axis: what a convolution and a pooling do to rows, and again to columns.

Positions count cells of the image from 0; padding lies at negative positions and from `size` on. Every sum here
follows the definitions in Dumoulin & Visin, "A guide to convolution arithmetic for deep learning" (2016), and the
SAME rule of TensorFlow: with an odd total the extra cell goes to the end (bottom, right).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

FILLS = ("zero", "reflect", "symmetric")


@dataclass(frozen=True)
class Axis:
    """`kernel` taps, `dilation` apart, moving by `stride` over `size` cells with padding `before` and `after` them.

    All in cells; size, kernel, stride and dilation at least 1, before and after at least 0. With `spacing` above 1 the
    image's cells stand so far apart, zeros between them, and positions count those too (a transposed convolution);
    with `repeat` above 1 each window gives so many output cells in a row (upsampling).
    """

    size: int
    kernel: int
    stride: int = 1
    dilation: int = 1
    before: int = 0
    after: int = 0
    fill: str = "zero"
    spacing: int = 1
    repeat: int = 1

    @property
    def spread(self) -> int:
        """Cells from the image's first to its last, zeros between them counted: (size - 1) × spacing + 1."""
        return (self.size - 1) * self.spacing + 1

    @property
    def extent(self) -> int:
        """Cells from the first tap to the last: (kernel - 1) × dilation + 1."""
        return (self.kernel - 1) * self.dilation + 1

    @property
    def padded(self) -> int:
        """Cells with the padding on both sides."""
        return self.spread + self.before + self.after

    @property
    def output(self) -> int:
        """Windows that fit: ⌊(padded - extent) / stride⌋ + 1, and 0 where none does; each `repeat` times."""
        return max(0, (self.padded - self.extent) // self.stride + 1) * self.repeat

    def window(self, output: int) -> tuple[int, ...]:
        """The positions that output cell `output` reads, one for each tap; those outside 0..spread-1 are padding."""
        first = output // self.repeat * self.stride - self.before
        return tuple(first + tap * self.dilation for tap in range(self.kernel))

    def source(self, position: int) -> int | None:
        """The image cell whose value stands at `position`: itself, its mirror image, or None for a zero."""
        if 0 <= position < self.spread:
            return None if position % self.spacing else position // self.spacing
        if self.fill == "zero":
            return None
        edge = 1 if self.fill == "symmetric" else 0
        mirrored = -position - edge if position < 0 else 2 * (self.size - 1) - position + edge
        return mirrored if 0 <= mirrored < self.size else None

    def readers(self, cell: int) -> list[tuple[int, int]]:
        """The inverse of `window`: every (output cell, tap) that reads image cell `cell`, also as a mirror image."""
        return _readers(self).get(cell, [])

    def sources(self, outputs: tuple[int, ...]) -> tuple[int, ...]:
        """The image cells that any of these output cells reads, sorted; padding is none."""
        return outputs if self._passes_on else _sources(self, outputs)

    def outputs(self, cells: tuple[int, ...]) -> tuple[int, ...]:
        """The inverse of `sources`: the output cells that read any of these image cells, sorted."""
        return cells if self._passes_on else _outputs(self, cells)

    @property
    def _passes_on(self) -> bool:
        """Whether each output cell reads the image cell of its own place, and nothing else."""
        return self.kernel == self.stride == self.spacing == self.repeat == 1 and not self.before and not self.after

    def tap_positions(self, tap: int) -> list[int]:
        """Every position that this tap of the kernel reads, one for each output cell."""
        return [self.window(output)[tap] for output in range(self.output)]

    def unvisited(self) -> list[int]:
        """The image cells that no window reads: a stride that does not fit, or the gaps of a dilation."""
        if self.stride == self.dilation == 1 and self.output:
            return []  # windows that overlap or touch leave nothing out
        return [cell for cell in range(self.size) if cell not in _readers(self)]


@lru_cache(maxsize=1024)  # marks follow the pointer through hundreds of layers, and most of them stay as they are
def _sources(axis: Axis, outputs: tuple[int, ...]) -> tuple[int, ...]:
    found = {axis.source(position) for output in outputs for position in axis.window(output)}
    return tuple(sorted(source for source in found if source is not None))


@lru_cache(maxsize=1024)
def _outputs(axis: Axis, cells: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(sorted({output for cell in cells for output, _ in axis.readers(cell)}))


@lru_cache(maxsize=64)  # layers make their axes anew, and the marks under a moving pointer ask again and again
def _readers(axis: Axis) -> dict[int, list[tuple[int, int]]]:
    found: dict[int, list[tuple[int, int]]] = {}
    for output in range(axis.output):
        for tap, position in enumerate(axis.window(output)):
            source = axis.source(position)
            if source is not None:
                found.setdefault(source, []).append((output, tap))
    return found


def same_padding(size: int, kernel: int, stride: int, dilation: int = 1) -> tuple[int, int]:
    """Cells (before, after) with which TensorFlow's SAME gives ⌈size / stride⌉ outputs; the odd one comes after."""
    extent = (kernel - 1) * dilation + 1
    total = max((-(-size // stride) - 1) * stride + extent - size, 0)
    return total // 2, total - total // 2


def full_padding(kernel: int, dilation: int = 1) -> tuple[int, int]:
    """Cells (before, after) with which every overlap of at least one tap counts: extent - 1 on each side."""
    extent = (kernel - 1) * dilation + 1
    return extent - 1, extent - 1


def largest_fill(fill: str, size: int) -> int | None:
    """The most padding that a fill can take from `size` cells (None: any). TensorFlow's tf.pad has the same limits."""
    return {"zero": None, "reflect": size - 1, "symmetric": size}[fill]
