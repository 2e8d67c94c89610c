"""`--check`: open files as the window would, and say of each what it is or why it can't be opened."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Sequence
from typing import Any, TextIO

from cnn_explorer.files.arrays import Matrix
from cnn_explorer.files.digits import Digits
from cnn_explorer.files.images import Picture
from cnn_explorer.files.opened_model import ModelFile
from cnn_explorer.files.opening import AnyPath, display_name
from cnn_explorer.files.saved_document import SavedDocument, document_of
from cnn_explorer.files.sniff import kind_of, open_any
from cnn_explorer.network.sentence import Refused, say

Facts = dict[str, Any]
ModelFacts = Callable[[AnyPath], Facts]
"""Opens a model and says what it is. Raises: Refused."""
MODELS = ("model", "savedmodel")
"""The kinds of `sniff` that are models."""


def check(path: AnyPath, open_model: ModelFacts | None = None) -> Facts:
    """What opening `path` leads to, as plain values for JSON; never raises for a bad file.

    Keys: outcome ("ok" or "error"), message (one sentence), field (at fault, may be ""), file, kind ("" if unknown).
    When ok also `size` [width, height], `frames` and `max_value` of a picture; `shape`, `range` of a matrix; `shape`,
    `labels`, `train_count` of a data set; of a model what `open_model` says, which takes the engine to open.
    """
    facts: Facts = {"outcome": "ok", "message": "", "field": "", "file": os.fsdecode(path), "kind": ""}
    try:
        facts["kind"] = kind_of(path).name
        if open_model and facts["kind"] in MODELS:
            facts.update(open_model(path))
        else:
            opened = open_any(path)
            facts.update(_DESCRIPTIONS[type(opened)](opened))
        facts["message"] = facts["message"] or str(say("{file} can be opened.", file=display_name(path)))
    except Refused as refused:
        facts.update(outcome="error", message=str(refused.sentence), field=refused.field)
    return facts


def main_check(
    paths: Sequence[AnyPath], as_json: bool, output: TextIO | None = None, open_model: ModelFacts | None = None
) -> int:
    """Print a line for each file, a JSON object if `as_json`. Returns the exit code: 1 if any can't be opened."""
    stream = output or sys.stdout
    code = 0
    for path in paths:
        facts = check(path, open_model)
        code |= facts["outcome"] != "ok"
        # What the terminal's encoding can't show must not end the program.
        line = json.dumps(facts) if as_json else f"{facts['outcome']}: {facts['message']}"
        encoding = getattr(stream, "encoding", None) or "utf-8"
        print(line.encode(encoding, "backslashreplace").decode(encoding), file=stream, flush=True)
    return code


def _picture(picture: Picture) -> Facts:
    rows, columns, channels = picture.pixels.shape
    return {
        "size": [columns, rows],
        "shape": [rows, columns, channels],
        "frames": picture.frames,
        "max_value": float(picture.pixels.max()),
        "message": str(picture.note or ""),
    }


def _matrix(matrix: Matrix) -> Facts:
    return {"shape": list(matrix.shape), "range": list(matrix.value_range), "message": str(matrix.note or "")}


def _digits(digits: Digits) -> Facts:
    return {
        "shape": list(digits.images.shape),
        "labels": digits.labels is not None,
        "train_count": digits.train_count,
        "message": str(digits.note or ""),
    }


def _document(saved: SavedDocument) -> Facts:
    document_of(saved)
    return {}


def _model(model: ModelFile) -> Facts:
    from cnn_explorer.files.model_look import look_at_model

    look_at_model(model.path)
    return {}


_DESCRIPTIONS: dict[type, Callable[[Any], Facts]] = {
    Picture: _picture,
    Matrix: _matrix,
    Digits: _digits,
    SavedDocument: _document,
    ModelFile: _model,
}
