"""Opening a model in the test's own process: the same look, Keras and checks as the loader's, without its limits."""

from __future__ import annotations

import tempfile
import warnings
from pathlib import Path
from typing import Any
from unittest import mock

from cnn_explorer.engine import model_loading
from cnn_explorer.files.model_look_description import ModelDescription


def opened(path: Path) -> ModelDescription:
    """The model in a file, as `model_loading` opens it. Raises: Refused."""
    limits = ("limit_files", "limit_memory", "lift_memory_limit")
    with tempfile.TemporaryDirectory() as folder, mock.patch.multiple(model_loading, **dict.fromkeys(limits, _nothing)):
        accepted = model_loading.accept(str(path), folder)
        return model_loading.load(str(path), accepted)


def _nothing(*arguments: Any, **keywords: Any) -> None:
    return None


def reopened(keras: Any, model: Any, suffix: str = "keras") -> ModelDescription:
    """A Keras model, saved by Keras and opened."""
    with tempfile.TemporaryDirectory() as folder:
        return opened(saved(model, Path(folder) / f"model.{suffix}"))


def saved(model: Any, path: Path) -> Path:
    """Where Keras has saved a model."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Keras is behind numpy, and h5 is an old format
        model.save(path)
    return path
