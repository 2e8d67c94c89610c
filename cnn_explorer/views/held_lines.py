"""A text with room for so many lines, whatever it says: what stands below does not move. What is longer is told by a
tooltip."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QResizeEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QLabel, QSizePolicy


class HeldLines(QLabel):
    """A label in one of the style sheet's roles. Its text is parted between words; where the last line has no room for
    the rest, that ends in an ellipsis."""

    def __init__(self, role: str, lines: int) -> None:
        super().__init__()
        self.setProperty("role", role)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._lines = lines

    def sizeHint(self) -> QSize:
        return QSize(0, self._lines * self.fontMetrics().lineSpacing())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def shown_lines(self) -> list[str]:
        """What is drawn, line by line."""
        lines = [line.strip() for line in self._parted()]
        kept = lines[: self._lines]
        if len(lines) > len(kept):
            rest = " ".join(lines[self._lines - 1 :])
            kept[-1] = self.fontMetrics().elidedText(rest, Qt.TextElideMode.ElideRight, self.width())
        return kept

    def _parted(self) -> list[str]:
        """The text in lines as wide as the label."""
        text, lines = self.text(), []
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout = QTextLayout(text, self.font())
        layout.setTextOption(option)
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(self.width())
            lines.append(text[line.textStart() : line.textStart() + line.textLength()])
        layout.endLayout()
        return lines

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, metrics = QPainter(self), self.fontMetrics()
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        for at, line in enumerate(self.shown_lines()):
            painter.drawText(QPointF(0, at * metrics.lineSpacing() + metrics.ascent()), line)
        painter.end()

    def setText(self, text: str) -> None:
        super().setText(text)
        self._tell_rest()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._tell_rest()

    def _tell_rest(self) -> None:
        """The whole text as a tooltip, where not all of it is seen."""
        seen, text = "".join(self.shown_lines()), self.text()
        self.setToolTip("" if seen.replace(" ", "") == text.replace(" ", "") else text)
