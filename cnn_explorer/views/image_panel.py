"""A picture or a matrix from a file as the source of the input: opened, dropped or pasted, then fitted to a size."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtCore import QEvent, QMimeData, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from cnn_explorer.files.arrays import Matrix
from cnn_explorer.files.images import Picture
from cnn_explorer.files.importing import MOST_AT_ONCE, Choices, Made, MadeImages, Original, made_of, original_of
from cnn_explorer.files.opening import display_name
from cnn_explorer.files.sniff import open_any
from cnn_explorer.network.layers.layer import Shape
from cnn_explorer.network.sentence import Sentence, say
from cnn_explorer.session.background import Background, Cancelled, Progress
from cnn_explorer.session.language import tr, translated
from cnn_explorer.session.session import Session
from cnn_explorer.session.settings import Settings
from cnn_explorer.views.controls import button, describe, label
from cnn_explorer.views.fitting_form import FittingForm
from cnn_explorer.views.mime_input import mime_has_input, reader_of
from cnn_explorer.views.work_row import WorkRow

__all__ = ["ImagePanel", "mime_has_input"]

PATTERNS = "*.png *.jpg *.jpeg *.bmp *.gif *.tif *.tiff *.webp *.npy *.csv"


@dataclass(frozen=True, eq=False)
class Fitted:
    """An image that is ready to be the input, and what the edit is called."""

    made: Made
    text: Sentence


def _fitted(opened: Picture | Matrix, last: Choices, model: Shape | None) -> Fitted:
    original = original_of(opened)
    made = made_of(original, original.first_choices(last, model), model)
    return Fitted(made, say("Open {name}", name=original.name))


def _read(read: Callable[[], Any], last: Choices, model: Shape | None) -> Any:
    """What is read, fitted where it is a picture or a matrix."""
    content = read()
    return _fitted(content, last, model) if isinstance(content, Picture | Matrix) else content


class ImagePanel(QWidget):
    """Opens pictures and matrices, and fits what was opened to the size chosen; each change is a step of undo.

    Files are read on a thread. `opened` carries what turned out to be something else (digits, a document) with its
    path; `refused` the Sentence of what failed, which the panel shows too. There is nothing here to point at: `pointed`
    is what every source of the input has.
    """

    pointed = Signal(str)
    opened = Signal(object, str)
    refused = Signal(object)

    def __init__(self, session: Session, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._settings = session, settings
        self._made = MadeImages()
        self._current: Made | None = None
        self._last_of_picture = Choices()
        self._path = ""
        self.work = Background(self)
        self.work_row = WorkRow(self.work)
        self.open_button, self.paste_button = button(self.ask_for_file), button(self.paste)
        self.hint = label("quiet")
        self.hint.setWordWrap(True)
        self.form = FittingForm()
        self.use_again = button(self._use_again)
        self.setAcceptDrops(True)
        self._lay_out()
        self.work.finished.connect(self._finish)
        self.work.refused.connect(self.refused)
        self.work.cancelled.connect(self.redraw)
        self.form.chosen.connect(self._refit)
        session.changed.connect(self.redraw)
        self.retranslate()

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(4)
        buttons.addWidget(self.open_button, 1)
        buttons.addWidget(self.paste_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(buttons)
        for widget in (self.work_row, self.hint, self.form, self.use_again):
            column.addWidget(widget)
        column.addStretch(1)

    # What comes in

    def ask_for_file(self) -> None:
        """The system's dialog for a picture or a matrix."""
        dialog = QFileDialog(self.window(), tr("Open image"), self._settings.values.folder)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        pictures = tr("Pictures and matrices ({patterns})", patterns=PATTERNS)
        dialog.setNameFilters([pictures, tr("All files ({patterns})", patterns="*")])
        if dialog.exec():
            self.open_file(dialog.selectedFiles()[0])
        dialog.deleteLater()

    def open_file(self, path: str) -> None:
        """Read any file the program knows on a thread, and show what is in it."""
        self._settings.set("folder", str(Path(path).parent))
        self._start(path, partial(open_any, path))

    def paste(self) -> None:
        """Take what the clipboard has: an image, an image file, or numbers; say so if it has none."""
        if not self.take(QGuiApplication.clipboard().mimeData()):
            nothing = say("The clipboard has no picture, no file of one and no numbers; copy one first.")
            self.work_row.show_problem(nothing)
            self.refused.emit(nothing)

    def take(self, mime: QMimeData) -> bool:
        """Read what was dropped or pasted, on a thread; False if it holds nothing that could be an input."""
        found = reader_of(mime, translated)
        if found is not None:
            self._start(*found)
        return found is not None

    def _start(self, path: str, read: Callable[[], Any]) -> None:
        self._path = path
        self._work_on(say("Opening {file}…", file=display_name(path)), partial(_read, read, *self._fits))

    def _work_on(self, doing: Sentence, function: Callable[[], Any]) -> None:
        def work(progress: Progress, cancelled: Cancelled) -> Any:
            return function()

        self.work_row.begin(doing)
        self.work.start(work)

    def _finish(self, outcome: Any) -> None:
        """What a thread has read, or fitted anew, is there."""
        self.work_row.show_problem(None)
        if isinstance(outcome, Fitted):
            self._take(outcome)
        else:
            self.opened.emit(outcome, self._path)

    def show_picture(self, opened: Picture | Matrix) -> None:
        """Make a picture or a matrix that was read already the input; what is still being read is dropped."""
        self.work.cancel()
        self.work_row.show_problem(None)
        self._at_once_or_soon(opened.pixels, opened.name, partial(_fitted, opened, *self._fits))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if mime_has_input(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if self.take(event.mimeData()):
            event.acceptProposedAction()

    @property
    def _model(self) -> Shape | None:
        """The shape of the images of a model that takes no others."""
        return self._session.document.network.only_shape

    @property
    def _fits(self) -> tuple[Choices, Shape | None]:
        return self._last_of_picture, self._model

    # What becomes of it

    def _refit(self, choices: Choices) -> None:
        if self._current is not None:
            self._make(self._current.original, choices, say("Fit the image"))

    def _use_again(self) -> None:
        if self._current is not None:
            original = self._current.original
            self._make(original, self._current.choices, say("Open {name}", name=original.name))

    def _make(self, original: Original, choices: Choices, text: Sentence) -> None:
        model = self._model

        def work() -> Fitted:
            return Fitted(made_of(original, choices, model), text)

        self._at_once_or_soon(original.pixels, original.name, work)
        if self.work.busy:  # the next choice builds on this one
            self.form.show_choices(original, choices, model)

    def _at_once_or_soon(self, pixels: np.ndarray, name: str, work: Callable[[], Fitted]) -> None:
        """A large picture is fitted on a thread."""
        if pixels.size <= MOST_AT_ONCE:
            self._take(work())
        else:
            self._work_on(say("Fitting {name}…", name=name), work)

    def _take(self, fitted: Fitted) -> None:
        made, before = fitted.made, self._session.document.image
        # What changes nothing to be seen leaves the document as it is; the choice counts all the same.
        image = before if made.image == before else made.image
        self._made.add(Made(image, made.original, made.choices))
        self._session.edit_image(image, fitted.text)
        self.redraw()

    def redraw(self) -> None:
        """Show what the document's image was made of, from nothing; of an image from elsewhere, what was open last."""
        image = self._session.document.image
        if image.source == "file":
            self._current = self._made.of(image)
            if self._current.original.light:
                self._last_of_picture = self._current.choices
        there = self._current is not None
        self.hint.setVisible(not there)
        self.form.setVisible(there)
        self.use_again.setVisible(there and image.source != "file")
        if self._current is not None:
            self.form.show_choices(self._current.original, self._current.choices, self._model)

    def retranslate(self) -> None:
        """Every text in the language in use."""
        self.hint.setText(
            tr(
                "Drop a picture anywhere on the window, paste one, or open a file: {pictures}; numbers: {matrices}.",
                pictures="PNG, JPEG, BMP, GIF, TIFF, WebP",
                matrices=".npy, .csv",
            )
        )
        for made, text, tip in (
            (self.open_button, tr("Open image…"), tr("Open a picture or a matrix of numbers")),
            (self.paste_button, tr("Paste"), tr("Take a picture, a file or numbers from the clipboard")),
            (self.use_again, tr("Use again"), tr("Make this image the input again")),
        ):
            made.setText(text)
            describe(made, text.removesuffix("…"), tip)
        self.work_row.retranslate()
        self.redraw()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.stop()
        super().closeEvent(event)

    def stop(self) -> None:
        """Drop what is being read, and wait for the thread."""
        self.work.close()
