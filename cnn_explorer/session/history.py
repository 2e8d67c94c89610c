"""Undo as a list of documents."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from cnn_explorer.network.document import Document
from cnn_explorer.network.network import Network
from cnn_explorer.network.sentence import Sentence

LONGEST = 500
MOST_BYTES = 256 * 2**20
"""Of all arrays that the steps hold. The last step stays undoable, however large it is."""


@dataclass(frozen=True)
class Step:
    """A document, what made it, and the gesture it belongs to ("" for none).

    `own` are the bytes of its arrays that the step before does not have: what it costs to keep.
    """

    document: Document
    text: Sentence | None
    gesture: str = ""
    own: int = 0


class History:
    """Documents before and after the current one. Edits of one gesture (a drag, a run of typing) are one step.

    A run is a step that goes on for minutes, as a training does: it changes the network while other steps (of the
    image) come on top of it, and all of them get the new network. While it goes on, undo ends at it.
    """

    def __init__(self, document: Document) -> None:
        self._steps = [Step(document, None)]
        self._at = 0
        self._run: int | None = None

    @property
    def document(self) -> Document:
        """The current document."""
        return self._steps[self._at].document

    @property
    def undo_text(self) -> Sentence | None:
        """What undo would take back, None where there is nothing."""
        return self._steps[self._at].text if self._at > self._first else None

    @property
    def redo_text(self) -> Sentence | None:
        """What redo would do again, None where there is nothing."""
        return self._steps[self._at + 1].text if self._at + 1 < len(self._steps) else None

    @property
    def running(self) -> bool:
        """Whether a run goes on."""
        return self._run is not None

    @property
    def _first(self) -> int:
        """The step that undo goes back to at most."""
        return self._run or 0

    @property
    def gesture(self) -> str:
        """The running gesture that made the current document, "" for none."""
        return self._steps[self._at].gesture

    def add(self, document: Document, text: Sentence, gesture: str = "") -> None:
        """Make `document` the current one, as a step of its own or as more of the same gesture."""
        same_gesture = bool(gesture) and self._at > 0 and self._steps[self._at].gesture == gesture
        kept = self._steps[: self._at + (0 if same_gesture else 1)]
        self._steps = [*kept, Step(document, text, gesture, _own_bytes(document, kept[-1].document))]
        self._forget_oldest()
        self._at = len(self._steps) - 1

    def begin_run(self, document: Document, text: Sentence) -> None:
        """Make `document` the current one as a step that goes on until `end_run`."""
        self.end_run()
        self.add(document, text)
        self._run = self._at

    def renew(self, change: Callable[[Network], Network]) -> None:
        """The run has come further: its step and those after it get the network that `change` makes of theirs."""
        if self._run is None:
            return
        changed: dict[int, Network] = {}  # most steps share one network, and should go on doing so
        for at in range(self._run, len(self._steps)):
            step = self._steps[at]
            network = step.document.network
            if id(network) not in changed:
                changed[id(network)] = change(network)
            self._steps[at] = replace(step, document=replace(step.document, network=changed[id(network)]))
        if self._run:
            step, before = self._steps[self._run], self._steps[self._run - 1]
            self._steps[self._run] = replace(step, own=_own_bytes(step.document, before.document))

    def end_run(self, nothing_done: bool = False) -> None:
        """The run is over: from now on undo takes it back as one step. There is none where it has done nothing."""
        if nothing_done and self._run:
            del self._steps[self._run]
            self._at -= 1
        self._run = None

    def _forget_oldest(self) -> None:
        """Keeps a whole document, and of the steps before it as many as what they do not share leaves room for."""
        last = first = len(self._steps) - 1
        room = MOST_BYTES - sum(array.nbytes for array in self._steps[last].document.arrays())
        while first > 0 and last - first < LONGEST - 1 and (first == last or self._steps[first].own <= room):
            room -= self._steps[first].own
            first -= 1
        self._steps = self._steps[first:]
        if self._run is not None:
            self._run = max(0, self._run - first)

    def end_gesture(self) -> None:
        """The gesture is over: the next edit is a step of its own."""
        step = self._steps[self._at]
        self._steps[self._at] = replace(step, gesture="")

    def undo(self) -> Document:
        """Go back one step, if there is one."""
        self._at = max(self._first, self._at - 1)
        return self.document

    def redo(self) -> Document:
        """Go forward one step, if there is one."""
        self._at = min(len(self._steps) - 1, self._at + 1)
        return self.document


def _own_bytes(document: Document, before: Document) -> int:
    shared = {id(array) for array in before.arrays()}
    return sum(array.nbytes for array in document.arrays() if id(array) not in shared)
