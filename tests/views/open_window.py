"""The main window of a test, with numpy answering at once in place of an engine."""

from __future__ import annotations

from typing import Any

from cnn_explorer.network.presets import default_document
from cnn_explorer.network.results import evaluate
from cnn_explorer.session.language import Language
from cnn_explorer.session.playback import Playback
from cnn_explorer.session.session import Session
from cnn_explorer.session.settings import Settings
from cnn_explorer.views.main_window import MainWindow


def open_window(qtbot: Any, width: int = 1280, height: int = 720) -> MainWindow:
    """A window with the handbook's example, on the screen and active; it closes without a question at the end."""
    session, settings = Session(default_document()), Settings()
    settings.set("animation", False)
    session.changed.connect(lambda: session.show(evaluate(session.document)))
    window = MainWindow(session, settings, Playback(session), Language())
    qtbot.addWidget(window, before_close_func=forget_changes)
    window.resize(width, height)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(lambda: window.isActiveWindow())
    return window


def forget_changes(window: MainWindow) -> None:
    """What a test has edited is nobody's work: closing must not ask about it."""
    window.language.use("en")
    window.session.mark_saved(window.session.path, window.session.document)
