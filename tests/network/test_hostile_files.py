"""Files that are no documents, or were made to do harm: one sentence each, and no more memory than they take."""

from __future__ import annotations

import json
import tracemalloc
from base64 import b64encode
from copy import deepcopy
from dataclasses import replace
from time import process_time
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cnn_explorer.network.document import Document, Image
from cnn_explorer.network.files import read_document, write_document
from cnn_explorer.network.layers import Conv2D, DepthwiseConv2D
from cnn_explorer.network.network import Network
from cnn_explorer.network.presets import default_document
from cnn_explorer.network.results import evaluate
from cnn_explorer.network.sentence import Refused

GOOD = write_document(default_document(), {"layer": 0, "stepping": True})
LARGE = write_document(
    Document(Image(np.ones((40, 30, 1)), "file", "a [b], {c}"), Network((Conv2D(padding=(1, 0, 2, 0)),)))
)
NOT_A_DOCUMENT = "it is not a document, or damaged"


def refusal(data: bytes, name: str = "") -> Refused:
    with pytest.raises(Refused) as refused:
        read_document(data, name)
    assert len(str(refused.value)) <= 300
    return refused.value


def changed(path: str, value: Any) -> bytes:
    """The good file with the value at a path such as "network.0.strides" replaced, or removed where it is ..."""
    plain = json.loads(GOOD)
    *way, last = [int(part) if part.isdigit() else part for part in path.split(".")]
    place = plain
    for part in way:
        place = place[part]
    if value is ...:
        del place[last]
    else:
        place[last] = value
    return json.dumps(plain).encode()


