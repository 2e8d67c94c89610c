"""Whom a training talks to and obeys: the window, a command line, or a test. Imports no TensorFlow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from cnn_explorer.network.sentence import Sentence

if TYPE_CHECKING:
    from cnn_explorer.engine.train_loop import Training

SNAPSHOT_SECONDS = 0.4
"""How often a window wants to see the weights."""


class Ended(Exception):
    """Training is to end before its last epoch, in one of `training_progress.ENDINGS`.

    `reason` is for people, None where they wanted it themselves.
    """

    def __init__(self, reason: Sentence | None = None, tested: bool = True, ending: str = "stopped") -> None:
        super().__init__(str(reason or ""))
        self.reason = reason
        self.tested = tested
        self.ending = ending


class Attendant(Protocol):
    """Whom a training talks to, and whom it obeys."""

    snapshot_seconds: float
    """How often the weights are wanted; 0: never."""

    def tell(self, word: str, *subject: Any) -> None:
        """Passes a message on, see `training_progress.Message`."""

    def check(self, what: Sentence, done: int, total: int) -> None:
        """Is told how much of the data is read. Raises Ended where nobody wants it any more."""

    def attend(self, training: Training) -> bool:
        """Between two batches: does what somebody wants. May wait. True where training is to stop, with its test.

        Raises Ended where it is to end at once.
        """

    def trouble(self, training: Training, sentence: Sentence) -> None:
        """Something outside is wrong, and somebody may mend it. Raises Ended where nobody can, or wants to."""
