"""Where the parts of the window Find the kernel stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cnn_explorer.views.controls import line

if TYPE_CHECKING:
    from cnn_explorer.views.kernel_learning_window import KernelSearchWindow


def lay_out(window: KernelSearchWindow) -> None:
    """The grids as a sum; below them the next step, the loss as a number and as a curve; then the controls."""
    column = QVBoxLayout(window)
    column.setContentsMargins(18, 16, 18, 14)
    column.setSpacing(10)
    column.addWidget(window.grids)
    column.addWidget(line())
    column.addLayout(_middle(window), 1)
    column.addWidget(line())
    column.addLayout(_choices(window))
    column.addLayout(_steps(window))


def _middle(window: KernelSearchWindow) -> QHBoxLayout:
    words = QVBoxLayout()
    words.setSpacing(4)
    for part in (window.loss, window.verdict, window.limit):
        words.addWidget(part)
    words.addStretch(1)
    middle = QHBoxLayout()
    middle.setSpacing(18)
    top = Qt.AlignmentFlag.AlignTop
    for grids in (window.grids.addition, window.grids.hidden):
        grids.setFixedWidth(3 * 52 + 6)
        middle.addWidget(grids, 0, top)
    middle.addLayout(words, 1)
    middle.addWidget(window.curve, 1)
    return middle


def _choices(window: KernelSearchWindow) -> QHBoxLayout:
    return _row(window.picture_label, window.picture, window.new, window.reveal, None, window.zero, window.random)


def _steps(window: KernelSearchWindow) -> QHBoxLayout:
    return _row(window.rate_label, window.rate, None, window.speed_label, window.speeds, window.one, window.play)


def _row(*parts: QWidget | None) -> QHBoxLayout:
    """Widgets in a row; None is what room is left."""
    row = QHBoxLayout()
    row.setSpacing(8)
    for part in parts:
        if part is None:
            row.addStretch(1)
        else:
            row.addWidget(part)
    return row
