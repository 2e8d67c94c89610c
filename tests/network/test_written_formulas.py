"""Softmax, batch normalisation and dropout are printed with the numbers that they were computed from."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnn_explorer.network.arrays import frozen
from cnn_explorer.network.explanation import Explanation, Window
from cnn_explorer.network.layers import Activation, BatchNormalization
from cnn_explorer.network.numbers import MINUS, LayerDigits, digits_for, layer_digits
from cnn_explorer.network.written_formulas import (
    WrittenSoftmax,
    plain_text,
    written_dropout,
    written_normalisation,
    written_softmax,
)


def read(text: str) -> Fraction:
    """A printed number, exactly as a person would read it; nothing is 0."""
    return Fraction(text.replace(MINUS, "-") or "0")


def softmax_of(values: list[float], channel: int, most: int | None = None) -> WrittenSoftmax:
    x = frozen([[values]])
    layer = Activation(activation="softmax")
    out = layer.forward(x)
    found = layer.explain(x, (0, 0, channel))
    return written_softmax(found, layer_digits(x, out), float(out[0, 0, channel]), most)


@given(st.lists(st.floats(-8, 8, width=32), min_size=1, max_size=12), st.none() | st.integers(1, 5), st.data())
def test_the_powers_of_a_softmax_add_up_to_their_total(
    values: list[float], most: int | None, data: st.DataObject
) -> None:
    channel = data.draw(st.integers(0, len(values) - 1))
    written = softmax_of(values, channel, most)
    powers = written.powers
    products = sum((read(term.product) for term in powers.terms), Fraction(0))
    assert products + read(powers.more_sum) + read(powers.rest) == read(powers.result)
    assert len(powers.terms) + powers.more == len(values)
    assert read(powers.result) > 0
    quotient = float(read(written.power) / read(powers.result))
    assert quotient == pytest.approx(float(read(written.result)), abs=6e-3)


def test_a_softmax_is_written_as_powers_over_their_sum() -> None:
    written = softmax_of([2, 1, 0], 0)
    assert (written.own, written.power, written.shift) == ("2", "7.39", "")
    assert [(term.value, term.product) for term in written.powers.terms] == [("2", "7.39"), ("1", "2.72"), ("0", "1")]
    assert (written.powers.result, written.powers.rest) == ("11.11", "")
    assert written.result == "0.665"


@pytest.mark.parametrize("large", [800.0, -800.0])
def test_powers_beyond_what_can_be_printed_are_shifted(large: float) -> None:
    written = softmax_of([large, large - 1], 0)
    assert read(written.shift) == large
    assert (written.power, written.powers.result, written.result) == ("1", "1.368", "0.731")


def one_cell(value: float, result: float, combination: str, **facts: float) -> tuple[Explanation, LayerDigits]:
    values = frozen([[[value]]])
    window = Window((0,), (0,), (0,))
    found = Explanation(combination, window, values, result, np.ones((1, 1, 1), bool), facts=facts)  # type: ignore[arg-type]
    return found, layer_digits(values, frozen([[[result]]]))


def test_a_normalisation_is_written_with_its_statistics() -> None:
    facts = {"mean": 1.0, "variance": 3.999, "epsilon": 0.001, "gamma": 2.0, "beta": -1.0}
    found, digits = one_cell(
        5.0, 3.0, "normalise", **facts, training=1.0,
        batch_mean=1.0, batch_variance=3.999, moving_mean=0.0, moving_variance=1.0,
    )  # fmt: skip
    written = written_normalisation(found, digits, 3.0)
    assert (written.value, written.mean, written.variance, written.epsilon) == ("5", "1", "3.999", "0.001")
    assert written.normal == "2"
    assert (written.scaled.terms[0].product, written.scaled.bias, written.scaled.result) == ("4", "−1", "3")
    assert written.batch is not None and written.batch.used and written.batch.variance == "3.999"
    assert written.moving is not None and not written.moving.used and written.moving.mean == "0"


floats = st.floats(-50, 50, width=32)


@given(floats, floats, st.floats(0, 100), floats, floats)
def test_the_last_step_of_a_normalisation_adds_up(
    value: float, mean: float, variance: float, gamma: float, beta: float
) -> None:
    result = float(np.float32((value - mean) / np.sqrt(variance + 0.001) * gamma + beta))
    found, digits = one_cell(
        value, result, "normalise", mean=mean, variance=variance, epsilon=0.001, gamma=gamma, beta=beta
    )
    written = written_normalisation(found, digits, result)
    step = written.scaled
    term = step.terms[0]
    assert read(term.value) * read(term.weight) == read(term.product)
    assert read(term.product) + read(step.bias) + read(step.rest) == read(step.result)
    assert written.batch is None and written.moving is None


def test_a_dropout_says_what_became_of_the_cell() -> None:
    kept = written_dropout(*one_cell(3.0, 6.0, "dropout", kept=1.0, rate=0.5), 6.0)
    assert (kept.value, kept.rate, kept.kept, kept.result, kept.exact) == ("3", "0.5", True, "6", True)
    dropped = written_dropout(*one_cell(3.0, 0.0, "dropout", kept=0.0, rate=0.5), 0.0)
    assert (dropped.kept, dropped.result, dropped.exact) == (False, "0", True)
    rounded = written_dropout(*one_cell(1.0, 1 / 0.7, "dropout", kept=1.0, rate=0.3), 1 / 0.7)
    assert (rounded.result, rounded.exact) == (digits_for([1 / 0.7]).text(1 / 0.7), rounded.result == "10/7")


def test_a_number_on_its_own_is_a_decimal() -> None:
    assert [plain_text(value) for value in (1 / 3, 0.001, 2.0, 0.25, 1e-7, -1.23456)] == [
        "0.333", "0.001", "2", "0.25", "1e−7", "−1.235",
    ]  # fmt: skip


@pytest.mark.parametrize("training", [False, True])
def test_the_layer_gives_both_statistics_and_says_which_it_uses(training: bool) -> None:
    x = frozen(np.arange(8).reshape(2, 2, 2))
    layer = BatchNormalization(
        gamma=frozen([1, 1]), beta=frozen([0, 0]), moving_mean=frozen([1, 2]), moving_variance=frozen([4, 9]),
        training=training,
    )  # fmt: skip
    out = layer.forward(x)
    written = written_normalisation(layer.explain(x, (0, 1, 1)), layer_digits(x, out), float(out[0, 1, 1]))
    assert written.batch is not None and written.moving is not None
    assert (written.batch.mean, written.batch.variance, written.batch.used) == ("4", "5", training)
    assert (written.moving.mean, written.moving.variance, written.moving.used) == ("2", "9", not training)
    assert written.mean == ("4" if training else "2")
