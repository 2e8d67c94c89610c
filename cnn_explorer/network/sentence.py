"""Sentences for people, kept as a template and its values so that they can be translated where they are shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Sentence:
    """A message: an English template with {named} places, and what stands in them.

    A value may itself be a Sentence; `session.language` translates both.
    """

    template: str
    values: tuple[tuple[str, Any], ...] = ()

    def __str__(self) -> str:
        return self.template.format(**{name: str(value) for name, value in self.values})


def say(template: str, **values: Any) -> Sentence:
    """A Sentence. The template must be a literal: the translations are collected from the source text."""
    return Sentence(template, tuple(values.items()))


class Refused(Exception):
    """Something from outside that can't be used. Carries one sentence for the user, and the field at fault."""

    def __init__(self, sentence: Sentence, field: str = "") -> None:
        super().__init__(str(sentence))
        self.sentence = sentence
        self.field = field
