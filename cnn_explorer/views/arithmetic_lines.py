"""What the arithmetic panel writes: the lines of each way of combining a window, as long as there is room for them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from cnn_explorer.network.explanation import Explanation
from cnn_explorer.network.numbers import MINUS
from cnn_explorer.network.reasons import grouped
from cnn_explorer.network.written import Term, WrittenSum, written_channel, written_channels, written_sum
from cnn_explorer.session.language import tr
from cnn_explorer.views.arithmetic_words import Line, Word
from cnn_explorer.views.stage_scene import Scene
from cnn_explorer.views.stage_words import JOINED, channel_name, joins

LIST = 16
"""So many of a long sum's terms tell where it comes from; more would be a wall of numbers."""
MANY_TERMS = 25
"""With more terms than this those that are zero are pale."""


@dataclass(frozen=True)
class Room:
    """How many terms and channels are written out (None: all), and how many stand in a line where no window says.

    So many are all of them, or else the largest of a LIST.
    """

    terms: int | None = None
    channels: int | None = None
    across: int = 8

    def most_terms(self, count: int) -> int | None:
        """How many of `count` terms are written out."""
        return _most(self.terms, count)

    def most_channels(self, count: int) -> int | None:
        """How many of `count` channels are written out."""
        return _most(self.channels, count)


def _most(room: int | None, count: int) -> int | None:
    return room if room is None or count <= room else min(room, LIST)


ROOMS = (Room(49, 24, 8), Room(16, 12, 4), Room(8, 8, 4), Room(6, 6, 3), Room(4, 4, 4), Room(3, 3, 3), Room(2, 2, 2))
"""From the longest that is worth reading to the shortest."""


@dataclass(frozen=True, eq=False)
class Told:
    """One output cell whose arithmetic is told: `found` explains it, `shown` is its value in the map.

    `level` is the cursor's, `strongest` says whether the channels that add most come first.
    """

    scene: Scene
    found: Explanation
    row: int
    column: int
    shown: float
    level: str = "cell"
    strongest: bool = False

    @property
    def way(self) -> str:
        """How the values are combined, for tables of what is told: several maps in a way of their own."""
        return JOINED if joins(self.scene) else self.found.combination

    @property
    def channels(self) -> int:
        """How many channels the window has."""
        return int(self.found.values.shape[2])

    @property
    def cells(self) -> int:
        """How many cells the window has in each channel."""
        return int(self.found.values.shape[0] * self.found.values.shape[1])

    @property
    def by_channel(self) -> bool:
        """Whether the terms are those of several kernels, grouped by channel."""
        return self.found.combination == "sum" and self.channels > 1 and self.cells > 1

    def written(self, room: Room) -> WrittenSum:
        """All terms together as printed."""
        return written_sum(self.found, self.scene.digits, self.shown, room.most_terms(self.channels * self.cells))


Tell = Callable[[Told, Room], list[Line]]


def sum_lines(told: Told, room: Room) -> list[Line]:
    """A sum of products: of one channel, of the shown one with all subtotals, or the subtotals alone."""
    if told.channels == 1:
        written = told.written(room)
        return _products(
            written, _across(told, written, room), _ending(written, [Word(written.result, "output", True)])
        )
    if told.cells == 1:
        return _weighted_numbers(told, room)
    if told.level == "channels":
        return _all_subtotals(told, room)
    place = told.scene.place
    return [*_channel_lines(told, place, room), *_subtotals_lines(told, room, place)]


def all_lines(told: Told) -> list[Line]:
    """A sum over channels with nothing left out, every channel on a line of its own."""
    channels = [_channel_line(told, place) for place in range(told.channels)]
    return [*channels, *_subtotals_lines(told, Room(), None)]


# sums of products


def _across(told: Told, written: WrittenSum, room: Room) -> int:
    return room.across if written.more else int(told.found.values.shape[1])


def _products(written: WrittenSum, across: int, ending: list[Word]) -> list[Line]:
    many = len(written.terms) > MANY_TERMS
    columns = [_term_words(term, many and term.product == "0") for term in written.terms]
    lines = [columns[start : start + across] for start in range(0, len(columns), across)]
    if written.more:
        lines[-1][-1].pop()
        return [*lines, [ending]]
    lines[-1][-1][-1] = ending[0]  # what follows the last term: a plus, a minus or the equals sign
    lines[-1].append(ending[1:])
    return lines


def _term_words(term: Term, pale: bool) -> list[Word]:
    roles = ("faint_text", "faint_text") if pale else ("input", "kernel")
    return [Word(term.value, roles[0], True), Word(" × "), Word(term.weight, roles[1], True), Word("  +  ")]


