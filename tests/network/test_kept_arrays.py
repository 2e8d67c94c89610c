"""Many weights: they follow the text of a file as they are, and what a damaged file declares is not believed."""

from __future__ import annotations

import json
import tracemalloc
from dataclasses import replace

import numpy as np
import pytest

from cnn_explorer.network import files
from cnn_explorer.network.arrays import Floats, frozen
from cnn_explorer.network.document import Document, Image, can_hold
from cnn_explorer.network.files import (
    END_OF_TEXT,
    LARGEST_FILE,
    LARGEST_TEXT,
    MOST_ENCODED,
    document_pieces,
    document_text,
    read_document,
    read_text,
    write_document,
)
from cnn_explorer.network.layers import Conv2D, Dense, Flatten
from cnn_explorer.network.network import Network
from cnn_explorer.network.sentence import Refused

CURSOR = {"layer": 1, "row": 3}


def document(inputs: int = 400, units: int = 100) -> Document:
    """A dense layer with 160 kB of weights, and an image of 1600 pixels."""
    kernel = frozen(np.random.default_rng(0).standard_normal((inputs, units), np.float32))
    layers = (Flatten(), Dense(kernel=kernel, bias=frozen(np.arange(units))))
    return Document(Image(np.linspace(0, 1, 1600).reshape(40, 40, 1)), Network(layers))


