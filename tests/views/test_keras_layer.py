"""A layer that only Keras computes: its maps are on the screen, and what is said of it is that it isn't explained."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from cnn_explorer.network.arrays import frozen
from cnn_explorer.network.document import Document, Image
from cnn_explorer.network.layers import Conv2D, Dense, Flatten, KerasLayer
from cnn_explorer.network.layers.keras_layer import RecipeValues, write_recipe
from cnn_explorer.network.layers.weights import MOST_WEIGHTS
from cnn_explorer.network.network import Network
from cnn_explorer.network.results import channel_limits, evaluation
from cnn_explorer.views.kernel_target import is_editable
from cnn_explorer.views.main_window import MainWindow
from tests.views.open_window import open_window

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

RECIPE = write_recipe(RecipeValues("LayerNormalization", {}, ((5, 5, 1),), (5, 5, 1), ((1,), (1,)), True))


@pytest.fixture
def window(qtbot: Any) -> Iterator[MainWindow]:
    yield open_window(qtbot, 1440, 900)


def document() -> Document:
    layers = (Conv2D(), KerasLayer(name="norm", recipe=RECIPE, numbers=frozen([1.0, 0.0])))
    return Document(Image(np.arange(49.0).reshape(7, 7, 1)), Network(layers))


def show(window: MainWindow) -> np.ndarray:
    """The document with maps as an engine would give them."""
    shown = document()
    window.session.open(shown)
    normed = np.arange(25, dtype=np.float32).reshape(5, 5, 1) / 4
    maps = (shown.image.pixels, shown.network.layers[0].forward(shown.image.pixels), normed)
    limits = tuple(map(channel_limits, maps))
    window.session.show(evaluation(shown, maps, limits, "TensorFlow 2.21", 1.0))
    window.session.select(1)
    return normed


def test_the_panel_says_that_it_is_not_explained(window: MainWindow) -> None:
    show(window)
    panel = window.workbench.layer_panel
    assert panel.heading.text() == "LAYER · Keras's own layer"
    hint = panel.forms["KerasLayer"].hint
    assert hint.isVisible()
    assert hint.text().startswith("LayerNormalization is a layer of Keras's own. How it works is not explained here")
    assert panel.parameters.sentence.text() == "It has 2 parameters; how many multiply-adds it takes is not known."
    assert panel.output_size.notes.text() == "Keras makes a map of 5×5×1 of it."


def test_the_table_says_that_its_multiply_adds_are_not_known(window: MainWindow) -> None:
    show(window)
    window.show_network_table()
    table = window._table
    assert table is not None
    rows, totals = table.view.model(), table.footer.model()
    assert [rows.index(at, 5).data() for at in range(rows.rowCount())] == ["0", "225", "—"]
    assert totals.index(0, 5).data() == "≥ 225"
    table.close()


def test_a_cell_has_its_value_and_who_computed_it(window: MainWindow, qtbot: Any) -> None:
    normed = show(window)
    window.session.look("cell")
    window.session.move(row=2, column=3)
    arithmetic = window.workbench.arithmetic
    assert arithmetic.title().endswith("what Keras's LayerNormalization gives, not explained")
    qtbot.waitUntil(lambda: arithmetic.isVisible())
    window.grab()  # the stage, its plate and the arithmetic are painted
    found = window.session.evaluation.explain(1, (2, 3, 0))
    assert found is not None and found.result == normed[2, 3, 0] == 3.25


def test_until_the_engine_is_there_it_says_what_is_missing(window: MainWindow) -> None:
    window.session.open(document())
    window.session.look("network")
    assert len(window.session.evaluation.maps) == 2
    assert "Only Keras can compute this layer" in str(window.session.evaluation.problems[0].sentence)
    window.grab()


def test_too_many_weights_are_shown_and_not_edited(window: MainWindow) -> None:
    """As those of VGG16's first Dense: an edit would copy all of them."""
    units = 3000
    kernel = np.zeros((MOST_WEIGHTS // units + 1, units), np.float32)
    kernel.flags.writeable = False
    layer = Dense(kernel=kernel, bias=np.zeros(units))
    assert not is_editable(layer, (1, 1, len(kernel)))
    assert layer.with_weights((1, 1, len(kernel)), 0, 0, np.ones((1, 1))) is None
    side = 60
    image = Image(np.zeros((side, side, 1)))
    assert side * side > len(kernel)
    network = Network((Flatten(), Dense(kernel=np.zeros((side * side, units), np.float32), bias=np.zeros(units))))
    window.session.open(Document(image, network))
    window.session.select(1)
    assert window.workbench.layer_panel.flipping.text().startswith("Its weights are shown, but not edited")
