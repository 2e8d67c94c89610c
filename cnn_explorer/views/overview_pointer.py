"""The pointer on the picture of a network: what it is on, what lights up, and what a click does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QMenu

from cnn_explorer.session.cursor import IMAGE, LEVELS
from cnn_explorer.session.language import tr
from cnn_explorer.session.session import Pin
from cnn_explorer.views.overview_layout import COLOURED, Key
from cnn_explorer.views.overview_marks import Marks, marks_of
from cnn_explorer.views.overview_words import spot_text

if TYPE_CHECKING:
    from cnn_explorer.views.overview import Overview

GHOST_LIMIT = 0.6


@dataclass(frozen=True)
class Spot:
    """What the pointer is on: a thing of the layout, and the cell of its map where it has cells."""

    key: Key
    row: int = 0
    column: int = 0


AROUND = 2.0
"""So near to a map, in pixels, the pointer is on it."""


class OverviewPointer:
    """Finds the spot under the pointer, and the marks of its cell."""

    def __init__(self, view: Overview) -> None:
        self._view = view
        self._at: QPointF | None = None
        self._dragging = False
        self.spot: Spot | None = None
        self.marks: Marks | None = None

    # what it is on

    def spot_at(self, point: QPointF) -> Spot | None:
        """The spot at a point of the layout."""
        layout = self._view.layout_now
        key = layout.key_at(point.x(), point.y(), AROUND)
        if key is None:
            index = self.column_at(point)
            return None if index is None else Spot(("column", index))
        rect, (rows, columns) = layout.items[key].rect, self._cells(key)
        row = int((point.y() - rect.top()) / rect.height() * rows)
        column = int((point.x() - rect.left()) / rect.width() * columns)
        return Spot(key, min(max(row, 0), rows - 1), min(max(column, 0), columns - 1))

    def _cells(self, key: Key) -> tuple[int, int]:
        maps, scene = self._view.evaluation.maps, self._view.scene
        if key[0] == "map":
            shape = maps[_number(key, 1)].shape
            return shape[0], shape[1]
        if key[0] == "flat":
            return len(self._view.contents.bars(_number(key, 1))), 1
        if key[0] == "part" and scene is not None and scene.output is not None:
            return scene.output.shape[0], scene.output.shape[1]
        if key[0] == "kernel" and scene is not None and scene.weights is not None:
            return scene.weights.shape[0], scene.weights.shape[1]
        return 1, 1

    def column_at(self, point: QPointF) -> int | None:
        """The map whose heading, or whose "+48", is at a point."""
        for column in self._view.layout_now.columns:
            if column.heading.contains(point) or column.more.contains(point):
                return column.index
        return None

    def pin_of(self, spot: Spot | None) -> Pin | None:
        """The cell of the network that a spot stands for."""
        if spot is None:
            return None
        if spot.key[0] == "map":
            return Pin(_number(spot.key, 1), spot.row, spot.column, max(_number(spot.key, 2), 0))
        if spot.key[0] == "flat":
            return Pin(_number(spot.key, 1), 0, 0, self._view.contents.bars(_number(spot.key, 1))[spot.row])
        return None

    def refresh(self) -> None:
        """What is shown has changed under the pointer; who calls this has it painted."""
        self._set_spot(None if self._at is None else self.spot_at(self._view.place(self._at)))

    def _set_spot(self, spot: Spot | None) -> None:
        self.spot = spot
        session, pin = self._view.session, self.pin_of(spot)
        session.point(pin)
        pin = pin or session.pinned
        self.marks = None if pin is None else marks_of(self._view.evaluation, pin)
        self._view.pointed.emit("" if spot is None else spot_text(self._view, spot, self.marks))

    def tip(self) -> str:
        """What a tooltip says: what a click does."""
        if self.spot is None:
            return ""
        if self.spot.key[0] in ("map", "flat"):
            return tr("Click to look at this map, double-click to go nearer, P to pin its receptive field")
        return ""

    # gestures

    def press(self, event: QMouseEvent) -> None:
        """Focus what is clicked; a click on empty space goes further away."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        spot = self.spot_at(self._view.place(event.position()))
        if spot is None:
            self._go_up()
            return
        self._dragging = spot.key[0] in ("map", "part")
        self._choose(spot)

    def move(self, event: QMouseEvent) -> None:
        """Light up what is under the pointer; a drag moves the cell."""
        self._at = event.position()
        spot = self.spot_at(self._view.place(event.position()))
        if self._dragging and spot is not None and event.buttons() & Qt.MouseButton.LeftButton:
            self._choose(spot)
        if spot != self.spot:
            self._set_spot(spot)
            self._view.update()

    def release(self) -> None:
        """End the gesture."""
        self._dragging = False

    def leave(self) -> None:
        """The pointer left the widget."""
        self._at = None
        self._set_spot(None)
        self._view.update()

    def double_click(self, event: QMouseEvent) -> None:
        """Go nearer to what is clicked."""
        spot = self.spot_at(self._view.place(event.position()))
        if spot is None:
            return
        self._choose(spot)
        if spot.key[0] in ("kernel", "part") or (spot.key[0] == "map" and spot.key[2] == COLOURED):
            self._view.session.look("cell")
        else:
            self._view.go_nearer()

    def wheel(self, event: QWheelEvent) -> None:
        """Up and down through the maps of a column that does not show all; else sideways."""
        pixels, angle = event.pixelDelta(), event.angleDelta()
        point = self._view.place(event.position())
        index = self._overflowing(point)
        if index is not None and abs(angle.y()) >= abs(angle.x()):
            self._view.scroll_column(index, -1 if angle.y() > 0 else 1)
        else:
            turned = -(angle.x() or angle.y()) * 80 / 120 if pixels.isNull() else -(pixels.x() or pixels.y())
            self._view.scroll_by(turned)
        event.accept()

    def _overflowing(self, point: QPointF) -> int | None:
        """The column at a point, where it has maps that are not shown."""
        layout = self._view.layout_now
        if layout.rows:
            first = layout.columns[0]
            return first.index if not first.more.isEmpty() else None
        for column in layout.columns:
            if not column.more.isEmpty() and column.heading.left() <= point.x() <= column.heading.right():
                return column.index
        return None

    def _choose(self, spot: Spot) -> None:
        session, kind = self._view.session, spot.key[0]
        if kind == "column":
            session.move(layer=_number(spot.key, 1) + IMAGE)
        elif kind in ("kernel", "part"):
            scene = self._view.scene
            if scene is not None:
                places = {"row": spot.row, "column": spot.column} if kind == "part" else {}
                session.move(channel=scene.channels[_number(spot.key, 1)], **places)
        elif kind in ("map", "flat"):
            self._choose_map(spot)

    def _choose_map(self, spot: Spot) -> None:
        session, pin = self._view.session, self.pin_of(spot)
        assert pin is not None
        opened = self._view.contents.opened() if self._view.level == "channels" else None
        place = (pin.index, pin.channel)
        if opened is not None and place in opened.sources:  # what it reads: another channel, another window
            scene = self._view.scene
            assert scene is not None
            row, column = scene.nearest_output(pin.row + scene.rows.before, pin.column + scene.columns.before)
            session.move(channel=scene.channels[opened.sources.index(place)], row=row, column=column)
        elif pin.index == 0:
            session.move(layer=IMAGE)
        else:
            session.move(layer=pin.index + IMAGE, filter=pin.channel, row=pin.row, column=pin.column)

    def _go_up(self) -> None:
        level = self._view.session.cursor.level
        if level != LEVELS[0]:
            self._view.session.look(LEVELS[LEVELS.index(level) - 1])

    def toggle_pin(self) -> None:
        """Pin the receptive field of the cell under the pointer, else of the cursor's; or let it go."""
        session, cursor = self._view.session, self._view.session.cursor
        pin = self.pin_of(self.spot)
        if pin is None and cursor.layer != IMAGE:
            pin = Pin(cursor.layer - IMAGE, cursor.row, cursor.column, cursor.filter)
        session.pin(None if pin == session.pinned else pin)
        self.refresh()
        self._view.update()

    def menu(self, point: QPointF | None) -> QMenu | None:
        """What can be done with the map at a point (with the cursor's, for None)."""
        spot = self.spot if point is None else self.spot_at(point)
        if spot is not None:
            self._choose(spot)
        view = self._view
        menu = view.new_menu()
        pinned = view.session.pinned is not None
        menu.addAction(tr("Let the receptive field go") if pinned else tr("Pin the receptive field"), self.toggle_pin)
        if view.session.cursor.level != LEVELS[-1]:
            menu.addAction(tr("Go nearer"), view.go_nearer)
        return menu


def _number(key: Key, at: int) -> int:
    value = key[at]
    assert isinstance(value, int)
    return value
