"""In place of the runner and the engine behind it: what is asked for is kept, and a test says what comes of it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Signal

from cnn_explorer.network.findings import Inquiry


class FakeRunner(QObject):
    """What brings inquiries to an engine that a test plays; `asked` are the numbers with their inquiries."""

    state_changed = Signal()
    job_told = Signal(object)

    def __init__(self, state: str = "ready") -> None:
        super().__init__()
        self.state = state
        self.asked: list[tuple[int, Inquiry | None]] = []

    def ask(self, number: int, inquiry: Inquiry | None) -> None:
        self.asked.append((number, inquiry))

    def become(self, state: str) -> None:
        self.state = state
        self.state_changed.emit()

    @property
    def newest(self) -> tuple[int, Inquiry]:
        """The last inquiry, with its number."""
        return next((number, asked) for number, asked in reversed(self.asked) if asked is not None)

    def tell(self, word: str, *told: Any) -> None:
        """Say "progress", "done" or "failed" of the last inquiry."""
        self.job_told.emit((f"job {word}", self.newest[0], *told))
