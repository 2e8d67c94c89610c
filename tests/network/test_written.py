"""Printed sums add up exactly, whatever is left out of them."""

from __future__ import annotations

from fractions import Fraction
from time import perf_counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnn_explorer.network.arrays import Floats, frozen
from cnn_explorer.network.explanation import Explanation, Window
from cnn_explorer.network.layers import AveragePooling2D, Conv2D, Layer, MaxPooling2D
from cnn_explorer.network.numbers import MINUS, LayerDigits, digits_for, layer_digits
from cnn_explorer.network.written import WrittenSum, written_channel, written_channels, written_sum


def read(text: str) -> Fraction:
    """A printed number, exactly as a person would read it; nothing is 0."""
    return Fraction(text.replace(MINUS, "-") or "0")


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
def map_of(draw: st.DrawFn, rows: int, columns: int, channels: int = 1) -> Floats:
    count = rows * columns * channels
    values = draw(st.lists(numbers(draw(KINDS)), min_size=count, max_size=count))
    return frozen(np.array(values).reshape(rows, columns, channels))


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


def explained(values: Floats, weights: Floats, bias: float) -> tuple[Explanation, LayerDigits, float]:
    """A sum over a window (rows, columns, channels), its Digits, and the result as a map would hold it."""
    rows, columns, channels = (tuple(range(size)) for size in values.shape)
    result = float(np.float32((values.astype(float) * weights).sum() + bias))
    counted = np.ones(values.shape, bool)
    found = Explanation("sum", Window(rows, columns, channels), values, result, counted, weights, bias)
    return found, layer_digits(values, np.array([result], np.float32), weights, np.array([bias], np.float32)), result


@st.composite
def sums(draw: st.DrawFn) -> tuple[Explanation, LayerDigits, float]:
    shape = draw(st.tuples(st.integers(1, 3), st.integers(1, 3), st.integers(1, 5)))
    bias = float(np.float32(draw(draw(KINDS.map(numbers)))))
    return explained(draw(map_of(*shape)), draw(map_of(*shape)), bias)


MOST = st.none() | st.integers(1, 8)


def total(written: WrittenSum) -> Fraction:
    """What a reader gets who adds up everything before the equals sign."""
    products = sum((read(term.product) for term in written.terms if term.counted), Fraction(0))
    return products + read(written.more_sum) + read(written.bias) + read(written.rest)


@given(sums(), MOST)
def test_all_terms_or_the_largest_of_them_add_up(
    found: tuple[Explanation, LayerDigits, float], most: int | None
) -> None:
    explanation, digits, shown = found
    written = written_sum(explanation, digits, shown, most)
    assert total(written) == read(written.result) == digits.output.printed(shown)
    assert len(written.terms) + written.more == explanation.values.size
    assert most is None or len(written.terms) <= max(most, 0) or explanation.values.size <= most
    for term in written.terms:
        assert read(term.value) * read(term.weight) == read(term.product)


@given(sums(), MOST)
def test_a_channels_products_give_its_subtotal_and_the_subtotals_the_result(
    found: tuple[Explanation, LayerDigits, float], most: int | None
) -> None:
    explanation, digits, shown = found
    together = written_channels(explanation, digits, shown)
    assert total(together) == read(together.result)
    for place, subtotal in enumerate(together.terms):
        channel = written_channel(explanation, place, digits, most)
        assert channel.result == subtotal.value
        assert total(channel) == read(channel.result)
        assert subtotal.place == place


@given(sums(), st.integers(1, 4), st.booleans(), st.integers(0, 4))
def test_some_of_the_channels_add_up_with_what_the_others_come_to(
    found: tuple[Explanation, LayerDigits, float], most: int, strongest: bool, keep: int
) -> None:
    explanation, digits, shown = found
    channels = explanation.values.shape[2]
    keep = min(keep, channels - 1)
    written = written_channels(explanation, digits, shown, most, strongest, keep)
    assert total(written) == read(written.result)
    assert len(written.terms) == min(most, channels) and written.more == channels - len(written.terms)
    assert keep in [term.place for term in written.terms]


def test_terms_stand_channel_after_channel() -> None:
    values = frozen(np.arange(12).reshape(2, 2, 3))
    found, digits, shown = explained(values, frozen(np.ones((2, 2, 3))), 0.0)
    written = written_sum(found, digits, shown)
    assert [term.value for term in written.terms] == ["0", "3", "6", "9", "1", "4", "7", "10", "2", "5", "8", "11"]
    assert [term.place for term in written.terms] == list(range(12))
    assert [term.value for term in written_channel(found, 1, digits).terms] == ["1", "4", "7", "10"]


