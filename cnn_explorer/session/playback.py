"""Playing the steps of the focused layer: one output cell after the other, at reading speed, then faster."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from cnn_explorer.session.session import Session

SPEEDS = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0)
READING = 800.0
"""Milliseconds a step at 1×, while there is time to read the sum."""
READING_STEPS = 12
LONGEST_RUN = 30_000.0
"""Milliseconds that a run may take at 1×: a map with more cells than that allows at reading speed accelerates."""
FRAME = 16.0


def pace(step: int, total: int) -> float:
    """Milliseconds from `step` (counted from where the run began) to the next, in a run of `total` steps, at 1×.

    Up to 37 steps all are at reading speed. Longer runs read the first 12 and then shorten each step by 12 % until
    what is left would pass in 30 s.
    """
    if total * READING <= LONGEST_RUN or step < READING_STEPS:
        return READING
    fastest = (LONGEST_RUN - READING_STEPS * READING) / total
    return float(max(fastest, READING * 0.88 ** (step - READING_STEPS)))


class Playback(QObject):
    """Moves the session's cursor along. `changed` tells of playing, pausing, speed and loop."""

    changed = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._advance)
        self._steps_played = 0
        self.speed = 1.0
        self.loop = False

    @property
    def playing(self) -> bool:
        """Whether it runs."""
        return self._timer.isActive()

    @property
    def interval(self) -> float:
        """Milliseconds until the next step at the present pace."""
        return pace(self._steps_played, self._total()) / self.speed

    def _total(self) -> int:
        shape = self._session.output_shape()
        return shape[0] * shape[1] if shape else 0

    def _step(self) -> int:
        shape = self._session.output_shape()
        return self._session.cursor.step(shape) if shape else 0

    def toggle(self) -> None:
        """Play or pause. Played from the last step, or from the whole map at its first, it starts over."""
        if self.playing:
            self.pause()
        elif self._total():
            if not self._session.cursor.stepping or self._step() >= self._total() - 1:
                self._session.move(stepping=True)
                self._session.move_to_step(0)
            self._steps_played = 0
            self._schedule()
            self.changed.emit()

    def pause(self) -> None:
        """Stop where it is."""
        if self.playing:
            self._timer.stop()
            self.changed.emit()

    def go(self, step: int) -> None:
        """Pause, and show the map up to this step."""
        self.pause()
        self._session.move(stepping=True)
        self._session.move_to_step(step)

    def forward(self) -> None:
        """One step on."""
        self.go(self._step() + 1 if self._session.cursor.stepping else self._step())

    def back(self) -> None:
        """One step back."""
        self.go(self._step() - 1)

    def first(self) -> None:
        """To the first step."""
        self.go(0)

    def last(self) -> None:
        """To the last step: the whole map."""
        self.go(self._total() - 1)

    def set_speed(self, speed: float) -> None:
        """Play `speed` times as fast, one of SPEEDS."""
        self.speed = speed
        if self.playing:
            self._schedule()
        self.changed.emit()

    def set_loop(self, loop: bool) -> None:
        """Start over at the end."""
        self.loop = loop
        self.changed.emit()

    def _schedule(self) -> None:
        self._timer.start(max(int(FRAME), round(self.interval)))

    def _advance(self) -> None:
        total, step = self._total(), self._step()
        at_end = step >= total - 1
        if total == 0 or (at_end and not self.loop):
            self.changed.emit()
            return
        several = max(1, round(FRAME / self.interval))
        self._steps_played += several
        self._session.move_to_step(0 if at_end else min(step + several, total - 1))
        self._schedule()
