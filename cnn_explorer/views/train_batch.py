"""The images of a batch in a row: as many as fit, and how many more there are."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from cnn_explorer.network.layers.layer import Shape
from cnn_explorer.network.training import DataSpec
from cnn_explorer.session.language import tr
from cnn_explorer.views.confusion_images import ResultImages
from cnn_explorer.views.controls import describe
from cnn_explorer.views.grid_paint import map_image
from cnn_explorer.views.stage_paint import font
from cnn_explorer.views.theme import Scale, theme

SIDE, GAP, MORE = 44, 5, 48
MOST = 40
"""Images that are read: more fit on no screen."""


class BatchImages(QWidget):
    """Shows the images at some places of a data set, as the network sees them."""

    def __init__(self) -> None:
        super().__init__()
        self.numbers: Sequence[int] = ()
        self.images = ResultImages(self)
        self.images.arrived.connect(self.update)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)
        self.retranslate()

    def sizeHint(self) -> QSize:
        return QSize(8 * (SIDE + GAP), SIDE + 2)

    minimumSizeHint = sizeHint

    def show_batch(self, data: DataSpec, shape: Shape, numbers: Sequence[int]) -> None:
        """Show these images of a data set, for a network with an input of this shape."""
        self.numbers = numbers
        self.images.use(data, shape)
        self.images.ask(list(numbers[:MOST]))
        self.update()

    def shown(self) -> int:
        """How many fit, leaving room for the number of the others."""
        room = self.width()
        if len(self.numbers) * (SIDE + GAP) > room:
            room -= MORE
        return min(len(self.numbers), max(room // (SIDE + GAP), 1), MOST)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:  # ended even where something raises: Qt would crash otherwise
            count = self.shown()
            for place, number in enumerate(self.numbers[:count]):
                self._paint_image(painter, QRectF(place * (SIDE + GAP), 0, SIDE, SIDE), self.images.get(number))
            rest = len(self.numbers) - count
            if rest > 0:
                painter.setFont(font(13))
                painter.setPen(theme.role("quiet"))
                end = QRectF(count * (SIDE + GAP), 0, MORE, SIDE)
                painter.drawText(end, int(Qt.AlignmentFlag.AlignCenter), f"+{rest}")

    def _paint_image(self, painter: QPainter, rect: QRectF, pixels: np.ndarray | None) -> None:
        painter.fillRect(rect, theme.role("ground"))
        if pixels is not None:
            values = pixels if pixels.shape[2] == 3 else pixels[..., 0]
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(rect, map_image(values, Scale.of_image(pixels, self.images.light)))

    def retranslate(self) -> None:
        """Set every text."""
        describe(self, tr("Images of the batch"), tr("The images whose gradients are averaged for this step"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
