"""Large arrays as text: every length comes back, and what is no base64 does not."""

from base64 import b64decode, b64encode

import numpy as np
import pytest

from cnn_explorer.network import array_text
from cnn_explorer.network.array_text import numbers_in, text_of
from cnn_explorer.network.arrays import frozen

PIECE = array_text.PIECE // 4


@pytest.mark.parametrize("count", [1, 2, 3, 1025, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE + 2])
def test_any_number_of_numbers_is_ordinary_base64_and_comes_back(count):
    array = frozen(np.random.default_rng(count).standard_normal(count))
    text = b"".join(text_of(array))
    assert b64decode(text) == array.tobytes()
    np.testing.assert_array_equal(numbers_in(text.decode(), count), array)


@pytest.mark.parametrize("where", [0, 2**18 - 1, 2**18 - 4, 2**18, -1])
@pytest.mark.parametrize("mark", ["=", "!", "\n", "é"])
def test_what_is_no_base64_is_none(where, mark):
    text = b64encode(bytes(4 * (PIECE + 6))).decode()
    assert numbers_in(text, PIECE + 6) is not None
    damaged = text[:where] + mark + text[where:][1:]
    assert numbers_in(damaged, PIECE + 6) is None
    for count in (PIECE + 5, PIECE + 7):
        assert numbers_in(text, count) is None
