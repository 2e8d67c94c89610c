"""What crosses to the engine: everything once, only what is new afterwards, and what nobody uses is forgotten."""

import gc
from dataclasses import replace

import numpy as np
import pytest

from cnn_explorer.engine.sent import RECENT, Sent
from cnn_explorer.network.arrays import frozen
from cnn_explorer.network.document import Document, Image
from cnn_explorer.network.layers import Activation, BatchNormalization, Conv2D, Dense, Flatten
from cnn_explorer.network.network import Network
from cnn_explorer.network.results import evaluate


class Ferry:
    """Brings things to an engine's `Kept`, where there is one, and keeps a list of what it brought."""

    def __init__(self, kept=None):
        self.kept = kept
        self.sent = Sent()
        self.brought = []

    def send_array(self, key, values):
        self.brought.append(values)
        if self.kept is not None:
            self.kept.keep_array(key, values)

    def send_layer(self, key, kind, values, arrays):
        self.brought.append((kind, sorted(values), sorted(arrays)))
        if self.kept is not None:
            self.kept.keep_layer(key, kind, values, arrays)

    def ask(self, document):
        """What crosses for a request, and the request: the image's key, the layers' keys, and the keys to forget."""
        self.brought.clear()
        request = self.sent.request(self, document.image.pixels, document.network.layers)
        return list(self.brought), request


def document(seed=0, side=8):
    """A convolution and a dense layer with 160 kB of weights."""
    random = np.random.default_rng(seed)
    layers = (
        Conv2D(kernel=frozen(random.uniform(-1, 1, (3, 3, 1, 5))), bias=frozen(np.zeros(5)), padding="same"),
        BatchNormalization(
            **{name: frozen(np.ones(5)) for name in ("gamma", "beta", "moving_mean", "moving_variance")}
        ),
        Activation(),
        Flatten(),
        Dense(kernel=frozen(random.uniform(-1, 1, (5 * side * side, 128))), bias=frozen(np.zeros(128))),
    )
    return Document(Image(random.uniform(0, 1, (side, side, 1))), Network(layers))


def kinds(brought):
    """The kinds of layers among what was brought, in order; arrays as their shapes."""
    return [thing[0] if isinstance(thing, tuple) else thing.shape for thing in brought]


def test_everything_crosses_once():
    ferry, asked = Ferry(), document()
    everything, first = ferry.ask(asked)
    assert kinds(everything) == [
        (8, 8, 1), "Conv2D", "BatchNormalization", "Activation", "Flatten", (320, 128), "Dense",
    ]  # fmt: skip
    nothing, second = ferry.ask(asked)
    assert nothing == []
    assert first == second
    assert first[2] == []


def test_an_edit_sends_what_it_has_changed():
    ferry, asked = Ferry(), document()
    ferry.ask(asked)
    pen = asked.with_image(Image(np.zeros((8, 8, 1))))
    assert kinds(ferry.ask(pen)[0]) == [(8, 8, 1)]
    kernel = pen.with_layer(0, replace(pen.network.layers[0], kernel=frozen(np.ones((3, 3, 1, 5)))))
    assert kinds(ferry.ask(kernel)[0]) == ["Conv2D"]
    bias = kernel.with_layer(4, replace(kernel.network.layers[4], bias=frozen(np.ones(128))))
    assert ferry.ask(bias)[0] == [("Dense", ["bias", "enabled", "name"], ["kernel"])]  # the kernel is there already
    weights = bias.with_layer(4, replace(bias.network.layers[4], kernel=frozen(np.ones((320, 128)))))
    assert kinds(ferry.ask(weights)[0]) == [(320, 128), "Dense"]
    training = replace(weights, network=replace(weights.network, training=True))
    assert kinds(ferry.ask(training)[0]) == ["BatchNormalization"]
    order = replace(training, network=training.network.with_layers(training.network.layers[::-1]))
    assert ferry.ask(order)[0] == []


def test_two_documents_by_turns_and_undo_send_nothing():
    ferry, first = Ferry(), document()
    second = first.with_layer(0, replace(first.network.layers[0], strides=(2, 2)))
    for asked in (first, second):
        ferry.ask(asked)
    for asked in (first, second, second, second, first):
        assert ferry.ask(asked)[0] == []


def test_what_is_not_used_any_more_is_forgotten_on_both_sides(forward):
    from cnn_explorer.engine.kept import Kept

    kept = Kept()
    ferry, old = Ferry(kept), document(seed=1)
    ferry.ask(old)
    had, new = len(kept), document(seed=2)
    for _ in range(RECENT - 1):
        unused = ferry.ask(new)[1][2]
        assert unused == []
    unused = ferry.ask(new)[1][2]
    kept.forget(unused)
    assert len(unused) == had
    assert len(kept) == had
    assert kinds(ferry.ask(old)[0]) == kinds(Ferry().ask(old)[0])  # all of it crosses again
    assert "Dense" in kinds(ferry.brought)


def test_what_is_forgotten_is_free():
    ferry, old = Ferry(), document(seed=1)
    ferry.ask(old)
    ferry.brought.clear()
    pixels = old.image.pixels
    del old
    for _ in range(RECENT):
        ferry.ask(document(seed=2))
    ferry.brought.clear()
    assert gc.get_referrers(pixels) == []


@pytest.mark.parametrize("training", [False, True])
def test_what_is_kept_computes_as_the_document_does(forward, training):
    from cnn_explorer.engine.computer import Computer
    from cnn_explorer.engine.kept import Kept

    asked = document()
    asked = replace(asked, network=replace(asked.network, training=training))
    kept = Kept()
    image, layers, _ = Ferry(kept).ask(asked)[1]
    shapes = asked.network.shapes(asked.image.shape)
    steps = [(kept.layer(key), shape) for key, shape in zip(layers, shapes[:-1], strict=True)]
    for ours, theirs in zip(evaluate(asked).maps[1:], Computer().maps(kept.image(image), steps), strict=True):
        np.testing.assert_allclose(theirs, ours, atol=1e-4)
