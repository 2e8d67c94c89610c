"""Sums as they are printed: the terms, what the rounding leaves over, and the result, so that everything adds up.

All of it works with the printed numbers, exactly, as multiples of a unit. What they miss of the printed result becomes
a term of its own, the rest. A long sum has its largest terms written out, and the others as one number.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor, log10

import numpy as np

from cnn_explorer.network.explanation import Explanation
from cnn_explorer.network.numbers import LayerDigits, decimal_of, decimal_text, fraction_text

Write = Callable[[Fraction], str]


@dataclass(frozen=True)
class Term:
    """One addend as printed: a value, what it is multiplied by ("" where nothing), and their exact product.

    `place` counts the window's cells in reading order, channel after channel.
    """

    value: str
    weight: str
    product: str
    counted: bool = True
    place: int = 0


@dataclass(frozen=True)
class WrittenSum:
    """The arithmetic of one cell as printed.

    `terms` are all of them in the order of their places, or the largest where there are too many: then `more` others
    come to `more_sum`. Read as numbers, the products of the terms, `more_sum`, the bias and the rest add up to the
    result exactly; of a mean, to `count` times the result. `rest` is "" where the printed numbers need none.
    """

    terms: tuple[Term, ...]
    bias: str
    rest: str
    result: str
    count: int = 1
    more: int = 0
    more_sum: str = ""


def written_sum(explanation: Explanation, digits: LayerDigits, shown: float, most: int | None = None) -> WrittenSum:
    """The terms of `explanation` and the result `shown` in the feature map, printed so that they add up.

    No more than `most` terms are written out. The terms of a maximum and of a function add up to nothing: they have no
    rest.
    """
    products = _Products(explanation, digits)
    adds_up = explanation.combination in ("sum", "mean")
    count = products.counted.count(True) if explanation.combination == "mean" else 1
    bias = digits.bias.printed(explanation.bias)
    total = digits.output.printed(shown) * count - bias
    places = largest_places(products.sizes(signed=explanation.combination == "maximum"), most)
    rest = total - products.sum() if adds_up else Fraction(0)
    others = products.sum() - products.sum(places)
    more = products.counted.count(True) - len(places) if most is not None and len(products.counted) > most else 0
    return WrittenSum(
        products.terms(places),
        digits.bias.text(explanation.bias),
        products.write(rest) if rest else "",
        digits.output.text(shown),
        count,
        more,
        products.write(others) if more and adds_up else "",
    )


def written_channel(explanation: Explanation, place: int, digits: LayerDigits, most: int | None = None) -> WrittenSum:
    """What the channel at `place` of the window adds to a sum: its products, and its subtotal as the result.

    The subtotal is printed as `written_channels` prints it; the places of the terms count within the channel.
    """
    products = _Products(explanation, digits, place)
    subtotal = explanation.channel_sums()[place]
    places = largest_places(products.sizes(), most)
    rest = digits.channel.printed(subtotal) - products.sum()
    more = len(products.counted) - len(places)
    others = products.write(products.sum() - products.sum(places)) if more else ""
    rounding = products.write(rest) if rest else ""
    return WrittenSum(products.terms(places), "0", rounding, digits.channel.text(subtotal), 1, more, others)


def written_channels(
    explanation: Explanation,
    digits: LayerDigits,
    shown: float,
    most: int | None = None,
    strongest: bool = False,
    keep: int | None = None,
) -> WrittenSum:
    """Each channel's subtotal as one term, its place that of the channel in the window; bias, rest and result.

    Not more than `most` of them, in order, or the `strongest` first; that at place `keep` is always among them.
    """
    sums = explanation.channel_sums()
    whole, unit = digits.channel.whole(sums), digits.channel.unit
    places = _of_channels(whole, most, strongest, keep)
    result = digits.output.printed(shown)
    rest = result - digits.bias.printed(explanation.bias) - sum(whole) * unit
    others = (sum(whole) - sum(whole[place] for place in places)) * unit
    more = len(whole) - len(places)
    write = _writer(digits, max(digits.channel.denominator, digits.output.denominator, digits.bias.denominator))
    texts = [(place, digits.channel.text(sums[place])) for place in places]
    return WrittenSum(
        tuple(Term(text, "", text, place=place) for place, text in texts),
        digits.bias.text(explanation.bias),
        write(rest) if rest else "",
        digits.output.text(shown),
        more=more,
        more_sum=write(others) if more else "",
    )


class _Products:
    """The printed terms of a window, or of one channel of it, as whole multiples of one unit."""

    def __init__(self, explanation: Explanation, digits: LayerDigits, place: int | None = None) -> None:
        chosen = slice(None) if place is None else slice(place, place + 1)
        self._digits = digits
        self._values = _in_order(explanation.values[..., chosen])
        self._weights = None if explanation.weights is None else _in_order(explanation.weights[..., chosen])
        self.counted: list[bool] = _in_order(explanation.counted[..., chosen]).tolist()
        weights = self.counted if self._weights is None else digits.kernel.whole(self._weights)
        self._unit = digits.input.unit * (1 if self._weights is None else digits.kernel.unit)
        self._decimals = digits.input.decimals + (0 if self._weights is None else digits.kernel.decimals)
        self._whole = [v * int(w) for v, w in zip(digits.input.whole(self._values), weights, strict=True)]
        self.write = _writer(digits, max(digits.input.denominator, digits.kernel.denominator))

    def sum(self, places: Sequence[int] | None = None) -> Fraction:
        """What the terms at `places` add up to; all of them for None."""
        return sum(self._whole if places is None else [self._whole[place] for place in places]) * self._unit

    def sizes(self, signed: bool = False) -> np.ndarray:
        """How large each term is, to choose the largest; those not counted are the smallest."""
        sizes = np.array(self._whole, float)
        return np.where(self.counted, sizes if signed else np.abs(sizes), -np.inf)

    def terms(self, places: Sequence[int]) -> tuple[Term, ...]:
        """The terms at `places`: only these are turned into text."""
        return tuple(
            Term(
                self._digits.input.text(float(self._values[place])),
                "" if self._weights is None else self._digits.kernel.text(float(self._weights[place])),
                self._product(place),
                self.counted[place],
                place,
            )
            for place in places
        )

    def _product(self, place: int) -> str:
        if self.write is decimal_text:
            return decimal_of(self._whole[place], self._decimals)
        return self.write(self._whole[place] * self._unit)


def _in_order(window: np.ndarray) -> np.ndarray:
    """(rows, columns, channels) as one row: in reading order, channel after channel."""
    return np.moveaxis(window, -1, 0).ravel()


def largest_places(sizes: np.ndarray, most: int | None) -> list[int]:
    """The places of the largest `most` sizes, the largest first, -inf left out; all in their order where there are
    not more."""
    if most is None or len(sizes) <= most:
        return list(range(len(sizes)))
    largest = np.argsort(-sizes, kind="stable")[:most]
    return [int(place) for place in largest if sizes[place] > -np.inf]


def _of_channels(whole: list[int], most: int | None, strongest: bool, keep: int | None) -> list[int]:
    order = sorted(range(len(whole)), key=lambda place: -abs(whole[place])) if strongest else list(range(len(whole)))
    places = order if most is None else order[:most]
    if keep is not None and keep not in places:
        places = [*places[:-1], keep]
    return places


def _writer(digits: LayerDigits, denominator: int) -> Write:
    """How the exact numbers between the printed ones are written: as the printed ones are."""
    if denominator > 1:
        return fraction_text
    if any(each.exponent for each in (digits.input, digits.kernel, digits.output)):
        return _with_exponent
    return decimal_text


def _with_exponent(number: Fraction) -> str:
    return decimal_text(number, floor(log10(abs(number)))) if number else "0"
