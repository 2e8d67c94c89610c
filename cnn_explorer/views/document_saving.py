"""Saving on a thread: the window goes on meanwhile, however large the document is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from functools import partial

from PySide6.QtCore import QEventLoop, QObject, QTimer, Signal

from cnn_explorer.files.atomic import atomic_write
from cnn_explorer.files.opening import display_name
from cnn_explorer.network.document import Document
from cnn_explorer.network.files import document_pieces
from cnn_explorer.network.sentence import Refused, Sentence, say
from cnn_explorer.session.background import Background, Cancelled, Progress
from cnn_explorer.session.cursor import Cursor
from cnn_explorer.views.banner import Answer, Banner, Message

PATIENCE = 400
"""Milliseconds before a saving is shown, with a way to cancel it: most files are written by then."""


class DocumentSaving(QObject):
    """Writes one document at a time. Whoever asks waits for it in an event loop, so that the window lives on."""

    _over = Signal()

    def __init__(self, banner: Banner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._banner = banner
        self._path, self._saved = "", False
        self._then: Callable[[], object] = _nothing
        self._refusal: Sentence | None = None
        self._message: Message | None = None
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE)
        self._patience.timeout.connect(self._show)
        self._work = Background(self)
        self._work.progressed.connect(self._show_progress)
        self._work.finished.connect(lambda _: self._end(True, None))
        self._work.refused.connect(partial(self._end, False))
        self._work.cancelled.connect(lambda: self._end(False, None))

    def wait(self) -> None:
        """Return when nothing is being saved any more."""
        if self._work.busy:
            loop = QEventLoop()
            self._over.connect(loop.quit)
            loop.exec()

    def save(self, path: str, document: Document, cursor: Cursor, saved: Callable[[], object]) -> bool:
        """Write a document to a file; False where that was cancelled. Raises: Refused.

        `saved` is called when it is written, before anybody who waits for that goes on.
        """
        self.wait()
        self._path, self._then, self._saved, self._refusal = path, saved, False, None
        self._work.start(partial(_write, path, document, cursor))
        self._patience.start()
        self.wait()
        if self._refusal is not None:
            raise Refused(self._refusal)
        return self._saved

    def _end(self, saved: bool, refusal: Sentence | None) -> None:
        self._saved, self._refusal = saved, refusal
        self._patience.stop()
        if self._message is not None:
            self._banner.take_back(self._message)
            self._message = None
        then, self._then = self._then, _nothing  # which holds the document
        if saved:
            then()
        self._over.emit()

    def _show(self) -> None:
        self._message = Message(self._doing(0, 1), (Answer(say("Cancel"), self._work.cancel),))
        self._banner.show_message(self._message)

    def _show_progress(self, done: int, total: int) -> None:
        if self._message is not None:
            self._message = self._banner.reword(self._message, self._doing(done, total))

    def _doing(self, done: int, total: int) -> Sentence:
        return say("Saving {file}… {percent} %", file=display_name(self._path), percent=100 * done // total)

    def close(self) -> None:
        """The window closes."""
        self._work.close()


def _nothing() -> None:
    return None


class _Cancelled(Exception):
    """Nobody wants what is being written any more."""


def _write(path: str, document: Document, cursor: Cursor, progress: Progress, cancelled: Cancelled) -> None:
    """On the thread."""
    pieces = document_pieces(document, asdict(cursor))
    total = sum(map(len, pieces))

    def told(done: int) -> None:
        if cancelled():
            raise _Cancelled
        progress(done, total)

    atomic_write(path, pieces, told)
