"""Where the shared cases and data are, and the ways to make files that are hostile on purpose."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def shared_folder() -> Path:
    """The folder with `cases/` and `data/`: CNN_EXPLORER_SHARED, or `shared` beside the checkout."""
    default = Path(__file__).parents[2].parent / "shared"
    folder = Path(os.environ.get("CNN_EXPLORER_SHARED", default))
    if not folder.is_dir():
        pytest.skip(f"no shared cases at {folder}: set CNN_EXPLORER_SHARED")
    return folder


@pytest.fixture(scope="session")
def mnist_npz(shared_folder: Path) -> Path:
    path = shared_folder / "data" / "mnist.npz"
    if not path.is_file():
        pytest.skip("no data/mnist.npz in the shared folder")
    return path
