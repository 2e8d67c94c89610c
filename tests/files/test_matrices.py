"""Matrices from .npy and .csv: which are opened, what their numbers are, and where the first wrong one is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from cnn_explorer.files.arrays import Matrix, read_npy
from cnn_explorer.files.csv_matrix import read_csv
from cnn_explorer.network.sentence import Refused


def npy(folder: Path, array: Any) -> Path:
    path = folder / "matrix.npy"
    np.save(path, array)
    return path


def csv(folder: Path, text: str | bytes) -> Path:
    path = folder / "matrix.csv"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def refused(read: Any, path: Path) -> Refused:
    with pytest.raises(Refused) as caught:
        read(path)
    assert len(str(caught.value.sentence)) <= 300
    assert str(caught.value.sentence).startswith(path.name)
    return caught.value


@pytest.mark.parametrize("dtype", ["?", "u1", "i1", ">i2", "<u4", ">f8", "f2", "f4", "i8", np.longdouble])
@pytest.mark.parametrize("shape", [(3, 4), (2, 3, 1), (2, 2, 3), (1, 1), (1, 4096)])
def test_real_numbers_keep_their_values(dtype: Any, shape: tuple[int, ...], tmp_path: Path) -> None:
    array = (np.arange(np.prod(shape)) % 100).reshape(shape).astype(dtype)
    for ordered in (array, np.asfortranarray(array)):
        matrix = read_npy(npy(tmp_path, ordered))
        assert matrix.shape == shape
        assert matrix.pixels.dtype == np.float32
        assert not matrix.pixels.flags.writeable
        np.testing.assert_array_equal(matrix.pixels.reshape(shape), array.astype(np.float32))
        assert matrix.value_range == (float(array.min()), float(array.max()))


def test_a_white_is_suggested_for_what_looks_like_a_picture() -> None:
    def white(values: list[float]) -> float | None:
        pixels = np.array([[values]], np.float32)
        return Matrix(pixels, "m", pixels.shape, (min(values), max(values))).suggested_white

    assert white([0, 1, 2]) is None
    assert white([0, 0.5, 1]) is None
    assert white([0, 17, 200]) == 255
    assert white([0, 17, 200.5]) is None
    assert white([-3, 17, 200]) is None
    assert white([0, 256, 1000]) == 65535
    assert white([0, 70000]) is None


@pytest.mark.parametrize("shape", [(), (4,), (2, 2, 2), (1, 2, 2, 1), (0, 4), (4, 0, 3), (4097, 1), (4096, 4096, 3)])
def test_other_shapes_are_refused_by_their_header(shape: tuple[int, ...], tmp_path: Path) -> None:
    path = tmp_path / "matrix.npy"
    with path.open("wb") as file:
        header = {"descr": "|u1", "fortran_order": False, "shape": shape}
        np.lib.format.write_array_header_1_0(file, header)
    refusal = refused(read_npy, path)
    assert refusal.field == "shape"
    assert str(shape) in str(refusal.sentence)


@pytest.mark.parametrize(
    ("array", "words"),
    [
        (np.zeros((2, 2), complex), "complex numbers"),
        (np.array([["a"]]), "text"),
        (np.array([[b"a"]]), "text"),
        (np.zeros((2, 2), "M8[D]"), "dates"),
        (np.zeros((2, 2), "m8[s]"), "spans of time"),
        (np.array([[None]], object), "pickled"),
        (np.zeros((2, 2), "u1,f4"), "structures"),
        (np.zeros((2, 2), [("é", "u1")]), "structures"),
    ],
)
def test_what_is_not_a_real_number_is_refused(array: Any, words: str, tmp_path: Path) -> None:
    refusal = refused(read_npy, npy(tmp_path, array))
    assert words in str(refusal.sentence)
    assert refusal.field == "dtype"


def test_numbers_that_are_not_finite_are_counted_and_placed(tmp_path: Path) -> None:
    array = np.zeros((4, 5))
    array[2, 3], array[3, 0] = np.nan, 1e300
    refusal = refused(read_npy, npy(tmp_path, np.asfortranarray(array)))
    assert "2 of them" in str(refusal.sentence)
    assert refusal.field == "row 3, column 4"


@pytest.mark.parametrize(
    "text", ["(" * 1500, "-" * 1500 + "1", "[" * 90 + "]" * 90, "{'descr': '|u1'}", "\0", "1e999999"]
)
def test_headers_that_are_no_headers(text: str, tmp_path: Path) -> None:
    path = tmp_path / "matrix.npy"
    path.write_bytes(b"\x93NUMPY\x01\x00" + len(text).to_bytes(2, "little") + text.encode())
    assert "header can't be read" in str(refused(read_npy, path).sentence)
    path.write_bytes(b"\x93NUMPY\x09\x00")
    assert "unknown version" in str(refused(read_npy, path).sentence)


def test_csv_in_the_ways_programs_write_it(tmp_path: Path) -> None:
    for text in (
        "1,-2.5\n3e2,.5\n",
        "\ufeff1,-2.5\r\n\r\n3E+2,0.5",
        " 1 ,\t-2.5\r300.,+.5\r",
        '"1","-2.5"\n"300",".5"',
    ):
        matrix = read_csv(csv(tmp_path, text))
        assert matrix.pixels[:, :, 0].tolist() == [[1, -2.5], [300, 0.5]]
        assert (matrix.shape, matrix.value_range) == ((2, 2), (-2.5, 300))


@pytest.mark.parametrize(
    ("text", "words", "field"),
    [
        ("1,2\n\n3,x\n", "“x” is not a number", "row 3, column 2"),
        ("1,2\n3,\n", "the cell is empty", "row 2, column 2"),
        ("1,2\n3\n", "row 2 has 1 columns, but row 1 has 2", "row 2"),
        ("1_000,2\n", "“1_000” is not a number", "row 1, column 1"),
        ("１,2\n", "is not a number", "row 1, column 1"),
        ("1,-Inf\n", "not finite", "row 1, column 2"),
        ("1,1e39\n", "not finite", "row 1, column 2"),
        ("1;2\n", "not by semicolons", "row 1, column 1"),
        ('1,"2\n3"\n', "a quote is not closed", "row 1, column 2"),
        ("9" * 1000, "not finite", "row 1, column 1"),
        ("0," * 4096 + "0", "4097 columns, and the limit is 4096", "shape"),
        ("0\n" * 4097, "4097 rows, and the limit is 4096", "shape"),
        ("\n" * 70000, "more than 65536 lines", "shape"),
        ("\n \n", "no numbers in it", ""),
        (b"1,\xff", "not UTF-8 text", ""),
        ("1,2".encode("utf-16"), "not UTF-8 text", ""),
    ],
)
def test_csv_refusals_name_the_place(text: str | bytes, words: str, field: str, tmp_path: Path) -> None:
    refusal = refused(read_csv, csv(tmp_path, text))
    assert words in str(refusal.sentence)
    assert refusal.field == field


@pytest.mark.parametrize("number", [1.1e9, -2e30])
def test_numbers_that_no_document_can_hold_are_refused_with_their_place(number: float, tmp_path: Path) -> None:
    array = np.zeros((3, 4))
    array[1, 2] = number
    text = "\n".join(",".join(map(str, row)) for row in array.tolist())
    for error in (refused(read_npy, npy(tmp_path, array)), refused(read_csv, csv(tmp_path, text))):
        assert error.field == "row 2, column 3"
        assert "10⁹" in str(error.sentence)


def test_the_greatest_numbers_of_a_document_are_opened(tmp_path: Path) -> None:
    assert read_npy(npy(tmp_path, np.array([[1e9, -1e9]]))).value_range == (-1e9, 1e9)
    assert read_csv(csv(tmp_path, "1e9,-1e9")).value_range == (-1e9, 1e9)
