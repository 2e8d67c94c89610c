"""One painting of the channels of one filter: kernels, parts, their sum, and how they come together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter

from cnn_explorer.views import overview_paint as paint
from cnn_explorer.views.map_pictures import mosaic
from cnn_explorer.views.overview_layout import Item, Layout
from cnn_explorer.views.shown_maps import shown_maps
from cnn_explorer.views.stage_scene import Scene

if TYPE_CHECKING:
    from cnn_explorer.views.overview import Overview

FAINT_LINK, LIT_LINK = 0.28, 0.9


class ChannelsPainter:
    """Draws what the level "channels" adds to the maps. Made for one painting."""

    def __init__(self, view: Overview, painter: QPainter, layout: Layout) -> None:
        self.view, self.painter, self.items = view, painter, layout.items
        self.shown = shown_maps(view.session)
        self.size, self.seen = view.text_size(), view.visible_rect()

    def paint(self) -> None:
        """A row for each channel in view, and their sum."""
        scene, places = self.view.scene, self.view.layout_now.rows
        parts = self.view.contents.parts(places)
        if scene is None:
            return
        scale = self.view.scales.kernel_scale(scene.layer, scene.weights, scene.index)
        part_scale, sums = self.view.contents.parts_scale(places), self._sums(scene)
        pictures = None if parts is None else mosaic(parts, part_scale)
        for at, place in enumerate(places):
            kernel, part = self.items.get(("kernel", place)), self.items.get(("part", place))
            source = self.items.get(("map", *scene.sources[place]))
            if kernel is None or part is None or source is None or scene.weights is None or pictures is None:
                continue
            self.painter.setOpacity(kernel.opacity)
            paint.paint_kernel(self.painter, kernel.rect, scene.weights[..., place], scale, kernel.opacity >= 1)
            if place == scene.place:
                paint.paint_tile_frame(self.painter, kernel.rect, "kernel", 2)
            pictures.draw(self.painter, part.rect, at)
            paint.paint_tile_frame(self.painter, part.rect, "grid", 1)
            assert parts is not None
            paint.paint_map_numbers(self.painter, part.rect, parts, at, part_scale)
            self._paint_row(scene, source, kernel, part, sums.get(place, 0.0), place == scene.place)
        self._paint_sum(scene)
        self.painter.setOpacity(1.0)

    def _sums(self, scene: Scene) -> dict[int, float]:
        """What each channel adds to the cell under the cursor, by its place; its change while these are shown."""
        cursor, places = self.view.session.cursor, self.view.layout_now.rows
        parts = self.view.contents.parts(places)
        if parts is not None and self.shown.changes(scene.index + 1):
            return dict(zip(places, parts[cursor.row, cursor.column].tolist(), strict=True))
        explained = scene.explain(cursor.row, cursor.column)
        return {} if explained is None or explained.weights is None else dict(enumerate(explained.channel_sums()))

    def _paint_row(self, scene: Scene, source: Item, kernel: Item, part: Item, value: float, focused: bool) -> None:
        middle, sign, target = part.rect.center().y(), self.size * 1.3, self.items.get(("sum",))
        paint.paint_sign(self.painter, QPointF((source.rect.right() + kernel.rect.left()) / 2, middle), "\u2299", sign)
        paint.paint_sign(self.painter, QPointF((kernel.rect.right() + part.rect.left()) / 2, middle), "=", sign)
        if target is None:
            return
        changes = self.shown.changes(scene.index + 1)
        digits = self.shown.output_plane(scene)[1] if changes else scene.digits.channel  # as the arithmetic has it
        role, strength = ("window", LIT_LINK) if focused else ("quiet", FAINT_LINK)
        anchor = QPointF(part.rect.right() + self.size * 2.6, middle + self.size * 0.8)
        pill = paint.paint_pill(self.painter, anchor, digits.text(value), role, self.size, self.seen)
        end = QPointF(target.rect.left() - 1, target.rect.center().y())
        paint.paint_link(self.painter, QPointF(pill.right() + 2, middle), end, role, strength)

    def _paint_sum(self, scene: Scene) -> None:
        output = self.items.get(("map", scene.index + 1, scene.filter))
        source = self.items.get(("sum",)) or self.items.get(("map", *scene.source))
        if output is None or source is None:
            return
        if ("sum",) in self.items:
            self.painter.setOpacity(source.opacity)
            paint.paint_node(self.painter, source.rect, "\u03a3", "output", self.size * 1.4)
            self._paint_bias(scene, self.items["bias",])
        start = QPointF(source.rect.right() + 2, source.rect.center().y())
        end = QPointF(output.rect.left() - 3, output.rect.center().y())
        paint.paint_link(self.painter, start, end, "window", LIT_LINK, 1.8)

    def _paint_bias(self, scene: Scene, bias: Item) -> None:
        middle, text = bias.rect.center().x(), scene.digits.bias.text(self.shown.bias(scene))
        paint.paint_sign(self.painter, QPointF(middle, bias.rect.top() - self.size * 0.45), "+", self.size * 1.2)
        place = QPointF(middle, bias.rect.bottom())
        paint.paint_pill(self.painter, place, f"b  {text}", "kernel", self.size, self.seen)
