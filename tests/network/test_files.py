"""The document file: what is written comes back bit for bit, and can be read and compared by people."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cnn_explorer.files import sniff
from cnn_explorer.network.arrays import frozen
from cnn_explorer.network.document import LARGEST_SIDE, Document, Image
from cnn_explorer.network.file_values import LONGEST_NAME
from cnn_explorer.network.files import (
    CURSOR_FIELDS,
    MOST_LAYERS,
    MOST_MARKS,
    read_document,
    write_document,
)
from cnn_explorer.network.layers import Activation, Conv2D, MaxPooling2D
from cnn_explorer.network.network import Network
from cnn_explorer.network.presets import default_document
from cnn_explorer.network.sentence import Refused
from cnn_explorer.session.cursor import Cursor
from tests.network.strategies import arrays, documents


def conv(kernel: Any, bias: Any) -> Conv2D:
    return Conv2D(kernel=frozen(kernel), bias=frozen(bias))


def document_with(*layers: Any) -> Document:
    return replace(default_document(), network=Network(layers))


def identical(first: np.ndarray, second: np.ndarray) -> bool:
    """Equal bit for bit: minus zero is not zero."""
    return first.shape == second.shape and first.tobytes() == second.tobytes()


@settings(max_examples=100)
@given(documents())
def test_documents_come_back_exactly(document: Document) -> None:
    found, cursor = read_document(write_document(document))
    assert found == document
    assert cursor == {}
    assert identical(found.image.pixels, document.image.pixels)
    for layer, original in zip(found.network.layers, document.network.layers, strict=True):
        for each in fields(layer):
            value, expected = getattr(layer, each.name), getattr(original, each.name)
            assert type(value) is type(expected)
            if isinstance(value, np.ndarray):
                assert identical(value, expected)
                assert not value.flags.writeable


@given(arrays((5, 6, 3)))
def test_arrays_of_any_float32_come_back_exactly(pixels: np.ndarray) -> None:
    found, _ = read_document(write_document(Document(Image(pixels))))
    assert identical(found.image.pixels, pixels)


def test_numbers_whose_shortest_spelling_rounds_to_a_neighbour_come_back_too() -> None:
    # 7.038531e-26 read as a double and then rounded is not the float32 that is spelt so.
    awkward = np.float32(np.frombuffer(np.uint32(0x15AE43FD).tobytes(), np.float32)[0])
    near = np.nextafter(awkward, np.float32(1))
    pixels = frozen([[[awkward], [near], [-0.0], [1e-45], [0.1], [1e9]]])
    found, _ = read_document(write_document(Document(Image(pixels))))
    assert identical(found.image.pixels, pixels)


@pytest.mark.parametrize(("sides", "form"), [((32, 32), "rows"), ((32, 33), "float32")])
def test_arrays_above_1024_values_are_written_as_base64(sides: tuple[int, int], form: str) -> None:
    pixels = np.random.default_rng(0).normal(size=(*sides, 1)).astype(np.float32)
    data = write_document(Document(Image(pixels)))
    assert list(json.loads(data)["image"]["pixels"]) == ["shape", form]
    assert identical(read_document(data)[0].image.pixels, pixels)


def test_the_file_says_first_what_it_is() -> None:
    data = write_document(default_document())
    parsed = json.loads(data)
    assert list(parsed.items())[:2] == [("format", "cnn-explorer"), ("version", 1)]
    assert sniff._DOCUMENT.match(data)


def test_every_row_of_a_kernel_has_a_line_of_its_own() -> None:
    lines = write_document(default_document()).decode().splitlines()
    start = lines.index('        "rows": [')
    assert [line.strip() for line in lines[start + 1 : start + 4]] == ["[0, 0, -1],", "[0, 1, 0],", "[-2, 0, 2]"]


def test_one_changed_pixel_changes_one_line() -> None:
    before = default_document()
    pixels = before.image.pixels.copy()
    pixels[2, 3, 0] = 1.5
    after = before.with_image(replace(before.image, pixels=pixels))
    pairs = zip(write_document(before).splitlines(), write_document(after).splitlines(), strict=True)
    assert [new.strip() for old, new in pairs if old != new] == [b"[0, 0, 2, 1.5, 0, 1, 0],"]


def test_the_rows_of_a_kernel_go_filter_by_filter_and_channel_by_channel() -> None:
    kernel = np.arange(24).reshape(2, 3, 2, 2)
    data = write_document(document_with(conv(kernel, [0, 0])))
    rows = json.loads(data)["network"][0]["kernel"]["rows"]
    expected = [kernel[row, :, channel, f].tolist() for f in range(2) for channel in range(2) for row in range(2)]
    assert rows == expected


def test_numbers_are_written_as_short_as_they_can_be() -> None:
    data = write_document(document_with(conv([[[[0.1]]]], [1 / 3])))
    layer = json.loads(data)["network"][0]
    assert layer["kernel"]["rows"] == [[0.1]]
    assert layer["bias"] == [0.33333334]
    assert b'"bias": [0.33333334]' in data


def test_names_are_written_as_they_are() -> None:
    document = default_document().with_image(replace(default_document().image, name='数字 "7" 👩‍🏫'))
    data = write_document(document)
    assert "数字" in data.decode()
    assert read_document(data)[0].image.name == document.image.name


def test_the_cursor_is_kept() -> None:
    cursor = {"layer": -1, "row": 3, "column": 4, "filter": 0, "channel": 2, "stepping": False}
    _, found = read_document(write_document(default_document(), cursor))
    assert found == cursor
    assert Cursor(**found) == Cursor(**cursor)  # type: ignore[arg-type]


def test_a_file_can_have_every_field_of_the_cursor() -> None:
    assert set(CURSOR_FIELDS) == {each.name for each in fields(Cursor)}


def test_a_file_written_by_hand_needs_only_what_has_no_default() -> None:
    text = """
      {"version": 1, "format": "cnn-explorer",
       "network": [{"kind": "MaxPooling2D"},
                   {"bias": [1.5], "kernel": {"rows": [[1]], "shape": [1, 1, 1, 1]}, "kind": "Conv2D"}],
       "image": {"pixels": {"shape": [1, 2, 1], "rows": [[1, 2]]}}}
    """
    document, _ = read_document(b"\xef\xbb\xbf" + text.encode())
    assert document == Document(
        Image(frozen([[[1], [2]]])), Network((MaxPooling2D(), conv(np.ones((1, 1, 1, 1)), [1.5])))
    )


def test_large_arrays_may_be_written_by_hand_as_rows() -> None:
    plain = json.loads(write_document(default_document()))
    plain["image"]["pixels"] = {"shape": [40, 40, 1], "rows": [[1] * 40] * 40}
    document, _ = read_document(json.dumps(plain).encode())
    assert document.image.pixels.sum() == 1600


def test_numbers_of_numpy_in_a_layer_are_saved_as_numbers() -> None:
    layers = (MaxPooling2D(strides=(np.int64(3), 1)), Activation(negative_slope=np.float32(0.5)))  # type: ignore[arg-type]
    found, _ = read_document(write_document(document_with(*layers)))
    assert found.network.layers == layers


@pytest.mark.parametrize(
    ("document", "field"),
    [
        (Document(Image(np.full((2, 2, 1), np.nan))), "image.pixels.rows[0][0]"),
        (Document(Image(np.full((50, 50, 1), np.inf))), "image.pixels.float32"),
        (Document(Image(np.full((2, 2, 1), 2e9))), "image.pixels.rows[0][0]"),
        (Document(Image(np.zeros((LARGEST_SIDE + 1, 1, 1)))), "image.pixels.shape[0]"),
        (Document(Image(np.zeros((2, 2, 2)))), "image.pixels.shape[2]"),
        (Document(Image(np.zeros((2, 2, 1)), name="a\nb")), "image.name"),
        (Document(Image(np.zeros((2, 2, 1)), name="\ud800")), "image.name"),
        (Document(Image(np.zeros((2, 2, 1)), source="web")), "image.source"),
        (document_with(conv(np.zeros((8, 1, 1, 1)), [0])), "network[0].kernel.shape[0]"),
        (document_with(conv(np.zeros((1, 1, 1, 2)), [0])), "network[0].bias"),
        (document_with(Activation(), MaxPooling2D(strides=(5, 1))), "network[1].strides"),
        (document_with(*[Activation()] * (MOST_LAYERS + 1)), "network"),
    ],
)
def test_what_could_not_be_opened_again_is_not_saved(document: Document, field: str) -> None:
    with pytest.raises(Refused) as refused:
        write_document(document)
    assert refused.value.field == field
    assert str(refused.value).startswith("The document can't be saved: ")
    assert len(str(refused.value)) <= 300


def test_a_thousand_layers_can_be_saved() -> None:
    document = document_with(*[conv(np.ones((3, 3, 1, 1)), [1])] * MOST_LAYERS)
    assert len(read_document(write_document(document))[0].network.layers) == MOST_LAYERS


@pytest.mark.parametrize("kernel", [(1, 1, 1, 1024), (1, 1, 1024, 1), (7, 7, 1, 20), (1, 7, 146, 1)])
def test_a_thousand_layers_with_readable_arrays_have_fewer_parts_than_a_file_may(kernel: tuple[int, ...]) -> None:
    layer = conv(np.ones(kernel), np.ones(kernel[3]))
    for mark, most in MOST_MARKS.items():
        data = write_document(document_with(replace(layer, name=mark.decode() * LONGEST_NAME)))
        assert MOST_LAYERS * data.count(mark) < most


@given(st.integers(1, 3))
def test_layers_that_do_not_fit_are_saved_all_the_same(channels: int) -> None:
    document = document_with(conv(np.ones((7, 7, channels, 1)), [0]), conv(np.ones((7, 7, 1, 1)), [0]))
    assert read_document(write_document(document))[0] == document
