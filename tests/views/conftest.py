"""Widgets under test look alike everywhere: Qt's own style, the light palette, English."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest


@pytest.fixture(scope="session")
def styled_application(qapp: Any) -> Any:
    """The application in the style that the program uses, with the theme's fonts."""
    from cnn_explorer.views.theme import theme

    qapp.setStyle("Fusion")
    theme.use("light")
    return qapp


@pytest.fixture(autouse=True)
def light_theme(styled_application: Any) -> Iterator[None]:
    """Every test starts light; one that has used the dark palette need not put it back."""
    from cnn_explorer.views.theme import LIGHT, theme

    yield
    if theme.colours is not LIGHT:
        theme.use("light")
