"""Opening and saving: the dialogs, the question about unsaved changes, and the recent files."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QMenu, QMessageBox, QWidget

from cnn_explorer.files.known_models import KNOWN_MODELS, TRAINED
from cnn_explorer.files.opened_model import ModelFile
from cnn_explorer.files.opening import display_name
from cnn_explorer.files.saved_program import ProgramRun
from cnn_explorer.network.document import Document
from cnn_explorer.network.presets import default_document
from cnn_explorer.network.sentence import Refused, Sentence, say
from cnn_explorer.session.background import Background, Cancelled, Progress
from cnn_explorer.session.cursor import Cursor
from cnn_explorer.session.language import tr, translated
from cnn_explorer.session.models import ModelDocument
from cnn_explorer.session.session import Session
from cnn_explorer.session.settings import Settings
from cnn_explorer.views.banner import Answer, Banner, Message
from cnn_explorer.views.document_saving import DocumentSaving
from cnn_explorer.views.known_models import KnownModels
from cnn_explorer.views.model_files import ModelFiles

SUFFIX = "cnn"
OPENED = (
    "*.cnn *.json *.keras *.h5 *.hdf5 *.png *.jpg *.jpeg *.bmp *.gif *.tif *.tiff *.webp *.npy *.npz *.csv *.gz *-ubyte"
)
UNTITLED = say("Untitled")
HANDBOOK = say("Handbook 7×7 example")
PATIENCE = 400
"""Milliseconds before a reading is shown, with a way to cancel it: most files are open by then."""

WARMING = 200
"""Milliseconds after which a loader for models is started while a file is being chosen: the dialog stands by then."""


Use = Callable[[Any], None]


class DocumentFiles(QObject):
    """What the File menu does. `opened` carries what a file holds, and its path, where that is no document.

    A file is read on a thread; until it is, and where it can't be used, the screen stays as it is. `keep` is told to
    which file is to be saved, and calls what saves: a training that goes on first keeps what it needs to go on later.
    """

    opened = Signal(object, object)
    said = Signal(object)
    """(Sentence): what has been done."""
    asking = Signal(bool)
    """True before somebody is asked whether to save; False when the document stays after that."""

    def __init__(self, window: QWidget, session: Session, settings: Settings, banner: Banner) -> None:
        super().__init__(window)
        self._window, self._session, self._settings, self._banner = window, session, settings, banner
        self.keep: Callable[[str, Callable[[], object]], None] = _at_once
        self._saving = DocumentSaving(banner, self)
        self._waiting: list[tuple[str, Callable[[], object], Use]] = []
        self._use: Use = self._use_content
        self._path = ""
        self._example = default_document()
        self._reader = Background(self)
        self._reader.finished.connect(self._read)
        self._reader.refused.connect(self._refused)
        self._reader.cancelled.connect(self._read_next)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE)
        self._patience.timeout.connect(self._show_reading)
        self._reading: Message | None = None
        self._warming = QTimer(self)
        self._warming.setSingleShot(True)
        self._warming.setInterval(WARMING)
        self.models = ModelFiles(session, banner, self)
        self._warming.timeout.connect(self.models.models.prepare)
        self.models.ready.connect(self._use_model)
        self.models.loaded.connect(self._weights_loaded)
        self.models.ran.connect(self._show_run)
        self.models.over.connect(self._model_over)
        self.known = KnownModels(self, window, session, settings, banner)

    @property
    def title(self) -> str:
        """What the document is called."""
        path = self._session.path
        if path:
            return display_name(Path(path).stem)
        if self.models.name:
            return self.models.name
        session = self._session
        still = session.first == self._example and session.document.image.source == self._example.image.source
        return translated(HANDBOOK if still else UNTITLED)

    # new and open

    def new(self) -> None:
        """Begin with the handbook's example again."""
        if self.may_leave():
            self._session.open(default_document())

    def open(self) -> None:
        """Ask for a file and open it."""
        self._warming.start()
        path = self._ask_for_file()
        self._warming.stop()
        if path:
            self.open_paths([path])
        else:
            self.models.models.release()

    def open_model_folder(self) -> None:
        """Ask for a folder with a model (a SavedModel) and open it."""
        dialog = self._dialog(tr("Open a model folder"), "", ())
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        path = _answer(dialog)
        if path:
            self.open_paths([path])

    def open_known_model(self, name: str, weights: str = "") -> None:
        """Build one of KNOWN_MODELS, with random weights or those in a file; what is being opened is dropped."""
        self._drop_reading(name)
        self.models.open_known(name, weights)

    def open_trained_model(self) -> None:
        """Open the trained network that comes with the program; what is being opened is dropped."""
        self._drop_reading(TRAINED)
        self.models.open_on_digit(TRAINED)

    def _drop_reading(self, path: str) -> None:
        self._waiting.clear()
        self._end_reading()
        self._reader.cancel()
        self._path = path

    def open_paths(self, paths: Sequence[str]) -> None:
        """Open files, one after the other: a document replaces the document, an image its image."""
        for path in map(os.path.abspath, paths):
            self._read_soon(path, partial(_open_any, path))

    def take(self, mime: QMimeData) -> None:
        """Open what was dropped or pasted: a file, a picture, or numbers."""
        from cnn_explorer.views.mime_input import reader_of

        found = reader_of(mime, translated)
        if found is None:
            self.show_problem(say("There is no picture, no file and no table of numbers in this; copy one first."))
        else:
            self._read_soon(*found)

    def use(self, content: object, path: str) -> None:
        """Open what somebody else has read from the file at `path`."""
        self._read_soon(path, lambda: content)

    def read_for(self, path: str, read: Callable[[], object], use: Use) -> None:
        """Read something of the file at `path` on a thread when what is being opened is open; `use` gets it."""
        self._read_soon(path, read, use)

    def _read_soon(self, path: str, read: Callable[[], object], use: Use | None = None) -> None:
        self._waiting.append((path, read, use or self._use_content))
        if not self._reader.busy and not self.models.models.busy:
            self._read_next()

    def _read_next(self) -> None:
        if self._waiting:
            self._path, read, self._use = self._waiting.pop(0)
            self._reader.start(partial(_read_content, read))
            self._patience.start()

    def _show_reading(self) -> None:
        opening = say("Opening {file}…", file=display_name(self._path))
        self._reading = Message(opening, (Answer(say("Cancel"), self._reader.cancel),))
        self._banner.show_message(self._reading)

    def _end_reading(self) -> None:
        self._patience.stop()
        if self._reading is not None:
            self._banner.take_back(self._reading)
            self._reading = None

    def _read(self, content: object) -> None:
        self._end_reading()
        if isinstance(content, ModelFile):
            self._path = content.path
            self.models.open(content.path)
            return  # what waits is read when the model is there
        self.models.models.release()
        self._use(content)
        self._read_next()

    def _use_content(self, content: Any) -> None:
        path = self._path  # to ask takes a while, and the next may be read meanwhile
        if not isinstance(content, tuple):
            self.opened.emit(content, path)
        elif self.may_leave():
            self._session.open(content[0], path, content[1])
            self._remember(path)

    def _use_model(self, found: ModelDocument, path: str) -> None:
        if self.may_leave():
            self.models.show(found, path)
            if path not in (*KNOWN_MODELS, TRAINED):
                self._remember(path)
            self.said.emit(self.models.said(found, path))

    def _weights_loaded(self, told: Sentence, path: str) -> None:
        self._remember(path)
        self.said.emit(told)

    def _show_run(self, run: ProgramRun, path: str) -> None:
        from cnn_explorer.views.program_result import ProgramResult

        shown = ProgramResult(display_name(path), run, self._window)
        shown.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        shown.show()

    def _model_over(self, reason: Sentence | None) -> None:
        if reason is not None:
            self._refused(reason)
        else:
            self._read_next()

    def _refused(self, reason: Sentence) -> None:
        self._end_reading()
        self.models.models.release()
        self.show_problem(reason)
        if not os.path.exists(self._path):
            self._settings.forget_recent(self._path)
        self._read_next()

    def show_problem(self, reason: Sentence, *answers: Answer) -> None:
        """Say over the stage why something was not done."""
        self._banner.show_message(Message(reason, answers, problem=True))

    def _remember(self, path: str) -> None:
        if os.fsencode(path) != path.encode("utf-8", "replace"):
            return  # the settings are text, and can't hold the bytes of such a name
        self._settings.add_recent(path)
        self._settings.set("folder", str(Path(path).parent))

    def fill_recent(self, menu: QMenu) -> None:
        """The recent files as a menu."""
        menu.clear()
        menu.setToolTipsVisible(True)
        for path in self._settings.values.recent:
            action = menu.addAction(Path(path).name.replace("&", "&&"))
            action.setToolTip(path)
            action.triggered.connect(partial(self.open_paths, [path]))
        if not self._settings.values.recent:
            menu.addAction(tr("No files yet")).setEnabled(False)

    # save

    def save(self) -> None:
        """Save to the document's file, or ask for one."""
        self._save_soon(self._session.path or self._ask_where_to_save())

    def save_as(self) -> None:
        """Ask for a file and save to it."""
        self._save_soon(self._ask_where_to_save())

    def _save_soon(self, path: str) -> None:
        first = self._session.first
        if path:
            self.keep(path, lambda: self._session.first is first and self.save_to(path))

    def _save_now(self) -> bool:
        path = self._session.path or self._ask_where_to_save()
        return bool(path) and self.save_to(path)

    def save_to(self, path: str) -> bool:
        """Save to a file; False where it was refused, which the banner then tells, or cancelled."""
        session = self._session
        saved = partial(self._saved, path, session.document, session.first)
        try:
            return self._saving.save(path, session.document, session.cursor, saved)
        except Refused as refused:
            self.show_problem(refused.sentence, Answer(say("Save as…"), self.save_as))
            return False

    def _saved(self, path: str, document: Document, first: Document) -> None:
        if self._session.first is first:  # else another document was opened meanwhile
            self._session.mark_saved(path, document)
        self._remember(path)
        self.said.emit(say("Saved as {file}.", file=display_name(path)))

    def may_leave(self) -> bool:
        """Whether the document may be replaced: it is saved, or the user says so."""
        self._saving.wait()
        if not self._session.unsaved:
            return True
        button = QMessageBox.StandardButton
        box = QMessageBox(self._window)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle(tr("Unsaved changes"))
        box.setText(tr("Save the changes to “{name}”?", name=self.title))
        box.setInformativeText(tr("Without saving, everything since the last time is lost."))
        for kind, text in (
            (button.Save, tr("Save")), (button.Discard, tr("Don't save")), (button.Cancel, tr("Cancel")),
        ):  # fmt: skip
            box.addButton(kind).setText(text)
        box.setDefaultButton(button.Save)
        self.asking.emit(True)
        chosen = box.exec()
        box.deleteLater()
        leaves = chosen == button.Discard or (chosen == button.Save and self._save_now() and self.may_leave())
        if not leaves:
            self.asking.emit(False)
        return leaves

    # the dialogs of the system

    def _dialog(self, title: str, name: str, filters: Sequence[str]) -> QFileDialog:
        dialog = QFileDialog(self._window, title, self._settings.values.folder)
        if filters:
            dialog.setNameFilters(list(filters))
        if name:
            dialog.selectFile(name)
        return dialog

    def _ask_for_file(self) -> str:
        filters = (
            tr("Documents, models, images and data ({patterns})", patterns=OPENED),
            tr("All files ({patterns})", patterns="*"),
        )
        dialog = self._dialog(tr("Open"), "", filters)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        return _answer(dialog)

    def _ask_where_to_save(self) -> str:
        dialog = self._dialog(tr("Save as"), self.title, (tr("Documents ({patterns})", patterns=f"*.{SUFFIX}"),))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(SUFFIX)
        return _answer(dialog)

    def close(self) -> None:
        """The window closes: what is still being read is dropped."""
        self._waiting.clear()
        self._end_reading()
        self._reader.close()
        self._saving.close()
        self.known.close()
        self.models.close()


def _at_once(path: str, save: Callable[[], object]) -> None:
    save()


def _answer(dialog: QFileDialog) -> str:
    accepted = dialog.exec() == QDialog.DialogCode.Accepted
    chosen = dialog.selectedFiles()
    dialog.deleteLater()
    return chosen[0] if accepted and chosen else ""


def _open_any(path: str) -> object:
    from cnn_explorer.files.sniff import open_any

    return open_any(path)


def _read_content(read: Callable[[], object], progress: Progress, cancelled: Cancelled) -> object:
    """On the thread: what is opened; of a saved document, its Document and Cursor."""
    from cnn_explorer.files.saved_document import SavedDocument, document_of

    content = read()
    if not isinstance(content, SavedDocument):
        return content
    document, places = document_of(content)
    return document, Cursor(**places)
