"""A stage with a session and no engine: the numpy reference answers at once. And the handbook's document."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from cnn_explorer.network.arrays import frozen
from cnn_explorer.network.document import Document, Image
from cnn_explorer.network.layers import Activation, Conv2D, Layer, MaxPooling2D
from cnn_explorer.network.network import Network
from cnn_explorer.network.results import evaluate
from cnn_explorer.session.playback import Playback
from cnn_explorer.session.session import Session
from cnn_explorer.session.settings import Settings
from cnn_explorer.views.scales import Scales
from cnn_explorer.views.stage import Stage

IMAGE = [
    [0, 0, 0, 0, 0, 0, 0], [0, 1, 0, 1, 2, 1, 0], [0, 0, 2, 2, 0, 1, 0], [0, 1, 1, 0, 2, 1, 0],
    [0, 0, 2, 1, 1, 0, 0], [0, 2, 1, 1, 2, 0, 0], [0, 0, 0, 0, 0, 0, 0],
]  # fmt: skip
KERNEL = [[0, 0, -1], [0, 1, 0], [-2, 0, 2]]


def handbook_document(*later: Layer, **fields: Any) -> Document:
    """The 7×7 example, with other fields of its convolution where they are given."""
    kernel = frozen(np.array(fields.pop("kernel", KERNEL))[:, :, None, None])
    layers = later or (Activation(), MaxPooling2D())
    image = Image(np.array(fields.pop("image", IMAGE))[:, :, None])
    return Document(image, Network((Conv2D(kernel=kernel, bias=frozen([1]), **fields), *layers)))


class Setting:
    """Session, settings, playback and scales, joined as the application joins them."""

    def __init__(self, document: Document) -> None:
        self.session = Session(document)
        self.session.changed.connect(self.answer)
        self.settings = Settings()
        self.settings.set("animation", False)
        self.playback = Playback(self.session, self.session)
        self.scales = Scales(self.session, self.settings)

    def answer(self) -> None:
        self.session.show(evaluate(self.session.document))


class StageSetting(Setting):
    """A stage on the screen, with the places of its cells."""

    def __init__(self, qtbot: QtBot, document: Document, width: int = 900, height: int = 500) -> None:
        super().__init__(document)
        self.stage = Stage(self.session, self.settings, self.playback, self.scales)
        qtbot.addWidget(self.stage)
        self.stage.resize(width, height)
        self.stage.show()
        qtbot.waitExposed(self.stage)
        self.read_out: list[str] = []
        self.stage.pointed.connect(self.read_out.append)

    def place(self, name: str, row: int, column: int) -> QPoint:
        """The middle of a cell of "input" (padding included) or "output"."""
        grid = getattr(self.stage.plan, name)
        return grid.rect(row, column).center().toPoint()

    def click(self, name: str, row: int, column: int) -> None:
        QTest.mouseClick(self.stage, Qt.MouseButton.LeftButton, pos=self.place(name, row, column))

    def hover(self, name: str, row: int, column: int) -> None:
        QTest.mouseMove(self.stage, self.place(name, row, column))

    @property
    def cell(self) -> tuple[int, int]:
        return self.session.cursor.row, self.session.cursor.column
