"""Where icons, lessons, presets, translations and the small trained model are."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def resource(*parts: str) -> Path:
    """The path of a resource, such as `resource("icons", "pen.svg")`; it need not exist.

    Installed, the folder is inside the package (the wheel puts it there); in a checkout it is beside the package.
    """
    inside = _PACKAGE / "resources"
    return (inside if inside.is_dir() else _PACKAGE.parent / "resources").joinpath(*parts)
