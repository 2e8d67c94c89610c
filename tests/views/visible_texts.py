"""Every text that a person can see, hear or be told: of all widgets, and what is painted while they are drawn."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from string import Formatter
from typing import Any

import pytest
from PySide6.QtGui import QAction, QPainter
from PySide6.QtWidgets import QComboBox, QDialog, QMenu, QToolButton, QToolTip, QWidget

from cnn_explorer.views.actions import COMMANDS
from cnn_explorer.views.menus import keys_text

TEXTS = (
    "text", "placeholderText", "title", "toolTip", "statusTip", "whatsThis", "accessibleName", "accessibleDescription",
    "windowTitle", "specialValueText", "prefix", "suffix",
)  # fmt: skip
ACTION_TEXTS = ("text", "iconText", "toolTip", "statusTip")

ALLOWED = re.compile(
    r"CNN Explorer|TensorFlow [\d.]+|numpy|MNIST( \d+)?"
    r"|[A-Z]\w*2D\w*|(Global)?(Max|Avg)Pool|Activation|linear|leaky ReLU|ReLU|sigmoid|tanh|softmax"  # as Keras spells
    r"|Depthwise|Separable|Transposed|ZeroPad|UpSample|BatchNorm(alization)?|Dropout|Flatten|Dense"
    r"|AdamW?|RMSprop|SGD|ReLU6|SiLU|GELU"
    r"|y = .*|max\(|\bb\b|\bx\b|\by\b|\be\b|e(?=ˣ)|ˣ|[α-ωΣ]|\b(beta|gamma|epsilon)\b"  # formulas, and names in them
    r"|^[RGB]$"  # the letters of the planes, on their maps
    r"|\S*\.[a-z][a-z0-9]{1,4}\b|\*-ubyte|PNG, JPEG, BMP, GIF, TIFF, WebP"  # files and their kinds
)
"""What reads the same in every language."""

_WORD = re.compile(r"\S*[^\W\d_]\S*")
_MARKED = re.compile(r"⟦[^⟦⟧]*(⟧|…|$)")
_IN_BRACKETS = re.compile(r"\(([^()]*)\)$")
_MARKUP = re.compile(r"<[^>]*>")


class Marked(dict[str, str]):
    """A translation into a language that puts ⟦brackets⟧ around every word, but not around the {values} between."""

    def get(self, key: str, default: Any = None) -> str:
        return "".join(
            _WORD.sub(r"⟦\g<0>⟧", literal) + ("" if place is None else f"{{{place}}}")
            for literal, place, _, _ in Formatter().parse(key)
        )


def unmarked(texts: Iterable[str]) -> list[str]:
    """Those of the texts that have letters which were not translated, and are not the same in every language."""
    keys = _keys()
    return sorted({text for text in texts if any(character.isalpha() for character in _unmarked_part(text, keys))})


def _unmarked_part(text: str, keys: set[str]) -> str:
    rest = _MARKED.sub("", _MARKUP.sub("", text))
    rest = _IN_BRACKETS.sub(lambda found: "" if found[1] in keys else found[0], rest)
    return "" if rest in keys else ALLOWED.sub("", rest)


def _keys() -> set[str]:
    """Keys as Qt writes them, in its own translation: alone, in brackets after a command, or several."""
    return {keys_text(command.usual_shortcuts()[:most]) for command in COMMANDS for most in (1, 9)}


def texts_of(root: QWidget) -> list[tuple[str, str]]:
    """(what, text) of every widget that is shown below a widget, of every action and menu; sorted, empty ones not."""
    # The menu of what finds no room in the menu bar keeps its entries when there is room again.
    spare = [each.menu() for each in root.findChildren(QToolButton, "qt_menubar_ext_button")]
    widgets = [each for each in (root, *root.findChildren(QWidget)) if each not in spare]
    shown = [each for each in widgets if each.isVisible() or isinstance(each, QMenu)]
    return sorted(found for widget in shown for found in _texts(widget))


def _texts(widget: QWidget) -> Iterator[tuple[str, str]]:
    where = f"{type(widget).__name__} {widget.objectName()}"
    if isinstance(widget, QDialog):  # the text of one about a fault is a report
        yield from _named(widget, where, ("windowTitle", "toolTip", "accessibleName"))
    else:
        yield from _named(widget, where, TEXTS)
    if isinstance(widget, QComboBox):
        yield from ((f"{where} item", widget.itemText(index)) for index in range(widget.count()))
    for at, action in enumerate(widget.actions()):
        yield from _named(action, f"{where} action {at}", ACTION_TEXTS)


def _named(thing: QWidget | QAction, where: str, names: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for name in names:
        found = getattr(thing, name, "")
        text = found() if callable(found) else found
        if isinstance(text, str) and text:
            yield f"{where} {name}", text


class Painted:
    """Collects what is painted, and what tooltips are told to say, from now to the end of the test."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.texts: set[str] = set()
        for owner, name in ((QPainter, "drawText"), (QToolTip, "showText")):
            monkeypatch.setattr(owner, name, self._collecting(getattr(owner, name), owner is QToolTip))

    def _collecting(self, original: Any, static: bool) -> Any:
        def collect(*arguments: Any) -> Any:
            self.texts.update(argument for argument in arguments if isinstance(argument, str))
            return original(*arguments)

        return staticmethod(collect) if static else collect


def point_everywhere(widget: QWidget, qtbot: Any, across: int = 12) -> None:
    """Lead the pointer over a widget in a grid of `across` by `across` places, and away again."""
    for row in range(across):
        for column in range(across):
            place = widget.rect().topLeft()
            place.setX((2 * column + 1) * widget.width() // (2 * across))
            place.setY((2 * row + 1) * widget.height() // (2 * across))
            qtbot.mouseMove(widget, place)
