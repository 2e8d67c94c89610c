"""The layers of a model as one list in the order in which they are computed, with what each reads: models in it too."""

from __future__ import annotations

from dataclasses import dataclass, field

from cnn_explorer.files.model_look_description import LayerDescription, ModelDescription
from cnn_explorer.files.model_look_plan import Source
from cnn_explorer.files.model_look_words import Unfit, shown
from cnn_explorer.network.sentence import say

IMAGE = -1
"""What a layer reads that reads the model's input."""


@dataclass(frozen=True)
class Node:
    """A layer and the places in the list of those that it reads, IMAGE for the input."""

    layer: LayerDescription
    reads: tuple[int, ...]


@dataclass
class Nodes:
    """All of a model's layers, and the place of the one that gives the output."""

    nodes: list[Node] = field(default_factory=list)
    output: int = IMAGE

    @property
    def layers(self) -> list[LayerDescription]:
        """The layers alone."""
        return [node.layer for node in self.nodes]


def nodes_of(model: ModelDescription) -> Nodes:
    """The layers of a model with one input and one output, those of a model in the model in its place.

    Raises: Unfit where a layer is used more than once.
    """
    found = Nodes()
    found.output = _add(found.nodes, model, IMAGE)
    return found


def _add(nodes: list[Node], model: ModelDescription, image: int) -> int:
    """Adds a model's layers; the place of its output."""
    if len(model.inputs) != 1 or len(model.outputs) != 1:
        raise Unfit(say("it has several inputs or outputs"))
    places = {model.inputs[0].layer: image}
    for first, layer in enumerate(model.layers):
        if layer.kind == "InputLayer":
            places.setdefault(layer.name, image)
            continue
        reads = tuple(places[name] for name in _reads(layer)) if first else (image,)
        if layer.model is not None:
            places[layer.name] = _add(nodes, layer.model, reads[0])
        else:
            nodes.append(Node(layer, reads))
            places[layer.name] = len(nodes) - 1
    return places[model.outputs[0].layer]


def _reads(layer: LayerDescription) -> list[str]:
    if len(layer.calls) != 1:
        raise Unfit(say("layer {layer} is used more than once", layer=shown(layer.name)), layer.name)
    names = [each.layer for each in layer.calls[0] if isinstance(each, Source)]
    if layer.model is not None and len(names) != 1:
        raise Unfit(say("layer {layer} is a model with several inputs", layer=shown(layer.name)), layer.name)
    return names


def insist_on_line(nodes: list[Node], count: int) -> None:
    """Raises Unfit where one of the first layers is read by another than the next: they are left away as one."""
    for place, node in enumerate(nodes):
        for read in node.reads:
            if read < count - 1 and place != read + 1:
                raise Unfit(
                    say("layer {layer} reads what is before the first layers that only scale",
                        layer=shown(node.layer.name)), node.layer.name,
                )  # fmt: skip
