"""Random numbers for those who can't wait: where weights would take longer than a frame to make, that is said instead.

Whoever builds a network tries it with `hasty()`, and where that says TakesLong again with `patient()`, on a thread.
"""

from __future__ import annotations

from math import prod
from typing import Any

import numpy as np

MOST_AT_ONCE = 400_000
"""Weights that are drawn, or put in another order, in some 10 ms."""


class TakesLong(Exception):
    """More weights are to be made than there is time for."""


class _Hasty(np.random.Generator):
    def standard_normal(self, size: Any = None, *arguments: Any, **named: Any) -> Any:
        insist_on_time(self, size if isinstance(size, int) else prod(size or (1,)))
        return super().standard_normal(size, *arguments, **named)


def hasty() -> np.random.Generator:
    """A generator that raises TakesLong rather than draw a great many numbers."""
    return _Hasty(np.random.PCG64())


def patient() -> np.random.Generator:
    """A generator that draws as many as are wanted."""
    return np.random.default_rng()


def insist_on_time(rng: np.random.Generator, count: int) -> None:
    """Raise TakesLong if `rng` is hasty, and so many numbers are to be made or moved."""
    if count > MOST_AT_ONCE and isinstance(rng, _Hasty):
        raise TakesLong
