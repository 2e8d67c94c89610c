"""Keras's own models, as networks here: the numpy reference and `tf.nn` give what the models give."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from cnn_explorer.engine.model_opening import opened
from cnn_explorer.files.known_models import KNOWN_MODELS
from cnn_explorer.network.document import Document, Image
from cnn_explorer.network.results import evaluate
from tests.engine.model_opening import reopened

SIDE = 32
"""Rows and columns of the image: the models are made for 224, and here for what a test has time for."""

EXPECTED = {
    "MobileNetV2": lambda x: x / 127.5 - 1,
    "ResNet50": lambda x: x[..., ::-1] - np.array([103.939, 116.779, 123.68], np.float32),
    "VGG16": lambda x: x[..., ::-1] - np.array([103.939, 116.779, 123.68], np.float32),
    "EfficientNetV2B0": lambda x: x,
}
"""What each model expects of pixels from 0 to 255, written down from the papers' conventions and not from ours."""


def model_of(keras: Any, name: str) -> Any:
    """The model with numbers such as a training leaves: Keras's own begin with variances of 1 and biases of 0."""
    keras.utils.set_random_seed(7)
    top: dict[str, Any] = {"include_top": False, "pooling": "avg"} if name == "VGG16" else {"include_top": True}
    model = getattr(keras.applications, name)(weights=None, input_shape=(SIDE, SIDE, 3), **top)
    rng = np.random.default_rng(3)
    ranges = {"gamma": (0.5, 1.5), "beta": (-0.2, 0.2), "bias": (-0.2, 0.2), "moving_mean": (-0.2, 0.2),
              "moving_variance": (0.5, 2)}  # fmt: skip
    for variable in model.weights:
        if variable.name in ranges:
            variable.assign(rng.uniform(*ranges[variable.name], variable.shape))
    return model


@pytest.mark.parametrize("name", EXPECTED)
def test_the_network_gives_what_the_model_gives(keras: Any, forward: Any, name: str) -> None:
    model = model_of(keras, name)
    found = opened(reopened(keras, model))
    x = np.random.default_rng(0).uniform(0, 1, (SIDE, SIDE, 3)).astype(np.float32)
    theirs = np.asarray(model(EXPECTED[name](x * 255)[np.newaxis], training=False)).reshape(-1)
    document = Document(Image(x), found.network)
    reference, engine = evaluate(document).maps[-1], list(forward(document))[-1]
    for ours in (reference, engine):
        assert np.abs(ours.reshape(-1) - theirs).max() <= 1e-4 * np.abs(theirs).max()
    assert theirs.std() > 1e-4 * np.abs(theirs).max()  # the outputs differ, so that they can be told apart


def test_every_name_is_one_of_keras(keras: Any) -> None:
    assert all(callable(getattr(keras.applications, name)) for name in KNOWN_MODELS)
