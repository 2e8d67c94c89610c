"""States of the window while filters are looked into, and a kernel is searched for."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from cnn_explorer.network.network_presets import network_presets
from cnn_explorer.network.presets import default_document
from cnn_explorer.session.cursor import Cursor
from cnn_explorer.views.inspect_panel import PAGES
from cnn_explorer.views.main_window import MainWindow
from tests.views.mnist_setting import few_digits


def inspected(window: MainWindow, folder: Path, page: int = 0, digits: bool = True, layer: int = 0) -> None:
    """The tab Inspect with one of its pages, for a layer of a small network."""
    document = network_presets()[2].build(default_document())
    window.session.open(document, cursor=Cursor(layer=layer, level="network"))
    if digits:
        window.session.inspection.use_digits(few_digits())
    column = window.workbench.right_column
    column.show_tab("inspect")
    panel: Any = column.page("inspect")
    panel.show_page(page)


def searched(window: MainWindow, folder: Path) -> None:
    """The window Find the kernel, after a step."""
    shown: Any = window.learning.show_kernel_search()
    shown.one.click()


STATES = {
    **{f"inspecting: {name}": partial(inspected, page=at) for at, name in enumerate(PAGES)},
    **{
        f"inspecting without digits: {name}": partial(inspected, page=at, digits=False) for at, name in enumerate(PAGES)
    },
    "nothing to inspect": partial(inspected, layer=1),
    "a kernel that is searched for": searched,
}
