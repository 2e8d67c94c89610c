"""Edits of a layer's filters: what the layers behind make of them, bounds, and large layers that take a while."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from cnn_explorer.network.arrays import frozen
from cnn_explorer.network.banks import BANKS
from cnn_explorer.network.document import Document, Image
from cnn_explorer.network.layers import Activation, BatchNormalization, Conv2D, Dense, Flatten, MaxPooling2D
from cnn_explorer.network.network import Network
from cnn_explorer.network.presets import default_document, network_presets
from cnn_explorer.network.results import evaluate
from cnn_explorer.session.session import Session
from cnn_explorer.views import filter_edits as edits


def answered(document: Document) -> Session:
    session = Session(document)
    session.changed.connect(lambda: session.show(evaluate(session.document)))
    return session


@pytest.fixture
def session(qtbot: QtBot) -> Session:
    """Three filters, normalised, and mixed by two more; then flattened to four units."""
    rng = np.random.default_rng(0)

    def drawn(*shape: int) -> Any:
        return frozen(rng.normal(size=shape))

    layers = (
        Conv2D(kernel=drawn(3, 3, 1, 3), bias=drawn(3), padding="same"),
        BatchNormalization.new((8, 8, 3), rng),
        Activation(),
        MaxPooling2D(),
        Conv2D(kernel=drawn(3, 3, 3, 2), bias=drawn(2), padding="same"),
        Flatten(),
        Dense(kernel=drawn(32, 4), bias=drawn(4)),
    )
    return answered(Document(Image(rng.random((8, 8, 1))), Network(layers)))


def output(session: Session) -> np.ndarray:
    assert session.evaluation.problems == ()
    return session.evaluation.maps[-1].ravel()


def test_moving_filters_changes_nothing_behind(session: Session) -> None:
    before = output(session)
    edits.move_filter(session, 0, 0, 2)
    edits.move_filter(session, 4, 1, 0)
    np.testing.assert_allclose(output(session), before, rtol=1e-4)
    assert session.cursor.filter == 0


def test_a_removed_filter_is_no_longer_read(session: Session) -> None:
    silent = session.document.network.layers[0].with_filter((8, 8, 1), 1, np.zeros((3, 3, 1), np.float32))
    session.edit_layer(0, silent.with_bias(1, 0.0), BANKS[0].name)
    before = output(session)
    edits.remove_filter(session, 0, 1)
    assert session.document.network.layers[4].kernel.shape == (3, 3, 2, 2)
    np.testing.assert_allclose(output(session), before, rtol=1e-4)


def test_added_and_doubled_filters_are_read_by_what_follows(session: Session) -> None:
    edits.add_filter(session, 0, 0)
    edits.duplicate_filter(session, 0, 3)
    network = session.document.network
    assert (network.layers[0].filters, network.layers[4].kernel.shape[2]) == (5, 5)
    assert np.array_equal(network.layers[0].kernel[..., 3], network.layers[0].kernel[..., 4])
    assert output(session).shape == (4,)
    session.undo()
    session.undo()
    assert session.document.network.layers[0].filters == 3


def test_what_cannot_be_changes_nothing(session: Session) -> None:
    for at in (1, 2, 5):  # these have no filters of their own
        for edit in (edits.add_filter, edits.duplicate_filter, edits.remove_filter):
            edit(session, at, 0)
    edits.move_filter(session, 0, 0, -1)
    edits.set_filter_count(session, 0, 3)
    edits.move_filter(session, 0, 1, 1)
    assert session.undo_text is None
    edits.set_filter_count(session, 0, edits.MOST_FILTERS)
    edits.add_filter(session, 0, 0)
    edits.duplicate_filter(session, 0, 0)
    edits.set_filter_count(session, 0, edits.MOST_FILTERS + 1)
    assert session.document.network.layers[0].filters == edits.MOST_FILTERS
    edits.set_filter_count(session, 0, 1)
    edits.remove_filter(session, 0, 0)
    assert session.document.network.layers[0].filters == 1


def test_the_number_keeps_the_first_ones(session: Session) -> None:
    before = session.document.network.layers[0].kernel
    edits.set_filter_count(session, 0, 5)
    grown = session.document.network.layers[0].kernel
    assert np.array_equal(grown[..., :3], before)
    assert np.abs(grown[..., 3:]).min((0, 1, 2)).all()
    edits.set_filter_count(session, 0, 2)
    assert np.array_equal(session.document.network.layers[0].kernel, before[..., :2])


def test_every_bank_fills_every_layer_with_filters(session: Session) -> None:
    for at in (0, 4):
        for bank in BANKS:
            edits.fill_filters(session, at, bank)
            layer = session.document.network.layers[at]
            assert not layer.bias.any()
            assert str(session.undo_text) == f"Fill with {bank.name}"
    assert np.isfinite(output(session)).all()


def test_many_weights_move_while_the_window_goes_on(qtbot: QtBot) -> None:
    session = answered(network_presets()[0].build(default_document()))
    session.select(3)
    before = output(session)
    edits.move_filter(session, 3, 0, 63)
    with qtbot.waitSignal(session.evaluated, timeout=20_000):
        assert session.undo_text is None  # three million weights of the layer behind go along
    assert str(session.undo_text) == "Move the filter"
    assert (session.cursor.layer, session.cursor.filter) == (3, 63)
    np.testing.assert_allclose(output(session), before, rtol=1e-3, atol=1e-6)
