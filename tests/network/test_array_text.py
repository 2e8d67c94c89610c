"""Large arrays as text: every length comes back, what is no base64 does not, and no text is made twice."""

from base64 import b64decode, b64encode
from dataclasses import replace

import numpy as np
import pytest

from cnn_explorer.network import array_text
from cnn_explorer.network.array_text import PIECE, numbers_in, text_of
from cnn_explorer.network.arrays import frozen
from cnn_explorer.network.document import Document, Image
from cnn_explorer.network.files import document_pieces, read_document, write_document
from cnn_explorer.network.layers import Dense, Flatten
from cnn_explorer.network.network import Network


@pytest.mark.parametrize("count", [1, 2, 3, 1025, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE + 2])
def test_any_number_of_numbers_is_ordinary_base64_and_comes_back(count):
    array = frozen(np.random.default_rng(count).standard_normal(count))
    text = b"".join(text_of(array).pieces)
    assert b64decode(text) == array.tobytes()
    assert len(text_of(array)) == len(text)
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


@pytest.mark.parametrize("number", [np.nan, np.inf, 1.1e9, -1.1e9])
def test_numbers_that_no_document_holds_are_seen_wherever_they_stand(number):
    for place in (0, PIECE, PIECE + 10):
        values = np.zeros(PIECE + 11, np.float32)
        values[place] = number
        assert not text_of(frozen(values)).believable
    assert text_of(frozen(np.full(1025, 1e9))).believable


def document():
    """A dense layer with 160 kB of weights."""
    kernel = frozen(np.random.default_rng(0).standard_normal((400, 100)))
    return Document(Image(np.ones((20, 20, 1))), Network((Flatten(), Dense(kernel=kernel, bias=frozen(np.zeros(100))))))


def test_an_edit_makes_only_the_text_of_what_it_has_changed(monkeypatch):
    made, encoded = [], array_text._encoded

    def spy(array):
        made.append(array.shape)
        return encoded(array)

    monkeypatch.setattr(array_text, "_encoded", spy)
    first = document()
    write_document(first)
    assert made == [(400, 100)]
    drawn = first.with_image(Image(np.random.default_rng(1).uniform(0, 1, (40, 40, 1))))
    write_document(drawn)
    assert made == [(400, 100), (40, 40, 1)]
    other = frozen(first.network.layers[1].kernel + 1)
    edited = drawn.with_layer(1, replace(first.network.layers[1], kernel=other))
    data = write_document(edited)
    assert made == [(400, 100), (40, 40, 1), (400, 100)]
    assert read_document(data)[0] == edited
    assert b"".join(document_pieces(edited)) == data
    assert len(made) == 3


def test_the_texts_that_are_kept_are_bounded(monkeypatch):
    texts = array_text._Texts()
    monkeypatch.setattr(array_text, "MOST_KEPT", 20_000)
    arrays = [frozen(np.full(1500, value)) for value in range(5)]  # 8,000 characters each
    found = [texts.find(array) for array in arrays]
    assert len(texts._kept) == 2
    assert texts.find(arrays[4]) is found[4]
    assert texts.find(arrays[0]) is not found[0]
