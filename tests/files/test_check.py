"""Which reader a file gets, and what `--check` prints of it."""

from __future__ import annotations

import io
import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from cnn_explorer.files import saved_document, sniff
from cnn_explorer.files.check import check, main_check
from cnn_explorer.files.images import Picture
from cnn_explorer.files.saved_document import SavedDocument
from cnn_explorer.files.sniff import open_any
from cnn_explorer.network.sentence import Refused, say


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "picture.csv"
    Image.new("L", (3, 2), 255).save(path, "PNG")
    return path


def test_content_goes_before_the_name(picture: Path, tmp_path: Path) -> None:
    assert isinstance(open_any(picture), Picture)
    matrix = tmp_path / "matrix.png"
    with matrix.open("wb") as file:
        np.save(file, np.eye(2))
    assert check(matrix)["kind"] == "array"


@pytest.mark.parametrize(
    ("name", "kind", "words"),
    [
        ("a.JPG", "image", "is not an image"),
        ("a.npy", "array", "is not a .npy file"),
        ("a.npz", "dataset", "is not an .npz archive"),
        ("train-labels-idx1-ubyte.gz", "idx", "its file of images is not beside it"),
        ("train-images.idx3-ubyte", "idx", "is not an IDX file of images"),
        ("a.csv", "csv", "row 1, column 1"),
        ("a.keras", "model", "is not a Keras model"),
        ("a.H5", "model", "is not a Keras model"),
        ("a", "", "is not recognised"),
        ("a.txt", "", "is not recognised"),
    ],
)
def test_a_name_tells_what_was_meant(name: str, kind: str, words: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(b"BMI of the class\n")
    facts = check(path)
    assert (facts["outcome"], facts["kind"], facts["file"]) == ("error", kind, str(path))
    assert words in facts["message"]
    assert name in facts["message"]


def test_archives_are_told_apart_by_their_first_member(tmp_path: Path, shared_folder: Path) -> None:
    model = shared_folder / "cases" / "bad_inputs" / "model" / "weights_nan.keras"
    renamed = tmp_path / "model.npz"
    renamed.write_bytes(model.read_bytes())
    assert check(renamed)["kind"] == "model"
    arrays = tmp_path / "arrays.keras"
    with arrays.open("wb") as file:
        np.savez(file, a=np.eye(2))
    assert check(arrays)["kind"] == "dataset"


def test_documents_are_known_by_their_first_key(tmp_path: Path) -> None:
    path = tmp_path / "lesson"
    data = b'\xef\xbb\xbf {\n "format" : "cnn-explorer", "version": 1}'
    path.write_bytes(data)
    assert open_any(path) == SavedDocument("lesson", data)
    path.write_bytes(b'{"format": "other"}')
    assert "is not recognised" in check(path)["message"]


def test_a_document_is_judged_by_its_own_reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[bytes, str]] = []

    def read_text(text: bytes, name: str, find: object) -> None:
        asked.append((text, name))
        if b"bad" in text:
            raise Refused(say("{file}: the image has no rows.", file=name), "image")

    monkeypatch.setattr(saved_document, "read_text", read_text)
    path = tmp_path / "lesson.json"
    path.write_bytes(b"good")
    assert (check(path)["outcome"], check(path)["kind"]) == ("ok", "document")
    path.write_bytes(b"bad")
    assert (check(path)["message"], check(path)["field"]) == ("lesson.json: the image has no rows.", "image")
    assert asked[0] == (b"good", "lesson.json")


def test_facts_of_what_can_be_opened(picture: Path, tmp_path: Path) -> None:
    facts = check(picture)
    assert facts["message"] == "picture.csv can be opened."
    assert (facts["outcome"], facts["size"], facts["frames"], facts["max_value"]) == ("ok", [3, 2], 1, 1.0)
    matrix = tmp_path / "matrix.npy"
    np.save(matrix, np.array([[[1], [-2]]]))
    assert (check(matrix)["shape"], check(matrix)["range"]) == ([1, 2, 1], [-2, 1])


def test_a_line_for_each_file_and_the_exit_code(picture: Path, tmp_path: Path) -> None:
    bad = str(tmp_path / "missing\udcff.png")
    output = io.StringIO()
    assert main_check([picture], False, output) == 0
    assert output.getvalue() == "ok: picture.csv can be opened.\n"
    output = io.StringIO()
    assert main_check([picture, bad], True, output) == 1
    lines = [json.loads(line) for line in output.getvalue().splitlines()]
    assert [line["outcome"] for line in lines] == ["ok", "error"]
    assert lines[1]["file"] == bad


def test_a_terminal_that_shows_ascii_only(tmp_path: Path) -> None:
    raw = io.BytesIO()
    output = io.TextIOWrapper(raw, encoding="ascii")
    assert main_check([tmp_path / "caf\u00e9.png"], False, output) == 1
    output.flush()
    assert raw.getvalue() == b"error: caf\\xe9.png can't be opened: it isn't there.\n"


def test_a_file_that_needs_too_much_memory(picture: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def greedy(path: object) -> Picture:
        raise MemoryError

    kind = sniff.Kind("image", lambda head: True, lambda name: True, greedy)
    monkeypatch.setattr(sniff, "KINDS", (kind,))
    assert "needs more memory than there is" in check(picture)["message"]
