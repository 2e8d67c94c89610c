"""One curve of a training, loss or accuracy: batch by batch in blue, validation after each epoch in orange."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from cnn_explorer.network.course import Course, Numbers, smoothed
from cnn_explorer.network.numbers import loss_text
from cnn_explorer.network.training_progress import Epoch
from cnn_explorer.session.language import tr
from cnn_explorer.views.controls import describe
from cnn_explorer.views.learning_plot import Plot, ticks
from cnn_explorer.views.stage_paint import font, text_width
from cnn_explorer.views.theme import theme

LEAST_HEIGHT, MOST_HEIGHT = 104, 240
SHARE, ELSEWHERE = 0.2, 200
"""Of what the window is higher than that: in a low one the scrubber below two curves is in view, with its buttons."""
TEXT = 12.0
TICK_TEXT = 11.0
HEAD = 25.0
FOOT = 17.0
RIGHT = 10.0
WIDEST = "100%"
"""A label that leaves the curves below each other the same room."""
FAINT = 90
"""The opacity of the unsmoothed curve, of 255."""
TRAINING, VALIDATION = "kernel", "input"
"""Their colours, as roles of the theme."""


@dataclass(frozen=True)
class Kind:
    """What is plotted: `name` is "loss" or "accuracy"; `most` is the highest value there can be, None where there is
    none. `alone`: it is no training with epochs that is plotted, but steps, and nothing to look back to."""

    name: str
    most: float | None = None
    alone: bool = False


LOSS, ACCURACY, STEPS = Kind("loss"), Kind("accuracy", 1.0), Kind("loss", alone=True)


def written(value: float | None, kind: Kind) -> str:
    """A loss to three digits, an accuracy in per cent; a dash for none."""
    if value is None or not np.isfinite(value):
        return "\u2013"
    return f"{value:.1%}".replace("%", "\u202f%") if kind is ACCURACY else loss_text(value, 3)


class LearningCurve(QWidget):
    """A plot with its own legend. `picked` carries the batch under a press or a drag, `pointed` the read-out."""

    picked = Signal(float)
    pointed = Signal(str)

    def __init__(self, kind: Kind, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kind = kind
        self._first = 0.0
        self._steps: Numbers = np.zeros(0)
        self._epochs: list[Epoch] = []
        self._batches, self._width = 0, 1
        self._values: Numbers = np.zeros(0)
        self._smooth: Numbers = np.zeros(0)
        self.marked: float | None = None
        self._under: float | None = None
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        theme.changed.connect(self.update)
        self.retranslate()

    def sizeHint(self) -> QSize:
        return QSize(200, round(min(max(SHARE * (self.window().height() - ELSEWHERE), LEAST_HEIGHT), MOST_HEIGHT)))

    def minimumSizeHint(self) -> QSize:
        return QSize(200, LEAST_HEIGHT)

    # what is shown

    def show_course(self, course: Course, batches: int, smoothing: int) -> None:
        """Draw a course whose epochs have so many batches (0: not known), points being means of `smoothing`."""
        self._batches, self._first = batches, float(course.first)
        # As it is now: by the next painting the course may be another one.
        self._steps, self._epochs = course.steps, list(course.epochs)
        self._values = course.accuracies if self.kind is ACCURACY else course.losses
        self._smooth = smoothed(self._values, max(1, smoothing // course.stride))
        self._speak()
        self.update()

    def mark(self, step: float | None) -> None:
        """Draw a line at a batch that is looked back at; None for none."""
        if step != self.marked:
            self.marked = step
            self.update()

    @property
    def validation(self) -> list[tuple[int, float]]:
        """(batch, value) of each epoch's validation."""
        name = f"val_{self.kind.name}"
        found = [(each.step, getattr(each, name)) for each in self._epochs]
        return [(step, value) for step, value in found if value is not None and np.isfinite(value)]

    @property
    def newest(self) -> tuple[float | None, float | None]:
        """The last value of training, smoothed, and of validation."""
        validation = self.validation
        training = float(self._smooth[-1]) if len(self._smooth) else None
        return training, validation[-1][1] if validation else None

    def plot(self) -> Plot:
        """The axes: to the end of the running epoch, and from 0 to the highest value."""
        last, first = self._steps[-1] if len(self._steps) else 0.0, self._first
        whole = max(self._batches, 1)
        end = max(whole * -(-last // whole), first + 1, float(whole if self._batches else 20))
        top = self._top()
        labels = [self._tick_text(value) for value in ticks(0, top, self._most_ticks())]
        left = max(text_width(text, TICK_TEXT) for text in (*labels, WIDEST)) + 8
        rect = QRectF(left, HEAD, max(self.width() - left - RIGHT, 10), self.height() - HEAD - FOOT)
        return Plot(rect, (first if first < end else 0.0, end), (0.0, top))

    def _top(self) -> float:
        if self.kind.most is not None:
            return self.kind.most
        shown = np.concatenate([self._smooth, [value for _, value in self.validation]])
        finite = shown[np.isfinite(shown)]
        return float(finite.max(initial=0.0)) * 1.05 or 1.0

    def _most_ticks(self) -> int:
        return max(2, int((self.height() - HEAD - FOOT) // 28))

    def _tick_text(self, value: float) -> str:
        return f"{value:.0%}" if self.kind is ACCURACY else f"{value:.4g}"

    # drawing

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:  # ended even where something raises: Qt would crash otherwise
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            plot = self.plot()
            self._paint_axes(painter, plot)
            self._paint_legend(painter)
            painter.setClipRect(plot.rect.adjusted(-5, -5, 5, 2))
            if len(self._values):
                self._paint_curves(painter, plot, self._steps)
            self._paint_marks(painter, plot)

    def _paint_axes(self, painter: QPainter, plot: Plot) -> None:
        painter.setFont(font(TICK_TEXT))
        for value in ticks(*plot.y, self._most_ticks()):
            y = plot.up(value)
            painter.setPen(QPen(theme.role("border"), 1))
            painter.drawLine(QPointF(plot.rect.left(), y), QPointF(plot.rect.right(), y))
            painter.setPen(theme.role("quiet"))
            place = QRectF(0, y - 8, plot.rect.left() - 5, 16)
            flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(place, int(flags), self._tick_text(value))
        self._paint_epochs(painter, plot)

    def _paint_epochs(self, painter: QPainter, plot: Plot) -> None:
        """A line at the end of each epoch, its number below where there is room; without epochs, batches."""
        whole = self._batches
        if not whole:
            return
        pitch = plot.across(plot.x[0] + whole) - plot.rect.left()
        every = max(1, -(-int(text_width("999", TICK_TEXT) + 6) // max(int(pitch), 1)))
        first, last = int(plot.x[0] // whole), int(round(plot.x[1] / whole))
        for number in range(first, last):
            right = plot.across((number + 1) * whole)
            painter.setPen(QPen(theme.role("border"), 1))
            if number + 1 < last and pitch >= 3:
                painter.drawLine(QPointF(right, plot.rect.top()), QPointF(right, plot.rect.bottom()))
            if (number + 1) % every == 0:
                painter.setPen(theme.role("quiet"))
                text = tr("epoch {number}", number=number + 1)
                if text_width(text, TICK_TEXT) > pitch * every - 6:
                    text = str(number + 1)
                place = QRectF(right - pitch * every, plot.rect.bottom() + 2, pitch * every, FOOT)
                painter.drawText(place, int(Qt.AlignmentFlag.AlignHCenter), text)

    def _paint_legend(self, painter: QPainter) -> None:
        x = self._paint_word(painter, 0.0, self._title(), "text", True) + 12
        training, validation = self.newest
        for name, value, role in (
            (tr("training"), training, TRAINING), (tr("validation"), validation, VALIDATION),
        ):  # fmt: skip
            text = written(value, self.kind) if self.kind.alone else f"{name} {written(value, self.kind)}"
            if value is not None and x + text_width(text, TEXT) > self.width():
                text = written(value, self.kind)
            if value is not None:
                x = self._paint_word(painter, x, text, role, False) + 10

    def _paint_word(self, painter: QPainter, x: float, text: str, role: str, bold: bool) -> float:
        painter.setFont(font(TEXT, bold))
        painter.setPen(theme.role(role))
        painter.drawText(QPointF(x, HEAD - 12), text)
        return x + text_width(text, TEXT, bold)

    def _paint_curves(self, painter: QPainter, plot: Plot, steps: Numbers) -> None:
        faint = QColor(theme.role(TRAINING))
        faint.setAlpha(FAINT)
        if self._smooth is not self._values:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)  # takes a fourth of the time
            self._paint_lines(painter, plot, steps, self._values, QPen(faint, 1))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_lines(painter, plot, steps, self._smooth, QPen(theme.role(TRAINING), 2))
        points = self.validation
        if points:
            at, values = (np.array(each, float) for each in zip(*points, strict=True))
            self._paint_lines(painter, plot, at, values, QPen(theme.role(VALIDATION), 2, Qt.PenStyle.DashLine))
            painter.setBrush(theme.role(VALIDATION))
            painter.setPen(QPen(theme.role("surface"), 1))
            for step, value in points:
                painter.drawEllipse(QPointF(plot.across(step), plot.up(min(value, plot.y[1]))), 4, 4)

    def _paint_lines(self, painter: QPainter, plot: Plot, steps: Numbers, values: Numbers, pen: QPen) -> None:
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for line in plot.lines(steps, values):
            painter.drawPolyline(line)

    def _paint_marks(self, painter: QPainter, plot: Plot) -> None:
        for step, role, width in ((self._under, "quiet", 1), (self.marked, "window", 2)):
            if step is not None:
                x = plot.across(min(max(step, plot.x[0]), plot.x[1]))
                painter.setPen(QPen(theme.role(role), width))
                painter.drawLine(QPointF(x, plot.rect.top()), QPointF(x, plot.rect.bottom()))

    # the mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and len(self._values):
            self.picked.emit(self.plot().step_at(event.position().x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        step = self.plot().step_at(event.position().x())
        if event.buttons() & Qt.MouseButton.LeftButton and len(self._values):
            self.picked.emit(step)
        self._under = step if len(self._values) else None
        self.pointed.emit(self.read_out(step))
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._under = None
        self.pointed.emit("")
        self.update()

    def read_out(self, step: float) -> str:
        """What there is to say of a batch."""
        if not len(self._values):
            return ""
        place = min(int(np.searchsorted(self._steps, step, "right")), len(self._values) - 1)
        batch = int(self._steps[place])
        value = written(float(self._smooth[place]), self.kind)
        if self.kind.alone:
            return tr("Step {step}: loss {value}", step=f"{place:,}", value=value)
        if not self._batches:
            return tr("Batch {batch}: {what} {value}", batch=f"{batch:,}", what=self._title(), value=value)
        epoch = (batch - 1) // self._batches + 1
        return tr(
            "Epoch {epoch}, batch {batch}: {what} {value}",
            epoch=epoch, batch=f"{batch:,}", what=self._title(), value=value,
        )  # fmt: skip

    # words

    def _title(self) -> str:
        return tr("Accuracy") if self.kind is ACCURACY else tr("Loss")

    def retranslate(self) -> None:
        """Set every text."""
        tip = "" if self.kind.alone else tr("Click or drag: the network as it was after that batch")
        describe(self, self._title(), tip)
        self._speak()
        self.update()

    def _speak(self) -> None:
        training, validation = self.newest
        values = written(training, self.kind), written(validation, self.kind)
        self.setAccessibleDescription(
            tr("training {training}, validation {validation}", training=values[0], validation=values[1])
        )

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
