"""A model that was opened, as plain values: what the window shows of it without TensorFlow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from cnn_explorer.files.model_look_plan import Shape, Source
from cnn_explorer.network.arrays import Floats
from cnn_explorer.network.sentence import Sentence, say


@dataclass(frozen=True, eq=False)
class LayerDescription:
    """A layer of a model, by Keras's names.

    `kind` is the class ("ops.Add" for a sum that was written x + y, "Functional" or "Sequential" for a model in the
    model, which is `model`), `config` its fields without those about drawing weights. `calls` has for each use of the
    layer, several where it is shared, what it is called with in order: edges, and numbers as the 3 in x + 3. `weights`
    are by Keras's names, in its order. `output_shape` is of the first call, without the batch: None where it can't be
    told, and in it where a length is open.
    """

    name: str
    kind: str
    config: Mapping[str, Any] = field(default_factory=dict)
    calls: tuple[tuple[Source | float, ...], ...] = ()
    weights: Mapping[str, Floats] = field(default_factory=dict)
    output_shape: Shape | None = None
    model: ModelDescription | None = None

    @property
    def reads(self) -> tuple[str, ...]:
        """The layers that its first call reads, by name."""
        first = self.calls[0] if self.calls else ()
        return tuple(each.layer for each in first if isinstance(each, Source))


@dataclass(frozen=True, eq=False)
class ModelDescription:
    """A model: its layers in an order in which they can be computed, each behind those it reads.

    Models in it stay models: they are layers that have one. `input_shape` is without the batch; of several inputs the
    first's. `classes` counts the numbers of the last layer where it gives a row of them, else None. `preprocessing`
    is what pixels are to be before they go in: one of PREPROCESSINGS, None where nothing is known.
    """

    kind: str
    name: str
    layers: tuple[LayerDescription, ...]
    inputs: tuple[Source, ...]
    outputs: tuple[Source, ...]
    input_shape: Shape | None
    classes: int | None = None
    preprocessing: str | None = None

    def every_layer(self) -> Iterator[LayerDescription]:
        """The layers, those of models in the model after it."""
        for layer in self.layers:
            yield layer
            if layer.model is not None:
                yield from layer.model.every_layer()

    @property
    def is_chain(self) -> bool:
        """Whether each layer reads only the one before it, in models in the model too."""
        linked = zip(self.layers, self.layers[1:], strict=False)
        return (
            len(self.inputs) == len(self.outputs) == 1
            and all(layer.calls == ((Source(before.name),),) for before, layer in linked)
            and all(layer.model is None or layer.model.is_chain for layer in self.layers)
        )


PREPROCESSINGS: Mapping[str, Sentence] = {
    "inside": say("Pixels from 0 to 255, as they are: the first layers of the model scale them"),
    "-1 to 1": say("Pixels from −1 to 1"),
    "imagenet": say("Pixels from 0 to 1, less the mean of ImageNet and divided by its deviation, colour by colour"),
    "caffe": say("Pixels from 0 to 255 in the order blue, green, red, less the mean of ImageNet, colour by colour"),
}
"""What a model may want done with pixels of 0 to 255, as `keras.applications` does it."""

_BY_NAME = (
    ("vgg", "caffe"), ("resnet50v2", "-1 to 1"), ("resnet101v2", "-1 to 1"), ("resnet152v2", "-1 to 1"),
    ("inception", "-1 to 1"), ("resnet", "caffe"), ("mobilenetv3", "inside"), ("mobilenet", "-1 to 1"),
    ("xception", "-1 to 1"), ("nasnet", "-1 to 1"), ("densenet", "imagenet"), ("efficientnet", "inside"),
    ("convnext", "inside"),
)  # fmt: skip
_SCALING = frozenset({"Rescaling", "Normalization"})


def preprocessing_of(name: str, kinds: list[str]) -> str | None:
    """What a model wants done with its pixels, by its name as `keras.applications` gives it and its kinds of layers."""
    if any(kind in _SCALING for kind in kinds[:4]):
        return "inside"
    plain = name.lower().replace("_", "")
    return next((wanted for beginning, wanted in _BY_NAME if plain.startswith(beginning)), None)
