"""What the arithmetic panel writes where nothing is multiplied and summed: poolings, functions, statistics, moves."""

from __future__ import annotations

from cnn_explorer.network.layers.activation import FUNCTIONS
from cnn_explorer.network.numbers import MINUS, Digits
from cnn_explorer.network.reasons import grouped
from cnn_explorer.network.written import WrittenSum
from cnn_explorer.network.written_formulas import (
    WrittenStatistics,
    written_dropout,
    written_normalisation,
    written_softmax,
)
from cnn_explorer.session.language import tr
from cnn_explorer.views.arithmetic_lines import Room, Tell, Told, rest_words, signed, sum_lines
from cnn_explorer.views.arithmetic_words import Line, Word
from cnn_explorer.views.joining_words import joined_lines
from cnn_explorer.views.stage_words import JOINED, input_cell_name, is_padding

FEW_VALUES = 9
"""So many values of a pooling stand on one line."""
EQUALS, ABOUT = Word("  =  "), Word("  ≈  ")


# poolings


def mean_lines(told: Told, room: Room) -> list[Line]:
    """The values of the window, their sum divided by their number."""
    written = told.written(room)
    values = [Word(term.value, "input", True) for term in written.terms if term.counted]
    tail: list[Word] = []
    if written.more:
        count = tr("({count} more)", count=grouped(written.more))
        tail = [*signed(written.more_sum, "quiet"), Word(" " + count)]
    tail += [*rest_words(written), Word(f")  /  {grouped(written.count)}  =  "), _result(written)]
    return _listed(Word("("), values, Word("  +  "), told, written, room, tail)


def maximum_lines(told: Told, room: Room) -> list[Line]:
    """The values of the window, the largest in the output's colour."""
    written = told.written(room)
    found = told.found
    best = found.winner[0] * found.values.shape[1] + found.winner[1] if found.winner else -1
    counted = [term for term in written.terms if term.counted]
    marked = next((at for at, term in enumerate(counted) if term.place == best), None)
    values = [Word(term.value, "output" if at == marked else "input", True) for at, term in enumerate(counted)]
    more = [Word(",  " + tr("{count} more, none larger", count=grouped(written.more)))] if written.more else []
    return _listed(Word("max("), values, Word(",  "), told, written, room, [*more, Word(")  =  "), _result(written)])


def _listed(
    head: Word, values: list[Word], between: Word, told: Told, written: WrittenSum, room: Room, tail: list[Word]
) -> list[Line]:
    """A few values on one line; more in the columns of the window, or of a list, and what follows them below."""
    cells = [[value, between] for value in values]
    cells[-1].pop()
    if len(values) <= FEW_VALUES and not written.more:
        return [[[head, *(word for cell in cells for word in cell), *tail]]]
    across = room.across if written.more else told.found.values.shape[1]
    rows = [cells[start : start + across] for start in range(0, len(cells), across)]
    return [*([[head] if at == 0 else [], *row] for at, row in enumerate(rows)), [tail]]


def _result(written: WrittenSum) -> Word:
    return Word(written.result, "output", True)


# functions


def function_lines(told: Told, room: Room) -> list[Line]:
    """The formula of an activation, and the function of the one value."""
    layer, digits = told.scene.layer, told.scene.digits
    function = FUNCTIONS[getattr(layer, "activation", "linear")]
    slope = Digits(3).text(getattr(layer, "negative_slope", 0.0))
    written = told.written(Room())
    equals = EQUALS if digits.input.exact and digits.output.exact else ABOUT
    named = [Word(f"{function.title}(", "kernel"), Word(written.terms[0].value, "input", True), Word(")", "kernel")]
    return [[[Word(function.formula.format(slope=slope))]], [[*named, equals, _result(written)]]]


def softmax_lines(told: Told, room: Room) -> list[Line]:
    """e to the power of the value, divided by the sum of all powers; and that sum."""
    written = written_softmax(told.found, told.scene.digits, told.shown, room.most_channels(told.channels))
    powers = written.powers
    less = [Word(f" − {written.shift}", raised=True)] if written.shift else []
    own = [Word("e", "input", True), Word(written.own, "input", True, raised=True), *less]
    quotient = [Word("  /  Σ e"), Word("x", raised=True), *less, EQUALS, Word(written.power, "input", True)]
    result = [Word("  /  "), Word(powers.result, "text", True), ABOUT, Word(written.result, "output", True)]
    total: list[Word] = [Word("Σ e"), Word("x", raised=True), *less, EQUALS]
    for at, term in enumerate(powers.terms):
        mine = told.found.window.channels[term.place] == told.scene.filter
        total += [Word("  +  ")] if at else []
        total.append(Word(term.product, "input", True, marked=mine))
    if powers.more:
        count = tr("({count} more)", count=grouped(powers.more))
        total += [*signed(powers.more_sum, "quiet"), Word(" " + count)]
    total += [*rest_words(powers), EQUALS, Word(powers.result, "text", True)]
    return [[[*own, *quotient, *result]], [total]]


