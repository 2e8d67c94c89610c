"""Weights that are kept to be brought back: the last before one became NaN, and those of the best epoch."""

from __future__ import annotations

import math
from time import perf_counter

from cnn_explorer.engine.train_attendant import Ended
from cnn_explorer.engine.train_model import TrainedModel
from cnn_explorer.engine.train_step import Stepper
from cnn_explorer.network.sentence import say
from cnn_explorer.network.training import Weights
from cnn_explorer.network.training_progress import Epoch

CHECK_BATCHES = 50
"""After so many batches it is looked whether every weight is still a number."""
KEEP_SECONDS = 5.0
"""So old the weights may get that come back where they are none any more."""

Place = tuple[int, int, int]
"""Where a training is: epoch, batch, and batches in all."""


class Guard:
    """Looks after the weights of a model, which `stepper` trains."""

    def __init__(self, trained: TrainedModel, stepper: Stepper) -> None:
        self._trained = trained
        self._stepper = stepper
        self._good: Weights = {}
        self._place: Place = (0, 0, 0)
        self._kept = -math.inf

    def good(self, place: Place) -> Weights | None:
        """The weights, which are kept now; None where they are no numbers."""
        if not self._stepper.finite():
            return None
        self._good, self._place, self._kept = self._trained.weights(), place, perf_counter()
        return self._good

    def sound(self, place: Place) -> bool:
        """Whether all weights are numbers. Now and then they are kept."""
        if perf_counter() - self._kept >= KEEP_SECONDS:
            return self.good(place) is not None
        return self._stepper.finite()

    def bring_back(self) -> Place:
        """Gives the model the weights that were kept last, and its optimizer a fresh start; tells of where they are."""
        self._trained.set_weights(self._good)
        self._trained.forget_steps()
        return self._place


class Best:
    """Keeps the weights of the epoch with the smallest loss, if training is to end early: after `patience` others."""

    def __init__(self, trained: TrainedModel, stepper: Stepper, patience: int) -> None:
        self._trained = trained
        self._stepper = stepper
        self._patience = patience
        self._loss, self._epoch = math.inf, 0
        self._weights: Weights | None = None

    def judge(self, done: Epoch) -> None:
        """An epoch has ended. Raises Ended, the best weights brought back, where it has not got better for long."""
        if not self._patience:
            return
        loss = done.loss if done.val_loss is None else done.val_loss
        if loss < self._loss:
            self._loss, self._epoch, self._weights = loss, done.epoch, self._trained.weights()
        late = self._weights is not None and done.epoch - self._epoch >= self._patience
        if self._stepper.anybody(late) and self._weights is not None:
            self._trained.set_weights(self._weights)
            raise Ended(
                say(
                    "The loss has not got smaller for {patience} epochs: training ended early, and the weights of "
                    "epoch {best} are back.",
                    patience=self._patience, best=self._epoch + 1,
                ),
                ending="early",
            )  # fmt: skip
