"""The brush that every canvas paints with: its value, its size, and whether it erases."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QObject, Signal

from cnn_explorer.network.drawing import MNIST_SIDE, Stroke, is_painted_by_cell
from cnn_explorer.session.settings import Settings

SIZES = (0.6, 4.0)
"""The radius of the soft brush, smallest and largest, in cells of an image of MNIST's size."""


class Brush(QObject):
    """`value` is painted into the cells of small images, full ink (1) softly onto larger ones.

    `size` is the radius of the soft brush in cells of an image of MNIST's size, within SIZES, and grows with larger
    images, so that it looks the same on the screen; it is kept in the settings. `erasing` makes the soft brush an
    eraser: cells are erased by painting 0. `plane` is the one channel of a colour image that is shown and painted on,
    None for all three together.
    """

    changed = Signal()

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self.value = 1.0
        self.erasing = False
        self.plane: int | None = None

    @property
    def size(self) -> float:
        """The radius of the soft brush in cells of an image of MNIST's size."""
        return min(max(self._settings.values.brush_size, SIZES[0]), SIZES[1])

    def set_value(self, value: float) -> None:
        """Paint cells with another value."""
        if value != self.value:
            self.value = value
            self.changed.emit()

    def set_size(self, size: float) -> None:
        """Make the soft brush larger or smaller."""
        self._settings.set("brush_size", size)
        self.changed.emit()

    def set_erasing(self, erasing: bool) -> None:
        """Make the soft brush an eraser, or a brush again."""
        if erasing != self.erasing:
            self.erasing = erasing
            self.changed.emit()

    def set_plane(self, plane: int | None) -> None:
        """Show and paint one channel of colour images; None for all three together."""
        if plane != self.plane:
            self.plane = plane
            self.changed.emit()

    def planes(self, pixels: np.ndarray) -> tuple[int, ...]:
        """The channels of an image (rows, columns, channels) that are painted on."""
        channels = pixels.shape[2]
        return tuple(range(channels)) if self.plane is None or channels == 1 else (self.plane,)

    def radius(self, pixels: np.ndarray) -> float:
        """The radius in cells on an image (rows, columns, channels); 0 where whole cells are painted."""
        return 0.0 if is_painted_by_cell(pixels) else self.size * max(1.0, max(pixels.shape[:2]) / MNIST_SIDE)

    def erases(self, pixels: np.ndarray) -> bool:
        """Whether the brush takes ink away from an image (rows, columns, channels)."""
        return self.erasing if self.radius(pixels) else self.value == 0

    def stroke(self, pixels: np.ndarray, erase: bool) -> Stroke:
        """The beginning of a stroke on an image (rows, columns, channels)."""
        radius = self.radius(pixels)
        ink = 1.0 if radius else self.value
        return Stroke(pixels, 0.0 if erase else ink, radius, self.planes(pixels))
