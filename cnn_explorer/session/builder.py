"""Edits of the network that may take longer than a frame: tried at once, and made on a thread where they do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from cnn_explorer.network.building import refitted
from cnn_explorer.network.document import Document, Image
from cnn_explorer.network.haste import TakesLong, hasty, patient
from cnn_explorer.network.layers.layer import Layer
from cnn_explorer.network.network import Network
from cnn_explorer.network.sentence import Refused, Sentence
from cnn_explorer.session.background import Background

if TYPE_CHECKING:
    from cnn_explorer.session.session import Session


@dataclass(frozen=True)
class Edit:
    """Another network, what the undo menu calls the edit, what to look at then (fields of the cursor), and what to
    tell the user of it; another image, where the present one does not suit the network."""

    network: Network
    text: Sentence
    look: Mapping[str, Any] = field(default_factory=dict)
    told: Sentence | None = None
    image: Image | None = None


Make = Callable[[Document, Any], Edit]
"""Makes an edit of a document; the second argument draws what is drawn by chance. May raise Refused."""


@dataclass(frozen=True)
class Request:
    """An edit that is asked for: of the newest document as it is seen, or of the one that its gesture began with."""

    make: Make
    gesture: str = ""
    since: Document | None = None


class Builder(QObject):
    """Makes the edits that are asked for, one after the other. Of one gesture only the newest counts.

    One that took a thread counts only if the network and the image's size are still those that it was made for.
    """

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._work = Background(self)
        self._work.finished.connect(self._finished)
        self._work.refused.connect(self._refused)
        self._running: Request | None = None
        self._made_for: tuple[object, ...] = ()
        self._waiting: list[Request] = []

    def ask(self, request: Request) -> None:
        """Make an edit as soon as those before it are made."""
        if self._running is None:
            self._begin(request)
        elif request.gesture and request.gesture == self._running.gesture:
            self._start(request)
        else:
            others = [each for each in self._waiting if not request.gesture or each.gesture != request.gesture]
            self._waiting = [*others, request]

    def is_making(self, gesture: str) -> bool:
        """Whether an edit of this gesture is being made."""
        return self._running is not None and self._running.gesture == gesture

    def cancel(self) -> None:
        """What is being made, and what waits, is no longer wanted."""
        self._waiting, self._running = [], None
        self._work.cancel()

    def _begin(self, request: Request) -> None:
        try:
            edit = request.make(self._base(request), hasty())
        except TakesLong:
            self._start(request)
        except Refused as refused:
            self._tell(refused.sentence)
        else:
            self._session.take(edit, request.gesture)

    def _base(self, request: Request) -> Document:
        return request.since or self._session.basis

    def _start(self, request: Request) -> None:
        base = self._base(request)
        self._running, self._made_for = request, self._place()
        self._work.start(lambda progress, cancelled: request.make(base, patient()))

    def _place(self) -> tuple[object, ...]:
        return self._session.document.network, self._session.document.image.shape

    def _finished(self, edit: Edit) -> None:
        request, self._running = self._running, None
        network, shape = self._place()
        if request is not None and network is self._made_for[0] and shape == self._made_for[1]:
            self._session.take(edit, request.gesture)
        self._next()

    def _refused(self, sentence: Sentence) -> None:
        self._running = None
        self._tell(sentence)
        self._next()

    def _tell(self, sentence: Sentence) -> None:
        self._session.said.emit(sentence)
        self._session.refused.emit()

    def _next(self) -> None:
        while self._waiting and self._running is None:
            self._begin(self._waiting.pop(0))


def with_layer(index: int, layer: Layer, text: Sentence) -> Make:
    """Makes `layer` the one at `index`; those behind it get weights that fit."""

    def make(document: Document, rng: Any) -> Edit:
        network, told = refitted(document.network.with_layer(index, layer), document.image.shape, rng)
        return Edit(network, text, told=told)

    return make
