"""How generated Python is written: numbers as short as they can be, arrays in readable rows, calls that fit a line."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

import numpy as np

from cnn_explorer.network.arrays import Floats

LINE = 100
"""The longest line of generated code, in characters, where no other is wanted."""
SHORTEST = 24
"""Lines can't be wanted shorter than this."""
INDENT = "    "

_line: ContextVar[int] = ContextVar("line", default=LINE)


@contextmanager
def lines_of(characters: int) -> Iterator[None]:
    """What is written meanwhile has lines of so many characters, as far as it can be parted."""
    before = _line.set(max(characters, SHORTEST))
    try:
        yield
    finally:
        _line.reset(before)


def _most_on_a_line() -> int:
    """Numbers that can stand on one: each takes at least a digit, a comma and a space."""
    return _line.get() // 3


def numbers(values: Floats) -> list[Any]:
    """The nested list of `values` as text: the shortest digits that are the same float32, without a trailing ".0"."""
    texts = [_shortened(text) for text in np.ravel(values).astype("U").tolist()]
    found: list[Any] = np.reshape(np.array(texts, object), np.shape(values)).tolist()
    return found


def _shortened(text: str) -> str:
    if text.endswith(".0"):
        text = text[:-2]
    return "0" if text == "-0" else _SPELT.get(text, text)


_SPELT = {"nan": "np.nan", "inf": "np.inf", "-inf": "-np.inf"}


def number(value: float) -> str:
    """One number, as its float32 is written."""
    found: str = numbers(np.array([value], np.float32))[0]
    return found


def pair(values: Sequence[int]) -> str:
    """(rows, columns) as a call takes it: one number where both are the same."""
    return str(values[0]) if values[0] == values[1] else f"({values[0]}, {values[1]})"


@dataclass(frozen=True, eq=False)
class Array:
    """Numbers under a name. `order` are the axes in the order of reading, where that is not the one in memory.

    A kernel (rows, columns, channels, filters) is read filter by filter: its order is (3, 2, 0, 1).
    """

    name: str
    values: Floats
    order: tuple[int, ...] = ()

    @property
    def turned(self) -> bool:
        """Whether the text has the axes in another order than the memory."""
        moved = [axis for axis in self.order if self.values.shape[axis] > 1]
        return moved != sorted(moved)

    def lines(self) -> list[str]:
        """The statement that makes the array."""
        uniform = self._uniform()
        if uniform:
            return [f"{self.name} = {uniform}"]
        shown = self.values.transpose(self.order) if self.turned else self.values
        plane = _without_ones(shown)
        back = "" if plane.shape == shown.shape else f".reshape{_tuple(shown.shape)}"
        if self.turned:
            back += f".transpose{_tuple(np.argsort(self.order).tolist())}"
        nested = numbers(plane)
        if plane.ndim == 1 and plane.size <= _most_on_a_line():
            line = f"{self.name} = np.array({_flat(nested)}, np.float32){back}"
            if len(line) <= _line.get():
                return [line]
        return [f"{self.name} = np.array(", *_closed(_rows(nested, INDENT)), f"{INDENT}np.float32,", f"){back}"]

    def _uniform(self) -> str:
        """How an array of nothing but zeros or ones is made, "" for all others and for single numbers."""
        first = float(self.values.flat[0])
        if self.values.size == 1 or first not in _UNIFORM or np.any(self.values != first):
            return ""
        shape = self.values.shape
        return f"np.{_UNIFORM[first]}({shape[0] if len(shape) == 1 else shape}, np.float32)"


_UNIFORM = {0.0: "zeros", 1.0: "ones"}


def _without_ones(values: Floats) -> Floats:
    """Without axes of length 1, so that brackets are few; at least a vector."""
    lengths = [length for length in values.shape if length > 1]
    return values.reshape(lengths or [1])


def _tuple(values: Iterable[int]) -> str:
    parts = [str(value) for value in values]
    return f"({parts[0]},)" if len(parts) == 1 else f"({', '.join(parts)})"


