"""What a network is to learn from: MNIST, or a folder of images with one subfolder for each class."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from cnn_explorer.files.digits import CLASSES
from cnn_explorer.files.opening import display_name
from cnn_explorer.network.reasons import grouped
from cnn_explorer.network.sentence import Sentence, say
from cnn_explorer.network.training import DATA_KINDS, DataSpec
from cnn_explorer.session.background import Background, Cancelled, Progress
from cnn_explorer.session.language import tr, translated
from cnn_explorer.session.settings import Settings
from cnn_explorer.views.controls import Segmented, button, describe, label
from cnn_explorer.views.work_row import WorkRow

if TYPE_CHECKING:
    from cnn_explorer.files.image_folder import ImageFolder
    from cnn_explorer.views.mnist_source import MnistSource

MOST_NAMES = 12
"""Classes that are named in a sentence."""


class TrainData(QWidget):
    """The choice of a data set. `chosen` says that `spec` or `classes` are others."""

    chosen = Signal()

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._settings = settings
        self._listed: ImageFolder | None = None
        self.kinds = Segmented(len(DATA_KINDS))
        self.facts = label("quiet")
        self.facts.setWordWrap(True)
        self.other_file, self.choose = button(self.ask_for_file), button(self.ask_for_folder)
        self.work = Background(self)
        self.work_row = WorkRow(self.work)
        self._source: MnistSource | None = None
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for widget in (self.kinds, self.facts, self.work_row, self.other_file, self.choose):
            column.addWidget(widget)
        self.kinds.chosen.connect(lambda at: settings.set("training_data", DATA_KINDS[at]))
        self.work.finished.connect(self._found)
        self.work.refused.connect(lambda sentence: self._found(None))
        settings.changed.connect(self._setting_changed)
        self.retranslate()

    @property
    def source(self) -> MnistSource:
        """What offers to open or to download MNIST, made when it is needed: it is slow to load."""
        from cnn_explorer.views.mnist_source import MnistSource

        if self._source is None:
            made = self._source = MnistSource(self._settings)
            made.found.connect(lambda digits, path, asked: made.keep(path))
            self._column.insertWidget(1, made)
        return self._source

    # what is chosen

    @property
    def kind(self) -> str:
        """One of DATA_KINDS."""
        wanted = self._settings.values.training_data
        return wanted if wanted in DATA_KINDS else DATA_KINDS[0]

    @property
    def spec(self) -> DataSpec | None:
        """The data set, None where none is chosen yet."""
        if self.kind == "mnist":
            path = self._settings.values.mnist_path
            return DataSpec("mnist", path) if path else None
        return DataSpec("folder", self._listed.folder) if self._listed else None

    @property
    def classes(self) -> int | None:
        """How many classes it has, None where that is not known."""
        if self.kind == "mnist":
            return CLASSES
        return len(self._listed.classes) if self._listed else None

    def ask_for_file(self) -> None:
        """The system's dialog for a file of MNIST."""
        self.source.ask_for_file()

    def ask_for_folder(self) -> None:
        """The system's dialog for a folder of images."""
        dialog = QFileDialog(self.window(), tr("Folder of images"), self._settings.values.folder)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly, True)
        if dialog.exec():
            self.open_folder(dialog.selectedFiles()[0])
        dialog.deleteLater()

    def open_folder(self, path: str) -> None:
        """Look at what is in a folder, on a thread."""
        self._settings.set("training_folder", path)
        self.work_row.show_problem(None)
        self.work_row.begin(say("Looking into {folder}…", folder=display_name(path)))
        self.work.start(partial(_list, path))

    def _found(self, listed: ImageFolder | None) -> None:
        self._listed = listed
        self.redraw()
        self.chosen.emit()

    def _setting_changed(self, name: str) -> None:
        if name in ("training_data", "mnist_path"):
            self._look()
            self.redraw()
            self.chosen.emit()

    def _look(self) -> None:
        """A folder that was chosen earlier is looked at when it is needed."""
        path = self._settings.values.training_folder
        if self.kind == "folder" and path and self._listed is None and not self.work.busy and self.isVisible():
            self.open_folder(path)

    # what is shown

    def redraw(self) -> None:
        """Show the choice, and what is known of it."""
        mnist, path = self.kind == "mnist", self._settings.values.mnist_path
        self.kinds.set_current(DATA_KINDS.index(self.kind))
        if self._source is not None or (mnist and not path):
            self.source.setVisible(mnist and (not path or self.source.work.busy))
        self.other_file.setVisible(mnist and bool(path))
        self.choose.setVisible(not mnist)
        self.work_row.setVisible(not mnist and not self.work_row.problem.isHidden())
        self.facts.setText(translated(self._sentence()))
        self.facts.setVisible(not mnist or bool(path))

    def _sentence(self) -> Sentence:
        if self.kind == "mnist":
            name = display_name(self._settings.values.mnist_path)
            return say("70,000 handwritten digits of 28×28 pixels, 10,000 of them to test with: {file}", file=name)
        listed = self._listed
        if listed is None:
            return say("Choose a folder that has one subfolder of images for each class.")
        names = ", ".join(listed.classes[:MOST_NAMES]) + ("…" if len(listed.classes) > MOST_NAMES else "")
        return say(
            "{folder}: {count} images of {classes} classes ({names}). Each becomes as large as the network's input.",
            folder=display_name(listed.folder), count=grouped(len(listed.files)), classes=len(listed.classes),
            names=names,
        )  # fmt: skip

    def set_editable(self, editable: bool) -> None:
        """While a network learns, what it learns from stays."""
        for widget in (self.kinds, self.other_file, self.choose):
            widget.setEnabled(editable)

    def stop(self) -> None:
        """Drop what is being looked at, and wait for the threads."""
        if self._source is not None:
            self._source.stop()
        self.work.close()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._look()

    # words

    def retranslate(self) -> None:
        """Set every text."""
        self.kinds.set_texts(
            [tr("MNIST"), tr("Folder")],
            [tr("Handwritten digits"), tr("Images of your own, one subfolder for each class")],
        )
        for made, text, tip in (
            (self.other_file, tr("Other file…"), tr("Open another mnist.npz or IDX file")),
            (self.choose, tr("Choose folder…"), tr("A folder with one subfolder of images for each class")),
        ):
            made.setText(text)
            describe(made, text.removesuffix("…"), tip)
        self.work_row.retranslate()
        self.redraw()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()


def _list(path: str, progress: Progress, cancelled: Cancelled) -> Any:
    """On the thread."""
    from cnn_explorer.files.image_folder import list_images

    return list_images(path)
