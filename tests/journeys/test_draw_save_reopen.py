"""Drawing, editing, looking at it in other ways, saving, and finding it all again."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np

from cnn_explorer.network.arrays import Floats, frozen
from cnn_explorer.network.layers import Conv2D
from cnn_explorer.network.presets import default_document
from tests.journeys.program import Program

CHINESE = re.compile("[\u4e00-\u9fff]")
SAVE_AS = "另存为"
MENUS = (0, 0, 400, 40)


def drawn() -> Floats:
    """The handbook's image with a stroke of 1 along its first row, and one pixel erased."""
    pixels = default_document().image.pixels[:, :, 0].copy()
    pixels[0, :] = 1
    pixels[1, 4] = 0
    return pixels


def mapped(**weights: float) -> Floats:
    """The feature map of that image, after weights of the handbook's kernel were changed, "w13" being row 1, column 3.

    By the numpy reference, which other tests hold to the handbook and to TensorFlow.
    """
    layer = default_document().network.layers[0]
    assert isinstance(layer, Conv2D)
    kernel = layer.kernel.copy()
    for name, weight in weights.items():
        kernel[int(name[1]) - 1, int(name[2]) - 1, 0, 0] = weight
    return replace(layer, kernel=frozen(kernel)).forward(frozen(drawn()[:, :, np.newaxis]))[:, :, 0]


def draw_and_edit(program: Program) -> None:
    """A stroke and a right click on the canvas, two weights typed, the second one taken back."""
    program.drag_over("pixel 1 1", "pixel 1 4", "pixel 1 7")
    program.click_on("pixel 2 5", button=3)
    program.wait_for_map(mapped())
    program.click_on("weight 1 3")
    program.type("3")
    program.press("Return", "Right", "Down")
    program.type("-0.5")
    program.press("Return")
    program.click_on("Last step")
    program.wait_for_map(mapped(w13=3, w23=-0.5))
    program.press("ctrl+z")
    program.wait_for_map(mapped(w13=3))


def look_otherwise(program: Program) -> None:
    """In Present mode and back, dark, in Chinese."""
    before = program.picture(MENUS)
    program.press("F11")
    program.wait_until(lambda: not np.array_equal(program.picture(MENUS), before), lambda: "Present mode")
    program.press("Escape")
    program.wait_until(lambda: np.array_equal(program.picture(MENUS), before), lambda: "the menus again")
    assert not is_dark(program)
    program.click_on("Light or dark")
    program.wait_until(lambda: is_dark(program), lambda: "the dark theme")
    program.click_on("Language")
    program.wait_until(lambda: bool(CHINESE.search(program.title())), lambda: "a title in Chinese")
    program.wait_for_map(mapped(w13=3))


def is_dark(program: Program) -> bool:
    """Whether the ground of the stage is dark."""
    left, top, _, _ = program.places["stage"]
    return bool(program.picture((left + 2, top + 2, left + 12, top + 12)).mean() < 80)


def save(program: Program, path: Path) -> None:
    """Save with the dialog, under a name that is typed."""
    program.press("ctrl+s")
    program.wait_for_dialog(SAVE_AS)
    program.press("ctrl+a")
    program.type(str(path))
    program.press("Return")
    program.wait_for_end_of_dialog(SAVE_AS)
    program.wait_until(lambda: program.title() == f"{path.stem} — CNN Explorer", lambda: "the title of the saved file")


def test_what_was_drawn_is_there_again(start: Callable[..., Program], tmp_path: Path) -> None:
    path = tmp_path / "lecture 3.cnn"
    program = start("--language", "en", "--theme", "light")
    draw_and_edit(program)
    assert "*" in program.title()
    look_otherwise(program)
    save(program, path)
    program.press("ctrl+q")
    assert program.wait_until_ended() == 0

    program = start(str(path))
    program.wait_for_map(mapped(w13=3))
    assert program.title() == "lecture 3 — CNN Explorer"
    assert is_dark(program)
    program.press("bracketleft")
    program.wait_for_map(drawn())
    program.press("ctrl+n")
    program.wait_until(lambda: bool(CHINESE.search(program.title())), lambda: "the example, in Chinese")
    program.press("ctrl+q")
    assert program.wait_until_ended() == 0
