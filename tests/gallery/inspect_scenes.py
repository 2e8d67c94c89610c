"""Scenes of looking inside the trained model that comes with the program. A real engine makes the findings, once."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtWidgets import QApplication

from cnn_explorer.engine.process import start_engine
from cnn_explorer.files.datasets import Digits
from cnn_explorer.files.digits import digit_image
from cnn_explorer.network.arrays import frozen
from cnn_explorer.network.document import Document
from cnn_explorer.network.findings import Inquiry
from cnn_explorer.network.layers.weights import weight_fields
from cnn_explorer.network.network_presets import network_presets
from cnn_explorer.network.presets import default_document
from cnn_explorer.session.cursor import Cursor
from cnn_explorer.views.inspect_panel import PAGES, InspectPanel
from cnn_explorer.views.main_window import MainWindow
from tests.session.fake_runner import FakeRunner

MODEL = Path(__file__).resolve().parents[2] / "resources" / "models" / "small-3x3-mnist.keras"
SMALL_NET = 2
ARRAYS = ("conv2d", "conv2d_1", "dense")
LAYER, FILTER = 3, 5
DIGIT = 61
"""Of the test images."""


@cache
def trained(digits: Digits) -> Document:
    """The small network as it was trained, on a digit that it has not seen."""
    import h5py  # here, so that the gallery's other scenes need none of it

    document = network_presets()[SMALL_NET].build(default_document())
    with zipfile.ZipFile(MODEL) as archive, h5py.File(io.BytesIO(archive.read("model.weights.h5"))) as weights:
        arrays = [frozen(weights[f"layers/{name}/vars/{at}"][...]) for name in ARRAYS for at in (0, 1)]
    rest = iter(arrays)
    layers = [
        replace(layer, **{each.name: next(rest) for each in weight_fields(layer)}) for layer in document.network.layers
    ]
    index = min(digits.train_count + DIGIT, len(digits.images) - 1)
    return Document(digit_image(digits, index), document.network.with_layers(layers))


_found: dict[str, Any] = {}


def finding(asked: Inquiry) -> Any:
    """What an engine finds; of each kind it is asked once, for the scenes always ask the same."""
    if asked.name not in _found:
        engine = start_engine()
        try:
            engine.receive()
            engine.start_job(1, asked)
            while (reply := engine.receive())[0] == "job progress":
                pass
            assert reply[0] == "job done", reply
            _found[asked.name] = reply[2]
        finally:
            engine.close()
    return _found[asked.name]


def opened(window: MainWindow, digits: Digits, page: str, **cursor: Any) -> tuple[InspectPanel, Callable[[Any], None]]:
    """The tab with one of its pages, and what presses a button and lets its work be done."""
    session, runner = window.session, FakeRunner()
    session.jobs.join(runner)
    session.inspection.use_digits(digits)
    places = {"layer": LAYER, "filter": FILTER, "level": "network", "stepping": False} | cursor
    session.open(trained(digits), cursor=Cursor(**places))
    window.settings.set("right_tab", "inspect")
    panel: Any = window.workbench.right_column.page("inspect")
    QApplication.processEvents()
    panel.show_page(PAGES.index(page))

    def work(button: Any) -> None:
        button.click()
        runner.tell("done", finding(runner.newest[1]))
        panel.redraw()

    return panel, work


def inspect_numbers(window: MainWindow, digits: Digits) -> None:
    panel, work = opened(window, digits, "numbers")
    work(panel.numbers.dead.work.button)


def inspect_filter(window: MainWindow, digits: Digits) -> None:
    panel, work = opened(window, digits, "filter")
    work(panel.filter.likes.work.button)
    work(panel.filter.excites.work.button)


def inspect_patches(window: MainWindow, digits: Digits) -> None:
    inspect_filter(window, digits)
    panel: Any = window.workbench.right_column.page("inspect")
    QApplication.processEvents()
    window.workbench.right_column.areas["inspect"].ensureWidgetVisible(panel.filter.excites.strip)


def inspect_why(window: MainWindow, digits: Digits) -> None:
    panel, work = opened(window, digits, "class", layer=0, filter=0, channel=0, level="cell", row=9, column=12)
    panel.why.method.setCurrentIndex(2)
    panel.why.method.activated.emit(2)
    work(panel.why.work.button)


def inspect_without(window: MainWindow, digits: Digits) -> None:
    panel, work = opened(window, digits, "class")
    work(panel.without.work.button)
    QApplication.processEvents()
    window.workbench.right_column.areas["inspect"].ensureWidgetVisible(panel.without.bars)


def kernel_on_loan(window: MainWindow, digits: Digits) -> None:
    panel, _ = opened(window, digits, "filter", layer=0, filter=2)
    panel.filter.textbook.lend.click()
    panel.redraw()


def sorted_wall(window: MainWindow, digits: Digits) -> None:
    _, _ = opened(window, digits, "numbers")
    network = window.session.document.network
    layer: Any = network.layers[LAYER]
    kernel, bias = layer.kernel.copy(), layer.bias.copy()
    kernel[..., 4] = 0  # one that is dead, and one that rests
    kernel[..., 9], bias[9] = -np.abs(kernel[..., 9]), -1
    window.session.edit_network(
        network.with_layer(LAYER, replace(layer, kernel=frozen(kernel), bias=frozen(bias))), network_presets()[0].name
    )
    window.session.inspection.sort_by("norm")
    window.workbench.left.show_section("filters")


INSPECT_SCENES = (
    inspect_numbers, inspect_filter, inspect_patches, inspect_why, inspect_without, kernel_on_loan, sorted_wall,
)  # fmt: skip
