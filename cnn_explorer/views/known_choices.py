"""The menu of models that Keras itself has."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from cnn_explorer.files.known_models import KNOWN_MODELS
from cnn_explorer.session.language import tr, translated

if TYPE_CHECKING:
    from cnn_explorer.views.document_files import DocumentFiles


def fill_with_known_models(menu: QMenu, files: DocumentFiles) -> None:
    """Fill a menu anew, in the language in use; what can't be shown says why, and can't be chosen."""
    menu.clear()
    menu.setToolTipsVisible(True)
    for name, known in KNOWN_MODELS.items():
        action = QAction(name, menu)
        action.setToolTip(translated(known.about))
        if not known.can_be_shown:
            action.setText(tr("{name} (can't be shown yet)", name=name))
            action.setToolTip(tr("It has layers of kinds that are not here yet"))
            action.setEnabled(False)
        action.triggered.connect(partial(_open, files, name))
        menu.addAction(action)


def _open(files: DocumentFiles, name: str, checked: bool = False) -> None:
    files.open_known_model(name)
