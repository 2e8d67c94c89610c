"""Numbers as people enter them: typed text to a value, and the step by which dragging or a wheel changes one."""

from __future__ import annotations

import re
from math import floor, isfinite, log10

import numpy as np

from cnn_explorer.network.document import LARGEST_VALUE
from cnn_explorer.network.sentence import Refused, say

TYPED = "0123456789.,-\u2212/eE"
"""The characters a number may be typed with."""

_NUMBER = r"[-\u2212]?(?:\d+[.,]?\d*|[.,]\d+)(?:[eE][-\u2212]?\d{1,3})?"
_TYPED_NUMBER = re.compile(rf"\s*({_NUMBER})(?:\s*/\s*({_NUMBER}))?\s*", re.ASCII)


def read_number(text: str) -> float:
    """The number in `text`: 3, -1.5, 0,5 or 1/9, of a size that a document can hold. Raises Refused with the reason."""
    found = _TYPED_NUMBER.fullmatch(text)
    if found is None:
        raise Refused(say("This is not a number: type for example 2, -0.5 or 1/9."))
    upper, lower = (_plain(part) if part else 1.0 for part in found.groups())
    if lower == 0:
        raise Refused(say("A number can't be divided by 0."))
    value = upper / lower
    if not isfinite(value) or abs(value) > LARGEST_VALUE:
        raise Refused(say("This number is too large: type one between −10⁹ and 10⁹."))
    return value + 0.0


def _plain(text: str) -> float:
    return float(text.replace("\u2212", "-").replace(",", "."))


def step_for(values: np.ndarray, fine: bool) -> float:
    """By how much one step changes one of `values`, a power of ten: 1 among whole numbers, about a tenth of the
    largest among others; a tenth of that when `fine`."""
    largest = float(np.abs(values).max(initial=0.0))
    whole = bool(np.all(values == np.round(values)))
    exponent = 0 if whole else max(floor(log10(largest) + 1e-9) - 1, -6)
    return float(10.0 ** (exponent - fine))


def stepped(value: float, steps: int, step: float) -> float:
    """`value` moved by so many steps, rounded to a multiple of the step and to what a document holds; by 0 as it is."""
    if not steps:
        return value
    decimals = max(0, -round(log10(step)))
    return min(max(round(value + steps * step, decimals), -LARGEST_VALUE), LARGEST_VALUE) + 0.0
