"""One painting of the picture of a network, in the order in which things lie upon each other."""

from __future__ import annotations

from dataclasses import replace
from math import inf
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from cnn_explorer.network.explanation import Region
from cnn_explorer.network.numbers import digits_for
from cnn_explorer.session.cursor import IMAGE
from cnn_explorer.session.language import tr, translated
from cnn_explorer.session.session import Pin
from cnn_explorer.views import overview_paint as paint
from cnn_explorer.views.channels_painter import ChannelsPainter
from cnn_explorer.views.class_bars import ClassBars, class_names
from cnn_explorer.views.heat_paint import heat_over_input, paint_heat
from cnn_explorer.views.overview_layout import COLOURED, Column, Item, Key
from cnn_explorer.views.overview_marks import Marks
from cnn_explorer.views.overview_words import map_size, region_size
from cnn_explorer.views.shown_maps import shown_maps
from cnn_explorer.views.stage_paint import paint_message
from cnn_explorer.views.stage_words import map_name
from cnn_explorer.views.theme import theme

if TYPE_CHECKING:
    from cnn_explorer.views.overview import Overview

FAINT_LINK, LIT_LINK = 0.28, 0.9
PLANES = ("R", "G", "B")
BESIDE = 200.0
"""What belongs to a column may stand so far beside it."""
WIDEST_STRIP = 40.0
"""A flat map in a wider place is drawn as bars."""


