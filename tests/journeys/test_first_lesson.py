"""From the start of the program to the handbook's matrices on the screen, with mouse and keys."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from time import monotonic
from typing import Any

import numpy as np
import pytest

from tests.journeys.conftest import PATIENCE, Program, xdotool


def clipboard() -> str:
    """The text that the program has copied."""
    command = [sys.executable, "-m", "tests.journeys.clipboard"]
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=PATIENCE).stdout


def numbers(text: str) -> np.ndarray | None:
    """A copied map, (rows, columns); None for anything else."""
    try:
        return np.array([[float(cell.replace("−", "-")) for cell in row.split("\t")] for row in text.splitlines()])
    except ValueError:
        return None


def map_on_screen(program: Program, expected: Any) -> np.ndarray:
    """The feature map as the running window copies it, as soon as it is the one expected (or patience ends)."""
    end = monotonic() + PATIENCE
    while True:
        program.press("ctrl+c")
        found = numbers(clipboard())
        if found is not None and (np.array_equal(found, expected) or monotonic() > end):
            return found
        assert monotonic() < end, "the window copied no map"


@pytest.fixture
def places(own_settings: Any) -> Callable[[Program], dict[str, tuple[int, int]]]:
    """Where the controls of a running program's window are."""

    def of(program: Program) -> dict[str, tuple[int, int]]:
        shape = dict(line.split("=") for line in xdotool("getwindowgeometry", "--shell", program.window).split())
        command = [sys.executable, "-m", "tests.journeys.places", shape["WIDTH"], shape["HEIGHT"]]
        printed = subprocess.run(command, check=True, capture_output=True, text=True, env=os.environ).stdout
        return {name: (place[0], place[1]) for name, place in json.loads(printed).items()}

    return of


def test_the_handbooks_three_matrices(start: Any, handbook: dict[str, Any], places: Any) -> None:
    program = start("--language", "en")
    where = places(program)
    program.click(*where["Stride: 1"])  # the window has the focus, and nothing has changed
    program.press("End")
    assert np.array_equal(map_on_screen(program, handbook["valid_stride_1"]), handbook["valid_stride_1"])
    program.click(*where["Padding: same"])
    assert np.array_equal(map_on_screen(program, handbook["same_stride_1"]), handbook["same_stride_1"])
    program.press("ctrl+z")
    program.click(*where["Stride: 2"])
    assert np.array_equal(map_on_screen(program, handbook["valid_stride_2"]), handbook["valid_stride_2"])
    program.press("ctrl+z")
    assert np.array_equal(map_on_screen(program, handbook["valid_stride_1"]), handbook["valid_stride_1"])
    program.press("ctrl+q")
    assert program.wait_until_ended() == 0
