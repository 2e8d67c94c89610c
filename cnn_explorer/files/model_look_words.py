"""Why a model file can't be opened: a part of a sentence, made where the fault is found, put into one at the door."""

from __future__ import annotations

import json
from typing import Any

from cnn_explorer.files.opening import AnyPath, display_name, quoted
from cnn_explorer.network.sentence import Refused, Sentence, say

WEIGHTS_ONLY = "weights only"
"""The field at fault of a file that has weights and no model."""
LONGEST_VALUE = 40
"""Characters of a value of the file that a sentence shows."""


class Unfit(Exception):
    """What is wrong inside a model file: a part of a sentence without the file's name, and the field at fault."""

    def __init__(self, reason: Sentence, field: str = "") -> None:
        super().__init__(str(reason))
        self.reason = reason
        self.field = field


def refusal(path: AnyPath, unfit: Unfit) -> Refused:
    """The sentence for the user: the file, and what is wrong in it."""
    return Refused(say("{file} can't be opened: {reason}.", file=display_name(path), reason=unfit.reason), unfit.field)


def shown(value: Any) -> str:
    """A value of the file for a sentence: short, on one line, with nothing invisible in it."""
    if isinstance(value, str):
        return quoted(value, LONGEST_VALUE) or '""'
    if isinstance(value, dict):
        return "{…}"
    if isinstance(value, list | tuple):
        return quoted(f"[{', '.join(map(shown, value[:8]))}{', …' if len(value) > 8 else ''}]", LONGEST_VALUE)
    plain = json.dumps(value) if value is None or isinstance(value, bool) else str(value)
    return quoted(plain, LONGEST_VALUE)


def dotted(module: Any, name: Any) -> str:
    """A class or function for a sentence, as in Python: its module, where the file says one, and its name."""
    return shown(name) if module is None else shown(f"{shown(module)}.{shown(name)}")
