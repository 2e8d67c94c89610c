"""The menu of models that are at hand: the trained one that comes with the program; and those that Keras itself has,
each with random weights, with those of ImageNet, or with a file."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from cnn_explorer.files.imagenet import megabytes
from cnn_explorer.files.known_models import KNOWN_MODELS
from cnn_explorer.session.language import tr, translated

if TYPE_CHECKING:
    from cnn_explorer.views.known_models import KnownModels


def fill_with_known_models(menu: QMenu, known: KnownModels) -> None:
    """Fill a menu anew, in the language in use."""
    menu.clear()
    menu.setToolTipsVisible(True)
    _add(
        menu, tr("Small 3×3 network, trained"),
        tr("It comes with the program and tells 98.6 % of MNIST's test digits: look at what it has learnt"),
        known.open_small,
    )  # fmt: skip
    menu.addSeparator()
    for name, model in KNOWN_MODELS.items():
        of_one = menu.addMenu(name)
        of_one.setToolTipsVisible(True)
        of_one.menuAction().setToolTip(translated(model.about))
        _add(of_one, tr("Random weights"), tr("Nothing has been learnt yet"), partial(known.open_random, name))
        _add(of_one, *_trained(name, known.is_there(name)), partial(known.open_trained, name))
        _add(
            of_one, tr("Weights from a file…"), tr("An .h5 file with weights for this model"),
            partial(known.open_with_file, name),
        )  # fmt: skip
    menu.addSeparator()
    names = _add(
        menu, tr("Name ImageNet's classes"),
        tr("Download the names of the 1,000 classes (35 kB), for the network on the screen"), known.name_classes,
    )  # fmt: skip
    names.setEnabled(known.wants_names)


def _trained(name: str, is_there: bool) -> tuple[str, str]:
    """The entry's text and tip: whether the weights are here already."""
    if is_there:
        return tr("ImageNet weights"), tr("Learnt from 1.3 million photographs; they are on this computer")
    return (
        tr("ImageNet weights (download {size} MB)", size=megabytes(name)),
        tr("Learnt from 1.3 million photographs; kept on this computer afterwards"),
    )


def _add(menu: QMenu, text: str, tip: str, calls: Callable[[], object]) -> QAction:
    action = menu.addAction(text)
    action.setToolTip(tip)
    action.triggered.connect(lambda checked=False: calls())
    return action
