"""Everything that is said is said in every language, with the same places for values."""

from __future__ import annotations

from string import Formatter

import pytest

from cnn_explorer.session.language import LANGUAGES, read_translations
from tests.translations import file_of, literals, modules, sources

OTHERS = [language for language in LANGUAGES if language != "en"]


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("language", OTHERS)
def test_every_text_is_translated(language: str) -> None:
    translated = read_translations(file_of(language))
    assert sorted(sources() - translated.keys()) == []


@pytest.mark.parametrize("language", OTHERS)
def test_no_translation_is_left_over(language: str) -> None:
    assert sorted(read_translations(file_of(language)).keys() - sources()) == []


@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_has_the_places_of_its_source(language: str) -> None:
    for source, translation in read_translations(file_of(language)).items():
        assert places(source) == places(translation), source


def test_only_literals_are_translated() -> None:
    elsewhere = [place for path in modules() for place in literals(path.read_text(encoding="utf-8"), path.name)[1]]
    allowed = {"language.py"}
    assert [place for place in elsewhere if place.split(":")[0] not in allowed] == []


def test_a_text_that_is_no_literal_is_found() -> None:
    assert literals("tr(name)\nsay(f'{x}')\ntr('a' 'b')", "x.py") == ({"ab"}, ["x.py:1", "x.py:2"])
