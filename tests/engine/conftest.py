"""TensorFlow for the tests of this folder, imported only when one of them runs."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import pytest

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")


@pytest.fixture(scope="session")
def forward() -> Callable[..., Any]:
    """`engine.forward.forward`; skips where TensorFlow is not installed."""
    pytest.importorskip("tensorflow")
    from cnn_explorer.engine.forward import forward

    return forward


@pytest.fixture(scope="session")
def keras(forward) -> Any:
    """Keras, as TensorFlow brings it."""
    import keras

    return keras
