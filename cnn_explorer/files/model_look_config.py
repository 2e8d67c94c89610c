"""A model's configuration, as plain values, read into a ModelPlan: what is not understood is refused, not passed on.

Reads what Keras 3 writes into a .keras file, and what Keras 2 and 3 write into a whole model in HDF5.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from cnn_explorer.files.model_look_fields import LONGEST_NAME, Place, shape
from cnn_explorer.files.model_look_graph import functional_parts
from cnn_explorer.files.model_look_layers import COMMON, INPUT_SHAPE, LAYERS, Kind
from cnn_explorer.files.model_look_names import insist_on_unregistered, is_keras
from cnn_explorer.files.model_look_plan import Call, LayerPlan, ModelPlan, Shape, Source
from cnn_explorer.files.model_look_words import Unfit, dotted, shown
from cnn_explorer.network.sentence import say

MOST_IN_SEQUENCE = 256
MOST_LAYERS = 1000
"""Of a model with all that are nested in it. DenseNet121 has 429."""
DEEPEST_MODEL = 8
"""Models in models."""

_MODELS = {"Sequential": "Sequential", "Functional": "Functional", "Model": "Functional"}
_MODEL_ROOMS = ("keras",)
_OPERATIONS = "keras.src.ops.numpy"


@dataclass
class _Count:
    """Layers seen so far, of all models."""

    layers: int = 0


def read_config(values: Any) -> ModelPlan:
    """The plan in a model's configuration.

    Raises Unfit at the first thing that is not on the lists of `model_look_layers` or does not fit together.
    """
    return _model(values, _Count(), 1)


def _model(values: Any, count: _Count, depth: int) -> ModelPlan:
    if depth > DEEPEST_MODEL:
        raise Unfit(say("its models are nested more than {most} deep", most=DEEPEST_MODEL), "layers")
    kind, config = _model_parts(values)
    entries = _entries(config.get("layers"), kind, count)
    name = config.get("name")
    if not isinstance(name, str) or not 0 < len(name) <= LONGEST_NAME:
        name = kind.lower()
    layers = [_layer(entry, count, depth) for entry in entries]
    _insist_on_names(layers)
    if kind == "Functional":
        return ModelPlan(kind, name, *functional_parts([_cleaned(layer) for layer in layers], entries, config))
    return _sequence(name, layers, config, values)


def _model_parts(values: Any) -> tuple[str, dict[str, Any]]:
    """Sequential or Functional, and its configuration: a list of layers in the oldest files."""
    if not isinstance(values, dict) or not isinstance(values.get("class_name"), str):
        raise Unfit(say("its configuration describes something that is not a model"), "class_name")
    name, module = values["class_name"], values.get("module")
    if name not in _MODELS or not is_keras(module, _MODEL_ROOMS):
        called = dotted(module, name)
        raise Unfit(say("it is {name}, which is not on the list of models that are allowed", name=called), "class_name")
    insist_on_unregistered(values, name, Place(name, "registered_name"))
    config = values.get("config")
    if isinstance(config, list):
        config = {"layers": config}
    if not isinstance(config, dict):
        raise Unfit(say("its configuration describes something that is not a model"), "config")
    return _MODELS[name], config


def _entries(layers: Any, kind: str, count: _Count) -> list[dict[str, Any]]:
    if not isinstance(layers, list) or not all(isinstance(each, dict) for each in layers):
        raise Unfit(say("its configuration has no list of layers"), "layers")
    count.layers += len(layers)
    most = MOST_IN_SEQUENCE if kind == "Sequential" else MOST_LAYERS
    if len(layers) > most or count.layers > MOST_LAYERS:
        raise Unfit(
            say("it is too large: {count} layers, and the limit is {most}", count=max(len(layers), count.layers),
                most=most if len(layers) > most else MOST_LAYERS), "layers",
        )  # fmt: skip
    if not [each for each in layers if each.get("class_name") != "InputLayer"]:
        raise Unfit(say("it is empty: the model has no layers"), "layers")
    return layers


def _insist_on_names(layers: list[LayerPlan]) -> None:
    seen: set[str] = set()
    for layer in layers:
        if layer.name in seen:
            raise Unfit(say("two of its layers have the name {name}", name=shown(layer.name)), "name")
        seen.add(layer.name)


# layers


def _layer(entry: Mapping[str, Any], count: _Count, depth: int) -> LayerPlan:
    config = entry.get("config")
    kind = entry.get("class_name")
    if isinstance(kind, str) and kind in _MODELS and is_keras(entry.get("module"), _MODEL_ROOMS):
        inner = _model(entry, count, depth + 1)
        name = _name_of(entry, config, inner.name)
        return LayerPlan(name, inner.kind, "keras", {}, model=inner)
    kind = _kind_of(entry)
    name = _name_of(entry, config, "")
    insist_on_unregistered(entry, kind.rsplit(".", 1)[-1], Place(name, "registered_name"))
    if not isinstance(config, dict):
        raise Unfit(say("layer {layer} has no configuration", layer=shown(name)), "config")
    return LayerPlan(name, kind, LAYERS[kind].module, checked_fields(config, LAYERS[kind], name))


def _name_of(entry: Mapping[str, Any], config: Any, otherwise: str) -> str:
    """Models list a layer by the name beside its configuration, which is the name in it where there is one."""
    names = [each.get("name") for each in (entry, config) if isinstance(each, dict) and each.get("name") is not None]
    for name in names:
        if not isinstance(name, str) or not 0 < len(name) <= LONGEST_NAME:
            raise Unfit(say("a layer has the name {name}, which can't be one", name=shown(name)), "name")
    if len(set(names)) > 1:
        raise Unfit(
            say("a layer has two names: {first} and {second}", first=shown(names[0]), second=shown(names[1])), "name"
        )
    if not names and not otherwise:
        raise Unfit(say("a layer of the class {name} has no name", name=shown(entry.get("class_name"))), "name")
    return str(names[0]) if names else otherwise


def _kind_of(entry: Mapping[str, Any]) -> str:
    name, module = entry.get("class_name"), entry.get("module")
    kind = f"ops.{name}" if module == _OPERATIONS else name
    if isinstance(kind, str) and kind in LAYERS and module in (None, LAYERS[kind].module):
        return kind
    if name == "Lambda":
        raise Unfit(
            say("layer {layer} is a Lambda, which is code of its own and not allowed; use Keras's own layers",
                layer=_called(entry)), "class_name",
        )  # fmt: skip
    raise Unfit(
        say("layer {layer} is {name}, which is not on the list of layers that are allowed", layer=_called(entry),
            name=dotted(module, name)), "class_name",
    )  # fmt: skip


def _called(entry: Mapping[str, Any]) -> str:
    """What to call a layer of which nothing is known yet."""
    config = entry.get("config")
    return shown((config.get("name") if isinstance(config, dict) else None) or entry.get("name") or "?")


def checked_fields(config: Mapping[str, Any], kind: Kind, layer: str) -> dict[str, Any]:
    """A layer's fields, each checked and spelt in one way. Raises Unfit at one that is missing, wrong or not known."""
    known = {**COMMON, **INPUT_SHAPE, **kind.fields}
    found: dict[str, Any] = {}
    for name, value in config.items():
        spelt = kind.renamed.get(name, name)
        place = Place(layer, name)
        if spelt in kind.obsolete:
            kind.obsolete[spelt](value, place)
        elif spelt in known:
            found[spelt] = known[spelt](value, place)
        elif value is not None:
            raise Unfit(
                say("layer {layer} has a field that is not known: {field}", layer=shown(layer), field=shown(name)), name
            )
    for name in kind.needs:
        if name not in found:
            raise Unfit(say("{field} of layer {layer} is missing", field=name, layer=shown(layer)), name)
    found.pop("name", None)
    return {name: value for name, value in found.items() if value is not None}


