"""Arrays that a frozen document can hold: float32, read-only, compared by value."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float32]


def frozen(values: ArrayLike) -> Floats:
    """A read-only float32 copy of `values` (of `values` itself, where it is one already)."""
    array = np.asarray(values, dtype=np.float32)
    if array.flags.writeable or not array.flags.owndata:
        array = np.ascontiguousarray(array).copy()
        array.flags.writeable = False
    return array


def sealed(values: Floats) -> Floats:
    """`values` itself, read-only from now on: for an array that was made here, and that nobody else will change."""
    array = np.asarray(values, dtype=np.float32)
    array.flags.writeable = False
    return array


def equal(first: Any, second: Any) -> bool:
    """Equality of two field values, arrays included."""
    if first is second:
        return True
    if isinstance(first, np.ndarray) or isinstance(second, np.ndarray):
        return np.shape(first) == np.shape(second) and bool(np.array_equal(first, second))
    return bool(first == second)
