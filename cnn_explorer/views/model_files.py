"""Opening a model, as it is seen: what is being done and how long it may take, a way out, and what came of it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from cnn_explorer.files.opened_model import StoredWeights
from cnn_explorer.files.opening import display_name
from cnn_explorer.files.saved_program import ProgramRun, SavedProgram
from cnn_explorer.network.network_presets import drawn_digit
from cnn_explorer.network.sentence import Refused, Sentence, say
from cnn_explorer.session.cursor import Cursor
from cnn_explorer.session.models import ModelDocument, Models
from cnn_explorer.session.session import Session
from cnn_explorer.views.banner import Answer, Banner, Message

PATIENCE = 1
"""Seconds before the seconds are counted on the screen: a bad file is told sooner."""

DOING = {
    "looking": say("Looking at {file}…"),
    "starting": say("Starting TensorFlow for {file}…"),
    "building": say("Building {file}…"),
    "running": say("Running {file}…"),
}


def _load_panels() -> None:
    """On a thread: what the window needs for the image and the network of a model, and has not loaded yet."""
    import cnn_explorer.views.image_panel  # noqa: F401


class ModelFiles(QObject):
    """The banner of a model that is being opened. `over` says that it has ended, with the Sentence of a refusal or
    None; `ready` carries a ModelDocument and the file's path, `loaded` a Sentence about weights that are in the network
    now, and the file's path, `ran` a ProgramRun and the folder's path.
    """

    over = Signal(object)
    ready = Signal(object, str)
    loaded = Signal(object, str)
    ran = Signal(object, str)

    def __init__(self, session: Session, banner: Banner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._banner = session, banner
        self._path = ""
        self._message: Message | None = None
        self._question: Message | None = None
        self._document: object = None
        self._name = ""
        self.models = models = Models(self, _load_panels)
        models.changed.connect(self._redraw)
        models.opened.connect(self._ready)
        models.found_weights.connect(self._use_weights)
        models.found_program.connect(self._ask)
        models.ran.connect(self._show_run)
        models.refused.connect(self._end)
        models.cancelled.connect(lambda: self._end(None))

    def open(self, path: str) -> None:
        """Open the model in a file or folder."""
        self._take_back()
        self._path = path
        self.models.open(path, self._session.document.image)

    def open_on_digit(self, path: str) -> None:
        """Open a model that tells digits, on a digit unless the image is as large as one."""
        self._take_back()
        image, digit = self._session.document.image, drawn_digit()
        self._path = path
        self.models.open(path, image if image.shape == digit.shape else digit)

    def open_known(self, name: str, weights: str = "") -> None:
        """Build one of KNOWN_MODELS, with random weights or those in a file."""
        self._take_back()
        self._path = name
        self.models.open(name, self._session.document.image, known=True, weights=weights)

    def _redraw(self) -> None:
        template = DOING.get(self.models.state)
        if template is None:
            return
        doing = replace(template, values=(("file", display_name(self._path)),))
        if self.models.seconds >= PATIENCE:
            doing = say("{doing} {seconds} of at most {limit} seconds", doing=doing, seconds=self.models.seconds,
                        limit=self.models.limit)  # fmt: skip
        if self._message is None:
            self._message = Message(doing, (Answer(say("Cancel"), self.models.cancel),))
            self._banner.show_message(self._message)
        else:
            self._message = self._banner.reword(self._message, doing)

    def _end(self, reason: Sentence | None) -> None:
        self._take_back()
        self.over.emit(reason)

    def _take_back(self) -> None:
        for message in (self._message, self._question):
            if message is not None:
                self._banner.take_back(message)
        self._message = self._question = None

    def _ready(self, found: ModelDocument) -> None:
        self._take_back()
        self.ready.emit(found, self._path)
        self.over.emit(None)

    def _ask(self, program: SavedProgram) -> None:
        """Nothing of it runs unless somebody presses the second button, for this one time."""
        self._take_back()
        answers = (
            Answer(say("Don't run it"), self._take_back),
            Answer(say("Run it"), partial(self._run, program, self._path)),
        )
        self._question = Message(program.about, answers)
        self._banner.show_message(self._question)
        self.over.emit(None)

    def _run(self, program: SavedProgram, path: str) -> None:
        self._question, self._path = None, path
        self.models.run(path, program, self._session.document.image)

    def _show_run(self, run: ProgramRun) -> None:
        self._take_back()
        self.ran.emit(run, self._path)
        self.over.emit(None)

    def _use_weights(self, weights: StoredWeights) -> None:
        """One edit of the network on the screen, where they are for one like it."""
        self._take_back()
        try:
            network = weights.into(self._session.document.network)
        except Refused as refused:
            self.over.emit(refused.sentence)
            return
        file = display_name(self._path)
        self._session.edit_network(network, say("Load weights {file}", file=file))
        if self._session.document.network == network:  # else a training goes on, and says that nothing can be changed
            self.loaded.emit(say("The weights of {file} are in the network now.", file=file), self._path)
        self.over.emit(None)

    # what became of it

    def show(self, found: ModelDocument, path: str) -> None:
        """The model is the document now, with all its maps on the screen."""
        self._document, self._name = found.document, display_name(Path(path).stem)
        self._session.open(found.document, cursor=Cursor(level="network", stepping=False))

    @property
    def name(self) -> str:
        """What the document is called, where it is a model that was opened; else ""."""
        return self._name if self._session.first is self._document else ""

    def said(self, found: ModelDocument, path: str) -> Sentence:
        """What has been opened, and what happened to it on the way."""
        told = say("{file} is open: {layers} layers. {how}", file=display_name(path),
                   layers=len(found.document.network.layers), how=found.how)  # fmt: skip
        if found.model.prepared:
            told = say("{told} The first layer brings the pixels to the values that the model expects.", told=told)
        if found.model.left_out:
            told = say("{told} Left out, because they work in training only: {names}.", told=told,
                       names=", ".join(found.model.left_out[:4]))  # fmt: skip
        return told

    def close(self) -> None:
        """The window closes."""
        self._take_back()
        self.models.close()
