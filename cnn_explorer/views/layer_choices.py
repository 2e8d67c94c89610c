"""The layers to choose from, grouped by what they are for, with a line on each; and the menu that offers them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from cnn_explorer.network.layers.activation import FUNCTIONS
from cnn_explorer.network.sentence import Sentence, say
from cnn_explorer.session.language import translated
from cnn_explorer.views.layer_fields import WORDS


@dataclass(frozen=True)
class Choice:
    """A layer to add: its kind, what to tell of it, and the fields that it is made with."""

    kind: str
    does: Sentence
    name: str = ""
    fields: Mapping[str, Any] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """What stands in the menu: as Keras spells it, or the name of the function."""
        return self.name or self.kind


def _functions() -> tuple[Choice, ...]:
    named = {name: function for name, function in FUNCTIONS.items() if name != "linear"}
    return tuple(
        Choice("Activation", WORDS[name][1], function.title, {"activation": name}) for name, function in named.items()
    )


GROUPS: tuple[tuple[Sentence, tuple[Choice, ...]], ...] = (
    (
        say("Convolution"),
        (
            Choice("Conv2D", say("Every filter slides over all channels and sums what its weights pick out")),
            Choice("DepthwiseConv2D", say("Every channel is filtered by itself, with a kernel of its own")),
            Choice("SeparableConv2D", say("First every channel by itself, then a 1×1 convolution that mixes them")),
            Choice("Conv2DTranspose", say("A convolution backwards: makes maps larger, with weights that are trained")),
        ),
    ),
    (say("Activation"), _functions()),
    (
        say("Pooling"),
        (
            Choice("MaxPooling2D", say("Keeps the largest value of each window: smaller maps")),
            Choice("AveragePooling2D", say("Keeps the mean of each window: smaller maps")),
            Choice("GlobalAveragePooling2D", say("One number for each channel: its mean over the whole map")),
            Choice("GlobalMaxPooling2D", say("One number for each channel: its largest value")),
        ),
    ),
    (
        say("Shape"),
        (
            Choice("ZeroPadding2D", say("Adds cells with 0 around the map")),
            Choice("UpSampling2D", say("Makes maps larger: every cell becomes several")),
            Choice("Flatten", say("Puts all cells of all channels into one list, for a Dense layer")),
        ),
    ),
    (say("Dense"), (Choice("Dense", say("Every output reads every input, with a weight of its own")),)),
    (
        say("Training"),
        (
            Choice(
                "BatchNormalization", say("Brings every channel to mean 0 and variance 1, then scales and shifts it")
            ),
            Choice("Dropout", say("In training, leaves out cells by chance, so that none is relied on")),
        ),
    ),
)


def fill_with_layers(menu: QMenu, chosen: Callable[[Choice], object]) -> None:
    """Fill a menu anew with every layer: a submenu for each group that has several."""
    menu.clear()
    for submenu in menu.findChildren(QMenu):
        submenu.deleteLater()
    for title, choices in GROUPS:
        inner = menu.addMenu(translated(title)) if len(choices) > 1 else menu
        inner.setToolTipsVisible(True)
        for choice in choices:
            action = QAction(choice.text, inner)
            action.setToolTip(translated(choice.does))
            action.triggered.connect(partial(_call, chosen, choice))
            inner.addAction(action)


def _call(chosen: Callable[[Choice], object], choice: Choice, checked: bool = False) -> None:
    chosen(choice)
