"""The names of ImageNet's classes: read from the list that was downloaded, and from nothing else."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cnn_explorer.files.imagenet import CLASS_INDEX, CLASSES, imagenet_names, megabytes, weights_of
from cnn_explorer.files.known_models import KNOWN_MODELS


def index() -> dict[str, Any]:
    return {str(number): [f"n{number:08}", f"golden_thing_{number}"] for number in range(CLASSES)}


def write(folder: Path, content: Any) -> tuple[str, ...]:
    text = content if isinstance(content, str) else json.dumps(content)
    (folder / CLASS_INDEX.name).write_text(text, encoding="utf-8")
    return imagenet_names(folder)


def test_names_in_order(tmp_path: Path) -> None:
    names = write(tmp_path, index())
    assert len(names) == CLASSES
    assert names[281] == "golden thing 281"


def test_without_the_list_there_are_none(tmp_path: Path) -> None:
    assert imagenet_names(tmp_path) == ()


@pytest.mark.parametrize(
    "content",
    [
        "", "[]", "{", "null", "[" * 5000,
        {**index(), "7": ["n1"]}, {**index(), "7": ["n1", 7]}, {**index(), "7": ["n1", "a\nb"]},
        {**index(), "7": ["n1", "x" * 61]}, {key: value for key, value in index().items() if key != "999"},
    ],
)  # fmt: skip
def test_a_damaged_list_gives_none(tmp_path: Path, content: Any) -> None:
    assert write(tmp_path, content) == ()


@pytest.mark.parametrize("name", KNOWN_MODELS)
def test_every_model_has_weights_to_download(name: str) -> None:
    remote = weights_of(name)
    assert remote.url.startswith("https://") and remote.url.endswith(remote.name)
    assert remote.largest > megabytes(name) * 10**6
