"""The look at a SavedModel folder: what its signatures take and give, and which of its operations touch files.

A SavedModel is a program that TensorFlow runs, so nothing of it is run here: its saved_model.pb is read as what it is,
a message in the wire format of Protocol Buffers (tag and value, one after the other), as far as a person needs to
decide. The numbers of the fields are those of TensorFlow's saved_model.proto and meta_graph.proto.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass

from cnn_explorer.files.model_look_plan import Shape
from cnn_explorer.files.model_look_words import Unfit, refusal, shown
from cnn_explorer.files.opening import AnyPath, cannot_open, entry_mode, read_regular_file
from cnn_explorer.network.sentence import Refused, say

SAVED_MODEL = "saved_model.pb"
LARGEST_GRAPH = 64_000_000
MOST_FIELDS = 400_000
"""Fields of all messages that are read: it bounds the time."""
_MOST_SIGNATURES = 64
_TYPES = {1: "float32", 2: "float64", 3: "int32", 4: "uint8", 7: "string", 9: "int64", 10: "bool", 19: "float16"}
_MODEL_GRAPH, _GRAPH, _SIGNATURE = 2, 2, 5
_NODE, _LIBRARY, _FUNCTION, _FUNCTION_NODE, _OPERATION = 1, 2, 1, 3, 2

FILE_OPERATIONS = frozenset({
    "EagerPyFunc", "MatchingFiles", "PyFunc", "PyFuncStateless", "ReadFile", "WholeFileReader",
    "WholeFileReaderV2", "WriteFile", "WriteGraphSummary", "WriteSummary",
})  # fmt: skip
"""Operations that read or write files, or run Python, where a model that classifies images needs none of them."""


@dataclass(frozen=True)
class TensorLook:
    """What goes in or comes out: its name, type of numbers ("" if unknown) and shape with the batch (None if open)."""

    name: str
    number_type: str
    shape: Shape | None


@dataclass(frozen=True)
class SignatureLook:
    """A way to call the model, by name: `serving_default` is the usual one."""

    name: str
    inputs: tuple[TensorLook, ...]
    outputs: tuple[TensorLook, ...]


@dataclass(frozen=True)
class SavedModelLook:
    """What a SavedModel declares. `touches_files` are those of its operations that are in FILE_OPERATIONS, sorted."""

    signatures: tuple[SignatureLook, ...]
    touches_files: tuple[str, ...]


def look_at_saved_model(folder: AnyPath) -> SavedModelLook:
    """What the SavedModel in a folder declares, read without running any of it.

    Raises: Refused, with one sentence, where it is none, is damaged, or can't be called.
    """
    path = os.path.join(os.fsdecode(folder), SAVED_MODEL)
    try:
        entry_mode(path)
    except Refused as refused:
        raise cannot_open(
            folder, say("it is a folder without a SavedModel ({name}) in it", name=SAVED_MODEL)
        ) from refused
    try:
        if os.path.getsize(path) == 0:
            raise Unfit(say("its {name} is empty, so it is no whole SavedModel", name=SAVED_MODEL), SAVED_MODEL)
        return _look(read_regular_file(path, LARGEST_GRAPH))
    except Unfit as unfit:
        raise refusal(folder, unfit) from unfit


def _look(data: bytes) -> SavedModelLook:
    reader = _Reader()
    graphs = [value for number, value in reader.fields(memoryview(data)) if number == _MODEL_GRAPH]
    signatures, operations = [], set[str]()
    for graph in graphs:
        for number, value in reader.fields(graph):
            if number == _SIGNATURE:
                signatures.append(reader.signature(value))
            elif number == _GRAPH:
                operations |= reader.operations(value)
            if len(signatures) > _MOST_SIGNATURES:
                raise Unfit(say("the SavedModel is too large: more than {most} signatures", most=_MOST_SIGNATURES))
    callable_ones = tuple(each for each in signatures if each.inputs and each.outputs)
    if not callable_ones:
        raise Unfit(say("the SavedModel has no signature by which it can be called"), "signature")
    return SavedModelLook(callable_ones, tuple(sorted(operations & FILE_OPERATIONS)))


class _Reader:
    """Reads messages, and counts their fields."""

    def __init__(self) -> None:
        self._left = MOST_FIELDS

    def fields(self, message: memoryview) -> Iterator[tuple[int, memoryview]]:
        """(number, content) of each field that has a length; (number, its 8 bytes or fewer) of the others."""
        place = 0
        while place < len(message):
            self._left -= 1
            if self._left < 0:
                raise Unfit(say("the SavedModel is too large: more than {most} fields", most=MOST_FIELDS), SAVED_MODEL)
            tag, place = _varint(message, place)
            kind = tag & 7
            start = place
            if kind == 0:
                _, place = _varint(message, place)
            elif kind == 2:
                length, start = _varint(message, place)
                place = start + length
            elif kind in (1, 5):
                place += 8 if kind == 1 else 4
            else:
                raise _damaged()
            if place > len(message):
                raise _damaged()
            yield tag >> 3, message[start:place]

    def signature(self, entry: memoryview) -> SignatureLook:
        """An entry of the map of signatures: name and SignatureDef."""
        name, content = self._entry(entry)
        tensors: dict[int, list[TensorLook]] = {1: [], 2: []}
        for number, value in self.fields(content):
            if number in tensors:
                tensors[number].append(self._tensor(value))
        return SignatureLook(name, tuple(tensors[1]), tuple(tensors[2]))

    def _entry(self, entry: memoryview) -> tuple[str, memoryview]:
        found = dict(self.fields(entry))
        return shown(_text(found.get(1, memoryview(b"")))), found.get(2, memoryview(b""))

    def _tensor(self, entry: memoryview) -> TensorLook:
        name, content = self._entry(entry)
        found = dict(self.fields(content))
        number_type = _TYPES.get(_number(found[2]), "") if 2 in found else ""
        return TensorLook(name, number_type, self._shape(found[3]) if 3 in found else None)

    def _shape(self, message: memoryview) -> Shape | None:
        lengths: list[int | None] = []
        for number, value in self.fields(message):
            if number == 3:  # of unknown rank
                return None
            if number == 2:
                size = dict(self.fields(value)).get(1)
                length = 0 if size is None else _number(size)
                lengths.append(length if length < 1 << 62 else None)  # negative: open
        return tuple(lengths)

    def operations(self, graph: memoryview) -> set[str]:
        """The operations of a graph and of its functions."""
        found = set()
        for number, value in self.fields(graph):
            if number == _NODE:
                found.add(self._operation(value))
            elif number == _LIBRARY:
                functions = [each for kind, each in self.fields(value) if kind == _FUNCTION]
                nodes = [
                    each for function in functions for kind, each in self.fields(function) if kind == _FUNCTION_NODE
                ]
                found |= {self._operation(node) for node in nodes}
        return found

    def _operation(self, node: memoryview) -> str:
        return next((_text(value) for number, value in self.fields(node) if number == _OPERATION), "")


def _varint(message: memoryview, place: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        if place >= len(message) or shift > 63:
            raise _damaged()
        byte = message[place]
        value |= (byte & 127) << shift
        place, shift = place + 1, shift + 7
        if byte < 128:
            return value, place


def _number(value: memoryview) -> int:
    return _varint(value, 0)[0]


def _text(value: memoryview) -> str:
    return bytes(value[:200]).decode("utf-8", "replace")


def _damaged() -> Unfit:
    return Unfit(say("its {name} is cut short or damaged, so it is no whole SavedModel", name=SAVED_MODEL), SAVED_MODEL)
