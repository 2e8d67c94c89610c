"""How a trained network does on its test images: the confusion matrix beside the images of a cell, or all mistakes."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from cnn_explorer.network.reasons import grouped
from cnn_explorer.network.training_progress import Result
from cnn_explorer.session.language import tr, translated
from cnn_explorer.session.session import Session
from cnn_explorer.session.training import Training
from cnn_explorer.views.confusion_images import ResultImages
from cnn_explorer.views.confusion_matrix import Cell, ConfusionMatrix
from cnn_explorer.views.confusion_wall import ConfusionWall, Tile
from cnn_explorer.views.controls import Segmented, describe, label
from cnn_explorer.views.train_words import percent

MOST_TILES = 200
SIZE = (1060, 640)
SHOWN = ("mistakes", "cell")


class ConfusionWindow(QDialog):
    """The matrix on the left; on the right the most confident mistakes, or the images of the cell that is chosen."""

    def __init__(self, session: Session, training: Training, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._training = session, training
        self._result: Result | None = None
        self._shown, self._was_shown = "mistakes", False
        self.heading, self.which, self.read_out = label("heading"), label("heading"), label("quiet")
        self.matrix, self.wall = ConfusionMatrix(), ConfusionWall()
        self.switch = Segmented(len(SHOWN))
        self.images = ResultImages(self)
        self._lay_out()
        self.switch.chosen.connect(lambda at: self.show_images(SHOWN[at]))
        self.matrix.chosen.connect(lambda cell: self.show_images("cell"))
        self.wall.chosen.connect(self._make_input)
        self.wall.wanted.connect(self._fetch)
        self.images.arrived.connect(self._arrived)
        self.images.refused.connect(lambda sentence: self._tell(translated(sentence)))
        for view in (self.matrix, self.wall):
            view.pointed.connect(self._tell)
        training.changed.connect(self.redraw)
        self.retranslate()

    def _lay_out(self) -> None:
        self.which.setWordWrap(True)
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addWidget(self.switch)
        right.addWidget(self.which)
        right.addWidget(self.wall, 1)
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self.heading)
        left.addWidget(self.matrix, 1)
        both = QHBoxLayout()
        both.setSpacing(18)
        both.addLayout(left, 1)
        both.addLayout(right, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 10)
        column.setSpacing(10)
        column.addLayout(both, 1)
        column.addWidget(self.read_out)

    # what is shown

    def redraw(self) -> None:
        """Show the result of the last training, where there is one."""
        result, job = self._training.result, self._training.job
        if result is self._result or not self.isVisible():
            return
        self._result = result
        self.wall.forget()
        if result is None or job is None:
            self.matrix.show_counts(np.zeros((0, 0), np.int64), ())
            self.wall.show_tiles((), False)
        else:
            self.images.use(job.data, job.shape)
            self.matrix.show_counts(result.confusion, result.classes)
        self._write_heading()
        self.show_images(self._shown)

    def _write_heading(self) -> None:
        result = self._result
        if result is None:
            self.heading.setText(tr("No result yet: train the network to its end, or stop it."))
            return
        wrong = int(np.sum(result.predicted != result.labels))
        self.heading.setText(
            tr(
                "Test accuracy {accuracy}: {wrong} of {count} images are mistaken",
                accuracy=percent(result.accuracy),
                wrong=grouped(wrong),
                count=grouped(len(result.labels)),
            )  # fmt: skip
        )

    def show_images(self, shown: str) -> None:
        """Show one of SHOWN on the right."""
        self._shown = shown
        self.switch.set_current(SHOWN.index(shown))
        result = self._result
        if result is None:
            self.which.setText("")
            return
        if shown == "cell":
            places = result.cell(*self.matrix.selected)[:MOST_TILES]
            self.which.setText(self.matrix.text_of(self.matrix.selected))
        else:
            places = result.mistakes(MOST_TILES)
            self.which.setText(tr("Wrong, and sure of it: the surest first") if len(places) else tr("No mistakes"))
        self.wall.show_tiles([self._tile(result, int(place)) for place in places], self.images.light)

    @staticmethod
    def _tile(result: Result, place: int) -> Tile:
        taken = int(result.predicted[place])
        names = result.classes[int(result.labels[place])], result.classes[taken]
        return Tile(int(result.images[place]), *names, float(result.probabilities[place, taken]))

    def _fetch(self, numbers: list[int]) -> None:
        for number in numbers:
            pixels = self.images.get(number)
            if pixels is not None:
                self.wall.show_pixels(number, pixels)
        self.images.ask(numbers)

    def _arrived(self) -> None:
        self.wall.redraw()

    def _make_input(self, place: int) -> None:
        self.images.make_input(self._session, self.wall.tiles[place].number)

    def _tell(self, text: str) -> None:
        """The line is never empty, so that nothing jumps."""
        self.read_out.setText(text or tr("Click a cell to see its images, and an image to make it the input."))

    def choose(self, cell: Cell) -> None:
        """Look at the images of a cell."""
        self.matrix.select(cell)

    # life

    def stop(self) -> None:
        """The program's window closes: what is being read is dropped."""
        self.images.close()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._was_shown:
            self._was_shown = True
            room = self.screen().availableSize()
            self.resize(min(SIZE[0], room.width() - 40), min(SIZE[1], room.height() - 80))
        self.redraw()

    def retranslate(self) -> None:
        """Set every text."""
        self.setWindowTitle(tr("Test results"))
        self.switch.set_texts(
            [tr("Surest mistakes"), tr("Chosen cell")],
            [tr("Images that are mistaken, the surest mistakes first"), tr("The images of the cell that is framed")],
        )
        describe(self.which, tr("What is shown"))
        self._tell("")
        self._write_heading()
        self.show_images(self._shown)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
