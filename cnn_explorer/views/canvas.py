"""The editor of the input image: painted with a brush, or typed cell by cell, at any size."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from cnn_explorer.network.document import Image
from cnn_explorer.network.drawing import Place
from cnn_explorer.network.numbers import Digits, digits_for
from cnn_explorer.network.sentence import Sentence, say
from cnn_explorer.session.language import tr, translated
from cnn_explorer.session.session import Session
from cnn_explorer.session.settings import Settings
from cnn_explorer.views.brush import Brush
from cnn_explorer.views.canvas_picture import CanvasPicture
from cnn_explorer.views.controls import describe
from cnn_explorer.views.grid_paint import SMALLEST_NUMBERED_CELL
from cnn_explorer.views.painting import Painting, repainted
from cnn_explorer.views.plane_switch import PLANE_NAMES
from cnn_explorer.views.stage_layout import Grid
from cnn_explorer.views.theme import Scale, theme
from cnn_explorer.views.typing_box import TypingBox, explain

SMALL_SIDE = 196
FAR = 10_000

_MOVES = {
    Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1), Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Home: (0, -FAR), Qt.Key.Key_End: (0, FAR),
}  # fmt: skip
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_ERASE = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
_BUTTONS = (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton)
_COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.MetaModifier | Qt.KeyboardModifier.AltModifier

Cell = tuple[int, int]


class Canvas(QWidget):
    """Shows and edits the image of the session's newest document.

    Left button paints, right button erases; with Ctrl a click only selects. Arrow keys move the selected cell, typing
    replaces its value, Delete zeroes it, Enter puts the brush on it. `pointed` carries the read-out. A colour image is
    shown in its colours; where the brush is on one plane, that plane alone is, with its numbers.
    """

    pointed = Signal(str)

    def __init__(self, session: Session, settings: Settings, brush: Brush, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._settings, self._brush = session, settings, brush
        self._painting = Painting(session, brush, self)
        self._selected: Cell = (0, 0)
        self._by_keyboard = False
        self._pointer: QPointF | None = None
        self._picture = CanvasPicture()
        self._digits: Digits | None = None
        self.typing = TypingBox()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        session.changed.connect(self.redraw)
        brush.changed.connect(self._brush_changed)
        theme.changed.connect(self.update)
        self.redraw()
        self.retranslate()

    # What is shown

    @property
    def image(self) -> Image:
        """The image as it is now, also where its maps are still being computed."""
        return self._session.document.image

    @property
    def selected(self) -> Cell:
        """(row, column) of the cell that keys act on."""
        return self._selected

    @property
    def planes(self) -> tuple[int, ...]:
        """The channels that are shown and painted on: all of them, or one of a colour image."""
        return self._brush.planes(self.image.pixels)

    def redraw(self) -> None:
        """Draw everything from nothing."""
        image, planes = self.image, self.planes
        self._drawn = planes
        self._shown = image.pixels if len(planes) > 1 else np.ascontiguousarray(image.pixels[..., planes[0]])
        self._digits = None
        one_of_three = len(planes) < image.shape[2]
        self._scale = (
            Scale.of_plane(image.pixels, planes[0]) if one_of_three else Scale.of_image(image.pixels, image.light)
        )
        if self._selected != self._inside(self._selected):
            self.typing.close()
            self._selected = self._inside(self._selected)
        self._speak()
        self.update()

    def _brush_changed(self) -> None:
        if self.planes != self._drawn:
            self.redraw()
        self.update()

    def retranslate(self) -> None:
        """Set every text."""
        describe(self, tr("Input image"), tr("Drag to paint, with the right button to erase; or type numbers."))
        self._speak()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def _speak(self) -> None:
        self.setAccessibleDescription(self._text_of(self._selected))

    def _text_of(self, cell: Cell) -> str:
        planes, values = self.planes, self.image.pixels[cell][list(self.planes)]
        digits = digits_for(values)
        place = {"row": cell[0] + 1, "column": cell[1] + 1, "value": ", ".join(map(digits.text, values.tolist()))}
        if len(planes) == self.image.shape[2]:
            return tr("Pixel row {row}, column {column} = {value}", **place)
        name = translated(PLANE_NAMES[planes[0]])
        return tr("Pixel row {row}, column {column}, {plane} = {value}", plane=name, **place)

    def sizeHint(self) -> QSize:
        return QSize(SMALL_SIDE, SMALL_SIDE)

    def minimumSizeHint(self) -> QSize:
        return QSize(SMALL_SIDE // 2, SMALL_SIDE // 2)

    # Places

    @property
    def _is_large(self) -> bool:
        """On the stage's place, rather than in the panel, which gives it a margin."""
        return self.height() > SMALL_SIDE * 1.5

    @property
    def grid(self) -> Grid:
        """Where the cells are: square ones, in the middle of the widget, whole pixels wide unless they are tiny."""
        rows, columns = self.image.shape[:2]
        margin = 24 if self._is_large else 0
        cell = min((self.width() - 2 * margin) / columns, (self.height() - 2 * margin) / rows)
        cell = float(int(cell)) if cell >= 4 else max(cell, 0.01)
        left, top = (self.width() - columns * cell) // 2, (self.height() - rows * cell) // 2
        rect = QRectF(left, top, columns * cell, rows * cell)
        return Grid(rect, rect, rows, columns)

    def _place_at(self, point: QPointF) -> Place:
        """The (row, column) of a point of the widget, with fractions, also outside of the image."""
        grid = self.grid
        return (point.y() - grid.view.top()) / grid.cell, (point.x() - grid.view.left()) / grid.cell

    def _inside(self, cell: Cell) -> Cell:
        rows, columns = self.image.shape[:2]
        return min(max(cell[0], 0), rows - 1), min(max(cell[1], 0), columns - 1)

    # Mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        cell = self.grid.at(event.position())
        if cell is None or self._painting.active or event.button() not in _BUTTONS:
            return
        self.select(*cell)
        self._by_keyboard = False
        self._pointer = event.position()
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            erase = self._brush.erases(self.image.pixels) or event.button() == Qt.MouseButton.RightButton
            self._painting.begin(self._place_at(event.position()), erase)
            self._point(cell)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._pointer = event.position()
        if self._painting.active:
            self._painting.go(self._place_at(event.position()))
        self._point(self.grid.at(event.position()))
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._painting.active and not event.buttons() & (_BUTTONS[0] | _BUTTONS[1]):
            self._painting.go(self._place_at(event.position()))
            self._lift()

    def _lift(self) -> None:
        if self._painting.active:
            self._painting.end(self._settings.values.centre_like_mnist)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.mousePressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self._lift()

    def leaveEvent(self, event: QEvent) -> None:
        self._pointer = None
        self._point(None)
        self.update()

    def _point(self, cell: Cell | None) -> None:
        self.pointed.emit("" if cell is None else self._text_of(cell))

    # Keys

    def select(self, row: int, column: int) -> None:
        """Choose the cell that keys act on; a number being typed is taken."""
        self._leave_typing()
        self._selected = self._inside((row, column))
        self._speak()
        self.update()

    def _action(self, event: QKeyEvent) -> Callable[[], object] | None:
        """What a key does here, None where it is none of the canvas's keys."""
        key, typing = Qt.Key(event.key()), self.typing.open
        if event.modifiers() & _COMMANDS:
            return None
        if key in _MOVES:
            return partial(self._move, *_MOVES[key])
        if key in _ENTER:
            return self._commit if typing else self._dab
        if key in _ERASE:
            return self.typing.erase if typing else partial(self._put, 0.0)
        if key == Qt.Key.Key_Escape:
            return self.typing.close if typing else None
        return partial(self.typing.add, event.text()) if self.typing.accepts(event.text()) else None

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._action(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        action = self._action(event)
        if action is None:
            super().keyPressEvent(event)
            return
        self._by_keyboard = True
        action()
        self.update()

    def _move(self, rows: int, columns: int) -> None:
        if self._commit():
            self.select(self._selected[0] + rows, self._selected[1] + columns)
            self.pointed.emit(self._text_of(self._selected))

    def _put(self, value: float) -> None:
        """Set the selected cell."""
        pixels = self.image.pixels.copy()
        pixels[(*self._selected, self.planes)] = value
        self._session.edit_image(repainted(self.image, pixels), say("Change a pixel"))
        self.pointed.emit(self._text_of(self._selected))

    def _dab(self) -> None:
        """Put the brush on the selected cell."""
        middle = (self._selected[0] + 0.5, self._selected[1] + 0.5)
        self._painting.begin(middle, self._brush.erases(self.image.pixels))
        self._painting.end(centre=False)
        self.pointed.emit(self._text_of(self._selected))

    def _commit(self) -> bool:
        return self.typing.commit(self._put, self._explain)

    def _leave_typing(self) -> None:
        self.typing.leave(self._put, self.pointed.emit)

    def _explain(self, problem: Sentence) -> None:
        self.pointed.emit(explain(problem, self, self.grid.rect(*self._selected).bottomLeft().toPoint()))

    def focusInEvent(self, event: QFocusEvent) -> None:
        by_tab = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        self._by_keyboard = self._by_keyboard or by_tab
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._leave_typing()
        self.update()

    # Drawing

    def paintEvent(self, event: QPaintEvent) -> None:
        grid, ratio = self.grid, self.devicePixelRatioF()
        numbered = grid.cell >= SMALLEST_NUMBERED_CELL and self._shown.ndim == 2
        if numbered and self._digits is None:
            self._digits = digits_for(self._shown)
        digits = self._digits if numbered else None
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.role("ground" if self._is_large else "surface"))
        pixmap = self._picture.draw(self._shown, grid.cell, ratio, self._scale, digits)
        painter.drawPixmap(grid.view.topLeft(), pixmap)
        if self.hasFocus():
            self._paint_focus(painter, grid)
        self._paint_brush(painter, grid)
        if self.typing.open:
            self.typing.paint(painter, self.grid.rect(*self._selected), QRectF(self.rect()), "input")
        painter.end()

    def _paint_focus(self, painter: QPainter, grid: Grid) -> None:
        painter.setPen(QPen(theme.role("accent"), 2))
        painter.drawRect(grid.view.adjusted(1, 1, -1, -1))
        if self._by_keyboard or not self._brush.radius(self.image.pixels):
            for width, colour in ((4, "raised"), (2, "input")):
                painter.setPen(QPen(theme.role(colour), width))
                painter.drawRect(self.grid.rect(*self._selected).adjusted(1.5, 1.5, -2.5, -2.5))

    def _paint_brush(self, painter: QPainter, grid: Grid) -> None:
        """Outline what the brush would paint under the pointer."""
        cell = None if self._pointer is None else self.grid.at(self._pointer)
        if cell is None or self._pointer is None:
            return
        radius = self._brush.radius(self.image.pixels) * grid.cell
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for width, colour in ((3.0, "raised"), (1.5, "input")):
            painter.setPen(QPen(theme.role(colour), width))
            if radius:
                painter.drawEllipse(self._pointer, radius, radius)
            else:
                painter.drawRect(grid.rect(*cell).adjusted(1, 1, -2, -2))
