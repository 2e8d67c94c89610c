"""What opens below "Fill with": every bank that suits the layer's kernels, with a preview, and every single kernel."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from cnn_explorer.network.banks import BANKS, Bank, preset_banks
from cnn_explorer.session.language import tr, translated
from cnn_explorer.views.controls import label
from cnn_explorer.views.gallery_list import GalleryItem, GalleryList
from cnn_explorer.views.theme import Scale

WIDTH = 300
MARGIN = 10
PREVIEW_SEED = 3
"""Previews of random filters are the same each time."""


class FillPopup(QFrame):
    """A gallery of banks above one of kernels; `chosen` carries the Bank. Esc or a click elsewhere closes it."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("role", "card")
        self.setFixedWidth(WIDTH)
        self.titles = [label("heading"), label("heading")]
        self.galleries = [GalleryList("kernel"), GalleryList("kernel")]
        self.sentence = label("quiet")
        self.sentence.setWordWrap(True)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._banks: list[list[Bank]] = [[], []]
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        for title, gallery in zip(self.titles, self.galleries, strict=True):
            column.addWidget(title)
            column.addWidget(gallery)
        column.addWidget(self.sentence)
        for which, gallery in enumerate(self.galleries):
            gallery.chosen.connect(lambda index, which=which: self._choose(self._banks[which][index]))
            gallery.pointed.connect(self._say)

    def open_at(self, place: QPoint, rows: int, columns: int) -> None:
        """Open with the left upper corner at a place of the screen, for kernels of this size."""
        self._banks = [[each for each in banks if each.suits(rows, columns)] for banks in (BANKS, preset_banks())]
        for gallery, title, banks in zip(self.galleries, self.titles, self._banks, strict=True):
            gallery.resize(WIDTH - 2 * MARGIN, gallery.height())
            gallery.set_items([_item(bank, rows, columns) for bank in banks])
            gallery.set_current(-1)
            gallery.setVisible(bool(banks))
            title.setVisible(bool(banks))
        self.titles[0].setText(tr("Different filters"))
        self.titles[1].setText(tr("One kernel in all filters"))
        self.setAccessibleName(tr("What to fill the filters with"))
        self._reserve_lines()
        self.adjustSize()
        self._move_inside(place)
        self.show()
        self.galleries[0].thumbnails[0].setFocus(Qt.FocusReason.PopupFocusReason)

    def _reserve_lines(self) -> None:
        """Room for the longest sentence, so that nothing moves while the pointer goes over the tiles."""
        heights = []
        for bank in (*self._banks[0], *self._banks[1]):
            self.sentence.setText(translated(bank.does))
            heights.append(self.sentence.heightForWidth(WIDTH - 2 * MARGIN))
        self.sentence.setFixedHeight(max(heights, default=0))
        self.sentence.setText("")

    def _move_inside(self, place: QPoint) -> None:
        """At the place, or as near to it as the screen has room."""
        room = self.screen().availableGeometry()
        left = min(max(place.x(), room.left()), room.right() - self.width())
        top = min(max(place.y(), room.top()), room.bottom() - self.height())
        self.move(left, max(top, room.top()))

    def _say(self, text: str) -> None:
        self.sentence.setText(text)

    def _choose(self, bank: Bank) -> None:
        self.close()
        self.chosen.emit(bank)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)


def _item(bank: Bank, rows: int, columns: int) -> GalleryItem:
    one = any(bank is each for each in preset_banks())
    picture = preview(bank, rows, columns, 1 if one else 2)
    return GalleryItem(picture, Scale.around_zero(1.0), translated(bank.name), translated(bank.does))


def preview(bank: Bank, rows: int, columns: int, side: int) -> np.ndarray:
    """`side` × `side` filters of a bank, each to its own largest weight, a cell of 0 between them."""
    kernels = bank.fill(rows, columns, 1, side * side, np.random.default_rng(PREVIEW_SEED))[:, :, 0]
    limits = np.maximum(np.abs(kernels).max((0, 1)), 1e-9)
    return _tiled([kernels[..., at] / limits[at] for at in range(side * side)], side)


def _tiled(patterns: Sequence[np.ndarray], side: int) -> np.ndarray:
    rows, columns = patterns[0].shape
    picture = np.zeros((side * (rows + 1) - 1, side * (columns + 1) - 1), np.float32)
    for at, pattern in enumerate(patterns):
        row, column = at // side * (rows + 1), at % side * (columns + 1)
        picture[row : row + rows, column : column + columns] = pattern
    return picture
