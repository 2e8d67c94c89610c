"""What learning has done to the kernel that is looked at: as it was, as it is, and the difference, as numbers."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QVBoxLayout, QWidget

from cnn_explorer.network.arrays import Floats
from cnn_explorer.network.layers.layer import Layer
from cnn_explorer.network.numbers import Digits, rounded_digits
from cnn_explorer.network.training import with_weights
from cnn_explorer.session.language import tr
from cnn_explorer.session.session import Session
from cnn_explorer.session.training import Training
from cnn_explorer.views.controls import describe, label
from cnn_explorer.views.grid_paint import paint_cells, paint_lines, paint_numbers
from cnn_explorer.views.kernel_target import Target, target_of
from cnn_explorer.views.stage_paint import font, text_width
from cnn_explorer.views.theme import Scale, theme

GAP = 10.0
CAPTION = 18.0
LARGEST_CELL = 40.0
SIGNS = ("\u2212", "=")


class Grids(QWidget):
    """Small grids beside each other with a sign between them and a caption above each; numbers where they fit."""

    pointed = Signal(str)

    def __init__(self, count: int, signs: tuple[str, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._signs = signs
        self.captions = [""] * count
        self.roles = ["kernel"] * count
        self.values: list[np.ndarray] = []
        self.scales: list[Scale] = []
        self.digits: list[Digits] = []
        self.largest = LARGEST_CELL
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self.update)

    def show_grids(self, values: list[np.ndarray], scales: list[Scale], digits: list[Digits]) -> None:
        """Show grids (rows, columns), each with its scale and how its numbers are written; an empty list for none."""
        taller = bool(values) != bool(self.values) or (values and values[0].shape != self.values[0].shape)
        self.values, self.scales, self.digits = values, scales, digits
        if taller:
            self.updateGeometry()
        self.update()

    def cell(self, width: float) -> float:
        """The side of a cell, in pixels, where the widget is so wide."""
        if not self.values:
            return 0.0
        count = len(self.captions)
        room = (width - 1 - GAP * (count - 1)) / count
        return max(min(room / max(each.shape[1] for each in self.values), self.largest), 2.0)

    def rects(self) -> list[QRectF]:
        """Where the grids stand."""
        cell, left, found = self.cell(self.width()), 0.0, []
        for values in self.values:
            found.append(QRectF(left, CAPTION, cell * values.shape[1], cell * values.shape[0]))
            left += cell * values.shape[1] + GAP
        return found

    def heightForWidth(self, width: int) -> int:
        rows = max((each.shape[0] for each in self.values), default=0)
        return round(CAPTION + rows * self.cell(width)) + 2

    def sizeHint(self) -> QSize:
        return QSize(240, self.heightForWidth(240))

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            rects = self.rects()
            for place, rect in enumerate(rects):
                self._paint_grid(painter, rect, place)
            painter.setFont(font(12, True))
            painter.setPen(theme.role("text"))
            for sign, rect in zip(self._signs, rects, strict=False):
                place = QRectF(rect.right(), rect.top(), GAP, rect.height())
                painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), sign)

    def _paint_grid(self, painter: QPainter, rect: QRectF, place: int) -> None:
        values = self.values[place]
        paint_cells(painter, rect, values, self.scales[place])
        paint_lines(painter, rect, *values.shape)
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        paint_numbers(painter, rect, values, self.scales[place], self.digits[place])
        size = 12.0
        while size > 8 and text_width(self.captions[place], size) > rect.width() + GAP - 2:
            size -= 1
        painter.setFont(font(size))
        painter.setPen(theme.role(self.roles[place]))
        wide = QRectF(rect.left(), 0, rect.width() + GAP, CAPTION - 2)
        painter.drawText(wide, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), self.captions[place])


class TrainChange(QWidget):
    """A switch, and below it the focused filter's kernel: now minus at the start is the change."""

    def __init__(self, session: Session, training: Training) -> None:
        super().__init__()
        self._session, self._training = session, training
        self.switch = QCheckBox()
        self.switch.setChecked(True)
        self.which = label("quiet")
        self.which.setWordWrap(True)
        self.grids = Grids(3, SIGNS)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for part in (self.switch, self.which, self.grids):
            column.addWidget(part)
        self.switch.toggled.connect(self.redraw)
        for signal in (session.evaluated, session.cursor_moved, training.snapped, training.changed):
            signal.connect(self.redraw)
        self.retranslate()

    def kernels(self) -> tuple[Floats, Floats] | None:
        """The kernel (rows, columns) at the start and as it is shown; None where there is none to compare."""
        target, start = target_of(self._session), self._training.snapshots.first
        if target is None or start is None:
            return None
        network = self._session.evaluation.document.network
        keys = [key for key in start.weights if key[0] == target.index]
        if target.index >= len(network.layers) or not keys:
            return None
        now = _same_shapes(network.layers[target.index], target)
        before = with_weights(self._session.document.network, {key: start.weights[key] for key in keys})
        old = before.layers[target.index].filter_weights(target.shape, target.filter)
        new = None if now is None else now.filter_weights(target.shape, target.filter)
        if old is None or new is None or old.shape != new.shape:
            return None
        return old[:, :, target.place], new[:, :, target.place]

    def redraw(self) -> None:
        """Show the kernel from nothing."""
        if not self.isVisible():
            return
        found = self.kernels() if self.switch.isChecked() else None
        self.which.setText(self._sentence(found is not None))
        self.which.setVisible(self.switch.isChecked())
        if found is None:
            self.grids.show_grids([], [], [])
            return
        old, new = found
        change = new - old
        scale = Scale.of_signed(np.stack([old, new]))
        digits = rounded_digits(10 * scale.high)  # one place less: three grids share the width
        values = [new, old, change]
        self.grids.show_grids(values, [scale, scale, scale], [digits] * 3)

    def _sentence(self, found: bool) -> str:
        target = target_of(self._session)
        if not found or target is None:
            return tr("While it learns, the kernel that you look at is compared here with what it was at the start.")
        layer = target.layer.name or target.layer.label()
        return tr(
            "{layer}, filter {filter}, channel {channel}",
            layer=layer, filter=target.filter + 1, channel=target.place + 1,
        )  # fmt: skip

    def showEvent(self, event: QEvent) -> None:
        super().showEvent(event)
        self.redraw()

    def retranslate(self) -> None:
        """Set every text."""
        self.switch.setText(tr("Change since the start"))
        describe(
            self.switch, tr("Change since the start"), tr("Compare the focused filter's kernel with what it began as")
        )
        self.grids.captions = [tr("now"), tr("start"), tr("change")]
        describe(self.grids, tr("Change of the kernel"), tr("The kernel now, minus at the start, is the change"))
        self.redraw()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()


def _same_shapes(layer: Layer, target: Target) -> Layer | None:
    """The layer on the screen, where it is still of the kind that the newest document has there."""
    return layer if type(layer) is type(target.layer) else None
