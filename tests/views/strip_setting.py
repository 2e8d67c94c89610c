"""A strip with a session and no engine, and what a person does with mouse and keys on its cards."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from cnn_explorer.network.document import Document
from cnn_explorer.views.strip import Strip
from cnn_explorer.views.strip_layout import CARD_HEIGHT, CARD_WIDTH
from tests.views.stage_setting import Setting


class StripSetting(Setting):
    """A strip on the screen, with the places of its cards."""

    def __init__(self, qtbot: QtBot, document: Document, width: int = 1000) -> None:
        super().__init__(document)
        self.strip = Strip(self.session, self.scales, self.settings)
        self.cards = self.strip.cards
        self.window = QWidget()
        self.strip.setParent(
            self.window
        )  # no layout: a window with a smallest size makes the offscreen screen complain
        self.strip.resize(width, self.strip.height())
        qtbot.addWidget(self.window)
        self.window.resize(width, 300)
        self.window.show()
        qtbot.waitExposed(self.window)
        self.read_out: list[str] = []
        self.strip.pointed.connect(self.read_out.append)

    def place(self, index: int) -> QPoint:
        """The middle of a card."""
        return QPoint(int(self.cards.left(index) + CARD_WIDTH / 2), int(self.cards.top + CARD_HEIGHT / 2))

    def click(self, index: int) -> None:
        QTest.mouseClick(self.cards, Qt.MouseButton.LeftButton, pos=self.place(index))

    def drag(self, index: int, *places: QPoint, drop: bool = True) -> None:
        """Press on a card, lead the pointer over some places, and let go at the last."""
        QTest.mousePress(self.cards, Qt.MouseButton.LeftButton, pos=self.place(index))
        for place in (self.place(index) + QPoint(15, 0), *places):
            QTest.mouseMove(self.cards, place)
        if drop:
            QTest.mouseRelease(self.cards, Qt.MouseButton.LeftButton, pos=places[-1])

    def press(self, *keys: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        for key in keys:
            QTest.keyClick(self.cards, key, held)

    @property
    def kinds(self) -> list[str]:
        """The layers of the newest document."""
        return [layer.kind for layer in self.session.document.network.layers]

    @property
    def names(self) -> list[str]:
        """What stands on the cards."""
        return [card.name for card in self.cards.cards]

    def picture(self) -> QImage:
        return self.cards.grab().toImage()

    def frame_colour(self, index: int) -> QColor:
        """The colour of a card's left edge."""
        return self.picture().pixelColor(int(self.cards.left(index)) + 1, int(self.cards.top + CARD_HEIGHT / 2))
