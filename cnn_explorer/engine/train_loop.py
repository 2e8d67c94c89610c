"""The training itself: epoch by epoch, batch by batch, attentive between two batches.

The images of epoch e are in an order that `seed` and e decide. So a place in a training is two numbers, epoch and
batch, and going on from there is the same as never having stopped.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from time import perf_counter
from typing import Any

import numpy as np

from cnn_explorer.engine.train_attendant import Attendant, Ended
from cnn_explorer.engine.train_checkpoint import read_optimizer, write_checkpoint
from cnn_explorer.engine.train_course import Course, Pace
from cnn_explorer.engine.train_guard import CHECK_BATCHES, Best, Guard, Place
from cnn_explorer.engine.train_model import TrainedModel
from cnn_explorer.engine.train_step import Stepper
from cnn_explorer.files.opening import display_name
from cnn_explorer.files.training_data import Places, TrainingData
from cnn_explorer.files.training_record import TrainingRecord, read_record
from cnn_explorer.network.sentence import Refused, Sentence, say
from cnn_explorer.network.training import Job
from cnn_explorer.network.training_progress import Epoch, Finished, Progress, Result, Snapshot, Started

REPORT_SECONDS = 0.1


class Training:
    """A training of `trained` with `data`. `epoch` and `batch` say how far it is, `step` counts the batches in all."""

    def __init__(self, job: Job, trained: TrainedModel, data: TrainingData, attendant: Attendant) -> None:
        self.job = job
        self.trained = trained
        self.data = data
        self.stepper = Stepper(trained, data)
        self.epoch = self.batch = self.step = 0
        self.batches = -(-len(data.train) // job.settings.batch_size)
        self.last_epoch = job.settings.epochs
        self._attendant = attendant
        self._tell = attendant.tell
        self.course = Course()
        self._pace = Pace()
        self._guard = Guard(trained, self.stepper)
        self._best = Best(trained, self.stepper, job.settings.patience)
        self._reported = self._sent = self._mark = self._epoch_mark = perf_counter()
        self._warm = False
        self._waits_since: float | None = None
        self._validation_seconds = 0.0
        self._saved_step = -1
        self._order: tuple[int, Places] = (-1, data.train)
        if job.go_on:
            self._go_on()

    def _go_on(self) -> None:
        """To where the checkpoint was written."""
        record = read_record(self.job.checkpoint)
        if record is None:
            raise Refused(
                say("{file} has no training to go on with; start over.", file=display_name(self.job.checkpoint))
            )
        settings = self.job.settings
        same = len(self.data.train), settings.batch_size, settings.seed
        if (record.images, record.settings.batch_size, record.settings.seed) == same or record.batch == 0:
            self.epoch, self.batch = record.epoch, record.batch
        else:
            self.epoch = record.epoch + 1  # other batches: there is no such place in the middle
        self.step = record.step
        if self.epoch >= self.last_epoch:
            self.last_epoch += self.epoch
        self.course = Course(record.history, (record.loss, record.accuracy, self.batch))
        if record.settings.optimizer == settings.optimizer:
            read_optimizer(self.job.checkpoint, self.trained)

    # the whole

    def run(self) -> Finished:
        """Trains to the end, or until somebody ends it, then saves and tests."""
        data = self.data
        counts = len(data.train), len(data.validation), len(data.test)
        self._tell("started", Started(*counts, self.batches, data.classes, self.step, data.notes))
        self.send_snapshot()
        ended = Ended(ending="done")
        try:
            while self.epoch < self.last_epoch:
                self._train_epoch()
                self._end_epoch()
        except Ended as early:
            ended = early
        return self._finish(ended)

    def _finish(self, ended: Ended) -> Finished:
        self.report()
        self.send_snapshot()
        saved, trouble = self._save_at_last()
        result = self.test() if ended.tested else None
        notes = () if trouble is None else (trouble,)
        return Finished(self.step, self.course.history(), result, ended.reason, saved, notes, ended.ending)

    def _save_at_last(self) -> tuple[str, Sentence | None]:
        try:
            self.save()
        except Refused as refused:
            return "", refused.sentence
        return self.job.checkpoint, None

    # an epoch

    def places(self, batch: int) -> Places:
        """The places of the images of a batch of this epoch."""
        if self._order[0] != self.epoch:
            rng = np.random.default_rng((self.job.settings.seed, self.epoch))
            self._order = self.epoch, rng.permutation(self.data.train)
        first = batch * self.job.settings.batch_size
        return self._order[1][first : first + self.job.settings.batch_size]

    def _train_epoch(self) -> None:
        self._tell("state", "training")
        self._epoch_mark = perf_counter()
        self.go()
        while self.batch < self.batches:
            stop = self._attendant.attend(self)
            if stop and not self.stepper.together:
                raise Ended
            if self._train_batch(self.places(self.batch), stop):
                raise Ended
        self._insist_on_finite()
        self.report()

    def _train_batch(self, places: Places, stop: bool) -> bool:
        """Learns from a batch, and tells what is due. True where all who train together stop now."""
        loss, right, stop = self.stepper.train(places, stop)
        self.course.add(self.step, loss, right)
        self.batch += 1
        self.step += 1
        if self.step % CHECK_BATCHES == 0 or not np.isfinite(loss):
            self._insist_on_finite()
        now = perf_counter()
        if self._warm:
            self._pace.add(len(places), now - self._mark)
        self._mark, self._warm = now, True
        if now - self._reported >= REPORT_SECONDS or self.batch == 1:
            self.report()
        if 0 < self._attendant.snapshot_seconds <= now - self._sent:
            self.send_snapshot()
        return stop

    def pause(self) -> None:
        """Training waits: what was not told yet is told, so that it is seen how it stands."""
        self.report()
        self.send_snapshot()
        self._waits_since = perf_counter()

    def go(self) -> None:
        """Training begins, or goes on after a wait: neither that nor the first batch is to count for its pace."""
        self._mark, self._warm = perf_counter(), False
        if self._waits_since is not None:
            self._epoch_mark += self._mark - self._waits_since
            self._waits_since = None

    def _end_epoch(self) -> None:
        seconds = perf_counter() - self._epoch_mark
        val_loss, val_accuracy = self._validate()
        done = Epoch(self.epoch, self.step, *self.course.mean, val_loss, val_accuracy, seconds)
        self.course.end_epoch(done)
        self.epoch, self.batch = self.epoch + 1, 0
        self._tell("epoch", done)
        self._best.judge(done)
        try:
            self.save()
        except Refused as refused:
            self._attendant.trouble(self, self._not_kept(refused.sentence))

    def _not_kept(self, reason: Sentence) -> Sentence:
        """The name of the file says nothing to people, where its folder does."""
        folder = os.path.dirname(os.path.abspath(self.job.checkpoint))
        return say("What the training has learnt can't be kept in {folder}. {reason}", folder=folder, reason=reason)

    def _validate(self) -> tuple[float | None, float | None]:
        places = self.data.validation
        if not len(places):
            return None, None
        self._tell("state", "validating")
        begun, losses, right = perf_counter(), 0.0, 0
        for part, probabilities, each in self._watched(places):
            losses += float(each.sum())
            right += int(np.sum(np.argmax(probabilities, 1) == self.data.labels[part]))
        self._validation_seconds = perf_counter() - begun
        return losses / len(places), right / len(places)

    def _watched(self, places: Places) -> Iterator[Any]:
        """What the model says, a part at a time; who trains alone can be stopped between two."""
        for each in self.stepper.outputs(places):
            yield each
            if self._attendant.attend(self) and not self.stepper.together:
                raise Ended

    # weights

    @property
    def place(self) -> Place:
        """Epoch, batch, and batches in all."""
        return self.epoch, self.batch, self.step

    def _insist_on_finite(self) -> None:
        """Raises Ended, the last good weights brought back, where a weight is no number any more."""
        if self._guard.sound(self.place):
            return
        broken = self.step
        self.epoch, self.batch, self.step = self._guard.bring_back()
        self.course.forget_mean()
        raise Ended(
            say(
                "At batch {broken} weights were NaN or infinite, so training stopped; the weights of batch {good} are "
                "back. Try a smaller learning rate.",
                broken=broken, good=self.step,
            ),
            ending="diverged",
        )  # fmt: skip

    def send_snapshot(self) -> bool:
        """Tells the weights, where they are numbers; False where they are not."""
        weights = self._guard.good(self.place)
        if weights is not None:
            self._tell("snapshot", Snapshot(self.step, self.epoch, weights))
        self._sent = perf_counter()
        return weights is not None

    def changed(self) -> None:
        """Somebody has changed the weights: what is saved is not them any more."""
        self._saved_step = -1

    def save(self) -> None:
        """Writes the checkpoint, where it is not the same as the last. Raises Refused where it can't be written."""
        if not self.job.checkpoint or self._saved_step == self.step:
            return
        self._tell("state", "saving")
        write_checkpoint(self.job.checkpoint, self.trained, self.record())
        self._saved_step = self.step
        self._tell("saved", self.job.checkpoint)

    def keep(self, path: str) -> None:
        """Writes a checkpoint of its own to `path`, and tells of it when the weights in it have been told."""
        self.report()
        try:
            kept = self.send_snapshot()
            if kept:
                write_checkpoint(path, self.trained, self.record())
        except Refused:
            kept = False  # the document is saved all the same
        self._tell("kept", path if kept else "")

    def record(self) -> TrainingRecord:
        """What is saved beside the weights."""
        data = self.job.data
        return TrainingRecord(
            self.job.settings, data.kind, display_name(data.path), len(self.data.train), self.data.classes,
            self.epoch, self.batch, self.step, *self.course.mean, self.job.with_optimizer, self.course.history(),
        )  # fmt: skip

    # words

    def report(self) -> None:
        """Tells how it goes, where there is anything new."""
        self._reported = perf_counter()
        if not self.course.untold:
            return
        loss, accuracy = self.course.mean
        epochs = self.course.epochs
        validated = (epochs[-1].val_loss, epochs[-1].val_accuracy) if epochs else (None, None)
        self._tell(
            "progress",
            Progress(
                self.epoch, self.last_epoch, self.batch, self.batches, self.step, loss, accuracy,
                *self.course.take_unsent(), *validated,
                self._pace.images_per_second, self._seconds_left(),
            ),
        )  # fmt: skip

    def _seconds_left(self) -> float | None:
        rate = self._pace.images_per_second
        if not rate:
            return None
        done = min(self.batch * self.job.settings.batch_size, len(self.data.train))
        epochs = self.last_epoch - self.epoch
        return (epochs * len(self.data.train) - done) / rate + epochs * self._validation_seconds

    def test(self) -> Result | None:
        """How the model does on the test images; None where there are none, or somebody has no time for it."""
        places = self.data.test
        if not len(places):
            return None
        self._tell("state", "testing")
        try:
            said = [probabilities for _, probabilities, _ in self._watched(places)]
        except Ended:
            return None
        data = self.data
        return Result(data.numbers[places], data.labels[places], np.concatenate(said), data.classes)
