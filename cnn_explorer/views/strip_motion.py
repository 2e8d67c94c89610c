"""The cards in motion: they glide to their places, but for one that the pointer may hold."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from cnn_explorer.session.settings import Settings

FRAME = 16
SHARE_A_FRAME = 0.3
"""How much of the way that is left a card goes in one frame."""
NEAR_ENOUGH = 0.5


class Motion(QObject):
    """Where the left edges of the cards are at this moment: `lefts`. `moved` when they are elsewhere."""

    moved = Signal()

    def __init__(self, settings: Settings, parent: QObject) -> None:
        super().__init__(parent)
        self._settings = settings
        self.lefts: list[float] = []
        self._places: list[float] = []
        self._held: int | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(FRAME)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._next_frame)

    @property
    def gliding(self) -> bool:
        """Whether cards are on their way."""
        return self._timer.isActive()

    def jump(self, places: Sequence[float]) -> None:
        """Be at these places, whatever moved before."""
        self._timer.stop()
        self._held = None
        self.lefts, self._places = list(places), list(places)

    def take(self, order: Sequence[int]) -> None:
        """The cards are in another order from now on: what was `order[i]` is card i."""
        self.lefts = [self.lefts[old] for old in order]

    def hold(self, card: int, left: float) -> None:
        """Keep a card where the pointer has it."""
        self._held = card
        self.lefts[card] = left

    def glide(self, places: Sequence[float], let_go: bool = False) -> None:
        """Go to these places; with `let_go` the card that the pointer held, too. At once without animation."""
        self._places = list(places)
        if let_go:
            self._held = None
        if self._settings.values.animation:
            self._timer.start()
        else:
            self.lefts = [self._next(at, share=1.0) for at in range(len(places))]
        self.moved.emit()

    def _next_frame(self) -> None:
        self.lefts = [self._next(at, SHARE_A_FRAME) for at in range(len(self._places))]
        if all(at == self._held or left == self._places[at] for at, left in enumerate(self.lefts)):
            self._timer.stop()
        self.moved.emit()

    def _next(self, at: int, share: float) -> float:
        if at == self._held:
            return self.lefts[at]
        way = self._places[at] - self.lefts[at]
        return self._places[at] if abs(way) < NEAR_ENOUGH else self.lefts[at] + share * way
