"""Turns of a mouse wheel and strokes of a touchpad as whole steps."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent

ANGLE_A_STEP = 120.0
PIXELS_A_STEP = 24.0


class WheelSteps:
    """Adds up what a wheel or a touchpad reports until it makes a step; what is left over waits for the next event."""

    def __init__(self) -> None:
        self._rest = 0.0

    def take(self, event: QWheelEvent) -> int:
        """Whole steps, positive away from the user. Turning back starts anew; a touchpad's coasting counts nothing."""
        if event.phase() == Qt.ScrollPhase.ScrollMomentum:
            return 0
        turned = self._turned(event)
        if event.phase() == Qt.ScrollPhase.ScrollBegin or turned * self._rest < 0:
            self._rest = 0.0
        self._rest += turned
        steps = int(self._rest)
        self._rest -= steps
        return steps

    def _turned(self, event: QWheelEvent) -> float:
        pixels, angle = event.pixelDelta(), event.angleDelta()
        if not pixels.isNull():
            return (pixels.y() or -pixels.x()) / PIXELS_A_STEP
        return (angle.y() or angle.x()) / ANGLE_A_STEP  # with Alt or Shift the turn is reported as sideways
