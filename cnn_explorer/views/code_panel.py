"""The same in code: the network or the focused layer as TensorFlow code, live, to be copied or saved as .py."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFileDialog,
    QGridLayout,
    QVBoxLayout,
    QWidget,
)

from cnn_explorer.files.opening import display_name
from cnn_explorer.network.code import STYLES, Code, Part, layer_part, network_part, write_code
from cnn_explorer.network.code_text import LINE
from cnn_explorer.network.sentence import Sentence, say
from cnn_explorer.session.background import Background, Cancelled, Progress
from cnn_explorer.session.cursor import IMAGE
from cnn_explorer.session.language import tr, translated
from cnn_explorer.session.session import Session
from cnn_explorer.session.settings import Settings
from cnn_explorer.views.code_text import CodeText
from cnn_explorer.views.controls import Segmented, button, describe, label

MARGIN = 11
PAUSE = 150
"""Milliseconds from a change to the code of it: numbers that are dragged are painted first, and not all are written."""
PARTS = ("network", "layer")


class CodePanel(QWidget):
    """Choices, the text, and what to know about it. It is written only while it can be seen; `code` is the newest."""

    def __init__(self, session: Session, settings: Settings) -> None:
        super().__init__()
        self._session, self._settings = session, settings
        self._stale = True
        self._looked_at = session.cursor.layer
        self._problem: Sentence | None = None
        self.styles, self.parts, self.weights = Segmented(len(STYLES)), Segmented(len(PARTS)), QCheckBox()
        self.copy_button, self.save_button = button(self.copy), button(self.save)
        self.text, self.note, self.problem = CodeText(), label("quiet"), label("problem")
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._saver = Background(self)
        self._lay_out()
        self._connect()
        self.retranslate()

    def _lay_out(self) -> None:
        choices = QGridLayout()
        choices.setSpacing(6)
        for row, choice in enumerate((self.styles, self.parts)):
            choices.addWidget(choice, row, 0, 1, 2)
        choices.addWidget(self.weights, 2, 0, 1, 2)
        for side, made in enumerate((self.copy_button, self.save_button)):
            choices.addWidget(made, 3, side)
            choices.setColumnStretch(side, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(8)
        column.addLayout(choices)
        column.addWidget(self.text, 1)
        for each in (self.note, self.problem):
            each.setWordWrap(True)
            column.addWidget(each)

    def _connect(self) -> None:
        self.styles.chosen.connect(lambda index: self._settings.set("code_style", STYLES[index]))
        self.parts.chosen.connect(lambda index: self._settings.set("code_part", PARTS[index]))
        self.weights.toggled.connect(lambda on: self._settings.set("code_weights", on))
        self._settings.changed.connect(self._setting_changed)
        self._session.evaluated.connect(self.draw_changes)
        self._session.cursor_moved.connect(self._follow)
        self.text.fits.connect(self.draw_changes)
        self._pause.timeout.connect(self._catch_up)
        self._saver.finished.connect(self._saved)
        self._saver.refused.connect(self._show_problem)

    # what is asked for

    @property
    def style_name(self) -> str:
        """One of STYLES: the one that is chosen."""
        wanted = self._settings.values.code_style
        return wanted if wanted in STYLES else STYLES[0]

    @property
    def part_name(self) -> str:
        """One of PARTS: what is chosen."""
        wanted = self._settings.values.code_part
        return wanted if wanted in PARTS else PARTS[0]

    def _part(self) -> tuple[Part, Sentence | None]:
        """What is to be written; and why that is not the layer, where it is not."""
        evaluation, index = self._session.evaluation, self._session.cursor.layer
        network = network_part(evaluation.document)
        if self.part_name == "network":
            return network, None
        if index == IMAGE:
            return network, say("The image is no layer: this is the whole network.")
        part = layer_part(evaluation, index)
        return (
            (part, None) if part else (network, say("Nothing comes in at this layer: this is the network before it."))
        )

    def _write(self, saved: bool = False, line: int = LINE) -> tuple[Code, Sentence | None]:
        part, instead = self._part()
        return write_code(part, self.style_name, self._settings.values.code_weights, saved, translated, line), instead

    # what is shown

    def redraw(self) -> None:
        """Write the code of what is on the screen."""
        self._stale = False
        code, instead = self._write(line=min(self.text.columns, LINE))
        self.styles.set_current(STYLES.index(self.style_name))
        self.parts.set_current(PARTS.index(self.part_name))
        self.weights.setChecked(self._settings.values.code_weights)
        self.text.show_code(code.text, code.names)
        notes = [translated(note) for note in (instead, *code.notes) if note]
        self.note.setText("\n".join(notes))
        self.note.setVisible(bool(notes))

    def draw_changes(self) -> None:
        """What is on the screen has changed: write it anew in a moment, after what is being edited was painted."""
        self._stale = True
        if self.isVisible() and not self._pause.isActive():
            self._pause.start()

    def _catch_up(self) -> None:
        if self._stale and self.isVisible():
            self.redraw()

    def _follow(self) -> None:
        """The cursor moves at every step; only another layer makes a difference."""
        looked_at = self._session.cursor.layer
        if self.part_name == "layer" and looked_at != self._looked_at:
            self.draw_changes()
        self._looked_at = looked_at

    def _setting_changed(self, name: str) -> None:
        if name.startswith("code_"):
            self._show_problem(None)
            self._redraw_if_seen()

    def _redraw_if_seen(self) -> None:
        self._stale = True
        if self.isVisible():
            self.redraw()

    def _show_problem(self, problem: Sentence | None) -> None:
        self._problem = problem
        self.problem.setText(translated(problem) if problem else "")
        self.problem.setVisible(problem is not None)

    # what is taken along

    def copy(self) -> None:
        """Put the code on the clipboard, with lines as long as usual."""
        self.redraw()
        QGuiApplication.clipboard().setText(self._write()[0].text.rstrip("\n"))
        self._session.noted.emit(say("The code was copied."))

    def save(self) -> None:
        """Ask for a file and write the code to it; weights that are too large to be written out go beside it."""
        path = self._ask_where_to_save()
        if path:
            self.save_to(path)

    def save_to(self, path: str) -> None:
        """Write the code to a file. That takes a while where there are many weights, so it is done on a thread."""
        self._show_problem(None)
        code, _ = self._write(saved=True)
        self._saver.start(partial(_save, path, code))

    def _saved(self, names: tuple[str, ...]) -> None:
        file, *beside = names
        sentence = say("Saved as {file}.", file=file)
        if beside:
            sentence = say("Saved as {file}, its numbers beside it as {archive}.", file=file, archive=beside[0])
        self._session.noted.emit(sentence)

    def _ask_where_to_save(self) -> str:
        dialog = QFileDialog(self, tr("Save as .py"), self._settings.values.folder)
        dialog.setNameFilters([tr("Python code ({patterns})", patterns="*.py")])
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("py")
        dialog.selectFile(f"{Path(self._session.path).stem or 'network'}.py")
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        chosen = dialog.selectedFiles()
        dialog.deleteLater()
        return chosen[0] if accepted and chosen else ""

    # language and life

    def retranslate(self) -> None:
        """Set every text."""
        self.styles.set_texts(
            [tr("Keras"), tr("tf.nn")],
            [tr("As a keras.Sequential of layers"), tr("As a function of TensorFlow's basic operations")],
        )
        self.parts.set_texts(
            [tr("Network"), tr("Layer")], [tr("The code of all layers"), tr("The code of the layer in focus alone")]
        )
        self.weights.setText(tr("With weights"))
        describe(self.weights, tr("With weights"), tr("With the numbers on the screen, or with new ones at every run"))
        for made, text, tip in (
            (self.copy_button, tr("Copy"), tr("Copy the code as it is shown")),
            (self.save_button, tr("Save as .py…"), tr("Write the code, and all its weights, to a file that runs")),
        ):
            made.setText(text)
            describe(made, text, tip)
        self.text.setAccessibleName(tr("Code"))
        self._show_problem(self._problem)
        self._redraw_if_seen()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.redraw()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()


def _save(path: str, code: Code, progress: Progress, cancelled: Cancelled) -> tuple[str, ...]:
    """On the thread: the names of the files that were written."""
    from cnn_explorer.files.code_files import archive_path, save_code

    save_code(path, code)
    names = [display_name(path)]
    return (*names, display_name(archive_path(path))) if code.arrays else tuple(names)
