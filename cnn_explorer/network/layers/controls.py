"""What a field of a layer may hold, how a form offers it, and what of a file is believed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from cnn_explorer.network.sentence import Refused, Sentence, say


@dataclass(frozen=True)
class Control:
    """What a field of a layer may hold, and how a form offers it. Low and high are inclusive."""

    kind: str  # one of _CHECKS
    label: Sentence
    tip: Sentence
    low: float = 1
    high: float = 1
    options: tuple[str, ...] = ()

    def check(self, value: Any, name: str) -> Any:
        """`value` as the field holds it. Raises Refused, naming the field, where it can't be held."""
        return _CHECKS[self.kind](self, value, name)


def control(default: Any, kind: str, label: Sentence, tip: Sentence, **limits: Any) -> Any:
    """A dataclass field with its Control."""
    return field(default=default, metadata={"control": Control(kind, label, tip, **limits)})


def _whole(value: Any, low: float, high: float, name: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise Refused(
            say("{field} must be a whole number from {low} to {high}.", field=name, low=int(low), high=int(high)), name
        )
    return value


def _check_pair(self: Control, value: Any, name: str) -> tuple[int, int]:
    if not isinstance(value, (list, tuple)) or len(value) != 2:
        raise Refused(say("{field} must be two whole numbers: rows and columns.", field=name), name)
    return _whole(value[0], self.low, self.high, name), _whole(value[1], self.low, self.high, name)


def _check_choice(self: Control, value: Any, name: str) -> str:
    if not isinstance(value, str) or value not in self.options:
        raise Refused(say("{field} must be one of: {options}.", field=name, options=", ".join(self.options)), name)
    return value


def _check_padding(self: Control, value: Any, name: str) -> Any:
    if isinstance(value, str) or not self.high:
        return _check_choice(self, value, name)
    if not isinstance(value, (list, tuple)) or len(value) != 4:
        raise Refused(
            say("{field} must be a word ({options}) or four numbers.", field=name, options=", ".join(self.options)),
            name,
        )
    return tuple(_whole(part, 0, self.high, name) for part in value)


def _check_number(self: Control, value: Any, name: str) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not self.low <= value <= self.high:
        raise Refused(
            say("{field} must be a number from {low} to {high}.", field=name, low=self.low, high=self.high), name
        )
    return float(value)


def _check_whole(self: Control, value: Any, name: str) -> int:
    return _whole(value, self.low, self.high, name)


def _check_sides(self: Control, value: Any, name: str) -> tuple[int, ...]:
    if not isinstance(value, (list, tuple)) or len(value) != 4:
        raise Refused(say("{field} must be four whole numbers: top, bottom, left and right.", field=name), name)
    return tuple(_whole(part, self.low, self.high, name) for part in value)


_CHECKS = {
    "pair": _check_pair,
    "choice": _check_choice,
    "padding": _check_padding,
    "sides": _check_sides,
    "number": _check_number,
    "whole": _check_whole,
}
"""Two whole numbers, a word, a word or four whole numbers, four whole numbers, any number, one whole number."""
