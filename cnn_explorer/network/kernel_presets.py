"""Kernels to start from: one entry of `resources/presets/kernels.json` is one preset."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import Any

from cnn_explorer.network.arrays import Floats
from cnn_explorer.network.kernels import kernel_from_text
from cnn_explorer.network.sentence import Sentence
from cnn_explorer.resources_folder import resource


@dataclass(frozen=True, eq=False)
class KernelPreset:
    """A kernel to start from: `weights` (rows, columns) and `bias`; `does` says in a sentence what it shows."""

    name: Sentence
    does: Sentence
    weights: Floats
    bias: float


@cache
def kernel_presets() -> tuple[KernelPreset, ...]:
    """The kernels, the handbook's first."""
    return tuple(
        KernelPreset(
            Sentence(entry["name"]),
            Sentence(entry["does"]),
            kernel_from_text("\n".join(entry["weights"])),
            float(entry["bias"]),
        )
        for entry in preset_entries("kernels.json")
    )


def preset_entries(name: str) -> list[dict[str, Any]]:
    """The entries of a file under `resources/presets`."""
    entries: list[dict[str, Any]] = json.loads(resource("presets", name).read_text(encoding="utf-8"))
    return entries
