"""What is printed adds up, and is as short as it can be."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnn_explorer.network.arrays import Floats, frozen
from cnn_explorer.network.layers import AveragePooling2D, Conv2D, Layer, MaxPooling2D
from cnn_explorer.network.numbers import MINUS, WrittenSum, digits_for, layer_digits, written_sum


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
    ],
)
def test_numbers_have_as_many_digits_as_they_need(values: list[float], texts: list[str]) -> None:
    numbers = np.array(values, np.float32)
    digits = digits_for(numbers)
    assert [digits.text(value) for value in numbers.tolist()] == texts


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


def numbers(kind: str) -> st.SearchStrategy[float]:
    return {
        "whole": st.integers(-9, 9).map(float),
        "tenths": st.integers(-40, 40).map(lambda n: n / 10),
        "ninths": st.integers(-40, 40).map(lambda n: n / 9),
        "sixteenths": st.integers(-40, 40).map(lambda n: n / 16),
        "bytes": st.integers(0, 255).map(lambda n: n / 255),
        "any": st.floats(-3, 3, width=32),
        "large": st.floats(-1e7, 1e7, width=32),
        "small": st.floats(-1e-4, 1e-4),
    }[kind]


KINDS = st.sampled_from(["whole", "tenths", "ninths", "sixteenths", "bytes", "any", "large", "small"])


@st.composite
def map_of(draw: st.DrawFn, rows: int, columns: int) -> Floats:
    kind = draw(KINDS)
    values = draw(st.lists(numbers(kind), min_size=rows * columns, max_size=rows * columns))
    return frozen(np.array(values).reshape(rows, columns, 1))


def printed_sum(layer: Layer, x: Floats, row: int, column: int) -> WrittenSum:
    out = layer.forward(x)
    digits = layer_digits(x, out, getattr(layer, "kernel", None), getattr(layer, "bias", None))
    return written_sum(layer.explain(x, (row, column, 0)), digits, float(out[row, column, 0]))


@given(st.data(), st.integers(1, 7), st.integers(1, 7))
def test_the_printed_terms_of_a_convolution_give_the_printed_result(
    data: st.DataObject, rows: int, columns: int
) -> None:
    x = data.draw(map_of(8, 8))
    kernel = data.draw(map_of(rows, columns))[..., None]
    bias = frozen([data.draw(data.draw(KINDS.map(numbers)))])
    layer = Conv2D(kernel=frozen(kernel), bias=bias)
    written = printed_sum(layer, x, data.draw(st.integers(0, 8 - rows)), data.draw(st.integers(0, 8 - columns)))
    products = [read(term.value) * read(term.weight) for term in written.terms]
    assert [read(term.product) for term in written.terms] == products
    rest = read(written.rest) if written.rest else 0
    assert sum(products) + read(written.bias) + rest == read(written.result)


@given(st.data(), st.integers(1, 4), st.integers(1, 4), st.sampled_from(["valid", "same"]))
def test_the_printed_terms_of_a_mean_give_count_times_the_result(
    data: st.DataObject, rows: int, columns: int, padding: str
) -> None:
    x = data.draw(map_of(6, 6))
    layer = AveragePooling2D(pool_size=(rows, columns), padding=padding)
    shape = layer.output_shape(x.shape)
    place = data.draw(st.integers(0, shape[0] - 1)), data.draw(st.integers(0, shape[1] - 1))
    written = printed_sum(layer, x, *place)
    total = sum(read(term.value) for term in written.terms if term.counted)
    rest = read(written.rest) if written.rest else 0
    assert written.count == sum(term.counted for term in written.terms)
    assert total + rest == read(written.result) * written.count


@given(st.data())
def test_a_maximum_prints_the_winner_as_it_stands_in_the_map(data: st.DataObject) -> None:
    x = data.draw(map_of(6, 6))
    written = printed_sum(MaxPooling2D(), x, data.draw(st.integers(0, 2)), data.draw(st.integers(0, 2)))
    assert written.result in [term.value for term in written.terms] or not layer_digits(x, x).input.exact


def test_whole_numbers_need_no_rest(handbook: dict[str, object]) -> None:
    x = frozen(np.array(handbook["image"])[:, :, None])
    layer = Conv2D(kernel=frozen(np.array(handbook["kernel"])[:, :, None, None]), bias=frozen([1]))
    for row in range(5):
        for column in range(5):
            written = printed_sum(layer, x, row, column)
            assert written.rest == ""
            assert read(written.result) == handbook["valid_stride_1"][row][column]  # type: ignore[index]


def test_a_box_blur_of_whole_numbers_is_written_in_ninths_without_a_rest() -> None:
    x = frozen(np.arange(49).reshape(7, 7, 1) % 3)
    written = printed_sum(Conv2D(kernel=frozen(np.full((3, 3, 1, 1), 1 / 9)), bias=frozen([0])), x, 1, 1)
    assert {term.weight for term in written.terms} == {"1/9"}
    assert written.rest == ""


def test_a_kernel_in_fractions_is_written_in_decimals_where_the_sum_is_rounded() -> None:
    x = frozen(np.random.default_rng(1).random((7, 7, 1)))
    written = printed_sum(Conv2D(kernel=frozen(np.full((3, 3, 1, 1), 1 / 9)), bias=frozen([0])), x, 0, 0)
    assert {term.weight for term in written.terms} == {"0.111"}
    assert "/" not in written.rest
