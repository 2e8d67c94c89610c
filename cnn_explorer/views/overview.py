"""The picture of a network at its two larger distances: every map of it, and the channels of one filter."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractAnimation,
    QEasingCurve,
    QEvent,
    QPointF,
    QRectF,
    Qt,
    QVariantAnimation,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)  # fmt: skip
from PySide6.QtWidgets import QMenu, QToolTip, QWidget

from cnn_explorer.network.results import Evaluation
from cnn_explorer.session.cursor import IMAGE, LEVELS
from cnn_explorer.session.language import tr
from cnn_explorer.session.session import Session
from cnn_explorer.session.settings import Settings
from cnn_explorer.views.map_pictures import MapPictures
from cnn_explorer.views.overview_arrangement import Arrangement
from cnn_explorer.views.overview_contents import OverviewContents
from cnn_explorer.views.overview_layout import Item, Key, Layout, between
from cnn_explorer.views.overview_painter import OverviewPainter
from cnn_explorer.views.overview_plates import Plates
from cnn_explorer.views.overview_pointer import OverviewPointer
from cnn_explorer.views.scales import Scales
from cnn_explorer.views.stage_scene import Scene
from cnn_explorer.views.theme import theme
from cnn_explorer.views.turns import turns

MOVE = 460
"""Milliseconds from one distance to the other."""
_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Up, Qt.Key.Key_Down)


class Overview(QWidget):
    """Draws the evaluation at the levels "network" and "channels" of the cursor.

    `pointed` carries the read-out of what the pointer is on, "" for nothing.
    """

    pointed = Signal(str)

    def __init__(self, session: Session, settings: Settings, scales: Scales, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session, self.settings, self.scales = session, settings, scales
        self.presenting = False
        self.pictures = MapPictures(scales)
        self.contents = OverviewContents(session, settings)
        self.arrangement = Arrangement(self)
        self.offset = 0.0
        self._before = Layout()
        self._shown: tuple[object, ...] = ()
        self._plates = Plates(self)
        self.language = 0
        """How often the texts have been set: a kept picture has those of its time."""
        self._move = QVariantAnimation(self)
        self._move.setStartValue(0.0)
        self._move.setEndValue(1.0)
        self._move.setDuration(MOVE)
        self._move.setEasingCurve(QEasingCurve.Type.InOutCubic)
        self._move.valueChanged.connect(lambda _: self.update())
        self.pointer = OverviewPointer(self)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(420, 220)
        for signal in (session.evaluated, session.marks_changed, scales.changed, theme.changed):
            signal.connect(self.redraw)
        session.cursor_moved.connect(self._cursor_moved)
        session.inspection.changed.connect(self.update)
        settings.changed.connect(self._setting_changed)
        self.retranslate()
        self.redraw()

    # what is shown

    @property
    def level(self) -> str:
        """The distance that is drawn: "network" or "channels"; also while the stage shows a cell."""
        at_image = self.session.cursor.layer == IMAGE
        return "network" if at_image or self.session.cursor.level == LEVELS[0] else "channels"

    @property
    def evaluation(self) -> Evaluation:
        """What is drawn."""
        return self.session.evaluation

    @property
    def scene(self) -> Scene | None:
        """The focused layer, None where it has no input."""
        return self.contents.scene

    def redraw(self) -> None:
        """Draw everything from nothing."""
        self._lay_out(animated=False)
        self.pointer.refresh()
        turns().ask(self)

    def _setting_changed(self, name: str) -> None:
        if name == "strongest_first":
            self.redraw()

    def _cursor_moved(self) -> None:
        cursor = self.session.cursor
        shown = (cursor.layer, cursor.level, cursor.filter)
        if shown != self._shown:
            self._lay_out(animated=self.isVisible() and self.settings.values.animation)
        elif self.level == "channels" and cursor.level != "cell":
            self.arrangement.keep_in_view()
        self.pointer.refresh()
        turns().ask(self)

    def _lay_out(self, animated: bool) -> None:
        cursor = self.session.cursor
        before, running = self.visible_layout(), self._moving()
        if (cursor.layer, cursor.filter) != (self._shown[0], self._shown[2]) if self._shown else False:
            self.arrangement.begin_rows()
        self._shown = (cursor.layer, cursor.level, cursor.filter)
        self.arrangement.arrange()
        if animated and self.layout_now.items != before.items:
            self._before = before
            self._move.stop()
            self._move.start()
        elif not running:
            self._before = self.layout_now
        self._bring_focus_into_view()

    @property
    def layout_now(self) -> Layout:
        """Where everything is, or moves to."""
        return self.arrangement.layout

    def _moving(self) -> bool:
        return self._move.state() == QAbstractAnimation.State.Running

    def visible_layout(self) -> Layout:
        """Where everything is at this moment, also on its way."""
        if not self._moving():
            return self.layout_now
        return between(self._before, self.layout_now, float(self._move.currentValue()), self.visible_rect())

    def _focused_keys(self) -> dict[str, Key]:
        """The keys of what the stage shows, too."""
        scene = self.scene
        if scene is None:
            return {}
        keys: dict[str, Key] = {"input": ("map", *scene.source), "middle": ("kernel", scene.place)}
        return keys | {"output": ("map", scene.index + 1, scene.filter)}

    def places(self) -> dict[str, QRectF]:
        """Where the input, the kernel and the output of the focused layer stand, in the widget."""
        items = self.layout_now.items
        found = {name: items[key].rect for name, key in self._focused_keys().items() if key in items}
        return {name: rect.translated(-self.offset, 0) for name, rect in found.items()}

    def fly_in(self, places: dict[str, QRectF]) -> None:
        """Come from the cell: input, kernel and output begin at the places that they have there."""
        keys = self._focused_keys()
        items = {keys[name]: Item(rect.translated(self.offset, 0)) for name, rect in places.items() if name in keys}
        self._before = Layout(items, self.layout_now.columns, self.layout_now.width)
        self._move.stop()
        self._move.start()

    # sizes

    def text_size(self) -> float:
        """The height of usual text; presenting, at least 1/40 of the window's height."""
        return max(12.0, self.window().height() / 40) if self.presenting else 12.0

    def small_size(self) -> float:
        """The height of shapes and limits; presenting, they are no smaller than the rest."""
        return self.text_size() * (1.0 if self.presenting else 0.85)

    def set_presenting(self, presenting: bool) -> None:
        """Large text, for the back row."""
        self.presenting = presenting
        self._lay_out(animated=False)
        self.update()

    # scrolling

    def _bring_focus_into_view(self) -> None:
        column = self.layout_now.column(self.session.cursor.layer - IMAGE)
        most = max(0.0, self.layout_now.width - self.width())
        if column is not None and most:
            area = column.heading
            if area.left() - self.offset < 40 or area.right() - self.offset > self.width() - 40:
                self.offset = area.center().x() - self.width() / 2
        self.offset = min(max(self.offset, 0.0), most)

    def scroll_by(self, pixels: float) -> None:
        """Move sideways, where the network is wider than the window."""
        self.offset = min(max(self.offset + pixels, 0.0), max(0.0, self.layout_now.width - self.width()))
        self.update()

    def scroll_column(self, index: int, maps: int) -> None:
        """Show other channels of a column that does not show all of them."""
        self.arrangement.scroll_column(index, maps)
        self.pointer.refresh()
        self.update()

    def move_channel(self, by: int) -> None:
        """Go to the next channel as they are shown (at level "network": the next filter)."""
        cursor, scene = self.session.cursor, self.scene
        if self.level == "network" or scene is None:
            self.session.move(filter=max(0, cursor.filter + by))
            return
        opened = self.contents.opened()
        if opened is not None:
            at = opened.order.index(scene.place) + by
            if 0 <= at < len(opened.order):
                self.session.move(channel=scene.channels[opened.order[at]])

    # Qt's events

    def retranslate(self) -> None:
        """Set every text in the current language."""
        self.setAccessibleName(tr("Overview of the network"))
        self.language += 1
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._lay_out(animated=False)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._moving():
            self._plates.paint_anew(painter)
        else:
            self._plates.paint(painter)
        painter.translate(-self.offset, 0)
        OverviewPainter(self, painter).paint_marks()
        painter.end()

    def place(self, point: QPointF) -> QPointF:
        """A point of the widget as a point of the layout."""
        return point + QPointF(self.offset, 0)

    def visible_rect(self) -> QRectF:
        """The part of the layout that is in view."""
        return QRectF(self.offset, 0, self.width(), self.height())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.pointer.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.pointer.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.pointer.release()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.pointer.double_click(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.pointer.leave()

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.pointer.wheel(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.move_channel(-1 if key == Qt.Key.Key_Up else 1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.go_nearer()
        else:
            super().keyPressEvent(event)

    def go_nearer(self) -> None:
        """One level nearer to what the cursor is on."""
        level = self.session.cursor.level
        if self.session.cursor.layer == IMAGE:
            self.session.look("cell")
        elif level != LEVELS[-1]:
            self.session.look(LEVELS[LEVELS.index(level) + 1])

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        menu = self.pointer.menu(None if by_key else self.place(QPointF(event.pos())))
        if menu is not None:
            menu.popup(event.globalPos())

    def new_menu(self) -> QMenu:
        """A menu that goes when it is closed."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return menu

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self.pointer.tip(), self)
            return True
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and event.key() in _KEYS:
            plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            event.setAccepted(plain)  # the program's shortcuts leave these keys to the picture
            return plain
        return bool(super().event(event))
