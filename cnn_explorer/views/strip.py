"""The row above the stage: a card for the input and for every layer with live pictures, and the network's summary."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea

from cnn_explorer.session.language import tr
from cnn_explorer.session.session import Session
from cnn_explorer.session.settings import Settings
from cnn_explorer.views.controls import describe
from cnn_explorer.views.scales import Scales
from cnn_explorer.views.strip_layout import CARD_WIDTH
from cnn_explorer.views.strip_row import Cards
from cnn_explorer.views.strip_summary import Summary
from cnn_explorer.views.theme import theme

HEIGHT = 118
PIXELS_A_NOTCH = 60


class CardsArea(QScrollArea):
    """The cards, scrolled sideways where there are too many; a wheel turned up and down scrolls them too."""

    def __init__(self, cards: Cards) -> None:
        super().__init__()
        self.setWidget(cards)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        pixels, angle = event.pixelDelta(), event.angleDelta()
        turned = (angle.x() or angle.y()) * PIXELS_A_NOTCH // 120
        bar = self.horizontalScrollBar()
        bar.setValue(bar.value() - (turned if pixels.isNull() else pixels.x() or pixels.y()))
        event.accept()


class Strip(QFrame):
    """Cards and summary. `scales` are those of the stage, so that a map has the same colours in both."""

    pointed = Signal(str)

    def __init__(self, session: Session, scales: Scales | None = None, settings: Settings | None = None) -> None:
        super().__init__()
        self._session = session
        settings = settings or Settings(self)
        scales = scales or Scales(session, settings, self)
        self.cards = Cards(session, scales, settings)
        self.area = CardsArea(self.cards)
        self.summary = Summary(session)
        self.setProperty("role", "panel")
        self.setFixedHeight(HEIGHT)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.area, 1)
        row.addWidget(self.summary)
        self._shown = self._in_view()
        for signal in (session.pointed_at, session.marks_changed):
            signal.connect(self.cards.mark)
        session.evaluated.connect(self.redraw)
        session.cursor_moved.connect(self._follow)
        scales.changed.connect(self.redraw)
        theme.changed.connect(self.redraw)
        self.cards.pointed.connect(self.pointed)
        self.cards.reached.connect(self._bring_into_view)
        self.cards.dragged.connect(self._keep_in_view)
        self.retranslate()

    def redraw(self) -> None:
        """Draw everything from the evaluation and the cursor."""
        self.cards.redraw()
        self.summary.redraw()

    def _follow(self) -> None:
        """The cursor moves at every step; only another layer, filter or channel concerns the cards."""
        before, self._shown = self._shown, self._in_view()
        if before != self._shown:
            self.cards.redraw()
        if before[0] != self._shown[0]:
            self._bring_into_view(self.cards.selected)

    def _in_view(self) -> tuple[int, int, int]:
        cursor = self._session.cursor
        return cursor.layer, cursor.filter, cursor.channel

    def _bring_into_view(self, index: int) -> None:
        """The card with something of its neighbours; behind the last one, all of the card that adds a layer."""
        middle = int(self.cards.left(index) + CARD_WIDTH / 2)
        self.area.ensureVisible(middle, 0, int(CARD_WIDTH), 0)
        if index >= len(self.cards.cards) - 1:
            self.area.ensureVisible(self.cards.width(), 0, 0, 0)

    def _keep_in_view(self, left: int, right: int) -> None:
        for edge in (left, right):
            self.area.ensureVisible(edge, 0, 0, 0)

    def retranslate(self) -> None:
        """Set every text."""
        tip = tr(
            "Left and right move between the cards, Enter shows one. Insert adds a layer behind it, Delete removes it, "
            "Ctrl+D doubles it, Alt with left and right moves it, F2 renames it, O switches it off and on."
        )
        describe(self.cards, tr("Layers of the network"), tip)
        self.summary.retranslate()
        self.redraw()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