def _ending(written: WrittenSum, result: list[Word], bias: bool = True, channels: bool = False) -> list[Word]:
    """What follows the terms: those not written out, the bias, the rest, and the result."""
    words: list[Word] = []
    if written.more:
        words += [*signed(written.more_sum, "quiet"), Word(" " + _more(written.more, channels))]
    if bias:
        words += signed(written.bias, "kernel", True)
    return [*words, *rest_words(written), Word("  =  "), *result]


def _more(count: int, channels: bool) -> str:
    if channels:
        return tr("({count} more channels)", count=grouped(count))
    return tr("({count} more)", count=grouped(count))


def signed(number: str, role: str, bold: bool = False) -> list[Word]:
    """A sign between two addends, and the number without its own."""
    sign = "  −  " if number.startswith(MINUS) else "  +  "
    return [Word(sign), Word(number.removeprefix(MINUS), role, bold)]


def rest_words(written: WrittenSum) -> list[Word]:
    """What the rounding left over, said to be that; nothing where it left nothing."""
    return [*signed(written.rest, "quiet"), Word(" " + tr("(rounding)"))] if written.rest else []


# sums over channels


def _channel_lines(told: Told, place: int, room: Room) -> list[Line]:
    """The products of one channel, its name before them and its subtotal, marked, behind."""
    written = written_channel(told.found, place, told.scene.digits, room.most_terms(told.cells))
    ending = _ending(written, [Word(written.result, "text", True, marked=True)], bias=False)
    lines = _products(written, _across(told, written, room), ending)
    label = [Word(tr("channel {name}:", name=channel_name(told.scene, place)) + "  ")]
    return [[label if at == 0 else [], *line] if len(line) > 1 or at == 0 else line for at, line in enumerate(lines)]


def _channel_line(told: Told, place: int) -> Line:
    """The same, whole, on one line."""
    lines = _channel_lines(told, place, Room())
    return [words for line in lines for words in line if words]


def _written_channels(told: Told, room: Room) -> WrittenSum:
    most = room.most_channels(told.channels)
    return written_channels(told.found, told.scene.digits, told.shown, most, told.strongest, told.scene.place)


def _subtotals_lines(told: Told, room: Room, marked: int | None) -> list[Line]:
    """The subtotals as one sum, that of the channel at place `marked` marked; a long one has its end below."""
    written = _written_channels(told, room)
    words = [Word(tr("channels:") + "  ")]
    for at, term in enumerate(written.terms):
        words += [Word("  +  ")] if at else []
        words.append(Word(_in_brackets(term.value), "text", True, marked=term.place == marked))
    ending = _ending(written, [Word(written.result, "output", True)], channels=True)
    return [[words], [ending]] if written.more else [[[*words, *ending]]]


def _in_brackets(number: str) -> str:
    return f"({number})" if number.startswith(MINUS) else number


def _all_subtotals(told: Told, room: Room) -> list[Line]:
    """The channels' numbers, below them their subtotals, and what they come to."""
    written, keep = _written_channels(told, room), told.scene.place
    names = [channel_name(told.scene, term.place) for term in written.terms]
    values = [
        [Word(_in_brackets(term.value), "text", True, marked=term.place == keep)] for term in written.terms
    ]  # fmt: skip
    ending = _ending(written, [Word(written.result, "output", True)], channels=True)
    return _numbered(tr("channel"), names, values, room.across, ending)


def _weighted_numbers(told: Told, room: Room) -> list[Line]:
    """A window of one cell: every channel's value times its weight, its number above."""
    written = told.written(room)
    names = [channel_name(told.scene, term.place) for term in written.terms]
    values = [_term_words(term, False)[:-1] for term in written.terms]
    label = tr("input") if told.scene.shape[:2] == (1, 1) else tr("channel")
    return _numbered(label, names, values, room.across, _ending(written, [Word(written.result, "output", True)]))


def _numbered(
    label: str, names: Sequence[str], values: Sequence[list[Word]], across: int, ending: list[Word]
) -> list[Line]:
    """Addends in columns, each under its name; what follows them on a line of its own."""
    lines: list[Line] = []
    for start in range(0, len(values), across):
        end = start + across
        lines.append([[Word(label + "   ")], *([Word(name + "   ")] for name in names[start:end])])
        row = [[*words, Word("  +  ")] for words in values[start:end]]
        lines.append([[], *row])
    lines[-1][-1].pop()
    return [*lines, [ending]]
