"""A kernel of a trained network on loan to the 7×7 example, where each of its sums can be followed; and back."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cnn_explorer.network.arrays import frozen
from cnn_explorer.network.document import Document
from cnn_explorer.network.layers import Conv2D
from cnn_explorer.network.network import Network
from cnn_explorer.network.presets import default_document
from cnn_explorer.network.sentence import Sentence, say
from cnn_explorer.session.builder import Edit
from cnn_explorer.session.session import Session
from cnn_explorer.views.inspect_subject import Subject


@dataclass(frozen=True, eq=False)
class Loan:
    """The kernel of channel `place` of filter `filter` of layer `index` of `origin` is on loan.

    `first` is the session's document as it was opened: another one that is opened ends the loan.
    """

    origin: Document
    index: int
    filter: int
    place: int
    first: Document

    @property
    def name(self) -> str:
        """What the layer is called that it comes from."""
        layer = self.origin.network.layers[self.index]
        return layer.name or layer.label()

    def text(self) -> Sentence:
        """Where the kernel comes from."""
        return say(
            "From {layer}, filter {filter}, channel {channel}",
            layer=self.name, filter=self.filter + 1, channel=self.place + 1,
        )  # fmt: skip

    def is_out(self, session: Session) -> bool:
        """Whether the document is the example with the kernel; not where that was undone, or given back."""
        document = session.document
        layers = document.network.layers
        if session.first is not self.first or document.network is self.origin.network or not layers:
            return False
        shape = document.network.shapes(document.image.shape)[0]
        weights = layers[0].filter_weights(shape, 0)
        return layers[0].name == _mark(self) and weights is not None and weights.shape[2] == 1


def _mark(loan: Loan) -> str:
    """The name of the example's layer: it says on its card where the kernel comes from."""
    return f"{loan.name} [{loan.filter + 1}, {loan.place + 1}]"


def lend(session: Session, subject: Subject) -> Loan:
    """Put a kernel into the 7×7 example, in place of its own: one step of undo."""
    loan = Loan(session.wanted, subject.index, subject.filter, subject.channel, session.first)
    example = default_document()
    # A bias belongs to the sum over all channels.
    bias = subject.layer.filter_bias(subject.filter) if subject.weights.shape[2] == 1 else 0.0
    kernel = frozen(subject.kernel[:, :, np.newaxis, np.newaxis])
    convolution = Conv2D(name=_mark(loan), kernel=kernel, bias=frozen([bias]))
    network = Network((convolution, *example.network.layers[1:]))
    while network.problems(example.image.shape):  # a kernel of 7×7 leaves nothing to pool
        network = network.with_layers(network.layers[:-1])
    look = {"layer": 0, "filter": 0, "channel": 0, "row": 0, "column": 0, "level": "cell"}
    session.take(Edit(network, say("Try the kernel on the 7×7 example"), look, image=example.image))
    return loan


def give_back(session: Session, loan: Loan) -> None:
    """Put the example's kernel as it is now into the layer that it came from: one step of undo, too."""
    document, origin = session.document, loan.origin
    shapes = origin.network.input_shapes(origin.image.shape)
    first, layer = document.network.layers[0], origin.network.layers[loan.index]
    kernel = first.filter_weights(document.image.shape, 0)
    assert kernel is not None
    if kernel.shape[:2] != _size(layer.filter_weights(shapes[loan.index], loan.filter)):
        layer = layer.with_kernel_size(kernel.shape[0], kernel.shape[1])
    changed = layer.with_weights(shapes[loan.index], loan.filter, loan.place, frozen(kernel[:, :, 0]))
    own = changed.filter_weights(shapes[loan.index], loan.filter) if changed is not None else None
    if changed is None or own is None:
        return
    if own.shape[2] == 1:
        changed = changed.with_bias(loan.filter, first.filter_bias(0)) or changed
    network = origin.network.with_layer(loan.index, changed)
    look = {"layer": loan.index, "filter": loan.filter, "channel": loan.place}
    session.take(Edit(network, say("Put the kernel back into its layer"), look, image=origin.image))


def can_be_lent(subject: Subject) -> bool:
    """Whether the kernel has rows and columns, and can be put back: the weights of a unit are no picture."""
    rows, columns = subject.kernel.shape
    return rows * columns > 1 and subject.layer.with_weights(
        subject.shape, subject.filter, subject.channel, frozen(subject.kernel)
    ) is not None  # fmt: skip


def _size(weights: np.ndarray | None) -> tuple[int, int]:
    return (0, 0) if weights is None else (weights.shape[0], weights.shape[1])
