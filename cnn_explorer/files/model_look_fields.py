"""Checks of single fields of a layer's configuration. Each gives back the value, spelt in one way, or raises Unfit.

A check is called with (value, place). The checks that read names of functions and classes are in `model_look_names`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import isfinite
from typing import Any

from cnn_explorer.files.model_look_words import LONGEST_VALUE, Unfit, shown
from cnn_explorer.files.opening import quoted
from cnn_explorer.network.sentence import Sentence, say

LARGEST_SIZE = 1_000_000
"""Units, filters, rows: of any one axis."""
LARGEST_WINDOW = 1024
LARGEST_BATCH = 65_536
LONGEST_NAME = 200
MOST_NUMBERS = 4096
"""In a list of numbers, such as the means of a Normalization."""
MOST_AXES = 8


@dataclass(frozen=True)
class Place:
    """Where a value stands: the layer's name and the field."""

    layer: str
    field: str

    def refuse(self, rule: Sentence) -> Unfit:
        """Says that the field must be as `rule` says, a part of a sentence."""
        return Unfit(say("{field} of layer {layer} {rule}", field=self.field, layer=shown(self.layer), rule=rule),
                     self.field)  # fmt: skip


Check = Callable[[Any, Place], Any]


def whole(low: int, high: int) -> Check:
    """A whole number from `low` to `high`."""

    def check(value: Any, place: Place) -> int:
        if type(value) is not int or value < low:
            raise place.refuse(
                say(
                    "is {value}, but must be a whole number from {low} to {high}",
                    value=shown(value),
                    low=low,
                    high=high,
                )
            )
        if value > high:
            raise place.refuse(
                say(
                    "is too large: {value}, and the limit is {high}", value=quoted(str(value), LONGEST_VALUE), high=high
                )
            )
        return value

    return check


def pair(low: int, high: int) -> Check:
    """One whole number for rows and columns, or one for each: gives back [rows, columns]."""
    one = whole(low, high)

    def check(value: Any, place: Place) -> list[int]:
        values = value if isinstance(value, list) else [value]
        if len(values) == 1:
            values = values * 2
        if len(values) != 2:
            raise place.refuse(say("is {value}, but must be two whole numbers", value=shown(value)))
        return [one(each, place) for each in values]

    return check


def sides(value: Any, place: Place) -> list[list[int]]:
    """Cells at the top and bottom, and at the left and right: one number for all, one for each pair, or all four."""
    one = whole(0, LARGEST_WINDOW)
    values = value if isinstance(value, list) else [value, value]
    if len(values) != 2:
        raise place.refuse(say("is {value}, but must be two pairs of whole numbers", value=shown(value)))
    pairs = [each if isinstance(each, list) else [each, each] for each in values]
    if any(len(each) != 2 for each in pairs):
        raise place.refuse(say("is {value}, but must be two pairs of whole numbers", value=shown(value)))
    return [[one(each, place) for each in both] for both in pairs]


def number(low: float = -1e9, high: float = 1e9) -> Check:
    """A finite number. Old files wrap it as {"type": "ndarray", "value": …}."""

    def check(value: Any, place: Place) -> float:
        if isinstance(value, dict) and value.get("type") == "ndarray":
            value = value.get("value")
        if type(value) not in (int, float) or not isfinite(value) or not low <= value <= high:
            raise place.refuse(
                say("is {value}, but must be a number from {low} to {high}", value=shown(value), low=f"{low:g}",
                    high=f"{high:g}")
            )  # fmt: skip
        result: float = value
        return result

    return check


def numbers(value: Any, place: Place) -> Any:
    """A number, or a list of numbers in one or more levels."""
    flat = [value]
    for _ in range(MOST_AXES):
        if not any(isinstance(each, list) for each in flat):
            break
        flat = [inner for each in flat for inner in (each if isinstance(each, list) else [each])]
        if len(flat) > MOST_NUMBERS:
            raise place.refuse(say("is too large: more than {most} numbers", most=MOST_NUMBERS))
    one = number()
    for each in flat:
        one(each, place)
    return value


def shape(low: int = 1) -> Check:
    """The lengths of axes, each a whole number or null: gives back a list."""
    one = whole(low, LARGEST_SIZE)

    def check(value: Any, place: Place) -> list[int | None]:
        if not isinstance(value, list) or len(value) > MOST_AXES:
            raise place.refuse(say("is {value}, but must be a list of lengths", value=shown(value)))
        return [None if each is None else one(each, place) for each in value]

    return check


def batch_shape(value: Any, place: Place) -> list[int | None]:
    """A shape with the batch first. The batch's size is looked at and left open: one image is enough here."""
    if not isinstance(value, list) or not value:
        raise place.refuse(say("is {value}, but must be a list of lengths", value=shown(value)))
    if value[0] is not None:
        whole(1, LARGEST_BATCH)(value[0], place)
    return [None, *shape()(value[1:], place)]


def axes(value: Any, place: Place) -> Any:
    """The number of an axis, or a list of them; a list of one becomes the number."""
    one = whole(-MOST_AXES, MOST_AXES)
    if not isinstance(value, list):
        return one(value, place)
    if len(value) > MOST_AXES:
        raise place.refuse(say("is {value}, but must be a list of axes", value=shown(value)))
    found = [one(each, place) for each in value]
    return found[0] if len(found) == 1 else found


def list_of_axes(value: Any, place: Place) -> list[int]:
    """The numbers of some axes."""
    if not isinstance(value, list):
        raise place.refuse(say("is {value}, but must be a list of axes", value=shown(value)))
    found = axes(value, place)
    return found if isinstance(found, list) else [found]


def choice(*options: str) -> Check:
    """One of some words, in capitals or not."""

    def check(value: Any, place: Place) -> str:
        if not isinstance(value, str) or value.lower() not in options:
            raise place.refuse(
                say("is {value}, which is unknown; it must be one of: {options}", value=shown(value),
                    options=", ".join(options))
            )  # fmt: skip
        return value.lower()

    return check


def switch(value: Any, place: Place) -> bool:
    """true or false."""
    if not isinstance(value, bool):
        raise place.refuse(say("is {value}, but must be true or false", value=shown(value)))
    return value


def text(value: Any, place: Place) -> str:
    """A name."""
    if not isinstance(value, str) or not 0 < len(value) <= LONGEST_NAME:
        raise place.refuse(
            say("is {value}, but must be a text of 1 to {most} characters", value=shown(value), most=LONGEST_NAME)
        )
    return value


def optional(check: Check) -> Check:
    """Or null."""
    return lambda value, place: None if value is None else check(value, place)


def only(*values: Any) -> Check:
    """Exactly one of these: a field that this program needs no other value of."""

    def check(value: Any, place: Place) -> Any:
        if not any(value == each and type(value) is type(each) for each in values):
            raise place.refuse(say("is {value}, which is not supported", value=shown(value)))
        return value

    return check
