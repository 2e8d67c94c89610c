"""A window for the gallery: the real one, with the numpy reference in the engine's place."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from cnn_explorer.app import make_application
from cnn_explorer.files.datasets import Digits, read_mnist
from cnn_explorer.network.presets import default_document
from cnn_explorer.network.results import evaluate
from cnn_explorer.session.language import Language
from cnn_explorer.session.playback import Playback
from cnn_explorer.session.session import Session
from cnn_explorer.session.settings import Settings
from cnn_explorer.views.main_window import MainWindow
from cnn_explorer.views.theme import theme
from tests.gallery.scenes import SCENES, some_digits

CHECKOUT = Path(__file__).resolve().parent.parent.parent


def gallery_digits() -> Digits:
    """Real MNIST where it is at hand, drawn strokes where not."""
    shared = Path(os.environ.get("CNN_EXPLORER_SHARED", CHECKOUT.parent / "shared"))
    path = shared / "data" / "mnist.npz"
    return read_mnist(path) if path.exists() else some_digits()


class Gallery:
    """Renders scenes into `folder`, each as NUMBER_SCENE-SIZE-THEME-LANGUAGE.png."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.application = make_application()
        self.digits = gallery_digits()
        self.settings = Settings()
        self.settings.set("animation", False)
        self.language = Language()

    def render(self, size: tuple[int, int, int], theme_name: str, language: str, only: list[str]) -> None:
        """Every scene (or those named) at one size, in one theme and language."""
        self.language.use(language)
        theme.use(theme_name)
        for number, (name, scene) in enumerate(SCENES.items()):
            if only and name not in only:
                continue
            window = self._window(size, theme_name)
            self.settings.set("strongest_first", False)
            self.settings.set("right_tab", "layer")
            scene(window, self.digits)
            self._settle(window)
            path = self.folder / f"{number:02}_{name}-{size[0]}x{size[1]}-{theme_name}-{language}.png"
            shown = next((w for w in QApplication.topLevelWidgets() if w.isVisible() and w is not window), window)
            (shown if shown.isWindow() else window).grab().save(str(path))
            self._close(window)

    def _window(self, size: tuple[int, int, int], theme_name: str) -> MainWindow:
        session = Session(default_document())
        session.changed.connect(lambda: session.show(evaluate(session.wanted)))
        window = MainWindow(session, self.settings, Playback(session, session), self.language)
        window.theme_name = theme_name
        window.resize(size[0] // size[2], size[1] // size[2])
        window.show()
        self._settle(window)
        return window

    def _settle(self, window: MainWindow) -> None:
        for _ in range(4):
            self.application.processEvents()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)

    def _close(self, window: MainWindow) -> None:
        window.session.mark_saved("", window.session.document)
        if window.has_learning:
            window.learning.training.close()
        window.close()
        window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def close(self) -> None:
        """Nothing is left to render."""
        self.application.processEvents()
