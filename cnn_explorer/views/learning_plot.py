"""Where the curves of a training stand: axes with round numbers, and points as places in a rectangle. No widget."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPolygonF

from cnn_explorer.network.course import Numbers

FEWEST_TICKS = 3
NICE = (1.0, 2.0, 2.5, 5.0, 10.0)


def tick_step(span: float, most: int) -> float:
    """The smallest round number of which at most `most` fit into a span above 0."""
    rough = span / max(most, 1)
    unit = 10.0 ** floor(log10(rough))
    return next(step * unit for step in NICE if step * unit >= rough * (1 - 1e-9))


def ticks(low: float, high: float, most: int) -> list[float]:
    """Round numbers from low to high, at most `most` + 1."""
    step = tick_step(high - low, most)
    first = ceil(low / step - 1e-9)
    return [number * step for number in range(first, floor(high / step + 1e-9) + 1)]


@dataclass(frozen=True)
class Plot:
    """The axes of a curve: `x` and `y` are the limits, in batches and in what is plotted, `rect` is where they lie."""

    rect: QRectF
    x: tuple[float, float]
    y: tuple[float, float]

    def across(self, step: float) -> float:
        """Where a batch stands from left to right."""
        return self.rect.left() + (step - self.x[0]) / (self.x[1] - self.x[0]) * self.rect.width()

    def up(self, value: float) -> float:
        """Where a value stands from top to bottom."""
        return self.rect.bottom() - (value - self.y[0]) / (self.y[1] - self.y[0]) * self.rect.height()

    def step_at(self, across: float) -> float:
        """The batch at a place, kept within the axis."""
        part = (across - self.rect.left()) / max(self.rect.width(), 1.0)
        return self.x[0] + min(max(part, 0.0), 1.0) * (self.x[1] - self.x[0])

    def lines(self, steps: Numbers, values: Numbers) -> list[QPolygonF]:
        """A curve, with a point for each column of pixels at most, in parts where numbers are missing."""
        steps, values = thinned(steps, values, max(int(self.rect.width()), 2))
        finite = np.isfinite(values)
        parts: list[QPolygonF] = []
        for start, end in _runs(finite):
            x = self.rect.left() + (steps[start:end] - self.x[0]) / (self.x[1] - self.x[0]) * self.rect.width()
            share = np.clip((values[start:end] - self.y[0]) / (self.y[1] - self.y[0]), -0.5, 1.5)
            y = self.rect.bottom() - share * self.rect.height()
            parts.append(QPolygonF([QPointF(*point) for point in zip(x.tolist(), y.tolist(), strict=True)]))
        return parts


def thinned(steps: Numbers, values: Numbers, most: int) -> tuple[Numbers, Numbers]:
    """Means of neighbours where there are more than `most` points; the last point stays itself."""
    each = -(-len(values) // most) if most else 1
    if each <= 1:
        return steps, values
    starts = np.arange(0, len(values), each)
    counts = np.diff(np.append(starts, len(values)))
    means = np.add.reduceat(values, starts) / counts
    return np.append(steps[np.minimum(starts + each // 2, len(steps) - 1)], steps[-1]), np.append(means, values[-1])


def _runs(flags: np.ndarray) -> Sequence[tuple[int, int]]:
    """Where runs of True begin and end."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], flags, [False]]).astype(np.int8)))
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))
