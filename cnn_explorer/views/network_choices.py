"""The menu of well-known networks to begin with."""

from __future__ import annotations

from functools import partial

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from cnn_explorer.network.presets import NetworkPreset, network_presets
from cnn_explorer.session.language import translated
from cnn_explorer.session.session import Session
from cnn_explorer.views.layer_edits import use_network


def fill_with_networks(menu: QMenu, session: Session) -> None:
    """Fill a menu anew, in the language in use; choosing one is one edit of the session's document."""
    menu.clear()
    menu.setToolTipsVisible(True)
    for preset in network_presets():
        action = QAction(translated(preset.name), menu)
        action.setToolTip(translated(preset.does))
        action.triggered.connect(partial(_use, session, preset))
        menu.addAction(action)


def _use(session: Session, preset: NetworkPreset, checked: bool = False) -> None:
    use_network(session, preset)
