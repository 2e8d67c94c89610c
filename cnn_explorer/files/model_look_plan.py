"""What a model file declares, as far as it was believed: layers, and which of them read which.

Made by `model_look_config` from the file's own configuration. `keras_config` writes it down again for Keras: only what
was checked, spelt in one way, so that nothing else of the file ever reaches Keras's reader.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

Shape = tuple[int | None, ...]
"""An output's shape without the batch; None where the file leaves a length open."""

LAYERS_MODULE = "keras.layers"
MODEL_MODULES = {"Sequential": "keras", "Functional": "keras.src.models.functional"}


@dataclass(frozen=True)
class Source:
    """The beginning of an edge: output `output` of call `call` of a layer, both counted from 0."""

    layer: str
    call: int = 0
    output: int = 0


@dataclass(frozen=True)
class Call:
    """One use of a layer. `arguments` are Sources, numbers and lists of them, as in the call's brackets."""

    arguments: tuple[Any, ...]
    keywords: Mapping[str, Any] = field(default_factory=dict)

    @property
    def sources(self) -> tuple[Source, ...]:
        """What the call reads, in order."""
        return tuple(sources_in(self.arguments))


@dataclass(frozen=True)
class LayerPlan:
    """A layer: `kind` is Keras's class ("ops.Add" for a sum written as x + y), `config` its checked fields."""

    name: str
    kind: str
    module: str
    config: Mapping[str, Any]
    calls: tuple[Call, ...] = ()
    model: ModelPlan | None = None

    @property
    def class_name(self) -> str:
        """Keras's name of the class."""
        return self.kind.rsplit(".", 1)[-1]


@dataclass(frozen=True)
class ModelPlan:
    """A model: layers in an order in which they can be computed; `inputs` and `outputs` are Sources in lists or alone.

    A Sequential model begins with an InputLayer, and each layer reads the one before it.
    """

    kind: str
    name: str
    layers: tuple[LayerPlan, ...]
    inputs: Any
    outputs: Any

    def every_layer(self) -> Iterator[LayerPlan]:
        """The layers, those of nested models after the model."""
        for layer in self.layers:
            yield layer
            if layer.model is not None:
                yield from layer.model.every_layer()

    @property
    def input_sources(self) -> tuple[Source, ...]:
        """The inputs, in order."""
        return tuple(sources_in(self.inputs))

    @property
    def input_shape(self) -> Shape | None:
        """The shape of its first input, without the batch."""
        first = next(iter(self.input_sources), None)
        found = [layer for layer in self.layers if first is not None and layer.name == first.layer]
        return tuple(found[0].config["batch_shape"][1:]) if found and found[0].kind == "InputLayer" else None

    @property
    def output_sources(self) -> tuple[Source, ...]:
        """The outputs, in order."""
        return tuple(sources_in(self.outputs))


_NEW_WORD = re.compile(r"(?<=.)(?=[A-Z][a-z])|(?<=[a-z])(?=[A-Z])")


def class_key(class_name: str) -> str:
    """A class in the names that Keras 3 gives: "Conv2D" is "conv2d"."""
    return _NEW_WORD.sub("_", class_name).lower()


class ClassNames:
    """What Keras 3 calls the layers of a model in its file of weights: by their classes, "conv2d", "conv2d_1", …"""

    def __init__(self) -> None:
        self._used: Counter[str] = Counter()

    def next(self, class_name: str) -> str:
        """The name of the next layer of this class."""
        key = class_key(class_name)
        self._used[key] += 1
        return f"{key}_{self._used[key] - 1}" if self._used[key] > 1 else key


def sources_in(structure: Any) -> Iterator[Source]:
    """Every Source in lists, dicts and tuples of them."""
    if isinstance(structure, Source):
        yield structure
    elif isinstance(structure, dict):
        yield from sources_in(list(structure.values()))
    elif isinstance(structure, list | tuple):
        for each in structure:
            yield from sources_in(each)


def keras_config(plan: ModelPlan) -> dict[str, Any]:
    """The model for `keras.saving.deserialize_keras_object`."""
    write = {"Sequential": _sequential, "Functional": _functional}[plan.kind]
    return {
        "module": MODEL_MODULES[plan.kind],
        "class_name": plan.kind,
        "config": {"name": plan.name, "trainable": True, **write(plan)},
        "registered_name": None if plan.kind == "Sequential" else plan.kind,
    }


def _sequential(plan: ModelPlan) -> dict[str, Any]:
    """Without its InputLayer Keras builds the model once, at the end, and not again for every layer."""
    layers = [layer for layer in plan.layers if layer.kind != "InputLayer"]
    shape = None if plan.input_shape is None else [None, *plan.input_shape]
    return {"layers": [_layer(layer) for layer in layers], "build_input_shape": shape}


def _functional(plan: ModelPlan) -> dict[str, Any]:
    models = {layer.name for layer in plan.layers if layer.kind == "Functional"}
    return {
        "layers": [
            {**_layer(layer), "name": layer.name, "inbound_nodes": [_node(call) for call in layer.calls]}
            for layer in plan.layers
        ],
        "input_layers": _places(plan.inputs, models),
        "output_layers": _places(plan.outputs, models),
    }


def _layer(layer: LayerPlan) -> dict[str, Any]:
    if layer.model is not None:
        return keras_config(layer.model)
    operation = layer.kind != layer.class_name
    return {
        "module": layer.module,
        "class_name": layer.class_name,
        "config": {"name": layer.name, **layer.config},
        "registered_name": None if layer.module == LAYERS_MODULE and not operation else layer.class_name,
    }


def _node(call: Call) -> dict[str, Any]:
    return {"args": [_argument(each) for each in call.arguments], "kwargs": dict(call.keywords)}


def _argument(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [_argument(each) for each in value]
    if not isinstance(value, Source):
        return value
    # Keras takes shape and type from the tensor that the history leads to.
    config = {"shape": [1], "dtype": "float32", "keras_history": [value.layer, value.call, value.output]}
    return {"class_name": "__keras_tensor__", "config": config}


def _places(structure: Any, models: set[str]) -> Any:
    """Inputs and outputs as Keras lists them: calls of a Functional model are counted from 1 here, and only here."""
    if isinstance(structure, Source):
        return [structure.layer, structure.call + (structure.layer in models), structure.output]
    if isinstance(structure, dict):
        return {name: _places(each, models) for name, each in structure.items()}
    return [_places(each, models) for each in structure]
