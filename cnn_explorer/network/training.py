"""What a training is, before it begins: how a network is to learn, from what, and why it may be unable to.

The trainer, which is TensorFlow's part, is in `engine`; what it tells while it runs is in `training_progress`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from math import prod

import numpy as np

from cnn_explorer.network.arrays import Floats
from cnn_explorer.network.banks import glorot_weights
from cnn_explorer.network.code_keras import KINDS
from cnn_explorer.network.layers.controls import Control, control
from cnn_explorer.network.layers.layer import Layer, Shape
from cnn_explorer.network.layers.weights import he_normal, weight_fields
from cnn_explorer.network.network import Network
from cnn_explorer.network.sentence import Sentence, say

OPTIMIZERS = ("SGD", "Adam", "RMSprop", "AdamW")
"""Spelt as in `keras.optimizers`."""

DATA_KINDS = ("mnist", "folder")
LARGEST_BATCH = 8192

WeightKey = tuple[int, str]
"""An array of a network: the index of its layer, and the name of the field."""
Weights = Mapping[WeightKey, Floats]


@dataclass(frozen=True)
class TrainingSettings:
    """How a network learns. The defaults are the handbook's.

    `momentum` is for SGD alone. After `patience` epochs without a smaller validation loss training ends, and the best
    weights come back; 0 means that it never ends early. `seed` decides the order of the images, which of them validate,
    and what Dropout drops.
    """

    optimizer: str = control(
        "Adam", "choice", say("Optimizer"), say("How a step is made of the gradient"), options=OPTIMIZERS
    )
    learning_rate: float = control(
        0.001, "number", say("Learning rate"), say("How far each step goes along the gradient"), low=1e-7, high=10
    )
    momentum: float = control(
        0.9, "number", say("Momentum"), say("How much of the last step is kept for the next, with SGD"),
        low=0, high=0.999,
    )  # fmt: skip
    batch_size: int = control(
        50, "whole", say("Batch size"), say("Images whose gradients are averaged for one step"),
        low=1, high=LARGEST_BATCH,
    )  # fmt: skip
    epochs: int = control(5, "whole", say("Epochs"), say("How often every image is learnt from"), low=1, high=1000)
    validation_share: float = control(
        0.1, "number", say("Validation"), say("The share of the training images that is kept aside to check with"),
        low=0, high=0.9,
    )  # fmt: skip
    seed: int = control(
        1, "whole", say("Seed"), say("The same seed draws the same order of images"), low=0, high=2**31 - 1
    )
    patience: int = control(
        0, "whole", say("Early stopping"),
        say("Epochs without improvement after which it ends and takes the best weights back; 0 is off"),
        low=0, high=1000,
    )  # fmt: skip

    @classmethod
    def controls(cls) -> dict[str, Control]:
        """The fields that a form offers, in order."""
        return {each.name: each.metadata["control"] for each in fields(cls)}

    def checked(self) -> TrainingSettings:
        """The settings, each within its limits. Raises Refused, naming the field, where one is not."""
        return replace(self, **{name: each.check(getattr(self, name), name) for name, each in self.controls().items()})


@dataclass(frozen=True)
class DataSpec:
    """What is learnt from: MNIST ("mnist": an mnist.npz, an IDX file or a folder with them), or a folder of images with
    one subfolder for each class ("folder"), of which `test_share` is kept aside to test with.
    """

    kind: str
    path: str
    test_share: float = 0.15


@dataclass(frozen=True)
class Job:
    """All that a trainer needs to know.

    The network's weights are what it begins with, and `shape` is the shape of its input. At each epoch's end and when
    it stops, the model is written to `checkpoint` (a .keras file; "" for none). With `go_on` training continues where
    the checkpoint was written, its optimizer's state included. `paused` lets it wait for "resume" before the first
    batch: to step by hand. Without `with_optimizer` the file is a third as large, and going on begins with the
    optimizer anew.
    """

    network: Network
    shape: Shape
    data: DataSpec
    settings: TrainingSettings = field(default_factory=TrainingSettings)
    checkpoint: str = ""
    go_on: bool = False
    paused: bool = False
    with_optimizer: bool = True


def problems(network: Network, shape: Shape, classes: int) -> tuple[Sentence, ...]:
    """Why the network can't learn to tell so many classes apart from images of this shape: empty where it can."""
    impossible = network.problems(shape)
    if impossible:
        return tuple(each.sentence for each in impossible)
    if network.sources:
        return (say("A network with branches can't be trained here; copy its code, and train it with Keras."),)
    steps = list(_steps(network, shape))
    if not steps:
        return (say("The network has no layer that is switched on; add Flatten and Dense."),)
    return (*_refusals(steps), *_ending(network, shape, classes, steps[-1][0]), *_nothing_to_learn(steps))


