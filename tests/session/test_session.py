"""The session: edits, gestures, undo, the cursor, and what is announced when."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from cnn_explorer.network.arrays import frozen
from cnn_explorer.network.document import Document, Image
from cnn_explorer.network.layers import Activation, Conv2D, MaxPooling2D
from cnn_explorer.network.network import Network
from cnn_explorer.network.results import evaluate
from cnn_explorer.network.sentence import say
from cnn_explorer.session import reference
from cnn_explorer.session.cursor import IMAGE
from cnn_explorer.session.session import Session


def document(rows: int = 7) -> Document:
    image = Image(np.arange(rows * rows).reshape(rows, rows, 1) % 3)
    return Document(image, Network((Conv2D(kernel=frozen(np.ones((3, 3, 1, 1)))), Activation(), MaxPooling2D())))


@pytest.fixture
def session(qtbot: QtBot) -> Session:
    made = Session(document())
    made.changed.connect(lambda: made.show(evaluate(made.document)))
    return made


def draw(session: Session, value: float, gesture: str = "") -> None:
    pixels = np.array(session.document.image.pixels)
    pixels[0, 0] = value
    session.edit_image(replace(session.document.image, pixels=pixels), say("Draw"), gesture)


def corner(session: Session) -> float:
    return float(session.evaluation.maps[0][0, 0, 0])


def test_an_edit_is_evaluated_and_undone(session: Session) -> None:
    draw(session, 5)
    assert corner(session) == 5
    assert session.unsaved
    assert str(session.undo_text) == "Draw"
    session.undo()
    assert corner(session) == 0
    assert not session.unsaved
    session.redo()
    assert corner(session) == 5


def test_a_drag_is_one_step(session: Session) -> None:
    gesture = session.new_gesture()
    for value in (1, 2, 3):
        draw(session, value, gesture)
    session.end_gesture()
    draw(session, 4)
    session.undo()
    assert corner(session) == 3
    session.undo()
    assert corner(session) == 0
    assert session.undo_text is None


def test_an_edit_after_undo_forgets_what_could_be_redone(session: Session) -> None:
    draw(session, 1)
    session.undo()
    draw(session, 2)
    assert session.redo_text is None


def test_an_edit_that_changes_nothing_is_no_step(session: Session) -> None:
    draw(session, 0)
    assert session.undo_text is None
    assert not session.unsaved


def test_undoing_to_the_saved_document_is_saved_again(session: Session) -> None:
    draw(session, 1)
    session.mark_saved("/a.cnn", session.document)
    assert not session.unsaved
    draw(session, 2)
    assert session.unsaved
    session.undo()
    assert not session.unsaved


def test_the_cursor_stays_inside_a_map_that_shrinks(session: Session) -> None:
    session.move(row=4, column=4)
    layer = session.document.network.layers[0]
    session.edit_layer(0, replace(layer, strides=(2, 2)), say("Stride"))
    assert (session.cursor.row, session.cursor.column) == (2, 2)


def test_the_layer_that_is_looked_at_keeps_its_cell(session: Session) -> None:
    session.move(row=2, column=1)
    session.select(session.cursor.layer)
    assert (session.cursor.row, session.cursor.column) == (2, 1)
    session.select(1)
    assert (session.cursor.layer, session.cursor.row, session.cursor.column) == (1, 0, 0)


def test_the_image_can_be_selected_and_has_no_steps(session: Session) -> None:
    session.select(IMAGE)
    assert session.output_shape() is None
    session.move_to_step(3)
    assert session.cursor.layer == IMAGE


def test_a_large_image_shows_its_whole_map_and_a_small_one_is_stepped(session: Session) -> None:
    assert session.cursor.stepping
    session.edit_image(Image(np.zeros((28, 28, 1)), "28x28"), say("New image"))
    assert not session.cursor.stepping
    session.undo()
    session.edit_image(Image(np.ones((5, 5, 1))), say("New image"))
    assert session.cursor.stepping


def test_a_colour_image_is_read_by_three_kernels_in_one_step_of_undo(session: Session) -> None:
    told: list[str] = []
    session.noted.connect(lambda sentence: told.append(str(sentence)))
    before = session.document.network
    session.edit_image(Image(np.ones((9, 9, 3)), "file", light=True), say("Open photo.png"))
    layer: Any = session.document.network.layers[0]
    assert layer.filter_weights((9, 9, 3), 0).size == 27
    assert session.output_shape() == (7, 7, 1) and not session.evaluation.problems
    assert "27 weights" in told[-1]
    session.undo()
    assert session.document.network == before and session.document.image.shape == (7, 7, 1)
    session.redo()
    session.edit_image(Image(np.zeros((7, 7, 1))), say("Switch to 7×7"))
    assert session.document.network == before
    assert len(told) == 2


def test_an_image_is_made_to_fit_a_model_that_takes_no_other(session: Session) -> None:
    told: list[str] = []
    session.noted.connect(lambda sentence: told.append(str(sentence)))
    session.open(Document(Image(np.zeros((9, 9, 1))), replace(document().network, input_shape=(9, 9, 1))))
    network = session.document.network
    session.edit_image(Image(np.ones((18, 9, 3)), "file", "photo", light=True), say("Open photo.png"))
    assert session.document.image.shape == (9, 9, 1)
    assert session.document.network is network
    assert told == ["Resized to 9×9 and made grey for the model, values from 0 to 1."]
    drawn = Image(np.full((9, 9, 1), 2.0))
    session.edit_image(drawn, say("Draw"))
    assert session.document.image is drawn
    session.undo()
    session.undo()
    assert not session.document.image.pixels.any()
    session.edit_network(document().network, say("Another"))
    session.edit_image(Image(np.ones((18, 9, 1))), say("Open"))
    assert session.document.image.shape == (18, 9, 1)
    assert len(told) == 1


def test_a_grey_image_for_a_model_of_any_size_leaves_its_weights_alone(session: Session) -> None:
    colour = Image(np.zeros((9, 9, 3)), "file")
    kernel = np.random.default_rng(0).random((3, 3, 3, 2), np.float32)
    network = Network((Conv2D(kernel=kernel, bias=np.zeros(2, np.float32)),), input_shape=(None, None, 3))
    session.open(Document(colour, network))
    session.edit_image(Image(np.ones((20, 12, 1))), say("Draw"))
    assert session.document.image.shape == (20, 12, 3)
    assert session.document.network is network


def test_a_small_colour_image_is_stepped_too(session: Session) -> None:
    session.edit_image(Image(np.ones((7, 7, 3)), "file"), say("Open"))
    assert session.cursor.stepping
    session.open(Document(Image(np.ones((7, 7, 3)), "file")))
    assert session.cursor.stepping


def test_an_impossible_layer_keeps_document_and_cursor(session: Session) -> None:
    layer: Any = session.document.network.layers[0]
    session.edit_layer(0, replace(layer, dilation_rate=(4, 4)), say("Dilation"))
    assert session.output_shape() is None
    assert len(session.evaluation.problems) == 1
    session.undo()
    assert session.output_shape() == (5, 5, 1)


def test_signals_come_once_an_edit(session: Session, qtbot: QtBot) -> None:
    heard: list[str] = []
    session.evaluated.connect(lambda: heard.append("evaluated"))
    session.history_changed.connect(lambda: heard.append("history"))
    session.cursor_moved.connect(lambda: heard.append("cursor"))
    draw(session, 1)
    assert heard == ["evaluated", "history"]


def trained(network: Network, value: float) -> Network:
    layer: Any = network.layers[0]
    return network.with_layer(0, replace(layer, kernel=frozen(np.full((3, 3, 1, 1), value))))


def test_a_run_changes_what_is_shown_and_is_one_step(session: Session) -> None:
    heard: list[str] = []
    before = session.document.network
    session.begin_run(before, say("Train"))
    session.history_changed.connect(lambda: heard.append("history"))
    for value in (2, 3, 4):
        session.renew(lambda network, value=value: trained(network, value))
        draw(session, value, "stroke")
        assert session.evaluation.document.network.layers[0].kernel[0, 0, 0, 0] == value  # type: ignore[attr-defined]
    # That there is something to save, and the strokes: weights alone are not journalled as they come.
    assert len(heard) == 4 and session.unsaved
    session.renew(lambda network: trained(network, 5), keep=True)
    assert len(heard) == 5
    session.end_run()
    session.undo()
    session.undo()
    assert session.document.network == before and corner(session) == 0


def test_the_network_is_held_while_a_run_goes_on(session: Session) -> None:
    held: list[bool] = []
    session.held.connect(lambda: held.append(True))
    session.begin_run(session.document.network, say("Train"))
    session.renew(lambda network: trained(network, 2))
    layer: Any = session.document.network.layers[0]
    session.edit_layer(0, replace(layer, strides=(2, 2)), say("Stride"))
    session.edit_layer(0, layer.with_bias(0, 3.0), say("Bias"))
    session.edit_network(session.document.network.with_layers(()), say("Remove"))
    session.edit_image(Image(np.ones((9, 9, 3)), "file", light=True), say("Open photo.png"))  # three kernels a filter
    session.perform(lambda document, rng: pytest.fail("must not be made"))
    assert len(held) == 5
    assert session.document.network.layers[0] is layer and session.document.image.shape == (7, 7, 1)
    session.edit_network(replace(session.document.network, training=True), say("Switch to training"))
    session.edit_layer(0, replace(layer, name="Edges"), say("Rename"))
    assert len(held) == 5 and session.document.network.training
    session.renew(lambda network: trained(network, 3))
    assert session.document.network.training and session.document.network.layers[0].name == "Edges"
    session.end_run()
    session.edit_network(session.document.network.with_layers(()), say("Remove"))
    assert len(held) == 5 and session.document.network.layers == ()


def test_another_network_can_be_looked_at_without_an_edit(session: Session) -> None:
    before = session.document
    session.changed.disconnect()
    session.changed.connect(lambda: session.show(evaluate(session.wanted)))
    session.preview(trained(before.network, 9))
    assert session.evaluation.maps[1][0, 0, 0] == 9 * before.image.pixels[:3, :3].sum()
    assert session.document is before and session.undo_text is None and not session.unsaved
    draw(session, 1)  # what is drawn is seen by the network that is looked at
    assert session.evaluation.maps[1][0, 0, 0] == 9 * session.document.image.pixels[:3, :3].sum()
    session.preview(None)
    assert session.evaluation.document == session.document


@pytest.mark.parametrize("ends", ["edit", "undo", "redo", "open", "run"])
def test_what_changes_the_network_ends_the_look_at_another(session: Session, ends: str) -> None:
    draw(session, 1)
    if ends == "redo":
        session.undo()
    session.preview(trained(session.document.network, 9))
    layer: Any = session.document.network.layers[0]
    {
        "edit": lambda: session.edit_layer(0, replace(layer, strides=(2, 2)), say("Stride")),
        "undo": session.undo,
        "redo": session.redo,
        "open": lambda: session.open(document(9)),
        "run": lambda: session.begin_run(session.document.network, say("Train")),
    }[ends]()
    assert session.previewed is None and session.wanted is session.document


def test_opening_forgets_the_history(session: Session) -> None:
    draw(session, 1)
    session.open(document(9), "/b.cnn")
    assert session.undo_text is None
    assert session.path == "/b.cnn"
    assert session.output_shape() == (7, 7, 1)
    session.open(document(9), saved=False)
    assert session.unsaved


def test_an_edit_of_the_network_says_which_filter_to_look_at_once_it_is_there() -> None:
    session = Session(document())
    before = session.document.network
    grown = before.with_layer(0, before.layers[0].with_filters(3, np.random.default_rng(0)))
    session.edit_network(grown, say("Grow"), filter=2)
    assert session.cursor.filter == 0
    session.show(evaluate(session.document))
    assert (session.cursor.layer, session.cursor.filter) == (0, 2)
    session.move(filter=0)
    session.show(evaluate(session.document))
    assert session.cursor.filter == 0


def test_a_document_that_takes_long_is_opened_with_its_image_alone(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reference, "QUICK", 0.0)
    session.changed.disconnect()
    slow = document(9)
    session.open(slow)
    assert session.evaluation.document is slow
    assert [values.shape for values in session.evaluation.maps] == [(9, 9, 1)]
    assert session.evaluation.problems == ()
    session.select(2)
    session.show(evaluate(slow))
    assert session.output_shape() == (3, 3, 1)
