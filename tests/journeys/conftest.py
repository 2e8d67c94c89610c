"""Journeys use the program as a lecturer does: a process of its own on a real X screen, with mouse and keys."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.journeys.program import Program


@pytest.fixture(autouse=True)
def screen(monkeypatch: pytest.MonkeyPatch) -> str:
    """The DISPLAY that the program is shown on; without one the journey is skipped."""
    if not os.environ.get("DISPLAY"):
        pytest.skip("a journey needs an X screen and DISPLAY is not set: ./test starts one with xvfb-run")
    if not shutil.which("xdotool"):
        pytest.skip("a journey needs xdotool: ./test installs it")
    monkeypatch.delenv("QT_QPA_PLATFORM")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    return os.environ["DISPLAY"]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Program]]:
    """Start the program with arguments, as often as the journey needs it; a traceback in its output fails the test."""
    programs: list[Program] = []

    def start_program(*arguments: str) -> Program:
        programs.append(Program(arguments, tmp_path / f"program-{len(programs)}.log"))
        return programs[-1]

    yield start_program
    for program in programs:
        program.end()
    said = [program.log.read_text(errors="replace") for program in programs]
    assert not [text for text in said if "Traceback" in text]
