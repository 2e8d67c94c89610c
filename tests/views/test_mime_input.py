"""What is dropped or pasted: what counts as an input, and what is read from it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QColor, QImage

from cnn_explorer.files.arrays import Matrix
from cnn_explorer.files.images import MOST_PIXELS, Picture
from cnn_explorer.network.sentence import Refused
from cnn_explorer.views.mime_input import local_path, matrix_of_text, mime_has_input, picture_of, reader_of


def with_text(text: str) -> QMimeData:
    mime = QMimeData()
    mime.setText(text)
    return mime


def with_image(image: QImage) -> QMimeData:
    mime = QMimeData()
    mime.setImageData(image)
    return mime


def with_urls(*urls: QUrl) -> QMimeData:
    mime = QMimeData()
    mime.setUrls(list(urls))
    return mime


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0 1 2\n3 4 5", True), ("0,5\t−1", True), ("1e-3, +2.5", True), ('"1","2"', True), ("7", True),
        ("", False), ("Hello 7", False), ("- - -", False), ("https://example.org/7.png", False),
    ],
)  # fmt: skip
def test_text_counts_where_it_is_numbers(text: str, expected: bool) -> None:
    assert mime_has_input(with_text(text)) is expected
    assert (reader_of(with_text(text)) is not None) is expected


def test_files_count_where_they_are_on_this_computer() -> None:
    assert mime_has_input(with_urls(QUrl.fromLocalFile("/data/a b.png")))
    assert (
        local_path(with_urls(QUrl("https://example.org/a.png"), QUrl.fromLocalFile("/data/ä b%.png")))
        == "/data/ä b%.png"
    )
    assert not mime_has_input(with_urls(QUrl("https://example.org/a.png")))
    assert not mime_has_input(QMimeData())


@pytest.mark.skipif(sys.platform != "linux", reason="names that are not text exist on Linux only")
def test_a_name_that_is_not_text_keeps_its_bytes() -> None:
    url = QUrl.fromEncoded(b"file:///data/caf%E9.png")
    assert os.fsencode(local_path(with_urls(url))) == b"/data/caf\xe9.png"


def test_a_file_counts_before_a_picture_and_a_picture_before_text(tmp_path: Path) -> None:
    path = tmp_path / "m.csv"
    path.write_text("1,2\n3,4")
    image = QImage(2, 3, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    mime = with_text("5 6")
    mime.setImageData(image)
    name_and_read = reader_of(mime)
    assert name_and_read is not None and name_and_read[0] == "Pasted image"
    assert isinstance(name_and_read[1](), Picture)
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    name_and_read = reader_of(mime)
    assert name_and_read is not None and name_and_read[0] == str(path)
    read = name_and_read[1]()
    assert isinstance(read, Matrix) and read.value_range == (1, 4)


def test_a_pasted_picture_is_laid_on_white() -> None:
    image = QImage(3, 1, QImage.Format.Format_ARGB32)
    for column, colour in enumerate((QColor(255, 0, 0, 255), QColor(0, 0, 0, 0), QColor(0, 0, 0, 128))):
        image.setPixelColor(column, 0, colour)
    pixels = picture_of(image, "pasted").pixels
    np.testing.assert_allclose(pixels[0], [[1, 0, 0], [1, 1, 1], [127 / 255] * 3], atol=1e-6)


@pytest.mark.parametrize("width", [1, 5, 7, 33])
def test_lines_are_read_whatever_their_length(width: int) -> None:
    values = np.random.default_rng(width).integers(0, 256, (4, width), np.uint8)
    image = QImage(width, 4, QImage.Format.Format_Grayscale8)
    for (row, column), value in np.ndenumerate(values):
        image.setPixelColor(column, row, QColor(int(value), int(value), int(value)))
    np.testing.assert_allclose(picture_of(image, "pasted").pixels[:, :, 1], values / 255, atol=1e-6)


def test_sixteen_bits_keep_their_steps() -> None:
    lines = np.array([[0, 300, 65535, 1]], np.uint16)
    image = QImage(lines.data, 4, 1, 8, QImage.Format.Format_Grayscale16)
    np.testing.assert_allclose(picture_of(image, "pasted").pixels[0, :3, 0], lines[0, :3] / 65535, atol=2e-5)


def test_a_large_picture_is_made_smaller() -> None:
    image = QImage(4000, 2000, QImage.Format.Format_RGB32)
    image.fill(QColor(51, 51, 51))
    pixels = picture_of(image, "pasted").pixels
    rows, columns = pixels.shape[:2]
    assert rows * columns <= MOST_PIXELS and abs(columns / rows - 2) < 0.01
    np.testing.assert_allclose(pixels, 0.2, atol=1e-6)


def test_an_empty_picture_is_refused() -> None:
    with pytest.raises(Refused, match="Pasted image is empty"):
        picture_of(QImage(), "Pasted image")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0\t1.5\n-2\t3\n", [[0, 1.5], [-2, 3]]),
        ("0, 1.5\n\u22122, 3", [[0, 1.5], [-2, 3]]),
        (" 0  1.5\n -2    3 \n\n", [[0, 1.5], [-2, 3]]),
        ("7", [[7]]),
    ],
)
def test_numbers_are_read_as_tables_write_them(text: str, expected: list[list[float]]) -> None:
    matrix = matrix_of_text(text, "Pasted numbers")
    np.testing.assert_array_equal(matrix.pixels[:, :, 0], expected)
    assert matrix.name == "Pasted numbers"


def test_decimal_commas_are_refused_and_not_guessed() -> None:
    with pytest.raises(Refused, match="Pasted numbers, row 1, column 2"):
        matrix_of_text("0,5\t1,5", "Pasted numbers")
