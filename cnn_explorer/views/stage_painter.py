"""One painting of the stage, in the order in which things lie upon each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap

from cnn_explorer.network.explanation import Explanation, Region, Window
from cnn_explorer.session.language import translated
from cnn_explorer.views import stage_paint as paint
from cnn_explorer.views.heat_paint import heat_over_input, paint_heat
from cnn_explorer.views.overview_marks import Marks, marks_of
from cnn_explorer.views.plate import Plate
from cnn_explorer.views.shown_maps import shown_maps
from cnn_explorer.views.stage_curve import paint_curve
from cnn_explorer.views.stage_layout import Grid, StageLayout, on_the_way
from cnn_explorer.views.stage_plates import dropped_cells, paint_plate, plate_of
from cnn_explorer.views.stage_scene import Scene
from cnn_explorer.views.theme import theme

if TYPE_CHECKING:
    from cnn_explorer.views.stage import Stage

SMALLEST_MARK = 8.0
"""Pixels of the frame around a cell, however small the cell."""
HEADING_GAP = 10.0
HEAT_VEIL = 70
"""How much a heat map's paper covers the input: its numbers should stay readable."""
LARGEST_PLATE_TEXT = 20.0
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class StagePainter:
    """Draws `scene` by `plan`. Made for one painting."""

    def __init__(self, stage: Stage, painter: QPainter, scene: Scene, plan: StageLayout) -> None:
        self.stage, self.painter, self.scene, self.plan = stage, painter, scene, plan
        cursor = stage.session.cursor
        self.row, self.column = cursor.row, cursor.column
        self.stepping = cursor.stepping
        self.line = max(3.0, min(plan.input.cell / 11, 6.0)) if plan.input.cell > 6 else 2.0
        self.window = scene.window(self.row, self.column) if scene.output is not None else None

    def paint(self) -> None:
        """Everything; while the layer changes, what moves on top and the rest fading in."""
        progress = self.stage.change_progress()
        self.painter.setOpacity(progress)
        self._paint_input()
        self._paint_output()
        self._paint_field()
        self._paint_headings()
        if self.scene.kernel is not None and not self.plan.bias.isEmpty():
            self._paint_bias_name()
        if self.window is not None:
            self._paint_middle()
            self._paint_window(self.window)
        self._paint_pointed()
        self.painter.setOpacity(1.0)
        self._paint_moving(progress)

    def _paint_moving(self, progress: float) -> None:
        moving = self.stage.moving
        if progress >= 1:
            return
        for name, grid in (("input", self.plan.input), ("output", self.plan.output)):
            if name in self.stage.flying and grid is not None and not (name == "output" and self.stage.bars):
                picture = self._picture(name, grid)
                place = on_the_way(self.stage.flying[name], grid.view, progress)
                self.painter.drawPixmap(place, picture, QRectF(picture.rect()))
        if moving is None or self.plan.output is None:
            return
        pixmap, start, forward = moving
        end = self.plan.input.view if forward else self.plan.output.view
        self.painter.drawPixmap(on_the_way(start, end, progress), pixmap, QRectF(pixmap.rect()))

    def _picture(self, name: str, grid: Grid) -> QPixmap:
        scene, stage, shown = self.scene, self.stage, shown_maps(self.stage.session)
        is_input = name == "input"
        values, digits = shown.input_plane(scene) if is_input else shown.output_plane(scene)
        index, channel = scene.source if is_input else (scene.index + 1, scene.filter)
        scale = stage.scales.of(index, channel)
        ratio = stage.devicePixelRatioF()
        return stage.pictures[name].draw(values, grid.visible(), grid.cell, ratio, scale, digits, stage.smallest_font())

    def _paint_input(self) -> None:
        grid, scene = self.plan.input, self.scene
        self.painter.save()
        self.painter.setClipRect(grid.view.adjusted(-1, -1, 1, 1))
        first_row, _, first_column, _ = grid.visible()
        self.painter.drawPixmap(grid.rect(first_row, first_column).topLeft(), self._picture("input", grid))
        before, size = (scene.rows.before, scene.columns.before), (scene.rows.spread, scene.columns.spread)
        heat = heat_over_input(self.stage.session) if scene.index == 0 and scene.rows.spacing == 1 else None
        if heat is not None:
            paint_heat(self.painter, grid.rect(*before, *size), heat, veil=HEAT_VEIL)
        if grid.rows > size[0] or grid.columns > size[1]:
            paint.paint_padding(self.painter, grid, grid.rect(*before, *size), scene.padding_counts)
        if scene.rows.spacing > 1 or scene.columns.spacing > 1:
            paint.paint_spaces(self.painter, grid, before, size, (scene.rows.spacing, scene.columns.spacing))
        rows, columns = scene.unvisited
        if rows or columns:
            paint.paint_unvisited(self.painter, grid, rows, columns, before, size)
        self.painter.restore()

    def _paint_output(self) -> None:
        grid = self.plan.output
        if grid is None:
            self._paint_problem()
            return
        if self.stage.bars is not None:
            pointed = self.stage.pointer.number
            self.stage.bars.paint(self.painter, grid.view, self.scene.filter, pointed)
            return
        self.painter.save()
        self.painter.setClipRect(grid.view)
        step = self.row * grid.columns + self.column if self.stepping else None
        paint.paint_reached(self.painter, grid, self._picture("output", grid), step)
        dropped = dropped_cells(self.scene)
        if dropped is not None:
            paint.paint_dropped(self.painter, grid, dropped)
        self.painter.restore()

    def _paint_field(self) -> None:
        """What the pinned cell depends on, and what depends on it, as far as it is on the stage."""
        pin = self.stage.session.pinned
        marks = None if pin is None else marks_of(self.scene.evaluation, pin)
        if marks is None:
            return
        rows, columns = self.scene.rows, self.scene.columns
        self._paint_region(self.plan.input, marks, self.scene.index, (rows.before, rows.spacing),
                           (columns.before, columns.spacing))  # fmt: skip
        if self.plan.output is not None and self.stage.bars is None:
            self._paint_region(self.plan.output, marks, self.scene.index + 1)

    def _paint_region(
        self, grid: Grid, marks: Marks, index: int, rows: tuple[int, int] = (0, 1), columns: tuple[int, int] = (0, 1)
    ) -> None:
        """The marks of a map in `grid`, whose cell 0 lies at the first number and each next one the second further."""
        region, pin = marks.region(index), marks.pin
        if region is None and index == pin.index:
            region = Region((pin.row,), (pin.column,), (pin.channel,))
        if region is None or not region.rows or not region.columns:
            return
        top, left = rows[0] + region.rows[0] * rows[1], columns[0] + region.columns[0] * columns[1]
        high = (region.rows[-1] - region.rows[0]) * rows[1] + 1
        wide = (region.columns[-1] - region.columns[0]) * columns[1] + 1
        role = "window" if index == pin.index else marks.role(index)
        self.painter.save()
        self.painter.setClipRect(grid.view.adjusted(-3, -3, 3, 3))
        paint.paint_field(self.painter, grid.rect(top, left, high, wide), theme.role(role))
        self.painter.restore()

    def _paint_problem(self) -> None:
        problem = self.scene.problem
        if problem is not None:
            size = self.stage.heading_size()
            paint.paint_message(self.painter, self.plan.message, translated(problem.sentence), size, "bad")

    def _paint_headings(self) -> None:
        size, words = self.stage.heading_size(), self.stage.words
        scene, plan = self.scene, self.plan
        headed = [(plan.input.view, words.input(scene), "input")]
        if scene.layer.enabled:
            headed.append((plan.centre, words.middle(scene), "kernel"))
        if plan.output is not None:
            view = plan.output.view
            if self.stage.bars is not None:  # few bars do not reach up to the heading's usual place
                view = QRectF(view)
                bars = self.stage.bars
                view.setTop(bars.rect_of(plan.output.view, bars.order[0]).top())
            headed.append((view, words.output(scene), "output"))
        rooms = heading_rooms([view for view, _, _ in headed], self.stage.width())
        for (view, heading, role), room in zip(headed, rooms, strict=True):
            paint.paint_heading(self.painter, view, size, *heading, role, room)

    def _paint_middle(self) -> None:
        scene, plan = self.scene, self.plan
        found = scene.explain(self.row, self.column)
        if found is None:
            return
        plate = plate_of(scene)
        if plate == "function":
            limit = max(stage_limit(self.stage, scene), 1e-6)
            x, y = float(found.values[0, 0, 0]), found.result
            paint_curve(self.painter, plan.curve, scene.layer, x, y, limit, self.stage.heading_size() * 0.85)  # type: ignore[arg-type]
        elif plate:
            self._paint_plate(found)
        elif plan.middle is not None and scene.kernel is None:
            scale = self.stage.scales.of_values(*scene.source)
            paint.paint_pooled(
                self.painter, plan.middle, found.values[..., 0], found.counted[..., 0], found.winner, scale,
                scene.digits.input, self.stage.smallest_font(),
            )  # fmt: skip
        elif plan.middle is not None and self.stage.change_progress() < 1:
            self.painter.fillRect(plan.middle.view, theme.role("paper"))

    def _paint_plate(self, found: Explanation) -> None:
        stage, scene, plan = self.stage, self.scene, self.plan
        size = stage.heading_size()
        scale = stage.scales.of_values(*scene.source)
        place, smallest = (self.row, self.column), stage.smallest_font()
        text = min(max(size * 0.9, plan.curve.width() / 16), LARGEST_PLATE_TEXT * max(1.0, size / 15))
        paint_plate(Plate(self.painter, plan.curve, scene, found, *place, text, smallest, scale))

    def _paint_bias_name(self) -> None:
        rect = self.plan.bias
        self.painter.setFont(paint.font(self.stage.heading_size(), bold=True))
        self.painter.setPen(theme.role("kernel"))
        self.painter.drawText(QRectF(rect.left() - 60, rect.top(), 52, rect.height()), _RIGHT, "b")

    def _paint_window(self, window: Window) -> None:
        plan, scene = self.plan, self.scene
        shift = self.stage.slide_shift()
        strides = (scene.rows.stride, scene.columns.stride)
        moved = (shift[0] * strides[0], shift[1] * strides[1])
        self.painter.save()
        self.painter.setClipRect(plan.input.view.adjusted(-4, -4, 4, 4))
        paint.paint_window(self.painter, plan.input, window, moved, self.line)
        self.painter.restore()
        output = QRectF()
        if plan.output is not None and self.stage.bars is not None:
            output = self.stage.bars.rect_of(plan.output.view, scene.filter)
            if output.isEmpty():  # it is not among the largest
                output = plan.output.view
        elif plan.output is not None:
            output = paint.at_least(plan.output.rect(self.row + shift[0], self.column + shift[1]), SMALLEST_MARK)
            self.painter.save()
            self.painter.setClipRect(plan.output.view.adjusted(-4, -4, 4, 4))
            paint.frame(self.painter, output, theme.role("window"), self.line)
            self.painter.restore()
            output = output if plan.output.view.intersects(output) else QRectF()
        middle = plan.centre
        rect = paint.window_rect(plan.input, window, moved)
        if scene.layer.enabled and plan.input.view.intersects(rect):
            bars = self.stage.bars is not None
            paint.paint_links(self.painter, rect.intersected(plan.input.view), middle, output, bars)

    def _paint_pointed(self) -> None:
        pointer, plan = self.stage.pointer, self.plan
        strength = pointer.strength()
        if strength <= 0:
            return
        for grid, cells, role in (
            (plan.input, pointer.marked_inputs, pointer.role),
            (None if self.stage.bars else plan.output, pointer.marked_outputs, "output"),
        ):
            if grid is not None and cells:
                self.painter.save()
                self.painter.setClipRect(grid.view.adjusted(-2, -2, 2, 2))
                paint.paint_marks(self.painter, grid, cells, theme.role(role), strength)
                self.painter.restore()
        if plan.output is not None and self.stage.bars is None:
            smallest = max(9.0, self.stage.smallest_font())
            for (row, column), text in pointer.weights:
                paint.paint_weight(self.painter, plan.output, row, column, text, strength, smallest)


def heading_rooms(views: list[QRectF], width: float) -> list[float]:
    """How wide the heading over each view may be: up to half way between it and its neighbour, or to the stage's edge,
    so that none meets another."""
    rooms = []
    for at, view in enumerate(views):
        middle = view.center().x()
        left = HEADING_GAP if at == 0 else _between(views[at - 1], view)
        right = width - HEADING_GAP if at == len(views) - 1 else _between(view, views[at + 1])
        rooms.append(2 * min(middle - left, right - middle) - HEADING_GAP)
    return rooms


def _between(one: QRectF, other: QRectF) -> float:
    """Where the room of one heading ends and that of the next begins: in the middle between both views."""
    return (one.right() + other.left()) / 2


def stage_limit(stage: Stage, scene: Scene) -> float:
    """How far the plot of an activation reaches to both sides: the input's scale."""
    scale = stage.scales.of_values(*scene.source)
    return max(abs(scale.low), abs(scale.high))
