"""Where the controls of the window are: `python -m tests.journeys.places WIDTH HEIGHT` prints their middles.

A journey sees the program only from outside. The same window, built here without a screen, tells where to click.
"""

from __future__ import annotations

import json
import os
import sys

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtWidgets import QAbstractButton, QWidget

from cnn_explorer.app import make_application
from cnn_explorer.network.presets import default_document
from cnn_explorer.session.language import Language
from cnn_explorer.session.playback import Playback
from cnn_explorer.session.session import Session
from cnn_explorer.session.settings import Settings
from cnn_explorer.views.main_window import MainWindow
from cnn_explorer.views.theme import theme


def middle(window: QWidget, widget: QWidget) -> list[int]:
    """The middle of a widget, from the window's corner."""
    place = widget.mapTo(window, widget.rect().center())
    return [place.x(), place.y()]


def main(width: int, height: int) -> None:
    """Print {"Padding: same": [x, y], …} for every button of the layer's panel, and the canvas."""
    application = make_application()
    theme.use("light")
    session = Session(default_document())
    window = MainWindow(session, Settings(), Playback(session), Language())
    window.resize(width, height)
    window.show()
    for _ in range(4):
        application.processEvents()
    panel = window.workbench.layer_panel
    places = {f"{name(made)}": middle(window, made) for made in panel.findChildren(QAbstractButton) if made.isVisible()}
    places["canvas"] = middle(window, window.workbench.input_panel.canvas)
    print(json.dumps(places))
    os._exit(0)


def name(button: QAbstractButton) -> str:
    """The field that a button belongs to, and its text."""
    parent: QWidget | None = button.parentWidget()
    while parent is not None and not hasattr(parent, "caption"):
        parent = parent.parentWidget()
    field = parent.caption.text() if parent is not None else ""
    return f"{field}: {button.text()}"


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
