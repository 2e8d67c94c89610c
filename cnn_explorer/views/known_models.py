"""Keras's own models with weights: downloaded on request, or in a file that the user has; and the classes' names."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from cnn_explorer.files.imagenet import CLASS_INDEX, CLASSES, imagenet_names, weights_of
from cnn_explorer.files.remote import Remote, download
from cnn_explorer.network.sentence import Sentence, say
from cnn_explorer.session.background import Background, Cancelled, Progress
from cnn_explorer.session.language import tr
from cnn_explorer.session.session import Session
from cnn_explorer.session.settings import Settings
from cnn_explorer.views.banner import Answer, Banner, Message

if TYPE_CHECKING:
    from cnn_explorer.views.document_files import DocumentFiles

Download = Callable[[Remote, str, Progress, Cancelled], Path]
WEIGHTS = "*.h5 *.hdf5"
_MEGABYTE = 10**6


class KnownModels(QObject):
    """Fetches what is asked for, with a banner that says how far it is and offers to cancel it."""

    def __init__(
        self, files: DocumentFiles, window: QWidget, session: Session, settings: Settings, banner: Banner,
        fetch: Download = download,
    ) -> None:  # fmt: skip
        super().__init__(files)
        self._files, self._window, self._session, self._settings = files, window, session, settings
        self._banner, self._fetch = banner, fetch
        self._message: Message | None = None
        self._title: Sentence | None = None
        self._then: Callable[[str], object] = str
        self.work = Background(self)
        self.work.progressed.connect(self._progress)
        self.work.finished.connect(self._finish)
        self.work.refused.connect(self._refuse)
        self.work.cancelled.connect(self._take_back)

    @property
    def folder(self) -> str:
        """Where downloads are kept."""
        return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.CacheLocation)

    def open_small(self) -> None:
        """Open the trained network that comes with the program."""
        self._files.open_trained_model()

    def open_random(self, name: str) -> None:
        """Open a model with random weights."""
        self._files.open_known_model(name)

    def open_trained(self, name: str) -> None:
        """Open a model with its weights of ImageNet, which are downloaded if they are not there: with the names."""
        self._begin([weights_of(name), CLASS_INDEX], lambda path: self._files.open_known_model(name, path))

    def open_with_file(self, name: str) -> None:
        """Ask for a file with a model's weights, and open it with them."""
        dialog = QFileDialog(self._window, tr("Weights for {name}", name=name), self._settings.values.folder)
        dialog.setNameFilters(
            [tr("Weights ({patterns})", patterns=WEIGHTS), tr("All files ({patterns})", patterns="*")]
        )
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        accepted, chosen = dialog.exec() == QDialog.DialogCode.Accepted, dialog.selectedFiles()
        dialog.deleteLater()
        if accepted and chosen:
            self._settings.set("folder", str(Path(chosen[0]).parent))
            self._files.open_known_model(name, chosen[0])

    def is_there(self, name: str) -> bool:
        """Whether a model's weights have been downloaded. Their checksum is looked at when they are opened."""
        return (Path(self.folder) / weights_of(name).name).is_file()

    @property
    def wants_names(self) -> bool:
        """Whether the network on the screen gives as many classes as ImageNet has, and they have no names."""
        network, shape = self._session.document.network, self._session.document.image.shape
        return not network.classes and network.shapes(shape)[-1] == (1, 1, CLASSES)

    def name_classes(self) -> None:
        """Give the classes on the screen their names, which are downloaded if they are not there."""
        self._begin([CLASS_INDEX], lambda path: self._name_classes())

    def _name_classes(self) -> None:
        names, document = imagenet_names(self.folder), self._session.document
        if names and self.wants_names:
            network = replace(document.network, classes=names)
            self._session.edit(replace(document, network=network), say("Name the classes"))

    # downloading

    def _begin(self, remotes: list[Remote], then: Callable[[str], object]) -> None:
        """Download all of them; `then` is called with the path of the first."""
        self.cancel()
        self._then, self._title = then, remotes[0].title
        self.work.start(partial(self._download, remotes, self.folder))

    def _download(self, remotes: list[Remote], folder: str, progress: Progress, cancelled: Cancelled) -> str:
        """On the thread."""
        paths = [self._fetch(each, folder, progress, cancelled) for each in remotes]
        return str(paths[0])

    def _progress(self, done: int, total: int) -> None:
        doing = say("Downloading {title}… {done} MB", title=self._title, done=f"{done / _MEGABYTE:.1f}")
        if total:
            doing = say("Downloading {title}… {done} of {total} MB", title=self._title,
                        done=f"{done / _MEGABYTE:.1f}", total=f"{total / _MEGABYTE:.1f}")  # fmt: skip
        if self._message is None:
            self._message = Message(doing, (Answer(say("Cancel"), self.cancel),))
            self._banner.show_message(self._message)
        else:
            self._message = self._banner.reword(self._message, doing)

    def cancel(self) -> None:
        """Drop what is being downloaded, at once: nothing of it stays."""
        self.work.cancel()
        self._take_back()

    def _finish(self, path: str) -> None:
        self._take_back()
        self._then(path)

    def _refuse(self, reason: Sentence) -> None:
        self._take_back()
        self._files.show_problem(reason)

    def _take_back(self) -> None:
        if self._message is not None:
            self._banner.take_back(self._message)
            self._message = None

    def close(self) -> None:
        """The window closes."""
        self._take_back()
        self.work.close()
