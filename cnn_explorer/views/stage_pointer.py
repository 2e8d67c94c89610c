"""The pointer on the stage: dragging the window, going to a cell, and what lights up under it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt, QVariantAnimation
from PySide6.QtGui import QMouseEvent, QWheelEvent

from cnn_explorer.session.session import Pin
from cnn_explorer.views.overview_marks import marks_of
from cnn_explorer.views.overview_words import field_text
from cnn_explorer.views.shown_maps import change_text
from cnn_explorer.views.stage_scene import Scene

if TYPE_CHECKING:
    from cnn_explorer.views.stage import Stage

FADE_IN, FADE_OUT = 110, 55
WHEEL_ZOOM = 1.0015
MOST_MARKS = 20_000

Cell = tuple[int, int]
Spot = tuple[str, int, int]


class StagePointer:
    """What the pointer is on, as lists of cells to mark; and the mouse's gestures."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._spot: Spot | None = None
        self._pressed = ""
        self._pan_from: QPointF | None = None
        self._at = QPointF()
        self._led = False
        self.marked_inputs: list[Cell] = []
        self.marked_outputs: list[Cell] = []
        self.weights: list[tuple[Cell, str]] = []
        self.role = "input"
        self._fade = QVariantAnimation(stage)
        self._fade.setStartValue(0.0)
        self._fade.setEndValue(1.0)
        self._fade.valueChanged.connect(lambda _: stage.update())
        self._fade.finished.connect(self._faded)

    @property
    def number(self) -> int | None:
        """Which number of a flat output the pointer is on."""
        return self._spot[1] if self._spot is not None and self._spot[0] == "number" else None

    @property
    def dragging(self) -> bool:
        """Whether a button is held on the stage."""
        return bool(self._pressed)

    def strength(self) -> float:
        """How strongly the marks are drawn, 0 to 1."""
        return float(self._fade.currentValue() or 0.0)

    # gestures

    def press(self, event: QMouseEvent) -> None:
        """Begin to drag the window, the output's cell, or (middle button) the view."""
        self._stage.setFocus(Qt.FocusReason.MouseFocusReason)
        if event.button() == Qt.MouseButton.MiddleButton:
            self._pan_from = event.position()
        elif event.button() == Qt.MouseButton.LeftButton:
            plan = self._stage.plan
            if plan is None or self._stage.scene is None:
                return
            for name, grid in (("input", plan.input), ("output", plan.output)):
                if grid is not None and grid.view.contains(event.position()):
                    self._pressed = name
                    self._stage.playback.pause()
                    self._drag(event.position())

    def move(self, event: QMouseEvent) -> None:
        """Drag on, or light up what is under the pointer."""
        if self._pan_from is not None:
            self._stage.pan_by(event.position() - self._pan_from)
            self._pan_from = event.position()
        elif self._pressed:
            self._drag(event.position())
        self._point(event.position())
        self._tell_output()

    def release(self, event: QMouseEvent) -> None:
        """End the gesture."""
        self._pressed, self._pan_from = "", None

    def leave(self) -> None:
        """The pointer left the stage."""
        self._set_spot(None)
        self._tell_output()

    def _tell_output(self) -> None:
        """A moved pointer has a sum of its own; a resting one leaves the sum to the window that slides below it."""
        resting = self._pressed or self._stage.playback.playing
        spot = None if self._spot is None or self._spot[0] != "output" or resting else self._spot[1:]
        self._stage.output_hovered.emit(spot)

    def wheel(self, event: QWheelEvent) -> None:
        """A wheel zooms; two fingers on a touchpad pan when zoomed in, and zoom with Ctrl."""
        pixels = event.pixelDelta()
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if not pixels.isNull() and not control and event.source() == Qt.MouseEventSource.MouseEventSynthesizedBySystem:
            self._stage.pan_by(QPointF(pixels))
        else:
            self._stage.zoom_by(WHEEL_ZOOM ** event.angleDelta().y(), event.position())
        event.accept()

    def _drag(self, point: QPointF) -> None:
        stage, scene, plan = self._stage, self._stage.scene, self._stage.plan
        if scene is None or plan is None or scene.output is None:
            return
        if self._pressed == "output" and plan.output is not None and stage.bars is not None:
            index = stage.bars.at(plan.output.view, point)
            stage.session.move(filter=scene.filter if index is None else index)
            return
        if self._pressed == "output" and plan.output is not None:
            row, column = plan.output.nearest(point)
        else:
            row, column = scene.nearest_output(*plan.input.nearest(point))
        stage.session.move(row=row, column=column)

    # what lights up

    def show(self, pin: Pin | None) -> None:
        """Light up the cell that the pointer is on in another view, unless it is on this one."""
        scene = self._stage.scene
        if not self._stage.underMouse():
            self._led = True
            self._set_spot(None if pin is None or scene is None else _spot(pin, scene))

    def weight_hovered(self, place: Cell | None, bias: bool) -> None:
        """The pointer is on a weight of the kernel, on the bias, or on neither."""
        self._set_spot(None if place is None else ("bias" if bias else "weight", *place))

    def _point(self, point: QPointF) -> None:
        self._at, self._led = point, False
        self._set_spot(self._spot_at(point))

    def _spot_at(self, point: QPointF) -> Spot | None:
        plan = self._stage.plan
        for name, grid in (("input", plan.input), ("output", plan.output)) if plan is not None else ():
            place = grid.at(point) if grid is not None else None
            if name == "output" and place is not None and self._stage.bars is not None and grid is not None:
                index = self._stage.bars.at(grid.view, point)
                return None if index is None else ("number", index, 0)
            if place is not None:
                return (name, *place)
        return None

    def refresh(self) -> None:
        """What is shown has changed under the pointer: mark and read out again."""
        if self._spot is None:
            return
        found = self._spot_now(self._spot)
        if found is None:
            self.marked_inputs, self.marked_outputs, self.weights = [], [], []
        else:
            self._spot = None
        self._set_spot(found)

    def _spot_now(self, spot: Spot) -> Spot | None:
        """What is in the place of `spot` after a change: maps and kernels may have become smaller."""
        kind, row, column = spot
        scene = self._stage.scene
        if scene is None or kind in ("input", "output", "number") and not self._led:
            return self._spot_at(self._at)
        if self._led:
            pin = _pin(spot, scene)
            return None if pin is None else _spot(pin, scene)
        rows, columns = (0, 0) if scene.kernel is None else (1, 1) if kind == "bias" else scene.kernel.shape
        return spot if row < rows and column < columns else None

    def _set_spot(self, spot: Spot | None) -> None:
        if spot == self._spot:
            return
        came, self._spot = self._spot is None and self.strength() < 1, spot
        scene = self._stage.scene
        self._stage.session.point(None if spot is None or scene is None else _pin(spot, scene))
        if spot is None or scene is None:
            self._start_fade(False)
            self._stage.pointed.emit("")
            return
        self.marked_inputs, self.marked_outputs, self.weights, self.role = [], [], [], "input"
        kind, row, column = spot
        text = _MARKERS[kind](self, scene, row, column)
        pin = _pin(spot, scene)
        if pin is not None:
            text += change_text(self._stage.session, pin) + _field_text(scene, pin)
        self._stage.pointed.emit(text)
        if came:
            self._start_fade(True)
        self._stage.update()

    def _start_fade(self, fade_in: bool) -> None:
        at = self.strength()
        self._fade.stop()
        self._fade.setStartValue(at)
        self._fade.setEndValue(1.0 if fade_in else 0.0)
        self._fade.setDuration((FADE_IN if fade_in else FADE_OUT) if self._stage.settings.values.animation else 0)
        self._fade.start()

    def _faded(self) -> None:
        if self._spot is None:
            self.marked_inputs, self.marked_outputs, self.weights = [], [], []

    def _mark_input(self, scene: Scene, row: int, column: int) -> str:
        """Every output cell that reads this input cell, and with which weight."""
        place = scene.cell_at(row, column)
        self.marked_inputs = [(row, column)]
        if place is None or scene.output is None or not scene.layer.enabled:
            handed_on = place is not None and scene.output is not None
            return self._stage.words.input_cell(scene, row, column, 1 if handed_on else 0)
        readers = scene.layer.readers(scene.shape, *place)
        self.marked_outputs = list({(reader.row, reader.column) for reader in readers})
        if scene.kernel is not None:
            self.weights = [
                (
                    (reader.row, reader.column),
                    scene.digits.kernel.text(float(scene.kernel[reader.tap_row, reader.tap_column])),
                )
                for reader in readers
            ]
        return self._stage.words.input_cell(scene, row, column, len(self.marked_outputs))

    def _mark_output(self, scene: Scene, row: int, column: int) -> str:
        """The window of this output cell."""
        if scene.output is None:
            return ""
        window = scene.window(row, column)
        self.marked_inputs = [(r, c) for r in window.rows for c in window.columns]
        self.marked_outputs = [(row, column)]
        self.role = "output"
        return self._stage.words.output_cell(scene, row, column)

    def _mark_number(self, scene: Scene, row: int, column: int) -> str:
        """A number of a flat output."""
        return self._stage.words.output_number(scene, row)

    def _mark_weight(self, scene: Scene, row: int, column: int) -> str:
        """Every input cell that this weight ever multiplies."""
        rows = [at + scene.rows.before for at in scene.rows.tap_positions(row)]
        columns = [at + scene.columns.before for at in scene.columns.tap_positions(column)]
        self.role = "kernel"
        count = len(rows) * len(columns)
        if count <= MOST_MARKS:
            self.marked_inputs = [(r, c) for r in rows for c in columns]
        return self._stage.words.weight(scene, row, column, count)

    def _mark_bias(self, scene: Scene, row: int, column: int) -> str:
        return self._stage.words.bias(scene)


