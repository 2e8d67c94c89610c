"""Whatever bytes a file has, opening it gives something or one sentence, and never another error."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from cnn_explorer.files.arrays import Matrix, read_npy
from cnn_explorer.files.csv_matrix import read_csv
from cnn_explorer.files.datasets import read_mnist
from cnn_explorer.files.digits import Digits
from cnn_explorer.files.images import Picture, read_image
from cnn_explorer.files.opening import AnyPath, display_name, quoted
from cnn_explorer.files.saved_document import SavedDocument
from cnn_explorer.files.sniff import open_any
from cnn_explorer.network.sentence import Refused

READERS: dict[str, Callable[[AnyPath], object]] = {
    "any": open_any,
    "image": read_image,
    "npy": read_npy,
    "csv": read_csv,
    "mnist": read_mnist,
}
BEGINNINGS = [
    b"",
    b"\x89PNG\r\n\x1a\n",
    b"\xff\xd8\xff\xe0",
    b"BM\x00\x00\x00\x00\x00\x00\x00\x00\x36\x00\x00\x00\x28\x00\x00\x00",
    b"GIF89a",
    b"II*\0\x08\0\0\0",
    b"MM\0+\0\x08\0\0",
    b"RIFF\xff\0\0\0WEBPVP8X",
    b"\x93NUMPY\x01\0\x76\0",
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"\x1f\x8b\x08\0",
    b"\0\0\x08\x03\0\0\0\x01",
    b'{"format": "cnn-explorer"',
]
quick = settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], database=None
)


def _picture(kind: str, mode: str = "RGB", **options: object) -> bytes:
    buffer = io.BytesIO()
    values = np.random.default_rng(1).integers(0, 256, (9, 12, 3), dtype=np.uint8)
    Image.fromarray(values).convert(mode).save(buffer, kind, **options)
    return buffer.getvalue()


def _archive() -> bytes:
    buffer = io.BytesIO()
    images, labels = np.ones((2, 28, 28), np.uint8), np.array([3, 4], np.uint8)
    np.savez_compressed(buffer, x_train=images, y_train=labels, x_test=images, y_test=labels)
    return buffer.getvalue()


@cache
def good_files() -> tuple[bytes, ...]:
    matrix = io.BytesIO()
    np.save(matrix, np.eye(5))
    return (
        _picture("PNG"),
        _picture("PNG", "P", transparency=1),
        _picture("JPEG"),
        _picture("JPEG", progressive=True),
        _picture("GIF"),
        _picture("BMP"),
        _picture("TIFF"),
        _picture("TIFF", compression="tiff_lzw"),
        _picture("TIFF", big_tiff=True),
        _picture("WEBP"),
        _picture("WEBP", "RGBA", lossless=True),
        matrix.getvalue(),
        b"1,2,3\r\n4,5.5,-6e2\r\n",
        _archive(),
        b"\0\0\x08\x03\0\0\0\1\0\0\0\x1c\0\0\0\x1c" + bytes(784),
    )


def assert_opened_or_refused(read: Callable[[AnyPath], object], path: Path) -> None:
    try:
        opened = read(path)
    except Refused as refused:
        sentence = str(refused.sentence)
        assert 0 < len(sentence) <= 300
        assert "\n" not in sentence
        return
    assert isinstance(opened, Picture | Matrix | Digits | SavedDocument)
    if isinstance(opened, Picture):
        assert opened.pixels.min() >= 0
        assert opened.pixels.max() <= 1
    if isinstance(opened, Matrix):
        assert np.isfinite(opened.pixels).all()


@pytest.mark.parametrize("reader", READERS)
@quick
@given(beginning=st.sampled_from(BEGINNINGS), rest=st.binary(max_size=300))
def test_arbitrary_bytes(reader: str, beginning: bytes, rest: bytes, tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(beginning + rest)
    assert_opened_or_refused(READERS[reader], path)


@settings(quick, max_examples=500)
@given(which=st.integers(0, 14), data=st.data())
def test_good_files_with_some_bytes_changed(which: int, data: st.DataObject, tmp_path: Path) -> None:
    content = bytearray(good_files()[which])
    # Half of the changes go to the first bytes, where the headers are.
    places = st.one_of(st.integers(0, min(80, len(content) - 1)), st.integers(0, len(content) - 1))
    for place, value in data.draw(st.lists(st.tuples(places, st.integers(0, 255)), min_size=1, max_size=4)):
        content[place] = value
    cut = data.draw(st.sampled_from([0, 0, 0, 1, 7, len(content) // 3]))
    path = tmp_path / f"file{data.draw(st.sampled_from(['', '.csv', '.png', '.npy', '.npz']))}"
    path.write_bytes(content[: len(content) - cut])
    assert_opened_or_refused(open_any, path)
    assert_opened_or_refused(READERS[data.draw(st.sampled_from(sorted(READERS)))], path)


@quick
@given(text=st.text(st.sampled_from('0123456789.,-+eE"; \t\r\n_x\u0661\ufeff'), max_size=60))
def test_text_that_is_nearly_numbers(text: str, tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    path.write_bytes(text.encode())
    assert_opened_or_refused(read_csv, path)


@settings(quick, max_examples=60)
@given(name=st.text(max_size=120), raw=st.binary(max_size=120))
def test_every_name_can_be_shown(name: str, raw: bytes) -> None:
    for shown, longest in ((display_name(raw), 60), (quoted(name, 24), 24)):
        assert len(shown) <= longest
        assert len(shown.splitlines()) <= 1
        shown.encode("utf-8")


def test_the_good_files_are_good(tmp_path: Path) -> None:
    assert len(good_files()) == 15
    for number, content in enumerate(good_files()):
        path = tmp_path / ("file.csv" if content.startswith(b"1,2") else f"file{number}")
        path.write_bytes(content)
        assert isinstance(open_any(path), Picture | Matrix | Digits)
    assert zipfile.is_zipfile(tmp_path / "file13")
