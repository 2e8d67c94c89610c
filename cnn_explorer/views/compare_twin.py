"""The other side of a comparison: the focused layer with one setting changed, under the cursor of the first."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from cnn_explorer.network.comparisons import Comparison, comparisons, cost_of, evaluate_other
from cnn_explorer.network.document import Document
from cnn_explorer.network.geometry import Axis
from cnn_explorer.network.layers.layer import Shape
from cnn_explorer.network.results import Evaluation
from cnn_explorer.network.sentence import say
from cnn_explorer.session.cursor import IMAGE
from cnn_explorer.session.session import Pin, Session
from cnn_explorer.views.stage_scene import Scene, scene_of

MOST_AT_ONCE = 4_000_000
"""Operations of a layer that are computed within a frame; what takes more is left to the engine."""
_EDIT = say("Compare")


class Twin(QObject):
    """`session` shows the other layer, as the last one of the first session's network.

    Small layers are computed at once. Of a larger one `wanted` carries the document; whoever computes it answers
    through `take`, until `unwanted`. `changed`: there is another comparison, another map, or another cell.
    """

    changed = Signal()
    wanted = Signal(object)
    unwanted = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._first = session
        self.session = Session(Document(session.document.image), self)
        self.active = False
        self.offered: tuple[Comparison, ...] = ()
        self.chosen: Comparison | None = None
        self._rule = ""
        self._layer = IMAGE
        self._moving = False
        session.evaluated.connect(self.follow)
        session.cursor_moved.connect(self._follow_cursor)
        self.session.cursor_moved.connect(self._lead_cursor)
        session.pointed_at.connect(self._follow_pointer)
        self.session.pointed_at.connect(self._lead_pointer)

    def set_active(self, active: bool) -> None:
        """Follow the first session from now on, or no longer."""
        if active != self.active:
            self.active = active
            self.unwanted.emit()
            self.follow()
            self.changed.emit()

    # which comparison

    def choose(self, index: int) -> None:
        """Make the comparison at a place of `offered`."""
        self.chosen = self.offered[index]
        self._rule = self.chosen.rule
        self._compute()
        self.changed.emit()

    def use(self) -> None:
        """Give the document the other setting; this side then shows what the document had."""
        chosen, index, shape = self.chosen, self._first.cursor.layer, self._input_shape()
        layers = self._first.document.network.layers
        if chosen is None or shape is None or index >= len(layers):
            return
        found = next((each for each in comparisons(layers[index], shape) if _same(each, chosen)), None)
        if found is not None:
            self._first.edit_layer(index, found.layer, say("Use {setting}", setting=found.other))

    def _input_shape(self) -> Shape | None:
        index = self._first.cursor.layer
        inputs = None if index == IMAGE else self._first.evaluation.input_of(index)
        return None if inputs is None else (inputs.shape[0], inputs.shape[1], inputs.shape[2])

    def _offer(self) -> None:
        """The list for the focused layer; of it the comparison of before, or one by the same rule, or the first."""
        shape, before = self._input_shape(), self.chosen
        self._layer = self._first.cursor.layer
        self.offered = () if shape is None else comparisons(self._first.evaluation.layer(self._layer), shape)
        same = [each for each in self.offered if before is not None and _same(each, before)]
        alike = [each for each in self.offered if each.rule == self._rule]
        self.chosen = next(iter((*same, *alike, *self.offered)), None)

    # what it shows

    def follow(self) -> None:
        """Compare what the first session shows now."""
        if self.active:
            self._offer()
            self._compute()
            self.changed.emit()

    def _compute(self) -> None:
        evaluation, shape = self._first.evaluation, self._input_shape()
        if self.chosen is None or shape is None:
            return
        if cost_of(self.chosen.layer, shape) <= MOST_AT_ONCE:
            self.unwanted.emit()
            self._show(evaluate_other(evaluation, self._layer, self.chosen.layer))
        else:
            network = evaluation.document.network
            layers = (*network.layers[: self._layer], self.chosen.layer)
            self.wanted.emit(replace(evaluation.document, network=replace(network, layers=layers, classes=())))

    def take(self, evaluation: Evaluation) -> None:
        """A document that was wanted has been computed."""
        layers = evaluation.document.network.layers
        if self.active and self.chosen is not None and layers and layers[-1] is self.chosen.layer:
            self._show(evaluation)
            self.changed.emit()

    def _show(self, evaluation: Evaluation) -> None:
        with self._quietly():  # what a smaller map does to the cursor here is no move of the user's
            self.session.edit_network(evaluation.document.network, _EDIT, "twin", layer=self._layer)
            self.session.show(evaluation)
        self._move(self._first, self.session)

    # one cursor and one pointer

    @property
    def scenes(self) -> tuple[Scene | None, Scene | None]:
        """What both sides show; None for a side that has nothing of the compared layer."""
        here, there = (scene_of(each.evaluation, each.cursor) for each in (self._first, self.session))
        return here, there if here is not None and there is not None and here.index == there.index else None

    @contextmanager
    def _quietly(self) -> Iterator[None]:
        """What one side does to the other is not done back."""
        self._moving = True
        try:
            yield
        finally:
            self._moving = False

    def _follow_cursor(self) -> None:
        if not self.active or self._moving:
            return
        if self._first.cursor.layer != self._layer:
            self.follow()
        else:
            self._move(self._first, self.session)
            self.changed.emit()

    def _lead_cursor(self) -> None:
        if self.active and not self._moving:
            self._move(self.session, self._first)
            self.changed.emit()

    def _move(self, start: Session, end: Session) -> None:
        here, there = (scene_of(each.evaluation, each.cursor) for each in (start, end))
        if here is None or there is None or here.index != there.index or there.output is None:
            return
        cursor = start.cursor
        row, column = matching_cell(here, there, cursor.row, cursor.column)
        with self._quietly():
            end.move(row=row, column=column, filter=cursor.filter, channel=cursor.channel, stepping=cursor.stepping)

    def _follow_pointer(self) -> None:
        self._mirror(self._first, self.session)

    def _lead_pointer(self) -> None:
        self._mirror(self.session, self._first)

    def _mirror(self, start: Session, end: Session) -> None:
        """What the pointer is on lights up on the other side."""
        if self.active and not self._moving:
            here, there = (scene_of(each.evaluation, each.cursor) for each in (start, end))
            with self._quietly():
                end.point(None if here is None or there is None else matching_pin(here, there, start.pointed))


def _same(first: Comparison, second: Comparison) -> bool:
    return (first.rule, first.other) == (second.rule, second.other)


def matching_cell(here: Scene, there: Scene, row: int, column: int) -> tuple[int, int]:
    """The output cell of `there` whose window lies nearest, on the same input, to that of an output cell of `here`."""
    return _matching(here.rows, there.rows, row), _matching(here.columns, there.columns, column)


def _matching(here: Axis, there: Axis, output: int) -> int:
    window = here.window(output)
    middle = (window[0] + window[-1]) / 2 / here.spacing * there.spacing
    place = (middle + there.before - (there.extent - 1) / 2) / there.stride
    return min(max(int(place + 0.5), 0), max(there.output - 1, 0))


def matching_pin(here: Scene, there: Scene, pin: Pin | None) -> Pin | None:
    """The cell on the other side that belongs to one here: the same of the input, the nearest of the output."""
    if pin is None or here.index != there.index:
        return None
    if pin.index == here.index:
        return pin
    if pin.index != here.index + 1 or there.output is None:
        return None
    return Pin(pin.index, *matching_cell(here, there, pin.row, pin.column), pin.channel)
