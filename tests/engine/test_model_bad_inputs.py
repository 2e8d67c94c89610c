"""Every model of the shared set of bad inputs, opened as `--check` does: outcome, words, time, memory, nothing left."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest

KINDS = ("model", "savedmodel")
CHECKOUT = Path(__file__).parents[2]
SHARED = Path(os.environ.get("CNN_EXPLORER_SHARED", CHECKOUT.parent / "shared"))
INDEX = SHARED / "cases" / "bad_inputs" / "index.json"
LONGEST_SENTENCE = 300


def cases() -> dict[str, dict[str, Any]]:
    """The cases by their paths; none where the shared folder is not there."""
    if not INDEX.is_file():
        return {}
    return {case["path"]: case for case in json.loads(INDEX.read_text())["cases"] if case["kind"] in KINDS}


def names() -> list[Any]:
    skip = pytest.mark.skip(reason=f"no cases at {SHARED}: set CNN_EXPLORER_SHARED")
    return list(cases()) or [pytest.param("", marks=skip)]


def files_under(folder: Path) -> set[tuple[str, float]]:
    return {(str(path), path.lstat().st_mtime) for path in folder.rglob("*")}


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """What `model_facts` says of every case, in a process of its own; and nothing may have been written anywhere."""
    pytest.importorskip("tensorflow")
    flags = Path(json.loads(INDEX.read_text())["must_stay_empty"])
    flags.mkdir(parents=True, exist_ok=True)
    temporary = tmp_path_factory.mktemp("temporary")
    before = files_under(INDEX.parent)
    run = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("model_measuring.py"))],
        input="".join(json.dumps(str(INDEX.parent / path)) + "\n" for path in cases()),
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(CHECKOUT), "TMPDIR": str(temporary)},
        timeout=300,
    )
    assert run.returncode == 0, run.stderr
    assert run.stderr == ""
    assert files_under(INDEX.parent) == before
    assert list(flags.iterdir()) == []
    assert list(temporary.iterdir()) == []
    return dict(zip(cases(), map(json.loads, run.stdout.splitlines()), strict=True))


@pytest.mark.timeout(360)
@pytest.mark.parametrize("path", names())
def test_case_of_the_index(path: str, results: dict[str, dict[str, Any]]) -> None:
    case, result = cases()[path], results[path]
    facts = result["facts"]
    assert facts["outcome"] == case["outcome"], facts["message"]
    assert 0 < len(facts["message"]) <= LONGEST_SENTENCE
    assert "\n" not in facts["message"]
    assert Path(path).name in facts["message"]
    for group in case["words"]:
        assert any(word.lower() in facts["message"].lower() for word in group), facts["message"]
    assert result["seconds"] < case["limit_s"]
    assert result["megabytes"] < case["limit_mb"]


def test_no_word_of_a_file_that_a_model_names_is_said(results: dict[str, dict[str, Any]]) -> None:
    words = (INDEX.parent / "model" / "words_of_the_user.txt").read_text().split()
    said = " ".join(result["facts"]["message"] for result in results.values())
    assert words
    assert not any(word in said for word in words)


def test_the_command_itself(results: dict[str, dict[str, Any]]) -> None:
    """A file that only h5py can look at, through `cnn-explorer --check`: a line, and the exit code."""
    path = INDEX.parent / "model" / "weights_external_link.keras"
    run = subprocess.run(
        [sys.executable, "-m", "cnn_explorer", "--check", "--json", str(path)],
        capture_output=True,
        text=True,
        cwd=tempfile.gettempdir(),
        env={**os.environ, "PYTHONPATH": str(CHECKOUT)},
    )
    assert (run.returncode, run.stderr) == (1, "")
    assert json.loads(run.stdout) == results["model/weights_external_link.keras"]["facts"]
