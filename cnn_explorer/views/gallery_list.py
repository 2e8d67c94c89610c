"""A gallery: small pictures with captions in a grid that wraps, of which one is marked as the current one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

import numpy as np
from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFont, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from cnn_explorer.views.controls import describe
from cnn_explorer.views.grid_paint import map_image, paint_lines
from cnn_explorer.views.theme import Scale, theme

PICTURE = 42
NARROW = 49
"""The least width of a picture with its caption."""
MARGIN = 3
MOST_LINED = 5
"""Pictures of more rows or columns are drawn without lines between the cells."""
CAPTION_PIXELS = (11, 10, 9)
"""The usual size of captions, and those for words that would not fit."""
CAPTION_LINES = 2

_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Home: -1000, Qt.Key.Key_End: 1000}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


@dataclass(frozen=True, eq=False)
class GalleryItem:
    """What one place of a gallery shows: values (rows, columns) in a scale, a caption, a sentence about it."""

    values: np.ndarray
    scale: Scale
    caption: str
    tip: str = ""


class Thumbnail(QAbstractButton):
    """One picture with its caption below; `checked` marks the current one in the gallery's role colour."""

    def __init__(self, role: str, side: int, captioned: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self._role, self._side, self._captioned = role, side, captioned
        self._item: GalleryItem | None = None
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_item(self, item: GalleryItem) -> None:
        """Show another picture and caption."""
        self._item = item
        self.setText(item.caption)
        describe(self, item.caption, item.tip)
        self.update()

    def nextCheckState(self) -> None:
        """A click marks nothing: the gallery's owner does, once the choice has been carried out."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._item is None:
            return
        painter = QPainter(self)
        side = float(self._side)
        picture = QRectF((self.width() - side) // 2, MARGIN, side, side)
        painter.setOpacity(1.0 if self.isEnabled() else 0.4)
        painter.drawImage(picture, map_image(self._item.values, self._item.scale))
        if max(self._item.values.shape) <= MOST_LINED:
            paint_lines(painter, picture.adjusted(0, 0, -1, -1), *self._item.values.shape)
        self._paint_frame(painter, picture)
        if self._captioned:
            self._paint_caption(painter, picture.bottom() + MARGIN)
        painter.end()

    def _paint_frame(self, painter: QPainter, picture: QRectF) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.role("accent" if self.underMouse() and self.isEnabled() else "border"), 1))
        painter.drawRect(picture.adjusted(0, 0, -1, -1))
        if self.isChecked():
            painter.setPen(QPen(theme.role(self._role), 2))
            painter.drawRect(picture.adjusted(-1, -1, 1, 1))
        if self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.role("accent"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 5, 5)

    def _paint_caption(self, painter: QPainter, top: float) -> None:
        font = caption_font(self.text(), self.width())
        painter.setFont(font)
        painter.setPen(theme.role(_caption_colour(self.isEnabled(), self.isChecked())))
        line = QFontMetricsF(font).height()
        for index, text in enumerate(caption_lines(self.text(), font, self.width())):
            place = QRectF(0, top + index * line, self.width(), line)
            painter.drawText(place, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter, text)


def _caption_colour(enabled: bool, current: bool) -> str:
    if not enabled:
        return "faint_text"
    return "text" if current else "quiet"


def caption_font(text: str, width: float) -> QFont:
    """The application's font in the largest of CAPTION_PIXELS in which every word of `text` fits."""
    font = QFont()
    for pixels in CAPTION_PIXELS:
        font.setPixelSize(pixels)
        metrics = QFontMetricsF(font)
        if all(metrics.horizontalAdvance(word) <= width for word in text.split()):
            break
    return font


def caption_lines(text: str, font: QFont, width: float) -> list[str]:
    """`text` on at most CAPTION_LINES lines, broken between words where it must be; what does not fit is cut."""
    metrics = QFontMetricsF(font)
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if metrics.horizontalAdvance(longer) <= width or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    if len(lines) > CAPTION_LINES:
        lines[CAPTION_LINES - 1 :] = [" ".join(lines[CAPTION_LINES - 1 :])]
    return [metrics.elidedText(line, Qt.TextElideMode.ElideRight, width) for line in lines]


class GalleryList(QWidget):
    """Pictures of which one can be chosen: by a click, or with arrow keys and Enter.

    `chosen` carries its index, also when it is the current one already; `pointed` its sentence while the pointer is on
    it. The gallery is as high as its rows. `role` colours the frame of the current one, `picture` is the side of a
    picture in pixels; `narrowest` the least width of one with its caption, 0 for pictures without captions.
    """

    chosen = Signal(int)
    pointed = Signal(str)

    def __init__(
        self, role: str, narrowest: int = NARROW, picture: int = PICTURE, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._captioned = narrowest > 0
        self._role, self._narrowest, self._picture = role, narrowest or picture + 2 * MARGIN, picture
        self._items: list[GalleryItem] = []
        self.thumbnails: list[Thumbnail] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._repaint)

    @property
    def current(self) -> int:
        """The index of the marked picture, -1 where none is."""
        return next((at for at, made in enumerate(self.thumbnails) if made.isChecked()), -1)

    def set_items(self, items: Sequence[GalleryItem]) -> None:
        """Show these pictures, with none marked where their number has changed."""
        self._items = list(items)
        if len(items) != len(self.thumbnails):
            self._make_thumbnails(len(items))
        for made, item in zip(self.thumbnails, items, strict=True):
            made.show_item(item)
        self._arrange()

    def _make_thumbnails(self, count: int) -> None:
        for old in self.thumbnails:
            old.deleteLater()
        self.thumbnails = [Thumbnail(self._role, self._picture, self._captioned, self) for _ in range(count)]
        for index, made in enumerate(self.thumbnails):
            made.clicked.connect(lambda _=False, at=index: self.chosen.emit(at))
            made.installEventFilter(self)
            made.show()
        self._set_tab_stop(0)

    def set_current(self, index: int) -> None:
        """Mark a picture as the current one; -1 marks none."""
        for at, made in enumerate(self.thumbnails):
            made.setChecked(at == index)
        if not any(made.hasFocus() for made in self.thumbnails):
            self._set_tab_stop(max(index, 0))

    def _set_tab_stop(self, index: int) -> None:
        """Tab enters the gallery at one picture, as it enters a list at its current line.

        A click leaves the focus where it is, so that the arrow keys go on stepping.
        """
        for at, made in enumerate(self.thumbnails):
            made.setFocusPolicy(Qt.FocusPolicy.TabFocus if at == index else Qt.FocusPolicy.NoFocus)

    # Keys and pointer

    def _action(self, event: QKeyEvent) -> int | None:
        """The picture that a key leads to (the focused one itself for Enter), None where the key means nothing here."""
        at = next((at for at, made in enumerate(self.thumbnails) if made.hasFocus()), None)
        key = Qt.Key(event.key())
        if at is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return None
        columns = self.columns()
        steps = {**_STEPS, Qt.Key.Key_Up: -columns, Qt.Key.Key_Down: columns}
        if key in _ENTER:
            return at
        if key not in steps:
            return None
        target = min(max(at + steps[key], 0), len(self.thumbnails) - 1)
        return target if abs(steps[key]) != columns or (target - at) % columns == 0 else at

    def event(self, event: QEvent) -> bool:
        own_key = isinstance(event, QKeyEvent) and self._action(event) is not None
        if own_key and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        target = self._action(event)
        if target is None:
            super().keyPressEvent(event)
        elif Qt.Key(event.key()) in _ENTER:
            self.thumbnails[target].click()
        else:
            self._set_tab_stop(target)
            self.thumbnails[target].setFocus(Qt.FocusReason.TabFocusReason)
            self.pointed.emit(self._text(target))

    def eventFilter(self, watched, event: QEvent) -> bool:
        if isinstance(event, QEnterEvent) and watched in self.thumbnails:
            self.pointed.emit(self._text(self.thumbnails.index(watched)))
        elif event.type() == QEvent.Type.Leave:
            self.pointed.emit("")
        if event.type() in (QEvent.Type.Enter, QEvent.Type.Leave):
            watched.update()
        return False

    def _text(self, index: int) -> str:
        item = self._items[index]
        return item.tip or item.caption

    # Places

    def columns(self) -> int:
        """How many pictures stand side by side."""
        return max(1, min(self.width() // self._narrowest, len(self.thumbnails)))

    def _row_height(self, row: Sequence[GalleryItem], width: int) -> int:
        if not self._captioned:
            return self._picture + 2 * MARGIN
        captions = [(item.caption, caption_font(item.caption, width)) for item in row]
        lines = max(len(caption_lines(text, font, width)) for text, font in captions)
        line = max(QFontMetricsF(font).height() for _, font in captions)
        return ceil(self._picture + 3 * MARGIN + lines * line)

    def sizeHint(self) -> QSize:
        return QSize(4 * self._narrowest, self.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(2 * self._narrowest, self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        if event.size().width() != event.oldSize().width():
            self._arrange()

    def _arrange(self) -> None:
        columns, top = self.columns(), 0
        across = self.width() // columns
        for first in range(0, len(self._items), columns):
            row = slice(first, first + columns)
            height = self._row_height(self._items[row], across)
            for column, made in enumerate(self.thumbnails[row]):
                made.setGeometry(column * across, top, across, height)
            top += height
        self.setFixedHeight(top)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._arrange()

    def _repaint(self) -> None:
        for made in self.thumbnails:
            made.update()
