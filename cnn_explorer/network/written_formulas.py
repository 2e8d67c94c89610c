"""The formulas that are no plain sum, as they are printed: softmax, batch normalisation and dropout."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import sqrt

import numpy as np

from cnn_explorer.network.explanation import Explanation
from cnn_explorer.network.numbers import (
    LARGEST_PLAIN,
    SMALLEST_PLAIN,
    Digits,
    LayerDigits,
    decimal_text,
    digits_for,
    rounded_digits,
)
from cnn_explorer.network.written import Term, WrittenSum, largest_places


@dataclass(frozen=True)
class WrittenSoftmax:
    """e^own divided by the sum of all powers: `power` / `powers.result`, which is about `result`.

    The terms of `powers` have x as their value and e^x as their product, and add up to its result. Where the powers
    would be too large or too small to print, `shift` is taken from every x first; "" where none is.
    """

    own: str
    power: str
    powers: WrittenSum
    result: str
    shift: str = ""


def written_softmax(
    explanation: Explanation, digits: LayerDigits, shown: float, most: int | None = None
) -> WrittenSoftmax:
    """The softmax of one channel. No more than `most` powers are written out, the largest first."""
    values = explanation.values.astype(float).ravel()
    own, shift = explanation.facts["own"], _shift(values)
    powers = np.exp(values - shift)
    written = rounded_digits(float(powers.sum()))
    whole = written.whole(powers)
    places = largest_places(np.array(whole, float), most)
    rest = written.printed(float(powers.sum())) - sum(whole) * written.unit
    others = (sum(whole) - sum(whole[place] for place in places)) * written.unit
    more = len(whole) - len(places)
    terms = tuple(
        Term(digits.input.text(float(values[place])), "", written.text(float(powers[place])), place=place)
        for place in places
    )
    return WrittenSoftmax(
        digits.input.text(own),
        written.text(float(np.exp(own - shift))),
        WrittenSum(
            terms, "0", decimal_text(rest) if rest else "", written.text(float(powers.sum())),
            more=more, more_sum=decimal_text(others) if more else "",
        ),
        digits.output.text(shown),
        digits.input.text(shift) if shift else "",
    )  # fmt: skip


def _shift(values: np.ndarray) -> float:
    """What to take from every x, which changes no quotient: the largest, where its power can't be printed plainly."""
    largest = float(values.max())
    with np.errstate(over="ignore"):
        return 0.0 if SMALLEST_PLAIN * 10 <= np.exp(largest) < LARGEST_PLAIN / 10 else largest


@dataclass(frozen=True)
class WrittenStatistics:
    """A mean and a variance as printed, of the batch or the moving ones, and whether these are the ones in use."""

    mean: str
    variance: str
    used: bool


@dataclass(frozen=True)
class WrittenNormalisation:
    """(value - mean) / √(variance + epsilon) is about `normal`; `scaled` is normal · gamma + beta, and adds up.

    `batch` and `moving` are the statistics side by side; None where the layer gives only those it used.
    """

    value: str
    mean: str
    variance: str
    epsilon: str
    normal: str
    scaled: WrittenSum
    batch: WrittenStatistics | None = None
    moving: WrittenStatistics | None = None


def written_normalisation(explanation: Explanation, digits: LayerDigits, shown: float) -> WrittenNormalisation:
    """Batch normalisation of one cell, from the facts of its explanation."""
    facts = explanation.facts
    value = float(explanation.values.ravel()[0])
    normal = (value - facts["mean"]) / sqrt(facts["variance"] + facts["epsilon"])
    return WrittenNormalisation(
        digits.input.text(value),
        plain_text(facts["mean"]),
        plain_text(facts["variance"]),
        plain_text(facts["epsilon"]),
        plain_text(normal),
        _scaled(normal, facts["gamma"], facts["beta"], digits.output, shown),
        _statistics(explanation, "batch"),
        _statistics(explanation, "moving"),
    )


def _scaled(normal: float, gamma: float, beta: float, output: Digits, shown: float) -> WrittenSum:
    product = _plain_digits(normal).printed(normal) * _plain_digits(gamma).printed(gamma)
    rest = output.printed(shown) - product - _plain_digits(beta).printed(beta)
    term = Term(plain_text(normal), plain_text(gamma), decimal_text(product))
    return WrittenSum((term,), plain_text(beta), decimal_text(rest) if rest else "", output.text(shown))


def _statistics(explanation: Explanation, which: str) -> WrittenStatistics | None:
    facts = explanation.facts
    if f"{which}_mean" not in facts:
        return None
    mean, variance = facts[f"{which}_mean"], facts[f"{which}_variance"]
    used = bool(facts["training"]) == (which == "batch")
    return WrittenStatistics(plain_text(mean), plain_text(variance), used)


@dataclass(frozen=True)
class WrittenDropout:
    """A kept cell is value / (1 - rate) = result (`exact` says whether the printed numbers give exactly that)."""

    value: str
    rate: str
    kept: bool
    result: str
    exact: bool


def written_dropout(explanation: Explanation, digits: LayerDigits, shown: float) -> WrittenDropout:
    """One cell of a Dropout in training."""
    value, rate = float(explanation.values.ravel()[0]), explanation.facts["rate"]
    kept, result = explanation.facts["kept"] > 0, digits.output.printed(shown)
    scaled = digits.input.printed(value) / (1 - _plain_digits(rate).printed(rate)) if kept else Fraction(0)
    return WrittenDropout(digits.input.text(value), plain_text(rate), kept, digits.output.text(shown), scaled == result)


def plain_text(value: float) -> str:
    """One number on its own: a decimal of as many digits as it needs, up to three significant ones."""
    return _plain_digits(value).text(value)


def _plain_digits(value: float) -> Digits:
    digits = digits_for([value])
    if digits.denominator > 1:
        digits = rounded_digits(abs(value))
    return digits
