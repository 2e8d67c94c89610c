"""What is saved beside the weights of a trained model: how it was trained, from what, and how far.

It is a member of the .keras archive, which Keras passes over: so the two can't be parted, and one file is replaced.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from cnn_explorer.files.archive import open_archive
from cnn_explorer.files.opening import AnyPath, damaged, display_name, open_regular_file, quoted
from cnn_explorer.network.sentence import Refused, say
from cnn_explorer.network.training import DATA_KINDS, TrainingSettings
from cnn_explorer.network.training_progress import Epoch, History

MEMBER = "training.json"
FORMAT = "cnn-explorer-training"
VERSION = 1
MOST_BATCHES = 10_000
MOST_CLASSES = 10_000
_LARGEST_RECORD = 8_000_000
_MOST_MARKS = 400_000
_LARGEST_FILE = 4_000_000_000
_MOST_MEMBERS = 1000
_LARGEST_COUNT = 2**53


@dataclass(frozen=True)
class TrainingRecord:
    """`settings` and the data's kind and name; `images` are those that are learnt from in one epoch.

    Training has done `batch` batches of epoch `epoch`, `step` in all; `loss` and `accuracy` are means over those of the
    epoch. `with_optimizer` says whether the state of the optimizer is saved with the weights.
    """

    settings: TrainingSettings = TrainingSettings()
    data_kind: str = DATA_KINDS[0]
    data_name: str = ""
    images: int = 0
    classes: tuple[str, ...] = ()
    epoch: int = 0
    batch: int = 0
    step: int = 0
    loss: float = 0.0
    accuracy: float = 0.0
    with_optimizer: bool = True
    history: History = field(default_factory=History)


def record_bytes(record: TrainingRecord) -> bytes:
    """The member of the archive. Numbers that are none (a loss that became NaN) are written as null."""
    values = {"format": FORMAT, "version": VERSION, **asdict(record)}
    return json.dumps(_plain(values), allow_nan=False, ensure_ascii=False).encode()


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(each) for name, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(each) for each in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def read_record(path: AnyPath) -> TrainingRecord | None:
    """The record in a .keras file, None where it has none.

    Raises: Refused where the file is no archive, or the record in it can't be believed.
    """
    with open_regular_file(path, _LARGEST_FILE) as handle, open_archive(path, handle, _MOST_MEMBERS) as archive:
        if MEMBER not in archive.namelist():
            return None
        with archive.open(MEMBER) as member:
            data = member.read(_LARGEST_RECORD + 1)
    if len(data) > _LARGEST_RECORD or sum(data.count(mark) for mark in (b"[", b"{", b",")) > _MOST_MARKS:
        raise Refused(say("The training history in {file} is too large.", file=display_name(path)))
    try:
        return _record(json.loads(data))
    except (ValueError, TypeError, KeyError, RecursionError, Refused) as error:
        reason = say("its training history can't be read: {reason}", reason=quoted(str(error), 60))
        raise damaged(path, reason, MEMBER) from error


def _record(values: dict[str, Any]) -> TrainingRecord:
    if values["format"] != FORMAT or values["version"] != VERSION:
        raise ValueError("another format")
    known = {each.name for each in fields(TrainingSettings)}
    settings = {name: each for name, each in values["settings"].items() if name in known}
    if values["data_kind"] not in DATA_KINDS:
        raise ValueError("data_kind")
    images, epoch, batch, step = (_count(values[name]) for name in ("images", "epoch", "batch", "step"))
    return TrainingRecord(
        TrainingSettings(**settings).checked(), values["data_kind"], quoted(_text(values["data_name"]), 60), images,
        _classes(values["classes"]), epoch, batch, step, _number(values["loss"]), _number(values["accuracy"]),
        bool(values["with_optimizer"]), _history(values["history"]),
    )  # fmt: skip


def _history(values: dict[str, Any]) -> History:
    steps, losses = tuple(map(_count, values["steps"])), _numbers(values["losses"])
    accuracies = _numbers(values["accuracies"])
    if not len(steps) == len(losses) == len(accuracies) <= MOST_BATCHES:
        raise ValueError("steps")
    return History(tuple(_epoch(each) for each in values["epochs"]), steps, losses, accuracies)


def _epoch(values: dict[str, Any]) -> Epoch:
    val_loss, val_accuracy = (None if values[name] is None else _number(values[name]) for name in _OF_VALIDATION)
    loss, accuracy, seconds = (_number(values[name]) for name in ("loss", "accuracy", "seconds"))
    return Epoch(_count(values["epoch"]), _count(values["step"]), loss, accuracy, val_loss, val_accuracy, seconds)


_OF_VALIDATION = ("val_loss", "val_accuracy")


def _classes(values: Any) -> tuple[str, ...]:
    if not isinstance(values, list) or len(values) > MOST_CLASSES:
        raise ValueError("classes")
    return tuple(quoted(_text(each), 60) for each in values)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("a name is no text")
    return value


def _count(value: Any) -> int:
    if type(value) is not int or not 0 <= value <= _LARGEST_COUNT:
        raise ValueError("a count is no whole number")
    return value


def _numbers(values: Sequence[Any]) -> tuple[float, ...]:
    return tuple(map(_number, values))


def _number(value: Any) -> float:
    """A number as it was written; null stands for one that was none."""
    if value is None:
        return math.nan
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise TypeError("a number is none")
    return float(value)
