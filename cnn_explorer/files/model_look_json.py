"""A model's configuration as plain values: JSON that was looked at before, while and after it was parsed.

Python's parser makes 50 bytes of memory from one byte of hostile text and takes any number of digits; Keras's own
reader then walks it with a function that calls itself at every level.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from cnn_explorer.files.model_look_words import Unfit, shown
from cnn_explorer.network.sentence import say

LARGEST_CONFIG = 2_000_000
"""Bytes. The largest model of `keras.applications`, of 782 layers, has 790,000."""

MOST_VALUES = 150_000
"""Brackets and commas, which bounds the memory and the time that the values take. That model has 60,000."""

DEEPEST = 64
"""Levels of lists and objects in each other: a nested model takes five."""

MOST_DIGITS = 20


def plain_values(data: bytes, source: str) -> Any:
    """The values in JSON text; `source` is what the text is called, such as "config.json".

    Raises Unfit where it is no JSON, too large or too deeply nested, or has an object with two members of one name.
    """
    _insist_on_size(data, source)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unfit(say("its {source} is not UTF-8 text; save the model again", source=source), source) from error
    try:
        values = json.loads(text, object_pairs_hook=_members, parse_int=_whole)
    except RecursionError as error:
        raise _too_deep(source) from error
    except ValueError as error:
        raise Unfit(say("its {source} is not JSON; save the model again", source=source), source) from error
    _insist_on_depth(values, source)
    return values


def _insist_on_size(data: bytes, source: str) -> None:
    if len(data) > LARGEST_CONFIG:
        raise Unfit(
            say("its {source} is too large: more than {limit} MB", source=source, limit=LARGEST_CONFIG // 1_000_000),
            source,
        )
    count = sum(data.count(mark) for mark in (b"[", b"{", b","))
    if count > MOST_VALUES:
        raise Unfit(
            say("its {source} is too large: {count} values, and the limit is {limit}",
                source=source, count=count, limit=MOST_VALUES), source,
        )  # fmt: skip


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        twice = Counter(name for name, _ in pairs).most_common(1)[0][0]
        raise Unfit(say('an object in its configuration has the member "{name}" twice', name=shown(twice)), "config")
    return found


def _whole(text: str) -> int:
    if len(text) > MOST_DIGITS:
        raise Unfit(say("its configuration has a number of {count} digits, which is too large", count=len(text)))
    return int(text)


def _too_deep(source: str) -> Unfit:
    return Unfit(say("its {source} is nested more than {most} levels deep", source=source, most=DEEPEST), source)


def _insist_on_depth(values: Any, source: str) -> None:
    level, depth = [values], 0
    while level:
        depth += 1
        if depth > DEEPEST:
            raise _too_deep(source)
        level = [inner for each in level for inner in _inside(each) if isinstance(inner, list | dict)]


def _inside(value: Any) -> Any:
    return value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
