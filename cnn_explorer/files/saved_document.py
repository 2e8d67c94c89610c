"""A saved document as a file: its text, and the arrays that may follow it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import BinaryIO

from cnn_explorer.files.opening import AnyPath, display_name, file_size, open_regular_file
from cnn_explorer.network.document import Document
from cnn_explorer.network.files import END_OF_TEXT, LARGEST_FILE, LARGEST_TEXT, Cursor, read_text
from cnn_explorer.network.kept_arrays import Following
from cnn_explorer.network.sentence import Refused, say

_PART = 1_000_000


@dataclass(frozen=True)
class SavedDocument:
    """The text of a file that says it is a document, not yet read: `cnn_explorer.network.files` judges it.

    Arrays follow it in the file at `path`, "" where none do.
    """

    name: str
    text: bytes
    path: str = ""


def read_saved(path: AnyPath) -> SavedDocument:
    """The text of a file. Raises: Refused as `open_regular_file` does, and where it is too long."""
    with open_regular_file(path, LARGEST_FILE) as handle:
        text, follows = _text(handle)
    if len(text) > LARGEST_TEXT:
        raise Refused(
            say("{file} is too large: its text has more than {limit} MB, and no document has that much.",
                file=display_name(path), limit=LARGEST_TEXT // 10**6)
        )  # fmt: skip
    return SavedDocument(display_name(path), text, os.fsdecode(path) if follows else "")


def _text(handle: BinaryIO) -> tuple[bytes, bool]:
    """What stands before the end of the text, but not much more than it may have; and whether it has such an end."""
    parts, length = [], 0
    while length <= LARGEST_TEXT and (part := handle.read(_PART)):
        text, end, _ = part.partition(END_OF_TEXT)
        parts.append(text)
        length += len(text)
        if end:
            return b"".join(parts), True
    return b"".join(parts), False


def document_of(saved: SavedDocument) -> tuple[Document, Cursor]:
    """The document and the fields of its cursor. Raises: Refused."""
    if not saved.path:
        return read_text(saved.text, saved.name, lambda number, shape: None)
    with open_regular_file(saved.path, LARGEST_FILE) as handle:
        handle.seek(len(saved.text) + len(END_OF_TEXT))
        following = Following(handle, file_size(handle) - handle.tell())
        try:
            return read_text(saved.text, saved.name, following.find, lambda: following.left)
        except MemoryError as error:
            raise Refused(
                say("{file} needs more memory than there is; close other programs.", file=saved.name)
            ) from error
