"""Where trainings keep what they have learnt, so that they can go on: a folder of .keras files, the newest few.

Beside the file of a training that has ended stands what it learnt from, and a fingerprint of its weights: who opens a
document with the same weights can go on with it.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from cnn_explorer.files.training_record import TrainingRecord, read_record
from cnn_explorer.network.layers.layer import Shape
from cnn_explorer.network.sentence import Refused
from cnn_explorer.network.training import DATA_KINDS, DataSpec, Job, TrainingSettings, Weights

KEPT = 5
SUFFIX, FACTS = ".keras", ".json"
LARGEST_FACTS = 100_000


@dataclass(frozen=True)
class Checkpoint:
    """A training that can go on: its file, what it learnt from and how, and what is written beside its weights."""

    path: str
    data: DataSpec
    shape: Shape
    settings: TrainingSettings
    record: TrainingRecord


class Checkpoints:
    """The files of a folder. Without a folder nothing is kept."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    def new(self, source: str = "") -> str:
        """A file for a training that begins, "" where none can be had; the oldest of the others go, but not `source`,
        where it goes on."""
        if self._folder is None:
            return ""
        try:
            if source:
                os.utime(source)
            self._folder.mkdir(parents=True, exist_ok=True)
            self._forget_oldest(self._folder)
        except OSError:
            return ""  # training goes on without: the weights are in the document and its journal
        return str(self._folder / f"{secrets.token_hex(6)}{SUFFIX}")

    def make_folder(self) -> None:
        """Where the folder is not there it is made; where it can't be, the next saving says so."""
        if self._folder is not None:
            with contextlib.suppress(OSError):
                self._folder.mkdir(parents=True, exist_ok=True)

    @staticmethod
    def _forget_oldest(folder: Path) -> None:
        files = sorted(folder.glob(f"*{SUFFIX}"), key=lambda path: path.stat().st_mtime, reverse=True)
        for path in files[KEPT - 1 :]:
            for each in (path, path.with_suffix(FACTS)):
                with contextlib.suppress(OSError):
                    each.unlink()

    def any(self) -> bool:
        """Whether there may be a training to go on with."""
        return self._folder is not None and any(self._folder.glob(f"*{FACTS}"))

    def remember(self, job: Job, weights: Weights) -> None:
        """The job's checkpoint has these weights, with which it ended. Where that can't be written it is forgotten."""
        if not job.checkpoint:
            return
        facts = {
            "fingerprint": fingerprint(weights), "data": asdict(job.data), "shape": list(job.shape),
            "settings": asdict(job.settings),
        }  # fmt: skip
        with contextlib.suppress(OSError):
            Path(job.checkpoint).with_suffix(FACTS).write_text(json.dumps(facts), encoding="utf-8")

    def find(self, weights: Weights) -> Checkpoint | None:
        """The training that has ended with these weights, None where there is none that can be believed."""
        files = sorted(self._folder.glob(f"*{FACTS}")) if self._folder is not None else []
        wanted = fingerprint(weights) if files else ""
        for path in files:
            try:
                found = _read(path, wanted)
            except (OSError, ValueError, TypeError, KeyError, Refused):
                continue
            if found is not None:
                return found
        return None


def fingerprint(weights: Weights) -> str:
    """Tells weights apart: the same for the same numbers in the same places."""
    digest = sha256()
    for (layer, name), values in sorted(weights.items(), key=lambda each: each[0]):
        digest.update(f"{layer} {name} {values.shape}".encode())
        digest.update(values.tobytes())
    return digest.hexdigest()


def _read(path: Path, wanted: str) -> Checkpoint | None:
    """What stands in the facts at `path`, where they are of these weights. Raises where they can't be believed."""
    if path.stat().st_size > LARGEST_FACTS:
        return None
    facts: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    if facts["fingerprint"] != wanted:
        return None
    model, data = path.with_suffix(SUFFIX), DataSpec(**facts["data"])
    record = read_record(model)
    rows, columns, channels = (int(number) for number in facts["shape"])
    settings = TrainingSettings(**facts["settings"]).checked()
    if record is None or data.kind not in DATA_KINDS or not isinstance(data.path, str):
        return None
    return Checkpoint(str(model), data, (rows, columns, channels), settings, record)
