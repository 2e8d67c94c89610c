"""The engine is killed while a lecture goes on."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from time import monotonic
from typing import Any

import numpy as np

from tests.journeys.conftest import MOMENT, PATIENCE, Program, xdotool
from tests.journeys.test_first_lesson import map_on_screen


def engine_of(program: Program, other_than: int = 0) -> int:
    """The process of the program's engine, as soon as there is one."""
    end = monotonic() + PATIENCE
    while monotonic() < end:
        for entry in Path(f"/proc/{program.process.pid}/task").glob("*/children"):
            for child in map(int, entry.read_text().split()):
                if child != other_than and "spawn_main" in command_of(child):
                    return child
        xdotool("sleep", str(MOMENT))
    raise AssertionError("the program has no engine")


def command_of(process: int) -> str:
    """The command line of a process, "" where it has ended."""
    try:
        return Path(f"/proc/{process}/cmdline").read_text().replace("\0", " ")
    except OSError:
        return ""


def test_a_killed_engine_is_replaced_and_the_lesson_goes_on(start: Any, handbook: dict[str, Any]) -> None:
    program = start("--language", "en")
    engine = engine_of(program)
    program.press("End")
    assert np.array_equal(map_on_screen(program, handbook["valid_stride_1"]), handbook["valid_stride_1"])
    os.kill(engine, signal.SIGKILL)
    assert engine_of(program, other_than=engine) != engine
    assert np.array_equal(map_on_screen(program, handbook["valid_stride_1"]), handbook["valid_stride_1"])
    program.press("ctrl+q")
    assert program.wait_until_ended() == 0
