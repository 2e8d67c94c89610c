"""The running program, seen as a person sees it: its picture, what it copies, and how it takes mouse and keys."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from time import monotonic
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageGrab

from tests.left_behind import command_of, runs, text_of, wait_for_end

# Seconds for the program to show its window, to do what it was told, or to end, on a busy machine.
PATIENCE = 40
MOMENT = 0.1
# The colour of what computes in the status line, once that is TensorFlow.
GOOD = (0x15, 0x80, 0x3D)
Pixels = NDArray[np.uint8]


class Program:
    """The running program. Positions are pixels (x, y) from the upper left corner of its window."""

    def __init__(self, arguments: tuple[str, ...], log: Path) -> None:
        self.log = log
        with log.open("wb") as stream:
            command = [sys.executable, "-m", "cnn_explorer", *arguments]
            # A session of its own, so that what it leaves behind can be found by the number of its group.
            self.process = subprocess.Popen(command, stdout=stream, stderr=stream, start_new_session=True)
        self.window = self._wait_for_window()
        # Away from everything that says more when it is pointed at.
        xdotool("mousemove", "--window", self.window, "1", "1")

    def press(self, *keys: str) -> None:
        """Press keys, one after the other, named as xdotool names them: "ctrl+z", "space", "Right".

        They go to the window that has the focus, a dialog too: the first window gets it when the program starts.
        """
        xdotool("key", *keys)

    def type(self, text: str) -> None:
        """Type text into what has the focus."""
        xdotool("type", "--", text)

    def click(self, x: int, y: int, button: int = 1) -> None:
        """Click with a button of the mouse."""
        xdotool("mousemove", "--sync", "--window", self.window, str(x), str(y), "click", str(button))

    def click_on(self, *names: str, button: int = 1) -> None:
        """Click in the middle of things, one after the other, named as in `places`."""
        for name in names:
            self.click(*self.places[name][:2], button=button)

    def drag(self, *places: tuple[int, int]) -> None:
        """Press the left button at the first place, move over the others and let go at the last."""
        moves = [["mousemove", "--sync", "--window", self.window, str(x), str(y)] for x, y in places]
        xdotool(*moves[0], "mousedown", "1", *(word for move in moves[1:] for word in move), "mouseup", "1")

    def drag_over(self, *names: str) -> None:
        """Drag from the middle of one thing over those of others, named as in `places`."""
        middles = [self.places[name] for name in names]
        self.drag(*((x, y) for x, y, *_ in middles))

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """Where things are in the window, as long as it looks as at the start (see tests/journeys/places.py)."""
        return self._ask({"size": self.geometry()[2:]})

    def _ask(self, question: dict[str, Any]) -> dict[str, list[int]]:
        """The answer of tests/journeys/places.py, which has settings of its own."""
        command = [sys.executable, "-m", "tests.journeys.places", json.dumps(question)]
        own = os.environ | {"XDG_CONFIG_HOME": str(self.log.parent / "places")}
        answer: dict[str, list[int]] = json.loads(
            subprocess.run(command, check=True, capture_output=True, env=own).stdout
        )
        return answer

    def geometry(self) -> tuple[int, int, int, int]:
        """Left, top, width and height of the window on the screen."""
        printed = xdotool("getwindowgeometry", "--shell", self.window).split()
        told = dict(line.split("=") for line in printed)
        return int(told["X"]), int(told["Y"]), int(told["WIDTH"]), int(told["HEIGHT"])

    def title(self) -> str:
        """What the window's title is; with an asterisk while there are unsaved changes."""
        return xdotool("getwindowname", self.window).strip()

    def picture(self, part: Sequence[int]) -> Pixels:
        """What the screen shows of a part of the window (left, top, right, bottom): rows, columns, RGB 0 to 255."""
        left, top, _, _ = self.geometry()
        box = (left + part[0], top + part[1], left + part[2], top + part[3])
        return np.asarray(ImageGrab.grab(box, xdisplay=os.environ["DISPLAY"]).convert("RGB"))

    def copied(self) -> str:
        """What Ctrl+C copies, as any other program finds it on the clipboard."""
        self.press("ctrl+c")
        command = [sys.executable, "-m", "tests.journeys.clipboard"]
        return subprocess.run(command, check=True, capture_output=True, text=True, timeout=PATIENCE).stdout

    def wait_for_map(self, expected: Any) -> None:
        """Wait until the feature map on the screen, copied as text, has exactly these numbers (rows, columns)."""
        text = "\n".join("\t".join(f"{value:g}" for value in row) for row in expected)
        self.wait_until(lambda: self.copied() == text, lambda: f"the feature map; copied was:\n{self.copied()}")

    def wait_for_picture(self, expected: Any, step: int, **layer: Any) -> None:
        """Wait until the screen shows this feature map pixel by pixel, the cells up to `step` in full.

        `layer` has the fields of the convolution that have been changed.
        """
        path = self.log.parent / "expected.png"
        size = self.geometry()[2:]
        asked = {"size": size, "picture": str(path), "map": expected, "step": step, "layer": layer}
        part = self._ask(asked)["map"]
        wanted = np.asarray(Image.open(path).convert("RGB").crop((part[0], part[1], part[2], part[3])))
        self.wait_until(lambda: np.array_equal(self.picture(part), wanted), lambda: "the picture of the map")

    def wait_until(self, true: Callable[[], bool], what: Callable[[], str]) -> None:
        """Look again and again until something is true; fails when patience ends, or the program does."""
        end = monotonic() + PATIENCE
        while not true():
            assert monotonic() < end, f"waited in vain for {what()}"
            assert self._runs_on(), f"the program ended while it was waited for {what()}"

    def wait_for_engine(self, other_than: int = 0) -> int:
        """The process id of the engine, once the window says that TensorFlow computes."""
        self.wait_until(lambda: bool(self._engines(other_than)), lambda: "an engine")
        self.wait_until(lambda: self._tensorflow_computes(other_than), lambda: "TensorFlow in the status line")
        return self._engines(other_than)[0]

    def _engines(self, other_than: int) -> list[int]:
        children = " ".join(map(text_of, Path(f"/proc/{self.process.pid}/task").glob("*/children"))).split()
        return [child for child in map(int, children) if child != other_than and "spawn_main" in command_of(child)]

    def _tensorflow_computes(self, other_than: int) -> bool:
        """The colour alone is not enough: before an engine is started, numpy has the same for a moment."""
        loaded = any("tensorflow" in text_of(Path(f"/proc/{one}/maps")) for one in self._engines(other_than))
        return loaded and bool((self.picture(self.places["engine"]) == GOOD).all(axis=-1).any())

    def wait_for_dialog(self, title: str) -> None:
        """Wait until a dialog is open, and give it the focus: without a window manager nothing else does."""
        self.wait_until(lambda: bool(self._windows(title)), lambda: f"the dialog {title}")
        xdotool("windowfocus", "--sync", self._windows(title)[0])

    def wait_for_end_of_dialog(self, title: str) -> None:
        """Wait until a dialog has gone, and give the focus back to the window."""
        self.wait_until(lambda: not self._windows(title), lambda: f"the end of the dialog {title}")
        xdotool("windowfocus", "--sync", self.window)

    def _windows(self, title: str) -> list[str]:
        """The program's windows on the screen with this title; a tooltip is a window, too."""
        search = ["xdotool", "search", "--onlyvisible", "--pid", str(self.process.pid)]
        found = subprocess.run(search, capture_output=True, text=True).stdout.split()
        ask = ["xdotool", "getwindowname"]
        return [
            one for one in found if subprocess.run([*ask, one], capture_output=True, text=True).stdout.strip() == title
        ]

    def kill(self) -> None:
        """kill -9: the program can't do anything about it."""
        self.process.kill()
        self.process.wait(PATIENCE)

    def wait_until_ended(self) -> int:
        """The exit code, once the program has ended by itself."""
        return self.process.wait(PATIENCE)

    def wait_until_nothing_runs(self) -> None:
        """Wait until all that the ended program had started has ended, too."""
        for process in self._group():
            wait_for_end(process)
        assert not self._group()

    def _group(self) -> list[int]:
        processes = [int(folder.name) for folder in Path("/proc").glob("[0-9]*")]
        return [one for one in processes if group_of(one) == self.process.pid and runs(one)]

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


def group_of(process: int) -> int:
    """The group that a process belongs to, 0 where it has ended."""
    try:
        return os.getpgid(process)
    except ProcessLookupError:
        return 0


def end_group(group: int) -> None:
    """Kill what is left of a group of processes; often nothing is."""
    try:
        os.killpg(group, signal.SIGKILL)
    except ProcessLookupError:
        return