@pytest.mark.parametrize(
    ("path", "value", "field", "words"),
    [
        ("version", 3, "version", "saved by a newer version of CNN Explorer; update the program"),
        ("version", 10**30, "version", "saved by a newer version"),
        ("version", 0, "version", "version must be a whole number from 1 to 2"),
        ("version", True, "version", "version must be a whole number"),
        ("version", ..., "version", "version must be a whole number"),
        ("image", ..., "image", "image must be an object"),
        ("input_shape", 7, "input_shape", "input_shape must be a list of 3 numbers"),
        ("input_shape", [7, 7, None], "input_shape[2]", "input_shape[2] must be a whole number from 1 to 3"),
        ("input_shape", [7, 7], "input_shape", "input_shape must be a list of 3 numbers"),
        ("input_shape", [7, 513, 1], "input_shape[1]", "input_shape[1] must be a whole number from 1 to 512"),
        ("input_shape", [7, 7, 2], "input_shape", "input_shape[2] must be one of: 1, 3"),
        ("input_shape", [7, 7, "1"], "input_shape[2]", "must be a whole number from 1 to 3"),
        ("image.pixels", ..., "image.pixels", "image.pixels is missing"),
        ("image.pixels", None, "image.pixels", "image.pixels must be an object"),
        ("image.pixels", [1, 2], "image.pixels.shape", "a list of 3 lengths: rows, columns, channels"),
        ("image.pixels.shape", [513, 7, 1], "image.pixels.shape[0]", "the number of rows: 1 to 512"),
        ("image.pixels.shape", [7, 0, 1], "image.pixels.shape[1]", "the number of columns: 1 to 512"),
        ("image.pixels.shape", [7, 7, 2], "image.pixels.shape[2]", "the number of channels: 1 or 3"),
        ("image.pixels.shape", [7, 7.0, 1], "image.pixels.shape[1]", "the number of columns"),
        ("image.pixels.shape", [10**400, 7, 1], "image.pixels.shape[0]", "the number of rows"),
        ("image.pixels.shape", [7, 7, 3], "image.pixels.rows", "a list of 21 rows"),
        ("image.pixels.rows.2", [0, 0], "image.pixels.rows[2]", "a list of 7 numbers"),
        ("image.pixels.rows.2.3", "1", "image.pixels.rows[2][3]", "a number from −10⁹ to 10⁹"),
        ("image.pixels.rows.2.3", None, "image.pixels.rows[2][3]", "a number"),
        ("image.pixels.rows.2.3", True, "image.pixels.rows[2][3]", "a number"),
        ("image.pixels.rows.2.3", [1], "image.pixels.rows[2][3]", "a number"),
        ("image.pixels.rows.2.3", 1.1e9, "image.pixels.rows[2][3]", "a number from −10⁹ to 10⁹"),
        ("image.pixels.rows.2.3", float("nan"), "image.pixels.rows[2][3]", "a number from −10⁹ to 10⁹"),
        ("image.pixels.rows.2.3", float("-inf"), "image.pixels.rows[2][3]", "a number from −10⁹ to 10⁹"),
        ("image.pixels.rows.2.3", 10**4000, "image.pixels.rows[2][3]", "a number from −10⁹ to 10⁹"),
        ("image.pixels.float32", "AAAA", "image.pixels", 'either "rows" or "float32"'),
        ("image.pixels.rows", ..., "image.pixels", 'either "rows" or "float32"'),
        ("image.source", "web", "image.source", "one of: 7x7, 28x28, mnist, file"),
        ("image.source", [], "image.source", "one of"),
        ("image.name", "a\nb", "image.name", "at most 200 characters on one line"),
        ("image.name", "\ud800", "image.name", "on one line"),
        ("image.name", "x" * 201, "image.name", "at most 200 characters"),
        ("image.light", 1, "image.light", "true or false"),
        ("image.lihgt", True, "image.lihgt", "not a field that is known"),
        ("extra", 1, "extra", "not a field that is known"),
        ("network", {}, "network", "a list of at most 1000 layers"),
        ("network", [None] * 1001, "network", "a list of at most 1000 layers"),
        ("network.0", [], "network[0]", "network[0] must be an object"),
        ("network.0.kind", "Conv3D", "network[0].kind", "one of: Conv2D, DepthwiseConv2D"),
        ("network.0.kind", {}, "network[0].kind", "one of: Conv2D"),
        ("network.0.kernel", ..., "network[0].kernel", "is missing"),
        ("network.0.bias", ..., "network[0].bias", "is missing"),
        ("network.0.bias", [1, 2], "network[0].bias", "must have 1 filters, as the field before it"),
        ("network.0.bias", [], "network[0].bias.shape[0]", "the number of filters: 1 to 4096"),
        ("network.0.bias", [[1]], "network[0].bias[0]", "a number"),
        ("network.0.kernel.shape", [8, 3, 1, 1], "network[0].kernel.shape[0]", "the number of rows: 1 to 7"),
        ("network.0.kernel.shape", [3, 3, 1, 4097], "network[0].kernel.shape[3]", "the number of filters: 1 to 4096"),
        ("network.0.kernel.shape", [3, 3], "network[0].kernel.shape", "rows, columns, channels, filters"),
        ("network.0.strides", [0, 1], "network[0].strides", "a whole number from 1 to 4"),
        ("network.0.padding", "causal", "network[0].padding", "one of: valid, same, full"),
        ("network.0.padding", [0, 0, 0, 17], "network[0].padding", "a whole number from 0 to 16"),
        ("network.0.enabled", "yes", "network[0].enabled", "true or false"),
        ("network.1.negative_slope", float("nan"), "network[1].negative_slope", "a number from 0 to 1"),
        ("network.1.kernel", [], "network[1].kernel", "not a field that is known"),
        ("network.2.pool_size", [2], "network[2].pool_size", "two whole numbers"),
        ("network.2.padding", [1, 1, 1, 1], "network[2].padding", "one of: valid, same"),
        ("cursor.layer", -2, "cursor.layer", "a whole number from -1 to 999"),
        ("cursor.row", 1.0, "cursor.row", "a whole number"),
        ("cursor.stepping", 1, "cursor.stepping", "true or false"),
        ("cursor.zoom", 1, "cursor.zoom", "not a field that is known"),
        ("cursor", None, "cursor", "cursor must be an object"),
        ("x\n" * 500, 1, "x�" * 20, "not a field that is known"),
    ],
)  # fmt: skip
def test_a_wrong_field_is_named_by_its_path(path: str, value: Any, field: str, words: str) -> None:
    refused = refusal(changed(path, value), "net.json")
    assert refused.field == field
    assert words in str(refused)
    assert str(refused).startswith("net.json can't be opened: ")
    assert str(refused).endswith(".")


