"""Memory that the window's process and the engine both see: maps cross without being sent.

18.9 MB of maps (512×512, three layers) take 3 ms this way, 13 ms as bytes through the pipe, 90 ms as a pickle. The
memory has no name anywhere, so nothing of it is left behind, however either process ends. Only Linux has such memory
(memfd); elsewhere, and where the system refuses it, the maps go through the pipe as bytes.
"""

from __future__ import annotations

import mmap
import os
import weakref
from collections.abc import Iterable, Iterator
from math import prod
from multiprocessing import reduction
from multiprocessing.connection import Connection

import numpy as np

from cnn_explorer.network.arrays import Floats
from cnn_explorer.network.layers.layer import Shape

SMALLEST = 100_000
"""Bytes below which the pipe is as fast."""

OF_ITS_OWN = 4_000_000
"""Bytes from which an array of weights goes in a block of its own, which nobody keeps."""

PART = 1_000_000
"""Numbers that are copied at once: a longer copy keeps other threads waiting for memory."""

AVAILABLE = hasattr(os, "memfd_create")


class Block:
    """A piece of shared memory of `size` bytes. Free again once nothing refers to the cells that were taken from it."""

    def __init__(self, key: int, size: int) -> None:
        self.key = key
        self.size = size
        self._descriptor = os.memfd_create(f"cnn-explorer-{key}", os.MFD_CLOEXEC)
        os.ftruncate(self._descriptor, size)
        self._memory = mmap.mmap(self._descriptor, size)
        self._taken: weakref.ref[Floats] | None = None

    @property
    def free(self) -> bool:
        """Whether no array looks into the block."""
        return self._taken is None or self._taken() is None

    def take(self, count: int) -> Floats:
        """Its first `count` cells. The block is not free while they, or any view of them, are alive."""
        cells = np.frombuffer(self._memory, np.float32, count)
        self._taken = weakref.ref(cells)
        return cells

    def hand_over(self, connection: Connection, process_id: int) -> None:
        """Gives the block to the process at the other end of the connection, which calls `receive_block`."""
        try:
            reduction.send_handle(connection, self._descriptor, process_id)
        finally:
            os.close(self._descriptor)


class Pool:
    """The blocks of one engine: taken, and taken again once the maps in them are no longer shown."""

    def __init__(self) -> None:
        self._blocks: list[Block] = []
        self._made = 0

    def find(self, size: int) -> Block | None:
        """The smallest free block of at least `size` bytes, if there is one."""
        fitting = [block for block in self._blocks if block.free and block.size >= size]
        return min(fitting, key=lambda block: block.size, default=None)

    def add(self, size: int) -> tuple[Block, list[int]]:
        """A new block of at least `size` bytes, and the keys of the free ones that it makes superfluous.

        Raises OSError where the system has no memory for it.
        """
        self._made += 1
        block = Block(self._made, max(1 << 20, 1 << (size - 1).bit_length()))
        dropped = [old.key for old in self._blocks if old.free]
        self._blocks = [old for old in self._blocks if old.key not in dropped] + [block]
        return block, dropped


def receive_block(connection: Connection) -> Floats:
    """The cells of the block that the other process hands over, for writing."""
    descriptor = reduction.recv_handle(connection)
    try:
        return np.frombuffer(mmap.mmap(descriptor, os.fstat(descriptor).st_size), np.float32)
    finally:
        os.close(descriptor)


def parts(numbers: Floats) -> Iterator[Floats]:
    """A row of numbers in parts, one behind the other: views."""
    return (numbers[first : first + PART] for first in range(0, numbers.size, PART))


def cell_count(shapes: Iterable[Shape]) -> int:
    """Cells of all maps of these shapes."""
    return sum(map(prod, shapes))


def split(cells: Floats, shapes: Iterable[Shape]) -> list[Floats]:
    """Consecutive cells as maps of these shapes: views."""
    maps, first = [], 0
    for shape in shapes:
        maps.append(cells[first : first + prod(shape)].reshape(shape))
        first += prod(shape)
    return maps


def write(cells: Floats, maps: list[Floats]) -> None:
    """Writes maps where `split` finds them."""
    for place, values in zip(split(cells, [values.shape for values in maps]), maps, strict=True):
        place[...] = values
