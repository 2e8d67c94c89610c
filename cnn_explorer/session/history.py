"""Undo as a list of documents."""

from __future__ import annotations

from dataclasses import dataclass, replace

from cnn_explorer.network.document import Document
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
    """Documents before and after the current one. Edits of one gesture (a drag, a run of typing) are one step."""

    def __init__(self, document: Document) -> None:
        self._steps = [Step(document, None)]
        self._at = 0

    @property
    def document(self) -> Document:
        """The current document."""
        return self._steps[self._at].document

    @property
    def undo_text(self) -> Sentence | None:
        """What undo would take back, None where there is nothing."""
        return self._steps[self._at].text if self._at else None

    @property
    def redo_text(self) -> Sentence | None:
        """What redo would do again, None where there is nothing."""
        return self._steps[self._at + 1].text if self._at + 1 < len(self._steps) else None

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

    def _forget_oldest(self) -> None:
        """Keeps a whole document, and of the steps before it as many as what they do not share leaves room for."""
        last = first = len(self._steps) - 1
        room = MOST_BYTES - sum(array.nbytes for array in self._steps[last].document.arrays())
        while first > 0 and last - first < LONGEST - 1 and (first == last or self._steps[first].own <= room):
            room -= self._steps[first].own
            first -= 1
        self._steps = self._steps[first:]

    def end_gesture(self) -> None:
        """The gesture is over: the next edit is a step of its own."""
        step = self._steps[self._at]
        self._steps[self._at] = replace(step, gesture="")

    def undo(self) -> Document:
        """Go back one step, if there is one."""
        self._at = max(0, self._at - 1)
        return self.document

    def redo(self) -> Document:
        """Go forward one step, if there is one."""
        self._at = min(len(self._steps) - 1, self._at + 1)
        return self.document


def _own_bytes(document: Document, before: Document) -> int:
    shared = {id(array) for array in before.arrays()}
    return sum(array.nbytes for array in document.arrays() if id(array) not in shared)
