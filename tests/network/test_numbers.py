"""Numbers are printed as short as they can be, and read as what they say they print."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnn_explorer.network.numbers import MINUS, Digits, digits_for, limit_digits, loss_text


def read(text: str) -> Fraction:
    """A printed number, exactly as a person would read it."""
    return Fraction(text.replace(MINUS, "-"))


@pytest.mark.parametrize(
    ("values", "texts"),
    [
        ([0, -0.0, 3, -2], ["0", "0", "3", "−2"]),
        ([0.5, -2], ["0.5", "−2"]),
        ([1 / 3, 1], ["1/3", "1"]),
        ([1 / 9, 4 / 9, 2], ["1/9", "4/9", "2"]),
        ([0.25, 0.75], ["0.25", "0.75"]),
        ([0.1, 0.2], ["0.1", "0.2"]),
        ([0.1234567, 1 / 7.31], ["0.123", "0.137"]),
        ([1.23456, -0.00001], ["1.235", "0"]),
        ([123.45678, 0.04321], ["123.5", "0"]),
        ([2.5e8, 1], ["2.5e8", "0"]),
        ([1.25e-6], ["1.25e−6"]),
        ([119 / 40], ["2.975"]),
        ([212 / 89, 0, -212 / 89], ["2.382", "0", "−2.382"]),  # one number is near some fraction by chance
        ([1 / 89, 88 / 89, 0], ["0.011", "0.989", "0"]),
        ([1 / 9], ["1/9"]),
        ([1 / 49, 2 / 49, 3 / 49], ["1/49", "2/49", "3/49"]),
    ],
)
def test_numbers_have_as_many_digits_as_they_need(values: list[float], texts: list[str]) -> None:
    numbers = np.array(values, np.float32)
    digits = digits_for(numbers)
    assert [digits.text(value) for value in numbers.tolist()] == texts


@pytest.mark.parametrize(
    ("limit", "text"),
    [
        (6.9146, "6.915"), (6.914612, "6.915"), (0.25, "0.25"), (0.1234, "0.123"), (12.3456, "12.35"), (255, "255"),
        (4 / 9, "4/9"), (0, "0"), (3136, "3136"), (0.00125, "0.00125"), (2.5e8, "2.5e8"), (1.25e-6, "1.25e−6"),
    ],
)  # fmt: skip
def test_a_limit_has_no_more_decimals_than_other_numbers_of_its_size(limit: float, text: str) -> None:
    for number in (limit, -limit):
        shown = limit_digits([np.float32(number)]).text(number)
        assert shown == (MINUS if number < 0 else "") + text


def test_a_loss_that_has_run_away_is_not_written_in_all_its_digits() -> None:
    losses = (0.12345, 999.9, 1000, 5.0684e34, float("nan"), float("inf"))
    assert [loss_text(loss) for loss in losses] == ["0.1235", "999.9000", "1.00e+03", "5.07e+34", "nan", "inf"]


@given(st.lists(st.floats(-1e9, 1e9, width=32), min_size=1, max_size=40))
def test_a_text_reads_as_the_number_it_says_it_prints(values: list[float]) -> None:
    digits = digits_for(values)
    for value in values:
        text = digits.text(value)
        assert read(text) == digits.printed(value)
        assert text not in ("-0", "−0")
        assert "-" not in text


@given(st.lists(st.floats(-1000, 1000, width=32), min_size=1, max_size=40))
def test_exact_digits_are_exact_to_float_precision(values: list[float]) -> None:
    digits = digits_for(values)
    if digits.exact:
        largest = max(1.0, *(abs(value) for value in values))
        assert all(abs(float(digits.printed(value)) - value) <= 3e-6 * largest for value in values)


DIGITS = st.one_of(
    st.builds(Digits, decimals=st.integers(0, 8)),
    st.builds(Digits, denominator=st.integers(2, 100)),
    st.builds(Digits, decimals=st.just(2), exponent=st.integers(-12, 30)),
)


@given(DIGITS, st.lists(st.floats(-1e6, 1e6, width=32) | st.integers(-999, 999).map(lambda n: n / 8), max_size=20))
def test_many_numbers_at_once_are_printed_as_one_by_one(digits: Digits, values: list[float]) -> None:
    assert [whole * digits.unit for whole in digits.whole(values)] == [digits.printed(value) for value in values]


def test_half_way_between_two_texts_many_are_rounded_as_one_is() -> None:
    digits = Digits(2)
    values = [0.005, 0.015, 0.025, 1.005, 2.675, -0.125, 0.375]
    assert [whole * digits.unit for whole in digits.whole(values)] == [read(digits.text(value)) for value in values]


@given(
    st.one_of(
        st.floats(-1e9, 1e9, allow_subnormal=False),
        st.integers(-2000, 2000).map(float),
        st.fractions(-50, 50, max_denominator=20).map(float),
    )
)
def test_a_number_alone_is_written_as_beside_itself(number: float) -> None:
    for value in (number, float(np.float32(number))):
        assert digits_for([value]) == digits_for([value, value])


def test_a_map_that_is_nearly_everywhere_zero_is_written_too() -> None:
    numbers = np.zeros(784, np.float32)
    numbers[[100, 101, 102]] = 1 / 49, 5 / 49, 19 / 49
    assert digits_for(numbers).text(5 / 49) == "5/49"
    numbers[[101, 102]] = 0
    assert digits_for(numbers).text(1 / 49) == "0.0204"
    assert digits_for(np.zeros(784, np.float32)).text(0) == "0"
