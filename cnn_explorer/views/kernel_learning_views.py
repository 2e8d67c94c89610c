"""The grids of a search for a kernel: picture ⊙ kernel = map, minus the target, is the difference."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cnn_explorer.network.arrays import Floats, frozen
from cnn_explorer.network.kernel_search import Search
from cnn_explorer.network.numbers import Digits, digits_for, rounded_digits
from cnn_explorer.network.sentence import say
from cnn_explorer.session.language import tr
from cnn_explorer.views.controls import describe, label
from cnn_explorer.views.number_grid import NumberGrid
from cnn_explorer.views.theme import Scale
from cnn_explorer.views.train_grids import Grid, Grids

PICTURE_CELL, KERNEL_CELL, MAP_CELL, STEP_CELL = 29, 52, 38, 52
EXACT = 2
"""Decimals up to which the numbers of a search are written as they are; a search makes long ones."""


def digits_of(values: np.ndarray) -> Digits:
    """As they are where that takes few digits, else to two places."""
    exact = digits_for(values)
    if exact.exact and exact.denominator == 1 and exact.decimals <= EXACT:
        return exact
    rounded = rounded_digits(float(np.abs(values).max(initial=0.0)))
    return Digits(max(rounded.decimals - 1, 0), exact=False)


class SearchGrids(QWidget):
    """The kernel and the target can be edited; the rest follows. Below the kernel stands what the next step adds."""

    def __init__(self) -> None:
        super().__init__()
        self.picture, self.output, self.difference, self.addition = (
            Grids((), size) for size in (PICTURE_CELL, MAP_CELL, MAP_CELL, STEP_CELL)
        )
        self.hidden = Grids((), STEP_CELL)
        self.kernel, self.target = NumberGrid(None, "kernel"), NumberGrid(None, "target")
        self.kernel.hint = say("Drag a number or type one: can you find it before the machine does?")
        self.target.hint = say("Draw the map that is wanted: drag a number or type one")
        self.kernel.set_cell_size(KERNEL_CELL)
        self.target.set_cell_size(MAP_CELL)
        self.kernel_title, self.target_title = label(), label()
        self._signs = [label("heading") for _ in range(4)]
        self._lay_out()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.picture.setFixedWidth(7 * PICTURE_CELL + 1)
        for grids in (self.output, self.difference):
            grids.setFixedWidth(5 * MAP_CELL + 1)
        parts = (
            self.picture, _titled(self.kernel_title, self.kernel), self.output,
            _titled(self.target_title, self.target), self.difference,
        )  # fmt: skip
        for place, part in enumerate(parts):
            row.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
            if place < len(self._signs):
                self._signs[place].setText("⊙=\u2212="[place])
                row.addWidget(self._signs[place])
        row.addStretch(1)

    def show_search(self, search: Search, rate: float, hidden: Floats | None) -> None:
        """Show a search, what the next step adds at this learning rate, and the hidden kernel where it is known."""
        kernel, addition = search.kernel, frozen(-rate * search.gradient)
        found = [kernel] if hidden is None else [kernel, hidden]
        scale = Scale.of_signed(np.stack(found))
        maps = Scale.of_signed(np.stack([search.output, search.target]))
        picture = search.image
        self.picture.show_grids(
            [Grid(tr("Picture"), picture, Scale.of_image(picture, False), digits_of(picture), "input")]
        )
        self.kernel.show_values(kernel, scale, digits_of(kernel))
        self.target.show_values(search.target, maps, digits_of(search.target))
        self._show(self.output, tr("Its map"), search.output, maps, "output")
        difference = search.output - search.target
        self._show(self.difference, tr("Difference"), difference, maps, "quiet")
        self._show(self.addition, tr("The next step adds"), addition, Scale.of_signed(addition), "kernel")
        if hidden is None:
            self.hidden.show_grids(())
        else:
            self._show(self.hidden, tr("Hidden kernel"), hidden, scale, "kernel")

    @staticmethod
    def _show(grids: Grids, title: str, values: np.ndarray, scale: Scale, role: str) -> None:
        grids.show_grids([Grid(title, values, scale, digits_of(values), role)])

    def retranslate(self) -> None:
        """Set the texts that do not follow the search."""
        self.kernel_title.setText(tr("Kernel"))
        self.target_title.setText(tr("Target"))
        for edited in (self.kernel, self.target):
            edited.retranslate()
        for grids, name in (
            (self.picture, tr("Picture")), (self.output, tr("Its map")), (self.difference, tr("Difference")),
            (self.addition, tr("The next step adds")), (self.hidden, tr("Hidden kernel")),
        ):  # fmt: skip
            describe(grids, name)


def _titled(title: QWidget, grid: QWidget) -> QWidget:
    """A title above a grid that can be edited, as the others have theirs."""
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(3)
    column.addWidget(title)
    column.addWidget(grid)
    return made
