"""The table of commands as QActions: one for each row, in a menu bar, with its keys, its texts and its enablement."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar

from cnn_explorer.session.language import tr, translated
from cnn_explorer.views.actions import COMMANDS, MENUS
from cnn_explorer.views.command import Command
from cnn_explorer.views.icons import icon
from cnn_explorer.views.theme import theme

if TYPE_CHECKING:
    from cnn_explorer.views.main_window import MainWindow


def keys_text(sequences: Sequence[QKeySequence]) -> str:
    """Key sequences as the system writes them, in its language."""
    return ", ".join(sequence.toString(QKeySequence.SequenceFormat.NativeText) for sequence in sequences)


class Actions(QObject):
    """A QAction for every command. They belong to the window, so that their keys work while the menus are away."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._fillers: dict[QMenu, Callable[[], object]] = {}
        self.by_id = {command.id: self._make(command) for command in COMMANDS}
        session, playback, settings = window.session, window.playback, window.settings
        compare = window.workbench.compare
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self.refresh)
        session.evaluated.connect(self._refresh_soon)
        for signal in (
            session.history_changed, session.cursor_moved, session.marks_changed, playback.changed,
            compare.opened, compare.closed,
        ):  # fmt: skip
            signal.connect(self.refresh)
        settings.changed.connect(self.refresh)
        theme.changed.connect(self._set_icons)
        self.retranslate()
        self._set_icons()

    def _make(self, command: Command) -> QAction:
        action = QAction(self._window)
        action.setObjectName(command.id)
        action.setShortcuts(command.shortcuts())
        action.setAutoRepeat(command.repeats)
        action.setMenuRole(QAction.MenuRole.NoRole)
        action.setCheckable(command.checked is not None)
        # A switch flips itself when it is used; what it shows is what the program then says.
        action.triggered.connect(partial(self._call, command))
        self._window.addAction(action)
        return action

    def _call(self, command: Command) -> None:
        command.calls(self._window)
        self.refresh()

    def fill(self, bar: QMenuBar) -> dict[str, QMenu]:
        """Put the menus into a menu bar; returns them by name."""
        menus = {name: bar.addMenu("") for name in MENUS}
        for menu in menus.values():
            menu.aboutToShow.connect(self.refresh)
        for command in COMMANDS:
            menu, action = menus[command.menu], self.by_id[command.id]
            if command.line:
                menu.addSeparator()
            menu.addAction(action)
            if command.entries:
                action.setMenu(self._inner_menu(command, menu))
        self.name_menus(menus)
        return menus

    def _inner_menu(self, command: Command, menu: QMenu) -> QMenu:
        inner = QMenu(menu)
        if command.fills is not None:
            fills = self._fillers[inner] = partial(command.fills, self._window, inner)
            menu.aboutToShow.connect(fills)
        return inner

    @staticmethod
    def name_menus(menus: dict[str, QMenu]) -> None:
        """Set the menus' titles in the current language."""
        for name, menu in menus.items():
            menu.setTitle(translated(MENUS[name]))

    def _refresh_soon(self) -> None:
        """After what is painted now: under a pen evaluations come one upon the other."""
        if not self._soon.isActive():
            self._soon.start()

    def refresh(self, changed: str = "") -> None:
        """What can be done now, and how the switches stand. `changed`, the name of a setting, makes no difference."""
        for command in COMMANDS:
            action = self.by_id[command.id]
            if command.enabled is not None:
                action.setEnabled(command.enabled(self._window))
            if command.checked is not None:
                action.setChecked(command.checked(self._window))
            if command.subject is not None:
                action.setText(self._text(command))

    def retranslate(self) -> None:
        """Set every text in the current language."""
        for command in COMMANDS:
            action, keys = self.by_id[command.id], keys_text(command.usual_shortcuts()[:1])
            action.setText(self._text(command))
            action.setIconText(translated(command.text).rstrip("…"))
            tip = translated(command.tip or command.text)
            action.setToolTip(tr("{command} ({keys})", command=tip, keys=keys) if keys else tip)
        for menu, fills in self._fillers.items():
            if not menu.isEmpty():
                fills()
        self.refresh()

    def _text(self, command: Command) -> str:
        subject = command.subject(self._window) if command.subject else None
        text = translated(command.text)
        return tr("{command}: {subject}", command=text, subject=translated(subject)) if subject else text

    def _set_icons(self) -> None:
        for command in COMMANDS:
            if command.icon:
                self.by_id[command.id].setIcon(icon(command.icon))
