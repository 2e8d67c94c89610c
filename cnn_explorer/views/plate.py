"""A plate on the stage: a card with words and numbers, in the middle between a layer's input and its output."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from cnn_explorer.network.explanation import Explanation
from cnn_explorer.views.arithmetic_words import Line, fitting_size, paint_words
from cnn_explorer.views.stage_paint import elided, font, paint_message
from cnn_explorer.views.stage_scene import Scene
from cnn_explorer.views.theme import Scale, theme

PAD = 10.0
CENTRE = Qt.AlignmentFlag.AlignCenter


@dataclass(frozen=True, eq=False)
class Plate:
    """One painting of a plate in `rect`, for the output cell (row, column) that `found` explains.

    `size` is the font of its text, `smallest` what no text on it may fall below.
    """

    painter: QPainter
    rect: QRectF
    scene: Scene
    found: Explanation
    row: int
    column: int
    size: float
    smallest: float
    input_scale: Scale

    @property
    def inside(self) -> QRectF:
        """The plate without its rim."""
        return self.rect.adjusted(PAD, PAD, -PAD, -PAD)

    def paint_ground(self) -> None:
        """The card itself."""
        self.painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.painter.setPen(QPen(theme.role("border"), 1))
        self.painter.setBrush(theme.role("surface"))
        self.painter.drawRoundedRect(self.rect, 8, 8)
        self.painter.setBrush(Qt.BrushStyle.NoBrush)

    def paint_lines(self, lines: list[Line], rect: QRectF) -> None:
        """Words in lines, as large as fit into `rect`, in its vertical middle."""
        paint_words(self.painter, rect, lines, fitting_size(lines, rect.width(), rect.height(), self.size))

    def paint_text(self, rect: QRectF, text: str, role: str, size: float, bold: bool = False) -> None:
        """One text in the middle of `rect`, its end left out where it is too long."""
        self.painter.setFont(font(size, bold))
        self.painter.setPen(theme.role(role))
        self.painter.drawText(rect, CENTRE, elided(text, size, bold, rect.width()))

    def paint_sentence(self, rect: QRectF, text: str) -> None:
        """A sentence, wrapped."""
        paint_message(self.painter, rect, text, self.size, "quiet")