def test_weights_for_other_numbers_of_channels_than_the_kernels_are_refused() -> None:
    kernel, bias = np.zeros((3, 3, 2, 3), np.float32), np.zeros(6, np.float32)
    document = replace(default_document(), network=Network((DepthwiseConv2D(kernel=kernel, bias=bias),)))
    data = write_document(document)
    assert read_document(data)[0] == document
    refused = refusal(data.replace(b"[0, 0, 0, 0, 0, 0]", b"[0, 0, 0, 0, 0]", 1))
    assert refused.field == "network[0].bias"
    assert "network[0].bias must have 6 channels×multiplier, as the field before it." in str(refused)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "line 1, column 1 is not JSON"),
        (b"\x89PNG\r\n", "it is not text in UTF-8"),
        (GOOD.decode().encode("utf-16"), "it is not text in UTF-8"),
        (GOOD[: len(GOOD) // 2], "is not JSON"),
        (GOOD + b"}", "is not JSON"),
        (b"[" * 100_000, "it is nested too deeply"),
        (b'{"a":' * 100_000, "it is nested too deeply"),
        (b"[" + b"9" * 5000 + b"]", "it has a number that is too long"),
        (b"[" * 2_500_001, "it has more parts than a document can have"),
        (b"[" + b"{}," * 400_000 + b"0]", "it has more parts than a document can have"),
        (b"{" + b'"a":0,' * 400_000 + b"}", "it has more parts than a document can have"),
        (b"[]", "its format is not cnn-explorer"),
        (b"null", "its format is not cnn-explorer"),
        (b"{}", "its format is not cnn-explorer"),
        (b'{"format": ["cnn-explorer"]}', "its format is not cnn-explorer"),
        (b'{"format": "CNN-Explorer", "version": 1}', "its format is not cnn-explorer"),
    ],
)
def test_what_is_no_document_is_called_that(data: bytes, reason: str) -> None:
    refused = refusal(data)
    assert f"The document can't be opened: {NOT_A_DOCUMENT} (" in str(refused)
    assert reason in str(refused)
    assert refused.field == ""


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        (b'"light": false', b'"light": false, "light": true', "image.light"),
        (b'"version": 1', b'"version": 1, "version": 1', "version"),
        (b'"bias": [1]', b'"bias": [1], "bias": [1]', "network[0].bias"),
        (b'"shape": [7', b'"shape": [1], "shape": [7', "image.pixels.shape"),
    ],
)
def test_a_field_that_is_there_twice_is_refused(old: bytes, new: bytes, field: str) -> None:
    assert old in GOOD
    refused = refusal(GOOD.replace(old, new, 1))
    assert refused.field == field
    assert "is there twice" in str(refused)


@pytest.mark.parametrize("number", [b"NaN", b"Infinity", b"-Infinity", b"1e999", b"-1e999", b"1" * 400])
def test_numbers_that_are_not_finite_are_refused_where_they_stand(number: bytes) -> None:
    refused = refusal(GOOD.replace(b"[1],\n", b"[" + number + b"],\n", 1))
    assert refused.field == "network[0].bias[0]"


@pytest.mark.parametrize(
    "text",
    ["", "AAAA", "é" * 6400, "=" * 6400, "A" * 6399 + "!", 7, None, b64encode(np.full(1200, np.nan, "<f4")).decode()],
)
def test_bad_base64_is_refused(text: Any) -> None:
    plain = json.loads(LARGE)
    assert len(plain["image"]["pixels"]["float32"]) == 6400
    plain["image"]["pixels"]["float32"] = text
    assert refusal(json.dumps(plain).encode()).field == "image.pixels.float32"


def test_a_file_that_is_too_large_is_refused_before_it_is_read() -> None:
    start = process_time()
    refused = refusal(GOOD + b" " * 64_000_000)
    assert "at most 64 MB, and this has 65" in str(refused)
    assert process_time() - start < 1


def test_a_name_that_is_long_or_has_braces_is_shown_as_it_is() -> None:
    assert str(refusal(b"", "{format}.json")).startswith("{format}.json can't be opened")
    assert str(refusal(b"", "n" * 5000)).startswith("n" * 60 + " can't be opened")


