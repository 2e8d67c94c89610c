"""Builds the parts of the program and joins them.

The order of a start, which `run` follows. What is not needed for the first paint comes after it:

1. the application: scaling, Fusion, the settings, language and theme
2. the hooks for faults, so that what goes wrong from here on is told
3. session, playback and window; the window is shown, and numpy draws the numbers
   --- first paint ---
4. the engine's process is started; TensorFlow draws the numbers when it is ready
5. the journal of this run begins, and what earlier runs have left behind is offered
6. the files of the command line are opened

At the end, in this order: the window asks about unsaved changes and closes; then a training (which saves what it has),
the engine, the journal and the hooks go, each with its threads and processes, and the settings are written.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QStandardPaths, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from cnn_explorer import __version__
from cnn_explorer.network.presets import default_document
from cnn_explorer.session.faults import Fault, Faults
from cnn_explorer.session.language import LANGUAGES, Language, system_language
from cnn_explorer.session.playback import Playback
from cnn_explorer.session.session import Session
from cnn_explorer.session.settings import Settings
from cnn_explorer.views.main_window import MainWindow
from cnn_explorer.views.theme import theme

if TYPE_CHECKING:
    from cnn_explorer.engine.model_opening import ModelLoader
    from cnn_explorer.engine.process import EngineProcess
    from cnn_explorer.engine.trainer import TrainerProcess
    from cnn_explorer.network.training import Job
    from cnn_explorer.session.journal import Journal
    from cnn_explorer.session.runner import Runner

NAME = "cnn-explorer"
SWITCH_INTERVAL = 0.0005
"""Seconds after which a thread that computes lets another run."""
CAN_NOT_START = 1


def run(files: Sequence[Path | str] = (), language: str | None = None, theme_name: str | None = None) -> int:
    """Show the window until it is closed; returns the exit code, CAN_NOT_START where an error keeps it from opening.

    `files` are opened one after the other. `language` (of LANGUAGES) and `theme_name` ("light", "dark", "system") are
    for this run; where they are None the settings count, and without those the system.
    """
    application = make_application()
    # Python would look at Ctrl+C in the terminal only at the next event; the journal makes an end at once harmless.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    faults = Faults()
    faults.install(data_folder())
    try:
        program = Program(faults, language, theme_name)
        program.open_when_painted([os.fspath(file) for file in files])
        program.window.show()
    except Exception as error:
        return _give_up(faults, error)
    else:
        code = application.exec()
        program.close()
        return code
    finally:
        faults.remove()


def _give_up(faults: Faults, error: Exception) -> int:
    """There is no window that could tell what is wrong: a dialog of its own does."""
    from cnn_explorer.views.error_dialog import ErrorDialog

    dialog = ErrorDialog(faults)
    dialog.add(faults.report(error))
    dialog.exec()
    dialog.deleteLater()
    return CAN_NOT_START


def make_application() -> QApplication:
    """The application, named and in the style that all platforms share."""
    # The engine's answer passes through threads; at Python's usual 5 ms each would wait for a painting to end.
    sys.setswitchinterval(SWITCH_INTERVAL)
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    QCoreApplication.setApplicationName(NAME)
    QCoreApplication.setApplicationVersion(__version__)
    QGuiApplication.setDesktopFileName(NAME)
    application = QApplication([sys.argv[0] or NAME])
    application.setStyle("Fusion")
    return application


def data_folder() -> Path:
    """Where the journal and the crash log are."""
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppDataLocation))


class Program(QObject):
    """The parts of a running program. After the first paint it starts the engine and the journal."""

    def __init__(self, faults: Faults, language: str | None = None, theme_name: str | None = None) -> None:
        super().__init__()
        self.settings = Settings()
        values = self.settings.values
        self.language = Language()
        stored = values.language if values.language in LANGUAGES else system_language()
        self.language.use(language or stored)
        theme.use(theme_name or values.theme)
        self.session = Session(default_document())
        self.playback = Playback(self.session)
        self.window = MainWindow(self.session, self.settings, self.playback, self.language)
        self.window.theme_name = theme_name or values.theme
        self.runner: Runner | None = None
        self.journal: Journal | None = None
        self._files: list[str] = []
        self._faults = faults
        faults.happened.connect(self.show_fault, Qt.ConnectionType.QueuedConnection)
        self.window.painted.connect(self.start, Qt.ConnectionType.SingleShotConnection)

    def open_when_painted(self, files: Sequence[str]) -> None:
        """Open files as soon as the window stands."""
        self._files = list(files)

    def show_fault(self, fault: Fault) -> None:
        """Something has gone wrong inside the program."""
        self.window.show_fault(self._faults, fault)

    def start(self) -> None:
        """All that the first paint did not have to wait for."""
        self._start_engine()
        self._offer_trainer()
        self.window.files.models.models.join(_new_loader)
        self._start_journal()
        gc.freeze()  # what stands stays: looking through it for what has gone takes two frames
        gc.enable()
        self.window.files.open_paths(self._files)

    def _start_engine(self) -> None:
        from cnn_explorer.session.runner import TWIN, Runner

        runner = self.runner = Runner(_start_engine, self)
        self.session.changed.connect(self._request)
        runner.evaluated.connect(self.session.show)
        twin = self.window.workbench.compare.twin
        twin.wanted.connect(lambda document: runner.request(document, TWIN))
        twin.unwanted.connect(lambda: runner.forget(TWIN))
        runner.twin_evaluated.connect(twin.take)
        runner.failed.connect(self.window.tell)
        self.session.jobs.join(runner)
        runner.state_changed.connect(lambda: self.window.status_line.show_engine_state(runner.state))
        self.window.status_line.show_engine_state(runner.state)
        runner.start()
        self._request()

    def _offer_trainer(self) -> None:
        """Whoever wants to train finds a trainer; nothing is loaded for it before."""
        if self.window.has_learning:
            self._join_trainer()
        else:
            self.window.learns.connect(self._join_trainer)

    def _join_trainer(self) -> None:
        self.window.learning.training.join(_start_trainer, data_folder() / "training")

    def _request(self) -> None:
        if self.runner is not None:
            self.runner.request(self.session.wanted)

    def _start_journal(self) -> None:
        from cnn_explorer.session.journal import Journal, left_behind

        folder = data_folder() / "journal"
        self.journal = Journal(folder, self)
        self.window.recovery.begin(self.journal, left_behind(folder))

    def close(self) -> None:
        """Leave nothing running: no process, no thread, no timer. The window goes before the interpreter ends."""
        if self.window.has_learning:
            self.window.learning.training.close()
        if self.runner is not None:
            self.session.changed.disconnect(self._request)
            self.runner.close()
        if self.journal is not None:
            self.journal.close()
        self.settings.flush()
        self.window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _start_engine() -> EngineProcess:
    """On a thread of the runner."""
    from cnn_explorer.engine.process import start_engine

    started = start_engine()
    import_module("cnn_explorer.engine.model_opening")  # while TensorFlow loads: the window would stand still for it
    return started


def _start_trainer(job: Job) -> TrainerProcess:
    """On a thread of the training."""
    from cnn_explorer.engine.trainer import start_trainer

    return start_trainer(job)


def _new_loader() -> ModelLoader:
    """It starts its process when it has looked at the file."""
    from cnn_explorer.engine.model_opening import ModelLoader

    return ModelLoader(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.CacheLocation))