def _steps(network: Network, shape: Shape) -> Iterator[tuple[Layer, Shape]]:
    """The layers that are switched on, each with the shape of its input."""
    return ((layer, read.shape) for layer, read in network.applied(shape) if layer.enabled)


def _refusals(steps: list[tuple[Layer, Shape]]) -> Iterator[Sentence]:
    for layer, size in steps:
        reason = _UNEXPLAINED if layer.by_keras else KINDS[layer.kind].refuses(layer, size)
        if reason:
            label = layer.name or layer.label()
            yield say("Keras has no layer for {label}, so it can't be trained: {reason}.", label=label, reason=reason)


_UNEXPLAINED = say("it is one of Keras's own that is not explained here, and stays as it was opened")


def _ending(network: Network, shape: Shape, classes: int, last: Layer) -> Iterator[Sentence]:
    output = network.shapes(shape)[-1]
    if output[:2] != (1, 1):
        yield say(
            "The network ends in a map of {rows}×{columns} cells, not in one number for each class; "
            "add Flatten and Dense with {classes} units.",
            rows=output[0], columns=output[1], classes=classes,
        )  # fmt: skip
    elif output[2] != classes:
        yield say(
            "The network ends in {outputs} numbers, but there are {classes} classes; "
            "end it with Dense with {classes} units.",
            outputs=output[2], classes=classes,
        )  # fmt: skip
    if getattr(last, "activation", "softmax") not in ("softmax", "linear"):
        yield say(
            "The network ends in {label}, whose outputs are no measure of how likely a class is; "
            "end it with softmax, or with Dense alone.",
            label=last.name or last.label(),
        )  # fmt: skip


def _nothing_to_learn(steps: list[tuple[Layer, Shape]]) -> Iterator[Sentence]:
    if not any(layer.parameter_count(size) for layer, size in steps):
        yield say("No layer has weights, so there is nothing to learn; add a convolution or Dense.")


def weights_of(network: Network) -> dict[WeightKey, Floats]:
    """All arrays of the layers that are switched on, those that no gradient changes too."""
    return {
        (index, each.name): getattr(layer, each.name)
        for index, layer in enumerate(network.layers)
        if layer.enabled
        for each in weight_fields(layer)
    }


def with_weights(network: Network, weights: Weights) -> Network:
    """The network with other arrays in place of some of its own. They must be read-only, and stay as they are."""
    layers = list(network.layers)
    for index in sorted({index for index, _ in weights}):
        changes = {name: values for (at, name), values in weights.items() if at == index}
        layers[index] = replace(layers[index], **changes)  # type: ignore[arg-type]
    return network.with_layers(layers)


def with_new_weights(network: Network, seed: int) -> Network:
    """The network before it has learnt anything: weights drawn as the presets' are, biases 0, other numbers as new.

    Convolutions are drawn as He et al. (2015) do, Dense as Glorot and Bengio (2010).
    """
    new: dict[WeightKey, Floats] = {}
    for (index, name), values in weights_of(network).items():
        rng = np.random.default_rng((seed, index, len(name)))
        about = next(each.metadata for each in weight_fields(network.layers[index]) if each.name == name)
        new[index, name] = _drawn(values, about, rng)
        new[index, name].flags.writeable = False
    return with_weights(network, new)


def _drawn(values: Floats, about: Mapping[str, object], rng: np.random.Generator) -> Floats:
    summed = about["summed"]
    if not summed:
        # A bias has the initial value 0; scale and variance of BatchNormalization are 1.
        return np.full(values.shape, about["initial"], np.float32)
    if values.ndim == 2:
        return np.array(glorot_weights(1, 1, values.shape[0], values.shape[1], rng)[0, 0], np.float32)
    lengths = zip(about["axes"], values.shape, strict=True)  # type: ignore[call-overload]
    inputs = prod(length for axis, length in lengths if axis in summed)  # type: ignore[operator]
    return he_normal(values.shape, inputs, rng)
