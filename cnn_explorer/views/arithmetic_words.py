"""The arithmetic of one output cell as words: what is printed, in which role's colour, and how wide it gets."""

from __future__ import annotations

from dataclasses import dataclass

from cnn_explorer.network.layers.activation import FUNCTIONS
from cnn_explorer.network.numbers import MINUS, Digits
from cnn_explorer.network.written import Term, WrittenSum
from cnn_explorer.session.language import tr
from cnn_explorer.views.stage_paint import text_width
from cnn_explorer.views.stage_scene import Scene

MANY_TERMS = 25
"""With more terms than this those that are zero are pale."""


@dataclass(frozen=True)
class Word:
    """A piece of the sum: its text, the role of its colour, and whether it stands out."""

    text: str
    role: str = "quiet"
    bold: bool = False


Line = list[list[Word]]
"""One row of the sum: columns, each of several words."""
Cell = tuple[int, int]


def _sum_lines(scene: Scene, written: WrittenSum, columns: int, winner: Cell | None) -> list[Line]:
    many = len(written.terms) > MANY_TERMS
    lines: list[Line] = []
    for start in range(0, len(written.terms), columns):
        lines.append(
            [_term_words(term, many and term.product == "0") for term in written.terms[start : start + columns]]
        )
    bias = _signed(written.bias, "kernel", True)
    tail = [*bias[1:], *_rest(written), Word("  =  "), Word(written.result, "output", True)]
    if written.bias.startswith(MINUS):
        lines[-1][-1][-1] = Word("  − ")
    lines[-1].append(tail)
    return lines


def _term_words(term: Term, pale: bool) -> list[Word]:
    roles = ("faint_text", "faint_text") if pale else ("input", "kernel")
    return [Word(term.value, roles[0], True), Word(" × "), Word(term.weight, roles[1], True), Word("  +  ")]


def _signed(number: str, role: str, bold: bool = False) -> list[Word]:
    """A sign between two addends, and the number without its own."""
    sign = "  −  " if number.startswith(MINUS) else "  +  "
    return [Word(sign), Word(number.removeprefix(MINUS), role, bold)]


def _rest(written: WrittenSum) -> list[Word]:
    return [*_signed(written.rest, "quiet"), Word(" " + tr("(rounding)"))] if written.rest else []


def _mean_lines(scene: Scene, written: WrittenSum, columns: int, winner: Cell | None) -> list[Line]:
    words = _joined([term.value for term in written.terms if term.counted], "  +  ", []) + _rest(written)
    tail = [Word(f")  /  {written.count}  =  "), Word(written.result, "output", True)]
    return _wrapped([Word("("), *words], columns * 4, tail)


def _maximum_lines(scene: Scene, written: WrittenSum, columns: int, winner: Cell | None) -> list[Line]:
    best = winner[0] * columns + winner[1] if winner else -1
    counted = [index for index, term in enumerate(written.terms) if term.counted]
    words = _joined(
        [written.terms[index].value for index in counted], ",  ", [counted.index(best)] if best >= 0 else []
    )
    return _wrapped([Word("max("), *words], columns * 4, [Word(")  =  "), Word(written.result, "output", True)])


def _joined(values: list[str], between: str, marked: list[int]) -> list[Word]:
    words: list[Word] = []
    for index, value in enumerate(values):
        words += [Word(between)] if index else []
        words.append(Word(value, "output" if index in marked else "input", True))
    return words


def _wrapped(words: list[Word], per_line: int, tail: list[Word]) -> list[Line]:
    rows = [words[start : start + per_line] for start in range(0, len(words), per_line)]
    lines: list[Line] = [[row] for row in rows]
    lines[-1][-1] = [*lines[-1][-1], *tail]
    return lines


def _function_lines(scene: Scene, written: WrittenSum, columns: int, winner: Cell | None) -> list[Line]:
    function = FUNCTIONS[getattr(scene.layer, "activation", "linear")]
    slope = Digits(3).text(getattr(scene.layer, "negative_slope", 0.0))
    value = written.terms[0].value
    equals = "  =  " if scene.digits.input.exact and scene.digits.output.exact else "  ≈  "
    first = [Word(function.formula.format(slope=slope), "quiet")]
    second = [Word(f"{function.title}(", "kernel"), Word(value, "input", True), Word(")", "kernel")]
    return [[first], [[*second, Word(equals), Word(written.result, "output", True)]]]


LINES = {"sum": _sum_lines, "mean": _mean_lines, "maximum": _maximum_lines, "function": _function_lines}


def _words_width(words: list[Word], size: float) -> float:
    return sum(text_width(word.text, size, word.bold) for word in words)


def column_widths(lines: list[Line], size: float) -> list[float]:
    """The widths of the columns; a line of one column alone (the end of a long sum) stretches over them."""
    widths: list[float] = []
    several = [line for line in lines if len(line) > 1] or lines
    for line in several:
        for at, words in enumerate(line):
            width = _words_width(words, size)
            if at == len(widths):
                widths.append(width)
            widths[at] = max(widths[at], width)
    return widths


def fitting_size(lines: list[Line], width: float, height: float, largest: float) -> float:
    """The largest font, in pixels, with which the lines fit."""
    size = min(largest, height / len(lines) * 0.74)
    needed = max(sum(column_widths(lines, size)), *(_words_width(line[0], size) for line in lines))
    return size * min(1.0, (width - 2) / needed) if needed else size


def tight(lines: list[Line]) -> list[Line]:
    """The same with less space between the words, and the end of the sum on a line of its own."""
    closer = {" × ": "×", "  +  ": " + "}
    rows = [[[Word(closer.get(w.text, w.text), w.role, w.bold) for w in words] for words in line] for line in lines]
    return [*rows[:-1], rows[-1][:-1], [rows[-1][-1]]]
