"""The trained model that comes with the program: small, believed, and as good as its README says."""

import os
import re

import numpy as np
import pytest

from cnn_explorer.engine.model_networks import keras_model, network_of
from cnn_explorer.engine.model_process import open_model
from cnn_explorer.files.datasets import read_mnist
from cnn_explorer.files.model_look import looked_at
from cnn_explorer.files.training_record import read_record
from cnn_explorer.network.document import Document, Image
from cnn_explorer.network.results import evaluate
from cnn_explorer.resources_folder import resource

MODEL = resource("models", "small-3x3-mnist.keras")
CHECKED = 500
AT_LEAST = 0.98
"""Of the first 500 test images, which are among the easier ones."""


@pytest.fixture(scope="module")
def opened(forward):
    """The network in the file, opened as any user's model is."""
    return network_of(open_model(MODEL))


def digits(shared_folder):
    """The first test images (count, 28, 28, 1) from 0 to 1, and what they show."""
    mnist = read_mnist(shared_folder / "data" / "mnist.npz")
    first = slice(mnist.train_count, mnist.train_count + CHECKED)
    return mnist.images[first, :, :, np.newaxis] / np.float32(255), mnist.labels[first]


def test_it_is_small_and_has_only_weights_and_its_history():
    assert os.path.getsize(MODEL) < 500_000
    with looked_at(MODEL) as look:
        assert look.size.weights < 6000
    record = read_record(MODEL)
    assert not record.with_optimizer and record.classes == tuple("0123456789")
    assert len(record.history.epochs) == record.epoch and record.data_name == "mnist.npz"
    assert "/" not in record.data_name


def test_its_readme_tells_what_made_it():
    text = (MODEL.parent / "README.md").read_text(encoding="utf-8")
    settings = read_record(MODEL).settings
    assert f"--epochs {settings.epochs} --patience {settings.patience}" in text
    assert float(re.search(r"([\d.]+) % of its test images", text)[1]) >= 98.5


def test_its_filters_are_of_3_by_3(opened):
    assert opened.input_shape == (28, 28, 1) and opened.network.problems(opened.input_shape) == ()
    kernels = [layer.kernel.shape for layer in opened.network.layers if layer.kind == "Conv2D"]
    assert kernels == [(3, 3, 1, 8), (3, 3, 8, 16)]


def test_the_reference_reads_digits_with_it(opened, shared_folder):
    pixels, labels = digits(shared_folder)
    for place in range(0, 100, 12):
        said = evaluate(Document(Image(pixels[place]), opened.network)).maps[-1]
        assert int(said.argmax()) == labels[place] and float(said.sum()) == pytest.approx(1, abs=1e-5)


def test_keras_reads_five_hundred(opened, shared_folder):
    pixels, labels = digits(shared_folder)
    said = np.asarray(keras_model(opened.network, opened.input_shape)(pixels))
    assert np.mean(said.argmax(1) == labels) >= AT_LEAST
