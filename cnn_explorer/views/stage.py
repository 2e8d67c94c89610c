"""The stage: the focused layer at work. Input, what it is read with, output, and the window that slides over them."""

from __future__ import annotations

from math import inf

import numpy as np
from PySide6.QtCore import (
    QAbstractAnimation,
    QEasingCurve,
    QEvent,
    QPointF,
    QRectF,
    QSizeF,
    Qt,
    QVariantAnimation,
    Signal,
)
from PySide6.QtGui import QMouseEvent, QNativeGestureEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from cnn_explorer.network.arrays import frozen
from cnn_explorer.network.layers import Layer
from cnn_explorer.network.sentence import Sentence, say
from cnn_explorer.session.language import tr, translated
from cnn_explorer.session.playback import Playback
from cnn_explorer.session.session import Session
from cnn_explorer.session.settings import Settings
from cnn_explorer.views import stage_paint as paint
from cnn_explorer.views.class_bars import ClassBars
from cnn_explorer.views.grid_paint import SMALLEST_FONT, GridPicture
from cnn_explorer.views.number_grid import NumberGrid
from cnn_explorer.views.scales import Scales
from cnn_explorer.views.shown_maps import shown_maps
from cnn_explorer.views.stage_flat import output_bars
from cnn_explorer.views.stage_layout import LARGEST_ZOOMED_CELL, Grid, StageLayout, Wanted, arrange
from cnn_explorer.views.stage_painter import StagePainter
from cnn_explorer.views.stage_plates import is_tall, plate_of
from cnn_explorer.views.stage_pointer import StagePointer
from cnn_explorer.views.stage_scene import Scene, scene_of
from cnn_explorer.views.stage_words import Words
from cnn_explorer.views.theme import theme

SLIDE = 170
CHANGE_LAYER = 420
USUAL_NUMBER, READABLE = "\u22120.000", 10.0
"""How weights are written at most as a rule, and the pixels of a font in which they can be read."""


