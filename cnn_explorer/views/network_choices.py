"""The menu of well-known networks to begin with."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from cnn_explorer.network import presets
from cnn_explorer.network.sentence import Refused
from cnn_explorer.session.language import translated
from cnn_explorer.session.session import Session
from cnn_explorer.views.layer_edits import use_network


def fill_with_networks(menu: QMenu, session: Session) -> None:
    """Fill a menu anew, in the language in use; choosing one is one edit of the session's document."""
    menu.clear()
    menu.setToolTipsVisible(True)
    for preset in presets.network_presets():
        action = QAction(translated(preset.name), menu)
        action.setToolTip(translated(preset.does))
        action.triggered.connect(partial(_use, session, preset))
        menu.addAction(action)


def _use(session: Session, preset: Any, checked: bool = False) -> None:
    try:
        document = preset.build(session.document)
    except Refused as refused:
        session.said.emit(refused.sentence)
    else:
        use_network(session, document, preset.name)