@pytest.fixture
def few_encoded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Arrays follow the text already where they are few."""
    monkeypatch.setattr(files, "MOST_ENCODED", 0)


@pytest.mark.usefixtures("few_encoded")
def test_arrays_behind_the_text_come_back_bit_for_bit() -> None:
    data = write_document(document(), CURSOR)
    text, _, rest = data.partition(END_OF_TEXT)
    assert json.loads(text)["version"] == 2
    assert json.loads(text)["image"]["pixels"] == {"shape": [40, 40, 1], "float32": 0}
    assert rest == document().image.pixels.tobytes() + document().network.layers[1].kernel.tobytes()  # type: ignore[attr-defined]
    found, cursor = read_document(data)
    assert (found, cursor) == (document(), CURSOR)
    for array in found.arrays():
        assert not array.flags.writeable
        assert array.flags.owndata


def test_few_weights_are_text_and_many_follow_it() -> None:
    small, large = document(4000, 1000), document(5000, 1000)  # 21 and 27 million characters in base64
    assert 21_000_000 < MOST_ENCODED < 27_000_000
    assert END_OF_TEXT not in write_document(small)
    pieces = document_pieces(large)
    assert END_OF_TEXT in pieces
    assert read_document(b"".join(pieces))[0] == large


def test_the_pieces_of_many_weights_are_the_weights_themselves() -> None:
    large = document(5000, 1000)
    tracemalloc.start()
    pieces = document_pieces(large)
    assert tracemalloc.get_traced_memory()[1] < 4_000_000  # of 20 MB
    tracemalloc.stop()
    kernel = large.network.layers[1].kernel  # type: ignore[attr-defined]
    assert any(np.shares_memory(np.frombuffer(piece, np.uint8), kernel) for piece in pieces)


def refusal(data: bytes) -> Refused:
    with pytest.raises(Refused) as refused:
        read_document(data, "net.cnn")
    assert len(str(refused.value)) <= 300
    assert str(refused.value).startswith("net.cnn can't be opened: ")
    return refused.value


@pytest.mark.usefixtures("few_encoded")
@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"float32": 0', b'"float32": 1'),
        (b'"float32": 0', b'"float32": -1'),
        (b'"float32": 1', b'"float32": 0'),
        (b'"float32": 1', b'"float32": 2'),
        (b'"float32": 1', b'"float32": 1.0'),
        (b'"float32": 1', b'"float32": true'),
        (b"[400, 100]", b"[401, 100]"),
        (b"[400, 100]", b"[10000000, 100]"),
    ],
)
def test_a_text_that_does_not_go_with_its_arrays_is_refused_before_anything_is_made(old: bytes, new: bytes) -> None:
    data = write_document(document())
    assert old in data
    tracemalloc.start()
    assert refusal(data.replace(old, new, 1)).field.endswith(".float32")
    assert tracemalloc.get_traced_memory()[1] < 5 * len(data)
    tracemalloc.stop()


@pytest.mark.usefixtures("few_encoded")
def test_a_file_that_is_cut_short_or_goes_on_is_refused() -> None:
    data = write_document(document())
    assert "cut short or damaged" in str(refusal(data[:-1]))
    assert "cut short or damaged" in str(refusal(data.partition(END_OF_TEXT)[0]))
    assert "it goes on behind its end" in str(refusal(data + b"more"))
    assert "it goes on behind its end" in str(refusal(write_document(Document(Image(np.ones((1, 1, 1))))) + b"\0more"))


@pytest.mark.usefixtures("few_encoded")
def test_numbers_behind_the_text_are_judged_too() -> None:
    data = write_document(document())
    assert refusal(data[:-4] + np.float32(np.nan).tobytes()).field == "network[1].kernel.float32"


def test_more_than_can_be_opened_again_is_not_saved(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "LARGEST_FILE", LARGEST_TEXT + 100_000)
    with pytest.raises(Refused, match="can't be saved: a document has at most 0 MB, and this has 1"):
        document_pieces(document())
    assert LARGEST_FILE - LARGEST_TEXT >= 4 * 138_357_544  # of VGG16


def test_a_text_asks_for_each_large_array_to_be_kept() -> None:
    kept: list[Floats] = []

    def keep(array: Floats) -> int:
        kept.append(array)
        return 10 - len(kept)

    first = document()
    text = b"".join(document_text(first, CURSOR, keep))
    assert [array.shape for array in kept] == [(40, 40, 1), (400, 100)]
    assert read_text(text, "", lambda number, shape: kept[9 - number]) == (first, CURSOR)


@pytest.mark.parametrize("number", [np.nan, np.inf, 1.1e9, -1.1e9])
def test_numbers_that_no_document_holds_are_seen_wherever_they_stand(number: float) -> None:
    for place in (0, 2**18 - 1, 2**18, 2**18 + 10):
        values = np.zeros(2**18 + 11, np.float32)
        assert can_hold([values])
        values[place] = number
        assert not can_hold([values])
        assert not can_hold([frozen(values)])
    assert can_hold([frozen(np.full(1025, 1e9))] * 2)


def test_an_edit_looks_only_at_the_numbers_that_it_has_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    first = document()
    write_document(first)
    looked: list[tuple[int, ...]] = []
    absolute = np.abs
    monkeypatch.setattr(np, "abs", lambda values: looked.append(values.shape) or absolute(values))
    write_document(replace(first, image=Image(np.ones((50, 50, 1)))))
    assert looked == [(2500,)]


@pytest.mark.parametrize(("inputs", "form"), [(900, "rows"), (1100, "float32")])
def test_where_nobody_could_read_all_numbers_few_arrays_are_rows(inputs: int, form: str) -> None:
    """Of 100 and of 64 numbers, beside 91,600 and 111,600 others."""
    layers = tuple(Conv2D(kernel=frozen(np.ones((side, side, 1, 4))), bias=frozen(np.ones(4))) for side in (5, 4))
    first = document(inputs)
    many = replace(first, network=Network((*layers, *first.network.layers)))
    kernels = [layer["kernel"] for layer in json.loads(write_document(many))["network"][:2]]
    assert [list(each) for each in kernels] == [["shape", form], ["shape", "rows"]]
    assert read_document(write_document(many))[0] == many
    kept: list[Floats] = []

    def keep(array: Floats) -> int:
        kept.append(array)
        return len(kept) - 1

    text = b"".join(document_text(many, keep=keep))
    assert list(json.loads(text)["network"][0]["kernel"]) == ["shape", "float32"]
    assert [array.size for array in kept] == [1600, 100 * inputs]