class OverviewPainter:
    """Draws the view's layout. Made for one painting."""

    def __init__(self, view: Overview, painter: QPainter) -> None:
        self.view, self.painter = view, painter
        self.layout = view.visible_layout()
        self.maps, self.shown = view.evaluation.maps, shown_maps(view.session)
        self.seen = view.visible_rect()
        self.cursor = view.session.cursor
        self.size, self.small = view.text_size(), view.small_size()

    def paint_ground(self) -> None:
        """What no edit of the image changes: the names above the columns, and the lines to the focused map."""
        self._paint_links(None)
        for column in self._columns():
            self._paint_column(column)

    def paint_still(self) -> None:
        """What an edit changes: all maps with their scales, from back to front."""
        self._paint_maps()
        self._paint_flats()
        if self.view.level == "channels":
            ChannelsPainter(self.view, self.painter, self.layout).paint()
        for column in self._columns():
            self._paint_legend(column)
        self._paint_problem()

    def _columns(self) -> list[Column]:
        """Those in view: of hundreds most are not."""
        seen = self.seen.adjusted(-BESIDE, 0, BESIDE, 0)
        return [each for each in self.layout.columns if each.heading.united(each.legend).intersects(seen)]

    def paint_marks(self) -> None:
        """What lies over that: the lines to the map under the pointer, regions, and the cell under the cursor."""
        self._paint_heat()
        pin = self.view.pointer.pin_of(self.view.pointer.spot)
        if pin is not None:
            self._paint_links(pin)
        self._paint_marks()
        self._paint_cursor()

    def _paint_heat(self) -> None:
        """What the pixels of the input have to do with a class, where that has been asked for."""
        picture = heat_over_input(self.view.session)
        for key, item in self.layout.items.items() if picture is not None else ():
            if key[:2] == ("map", 0) and picture is not None and item.opacity > 0.9:
                paint_heat(self.painter, item.rect, picture)

    # pictures

    def _paint_maps(self) -> None:
        for index, tiles in self._tiles().items():
            values = self.view.contents.drawn(index)
            enabled = self._enabled(index)
            side = max(max(item.rect.width(), item.rect.height()) for _, item in tiles)
            side *= self.painter.device().devicePixelRatio()
            places, pictures = self.view.pictures.of(values, index, [channel for channel, _ in tiles], side)
            for channel, item in tiles:
                self.painter.setOpacity(item.opacity * enabled)
                if channel == COLOURED:
                    self.view.pictures.draw_coloured(self.painter, item.rect, values)
                else:
                    pictures.draw(self.painter, item.rect, places[channel])
                    if paint.numbers_fit(item.rect, values):
                        scale = self.view.scales.of(index, channel)
                        paint.paint_map_numbers(self.painter, item.rect, values, channel, scale)
                if index == 0 and channel >= 0 and self.maps[0].shape[2] == 3 and item.opacity > 0.9:
                    place = QPointF(item.rect.left() - self.size * 0.6, item.rect.center().y())
                    paint.paint_sign(self.painter, place, PLANES[channel], self.small)
            self.painter.setOpacity(tiles[0][1].opacity * enabled)
            paint.paint_frames(self.painter, [item.rect for _, item in tiles])
        self.painter.setOpacity(1.0)

    def _tiles(self) -> dict[int, list[tuple[int, Item]]]:
        """The pictures in view: of each map's index its channels, in order, and where they stand."""
        found: dict[int, list[tuple[int, Item]]] = {}
        for key, item in self.layout.items.items():
            if key[0] == "map" and item.rect.intersects(self.seen):
                index, channel = _number(key, 1), _number(key, 2)
                if index < len(self.maps) and channel < self.maps[index].shape[2]:
                    found.setdefault(index, []).append((channel, item))
        return {index: sorted(tiles, key=lambda tile: tile[0]) for index, tiles in found.items()}

    def _enabled(self, index: int) -> float:
        return 1.0 if index == 0 or self.view.evaluation.layer(index - 1).enabled else 0.45

    def _paint_flats(self) -> None:
        for key, item in self.layout.items.items():
            if key[0] == "flat" and item.rect.intersects(self.seen) and _number(key, 1) < len(self.maps):
                index = _number(key, 1)
                self.painter.setOpacity(item.opacity)
                values, scale = self.view.contents.drawn(index)[0, 0], self.view.scales.of(index)
                if item.rect.width() > WIDEST_STRIP:
                    names = class_names(len(values), self.view.evaluation.document.network.classes)
                    marked = self.cursor.filter if index == self.cursor.layer - IMAGE else None
                    order = self.view.contents.bars(index)
                    bars = ClassBars(values, scale, digits_for(values), names, self.small, order=order)
                    bars.paint(self.painter, item.rect, marked)
                else:
                    paint.paint_flat(self.painter, item.rect, values, scale)
        self.painter.setOpacity(1.0)

    # lines between maps

    def _paint_links(self, pin: Pin | None) -> None:
        """Lines to the map of a cell from those that it reads; faint ones to the focused map where there is none."""
        hovered = pin is not None
        if pin is not None and pin.index > 0:
            index, channel = pin.index, pin.channel
        elif not hovered and self.cursor.layer != IMAGE:
            index, channel = self.cursor.layer - IMAGE, self.cursor.filter
        else:
            return
        if self.view.level != "network":
            return
        if index >= len(self.maps):
            return
        end = self._left_of(index, channel)
        if end is not None and not hovered:  # below the maps they would be seen in pieces
            end.setX(min(end.x(), self._left_of_all(index)))
        for start in self._sources(index, channel):
            if end is not None:
                strength = LIT_LINK if hovered else FAINT_LINK
                paint.paint_link(self.painter, start, end, "window" if hovered else "quiet", strength)

    def _sources(self, index: int, channel: int) -> list[QPointF]:
        """The right edges of all shown maps that a map reads; those not shown are read from the "+48"."""
        layer, read = self.view.evaluation.layer(index - 1), self.view.evaluation.reads(index - 1)
        if read is None:
            return []
        channels: dict[int, list[int]] = {}
        for each in layer.channels_read(read.shape, channel) if layer.enabled else (channel,):
            source, own = read.origin(each)
            channels.setdefault(source, []).append(own)
        return [place for source, own in channels.items() for place in self._ends(source, own)]

    def _ends(self, index: int, channels: list[int]) -> list[QPointF]:
        """The right edges of these channels of a map."""
        flat = self.layout.items.get(("flat", index))
        if flat is not None:
            return [QPointF(flat.rect.right() + 2, flat.rect.center().y())]
        items = [self.layout.items.get(("map", index, each)) for each in channels]
        found = [QPointF(item.rect.right() + 2, item.rect.center().y()) for item in items if item is not None]
        column = self.layout.column(index)
        if column is not None and not column.more.isEmpty() and len(found) < len(channels):
            found.append(QPointF(column.more.center().x() + 16, column.more.center().y()))
        return found

    def _left_of(self, index: int, channel: int) -> QPointF | None:
        item = self.layout.items.get(("map", index, channel)) or self.layout.items.get(("flat", index))
        return None if item is None else QPointF(item.rect.left() - 2, item.rect.center().y())

    def _left_of_all(self, index: int) -> float:
        lefts = [item.rect.left() for key, item in self.layout.items.items() if key[:2] == ("map", index)]
        return min(lefts, default=inf) - 2

    # what is marked

    def _paint_marks(self) -> None:
        marks = self.view.pointer.marks
        if marks is None:
            return
        rects: dict[str, list[QRectF]] = {"input": [], "output": []}
        for key, item in self.layout.items.items():
            index = _number(key, 1) if key[0] in ("map", "flat") else -1
            region = marks.region(index)
            if region is not None and 0 <= index < len(self.maps) and item.rect.intersects(self.seen):
                if key[0] == "flat":
                    self._paint_numbers(index, item.rect, region, marks.role(index))
                elif region.rows and region.columns and (key[2] == COLOURED or key[2] in region.channels):
                    rows, columns = self.maps[index].shape[:2]
                    rects[marks.role(index)].append(paint.region_rect(item.rect, (rows, columns), region))
        for role, found in rects.items():
            paint.paint_regions(self.painter, found, role)
        self._paint_pin(marks)

    def _paint_numbers(self, index: int, rect: QRectF, region: Region, role: str) -> None:
        shown, marked = self.view.contents.bars(index), set(region.channels)
        rows = tuple(row for row, channel in enumerate(shown) if channel in marked)
        paint.paint_flat_region(self.painter, rect, len(shown), replace(region, channels=rows), role)

    def _paint_pin(self, marks: Marks) -> None:
        pin = marks.pin
        item = self.layout.items.get(("map", pin.index, pin.channel))
        if item is not None:
            shape = self.maps[pin.index].shape
            paint.paint_cell(self.painter, item.rect, (shape[0], shape[1]), pin.row, pin.column)
        image = [item.rect for key, item in self.layout.items.items() if key[:2] == ("map", 0)]
        if marks.fields and image:
            text = tr("{size} pixels", size=region_size(marks.fields[0]))
            first = min(image, key=QRectF.top)
            anchor, inside = QPointF(first.center().x(), first.top() - 4), self.seen.adjusted(4, 0, -4, 0)
            paint.paint_pill(self.painter, anchor, text, "input", self.small, inside)

    def _paint_cursor(self) -> None:
        """The cell under the cursor keeps its frame and its number through all distances."""
        scene = self.view.scene
        if scene is None or scene.output is None:
            return
        key: Key = ("map", scene.index + 1, scene.filter)
        item = self.layout.items.get(key)
        if item is not None:
            paint.paint_tile_frame(self.painter, item.rect, "window", 2)
            cell = paint.paint_cell(self.painter, item.rect, scene.output.shape, self.cursor.row, self.cursor.column)
            values, digits = self.shown.output_plane(scene)
            text = digits.text(float(values[self.cursor.row, self.cursor.column]))
            if scene.output.size > 1 or self.view.level == "channels":
                self._paint_value(scene.index + 1, item.rect, cell.center().x(), text, "output")
        self._paint_carried()
        if self.view.level == "channels":
            self._paint_windows()

    def _paint_value(self, index: int, rect: QRectF, across: float, text: str, role: str) -> None:
        """A number above a picture of map `index`; below it, where it would hide the heading."""
        column = self.layout.column(index)
        bottom = paint.pill_bottom(rect, self.size, 0.0 if column is None else column.heading.bottom())
        paint.paint_pill(self.painter, QPointF(across, bottom), text, role, self.size, self.seen)

    def _paint_carried(self) -> None:
        """The cells in which the number goes on, and what becomes of it there."""
        for station in self.view.contents.stations():
            item = self.layout.items.get(("map", station.layer + 1, station.cell[2]))
            values = self.maps[station.layer + 1]
            if item is None or values.size == values.shape[2]:
                continue
            paint.paint_cell(self.painter, item.rect, values.shape[:2], *station.cell[:2])
            if self.view.level == "channels":
                plane = self.view.contents.drawn(station.layer + 1)[..., station.cell[2]]
                changes = self.shown.changes(station.layer + 1)
                value = float(plane[station.cell[:2]]) if changes else station.value
                digits = digits_for(plane) if changes else self.view.evaluation.digits(station.layer + 1)
                text = digits.text(value)
                role = "output" if station.used else "quiet"
                self._paint_value(station.layer + 1, item.rect, item.rect.center().x(), text, role)

    def _paint_windows(self) -> None:
        scene = self.view.scene
        assert scene is not None
        if scene.shape[:2] == (1, 1):
            return
        window = scene.window(self.cursor.row, self.cursor.column)
        rows = tuple(at - scene.rows.before for at in window.rows)
        columns = tuple(at - scene.columns.before for at in window.columns)
        spread = (scene.rows.spread, scene.columns.spread)
        for source in scene.sources:
            item = self.layout.items.get(("map", *source))
            if item is not None and item.opacity > 0.9:
                rect = paint.cells_rect(item.rect, spread, rows, columns)
                self._frame_window(rect)
        for key, item in self.layout.items.items():
            if key[0] == "part" and scene.output is not None and item.opacity > 0.9:
                paint.paint_cell(self.painter, item.rect, scene.output.shape, self.cursor.row, self.cursor.column)

    def _frame_window(self, rect: QRectF) -> None:
        paint.paint_tile_frame(self.painter, rect, "window", 2)

    # headings and legends

    def _paint_column(self, column: Column) -> None:
        evaluation, index = self.view.evaluation, column.index
        if index >= len(self.maps):
            return
        focused = index == self.cursor.layer - IMAGE
        role = "text"
        if self.view.level == "channels":
            scene = self.view.scene
            read = scene.read.maps if scene is not None else ()
            role = "input" if index in read else "output" if focused else "quiet"
        elif focused:
            role = "input" if index == 0 else "output"
        words, sizes = (map_name(evaluation, index), map_size(evaluation, index)), (self.size, self.small)
        paint.paint_heading(self.painter, column.heading, words, role, sizes, focused, column.reach)
        if not column.more.isEmpty():
            channels = self.maps[index].shape[2]
            scene = self.view.scene
            if self.view.level == "channels" and scene is not None:
                channels = len(scene.channels)
            text = tr("+{count}", count=channels - column.shown)
            paint.paint_more(self.painter, column.more, text, self.small)

    def _paint_legend(self, column: Column) -> None:
        """The legend stands below the columns that share a scale; maps with scales of their own have none."""
        scales, index = self.view.scales, column.index
        if index > 0 and scales.scope == "network" and self.layout.columns[-1].index != index:
            return
        rect = column.legend
        width = min(max(rect.width() * 0.8, 34.0), 110.0)
        bar = QRectF(rect.center().x() - width / 2, rect.top(), width, rect.height())
        if index > 0 and scales.scope == "map" and self.view.level != "channels":
            paint.paint_more(self.painter, bar, tr("each its own"), self.small)
            return
        channel = column.first if self.view.level == "channels" else None
        paint.paint_legend(self.painter, bar, scales.of(index, channel), self.small)

    def _paint_problem(self) -> None:
        problems = self.view.evaluation.problems
        if not problems or not self.layout.columns:
            return
        last = self.layout.columns[-1].heading.right()
        room = QRectF(last + 16, 40, max(self.view.width() - last - 32, 220.0), self.view.height() - 80)
        if self.view.width() - last < 200:
            room = QRectF(self.seen.left() + 20, self.view.height() - 90, self.view.width() - 40, 60)
            self.painter.fillRect(room, theme.role("raised"))
        paint_message(self.painter, room, translated(problems[0].sentence), self.size * 1.2, "bad")


def _number(key: Key, at: int) -> int:
    value = key[at]
    assert isinstance(value, int)
    return value
