"""Every case of the shared set of bad inputs: outcome, words, sizes, time, memory, and nothing left behind."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

KINDS = ("image", "array", "csv", "idx", "dataset")
CHECKOUT = Path(__file__).parents[2]
LONGEST_SENTENCE = 300


def cases_in(folder: Path) -> dict[str, dict[str, Any]]:
    index = json.loads((folder / "cases" / "bad_inputs" / "index.json").read_text())
    return {case["path"]: case for case in index["cases"] if case["kind"] in KINDS}


def names_of_cases() -> list[Any]:
    folder = Path(os.environ.get("CNN_EXPLORER_SHARED", CHECKOUT.parent / "shared"))
    if not (folder / "cases" / "bad_inputs" / "index.json").is_file():
        return [pytest.param("", marks=pytest.mark.skip(reason=f"no cases at {folder}: set CNN_EXPLORER_SHARED"))]
    return list(cases_in(folder))


def files_under(folder: Path) -> set[tuple[str, float]]:
    return {(str(path), path.lstat().st_mtime) for path in folder.rglob("*")}


@pytest.fixture(scope="session")
def flags(shared_folder: Path) -> Path:
    """Where a payload that is run would leave a file."""
    folder = Path(json.loads((shared_folder / "cases" / "bad_inputs" / "index.json").read_text())["must_stay_empty"])
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def measured(shared_folder: Path, flags: Path) -> dict[str, dict[str, Any]]:
    """What `check` says of every case, measured in children of one process; and nothing may have been written."""
    folder = shared_folder / "cases" / "bad_inputs"
    names = list(cases_in(shared_folder))
    before = files_under(folder)
    results = measure([folder / name for name in names])
    assert files_under(folder) == before
    assert list(flags.iterdir()) == []
    return dict(zip(names, results, strict=True))


def measure(paths: list[Path]) -> list[dict[str, Any]]:
    """`check` of each file in a child of its own: see measured_check.py."""
    run = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("measured_check.py"))],
        input="".join(json.dumps(str(path)) + "\n" for path in paths),
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(CHECKOUT), "OPENBLAS_NUM_THREADS": "1"},
        timeout=120,
        check=True,
    )
    assert run.stderr == ""
    return [json.loads(line) for line in run.stdout.splitlines()]


@pytest.mark.parametrize("name", names_of_cases())
def test_case_of_the_index(name: str, measured: dict[str, dict[str, Any]], shared_folder: Path) -> None:
    case, result = cases_in(shared_folder)[name], measured[name]
    facts = result["facts"]
    assert facts["outcome"] == case["outcome"], facts["message"]
    assert 0 < len(facts["message"]) <= LONGEST_SENTENCE
    assert "\n" not in facts["message"]
    for group in case["words"]:
        assert any(word.lower() in facts["message"].lower() for word in group), facts["message"]
    for key, value in case.get("expect", {}).items():
        if key == "max_value_scaled_near":
            assert facts["max_value"] == pytest.approx(value, abs=1e-6)
        else:
            assert facts[key] == value
    assert result["seconds"] < case["limit_s"]
    assert result["megabytes"] < case["limit_mb"]


def test_a_refusal_names_the_file(measured: dict[str, dict[str, Any]]) -> None:
    for name, result in measured.items():
        assert Path(name).name in result["facts"]["message"], name


LARGEST = {
    "picture.png": ("RGBA", 4470, {}),
    "whole.jpg": ("RGB", 7070, {}),
    "progressive.jpg": ("RGB", 4890, {"progressive": True, "subsampling": 0}),
    "picture.gif": ("P", 4470, {}),
    "picture.bmp": ("RGB", 3460, {}),
    "picture.tif": ("CMYK", 3460, {"tiffinfo": {274: 6}}),
    "picture.webp": ("RGBA", 2820, {"lossless": True, "method": 0}),
}


def test_the_largest_picture_of_each_format_stays_within_200_mb(tmp_path: Path) -> None:
    for name, (mode, side, options) in LARGEST.items():
        Image.new(mode, (side, side)).save(tmp_path / name, **options)
    for name, result in zip(LARGEST, measure([tmp_path / name for name in LARGEST]), strict=True):
        assert result["facts"]["outcome"] == "ok", result["facts"]
        assert result["megabytes"] < 200, name


def test_what_is_wrong_with_a_model_is_said_without_the_engine_where_it_can_be(shared_folder: Path) -> None:
    from cnn_explorer.files.check import check

    folder = shared_folder / "cases" / "bad_inputs"
    for name in ("model/random.keras", "model/lambda_code.keras", "model/zip_members_60000.keras"):
        facts = check(folder / name)
        assert (facts["outcome"], facts["kind"]) == ("error", "model")
        assert Path(name).name in facts["message"]
    assert "SavedModel" in check(folder / "savedmodel" / "empty")["message"]
