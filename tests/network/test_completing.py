"""Any network that can be made to tell classes apart is: with no more than it lacks, and its own weights kept."""

from __future__ import annotations

import numpy as np
import pytest

from cnn_explorer.network import building
from cnn_explorer.network.completing import completed
from cnn_explorer.network.document import Document, Image
from cnn_explorer.network.layers import Activation, Conv2D, Dense
from cnn_explorer.network.network import Network
from cnn_explorer.network.presets import default_document, network_presets
from cnn_explorer.network.training import problems

LARGE = Image(np.zeros((20, 16, 3)), "file")


def built(*kinds: str, **last: object) -> Document:
    network, rng = Network(), np.random.default_rng(0)
    for at, kind in enumerate(kinds):
        fields = last if at == len(kinds) - 1 else {}
        network = building.with_added(network, LARGE.shape, len(network.layers), kind, rng, **fields)
    return Document(LARGE, network)


def kinds(document: Document | None) -> list[str]:
    assert document is not None
    assert problems(document.network, document.image.shape, 5) == ()
    return [layer.kind for layer in document.network.layers]


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        (built("Conv2D"), ["Conv2D", "Flatten", "Dense", "Activation"]),
        (built("Conv2D", "GlobalAveragePooling2D"), ["Conv2D", "GlobalAveragePooling2D", "Dense", "Activation"]),
        (built("Conv2D", "Dense"), ["Conv2D", "Flatten", "Dense"]),
        (built("Conv2D", "Dense", "Activation"), ["Conv2D", "Flatten", "Dense", "Activation"]),
        (built("Conv2D", "Dense", "Dropout"), ["Conv2D", "Flatten", "Dense", "Dropout", "Dense", "Activation"]),
        (built("Conv2D", "Activation", enabled=False), ["Conv2D", "Activation", "Flatten", "Dense", "Activation"]),
        (Document(LARGE, Network()), ["Flatten", "Dense", "Activation"]),
    ],
)
def test_what_is_missing_is_added(document: Document, expected: list[str]) -> None:
    assert kinds(completed(document, 5, np.random.default_rng(1))) == expected


def test_an_activation_at_the_end_becomes_softmax() -> None:
    found = completed(built("Dense", "Activation"), 5, np.random.default_rng(1))
    assert found is not None and found.network.layers[-1] == Activation(activation="softmax")


def test_what_is_there_keeps_its_weights() -> None:
    document = built("Conv2D", "Dense")
    found = completed(document, 5, np.random.default_rng(1))
    assert found is not None
    assert found.network.layers[0] is document.network.layers[0]
    before, after = document.network.layers[-1], found.network.layers[-1]
    assert isinstance(before, Dense) and isinstance(after, Dense)
    np.testing.assert_array_equal(after.kernel, before.kernel[:, :5])


def test_a_network_that_can_learn_stays() -> None:
    document = network_presets()[0].build(default_document())
    found = completed(document, 10, np.random.default_rng(1))
    assert found is not None and found.network is document.network and found.image is document.image


def test_a_small_image_is_replaced_by_a_digit_and_the_weights_follow() -> None:
    found = completed(default_document(), 10, np.random.default_rng(1))
    assert found is not None and found.image.shape == (28, 28, 1)
    assert found.network.shapes(found.image.shape)[-1] == (1, 1, 10)
    assert found.network.layers[0] == default_document().network.layers[0]


def test_what_cannot_be_applied_is_left_to_the_user() -> None:
    layer = Conv2D(kernel=np.zeros((7, 7, 3, 1)), dilation_rate=(9, 9))
    assert completed(Document(LARGE, Network((layer,))), 5, np.random.default_rng(1)) is None
    no_keras = Conv2D(kernel=np.ones((3, 3, 3, 1)), strides=(2, 2), dilation_rate=(2, 2))
    assert completed(Document(LARGE, Network((no_keras,))), 5, np.random.default_rng(1)) is None
