"""Render every scene at every size, theme and language to PNG, and contact sheets of them all.

    python -m tests.gallery FOLDER [SCENE ...]

Sizes are in pixels; the largest is drawn at a scale of 2, in a process of its own, for the scale is Qt's at start.
"""

from __future__ import annotations

import os
import subprocess
import sys
from itertools import product
from pathlib import Path

from PIL import Image

SIZES = ((1280, 720, 1), (1920, 1080, 1), (3840, 2160, 2))
THEMES = ("light", "dark")
LANGUAGES = ("en", "zh_CN")
SHEET_WIDTH = 640


def render(folder: Path, scale: int, only: list[str]) -> None:
    """Every picture of the sizes with this scale; Qt's scale is set already."""
    from tests.gallery.rendering import Gallery

    gallery = Gallery(folder)
    sizes = [size for size in SIZES if size[2] == scale]
    for size, theme, language in product(sizes, THEMES, LANGUAGES):
        gallery.render(size, theme, language, only)
    gallery.close()


def render_in_process(folder: Path, scale: int, only: list[str]) -> None:
    """`render` in a process of its own, without a screen, at a scale, with settings of its own."""
    home = folder / "home"
    home.mkdir(exist_ok=True)
    environment = os.environ | {
        "QT_QPA_PLATFORM": "offscreen",
        "QT_SCALE_FACTOR": str(scale),
        "XDG_CONFIG_HOME": str(home),
        "XDG_DATA_HOME": str(home),
        "QT_LOGGING_RULES": "qt.qpa.*=false",
    }
    command = [sys.executable, "-m", "tests.gallery", str(folder), "--scale", str(scale), *only]
    subprocess.run(command, env=environment, check=True)


def contact_sheet(folder: Path, pictures: list[Path], name: str) -> Path:
    """Two columns of small pictures, in order."""
    width, height = SHEET_WIDTH, SHEET_WIDTH * 9 // 16
    sheet = Image.new("RGB", (2 * width + 30, (len(pictures) + 1) // 2 * (height + 10) + 10), "#808080")
    for index, path in enumerate(pictures):
        with Image.open(path) as picture:
            small = picture.convert("RGB").resize((width, height), Image.Resampling.LANCZOS)
        sheet.paste(small, (10 + index % 2 * (width + 10), 10 + index // 2 * (height + 10)))
    path = folder / name
    sheet.save(path)
    return path


def contact_sheets(folder: Path) -> None:
    """A sheet for each size, theme and language, of all scenes."""
    for (width, height, _), theme, language in product(SIZES, THEMES, LANGUAGES):
        suffix = f"{width}x{height}-{theme}-{language}"
        pictures = sorted(folder.glob(f"*-{suffix}.png"))
        if pictures:
            contact_sheet(folder, pictures, f"sheet_{suffix}.png")


def main(arguments: list[str]) -> int:
    """Render everything, or (with --scale) one scale of it."""
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    if "--scale" in arguments:
        at = arguments.index("--scale")
        render(folder, int(arguments[at + 1]), arguments[at + 2 :])
        return 0
    for scale in sorted({size[2] for size in SIZES}):
        render_in_process(folder, scale, arguments[1:])
    contact_sheets(folder)
    return 0


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1:]))
