"""All commands with their keys, and what the mouse does, on one sheet."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QDialog, QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from cnn_explorer.network.sentence import Sentence, say
from cnn_explorer.session.language import tr, translated
from cnn_explorer.views.actions import COMMANDS, MENUS
from cnn_explorer.views.command import Command
from cnn_explorer.views.controls import button, describe, label
from cnn_explorer.views.menus import keys_text

GESTURES = (
    (say("Click an output cell"), say("Show how it came about")),
    (say("Point at an input cell"), say("See every output that reads it")),
    (say("Drag on the image"), say("Draw; one stroke is one step of undo")),
    (say("Drag a weight up or down"), say("Change it; with Shift in small steps")),
    (say("Type on a weight"), say("Enter a number; arrow keys move on")),
    (say("Drag a card of the strip"), say("Move its layer; Esc or letting go elsewhere leaves it")),
    (say("Double click on a card's name"), say("Rename the layer")),
    (say("Insert, Delete on a card"), say("Add a layer behind it; remove it")),
    (say("Wheel, pinch"), say("Enlarge and reduce the map")),
    (say("Drop a file on the window"), say("Open an image, a document or a data set")),
)
COLUMNS = (("file", "edit", "help"), ("image", "kernel", "train"), ("network", "play"), ("view",))
"""Which menus stand below one another."""
MOUSE = say("Mouse")
MNEMONIC = re.compile(r"\(&.\)|&")
"""The mark of the key that opens a menu; Chinese has a letter in brackets for it."""


class ShortcutSheet(QDialog):
    """Made when it is first asked for; `rows` are its (what, keys) pairs as they are shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: list[tuple[str, str]] = []
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._close = button(self.close)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 12)
        column.addWidget(self._area, 1)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 20, 0)
        row.addStretch(1)
        row.addWidget(self._close)
        column.addLayout(row)
        self.retranslate()
        self._fit()

    def _fit(self) -> None:
        wanted, screen = self._sheet.sizeHint(), self.screen().availableSize()
        self.resize(min(wanted.width() + 24, screen.width() - 40), min(wanted.height() + 70, screen.height() - 80))

    def retranslate(self) -> None:
        """Write the sheet in the current language."""
        self.setWindowTitle(tr("Keys and gestures"))
        self._close.setText(tr("Close"))
        describe(self._close, tr("Close"))
        self.rows = []
        self._sheet = QWidget()
        down = QVBoxLayout(self._sheet)
        down.setContentsMargins(24, 20, 24, 12)
        down.setSpacing(16)
        across = QHBoxLayout()
        across.setSpacing(36)
        for menus in COLUMNS:
            column = QVBoxLayout()
            column.setSpacing(14)
            for menu in menus:
                pairs = [_pair(command) for command in COMMANDS if command.menu == menu]
                column.addLayout(self._section(MENUS[menu], pairs, "heading"))
            column.addStretch(1)
            across.addLayout(column)
        down.addLayout(across)
        gestures = [(translated(what), translated(effect)) for what, effect in GESTURES]
        down.addLayout(self._section(MOUSE, gestures, "quiet"))
        self._area.setWidget(self._sheet)

    def _section(self, heading: Sentence, pairs: Sequence[tuple[str, str]], role: str) -> QGridLayout:
        self.rows += pairs
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(3)
        title = label("section", "kernel")
        title.setText(MNEMONIC.sub("", translated(heading)))
        grid.addWidget(title, 0, 0, 1, 2)
        for row, texts in enumerate(pairs, 1):
            for place, text in enumerate(texts):
                made = label(role if place else "")
                made.setText(text)
                grid.addWidget(made, row, place)
        grid.setColumnStretch(1, 1)
        return grid

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()


def _pair(command: Command) -> tuple[str, str]:
    return translated(command.text), keys_text(command.usual_shortcuts())
