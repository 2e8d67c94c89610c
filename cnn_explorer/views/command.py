"""What a command is: one row of the table that menus, top bar, shortcut sheet and enablement come from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence

from cnn_explorer.network.sentence import Sentence

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMenu

    from cnn_explorer.views.main_window import MainWindow

Key = QKeySequence.StandardKey
Does = Callable[["MainWindow"], object]
Asks = Callable[["MainWindow"], bool]


@dataclass(frozen=True)
class Command:
    """One row. `keys` are standard keys or names; of a standard key that the system lacks, the name after it counts.

    `enabled` and `checked` are asked whenever something has changed; a command with `checked` shows as a switch.
    `subject` names what an enabled command would work on: "Undo" then reads "Undo: Draw". `line` draws a line above
    it in the menu, and `repeats` goes on while the key is held. One with `entries` is not called but opens a menu,
    which `fills` puts together anew whenever it is about to be shown.
    """

    id: str
    menu: str
    text: Sentence
    calls: Does
    keys: tuple[Key | str, ...] = ()
    icon: str = ""
    enabled: Asks | None = None
    checked: Asks | None = None
    subject: Callable[[MainWindow], Sentence | None] | None = None
    tip: Sentence | None = None
    line: bool = False
    repeats: bool = False
    entries: bool = False
    fills: Callable[[MainWindow, QMenu], object] | None = None

    def shortcuts(self) -> list[QKeySequence]:
        """The key sequences on this system, the main one first."""
        return list(_sequences(self.keys))

    def usual_shortcuts(self) -> list[QKeySequence]:
        """Those to tell people of: the system's first one and the named ones, without the keys few keyboards have."""
        return list(_usual(self.keys))


@cache
def _sequences(keys: tuple[Key | str, ...]) -> tuple[QKeySequence, ...]:
    """Of a command with these keys. Kept: to read a name Qt asks for the translation of every key that there is."""
    bindings = (QKeySequence.keyBindings(key) if isinstance(key, Key) else [QKeySequence(key)] for key in keys)
    return tuple(dict.fromkeys(chain.from_iterable(bindings)))


@cache
def _usual(keys: tuple[Key | str, ...]) -> tuple[QKeySequence, ...]:
    usual = {QKeySequence(key) for key in keys}
    return tuple(sequence for sequence in _sequences(keys) if sequence in usual)


def below(command: Command) -> Command:
    """The command with a line above it in its menu."""
    return replace(command, line=True)
