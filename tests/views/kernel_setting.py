"""A kernel panel on the screen, with a session and no engine, and what its tests do with it."""

from typing import Any

import numpy as np
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from cnn_explorer.network.arrays import frozen
from cnn_explorer.network.document import Document, Image
from cnn_explorer.network.layers import Activation, Conv2D
from cnn_explorer.network.network import Network
from cnn_explorer.network.presets import kernel_presets
from cnn_explorer.network.results import evaluate
from cnn_explorer.session.session import Session
from cnn_explorer.session.settings import Settings
from cnn_explorer.views.kernel_panel import KernelPanel

NAMES = [str(preset.name) for preset in kernel_presets()]
HANDBOOK = [[0, 0, -1], [0, 1, 0], [-2, 0, 2]]


def shown_panel(qtbot: Any, document: Document) -> Any:
    """A panel as wide as the narrowest column; its session is its attribute `session`."""
    session = Session(document)
    session.changed.connect(lambda: session.show(evaluate(session.document)))
    panel: Any = KernelPanel(session, Settings())
    qtbot.addWidget(panel)
    panel.resize(240, 760)
    panel.show()
    qtbot.waitExposed(panel)
    panel.session = session
    return panel


def conv(panel, index=0):
    return panel.session.document.network.layers[index]


def weights(panel):
    return conv(panel).kernel[:, :, 0, 0].tolist()


def press(panel, name):
    QTest.mouseClick(panel.buttons[name], Qt.MouseButton.LeftButton)


def several():
    """A ReLU and then a convolution of two channels and three filters, each kernel filled with a number of its own."""
    kernel = np.zeros((3, 3, 2, 3), np.float32)
    for channel, number in np.ndindex(2, 3):
        kernel[:, :, channel, number] = 10 * channel + number + 1
    layer = Conv2D(kernel=frozen(kernel), bias=frozen([1.0, 2.0, 3.0]))
    return Document(Image(np.ones((7, 7, 2))), Network((Activation(), layer)))


def everywhere(panel):
    box = panel.editor.everywhere
    QTest.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(8, box.height() // 2))
    assert box.isChecked()
