"""A wall of filters as it is painted: a tile of each kernel, and one of its map, all in one widget."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from cnn_explorer.network.numbers import digits_for
from cnn_explorer.session.language import tr
from cnn_explorer.session.session import Session
from cnn_explorer.views.controls import describe
from cnn_explorer.views.filter_layout import EDGE, KERNELS, LARGEST_PITCH, MAPS, WallPlan, plan_wall
from cnn_explorer.views.filter_pictures import FilterPictures
from cnn_explorer.views.filter_scene import FilterScene, filter_scene
from cnn_explorer.views.filter_states import paint_states, with_state
from cnn_explorer.views.scales import Scales
from cnn_explorer.views.theme import theme

USUAL_HEIGHT = 216
"""Higher than this the walls grow only when their tiles can't be smaller."""


class FilterTiles(QWidget):
    """The part of a FilterBoard that knows no mouse and no keys; the filter under the cursor is framed on each wall."""

    pointed = Signal(str)

    def __init__(self, session: Session, scales: Scales, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.scene: FilterScene | None = None
        self.height_wanted, self.largest = USUAL_HEIGHT, LARGEST_PITCH
        self._pictures = FilterPictures(scales)
        self._under: int | None = None
        self._pressed: tuple[int, QPointF] | None = None
        self._dragged_to: QPointF | None = None
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        for signal in (scales.changed, theme.changed):
            signal.connect(self._forget_colours)
        session.evaluated.connect(self.redraw)
        session.cursor_moved.connect(self.redraw)
        session.inspection.changed.connect(self.redraw)
        self.retranslate()
        self.redraw()

    # What is shown

    def redraw(self) -> None:
        """Show the evaluation and the cursor as they are now."""
        before = self.plan
        self.scene = filter_scene(self._session.evaluation, self._session.cursor)
        if self.plan != before:
            self.updateGeometry()
        self._speak()
        self.update()

    def _forget_colours(self) -> None:
        self._pictures.forget()
        self.update()

    @property
    def plan(self) -> WallPlan | None:
        """Where the tiles stand; None where there are none."""
        return self._plan_for(self.width())

    def _plan_for(self, width: int) -> WallPlan | None:
        scene = self.scene
        if scene is None:
            return None
        order = self._session.inspection.order(scene.evaluation, scene.index)
        order = order if len(order) == scene.count else ()
        return plan_wall(scene.count, width, self.height_wanted, self.largest, order)

    @property
    def current(self) -> int:
        """The filter under the cursor."""
        return 0 if self.scene is None else min(self._session.cursor.filter, self.scene.count - 1)

    def heightForWidth(self, width: int) -> int:
        plan = self._plan_for(width)
        return 0 if plan is None else plan.height

    def sizeHint(self) -> QSize:
        return QSize(200, self.heightForWidth(self.width()))

    def minimumSizeHint(self) -> QSize:
        return QSize(120, 0)

    # Words

    def retranslate(self) -> None:
        """Set every text; a tooltip would hide tiles."""
        describe(self, tr("Wall of filters"), "")
        self.setToolTip("")
        self._speak()
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def _speak(self) -> None:
        """Tell those who can't see the wall of the filter under the cursor, while the keys go there."""
        self.setAccessibleDescription(self.text_of(self.current) if self.hasFocus() else "")

    def text_of(self, number: int) -> str:
        """What there is to say of a filter: its weights, its bias, its map."""
        scene = self.scene
        weights = None if scene is None else scene.layer.filter_weights(scene.shape, number)
        if scene is None or weights is None:
            return ""
        values = {"number": number + 1, "bias": _text(scene.layer.filter_bias(number))}
        values |= {"low": _text(weights.min()), "high": _text(weights.max())}
        if scene.maps is None:
            return tr("Filter {number}: weights from {low} to {high}, bias {bias}", **values)
        limits = scene.evaluation.limits[scene.index + 1][:, number]
        text = tr(
            "Filter {number}: weights from {low} to {high}, bias {bias}; its map from {least} to {most}",
            **values, least=_text(limits[0]), most=_text(limits[1]),
        )  # fmt: skip
        return with_state(text, self._states()[number])

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:  # ended even where something raises: Qt would crash otherwise
            plan = self.plan
            if self.scene is None or plan is None:
                return
            self._paint_headings(painter, plan, self.scene)
            self._paint_tiles(painter, plan, self.scene)
            paint_states(painter, plan, self._states())
            self._paint_marks(painter, plan)
            if self._dragged_to is not None and self._pressed is not None:
                self._paint_drag(painter, plan, self._pressed[0], self._dragged_to)

    def _paint_headings(self, painter: QPainter, plan: WallPlan, scene: FilterScene) -> None:
        bold, plain = painter.font(), painter.font()
        bold.setBold(True)
        for font in (bold, plain):
            font.setPixelSize(12)
        for wall, role, text, more in (
            (KERNELS, "kernel", tr("Kernels"), self._channel_text(scene)),
            (MAPS, "output", tr("Feature maps"), ""),
        ):
            place = plan.heading(wall)
            painter.setFont(bold)
            painter.setPen(theme.role(role))
            painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, text)
            taken = painter.fontMetrics().horizontalAdvance(text) + 6
            painter.setFont(plain)
            if more and taken + painter.fontMetrics().horizontalAdvance(more) <= place.width():
                painter.setPen(theme.role("quiet"))
                rest = place.adjusted(taken, 0, 0, 0)
                painter.drawText(rest, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, more)

    @staticmethod
    def _channel_text(scene: FilterScene) -> str:
        if scene.channel is None:
            return tr("in colour")
        several = len(scene.layer.channels_read(scene.shape, 0)) > 1
        return tr("ch. {number}", number=scene.channel + 1) if several else ""

    def _paint_tiles(self, painter: QPainter, plan: WallPlan, scene: FilterScene) -> None:
        for wall in (KERNELS, MAPS):
            top = plan.heading(wall).bottom() - EDGE
            part = QRectF(plan.left(wall) - EDGE, top, plan.across + 2 * EDGE, plan.height - top)
            ratio = self.devicePixelRatioF()
            source = QRectF(part.topLeft() * ratio, part.size() * ratio)
            painter.drawPixmap(part, self._pictures.wall(scene, plan, wall, ratio), source)
        if scene.maps is None:
            self._paint_problem(painter, plan, scene)

    def _paint_problem(self, painter: QPainter, plan: WallPlan, scene: FilterScene) -> None:
        """Where the layer can't be applied it has no maps; the reason stands in the panel of the layer."""
        painter.setPen(theme.role("quiet"))
        place = plan.rect(MAPS, 0)
        place.setWidth(plan.across)
        painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, tr("none yet"))

    def _states(self) -> tuple[str, ...]:
        """Of every filter, whether it is dead or silent."""
        scene = self.scene
        found = () if scene is None else self._session.inspection.states(scene.evaluation, scene.index)
        return found or ("",) * (0 if scene is None else scene.count)

    def _paint_marks(self, painter: QPainter, plan: WallPlan) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for wall, role in ((KERNELS, "kernel"), (MAPS, "output")):
            if self._under is not None and self._under < plan.count:
                painter.setPen(QPen(theme.role("accent"), 1))
                painter.drawRect(plan.rect(wall, self._under).adjusted(-1, -1, 0, 0))
            frame = plan.rect(wall, self.current)
            painter.setPen(QPen(theme.role("surface"), 1))  # a rim keeps the frame apart from the picture
            painter.drawRect(frame.adjusted(-1, -1, 0, 0))
            painter.setPen(QPen(theme.role(role), 2))
            painter.drawRect(frame.adjusted(-2, -2, 2, 2))
        if self.hasFocus():
            painter.setPen(QPen(theme.role("accent"), 2))
            painter.drawRect(QRectF(self.rect()).adjusted(1, plan.heading(KERNELS).bottom() - 4, -1, -1))

    def _paint_drag(self, painter: QPainter, plan: WallPlan, number: int, place: QPointF) -> None:
        """The tile that is dragged at the pointer, and a line where it would stand."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.role("accent"))
        for wall in (KERNELS, MAPS):
            painter.drawRect(plan.gap_rect(wall, plan.gap_at(place)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self.scene is not None:
            tile, ratio = plan.rect(KERNELS, number), self.devicePixelRatioF()
            source = QRectF(tile.topLeft() * ratio, tile.size() * ratio)
            tile.moveCenter(place)
            painter.setOpacity(0.8)
            painter.drawPixmap(tile, self._pictures.wall(self.scene, plan, KERNELS, ratio), source)
            painter.setOpacity(1.0)


def _text(value: float) -> str:
    return digits_for([float(value)]).text(float(value))