class Stage(QWidget):
    """Draws the scene of the cursor's layer; the kernel and the bias are editable grids that stand on it.

    `pointed` carries the read-out of what the pointer is on, "" for nothing.
    """

    pointed = Signal(str)
    output_hovered = Signal(object)
    """((row, column) or None): the output cell that the pointer was moved to."""

    def __init__(
        self, session: Session, settings: Settings, playback: Playback, scales: Scales, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.session, self.settings, self.playback, self.scales = session, settings, playback, scales
        self.scene: Scene | None = None
        self.plan: StageLayout | None = None
        self.bars: ClassBars | None = None
        self.zoom, self.focus_place = 1.0, (0.5, 0.5)
        self.largest_cell = inf
        self.presenting = False
        self.words = Words()
        self.pointer = StagePointer(self)
        self.pictures = {"input": GridPicture(), "output": GridPicture()}
        self._slide = self._animation(SLIDE)
        self._slid_from = (0.0, 0.0)
        self._shown_cell = (0, 0, -2)
        self._change = self._animation(CHANGE_LAYER)
        self._change.finished.connect(self._arrived)
        self.moving: tuple[QPixmap, QRectF, bool] | None = None
        self.flying: dict[str, QRectF] = {}
        self._gesture = ""
        self._kernel, self._bias = self._make_editor("kernel"), self._make_editor("bias")
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setMinimumSize(420, 220)
        for signal in (session.evaluated, scales.changed, theme.changed):
            signal.connect(self.redraw)
        session.cursor_moved.connect(self._cursor_moved)
        session.inspection.changed.connect(self.update)
        session.marks_changed.connect(self.update)
        self.retranslate()
        self.redraw()

    def _animation(self, milliseconds: int) -> QVariantAnimation:
        made = QVariantAnimation(self)
        made.setStartValue(0.0)
        made.setEndValue(1.0)
        made.setDuration(milliseconds)
        made.setEasingCurve(QEasingCurve.Type.InOutCubic)
        made.valueChanged.connect(lambda _: self.update())
        return made

    def _make_editor(self, role: str) -> NumberGrid:
        editor = NumberGrid(self, role)
        editor.edited.connect(self._bias_edited if role == "bias" else self._kernel_edited)
        editor.finished.connect(self._gesture_ended)
        editor.hovered.connect(lambda place: self.pointer.weight_hovered(place, role == "bias"))
        return editor

    # what is shown

    def redraw(self) -> None:
        """Draw everything from nothing: the evaluation, the cursor and the theme as they are now."""
        previous = self.scene
        cursor = self.session.cursor
        self.scene = scene_of(self.session.evaluation, cursor)
        if self.scene is None or previous is None or self.scene.inputs.shape != previous.inputs.shape:
            self.zoom, self.focus_place = 1.0, (0.5, 0.5)
        self._shown_cell = (cursor.row, cursor.column, cursor.layer)
        self.lay_out()
        self.pointer.refresh()

    def lay_out(self) -> None:
        """Work out where everything stands, and put the editors there."""
        scene = self.scene
        if scene is not None:
            self.bars = output_bars(scene, shown_maps(self.session), self.scales, self.smallest_font())
            self.plan = arrange(
                QSizeF(self.size()), self._wanted(scene), self.heading_size() * 3.0, self.zoom, self.focus_place
            )
            self._place_editors()
        self.update()

    def _wanted(self, scene: Scene) -> Wanted:
        plate = plate_of(scene)
        middle = None if plate or not scene.layer.enabled else (scene.rows.kernel, scene.columns.kernel)
        rows, columns = scene.inputs.shape
        output = None if scene.output is None else (scene.output.shape[0], scene.output.shape[1])
        kernel, bars = scene.kernel is not None, self.bars is not None
        number = paint.text_width(USUAL_NUMBER, max(self.smallest_font(), READABLE)) + 6
        return Wanted(
            (rows, columns), middle, output, bool(plate), kernel, is_tall(plate), self.largest_cell, bars, number
        )

    def heading_size(self) -> float:
        """The height of a title in pixels; presenting, all text is at least 1/40 of the window's height."""
        return max(15.0, self.window().height() / 32) if self.presenting else 15.0

    def smallest_font(self) -> float:
        """The smallest number drawn in a cell."""
        return self.window().height() / 40 if self.presenting else SMALLEST_FONT

    def _place_editors(self) -> None:
        scene, plan = self.scene, self.plan
        shown = scene is not None and scene.kernel is not None and scene.layer.enabled and not self._changing()
        if not shown and (self._kernel.hasFocus() or self._bias.hasFocus()):
            self.setFocus()  # left to itself, it would go to whatever control comes next
        self._kernel.setVisible(bool(shown))
        self._bias.setVisible(bool(shown))
        if not shown or plan is None or plan.middle is None or scene is None or scene.kernel is None:
            return
        scale = self.scales.kernel_scale(scene.layer, scene.weights, scene.index)
        for editor in (self._kernel, self._bias):
            editor.set_smallest_font(self.smallest_font())
        self._kernel.set_cell_size(plan.middle.cell)
        self._kernel.show_values(scene.kernel, scale, scene.digits.kernel)
        self._kernel.move(plan.middle.view.topLeft().toPoint())
        self._bias.set_cell_size(plan.bias.width())
        self._bias.show_values(np.array([[scene.bias]], np.float32), scale, scene.digits.bias)
        self._bias.move(plan.bias.topLeft().toPoint())

    def retranslate(self) -> None:
        """Set every text in the current language."""
        self.setAccessibleName(tr("Stage"))
        self.update()

    def set_presenting(self, presenting: bool) -> None:
        """Large text, for the back row."""
        self.presenting = presenting
        self.lay_out()

    # the cursor

    def _cursor_moved(self) -> None:
        cursor, scene = self.session.cursor, self.scene
        row, column, layer = self._shown_cell
        if scene is None or cursor.layer != layer or cursor.filter != scene.filter:
            self._change_layer(layer, cursor.layer)
            return
        if cursor.channel != scene.channel and cursor.channel in scene.channels:
            self.redraw()
        self._shown_cell = (cursor.row, cursor.column, layer)
        self._start_slide(row - cursor.row, column - cursor.column)
        if self.zoom > 1:
            self._follow(cursor.row, cursor.column)
        self.pointer.refresh()
        self.update()

    def _start_slide(self, rows: int, columns: int) -> None:
        self._slide.stop()
        near = abs(rows) <= 1 and abs(columns) <= 1 and not self.pointer.dragging
        quick = self.playback.playing and self.playback.interval < SLIDE
        if self.settings.values.animation and near and not quick and (rows or columns):
            self._slid_from = (float(rows), float(columns))
            self._slide.start()

    def slide_shift(self) -> tuple[float, float]:
        """How far the window still is from its place, in output cells."""
        if self._slide.state() != QAbstractAnimation.State.Running:
            return 0.0, 0.0
        rest = 1.0 - float(self._slide.currentValue())
        return self._slid_from[0] * rest, self._slid_from[1] * rest

    def change_progress(self) -> float:
        """How far the change to this layer has come, 0 to 1; 1 when none is under way."""
        return float(self._change.currentValue()) if self._changing() else 1.0

    def _changing(self) -> bool:
        return self._change.state() == QAbstractAnimation.State.Running

    def _change_layer(self, before: int, after: int) -> None:
        """Show another layer; going one on, the output that was becomes the input, and the other way round."""
        scene, plan = self.scene, self.plan
        forward = after == before + 1
        self.moving, self.flying = None, {}
        next_to = abs(after - before) == 1 and not (forward and self.bars is not None)
        if scene is not None and plan is not None and plan.output is not None and next_to:
            name, grid = ("output", plan.output) if forward else ("input", plan.input)
            pixmap = self.pictures[name].pixmap
            if pixmap is not None:
                self.moving = (pixmap, QRectF(grid.view), forward)
        if self.settings.values.animation and self.moving is not None and self.isVisible():
            self._change.stop()
            self._change.start()
        self.redraw()

    def places(self) -> dict[str, QRectF]:
        """Where input, middle and output stand."""
        plan = self.plan
        if plan is None:
            return {}
        grids = {"input": plan.input, "middle": plan.middle, "output": plan.output}
        return {name: QRectF(grid.view) for name, grid in grids.items() if grid is not None}

    def fly_in(self, places: dict[str, QRectF]) -> None:
        """Come from another distance: input, middle and output begin at these places."""
        self.moving, self.flying = None, places
        self._change.stop()
        self._change.start()
        self.lay_out()

    def _arrived(self) -> None:
        self.flying = {}
        self._place_editors()

    def _follow(self, row: int, column: int) -> None:
        """Zoomed in, keep the window in view."""
        scene, plan = self.scene, self.plan
        if scene is None or plan is None:
            return
        rect = paint.window_rect(plan.input, scene.window(row, column))
        if not plan.input.view.contains(rect):
            content = plan.input.content
            self.focus_place = (
                (rect.center().y() - content.top()) / content.height(),
                (rect.center().x() - content.left()) / content.width(),
            )
            self.lay_out()

    # zoom and pan

    def zoom_by(self, factor: float, at: QPointF | None = None) -> None:
        """Zoom both maps, keeping the place under `at` (the middle, for None) where it is."""
        if self.plan is None:
            return
        grid = self.plan.input
        if at is not None and self.plan.output is not None and self.plan.output.view.contains(at):
            grid = self.plan.output
        at = at if at is not None else grid.view.center()
        place = self._relative(grid, at)
        fitted = self.plan.input.cell / self.zoom
        self.zoom = min(max(self.zoom * factor, 1.0), max(1.0, LARGEST_ZOOMED_CELL / fitted))
        size = (
            grid.content.width() * self.zoom / (grid.cell / fitted),
            grid.content.height() * self.zoom / (grid.cell / fitted),
        )
        self.focus_place = (
            place[0] - (at.y() - grid.view.center().y()) / size[1],
            place[1] - (at.x() - grid.view.center().x()) / size[0],
        )
        self.lay_out()

    def pan_by(self, delta: QPointF) -> None:
        """Move both maps under their views by `delta` pixels."""
        if self.plan is None or self.zoom <= 1:
            return
        grid = self.plan.input
        row, column = self._relative(grid, grid.view.center() - delta)
        self.focus_place = (min(max(row, 0.0), 1.0), min(max(column, 0.0), 1.0))
        self.lay_out()

    def zoom_to_fit(self) -> None:
        """Show both maps whole."""
        self.zoom, self.focus_place = 1.0, (0.5, 0.5)
        self.lay_out()

    @staticmethod
    def _relative(grid: Grid, point: QPointF) -> tuple[float, float]:
        return (
            (point.y() - grid.content.top()) / grid.content.height(),
            (point.x() - grid.content.left()) / grid.content.width(),
        )

    # editing

    def _kernel_edited(self, values: np.ndarray) -> None:
        scene = self.scene
        if scene is None or scene.kernel is None:
            return
        layer = self.session.basis.network.layers[scene.index]
        self._edit(layer.with_weights(scene.shape, scene.filter, scene.place, frozen(values)), say("Change the kernel"))

    def _bias_edited(self, values: np.ndarray) -> None:
        scene = self.scene
        if scene is None:
            return
        layer = self.session.basis.network.layers[scene.index]
        self._edit(layer.with_bias(scene.filter, float(values[0, 0])), say("Change the bias"))

    def _edit(self, layer: Layer | None, text: Sentence) -> None:
        if layer is None or self.scene is None:
            return
        self._gesture = self._gesture or self.session.new_gesture()
        self.session.edit_layer(self.scene.index, layer, text, self._gesture)

    def _gesture_ended(self) -> None:
        self._gesture = ""
        self.session.end_gesture()

    # Qt's events

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.lay_out()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.pointer.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.pointer.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.pointer.release(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.pointer.leave()

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.pointer.wheel(event)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QNativeGestureEvent) and event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
            self.zoom_by(1.0 + event.value(), event.position())
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.role("ground"))
        if self.scene is None or self.plan is None:
            self._paint_nothing(painter)
        else:
            StagePainter(self, painter, self.scene, self.plan).paint()
        painter.end()

    def _paint_nothing(self, painter: QPainter) -> None:
        problems = self.session.evaluation.problems
        if problems:
            paint.paint_message(
                painter, QRectF(self.rect()).adjusted(60, 20, -60, -20), translated(problems[0].sentence), 15, "bad"
            )
