"""The cards of the strip as one widget: drawn, pointed at, chosen, dragged and edited, by mouse and by keyboard."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QMenu, QToolTip, QWidget

from cnn_explorer.network.layers.layer import Layer
from cnn_explorer.session.cursor import IMAGE
from cnn_explorer.session.language import tr
from cnn_explorer.session.session import Session
from cnn_explorer.session.settings import Settings
from cnn_explorer.views.overview_marks import Marks, marks_of
from cnn_explorer.views.scales import Scales
from cnn_explorer.views.shown_maps import shown_maps
from cnn_explorer.views.strip_cards import (
    BUTTON,
    LIFTED,
    NAME_BASELINE,
    Card,
    CardPainter,
    arrow_height,
    paint_arrow,
    paint_button,
    paint_plus_card,
)
from cnn_explorer.views.strip_contents import cards_of, described
from cnn_explorer.views.strip_drag import Dragging
from cnn_explorer.views.strip_keys import action_of
from cnn_explorer.views.strip_layout import CARD_HEIGHT, CARD_WIDTH, Row, row_of
from cnn_explorer.views.strip_menus import add_menu, card_menu
from cnn_explorer.views.strip_motion import Motion
from cnn_explorer.views.strip_rename import Renaming
from cnn_explorer.views.theme import theme
from cnn_explorer.views.turns import turns


class Cards(QWidget):
    """The cards. Card 0 is the input, card i + 1 layer i, and the one behind them adds a layer."""

    pointed = Signal(str)
    reached = Signal(int)
    """The card that the keyboard has moved to."""
    dragged = Signal(int, int)
    """A card is being dragged: what should be in view, from one x to another."""

    def __init__(self, session: Session, scales: Scales, settings: Settings) -> None:
        super().__init__()
        self.session, self._scales = session, scales
        self._painter = CardPainter(self)
        self.cards: list[Card] = []
        self.row = Row((), 0.0, 0.0)
        self.motion = Motion(settings, self)
        self.motion.moved.connect(self.update)
        self.at: int = 0
        """The card that the keyboard is on."""
        self._marks: Marks | None = None
        self.gap: int | None = None
        """The gap that the pointer is in, by the card before it."""
        self.dragging = Dragging(self)
        self.renaming = Renaming(self)
        self._over_plus = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    # What is shown

    @property
    def layers(self) -> tuple[Layer, ...]:
        """Those of the cards: of the evaluation on the screen."""
        return self.session.evaluation.document.network.layers

    @property
    def in_step(self) -> bool:
        """Whether the cards show the layers of the newest document, so that those can be edited by their cards."""
        return len(self.session.document.network.layers) == len(self.layers)

    def redraw(self) -> None:
        """Take everything from the evaluation."""
        self.at = min(self.at, len(self.layers) + 1) if self.cards else self.selected
        self.cards = cards_of(shown_maps(self.session), self._scales, self.session.cursor)
        self._marks = self._marks_now()
        self._place()
        self.renaming.keep()
        self._describe()
        turns().ask(self)

    def _marks_now(self) -> Marks | None:
        pin = self.session.pointed or self.session.pinned
        return None if pin is None else marks_of(self.session.evaluation, pin)

    def mark(self) -> None:
        """Mark what the cell under the pointer, or the pinned one, depends on and reaches."""
        marks = self._marks_now()
        if marks is not self._marks:
            self._marks = marks
            self.update()

    def _describe(self) -> None:
        said = self.describe_card(self.at)
        if said != self.accessibleDescription():
            self.setAccessibleDescription(said)

    @property
    def selected(self) -> int:
        """The card of what the cursor is on."""
        return self.session.cursor.layer - IMAGE

    def describe_card(self, index: int) -> str:
        """What a card stands for, in a sentence."""
        return tr("Add a layer at the end") if index == len(self.cards) else described(self.cards[index])

    # Where everything is

    def _place(self) -> None:
        """Put the cards into their places: at once, or gliding on from where a drag has left them."""
        self.row = row_of(self.layers, self.width())
        wide = int(row_of(self.layers).width)
        if wide != self.minimumWidth():
            self.setMinimumWidth(wide)
        if self.dragging.settle():
            return
        if self.motion.gliding and len(self.motion.lefts) == len(self.cards):
            self.motion.glide(self.row.lefts)
        else:
            self.motion.jump(self.row.lefts)

    def left(self, index: int) -> float:
        """The left edge of a card's place; all cards together stand in the middle where there is room."""
        return self.row.lefts[index] if index < len(self.row.lefts) else self.row.plus

    @property
    def top(self) -> float:
        """The top edge of every card: they stand in the middle of the strip, above its scroll bar."""
        return float(max(0, (self.height() - int(CARD_HEIGHT)) // 2))

    def card_at(self, place: QPointF) -> int | None:
        """The card under a place, as many as there are for the one that adds a layer, None between them."""
        return self.row.card_at(place.x()) if self.top <= place.y() < self.top + CARD_HEIGHT else None

    def button_place(self, gap: int) -> QPointF:
        """The middle of the button in a gap."""
        return QPointF(self.row.middle_of_gap(gap), arrow_height(self.top))

    def _on_button(self, place: QPointF) -> bool:
        if self.gap is None:
            return False
        away = place - self.button_place(self.gap)
        return QPointF.dotProduct(away, away) <= (BUTTON + 1) ** 2

    def sizeHint(self) -> QSize:
        return QSize(self.minimumWidth(), int(CARD_HEIGHT))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.dragging.cancel()
        self._place()
        self.renaming.keep()

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            self._paint(painter, event.rect())

    def _paint(self, painter: QPainter, seen: QRect) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(seen, theme.role("surface"))
        held = self.dragging.held
        self._paint_arrows(painter, held, seen)
        for index in sorted(range(len(self.cards)), key=lambda index: index == held):
            left = self.motion.lefts[index]
            if left < seen.right() + 1 and left + CARD_WIDTH > seen.left():
                self._paint_card(painter, index, left, index == held)
        focused = self.hasFocus() and self.at == len(self.cards)
        paint_plus_card(painter, self.row.plus, self.top, self._over_plus, focused)
        if self.gap is not None:
            paint_button(painter, self.button_place(self.gap))

    def _paint_card(self, painter: QPainter, index: int, left: float, held: bool) -> None:
        place = QPointF(left, self.top + (LIFTED if held else 0.0))
        focused = self.hasFocus() and index == self.at
        self._painter.paint(painter, index, place, self.cards[index], index == self.selected, focused, self._marks)

    def _paint_arrows(self, painter: QPainter, held: int | None, seen: QRect) -> None:
        order = self.dragging.order()
        for before, after in zip(order, order[1:], strict=False):
            start, end = self.motion.lefts[before] + CARD_WIDTH, self.motion.lefts[after]
            if held not in (before, after) and end - start > 8 and start <= seen.right() + 1 and end >= seen.left():
                paint_arrow(painter, start, end, self.top)

    # The mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        index = self.card_at(event.position())
        if self._on_button(event.position()):
            assert self.gap is not None
            self.offer_layers(self.gap)
        elif index is not None and index == len(self.cards):
            self.at = index
            self.offer_layers(index - 1)
        elif index is not None:
            self.at = index
            self.dragging.press(index, event.position())
            self.session.select(index + IMAGE)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.dragging.move(event.position()):
            self.gap = None
        else:
            self._hover(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.dragging.release(event.position())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.card_at(event.position())
        if index and event.position().y() > self.top + NAME_BASELINE - 14:
            self.rename(index)

    def _hover(self, place: QPointF) -> None:
        index = self.card_at(place)
        inside = self.top <= place.y() < self.top + CARD_HEIGHT
        gap = self.row.gap_at(place.x()) if inside else None
        if gap is None and self._on_button(place):
            gap = self.gap
        over_plus = index == len(self.cards)
        if (gap, over_plus) != (self.gap, self._over_plus):
            self.gap, self._over_plus = gap, over_plus
            self.update()
        on_button = self._on_button(place)
        self.setCursor(Qt.CursorShape.PointingHandCursor if on_button or over_plus else Qt.CursorShape.ArrowCursor)
        self.pointed.emit(self._said_at(index, gap))

    def _said_at(self, index: int | None, gap: int | None) -> str:
        if gap is not None:
            return tr(
                "Add a layer between {before} and {after}",
                before=self.cards[gap].name, after=self.cards[gap + 1].name,
            )  # fmt: skip
        return "" if index is None else self.describe_card(index)

    def leaveEvent(self, event: QEvent) -> None:
        self.gap, self._over_plus = None, False
        self.update()
        self.pointed.emit("")

    def hideEvent(self, event: QHideEvent) -> None:
        self.dragging.cancel()

    # The keyboard

    def focusInEvent(self, event: QFocusEvent) -> None:
        reasons = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason)
        if event.reason() in reasons:
            self.move_to(self.selected)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        action = action_of(event)
        if event.key() == Qt.Key.Key_Escape and self.dragging.held is not None:
            self.dragging.cancel()
        elif action is None:
            super().keyPressEvent(event)
        else:
            action(self)

    def move_to(self, index: int) -> None:
        """Put the keyboard on a card, the last one where there are not so many."""
        self.at = min(max(index, 0), len(self.cards))
        self._describe()
        self.reached.emit(self.at)
        self.update()

    # Menus and names

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self.at if by_key else self.card_at(QPointF(event.pos()))
        if index is not None and index < len(self.cards) and self.in_step:
            self.menu(index).popup(self._below(self.left(index)) if by_key else event.globalPos())

    def menu(self, index: int) -> QMenu:
        """What can be done with a card's layer."""
        return card_menu(self, index)

    def offer_layers(self, after: int) -> None:
        """Ask which layer to add behind a card."""
        if self.in_step:
            self.move_to(self.at)
            last = after + 1 >= len(self.cards)
            left = self.row.plus if last else self.button_place(after).x() - BUTTON
            add_menu(self, after).popup(self._below(left))

    def _below(self, left: float) -> QPoint:
        return self.mapToGlobal(QPoint(int(left), int(self.top + CARD_HEIGHT)))

    def rename(self, index: int) -> None:
        """Let the name of a card's layer be typed in its place."""
        if 0 < index < len(self.cards) and self.in_step:
            self.move_to(index)
            self.renaming.open(index)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            place = QPointF(event.pos())
            QToolTip.showText(event.globalPos(), self._said_at(self.card_at(place), self.gap), self)
            return True
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and action_of(event):
            event.accept()  # the program's shortcuts leave these keys to the cards while they have the focus
            return True
        return bool(super().event(event))
