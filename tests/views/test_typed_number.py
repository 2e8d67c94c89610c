"""Numbers as people type them, and the steps of dragging."""

import numpy as np
import pytest

from cnn_explorer.network.sentence import Refused
from cnn_explorer.views.typed_number import read_number, step_for, stepped


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3", 3.0), ("-1.5", -1.5), ("\u22122", -2.0), ("0,5", 0.5), (".25", 0.25), ("2.", 2.0), ("1/9", 1 / 9),
        ("-1/4", -0.25), (" 7 ", 7.0), ("1e-3", 0.001), ("1,5/3", 0.5), ("-0", 0.0),
    ],
)  # fmt: skip
def test_numbers_are_read_as_they_are_written(text, value):
    assert read_number(text) == pytest.approx(value)
    assert not np.signbit(read_number("-0"))


@pytest.mark.parametrize("text", ["", "-", ".", "1..2", "1/", "/2", "1/0", "two", "1 2", "1e99", "1_000", "nan", "٣"])
def test_what_is_no_number_is_refused_in_a_sentence(text):
    with pytest.raises(Refused) as refusal:
        read_number(text)
    assert str(refusal.value.sentence).endswith(".")


@pytest.mark.parametrize(
    ("values", "fine", "step"),
    [
        ([0, 1, -2], False, 1.0),
        ([0, 1, -2], True, 0.1),
        ([1 / 9], False, 0.01),
        ([0.5, -1.5], False, 0.1),
        ([0.5, -1.5], True, 0.01),
        ([0.0], False, 1.0),
    ],
)
def test_steps_suit_the_numbers(values, fine, step):
    assert step_for(np.array(values), fine) == pytest.approx(step)


def test_stepping_lands_on_multiples_and_never_on_minus_zero():
    assert stepped(1.0, 3, 1.0) == 4.0
    assert stepped(0.1, 2, 0.1) == 0.3
    assert stepped(1 / 9, 1, 0.01) == 0.12
    assert stepped(1 / 9, 0, 0.01) == 1 / 9
    assert not np.signbit(stepped(0.1, -1, 0.1))
    assert stepped(1e9, 1, 1.0) == 1e9
