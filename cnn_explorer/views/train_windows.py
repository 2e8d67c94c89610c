"""What the window has for training: the training itself, made when it is first needed, and the windows around it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from cnn_explorer.files.opening import display_name
from cnn_explorer.network.sentence import Sentence, say
from cnn_explorer.session.background import Background, Cancelled, Progress
from cnn_explorer.session.language import tr
from cnn_explorer.session.training import Training
from cnn_explorer.views.banner import Answer, Message

if TYPE_CHECKING:
    from cnn_explorer.views.main_window import MainWindow
    from cnn_explorer.views.train_panel import TrainPanel

SUFFIX = "keras"
LARGEST_MODEL = 4_000_000_000


class Learning(QObject):
    """A training of the window's session, and what the menu Train does with it."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.training = Training(window.session, parent=self)
        self._windows: dict[str, QWidget] = {}
        self._saver = Background(self)
        self._saver.finished.connect(self._saved)
        self._saver.refused.connect(lambda sentence: window.files.show_problem(sentence))
        self.training.told.connect(self._tell)
        self.training.changed.connect(lambda: window.commands.refresh())
        window.session.held.connect(self._ask)
        self._waits = False
        self._question: Message | None = None
        self._problem: Message | None = None
        self.training.changed.connect(self._withdraw)

    # an edit of the network while it learns

    def _ask(self) -> None:
        """Say why the network can't be edited now, and offer to end the training; once, however often it is tried."""
        if self._question is None:
            sentence = say("The network is being trained, so it can't be changed. You can go on drawing on the image.")
            self._question = Message(sentence, (Answer(say("Stop the training"), self._stop),))
            self._window.banner.show_message(self._question)

    def _stop(self) -> None:
        self._question = None
        if self.training.active and self.training.state != "stopping":
            self.training.stop()

    def _tell(self, sentence: Sentence) -> None:
        self._problem = Message(sentence, problem=True)
        self._window.banner.show_message(self._problem)

    def _withdraw(self) -> None:
        if self._problem is not None and self.training.state in ("loading", "running"):
            self._window.banner.take_back(self._problem)  # it goes on: what was wrong is no longer
            self._problem = None
        if self._question is not None and not self.training.active:
            self._window.banner.take_back(self._question)
            self._question = None

    def wait(self, asked: bool) -> None:
        """While somebody is asked whether to save: what is saved then is what the training ends with."""
        if asked:
            self._waits = self.training.state == "running"
            if self._waits:
                self.training.pause()
        elif self._waits:
            self.training.resume()

    # commands

    @property
    def panel(self) -> TrainPanel:
        """The tab."""
        panel: Any = self._window.workbench.right_column.page("train")
        return panel

    def show_panel(self) -> None:
        """Show the tab."""
        self._window.workbench.right_column.show_tab("train")

    def go(self) -> None:
        """Start, pause or go on; where it can't begin, the tab says why."""
        self.show_panel()
        self.panel.controls.go()

    def stop(self) -> None:
        """End now."""
        self.training.stop()

    def _open(self, name: str, make: Callable[[], QWidget]) -> QWidget:
        if name not in self._windows:
            self._windows[name] = make()
        shown = self._windows[name]
        shown.show()
        shown.activateWindow()
        return shown

    def show_confusion(self) -> QWidget:
        """The confusion matrix and the mistakes, in a window of their own."""
        from cnn_explorer.views.confusion_window import ConfusionWindow

        return self._open("confusion", lambda: ConfusionWindow(self._window.session, self.training, self._window))

    def show_update(self) -> QWidget:
        """One step of learning as arithmetic, in a window of its own."""
        from cnn_explorer.views.train_step_window import UpdateWindow

        session, window = self._window.session, self._window
        return self._open("update", lambda: UpdateWindow(session, self.training, self._begin_by_hand, window))

    def show_kernel_search(self) -> QWidget:
        """Find one kernel from one picture, in a window of its own."""
        from cnn_explorer.views.kernel_learning_window import KernelSearchWindow

        return self._open("kernel search", lambda: KernelSearchWindow(self._window.session, self._window))

    def _begin_by_hand(self) -> None:
        self.show_panel()  # where it can't begin, the tab says why
        self.panel.controls.begin_by_hand()

    # saving

    def save_model(self) -> None:
        """Ask for a file and save the model, as it was when the training ended."""
        dialog = QFileDialog(self._window, tr("Save model"), self._window.settings.values.folder)
        dialog.setNameFilters([tr("Keras models ({patterns})", patterns=f"*.{SUFFIX}")])
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(SUFFIX)
        dialog.selectFile(f"{Path(self._window.session.path).stem or 'model'}.{SUFFIX}")
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        chosen = dialog.selectedFiles()
        dialog.deleteLater()
        if accepted and chosen:
            self.save_model_to(chosen[0])

    def save_model_to(self, path: str) -> None:
        """Save the model to a file, on a thread."""
        self._saver.start(partial(_copy, self.training.saved, path))

    def _saved(self, path: str) -> None:
        self._window.status_line.show_message(say("Saved as {file}.", file=display_name(path)))

    def close(self) -> None:
        """The window closes: what is read or written ends."""
        self._saver.close()
        for shown in self._windows.values():
            shown.close()
            if hasattr(shown, "stop"):
                shown.stop()


def _copy(source: str, path: str, progress: Progress, cancelled: Cancelled) -> str:
    """On the thread: what the trainer has saved, under another name."""
    from cnn_explorer.files.atomic import atomic_write
    from cnn_explorer.files.opening import read_regular_file

    atomic_write(path, read_regular_file(source, LARGEST_MODEL))
    return path
