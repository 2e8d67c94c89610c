"""Matrices of numbers from .csv files: one row a line, cells separated by commas."""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from cnn_explorer.files.arrays import LONGEST_SIDE, Matrix, matrix_of, not_finite, too_large
from cnn_explorer.files.opening import AnyPath, display_name, quoted, read_regular_file
from cnn_explorer.network.document import LARGEST_VALUE
from cnn_explorer.network.sentence import Refused, Sentence, say

LARGEST_FILE = 8_000_000
_MOST_LINES = 16 * LONGEST_SIDE
_LINE_END = re.compile(r"\r\n|\n|\r")
# Spelt as spreadsheets and programs spell numbers. Python's float() would also take "1_000" and digits of any script.
_NUMBER = re.compile(r"[+-]?(\d{1,200}(\.\d{0,200})?|\.\d{1,200})([eE][+-]?\d{1,4})?", re.ASCII)
# A line without such characters can be left to float(): a look at each cell would take five times as long.
_UNUSUAL = re.compile(r"[^0-9.,+\-eE \t]")
_NOT_FINITE = frozenset({"nan", "inf", "infinity"})


def read_csv(path: AnyPath) -> Matrix:
    """The numbers of a .csv file in UTF-8, with or without a byte-order mark, as (rows, columns, 1).

    Blank lines are passed over, a pair of quotes around a cell is too. A file may have 8 MB and 4096 rows and columns.
    A place is named as a spreadsheet counts: "row 2, column 3", blank lines included.
    Raises: Refused at other encodings, at rows of different length, and at what is not a finite number.
    """
    lines = _lines(path, _text(path))
    if len(lines) > LONGEST_SIDE:
        raise _too_large(path, say("{count} rows", count=len(lines)))
    columns = lines[0][1].count(",") + 1 if lines else 0
    if columns > LONGEST_SIDE:
        raise _too_large(path, say("{count} columns", count=columns))
    values = np.empty((len(lines), columns), np.float32)
    for index, (row, line) in enumerate(lines):
        if line.count(",") + 1 != columns:
            raise _uneven(path, row, line, lines[0][0], columns)
        values[index] = _numbers(path, row, line)
    return matrix_of(path, values)


def _text(path: AnyPath) -> str:
    data = read_regular_file(path, LARGEST_FILE)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        raise Refused(say("{file} is not UTF-8 text; save it as CSV with the encoding UTF-8.", file=display_name(path)))
    return text


def _lines(path: AnyPath, text: str) -> list[tuple[int, str]]:
    """The lines that have something in them, each with its number, counted from 1; at most one more than may be."""
    lines = []
    pieces = _LINE_END.split(text, maxsplit=_MOST_LINES)
    if len(pieces) > _MOST_LINES:
        raise _too_large(path, say("more than {count} lines", count=_MOST_LINES))
    for row, line in enumerate(pieces, 1):
        if line.strip():
            lines.append((row, line))
        if len(lines) > LONGEST_SIDE:
            break
    if not lines:
        raise Refused(say("{file} is empty: it has no numbers in it.", file=display_name(path)))
    return lines


def _numbers(path: AnyPath, row: int, line: str) -> NDArray[np.float32]:
    cells = line.split(",")
    if _UNUSUAL.search(line):
        cells = _plain_cells(path, row, cells)
    try:
        numbers = _parsed(cells)
    except ValueError:  # a cell that is empty or misspelt: look for it, cell by cell
        numbers = _parsed(_plain_cells(path, row, cells))
    if not np.isfinite(numbers).all():
        bad = ~np.isfinite(numbers)
        raise not_finite(path, int(bad.sum()), _place(row, int(np.argmax(bad)) + 1))
    far = np.abs(numbers) > LARGEST_VALUE
    if far.any():
        raise too_large(path, _place(row, int(np.argmax(far)) + 1))
    return numbers


def _parsed(cells: list[str]) -> NDArray[np.float32]:
    with np.errstate(over="ignore"):  # what doesn't fit becomes infinite, and is refused
        return np.fromiter(map(float, cells), np.float32, len(cells))


def _plain_cells(path: AnyPath, row: int, cells: list[str]) -> list[str]:
    """The cells without blanks and quotes around them. Raises: Refused at the first that is not a number."""
    plain = [_unquoted(cell) for cell in cells]
    for column, cell in enumerate(plain, 1):
        if _NUMBER.fullmatch(cell) is None:
            raise _wrong_cell(path, _place(row, column), cell)
    return plain


def _unquoted(cell: str) -> str:
    cell = cell.strip()
    return cell[1:-1].strip() if len(cell) > 2 and cell[0] == cell[-1] == '"' else cell


def _place(row: int, column: int) -> Sentence:
    return say("row {row}, column {column}", row=row, column=column)


def _wrong_cell(path: AnyPath, place: Sentence, cell: str) -> Refused:
    return Refused(
        say("{file}, {place}: {what}.", file=display_name(path), place=place, what=_what_is_wrong(cell)), str(place)
    )


def _what_is_wrong(cell: str) -> Sentence:
    text = quoted(cell)
    if not cell:
        return say("the cell is empty; write a number")
    if cell.lower().lstrip("+-") in _NOT_FINITE:
        return say("“{cell}” is not finite; write a finite number", cell=text)
    if cell.count('"') % 2:
        return say("“{cell}” is not a number: a quote is not closed", cell=text)
    if ";" in cell or "\t" in cell:
        return say("“{cell}” is not a number; separate the cells by commas, not by semicolons or tabs", cell=text)
    return say("“{cell}” is not a number; write numbers only", cell=text)


def _uneven(path: AnyPath, row: int, line: str, first_row: int, columns: int) -> Refused:
    return Refused(
        say(
            "{file}: row {row} has {count} columns, but row {first} has {columns}; make all rows equally long.",
            file=display_name(path),
            row=row,
            count=line.count(",") + 1,
            first=first_row,
            columns=columns,
        ),
        str(say("row {row}", row=row)),
    )


def _too_large(path: AnyPath, what: Sentence) -> Refused:
    return Refused(
        say(
            "{file} is too large: it has {what}, and the limit is {limit}.",
            file=display_name(path),
            what=what,
            limit=LONGEST_SIDE,
        ),
        "shape",
    )
