"""Journeys use the program as a lecturer does: a process of its own on a real X screen, with mouse and keys."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic

import pytest

# Seconds for the program to show its window, or to end, on a busy machine.
PATIENCE = 40
MOMENT = 0.1


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


class Program:
    """The running program. Positions are pixels (x, y) from the upper left corner of its window."""

    def __init__(self, arguments: tuple[str, ...], log: Path) -> None:
        self.log = log
        with log.open("wb") as stream:
            command = [sys.executable, "-m", "cnn_explorer", *arguments]
            # A session of its own, so that what it leaves behind can be found by the number of its group.
            self.process = subprocess.Popen(command, stdout=stream, stderr=stream, start_new_session=True)
        self.window = self._wait_for_window()

    def press(self, *keys: str) -> None:
        """Press keys, one after the other, named as xdotool names them: "ctrl+z", "space", "Right".

        They go to the window that has the focus, a dialog too: the first window gets it when the program starts.
        """
        xdotool("key", *keys)

    def type(self, text: str) -> None:
        """Type text into what has the focus."""
        xdotool("type", text)

    def click(self, x: int, y: int, button: int = 1) -> None:
        """Click with a button of the mouse."""
        xdotool("mousemove", "--sync", "--window", self.window, str(x), str(y), "click", str(button))

    def drag(self, *places: tuple[int, int]) -> None:
        """Press the left button at the first place, move over the others and let go at the last."""
        moves = [["mousemove", "--sync", "--window", self.window, str(x), str(y)] for x, y in places]
        xdotool(*moves[0], "mousedown", "1", *(word for move in moves[1:] for word in move), "mouseup", "1")

    def wait_until_ended(self) -> int:
        """The exit code, once the program has ended by itself."""
        return self.process.wait(PATIENCE)

    def end(self) -> None:
        """Tell the program to end if it runs, and end what is left of it."""
        if self.process.poll() is None:
            self.process.terminate()
        try:
            self.process.wait(PATIENCE)
        finally:
            end_group(self.process.pid)

    def _wait_for_window(self) -> str:
        end = monotonic() + PATIENCE
        while monotonic() < end and self._runs_on():
            search = ["xdotool", "search", "--onlyvisible", "--pid", str(self.process.pid)]
            # Its exit code only says that there is none yet.
            found = subprocess.run(search, capture_output=True, text=True).stdout.split()
            if found:
                xdotool("windowfocus", "--sync", found[0])
                return found[0]
        self.end()
        raise AssertionError(f"the program showed no window; it said:\n{self.log.read_text(errors='replace')}")

    def _runs_on(self) -> bool:
        """Wait a moment; whether the program still runs then."""
        try:
            self.process.wait(MOMENT)
        except subprocess.TimeoutExpired:
            return True
        return False


def xdotool(*words: str) -> str:
    """What xdotool answers; raises CalledProcessError or TimeoutExpired."""
    return subprocess.run(["xdotool", *words], check=True, capture_output=True, text=True, timeout=PATIENCE).stdout


def end_group(group: int) -> None:
    """Kill what is left of a group of processes; often nothing is."""
    try:
        os.killpg(group, signal.SIGKILL)
    except ProcessLookupError:
        return


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
