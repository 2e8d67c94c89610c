"""Find the kernel: by steps, by playing, by hand; targets that are hidden, revealed and drawn."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from cnn_explorer.network.document import Document, Image
from cnn_explorer.network.kernel_search import largest_rate, map_of
from cnn_explorer.network.network import Network
from cnn_explorer.network.presets import default_document, image_presets
from cnn_explorer.session.session import Session
from cnn_explorer.views.kernel_learning_window import KernelSearchWindow

LEFT = Qt.MouseButton.LeftButton


def opened(qtbot: Any, document: Document) -> KernelSearchWindow:
    made = KernelSearchWindow(Session(document), seed=3)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def window(qtbot: Any) -> Iterator[KernelSearchWindow]:
    made = opened(qtbot, default_document())
    yield made
    made.hide()


def test_the_same_seed_hides_the_same_kernels(qtbot: Any, window: KernelSearchWindow) -> None:
    other = opened(qtbot, default_document())
    for _ in range(2):
        np.testing.assert_array_equal(window.hidden, other.hidden)
        window.hide_another()
        other.hide_another()


def test_steps_make_the_loss_smaller_and_are_counted(window: KernelSearchWindow) -> None:
    before = window.search.loss
    for _ in range(3):
        QTest.mouseClick(window.one, LEFT)
    assert window.search.steps == 3 and window.search.loss < before
    assert window.verdict.text().startswith("Steps: 3.")
    assert window.loss.text() == f"Loss {window.search.loss:.4f}"
    assert len(window.curve._values) == 4
    np.testing.assert_allclose(window.grids.kernel.values, window.search.kernel)
    np.testing.assert_allclose(
        window.grids.addition.grids[0].values, -window.rate.value() * window.search.gradient, rtol=1e-4, atol=1e-6
    )
    window.grab()


def test_playing_finds_the_hidden_kernel_and_stops(qtbot: Any, window: KernelSearchWindow) -> None:
    window.rate.setValue(0.9 * largest_rate(window.search.image))
    QTest.mouseClick(window.speeds.buttons[2], LEFT)
    QTest.mouseClick(window.play, LEFT)
    assert window.play.text() == "Pause"
    for _ in range(100):
        if window.playing:
            window._tick()
    assert not window.playing and window.play.text() == "Play"
    assert "Found" in window.verdict.text()
    assert window.hidden is not None
    np.testing.assert_allclose(window.search.kernel, window.hidden, atol=0.01)


def test_the_class_can_find_it_by_hand(window: KernelSearchWindow) -> None:
    assert window.hidden is not None
    grid = window.grids.kernel
    grid.setFocus()
    for row in range(3):
        for column in range(3):
            grid.select(row, column)
            for character in f"{window.hidden[row, column]:g}":
                QTest.keyClick(grid, character)
            QTest.keyClick(grid, Qt.Key.Key_Return)
    assert window.search.loss == pytest.approx(0, abs=1e-9) and "Found" in window.verdict.text()


def test_what_is_hidden_is_shown_on_request_only(window: KernelSearchWindow) -> None:
    assert window.grids.hidden.grids == ()
    QTest.mouseClick(window.reveal, LEFT)
    np.testing.assert_array_equal(window.grids.hidden.grids[0].values, window.hidden)
    assert window.reveal.text() == "Hide it"
    before = window.hidden
    QTest.mouseClick(window.new, LEFT)
    assert window.grids.hidden.grids == () and not np.array_equal(window.hidden, before)  # type: ignore[arg-type]


def test_a_target_that_is_drawn_has_nothing_to_reveal(window: KernelSearchWindow) -> None:
    grid = window.grids.target
    grid.setFocus()
    grid.select(2, 2)
    for character in "40":
        QTest.keyClick(grid, character)
    QTest.keyClick(grid, Qt.Key.Key_Return)
    assert window.search.target[2, 2] == 40 and window.hidden is None and not window.reveal.isEnabled()
    QTest.mouseClick(window.one, LEFT)
    assert window.search.steps == 1


def test_too_large_a_rate_is_said_to_fly_apart(window: KernelSearchWindow) -> None:
    assert "beyond 0.17 flies apart" in window.limit.text()
    window.rate.setValue(0.5)
    for _ in range(3):
        window.step()
    assert "The loss grew" in window.verdict.text()
    window.toggle_play()
    for _ in range(400):
        window._tick()
    assert not window.playing and np.isfinite(window.search.kernel).all()
    window.grab()


def test_pictures_with_little_in_them_tell_few_weights(window: KernelSearchWindow) -> None:
    window.choose_picture(2)
    assert "only 3 of the 9 weights" in window.limit.text()
    np.testing.assert_array_equal(window.search.image, image_presets()[1].pixels[..., 0])
    np.testing.assert_allclose(window.search.target, map_of(window.search.image, window.hidden))  # type: ignore[arg-type]


def test_who_draws_in_the_program_draws_here_too(window: KernelSearchWindow) -> None:
    from cnn_explorer.network.sentence import say

    pixels = np.array(default_document().image.pixels)
    pixels[3, 3] = 2 - pixels[3, 3]
    window._session.edit_image(Image(pixels), say("Draw"))
    np.testing.assert_array_equal(window.search.image, pixels[..., 0])
    window._session.edit_image(Image(np.zeros((28, 28, 1)), "28x28"), say("Other"))
    np.testing.assert_array_equal(window.search.image, pixels[..., 0])


def test_on_a_large_image_it_begins_with_a_sample(qtbot: Any) -> None:
    made = opened(qtbot, Document(Image(np.zeros((28, 28, 1)), "28x28"), Network()))
    np.testing.assert_array_equal(made.search.image, image_presets()[0].pixels[..., 0])
    assert made.picture.currentIndex() == 1
    made.hide()


def test_closing_stops_the_playing(window: KernelSearchWindow) -> None:
    window.toggle_play()
    window.hide()
    assert not window.playing


def test_starts_anew_from_zero_or_by_chance(window: KernelSearchWindow) -> None:
    window.step()
    QTest.mouseClick(window.random, LEFT)
    assert window.search.steps == 0 and window.search.kernel.any()
    QTest.mouseClick(window.zero, LEFT)
    assert not window.search.kernel.any() and len(window.search.losses) == 1
