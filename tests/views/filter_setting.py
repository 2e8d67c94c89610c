"""A wall of filters on the screen, with a session and no engine; and networks whose filters can be told apart."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from cnn_explorer.network.arrays import frozen
from cnn_explorer.network.document import Document, Image
from cnn_explorer.network.layers import Conv2D, Layer
from cnn_explorer.network.network import Network
from cnn_explorer.network.sentence import say
from cnn_explorer.views.filter_layout import KERNELS
from cnn_explorer.views.filter_wall import FilterWall
from tests.views.stage_setting import Setting

KEY = Qt.Key
LEFT = Qt.MouseButton.LeftButton
EDIT = say("Edit")


def numbered(filters: int, channels: int = 1, side: int = 3) -> Conv2D:
    """A convolution whose filter f has the weight f + 1 in the middle, and the bias f."""
    kernel = np.zeros((side, side, channels, filters), np.float32)
    kernel[side // 2, side // 2] = np.arange(1, filters + 1) / channels
    return Conv2D(kernel=frozen(kernel), bias=frozen(np.arange(filters)), padding="same")


def network(filters: int, *later: Layer, channels: int = 1) -> Document:
    pixels = np.random.default_rng(0).random((8, 8, channels))
    return Document(Image(pixels), Network((numbered(filters, channels), *later)))


class Wall(Setting):
    """A wall on the screen, and what it has told of."""

    def __init__(self, qtbot: QtBot, document: Document, width: int = 212, page: bool = False, **cursor: Any) -> None:
        super().__init__(document)
        self.said: list[str] = []
        self.read_out: list[str] = []
        self.session.said.connect(lambda sentence: self.said.append(str(sentence)))
        self.session.move(**cursor)
        self.wall = FilterWall(self.session, self.settings, self.scales, page=page)
        qtbot.addWidget(self.wall)
        self.wall.pointed.connect(self.read_out.append)
        self.wall.resize(width, 400)
        self.wall.show()
        qtbot.waitExposed(self.wall)
        self.board = self.wall.board

    def place(self, number: int, wall: int = KERNELS) -> QPoint:
        return self.board.plan.rect(wall, number).center().toPoint()

    def click(self, number: int, wall: int = KERNELS) -> None:
        QTest.mouseClick(self.board, LEFT, pos=self.place(number, wall))

    def press(self, name: str) -> None:
        QTest.mouseClick(self.wall.buttons[name], LEFT)

    def drag(self, number: int, to: QPoint) -> None:
        QTest.mousePress(self.board, LEFT, pos=self.place(number))
        QTest.mouseMove(self.board, self.place(number) + QPoint(6, 6))
        QTest.mouseMove(self.board, to)
        QTest.mouseRelease(self.board, LEFT, pos=to)

    def layer(self, index: int = 0) -> Any:
        return self.session.document.network.layers[index]

    def order(self) -> list[float]:
        """The filters as they stand, by their biases."""
        return self.layer().bias.tolist()

    def picture(self) -> QImage:
        return self.board.grab().toImage()

    def colour(self, number: int, wall: int = KERNELS) -> QColor:
        return self.picture().pixelColor(self.place(number, wall))


def painted(wall: Wall) -> set[str]:
    """The texts that are painted on the board."""
    texts: set[str] = set()
    original = QPainter.drawText
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(QPainter, "drawText", lambda *values: (texts.add(values[-1]), original(*values))[1])
        wall.board.grab()
    return texts
