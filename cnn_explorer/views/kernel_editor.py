"""The numbers of one kernel and its bias, to be edited in place, and which filter and channel they belong to."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from cnn_explorer.network.arrays import frozen
from cnn_explorer.network.layers import Layer
from cnn_explorer.network.numbers import digits_for
from cnn_explorer.network.sentence import Sentence, say
from cnn_explorer.session.language import tr
from cnn_explorer.session.session import Session
from cnn_explorer.views.controls import describe, label
from cnn_explorer.views.kernel_target import Target, move_to
from cnn_explorer.views.layer_panel import keep_place
from cnn_explorer.views.number_grid import NumberGrid
from cnn_explorer.views.scales import Scales
from cnn_explorer.views.stepper import Stepper

ASIDE = 98
"""The width of what stands beside the grid."""
GAP = 8
SIDES = (104, 182)
"""The least and the largest side of the square in which the grid stands."""
LARGEST_CELL = 50
BIAS_CELL = 38
IN_VIEW = 60
"""So much above and below comes into view with the numbers."""
_NARROW = "QCheckBox { spacing: 4px; padding: 0; border-width: 1px; }"


class KernelEditor(QWidget):
    """The grid, the bias, steppers through filters and channels, and whether changes go to all of the channels.

    The square of the grid depends on the width alone: a larger kernel gets smaller cells, and nothing else moves.
    """

    pointed = Signal(str)

    def __init__(self, session: Session, scales: Scales, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._scales = session, scales
        self._target: Target | None = None
        self._gesture = ""
        self.square = QWidget()
        self.square.setMinimumWidth(SIDES[0])
        self.grid, self.bias = self._make_grid("kernel"), self._make_grid("bias")
        self.grid.setParent(self.square)
        self.bias_caption = label("quiet")
        self.filter, self.channel = Stepper(), Stepper()
        self.everywhere = QCheckBox()
        self.everywhere.setStyleSheet(_NARROW)
        for each in (self.filter, self.channel, self.everywhere, self.bias, self.bias_caption):
            keep_place(each)
        self.filter.chosen.connect(self._choose_filter)
        self.channel.chosen.connect(self._choose_channel)
        self._lay_out()

    def _make_grid(self, role: str) -> NumberGrid:
        made = NumberGrid(None, role)
        made.edited.connect(self._bias_edited if role == "bias" else self._kernel_edited)
        made.finished.connect(self._gesture_ended)
        made.pointed.connect(self.pointed)
        return made

    def _lay_out(self) -> None:
        aside = QVBoxLayout()
        aside.setSpacing(5)
        bias = QHBoxLayout()
        bias.addWidget(self.bias_caption, 1)
        bias.addWidget(self.bias)
        aside.addLayout(bias)
        for each in (self.filter, self.channel, self.everywhere):
            each.setFixedWidth(ASIDE)
            aside.addWidget(each)
        aside.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        row.addWidget(self.square, 1, Qt.AlignmentFlag.AlignTop)
        row.addLayout(aside)

    # Showing

    def show_target(self, target: Target | None) -> None:
        """Show this kernel; None shows an empty place."""
        self._target = target
        for each in (self.grid, self.bias):
            each.setVisible(target is not None)
        several = target is not None and len(target.channels) > 1
        self.filter.setVisible(target is not None and target.filters > 1)
        self.channel.setVisible(several)
        self.everywhere.setVisible(several)
        if target is None:
            return
        self.filter.show_place(target.filter, target.filters)
        self.channel.show_place(target.place, len(target.channels))
        self._show_numbers(target)

    def _show_numbers(self, target: Target) -> None:
        scale = self._scales.kernel_scale(target.layer, target.kernel, target.index)
        self.grid.show_values(target.weights, scale, digits_for(target.weights))
        bias = target.bias
        self.bias.setVisible(bias is not None)
        self.bias_caption.setVisible(bias is not None)
        if bias is not None:
            values = frozen([[bias]])
            self.bias.set_cell_size(BIAS_CELL)
            self.bias.show_values(values, scale, digits_for(values))
        self._place_grid()

    def _place_grid(self) -> None:
        """The grid in the middle of its square, its cells as large as there is room for."""
        side = min(max(self.width() - ASIDE - GAP, SIDES[0]), SIDES[1])
        self.square.setFixedHeight(side)
        rows, columns = self.grid.values.shape
        self.grid.set_cell_size(min(side // max(rows, columns), LARGEST_CELL))
        self.grid.move(0, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place_grid()

    def take_focus(self) -> None:
        """Give the keys to the kernel's numbers, and bring them into view."""
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)
        area = self.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        if area is not None:
            area.ensureWidgetVisible(self, 0, IN_VIEW)

    # Editing

    def _kernel_edited(self, values: np.ndarray) -> None:
        if self._target is not None:
            self._edit(self._target.with_weights(frozen(values)), say("Change the kernel"))

    def _bias_edited(self, values: np.ndarray) -> None:
        if self._target is not None:
            layer = self._target.layer.with_bias(self._target.filter, float(values[0, 0]))
            self._edit(layer, say("Change the bias"))

    def _edit(self, layer: Layer | None, text: Sentence) -> None:
        if layer is None or self._target is None:
            return
        self._gesture = self._gesture or self._session.new_gesture()
        self._session.edit_layer(self._target.index, layer, text, self._gesture)

    def _gesture_ended(self) -> None:
        self._gesture = ""
        self._session.end_gesture()

    def _choose_filter(self, number: int) -> None:
        if self._target is not None:
            move_to(self._session, self._target.index, number=number)

    def _choose_channel(self, place: int) -> None:
        if self._target is not None:
            move_to(self._session, self._target.index, channel=self._target.channels[place])

    # Words

    def retranslate(self) -> None:
        """Set every text."""
        self.bias_caption.setText(tr("Bias"))
        self.filter.set_texts(
            tr("Filter"), tr("The filter that is edited and shown"), tr("Previous filter"), tr("Next filter")
        )
        self.channel.set_texts(
            tr("Channel"),
            tr("The input channel whose kernel is edited: a filter has one for each"),
            tr("Previous channel"),
            tr("Next channel"),
        )
        self.everywhere.setText(tr("All channels"))
        describe(
            self.everywhere,
            tr("All channels"),
            tr("What is chosen or pressed below changes the kernels of all channels of the filter, not only this one"),
        )

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
