"""Undo keeps what memory allows: arrays that documents share are counted once, weights as well as pixels."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from cnn_explorer.network.arrays import frozen
from cnn_explorer.network.document import Document, Image
from cnn_explorer.network.layers import Dense, Flatten
from cnn_explorer.network.network import Network
from cnn_explorer.network.sentence import say
from cnn_explorer.session import history as module
from cnn_explorer.session.history import LONGEST, History

WEIGHTS, PIXELS = 4 * 100 * 50, 4 * 10 * 10
"""Bytes of the dense layer's kernel and of the image."""


def document() -> Document:
    layers = Flatten(), Dense(kernel=frozen(np.zeros((100, 50))), bias=frozen(np.zeros(50)))
    return Document(Image(np.zeros((10, 10, 1))), Network(layers))


def draw(history: History, value: float, gesture: str = "") -> None:
    pixels = np.full((10, 10, 1), value)
    history.add(history.document.with_image(Image(pixels)), say("Draw"), gesture)


def weigh(history: History, value: float, gesture: str = "") -> None:
    layer = history.document.network.layers[1]
    kernel = frozen(np.full((100, 50), value))
    history.add(history.document.with_layer(1, replace(layer, kernel=kernel)), say("Edit"), gesture)  # type: ignore


def steps(history: History) -> int:
    """How many times undo takes something back, which it then does again."""
    count = 0
    while history.undo_text is not None:
        history.undo()
        count += 1
    for _ in range(count):
        history.redo()
    return count


@pytest.fixture
def history(monkeypatch: pytest.MonkeyPatch) -> History:
    """A history that has room for the arrays of a document and ten times its weights."""
    found = document()
    monkeypatch.setattr(module, "MOST_BYTES", sum(array.nbytes for array in found.arrays()) + 10 * WEIGHTS)
    return History(found)


def test_strokes_of_a_pen_share_the_weights(history: History) -> None:
    for value in range(400):
        draw(history, value)
    assert steps(history) == 400  # a hundred times the room, if every document counted its weights


def test_edits_of_the_weights_are_kept_while_there_is_room(history: History) -> None:
    for value in range(1, 31):
        weigh(history, value)
    assert steps(history) == 10
    for _ in range(10):
        history.undo()
    assert history.document.network.layers[1].kernel[0, 0] == 20  # type: ignore[attr-defined]


def test_cheap_steps_do_not_keep_dear_ones(history: History) -> None:
    for value in range(1, 9):
        weigh(history, value)
    strokes = 2 * WEIGHTS // PIXELS
    for value in range(1, strokes + 1):
        draw(history, value)
    assert steps(history) == 8 + strokes
    draw(history, -1)
    assert steps(history) == strokes + 1 + 7


def test_a_drag_over_the_weights_is_one_step_and_counts_once(history: History) -> None:
    for gesture in range(10):
        for value in range(5):
            weigh(history, 10 * gesture + value, f"drag {gesture}")
        history.end_gesture()
    assert steps(history) == 10


def test_the_last_step_can_be_undone_however_large_it_is(history: History, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_BYTES", 1)
    for value in (1, 2, 3):
        weigh(history, value)
    assert steps(history) == 1
    history.undo()
    assert history.document.network.layers[1].kernel[0, 0] == 2  # type: ignore[attr-defined]


def test_there_are_at_most_so_many_steps(history: History) -> None:
    for value in range(LONGEST + 20):
        draw(history, value)
    assert steps(history) == LONGEST - 1


# A run: a step that goes on while others come on top of it


def renew(history: History, value: float) -> None:
    kernel, seen = frozen(np.full((100, 50), value)), []

    def change(network: Network) -> Network:
        seen.append(network)
        return network.with_layer(1, replace(network.layers[1], kernel=kernel))  # type: ignore[call-arg]

    history.renew(change)
    assert len(seen) == len(set(map(id, seen)))


def learnt(history: History) -> float:
    return float(history.document.network.layers[1].kernel[0, 0])  # type: ignore[attr-defined]


def drawn(history: History) -> float:
    return float(history.document.image.pixels[0, 0, 0])


def test_a_run_is_one_step_whatever_is_drawn_meanwhile(history: History) -> None:
    draw(history, 1)
    history.begin_run(history.document, say("Train"))
    for value in range(1, 40):
        renew(history, value)
        if value % 10 == 0:
            draw(history, value)
    history.end_run()
    assert (learnt(history), drawn(history)) == (39, 30)
    for expected in (20, 10, 1):
        history.undo()
        assert (learnt(history), drawn(history)) == (39, expected)
    assert str(history.undo_text) == "Train"
    history.undo()
    assert (learnt(history), drawn(history)) == (0, 1)
    history.redo()
    assert learnt(history) == 39


def test_undo_ends_at_a_run_that_goes_on(history: History) -> None:
    draw(history, 1)
    history.begin_run(history.document, say("Train"))
    renew(history, 5)
    draw(history, 2)
    history.undo()
    renew(history, 6)  # what could be redone follows, too
    assert history.undo_text is None
    history.undo()
    assert (learnt(history), drawn(history)) == (6, 1)
    history.redo()
    assert (learnt(history), drawn(history)) == (6, 2)
    history.end_run()
    history.undo()
    history.undo()
    assert (learnt(history), drawn(history)) == (0, 1)


def test_a_run_counts_its_weights_once(history: History) -> None:
    history.begin_run(history.document, say("Train"))
    for value in range(1, 40):
        renew(history, value)
        draw(history, value)
    history.end_run()
    assert steps(history) == 40


def test_a_run_stays_the_same_step_when_the_oldest_are_forgotten(history: History) -> None:
    for value in range(LONGEST - 2):
        draw(history, value)
    history.begin_run(history.document, say("Train"))
    for value in range(LONGEST + 20):
        draw(history, -value)
    renew(history, 7)
    assert history.undo_text is not None
    while history.undo_text is not None:
        assert str(history.undo_text) == "Draw"
        history.undo()
    assert learnt(history) == 7


def test_a_run_that_has_done_nothing_leaves_no_step(history: History) -> None:
    draw(history, 1)
    history.begin_run(history.document, say("Train"))
    draw(history, 2)
    history.end_run(nothing_done=True)
    assert drawn(history) == 2
    assert steps(history) == 2
    history.undo()
    assert drawn(history) == 1
