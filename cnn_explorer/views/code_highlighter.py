"""Colours for Python code: those of the roles for what goes in, for the weights, and for what comes out."""

from __future__ import annotations

import re
from collections.abc import Mapping

from PySide6.QtGui import QFont, QSyntaxHighlighter, QTextCharFormat, QTextDocument

from cnn_explorer.views.theme import theme

KEYWORDS = ("import", "from", "as", "with", "def", "return")
COMMENT = re.compile(r"#.*")
WORD = re.compile(r"[^\W\d]\w*")


class CodeHighlighter(QSyntaxHighlighter):
    """Keywords bold, comments quiet, and the variables of each role in its colour. Call `rehighlight` for a theme."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._roles: dict[str, str] = {}
        self._formats: dict[str, QTextCharFormat] = {}
        self.set_colours()

    def set_names(self, names: Mapping[str, tuple[str, ...]]) -> bool:
        """The variables of each role, as in `Code.names`. Whether that is news: then call `rehighlight`."""
        roles = {name: role for role, several in names.items() for name in several}
        changed, self._roles = roles != self._roles, roles
        return changed

    def set_colours(self) -> None:
        """Take the colours from the theme."""
        self._formats = {role: _format(role) for role in ("input", "kernel", "output")}
        self._formats |= {"comment": _format("quiet", italic=True), "keyword": _format("text", bold=True)}

    def highlightBlock(self, text: str) -> None:
        comment = COMMENT.search(text)
        end = comment.start() if comment else len(text)
        for word in WORD.finditer(text, 0, end):
            name = "keyword" if word[0] in KEYWORDS else self._roles.get(word[0])
            if name:
                self.setFormat(word.start(), len(word[0]), self._formats[name])
        if comment:
            self.setFormat(end, len(text) - end, self._formats["comment"])


def _format(role: str, bold: bool = False, italic: bool = False) -> QTextCharFormat:
    made = QTextCharFormat()
    made.setForeground(theme.role(role))
    made.setFontItalic(italic)
    if bold:
        made.setFontWeight(QFont.Weight.Bold)
    return made