def test_the_strongest_channel_comes_first_where_that_is_wanted() -> None:
    values = frozen([[[1, -9, 3, 0]]])
    found, digits, shown = explained(values, frozen(np.ones((1, 1, 4))), 2.0)
    strongest = written_channels(found, digits, shown, strongest=True)
    assert [term.value for term in strongest.terms] == ["−9", "3", "1", "0"]
    assert (strongest.bias, strongest.result, strongest.rest) == ("2", "−3", "")
    few = written_channels(found, digits, shown, most=2, keep=3)
    assert [(term.place, term.value) for term in few.terms] == [(0, "1"), (3, "0")]
    assert (few.more, few.more_sum) == (2, "−6")


def test_a_subtotal_is_whole_where_its_products_are() -> None:
    """Two halves make a whole number; the map then holds whole numbers, but half a one is not printed as none."""
    found, digits, shown = explained(frozen([[[1, 1]]]), frozen([[[0.5, 0.5]]]), 0.0)
    written = written_channels(found, digits, shown)
    assert [term.value for term in written.terms] == ["0.5", "0.5"]
    assert (written.result, written.rest) == ("1", "")


def test_a_long_sum_has_its_largest_terms_written_out() -> None:
    rng = np.random.default_rng(5)
    values, weights = frozen(rng.normal(size=(1, 1, 3136))), frozen(rng.normal(size=(1, 1, 3136)))
    found, digits, shown = explained(values, weights, 0.25)
    written = written_sum(found, digits, shown, most=24)
    assert (len(written.terms), written.more) == (24, 3112)
    sizes = [abs(read(term.product)) for term in written.terms]
    assert sizes == sorted(sizes, reverse=True)
    assert total(written) == read(written.result)
    everything = written_sum(found, digits, shown)
    assert sizes[-1] >= sorted(abs(read(term.product)) for term in everything.terms)[-25]
    assert (everything.rest, everything.more_sum) == (written.rest, "")


def test_a_long_sum_is_written_in_no_time() -> None:
    rng = np.random.default_rng(6)
    found, digits, shown = explained(frozen(rng.normal(size=(8, 8, 64))), frozen(rng.normal(size=(8, 8, 64))), 0.0)
    best = min(_seconds(found, digits, shown) for _ in range(5))
    assert best < 0.005 * 3  # 1.6 ms where nothing else runs


def _seconds(found: Explanation, digits: LayerDigits, shown: float) -> float:
    start = perf_counter()
    written_sum(found, digits, shown, most=24)
    written_channels(found, digits, shown, most=12, strongest=True)
    return perf_counter() - start


def test_large_and_small_numbers_are_written_with_exponents_between_the_printed_ones() -> None:
    found, digits, shown = explained(frozen([[[2.5e-6, 1e-6, 3e-7]]]), frozen([[[0.5, 0.25, 1]]]), 0.0)
    written = written_sum(found, digits, shown, most=1)
    assert written.more_sum == "5.5e−7" and total(written) == read(written.result)


def test_of_a_long_maximum_and_mean_the_largest_are_written_out() -> None:
    x = frozen(np.arange(16).reshape(4, 4, 1) - 20)
    digits = layer_digits(x, x)
    largest = written_sum(MaxPooling2D(pool_size=(4, 4)).explain(x, (0, 0, 0)), digits, -5.0, most=3)
    assert [term.value for term in largest.terms] == ["−5", "−6", "−7"]
    assert (largest.more, largest.more_sum, largest.rest) == (13, "", "")
    mean = written_sum(AveragePooling2D(pool_size=(4, 4)).explain(x, (0, 0, 0)), digits, -12.5, most=3)
    assert [term.value for term in mean.terms] == ["−20", "−19", "−18"]
    assert (mean.more, mean.count) == (13, 16)
    assert total(mean) == read(mean.result) * 16


@pytest.mark.parametrize("most", [None, 2])
def test_padding_that_a_pooling_leaves_out_is_not_among_the_written_ones(most: int | None) -> None:
    x = frozen(np.ones((3, 3, 1)))
    found = AveragePooling2D(padding="same").explain(x, (1, 1, 0))
    written = written_sum(found, layer_digits(x, x), 1.0, most)
    assert sum(term.counted for term in written.terms) == 1
    assert (written.count, written.more, written.rest) == (1, 0, "")


def test_a_maximum_has_no_rest() -> None:
    x = frozen(np.random.default_rng(7).normal(size=(4, 4, 1)))
    layer = MaxPooling2D()
    out = layer.forward(x)
    written = written_sum(layer.explain(x, (0, 0, 0)), layer_digits(x, out), float(out[0, 0, 0]))
    assert written.rest == ""
    assert digits_for(out).text(float(out[0, 0, 0])) == written.result
