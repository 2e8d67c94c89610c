"""What the gallery shows: each scene puts the window into one state."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from cnn_explorer.files.datasets import Digits
from cnn_explorer.network.arrays import frozen
from cnn_explorer.network.document import Document, Image
from cnn_explorer.network.drawing import Stroke
from cnn_explorer.network.layers import Activation, BatchNormalization, Conv2D, Dropout, MaxPooling2D
from cnn_explorer.network.network import Network
from cnn_explorer.network.network_presets import network_presets
from cnn_explorer.network.presets import default_document
from cnn_explorer.network.sentence import say
from cnn_explorer.session.cursor import IMAGE, Cursor
from cnn_explorer.session.session import Pin
from cnn_explorer.views.main_window import MainWindow
from tests.gallery.inspect_scenes import INSPECT_SCENES
from tests.gallery.known_scenes import KNOWN_SCENES
from tests.gallery.model_scenes import MODEL_SCENES
from tests.gallery.training_scenes import TRAINING_SCENES

Setter = Callable[[MainWindow, Digits], None]
SOBEL_X = [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]


def conv(document: Document, kernel: Any = None, **fields: Any) -> Document:
    """The document with other fields, and perhaps another kernel, of its convolution."""
    layer = document.network.layers[0]
    if kernel is not None:
        fields["kernel"] = frozen(np.array(kernel, np.float32)[:, :, None, None])
    assert isinstance(layer, Conv2D)
    return document.with_layer(0, replace(layer, **fields))


def show(window: MainWindow, document: Document, **cursor: Any) -> None:
    """Open a document with the cursor where it is wanted."""
    window.session.open(document, cursor=Cursor(**cursor))
    QApplication.processEvents()


def handbook(window: MainWindow, digits: Digits) -> None:
    show(window, default_document(), row=0, column=2)


def drawn_seven(window: MainWindow, digits: Digits) -> None:
    stroke = Stroke(np.zeros((28, 28, 1), np.float32), 1.0, 1.4)
    stroke.extend((6, 7), (6, 20))
    stroke.extend((6, 20), (22, 11))
    document = default_document().with_image(Image(stroke.pixels(), "28x28"))
    show(window, conv(document, SOBEL_X, padding="same", bias=frozen([0])), row=10, column=17, stepping=False)


def mnist_pooling(window: MainWindow, digits: Digits) -> None:
    show(window, conv(default_document(), SOBEL_X, bias=frozen([0])))
    window.workbench.input_panel.choose("mnist")
    panel = window.workbench.input_panel.pages["mnist"]
    panel.use_digits(digits, "", choose=False)
    panel.selection.choose(7)
    window.session.move(layer=2, row=4, column=6, stepping=True)


def same_stride_two(window: MainWindow, digits: Digits) -> None:
    show(window, conv(default_document(), padding="same", strides=(2, 2)), row=1, column=1)


def activation(window: MainWindow, digits: Digits) -> None:
    show(window, default_document(), layer=1, row=2, column=2)


def photo(window: MainWindow, digits: Digits) -> None:
    document = default_document().with_image(Image(photo_like(512), "file", "landscape.jpg", light=True))
    document = conv(document, SOBEL_X, bias=frozen([0]), padding="same", fill="symmetric")
    show(window, document, row=250, column=251, stepping=False)


def photo_like(side: int) -> np.ndarray:
    """A picture with sky, sun, hills and grain, (side, side, 1) from 0 to 1."""
    rows, columns = np.mgrid[0:side, 0:side] / side
    sky = 0.85 - 0.35 * rows
    sun = 0.35 * np.exp(-((rows - 0.25) ** 2 + (columns - 0.7) ** 2) * 60)
    ridge = 0.55 + 0.08 * np.sin(columns * 7) + 0.04 * np.sin(columns * 23 + 1)
    near = 0.75 + 0.05 * np.sin(columns * 11 + 2)
    land = np.where(rows > near, 0.18, np.where(rows > ridge, 0.35, sky + sun))
    grain = np.random.default_rng(3).normal(0, 0.02, (side, side))
    return np.clip(land + grain, 0, 1)[:, :, None].astype(np.float32)


def impossible(window: MainWindow, digits: Digits) -> None:
    show(window, conv(default_document(), dilation_rate=(4, 4)))


def seven_by_seven_kernel(window: MainWindow, digits: Digits) -> None:
    rng = np.random.default_rng(4)
    image = Image(rng.random((28, 28, 1)).round(3), "28x28")
    show(window, conv(default_document().with_image(image), rng.normal(size=(7, 7)).round(2)), row=5, column=5)


def input_selected(window: MainWindow, digits: Digits) -> None:
    show(window, default_document(), layer=IMAGE)


def presenting(window: MainWindow, digits: Digits) -> None:
    handbook(window, digits)
    size = window.size()
    window.set_presenting(True)
    window.showNormal()  # offscreen the full screen is of a size of its own
    window.resize(size)


def mnist_wall(window: MainWindow, digits: Digits) -> None:
    mnist_pooling(window, digits)
    QTest.mouseClick(window.workbench.input_panel.pages["mnist"].browse, Qt.MouseButton.LeftButton)


def deep(index: int = 0) -> Document:
    """One of the networks to start from, with a drawn digit."""
    return network_presets()[index].build(default_document())


def deep_network(window: MainWindow, digits: Digits) -> None:
    show(window, deep(), level="network", layer=3, filter=5, row=4, column=6, stepping=False)


def deep_channels(window: MainWindow, digits: Digits) -> None:
    show(window, deep(), level="channels", layer=3, filter=5, row=4, column=6, stepping=False)


def deep_cell(window: MainWindow, digits: Digits) -> None:
    show(window, deep(), layer=3, filter=5, channel=2, row=4, column=6, stepping=False)


def dense_numbers(window: MainWindow, digits: Digits) -> None:
    window.settings.set("strongest_first", True)
    show(window, deep(), level="channels", layer=9, filter=7, stepping=False)


def handbook_network(window: MainWindow, digits: Digits) -> None:
    show(window, default_document(), level="network", row=0, column=2)


def colour_planes(window: MainWindow, digits: Digits) -> None:
    rows, columns = np.mgrid[0:64, 0:64] / 64
    sky = photo_like(64)[..., 0]
    pixels = np.stack([sky, 0.3 + 0.6 * rows * sky, 0.9 - 0.7 * rows + 0.1 * columns], -1).clip(0, 1)
    rng = np.random.default_rng(2)
    layers = (Conv2D(kernel=rng.normal(0, 0.3, (3, 3, 3, 8)), bias=np.zeros(8)), Activation(), MaxPooling2D())
    document = Document(Image(pixels, "file", "landscape.jpg", light=True), Network(layers))
    show(window, document, level="channels", filter=2, row=20, column=30, stepping=False)


def field_pinned(window: MainWindow, digits: Digits) -> None:
    show(window, deep(), level="network", layer=5, filter=2, row=3, column=3, stepping=False)
    window.session.pin(Pin(6, 3, 3, 2))


def why_convolution(window: MainWindow, digits: Digits) -> None:
    handbook(window, digits)
    window.workbench.right_column.show_tab("why")


def in_code(window: MainWindow, digits: Digits) -> None:
    handbook(window, digits)
    window.workbench.right_column.show_tab("code")


def network_table(window: MainWindow, digits: Digits) -> None:
    deep_network(window, digits)
    window.show_network_table()


def comparing(window: MainWindow, digits: Digits) -> None:
    handbook(window, digits)
    window.workbench.compare.open_comparison()


def differences(window: MainWindow, digits: Digits) -> None:
    show(window, default_document(), level="network", row=0, column=2, stepping=False)
    window.session.show_differences(True)
    pixels = np.array(window.session.document.image.pixels)
    pixels[3, 3] = 2
    window.session.edit_image(replace(window.session.document.image, pixels=pixels), say("Draw"))


def in_training(window: MainWindow, digits: Digits) -> None:
    first = default_document().network.layers[0]
    layers = (first, BatchNormalization.new((5, 5, 1), np.random.default_rng(1)), Dropout(rate=0.4), Activation())
    document = Document(default_document().image, Network(layers, training=True))
    show(window, document, layer=1, row=1, column=2)


def dropped_cells(window: MainWindow, digits: Digits) -> None:
    in_training(window, digits)
    window.session.move(layer=2)


def wall_of_filters(window: MainWindow, digits: Digits) -> None:
    show(window, deep(2), level="network", layer=0, filter=1, row=4, column=6, stepping=False)
    window.workbench.left.show_section("filters")


SCENES: dict[str, Setter] = {
    scene.__name__: scene
    for scene in (
        handbook, drawn_seven, mnist_pooling, same_stride_two, activation, photo, impossible, seven_by_seven_kernel,
        input_selected, presenting, mnist_wall, handbook_network, deep_network, deep_channels, deep_cell,
        dense_numbers, colour_planes, field_pinned, wall_of_filters, in_training, dropped_cells, why_convolution,
        in_code, network_table, comparing, differences, *TRAINING_SCENES, *INSPECT_SCENES, *MODEL_SCENES, *KNOWN_SCENES,
    )
}  # fmt: skip


def some_digits() -> Digits:
    """Digits for a gallery without MNIST: rings and strokes, 200 of each kind."""
    images = np.zeros((400, 28, 28), np.uint8)
    for index in range(len(images)):
        stroke = Stroke(np.zeros((28, 28, 1), np.float32), 1.0, 1.5)
        stroke.extend((5, 14 - index % 7), (22, 14 + index % 5))
        images[index] = stroke.pixels()[..., 0] * 255
    return Digits(images, np.full(400, 1, np.uint8), 300, "drawn", "dataset")
