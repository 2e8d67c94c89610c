"""The one thing that changes: the document with its history, the cursor, and the newest evaluation.

Views read from here and edit through here; they redraw from nothing on `evaluated` and `cursor_moved`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import count
from typing import Any

from PySide6.QtCore import QObject, Signal

from cnn_explorer.files.model_input import fitted_to
from cnn_explorer.network.arrays import Floats, frozen
from cnn_explorer.network.channels import told_of_channels, with_image_channels
from cnn_explorer.network.document import Document, Image
from cnn_explorer.network.layers.layer import Layer, Shape
from cnn_explorer.network.network import Network
from cnn_explorer.network.results import Evaluation, evaluate, unevaluated
from cnn_explorer.network.sentence import Sentence
from cnn_explorer.session.builder import Builder, Edit, Make, Request, with_layer
from cnn_explorer.session.cursor import IMAGE, Cursor, Pin
from cnn_explorer.session.history import History
from cnn_explorer.session.inspection import Inspection
from cnn_explorer.session.jobs import Jobs
from cnn_explorer.session.reference import is_quick
from cnn_explorer.session.run import learns_alike

__all__ = ["Pin", "Session"]


class Session(QObject):
    """A document being worked on.

    `changed` asks whoever computes for an evaluation of `document`; its answer comes back through `show`. Then
    `evaluated` says that `evaluation` is new, `cursor_moved` that `cursor` is, `history_changed` that undo, redo or the
    unsaved state are, `marks_changed` that `pinned` or `baseline` are. `said` carries a Sentence for the user, `noted`
    one of less weight, for the status line.

    `pinned` is a cell whose receptive field stays marked, `baseline` the evaluation that differences are taken from;
    None for neither. `pointed` is the cell that the pointer is on in any view, and `pointed_at` says that it is
    another one. `jobs` are the long works that the engine does for this session, `inspection` what they have
    found for all views.

    A run changes the network for minutes, as a training does, and is one step of undo. Meanwhile the image can be
    edited, but the network can't: `held` says that somebody tried, and `refused` that an edit can't be made: whoever
    shows what was asked for then shows what is. `previewed` is a network that is looked at in place of the document's,
    which it does not change; None for none.
    """

    changed = Signal()
    evaluated = Signal()
    cursor_moved = Signal()
    history_changed = Signal()
    marks_changed = Signal()
    pointed_at = Signal()
    said = Signal(object)
    noted = Signal(object)
    held = Signal()
    refused = Signal()

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.path: str = ""
        self.first = document
        self.cursor = Cursor()
        self.pinned: Pin | None = None
        self.baseline: Evaluation | None = None
        self.pointed: Pin | None = None
        self.previewed: Network | None = None
        self.jobs, self.inspection = Jobs(self), Inspection(self)
        self._gestures = count(1)
        self._awaited: tuple[Network, dict[str, Any]] | None = None
        self._builder = Builder(self)
        self._start(document)

    def _start(self, document: Document) -> None:
        self._builder.cancel()
        self.first = document
        self._history = History(document)
        self._saved: Document | None = document
        self._compared: tuple[Document, Document | None, bool] | None = None
        # What takes long is computed by those who heard of `changed`; until then there is only the image.
        self.evaluation = evaluate(document) if is_quick(document) else unevaluated(document)
        self.pinned = self.baseline = self._awaited = self.previewed = None
        self.cursor = self._inside(self.cursor)

    @property
    def document(self) -> Document:
        """The newest document; the evaluation on screen may be of the one before."""
        return self._history.document

    @property
    def wanted(self) -> Document:
        """What is to be evaluated: the newest document, with the network that is previewed if there is one."""
        return self.document if self.previewed is None else replace(self.document, network=self.previewed)

    @property
    def basis(self) -> Document:
        """What an edit of the network begins with: what is seen. While a run goes on, the newest document: in what is
        looked at then, nothing may be edited."""
        return self.document if self.running else self.wanted

    @property
    def running(self) -> bool:
        """Whether a run goes on."""
        return self._history.running

    @property
    def unsaved(self) -> bool:
        """Whether the document differs from what was opened or saved."""
        document, saved = self.document, self._saved
        if self._compared is None or self._compared[0] is not document or self._compared[1] is not saved:
            # Comparing 13 MB of weights takes a while, and several views ask after every edit.
            self._compared = document, saved, document is not saved and document != saved
        return self._compared[2]

    @property
    def network_is_saved(self) -> bool:
        """Whether the document's file has its network as it is."""
        return bool(self.path) and self._saved is not None and self._saved.network is self.document.network

    @property
    def undo_text(self) -> Sentence | None:
        """What undo would take back."""
        return self._history.undo_text

    @property
    def redo_text(self) -> Sentence | None:
        """What redo would do again."""
        return self._history.redo_text

    def open(self, document: Document, path: str = "", cursor: Cursor | None = None, saved: bool = True) -> None:
        """Replace everything: another document, with a history of its own."""
        self.path = path
        self.jobs.cancel_all()
        self.cursor = cursor or Cursor(stepping=_is_small(document.image))
        self._start(document)
        if not saved:
            self._saved = None
        for signal in (self.history_changed, self.marks_changed, self.cursor_moved):
            signal.emit()
        self.changed.emit()  # last: handing over many weights would take turns with all that the others do

    def mark_saved(self, path: str, document: Document) -> None:
        """`document` is what the file at `path` now holds."""
        self.path, self._saved = path, document
        self.history_changed.emit()

    def new_gesture(self) -> str:
        """A name for a drag or another run of edits that undo takes back as one."""
        return f"gesture {next(self._gestures)}"

    def end_gesture(self) -> None:
        """The running gesture is over."""
        self._history.end_gesture()

    def edit(self, document: Document, text: Sentence, gesture: str = "") -> None:
        """Make `document` the current one. `text` names the edit for the undo menu."""
        if document == self.document:
            return
        before, after = self.document.network, document.network
        if self.running and not learns_alike(before, after):
            self.held.emit()
            return
        if before is not after:
            self.previewed = None
        self._history.add(document, text, gesture)
        self._announce()

    def edit_image(self, image: Image, text: Sentence, gesture: str = "") -> None:
        """Change the input image. An image of another size shows its whole map, one of 7×7 begins to be stepped.

        For a model that takes images of one shape only it is made to fit, and `noted` says how. Else, where the image
        has another number of channels, the weights that read it follow in the same step of undo.
        """
        before = self.document
        image, how = fitted_to(before.network, image)
        network = with_image_channels(before.network, before.image.shape[2], image.shape)
        self.edit(replace(before, image=image, network=network), text, gesture)
        if image.shape != before.image.shape:
            self.move(row=0, column=0, stepping=_is_small(image))
        told = told_of_channels(before.network, network, image.shape)
        for sentence in (how, told):
            if sentence is not None:
                self.noted.emit(sentence)

    def edit_layer(
        self, index: int, layer: Layer, text: Sentence, gesture: str = "", since: Document | None = None
    ) -> None:
        """Change one layer of the network, of the document `since` that a gesture began with, where one is given.

        Layers behind it whose input has another shape then get weights that fit; `noted` tells of it. Nothing changes
        where one would get too many.
        """
        before = since or self.basis
        after, shape = before.with_layer(index, layer), before.image.shape
        if after.network.shapes(shape) == before.network.shapes(shape):
            self.edit(replace(self.document, network=after.network), text, gesture)
        else:
            self.perform(with_layer(index, layer, text), gesture, before)

    def perform(self, make: Make, gesture: str = "", since: Document | None = None) -> None:
        """Edit the network by what `make` makes of the `basis` (of `since`, where a gesture began with that).

        At once where that is quick; else in a while, without keeping the window. `said` tells where it is refused.
        """
        if self.running:
            self.held.emit()
            return
        self._builder.ask(Request(make, gesture, since))

    def take(self, edit: Edit, gesture: str = "") -> None:
        """An edit has been made: use it."""
        self._awaited = (edit.network, dict(edit.look)) if edit.look else None
        self.edit(Document(edit.image or self.document.image, edit.network), edit.text, gesture)
        if edit.told is not None:
            self.noted.emit(edit.told)

    def continues(self, gesture: str) -> bool:
        """Whether the newest edit belongs to this gesture, or one of it is being made."""
        return self._history.gesture == gesture or self._builder.is_making(gesture)

    def edit_network(
        self, network: Network, text: Sentence, gesture: str = "", layer: int | None = None, filter: int | None = None
    ) -> None:
        """Change the layers, their number or order. `layer` and `filter` are what to look at from then on."""
        wanted = {"layer": layer, "filter": filter}
        self.take(Edit(network, text, {name: place for name, place in wanted.items() if place is not None}), gesture)

    def begin_run(self, network: Network, text: Sentence) -> None:
        """From now on `network` is the document's, and `renew` changes it; undo takes back all of it at once."""
        self._builder.cancel()
        self.previewed = None
        self._history.begin_run(replace(self.document, network=network), text)
        self._announce()

    def renew(self, change: Callable[[Network], Network], keep: bool = False) -> None:
        """The run has come further. `change` makes of a network what it is now: it is asked for each that differs in
        what may be edited meanwhile. `keep` has it journalled, which takes a while."""
        was_unsaved = self.unsaved
        self._history.renew(change)
        if self.previewed is None:
            self.changed.emit()
        if keep or self.unsaved != was_unsaved:
            self.history_changed.emit()

    def end_run(self, nothing_done: bool = False) -> None:
        """The run is over: the network can be edited again. A run that has done nothing is no step of undo."""
        if self.running:
            self._history.end_run(nothing_done)
            self.history_changed.emit()

    def preview(self, network: Network | None) -> None:
        """Look at another network in place of the document's, on the same image; None for no longer."""
        if network is not self.previewed:
            self.previewed = network
            self.changed.emit()

    def undo(self) -> None:
        """Take back one step."""
        self._builder.cancel()
        self.previewed = None
        self._history.undo()
        self._announce()

    def redo(self) -> None:
        """Do one step again."""
        self._builder.cancel()
        self.previewed = None
        self._history.redo()
        self._announce()

    def _announce(self) -> None:
        self.changed.emit()  # first, so that it is computed while the rest is told
        self.history_changed.emit()

    def show(self, evaluation: Evaluation) -> None:
        """An evaluation has arrived: all views draw from it now."""
        if _kinds(evaluation) != _kinds(self.evaluation):
            self.pin(None)  # its map is another one by now
        self.evaluation = evaluation
        inside = self._inside(self._arrived(evaluation))
        moved, self.cursor = inside != self.cursor, inside
        self.evaluated.emit()
        if moved:
            self.cursor_moved.emit()

    def _arrived(self, evaluation: Evaluation) -> Cursor:
        """The cursor, on what an edit of the network asked for, if this is the first evaluation with it."""
        if self._awaited is None or evaluation.document.network is not self._awaited[0]:
            return self.cursor
        places, self._awaited = self._awaited[1], None
        if places.get("layer", self.cursor.layer) != self.cursor.layer:
            places = {**places, "row": 0, "column": 0}
        return replace(self.cursor, **places)

    def move(self, **places: Any) -> None:
        """Move the cursor: any of the fields of Cursor by name."""
        cursor = self._inside(replace(self.cursor, **places))
        if cursor != self.cursor:
            self.cursor = cursor
            self.cursor_moved.emit()

    def move_to_step(self, step: int) -> None:
        """Put the cursor on the cell at this place in reading order."""
        shape = self.output_shape()
        if shape:
            cursor = self.cursor.at_step(step, shape)
            self.move(row=cursor.row, column=cursor.column)

    def select(self, layer: int) -> None:
        """Look at another layer, IMAGE for the input; the one that is looked at keeps its cell."""
        if layer != self.cursor.layer:
            self.move(layer=layer, row=0, column=0)

    def look(self, level: str) -> None:
        """Go nearer or further away, to one of LEVELS."""
        self.move(level=level)

    def pin(self, pin: Pin | None) -> None:
        """Keep the receptive field of a cell marked; None for no cell."""
        if pin != self.pinned:
            self.pinned = pin
            self.marks_changed.emit()

    def point(self, pin: Pin | None) -> None:
        """The pointer is on a cell, or on none: what it depends on lights up for so long."""
        if pin != self.pointed:
            self.pointed = pin
            self.pointed_at.emit()

    def show_differences(self, on: bool) -> None:
        """From now on show what changes against what is on the screen now; or no longer."""
        self.baseline = self.evaluation if on else None
        self.marks_changed.emit()

    def output_shape(self) -> Shape | None:
        """The shape of the focused layer's output on the screen, None where it has none (or is the image)."""
        if self.cursor.layer == IMAGE:
            return None
        output = self.evaluation.output_of(self.cursor.layer)
        return None if output is None else (output.shape[0], output.shape[1], output.shape[2])

    def shown_map(self) -> Floats | None:
        """(rows, columns): what the cursor is on, one filter's output or one channel of the image; None for neither."""
        cursor = self.cursor
        shown = self.evaluation.output_of(cursor.layer)  # of IMAGE: the image
        if shown is None:
            return None
        plane = cursor.channel if cursor.layer == IMAGE else cursor.filter
        return frozen(shown[:, :, min(plane, shown.shape[2] - 1)])

    def _inside(self, cursor: Cursor) -> Cursor:
        layer = min(max(cursor.layer, IMAGE), len(self.evaluation.document.network.layers) - 1)
        output = self.evaluation.output_of(layer) if layer != IMAGE else None
        cursor = replace(cursor, layer=layer)
        return cursor if output is None else cursor.within((output.shape[0], output.shape[1], output.shape[2]))


def _is_small(image: Image) -> bool:
    """Whether one begins by stepping over an image: over 7×7, not over a digit or a photograph."""
    return image.shape[0] * image.shape[1] <= 100


def _kinds(evaluation: Evaluation) -> list[str]:
    return [layer.kind for layer in evaluation.document.network.layers]