def normalise_lines(told: Told, room: Room) -> list[Line]:
    """Mean and variance of the batch beside the moving ones, and the value shifted and scaled by those in use."""
    written = written_normalisation(told.found, told.scene.digits, told.shown)
    scaled = written.scaled
    (term,) = scaled.terms
    formula = [Word(f"γ · (x − {tr('mean')}) / √({tr('variance')} + ε) + β")]
    mean, variance = _minus(written.mean), written.variance
    first = [
        Word("("), Word(written.value, "input", True), *mean, Word(")  /  √("), Word(variance, "kernel", True),
        Word(" + "), Word(written.epsilon, "kernel"), Word(")"), ABOUT, Word(written.normal, "text", True),
    ]  # fmt: skip
    second = [
        Word(term.weight, "kernel", True), Word(" × "), Word(term.value, "text", True),
        *signed(scaled.bias, "kernel", True), *rest_words(scaled), EQUALS, Word(scaled.result, "output", True),
    ]  # fmt: skip
    if written.batch is None or written.moving is None:
        return [[formula], [first], [second]]
    return [
        [[], [Word(tr("mean") + "   ")], [Word(tr("variance") + "     ")], formula],
        [*_statistics(tr("batch"), written.batch), first],
        [*_statistics(tr("moving"), written.moving), second],
    ]


def _statistics(name: str, written: WrittenStatistics) -> list[list[Word]]:
    role, used = ("kernel", True) if written.used else ("faint_text", False)
    label = Word(name + "   ", "text" if used else "quiet", used)
    return [[label], *([Word(number, role, used, used), Word("     ")] for number in (written.mean, written.variance))]


def _minus(number: str) -> list[Word]:
    sign = " + " if number.startswith(MINUS) else " − "
    return [Word(sign), Word(number.removeprefix(MINUS), "kernel", True)]


def dropout_lines(told: Told, room: Room) -> list[Line]:
    """Kept and scaled up, or dropped."""
    written = written_dropout(told.found, told.scene.digits, told.shown)
    result = Word(written.result, "output", True)
    value = Word(written.value, "input", True)
    if not written.kept:
        return [[[Word(tr("dropped:") + "  "), value, Word("  ×  "), Word("0", "kernel", True), EQUALS, result]]]
    equals = EQUALS if written.exact else ABOUT
    rate = Word(written.rate, "kernel", True)
    return [[[Word(tr("kept:") + "  "), value, Word("  /  (1 − "), rate, Word(")"), equals, result]]]


# what only goes elsewhere


def same_lines(told: Told, room: Room) -> list[Line]:
    """Where a cell that is handed on comes from, and where it goes."""
    scene, found = told.scene, told.found
    result = Word(scene.digits.output.text(told.shown), "output", True)
    if is_padding(scene, found.window):
        return [[[Word(tr("Padding, outside the input")), EQUALS, result]]]
    source = Word(input_cell_name(scene, found.window), "input", True)
    if scene.layer.flat_output and scene.shape[:2] != (1, 1):
        becomes = Word("  " + tr("becomes number {number}", number=scene.filter + 1))
        return [[[source, becomes, EQUALS, result]]]
    return [[[source, EQUALS, result]]]


def unexplained_lines(told: Told, room: Room) -> list[Line]:
    """The value alone, and who computed it."""
    result = Word(told.scene.digits.output.text(told.shown), "output", True)
    return [[[Word(tr("computed by Keras")), EQUALS, result]]]


TELL: dict[str, Tell] = {
    "sum": sum_lines,
    "mean": mean_lines,
    "maximum": maximum_lines,
    "function": function_lines,
    "softmax": softmax_lines,
    "normalise": normalise_lines,
    "dropout": dropout_lines,
    "same": same_lines,
    "unexplained": unexplained_lines,
    JOINED: joined_lines,
}
"""How each combination is written."""
