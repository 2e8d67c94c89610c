"""The shared copy of MNIST."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def mnist_npz(shared_folder: Path) -> Path:
    path = shared_folder / "data" / "mnist.npz"
    if not path.is_file():
        pytest.skip("no data/mnist.npz in the shared folder")
    return path