# sequences


def _sequence(name: str, layers: list[LayerPlan], config: Mapping[str, Any], values: Mapping[str, Any]) -> ModelPlan:
    """The layers one behind the other, an InputLayer first."""
    if any(layer.kind == "InputLayer" for layer in layers[1:]):
        raise Unfit(say("a second InputLayer stands between its layers"), "layers")
    chained = [_first(layers, _input_shape(layers[0], config, values))]
    for layer in layers:
        if layer.kind != "InputLayer":
            chained.append(replace(_cleaned(layer), calls=(Call((Source(chained[-1].name),)),)))
    return ModelPlan("Sequential", name, tuple(chained), Source(chained[0].name), Source(chained[-1].name))


def _first(layers: Sequence[LayerPlan], found: Shape) -> LayerPlan:
    """The InputLayer of a sequence: its own, or one that the file leaves out."""
    if layers[0].kind == "InputLayer":
        return _cleaned(layers[0])
    taken = {layer.name for layer in layers}
    name = next(name for name in ("input", *(f"input_{place}" for place in range(len(taken) + 1))) if name not in taken)
    config = {"batch_shape": [None, *found], "dtype": "float32"}
    return LayerPlan(name, "InputLayer", LAYERS["InputLayer"].module, config)


def _input_shape(first: LayerPlan, config: Mapping[str, Any], values: Mapping[str, Any]) -> Shape:
    """The first layer's input, without the batch. Old files say it in the first layer, others beside the layers."""
    own = shape_of_input(first)
    if own is not None:
        return own
    if first.model is not None:
        nested = first.model.input_shape
        if nested is not None:
            return nested
    built = values.get("build_config")
    stated = config.get("build_input_shape") or (built.get("input_shape") if isinstance(built, dict) else None)
    if not isinstance(stated, list) or len(stated) < 2:
        raise Unfit(
            say("the shape of its input is not in the file; build the model in Keras and save it again"), "layers"
        )
    return tuple(shape()(stated[1:], Place(first.name, "build_input_shape")))


def shape_of_input(layer: LayerPlan) -> Shape | None:
    """The shape, without the batch, that an InputLayer or the first layer of an old model has among its fields."""
    for name in ("batch_shape", "batch_input_shape"):
        if name in layer.config:
            return tuple(layer.config[name][1:])
    for name in ("shape", "input_shape"):
        if layer.kind == "InputLayer" and name in layer.config:
            return tuple(layer.config[name])
    return None


def _cleaned(layer: LayerPlan) -> LayerPlan:
    """An InputLayer with its shape in one spelling; another layer without the input's shape."""
    if layer.kind != "InputLayer":
        kept = {key: value for key, value in layer.config.items() if key not in INPUT_SHAPE}
        return replace(layer, config=kept)
    found = shape_of_input(layer)
    if found is None:
        raise Unfit(
            say("{field} of layer {layer} is missing", field="batch_shape", layer=shown(layer.name)), "batch_shape"
        )
    return replace(layer, config={"batch_shape": [None, *found], "dtype": layer.config.get("dtype", "float32")})
