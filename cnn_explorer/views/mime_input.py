"""What is dropped or pasted: a file, a picture, or numbers as text; each as a function that reads it on a thread."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable
from functools import partial
from math import sqrt
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import unquote_to_bytes

import numpy as np
from PySide6.QtCore import QMimeData, QSize, Qt, QUrl
from PySide6.QtGui import QImage

from cnn_explorer.files.arrays import Matrix
from cnn_explorer.files.csv_matrix import read_csv
from cnn_explorer.files.images import MOST_PIXELS, Picture, picture_from_array
from cnn_explorer.files.sniff import open_any
from cnn_explorer.network.sentence import Refused, Sentence, say

MOST_PASTED_PIXELS = 100_000_000
_LOOKED_AT = 4096
_NUMBERS = re.compile(r"[\s\d.,;eE+\-\"\u2212]*\d[\s\d.,;eE+\-\"\u2212]*")
PASTED_IMAGE = say("Pasted image")
PASTED_NUMBERS = say("Pasted numbers")


def mime_has_input(mime: QMimeData) -> bool:
    """Whether a drop or the clipboard has something that could be an input. Nothing is read yet."""
    return bool(local_path(mime)) or mime.hasImage() or looks_like_numbers(mime.text() if mime.hasText() else "")


def reader_of(mime: QMimeData, name: Callable[[Sentence], str] = str) -> tuple[str, Callable[[], Any]] | None:
    """What the input is called, and the function that reads it, to be called on any thread; None if there is none.

    A file counts before a picture, a picture before text: file managers and browsers offer several of them. `name`
    makes a text of a Sentence for what has no name. The function raises Refused.
    """
    path = local_path(mime)
    if path:
        return path, partial(open_any, path)
    if mime.hasImage():
        called = name(PASTED_IMAGE)
        return called, partial(picture_of, QImage(mime.imageData()), called)
    if mime.hasText() and looks_like_numbers(mime.text()):
        called = name(PASTED_NUMBERS)
        return called, partial(matrix_of_text, mime.text(), called)
    return None


def local_path(mime: QMimeData) -> str:
    """The path of the first file on this computer, "" if there is none."""
    return next((path for path in map(_path_of, mime.urls()) if path), "")


def _path_of(url: QUrl) -> str:
    if not url.isLocalFile():
        return ""
    if sys.platform == "win32" or url.host():
        return url.toLocalFile()
    # toLocalFile loses the bytes of a name that is not UTF-8.
    return os.fsdecode(unquote_to_bytes(url.path(QUrl.ComponentFormattingOption.FullyEncoded)))


def looks_like_numbers(text: str) -> bool:
    """Whether a text has nothing but numbers and what separates them, as far as its beginning tells."""
    return _NUMBERS.fullmatch(text[:_LOOKED_AT]) is not None


def picture_of(image: QImage, name: str) -> Picture:
    """A picture from the clipboard, laid on white; more than 4 megapixels are made fewer. Raises: Refused if empty."""
    pixels = image.width() * image.height()
    if not 0 < pixels <= MOST_PASTED_PIXELS:
        raise Refused(say("{name} is empty or too large; open it as a file instead.", name=name))
    if pixels > MOST_PIXELS:
        factor = sqrt(MOST_PIXELS / pixels)
        size = QSize(int(image.width() * factor) or 1, int(image.height() * factor) or 1)
        image = image.scaled(size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)
    return picture_from_array(_on_white(image), name)


def _on_white(image: QImage) -> np.ndarray:
    """(rows, columns, 3) float32 from 0 to 1, of 8 or 16 bits."""
    deep = image.depth() > 32 or image.format() == QImage.Format.Format_Grayscale16
    target, kind = (
        (QImage.Format.Format_RGBA64, np.uint16) if deep else (QImage.Format.Format_RGBA8888, np.uint8)
    )  # fmt: skip
    image = image.convertToFormat(target)
    rows, columns = image.height(), image.width()
    lines = np.frombuffer(image.constBits(), kind).reshape(rows, -1)
    values = lines[:, : columns * 4].reshape(rows, columns, 4).astype(np.float32) / np.float32(np.iinfo(kind).max)
    opacity = values[:, :, 3:]
    return np.clip(values[:, :, :3] * opacity + (1 - opacity), 0, 1)


def matrix_of_text(text: str, name: str) -> Matrix:
    """Numbers as a spreadsheet copies them (tabs), or separated by commas or spaces. Raises: Refused as read_csv does.

    Read through a file, so that the reader's limits and sentences are the same for both.
    """
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_text(_with_commas(text), encoding="utf-8")
        return read_csv(path)


def _with_commas(text: str) -> str:
    """Commas between the cells. Where there are commas already nothing is guessed: they may be decimal ones."""
    text = text.replace("\u2212", "-")
    if "," in text or ";" in text:
        return text
    if "\t" in text:
        return text.replace("\t", ",")
    return "\n".join(",".join(line.split()) for line in text.splitlines())
