"""How arrays, names and choices stand in a document file, and what of them is believed.

Small arrays are written as rows that a person can read and compare, large ones as base64 of little-endian float32, or
kept beside the text. All come back identical, bit for bit. Every check names the field by its path, such as
"network[1].strides".
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Sequence
from math import prod
from typing import Any

import numpy as np

from cnn_explorer.network.array_text import numbers_in
from cnn_explorer.network.arrays import Floats, frozen
from cnn_explorer.network.document import LARGEST_VALUE, can_hold
from cnn_explorer.network.kept_arrays import Kept
from cnn_explorer.network.sentence import Refused, Sentence, say

MOST_READABLE = 1024
FEW_READABLE = 64
"""Numbers of an array that is written as rows: usually, and where nobody could read all of them."""
LONGEST_NAME = 200
_LONGEST_KEY = 40
_NOT_IN_A_LINE = frozenset({"Cc", "Cs", "Zl", "Zp"})

Longest = dict[str, Any]
"""The axes of an array by name: how long each may be, or which lengths it may have."""


class Twice:
    """What a JSON object becomes that has two members of one name: nobody knows which of them was meant."""

    def __init__(self, name: str) -> None:
        self.name = name


def plain_array(array: Floats, readable: int = MOST_READABLE) -> Any:
    """An array as JSON holds it: a list of numbers, or a "shape" and either "rows" or "float32", the array itself.

    It is rows where it has at most `readable` numbers.

    The rows of an image are those of its first channel, then of the next; of a kernel those of its first filter.
    """
    shape = list(array.shape)
    if array.size > readable:
        return {"shape": shape, "float32": array}
    if array.ndim == 1:
        return [_plain_number(number) for number in array]
    rows = array.transpose(_reading_order(array.ndim)).reshape(-1, shape[1])
    return {"shape": shape, "rows": [[_plain_number(number) for number in row] for row in rows]}


def _reading_order(dimensions: int) -> list[int]:
    return [*range(dimensions - 1, 1, -1), 0, 1]


def _plain_number(number: np.float32) -> float:
    """The shortest number that reads back as this one."""
    exact = float(number)
    if exact.is_integer() and str(exact) != "-0.0":
        return int(exact)
    short = float(str(number))
    # A reader rounds to double first; that seldom, but sometimes, leads the shortest float32 to its neighbour.
    return short if np.float32(short) == number else exact


def read_array(value: Any, path: str, axes: Longest, lengths: dict[str, int]) -> Floats:
    """The array that `value` stands for. `lengths` collects the axes of one layer, which must agree.

    Raises: Refused at another shape, at numbers that are not between -10⁹ and 10⁹, and at too few or too many of them.
    """
    members = {"shape": [len(value)], "rows": [value]} if isinstance(value, list) else value
    members = read_members(members, path, ("shape", "rows", "float32"))
    shape = _shape(members.get("shape"), f"{path}.shape", axes)
    for axis, length in zip(axes, shape, strict=True):
        expected = _expected(axis, lengths)
        if lengths.setdefault(axis, length if expected is None else expected) != length:
            raise Refused(
                say(
                    "{field} must have {length} {axis}, as the field before it.",
                    field=path,
                    length=lengths[axis],
                    axis=axis,
                ),
                path,
            )
    if ("rows" in members) == ("float32" in members):
        raise Refused(say('{field} must have either "rows" or "float32".', field=path), path)
    if "rows" in members:
        where = path if isinstance(value, list) else f"{path}.rows"
        return _from_rows(members["rows"], where, shape)
    return _from_float32(members["float32"], f"{path}.float32", shape)


def _expected(axis: str, lengths: dict[str, int]) -> int | None:
    """How long an axis called "a×b" must be, once both are known."""
    parts = axis.split("×")
    return prod(lengths[part] for part in parts) if len(parts) > 1 and all(p in lengths for p in parts) else None


def _shape(value: Any, path: str, axes: Longest) -> tuple[int, ...]:
    if not isinstance(value, list) or len(value) != len(axes):
        raise Refused(
            say(
                "{field} must be a list of {count} lengths: {axes}.", field=path, count=len(axes), axes=", ".join(axes)
            ),
            path,
        )
    for index, (length, (axis, longest)) in enumerate(zip(value, axes.items(), strict=True)):
        allowed = range(1, longest + 1) if isinstance(longest, int) else longest
        if type(length) is not int or length not in allowed:
            words = say("{low} to {high}", low=1, high=longest) if isinstance(longest, int) else _either(longest)
            raise Refused(
                say(
                    "{field} must be the number of {axis}: {allowed}.",
                    field=f"{path}[{index}]",
                    axis=axis,
                    allowed=words,
                ),
                f"{path}[{index}]",
            )
    return tuple(value)


def _either(allowed: Sequence[int]) -> Sentence:
    words = say("{name}", name=allowed[0])
    for more in allowed[1:]:
        words = say("{first} or {second}", first=words, second=more)
    return words


def _from_rows(rows: Any, path: str, shape: tuple[int, ...]) -> Floats:
    width = shape[1] if len(shape) > 1 else shape[0]
    count = prod(shape) // width
    if not isinstance(rows, list) or len(rows) != count:
        raise Refused(say("{field} must be a list of {count} rows, as the shape says.", field=path, count=count), path)
    for index, row in enumerate(rows):
        place = f"{path}[{index}]" if len(shape) > 1 else path
        if not isinstance(row, list) or len(row) != width:
            raise Refused(say("{field} must be a list of {count} numbers.", field=place, count=width), place)
        _insist_on_numbers(row, place)
    values = np.array(rows, np.float64).astype(np.float32)
    if len(shape) == 1:
        return frozen(values[0])
    order = _reading_order(len(shape))
    return frozen(values.reshape([shape[axis] for axis in order]).transpose(np.argsort(order)))


def _insist_on_numbers(row: list[Any], path: str) -> None:
    for index, number in enumerate(row):
        if type(number) not in (int, float) or not abs(number) <= LARGEST_VALUE:
            raise _not_a_number(f"{path}[{index}]")


def _not_a_number(path: str) -> Refused:
    return Refused(say("{field} must be a number from {low} to {high}.", field=path, low="−10⁹", high="10⁹"), path)


def _from_float32(value: Any, path: str, shape: tuple[int, ...]) -> Floats:
    """An array that is about to be written, one that is kept, or one in base64."""
    read = _kept if isinstance(value, Kept) else _decoded
    found = value if isinstance(value, np.ndarray) else read(value, path, shape)
    if not can_hold([found]):
        raise _not_a_number(path)
    return found


def _kept(value: Kept, path: str, shape: tuple[int, ...]) -> Floats:
    found = value.find(value.number, shape)
    if found is None:
        raise Refused(
            say(
                "{field}: its {count} numbers are not where the file says; the file is cut short or damaged.",
                field=path, count=prod(shape),
            ), path,
        )  # fmt: skip
    return found


def _decoded(text: Any, path: str, shape: tuple[int, ...]) -> Floats:
    values = numbers_in(text, prod(shape)) if isinstance(text, str) else None
    if values is None:
        raise Refused(
            say("{field} must be {count} numbers in base64; save the document again.", field=path, count=prod(shape)),
            path,
        )
    return frozen(values.reshape(shape))


def read_members(value: Any, path: str, known: Collection[str]) -> dict[str, Any]:
    """The members of a JSON object. Raises: Refused where it is none, or has a member that is not known or is twice."""
    if isinstance(value, Twice):
        name = _joined(path, value.name)
        raise Refused(say("{field} is there twice; remove one of them.", field=name), name)
    if not isinstance(value, dict):
        raise Refused(say("{field} must be an object with named fields.", field=path or say("the file")), path)
    unknown = next((name for name in value if name not in known), None)
    if unknown is not None:
        name = _joined(path, unknown)
        raise Refused(say("{field} is not a field that is known; remove it, or correct its name.", field=name), name)
    return value


def _joined(path: str, name: str) -> str:
    """The path of a member with a name from outside: one short line."""
    shown = "".join(c if c.isprintable() else "\ufffd" for c in name[:_LONGEST_KEY]) or '""'
    return f"{path}.{shown}" if path else shown


def read_name(value: Any, path: str) -> str:
    """A name: up to 200 characters on one line."""
    good = isinstance(value, str) and len(value) <= LONGEST_NAME
    if not good or any(unicodedata.category(character) in _NOT_IN_A_LINE for character in value):
        raise Refused(
            say("{field} must be a text of at most {most} characters on one line.", field=path, most=LONGEST_NAME), path
        )
    return str(value)


LONGEST_LIST = 150
"""Characters of a list of choices in a message."""


def _shortened(options: Collection[str]) -> str:
    """The options one after the other, as many as a message has room for."""
    text = ", ".join(options)
    return text if len(text) <= LONGEST_LIST else text[:LONGEST_LIST].rpartition(", ")[0] + ", …"


def read_choice(value: Any, path: str, options: Collection[str]) -> str:
    """One of the options."""
    if not isinstance(value, str) or value not in options:
        raise Refused(say("{field} must be one of: {options}.", field=path, options=_shortened(options)), path)
    return value


def read_switch(value: Any, path: str) -> bool:
    """true or false."""
    if not isinstance(value, bool):
        raise Refused(say("{field} must be true or false.", field=path), path)
    return value


def read_whole(value: Any, path: str, low: int, high: int) -> int:
    """A whole number from `low` to `high`, both included."""
    if type(value) is not int or not low <= value <= high:
        raise Refused(say("{field} must be a whole number from {low} to {high}.", field=path, low=low, high=high), path)
    return value
