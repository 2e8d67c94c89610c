"""Where MNIST comes from: a file on this computer, or a download on request."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QStandardPaths, Signal
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from cnn_explorer.files.datasets import read_mnist
from cnn_explorer.files.digits import Digits
from cnn_explorer.files.remote import download_mnist
from cnn_explorer.network.sentence import Sentence, say
from cnn_explorer.session.background import Background, Cancelled, Progress
from cnn_explorer.session.language import tr
from cnn_explorer.session.settings import Settings
from cnn_explorer.views.controls import button, describe, label
from cnn_explorer.views.work_row import WorkRow

PATTERNS = "*.npz *-ubyte *.idx3-ubyte *.idx1-ubyte *.gz"
Download = Callable[[str, Progress, Cancelled], Path]


class MnistSource(QWidget):
    """Says what MNIST is and offers to open or to download it; what is read comes as `found` (Digits, path, asked).

    `asked`: the user has just asked for these data. Otherwise they are those of the settings, read again.
    """

    found = Signal(object, str, bool)
    refused = Signal(object)

    def __init__(self, settings: Settings, download: Download = download_mnist, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings, self._download = settings, download
        self._tried = ""
        self.work = Background(self)
        self.work_row = WorkRow(self.work)
        self.offers = QWidget()
        self.sentences = [label("quiet") for _ in range(3)]
        self.open_button = button(self.ask_for_file)
        self.download_button = button(self.download)
        self._lay_out()
        self.work.finished.connect(self._read)
        self.work.refused.connect(self.refused)
        self.work.busy_changed.connect(self._busy_changed)
        self.retranslate()

    def _lay_out(self) -> None:
        offers = QVBoxLayout(self.offers)
        offers.setContentsMargins(0, 0, 0, 0)
        for sentence in self.sentences:
            sentence.setWordWrap(True)
        for widget in (*self.sentences, self.open_button, self.download_button):
            offers.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.work_row)
        column.addWidget(self.offers)

    @property
    def kept(self) -> str:
        """The file that the settings name, "" for none."""
        return self._settings.values.mnist_path

    def ask_for_file(self) -> None:
        """The system's dialog for a file of MNIST."""
        dialog = QFileDialog(self.window(), tr("Open MNIST file"), self._settings.values.folder)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        mnist = tr("MNIST files ({patterns})", patterns=PATTERNS)
        dialog.setNameFilters([mnist, tr("All files ({patterns})", patterns="*")])
        if dialog.exec():
            self.open_file(dialog.selectedFiles()[0])
        dialog.deleteLater()

    def open_file(self, path: str) -> None:
        """Read MNIST from a file or a folder, on a thread."""
        self._start(say("Reading MNIST…"), lambda progress, cancelled: (read_mnist(path), path, True))

    def open_kept(self) -> None:
        """Read the file that the settings name, once: one that can't be read is not tried at every showing."""
        path = self._settings.values.mnist_path
        if path and path != self._tried and not self.work.busy:
            self._tried = path
            self._start(say("Reading MNIST…"), lambda progress, cancelled: (read_mnist(path), path, False))

    def download(self) -> None:
        """Fetch MNIST into the cache folder and read it, on a thread."""
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.CacheLocation)

        def work(progress: Progress, cancelled: Cancelled) -> Any:
            path = str(self._download(folder, progress, cancelled))
            return read_mnist(path), path, True

        self._start(say("Downloading MNIST…"), work)

    def _start(self, doing: Sentence, work: Callable[[Progress, Cancelled], tuple[Digits, str, bool]]) -> None:
        self.work_row.show_problem(None)
        self.work_row.begin(doing)
        self.work.start(work)

    def _read(self, result: tuple[Digits, str, bool]) -> None:
        self.found.emit(*result)

    def _busy_changed(self, busy: bool) -> None:
        for offer in (self.open_button, self.download_button):
            offer.setEnabled(not busy)

    def keep(self, path: str) -> None:
        """Remember where the data in use come from; what had failed or is still being read no longer matters."""
        self.work.cancel()
        self._tried = path
        self._settings.set("mnist_path", path)
        self.work_row.show_problem(None)

    def retranslate(self) -> None:
        """Every text in the language in use."""
        texts = (
            tr("MNIST is 70,000 handwritten digits of 28 × 28 pixels."),
            tr("If you have it, open mnist.npz or one of the IDX files, plain or .gz."),
            tr("Or download it once (11 MB): it is kept on this computer."),
        )
        for sentence, text in zip(self.sentences, texts, strict=True):
            sentence.setText(text)
        self.open_button.setText(tr("Open MNIST file…"))
        describe(self.open_button, tr("Open MNIST file"), tr("Open mnist.npz or an IDX file"))
        self.download_button.setText(tr("Download (11 MB)…"))
        describe(self.download_button, tr("Download MNIST"), tr("Download mnist.npz and keep it on this computer"))
        self.work_row.retranslate()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def stop(self) -> None:
        """Drop what is being read or downloaded, and wait for the thread."""
        self.work.close()
