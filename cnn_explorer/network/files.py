"""The document file: JSON in UTF-8 with the format's name and version, the image, the layers, and the cursor.

Where the weights are many they follow the text as they are, behind a zero byte, and the text has their numbers.

The fields are those of `Image` and of the layers' dataclasses, and so are their limits: a new type of layer is saved
and opened without a line here. A file is judged before it is believed: whatever is in it, reading it ends in a valid
Document or in one Refused, and takes memory and time in proportion to its size.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import Field, fields
from io import BytesIO
from typing import Any

import numpy as np

from cnn_explorer.network.array_text import text_of
from cnn_explorer.network.arrays import Floats
from cnn_explorer.network.document import LARGEST_SIDE, Document, Image
from cnn_explorer.network.file_values import (
    FEW_READABLE,
    MOST_READABLE,
    Twice,
    plain_array,
    read_array,
    read_choice,
    read_members,
    read_name,
    read_switch,
    read_whole,
)
from cnn_explorer.network.kept_arrays import Find, Following, Keep, Kept, bytes_of
from cnn_explorer.network.layers import EVERY_LAYER, Layer
from cnn_explorer.network.layers.keras_layer import read_recipe
from cnn_explorer.network.network import Network, Takes
from cnn_explorer.network.sentence import Refused, Sentence, say

FORMAT = "cnn-explorer"
VERSION, VERSION_OF_KEPT = 1, 2
"""Of a file that is all text, and of one whose text has numbers in place of arrays."""
LARGEST_TEXT = 64_000_000
LARGEST_FILE = LARGEST_TEXT + 1_600_000_000
"""Bytes with the arrays that follow the text: as many numbers as a model may have that is opened."""
MOST_ENCODED = 24_000_000
"""Characters of base64. More take seconds to make, and to read."""
MOST_READ = 100_000
"""Numbers of a document that a person could read. To write them takes a microsecond each, in which the window waits."""
END_OF_TEXT = b"\0"
"""No JSON has it. What follows it are arrays."""
MOST_LAYERS = 1000
MOST_CLASSES = 10_000
MOST_SOURCES = 100
"""Maps that one layer reads."""
_REQUIRED = ("format", "version", "image", "network")
# What bounds the memory that parsing takes: an empty object has 100 times the size of its text. A document of 1,000
# layers with readable arrays, whose names may hold these characters too, stays below.
MOST_MARKS = {b",": 2_500_000, b"[": 2_500_000, b"{": 300_000, b":": 300_000}
_LONGEST_FILE_NAME = 60
_LARGEST_POSITION = 1_000_000

CURSOR_FIELDS: dict[str, Callable[[Any, str], Any]] = {
    "layer": lambda value, path: read_whole(value, path, -1, MOST_LAYERS - 1),
    "row": lambda value, path: read_whole(value, path, 0, _LARGEST_POSITION),
    "column": lambda value, path: read_whole(value, path, 0, _LARGEST_POSITION),
    "filter": lambda value, path: read_whole(value, path, 0, _LARGEST_POSITION),
    "channel": lambda value, path: read_whole(value, path, 0, _LARGEST_POSITION),
    "stepping": read_switch,
    "level": lambda value, path: read_choice(value, path, ("network", "channels", "cell")),
}
"""The fields of a cursor that a file may have, and how each is read."""

Cursor = dict[str, Any]


Piece = bytes | memoryview


def write_document(document: Document, cursor: Cursor | None = None) -> bytes:
    """The file of a document, with the fields of the cursor where there is one.

    Raises: Refused where `read_document` would refuse the result: what can't be opened again is not saved.
    """
    return b"".join(document_pieces(document, cursor))


def document_pieces(document: Document, cursor: Cursor | None = None) -> list[Piece]:
    """What `write_document` gives, in pieces: of arrays that follow the text no copy is made.

    Raises: Refused as `write_document` does.
    """
    if sum(map(_encoded_size, document.arrays())) <= MOST_ENCODED:
        return list(document_text(document, cursor))
    following: list[Floats] = []

    def keep(array: Floats) -> int:
        following.append(array)
        return len(following) - 1

    text = document_text(document, cursor, keep)
    return [*text, END_OF_TEXT, *map(bytes_of, following)]


def document_text(document: Document, cursor: Cursor | None = None, keep: Keep | None = None) -> list[bytes]:
    """The text of a document in pieces. `keep` gets its large arrays, which are in it else.

    Raises: Refused as `write_document` does, before an array is kept.
    """
    try:
        _insist_on_size(sum(array.nbytes for array in document.arrays()), LARGEST_FILE - LARGEST_TEXT)
        plain = _plain_document(document, cursor, keep)
        _from_plain(plain)
        pieces = [*_text(plain, keep), b"\n"]
        _insist_on_size(sum(map(len, pieces)))
    except Refused as refused:
        raise Refused(say("The document can't be saved: {reason}", reason=refused.sentence), refused.field) from refused
    return pieces


def _encoded_size(values: Floats) -> int:
    """Characters of an array that is written in base64."""
    return 16 * values.size // 3 if values.size > MOST_READABLE else 0


def _plain_document(document: Document, cursor: Cursor | None, keep: Keep | None) -> dict[str, Any]:
    many = keep is not None or sum(array.size for array in document.arrays()) > MOST_READ
    readable = FEW_READABLE if many else MOST_READABLE
    plain: dict[str, Any] = {
        "format": FORMAT,
        "version": VERSION if keep is None else VERSION_OF_KEPT,
        "image": _plain(document.image, readable),
        "network": _plain_layers(document.network, readable),
    }
    if document.network.training:
        plain["training"] = True
    if document.network.classes:
        plain["classes"] = list(document.network.classes)
    if document.network.input_shape is not None:
        plain["input_shape"] = list(document.network.input_shape)
    if cursor:
        plain["cursor"] = dict(cursor)
    return plain


def _plain_layers(network: Network, readable: int) -> list[dict[str, Any]]:
    plain = [{"kind": layer.kind} | _plain(layer, readable) for layer in network.layers]
    for index, read in enumerate(network.sources):
        if read != (index,):
            plain[index]["sources"] = list(read)
    return plain


def _plain(item: Image | Layer, readable: int) -> dict[str, Any]:
    values = {each.name: getattr(item, each.name) for each in saved_fields(item)}
    return {name: _plain_value(value, readable) for name, value in values.items()}


def saved_fields(item: Any) -> list[Field[Any]]:
    """The fields of a dataclass of the network that stand in a file: all but those marked with "saved": False."""
    return [each for each in fields(item) if each.metadata.get("saved", True)]


def _plain_value(value: Any, readable: int) -> Any:
    if isinstance(value, np.ndarray):
        return plain_array(value, readable)
    if isinstance(value, tuple):
        return [_plain_value(part, readable) for part in value]
    return value.item() if isinstance(value, np.generic) else value


def _text(value: Any, keep: Keep | None, margin: str = "") -> Iterator[bytes]:
    """JSON in which every field and every row of an array has a line of its own, in pieces."""
    inner = margin + "  "
    if isinstance(value, dict):
        members = [(f"{inner}{_json(name)}: ", item) for name, item in value.items()]
        yield from _lines("{", members, keep, f"\n{margin}}}", inner)
    elif isinstance(value, list) and any(isinstance(item, (list, dict)) for item in value):
        yield from _lines("[", [(inner, item) for item in value], keep, f"\n{margin}]", inner)
    elif isinstance(value, np.ndarray) and (keep is None or value.size <= MOST_READABLE):
        yield from (b'"', *text_of(value), b'"')
    else:
        yield _json(keep(value) if isinstance(value, np.ndarray) and keep else value).encode()


def _lines(opening: str, items: list[tuple[str, Any]], keep: Keep | None, closing: str, margin: str) -> Iterator[bytes]:
    yield opening.encode()
    for index, (before, item) in enumerate(items):
        yield f"{',' if index else ''}\n{before}".encode()
        yield from _text(item, keep, margin)
    yield closing.encode()


_json = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode


def read_document(data: bytes, name: str = "") -> tuple[Document, Cursor]:
    """The document in a file and its cursor's fields, empty where there are none; `name` is the file's.

    Raises: Refused, with the path of the field at fault, where it is no document or holds what one can't.
    """
    text, _, rest = data.partition(END_OF_TEXT)
    following = Following(BytesIO(rest), len(rest))
    return read_text(text, name, following.find, lambda: following.left)


def read_text(text: bytes, name: str, find: Find, left: Callable[[], int] = int) -> tuple[Document, Cursor]:
    """The document in a text whose large arrays are found by `find`, after which no bytes may be `left`.

    Raises: Refused as `read_document` does.
    """
    try:
        found = _from_plain(_parsed(text, find))
        if left():
            raise _not_a_document(say("it goes on behind its end"))
        return found
    except Refused as refused:
        file = name[:_LONGEST_FILE_NAME] if name else say("The document")
        raise Refused(
            say("{file} can't be opened: {reason}", file=file, reason=refused.sentence), refused.field
        ) from refused


def _insist_on_size(size: int, most: int = LARGEST_TEXT) -> None:
    if size > most:
        raise Refused(
            say(
                "a document has at most {most} MB, and this has {size}; use a smaller image or fewer filters.",
                most=most // 10**6, size=-(-size // 10**6),
            )
        )  # fmt: skip


def _parsed(text: bytes, find: Find) -> Any:
    _insist_on_size(len(text))
    if any(text.count(mark) > most for mark, most in MOST_MARKS.items()):
        raise _not_a_document(say("it has more parts than a document can have"))
    try:
        return json.loads(text.decode("utf-8-sig"), object_pairs_hook=lambda pairs: _object(pairs, find))
    except UnicodeDecodeError as error:
        raise _not_a_document(say("it is not text in UTF-8")) from error
    except RecursionError as error:
        raise _not_a_document(say("it is nested too deeply")) from error
    except json.JSONDecodeError as error:
        reason = say("line {line}, column {column} is not JSON", line=error.lineno, column=error.colno)
        raise _not_a_document(reason) from error
    except ValueError as error:
        raise _not_a_document(say("it has a number that is too long")) from error


def _object(pairs: list[tuple[str, Any]], find: Find) -> Any:
    members = dict(pairs)
    unused = set(members)
    for name, _ in pairs:
        if name not in unused:
            return Twice(name)
        unused.remove(name)
    if type(members.get("float32")) is int:
        members["float32"] = Kept(members["float32"], find)
    return members


def _not_a_document(reason: Sentence) -> Refused:
    return Refused(say("it is not a document, or damaged ({reason}); open one that was saved here.", reason=reason))


def _from_plain(plain: Any) -> tuple[Document, Cursor]:
    if isinstance(plain, dict) and plain.get("format") != FORMAT or not isinstance(plain, (dict, Twice)):
        raise _not_a_document(say("its format is not {format}", format=FORMAT))
    if isinstance(plain, dict):
        _insist_on_version(plain.get("version"))
    members = read_members(plain, "", (*_REQUIRED, "training", "classes", "input_shape", "cursor"))
    image = Image(**_fields_of(Image, members.get("image"), "image"))
    layers = members.get("network", [])
    if not isinstance(layers, list) or len(layers) > MOST_LAYERS:
        raise Refused(
            say("{field} must be a list of at most {most} layers.", field="network", most=MOST_LAYERS), "network"
        )
    network = Network(
        tuple(_layer(value, f"network[{index}]") for index, value in enumerate(layers)),
        read_switch(members.get("training", False), "training"),
        _classes(members.get("classes", [])),
        tuple(_sources(value, index) for index, value in enumerate(layers)),
        _input_shape(members.get("input_shape")),
    )
    return Document(image, network), _cursor(members.get("cursor", {}))


def _classes(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or len(value) > MOST_CLASSES:
        raise Refused(
            say("{field} must be a list of at most {most} names.", field="classes", most=MOST_CLASSES), "classes"
        )
    return tuple(read_name(name, f"classes[{index}]") for index, name in enumerate(value))


def _input_shape(value: Any) -> Takes | None:
    if value is None:
        return None
    if not isinstance(value, list) or len(value) != 3:
        raise Refused(say("{field} must be a list of {count} numbers.", field="input_shape", count=3), "input_shape")
    most = (LARGEST_SIDE, LARGEST_SIDE, 3)
    rows, columns, channels = (
        None if each is None and at < 2 else read_whole(each, f"input_shape[{at}]", 1, most[at])
        for at, each in enumerate(value)
    )
    if channels not in (1, 3):
        raise Refused(say("{field} must be one of: {options}.", field="input_shape[2]", options="1, 3"), "input_shape")
    return rows, columns, channels


def _insist_on_version(version: Any) -> None:
    if type(version) is int and version > VERSION_OF_KEPT:
        raise Refused(say("it was saved by a newer version of CNN Explorer; update the program."), "version")
    read_whole(version, "version", VERSION, VERSION_OF_KEPT)


def _layer(value: Any, path: str) -> Layer:
    members = read_members(value, path, value)
    kind = read_choice(members.get("kind"), f"{path}.kind", EVERY_LAYER)
    return EVERY_LAYER[kind](**_fields_of(EVERY_LAYER[kind], value, path, ("kind", "sources")))


def _sources(value: dict[str, Any], index: int) -> tuple[int, ...]:
    """The maps that a layer reads; where nothing is said, the one before it."""
    found, path = value.get("sources", [index]), f"network[{index}].sources"
    if not isinstance(found, list) or not 1 <= len(found) <= MOST_SOURCES:
        raise Refused(say("{field} must be a list of 1 to {most} numbers.", field=path, most=MOST_SOURCES), path)
    return tuple(read_whole(each, f"{path}[{at}]", 0, index) for at, each in enumerate(found))


def _fields_of(cls: Any, value: Any, path: str, others: tuple[str, ...] = ()) -> dict[str, Any]:
    """What a dataclass of the network is made with. A missing field keeps its default, but arrays must be there."""
    members = read_members(value, path, (*(each.name for each in saved_fields(cls)), *others))
    lengths: dict[str, int] = {}
    found = {}
    for each in saved_fields(cls):
        field_path = f"{path}.{each.name}"
        if each.name in members:
            found[each.name] = _field(each, members[each.name], field_path, lengths)
        elif "axes" in each.metadata:
            raise Refused(say("{field} is missing; add it.", field=field_path), field_path)
    return found


def _field(field: Any, value: Any, path: str, lengths: dict[str, int]) -> Any:
    if "control" in field.metadata:
        return field.metadata["control"].check(value, path)
    if "axes" in field.metadata:
        return read_array(value, path, field.metadata["axes"], lengths)
    if "options" in field.metadata:
        return read_choice(value, path, field.metadata["options"])
    return _PLAIN[field.type](value, path)


def _recipe(value: Any, path: str) -> str:
    text = value if isinstance(value, str) else ""
    read_recipe(text, path)
    return text


_PLAIN: dict[str, Callable[[Any, str], Any]] = {"str": read_name, "bool": read_switch, "Recipe": _recipe}


def _cursor(value: Any) -> Cursor:
    members = read_members(value, "cursor", CURSOR_FIELDS)
    return {name: CURSOR_FIELDS[name](each, f"cursor.{name}") for name, each in members.items()}
