"""Where branches of a network come together, in words: one value of each map, and what is made of them."""

from __future__ import annotations

from cnn_explorer.network.numbers import MINUS
from cnn_explorer.network.reasons import grouped
from cnn_explorer.network.written import Term, WrittenSum
from cnn_explorer.session.language import tr
from cnn_explorer.views.arithmetic_lines import Room, Told, rest_words, signed
from cnn_explorer.views.arithmetic_words import Line, Word
from cnn_explorer.views.stage_words import channel_name

_BETWEEN = {"sum": "  +  ", "product": "  ×  ", "mean": "  +  ", "maximum": ",  "}
_AROUND = {"sum": ("", ""), "product": ("", ""), "mean": ("(", ")  /  {count}"), "maximum": ("max(", ")")}


def joined_lines(told: Told, room: Room) -> list[Line]:
    """The value of each map under the map's name, and what they come to."""
    written = told.written(room)
    head, tail = _AROUND[told.found.combination]
    names: Line = [[], *([Word(channel_name(told.scene, term.place) + "   ")] for term in written.terms)]
    values = [[_value(told, term)] for term in written.terms]
    for place, words in enumerate(values[:-1], start=1):
        words.append(Word(_sign(told, written.terms[place])))
    ending = [Word(tail.format(count=written.count)), Word(_equals(told, written)), _result(written)]
    if written.more:
        ending = [
            *signed(written.more_sum, "quiet"),
            Word(" " + tr("({count} more)", count=grouped(written.more))),
            *ending,
        ]
    return [names, [[Word(head)], *values, [*rest_words(written), *ending]]]


def _value(told: Told, term: Term) -> Word:
    """One of several addends is in brackets where it is negative; the largest has the output's colour."""
    winner = told.found.facts.get("winner") == term.place
    lone = told.found.combination == "maximum" or term.place == 0
    text = f"({term.value})" if term.value.startswith(MINUS) and not lone else term.value
    return Word(text, "output" if winner else "input", True)


def _sign(told: Told, term: Term) -> str:
    """What stands before the value of a map."""
    return f"  {MINUS}  " if term.weight.startswith(MINUS) else _BETWEEN[told.found.combination]


def _equals(told: Told, written: WrittenSum) -> str:
    """A product of printed numbers is seldom the printed one exactly."""
    digits = told.scene.digits
    exact = told.found.combination != "product" or (digits.input.exact and digits.output.exact)
    return "  =  " if exact else "  ≈  "


def _result(written: WrittenSum) -> Word:
    return Word(written.result, "output", True)


def joined_title(told: Told, cell: str) -> str:
    """The sentence above them."""
    words = {
        "sum": tr("{cell} = the values of {count} maps at this place, added", cell=cell, count=told.channels),
        "product": tr("{cell} = the values of {count} maps at this place, multiplied", cell=cell, count=told.channels),
        "mean": tr("{cell} = the mean of the values of {count} maps at this place", cell=cell, count=told.channels),
        "maximum": tr("{cell} = the largest value of {count} maps at this place", cell=cell, count=told.channels),
    }
    if told.found.weights is not None and told.found.weights.min() < 0:
        return tr("{cell} = the value of the first map at this place, less that of the other", cell=cell)
    return words[told.found.combination]


def joined_rows(told: Told) -> list[Line]:
    """The same as a small table, a line for each map."""
    written = told.written(Room())
    head, tail = _AROUND[told.found.combination]
    rows: list[Line] = []
    for place, term in enumerate(written.terms):
        sign = _sign(told, term).strip(" ,") if place else ""
        rows.append([[Word(sign + " ")], [Word(channel_name(told.scene, term.place) + "   ")], [_value(told, term)]])
    means = {"mean": tail.format(count=written.count).lstrip(")"), "maximum": tr("the largest")}
    note = means.get(told.found.combination, "")
    return [*rows, [[Word(_equals(told, written).strip() + " ")], [Word(note)], [_result(written)]]]