def _rows(nested: list[Any], indent: str, top: bool = True) -> list[str]:
    """Lines of a nested list: a row to a line (several where it is long); deeper ones on one line where they fit."""
    deep = isinstance(nested[0], list)
    if not deep:
        return _filled(nested, indent)
    if not top and _count(nested) <= _most_on_a_line():
        one = indent + _flat(nested)
        if len(one) < _line.get():  # a comma may follow
            return [one]
    lines = [f"{indent}["]
    for each in nested:
        lines += _closed(_rows(each, indent + INDENT, top=False))
    return [*lines, f"{indent}]"]


def _filled(words: list[str], indent: str) -> list[str]:
    """A row, going on below its first number where it is long."""
    lines = [f"{indent}[{words[0]}"]
    for word in words[1:]:
        if len(lines[-1]) + len(word) + 4 > _line.get():  # with two commas, a space and a bracket
            lines[-1] += ","
            lines.append(f"{indent} {word}")
        else:
            lines[-1] += f", {word}"
    lines[-1] += "]"
    return lines


def _count(nested: Any) -> int:
    return len(nested) * _count(nested[0]) if isinstance(nested, list) else 1


def _closed(lines: list[str]) -> list[str]:
    return [*lines[:-1], lines[-1] + ","]


def _flat(nested: Any) -> str:
    return f"[{', '.join(map(_flat, nested))}]" if isinstance(nested, list) else str(nested)


def call(name: str, *arguments: str, **named: str | None) -> str:
    """`name(argument, keyword=value)`; keywords that are None are left to their defaults."""
    words = [*arguments, *(f"{word}={value}" for word, value in named.items() if value is not None)]
    return f"{name}({', '.join(words)})"


def fitted(statement: str, indent: str = "") -> list[str]:
    """A statement on one line, or with what stands in its outermost brackets on lines below where it is too long."""
    if len(indent + statement) <= _line.get() or "(" not in statement:
        return [indent + statement]
    first, last = _outermost(statement)
    inner = indent + INDENT
    words = _parts(statement[first + 1 : last])
    one = f"{inner}{', '.join(words)}"
    if not words:
        return [indent + statement]
    middle = [one] if len(one) <= _line.get() else [line for word in words for line in fitted(f"{word},", inner)]
    return [indent + statement[: first + 1], *middle, indent + statement[last:]]


def _outermost(text: str) -> tuple[int, int]:
    """The places of the first bracket that opens and of the one that closes it."""
    depth, first = 0, text.index("(")
    for at in range(first, len(text)):
        depth += (text[at] in "([") - (text[at] in ")]")
        if not depth:
            break
    return first, at


def _parts(text: str) -> list[str]:
    """What stands between the commas outside all brackets."""
    found, depth = [""], 0
    for each in text:
        depth += (each in "([") - (each in ")]")
        if each == "," and not depth:
            found.append("")
        else:
            found[-1] += each
    return [part.strip() for part in found if part.strip()]


def with_comment(lines: list[str], comment: str) -> list[str]:
    """A statement with a comment behind its last line, or above it where there is no room."""
    comment = plain(comment)
    if not comment:
        return lines
    last = f"{lines[-1]}  # {comment}"
    indent = lines[0][: len(lines[0]) - len(lines[0].lstrip())]
    return [*lines[:-1], last] if len(last) <= _line.get() else [*comment_lines(comment, indent), *lines]


def comment_lines(text: str, indent: str = "") -> list[str]:
    """A comment on lines of its own."""
    return textwrap.wrap(plain(text), _line.get(), initial_indent=f"{indent}# ", subsequent_indent=f"{indent}# ")


def plain(text: str) -> str:
    """A text that stays on its line, whatever somebody called a layer."""
    return "".join(each if each.isprintable() else " " for each in text).strip()


def size_text(shape: Sequence[int], flat: bool = False) -> str:
    """A map's size as it is written on the screen, 5×5×1; of flat outputs only their number."""
    return str(shape[-1]) if flat else "×".join(map(str, shape))
