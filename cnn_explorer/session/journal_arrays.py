"""The large arrays of a journal: a folder beside the entry with a file for each, which is written once.

An edit leaves most arrays as they are. So of a model with 550 MB of weights an entry costs as much as what was edited.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from math import prod
from pathlib import Path
from weakref import ReferenceType, ref

from cnn_explorer.network.arrays import Floats
from cnn_explorer.network.kept_arrays import bytes_of, read_array_from

FOLDER = ".arrays"
_PART = 2**22
"""Bytes that are written at once: between two parts it is asked whether they are still wanted."""


class NotWanted(Exception):
    """Nobody wants what is being written any more."""


class JournalArrays:
    """The arrays of one program's entry, for its worker."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.written = 0
        """Bytes so far."""
        self._numbers: dict[int, tuple[ReferenceType[Floats], int]] = {}
        """By the identity of an array, which is its own for as long as it lives."""
        self._there: set[int] = set()
        self._asked: set[int] = set()
        self._next = 0

    def keep(self, array: Floats, wanted: Callable[[], bool]) -> int:
        """The number of an array, which is written unless it is there. Raises: OSError, NotWanted."""
        known, number = self._numbers.get(id(array), (None, -1))
        if known is None or known() is not array or not self._path(number).exists():
            number, self._next = self._next, self._next + 1
            self._write(number, array, wanted)
            self._numbers[id(array)] = ref(array), number
            self._there.add(number)
        self._asked.add(number)
        return number

    def forget_others(self) -> None:
        """An entry is in its place: what was not asked for since the last one is in none."""
        for number in self._there - self._asked:
            self._path(number).unlink(missing_ok=True)
        self._numbers = {key: found for key, found in self._numbers.items() if found[1] in self._asked}
        self._there, self._asked = self._asked, set()

    def _path(self, number: int) -> Path:
        return self.folder / str(number)

    def _write(self, number: int, array: Floats, wanted: Callable[[], bool]) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        path, data = self._path(number), bytes_of(array)
        try:
            with open(path, "wb") as file:
                for first in range(0, len(data), _PART):
                    if not wanted():
                        raise NotWanted
                    file.write(data[first : first + _PART])
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        self.written += len(data)

    def remove(self) -> None:
        """All of them go."""
        self._numbers.clear()
        shutil.rmtree(self.folder, ignore_errors=True)


def find_in(folder: Path, number: int, shape: tuple[int, ...]) -> Floats | None:
    """The array of a number that is kept in a folder, None where there is none of this shape. Raises: OSError."""
    path, size = folder / str(number), 4 * prod(shape)
    if number < 0 or not path.is_file() or path.stat().st_size != size:
        return None
    with open(path, "rb") as file:
        return read_array_from(file, shape, size)


def size_of(folder: Path) -> int:
    """Bytes of the arrays in a folder, 0 where there is none."""
    return sum(path.stat().st_size for path in folder.iterdir()) if folder.is_dir() else 0
