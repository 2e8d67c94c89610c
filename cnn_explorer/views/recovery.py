"""The document in the journal, edit by edit; and the offer to restore what a program that died has left there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from functools import partial

from PySide6.QtCore import QObject

from cnn_explorer.files.opening import display_name
from cnn_explorer.network.document import Document
from cnn_explorer.network.files import document_text, read_text
from cnn_explorer.network.sentence import Refused, Sentence, say
from cnn_explorer.session.cursor import Cursor
from cnn_explorer.session.journal import Header, Journal, LeftBehind
from cnn_explorer.session.session import Session
from cnn_explorer.views.banner import Answer, Banner, Message
from cnn_explorer.views.document_files import UNTITLED, DocumentFiles


class Recovery(QObject):
    """Nothing is written before `begin`, and nothing after `close`."""

    def __init__(self, session: Session, files: DocumentFiles, banner: Banner) -> None:
        super().__init__(files)
        self._session, self._files, self._banner = session, files, banner
        self._journal: Journal | None = None
        self._left: list[LeftBehind] = []
        self._newest = 0
        self._restored: dict[LeftBehind, int] = {}
        """What was restored, and the number that this program's own entry of it has."""
        session.history_changed.connect(self._write)

    def begin(self, journal: Journal, left_behind: Sequence[LeftBehind] = ()) -> None:
        """Journal every edit from now on, and offer what programs that died have left behind."""
        self._journal = journal
        self._left = list(left_behind)
        journal.failed.connect(self._files.show_problem)
        journal.kept.connect(self._kept)
        self._write()
        for entry in self._left:
            self._offer(entry)

    def _write(self) -> None:
        if self._journal is None:
            return
        if self._session.unsaved:
            document, cursor = self._session.document, asdict(self._session.cursor)
            self._newest = self._journal.write(self._session.path, partial(document_text, document, cursor))
        else:
            self._journal.clear()
            self._kept(self._newest)  # what was restored is saved, or was let go

    def _offer(self, entry: LeftBehind) -> None:
        restore = Answer(say("Restore"), partial(self._restore, entry))
        discard = Answer(say("Discard"), partial(self._deal_with, entry))
        self._banner.show_message(Message(_question(entry.header), (restore, discard)))

    def _restore(self, entry: LeftBehind) -> None:
        self._files.read_for(entry.header.path, partial(_document_of, entry), partial(self._use, entry))

    def _use(self, entry: LeftBehind, found: tuple[Document, Cursor]) -> None:
        if not self._files.may_leave():
            self._offer(entry)
            return
        document, cursor = found
        self._session.open(document, entry.header.path, cursor, saved=False)
        self._restored[entry] = self._newest

    def _kept(self, number: int) -> None:
        """The old entry goes only when the document is in this program's own."""
        for entry in [entry for entry, own in self._restored.items() if own <= number]:
            del self._restored[entry]
            self._deal_with(entry)

    def _deal_with(self, entry: LeftBehind) -> None:
        entry.forget()
        self._left.remove(entry)

    def close(self) -> None:
        """The window closes: what was neither restored nor discarded is offered again at the next start."""
        self._journal = None
        for entry in self._left:
            entry.release()
        self._left.clear()
        self._restored.clear()


def _document_of(entry: LeftBehind) -> tuple[Document, Cursor]:
    """On a thread. Raises: Refused."""
    try:
        document, places = read_text(entry.document(), display_name(entry.header.path), entry.find)
    except Refused as refused:
        raise Refused(_not_restored(refused.sentence)) from refused
    except OSError as error:
        raise Refused(_not_restored(say("{reason}", reason=error.strerror))) from error
    return document, Cursor(**places)


def _question(header: Header) -> Sentence:
    when = datetime.fromtimestamp(header.time)
    today = when.date() == datetime.now().date()
    return say(
        "CNN Explorer ended unexpectedly. Restore {name} from {time}?",
        name=display_name(header.path) if header.path else UNTITLED,
        time=when.strftime("%H:%M" if today else "%Y-%m-%d %H:%M"),
    )


def _not_restored(reason: Sentence) -> Sentence:
    return say("The document could not be restored: {reason}", reason=reason)
