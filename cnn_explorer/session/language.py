"""What language the program speaks: Qt's translation, from the .ts files of Qt Linguist themselves.

Every visible string goes through `tr` (a literal) or `translated` (a Sentence from the parts that know no Qt).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QObject, QTranslator

from cnn_explorer.network.sentence import Sentence
from cnn_explorer.resources_folder import resource

CONTEXT = "CNN Explorer"
LANGUAGES = {"en": "English", "zh_CN": "中文"}


def tr(text: str, **values: Any) -> str:
    """`text` in the current language, its {named} places filled. `text` must be a literal: they are collected."""
    return (
        QCoreApplication.translate(CONTEXT, text).format(**values)
        if values
        else QCoreApplication.translate(CONTEXT, text)
    )


def translated(sentence: Sentence) -> str:
    """A Sentence in the current language, the Sentences among its values too."""
    values = {name: translated(v) if isinstance(v, Sentence) else v for name, v in sentence.values}
    return QCoreApplication.translate(CONTEXT, sentence.template).format(**values)


def read_translations(path: Path) -> dict[str, str]:
    """Source text to translation, from a .ts file; unfinished entries are left out."""
    entries = {}
    for message in ElementTree.parse(path).iter("message"):
        translation = message.find("translation")
        if translation is not None and translation.text and translation.get("type") is None:
            entries[message.findtext("source") or ""] = translation.text
    return entries


class Translator(QTranslator):
    """A translator that reads a .ts file: no compiled copy that could fall behind.

    What Qt says itself (keys, the menu of a text field, its file dialog) comes from Qt's own translation. Both in one:
    each translator that is installed makes every widget retranslate itself.
    """

    def __init__(self, entries: dict[str, str], parent: QObject | None = None, code: str = "") -> None:
        super().__init__(parent)
        self.entries = entries
        self._qt = QTranslator(self)
        if code:
            self._qt.load(f"qtbase_{code}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))

    def isEmpty(self) -> bool:
        return not self.entries

    def translate(self, context: str, source: str, disambiguation: str | None = None, n: int = -1) -> str | None:
        # By context: "Shift" is a key for Qt, and for this program what a button does to the image.
        if context == CONTEXT:
            return self.entries.get(source)
        return self._qt.translate(context, source, disambiguation, n) or None


def system_language() -> str:
    """The code of LANGUAGES that suits the system's locale."""
    return "zh_CN" if QLocale.system().language() == QLocale.Language.Chinese else "en"


class Language(QObject):
    """The current language; `use` switches it and Qt then sends LanguageChange to every widget."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.code = "en"
        self._translator: Translator | None = None

    def use(self, code: str) -> None:
        """Speak `code`, one of LANGUAGES."""
        if self._translator is not None:
            QCoreApplication.removeTranslator(self._translator)
            self._translator = None
        self.code = code
        path = resource("translations", f"{code}.ts")
        if code != "en" and path.exists():
            self._translator = Translator(read_translations(path), self, code)
            QCoreApplication.installTranslator(self._translator)
