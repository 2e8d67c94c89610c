"""A photograph in colour, from the file into the network and back out of a saved document."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image as PilImage
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from cnn_explorer.session.cursor import IMAGE
from cnn_explorer.views.main_window import MainWindow
from cnn_explorer.views.theme import Scale, theme
from tests.views.mnist_setting import few_digits
from tests.views.open_window import open_window

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def window(qtbot: Any) -> MainWindow:
    return open_window(qtbot)


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """12 × 12 pixels: red above, blue below."""
    pixels = np.zeros((12, 12, 3), np.uint8)
    pixels[:6, :, 0], pixels[6:, :, 2] = 255, 255
    path = tmp_path / "photo.png"
    PilImage.fromarray(pixels).save(path)
    return path


def wait_for_colour(window: MainWindow, qtbot: Any) -> None:
    qtbot.waitUntil(lambda: window.session.document.image.shape[2] == 3)


def opened(window: MainWindow, qtbot: Any, path: Path) -> None:
    window.files.open_paths([str(path)])
    wait_for_colour(window, qtbot)


def kernel(window: MainWindow) -> np.ndarray:
    layer: Any = window.session.document.network.layers[0]
    return layer.kernel


def test_a_photograph_in_the_handbooks_example_is_read_by_27_weights(
    window: MainWindow, qtbot: Any, photo: Path
) -> None:
    before = kernel(window)
    opened(window, qtbot, photo)
    image = window.session.document.image
    assert image.light and image.name == "photo.png"
    assert kernel(window).size == 27
    for plane in range(3):
        np.testing.assert_array_equal(kernel(window)[:, :, plane], before[:, :, 0])
    assert not window.session.evaluation.problems
    assert "now has 3 channels (27 weights)" in window.status_line.message.text
    assert str(window.session.undo_text) == "Open photo.png"
    window.session.undo()
    np.testing.assert_array_equal(kernel(window), before)


def test_it_is_dropped_and_pasted_in_its_colours_too(window: MainWindow, qtbot: Any, photo: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(photo))])
    copy, none = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(window, QDragEnterEvent(QPoint(90, 90), copy, data, LEFT, none))
    QApplication.sendEvent(window, QDropEvent(QPointF(90, 90), copy, data, LEFT, none))
    wait_for_colour(window, qtbot)
    window.session.undo()
    picture = QImage(9, 9, QImage.Format.Format_RGB32)
    picture.fill(QColor(255, 0, 51))
    QGuiApplication.clipboard().setImage(picture)
    window.paste()
    wait_for_colour(window, qtbot)
    np.testing.assert_allclose(window.session.document.image.pixels[3, 3], [1, 0, 0.2], atol=1e-6)
    QGuiApplication.clipboard().clear()


@pytest.mark.parametrize("source", ["7x7", "28x28"])
def test_a_drawn_image_brings_the_one_kernel_back(window: MainWindow, qtbot: Any, photo: Path, source: str) -> None:
    before = kernel(window)
    opened(window, qtbot, photo)
    window.input_panel.choose(source)
    assert window.session.document.image.shape[2] == 1
    np.testing.assert_array_equal(kernel(window), before)
    assert "1 channel again" in window.status_line.message.text


def test_a_digit_brings_the_one_kernel_back(window: MainWindow, qtbot: Any, photo: Path) -> None:
    before = kernel(window)
    opened(window, qtbot, photo)
    window.input_panel.choose("mnist")
    window.input_panel.pages["mnist"].use_digits(few_digits(), "")
    assert window.session.document.image.shape == (28, 28, 1)
    np.testing.assert_array_equal(kernel(window), before)


def test_saved_and_opened_again_every_plane_is_as_it_was(
    window: MainWindow, qtbot: Any, photo: Path, tmp_path: Path
) -> None:
    opened(window, qtbot, photo)
    document = window.session.document
    window.files.save_to(str(tmp_path / "colour.cnn"))
    window.files.new()
    window.files.open_paths([str(tmp_path / "colour.cnn")])
    wait_for_colour(window, qtbot)
    assert window.session.document == document
    page = window.input_panel.pages["file"]
    assert page.form.colours.isVisible() and "3 channels" in page.form.result.text()


def test_the_canvas_in_the_middle_shows_colours_and_then_one_plane(window: MainWindow, qtbot: Any, photo: Path) -> None:
    opened(window, qtbot, photo)
    window.session.move(layer=IMAGE, level="cell")
    canvas = window.workbench.canvas
    canvas.clearFocus()
    QApplication.processEvents()

    def colour(row: int, column: int) -> QColor:
        place = canvas.grid.rect(row, column)
        inside = QPointF(place.left() + 1 + place.width() / 8, place.top() + 1 + place.height() / 8)
        return canvas.grab().toImage().pixelColor(inside.toPoint())

    pixels = window.session.document.image.pixels
    rows = pixels.shape[0]
    assert colour(rows // 4, rows // 2).getRgb()[:3] == (255, 0, 0)
    assert colour(3 * rows // 4, rows // 2).getRgb()[:3] == (0, 0, 255)
    QTest.mouseClick(window.input_panel.planes.buttons.buttons[3], LEFT)
    scale = Scale.of_plane(pixels, 2)
    assert colour(3 * rows // 4, rows // 2) == theme.colour(1.0, scale)
    assert colour(rows // 4, rows // 2) == theme.colour(0.0, scale)


def test_the_stage_shows_the_plane_of_the_channel_in_its_colour(window: MainWindow, qtbot: Any, photo: Path) -> None:
    opened(window, qtbot, photo)
    window.session.move(layer=0, level="cell", row=0, column=0)
    for channel, name in enumerate(("red", "green", "blue")):
        window.session.move(channel=channel)
        assert window.stage.scene is not None and window.stage.scene.channel == channel
        assert window.workbench.scales.of(0, channel).kind == name
        legend = window.workbench.layer_panel.legend
        assert legend.input.title == f"Input ({name})"


def test_what_is_drawn_on_a_plane_reaches_the_maps(window: MainWindow, qtbot: Any, photo: Path) -> None:
    opened(window, qtbot, photo)
    before = window.session.evaluation.maps[1]
    QTest.mouseClick(window.input_panel.planes.buttons.buttons[2], LEFT)
    canvas = window.input_panel.canvas
    QTest.mouseClick(canvas, LEFT, pos=canvas.rect().center())
    image = window.session.document.image.pixels
    assert image[..., 1].max() == 1.0
    assert not np.array_equal(window.session.evaluation.maps[1], before)
    assert str(window.session.undo_text) == "Draw"