@pytest.mark.parametrize(
    "data",
    [
        b"[" + b"{}," * 250_000 + b"{}]",
        b"[" + b"[]," * 2_000_000 + b"[]]",
        b"{" + b",".join(b'"%d":0' % number for number in range(290_000)) + b"}",
        b"{" + b",".join([b'"a":0'] * 290_000) + b"}",
        b'"' + b"x" * 20_000_000 + b'"',
        b"[" + b"1.5," * 2_400_000 + b"1]",
        GOOD.replace(b"[7, 7, 1]", b"[512, 512, 3]", 1),
        GOOD.replace(b"[3, 3, 1, 1]", b"[7, 7, 4096, 4096]", 1),
    ],
    ids=["objects", "lists", "names", "twice", "text", "numbers", "pixels", "weights"],
)
def test_bombs_take_little_memory_and_time(data: bytes) -> None:
    start = process_time()
    refusal(data)
    assert process_time() - start < 12  # an upper bound for any machine: a bomb that went off takes minutes


@pytest.mark.parametrize("part", [b"{},", b"[],", b"1.5,", b'"a":0,', b'"\\u00e9",'])
def test_memory_is_in_proportion_to_the_file(part: bytes) -> None:
    data = (b"{%s}" if b":" in part else b"[%s]") % (part * 100_000)[:-1]
    tracemalloc.start()
    refusal(data)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 60 * len(data)


def judged(data: bytes) -> None:
    """Either a document that can be computed and saved, or a refusal that says where or that it is no document."""
    try:
        document, cursor = read_document(data, "file.json")
    except Refused as refused:
        assert refused.field or NOT_A_DOCUMENT in str(refused)
        assert len(str(refused)) <= 300
        assert str(refused).count("\n") == 0
        str(refused).encode()
    else:
        assert read_document(write_document(document, cursor)) == (document, cursor)
        assert len(evaluate(document).maps) >= 1


@st.composite
def mutated_bytes(draw: Any) -> bytes:
    data = bytearray(draw(st.sampled_from((GOOD, LARGE))))
    for _ in range(draw(st.integers(1, 4))):
        place = draw(st.integers(0, len(data)))
        length = draw(st.sampled_from((0, 1, 1, 2, 10, 200)))
        new = draw(st.binary(max_size=3) | st.sampled_from(JUNK) | st.just(bytes(data[place : place + 40])))
        data[place : place + length] = new
    return bytes(data)


JUNK = (
    b"0",
    b"9",
    b"-",
    b"e9",
    b".",
    b",",
    b'"',
    b"[",
    b"]",
    b"{",
    b"}",
    b"null",
    b"true",
    b"NaN",
    b"\\ud800",
    b"\xff",
)
ODD = st.sampled_from(
    (
        *(None, True, 0, -1, 2, 5, 10**30, 0.5, 1e300, float("nan")),
        *("", "same", "\ud800", "x" * 300, [], [[]], {}, [1, 1], {"kind": "Conv2D"}),
    )
)


def places(value: Any) -> list[tuple[Any, Any]]:
    """Every (container, key) of a parsed file."""
    items: Any = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [found for key, item in items for found in [(value, key), *places(item)]]


@st.composite
def mutated_structures(draw: Any) -> bytes:
    plain = json.loads(draw(st.sampled_from((GOOD, LARGE))))
    for _ in range(draw(st.integers(1, 3))):
        everywhere = places(plain)
        if not everywhere:
            break
        container, key = draw(st.sampled_from(everywhere))
        other, other_key = draw(st.sampled_from(everywhere))
        how = draw(st.sampled_from(("replace", "remove", "copy", "rename", "repeat")))
        if how == "replace":
            container[key] = deepcopy(draw(ODD))
        elif how == "remove":
            del container[key]
        elif how == "copy":
            container[key] = json.loads(json.dumps(other[other_key]))
        elif how == "rename" and isinstance(container, dict):
            container[draw(st.text(max_size=8))] = container.pop(key)
        elif isinstance(container, list):
            container.insert(key, container[key])
    return json.dumps(plain).encode()


@settings(max_examples=600)
@given(mutated_bytes())
def test_damaged_bytes_are_a_document_or_refused(data: bytes) -> None:
    judged(data)


@settings(max_examples=600)
@given(mutated_structures())
def test_damaged_structures_are_a_document_or_refused(data: bytes) -> None:
    judged(data)


@settings(max_examples=100)
@given(st.binary(max_size=200) | st.text().map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_any_bytes_are_refused(data: bytes) -> None:
    refusal(data)
