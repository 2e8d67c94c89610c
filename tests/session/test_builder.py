"""Edits of the network that take a while: the window goes on, and what was done meanwhile is kept."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from cnn_explorer.network import building
from cnn_explorer.network.document import Document, Image
from cnn_explorer.network.haste import insist_on_time
from cnn_explorer.network.layers import Conv2D, MaxPooling2D
from cnn_explorer.network.network import Network
from cnn_explorer.network.results import evaluate
from cnn_explorer.network.sentence import Refused, say
from cnn_explorer.session.builder import Edit, Make
from cnn_explorer.session.session import Pin, Session

MANY = 10**9


def added(kind: str, slow: bool, refused: bool = False) -> Make:
    """Adds a layer at the end; a slow one is only made by those who can wait."""

    def make(document: Document, rng: Any) -> Edit:
        insist_on_time(rng, MANY if slow else 1)
        if refused:
            raise Refused(say("Too many."))
        network, shape = document.network, document.image.shape
        after = building.with_added(network, shape, len(network.layers), kind, rng)
        return Edit(after, say("Add"), {"layer": len(network.layers)}, say("Added."))

    return make


class Heard:
    """What a session has said and noted."""

    def __init__(self, session: Session) -> None:
        self.said: list[str] = []
        self.noted: list[str] = []
        session.said.connect(lambda sentence: self.said.append(str(sentence)))
        session.noted.connect(lambda sentence: self.noted.append(str(sentence)))


@pytest.fixture
def session(qtbot: QtBot) -> Session:
    made = Session(Document(Image(np.zeros((7, 7, 1))), Network((Conv2D(),))))
    made.changed.connect(lambda: made.show(evaluate(made.document)))
    return made


def kinds(session: Session) -> list[str]:
    return [layer.kind for layer in session.document.network.layers]


def test_what_is_quick_is_done_at_once(session: Session) -> None:
    heard = Heard(session)
    session.perform(added("Activation", slow=False))
    assert kinds(session) == ["Conv2D", "Activation"]
    assert (session.cursor.layer, str(session.undo_text), heard.noted) == (1, "Add", ["Added."])


def test_what_takes_long_is_done_later_and_what_was_drawn_meanwhile_is_kept(session: Session, qtbot: QtBot) -> None:
    session.perform(added("Activation", slow=True))
    assert kinds(session) == ["Conv2D"]
    session.edit_image(Image(np.ones((7, 7, 1))), say("Draw"))
    qtbot.waitUntil(lambda: len(kinds(session)) == 2)
    assert session.document.image.pixels.all() and session.cursor.layer == 1
    session.undo()
    assert kinds(session) == ["Conv2D"] and session.document.image.pixels.all()
    session.undo()
    assert not session.document.image.pixels.any()


def test_edits_wait_for_those_before_them(session: Session, qtbot: QtBot) -> None:
    for kind, slow in (("Activation", True), ("MaxPooling2D", False), ("Dropout", True)):
        session.perform(added(kind, slow))
    assert kinds(session) == ["Conv2D"]
    qtbot.waitUntil(lambda: len(kinds(session)) == 4)
    assert kinds(session) == ["Conv2D", "Activation", "MaxPooling2D", "Dropout"]


def test_an_undo_takes_back_what_is_still_being_made(session: Session, qtbot: QtBot) -> None:
    session.perform(added("Activation", slow=False))
    session.perform(added("Dropout", slow=True))
    session.perform(added("Dropout", slow=True))
    session.undo()
    session.perform(added("MaxPooling2D", slow=True))
    qtbot.waitUntil(lambda: len(kinds(session)) == 2)
    assert kinds(session) == ["Conv2D", "MaxPooling2D"]


def test_an_edit_of_another_network_is_dropped(session: Session, qtbot: QtBot) -> None:
    session.perform(added("Activation", slow=True))
    session.edit_network(Network((MaxPooling2D(),)), say("Other"))
    session.perform(added("Dropout", slow=True))
    qtbot.waitUntil(lambda: len(kinds(session)) == 2)
    assert kinds(session) == ["MaxPooling2D", "Dropout"]


def test_of_a_gesture_the_newest_counts_and_all_of_it_is_one_step(session: Session, qtbot: QtBot) -> None:
    base, gesture = session.document, session.new_gesture()
    for kind in ("Activation", "Dropout", "MaxPooling2D"):
        session.perform(added(kind, slow=True), gesture, base)
        assert session.continues(gesture)
    qtbot.waitUntil(lambda: len(kinds(session)) == 2)
    assert kinds(session) == ["Conv2D", "MaxPooling2D"] and session.continues(gesture)
    session.perform(added("Activation", slow=False), gesture, base)
    assert kinds(session) == ["Conv2D", "Activation"]
    session.undo()
    assert session.document == base and not session.continues(gesture)


@pytest.mark.parametrize("slow", [False, True])
def test_a_refusal_is_said_and_changes_nothing(session: Session, qtbot: QtBot, slow: bool) -> None:
    heard = Heard(session)
    before = session.document
    session.perform(added("Dense", slow, refused=True))
    session.perform(added("Activation", slow))
    qtbot.waitUntil(lambda: len(kinds(session)) == 2)
    assert heard.said == ["Too many."]
    session.undo()
    assert session.document is before and session.undo_text is None


def test_a_layer_that_changes_the_shapes_refits_those_behind_it(session: Session) -> None:
    session.perform(added("Dense", slow=False))
    heard = Heard(session)
    assert kinds(session) == ["Conv2D", "Flatten", "Dense"]
    first = session.document.network.layers[0]
    session.edit_layer(0, first.with_kernel_size(5, 5), say("Change"))
    assert session.evaluation.problems == ()
    assert heard.noted == ["Dense 10: its weights were drawn anew for 9 inputs."]
    dense = session.document.network.layers[2]
    session.edit_layer(0, session.document.network.layers[0].with_bias(0, 2.0) or first, say("Bias"))
    assert session.document.network.layers[2] is dense and len(heard.noted) == 1


def test_a_layer_with_too_many_weights_behind_it_is_refused(session: Session, qtbot: QtBot) -> None:
    image = Image(np.zeros((512, 512, 3), np.float32))
    network = building.with_added(Network(), image.shape, 0, "MaxPooling2D", np.random.default_rng(0))
    network = building.with_added(network, image.shape, 1, "Dense", np.random.default_rng(0))
    network = building.with_filter_count(network, image.shape, 2, 20, np.random.default_rng(0))
    session.open(Document(image, network))
    heard = Heard(session)
    pooling = MaxPooling2D(strides=(1, 1))
    session.edit_layer(0, pooling, say("Change"))
    qtbot.waitUntil(lambda: bool(heard.said))
    assert "million weights" in heard.said[0]
    assert session.document.network is network


def test_a_pin_does_not_slip_to_another_map(session: Session) -> None:
    session.pin(Pin(1, 2, 2, 0))
    session.edit_image(Image(np.ones((7, 7, 1))), say("Draw"))
    assert session.pinned is not None
    session.perform(added("Activation", slow=False))
    assert session.pinned is None
