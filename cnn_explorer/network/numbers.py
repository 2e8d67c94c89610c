"""How numbers are written: with as many digits as they need.

Every number on the screen is a value rounded to the `Digits` of its map. `written` works with the printed numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import ceil, floor, log10
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from cnn_explorer.network.arrays import Floats

MOST_EXACT_DECIMALS = 4
SIGNIFICANT = 3
LARGEST_PLAIN = 1e6
SMALLEST_PLAIN = 1e-4
LARGEST_LOSS = 1000.0
LARGEST_DENOMINATOR = 100
LARGEST_OF_FEW = 12
"""Of numbers that are few: among all denominators up to 100 one is often near by chance."""
FAR_FROM_WHOLE = 0.02
"""In units of the last digit: a number further off than this is not taken for a round one, whatever its size."""
AT_ONCE = 4096
"""So many numbers are looked at together."""
MOST_VALUES_FOR_FRACTIONS = 4096
MINUS = "\u2212"


@dataclass(frozen=True)
class Digits:
    """How the numbers of one map are written.

    `decimals` after the point, trailing zeros left out; or fractions of `denominator` where that is above 1. With an
    `exponent` numbers are written as 1.23e9. `exact` says that this writes every number of the map as it is.
    """

    decimals: int = 0
    denominator: int = 1
    exponent: int = 0
    exact: bool = True

    def printed(self, value: float) -> Fraction:
        """The number that `text` shows, exactly."""
        if self.denominator > 1:
            return Fraction(round(float(value) * self.denominator), self.denominator)
        if not self.exponent:  # the digits that `text` shows, read again: much faster than rounding a fraction
            return Fraction(int(f"{value:.{self.decimals}f}".replace(".", "")), 10**self.decimals)
        unit = Fraction(10) ** (self.exponent - self.decimals)
        return round(Fraction(float(value)) / unit) * unit

    @property
    def unit(self) -> Fraction:
        """Every number that `text` shows is a whole multiple of it."""
        return Fraction(1, self.denominator) * Fraction(10) ** (self.exponent - self.decimals)

    def whole(self, values: ArrayLike) -> list[int]:
        """How many units `text` shows of each value: `printed` of many numbers at once."""
        numbers = np.asarray(values, np.float64).ravel()
        scaled = numbers * float(1 / self.unit)
        near = np.rint(scaled)
        if self.denominator == 1:  # half way between two texts the scaled number may fall on the other side
            doubtful = np.abs(np.abs(scaled - near) - 0.5) < 1e-6 + 1e-15 * np.abs(scaled)
            for place in np.flatnonzero(doubtful):
                near[place] = self.printed(float(numbers[place])) / self.unit
        return [int(each) for each in near.tolist()]

    def text(self, value: float) -> str:
        """`value` as it stands on the screen, with a true minus sign and never as −0."""
        if self.denominator > 1:
            return fraction_text(self.printed(value))
        if self.exponent:
            return decimal_text(self.printed(value), self.exponent)
        text = f"{value:.{self.decimals}f}"
        if self.decimals:
            text = text.rstrip("0").rstrip(".")
        return "0" if text in ("-0", "0") else text.replace("-", MINUS)


def fraction_text(number: Fraction) -> str:
    """An exact number as a whole number or a fraction: 4/9."""
    return str(number).replace("-", MINUS)


def decimal_text(number: Fraction, exponent: int = 0) -> str:
    """An exact number as a decimal, times ten to the `exponent`; as a fraction where it has no end."""
    scaled = number / Fraction(10) ** exponent
    decimals = _decimals_needed(scaled)
    if decimals is None:
        return fraction_text(number)
    digits = str(abs(round(scaled * 10**decimals))).rjust(decimals + 1, "0")
    point = len(digits) - decimals
    text = (MINUS if scaled < 0 else "") + digits[:point] + ("." + digits[point:] if decimals else "")
    return text + (f"e{exponent}".replace("-", MINUS) if exponent and number else "")


def decimal_of(whole: int, decimals: int) -> str:
    """`whole` units of one in the `decimals`-th place: as `decimal_text` writes it, much faster."""
    digits = str(abs(whole)).rjust(decimals + 1, "0")
    point = len(digits) - decimals
    after = digits[point:].rstrip("0")
    return (MINUS if whole < 0 else "") + digits[:point] + ("." + after if after else "")


def _decimals_needed(number: Fraction) -> int | None:
    """Places after the point that write `number` exactly; None where no number of them does."""
    rest, twos, fives = number.denominator, 0, 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    return max(twos, fives) if rest == 1 else None


def digits_for(values: ArrayLike) -> Digits:
    """The shortest Digits that write `values`: exact where few digits do, else to three significant ones."""
    numbers = np.asarray(values).ravel()
    if len(numbers) == 1:
        return _digits_for_one(float(numbers[0]))
    largest = max(float(numbers.max(initial=0.0)), -float(numbers.min(initial=0.0)))
    if largest == 0.0:
        return Digits()
    if not SMALLEST_PLAIN <= largest < LARGEST_PLAIN:
        return Digits(SIGNIFICANT - 1, exponent=floor(log10(largest)), exact=False)
    tolerance = 2e-6 * max(1.0, largest)
    sample = numbers[:: max(1, len(numbers) // 16)].astype(np.float64)
    fitting = _fits(sample, _UNITS[:, None], tolerance).all(axis=1)
    for candidate in range(len(_UNITS)):
        digits, unit = _WRITTEN[candidate], _UNITS[candidate]
        if not fitting[candidate]:
            continue
        if digits.denominator > 1 and (len(numbers) > MOST_VALUES_FOR_FRACTIONS or largest * unit >= 1000):
            continue
        if digits.denominator > LARGEST_OF_FEW and _are_few(numbers):
            continue
        unfit = _first_unfit(numbers, unit, tolerance)
        if unfit is None:
            return digits
        fitting &= _fits(unfit, _UNITS, tolerance)  # most candidates fail at the same number: look for it once
    return rounded_digits(largest)


@lru_cache(maxsize=1024)
def _digits_for_one(number: float) -> Digits:
    """As `digits_for`, of which most that is drawn asks for one number only."""
    largest = abs(number)
    if largest == 0.0:
        return Digits()
    if not SMALLEST_PLAIN <= largest < LARGEST_PLAIN:
        return Digits(SIGNIFICANT - 1, exponent=floor(log10(largest)), exact=False)
    for candidate in np.flatnonzero(_fits(number, _UNITS, 2e-6 * max(1.0, largest))):
        denominator = _WRITTEN[candidate].denominator
        if denominator == 1 or (denominator <= LARGEST_OF_FEW and largest * _UNITS[candidate] < 1000):
            return _WRITTEN[candidate]
    return rounded_digits(largest)


_DECIMALS = [Digits(decimals) for decimals in range(MOST_EXACT_DECIMALS + 1)]
_FRACTIONS = [Digits(denominator=denominator) for denominator in range(2, LARGEST_DENOMINATOR + 1)]
_WRITTEN = [*_DECIMALS[:3], *_FRACTIONS, *_DECIMALS[3:]]
"""Every exact way to write numbers, the most readable first."""
_UNITS = np.array([float(digits.denominator * 10**digits.decimals) for digits in _WRITTEN])


def _are_few(numbers: np.ndarray) -> bool:
    """Whether no more than two different numbers are not whole, whatever their sign: p and 1 − p are as good as one."""
    sizes = np.abs(numbers)
    return len(set(sizes[sizes != np.rint(sizes)].tolist())) <= 2  # np.unique imports numpy.ma: 40 ms, once


def _first_unfit(numbers: np.ndarray, unit: float, tolerance: float) -> float | None:
    """The first number that is no multiple of 1 / unit, None for none; in a map of many it mostly comes early."""
    for start in range(0, len(numbers), AT_ONCE):
        part = numbers[start : start + AT_ONCE].astype(np.float64)
        fits = _fits(part, unit, tolerance)
        if not fits.all():
            return float(part[int(fits.argmin())])
    return None


def _fits(numbers: np.ndarray | float, units: Any, tolerance: float) -> Any:
    """Which numbers are whole multiples of 1 / unit, as far as float32 tells."""
    scaled = numbers * units
    return np.abs(scaled - np.round(scaled)) <= np.minimum(tolerance * units, FAR_FROM_WHOLE)


def rounded_digits(largest: float) -> Digits:
    """Three decimals where `largest` is from 0.1 to 10; one less for each tenfold above, one more for each below."""
    order = log10(largest) if largest else 0.0
    decimals = SIGNIFICANT - (floor(order) if order >= 0 else ceil(order))
    return Digits(min(max(decimals, 0), 8), exact=False)


def limit_digits(values: ArrayLike) -> Digits:
    """As `digits_for`, of the limits of a scale: these are read and not reckoned with, so no more decimals are written
    than other numbers of their size have."""
    digits, numbers = digits_for(values), np.asarray(values, np.float64)
    usual = rounded_digits(max(float(numbers.max(initial=0.0)), -float(numbers.min(initial=0.0))))
    return usual if digits.decimals > usual.decimals and not digits.exponent else digits


def short_text(value: float) -> str:
    """A number with three significant digits."""
    size = abs(float(f"{value:.3g}"))
    if size and not SMALLEST_PLAIN <= size < LARGEST_PLAIN:
        return Digits(2, exponent=floor(log10(size))).text(value)
    return Digits(max(2 - floor(log10(size)), 0) if size else 0).text(float(f"{value:.3g}"))


def loss_text(loss: float, decimals: int = 4) -> str:
    """A loss as 0.1234; one that has run away as 5.07e+34, not in all its digits."""
    return f"{loss:.2e}" if abs(loss) >= LARGEST_LOSS else f"{loss:.{decimals}f}"


@dataclass(frozen=True)
class LayerDigits:
    """The Digits of everything that takes part in one layer's arithmetic."""

    input: Digits
    kernel: Digits
    bias: Digits
    output: Digits

    @property
    def channel(self) -> Digits:
        """Of one channel's part of a sum: whole where the products are, else as the output is written."""
        parts = (self.input, self.kernel, self.output)
        decimals = self.input.decimals + self.kernel.decimals
        plain = all(each.exact and each.denominator == 1 and not each.exponent for each in parts)
        return Digits(decimals) if plain and decimals <= MOST_EXACT_DECIMALS else self.output


def layer_digits(
    inputs: Floats, output: Floats, kernel: Floats | None = None, bias: Floats | None = None
) -> LayerDigits:
    """The Digits of a layer's maps, chosen together: a kernel is written in fractions only where the sum is too."""
    before, after = digits_for(inputs), digits_for(output)
    weights = Digits() if kernel is None else digits_for(kernel)
    offset = Digits() if bias is None else digits_for(bias)
    if weights.denominator > 1 and not (before.exact and after.exact):
        weights = rounded_digits(float(np.abs(kernel).max()) if kernel is not None else 0.0)
    return LayerDigits(before, weights, offset, after)
