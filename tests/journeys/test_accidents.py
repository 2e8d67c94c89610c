"""What goes wrong during a lecture: the engine dies, the program dies, a file is broken. The work is still there."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from cnn_explorer.network.arrays import Floats, frozen
from cnn_explorer.network.layers import Conv2D
from cnn_explorer.network.presets import default_document
from tests.journeys.program import Program


def mapped_by_flipped_kernel() -> Floats:
    """The feature map of the handbook's image with its kernel turned by 180°."""
    document = default_document()
    layer = document.network.layers[0]
    assert isinstance(layer, Conv2D)
    return replace(layer, kernel=frozen(layer.kernel[::-1, ::-1])).forward(document.image.pixels)[:, :, 0]


def wait_for_message(program: Program, words: str) -> None:
    """Wait until a message over the stage has these words: dragged over, all of them are selected, for Ctrl+C."""
    left, top, right, bottom = program.places["message"]

    def read() -> str:
        program.drag((left + 1, top + 2), (left + 40, bottom), (right, bottom + 60))
        return program.copied()

    program.wait_until(lambda: words in read(), lambda: f"“{words}”; copied was “{read()}”")


def test_a_killed_engine_is_replaced_and_the_lesson_goes_on(start: Callable[..., Program]) -> None:
    program = start("--language", "en", "--theme", "light")
    engine = program.wait_for_engine()
    program.press("ctrl+f", "End")
    program.wait_for_map(mapped_by_flipped_kernel())
    os.kill(engine, signal.SIGKILL)
    wait_for_message(program, "TensorFlow ended unexpectedly; it starts again, and numpy computes until then.")
    program.click_on("Dismiss this message", "Last step")
    program.wait_for_map(mapped_by_flipped_kernel())
    assert program.wait_for_engine(other_than=engine) != engine
    program.wait_for_map(mapped_by_flipped_kernel())
    assert "*" in program.title()
    program.press("ctrl+z")
    program.wait_until(lambda: "*" not in program.title(), lambda: "a document without changes")
    program.press("ctrl+q")
    assert program.wait_until_ended() == 0
    program.wait_until_nothing_runs()


def test_a_killed_program_offers_the_work_at_the_next_start(start: Callable[..., Program], own_settings: Path) -> None:
    program = start("--language", "en", "--theme", "light")
    program.wait_for_engine()
    program.press("ctrl+f")
    program.wait_for_map(mapped_by_flipped_kernel())
    program.wait_until(lambda: bool(list(own_settings.rglob("*.journal"))), lambda: "the journal")
    program.kill()
    program.wait_until_nothing_runs()

    program = start("--language", "en", "--theme", "light")
    wait_for_message(program, "CNN Explorer ended unexpectedly. Restore Untitled from ")
    program.click_on("Restore")
    program.wait_for_map(mapped_by_flipped_kernel())
    assert "*" in program.title()
    program.press("ctrl+q")
    program.wait_for_dialog("Unsaved changes")
    program.press("Tab", "space")
    assert program.wait_until_ended() == 0
    program.wait_until_nothing_runs()
    assert not list(own_settings.rglob("*.journal"))


def test_a_broken_file_leaves_the_example_on_the_screen(
    start: Callable[..., Program], shared_folder: Path, handbook: dict[str, Any]
) -> None:
    program = start("--language", "en", "--theme", "light", str(shared_folder / "cases/bad_inputs/image/half.png"))
    wait_for_message(program, "half.png")
    program.click_on("Dismiss this message", "Last step")
    program.wait_for_map(handbook["valid_stride_1"])
    assert program.title() == "Handbook 7×7 example — CNN Explorer"
    program.press("ctrl+q")
    assert program.wait_until_ended() == 0
