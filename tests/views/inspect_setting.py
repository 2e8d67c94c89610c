"""The tab Inspect on the screen, without an engine: a test says what the long works find."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from cnn_explorer.files.digits import Digits
from cnn_explorer.network.arrays import frozen
from cnn_explorer.network.document import Document, Image
from cnn_explorer.network.findings import Inquiry
from cnn_explorer.network.layers import Activation, Conv2D, Dense, Flatten
from cnn_explorer.network.network import Network
from cnn_explorer.views.controls import scrolling
from cnn_explorer.views.inspect_panel import PAGES, InspectPanel
from tests.session.fake_runner import FakeRunner
from tests.views.stage_setting import Setting

SOBEL_Y = np.array([[-1, -2, -1], [0, 0, 0], [1, 2, 1]], np.float32)
FILTERS = 4


def classifier(side: int = 28, classes: int = 10) -> Document:
    """Four filters for one channel: a Sobel, its double with the other sign, all 0, and one that is always negative."""
    kernel = np.stack([SOBEL_Y, -2 * SOBEL_Y, np.zeros((3, 3)), -np.ones((3, 3))], -1)[:, :, np.newaxis]
    rng = np.random.default_rng(3)
    layers = (
        Conv2D(kernel=frozen(kernel), bias=frozen([0, 0, 0, -1]), padding="same"),
        Activation(),
        Flatten(),
        Dense(
            kernel=frozen(rng.uniform(-1, 1, (side * side * FILTERS, classes)) / side), bias=frozen(np.zeros(classes))
        ),
        Activation(activation="softmax"),
    )
    names = tuple(map(str, range(classes)))
    pixels = np.zeros((side, side, 1))
    pixels[side // 2 :, 4:-4] = 1.0
    return Document(Image(pixels, "28x28" if side == 28 else "file"), Network(layers, classes=names))


def some_digits(count: int = 8, train: int = 3) -> Digits:
    images = np.zeros((count, 28, 28), np.uint8)
    for index in range(count):
        images[index, 5 : 8 + index, 10:14] = 200
    return Digits(images, np.arange(count, dtype=np.uint8) % 10, train, "digits", "dataset")


class Inspecting(Setting):
    """The panel, and the engine that a test plays."""

    def __init__(self, qtbot: QtBot, document: Document, page: str = "numbers", digits: bool = True) -> None:
        super().__init__(document)
        self.runner = FakeRunner()
        self.session.jobs.join(self.runner)
        if digits:
            self.session.inspection.use_digits(some_digits())
        self.panel = InspectPanel(self.session, self.settings)
        self.area = scrolling(self.panel)
        qtbot.addWidget(self.area)
        self.read_out: list[str] = []
        self.panel.pointed.connect(self.read_out.append)
        self.area.resize(296, 900)
        self.area.show()
        qtbot.waitExposed(self.area)
        self.panel.show_page(PAGES.index(page))

    def move(self, **places: Any) -> None:
        """Move the cursor, and let the panel follow at once."""
        self.session.move(**places)
        self.panel.redraw()

    def edit(self, document: Document) -> None:
        """Another document, evaluated and shown."""
        from cnn_explorer.network.sentence import say

        self.session.edit(document, say("Edit"))
        self.panel.redraw()

    def press(self, pressed: QPushButton) -> None:
        assert pressed.isVisibleTo(self.panel)
        QTest.mouseClick(pressed, Qt.MouseButton.LeftButton)

    @property
    def asked(self) -> Inquiry:
        """What the engine was asked last."""
        return self.runner.newest[1]

    def texts(self, part: QWidget | None = None) -> str:
        """Everything that can be read in a part of the panel."""
        from PySide6.QtWidgets import QLabel

        labels = (part or self.panel).findChildren(QLabel)
        return "\n".join(label.text() for label in labels if label.isVisibleTo(self.panel))
