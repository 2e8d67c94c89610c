"""Collect what has to be translated: every literal given to `tr` and `say`, and the texts of the presets.

python -m tests.translations      adds what is missing to the .ts files, as unfinished; drops what is gone
"""

from __future__ import annotations

import ast
import sys
from pathlib import Path
from xml.sax.saxutils import escape

from cnn_explorer.network.presets import texts
from cnn_explorer.session.language import CONTEXT, LANGUAGES, read_translations

CHECKOUT = Path(__file__).resolve().parent.parent
FUNCTIONS = ("tr", "say", "Sentence")
HEAD = '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n'


def called(node: ast.Call) -> str:
    """The name of the function that a call calls."""
    if isinstance(node.func, ast.Name):
        return node.func.id
    return node.func.attr if isinstance(node.func, ast.Attribute) else ""


def literals(source: str, path: str = "") -> tuple[set[str], list[str]]:
    """The literals given to `tr` and `say` in a module's source, and the places where something else is given."""
    found, elsewhere = set(), []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and called(node) in FUNCTIONS and node.args:
            first = node.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                found.add(first.value)
            elif called(node) != "Sentence":
                elsewhere.append(f"{path}:{node.lineno}")
    return found, elsewhere


def modules() -> list[Path]:
    """Every module of the program."""
    return sorted((CHECKOUT / "cnn_explorer").rglob("*.py"))


def sources() -> set[str]:
    """Every text that has to be translated."""
    found = set(texts())
    for path in modules():
        found |= literals(path.read_text(encoding="utf-8"))[0]
    return {text for text in found if any(character.isalpha() for character in text)}


def file_of(language: str) -> Path:
    """The .ts file of a language."""
    return CHECKOUT / "resources" / "translations" / f"{language}.ts"


def write(language: str, translations: dict[str, str]) -> list[str]:
    """Write the .ts file in the order of the source texts; returns what is not translated yet."""
    lines = [f'{HEAD}<TS version="2.1" language="{language}">\n<context>\n    <name>{CONTEXT}</name>\n']
    missing = []
    for text in sorted(sources()):
        done = translations.get(text)
        if not done:
            missing.append(text)
        translation = f"<translation>{escape(done)}</translation>" if done else '<translation type="unfinished"/>'
        lines.append(f"    <message>\n        <source>{escape(text)}</source>\n        {translation}\n    </message>\n")
    lines.append("</context>\n</TS>\n")
    file_of(language).write_text("".join(lines), encoding="utf-8")
    return missing


def main() -> int:
    """Bring the .ts files up to date."""
    for language in LANGUAGES:
        if language != "en":
            path = file_of(language)
            for text in write(language, read_translations(path) if path.exists() else {}):
                print(f"{language}: {text!r}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
