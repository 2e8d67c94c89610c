"""A small stand-in for MNIST, and a session that answers at once."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from cnn_explorer.files.digits import Digits
from cnn_explorer.network.document import Document, Image
from cnn_explorer.network.results import evaluate
from cnn_explorer.session.session import Session
from cnn_explorer.views.mnist_wall import MnistWall


def answered_session() -> Session:
    session = Session(Document(Image(np.zeros((7, 7, 1)))))
    session.changed.connect(lambda: session.show(evaluate(session.document)))
    return session


def few_digits(count: int = 200, train: int = 150, labelled: bool = True) -> Digits:
    """Image i is filled with the value i + 1 and shows the digit i modulo 10."""
    images = np.repeat(np.arange(1, count + 1, dtype=np.uint8), 28 * 28).reshape(count, 28, 28)
    labels = (np.arange(count) % 10).astype(np.uint8) if labelled else None
    return Digits(images, labels, train, "few.npz", "dataset")


def click_place(wall: MnistWall, place: int) -> None:
    QTest.mouseClick(wall.viewport(), Qt.MouseButton.LeftButton, pos=wall.rect_of(place).center())


def hover_place(wall: MnistWall, place: int) -> None:
    QTest.mouseMove(wall.viewport(), QPoint(1, wall.viewport().height() - 1))
    QTest.mouseMove(wall.viewport(), wall.rect_of(place).center())
