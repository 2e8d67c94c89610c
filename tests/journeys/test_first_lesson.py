"""From the start of the program to the handbook's matrices on the screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.journeys.program import Program


def test_a_first_lesson_with_the_handbooks_example(start: Callable[..., Program], handbook: dict[str, Any]) -> None:
    program = start("--language", "en", "--theme", "light")
    program.wait_for_engine()
    assert program.title() == "Handbook 7×7 example — CNN Explorer"
    program.wait_for_picture(handbook["valid_stride_1"], step=1)
    program.press("Right", "Right")
    program.wait_for_picture(handbook["valid_stride_1"], step=3)
    program.press(*["greater"] * 4, "space")
    program.wait_for_picture(handbook["valid_stride_1"], step=25)
    program.wait_for_map(handbook["valid_stride_1"])
    program.press("ctrl+q")
    assert program.wait_until_ended() == 0


def test_padding_and_stride_with_the_mouse(start: Callable[..., Program], handbook: dict[str, Any]) -> None:
    program = start("--language", "en", "--theme", "light")
    program.wait_for_engine()
    program.click_on("Padding: same")
    program.wait_for_map(handbook["same_stride_1"])
    program.click_on("Last step")  # of the map that is on the screen
    program.wait_for_picture(handbook["same_stride_1"], step=49, padding="same")
    program.click_on("Padding: valid", "Stride: 2")
    program.wait_for_map(handbook["valid_stride_2"])
    program.click_on("Last step")
    program.wait_for_picture(handbook["valid_stride_2"], step=9, strides=(2, 2))
    program.press("ctrl+z", "ctrl+z", "ctrl+z")
    program.wait_for_map(handbook["valid_stride_1"])
    assert program.title() == "Handbook 7×7 example — CNN Explorer"
    program.press("ctrl+q")
    assert program.wait_until_ended() == 0