def _field_text(scene: Scene, pin: Pin) -> str:
    """How much of the image an output cell depends on, where the layer reads anything but the image."""
    marks = marks_of(scene.evaluation, pin) if 0 < scene.index < pin.index else None
    return "" if marks is None else field_text(marks)


def _pin(spot: Spot, scene: Scene) -> Pin | None:
    """The cell of the network that the pointer is on; None for padding and for weights."""
    kind, row, column = spot
    if kind == "number":
        return Pin(scene.index + 1, 0, 0, row)
    if kind == "output":
        return Pin(scene.index + 1, row, column, scene.filter)
    cell = scene.cell_at(row, column) if kind == "input" else None
    return None if cell is None else Pin(*scene.read.cell_of(*cell, scene.channel))


def _spot(pin: Pin, scene: Scene) -> Spot | None:
    """The inverse of `_pin`: None where the scene does not show the cell."""
    if pin.index == scene.source[0]:
        row = pin.row * scene.rows.spacing + scene.rows.before
        column = pin.column * scene.columns.spacing + scene.columns.before
        inside = row < scene.inputs.shape[0] and column < scene.inputs.shape[1]
        return ("input", row, column) if inside else None
    if pin.index != scene.index + 1 or scene.output is None:
        return None
    inside = pin.row < scene.output.shape[0] and pin.column < scene.output.shape[1]
    return ("output", pin.row, pin.column) if inside else None


_MARKERS = {
    "input": StagePointer._mark_input,
    "output": StagePointer._mark_output,
    "number": StagePointer._mark_number,
    "weight": StagePointer._mark_weight,
    "bias": StagePointer._mark_bias,
}
